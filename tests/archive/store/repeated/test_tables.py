"""The tables of mass changes are made by their statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from archive.store.repeated.tables import MASS_CHANGES


def test_both_tables_are_made() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(MASS_CHANGES)
        names = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    assert names == {"seen_changes", "mass_changes"}
