"""archive.db: one writer, clear refusals, addresses known and due, runs, and what the archive tells."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.core.files import writer_lock
from archive.core.model import CrawlCounts, KnownDocument, Link, Validators
from archive.core.urls import host
from archive.store import database, status
from archive.store.database import Store
from archive.store.runs import RunResult, WatchedSource
from archive.store.schema import Database
from tests.support.archiving import AT_ONCE, DAY, HOST, Newsroom, ingesting, later, page, rows, story


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive.db")


def _link(path: str, **hints: str) -> Link:
    return Link(f"{HOST}{path}", **hints)


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_a_database_that_was_moved_or_deleted_is_written_to_no_more(tmp_path: Path, how: str) -> None:
    path = tmp_path / "one" / "archive.db"
    path.parent.mkdir()
    with Store(path) as store:
        store.note_answers(["press.valdora.example"], DAY)
        if how == "deleted":
            path.unlink()
        else:
            path.parent.rename(tmp_path / "two")
        if how == "replaced":
            path.parent.mkdir()
            with Store(path) as other:
                other.note_answers(["osk.example"], DAY)
        with pytest.raises(ArchiveError, match="moved or deleted while it was in use"):
            store.note_answers(["osk.example"], DAY)


def test_the_tables_a_user_meets(store: Store) -> None:
    with store:
        names = {row[0] for row in store.db.execute("select name from sqlite_master where type = 'table'")}
    assert names >= {
        "articles",
        "revisions",
        "captures",
        "removed",
        "boilerplate",
        "events",
        "stories",
        "sources",
        "runs",
    }
    assert "articles_fts" in names


def _fail_after_inserting(db: Database, store: Store) -> None:
    db.execute("insert into sources (name) values ('b')")
    with store.writing() as inner:
        inner.execute("insert into sources (name) values ('c')")
    raise KeyError


def test_a_transaction_is_whole_or_nothing(store: Store) -> None:
    with store:
        with pytest.raises(KeyError), store.writing() as db:
            _fail_after_inserting(db, store)
        assert store.db.execute("select count(*) from sources").fetchone() == (0,)
        with store.writing() as db:
            db.execute("insert into sources (name) values ('a')")
            with pytest.raises(KeyError), store.writing() as inner:
                _fail_after_inserting(inner, store)
        assert store.db.execute("select name from sources").fetchall() == [("a",)]


def _hold(directory: Path, pipe: Connection) -> None:
    with writer_lock(directory, "dateline run", DAY):
        pipe.send("held")
        pipe.recv()


def test_one_writer_an_archive(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    other = context.Process(target=_hold, args=(tmp_path, theirs))
    other.start()
    assert ours.recv() == "held"
    with (
        pytest.raises(ArchiveError, match=rf"`dateline run` \(process {other.pid}, since 2026-03-02T09:00:00"),
        writer_lock(tmp_path, "dateline crawl", DAY),
    ):
        pass
    other.kill()
    other.join()
    with writer_lock(tmp_path, "dateline crawl", DAY):
        assert str(os.getpid()) in (tmp_path / ".lock").read_text()


def test_a_directory_that_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be locked"), writer_lock(tmp_path / "nowhere", "x", DAY):
        pass


def test_links_not_seen_before_are_pending(store: Store) -> None:
    with store:
        links = [_link("/a", title="A", published="2026-03-01"), _link("/b"), _link("/a?utm_source=feed")]
        assert store.fresh("valdora", links, DAY) == {link.url for link in links}
        assert [link.url for link in store.pending("valdora", DAY)] == [links[0].url, links[1].url]
        assert store.pending("valdora", DAY)[0] == links[0]
        assert store.pending("other", DAY) == ()
        assert store.pending("valdora", DAY, 1) == (links[0],)


def test_many_links_at_once(store: Store) -> None:
    with store:
        links = [_link(f"/{number}") for number in range(1500)]
        assert len(store.fresh("valdora", links, DAY)) == 1500
        assert len(store.pending("valdora", DAY)) == 1500


def test_known_articles_are_not_fetched_again_unless_modified(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", page(1)), room.answer("/void", "<html><body></body></html>")])
        ingest.flush()
        store = ingest.store
        known = [_link("/news/1-path"), _link("/void"), _link("/news/1-path", modified="2026-03-01")]
        assert store.fresh("valdora", known, later(days=1)) == frozenset()
        newer = _link("/news/1-path", modified="2026-03-02T12:00:00Z")
        assert store.fresh("valdora", [newer], later(days=1)) == {newer.url}
        assert store.fresh("valdora", [newer], later(days=1)) == frozenset()
        always = _link("/news/1-path", modified="2031-01-01")
        assert store.fresh("valdora", [always], later(days=1)) == frozenset()


def test_what_failed_waits_and_is_given_up_once_its_host_answers_others(store: Store) -> None:
    with store:
        (link,) = [_link("/a")]
        store.fresh("valdora", [link], DAY)
        store.drop("valdora", link.url, "timed out", DAY, retry=True)
        assert store.fresh("valdora", [link], DAY) == frozenset()
        assert store.pending("valdora", DAY) == ()
        assert store.pending("valdora", later(hours=1)) == (link,)
        assert store.fresh("valdora", [link], later(hours=1)) == {link.url}
        for day in range(1, 10):
            store.drop("valdora", link.url, "timed out", later(days=day), retry=True)
        assert store.pending("valdora", later(days=99)) == (link,)
        store.note_answers([host(link.url)], later(days=10))
        store.drop("valdora", link.url, "timed out", later(days=11), retry=True)
        assert store.pending("valdora", later(days=99)) == ()
        ((state, reason),) = store.db.execute("select state, reason from urls").fetchall()
        assert (state, reason) == ("dropped", "timed out")


@pytest.mark.parametrize("looks", [7, 8])
def test_an_address_is_given_up_at_its_eighth_failed_look(looks: int, store: Store) -> None:
    with store:
        for look in range(looks):
            store.note_answers([host(HOST)], later(days=look))
            store.drop("valdora", f"{HOST}/a", "timed out", later(days=look), retry=True)
            store.drop("valdora", f"{HOST}/a", "timed out", later(days=look, minutes=1), retry=True)
        assert bool(store.pending("valdora", later(days=99))) == (looks < 8)


def test_what_may_not_be_fetched_is_dropped_at_once_and_tried_again_when_it_is_named(store: Store) -> None:
    with store:
        store.drop("valdora", f"{HOST}/a", "robots.txt", DAY)
        assert store.fresh("valdora", [_link("/a")], later(minutes=5)) == frozenset()
        assert store.pending("valdora", later(days=9)) == ()
        assert store.fresh("valdora", [_link("/a")], later(days=9)) == {f"{HOST}/a"}


def test_an_article_is_never_given_up(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer("/news/1-path", page(1))])
        ingest.flush()
        for hour in range(12):
            ingest.store.drop("valdora", f"{HOST}/news/1-path", "no address", later(hours=hour), retry=hour % 2 == 0)
        assert ingest.store.due("valdora", later(days=1)) == ()
        (again,) = ingest.store.due("valdora", later(days=30))
        assert again.url == f"{HOST}/news/1-path"


def test_documents_keep_what_a_later_304_does_not_say(store: Store) -> None:
    with store:
        full = KnownDocument("https://x.example/feed", "feed", Validators('"1"', "", "sha1:A"), True, DAY, 20)
        store.note_document("valdora", full, DAY)
        store.note_document("valdora", KnownDocument(full.url, "feed", Validators('"1"', "", "sha1:A")), later(hours=1))
        (known,) = store.documents("valdora")
        assert (known.complete, known.full_at, known.links) == (True, DAY, 20)
        assert known.validators == Validators('"1"', "", "sha1:A", later(hours=1), full.url)
        assert store.documents("other") == ()


def test_a_run_tells_what_it_brought(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path, policies=AT_ONCE) as ingest:
        store = ingest.store
        store.watch(
            [
                WatchedSource("valdora", "Valdora Harbour", HOST),
                WatchedSource("other", "Other", "https://other.example"),
            ]
        )
        ingest.add([room.answer(f"/news/{number}-path", page(number)) for number in range(3)])
        ingest.flush()
        run = store.begin_run("valdora", later(hours=1))
        ingest.add(
            [
                room.answer("/news/0-path", page(0, story(0, " More.")), at=later(hours=1, minutes=1)),
                room.answer("/news/1-path", status=404, at=later(hours=1, minutes=2)),
                room.answer("/news/2-path", status=304, at=later(hours=1, minutes=3)),
                room.answer("/news/9-path", page(9), at=later(hours=1, minutes=4)),
            ]
        )
        ingest.flush()
        store.drop("valdora", f"{HOST}/slow", "timed out", later(hours=1, minutes=5), retry=True)
        brought = store.finish_run(run, later(hours=2), RunResult(requests=9, captures=4, message="fine"))
        assert brought == CrawlCounts(new=1, edited=1, gone=1, unchanged=1, dropped=1)
        assert store.last_crawls() == {"valdora": later(hours=1)}
        store.finish_run(store.begin_run("other", later()), later(), RunResult(message="no answer", failed=True))
        store.watch([WatchedSource("valdora", "Valdora Harbour", HOST)])
        other, valdora = status.of_sources(store.db.conn)
    assert (other.state, other.last_error, other.failures, other.articles) == ("unwatched", "no answer", 1, 0)
    assert (valdora.state, valdora.title, valdora.articles, valdora.captures, valdora.pending) == (
        "watched",
        "Valdora Harbour",
        4,
        7,
        1,
    )
    assert (valdora.last_ok, valdora.last_crawl) == (later(hours=2).isoformat(), later(hours=1).isoformat())
    (run_row,) = rows(tmp_path / "archive.db", "select * from runs where source = 'valdora'")
    assert (run_row["articles"], run_row["edited"], run_row["gone"], run_row["outcome"]) == (1, 1, 1, "ok")


def test_the_log_begins_anew_when_it_has_grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOG_LIMIT", 100_000)
    path, log = tmp_path / "archive.db", tmp_path / "archive.db-wal"
    with Store(path) as store, closing(sqlite3.connect(path)) as reader:
        store.db.execute("pragma wal_autocheckpoint = 0")
        reader.execute("begin")
        reader.execute("select count(*) from sources").fetchone()
        monkeypatch.setattr(database, "_LOG_WAIT", 10)
        for number in range(40):
            with store.writing() as db:
                db.execute("insert into sources (name, title) values (?, ?)", [f"s{number}", "x" * 9000])
        grown = log.stat().st_size
        assert grown > 100_000  # a reader that stays is not waited for without end
        reader.rollback()
        with store.writing() as db:
            db.execute("insert into sources (name) values ('last')")
        assert log.stat().st_size < 100_000 < grown
        assert store.db.execute("pragma busy_timeout").fetchone() == (30_000,)
