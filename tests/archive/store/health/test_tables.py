"""The tables of health are made by their statements, once."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from archive.store.health.tables import HEALTH


def test_both_tables_are_made_beside_that_of_captures_and_stay() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table captures (source text, fetched_at text, kind text, revisit integer)")
        for _ in range(2):
            db.executescript(HEALTH)
        names = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    assert names == {"captures", "contracts", "health"}
