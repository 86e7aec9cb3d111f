"""The anatomy of a press release: divides its text into the body and the fields around it. Pure.

The body keeps what the institution wrote: datelines, "About" paragraphs and notes to editors stay in it and are copied
to their fields. Header fields, contact blocks, end marks and picture credits are moved from the body to their fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from archive.core.model import Contact, Extraction, Removed
from archive.release import attribution, contacts, dateline, markers, sections
from archive.release.contacts import ContactBlock
from archive.text import dates
from archive.text.date_order import Order, usual_order

_HEADER_LINES = 15
_PROSE = 140
_DATELINE_LINES = 8
_FIELD = re.compile(
    r"(?=\b(?:Published By|Issued By|Contacts?|Media Contacts?|Press Contacts?|For Immediate Release|Date)\s?:)"
    r"|(?<=[a-z\d])(?=(?:Published By|Issued By|Contact|Media Contact)\s?:)"
)


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
    contacts: list[Contact] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    issuer: str = ""
    embargo: str = ""
    reference: str = ""


def dissect(lines: Sequence[str], language: str = "", aside: Sequence[str] = ()) -> Anatomy:
    """Divide a text. `lines` are its paragraphs in order; `language` (a tag) decides the order of day and month.

    `aside` are passages that cleaning has already removed around the text: they are only used to fill fields.
    """
    order = usual_order(language, "")
    read = _read_all(lines, order)
    _read_aside(aside, order, read)
    kept = [_without_end_mark(at, line) for at, line in enumerate(lines) if at not in read.gone]
    removed = [Removed(at, lines[at], why) for at, why in read.gone.items()]
    body = tuple(line for line, _ in kept)
    removed += [mark for _, mark in kept if mark]
    return Anatomy(
        body=body,
        dateline=_dateline(body),
        issuer=read.issuer,
        attribution=attribution.find(body),
        embargo_until=read.embargo,
        contacts=contacts.merged(read.contacts),
        photo_credits=tuple(dict.fromkeys(read.credits)),
        about=sections.about(body),
        notes=sections.notes(body),
        tickers=tuple(dict.fromkeys(ticker for line in body for ticker in markers.tickers(line))),
        reference=read.reference or next((code for line in body[:3] if (code := markers.code_in(line))), ""),
        removed=tuple(sorted(removed, key=lambda one: one.position)),
    )


def _read_all(lines: Sequence[str], order: Order) -> _Fields:
    """The fields of a text, read until nothing more is removed: a removed line can bring another to the top or end."""
    read = _Fields()
    gone: dict[int, str] = {}
    left = list(range(len(lines)))
    while True:
        read.gone = {}
        _read_once([lines[at] for at in left], order, read)
        if not read.gone:
            break
        gone |= {left[at]: why for at, why in read.gone.items()}
        left = [at for at in left if at not in gone]
    read.gone = gone
    return read


def _read_once(lines: Sequence[str], order: Order, read: _Fields) -> None:
    _read_header(lines, order, read)
    for at, line in enumerate(lines):
        if at not in read.gone:
            _read_line(at, line, len(lines), read)
    open_at = [at for at in range(len(lines)) if at not in read.gone]
    for block in contacts.find_blocks([lines[at] for at in open_at]):
        _read_contacts(block, open_at[block.start : block.end], read)


def _read_aside(aside: Sequence[str], order: Order, read: _Fields) -> None:
    """Fill fields that the text itself does not have from passages outside it. The contact line of the site does not
    count, and neither does a line with a copyright sign, which is about the site."""
    outside = _read_all([line for line in aside if "©" not in line], order)
    read.contacts.extend(filter(contacts.is_for_media, outside.contacts))
    read.credits.extend(outside.credits)
    read.issuer = read.issuer or outside.issuer
    read.embargo = read.embargo or outside.embargo
    read.reference = read.reference or outside.reference


def _read_header(lines: Sequence[str], order: Order, read: _Fields) -> None:
    """Read the fields above the first paragraph; lines with nothing else are removed, and the others move up."""
    rest = iter(range(len(lines)))
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
        fields = [part for part in _FIELD.split(line) if part.strip()] if len(line) <= 600 else [line]
        known = [_read_field(part, order, read) for part in fields]
        if all(known):
            announced = announced or bool(markers.is_release_line(line))
            found.add(at)
    return found | _letterhead(lines[:end], found, order, read) if announced else found


def _header_end(lines: Sequence[str]) -> int:
    """Where the first paragraph begins, at most a dozen lines down."""
    for at, line in enumerate(lines[:_HEADER_LINES]):
        if dateline.find(line) or (
            len(line) > _PROSE and not markers.is_release_line(line) and not contacts.is_label(line)
        ):
            return at
    return min(len(lines), _HEADER_LINES)


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
    if contacts.is_label(text) and (named := contacts.read(contacts.after_label(text))):
        read.contacts.extend(named)
        return any(one.email or one.phone for one in named)
    return bool(is_kind or number or issuer or (said and _only_date(said, order)))


def _only_date(text: str, order: Order) -> bool:
    """Whether a text contains only a day (or nothing)."""
    found = next(dates.find_moments(text, order), None)
    if found:
        text = text[: found.start] + text[found.end :]
    return len(re.findall(r"\w", text)) <= 12


def _letterhead(lines: Sequence[str], fields: set[int], order: Order, read: _Fields) -> set[int]:
    """With a release line among its fields, bare dates and the institution's name in capitals above it are a header's
    too."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at in fields:
            continue
        letterhead = at < min(fields) and len(line) <= 80 and line.isupper()
        empty_field = contacts.is_label(line) and not contacts.after_label(line)
        if letterhead or empty_field or markers.is_header_date(line) or _is_bare_date(line, order):
            found.add(at)
            if letterhead and not read.issuer:
                read.issuer = line.strip()
    return found


def _is_bare_date(line: str, order: Order) -> bool:
    return len(line) <= 60 and next(dates.find_moments(line, order), None) is not None and _only_date(line, order)


def _read_contacts(block: ContactBlock, places: Sequence[int], read: _Fields) -> None:
    read.contacts.extend(block.contacts)
    if block.whole:
        read.gone.update(dict.fromkeys(places, "contact"))


def _read_line(at: int, line: str, count: int, read: _Fields) -> None:
    """Read a line that may be an end mark, a picture credit, or a closing line that names the issuer."""
    if markers.is_end_mark(line):
        read.gone[at] = "end mark"
    elif credit := markers.photo_credit(line):
        read.credits.append(credit)
        read.gone[at] = "credit"
    elif (credit := markers.caption_credit(line) or markers.credit_at_end(line)) and len(line) < 300:
        read.credits.append(credit)
    elif line.startswith("SOURCE ") and at >= count * 2 // 3 and (issuer := markers.issuer(line)):
        read.issuer = read.issuer or issuer
        read.gone[at] = "header"


def _without_end_mark(at: int, line: str) -> tuple[str, Removed | None]:
    rest, mark = markers.without_end_mark(line)
    return rest, Removed(at, mark, "end mark") if mark else None


def _dateline(body: Sequence[str]) -> str:
    found = next((one for line in body[:_DATELINE_LINES] if (one := dateline.find(line))), None)
    return found.text if found else ""
