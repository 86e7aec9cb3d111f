"""Fit the trees of archive/extract/classifier.json to benchmark pages:  python -m tests.bench.fit CORPORA

CORPORA holds pairs of NAME.warc.gz and NAME.gold.jsonl as for `make quality`. Needs LightGBM and NumPy, which nothing
else here needs: pip install lightgbm numpy. Prints cross-validated measures (each site is judged by trees that never
saw it: five folds by host), then fits to everything and writes classifier.json.

A block's label is the share of its four-token shingles that the gold text holds; a short block is right where it
stands in the gold text beside one of its neighbours. A page weighs as the measure weighs it, a block by its tokens,
and corpora are balanced, so that the largest does not decide alone. Headlines are left out: they have a rule.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import lightgbm
import numpy as np
from lxml.html import HtmlElement

from archive.core.model import Response
from archive.core.urls import host
from archive.extract.extract import opinion, read_context
from archive.extract.features import Description, PageFeatures, compact_text, names
from archive.metadata.metadata import read_metadata
from archive.page import markup
from archive.page.blocks import blocks
from archive.page.html import Unreadable, parse
from tests.bench.measures import Answer, measure
from tests.bench.quality import _gold, _responses

FOLDS = 5
ROUNDS = 80
CORPUS_WEIGHT = 100.0
PARAMETERS = {
    "objective": "binary", "num_leaves": 14, "learning_rate": 0.15, "min_child_samples": 40, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "seed": 1, "deterministic": True, "verbose": -1,
}  # fmt: skip
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


@dataclass
class Example:
    """One page: the features, texts, labels and weights of those of its blocks that are worth judging."""

    corpus: str
    gold: dict[str, Any]
    rows: np.ndarray
    texts: list[str]
    labels: np.ndarray
    weights: np.ndarray
    asked: bool
    likely: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def fold(self) -> int:
        return crc32(host(self.gold["url"]).encode()) % FOLDS


def main(directory: Path) -> None:
    examples = [example for path in sorted(directory.glob("*.warc.gz")) for example in read(path)]
    balance(examples)
    for fold in range(FOLDS):
        booster = fit([example for example in examples if example.fold != fold])
        for example in examples:
            if example.fold == fold:
                example.likely = booster.predict(example.rows)
    for corpus in sorted({example.corpus for example in examples}):
        ours = [example for example in examples if example.corpus == corpus and example.asked]
        answers = {example.gold["url"]: Answer(chosen(example)) for example in ours}
        scores = measure([{**example.gold, "title": "", "published": "", "authors": []} for example in ours], answers)
        print(corpus, len(ours), *(f"{name} {value:.4f}" for name, value in scores.items()))
    trees = [plain(tree["tree_structure"]) for tree in fit(examples).dump_model()["tree_info"]]
    stored = json.dumps({"features": list(names()), "trees": trees}, separators=(",", ":"))
    Path("archive/extract/classifier.json").write_text(stored + "\n", "utf-8")


def read(path: Path) -> list[Example]:
    """The examples of one corpus: every page whose gold says something of its text, once."""
    gold = {page["url"]: page for page in _gold(path) if page.get("text") or page.get("with")}
    examples: list[Example] = []
    for response in _responses(path):
        page = gold.pop(response.capture.url, None)
        if page is None:
            continue
        try:
            tree = parse(response.body, dict(response.headers).get("Content-Type", ""))
        except Unreadable:
            continue
        examples += of_page(path.name, page, tree, response)
    return examples


def of_page(corpus: str, page: dict[str, Any], tree: HtmlElement, response: Response) -> Iterator[Example]:
    """A page twice: judged alone, and with trafilatura's opinion."""
    url = response.capture.url
    said = markup.read_markup(tree)
    title = read_metadata(said, url, response.capture.fetched_at, None).title
    found = blocks(tree)
    texts = [block.text for block in found]
    labels, weights = by_segments(page, texts) if page.get("with") else by_text(page["text"], texts)
    weights[[compact_text(text) == compact_text(title) for text in texts]] = 0
    page_of_blocks = PageFeatures(found)
    described = Description(page_of_blocks, read_context(said, title))
    for taken in (None, opinion(page_of_blocks, tree, url)):
        rows = described.rows(taken)
        at = [i for i, row in enumerate(rows) if row is not None]
        if at:
            features = np.array([rows[i] for i in at], np.float32)
            yield Example(corpus, page, features, [texts[i] for i in at], labels[at], weights[at], taken is not None)


def by_text(gold: str, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Labels and weights of blocks where the whole text is known."""
    tokens = [_TOKEN.findall(text) for text in texts]
    wanted = _TOKEN.findall(gold)
    shingles = Counter(tuple(wanted[at : at + 4]) for at in range(len(wanted) - 3))
    line = f" {' '.join(wanted)} "
    labels = np.zeros(len(texts))
    for at, own in enumerate(tokens):
        if len(own) >= 5:
            labels[at] = np.mean([tuple(own[k : k + 4]) in shingles for k in range(len(own) - 3)])
        elif own:
            before = tokens[at - 1][-3:] if at else []
            after = tokens[at + 1][:3] if at + 1 < len(tokens) else []
            beside = [[*before, *own]] * bool(before) + [[*own, *after]] * bool(after)
            labels[at] = any(f" {' '.join(run)} " in line for run in beside)
    weights = np.minimum([len(own) for own in tokens], 100) + 2.0
    return labels > 0.5, weights / np.sqrt(weights.sum())


def by_segments(page: dict[str, Any], texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Labels and weights where only some passages are known; the blocks that hold none weigh nothing."""
    wanted = [" ".join(segment.split()) for segment in page["with"]]
    unwanted = [" ".join(segment.split()) for segment in page["without"]]
    labels = np.array([any(segment in text for segment in wanted) for text in texts])
    wrong = [any(s == text or (len(s) > 12 and s in text) for s in unwanted) for text in texts]
    weights = (labels | np.array(wrong)).astype(float)
    return labels, weights / max(1.0, weights.sum())


def balance(examples: list[Example]) -> None:
    """Give every corpus the weight of the square root of its pages."""
    for corpus in {example.corpus for example in examples}:
        ours = [example for example in examples if example.corpus == corpus]
        share = CORPUS_WEIGHT * np.sqrt(len(ours)) / sum(example.weights.sum() for example in ours)
        for example in ours:
            example.weights = example.weights * share


def fit(examples: list[Example]) -> lightgbm.Booster:
    rows = np.concatenate([example.rows for example in examples])
    labels = np.concatenate([example.labels for example in examples]).astype(int)
    weights = np.concatenate([example.weights for example in examples])
    known = weights > 0
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows[known], labels[known], weight=weights[known]), ROUNDS)


def chosen(example: Example) -> str:
    return "\n\n".join(text for text, score in zip(example.texts, example.likely, strict=True) if score >= 0.5)


def plain(node: dict[str, Any]) -> list[Any] | float:
    """A tree as judge.py reads it: a leaf's value, or [feature, threshold, where at most that, where more]."""
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 4)
    threshold = float(f"{node['threshold']:.4g}")
    return [node["split_feature"], threshold, plain(node["left_child"]), plain(node["right_child"])]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
