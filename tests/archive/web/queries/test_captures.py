"""Captures: the body of a revisit, neighbours in time, and where a link of an old page leads."""

from __future__ import annotations

from typing import Any

from archive.web.queries import captures
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
