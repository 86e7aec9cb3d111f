"""How two readings of an article differ, and how much the difference matters. Pure.

Readings are compared by paragraphs, then by words within the paragraphs that changed, with one budget of work for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from archive.core.model import Extraction
from archive.history import change_summary
from archive.history.fields import authors
from archive.history.passing_lines import passes, staying
from archive.text.alignment import Budget, opcodes
from archive.text.fulltext import UNSPACED
from archive.text.lines import normalize
from archive.text.linked_lines import meaning, parted
from archive.text.wording import shortened

Severity = Literal["same", "cosmetic", "minor", "major", "headline", "date"]

Kind = Literal[
    "headline",
    "date",
    "paragraph",
    "number",
    "name",
    "quotation",
    "contacts",
    "credit",
    "embargo",
    "about",
    "dateline",
    "links",
    "authors",
    "subtitle",
    "caption",
]
"""What an edit touched. paragraph: one came or went. The last nine: a field that a release states around its text."""

_FIELD_WORDS: dict[Kind, str] = {
    "contacts": "contacts",
    "credit": "photo credit",
    "embargo": "embargo",
    "about": "paragraph about the issuer",
    "dateline": "dateline",
    "links": "links below the text",
    "authors": "authors",
    "subtitle": "subtitle",
    "caption": "caption",
}

FIELDS: Mapping[Kind, str] = {
    "contacts": "contacts",
    "credit": "photo_credits",
    "embargo": "embargo_until",
    "about": "about",
    "dateline": "dateline",
    "links": "links",
    "authors": "authors",
    "subtitle": "subtitle",
    "caption": "image_caption",
}
"""The field of an `Extraction` that an edit of a kind touched, for those around the text."""

_LINES: frozenset[Kind] = frozenset({"subtitle", "caption"})
"""The kinds of fields that are one line each."""

_MAJOR_SHARE, _MAJOR_PARAGRAPH = 0.1, 20
"""The share of a text's words whose change is major, and the words of a paragraph whose coming or going is."""

_NAMED, _MOST_NAMED = 80, 3
"""Characters that are shown of a link below the text, and how many such links are named."""

_LETTER = rf"[^\W{UNSPACED}]"
_WORD = re.compile(rf"{_LETTER}+(?:[.,:/'’-]{_LETTER}+)*|[{UNSPACED}]")
"""In scripts without spaces, a character counts as a word."""


@dataclass(frozen=True)
class Change:
    """The difference of two readings. `summary` is words for a person, `kinds` are what was touched.

    `silent`: the page's own modified date did not change with its text; None where the page states none.
    """

    severity: Severity
    summary: str = ""
    silent: bool | None = False
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class _TextChange:
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]


def compare(old: Extraction, new: Extraction, at: str = "") -> Change:
    """Compare two readings of one article by title, text and date of publication.

    headline: the title says something else. major: a tenth of the words, or a paragraph of 20 words or more came or
    went. minor: less. date: only the date of publication differs, stated in the same place of the page. cosmetic: only
    white space, punctuation or typography differs. Contacts, credits, embargo, dateline, links, authors, subtitle,
    caption and the paragraphs about the issuer are minor where they are all that differs. `at` is when the new one was
    first seen (ISO 8601): an edit on the day that the page's own date of modification names is not called silent.
    """
    title_changed = normalize(old.title) != normalize(new.title)
    budget = Budget()
    difference = _compare(_paragraphs(old.text), _paragraphs(new.text), budget)
    text_changed = bool(difference.added or difference.removed or difference.changed)
    is_redated = date_changed(old, new)
    fields = fields_changed(old, new)
    if title_changed or text_changed:
        severity: Severity = "headline" if title_changed else _severity(difference, old.text, budget)
    elif fields:
        severity = "minor"
    elif is_redated:
        severity = "date"
    else:
        severity = "same" if (old.title, old.text) == (new.title, new.text) else "cosmetic"
    described = [
        ("headline", change_summary.headline_changed(old.title, new.title) if title_changed else ""),
        *_describe(difference, [(old.title, new.title)] if title_changed else [], new.language, budget),
        *((name, _field_words(name, old, new)) for name in fields),
        ("date", f"publication date changed: {old.published_at} → {new.published_at}" if is_redated else ""),
    ]
    summary = "; ".join(words for _, words in described if words)
    kinds = tuple(kind for kind in get_args(Kind) if any(what == kind and words for what, words in described))
    silent = _is_silent(old, new, at) if title_changed or text_changed or fields else False
    return Change(severity, summary or ("typography changed" if severity == "cosmetic" else ""), silent, kinds)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def _compare(old: list[str], new: list[str], budget: Budget) -> _TextChange:
    loose_old, loose_new = [normalize(p) for p in old], [normalize(p) for p in new]
    if normalize("\n".join(old)) == normalize("\n".join(new)):
        return _TextChange((), (), ())
    added: list[str] = []
    removed: list[str] = []
    changed: list[tuple[str, str]] = []
    for tag, old_from, old_to, new_from, new_to in opcodes(loose_old, loose_new, budget):
        if tag == "equal":
            continue
        before, after = old[old_from:old_to], new[new_from:new_to]
        paired = min(len(before), len(after))
        changed += zip(before[:paired], after[:paired], strict=True)
        removed += before[paired:]
        added += after[paired:]
    return _TextChange(tuple(added), tuple(removed), tuple(changed))


