"""Boxes that lead to other articles, by the names that sites give them. Pure.

Amid a text such a box looks like a part of it: a label, a headline that leads elsewhere, and its first sentence. Sites
call it "related", whatever language they write in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from archive.extract.rules.paragraphs import HALF
from archive.page.blocks import Block
from archive.page.places import Container

_OTHERS = re.compile(
    r"(?<![a-z])(?:related|relacionad\w*|(?:read|see|lire|lees|leggi)[-_]?(?:also|aussi|ook|anche))(?![a-z])", re.I
)
"""Names of boxes: `related-articles`, `inline_related`, `noticias-relacionadas`, `read-also`."""

_LEVELS = 4
"""Places around a block that may be such a box."""

_MOST, _LONGEST = 12, 900
"""Blocks and characters of such a box: a larger one holds an article, whatever its name."""

_LINK = 0.8
"""The share of a line in a link from which it leads elsewhere."""


def related_boxes(found: Sequence[Block], judged: Sequence[float]) -> Iterator[int]:
    """The lines of the text that stand in a small box that is called so and leads elsewhere."""
    known: dict[Container, bool] = {}
    for at, score in enumerate(judged):
        if score < HALF:
            continue
        for place in islice(found[at].container.upward(), _LEVELS):
            if place.named and _names_others(place.named):
                if place not in known:
                    known[place] = _leads_on(found, at, place)
                if known[place]:
                    yield at
                break


@lru_cache(maxsize=1_000)
def _names_others(named: str) -> bool:
    return _OTHERS.search(named) is not None


def _leads_on(found: Sequence[Block], at: int, box: Container) -> bool:
    """Whether a box around a block is small, and one of its lines is a link."""
    near = range(max(0, at - _MOST), min(len(found), at + _MOST + 1))
    held = [found[one] for one in near if any(place is box for place in found[one].container.upward())]
    is_small = len(held) <= _MOST and sum(len(one.text) for one in held) <= _LONGEST
    return is_small and any(one.link >= _LINK * len(one.text) for one in held)
