"""Searches as SQL: words and filters together, in each order, on the sample archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from archive.store.search_index.query import Asked, Statement, found, matches, walk
from tests.support.sample import article_id, build_sample


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    archive = build_sample(tmp_path_factory.mktemp("query") / "archive")
    opened = sqlite3.connect(archive / "archive.db")
    yield opened
    opened.close()


def ids(connection: sqlite3.Connection, asked: Asked, limit: int = 100) -> list[int]:
    statement = found(asked, "newest", limit)
    return [row[0] for row in connection.execute(statement.sql, statement.parameters)]


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        (Asked(author="Tomas Reuel"), {"budget"}),
        (Asked(author="tomas reuel", words="budget"), {"budget"}),
        (Asked(author="Reuel"), set()),
        (Asked(dateline="Ister"), {"ferry"}),
        (Asked(standing="gone"), {"ferry"}),
        (Asked(language="ja"), {"battery"}),
        (Asked(edited=True), {"budget", "cranes", "hostile"}),
        (Asked("forty", edited=True, language="en"), {"cranes"}),
        (Asked("forty", edited=True, language="ar"), set()),
        (Asked(source="noor-institute", since=date(2026, 3, 11), until=date(2026, 3, 11)), {"water"}),
        (Asked(source="noor-institute", since=date(2026, 3, 12)), set()),
        (Asked("record", ever=True), {"budget"}),
        (Asked("record", source="port-of-ister", ever=True), set()),
        (Asked("record budget", ever=True, author="Tomas Reuel", standing="live", language="en"), {"budget"}),
        (Asked("record budget", ever=True, author="Nobody"), set()),
        (Asked("record", ever=True, since=date(2026, 3, 11)), set()),
        (Asked("record", ever=True, among=("port-of-ister", "valdora-council")), {"budget"}),
        (Asked("record", ever=True, among=("port-of-ister", "noor-institute")), set()),
        (Asked(among=("noor-institute",), since=date(2026, 3, 11), until=date(2026, 3, 11)), {"water"}),
        (Asked(standing="gone", among=("noor-institute", "port-of-ister")), {"ferry"}),
        (Asked(source="noor-institute", among=("port-of-ister",)), set()),
        (Asked("record", among=()), set()),
        (Asked("record", among=(), ever=True), set()),
        (Asked("***"), set()),
    ],
)
def test_filters_and_words_go_together(connection: sqlite3.Connection, asked: Asked, slugs: set[str]) -> None:
    assert set(ids(connection, asked)) == {article_id(slug) for slug in slugs}


def test_pages_follow_each_other(connection: sqlite3.Connection) -> None:
    every = ids(connection, Asked())
    paged = [
        row[0] for offset in (0, 7, 14) for row in connection.execute(*_parts(found(Asked(), "newest", 7, offset)))
    ]
    assert len(every) == 18
    assert paged == every
    assert [row[0] for row in connection.execute(*_parts(found(Asked(), "oldest", 100)))] == every[::-1]


def _parts(statement: Statement) -> tuple[str, Mapping[str, Any]]:
    return statement.sql, statement.parameters


def test_counting_stops_where_it_is_told(connection: sqlite3.Connection) -> None:
    for asked, most, count in (
        (Asked("street"), 100, 13),
        (Asked("street"), 5, 5),
        (Asked(), 100, 18),
        (Asked("*"), 9, 0),
    ):
        assert connection.execute(*_parts(matches(asked, most))).fetchone() == (count,)


def test_a_walk_gives_every_place(connection: sqlite3.Connection) -> None:
    assert len(connection.execute(*_parts(walk(Asked("street"), "rowid"))).fetchall()) == 13
    assert len(connection.execute(*_parts(walk(Asked(), "place"))).fetchall()) == 18
