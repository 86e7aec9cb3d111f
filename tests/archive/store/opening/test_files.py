"""Which files go with a database, and which with its log alone."""

from __future__ import annotations

from pathlib import Path

from archive.store.opening.files import remove_database, remove_log


def made(folder: Path) -> Path:
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"harbour.db{suffix}").touch()
    (folder / "harbour.db-copy").touch()
    return folder / "harbour.db"


def test_a_database_goes_with_all_that_lies_beside_it(tmp_path: Path) -> None:
    remove_database(made(tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["harbour.db-copy"]
    remove_database(tmp_path / "harbour.db")


def test_a_log_goes_without_its_database(tmp_path: Path) -> None:
    remove_log(made(tmp_path))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["harbour.db", "harbour.db-copy", "harbour.db-journal"]
