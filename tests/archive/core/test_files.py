"""Files that appear at once and whole, and what killed commands leave behind."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.core import toml
from archive.core.errors import ArchiveError
from archive.core.files import SITE, UNFINISHED, atomic_write, is_in_use, make_folder, sweep, writer_lock
from tests.support.archiving import DAY

DEAD = 4_194_305
"""A number that no process has: Linux gives at most 4,194,304."""

WRITER = """
import sys
from pathlib import Path
from archive.core.files import atomic_write
with atomic_write(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), atomic_write(path) as file:
        file.write(b"x" * (1 // 0))
    assert path.read_bytes() == b"before"
    with atomic_write(path) as file:
        file.write(b"after")
        assert path.read_bytes() == b"before"
    assert path.read_bytes() == b"after"
    assert os.listdir(tmp_path) == ["report.csv"]


def test_a_file_and_its_folder_are_synced_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[int, bool]] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        fsync(descriptor)
        synced.append((os.fstat(descriptor).st_ino, path.exists()))

    monkeypatch.setattr(os, "fsync", noted)
    path = tmp_path / "decisions.toml"
    toml.write(path, "a = 1\n")
    assert synced == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]


def test_a_killed_writer_leaves_a_part_that_the_next_one_removes(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    assert writer.stdout
    assert writer.stdin
    assert writer.stdout.readline() == b"writing\n"
    with atomic_write(tmp_path / "other.csv") as file:
        file.write(b"whole")
    part = f".report.csv.part-{writer.pid}"
    assert set(os.listdir(tmp_path)) == {"other.csv", part}, "a part that is being written stays"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdin.close()
    writer.stdout.close()
    with atomic_write(tmp_path / "other.csv") as file:
        file.write(b"whole")
    assert os.listdir(tmp_path) == ["other.csv"]


def test_only_what_no_process_writes_goes(tmp_path: Path) -> None:
    left, pack = tmp_path / f".backup.json.part-{DEAD}", tmp_path / f".evidence.files-{DEAD}"
    ours, foreign, plain = tmp_path / f".x.part-{os.getpid()}", tmp_path / ".x.part-one", tmp_path / f"x.part-{DEAD}"
    pack.mkdir()
    (pack / "index.html").write_text("half")
    for path in (left, ours, foreign, plain):
        path.write_bytes(b"half")
    link = tmp_path / f".link.part-{DEAD}"
    link.symlink_to(plain)
    assert set(sweep(tmp_path)) == {left, pack}
    assert {path.name for path in tmp_path.iterdir()} == {ours.name, foreign.name, plain.name, link.name}


def test_a_command_that_takes_the_lock_sweeps_the_archive(tmp_path: Path) -> None:
    folder = tmp_path / "warc" / "velmora"
    folder.mkdir(parents=True)
    parts = [tmp_path / f".sources.toml.part-{DEAD}", folder / f".2026-03.warc.zst.part-{DEAD}"]
    for path in parts:
        path.write_bytes(b"half")
    with writer_lock(tmp_path, "dateline crawl", DAY):
        assert not any(path.exists() for path in parts)


def test_no_folder_is_made_where_an_archive_was(tmp_path: Path) -> None:
    make_folder(tmp_path / "warc" / "quill", tmp_path)
    make_folder(tmp_path / "warc" / "quill", tmp_path)
    assert (tmp_path / "warc" / "quill").is_dir()
    away = tmp_path / "away"
    with pytest.raises(FileNotFoundError, match="there is no directory"):
        make_folder(away / "warc" / "quill", away)
    assert not away.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "report.csv"
    with pytest.raises(ArchiveError, match="cannot be written: No such file or directory"), atomic_write(path):
        pass


def test_a_medium_that_cannot_be_written_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    path = tmp_path / "sources.toml"
    with (
        pytest.raises(ArchiveError, match=r"sources\.toml cannot be written: Read-only file system"),
        atomic_write(path),
    ):
        pass


def test_who_looks_whether_somebody_writes_takes_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_in_use(tmp_path)
    with writer_lock(tmp_path, "dateline crawl", DAY):
        assert is_in_use(tmp_path)
        monkeypatch.setattr(fcntl, "flock", lambda *_: pytest.fail("a reader takes a lock"))
        assert is_in_use(tmp_path)
        monkeypatch.undo()
        assert is_in_use(tmp_path)
    assert not is_in_use(tmp_path)
    assert (tmp_path / ".lock").exists()


def test_no_writer_is_refused_because_others_look(tmp_path: Path) -> None:
    ended = threading.Event()
    seen: set[bool] = set()

    def look() -> None:
        while not ended.is_set():
            seen.add(is_in_use(tmp_path))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(300):
            with writer_lock(tmp_path, "dateline crawl", DAY):
                pass
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert False in seen


@pytest.mark.parametrize("content", [b"", b"[]", b'{"command": "dateline crawl"}', b"\xef\xbb\xbf{"])
def test_a_holder_that_has_not_signed_yet_is_still_a_holder(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".lock").write_bytes(content)
    with (tmp_path / ".lock").open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with (
            pytest.raises(ArchiveError, match="is in use by another command"),
            writer_lock(tmp_path, "dateline run", DAY),
        ):
            pass


def test_a_part_of_another_users_process_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int, number: int) -> None:
        raise PermissionError

    part = tmp_path / f".report.csv.part-{DEAD}"
    part.write_bytes(b"half")
    monkeypatch.setattr(os, "kill", refused)
    assert sweep(tmp_path) == ()
    monkeypatch.undo()
    assert sweep(tmp_path) == (part,)


def test_a_part_that_is_locked_stays_though_no_process_has_its_number(tmp_path: Path) -> None:
    part = tmp_path / f".report.csv.part-{DEAD}"
    with part.open("w+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert sweep(tmp_path) == ()
    assert sweep(tmp_path) == (part,)


@pytest.mark.parametrize(("mark", "words"), [(UNFINISHED, "was interrupted"), (SITE, "is a site over other archives")])
def test_an_archive_with_a_mark_is_written_to_by_the_commands_that_know_it(
    tmp_path: Path, mark: str, words: str
) -> None:
    (tmp_path / mark).write_text("{}")
    with pytest.raises(ArchiveError, match=words), writer_lock(tmp_path, "dateline crawl", DAY):
        pass
    with writer_lock(tmp_path, "dateline of its own", DAY, despite=mark):
        pass


def test_the_lock_of_a_site_leaves_the_folders_of_other_archives_alone(tmp_path: Path) -> None:
    (tmp_path / "one/warc/osk").mkdir(parents=True)
    left = tmp_path / "one/warc/osk/.2026-03.warc.gz.part-999999999"
    left.touch()
    (tmp_path / "site/warc").mkdir(parents=True)
    (tmp_path / "site/warc/osk").symlink_to(left.parent)
    with writer_lock(tmp_path / "site", "dateline publish", DAY):
        assert left.exists()
    with writer_lock(tmp_path / "one", "dateline crawl", DAY):
        assert not left.exists()
