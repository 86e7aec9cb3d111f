"""Which pages hold which blocks: noted for a bounded number of pages, found for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store.database import Store
from archive.store.repeated.block_index import NOTED, BlockIndex


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Captures 1 to 99 of tamsk, of which 1 and 2 are of article 500; and capture 1000 of osk."""
    with Store(tmp_path / "archive.db") as store:
        sql = (
            "insert into captures (id, article_id, source, url, final_url, key, kind, fetched_at, status, digest,"
            " warc_file, warc_offset, warc_length) values (?, ?, ?, '', '', '', ?, '', ?, '', 'a', ?, 1)"
        )
        rows = [(n, 500 if n < 3 else None, "tamsk", "page", 200, n) for n in range(1, 100)]
        store.db.conn.execute("pragma foreign_keys = off")
        store.db.conn.executemany(sql, [*rows, (1000, None, "osk", "page", 200, 1000)])
        store.db.conn.executemany(sql, [(200, None, "tamsk", "feed", 200, 200), (201, None, "tamsk", "page", 404, 201)])
        yield store.db.conn


def test_pages_are_found_by_their_article_or_capture_and_source(connection: sqlite3.Connection) -> None:
    index = BlockIndex(connection)
    for capture in (1, 2, 7, 1000):
        index.note(capture, [11, -12])
    index.note(8, [13])
    assert index.pages("tamsk", [11]) == {500, 7}
    assert index.pages("tamsk", [-12, 13]) == {500, 7, 8}
    assert index.pages("osk", [11]) == {1000}
    assert index.pages("tamsk", range(5_000, 6_500)) == set()
    assert index.pages("tamsk", [*range(5_000, 5_600), 13]) == {8}


def test_a_block_is_noted_for_so_many_pages_and_then_stands_everywhere(connection: sqlite3.Connection) -> None:
    index = BlockIndex(connection)
    for capture in range(1, NOTED):
        index.note(capture, [11])
    assert not index.is_everywhere(11)
    index.note(NOTED, [11])
    assert index.is_everywhere(11)
    index.note(NOTED + 1, [11])
    assert connection.execute("select count(*) from block_index").fetchone() == (NOTED,)
    assert BlockIndex(connection).is_everywhere(11)


def test_what_stands_everywhere_concerns_every_page_of_the_source(connection: sqlite3.Connection) -> None:
    index = BlockIndex(connection)
    for capture in range(1, NOTED + 1):
        index.note(capture, [11])
    index.note(8, [13])
    assert index.all_pages("tamsk", [13]) == {8}
    assert index.all_pages("tamsk", [13, 11]) == {500, *range(3, 100)}


def test_everything_is_pages_with_a_body(connection: sqlite3.Connection) -> None:
    index = BlockIndex(connection)
    assert index.everything("tamsk") == {500, *range(3, 100)}
    assert len(index.everything("tamsk", 5)) == 5


def test_stale_is_what_another_extractor_made(connection: sqlite3.Connection) -> None:
    connection.execute(
        "insert into articles (id, source, url, title, text, word_count, first_seen, last_seen, last_checked,"
        " changed_at, capture_id, extractor) values (500, 'tamsk', '', '', '', 0, '', '', '', '', 1, 'old')"
    )
    index = BlockIndex(connection)
    assert index.stale("tamsk", "old") == set()
    assert 500 in index.stale("tamsk", "new")
