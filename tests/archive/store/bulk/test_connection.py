"""A query through the store is one statement, and its rows have names."""

from __future__ import annotations

from pathlib import Path

from archive.store.bulk.connection import connect


def test_a_query_is_one_statement_with_named_rows(tmp_path: Path) -> None:
    db = connect(tmp_path / "archive.db")
    ran: list[str] = []
    db.conn.set_trace_callback(ran.append)
    assert list(db.query("select 1 as one, ? as two", ["b"])) == [{"one": 1, "two": "b"}]
    assert list(db.query("select :name as name", {"name": "c"})) == [{"name": "c"}]
    assert list(db.query("select 1 as one where 0")) == []
    assert len(ran) == 3
    db.close()
