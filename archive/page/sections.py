"""Sections of one build beside each other: entries of a guide, answers to questions, points of a checklist. Pure.

One by one, each of their paragraphs is as short and as far from the others as a teaser's, and a judge of single blocks
takes some of them and leaves the others. Together they say what they are: half of the sections, and all of them as one,
are likely to be text, or none of them is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container as Holder
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from statistics import median

from archive.page.blocks import Block
from archive.page.places import CONTROL

_LEVELS = 8
"""Places around a block that may be the section it stands in."""

_PLAIN = frozenset({"p", "li", "tr", "td", "span", "table"})
"""What is no section: lists and tables are judged whole by themselves."""

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "summary"})
_NO_PARAGRAPHS = frozenset({"frame", "caption", CONTROL})
_PROSE = 60
_FEWEST, _MOSTLY = 4, 0.7
"""Sections of a row, and the share of them that hold a paragraph and another block."""

_ENOUGH, _FAINT = 0.3, 0.05
"""The likelihood from which a row is text, and the one under which a block of it is none."""

_LINKED, _SHARED = 0.3, 0.5
"""The share of a row that may be links, and of its sections that have a paragraph at the same place."""

_FEWEST_DOUBTED = 2


def in_sections(found: Sequence[Block], likely: Sequence[float], kept: float) -> set[int]:
    """The paragraphs of rows of sections that are text as a whole, each with the heading right above it.

    `likely` are the likelihoods that blocks are text, and `kept` the one from which they count as text. Nothing is
    looked for where no two paragraphs are in doubt.
    """
    doubted = [at for at, score in enumerate(likely) if _FAINT <= score < kept and _is_prose(found[at])]
    if len(doubted) < _FEWEST_DOUBTED:
        return set()
    rows = {row for at in doubted for row, _ in _sections_of(found[at])}
    held: defaultdict[tuple[int, int], defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, block in enumerate(found):
        for row, section in _sections_of(block):
            if row in rows:
                held[row][section].append(at)
    text: set[int] = set()
    for row_held in held.values():
        sections = list(row_held.values())
        if _are_text(sections, found, likely):
            places = Counter(path for lines in sections for path in {found[at].container.path for at in lines})
            shared = {path for path, times in places.items() if times >= _SHARED * len(sections)}
            text.update(_paragraphs(chain.from_iterable(sections), shared, found, likely))
    return text


def _sections_of(block: Block) -> Iterator[tuple[tuple[int, int], int]]:
    """The places around a block that may be a section: the row of places of one build that each is of, and itself."""
    for place in islice(block.container.upward(), _LEVELS):
        if place.above is not None and place.tag not in _PLAIN:
            yield (id(place.above), place.path), id(place)


def _are_text(sections: Sequence[Sequence[int]], found: Sequence[Block], likely: Sequence[float]) -> bool:
    """Whether the sections of a row, each given by its blocks, are text."""
    whole = sum(len(lines) > 1 and any(_is_prose(found[at]) for at in lines) for lines in sections)
    if len(sections) < _FEWEST or whole < _MOSTLY * len(sections):
        return False
    lines = [at for section in sections for at in section]
    if sum(found[at].link for at in lines) > _LINKED * sum(len(found[at].text) for at in lines):
        return False
    return (
        _mean(lines, found, likely) >= _ENOUGH
        and median(_mean(section, found, likely) for section in sections) >= _ENOUGH
    )


def _mean(lines: Sequence[int], found: Sequence[Block], likely: Sequence[float]) -> float:
    """The mean likelihood of the characters of some blocks."""
    return sum(likely[at] * len(found[at].text) for at in lines) / sum(len(found[at].text) for at in lines)


def _paragraphs(
    lines: Iterator[int], paths: Holder[int], found: Sequence[Block], likely: Sequence[float]
) -> Iterator[int]:
    """The paragraphs at these places that are not quite unlikely, and the heading right above each."""
    for at in lines:
        block = found[at]
        is_at_one = block.container.path in paths and likely[at] >= _FAINT
        if is_at_one and _is_prose(block) and _NO_PARAGRAPHS.isdisjoint(block.container.roles):
            yield at
            if at and found[at - 1].container.tag in _HEADINGS:
                yield at - 1


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.link < len(block.text) / 2
