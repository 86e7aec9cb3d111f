"""Paragraphs that a few releases of one matter share: the same quote, the law that all of them explain. Pure.

Among the pages of its own lifetime such a paragraph is frequent, because the matter is in the news for a month. It
stands amid the paragraphs of its releases, at another line in each, and most releases of the same build do without it.
What a site puts into a text for a while stands at its start, its end, or always at the same line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Sized
from typing import NamedTuple

from archive.boilerplate.sample_set import TemplatePage

_PROSE, _LINKED = 80, 20
_FEW, _OWN_PLACE, _MOST = 0.5, 0.5, 0.8
"""The share of the pages with its place below which a passage is on few; of the passages at a place, below which those
that are frequent leave it one of texts; and of its pages, from which it counts where a passage stands."""

_FEWEST_PUT = 5
"""Pages that have a passage at one line from which it was put there."""


class _Line(NamedTuple):
    """Where a passage stands at its place among those that not all pages have: from the start, from the end, and
    whether those next to it are frequent nowhere."""

    above: int
    below: int
    is_amid_own: bool


def shared_by_few(pages: Sequence[TemplatePage], often: Mapping[int, Sized]) -> set[int]:
    """The frequent passages of prose that few of the pages with their place have, amid paragraphs of their own."""
    few = {mark for mark, on in often.items() if len(on) < _FEW * len(pages)}
    if not few:
        return set()
    lines: defaultdict[tuple[int, int], list[_Line]] = defaultdict(list)
    for page in pages:
        for mark, place, line in _lines(page, few, often):
            lines[mark, place].append(line)
    if not lines:
        return set()
    with_place = Counter(place for page in pages for place in set(page.places))
    held = Counter(place for page in pages for place in page.places)
    frequent = Counter(
        place for page in pages for mark, place in zip(page.marks, page.places, strict=True) if mark in often
    )
    return {
        mark
        for (mark, place), found in lines.items()
        if len(found) < _FEW * with_place[place]
        and frequent[place] < _OWN_PLACE * held[place]
        and sum(line.is_amid_own for line in found) >= _MOST * len(found)
        and not _is_put(found)
    }


def _lines(page: TemplatePage, few: set[int], often: Mapping[int, Sized]) -> list[tuple[int, int, _Line]]:
    """The passages of prose among these on a page, each with its place and line there."""
    sought = [
        at
        for at, mark in enumerate(page.marks)
        if mark in few and page.lengths[at] >= _PROSE and page.links[at] < _LINKED
    ]
    if not sought:
        return []
    among: dict[int, list[int]] = {page.places[at]: [] for at in sought}
    first: dict[tuple[int, int], int] = {}
    for mark, place in zip(page.marks, page.places, strict=True):
        if place in among and (mark in few or mark not in often):
            first.setdefault((mark, place), len(among[place]))
            among[place].append(mark)
    found: list[tuple[int, int, _Line]] = []
    for row in sought:
        mark, place = page.marks[row], page.places[row]
        at, lines = first[mark, place], among[place]
        beside = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
        found.append((mark, place, _Line(at, len(lines) - 1 - at, not any(one in often for one in beside))))
    return found


def _is_put(found: Sequence[_Line]) -> bool:
    """Whether a passage is nearly always the first or last of its place, or at one line of many pages."""
    most = _MOST * len(found)
    above, below = Counter(line.above for line in found), Counter(line.below for line in found)
    same = max(max(above.values()), max(below.values()))
    return above[0] >= most or below[0] >= most or (same >= most and len(found) >= _FEWEST_PUT)
