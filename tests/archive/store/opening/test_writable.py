"""What opening for writing does to a database: nothing to one of today, and it refuses a newer one."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.store.database import Store


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    applied = []
    for _ in range(2):
        with Store(tmp_path / "archive.db") as store:
            assert store.db.journal_mode == "wal"
            applied.append(store.db.execute("select count(*) from _sqlite_migrations").fetchone())
    assert applied[0] == applied[1]


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        store.db["_sqlite_migrations"].insert({"migration_set": "dateline", "name": "0999_future", "applied_at": ""})  # type: ignore[union-attr]
    with pytest.raises(ArchiveError, match=r"newer Dateline.*0999_future"):
        Store(tmp_path / "archive.db")
