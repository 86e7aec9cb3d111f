"""What the pages read from archive.db: which rows, in which order, and within which bounds."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from archive.text.fulltext import match_query
from archive.web import queries
from archive.web.search import Query
from tests.support.sample import article_id, build_sample

T = TypeVar("T")


@dataclass
class Found:
    rows: list[Any]


class Database:
    """An archive read in this thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    async def execute(self, sql: str, params: Any = None) -> Found:
        return Found(self.connection.execute(sql, params or ()).fetchall())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("queries") / "archive") / "archive.db"


@pytest.fixture
def db(sample: Path) -> Iterator[Database]:
    """What a test changes in it is rolled back."""
    connection = sqlite3.connect(sample)
    connection.row_factory = sqlite3.Row
    yield Database(connection)
    connection.rollback()
    connection.close()


def got(asked: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asked)


def test_the_newest_releases_come_first_and_only_edits_that_mean_something_count(db: Database) -> None:
    releases = got(queries.newest_releases(db, 100))
    days = [release.published_day for release in releases]
    assert days == sorted(days, reverse=True)
    assert len(days) == 18
    edited = {release.id: release.edited for release in releases}
    assert (edited[article_id("budget")], edited[article_id("cranes")]) == (True, False)
    assert got(queries.newest_releases(db, 3)) == releases[:3]
    assert {release.source for release in got(queries.releases_of(db, "port-of-ister", 100))} == {"port-of-ister"}


def test_a_release_without_a_day_or_a_source_of_its_own_is_shown_all_the_same(db: Database) -> None:
    db.connection.execute(
        "update articles set published_day = null, published_at = null, source = 'attic' where id = ?",
        [article_id("ferry")],
    )
    release = got(queries.newest_releases(db, 100))[-1]
    assert (release.id, release.published_day, release.published_at) == (article_id("ferry"), "", "")
    assert release.source_title == "attic"


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ("state = 'watched', failures = 0, last_ok = '2026-03-09'", "ok"),
        ("state = 'watched', failures = 2, last_ok = '2026-03-09'", "failing"),
        ("state = 'watched', failures = 0, last_ok = null", "waiting"),
        ("state = 'paused', failures = 2", "paused"),
    ],
)
def test_the_health_of_a_source(db: Database, columns: str, state: str) -> None:
    db.connection.execute(f"update sources set {columns} where name = 'port-of-ister'")
    named = got(queries.source_named(db, "port-of-ister"))
    assert named is not None
    assert (named.state, named.releases, named.title) == (state, 8, "Port of Ister")
    assert named in got(queries.sources(db))


def test_a_source_that_was_only_imported_is_one_too(db: Database) -> None:
    db.connection.execute("update articles set source = 'attic' where id = ?", [article_id("ferry")])
    attic = got(queries.source_named(db, "attic"))
    assert attic == queries.Health("attic", "attic", "", "imported", 1, "", "", "", 0)
    assert got(queries.source_named(db, "nobody")) is None
    counts = [source.releases for source in got(queries.sources(db))]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 18
    names = got(queries.source_names(db))
    assert ("attic", "attic") in names
    assert names == sorted(names, key=lambda name: name[1].casefold())


def test_events_of_several_kinds_are_joined_newest_first(db: Database) -> None:
    every = got(queries.newest_events(db, queries.CHANGES, 100))
    assert {"edited", "gone"} <= {event.kind for event in every}
    assert [event.at for event in every] == sorted((event.at for event in every), reverse=True)
    assert got(queries.newest_events(db, queries.CHANGES, 2)) == every[:2]
    assert {event.kind for event in got(queries.newest_events(db, ("gone",), 100))} == {"gone"}
    ister = got(queries.newest_events(db, queries.CHANGES, 100, source="port-of-ister"))
    assert ister == [event for event in every if event.source == "port-of-ister"]
    earlier = got(queries.newest_events(db, queries.CHANGES, 100, before=every[0].at))
    assert earlier == [event for event in every if event.at < every[0].at]


def test_a_search_says_how_many_there_are_and_how_they_are_ordered(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(words: str, **asked: Any) -> queries.Results:
        return got(queries.look_up(db, Query(words, **asked), match_query(words)))

    street = look("street")
    assert (street.total, street.more, street.ranked, street.too_broad) == (13, False, True, False)
    newest = look("street", sort="newest")
    assert (newest.ranked, newest.too_broad) == (False, False)
    days = [release.published_day for release in newest.releases]
    assert days == sorted(days, reverse=True)
    monkeypatch.setattr(queries, "PAGE", 5)
    assert [len(look("street", page=page).releases) for page in (1, 2, 3, 4)] == [5, 5, 3, 0]
    monkeypatch.setattr(queries, "LIMIT", 7)
    assert (look("street").total, look("street").more, len(look("street", page=2).releases)) == (7, True, 2)
    monkeypatch.setattr(queries, "RANKED", 12)
    broad = look("street")
    assert (broad.ranked, broad.too_broad) == (False, True)


def test_revisions_come_newest_first_and_in_pairs(db: Database) -> None:
    budget = article_id("budget")
    assert [one.n for one in got(queries.revisions(db, budget))] == [3, 2, 1]
    assert [one.n for one in got(queries.revisions(db, budget, most=2))] == [3, 2]
    assert [one.n for one in got(queries.revision_pair(db, budget, 2))] == [2, 1]
    assert [one.n for one in got(queries.revision_pair(db, budget, 1))] == [1]
    assert got(queries.revisions(db, budget))[0].silent is True


def test_a_revisit_leads_to_the_newest_full_capture_before_it_with_the_same_payload(db: Database) -> None:
    newest: Any = got(queries.captures(db, article_id("budget")))[0]
    assert got(queries.full_capture(db, newest)) == newest
    revisit = dict(newest) | {"id": -1, "revisit": 1}
    full: Any = got(queries.full_capture(db, revisit))
    assert full["id"] == newest["id"]
    assert got(queries.full_capture(db, revisit | {"digest": "sha1:none"})) is None
    assert got(queries.full_capture(db, revisit | {"fetched_at": "2026-01-01T00:00:00+00:00"})) is None
