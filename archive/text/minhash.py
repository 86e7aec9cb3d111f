"""Texts as sets of overlapping runs of words, and short signatures to find similar texts. Pure.

The similarity of two texts is computed from the sets themselves. Signatures only say which texts are worth comparing:
MinHash (Broder, On the resemblance and containment of documents, 1997), divided into bands of three values each
(Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4). Two texts with half of their runs in common (a text and
its first half) share a band with a probability of 0.996, with a third 0.79, with a fiftieth 0.0003.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from struct import pack

from rensa import RMinHash

from archive.text.fulltext import comparable_text

RUN = 5
"""Words in a run. Long enough that a form with other entries is another text, short enough for small edits."""

LONGEST = 200_000
"""How many characters of a text are used: about thirty thousand words. Longer texts are compared by their beginning."""

BANDS = 42
_ROWS = 3
_VALUES = 128
_SEED = 20260302

_WORD = re.compile(r"[^\W_]+")

Shingles = frozenset[str]


@dataclass(frozen=True)
class Similarity:
    """The similarity of two texts: the number of runs of words in both, and in each."""

    common: int
    one: int
    other: int

    @property
    def resemblance(self) -> float:
        """The share of common runs among all runs (the Jaccard index)."""
        return self.common / max(self.one + self.other - self.common, 1)

    @property
    def containment(self) -> float:
        """The share of common runs among the runs of the shorter text."""
        return self.common / max(min(self.one, self.other), 1)


def words(text: str) -> list[str]:
    """The words of a text in any script, folded; of scripts without spaces, the characters."""
    if not text.isascii():
        text = comparable_text(unicodedata.normalize("NFKC", text))
    return _WORD.findall(text.casefold())


def shingles(text: str) -> Shingles:
    """The runs of five words of a text; none if it is shorter."""
    found = words(text[:LONGEST])
    return frozenset(" ".join(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


def similarity(one: Shingles, other: Shingles) -> Similarity:
    """The similarity of two texts."""
    return Similarity(len(one & other), len(one), len(other))


def bands(runs: Shingles) -> tuple[int, ...]:
    """The bands of a text's signature as 48-bit numbers, the same in every process. Similar texts share some."""
    sketch = RMinHash(num_perm=_VALUES, seed=_SEED)
    sketch.update(list(runs))
    values = sketch.digest()
    return tuple(_band(number, values[number * _ROWS : number * _ROWS + _ROWS]) for number in range(BANDS))


def _band(number: int, values: list[int]) -> int:
    return int.from_bytes(blake2b(pack(f"<B{_ROWS}I", number, *values), digest_size=6).digest(), "big")
