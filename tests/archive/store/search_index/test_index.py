"""The index of searches follows the articles: written, edited, taken down, rebuilt, forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.ingest.rebuild import rebuild
from archive.store.search import search
from archive.store.search_index import index
from tests.support.archiving import AtOnce
from tests.support.record import EDITED, build, reading
from tests.support.sample import article_id, build_sample


def whole(connection: sqlite3.Connection) -> None:
    """The index holds each article once, as it is, and each earlier text once."""
    wanted = connection.execute("select id, listed_day, status from articles order by id").fetchall()
    held = connection.execute(
        "select article_id, date('1900-01-01', (place >> 46) || ' days'), standing from search_places order by 1"
    ).fetchall()
    assert [(one, day) for one, day, _ in held] == [(one, day) for one, day, _ in wanted]
    assert all(standing in (status, "missing") for (*_, standing), (*_, status) in zip(held, wanted, strict=True))
    count = "select count(*) from search_fts_docsize"
    assert connection.execute(count).fetchone() == (len(wanted),)
    earlier = connection.execute("select coalesce(sum(revisions - 1), 0) from articles").fetchone()
    assert connection.execute("select count(*) from earlier_fts_docsize").fetchone() == earlier
    counted = dict(connection.execute("select source, sum(articles) from article_counts group by 1"))
    assert counted == dict(connection.execute("select source, count(*) from articles group by 1"))
    by_status = "select status, sum(articles) from article_counts group by 1 having sum(articles)"
    assert dict(connection.execute(by_status)) == dict(
        connection.execute("select status, count(*) from articles group by 1")
    )


def test_an_archive_with_a_history_is_indexed_as_it_is(tmp_path: Path) -> None:
    build(tmp_path)
    with reading(tmp_path) as connection:
        whole(connection)
        assert connection.execute("select count(*) from search_places where standing = 'gone'").fetchone() == (1,)
        (edited,) = connection.execute("select id from articles where url = ?", [EDITED]).fetchone()
        assert [hit.id for hit in search(connection, "rain expected").hits] == [edited]
        assert connection.execute("select article_id, n from earlier_places").fetchall() == [(edited, 1)]


def test_what_is_changed_moves_and_what_is_forgotten_goes(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    with closing(sqlite3.connect(archive / "archive.db")) as connection:
        whole(connection)
        ferry = article_id("ferry")
        before = index.read(connection, ferry)
        connection.execute(
            "update articles set published_day = '2020-01-01', status = 'live', text = 'An owl.' where id = ?", [ferry]
        )
        index.update(connection, before, index.read(connection, ferry))
        whole(connection)
        assert [hit.id for hit in search(connection, "owl", order="oldest").hits] == [ferry]
        assert search(connection, "engine room").total == 0
        budget = article_id("budget")
        index.update(connection, index.read(connection, budget), None)
        index.remove_earlier(connection, budget)
        connection.execute("delete from articles where id = ?", [budget])
        whole(connection)
        assert search(connection, "record", ever=True).total == 0


def test_two_articles_of_one_moment_get_neighbouring_places(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    with closing(sqlite3.connect(archive / "archive.db")) as connection:
        ferry = dict(index.read(connection, article_id("ferry")) or {})
        for twin in (ferry["id"] + 2**14, ferry["id"] + 2**15):
            index.update(connection, None, ferry | {"id": twin})
        held = connection.execute("select place from search_places where article_id >= ? order by 1", [ferry["id"]])
        assert len(set(held.fetchall())) >= 3


def test_a_rebuilt_archive_has_the_same_index(tmp_path: Path) -> None:
    build(tmp_path)
    rows = "select article_id, place >> 46, marks from search_places order by article_id"
    with reading(tmp_path) as connection:
        before = connection.execute(rows).fetchall()
    (tmp_path / "archive.db").unlink()
    rebuild(tmp_path, AtOnce())
    with reading(tmp_path) as connection:
        whole(connection)
        assert connection.execute(rows).fetchall() == before
