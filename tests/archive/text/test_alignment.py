"""Two sequences compared: sound for all, and with bounded work for hostile ones."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.alignment import Budget, Opcode, opcodes

_ITEMS = st.lists(st.sampled_from(["a", "b", "c", "d", 1]), max_size=40)


def _check(old: Sequence[Hashable], new: Sequence[Hashable], codes: list[Opcode]) -> None:
    """Stretches cover both sequences in order, each is what its tag says, and none could be joined to the next."""
    i = k = 0
    for tag, a, b, c, d in codes:
        assert (a, c) == (i, k)
        assert {"equal": list(old[a:b]) == list(new[c:d]), "replace": a < b and c < d}.get(tag, True)
        assert tag != "delete" or (a < b and c == d)
        assert tag != "insert" or (a == b and c < d)
        assert b > a or d > c
        i, k = b, d
    assert (i, k) == (len(old), len(new))
    assert all((one[0] == "equal") != (two[0] == "equal") for one, two in pairwise(codes))


def _equal(codes: list[Opcode]) -> int:
    return sum(b - a for tag, a, b, _, _ in codes if tag == "equal")


@given(_ITEMS, _ITEMS, st.sampled_from([0, 20, 10_000]))
def test_stretches_cover_both_sequences(old: list[Hashable], new: list[Hashable], cells: int) -> None:
    _check(old, new, opcodes(old, new, Budget(cells)))
    assert [code[0] for code in opcodes(old, old)] == ["equal"] * bool(old)


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        ("abc", "", [("delete", 0, 3, 0, 0)]),
        ("", "ab", [("insert", 0, 0, 0, 2)]),
        ("abcd", "axcd", [("equal", 0, 1, 0, 1), ("replace", 1, 2, 1, 2), ("equal", 2, 4, 2, 4)]),
        ("abcab", "abab", [("equal", 0, 2, 0, 2), ("delete", 2, 3, 2, 2), ("equal", 3, 5, 2, 4)]),
    ],
)
def test_what_became_what(old: str, new: str, codes: list[Opcode]) -> None:
    assert opcodes(old, new) == codes


def test_as_much_as_can_be_is_equal() -> None:
    assert _equal(opcodes("the harbour is open", "a harbour was open")) >= len("harbour open")


def test_over_the_budget_sequences_are_divided_at_what_stands_once_in_both() -> None:
    order = random.Random(3)
    words = [str(number) for number in range(5)]
    old = order.choices(words, k=4_000)
    new = [*old[:1_000], "one", *old[1_000:2_500], "two", *old[2_600:]]
    budget = Budget(60_000)
    codes = opcodes(["start", *old, "end"], ["begin", *new, "close"], budget)
    _check(["start", *old, "end"], ["begin", *new, "close"], codes)
    assert _equal(codes) >= 3_800
    named = [*map(str, range(3_000))]
    swapped = [*named[:700], "x", *named[701:1_500], *named[1_600:], "y"]
    assert _equal(opcodes(["q", *named, "r"], ["s", *swapped, "t"], Budget(0))) == 2_899


def test_the_work_is_counted_and_bounded() -> None:
    order = random.Random(1)
    old, new = (order.choices("abcde", k=30_000) for _ in range(2))
    budget = Budget()
    codes = opcodes(old, new, budget)
    assert budget.cells >= 0
    _check(old, new, codes)
    spent = Budget(100)
    assert (spent.take(60), spent.take(60), spent.cells) == (True, False, 40)
