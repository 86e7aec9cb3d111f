"""Articles that are indexed together are one segment, however many statements with triggers run between them."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import pytest

from archive.store.search_index.full_text import FullText

TABLES = """
create table note (id integer primary key, said text not null);
create trigger noted after insert on note begin insert into note select new.id + 1000, 'x' where new.id < 1000; end;
create virtual table search_fts using fts5(title, text, marks, content='');
"""


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(TABLES)
    return made


def written(connection: sqlite3.Connection, *, together: bool) -> int:
    """How often the index stored what it had so far, for twenty rows with other statements between them."""
    texts = FullText(connection)

    def enter() -> None:
        for number in range(20):
            texts.add("search_fts", (number * 7) % 20, f"Pier {number}", "opened", "")
            connection.execute("insert or replace into note values (?, 'said')", (number,))

    connection.execute("begin")
    if together:
        with texts.together():
            enter()
    else:
        enter()
    connection.execute("commit")
    return int(connection.execute("select max(id >> 37) from search_fts_data").fetchone()[0])


def test_rows_that_are_written_together_are_stored_once(connection: sqlite3.Connection) -> None:
    assert written(connection, together=True) == 1
    assert connection.execute("select rowid from search_fts where search_fts match 'opened'").fetchall() == [
        (number,) for number in range(20)
    ]


def test_rows_that_are_written_at_once_are_stored_one_by_one(connection: sqlite3.Connection) -> None:
    assert written(connection, together=False) > 1


def test_what_is_removed_and_added_again_is_there_as_it_was_written_last(connection: sqlite3.Connection) -> None:
    texts = FullText(connection)
    texts.add("search_fts", 5, "Old", "pier", "")
    with texts.together(), texts.together():
        texts.remove("search_fts", 5, "Old", "pier", "")
        texts.add("search_fts", 5, "New", "quay", "")
        texts.add("search_fts", 4, "Other", "quay", "")
        assert connection.execute("select rowid from search_fts where search_fts match 'pier'").fetchall() == [(5,)]
    assert connection.execute("select rowid from search_fts where search_fts match 'pier'").fetchall() == []
    assert connection.execute("select rowid from search_fts where search_fts match 'quay'").fetchall() == [(4,), (5,)]
    connection.execute("insert into search_fts (search_fts) values ('integrity-check')")


def test_a_block_that_fails_writes_nothing(connection: sqlite3.Connection) -> None:
    texts = FullText(connection)
    with suppress(KeyError), texts.together():
        texts.add("search_fts", 1, "Pier", "opened", "")
        raise KeyError
    with texts.together():
        texts.add("search_fts", 2, "Quay", "opened", "")
    assert connection.execute("select rowid from search_fts where search_fts match 'opened'").fetchall() == [(2,)]
