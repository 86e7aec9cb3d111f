"""A backup is an archive of one moment, made while others write; what is copied once is not copied again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.core.files import BACKUP, writer_lock
from archive.export.backup import Backup, backup
from archive.ingest.rebuild import rebuild
from archive.store import search
from archive.warc import recover
from archive.warc.compact import compact
from archive.warc.verify import Difference, verify
from tests.support.archiving import AtOnce, Newsroom, ingesting, later, page, tables
from tests.support.commandline import ROOT, within
from tests.support.record import build, reading

FILE = "warc/valdora/2026-03.warc.gz"
WRITER = """
import sys
from pathlib import Path
from tests.support.archiving import Newsroom, ingesting, later, page
directory = Path(sys.argv[1])
room = Newsroom(directory)
with ingesting(directory) as ingest:
    for number in range(100, 100000):
        ingest.add([room.answer(f"/news/{number}-path", page(number), at=later(minutes=number))])
        ingest.flush()
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    directory = tmp_path / "archive"
    build(directory)
    (directory / "sources.toml").write_text("# mine\n")
    (directory / "warc/never").mkdir()
    (directory / "warc/never/crawls.jsonl").write_text("{}\n")
    return directory


def made(archive: Path, **after: float) -> Backup:
    return backup(archive, archive.parent / "copy", later(days=10) + timedelta(**after))


def differences(directory: Path) -> list[Difference]:
    with reading(directory) as connection:
        return list(verify(directory, search.all_captures(connection)))


def more(archive: Path, number: int) -> None:
    with ingesting(archive) as ingest:
        ingest.add([Newsroom(archive).answer(f"/news/{number}-path", page(number), at=later(minutes=number))])


def test_a_backup_is_an_archive_that_can_be_restored(archive: Path) -> None:
    done = made(archive)
    copy = done.path
    assert (done.captures, done.warc_files, done.problems) == (14, 2, ())
    assert (copy / "archive.db").read_bytes()[18:20] == b"\1\1"  # no write-ahead log: it can be read anywhere
    assert tables(copy / "archive.db") == tables(archive / "archive.db")
    assert differences(copy) == []
    assert (copy / "sources.toml").read_text() == "# mine\n"
    assert (copy / "warc/never/crawls.jsonl").read_text() == "{}\n"
    restored = archive.parent / "restored"
    shutil.copytree(copy, restored)
    (restored / "archive.db").unlink()
    rebuild(restored, AtOnce())
    assert tables(restored / "archive.db") == tables(archive / "archive.db")


def test_only_what_grew_is_copied(archive: Path) -> None:
    copy = made(archive).path
    before = (copy / FILE).stat()
    assert made(archive).copied_bytes == 0
    after = (copy / FILE).stat()
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
    more(archive, 20)
    growth = (archive / FILE).stat().st_size - before.st_size
    assert growth > 0
    done = made(archive)
    assert (done.copied_bytes, done.captures) == (growth, 15)
    assert (copy / FILE).stat().st_ino == before.st_ino
    assert (copy / FILE).read_bytes() == (archive / FILE).read_bytes()
    assert tables(copy / "archive.db") == tables(archive / "archive.db")


def test_what_is_half_written_stays_out(archive: Path) -> None:
    whole = (archive / FILE).read_bytes()
    with (archive / FILE).open("ab") as file:
        file.write(whole[:100])
    done = made(archive)
    assert (done.path / FILE).read_bytes() == whole
    assert differences(done.path) == []


def test_a_backup_is_consistent_while_another_process_writes(archive: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(archive)], env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=ROOT
    )
    counts: list[int] = []

    def has_gone_on() -> bool:
        with reading(archive) as connection:
            (captures,) = connection.execute("select count(*) from captures").fetchone()
        return bool(captures > counts[-1])

    try:
        for _ in range(6):
            assert not counts or within(60, lambda: writer.poll() is not None or has_gone_on())
            done = made(archive)
            assert writer.poll() is None
            assert done.problems == ()
            counts.append(done.captures)
            found = differences(done.path)
            with reading(done.path) as connection:
                end = search.ends(connection)[FILE]
                (quick,) = connection.execute("pragma integrity_check").fetchone()
            assert quick == "ok"
            assert all(each.fault == "record without row" and (each.offset or 0) >= end for each in found)
    finally:
        writer.kill()
        writer.wait()
    assert counts == sorted(set(counts))
    copy = archive.parent / "copy"
    with ingesting(copy) as ingest:
        ingest.recover()
    assert differences(copy) == []
    before = tables(copy / "archive.db")
    rebuild(copy, AtOnce())
    assert tables(copy / "archive.db") == before


def test_a_backup_that_broke_off_is_completed(archive: Path) -> None:
    copy = made(archive).path
    before = tables(copy / "archive.db")
    more(archive, 20)
    with (copy / FILE).open("ab") as file:
        file.write(bytes(50))
    (copy / ".archive.db.part").write_bytes(b"half a database")
    assert tables(copy / "archive.db") == before
    assert made(archive).problems == ()
    assert (copy / FILE).read_bytes() == (archive / FILE).read_bytes()
    assert differences(copy) == []
    assert sorted(path.name for path in copy.iterdir()) == [
        ".lock", "archive.db", BACKUP, "sources.toml", "warc"
    ]  # fmt: skip


