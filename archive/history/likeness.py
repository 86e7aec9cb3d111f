"""Whether two pages are one release, perhaps with edits: what a move leads to. Pure."""

from __future__ import annotations

import re
from collections import Counter

from archive.core.model import Extraction
from archive.text.alignment import Budget, opcodes
from archive.text.lines import normalize

_WORD = re.compile(r"\w+(?:[.,:/'’-]\w+)*")
_ALIKE = 0.6
_TITLED = 0.4
_FIGURES = 0.6
_BUDGET = 20_000_000


def same_release(old: Extraction, new: Extraction) -> bool:
    """Whether most words of the longer text stand in the other, in one order, and most of its figures.

    Two bulletins of one form share their words and not their figures: they are two. Under an equal title two fifths of
    the words are enough.
    """
    before, after = _WORD.findall(old.text.casefold()), _WORD.findall(new.text.casefold())
    if not before or not after or not _share_figures(before, after):
        return False
    equal = sum(j - i for tag, i, j, _, _ in opcodes(before, after, Budget(_BUDGET)) if tag == "equal")
    titled = bool(old.title) and normalize(old.title.casefold()) == normalize(new.title.casefold())
    return equal >= (_TITLED if titled else _ALIKE) * max(len(before), len(after))


def _share_figures(before: list[str], after: list[str]) -> bool:
    old, new = (Counter(filter(lambda word: word[0].isdecimal(), words)) for words in (before, after))
    least = min(old.total(), new.total())
    return least < 2 or (old & new).total() >= _FIGURES * least
