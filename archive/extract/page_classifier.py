"""How much a page as a whole is built like a list of other pages or goods, by a small forest of decision trees.

The trees (page_classifier.json) are gradient-boosted, fitted to public benchmark pages by tests/bench/fit_pages.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from archive.extract.classifier import Forest, program


def list_likeness(features: Mapping[str, float]) -> float:
    """The log-odds that a page with these features (`page_features.describe`) is a list and no article."""
    names, log_odds = forest()
    if names != tuple(features):
        raise ValueError("page_classifier.json was fitted to other features than page_features.py has: run `make fit`")
    return log_odds(list(features.values()))


@cache
def forest() -> tuple[tuple[str, ...], Forest]:
    """The names of the features that the forest was fitted to, and the forest."""
    stored = json.loads(files("archive.extract").joinpath("page_classifier.json").read_text("utf-8"))
    return tuple(stored["features"]), program(stored["trees"], len(stored["features"]))
