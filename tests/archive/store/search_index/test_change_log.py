"""The newest changes: what is entered, and what is too old or not meant."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from archive.store.search_index.change_log import SCHEMA

TABLES = """
create table events (at text, source text, article_id integer, kind text, capture_id integer);
create table sources (name text, health text, state text, health_since text);
"""


def test_new_events_and_sources_that_stay_unwell_are_entered_in_their_order() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES + SCHEMA)
    now, old = datetime.now(UTC).isoformat(), (datetime.now(UTC) - timedelta(days=40)).isoformat()
    add = "insert into events values (?, 'osk', ?, ?, 1)"
    for event in ((now, 7, "edited"), (old, 8, "new"), (now, None, "gone"), (now, 9, "moved"), (now, 5, "new")):
        db.execute(add, event)
    db.execute("insert into sources values ('osk', '', 'watched', ?), ('renn', 'ill', 'paused', ?)", (now, now))
    for health in ("its feed is empty", "its feed is empty", "its feed is empty"):
        db.execute("update sources set health = ?", (health,))
    logged = db.execute("select kind, article_id from change_log where n > 0 order by n").fetchall()
    assert logged[:2] == [("edited", 7), ("new", 5)]
    assert set(logged[2:]) == {("unwell", None)}
    assert len(logged) == 4, "not at the first sign, and not of a source that is paused"
    assert len(db.execute("select source from change_log where n = 0").fetchone()[0]) == 16
