"""Lines around a text that say when the page was published or changed, and nothing else. Pure.

The day of a release is a field of its own; amid the text a day is a part of what it tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from archive.extract.rules.paragraphs import HALF, is_paragraph
from archive.extract.rules.structures import WHOLE
from archive.page.blocks import Block
from archive.page.markup import words_of
from archive.page.places import HEADINGS, Container, names_of
from archive.release.bylines import is_byline
from archive.text.calendar import CALENDAR_WORDS
from archive.text.date_labels import says_page_alone
from archive.text.dates import find_days, find_moments, only_day

_AROUND, _LEAD, _MARKS = 6, 2, 8
"""Blocks above the first paragraph and below the last that may say the day, those below the first where that is a lead,
and elements of such a line that are looked at."""

_PROGRAMME = 40
"""Blocks of a text among which other days may stand."""

_DAY_NAMED = re.compile(r"date|time|publi|datum|fecha|data(?![a-z])", re.I)
"""Class names of a day: `post-date`, `published`, `fecha`, `data`."""

_LONGEST = 100
"""Characters of a line that may be labels and days: "Published on 3 May 2026, last updated on 4 May 2026"."""

_FILED = 40
"""Characters of a line that may say what a page is filed under."""

_LISTS = frozenset({"ul", "ol"})

_ENTRY = re.compile(r"article|post|entry|node|blog|meta|byline|publi", re.I)
"""How a list of the fields of a page is named: one of a product or an event is of what the text tells."""

_BETWEEN = " \xa0|·•,;/–—-"
"""What stands between such days."""

_ASKING = ("?", "？", ":", "：")
"""How a heading ends whose answer is the line below it."""

_LEVELS, _PARTS = 5, 2
"""Places around a line that may be a list or table, and the fewest elements of a line of several."""

_ZONE = re.compile(r"\W+[A-Z]{2,4}\W*$")
_READING = re.compile(
    r"\W*(?:\d{1,2}[ -]?min(?:ute)?s?\.? (?:read(?:ing)?(?: time)?|de lecture|de lectura|de leitura|di lettura)"
    r"|(?:reading time|temps de lecture|lese(?:zeit|dauer)|tiempo de lectura|tempo d[ei] (?:leitura|lettura)"
    r"|leestijd|czas czytania|время чтения|okuma süresi)\W{0,3}\d{1,2} ?"
    r"(?:min(?:ut\w{1,3})?|мин(?:ут\w?)?|dk|dakika)\.?)\W*",
    re.I,
)
"""How long it takes to read the page: "6 min read"."""

_LECTURE = re.compile(r"lecture\W{0,3}\d{1,2} ?min(?:utes?)?\.?", re.I)
"""The same where it stands beside other fields; alone it may be a talk of a programme."""

_APART = re.compile(r"\s[|·•—–-]\s")
"""What sets apart who wrote a page and when ("By Ada Quill | 4 May 2026")."""


def day_lines(found: Sequence[Block], judged: Sequence[float], day: str) -> set[int]:
    """Lines of the text above its first paragraph that say a day, and are marked up as that or stand apart from it
    below the headline; and, there and below its last paragraph, those that say by a label that it is that of the page
    ("Last updated: 4 May 2026"). `day`: the page's own, if it is known: right below the headline it is no text."""
    taken = [at for at, score in enumerate(judged) if score >= HALF]
    own = _own_day(found, judged, taken, day) | _beside_day(found, taken[:_AROUND], day) if day else set[int]()
    first = next((at for at in taken if is_paragraph(found[at])), -1)
    if first < 0:
        return own
    last = next(at for at in reversed(taken) if is_paragraph(found[at]))
    above, below = range(max(0, first - _AROUND), first), range(last + 1, min(last + 1 + _AROUND, len(found)))
    said = [at for at in above if judged[at] >= HALF and only_day(found[at].text)]
    days = {at for at in said if _is_marked_day(found[at]) or (len(said) == 1 and _is_apart(found, at, first))}
    behind = range(first + 1, min(first + 1 + _LEAD, len(found)))
    filed = {at: day for at in above if judged[at] >= HALF and (day := _day_at_start(found[at]))}
    filed_below = {
        at: day for at in behind if "about" in found[at].container.signs and (day := _day_at_start(found[at]))
    }
    both = {**filed, **filed_below}
    is_programme = len(filed) > 1 or len(filed_below) > 1 or len(set(both.values())) > 1
    days |= set() if is_programme else both.keys()
    told = {at for at in (*above, *below) if judged[at] >= HALF and _is_field(found[at].text)}
    signed = {at for at in told if not _is_of_page(found[at].text)}
    is_list = len({found[at].text for at in signed}) > 1
    of_works = {at for at in signed if is_list or (at > last + 1 and judged[at - 1] >= HALF)}
    days |= _fields_of_page(found, [at for at in above if judged[at] >= HALF])
    return own | days | {at for at in told - of_works if not _is_amid_others(found, judged, at)}


def _own_day(found: Sequence[Block], judged: Sequence[float], taken: Sequence[int], day: str) -> set[int]:
    """The line right below the headline that is only the page's day; none that begins a list of days."""
    headed = (at for at in taken[:_AROUND] if at and found[at - 1].container.tag == "h1")
    below = next((at for at in headed if only_day(found[at].text) == day), -1)
    if below < 0 or _is_amid_others(found, judged, below):
        return set()
    near = (at for at in taken if below < at <= below + _PROGRAMME)
    return set() if any(only_day(found[at].text) not in ("", day) for at in near) else {below}


