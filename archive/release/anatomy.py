"""The anatomy of a press release: divides its text into the body and the fields around it. Pure.

The body keeps what the institution wrote: datelines, "About" paragraphs and notes to editors stay in it and are copied
to their fields. Header fields, contact blocks, end marks and picture credits are moved from the body to their fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from archive.core.model import Contact, Extraction, Removed
from archive.release import attribution, bylines, contacts, credits, dateline, markers, sections
from archive.release.contact_reading import merged
from archive.release.contacts import ContactBlock
from archive.release.emails_phones import is_reachable
from archive.text import dates
from archive.text.date_order import Order, usual_order

_HEADER_LINES = 15
_PROSE = 140
_PARAGRAPH = 60
_SENTENCE, _ENDS = 40, (".", "!", "?", "。", "！", "؟", "।", "”", "»")
_DATELINE_LINES = 8
_TAIL = 12
"""Lines at the end of a text in which a contact block may begin that ends below it."""

_FIELD = re.compile(
    r"(?=\b(?:Published By|Issued By|Contacts?|Media Contacts?|Press Contacts?|For Immediate Release|Date)\s?:)"
    r"|(?<=[a-z\d])(?=(?:Published By|Issued By|Contact|Media Contact)\s?:)"
    r"|(?<=[\s\w])(?=(?:发布机构|发布单位|发文机关|发布日期|发布时间|成文日期|信息来源|来源|文号|索引号)\s?[:：])"
)


_APART = re.compile(r"\s[|–—-]\s")


@dataclass(frozen=True)
class Anatomy:
    """The parts of a release. `body` are the lines that stay; `removed` are the others with their places and
    reasons.
    """

    body: tuple[str, ...] = ()
    dateline: str = ""
    issuer: str = ""
    attribution: str = ""
    embargo_until: str = ""
    contacts: tuple[Contact, ...] = ()
    photo_credits: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    notes: str = ""
    tickers: tuple[str, ...] = ()
    reference: str = ""
    removed: tuple[Removed, ...] = ()

    def added_to(self, extraction: Extraction) -> Extraction:
        """An extraction with these parts in their fields; its text and what was removed from it stay as they are."""
        return replace(
            extraction,
            dateline=self.dateline,
            issuer=self.issuer,
            attribution=self.attribution,
            embargo_until=self.embargo_until,
            contacts=self.contacts,
            photo_credits=self.photo_credits,
            about=self.about,
            notes=self.notes,
            tickers=self.tickers,
            reference=self.reference,
        )


@dataclass
class _Fields:
    """What has been read so far, and which lines are removed from the body."""

    gone: dict[int, str] = field(default_factory=dict)
    contacts: list[ContactBlock] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    issuer: str = ""
    embargo: str = ""
    reference: str = ""


def dissect(
    lines: Sequence[str],
    language: str = "",
    above: Sequence[str] = (),
    amid: Sequence[str] = (),
    below: Sequence[str] = (),
) -> Anatomy:
    """Divide a text. `lines` are its paragraphs in order; `language` (a tag) decides the order of day and month.

    `above`, `amid` and `below` are passages that cleaning has already removed around the text: they are only used to
    fill fields.
    """
    order = usual_order(language, "")
    read = _read_all(lines, order, signed=True)
    _read_across(lines, above, below, read)
    _read_aside([*above, *amid, *below], order, read)
    kept = [_without_mark(at, line) for at, line in enumerate(lines) if at not in read.gone]
    removed = [Removed(at, lines[at], why) for at, why in read.gone.items()]
    body = tuple(line for line, _ in kept)
    removed += [mark for _, mark in kept if mark]
    return Anatomy(
        body=body,
        dateline=_dateline(body) or dateline.above(above),
        issuer=read.issuer,
        attribution=attribution.find(body),
        embargo_until=read.embargo,
        contacts=merged([one for block in read.contacts for one in block.contacts]),
        photo_credits=tuple(dict.fromkeys(read.credits)),
        about=sections.about(body),
        notes=sections.notes(body),
        tickers=tuple(dict.fromkeys(ticker for line in body for ticker in markers.tickers(line))),
        reference=read.reference or next((code for line in (*body[:3], *above) if (code := markers.code_in(line))), ""),
        removed=tuple(sorted(removed, key=lambda one: one.position)),
    )


def _read_all(lines: Sequence[str], order: Order, signed: bool = False) -> _Fields:
    """The fields of a text, read until nothing more is removed: a removed line can bring another to the top or end.
    Only a text is `signed`, nothing around it."""
    read = _Fields()
    gone: dict[int, str] = {}
    left = list(range(len(lines)))
    while True:
        read.gone = {}
        _read_once([lines[at] for at in left], order, read, signed)
        if not read.gone:
            break
        gone |= {left[at]: why for at, why in read.gone.items()}
        left = [at for at in left if at not in gone]
    read.gone = gone
    return read


def _read_once(lines: Sequence[str], order: Order, read: _Fields, signed: bool) -> None:
    for block in contacts.find_blocks(lines, signed):
        _read_contacts(block, range(block.start, block.end), read)
    open_at = [at for at in range(len(lines)) if at not in read.gone]
    _read_header(lines, open_at, order, read)
    listed = bylines.listed(lines)
    for at in range(len(lines)):
        if at not in read.gone:
            _read_line(at, lines, listed, read)


def _read_across(lines: Sequence[str], above: Sequence[str], below: Sequence[str], read: _Fields) -> None:
    """Read the contact blocks that begin in the text and end in what was set aside below it, or begin above and end in
    the text."""
    is_open = [at for at in range(len(lines)) if read.gone.get(at, "contact") == "contact"]
    head, tail, before = is_open[:_TAIL], is_open[-_TAIL:], above[-_TAIL:]
    for block in contacts.find_blocks([*(lines[at] for at in tail), *below]):
        if block.start < len(tail) < block.end:
            _read_contacts(block, tail[block.start :], read)
    for block in contacts.find_blocks([*before, *(lines[at] for at in head)]):
        in_text = head[: block.end - len(before)] if block.start < len(before) else []
        reaching = [n for n, at in enumerate(in_text, 1) if is_reachable(lines[at])]
        if reaching:  # what stands below the last number or address is the text's first line, whatever it looks like
            _read_contacts(block, in_text[: reaching[-1]], read)


def _read_aside(aside: Sequence[str], order: Order, read: _Fields) -> None:
    """Fill fields that the text itself does not have from passages outside it. The contact line of the site does not
    count, and neither does a line with a copyright sign, which is about the site."""
    outside = _read_all([line for line in aside if "©" not in line], order)
    read.contacts.extend(replace(block, contacts=contacts.for_media(block)) for block in outside.contacts)
    read.credits.extend(outside.credits)
    read.issuer = read.issuer or outside.issuer
    read.embargo = read.embargo or outside.embargo
    read.reference = read.reference or outside.reference


def _read_header(lines: Sequence[str], places: Sequence[int], order: Order, read: _Fields) -> None:
    """Read the fields above the first paragraph; lines with nothing else are removed, and the others move up."""
    rest = iter(places)
    top = list(islice(rest, _HEADER_LINES))
    while found := _header_fields([lines[at] for at in top], order, read):
        read.gone |= {top[at]: "header" for at in found}
        top = [at for at in top if at not in read.gone]
        top += islice(rest, _HEADER_LINES - len(top))


def _header_fields(lines: Sequence[str], order: Order, read: _Fields) -> set[int]:
    """Read the header fields among the first lines of a text; returns the lines with nothing else."""
    end = _header_end(lines)
    found: set[int] = set()
    announced = False
    for at, line in enumerate(lines[:end]):
        fields = _fields_in(line) if len(line) <= 600 else [line]
        known = [_read_field(part, order, read) for part in fields]
        if any(known) and all(
            one or markers.is_header_date(part, order) or _is_bare_date(part, order)
            for one, part in zip(known, fields, strict=True)
        ):
            announced = announced or bool(markers.is_release_line(line))
            found.add(at)
    return found | _letterhead(lines[:end], found, order, read) if announced else found


def _fields_in(line: str) -> list[str]:
    """The fields of a header line, which may stand behind one another, or behind what says that this is a release."""
    first, *others = _APART.split(line)
    if others and (markers.release_kind(first)[0] or markers.is_release_line(first)):
        return [first, *others]
    return [part for part in _FIELD.split(line) if part.strip()]


def _header_end(lines: Sequence[str]) -> int:
    """Where the first paragraph begins, at most a dozen lines down: a long line, or the second of two sentences, if the
    marks of a release do not stand below them: then they are its subtitles."""
    top = lines[:_HEADER_LINES]
    end = next((at for at, line in enumerate(top) if dateline.find(line) or _is_paragraph(line)), len(top))
    second = next((at for at in range(1, end) if _is_sentence(top[at - 1]) and _is_sentence(top[at])), end)
    return end if any(map(markers.is_for_editors, top[second:end])) else second


def _is_paragraph(line: str) -> bool:
    return len(line) > _PROSE and not markers.is_release_line(line) and not contacts.is_label(line)


def _is_sentence(line: str) -> bool:
    """Whether a line is no field, but a sentence."""
    return len(line) > _SENTENCE and line.endswith(_ENDS) and not markers.is_header(line)


def _read_field(text: str, order: Order, read: _Fields) -> bool:
    """Read one header field; returns whether the text was one."""
    text = text.strip()
    if len(text) > 200 and not contacts.is_label(text):
        return False
    until = markers.embargo(text, order)
    if until is not None:
        read.embargo = read.embargo or until
        return True
    is_kind, number = markers.release_kind(text)
    number = number or markers.reference(text)
    said = markers.is_release_line(text)
    issuer = markers.issuer(text)
    read.reference, read.issuer = read.reference or number, read.issuer or issuer
    if block := contacts.of_field(text):
        read.contacts.append(block)
        return any(one.email or one.phone for one in block.contacts)
    return bool(is_kind or number or markers.is_issuer(text) or (said and markers.is_only_date(said, order)))


def _letterhead(lines: Sequence[str], fields: set[int], order: Order, read: _Fields) -> set[int]:
    """With a release line among its fields, bare dates and the institution's name in capitals above it are a header's
    too; a dateline stays, as elsewhere."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at in fields or dateline.alone(line):
            continue
        letterhead = at < min(fields) and len(line) <= 80 and line.isupper()
        empty_field = contacts.is_empty_label(line)
        if letterhead or empty_field or markers.is_header_date(line, order) or _is_bare_date(line, order):
            found.add(at)
            if letterhead and not read.issuer:
                read.issuer = line.strip()
    return found


