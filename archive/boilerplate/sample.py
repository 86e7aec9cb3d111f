"""The sample of one page, from which the template learns: its passages as fingerprints, with their places and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from archive.page.blocks import Block
from archive.text.fingerprint import fingerprint, hash64
from archive.text.lines import marks_of

_MAX_ROWS = 400
_TITLE = crc32(b"title")
_SHOWN_OF_EACH = 80
_SHOWN_OF_PAGE = 6000
_SHOWN_LAST = 16
_SHOWN_TO_FIGURES = 240
_FIGURE = re.compile(r"\d")
UNKNOWN = 255
"""Instead of a likelihood: nobody judged the passage."""

SENTENCE, DENSE_SENTENCE = 40, 15
"""Characters of a passage that is a sentence, and of one in a script without blanks."""

_LIKELY = 50
"""Percent, from which a passage is likely to be text."""


def is_likely(percent: int) -> bool:
    """Whether a passage is likely to be text; one that nobody judged is not."""
    return _LIKELY <= percent < UNKNOWN


@dataclass(frozen=True)
class Sample:
    """The blocks of a page and the ends of its title, for learning.

    The rows of the first six sequences belong together: one for each end of the title, then one for each block, in page
    order. `page` is the hash of the page's identity; `article` says whether it may be used to learn what articles
    share. `links` is the share of a block's characters inside links, in percent; `likely` how likely it is text, in
    percent, or UNKNOWN. `fingerprints_in_text` are those of the title's ends, of the headings that were asked about for
    it and of the blocks that were considered for the text, and the places of those that count or not as their place
    does: only if a verdict on one of them changes, the page must be read again. `exact` are the marks
    (`archive.text.lines`) of all blocks; they differ if a number or date differs.
    """

    page: int
    article: bool
    fingerprints: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    shown: tuple[str, ...] = ()
    likely: tuple[int, ...] = ()
    fingerprints_in_text: tuple[int, ...] = ()
    exact: tuple[int, ...] = ()


def sample(
    page: str,
    found: Sequence[Block],
    marks: Sequence[int],
    article: bool,
    in_text: Iterable[int] = (),
    tails: Iterable[str] = (),
    likely: Sequence[float] = (),
) -> Sample:
    """The sample of a page whose identity is the key of its address; `marks` are the fingerprints of its blocks, and
    `likely` their likelihoods, which no template may have a part in.

    The ends of its title are passages too, with their own place; they are no prose.
    """
    ends = [(mark, tail) for tail in tails if (mark := fingerprint(tail))]
    rows = [(mark, block) for mark, block in zip(marks[:_MAX_ROWS], found, strict=False) if mark]
    judged = [round(100 * score) for score, mark in zip(likely, marks[:_MAX_ROWS], strict=False) if mark]
    return Sample(
        page=hash64(page),
        article=article,
        fingerprints=tuple(mark for mark, _ in (*ends, *rows)),
        places=(_TITLE,) * len(ends) + tuple(block.container.path for _, block in rows),
        lengths=tuple(len(tail) for _, tail in ends) + tuple(min(len(block.text), 65535) for _, block in rows),
        links=(100,) * len(ends) + tuple(100 * block.link // len(block.text) for _, block in rows),
        shown=_beginnings([*(tail for _, tail in ends), *(block.text for _, block in rows)]),
        likely=(UNKNOWN,) * len(ends) + (tuple(judged) or (UNKNOWN,) * len(rows)),
        fingerprints_in_text=tuple(dict.fromkeys((*in_text, *(mark for mark, _ in ends)))),
        exact=marks_of(block.text for block in found),
    )


def _beginnings(texts: Sequence[str]) -> tuple[str, ...]:
    """The beginnings of passages, longer ones if figures follow, for `series`; shorter ones after the page has used its
    share of memory."""
    shown: list[str] = []
    room = _SHOWN_OF_PAGE
    for text in texts:
        goes_on = len(text) > _SHOWN_OF_EACH and _FIGURE.search(text, _SHOWN_OF_EACH, _SHOWN_TO_FIGURES)
        most = _SHOWN_TO_FIGURES if goes_on else _SHOWN_OF_EACH
        shown.append(text[: most if room > 0 else _SHOWN_LAST])
        room -= len(shown[-1])
    return tuple(shown)
