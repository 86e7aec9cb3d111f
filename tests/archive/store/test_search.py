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

from archive.store.opening.readonly import open_readonly
from archive.store.search import Selection, articles, search
from archive.store.search_index import query as searching
from archive.store.search_index.query import Asked, Order, found, matches
from archive.text.fulltext import match_query
from archive.web.queries import search as web_search
from archive.web.search_request import Query, Sort
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
        days = [hit.published_at[:10] or hit.first_seen[:10] for hit in search(connection, "harbour").hits]
        assert days == sorted(days, reverse=True)
        oldest = search(connection, "harbour", order="oldest").hits
        assert [hit.published_at[:10] or hit.first_seen[:10] for hit in oldest] == days[::-1]
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
        shown = asyncio.run(web_search.look_up(Site(connection), query, match_query(words), 20))
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
def test_a_search_finds_what_an_export_of_the_same_words_holds(
    connection: sqlite3.Connection, order: Order, words: str, days: int
) -> None:
    asked = (words, "valdora", DAY.date() + timedelta(days=days), None, 20, order)
    hits = search(connection, *asked)
    assert hits.total == len(hits.hits) > 1
    selection = Selection(None, *asked[1:4], words)
    assert {row["id"] for row in articles(connection, selection)} == {hit.id for hit in hits.hits}


@pytest.mark.parametrize("order", get_args(Order))
@pytest.mark.parametrize("words", ["lantern", ""])
@pytest.mark.parametrize("source", ["", "abroad"])
def test_no_search_sorts_or_reads_an_article_to_find_what_it_shows(
    connection: sqlite3.Connection, order: Order, words: str, source: str
) -> None:
    def plan(statement: searching.Statement) -> str:
        steps = connection.execute(f"explain query plan {statement.sql}", statement.parameters)
        return "; ".join(row[3] for row in steps)

    asked = Asked(words, source, DAY.date())
    for statement in (found(asked, order, 20), found(asked, order, 20, 40), matches(asked, 9)):
        assert "TEMP B-TREE" not in plan(statement)
        assert " articles" not in plan(statement)


def test_words_that_were_edited_out_are_found_when_asked_for(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    before, after = (page(1, story(1, f" The {thing} is free.")) for thing in ("drawbridge", "footbridge"))
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", before, at=later(days=0))])
        ingest.add([room.answer("/news/1-path", after, at=later(days=day)) for day in (1, 2)])
    with open_readonly(tmp_path / "archive.db") as connection:
        assert search(connection, "drawbridge").total == 0
        (hit,) = search(connection, "drawbridge", ever=True).hits
        assert not hit.now
        assert "drawbridge" in hit.snippet.text
        (today,) = search(connection, "footbridge", ever=True).hits
        assert today.now
        assert search(connection, "drawbridge", "abroad", ever=True).total == 0
