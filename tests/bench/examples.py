"""Pages of benchmark corpora as examples to fit trees to: the features of their blocks, and which blocks are right.

A block's label is the share of its four-token shingles that the gold text holds; a short block is right where it
stands in the gold text beside one of its neighbours. A page weighs as the measure weighs it, a block by its tokens.
Headlines are left out: they have a rule.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from archive.core.model import Response
from archive.core.urls import host
from archive.extract.features import Description, PageFeatures, compact_text
from archive.extract.likelihoods import opinion, read_context
from archive.metadata.metadata import read_title
from archive.page.blocks import Block, blocks
from archive.page.html import Unreadable, parse
from archive.page.markup import read_markup
from tests.bench.corpora import gold_of, name_of, responses

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")

Rows = list[list[float] | None]


@dataclass
class Example:
    """One page: its blocks, their features alone and with trafilatura's opinion, which it takes, labels and weights."""

    corpus: str
    host: str
    found: list[Block]
    sizes: list[float]
    alone: Rows
    voted: Rows
    votes: list[bool]
    labels: np.ndarray
    weights: np.ndarray


def fold_of(site: str, folds: int, salt: str = "") -> int:
    """The part of the data that a host belongs to."""
    return crc32(f"{site}{salt}".encode()) % folds


def read(path: Path) -> list[Example]:
    """The examples of one corpus: every page whose gold says something of its text, once."""
    gold = {page["url"]: page for page in gold_of(path) if page.get("text") or page.get("with")}
    examples: list[Example] = []
    for response in responses(path):
        page = gold.pop(response.capture.url, None)
        example = page and example_of(name_of(path), page, response)
        if example:
            examples.append(example)
    return examples


def example_of(corpus: str, page: dict[str, Any], response: Response) -> Example | None:
    """A page as an example; None for one that cannot be read or shows no text."""
    url = response.capture.url
    try:
        tree = parse(response.body, dict(response.headers).get("Content-Type", ""))
    except Unreadable:
        return None
    said = read_markup(tree)
    title = read_title(said, url)
    found = blocks(tree)
    if not found:
        return None
    texts = [block.text for block in found]
    labels, weights = by_segments(page, texts) if page.get("with") else by_text(page["text"], texts)
    weights[[compact_text(text) == compact_text(title) for text in texts]] = 0
    features = PageFeatures(found)
    described = Description(features, read_context(said, title))
    votes = described.votes(opinion(features, tree, url))
    alone, voted = described.rows(), described.rows(votes)
    for container in features.containers:
        container.element = None  # lets go of the tree: thousands of pages stay in memory
    return Example(corpus, host(url), found, features.weights, alone, voted, votes, labels, weights)


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
