"""Sentences that some releases of a source share and others do without: a procedure, a call for witnesses. Pure.

"The judgment is not final" stands under every other notice of a court, as likely to be text as the lines beside it, in
the place of paragraphs that no other release has. What a site puts into its texts is on nearly all pages of its time,
or takes turns at one end of the text with other lines that are put there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence, Sized
from itertools import takewhile
from typing import NamedTuple

from archive.boilerplate.sample import is_likely
from archive.boilerplate.sample_set import TemplatePage

_SOME, _STANDING, _OWN_PLACE, _TURNS = 0.6, 0.8, 0.5, 0.9
"""The share of all pages up to which a sentence is on some; of the pages with a place, from which a line stands on all;
of the other lines of a place, below which those that are frequent leave it one of texts; of the pages with a place,
from which frequent lines take turns at its end."""

_DENSE, _GAPS = 0.75, 2
"""The share of the pages of its time, with its place, up to which a sentence is on some of them; those without it."""

_LINKED, _SHORTEST = 50, 12
"""The percentage of a line's characters in links, below which it may be text; its characters, at least."""


class _Line(NamedTuple):
    """A sentence on a page: when the page was first seen, and whether only frequent lines stand in its place before or
    after it."""

    at: int
    is_first: bool
    is_last: bool


class _Place(NamedTuple):
    """A place on the pages that have it: when each was first seen, its lines there but for those that stand on nearly
    all, and on how many pages the first and the last of them is frequent."""

    times: Sequence[int]
    lines: Sequence[Sequence[int]]
    firsts: int
    lasts: int


def said_by_some(pages: Sequence[TemplatePage], often: Mapping[int, Sized]) -> set[int]:
    """The frequent sentences that some of the pages of their time have amid the paragraphs of a text."""
    some = {mark for mark, on in often.items() if len(on) <= _SOME * len(pages)}
    sought = set[tuple[int, int]]()
    for page in pages:
        rows = zip(page.marks, page.places, page.lengths, page.links, page.likely, strict=True)
        sought.update((mark, place) for mark, place, *judged in rows if mark in some and _may_be_text(*judged))
    places = _places(pages, {place for _, place in sought}, often) if sought else {}
    elsewhere = {mark for mark, place in sought if place not in places}
    found: defaultdict[int, dict[int, list[_Line]]] = defaultdict(dict)
    for place, held in places.items():
        for at, lines in zip(held.times, held.lines, strict=True):
            first, last = _ends(lines, often)
            for mark in set(lines):
                if (mark, place) in sought and mark not in elsewhere:
                    line = _Line(at, mark in first, mark in last)
                    found[mark].setdefault(place, []).append(line)
    return {mark for mark, at in found.items() if _is_said(at, [places[place] for place in at])}


def _ends(lines: Sequence[int], often: Container[int]) -> tuple[set[int], set[int]]:
    """The frequent lines with which a place begins, and those with which it ends."""
    first = takewhile(often.__contains__, lines)
    return set(first), set(takewhile(often.__contains__, reversed(lines)))


def _may_be_text(length: int, linked: int, likely: int) -> bool:
    return is_likely(likely) and length >= _SHORTEST and linked < _LINKED


def _places(pages: Sequence[TemplatePage], wanted: Container[int], often: Container[int]) -> dict[int, _Place]:
    """Those of these places in which most lines are those of one page."""
    times: defaultdict[int, list[int]] = defaultdict(list)
    held: defaultdict[int, list[list[int]]] = defaultdict(list)
    for page in pages:
        on_page: defaultdict[int, list[int]] = defaultdict(list)
        for mark, place in zip(page.marks, page.places, strict=True):
            if place in wanted:
                on_page[place].append(mark)
        for place, marks in on_page.items():
            times[place].append(page.first)
            held[place].append(marks)
    found = {place: _place(times[place], lines, often) for place, lines in held.items()}
    return {place: one for place, one in found.items() if one}


def _place(times: Sequence[int], held: Sequence[Sequence[int]], often: Container[int]) -> _Place | None:
    counts = Counter(mark for marks in held for mark in set(marks))
    standing = {mark for mark, count in counts.items() if count >= _STANDING * len(held)}
    lines = [[mark for mark in marks if mark not in standing] for marks in held]
    frequent = [[mark in often for mark in marks] for marks in lines]
    if sum(map(sum, frequent)) >= _OWN_PLACE * sum(map(len, lines)):
        return None
    return _Place(times, lines, sum(one[:1] == [True] for one in frequent), sum(one[-1:] == [True] for one in frequent))


def _is_said(found: Mapping[int, Sequence[_Line]], places: Sequence[_Place]) -> bool:
    """Whether, between the first and the last page that have a sentence, enough of those with its place do without, and
    it does not take turns with others at an end of it."""
    lines = [line for of_place in found.values() for line in of_place]
    begin, end = min(line.at for line in lines), max(line.at for line in lines)
    alive = sum(begin <= at <= end for place in places for at in place.times)
    most = _TURNS * sum(len(place.times) for place in places)
    opens = 2 * sum(line.is_first for line in lines) > len(lines) and sum(place.firsts for place in places) >= most
    closes = 2 * sum(line.is_last for line in lines) > len(lines) and sum(place.lasts for place in places) >= most
    is_on_some = len(lines) <= min(_DENSE * alive, alive - _GAPS)
    return is_on_some and not opens and not closes
