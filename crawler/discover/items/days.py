"""Which date of a listing belongs to which of its links. Pure.

Each link has an item: the largest element that holds no other link of its group. A date in an item belongs to it; one
that stands elsewhere in the same way for most items (a column, a `time` element) is believed before one in a title or a
teaser, and before one that the markup calls that of a change, or the words before it. Where the items hold no dates
(paragraphs in turn, `dt` and `dd`, days as headings over several links), a date belongs to the links up to the next
one. No date belongs to the items of two groups.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from archive.text.date_labels import says_modified
from archive.text.dates import Stated
from crawler.discover.anchors import CHANGED, Anchor, LinkedPage

_NEAR = 400
"""Characters before the first or after the last link of a group within which a date is taken for its own."""

_HEADED = 0.5
"""The share of a heading that its date takes up, where it is the day of what stands below."""

_LABEL = 30
"""Characters before a date in which its label stands."""

_FIGURES = re.compile(r"\d")

_NESTED = 3
"""Headings that begin before a date which are looked at: one may stand in another."""

_PLAIN = 0.3
"""The share of its text from which on a date is what that text is for."""


@dataclass(frozen=True)
class _Dated:
    """A date in an item: its way of standing there, and how much of the text around it is the date itself (0 to 1)."""

    day: Stated
    way: str
    share: float


def items_of(anchors: Sequence[Anchor], page: LinkedPage) -> dict[str, tuple[int, int]]:
    """By the key of each address, where its item stands in the text. Takes the links of one group in their order."""
    places: dict[str, tuple[int, int]] = {}
    others = anchors if len({anchor.key for anchor in anchors}) > 1 else page.anchors
    bounds = dict(_bounds(others, len(page.text)))
    for anchor in anchors:
        left, right = bounds.get(id(anchor), (anchor.start, anchor.end))
        start, end = anchor.start, anchor.end
        for outer in anchor.around:
            if outer[0] < left or outer[1] > right:
                break
            start, end = min(start, outer[0]), max(end, outer[1])
        before = places.get(anchor.key, (start, end))
        places.setdefault(anchor.key, (start, end))
        if start <= before[1] and before[0] <= end:
            places[anchor.key] = (min(before[0], start), max(before[1], end))
    return places


def days_of(anchors: Sequence[Anchor], page: LinkedPage) -> dict[str, Stated]:
    """The date of each link that has one, by the key of its address. Takes the links of one group in their order."""
    items = items_of(anchors, page)
    inside = _inside(anchors, items, page)
    is_headed = any(len(inside) < len(items) and _is_heading(day, page) for day in inside.values())
    if 2 * len(inside) >= len(items) and not is_headed:  # a day that is the heading of one item may be of several
        return inside
    return {**_outside(anchors, items, page), **inside}


def files_of_their_own(
    files: Iterable[Anchor], pages: Sequence[Anchor], days: Mapping[str, Stated], page: LinkedPage
) -> frozenset[str]:
    """The keys of the files in a list of pages that are items themselves: outside of those of the pages, with a day
    that no page has, unless it is that of a heading over several. `days` has the dates of both."""
    places = merged(items_of(pages, page).values())
    theirs = {days[anchor.key].start for anchor in pages if anchor.key in days}

    def is_own(file: Anchor) -> bool:
        day = days.get(file.key)
        n = bisect_right(places, (file.start, len(page.text))) - 1
        is_inside = n >= 0 and file.start < places[n][1]
        return day is not None and not is_inside and (day.start not in theirs or _is_heading(day, page))

    return frozenset(file.key for file in files if is_own(file))


def merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places as few that do not overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _bounds(anchors: Sequence[Anchor], size: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """For each link where the nearest links to other addresses before and after it end and start."""
    left: list[int] = []
    floor = 0
    for before, anchor in pairwise((None, *anchors)):
        if before is not None and anchor is not None and before.key != anchor.key:
            floor = before.end
        left.append(floor)
    ceiling = size
    for n in range(len(anchors) - 1, -1, -1):
        if n + 1 < len(anchors) and anchors[n + 1].key != anchors[n].key:
            ceiling = anchors[n + 1].start
        yield id(anchors[n]), (left[n], ceiling)


def _inside(anchors: Sequence[Anchor], items: Mapping[str, tuple[int, int]], page: LinkedPage) -> dict[str, Stated]:
    links: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for anchor in anchors:
        links[anchor.key].append((anchor.start, anchor.end))
    dated = {key: [_dated(day, page, links[key]) for day in page.days_between(*place)] for key, place in items.items()}
    ranks = _ranked(dated.values(), len(items))
    found: dict[str, Stated] = {}
    for key, days in dated.items():
        known = [each for each in days if each.way in ranks]
        if known:
            published = [each for each in known if CHANGED not in each.way and each.share >= _PLAIN]
            found[key] = min(published or known, key=lambda each: (-ranks[each.way], each.day.start)).day
    return found


def _dated(day: Stated, page: LinkedPage, links: Iterable[tuple[int, int]]) -> _Dated:
    first = page.piece_at(day.start)
    last = page.piece_at(max(day.end - 1, day.start))
    share = min(1.0, (day.end - day.start) / max(last.end - first.start, 1))
    is_linked = any(start <= day.start < end for start, end in links)
    changed = CHANGED if _is_of_change(day, page) else ""
    return _Dated(day, f"{first.place}{changed}{' in a link' if is_linked else ''}", share)


def _is_of_change(day: Stated, page: LinkedPage) -> bool:
    """Whether the words right before a date say that it is of a change ("Updated: "): those of its own element behind
    any other number, or of the element before it if they end in a colon. A title before a date may end in such a word,
    too ("Quay works: an update")."""
    start = max(0, day.start - _LABEL, page.piece_at(day.start).start)
    above = max(0, start - _LABEL)
    before = page.text[above:start].rstrip()
    if before.endswith((":", "：")) and not page.text[start : day.start].strip():
        start = max(0, day.start - _LABEL, page.piece_at(above + len(before) - 1).start)
    return says_modified(_FIGURES.split(page.text[start : day.start])[-1])


def _ranked(dated: Iterable[Sequence[_Dated]], items: int) -> dict[str, float]:
    """The ways in which dates stand in items that are believed, with how much."""
    support: dict[str, list[_Dated]] = defaultdict(list)
    for days in dated:
        for way, each in {each.way: each for each in reversed(days)}.items():
            support[way].append(each)
    ranks: dict[str, float] = {}
    for way, each_item in support.items():
        share = sum(each.share for each in each_item) / len(each_item)
        if share >= _PLAIN or (2 * len(each_item) > items and items > 1):
            whole = sum(bool(each.day.moment) for each in each_item) / len(each_item)
            ranks[way] = (len(each_item) / items + share + 0.5 * whole + (0.5 if way.startswith("time") else 0)) - (
                0.75 if way.endswith("in a link") else 0
            )
    return ranks


def _outside(anchors: Sequence[Anchor], items: Mapping[str, tuple[int, int]], page: LinkedPage) -> dict[str, Stated]:
    """Days that stand between the items: of the way that most of them stand, before the links, or after them.

    What is a link to something else (a choice of days) is the day of that, where others stand there too.
    """
    within = page.without_days(merged(items.values()))
    linked = merged((anchor.start, anchor.end) for anchor in page.anchors if anchor.key not in items)
    days = _usual(anchors, within.without_days(linked)) or _usual(anchors, within)
    if not days:
        return {}
    comes_first = days[0].start <= anchors[0].start
    found: dict[str, Stated] = {}
    for anchor in anchors:
        if comes_first:
            n = bisect_right(days, anchor.start, key=lambda day: day.end) - 1
        else:
            n = bisect_left(days, anchor.end, key=lambda day: day.start)
        if 0 <= n < len(days) and _is_in_section(anchor, days[n], page):
            found.setdefault(anchor.key, days[n])
    stated = {day.start: day for day in found.values()}
    is_of_these = len(stated) > 1 or len(items) == 1 or all(_is_heading(day, page) for day in stated.values())
    return found if is_of_these else {}


def _usual(anchors: Sequence[Anchor], page: LinkedPage) -> list[Stated]:
    """The days at and between some links that stand in the way that most of them do; of ways alike the heading's."""
    near = page.days_between(max(0, anchors[0].start - _NEAR), min(len(page.text), anchors[-1].end + _NEAR))
    ways: dict[str, list[Stated]] = defaultdict(list)
    for day in near:
        dated = _dated(day, page, ())
        if dated.share >= _PLAIN:
            ways[dated.way].append(day)
    return max(ways.values(), key=lambda days: (len(days), all(_is_heading(day, page) for day in days)), default=[])


def _is_heading(day: Stated, page: LinkedPage) -> bool:
    """Whether a date is nearly all that a heading says: then all that stands below it is of that day."""
    return _heading_of(day, page) is not None


def _heading_of(day: Stated, page: LinkedPage) -> tuple[int, int] | None:
    """Where the heading stands of which a date is nearly all; None where there is none."""
    last = bisect_right(page.headings, day.start, key=itemgetter(0))
    for start, end in page.headings[max(0, last - _NESTED) : last]:
        if day.end <= end and _HEADED * (end - start) <= day.end - day.start:
            return start, end
    return None


def _is_in_section(anchor: Anchor, day: Stated, page: LinkedPage) -> bool:
    """Whether a link stands in the section of a day that is a heading, and not in a column beside; true of others."""
    heading = _heading_of(day, page)
    section = page.sections.get(heading) if heading else None
    return section is None or section[0] <= anchor.start < section[1]