def test_a_write_ahead_log_of_the_earlier_copy_goes_with_it(archive: Path) -> None:
    copy = made(archive).path
    log = copy / "archive.db-wal"
    with closing(sqlite3.connect(copy / "archive.db")) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("update articles set title = 'stale'")
        connection.commit()
        stale = log.read_bytes()
    log.write_bytes(stale)
    made(archive)
    assert tables(copy / "archive.db") == tables(archive / "archive.db")


def test_a_month_that_was_compacted_takes_the_place_of_the_larger_one(archive: Path) -> None:
    copy = made(archive).path
    compact(archive, FILE, later(days=90))
    done = made(archive)
    compacted = [path.name for path in (copy / FILE).parent.iterdir()]
    assert compacted == [path.name for path in (archive / FILE).parent.iterdir()]
    assert compacted == ["2026-03.warc.br"]
    assert done.copied_bytes == (copy / FILE).with_suffix(".br").stat().st_size
    assert differences(copy) == []
    assert made(archive).copied_bytes == 0


def test_a_file_that_is_not_what_it_was_is_copied_anew_and_the_earlier_kept(archive: Path) -> None:
    copy = made(archive).path
    earlier = (copy / FILE).read_bytes()
    found = recover(archive, FILE).kept[-1]
    with (archive / FILE).open("r+b") as file:
        file.truncate(found.warc_offset)
    with closing(sqlite3.connect(archive / "archive.db")) as connection, connection:
        connection.execute("delete from captures where warc_file = ? and warc_offset = ?", (FILE, found.warc_offset))
    more(archive, 30)
    (problem,) = made(archive, hours=1).problems
    assert "is not what it was" in problem
    (aside,) = (copy / FILE).parent.glob("*.replaced-*")
    assert aside.read_bytes() == earlier
    assert (copy / FILE).read_bytes() == (archive / FILE).read_bytes()
    assert differences(copy) == []


@pytest.mark.parametrize("compacted", [False, True])
def test_what_a_disk_did_not_keep_is_noticed_and_copied_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch, compacted: bool
) -> None:
    """A disk that stores another byte than it was given, though it says that all is well."""
    if compacted:
        compact(archive, FILE, later(days=90))
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if ".warc." in os.readlink(f"/proc/self/fd/{descriptor}"):
            first = os.pread(descriptor, 1, 200)
            os.pwrite(descriptor, bytes([first[0] ^ 1]), 200)
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        problems = made(archive).problems
    assert any("does not have what was written to it" in problem for problem in problems)
    done = made(archive)
    assert done.problems == ()
    assert differences(done.path) == []


def test_a_file_that_is_missing_is_told_and_its_copy_kept(archive: Path) -> None:
    copy = made(archive).path
    (archive / FILE).unlink()
    (problem,) = made(archive).problems
    assert "is missing" in problem
    assert "earlier copy stays" in problem
    assert (copy / FILE).exists()


def test_without_a_database_the_records_are_still_saved(archive: Path) -> None:
    (archive / "archive.db").unlink()
    done = made(archive)
    assert (done.path / FILE).read_bytes() == (archive / FILE).read_bytes()
    assert "archive.db is missing" in done.problems[0]


def test_no_other_place_is_written_to(archive: Path, tmp_path: Path) -> None:
    for place in (archive, archive / "copy", tmp_path):
        with pytest.raises(ArchiveError, match="inside each other"):
            backup(archive, place, later())
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("mine")
    with pytest.raises(ArchiveError, match="not empty and no backup"):
        backup(archive, taken, later())
    assert [path.name for path in taken.iterdir() if path.name != ".lock"] == ["letter.txt"]
    with pytest.raises(ArchiveError, match="There is no archive"):
        backup(tmp_path / "nowhere", tmp_path / "copy", later())
    assert not (tmp_path / "copy").exists()


def test_a_backup_of_another_archive_is_left_alone(archive: Path) -> None:
    copy = made(archive).path
    other = archive.parent / "other"
    build(other)
    with pytest.raises(ArchiveError, match=r"is a backup of .*archive and not of .*other"):
        backup(other, copy, later())
    mark = json.loads((copy / BACKUP).read_text())
    (copy / BACKUP).write_text(json.dumps(mark | {"of": str(other.resolve())}))
    assert backup(other, copy, later()).captures == 14


def test_one_backup_at_a_time(archive: Path) -> None:
    copy = made(archive).path
    with writer_lock(copy, "dateline backup", later()), pytest.raises(ArchiveError, match="in use by"):
        made(archive)


def test_a_damaged_database_does_not_replace_a_good_copy(archive: Path) -> None:
    copy = made(archive).path
    before = tables(copy / "archive.db")
    content = bytearray((archive / "archive.db").read_bytes())
    content[8192 : len(content) - 4096] = os.urandom(len(content) - 12288)
    (archive / "archive.db").write_bytes(content)
    more_records = (archive / FILE).read_bytes() + (archive / FILE).read_bytes()
    (archive / FILE).write_bytes(more_records)
    (problem,) = made(archive).problems
    assert "is damaged" in problem
    assert (copy / FILE).read_bytes() == more_records
    assert tables(copy / "archive.db") == before
