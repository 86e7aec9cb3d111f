"""A query through the store is one statement, and its rows have names; a transaction says what it waits for."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from archive.store.bulk import connection
from archive.store.bulk.connection import connect
from archive.store.database import Store


def test_a_query_is_one_statement_with_named_rows(tmp_path: Path) -> None:
    db = connect(tmp_path / "archive.db")
    ran: list[str] = []
    db.conn.set_trace_callback(ran.append)
    assert list(db.query("select 1 as one, ? as two", ["b"])) == [{"one": 1, "two": "b"}]
    assert list(db.query("select :name as name", {"name": "c"})) == [{"name": "c"}]
    assert list(db.query("select 1 as one where 0")) == []
    assert len(ran) == 3
    db.close()


class _Releasing(logging.Handler):
    """Another program that holds a database until somebody says in the log to wait for it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.told: list[str] = []
        self._other = sqlite3.connect(path)
        self._other.execute("begin immediate")

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())
        self._other.close()


def test_who_waits_for_another_program_says_so_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "QUIET", 0.02)
    path = tmp_path / "archive.db"
    with Store(path) as store:
        holder = _Releasing(path)
        connection.logger.addHandler(holder)
        try:
            with store.writing() as db:
                db.execute("insert into sources (name) values ('renn')")
        finally:
            connection.logger.removeHandler(holder)
        assert holder.told == [f"{path} is locked by another program: waiting for it, up to 30 seconds."]
        assert [row["name"] for row in store.db.query("select name from sources")] == ["renn"]
        assert store.db.execute("pragma busy_timeout").fetchone() == (30_000,)