def _is_bare_date(line: str, order: Order) -> bool:
    return (
        len(line) <= 60
        and next(dates.find_moments(line, order), None) is not None
        and markers.is_only_date(line, order)
    )


def _read_contacts(block: ContactBlock, places: Sequence[int], read: _Fields) -> None:
    read.contacts.append(block)
    if block.whole:
        read.gone.update(dict.fromkeys(places, "contact"))


def _read_line(at: int, lines: Sequence[str], listed: set[int], read: _Fields) -> None:
    """Read a line that may be an end mark, a wire's note, a picture credit that is none of the `listed` facts, or a
    closing line that names the issuer."""
    line, count = lines[at], len(lines)
    if (
        markers.is_end_mark(line)
        or markers.is_wire_note(line)
        or (0 < at == count - 1 and markers.are_initials(line, lines[at - 1]))
    ):
        read.gone[at] = "end mark"
    elif (credit := credits.photo_credit(line)) and at not in listed:
        read.credits.append(credit)
        read.gone[at] = "credit"
    elif (credit := credits.caption_credit(line) or credits.credit_at_end(line)) and len(line) < 300:
        read.credits.append(credit)
    elif at >= count * 2 // 3 and (issuer := markers.closing_issuer(line)):
        read.issuer = read.issuer or issuer
        read.gone[at] = "header"


def _without_mark(at: int, line: str) -> tuple[str, Removed | None]:
    """A line without the end mark, or the picture credit in brackets, at its end."""
    rest, mark = markers.without_end_mark(line)
    if mark:
        return rest, Removed(at, mark, "end mark")
    rest = credits.without_credit(line)
    return rest, Removed(at, line[len(rest) :].strip(), "credit") if rest != line else None


def _dateline(body: Sequence[str]) -> str:
    for line, below in pairwise((*body[:_DATELINE_LINES], "")):
        if found := dateline.find(line):
            return found.text
        if len(below) >= _PARAGRAPH and (alone := dateline.alone(line)):
            return alone
    return ""
