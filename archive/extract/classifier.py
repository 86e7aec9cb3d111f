"""How likely each block of a page is part of the release, by a small forest of decision trees over its features.

The trees (classifier.json) are gradient-boosted, fitted to public benchmark pages of many sites and languages;
tests/bench/fit.py fits them anew. None knows a site or a word: whatever it decides, it decides by what features.py
names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, cast

from archive.extract.features import names

_BATCH = 20
_SURE = 4.0
_CAPPED = 1200.0


def scores(rows: Sequence[Sequence[float] | None]) -> list[float]:
    """The likelihood of each block, from its features; 0 for a block that was not worth describing."""
    log_odds = _forest()
    return [0.0 if row is None else 1 / (1 + exp(-log_odds(row))) for row in rows]


def doubt(weights: Sequence[float], likely: Sequence[float]) -> float:
    """How unsure a page's judgement is: the weight expected to be misjudged, as a share of the weight taken."""
    capped = [min(weight, _CAPPED) + 6 for weight in weights]
    taken = sum(weight for weight, score in zip(capped, likely, strict=True) if score >= 0.5)
    return sum(weight * min(score, 1 - score) for weight, score in zip(capped, likely, strict=True)) / max(taken, 120)


def _program(stored: Any) -> str:
    """The source of a function that sums the trees' leaves for a row: four times as fast as walking through them.

    Later trees only refine, and are not asked where the first are sure.
    """
    lines = [
        "def log_odds(row):",
        f"    [{', '.join(f'x{n}' for n in range(len(stored['features'])))}] = row",
        "    z = 0.0",
    ]
    for start in range(0, len(stored["trees"]), _BATCH):
        lines.append(f"    z += {' + '.join(map(_expression, stored['trees'][start : start + _BATCH]))}")
        lines.append(f"    if not -{_SURE} <= z <= {_SURE}: return z")
    return "\n".join((*lines, "    return z"))


def _expression(node: Any) -> str:
    """A stored tree: a leaf's log-odds, or [feature, threshold, where it is at most that, where it is not]."""
    if not isinstance(node, list):
        return repr(float(node))
    feature, threshold, below, above = node
    return f"({_expression(below)} if x{int(feature)} <= {float(threshold)!r} else {_expression(above)})"


@cache
def _forest() -> Callable[[Sequence[float]], float]:
    """The log-odds of a row. Read when first asked for, so that trees can be fitted to features that have changed."""
    stored = json.loads(files("archive.extract").joinpath("classifier.json").read_text("utf-8"))
    if stored["features"] != list(names()):
        raise ValueError(
            "classifier.json was fitted to other features than features.py describes; run tests/bench/fit.py"
        )
    made: dict[str, Any] = {}
    exec(compile(_program(stored), "classifier.json", "exec"), made)  # nothing but numbers gets into it
    return cast("Callable[[Sequence[float]], float]", made["log_odds"])
