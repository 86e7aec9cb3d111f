"""`make fit CORPORA=directory`: fit the two forests of archive/extract/classifier.json to benchmark pages.

CORPORA holds pairs of NAME.warc.gz and NAME.gold.jsonl as for `make quality`. Needs LightGBM and NumPy, which nothing
else here needs (`make fit` installs them). The same data give the same file, to the byte.

The first forest judges a block by its features, alone and with trafilatura's opinion. The second sees what the first
thinks of the blocks around; it is fitted to likelihoods of pages that the first did not see (by host, in folds), as it
will meet them. Corpora are balanced, so that the largest does not decide alone. How good the method is on sites that it
has not seen is for `make quality` to say.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from archive.extract import coherence, features
from archive.extract.classifier import Forest, program
from tests.bench import fit_pages
from tests.bench.examples import Example, Rows, fold_of, read

ROUNDS = 120
INNER_FOLDS = 4
CORPUS_WEIGHT = 100.0
PARAMETERS = {
    "objective": "binary", "num_leaves": 14, "learning_rate": 0.1, "min_child_samples": 40, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "seed": 1, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
TARGET = Path("archive/extract/classifier.json")


@dataclass(frozen=True)
class Fitted:
    """Two forests as classifier.json holds them."""

    first: list[Any]
    second: list[Any]

    def forests(self) -> tuple[Forest, Forest]:
        """Both as functions of a row, as `archive.extract.classifier.forests` gives them."""
        width = len(features.names())
        return program(self.first, width), program(self.second, width + len(coherence.names()))

    def as_json(self) -> str:
        """The content of classifier.json."""
        names = features.names()
        forests = {
            "first": {"features": list(names), "trees": self.first},
            "second": {"features": [*names, *coherence.names()], "trees": self.second},
        }
        return json.dumps(forests, separators=(",", ":")) + "\n"


def main(directory: Path) -> None:
    examples = [example for path in sorted(directory.glob("*.warc.gz")) for example in read(path)]
    TARGET.write_text(fit(examples).as_json(), "utf-8")
    pages = [page for path in sorted(directory.glob("*.warc.gz")) for page in fit_pages.read_pages(path)]
    fit_pages.TARGET.write_text(fit_pages.as_json(pages, fit_pages.fit_pages(pages)), "utf-8")
    print(f"{fit_pages.TARGET}: fitted to {len(pages)} pages, {sum(page.is_list for page in pages)} of them lists")
    print(f"{TARGET}: fitted to {len(examples)} pages of {len({example.host for example in examples})} hosts")


def fit(examples: Sequence[Example]) -> Fitted:
    """Both forests, fitted to examples."""
    shares = corpus_shares(examples)
    first = _fit_first(examples, shares)
    parts: list[tuple[Example, Rows]] = []
    for fold in range(INNER_FOLDS):
        others = _fit_first([one for one in examples if fold_of(one.host, INNER_FOLDS, "inner") != fold], shares)
        for one in examples:
            if fold_of(one.host, INNER_FOLDS, "inner") == fold:
                for rows, votes in ((one.alone, None), (one.voted, one.votes)):
                    likely = _predict(others, rows)
                    around = coherence.coherence(one.found, one.sizes, likely, votes=votes)
                    more: Rows = [row and [*row, *beside] for row, beside in zip(rows, around, strict=True)]
                    parts.append((one, more))
    second = _train(parts, shares)
    return Fitted(fit_pages.plain(first), fit_pages.plain(second))


def corpus_shares(examples: Sequence[Example]) -> dict[str, float]:
    """What a weight of each corpus counts, so that a corpus counts as the square root of its pages."""
    pages: defaultdict[str, int] = defaultdict(int)
    weights: defaultdict[str, float] = defaultdict(float)
    for example in examples:
        pages[example.corpus] += 1
        weights[example.corpus] += float(example.weights.sum())
    return {corpus: CORPUS_WEIGHT * pages[corpus] ** 0.5 / (weights[corpus] or 1.0) for corpus in pages}


def _fit_first(examples: Sequence[Example], shares: dict[str, float]) -> lightgbm.Booster:
    return _train([(one, rows) for one in examples for rows in (one.alone, one.voted)], shares)


def _train(parts: Sequence[tuple[Example, Rows]], shares: dict[str, float]) -> lightgbm.Booster:
    rows: list[np.ndarray] = []
    labels: list[np.ndarray] = []
    weights: list[np.ndarray] = []
    for example, described in parts:
        at = [i for i, row in enumerate(described) if row is not None and example.weights[i] > 0]
        if at:
            rows.append(np.array([described[i] for i in at], np.float32))
            labels.append(example.labels[at].astype(int))
            weights.append(example.weights[at] * shares[example.corpus])
    data = lightgbm.Dataset(np.concatenate(rows), np.concatenate(labels), weight=np.concatenate(weights))
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def _predict(booster: lightgbm.Booster, rows: Rows) -> list[float]:
    at = [i for i, row in enumerate(rows) if row is not None]
    likely = [0.0] * len(rows)
    if at:
        predicted = booster.predict(np.array([rows[i] for i in at], np.float32), num_threads=1)
        for i, value in zip(at, predicted, strict=True):
            likely[i] = float(value)
    return likely


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("Name a directory of NAME.warc.gz with NAME.gold.jsonl:  make fit CORPORA=directory")
    main(Path(sys.argv[1]))
