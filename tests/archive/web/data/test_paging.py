"""Pages of a table, of which many rows have the same value in the column that they are sorted by."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from datasette.app import Datasette

from archive.web.data.paging import in_one_order, table_at
from archive.web.server import build
from tests.support.sample import build_sample

EVENTS = 40


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    archive = build_sample(tmp_path_factory.mktemp("paging") / "archive")
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.execute("delete from events")
        db.executemany(
            "insert into events (source, at, url, kind, detail) values ('quill', ?, ?, 'new', '')",
            [(f"2026-03-0{1 + number % 3}", f"https://quill.example/{number}") for number in range(EVENTS)],
        )
        db.commit()
    built = build(archive)
    yield built
    built.executor.shutdown()
    for each in built.databases.values():
        each.close()


def walked(site: Datasette, address: str) -> list[dict[str, Any]]:
    """The rows of all pages, in their order."""

    async def walk() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        following: str | None = address
        while following:
            page = (await site.client.get(following)).json()
            rows += page["rows"]
            following = page["next_url"] and page["next_url"].removeprefix("http://localhost")
        return rows

    return asyncio.run(walk())


@pytest.mark.parametrize("sort", ["", "&_sort=at", "&_sort_desc=kind", "&_sort=detail"])
@pytest.mark.parametrize("size", [1, 7, 20])
def test_each_row_stands_on_one_page(site: Datasette, size: int, sort: str) -> None:
    found = [row["url"] for row in walked(site, f"/archive/events.json?_shape=objects&_size={size}{sort}")]
    assert sorted(found) == sorted({f"https://quill.example/{number}" for number in range(EVENTS)})


@pytest.mark.parametrize("table", ["articles", "captures", "boilerplate"])
def test_tables_with_keys_of_their_own_too(site: Datasette, table: str) -> None:
    found = [row["id"] for row in walked(site, f"/archive/{table}.json?_shape=objects&_size=2&_sort=source")]
    count = asyncio.run(site.get_database("archive").execute(f"select count(*) from {table}")).rows[0][0]
    assert len(set(found)) == len(found) == count


def test_a_file_of_all_rows_has_each_once(site: Datasette) -> None:
    answer = asyncio.run(site.client.get("/archive/events.csv?_stream=on&_size=7"))
    found = [row["url"] for row in csv.DictReader(io.StringIO(answer.text))]
    assert len(set(found)) == len(found) == EVENTS


def test_sql_of_a_visitor_is_run_as_it_was_written(site: Datasette) -> None:
    sql = "select source from articles union select kind from events order by source limit 3"
    answer = asyncio.run(site.client.get("/archive.json", params={"sql": sql, "_shape": "arrays"})).json()
    assert answer["ok"], answer
    assert answer["query"]["sql"] == sql


def test_only_the_query_of_a_sorted_first_page_is_sorted_on() -> None:
    first = "select id, source from articles where source = 'order by x limit 3' order by source desc limit 51"
    assert in_one_order(first, ["id"]) == first.replace("desc limit", "desc, [id] limit")
    assert in_one_order("select rowid, at from events order by at limit 2", []) == (
        "select rowid, at from events order by at, [rowid] limit 2"
    )
    for other in (
        "select id from articles order by source desc, id limit 51",
        "select count(*) from articles",
        "select at from some_view order by at limit 2",
    ):
        assert in_one_order(other, [] if "view" in other else ["id"]) == other


def test_the_table_is_read_from_the_path() -> None:
    assert table_at("/archive/articles") == table_at("/archive/articles.json") == "articles"
    assert {table_at(path) for path in ("/archive", "/archive.json", "/archive/articles/1", "/article/1")} == {""}
