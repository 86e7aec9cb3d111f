"""Values that Nuxt and SvelteKit write flat are restored; others stay, whatever they refer to."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.discover.further.devalue import restored


@pytest.mark.parametrize(
    ("flat", "value"),
    [
        ([["Reactive", 1], {"news": 2, "at": 6}, [3, 3], {"title": 4, "none": -1}, "Lamps", 0, ["Date", "2026-03-04"]],
         {"news": [{"title": "Lamps", "none": None}, {"title": "Lamps", "none": None}], "at": "2026-03-04"}),
        ([{"list": 1, "page": 3}, [2], "bells", 7], {"list": ["bells"], "page": 7}),
        ([{"kinds": 1, "names": 3}, ["Set", 2], "a", ["Map", 2, 4], "b"], {"kinds": ["a"], "names": {"a": "b"}}),
        ([{"self": 0, "other": 1}, "x"], {"self": None, "other": "x"}),
        ([{"bare": 1}, ["null", "a", 2], "x"], {"bare": {"a": "x"}}),
    ],
)  # fmt: skip
def test_flat_values_are_restored(flat: list[Any], value: Any) -> None:
    assert restored(flat) == value


@pytest.mark.parametrize(
    "plain",
    [
        [1, 2],
        [],
        ["a", {"b": 1}],
        {"a": 1},
        [[["Lamps"], 1], 2],
        [{"title": "Lamps"}, {"title": "Bells"}],
        [{"id": 900}, {"id": 901}],
        "x",
    ],
)
def test_other_values_stay(plain: Any) -> None:
    assert restored(plain) is plain


def test_what_refers_in_vain_or_too_deep_raises_nothing() -> None:
    assert restored([{"a": 1}, ["Ref"]]) == {"a": None}
    assert restored([{"a": 1}, [7]]) == [{"a": 1}, [7]]
    again: list[Any] = [{"a": 1}, ["Map", 2, 3], *([n + 3, n + 3] for n in range(60)), "end"]
    assert restored(again) == {"a": {}}
    deep: list[Any] = [{"a": 1}, *([n + 2] for n in range(500)), "end"]
    assert restored(deep)["a"]
