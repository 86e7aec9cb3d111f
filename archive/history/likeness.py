"""Whether two pages are one release, perhaps with edits: what a move leads to. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.core.model import Extraction
from archive.text.alignment import Budget, opcodes
from archive.text.lines import normalize

_WORD = re.compile(r"\w+(?:[.,:/'’-]\w+)*")
_ALIKE, _TITLED, _NEARLY, _FIGURES = 0.6, 0.4, 0.8, 0.6
"""The shares of words that two texts must have in common: where something leads from one to the other, where their
titles are equal as well, and where nothing does; and the share of figures, always."""

_BUDGET = 20_000_000
"""Steps that a comparison of two texts may take."""

_FAMILY = 2
"""Pages that say nearly the same; where there are more, they share a form and none of them is the other."""


def found_again(old: Extraction, others: Sequence[Extraction]) -> int | None:
    """Which of these pages says nearly what a page said that nothing leads on from: its place, None where none does.

    Without a redirect most of the words are not enough: four fifths of them must stand in both, in one order. Where
    several other pages do, they are of one form.
    """
    alike = [place for place, other in enumerate(others) if _share_words(old, other, _NEARLY)]
    return alike[0] if 0 < len(alike) <= _FAMILY else None


def same_release(old: Extraction, new: Extraction) -> bool:
    """Whether most words of the longer text stand in the other, in one order, and most of its figures.

    Two bulletins of one form share their words and not their figures: they are two. Under an equal title two fifths of
    the words are enough.
    """
    titled = bool(old.title) and normalize(old.title.casefold()) == normalize(new.title.casefold())
    return _share_words(old, new, _TITLED if titled else _ALIKE)


def _share_words(old: Extraction, new: Extraction, share: float) -> bool:
    before, after = _WORD.findall(old.text.casefold()), _WORD.findall(new.text.casefold())
    if not before or not after or not _share_figures(before, after):
        return False
    equal = sum(j - i for tag, i, j, _, _ in opcodes(before, after, Budget(_BUDGET)) if tag == "equal")
    return equal >= share * max(len(before), len(after))


def _share_figures(before: list[str], after: list[str]) -> bool:
    old, new = (Counter(filter(lambda word: word[0].isdecimal(), words)) for words in (before, after))
    least = min(old.total(), new.total())
    return least < 2 or (old & new).total() >= _FIGURES * least