def _severity(difference: _TextChange, old_text: str, budget: Budget) -> Severity:
    whole = (*difference.added, *difference.removed)
    if any(len(_WORD.findall(paragraph)) >= _MAJOR_PARAGRAPH for paragraph in whole):
        return "major"
    words = sum(len(_WORD.findall(paragraph)) for paragraph in whole)
    words += sum(_words_changed(before, after, budget) for before, after in difference.changed)
    return "major" if words >= _MAJOR_SHARE * max(len(_WORD.findall(old_text)), 1) else "minor"


def _words_changed(before: str, after: str, budget: Budget) -> int:
    codes = opcodes(_WORD.findall(before), _WORD.findall(after), budget)
    return sum(max(code[2] - code[1], code[4] - code[3]) for code in codes if code[0] != "equal")


def _describe(
    difference: _TextChange, titles: list[tuple[str, str]], language: str, budget: Budget
) -> Iterator[tuple[str, str]]:
    """What changed in the text, by kind ("" where it has none), in words."""
    was, now = ([pair[place] for pair in difference.changed] for place in (0, 1))
    yield "number", change_summary.numbers_changed([*titles, *difference.changed])
    names = change_summary.names_changed(difference.changed, language, budget)
    yield "name", names
    yield (
        "quotation",
        change_summary.quotations_changed([*was, *difference.removed], [*now, *difference.added], normalize),
    )
    yield "", change_summary.words_changed(difference.changed, budget, names)
    words = change_summary.paragraphs_changed(len(difference.changed), difference.added, difference.removed)
    yield "paragraph" if difference.added or difference.removed else "", words


def fields_changed(old: Extraction, new: Extraction) -> tuple[Kind, ...]:
    """The fields around the text that say something else, whatever their order and typography."""
    return tuple(kind for kind in _FIELD_WORDS if _differs(kind, old, new))


def _differs(kind: Kind, old: Extraction, new: Extraction) -> bool:
    if kind == "authors":
        return authors.changed(old, new)
    if kind in _LINES:
        was, now = (getattr(one, FIELDS[kind]) for one in (old, new))
        if was in old.text and now in new.text:
            return False  # what changed in the text is told as that
    if kind == "caption" and not (_is_one_picture(old, new) and _is_reworded(old.image_caption, new.image_caption)):
        return False  # another picture: on many pages they take turns
    return _field(old, kind) != _field(new, kind)


_OF_SIZE = re.compile(
    r"^\d{2,5}px-|[-_](?:\d{2,5}x\d{2,5}|scaled)(?=\.|$)|@\dx(?=\.|$)|(?:\.(?:jpe?g|png|webp|avif|gif))+$", re.I
)
"""What of a picture's file says its size and format: `pier-1024x683.jpg.webp`, `pier-scaled.jpg`, `800px-pier.png`."""


