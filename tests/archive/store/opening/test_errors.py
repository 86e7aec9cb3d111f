"""What is said of a database that cannot be opened, is locked, or does not fit on its disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.store.bulk import connection
from archive.store.database import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive.db")


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("a letter to the editor " * 100)
    with pytest.raises(ArchiveError, match="dateline rebuild"):
        Store(tmp_path / "archive.db")


def test_a_missing_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="Make sure that the directory exists"):
        Store(tmp_path / "nowhere" / "archive.db")


def test_a_locked_database_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "QUIET", 0.02)
    monkeypatch.setattr(connection, "BUSY", 0.05)
    other = sqlite3.connect(store.path)
    other.execute("begin immediate")
    with store, pytest.raises(ArchiveError, match="is locked"), store.writing():
        pass
    other.close()


def test_a_full_disk_is_told_and_nothing_is_written(store: Store) -> None:
    with store:
        pages = store.db.execute("pragma page_count").fetchone()[0]
        store.db.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="full"), store.writing() as db:
            db.execute("insert into sources (name, title) values ('a', ?)", ("x" * 1_000_000,))
        store.db.execute("pragma max_page_count = 1000000")
        assert store.db.execute("select count(*) from sources").fetchone() == (0,)
        with store.writing() as db:
            db.execute("insert into sources (name) values ('a')")
