"""Rows that a source chooses from a few for each page: the forecast of a day, a person's post and school. Pure.

Each such row is on many pages, but together they say what no other page says: each in a field of its own, or in two of
them ("Monday: clear", "Tuesday: clear"). What a site puts on its pages is the same rows in the same order, one row at a
time, or a few of its offers wherever they fall, and none twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from archive.boilerplate.sample import UNKNOWN
from archive.boilerplate.sample_set import TemplatePage

_LINKED, _LIKELY = 20, 10
"""Percent of a row's characters inside links, below which it may be a form's; how likely it is text, from which on."""

_ROWS, _VARIED, _FEWEST = 2, 0.6, 5
"""Rows that say something together; the share of the pages with a row, and the pages, on which those together with it
are others."""

_AT_ONE_LINE, _TWICE = 0.9, 0.1
"""The share of the rows of a place that stand at one line each, counted from the first or the last, in a form; and of
the pages on which a row stands twice."""


def chosen_for_each(pages: Sequence[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent rows that stand on most of their pages with rows, of the same place, that others do not have."""
    at_place: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for page in pages:
        for place, rows in _runs(page, often):
            at_place[place].append(rows)
    together: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for runs in at_place.values():
        is_form = _are_of_form([run for run in runs if len(run) >= _ROWS])
        for rows in runs:
            for mark in set(rows):
                together[mark].append(rows if is_form else rows[:1])
    return {
        mark
        for mark, runs in together.items()
        if (differing := len({run for run in runs if len(run) >= _ROWS})) >= _FEWEST and differing > _VARIED * len(runs)
    }


def _are_of_form(runs: Sequence[tuple[int, ...]]) -> bool:
    """Whether nearly all rows stand where they stand on other pages, or one is chosen twice, for two of its fields."""
    if sum(len(set(run)) < len(run) for run in runs) > _TWICE * len(runs):
        return True
    lines = max(_at_one_line(map(enumerate, runs)), _at_one_line(enumerate(reversed(run)) for run in runs))
    return lines >= _AT_ONE_LINE * sum(map(len, runs))


def _at_one_line(runs: Iterable[Iterable[tuple[int, int]]]) -> int:
    """How many rows stand at the line at which each stands the most often."""
    lines: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for run in runs:
        for line, mark in run:
            lines[mark][line] += 1
    return sum(max(at.values()) for at in lines.values())


def _runs(page: TemplatePage, often: Container[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The frequent passages of a page that may be rows of a form: a place and those of it that follow each other."""
    run: list[int] = []
    last = -1
    for at in [at for at, likely in enumerate(page.likely) if _LIKELY <= likely < UNKNOWN]:
        if page.marks[at] not in often or page.links[at] >= _LINKED:
            continue
        if run and (at != last + 1 or page.places[at] != page.places[last]):
            yield page.places[last], tuple(run)
            run = []
        run.append(page.marks[at])
        last = at
    if run:
        yield page.places[last], tuple(run)
