"""What the likelihoods of the other blocks of a page say of a block: of its container, its neighbours, the whole text.

Blocks of a text stand together. A second forest judges each block anew by what the first thought of those around it
(auto-context: Tu and Bai, IEEE TPAMI 32(10), 2010; the same idea as the sequence labelling of Web2Text, ECIR 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import log1p

from archive.page.blocks import Block

_LEVELS = 4
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (5, 12)
_CAPPED = 1200.0
_SURE = 0.8
_FAR = 15.0


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
    )


def coherence(found: Sequence[Block], weights: Sequence[float], likely: Sequence[float]) -> list[list[float]]:
    """The features of each block, given the weight and the first likelihood of all.

    Means are weighted and leave the block itself out; -1 where there is no other block.
    """
    capped = [min(weight, _CAPPED) + 6 for weight in weights]
    taken = [weight * score for weight, score in zip(capped, likely, strict=True)]
    held = [_means(holders, capped, taken) for holders in _holders(found)]
    paths = _means([block.container.path for block in found], capped, taken)
    before_taken, before = list(accumulate(taken, initial=0.0)), list(accumulate(capped, initial=0.0))
    total, size = sum(taken), len(found)
    sure = [at for at, score in enumerate(likely) if score > _SURE]
    first, last = (sure[0], sure[-1]) if sure else (None, None)
    rows: list[list[float]] = []
    for at in range(size):
        row = [value for mean, whole in (means[at] for means in held) for value in (mean, log1p(whole))]
        row.append(paths[at][0])
        row += [likely[at + offset] if 0 <= at + offset < size else -1.0 for offset in _OFFSETS]
        for width in _WINDOWS:
            start, end = max(at - width, 0), min(at + width + 1, size)
            row.append((before_taken[end] - before_taken[start]) / (before[end] - before[start]))
        row += [likely[at], before_taken[at] / max(total, 1.0), log1p(total)]
        row.append(_FAR if first is None else max(-_FAR, min(_FAR, float(at - first))))
        row.append(-_FAR if last is None else max(-_FAR, min(_FAR, float(at - last))))
        rows.append(row)
    return rows


def _holders(found: Sequence[Block]) -> list[list[int]]:
    """For each level up the id of the container that holds each block; the outermost where there are fewer levels."""
    levels: list[list[int]] = [[] for _ in range(_LEVELS)]
    for block in found:
        container = block.container
        for level in levels:
            level.append(id(container))
            container = container.above or container
    return levels


def _means(keys: Sequence[int], capped: Sequence[float], taken: Sequence[float]) -> list[tuple[float, float]]:
    """For each block the mean likelihood of the others with its key, and the weight of all with it."""
    weights: dict[int, float] = {}
    sums: dict[int, float] = {}
    for key, weight, own in zip(keys, capped, taken, strict=True):
        weights[key] = weights.get(key, 0.0) + weight
        sums[key] = sums.get(key, 0.0) + own
    return [
        ((sums[key] - own) / (weights[key] - weight) if weights[key] - weight > 1e-6 else -1.0, weights[key])
        for key, weight, own in zip(keys, capped, taken, strict=True)
    ]
