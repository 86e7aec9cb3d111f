"""Rows that a source chooses from a few for each page: the forecast of a day, a person's post and school. Pure.

Each such row is on many pages, but together they say what no other page says. What a site puts on its pages is the same
rows in the same order, or one row at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from archive.boilerplate.sample import UNKNOWN
from archive.boilerplate.samples import TemplatePage

_LINKED, _LIKELY = 20, 10
"""Percent of a row's characters inside links, below which it may be a form's; how likely it is text, from which on."""

_ROWS, _VARIED, _FEWEST = 2, 0.6, 5
"""Rows that say something together; the share of the pages with a row, and the pages, on which those together with it
are others."""


def chosen_for_each(pages: Sequence[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent rows that stand on most of their pages with rows, of the same place, that others do not have."""
    together: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for page in pages:
        for rows in _runs(page, often):
            for mark in set(rows):
                together[mark].append(rows)
    return {
        mark
        for mark, runs in together.items()
        if (differing := len({run for run in runs if len(run) >= _ROWS})) >= _FEWEST and differing > _VARIED * len(runs)
    }


def _runs(page: TemplatePage, often: Container[int]) -> Iterator[tuple[int, ...]]:
    """The frequent passages of a page that may be rows of a form: those of one place that follow each other."""
    run: list[int] = []
    last = -1
    for at in [at for at, likely in enumerate(page.likely) if _LIKELY <= likely < UNKNOWN]:
        if page.marks[at] not in often or page.links[at] >= _LINKED:
            continue
        if run and (at != last + 1 or page.places[at] != page.places[last]):
            yield tuple(run)
            run = []
        run.append(page.marks[at])
        last = at
    if run:
        yield tuple(run)
