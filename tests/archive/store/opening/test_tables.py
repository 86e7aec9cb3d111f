"""The tables of a new archive are made by their statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from archive.store.opening.tables import MEMORY, RECORD


def _tables(*statements: str) -> set[str]:
    with closing(sqlite3.connect(":memory:")) as db:
        for one in statements:
            db.executescript(one)
        return {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}


def test_the_record_and_the_memory_stand_in_tables_of_their_own() -> None:
    record, memory = _tables(RECORD), _tables(MEMORY)
    assert {"articles", "revisions", "captures", "removed", "events"} <= record
    assert record.isdisjoint(memory)
    assert _tables(RECORD, MEMORY) == record | memory
