"""How likely each block of a page is part of the release, and how much a page is built like a list of other pages.

Of two small forests of decision trees the first judges each block by its own features (features.py), the second by the
same features and what the first thought of the blocks around it (coherence.py). The trees (classifier.json) are
gradient-boosted, fitted to public benchmark pages of many sites and languages by tests/bench/fit.py. A whole page is
judged by the mean of a third forest and of a weighted sum of its features (page_classifier.json, by
tests/bench/fit_pages.py): the trees know what comes together, the sum does not trust a few features alone. None knows
a site or a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from archive.extract import coherence, features
from archive.page.blocks import Block

Forest = Callable[[Sequence[float]], float]
Row = Sequence[float] | None

_BATCH = 20
_SURE = 4.0
_CAPPED = 1200.0
_FARTHEST = 4.0
"""Standard deviations from the mean that a feature of a page counts at most."""


def first_scores(rows: Sequence[Row]) -> list[float]:
    """The first likelihood of each block, from its features; 0 for a block that was not worth describing."""
    log_odds = forests()[0]
    return [0.0 if row is None else _likelihood(log_odds(row)) for row in rows]


def scores(
    found: Sequence[Block],
    weights: Sequence[float],
    rows: Sequence[Row],
    first: Sequence[float],
    votes: Sequence[bool] | None = None,
) -> list[float]:
    """The likelihood of each block, from its features, the first likelihoods of all blocks, and which of them another
    extractor took (None while none was asked)."""
    likely, log_odds = [0.0] * len(rows), forests()[1]
    described = [(at, row) for at, row in enumerate(rows) if row is not None]
    around = coherence.coherence(found, weights, first, [at for at, _ in described], votes)
    for (at, row), more in zip(described, around, strict=True):
        likely[at] = _likelihood(log_odds([*row, *more]))
    return likely


def doubt(weights: Sequence[float], likely: Sequence[float]) -> float:
    """How unsure a page's judgement is: the weight expected to be misjudged, as a share of the weight taken."""
    capped = [min(weight, _CAPPED) + 6 for weight in weights]
    taken = sum(weight for weight, score in zip(capped, likely, strict=True) if score >= 0.5)
    return sum(weight * min(score, 1 - score) for weight, score in zip(capped, likely, strict=True)) / max(taken, 120)


def program(trees: Sequence[Any], width: int) -> Forest:
    """A function that sums the trees' leaves for a row of `width` features.

    Made of source text, which is four times as fast as walking through the trees. Later trees only refine, and are not
    asked where the first are sure. A tree is a leaf's log-odds, or [feature, threshold, at most that, above it].
    """
    lines = ["def log_odds(row):", f"    [{', '.join(f'x{n}' for n in range(width))}] = row", "    z = 0.0"]
    for start in range(0, len(trees), _BATCH):
        lines.append(f"    z += {' + '.join(map(_expression, trees[start : start + _BATCH]))}")
        lines.append(f"    if not -{_SURE} <= z <= {_SURE}: return z")
    made: dict[str, Any] = {}
    source = "\n".join((*lines, "    return z"))
    exec(compile(source, "classifier.json", "exec"), made)  # nothing but numbers gets into it
    forest: Forest = made["log_odds"]
    return forest


def _likelihood(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def _expression(node: Any) -> str:
    if not isinstance(node, list):
        return repr(float(node))
    feature, threshold, below, above = node
    return f"({_expression(below)} if x{int(feature)} <= {float(threshold)!r} else {_expression(above)})"


def list_likeness(features: Mapping[str, float]) -> float:
    """The log-odds that a page with these features (`page_features.describe`) is a list and no article."""
    names, log_odds, weighted = page_forest()
    if names != tuple(features):
        raise ValueError("page_classifier.json was fitted to other features than page_features.py has: run `make fit`")
    row = list(features.values())
    return (log_odds(row) + weighted(row)) / 2


def weighted_sum(bias: float, means: Sequence[float], scales: Sequence[float], weights: Sequence[float]) -> Forest:
    """A function that sums the features of a row, each as its distance from its mean and by its weight."""
    terms = list(zip(means, scales, weights, strict=True))

    def log_odds(row: Sequence[float]) -> float:
        parts = zip(row, terms, strict=True)
        return bias + sum(
            weight * max(-_FARTHEST, min(_FARTHEST, (value - mean) / scale)) for value, (mean, scale, weight) in parts
        )

    return log_odds


@cache
def page_forest() -> tuple[tuple[str, ...], Forest, Forest]:
    """The names of the features that pages are judged by, the forest, and the weighted sum."""
    stored = json.loads(files("archive.extract").joinpath("page_classifier.json").read_text("utf-8"))
    return tuple(stored["features"]), program(stored["trees"], len(stored["features"])), weighted_sum(**stored["sum"])


@cache
def forests() -> tuple[Forest, Forest]:
    """Both forests. Read when first asked for, so that trees can be fitted to features that have changed."""
    stored = json.loads(files("archive.extract").joinpath("classifier.json").read_text("utf-8"))
    first, second = list(features.names()), [*features.names(), *coherence.names()]
    if (stored["first"]["features"], stored["second"]["features"]) != (first, second):
        raise ValueError(
            "classifier.json was fitted to other features than features.py and coherence.py describe: run `make fit`"
        )
    return program(stored["first"]["trees"], len(first)), program(stored["second"]["trees"], len(second))
