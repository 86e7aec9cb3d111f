"""What the likelihoods of the other blocks of a page say of a block: of its container, its neighbours, the whole text.

Blocks of a text stand together. A second forest judges each block anew by what the first thought of those around it
(auto-context: Tu and Bai, IEEE TPAMI 32(10), 2010; the same idea as the sequence labelling of Web2Text, ECIR 2018), and
by how much of it another extractor took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log1p

from archive.page.blocks import Block

_LEVELS = 4
"""Containers around a block that are looked at, its own the first."""

_OFFSETS, _WINDOWS = (-3, -2, -1, 1, 2, 3), (5, 12)
"""Which blocks before and behind it are looked at one by one, and within how many on each side together."""

_CAPPED = 1200.0
"""The most that one block counts for, by its weight."""

_SURE = 0.8
"""The likelihood from which on a block surely is text."""

_FAR = 15.0
"""Blocks from the ends of the text from which on it does not matter how many."""


def names() -> tuple[str, ...]:
    """The names of the features, in the order of `coherence`."""
    return (
        *(f"{name} {level}" for level in range(_LEVELS) for name in ("likely in container", "weight of container")),
        "likely in path",
        *(f"likely {offset:+d}" for offset in _OFFSETS),
        *(f"likely within {width}" for width in _WINDOWS),
        "likely",
        "likely weight before",
        "likely weight",
        "after first sure",
        "after last sure",
        *(f"voted in container {level}" for level in range(_LEVELS)),
        "voted in path",
        *(f"voted within {width}" for width in _WINDOWS),
        "after first voted",
        "after last voted",
        "voted weight before",
        "voted weight",
        "likely of voted",
        "voted of likely",
    )


_OF_VOTES = len(names()) - names().index("voted in container 0")


def coherence(
    found: Sequence[Block],
    weights: Sequence[float],
    likely: Sequence[float],
    wanted: Sequence[int] | None = None,
    votes: Sequence[bool] | None = None,
) -> list[list[float]]:
    """The features of the blocks at the `wanted` places (of all, where none are named), given the weight and the first
    likelihood of every block, and which of them another extractor took (None while none was asked).

    Means are weighted and leave the block itself out; -1 where there is no other block, and where nobody was asked.
    """
    size = len(found)
    wanted = range(size) if wanted is None else wanted
    capped = [min(weight, _CAPPED) + 6 for weight in weights]
    taken = [weight * score for weight, score in zip(capped, likely, strict=True)]
    groups = [_Groups(keys, capped) for keys in (*_holders(found), [block.container.path for block in found])]
    *held, paths = groups
    before_taken, before = list(accumulate(taken, initial=0.0)), list(accumulate(capped, initial=0.0))
    total = sum(taken)
    sure = [at for at, score in enumerate(likely) if score > _SURE]
    beyond = [-1.0] * _OFFSETS[-1]
    padded = [*beyond, *likely, *beyond]
    rows: list[list[float]] = []
    columns = [column for group in held for column in (group.means(taken, wanted), group.wholes(wanted))]
    near = _within(wanted, before_taken, before)
    for at, within, *row in zip(wanted, near, *columns, paths.means(taken, wanted), strict=True):
        row += [padded[at + len(beyond) + offset] for offset in _OFFSETS]
        row += within
        row += (likely[at], before_taken[at] / max(total, 1.0), log1p(total), *_from_ends(at, sure))
        rows.append(row)
    if votes is None:
        return [[*row, *[-1.0] * _OF_VOTES] for row in rows]
    theirs = _of_votes(groups, capped, taken, votes, wanted)
    return [[*row, *more] for row, more in zip(rows, theirs, strict=True)]


def _of_votes(
    groups: Sequence[_Groups],
    capped: Sequence[float],
    taken: Sequence[float],
    votes: Sequence[bool],
    wanted: Sequence[int],
) -> list[list[float]]:
    """How much another extractor took around some blocks, and how far it agrees with the first likelihoods."""
    voted = [weight if vote else 0.0 for weight, vote in zip(capped, votes, strict=True)]
    before_voted, before = list(accumulate(voted, initial=0.0)), list(accumulate(capped, initial=0.0))
    total, both = sum(voted), sum(own for own, vote in zip(taken, votes, strict=True) if vote)
    whole = (log1p(total), both / max(total, 1.0), both / max(sum(taken), 1.0))
    places = [at for at, vote in enumerate(votes) if vote]
    means = [group.means(voted, wanted) for group in groups]
    return [
        [
            *row,
            *within,
            *_from_ends(at, places),
            before_voted[at] / max(total, 1.0),
            *whole,
        ]
        for at, within, *row in zip(wanted, _within(wanted, before_voted, before), *means, strict=True)
    ]


def _within(
    wanted: Sequence[int], before_part: Sequence[float], before: Sequence[float]
) -> Iterator[tuple[float, ...]]:
    """The shares of a part in the weight of the blocks around some places, given both sums up to each place."""
    return zip(*(_share_within(width, wanted, before_part, before) for width in _WINDOWS), strict=True)


def _share_within(
    width: int, wanted: Sequence[int], before_part: Sequence[float], before: Sequence[float]
) -> list[float]:
    part, whole = ([of[0]] * width + [*of] + [of[-1]] * width for of in (before_part, before))
    after = 2 * width + 1
    return [(part[at + after] - part[at]) / (whole[at + after] - whole[at]) for at in wanted]


def _from_ends(at: int, places: Sequence[int]) -> tuple[float, float]:
    """How many blocks a place stands after the first and after the last of some places."""
    if not places:
        return _FAR, -_FAR
    return max(-_FAR, min(_FAR, float(at - places[0]))), max(-_FAR, min(_FAR, float(at - places[-1])))


def _holders(found: Sequence[Block]) -> list[list[int]]:
    """For each level up the id of the container that holds each block; the outermost where there are fewer levels."""
    holders = [block.container for block in found]
    levels = [[id(container) for container in holders]]
    while len(levels) < _LEVELS:
        holders = [container.above or container for container in holders]
        levels.append([id(container) for container in holders])
    return levels


class _Groups:
    """The blocks of a page with equal keys: what each group weighs, and how much of that some part is."""

    def __init__(self, keys: Sequence[int], weights: Sequence[float]) -> None:
        numbers: dict[int, int] = {}
        self._of = [numbers.setdefault(key, len(numbers)) for key in keys]
        self._weights, self._sums = weights, self._summed(weights)

    def _summed(self, parts: Sequence[float]) -> list[float]:
        sums = [0.0] * len(self._of)
        for group, part in zip(self._of, parts, strict=True):
            sums[group] += part
        return sums

    def wholes(self, wanted: Sequence[int]) -> list[float]:
        """The logarithm of the weight of its group, for each of some blocks."""
        logs = list(map(log1p, self._sums))
        return [logs[self._of[at]] for at in wanted]

    def means(self, parts: Sequence[float], wanted: Sequence[int]) -> list[float]:
        """The share of a part in the weight of the other blocks of its group, for each of some blocks."""
        of, weights, sums, held = self._of, self._weights, self._sums, self._summed(parts)
        return [
            (held[of[at]] - parts[at]) / others if (others := sums[of[at]] - weights[at]) > 1e-6 else -1.0
            for at in wanted
        ]
