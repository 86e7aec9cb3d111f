"""Crawls of sources in the tables: failures in a row, health in words, and what a crawl brought."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import status
from archive.store.database import Store
from archive.store.runs import WatchedSource
from archive.store.status import SourceStatus
from tests.support.archiving import DAY, Newsroom, ingesting, later, page


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        opened.watch([WatchedSource("valdora", "Valdora", "https://press.valdora.example/")])
        yield opened


def crawl(store: Store, day: int, *problems: str, message: str = "", failed: bool = False) -> SourceStatus:
    run = store.begin_run("valdora", later(days=day))
    at = later(days=day, minutes=1)
    store.finish_run(run, at, message=message, failed=failed or bool(problems), problems=problems)
    return status.of_sources(store.db.conn)[0]


def test_failures_in_a_row_are_counted_and_end_with_a_success(store: Store) -> None:
    assert crawl(store, 0, failed=True, message="no answer").failures == 1
    assert crawl(store, 1, failed=True, message="no answer").failures == 2
    healed = crawl(store, 2)
    assert (healed.failures, healed.last_error, healed.health, healed.health_since) == (0, "", "", "")
    assert crawl(store, 3, failed=True, message="no answer").failures == 1


def test_what_is_wrong_with_a_source_is_in_words_with_since_when(store: Store) -> None:
    first = crawl(store, 0, "feed https://press.valdora.example/feed: the server answered 404")
    assert first.health == "feed https://press.valdora.example/feed: the server answered 404"
    worse = crawl(store, 1, "feed https://press.valdora.example/feed: an HTML page", "listing x: no link")
    assert worse.health == "feed https://press.valdora.example/feed: an HTML page; listing x: no link"
    assert worse.health_since == first.health_since == later(minutes=1).isoformat()
    assert crawl(store, 2, failed=True, message="no answer").health == "no answer"
    assert crawl(store, 3).health == ""
    assert crawl(store, 4, "again").health_since == later(days=4, minutes=1).isoformat()


def test_a_crawl_counts_what_the_tables_hold_now(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        run = ingest.store.begin_run("valdora", DAY)
        ingest.add([room.answer(f"/{n}", page(n), at=later(minutes=n)) for n in range(3)])
        ingest.flush()
        assert ingest.store.finish_run(run, later(minutes=9)).new == 3
        ingest.store.db.execute("delete from articles where id = (select min(id) from articles)")
        assert ingest.store.count_run(run, later(days=9)).new == 2
        assert ingest.store.db.execute("select articles from runs").fetchone()[0] == 2
