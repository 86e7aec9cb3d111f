"""How likely each block of a page is part of the release, by a small forest of decision trees over its features.

The trees (judge.json) are gradient-boosted, fitted to public benchmark pages of many sites and languages; tests/fit.py
fits them anew. None knows a site or a word: whatever it decides, it decides by what features.py names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from math import exp
from typing import Any, TypeAlias

from archive.features import names

Node: TypeAlias = "float | tuple[int, float, Node, Node]"
"""A leaf's log-odds; or a feature, a threshold, the node where the feature is at most that, and the node where not."""

_BATCH = 20
_SURE = 4.0
_CAPPED = 1200.0


def scores(rows: Sequence[Sequence[float] | None]) -> list[float]:
    """The likelihood of each block, from its features; 0 for a block that was not worth describing."""
    return [0.0 if row is None else 1 / (1 + exp(-_log_odds(row))) for row in rows]


def doubt(weights: Sequence[float], likely: Sequence[float]) -> float:
    """How unsure a page's judgement is: the weight expected to be misjudged, as a share of the weight taken."""
    capped = [min(weight, _CAPPED) + 6 for weight in weights]
    taken = sum(weight for weight, score in zip(capped, likely, strict=True) if score >= 0.5)
    return sum(weight * min(score, 1 - score) for weight, score in zip(capped, likely, strict=True)) / max(taken, 120)


def _log_odds(row: Sequence[float]) -> float:
    """The sum of the trees' leaves; later trees only refine, and are not asked where the first are sure."""
    total = 0.0
    for trees in _BATCHES:
        for node in trees:
            while not isinstance(node, float):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        if abs(total) > _SURE:
            break
    return total


def _read_trees(text: str) -> list[Node]:
    stored = json.loads(text)
    if stored["features"] != list(names()):
        raise ValueError("judge.json was fitted to other features than features.py describes; run tests/fit.py")
    return [_frozen(tree) for tree in stored["trees"]]


def _frozen(node: Any) -> Node:
    if not isinstance(node, list):
        return float(node)
    feature, threshold, below, above = node
    return feature, threshold, _frozen(below), _frozen(above)


_TREES = _read_trees(files("archive").joinpath("judge.json").read_text("utf-8"))
_BATCHES = [_TREES[start : start + _BATCH] for start in range(0, len(_TREES), _BATCH)]
