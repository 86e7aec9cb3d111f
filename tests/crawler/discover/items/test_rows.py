"""Rows of data that do not name what they hold."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.discover.items.rows import rows_of

URL = "https://lake.example.org/data/notices.json"
TITLES = ("The lamps of Orlin quay", "A second ferry for Orlin", "Mills along the lower canal", "New wells at Ost")


def at(n: int) -> str:
    return f"https://lake.example.org/notices/{n}.htm"


def short(n: int, title: str) -> dict[str, Any]:
    day = f"3/{n + 11}/2026 9:00:00 AM"
    return {"d": day, "k": "Harbour office notices", "t": title, "a": f"/notices/{n}.htm", "n": n}


def cells(n: int, title: str) -> list[Any]:
    return [f"<span>{n + 11}.03.2026</span>", f"<a class='x' href='../notices/{n}.htm'><b>{title}</b></a>", "Harbour"]


@pytest.mark.parametrize("row", [short, cells])
def test_rows_are_read_by_what_their_columns_hold(row: Any) -> None:
    rows = [row(n, title) for n, title in enumerate(TITLES)]
    found = rows_of([*rows, {"updated": "3/20/2026 9:00:00 AM"}], URL)
    assert [(link.url, link.title, link.published[:10]) for link in found] == [
        (at(n), title, f"2026-03-{n + 11}") for n, title in enumerate(TITLES)
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"d": "soon"},
        {"t": "The lamps of Orlin quay"},
        {"t": "lamps"},
        {"a": "/notices/same.htm"},
        {"a": "/pictures/{}.jpg"},
        {"a": "https://other.example/notices/{}.htm"},
    ],
)
def test_rows_without_a_column_of_addresses_titles_or_days_are_no_releases(changed: dict[str, str]) -> None:
    rows = [short(n, title) | {k: v.format(n) for k, v in changed.items()} for n, title in enumerate(TITLES)]
    assert rows_of(rows, URL) == []
    assert rows_of([short(n, title) for n, title in enumerate(TITLES[:2])], URL) == []


@pytest.mark.parametrize("held", [[], [1, 2, 3], ["a", "b", "c"], [[], {}, None], [{"a": None}] * 3, [["/x.htm"]] * 5])
def test_any_list_is_read(held: list[Any]) -> None:
    assert rows_of(held, URL) == []


def test_days_that_two_orders_allow_are_left_out() -> None:
    rows = [short(n, title) | {"d": f"3/{n + 1}/2026"} for n, title in enumerate(TITLES)]
    assert next(link.published for link in rows_of(rows, URL)) == ""
