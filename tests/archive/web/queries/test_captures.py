"""Captures: the body of a revisit, neighbours in time, and where a link of an old page leads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from archive.web.queries import captures
from tests.archive.web.queries.extreme import CAPTURES, REVISIONS, build_extreme
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id


def test_a_revisit_leads_to_the_newest_full_capture_before_it_with_the_same_payload(db: Database) -> None:
    newest: Any = got(captures.captures(db, article_id("budget")))[0]
    assert got(captures.full_capture(db, newest)) == newest
    revisit = dict(newest) | {"id": -1, "revisit": 1}
    full: Any = got(captures.full_capture(db, revisit))
    assert full["id"] == newest["id"]
    assert got(captures.full_capture(db, revisit | {"digest": "sha1:none"})) is None
    assert got(captures.full_capture(db, revisit | {"fetched_at": "2026-01-01T00:00:00+00:00"})) is None


def test_captures_know_those_before_and_after_them(db: Database) -> None:
    newest, middle, oldest = got(captures.captures(db, article_id("budget")))
    between = got(captures.neighbours(db, middle))
    assert between == captures.Neighbours((oldest["id"], oldest["fetched_at"]), (newest["id"], newest["fetched_at"]))
    assert got(captures.neighbours(db, newest)).after is None
    assert got(captures.neighbours(db, oldest)).before is None


def test_a_link_leads_to_the_last_capture_before_else_to_the_first_after(db: Database) -> None:
    newest, middle, oldest = got(captures.captures(db, article_id("budget")))
    url = middle["final_url"]
    assert got(captures.nearest(db, url, middle["fetched_at"])) == middle["id"]
    assert got(captures.nearest(db, url, "2030-01-01")) == newest["id"]
    assert got(captures.nearest(db, url, "2020-01-01")) == oldest["id"]
    assert got(captures.nearest(db, "https://nowhere.example/", "2030-01-01")) is None
    gone = got(captures.captures(db, article_id("ferry")))[0]
    found = got(captures.nearest(db, gone["final_url"], "2030-01-01"))
    assert (gone["status"], found == gone["id"]) == (404, False)
    assert found is not None


def test_a_stretch_is_followed_to_its_beginning_and_older_captures_are_counted(tmp_path: Path) -> None:
    archive = build_extreme(tmp_path / "archive")
    with closing(sqlite3.connect(archive / "archive.db")) as connection:
        connection.row_factory = sqlite3.Row
        db = Database(connection)
        found = got(captures.stretches_of(db, article_id("often"), 100))
        assert [one.times for one in found.shown] == [CAPTURES + 1]
        assert found.older == REVISIONS - 1
        (first,) = found.shown
        assert first.oldest["fetched_at"] < first.newest["fetched_at"]
        few = got(captures.stretches_of(db, article_id("budget"), 2))
        assert ([one.times for one in few.shown], few.older) == ([1, 1], 1)
        assert got(captures.stretches_of(db, article_id("budget"), 100)).older == 0
        connection.execute("update captures set status = 404 where fetched_at > ?", [first.newest["fetched_at"][:8]])
        refused = got(captures.stretches_of(db, article_id("often"), 100)).shown
        assert refused[0].newest["status"] == 404
