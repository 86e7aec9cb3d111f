"""The end of a text: what stands right below its last paragraph, at the same place, and says something. Pure.

One block at a time, the end of a text looks like what sites put below it: it is short, and no more text follows. By
its place it is told apart: it stands where the paragraphs stand, leads nowhere and asks for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from archive.extract.features import weight
from archive.extract.whole.paragraphs import ENDS, HALF, asks
from archive.extract.whole.structures import REACHES
from archive.page.blocks import Block
from archive.page.places import HEADINGS, OUTSIDE, Container
from archive.text.fingerprint import word_set

_LEAF = HEADINGS | word_set("p pre li dt dd tr td th")
"""Elements that hold a line, and stand in the place that is asked for."""

_INNER = word_set("ul ol dl table tbody thead tfoot tr li dd td th")
"""What a list or table is made of: not counted as a box around a line."""

_NO_END = frozenset({"service", "comments", "frame", "others", "about", "hidden", "media"})
"""Signs of what sites put below a text."""

_NO_LINE = OUTSIDE | {"caption"}
_BOXES, _SENTENCE, _SAID = 1, 12, 8
"""Boxes around a line within the place of the text, at most; characters of a line that is a sentence; the least mean
weight of the lines of a list, table or verse that says something ("Print", "Send")."""


def ending(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """The blocks below the last of the text, in the place that holds most of it, up to the last that says something."""
    home = _home(found, judged)
    if home is None:
        return
    last = max(at for at, score in enumerate(judged) if score >= HALF and _is_in(found[at], home))
    tail = list(takewhile(lambda at: _may_end(found[at], home), range(last + 1, len(found))))
    while tail and not _says(found, tail[-1], last):
        tail.pop()
    yield from tail


def _home(found: Sequence[Block], judged: Sequence[float]) -> Container | None:
    """The place that holds most of the text, several blocks of it, each by itself."""
    held: Counter[Container] = Counter()
    taken = [at for at, score in enumerate(judged) if score >= HALF]
    for at in taken:
        if place := _place(found, at):
            held[place] += len(found[at].text)
    if not held:
        return None
    home, most = held.most_common(1)[0]
    several = sum(_place(found, at) is home for at in taken) > 1
    return home if several and 2 * most > sum(len(found[at].text) for at in taken) else None


def _place(found: Sequence[Block], at: int) -> Container | None:
    """What a block stands in: that of its element, or the element itself where it holds several lines."""
    container = found[at].container
    holds_more = container.tag not in _LEAF and any(
        0 <= beside < len(found) and found[beside].container is container for beside in (at - 1, at + 1)
    )
    return container if holds_more else container.above


def _is_in(block: Block, home: Container) -> bool:
    return any(place is home for place in block.container.upward())


def _may_end(block: Block, home: Container) -> bool:
    """Whether a block may belong to the end of a text whose place is `home`."""
    if block.link or not _NO_LINE.isdisjoint(block.container.roles) or not _is_in(block, home):
        return False
    within = list(takewhile(lambda place: place is not home, block.container.upward()))
    boxes = [place for place in within[1:] if place.tag not in _INNER]
    is_free = all(_NO_END.isdisjoint(place.signs) for place in within)
    return is_free and len(boxes) <= _BOXES and not asks(block.text) and not REACHES.search(block.text)


def _says(found: Sequence[Block], at: int, last: int) -> bool:
    """Whether a line is a sentence, or one of several of a list, of a table, of verse or of code."""
    block = found[at]
    if len(block.text) >= _SENTENCE and block.text[-1] in ENDS:
        return True
    lines = [found[at]]
    for before in range(at - 1, last, -1):
        if not _are_alike(found[before].container, block.container):
            break
        lines.append(found[before])
    return len(lines) > 1 and sum(weight(line.text) for line in lines) >= _SAID * len(lines)


def _are_alike(one: Container, other: Container) -> bool:
    """Whether two lines stand in one element, or in items and rows of one list or table."""
    return one is other or (_is_item(one) and _is_item(other))


def _is_item(place: Container) -> bool:
    return place.tag in _INNER or (place.above is not None and place.above.tag in _INNER)
