"""Search: which articles, in what order, by the same query on the command line and on the site."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from datasette.database import Results

from archive.store import search as searching
from archive.store.database import open_readonly
from archive.store.search import Order, Selection, articles, counting, matching, ordered, search
from archive.text.fulltext import match_query
from archive.web.queries import finding
from archive.web.search import Query, Sort
from tests.support.archiving import DAY, Newsroom, ingesting, later, page, story


def test_search_by_words_source_and_day(tmp_path: Path) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add([Newsroom(tmp_path).answer(f"/news/{n}-path", page(n)) for n in range(5)])
        ingest.add([Newsroom(tmp_path, "abroad").answer("/nachricht", page(7, title="港口办公室开放步道 at Bellmere"))])
    with open_readonly(tmp_path / "archive.db") as connection:
        found = search(connection, "harbour office", limit=2)
        assert (len(found.hits), found.total) == (2, 6)
        shown = found.hits[0].snippet
        assert {shown.text[start:end] for start, end in shown.hits} == {"harbour", "office"}
        days = [hit.published_at[:10] for hit in search(connection, "harbour").hits]
        assert days == sorted(days, reverse=True)
        assert [hit.published_at[:10] for hit in search(connection, "harbour", order="oldest").hits] == days[::-1]
        assert search(connection, "harbour", "abroad").total == 1
        day = DAY.date() + timedelta(days=1)
        assert search(connection, "", since=day, until=day).total == 1
        assert search(connection, "公室开", order="relevance").hits[0].source == "abroad"
        assert search(connection, '"').total == 0
        assert search(connection, "").total == 6


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of two sources that have the word in the title, often in the text, once, or not at all."""
    directory = tmp_path_factory.mktemp("searched")
    room, other = Newsroom(directory), Newsroom(directory, "abroad")
    often = " A lantern is lit, a second lantern waits, and a third lantern is for the night when the lantern fails."
    pages = [(room, f"/news/{n}-often", page(n, story(n, often))) for n in range(20, 23)]
    pages += [(room, f"/news/{n}-title", page(n, title=f"Lantern number {n}")) for n in range(3)]
    pages += [(other, f"https://abroad.example/{n}", page(n, story(n, f" It has a lantern {n}."))) for n in range(5, 9)]
    pages += [(room, f"/news/{n}-none", page(n)) for n in range(10, 14)]
    captures = [writer.answer(url, html, at=later(days=30)) for writer, url, html in pages]
    with ingesting(directory) as ingest:
        ingest.add(captures)
    return directory / "archive.db"


@pytest.fixture
def connection(archive: Path) -> Iterator[sqlite3.Connection]:
    with open_readonly(archive) as opened:
        yield opened


class Site:
    """A connection as the site has it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    async def execute(self, sql: str, params: Any = None, *, custom_time_limit: int | None = None) -> Any:
        self.connection.row_factory = sqlite3.Row
        found = self.connection.execute(sql, params or ()).fetchall()
        self.connection.row_factory = None
        return Results(found, False, [])


@pytest.mark.parametrize("words", ["lantern", "harbour lantern", "lanter*", "-lantern harbour"])
@pytest.mark.parametrize("source", ["", "abroad"])
def test_command_line_and_site_find_the_same_in_the_same_order(
    connection: sqlite3.Connection, words: str, source: str
) -> None:
    sorts: tuple[tuple[Sort, Order], ...] = (("best", "relevance"), ("newest", "newest"))
    for sort, order in sorts:
        query = Query(words=words, source=source, sort=sort)
        shown = asyncio.run(finding.look_up(Site(connection), query, match_query(words)))
        found = search(connection, words, source, order=order)
        assert [release.id for release in shown.releases] == [hit.id for hit in found.hits]
        assert shown.total == found.total


def test_a_word_in_the_title_weighs_more(connection: sqlite3.Connection) -> None:
    hits = search(connection, "lantern", order="relevance").hits
    assert len(hits) == 10
    assert all(hit.title.startswith("Lantern") for hit in hits[:3])
    assert not any(hit.title.startswith("Lantern") for hit in hits[3:])


@pytest.mark.parametrize("order", get_args(Order))
@pytest.mark.parametrize("words", ["lantern", ""])
@pytest.mark.parametrize("days", [0, 9])
def test_a_broad_query_finds_what_a_narrow_one_does(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, order: Order, words: str, days: int
) -> None:
    asked = (words, "valdora", DAY.date() + timedelta(days=days), None, 20, order)
    narrow = search(connection, *asked)
    assert narrow.total == len(narrow.hits) > 1
    monkeypatch.setattr(searching, "NARROW", 0)
    assert search(connection, *asked) == narrow
    selection = Selection(None, *asked[1:4], words)
    assert {row["id"] for row in articles(connection, selection)} == {hit.id for hit in narrow.hits}


def test_no_query_reads_more_than_it_must(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(statement: searching.Statement) -> str:
        found = connection.execute(f"explain query plan {statement.sql}", statement.parameters)
        return "; ".join(row[3] for row in found)

    everything, words, of_one = Selection(), Selection(words="lantern"), Selection(source="abroad", words="lantern")
    assert "articles" not in plan(counting(words)).replace("articles_fts", "")
    assert "articles" not in plan(matching("lantern", 9)).replace("articles_fts", "")
    for selection, index in ((everything, "articles_newest"), (Selection(source="abroad"), "articles_source")):
        for order in ("newest", "oldest"):
            assert index in plan(ordered(selection, order, 20, 0))
        assert "TEMP B-TREE" not in plan(ordered(selection, "newest", 20, 0))
    assert plan(ordered(words, "newest", 20, 9)).startswith("SCAN articles_fts VIRTUAL TABLE")
    broad = searching.NARROW + 1
    assert "TEMP B-TREE" not in plan(ordered(words, "newest", 20, broad))
    assert "SCAN articles USING COVERING INDEX articles_newest" in plan(ordered(words, "newest", 20, broad))
    assert "SEARCH articles USING COVERING INDEX articles_source" in plan(ordered(of_one, "newest", 20, broad))
    assert "TEMP B-TREE" not in plan(ordered(words, "relevance", 20, broad))
