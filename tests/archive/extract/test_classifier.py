"""Forests as compiled code: the same sums as walking the trees, sure answers early, and a guard on the features."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extract import classifier, coherence, features

TREES = [[0, 0.5, [1, 2.0, -0.25, 0.75], 1.5], -0.125, [1, -1.0, 0.5, [0, 0.25, -1.0, 2.0]]]


def walked(node: object, row: list[float]) -> float:
    while isinstance(node, list):
        feature, threshold, below, above = node
        node = below if row[feature] <= threshold else above
    assert isinstance(node, float)
    return node


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=2))
@settings(deadline=None)
def test_compiled_trees_give_what_walking_them_gives(row: list[float]) -> None:
    assert classifier.program(TREES, 2)(row) == pytest.approx(sum(walked(tree, row) for tree in TREES))


def test_later_trees_are_not_asked_where_the_first_are_sure() -> None:
    sure = classifier.program([5.0, *[0.0] * 19, 1.0], 0)
    unsure = classifier.program([3.0, *[0.0] * 19, 1.0], 0)
    assert (sure([]), unsure([])) == (5.0, 4.0)


def test_a_block_that_was_not_described_is_not_likely() -> None:
    assert classifier.first_scores([None]) == [0.0]


def test_doubt_is_the_share_that_is_expected_to_be_wrong() -> None:
    assert classifier.doubt([1000.0, 1000.0], [1.0, 0.0]) == 0
    assert classifier.doubt([1000.0, 1000.0], [1.0, 0.5]) > classifier.doubt([1000.0, 10.0], [1.0, 0.5]) > 0
    assert classifier.doubt([5000.0], [0.9]) == classifier.doubt([1200.0], [0.9])  # one huge block does not decide


def test_the_stored_forests_are_of_the_features_there_are() -> None:
    stored = json.loads(files("archive.extract").joinpath("classifier.json").read_text("utf-8"))
    assert stored["first"]["features"] == list(features.names())
    assert stored["second"]["features"] == [*features.names(), *coherence.names()]
    assert len(classifier.forests()) == 2
