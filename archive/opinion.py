"""What another extractor took of a page, and how each block stands to that: beside it, between it, in its containers.

A second opinion is right about where a text stands more often than about each line of it; so what counts of a block is
less whether it was taken itself than how much of what stands in the same place was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from archive.blocks import Block, Spot
from archive.fingerprint import words

NAMES = (
    *("vote", "vote -1", "vote +1", "votes"),
    *("between votes", "after first vote", "after last vote"),
    *("votes of path", "path of votes"),
    *("votes above", "above of votes", "votes twice above", "twice above of votes"),
    "votes of page",
)
"""The names of the features, in the order of `Opinion.of`."""

UNASKED = (-1.0,) * len(NAMES)
_SUBSTANTIAL = 60
_LINE = 15
_CONTAINERS = 5


@dataclass
class _Share:
    """Of the text in one place: how much there is, and how much of it was taken."""

    taken: float = 0.0
    whole: float = 0.0

    def add(self, weight: float, vote: bool) -> None:
        self.whole += weight
        if vote:
            self.taken += weight


_NOTHING = _Share()


@dataclass
class Opinion:
    """The votes of another extractor for the blocks of a page; `weights` says how much text of its own each has."""

    found: Sequence[Block]
    weights: Sequence[float]
    votes: Sequence[bool]
    _shares: dict[Hashable, _Share] = field(default_factory=lambda: defaultdict(_Share))

    def __post_init__(self) -> None:
        for block, weight, vote in zip(self.found, self.weights, self.votes, strict=True):
            self._shares[block.spot.path].add(weight, vote)
            for spot, _ in zip(block.spot.upward(), range(_CONTAINERS), strict=False):
                self._shares[spot].add(weight, vote)
        marked = [i for i, vote in enumerate(self.votes) if vote and len(self.found[i].text) > _SUBSTANTIAL]
        self.first, self.last = (marked[0], marked[-1]) if marked else (len(self.votes), -1)
        self.taken = sum(weight for weight, vote in zip(self.weights, self.votes, strict=True) if vote) or 1.0
        self.share = self.taken / (sum(self.weights) or 1.0)

    def of(self, i: int) -> tuple[float, ...]:
        """The features of one block."""
        votes, spot = self.votes, self.found[i].spot
        above = spot.above
        return (
            float(votes[i]),
            float(i > 0 and votes[i - 1]),
            float(i + 1 < len(votes) and votes[i + 1]),
            sum(votes[max(0, i - 3) : i + 4]) / 7,
            float(self.first <= i <= self.last),
            float(max(-10, min(10, i - self.first))),
            float(max(-10, min(10, i - self.last))),
            *self._in(spot.path),
            *self._in(above),
            *self._in(above.above if above else None),
            self.share,
        )

    def _in(self, place: Spot | int | None) -> tuple[float, float]:
        """Of a place: the share of its text that was taken, and its share in all that was."""
        share = self._shares.get(place, _NOTHING)
        return share.taken / (share.whole or 1.0), share.taken / self.taken


def votes(squeezed: Sequence[str], taken: str) -> list[bool]:
    """Which blocks another extractor took: a short one only where it is a line of that text."""
    lines = {"".join(words(line)) for line in taken.splitlines()}
    whole = "".join(words(taken))
    return [bool(text) and (text in lines or (len(text) >= _LINE and text in whole)) for text in squeezed]
