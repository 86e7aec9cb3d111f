"""The history of a source read from its tables, and what is stored of it: an archive for each thing that goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from archive.core.model import KnownDocument, Link
from archive.ingest.pipeline import Ingest
from archive.store import status
from archive.store.health.contracts import check_source, history_of, judgements
from archive.store.runs import RunResult, WatchedSource
from tests.support.archiving import DAY, HOST, Newsroom, ingesting, later, page, rows

FEED, LISTING = f"{HOST}/feed", f"{HOST}/news"


@pytest.fixture
def ingest(tmp_path: Path) -> Iterator[Ingest]:
    with ingesting(tmp_path) as opened:
        opened.store.watch([WatchedSource("valdora", "Valdora", f"{HOST}/")])
        yield opened


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def publish(ingest: Ingest, room: Newsroom, days: range, via: str = FEED) -> None:
    """A release a day, named by a way and read."""
    for n in days:
        link = Link(f"{HOST}/news/{n}", f"Pier {n} opens", later(days=n).date().isoformat(), via=via)
        ingest.store.fresh("valdora", [link], later(days=n))
        ingest.add([room.answer(f"/news/{n}", page(n), at=later(days=n), link=link)])
    ingest.flush()


def crawled(ingest: Ingest, at: datetime, *problems: str) -> dict[str, str]:
    """The kinds of findings of a crawl that ended then, with their moments."""
    run = ingest.store.begin_run("valdora", at)
    ingest.store.finish_run(run, at, RunResult(failed=bool(problems), problems=problems))
    judged = judgements(ingest.store.db.conn)["valdora"]
    return {finding.kind: finding.since for finding in judged.findings}


def way(ingest: Ingest, url: str, kind: str, problem: str = "", links: int = 10, root: bool = False) -> None:
    document = KnownDocument(url, kind, links=0 if problem else links, problem=problem, root=root)  # type: ignore[arg-type]
    ingest.store.note_document("valdora", document, DAY)


def test_what_a_source_does_is_in_the_table_and_nothing_is_wrong_with_it(ingest: Ingest, room: Newsroom) -> None:
    publish(ingest, room, range(12))
    assert crawled(ingest, later(days=12)) == {}
    expected = judgements(ingest.store.db.conn)["valdora"].contract
    assert (expected.releases, expected.articles, expected.titled, expected.dated) == (12, 1, 1, 1)
    assert (expected.usual_days, expected.longest_days, expected.silent_after) == (1, 1, 35)
    assert status.of_sources(ingest.store.db.conn)[0].health == ""


def test_the_history_has_days_pages_and_what_named_each_release(ingest: Ingest, room: Newsroom) -> None:
    publish(ingest, room, range(3))
    publish(ingest, room, range(3, 5), via=LISTING)
    ingest.add([room.answer("/news/9", "<h1>Not found</h1>", at=later(days=5), status=404)])
    ingest.add([room.answer("/news/10", "no", at=later(days=6), status=403)])
    ingest.flush()
    history = history_of(ingest.store.db, "valdora", later(days=7))
    assert [release.via for release in history.releases] == [FEED, FEED, FEED, LISTING, LISTING]
    assert [day.day for day in history.days] == [1, 2, 3, 4, 5]
    assert [(reading.is_article, reading.is_blocked) for reading in history.readings] == [(True, False)] * 5 + [
        (False, True)
    ]


def test_days_that_lie_ahead_do_not_count(ingest: Ingest, room: Newsroom) -> None:
    publish(ingest, room, range(8))
    assert len(history_of(ingest.store.db, "valdora", later(days=3)).days) == 5


def test_silence_and_its_end(ingest: Ingest, room: Newsroom) -> None:
    publish(ingest, room, range(12))
    way(ingest, FEED, "feed")
    crawled(ingest, later(days=12))
    assert crawled(ingest, later(days=40)) == {}
    assert crawled(ingest, later(days=50)) == {"silent": later(days=10).date().isoformat()}
    shown = status.of_sources(ingest.store.db.conn)[0]
    assert re.match("nothing new for 40 days, though the feed answers", shown.health)
    publish(ingest, room, range(50, 51))
    assert crawled(ingest, later(days=51)) == {}
    assert status.of_sources(ingest.store.db.conn)[0].health == ""


def test_what_stays_wrong_keeps_its_first_moment(ingest: Ingest) -> None:
    way(ingest, LISTING, "listing")
    way(ingest, FEED, "feed", "the server answered 404")
    first = crawled(ingest, later(days=1), f"feed {FEED}: the server answered 404")
    assert first == {"way dead": later(days=1).isoformat()}
    way(ingest, FEED, "feed", "an HTML page")
    assert crawled(ingest, later(days=2), f"feed {FEED}: an HTML page") == first
    way(ingest, FEED, "feed")
    assert crawled(ingest, later(days=3)) == {}
    way(ingest, FEED, "feed", "the server answered 404")
    assert crawled(ingest, later(days=4), f"feed {FEED}: x") == {"way dead": later(days=4).isoformat()}


def test_a_host_that_refuses_and_robots_that_changed(ingest: Ingest, room: Newsroom) -> None:
    publish(ingest, room, range(3))
    for day in (4, 5, 6):
        ingest.store.note_refusal("press.valdora.example", "it answered 429", later(days=day), None)
    assert crawled(ingest, later(days=6), "x") == {"blocked": later(days=6).isoformat()}
    ingest.store.note_answers(["press.valdora.example"], later(days=7))
    for day, body in ((0, "User-agent: *\nDisallow:"), (8, "User-agent: *\nDisallow: /")):
        ingest.add([room.answer("/robots.txt", body, at=later(days=day), kind="robots")])
    ingest.flush()
    assert crawled(ingest, later(days=8)) == {}
    ingest.store.drop("valdora", f"{HOST}/news/1", "robots.txt disallows it", later(days=9), retry=True)
    assert crawled(ingest, later(days=9)) == {"robots": later(days=8).isoformat()}


def test_a_listing_that_leads_to_another_site_since_a_day(ingest: Ingest, room: Newsroom) -> None:
    way(ingest, LISTING, "listing")
    for day, url in ((0, LISTING), (3, "https://osk.example/news"), (4, "https://osk.example/news")):
        ingest.add([room.answer(url, f"<p>{day}", at=later(days=day), kind="listing", asked=LISTING)])
        ingest.flush()
        found = crawled(ingest, later(days=day))
    assert found == {"moved": later(days=3).isoformat()}


def test_one_that_always_led_to_another_site_did_not_move(ingest: Ingest, room: Newsroom) -> None:
    way(ingest, FEED, "feed")
    for day in (0, 3):
        ingest.add([room.answer("https://feeds.example/v", f"{day}", at=later(days=day), kind="feed", asked=FEED)])
    ingest.flush()
    assert crawled(ingest, later(days=4)) == {}


def test_no_query_reads_a_whole_table(ingest: Ingest, room: Newsroom) -> None:
    publish(ingest, room, range(2))
    way(ingest, FEED, "feed")
    asked: list[str] = []
    connection = ingest.store.db.conn
    connection.set_trace_callback(asked.append)
    check_source(ingest.store.db, "valdora", later(days=3))
    connection.set_trace_callback(None)
    queries = [sql for sql in asked if re.match(r"\s*(with|select)", sql)]
    steps = [row[3] for sql in queries for row in connection.execute(f"explain query plan {sql}")]
    assert len(queries) >= 9
    assert [step for step in steps if re.match(r"SCAN (?!newest|\(subquery|CONSTANT)", step)] == []


def test_the_tables_are_there_for_anybody(ingest: Ingest, room: Newsroom, tmp_path: Path) -> None:
    publish(ingest, room, range(2))
    crawled(ingest, later(days=3))
    (row,) = rows(tmp_path / "archive.db", "select * from contracts")
    assert (row["source"], row["releases"], row["checked_at"]) == ("valdora", 2, later(days=3).isoformat())


def test_pages_of_a_list_that_were_read_long_ago_do_not_show_that_its_host_answers(ingest: Ingest) -> None:
    said = "the server answered 503"
    way(ingest, f"{FEED}?paged=2", "feed")
    way(ingest, FEED, "feed", said, root=True)
    way(ingest, LISTING, "listing", said, root=True)
    trouble = f"feed {FEED}: {said}; listing {LISTING}: {said}"
    assert crawled(ingest, later(days=1), trouble) == {"server": later(days=1).isoformat()}
    way(ingest, LISTING, "listing", root=True)
    assert crawled(ingest, later(days=2), f"feed {FEED}: {said}") == {"way dead": later(days=2).isoformat()}
    never = f"{FEED}-of-old"
    way(ingest, never, "feed", "the server answered 404")
    way(ingest, FEED, "feed", root=True)
    assert crawled(ingest, later(days=3), f"feed {never}: the server answered 404") == {
        "way dead": later(days=3).isoformat()
    }, "one that never answered was never begun with"


def test_what_an_index_of_sitemaps_leads_to_shows_that_it_answers(ingest: Ingest) -> None:
    said = "the server answered 503"
    way(ingest, FEED, "feed", said, root=True)
    way(ingest, f"{HOST}/sitemap.xml", "sitemap", links=0, root=True)
    assert crawled(ingest, later(days=1), f"feed {FEED}: {said}") == {"server": later(days=1).isoformat()}
    way(ingest, f"{HOST}/sitemap-2026.xml", "sitemap")
    assert crawled(ingest, later(days=2), f"feed {FEED}: {said}") == {"way dead": later(days=2).isoformat()}
