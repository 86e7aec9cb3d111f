"""The forest of archive/extract/page_classifier.json: lists and shelves of goods against articles. `make fit` runs it.

Lists are the pages whose gold value names them `listing` or `collection`; articles are those whose gold value has a
text, a title or a day. The pages of one host are alike: together they count as the square root of their number.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from archive.core.model import Response
from archive.core.urls import host
from archive.extract.features import PageFeatures
from archive.extract.list_signs import sign_points
from archive.extract.page_features import describe
from archive.metadata.metadata import read_metadata
from archive.page.blocks import blocks
from archive.page.html import Unreadable, parse
from archive.page.markup import read_markup
from tests.bench.corpora import gold_of, responses

LISTS = ("listing", "collection")
ROUNDS = 240
PARAMETERS = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.05, "min_child_samples": 10, "feature_fraction": 0.2,
    "bagging_fraction": 0.6, "bagging_freq": 1, "lambda_l2": 3, "seed": 1, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
TARGET = Path("archive/extract/page_classifier.json")


@dataclass(frozen=True)
class PageExample:
    """One page: its host, whether it is a list, and its features by name."""

    host: str
    is_list: bool
    features: dict[str, float]


def read_pages(path: Path) -> Iterator[PageExample]:
    """The examples of one corpus: every page whose gold value says that it is a list or an article, once."""
    gold = {page["url"]: page for page in gold_of(path)}
    for response in responses(path):
        page = gold.pop(response.capture.url, {})
        is_list = page.get("kind") in LISTS
        if is_list or any(page.get(name) for name in ("text", "with", "title", "published")):
            yield from (PageExample(host(page["url"]), is_list, found) for found in _features(response))


def _features(response: Response) -> Iterator[dict[str, float]]:
    """The features of a page; nothing for one that cannot be read or shows no text."""
    url = response.capture.url
    try:
        tree = parse(response.body, dict(response.headers).get("Content-Type", ""))
    except Unreadable:
        return
    said = read_markup(tree)
    metadata = read_metadata(said, url, response.capture.fetched_at, None)
    if found := blocks(tree):
        yield describe(said, url, metadata, PageFeatures(found), sign_points(said, url, metadata))


def fit_pages(examples: Sequence[PageExample]) -> list[Any]:
    """The trees, fitted to examples."""
    pages = Counter(one.host for one in examples)
    rows = np.array([list(one.features.values()) for one in examples], np.float32)
    labels = [int(one.is_list) for one in examples]
    data = lightgbm.Dataset(rows, labels, weight=[pages[one.host] ** -0.5 for one in examples])
    return plain(lightgbm.train(PARAMETERS, data, ROUNDS))


def as_json(examples: Sequence[PageExample], trees: list[Any]) -> str:
    """The content of page_classifier.json."""
    return json.dumps({"features": list(examples[0].features), "trees": trees}, separators=(",", ":")) + "\n"


def plain(booster: lightgbm.Booster) -> list[Any]:
    """The trees of a forest, in order."""
    return [_node(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _node(node: dict[str, Any]) -> list[Any] | float:
    """A tree as classifier.py reads it: a leaf's value, or [feature, threshold, where at most that, where more]."""
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 4)
    threshold = float(f"{node['threshold']:.4g}")
    return [node["split_feature"], threshold, _node(node["left_child"]), _node(node["right_child"])]