def _fields_of_page(found: Sequence[Block], above: Sequence[int]) -> set[int]:
    """The short lines above the first paragraph of a list that is named for the fields of an entry, and says its
    day ("Details", "Published: 4 May 2026", "Hits: 12"), as some systems set it below the headline."""
    lists: defaultdict[Container, set[int]] = defaultdict(set)
    for at in above:
        around = _list_around(found[at])
        is_named = around is not None and "about" in around.signs and _ENTRY.search(names_of(around.element))
        if around is not None and is_named and len(found[at].text) <= _LONGEST:
            lists[around].add(at)
    return {at for lines in lists.values() if any(_is_of_page(found[one].text) for one in lines) for at in lines}


def _beside_day(found: Sequence[Block], first: Sequence[int], day: str) -> set[int]:
    """The lines of a list right below the headline, among the first of the text, that has the page's day as an item:
    that, and short lines in which it says what kind of release the page is and what it is filed under.

    Below another heading such a list tells of what happens on that day ("The fair at a glance").
    """
    lists: defaultdict[Container, list[int]] = defaultdict(list)
    for at in first:
        if (around := _list_around(found[at])) is not None and around.tag in _LISTS:
            lists[around].append(at)
    if not lists:
        return set()
    heads = frozenset({"h1"}) if any(block.container.tag == "h1" for block in found) else HEADINGS
    below = (lines for lines in lists.values() if lines[0] and found[lines[0] - 1].container.tag in heads)
    days = ((lines, {at for at in lines if only_day(found[at].text)}) for lines in below if len(lines) > 1)
    own = ((lines, said) for lines, said in days if [only_day(found[at].text) for at in said] == [day])
    return {
        at for lines, said in own for at in lines
        if at in said or _files(found[at], any(_is_marked_day(found[one]) for one in said))
    }  # fmt: skip


def _files(block: Block, is_marked: bool) -> bool:
    """Whether a line is so short, and says so little, that it can only say what a page is filed under: it is a link,
    has a label, or stands in a list named for that, or beside a day marked up as one (`is_marked`). Of an event the
    list may say more ("Town hall", "Admission free")."""
    text, around = block.text, _list_around(block)
    is_field = is_marked or block.link > HALF or ":" in text or (around is not None and "about" in around.signs)
    return is_field and len(text) <= _FILED and not any(map(str.isdigit, text)) and text[-1] not in ".!?。:："


def _is_marked_day(block: Block) -> bool:
    element = block.container.element
    return any(one.tag == "time" or _DAY_NAMED.search(names_of(one)) for one in islice(element.iter("*"), _MARKS))


def _day_at_start(block: Block) -> str:
    """The day of a line that is no paragraph, list or table and is made of several elements, of which the first is that
    day and marked up as one, and the next what the page is filed under or the like; "" of any other."""
    parts = block.container.element
    if len(parts) < _PARTS or len(block.text) > _LONGEST or is_paragraph(block) or not isinstance(parts[0].tag, str):
        return ""
    first = words_of(parts[0], _LONGEST) if not (parts.text or "").strip() else ""
    day = only_day(first) if first and block.text.startswith(first) else ""
    is_of_page = day != "" and ("about" in block.container.signs or _is_marked_day(block))
    return day if is_of_page and _list_around(block) is None else ""


def _is_apart(found: Sequence[Block], at: int, first: int) -> bool:
    """Whether a day stands below a heading and is none, nor answers it, outside the place that holds the first
    paragraph, and no other day heads a part of the text, as in a programme."""
    place = found[first].container.above
    apart = place is not None and place not in found[at].container.upward()
    is_below = any(one.container.tag in HEADINGS for one in found[max(0, at - _AROUND) : at])
    if not apart or not is_below or found[at].container.tag in HEADINGS or found[at - 1].text.endswith(_ASKING):
        return False
    return not any(only_day(one.text) for one in found[first : first + _PROGRAMME])


def _is_of_page(text: str) -> bool:
    """Whether a line says when the page was published or changed, or how long it takes to read, and nothing else."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    if _READING.fullmatch(text):
        return True
    stated = list(find_moments(text))
    ends = [0, *(one.end for one in stated)]
    labels = [text[end : one.start].strip(_BETWEEN) for end, one in zip(ends, stated, strict=False)]
    behind = re.findall(r"\w+", _ZONE.sub("", text[ends[-1] :]).casefold())
    return bool(labels) and all(map(says_page_alone, labels)) and CALENDAR_WORDS.issuperset(behind)


def _is_field(text: str) -> bool:
    """Whether a line says when the page was published or changed, perhaps beside who wrote it, and nothing else."""
    if _is_of_page(text):
        return True
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    parts = _APART.split(text)
    signed = [is_byline(part) for part in parts]
    when = (one for one, is_signed in zip(parts, signed, strict=True) if not is_signed)
    return (
        any(signed)
        and not all(signed)
        and all(only_day(one) or _is_of_page(one) or _LECTURE.fullmatch(one) for one in when)
    )


def _is_amid_others(found: Sequence[Block], judged: Sequence[float], at: int) -> bool:
    """Whether a line that says the page's day is one of several of the text: of a list or table, or of days with
    labels, such as the dates of an event."""
    beside = (found[one] for one in (at - 1, at + 1) if 0 <= one < len(found) and judged[one] >= HALF)
    others = [one for one in beside if not (_is_of_page(one.text) or is_paragraph(one))]
    around = _list_around(found[at])
    return any(_is_of_event(one) or (around is not None and _list_around(one) is around) for one in others)


def _list_around(block: Block) -> Container | None:
    return next((place for place in islice(block.container.upward(), _LEVELS) if place.tag in WHOLE), None)


def _is_of_event(block: Block) -> bool:
    """Whether a line is a label and a day of something else than the page."""
    day = next(iter(find_days(block.text)), None) if len(block.text) <= _LONGEST else None
    return day is not None and block.text[: day.start].rstrip().endswith((":", "："))
