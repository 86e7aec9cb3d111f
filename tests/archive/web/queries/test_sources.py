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
