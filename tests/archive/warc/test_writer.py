"""WARC files appended to: one writer a file, and nothing announced before it is durable."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.warc import Damage, Located, WarcWriter, files, records, recover, scan, walk
from tests.support.warcs import AT, check, exchange, written


def _type(found: Located | Damage) -> str:
    return found.record.type if isinstance(found, Located) else "damage"


def test_a_month_is_that_of_greenwich_and_a_source_has_its_folder(tmp_path: Path) -> None:
    late = datetime(2026, 12, 1, 3, 0, tzinfo=timezone(timedelta(hours=5)))
    captures = written(tmp_path, exchange(), exchange(fetched_at=late), exchange(source="osk-énergie", fetched_at=late))
    assert [capture.warc_file for capture in captures] == [
        "warc/velmora/2026-11.warc.gz",
        "warc/velmora/2026-11.warc.gz",
        "warc/osk-énergie/2026-11.warc.gz",
    ]
    assert captures[1].fetched_at == late
    assert files(tmp_path) == ["warc/osk-énergie/2026-11.warc.gz", "warc/velmora/2026-11.warc.gz"]


def test_a_second_writer_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    first = written(tmp_path, exchange())
    second = written(tmp_path, exchange(url="https://press.velmora.example/news/2"))
    assert list(scan(tmp_path, first[0].warc_file)) == [*first, *second]
    assert [_type(one) for one in walk(tmp_path / first[0].warc_file)].count("warcinfo") == 1


@pytest.mark.parametrize("source", ["", "..", ".hidden", "a/b", "a\\b", "a\0b", "x" * 101, "a\nb"])
def test_a_source_name_that_leads_elsewhere_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(WarcError, match="choose another name"):
        WarcWriter(tmp_path, "Dateline/0.1").write(exchange(source=source))
    assert list(tmp_path.iterdir()) == []


def test_more_sources_than_may_be_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.warc.writer._MAX_OPEN", 3)
    sources = [f"s{number % 7}" for number in range(30)]
    captures = written(tmp_path, *(exchange(source=source) for source in sources))
    assert [capture.source for capture in captures] == sources
    assert {capture for name in files(tmp_path) for capture in scan(tmp_path, name)} == set(captures)


def test_nothing_is_announced_before_it_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    capture = writer.write(exchange())
    folder = tmp_path / "warc" / "velmora"
    assert synced == [str(folder), str(tmp_path / "warc"), str(tmp_path)], "the folders that name the new file"
    assert writer.sync() == (capture,)
    assert synced[3:] == [str(tmp_path / capture.warc_file)]
    assert writer.sync() == ()
    assert len(synced) == 4, "nothing was written since"
    writer.close()


def test_a_disk_that_fails_to_sync_takes_back_what_was_not_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange())
    writer.sync()
    writer.write(exchange(url="https://press.velmora.example/lost"))

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WarcError, match="No space left on device"):
            writer.sync()
    later = writer.write(exchange(url="https://press.velmora.example/later"))
    assert writer.sync() == (later,)
    writer.close()
    assert list(scan(tmp_path, safe.warc_file)) == [safe, later]
    check(tmp_path)


def test_what_was_safe_before_a_failed_sync_is_announced_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange(source="first"))
    writer.write(exchange(source="second"))
    fsync = os.fsync

    def failing(name: str) -> None:
        def sync(descriptor: int) -> None:
            if name in os.readlink(f"/proc/self/fd/{descriptor}"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            fsync(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", sync)
            with pytest.raises(WarcError, match=f"{name}.*Input/output error"):
                writer.sync()

    failing("second")
    writer.write(exchange(source="first", url="https://press.velmora.example/lost"))
    failing("first")
    assert writer.sync() == (safe,)
    writer.close()
    assert list(scan(tmp_path, safe.warc_file)) == [safe]


def test_a_record_that_begins_where_the_safe_ones_end_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An imported response has no request before it."""
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange())
    writer.sync()
    lost = writer.append("velmora", AT, records.of_exchange(exchange(body=b"lost"))[1])
    assert lost.warc_offset == safe.warc_offset + safe.warc_length

    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(WarcError, match="Input/output error"):
            writer.sync()
    assert writer.sync() == ()
    writer.close()


@contextmanager
def _room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size, as on a disk with no more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_stops_cleanly_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    safe = writer.write(exchange())
    writer.sync()
    path = tmp_path / safe.warc_file
    size = path.stat().st_size
    waiting = writer.write(exchange(url="https://press.velmora.example/waiting"))
    for room in range(path.stat().st_size, path.stat().st_size + 400, 40):
        with _room(room), pytest.raises(WarcError, match=r"2026-11\.warc\.gz cannot be written: File too large"):
            writer.write(exchange(url="https://press.velmora.example/too-much"))
        assert path.stat().st_size == waiting.warc_offset + waiting.warc_length
    later = writer.write(exchange(url="https://press.velmora.example/later"))
    assert writer.sync() == (waiting, later)
    writer.close()
    assert path.stat().st_size > size
    assert list(scan(tmp_path, safe.warc_file)) == [safe, waiting, later]
    check(tmp_path)


def test_a_disk_too_full_to_begin_a_file(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    with _room(20), pytest.raises(WarcError, match="cannot be written"):
        writer.write(exchange())
    capture = writer.write(exchange())
    assert writer.sync() == (capture,)
    writer.close()
    check(tmp_path)
    assert [_type(one) for one in walk(tmp_path / capture.warc_file)] == ["warcinfo", "request", "response"]


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    first = WarcWriter(tmp_path, "Dateline/0.1")
    first.write(exchange())
    second = WarcWriter(tmp_path, "Dateline/0.1", patience=0.05)
    with pytest.raises(WarcError, match="being written by another process"):
        second.write(exchange())
    with pytest.raises(WarcError, match="being written by another process"):
        recover(tmp_path, "warc/velmora/2026-11.warc.gz", patience=0.05)
    first.close()
    assert second.write(exchange()).warc_offset > 0
    second.close()


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
@pytest.mark.parametrize("refused", ["fstat", "fsync"])
def test_a_file_that_cannot_be_begun_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    writer = WarcWriter(tmp_path, "Dateline/0.1")
    before = _descriptors()
    with monkeypatch.context() as patch:
        patch.setattr(os, refused, fails)
        with pytest.raises(WarcError, match="cannot be written: Input/output error"):
            writer.write(exchange())
        assert _descriptors() == before, "its lock would keep every other writer out"
    writer.write(exchange())
    (capture,) = writer.sync()
    writer.close()
    assert list(scan(tmp_path, capture.warc_file)) == [capture]
    check(tmp_path)


def test_what_is_no_response_cannot_be_announced(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "Dateline/0.1")
    request = records.of_exchange(exchange())[0]
    with pytest.raises(ValueError, match="not an HTTP response: a request record"):
        writer.append("velmora", AT, request)
    assert writer.sync() == ()
    writer.close()