def _is_one_picture(old: Extraction, new: Extraction) -> bool:
    """Whether the main pictures of two readings may be one: of the same file, in whatever size or place, or unknown."""
    was, now = (_OF_SIZE.sub("", one.image.partition("?")[0].rpartition("/")[2]) for one in (old, new))
    return was == now or not (was and now)


def _is_reworded(old: str, new: str) -> bool:
    """Whether half the words of the shorter of two lines stand in the other."""
    was, now = (set(_WORD.findall(line.casefold())) for line in (old, new))
    return 2 * len(was & now) >= min(len(was), len(now)) > 0


def _field_words(kind: Kind, old: Extraction, new: Extraction) -> str:
    """That a field changed, in words. What the links below a text were is kept nowhere else: they are named."""
    if kind == "authors":
        return authors.in_words(old, new)
    if kind in _LINES:
        return change_summary.line_changed(_FIELD_WORDS[kind], *(getattr(one, FIELDS[kind]) for one in (old, new)))
    changed = f"{_FIELD_WORDS[kind]} changed"
    if kind != "links":
        return changed
    was, now = ({meaning(line): shortened(parted(line)[0], _NAMED) for line in one.links} for one in (old, new))
    gone = [f"{change_summary.quoted(said)} went" for mark, said in was.items() if mark not in now]
    come = [f"{change_summary.quoted(said)} came" for mark, said in now.items() if mark not in was]
    more = len(gone) + len(come) - 2 * _MOST_NAMED
    named = ", ".join(gone[:_MOST_NAMED] + come[:_MOST_NAMED])
    return f"{changed}: {named}{f' and {more} more' if more > 0 else ''}"


def said_in_fields(extraction: Extraction) -> tuple[str, ...]:
    """What the fields around a text say, whatever their order and typography: equal where none of them changed."""
    return tuple(f"{kind} {one}" for kind in _FIELD_WORDS for one in sorted(_field(extraction, kind)))


def _field(extraction: Extraction, kind: Kind) -> frozenset[str]:
    if kind == "contacts":
        stated = [f"{one.name} {re.sub(r'[^0-9+]', '', one.phone)} {one.email}" for one in extraction.contacts]
    elif kind == "authors":
        return authors.said(extraction)
    elif kind == "embargo":
        return frozenset({extraction.embargo_until[:16]} - {""})
    elif kind == "links":
        return frozenset(meaning(line) for line in extraction.links if not passes(parted(line)[0]))
    else:
        values = {"credit": extraction.photo_credits, "about": extraction.about, "dateline": (extraction.dateline,)}
        said = (staying(getattr(extraction, FIELDS[kind])),) if kind in _LINES else values[kind]
        stated = [one for one in said if not passes(one)]
    return frozenset(filter(None, (normalize(one.casefold()) for one in stated)))


def _is_silent(old: Extraction, new: Extraction, at: str) -> bool | None:
    if not new.modified_at:
        return None
    if old.modified_at != new.modified_at:
        return False
    return not (len(new.modified_at) == 10 and _is_same_day(new.modified_at, at))


def _is_same_day(day: str, at: str) -> bool:
    """Whether a moment may fall on a day, in whatever time zone it is written."""
    try:
        begin = datetime.fromisoformat(day).replace(tzinfo=UTC)
        return begin - timedelta(hours=14) <= datetime.fromisoformat(at) < begin + timedelta(hours=36)
    except ValueError:
        return False


def date_changed(old: Extraction, new: Extraction) -> bool:
    """Whether the page states another date in the same place; more precision or another zone is the same date."""
    if not old.published_at or not new.published_at:
        return False
    if old.origins.get("published_at") != new.origins.get("published_at"):
        return False
    if old.published_at.startswith(new.published_at) or new.published_at.startswith(old.published_at):
        return False
    return _instant(old.published_at) != _instant(new.published_at)


def _instant(text: str) -> datetime | str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.astimezone(UTC) if moment.tzinfo else moment
