"""archive/extract/page_classifier.json: a forest and a weighted sum that tell lists from articles. `make fit` runs it.

Lists are the pages whose gold value names them `listing` or `collection`; articles are those whose gold value has a
text, a title or a day. Pages of a service and of documentation are no lists either, though they are built like some.
The pages of one host are alike: together they count as the square root of their number. Beside lists of the same years
stand the articles of one corpus only: those of the others, older or of news sites alone, count less.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from archive.core.model import Response
from archive.core.urls import host
from archive.extract.classifier import Forest, program, weighted_sum
from archive.extract.features import PageFeatures
from archive.extract.list_signs import sign_points, stated_signs
from archive.extract.page_features import describe
from archive.metadata.metadata import read_metadata, read_title
from archive.page.blocks import blocks
from archive.page.html import Unreadable, parse
from archive.page.markup import read_markup
from tests.bench.corpora import gold_of, name_of, responses

LISTS = ("listing", "collection")
NO_LISTS = ("service", "documentation")
SAME_YEARS = ("kinds", "wcxb")
OTHERS, NEITHER = 0.3, 0.5
"""What an article of another corpus counts, and a page that is neither list nor article."""

STRENGTH, FARTHEST, STEPS = 0.02, 4.0, 30
ROUNDS = 300
PARAMETERS = {
    "objective": "binary", "num_leaves": 5, "learning_rate": 0.05, "min_child_samples": 10, "feature_fraction": 0.1,
    "bagging_fraction": 0.6, "bagging_freq": 1, "lambda_l2": 3, "seed": 1, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
TARGET = Path("archive/extract/page_classifier.json")


@dataclass(frozen=True)
class PageExample:
    """One page: its host, whether it is a list, what it counts beside others, and its features by name."""

    host: str
    is_list: bool
    counts: float
    features: dict[str, float]


@dataclass(frozen=True)
class FittedPages:
    """What page_classifier.json holds: the trees, and the arguments of `classifier.weighted_sum`."""

    trees: list[Any]
    sum: dict[str, Any]

    def judges(self, features: Sequence[str]) -> tuple[tuple[str, ...], Forest, Forest]:
        """The names of the features and both as functions of a row, as `classifier.page_forest` gives them."""
        return tuple(features), program(self.trees, len(features)), weighted_sum(**self.sum)


def read_pages(path: Path) -> Iterator[PageExample]:
    """The examples of one corpus: every page whose gold value says that it is a list, an article or neither, once."""
    gold = {page["url"]: page for page in gold_of(path)}
    for response in responses(path):
        page = gold.pop(response.capture.url, {})
        kind = page.get("kind")
        if kind in LISTS or kind in NO_LISTS or any(page.get(name) for name in ("text", "with", "title", "published")):
            counts = NEITHER if kind in NO_LISTS else 1.0 if name_of(path) in SAME_YEARS else OTHERS
            yield from (PageExample(host(page["url"]), kind in LISTS, counts, found) for found in _features(response))


def _features(response: Response) -> Iterator[dict[str, float]]:
    """The features of a page; nothing for one that cannot be read or shows no text."""
    url = response.capture.url
    try:
        tree = parse(response.body, dict(response.headers).get("Content-Type", ""))
    except Unreadable:
        return
    said = read_markup(tree)
    metadata = replace(read_metadata(said, url, response.capture.fetched_at, None), title=read_title(said, url))
    if found := blocks(tree):
        points = sign_points(url, metadata, stated_signs(said, metadata))
        yield describe(said, url, metadata, PageFeatures(found), points)


def fit_pages(examples: Sequence[PageExample]) -> FittedPages:
    """The trees and the sum, fitted to examples."""
    pages = Counter(one.host for one in examples)
    rows = np.array([list(one.features.values()) for one in examples], np.float32)
    labels = np.array([int(one.is_list) for one in examples])
    weights = np.array([one.counts * pages[one.host] ** -0.5 for one in examples])
    trees = plain(lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, labels, weight=weights), ROUNDS))
    return FittedPages(trees, _fit_sum(rows.astype(np.float64), labels, weights))


def _fit_sum(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> dict[str, Any]:
    """Logistic regression with a penalty on large weights, by Newton's method."""
    means, scales = rows.mean(0), rows.std(0)
    scales[scales < 1e-6] = 1.0
    table = np.clip((rows - means) / scales, -FARTHEST, FARTHEST)
    table = np.hstack([table, np.ones((len(table), 1))])
    penalty = np.append(np.ones(rows.shape[1]), 1e-6) / STRENGTH
    found = np.zeros(table.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (weights * (labels - likely)) - penalty * found
        bend = (table * (weights * likely * (1 - likely))[:, None]).T @ table + np.diag(penalty)
        found = found + np.linalg.solve(bend, slope)
    digits = {"means": means, "scales": scales, "weights": found[:-1]}
    rounded = {name: [float(f"{value:.4g}") for value in values] for name, values in digits.items()}
    return {"bias": round(float(found[-1]), 4), **rounded}


def as_json(examples: Sequence[PageExample], fitted: FittedPages) -> str:
    """The content of page_classifier.json."""
    stored = {"features": list(examples[0].features), "trees": fitted.trees, "sum": fitted.sum}
    return json.dumps(stored, separators=(",", ":")) + "\n"


def plain(booster: lightgbm.Booster) -> list[Any]:
    """The trees of a forest, in order."""
    return [_node(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _node(node: dict[str, Any]) -> list[Any] | float:
    """A tree as classifier.py reads it: a leaf's value, or [feature, threshold, where at most that, where more]."""
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 4)
    threshold = float(f"{node['threshold']:.4g}")
    return [node["split_feature"], threshold, _node(node["left_child"]), _node(node["right_child"])]
