"""Reading an archive: beside its writer, where nothing can be written, and of another version."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.core.model import Link
from archive.store.bulk import connection
from archive.store.database import Store
from archive.store.opening import readonly
from archive.store.opening.readonly import is_outdated, open_readonly
from tests.support.archiving import DAY, HOST
from tests.support.old_archive import make_old


def test_reading_an_archive_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no archive at /.*--archive.*init"), open_readonly(tmp_path / "archive.db"):
        pass
    (tmp_path / "sources.toml").touch()
    with pytest.raises(ArchiveError, match=r"no archive\.db yet. Crawl"), open_readonly(tmp_path / "archive.db"):
        pass
    assert not (tmp_path / "archive.db").exists()


def test_reading_changes_nothing(tmp_path: Path) -> None:
    with (
        Store(tmp_path / "archive.db"),
        open_readonly(tmp_path / "archive.db") as connection,
        pytest.raises(sqlite3.OperationalError),
    ):
        connection.execute("delete from articles")


def test_a_database_that_a_program_keeps_for_itself_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readonly, "_WAIT", 0.01)
    path = tmp_path / "archive.db"
    Store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        for opened in (lambda: is_outdated(path), lambda: open_readonly(path).__enter__()):
            with pytest.raises(ArchiveError, match=r"archive\.db is locked: another program .* Close that program"):
                opened()


def test_an_archive_on_a_medium_that_cannot_be_written_to_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    with Store(path) as store:
        store.fresh("valdora", [Link(f"{HOST}/a")], DAY)
    monkeypatch.setattr(os, "access", lambda place, how: how != os.W_OK)
    with open_readonly(path) as reader:
        assert reader.execute("select count(*) from urls").fetchone() == (1,)
        assert [one.name for one in tmp_path.iterdir()] == ["archive.db"]
    with Store(path), open_readonly(path) as reader:  # of another user, whose writer goes on
        assert reader.execute("select count(*) from urls").fetchone() == (1,)


def test_rows_that_only_the_log_holds_are_not_left_out_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy").mkdir()
    with Store(tmp_path / "archive.db") as store:
        store.fresh("valdora", [Link(f"{HOST}/a")], DAY)
        for end in ("", "-wal"):
            shutil.copy(tmp_path / f"archive.db{end}", tmp_path / "copy")
    monkeypatch.setattr(os, "access", lambda place, how: how != os.W_OK)
    with pytest.raises(ArchiveError, match=r"archive\.db-wal.*copy"), open_readonly(tmp_path / "copy" / "archive.db"):
        pass
    monkeypatch.undo()
    with open_readonly(tmp_path / "copy" / "archive.db") as reader:
        assert reader.execute("select count(*) from urls").fetchone() == (1,)


@pytest.mark.parametrize("logged", [b"", b"rows"])
def test_an_archive_on_a_full_disk_is_read_if_nothing_is_left_out(logged: bytes, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Store(path) as store:
        store.fresh("valdora", [Link(f"{HOST}/a")], DAY)
    (tmp_path / "archive.db-shm").symlink_to(tmp_path / "none" / "none")  # no file can be made here, as on a full disk
    (tmp_path / "archive.db-wal").write_bytes(logged)
    if logged:
        with pytest.raises(ArchiveError, match=r"archive\.db-wal\. Make room"), open_readonly(path):
            pass
    else:
        with open_readonly(path) as reader:
            assert reader.execute("select count(*) from urls").fetchone() == (1,)


def test_an_archive_of_another_version_is_not_read_as_one_of_today(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    assert not is_outdated(path)
    with Store(path):
        assert not is_outdated(path)
    make_old(path)
    assert is_outdated(path)
    with pytest.raises(ArchiveError, match=r"another version.*dateline crawl"), open_readonly(path):
        pass
    with Store(path) as store:
        assert not is_outdated(path)
        store.db["_sqlite_migrations"].insert({"migration_set": "dateline", "name": "0999_future", "applied_at": ""})  # type: ignore[union-attr]
    assert is_outdated(path)
    path.write_text("a letter to the editor " * 100)
    assert not is_outdated(path)


def test_a_long_reader_does_not_stop_the_writer(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store, open_readonly(tmp_path / "archive.db") as reader:
        reader.execute("begin")
        assert reader.execute("select count(*) from urls").fetchone() == (0,)
        store.fresh("valdora", [Link(f"{HOST}/a")], DAY)
        assert reader.execute("select count(*) from urls").fetchone() == (0,)
    assert connection.BUSY >= 5
