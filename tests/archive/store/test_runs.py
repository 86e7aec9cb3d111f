"""Crawls of sources in the tables: failures in a row, health in words, and what a crawl brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from archive.core.backfill import WalkPage
from archive.core.model import KnownDocument, Link
from archive.core.urls import key
from archive.store import status
from archive.store.database import Store
from archive.store.runs import RunResult, WatchedSource
from archive.store.status import SourceStatus
from tests.support.archiving import DAY, HOST, Newsroom, ingesting, later, page


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        opened.watch([WatchedSource("valdora", "Valdora", "https://press.valdora.example/")])
        yield opened


def crawl(store: Store, day: int, *problems: str, message: str = "", failed: bool = False) -> SourceStatus:
    run = store.begin_run("valdora", later(days=day))
    at = later(days=day, minutes=1)
    store.finish_run(run, at, RunResult(message=message, failed=failed or bool(problems), problems=problems))
    return status.of_sources(store.db.conn)[0]


def test_failures_in_a_row_are_counted_and_end_with_a_success(store: Store) -> None:
    assert crawl(store, 0, failed=True, message="no answer").failures == 1
    assert crawl(store, 1, failed=True, message="no answer").failures == 2
    healed = crawl(store, 2)
    assert (healed.failures, healed.last_error, healed.health, healed.health_since) == (0, "", "", "")
    assert crawl(store, 3, failed=True, message="no answer").failures == 1


def test_what_is_wrong_with_a_source_is_in_words_with_since_when(store: Store) -> None:
    first = crawl(store, 0, "feed https://press.valdora.example/feed: the server answered 404")
    assert first.health == "https://press.valdora.example/feed is not there (the server answered 404)"
    worse = crawl(store, 1, "feed https://press.valdora.example/feed: an HTML page", "listing x: no link")
    assert worse.health == "feed https://press.valdora.example/feed: an HTML page; listing x: no link"
    assert worse.health_since == first.health_since == later(minutes=1).isoformat()
    assert crawl(store, 2, failed=True, message="no answer").health == "no answer"
    assert crawl(store, 3).health == ""
    assert crawl(store, 4, "again").health_since == later(days=4, minutes=1).isoformat()


def test_a_crawl_without_a_network_says_nothing_of_its_source(store: Store) -> None:
    before = crawl(store, 0, "feed https://press.valdora.example/feed: the server answered 404")
    run = store.begin_run("valdora", later(days=1))
    store.finish_run(run, later(days=1, minutes=1), RunResult(message="not reached", offline=True))
    after = status.of_sources(store.db.conn)[0]
    assert replace(after, last_crawl=before.last_crawl) == before
    assert list(store.db.execute("select outcome, message from runs where id = ?", (run,))) == [
        ("failed", "not reached")
    ]


def test_a_crawl_counts_what_the_tables_hold_now(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        run = ingest.store.begin_run("valdora", DAY)
        ingest.add([room.answer(f"/{n}", page(n), at=later(minutes=n)) for n in range(3)])
        ingest.flush()
        assert ingest.store.finish_run(run, later(minutes=9), RunResult()).new == 3
        ingest.store.db.execute("delete from articles where id = (select min(id) from articles)")
        assert ingest.store.count_run(run, later(days=9)).new == 2
        assert ingest.store.db.execute("select articles from runs").fetchone()[0] == 2


# How far a source was walked back: kept page by page, gone when the walk is over.

PAGE = WalkPage(f"{HOST}/news?page=2", "listing", "", "pager x")


def test_a_walk_is_kept_page_by_page_and_what_it_found_with_it(store: Store) -> None:
    assert store.backfill("valdora") is None
    store.fresh("valdora", [Link(f"{HOST}/before")], later(days=-9))
    store.begin_run("valdora", DAY)
    store.fresh("valdora", [Link(f"{HOST}/news/a", published="2026-03-01", via=PAGE.url)], later(seconds=1))
    store.fresh("valdora", [Link(f"{HOST}/news/b", published="2026-03-02", via=f"{HOST}/feed")], later(seconds=1))
    store.note_document("valdora", KnownDocument(PAGE.url, "listing"), later(seconds=1))
    store.note_backfill_pages("valdora", [PAGE, replace(PAGE, url=f"{HOST}/news?page=3")], later(seconds=2))
    store.note_backfill_pages(
        "valdora", [replace(PAGE, state="read"), WalkPage("", "listing", "year", "year y", "closed")], later(seconds=3)
    )
    store.note_backfill_progress("valdora", 12, 40, "2025-02-03", '{"paged": true}')
    walk = store.backfill("valdora")
    assert walk is not None
    assert (walk.began_at, walk.finished_at, walk.found, walk.expected, walk.reached) == (
        DAY,
        None,
        12,
        40,
        "2025-02-03",
    )
    assert [(page.url.rpartition("=")[2], page.state) for page in walk.pages] == [
        ("2", "read"),
        ("3", "todo"),
        ("", "closed"),
    ]
    assert walk.seen == {key(f"{HOST}/news/a"), key(f"{HOST}/news/b")}
    assert (walk.listed, walk.coverage) == ({key(f"{HOST}/news/a"): "2026-03-01"}, '{"paged": true}')
    assert store.backfill("other") is None


def test_when_it_is_over_its_pages_go_and_another_may_begin(store: Store) -> None:
    store.note_backfill_pages("valdora", [PAGE], DAY)
    store.finish_backfill("valdora", later(hours=1))
    walk = store.backfill("valdora")
    assert walk is not None
    assert (walk.finished_at, walk.pages, walk.seen) == (later(hours=1), (), frozenset())
    store.note_backfill_pages("valdora", [PAGE], later(days=1))
    again = store.backfill("valdora")
    assert again is not None
    assert (again.began_at, again.finished_at, again.pages) == (later(days=1), None, (PAGE,))


def test_a_root_is_complete_only_while_it_is_said_to_be(store: Store) -> None:
    whole = KnownDocument(f"{HOST}/news", "listing", complete=True, root=True, watched=False)
    store.note_document("valdora", whole, DAY, settles=True)
    store.note_document("valdora", KnownDocument(whole.url, "listing", note="the server answered 503"), later(hours=1))
    (known,) = store.documents("valdora")
    assert (known.complete, known.root, known.watched) == (True, True, False)
    store.note_document("valdora", replace(whole, complete=False, watched=True), later(hours=2), settles=True)
    (known,) = store.documents("valdora")
    assert (known.complete, known.root, known.watched) == (False, True, True)


def test_an_archive_from_before_knows_which_sources_need_no_walk(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        store.begin_run("valdora", DAY)
        run = store.begin_run("valdora", DAY)
        store.finish_run(run, later(hours=1), RunResult(requests=1))
        for url, kind in ((f"{HOST}/feed", "feed"), (f"{HOST}/news", "listing")):
            store.note_document("valdora", KnownDocument(url, kind), DAY)  # type: ignore[arg-type]
        with store.writing() as db:
            db.execute("alter table documents drop column root")
            db.execute("alter table documents drop column watched")
            db.execute("drop table walk_pages")
            db.execute("drop table backfills")
            db.execute("delete from _sqlite_migrations where name = '0006_backfill'")
    with Store(tmp_path / "archive.db") as store:
        assert {known.kind: known.complete for known in store.documents("valdora")} == {"feed": True, "listing": False}
        assert store.backfill("valdora") is None
        store.note_backfill_pages("valdora", [PAGE], DAY)


def test_the_newest_are_addresses_of_articles(store: Store) -> None:
    assert store.newest("valdora") == ()


def published(store: Store, name: str, stated: str, day: str, seen: datetime) -> None:
    store.db.execute(
        "insert into articles (source, url, title, text, published_at, published_day, word_count, first_seen,"
        " last_seen, last_checked, changed_at, capture_id) values ('valdora', ?, '', '', ?, ?, 9, ?, '', '', '', 1)",
        (name, stated, day, seen.isoformat()),
    )


def test_the_newest_have_what_lists_say_of_them(store: Store) -> None:
    published(store, "https://valdora.example.org/a", "2026-03-01", "2026-03-01", DAY)
    number = store.db.execute("select id from articles").fetchone()[0]
    via = "https://valdora.example.org/news?page=7"
    named = Link("https://valdora.example.org/a", "Ferry fares stay as they are", "2026-03-01", via=via)
    store.fresh("valdora", [named], DAY)
    assert store.newest("valdora") == (Link("https://valdora.example.org/a"),)
    store.db.execute("update urls set state = 'article', article_id = ?", (number,))
    assert store.newest("valdora") == (named,)


def test_of_the_newest_of_one_day_those_of_a_first_page_come_first(store: Store) -> None:
    news = "https://valdora.example.org/news"
    store.note_document("valdora", KnownDocument(news, "listing", root=True), DAY)
    days = {
        "old": "2026-02-27",
        "first": "2026-03-01",
        "second": "2026-03-01",
        "third": "2026-03-01",
        "new": "2026-03-02",
    }
    for minute, (name, day) in enumerate(days.items()):
        published(store, f"{news}/{name}", day, day, later(minutes=minute))
        via = news if name in ("old", "first") else f"{news}?page=2"
        store.fresh("valdora", [Link(f"{news}/{name}", via=via)], DAY)
    store.db.execute(
        "update urls set state = 'article', article_id = (select id from articles where articles.url = urls.url)"
    )
    found = [one.url.rpartition("/")[2] for one in store.newest("valdora")]
    assert found == ["new", "first", "third", "second", "old"]


def test_what_is_gone_or_has_another_address_is_none_of_the_newest(store: Store) -> None:
    for name in ("live", "blocked", "gone", "moved"):
        published(store, f"{HOST}/{name}", "2026-03-01", "2026-03-01", DAY)
        store.db.execute("update articles set status = ? where url = ?", (name, f"{HOST}/{name}"))
    assert {one.url for one in store.newest("valdora")} == {f"{HOST}/live", f"{HOST}/blocked"}


def test_when_a_source_published_as_stated_else_as_first_seen_if_that_was_soon(store: Store) -> None:
    published(store, "a", "2026-03-01T10:20:30+02:00", "2026-03-01", later(days=30))
    published(store, "b", "2026-03-02", "2026-03-02", later(hours=3))
    published(store, "c", "2026-02-01", "2026-02-01", later(hours=3))
    published(store, "d", "2026-03-02T00:00:00+00:00", "2026-03-02", later(hours=4))
    published(store, "e", "2026-03-09T10:00:00", "2026-03-09", later(days=7))
    published(store, "f", "2036-03-09T10:00:00+00:00", "2036-03-09", later(days=8))
    moments, paces = store.publications("valdora", later(days=40))
    stated = datetime.fromisoformat("2026-03-01T10:20:30+02:00")
    assert (moments, paces) == ((stated, later(hours=3), later(hours=4), later(days=7)), ())


def test_a_time_that_nearly_all_state_was_filled_up_by_a_program(store: Store) -> None:
    for n in range(8):
        day = later(days=n).date().isoformat()
        published(store, str(n), f"{day}T12:00:00+00:00", day, later(days=n, minutes=7))
    assert store.publications("valdora", later(days=9))[0] == tuple(later(days=n, minutes=7) for n in range(8))


def test_what_feeds_ask_for_stays_until_they_ask_for_something_else(store: Store) -> None:
    run, feed = store.begin_run("valdora", later()), "https://press.valdora.example/feed"
    store.note_document("valdora", KnownDocument(feed, "feed"), later())
    store.note_paces(run, [(feed, "seconds=600")])
    store.note_document("valdora", KnownDocument(feed, "feed"), later(days=1))
    assert store.publications("valdora", later())[1] == ("seconds=600",)
    store.note_paces(run, [(feed, "")])
    assert store.publications("valdora", later())[1] == ()


def test_the_link_through_a_consent_wall_is_kept_with_its_document(store: Store) -> None:
    run, page = store.begin_run("valdora", later()), "https://press.valdora.example/news"
    store.note_document("valdora", KnownDocument(page, "listing"), later())
    store.note_passages(run, [(page, f"{page}?cookies=yes")])
    store.note_document("valdora", KnownDocument(page, "listing"), later(days=1))
    assert [known.through for known in store.documents("valdora")] == [f"{page}?cookies=yes"]
    store.note_passages(run, [(page, "")])
    assert [known.through for known in store.documents("valdora")] == [""]


def test_the_tables_say_what_sources_toml_says_of_states_and_tags(store: Store) -> None:
    store.watch(
        [
            WatchedSource("valdora", "Valdora", "https://press.valdora.example/", "paused", ("ports", "energy")),
            WatchedSource("osk", "Osk", "https://osk.example/", tags=("ports",)),
        ]
    )
    tags = "select tag, source from source_tags order by tag, source"
    assert store.db.execute(tags).fetchall() == [("energy", "valdora"), ("ports", "osk"), ("ports", "valdora")]
    store.begin_run("valdora", later())
    left = WatchedSource("osk", "Osk", "https://osk.example/", tags=("trains",))
    assert store.watch([left]) == ("valdora",)  # which was crawled, and is no longer stated
    assert store.watch([left]) == ()
    assert store.db.execute(tags).fetchall() == [("trains", "osk")]
    assert [(one.name, one.state) for one in status.of_sources(store.db.conn)] == [
        ("osk", "watched"),
        ("valdora", "unwatched"),
    ]


def test_a_source_that_was_never_crawled_goes_with_its_entry(store: Store) -> None:
    mistaken = WatchedSource("127-0-0-1", "Valdora", "https://press.valdora.example/")
    left = WatchedSource("osk", "Osk", "https://osk.example/", "unwatched")
    store.watch([mistaken, left])
    store.watch([replace(mistaken, name="valdora"), left])
    assert [(one.name, one.state) for one in status.of_sources(store.db.conn)] == [
        ("osk", "unwatched"),
        ("valdora", "watched"),
    ]
