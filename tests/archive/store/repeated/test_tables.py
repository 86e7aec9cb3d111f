"""The tables of mass changes and mass absences are made by their statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from archive.store.repeated.tables import MASS_ABSENCES, MASS_CHANGES


def test_the_tables_are_made_and_who_was_missing_is_queued() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(
            "create table articles (id, missing_since); create table events (kind, article_id);"
            "create table reextract_queue (id integer primary key, stamp);"
            "insert into articles values (1, null), (2, '2026-03-02'), (3, null);"
            "insert into events values ('new', 1), ('returned', 3), ('returned', 3), ('missing', null);"
        )
        db.executescript(MASS_CHANGES + MASS_ABSENCES)
        names = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
        assert [row[0] for row in db.execute("select id from reextract_queue order by id")] == [2, 3]
    assert names > {"seen_changes", "mass_changes", "mass_absences"}
