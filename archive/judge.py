"""How likely each block of a page is part of the release, by small forests of decision trees over its features.

The trees (judge.json) are gradient-boosted, fitted to public benchmark pages of many sites and languages; tests/fit.py
fits them anew. One forest judges a page alone, another where a second opinion was asked. None knows a site or a word:
whatever it decides, it decides by what features.py names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from math import exp
from typing import Any, TypeAlias, cast

from archive.features import names

Node: TypeAlias = "float | tuple[int, float, Node, Node]"
"""A leaf's log-odds; or a feature, a threshold, the node where the feature is at most that, and the node where not."""

Forest: TypeAlias = "list[list[Node]]"
"""Trees in the order of their use, in batches."""

_BATCH = 20
_SURE = 3.0
_CAPPED = 1200.0


def scores(rows: Sequence[Sequence[float] | None], asked: bool = False) -> list[float]:
    """The likelihood of each block, from its features; 0 for a block that was not worth describing.

    `asked` tells that the features hold another extractor's opinion: then the trees that know of it judge.
    """
    forest = _ASKED if asked else _ALONE
    return [0.0 if row is None else 1 / (1 + exp(-_log_odds(row, forest))) for row in rows]


def doubt(weights: Sequence[float], likely: Sequence[float]) -> float:
    """How unsure a page's judgement is: the weight expected to be misjudged, as a share of the weight taken."""
    capped = [min(weight, _CAPPED) + 6 for weight in weights]
    taken = sum(weight for weight, score in zip(capped, likely, strict=True) if score >= 0.5)
    return sum(weight * min(score, 1 - score) for weight, score in zip(capped, likely, strict=True)) / max(taken, 120)


def _log_odds(row: Sequence[float], forest: Forest) -> float:
    """The sum of the trees' leaves; later trees only refine, and are not asked where the first are sure."""
    total = 0.0
    for trees in forest:
        for node in trees:
            while type(node) is tuple:  # a third less time than isinstance takes
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += cast("float", node)
        if abs(total) > _SURE:
            break
    return total


def _read_forests(text: str) -> tuple[Forest, Forest]:
    stored = json.loads(text)
    if stored["features"] != list(names()):
        raise ValueError("judge.json was fitted to other features than features.py describes; run tests/fit.py")
    return _in_batches(stored["alone"]), _in_batches(stored["asked"])


def _in_batches(stored: Sequence[Any]) -> Forest:
    trees = [_frozen(tree) for tree in stored]
    return [trees[start : start + _BATCH] for start in range(0, len(trees), _BATCH)]


def _frozen(node: Any) -> Node:
    if not isinstance(node, list):
        return float(node)
    feature, threshold, below, above = node
    return feature, threshold, _frozen(below), _frozen(above)


_ALONE, _ASKED = _read_forests(files("archive").joinpath("judge.json").read_text("utf-8"))
