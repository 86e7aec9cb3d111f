"""Which answers hold a page."""

from __future__ import annotations

import sqlite3

from archive.core.http_status import IS_PAGE, PAGE


def test_sql_tests_the_same_statuses() -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("create table captures (status integer)")
        db.executemany("insert into captures values (?)", [(status,) for status in range(100, 600)])
        assert {status for (status,) in db.execute(f"select status from captures where {IS_PAGE}")} == PAGE
