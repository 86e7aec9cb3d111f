"""What stands on a page in one build is text together: the paragraphs of one place, and sections beside each other
(entries of a guide, answers to questions, points of a checklist). Pure.

A text that goes on below an offer or a teaser looks less and less like one there: its paragraphs, in doubt one by one,
stand at the place of those above. The paragraphs of sections are each as short and as far from the others as a
teaser's, and a judge of single blocks takes some of them and leaves the others. Together they say what they are: half
of the sections, and all of them as one, are likely to be text, or none of them is.

So do rows of short lines between two paragraphs that are no list by their tags: key figures, a timeline, steps, cards.
Such a row are parts of one place, side by side and built alike, three at least, none of which leads anywhere.

`likely` are the likelihoods that blocks are text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container as Holder
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile
from statistics import median

from archive.extract.rules.paragraphs import ENDS, HALF, asks
from archive.page.blocks import Block
from archive.page.places import APART, BESIDE, CALLING, CONTROL, LABELS, Container

_LEVELS = 8
"""Places around a block that may be the section it stands in."""

_PLAIN = frozenset({"p", "li", "tr", "td", "span", "table"})
"""What is no section: lists and tables are judged whole by themselves."""

_NO_PARAGRAPHS = frozenset({APART, "caption", CONTROL})
_PROSE = 60
_FEWEST, _MOSTLY = 4, 0.7
"""Sections of a row, and the share of them that hold a paragraph and another block."""

_ENOUGH, _UNLIKELY = 0.3, 0.1
"""The likelihood from which a row is text, and the one up to which a block of it is none: that of what other rules have
left out."""

_LINKED, _SHARED = 0.3, 0.5
"""The share of a row that may be links, and of its sections that have a paragraph at the same place."""

_FEWEST_DOUBTED = 2

_THIRD = 1 / 3
"""The share of a place's paragraphs that is text from which those in doubt there are, too. A single one in doubt stays
so: it is mostly a notice or a credit at the end."""


_PARTS = 3
_AROUND, _HOMES = 5, 6
"""In which of the places around a line a row is looked for, and in which around it the text is."""

_DEEP = 8
"""Places around a line in which that of a row is looked for."""

_MOST_LINES, _LINE = 60, 300
"""Lines of a row, and characters of a line."""

_NO_LINES = BESIDE | {"caption", "code"}


_PICTURE = re.compile(r"caption|credit|gallery|photo|image", re.I)


def at_places_of_text(found: Sequence[Block], likely: Sequence[float]) -> set[int]:
    """The paragraphs in doubt, two at least, at places where others of the same build are text; the last may be
    short."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(found):
        if block.container.tag == "p" and _is_prose(block):
            places[block.container.path].append(at)
    text: set[int] = set()
    for lines in places.values():
        doubted = [at for at in lines if _UNLIKELY < likely[at] < HALF]
        whole = sum(len(found[at].text) for at in lines)
        taken = sum(len(found[at].text) for at in lines if likely[at] >= HALF)
        if doubted and taken >= _THIRD * whole:
            last = range(doubted[-1] + 1, min(doubted[-1] + 1 + _FEWEST_DOUBTED, len(found)))
            doubted += takewhile(lambda at: _is_short_sentence(found, at, likely[at]), last)
            text.update(doubted if len(doubted) >= _FEWEST_DOUBTED else ())
    return text


def _is_short_sentence(found: Sequence[Block], at: int, likely: float) -> bool:
    """Whether a block in doubt is a sentence at the same place as the block above it."""
    block = found[at]
    is_alike = block.container.tag == "p" and block.container.path == found[at - 1].container.path
    return is_alike and _UNLIKELY < likely < HALF and not block.link and block.text[-1] in ENDS


def in_sections(found: Sequence[Block], likely: Sequence[float]) -> set[int]:
    """The paragraphs of rows of sections that are text as a whole, each with the heading right above it.

    Nothing is looked for where no two paragraphs are in doubt.
    """
    doubted = [at for at, score in enumerate(likely) if _UNLIKELY < score < HALF and _is_prose(found[at])]
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
        is_at_one = block.container.path in paths and likely[at] > _UNLIKELY
        if is_at_one and _is_prose(block) and _NO_PARAGRAPHS.isdisjoint(block.container.roles):
            yield at
            if at and found[at - 1].container.tag in LABELS:
                yield at - 1


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.link < len(block.text) / 2


def rows_between(found: Sequence[Block], likely: Sequence[float]) -> Iterator[int]:
    """The blocks of rows right between two passages of the text, in one place with both."""
    taken = [at for at, score in enumerate(likely) if score >= HALF]
    seen: set[tuple[Container, int]] = set()
    for at in range(taken[0], taken[-1]) if taken else ():
        if likely[at] >= HALF or not _may_be_in_row(found[at]):
            continue
        for part in islice(found[at].container.upward(), _AROUND):
            if part.above is None or part.tag != "div" or (part.above, part.path) in seen:
                continue
            seen.add((part.above, part.path))
            row = _row_around(found, at, part)
            if row and all(_may_be_in_row(found[one]) and not asks(found[one].text) for one in row):
                if _is_amid_text(found, likely, row, part.above):
                    yield from row
                break


def _may_be_in_row(block: Block) -> bool:
    short = len(block.text) <= _LINE and not block.link and not _PICTURE.search(block.container.named)
    return short and _NO_LINES.isdisjoint(block.container.roles) and CALLING.isdisjoint(block.container.signs)


def _row_around(found: Sequence[Block], at: int, part: Container) -> range:
    """The blocks that stand, around one, in parts of its place that are built like its own; empty if these are few."""
    first = last = at
    while first and last - first < _MOST_LINES and _part_like(found[first - 1], part):
        first -= 1
    while last + 1 < len(found) and last - first < _MOST_LINES and _part_like(found[last + 1], part):
        last += 1
    row = range(first, last + 1)
    parts = {_part_like(found[one], part) for one in row}
    is_called = part.above is not None and not CALLING.isdisjoint(part.above.signs)
    return row if len(row) < _MOST_LINES and len(parts) >= _PARTS and not is_called else range(0)


def _part_like(block: Block, part: Container) -> Container | None:
    """The part of the same place, of the same build as another, that a block stands in."""
    around = islice(block.container.upward(), _DEEP)
    return next((one for one in around if one.path == part.path and one.above is part.above), None)


def _is_amid_text(found: Sequence[Block], likely: Sequence[float], row: range, place: Container) -> bool:
    around = (row[0] - 1, row[-1] + 1)
    if around[0] < 0 or around[1] >= len(found) or min(likely[at] for at in around) < HALF:
        return False
    homes = set(islice(place.upward(), _HOMES))
    return all(not homes.isdisjoint(islice(found[at].container.upward(), _HOMES)) for at in around)
