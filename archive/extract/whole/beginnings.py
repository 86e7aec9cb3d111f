"""The beginning of a text: a list or table right above its first paragraph, at the same place. Pure.

What a release says in short ("Key figures: ...") looks, block by block, like what a page says of itself above a text:
its day, its section, how long it takes to read. That is said in a line or two, of days and names, or leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from archive.extract.features import weight
from archive.extract.whole.endings import list_of, may_stand_in, runs
from archive.extract.whole.paragraphs import HALF
from archive.page.blocks import BETWEEN_CELLS, Block
from archive.page.places import HEADINGS, Container
from archive.text.dates import only_day

_FAR = 60
"""Blocks above the first paragraph that are looked at, at most: a longer list opens no text."""

_FEWEST, _PHRASE = 3, 22
"""Lines of a list that opens a text, at least: of two, both may be the number and the place of a release. The mean
weight of lines that are phrases, and no labels ("Print this page", "Press releases")."""


def beginning(found: Sequence[Block], judged: Sequence[float], home: Container) -> Iterator[int]:
    """The lines of the list or table right above the first block of the text, in the place that holds most of it
    (`home`, or one of its build), if it stands below a heading and says neither days nor names alone.

    Taken as a whole or not at all.
    """
    text = (at for at, score in enumerate(judged) if score >= HALF and not _is_heading(found[at]))
    first = next(text, 0)
    home = next((place for place in found[first].container.upward() if place.path == home.path), home)
    above = list(takewhile(lambda at: may_stand_in(found[at], home), range(first - 1, max(first - _FAR, 0), -1)))
    lines = (runs(found, above[::-1], home) or [[]])[-1]
    if len(lines) < _FEWEST or not any(map(_is_heading, found[: lines[0]])):
        return
    opening = list_of(found[lines[0]].container, home)
    if opening is None or list_of(found[lines[0] - 1].container, home) is opening:
        return  # no list, or a line of it cannot stand in a text: who wrote it, a link
    texts = [found[at].text for at in lines]
    if _tells(texts) and not any(only_day(cell) for text in texts for cell in text.split(BETWEEN_CELLS)):
        yield from lines


def _tells(texts: Sequence[str]) -> bool:
    """Whether lines say something: half of them a figure, or phrases all together."""
    figures = sum(any(map(str.isdigit, text)) for text in texts)
    return 2 * figures >= len(texts) or sum(map(weight, texts)) >= _PHRASE * len(texts)


def _is_heading(block: Block) -> bool:
    return block.container.tag in HEADINGS
