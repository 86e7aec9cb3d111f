"""Sources: how each stands, and how many releases it has."""

from __future__ import annotations

import pytest

from archive.web.queries import sources
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id, move_to


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
    named = got(sources.source_named(db, "port-of-ister"))
    assert named is not None
    assert (named.state, named.releases, named.title) == (state, 8, "Port of Ister")
    assert named in got(sources.sources(db))


def test_a_source_that_was_only_imported_is_one_too(db: Database) -> None:
    move_to(db.connection, article_id("ferry"), "attic")
    attic = got(sources.source_named(db, "attic"))
    assert attic == sources.Health("attic", "attic", "", "imported", 1, "", "", "", 0)
    assert got(sources.source_named(db, "nobody")) is None
    counts = [source.releases for source in got(sources.sources(db))]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 18
    names = got(sources.source_names(db))
    assert ("attic", "attic") in names
    assert names == sorted(names, key=lambda name: name[1].casefold())


def test_a_source_that_is_only_imported_from_waits_for_no_crawl(db: Database) -> None:
    db.connection.execute("update sources set last_ok = null, last_crawl = null, failures = 0")
    named = got(sources.source_named(db, "port-of-ister"))
    assert named is not None
    assert named.state == "imported"
    db.connection.execute("insert into sources (name) values ('fresh')")
    states = {source.name: source.state for source in got(sources.sources(db))}
    assert (states["port-of-ister"], states["fresh"]) == ("imported", "waiting")


def test_what_was_never_crawled_and_has_nothing_is_no_import(db: Database) -> None:
    db.connection.execute("insert into sources (name, state) values ('fresh', 'unwatched')")
    named = got(sources.source_named(db, "fresh"))
    assert named is not None
    assert named.state == "unwatched"


@pytest.mark.parametrize(("state", "shown"), [("watched", "its feed is empty"), ("paused", ""), ("unwatched", "")])
def test_what_nobody_watches_has_no_troubles(db: Database, state: str, shown: str) -> None:
    db.connection.execute(
        "update sources set state = ?, health = 'its feed is empty', health_since = '2026-03-13'"
        " where name = 'port-of-ister'",
        [state],
    )
    db.connection.execute(
        "insert into health (source, kind, about, since, words, advice)"
        " values ('port-of-ister', 'empty', '', '2026-03-13', 'its feed is empty', '')"
    )
    named = got(sources.source_named(db, "port-of-ister"))
    assert named is not None
    assert (named.health, bool(named.health_since)) == (shown, bool(shown))
    assert [one["words"] for one in got(sources.troubles_of(db, "port-of-ister"))] == [shown] * bool(shown)


def test_passages_that_releases_lost_come_before_those_beside_them(db: Database) -> None:
    db.connection.executemany(
        "insert into boilerplate (id, source, fingerprint, text, documents, why, state) values (?, ?, ?, ?, ?, ?, ?)",
        [
            (1, "port-of-ister", 1, "Imprint", 40, "repeated", "active"),
            (2, "port-of-ister", 2, "The port in figures", 9, "repeated", "active"),
            (3, "port-of-ister", 3, "Where: pier 7", 3, "decided", "kept"),
            (4, "valdora-council", 4, "Follow us", 80, "cue", "active"),
        ],
    )
    db.connection.executemany(
        "insert into removed (article_id, position, text, why, boilerplate_id) values (?, ?, 'x', 'repeated', 2)",
        [(article_id("ferry"), 90), (article_id("ferry"), 91)],
    )
    found = [(one["id"], one["removed"], one["example"]) for one in got(sources.learned_of(db, "port-of-ister", 9))]
    assert found == [(3, 0, None), (2, 1, article_id("ferry")), (1, 0, None)]
