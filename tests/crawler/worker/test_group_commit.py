"""Group commit: the order of writing and telling, and waiting when either is slow."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.core.errors import WarcError
from archive.core.model import Capture, Exchange, Validators
from archive.warc import WarcWriter, files, read, scan
from crawler.fetch.settings import Limits
from crawler.worker.group_commit import GroupCommit
from crawler.worker.messages import Archived, DocumentRead, Dropped, Finished, FromWorker, Outcome

AT = datetime(2026, 3, 11, 9, tzinfo=UTC)


def exchange(source: str, body: bytes = b"<p>x</p>") -> Exchange:
    return Exchange(source, f"http://{source}.example/a", "page", AT, 200, "OK", (), (), body)


def run(
    directory: Path, limits: Limits, work: Callable[[GroupCommit, list[FromWorker], asyncio.Event], Awaitable[None]]
) -> None:
    """Do some work with a ledger whose owner takes messages only while the event is set."""

    async def all_of_it() -> None:
        told: list[FromWorker] = []
        listening = asyncio.Event()

        async def send(message: FromWorker) -> None:
            await listening.wait()
            told.append(message)

        ledger = GroupCommit(WarcWriter(directory, "Dateline/0.0"), send, limits)
        flushing = asyncio.create_task(ledger.run())
        await work(ledger, told, listening)
        flushing.cancel()
        ledger.close()

    asyncio.run(all_of_it())


def test_captures_are_told_before_what_was_said_after_them(tmp_path: Path) -> None:
    async def work(ledger: GroupCommit, told: list[FromWorker], listening: asyncio.Event) -> None:
        listening.set()
        ledger.record(exchange("quill"))
        ledger.tell_in_order(Dropped("quill", "http://quill.example/b", "why"))
        ledger.record(exchange("quill"))
        ledger.tell_in_order(Finished("quill", Outcome()))
        await ledger.flush()
        assert [type(message) for message in told] == [Archived, Dropped, Finished]
        assert isinstance(told[0], Archived)
        assert all(read(tmp_path, capture).body == b"<p>x</p>" for capture in told[0].captures)
        assert isinstance(told[2], Finished)
        assert told[2].outcome.captures == 2

    run(tmp_path, Limits(), work)


def test_fetching_waits_while_too_much_is_untold(tmp_path: Path) -> None:
    async def work(ledger: GroupCommit, told: list[FromWorker], listening: asyncio.Event) -> None:
        ledger.record(exchange("quill", b"x" * 50_000))
        await asyncio.wait_for(ledger.room(), 60)
        ledger.record(exchange("quill", b"x" * 60_000))
        room = asyncio.create_task(ledger.room())
        await asyncio.sleep(0.2)
        assert not room.done()
        listening.set()
        await asyncio.wait_for(room, 60)
        assert sum(len(message.captures) for message in told if isinstance(message, Archived)) == 2

    run(tmp_path, Limits(waiting_bytes=100_000, flush_seconds=0.01), work)


def test_records_are_gathered_until_there_are_enough_or_time_is_up(tmp_path: Path) -> None:
    async def work(ledger: GroupCommit, told: list[FromWorker], listening: asyncio.Event) -> None:
        listening.set()
        for _ in range(4):
            ledger.record(exchange("quill"))
        await asyncio.sleep(0.2)
        assert not told
        ledger.record(exchange("quill"))
        async with asyncio.timeout(60):
            while not told:
                await asyncio.sleep(0.01)
        assert [len(message.captures) for message in told if isinstance(message, Archived)] == [5]

    run(tmp_path, Limits(flush_seconds=60, flush_records=5), work)


def test_a_crawl_may_wait_until_what_it_recorded_is_on_the_disk(tmp_path: Path) -> None:
    async def work(ledger: GroupCommit, told: list[FromWorker], listening: asyncio.Event) -> None:
        ledger.begin("quill", prompt=True)
        ledger.record(exchange("quill"))
        await asyncio.wait_for(ledger.written(), 5)
        assert not told, "it is on the disk before anybody hears of it"
        assert [len(path.read_bytes()) > 0 for path in (tmp_path / "warc" / "quill").glob("*.warc.gz")] == [True]
        listening.set()

    run(tmp_path, Limits(flush_seconds=60), work)


def test_a_source_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "blocked").write_text("in the way")

    async def work(ledger: GroupCommit, told: list[FromWorker], listening: asyncio.Event) -> None:
        listening.set()
        for source in ("blocked", "fine"):
            ledger.record(exchange(source))
            ledger.tell_in_order(DocumentRead(source, f"http://{source}.example/feed", "feed", Validators(etag="x")))
            ledger.tell_in_order(Finished(source, Outcome()))
        await ledger.flush()
        assert [
            capture.source for message in told if isinstance(message, Archived) for capture in message.captures
        ] == ["fine"]
        assert [message.source for message in told if isinstance(message, DocumentRead)] == ["fine"]
        ends = {message.source: message.outcome for message in told if isinstance(message, Finished)}
        assert (ends["blocked"].stopped_by, ends["fine"].stopped_by) == ("disk", "")
        assert "cannot be written" in ends["blocked"].message

    run(tmp_path, Limits(), work)


class _FailingOnce(WarcWriter):
    """Cannot write the first exchange of a source, and could write the next."""

    def __init__(self, directory: Path, source: str) -> None:
        super().__init__(directory, "Dateline/0.0")
        self.failing = source
        self.tried: list[str] = []

    def write(self, exchange: Exchange) -> Capture:
        self.tried.append(exchange.url)
        if exchange.source == self.failing and len(self.tried) == 1:
            raise WarcError("there is no room")
        return super().write(exchange)


def test_after_a_failure_nothing_more_of_the_source_is_written_at_that_commit(tmp_path: Path) -> None:
    told: list[FromWorker] = []
    writer = _FailingOnce(tmp_path, "quill")

    async def send(message: FromWorker) -> None:
        told.append(message)

    async def work() -> None:
        commit = GroupCommit(writer, send, Limits())
        for source in ("quill", "quill", "valdora", "quill"):
            commit.record(exchange(source))
        await commit.flush()
        assert commit.failure("quill") == "there is no room"
        commit.close()

    asyncio.run(work())
    assert writer.tried == ["http://quill.example/a", "http://valdora.example/a"]
    (archived,) = told
    assert isinstance(archived, Archived)
    assert [capture.source for capture in archived.captures] == ["valdora"]


def _committed(directory: Path, *sources: str) -> tuple[list[FromWorker], GroupCommit]:
    """What is announced of one exchange of each source, with the crawls' ends."""
    told: list[FromWorker] = []

    async def send(message: FromWorker) -> None:
        told.append(message)

    async def work() -> GroupCommit:
        commit = GroupCommit(WarcWriter(directory, "Dateline/0.0"), send, Limits())
        for source in sources:
            commit.record(exchange(source))
            commit.tell_in_order(Finished(source, Outcome()))
        await commit.flush()
        return commit

    return told, asyncio.run(work())


def _refusing(source: str) -> Callable[[int], None]:
    """fsync on a disk that cannot keep the files of one source, or of all ("")."""
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if source in os.readlink(f"/proc/self/fd/{descriptor}") and not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(descriptor)

    return fsync


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_a_file_that_cannot_be_synced_fails_its_source_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _refusing("/quill/"))
    told, commit = _committed(tmp_path, "quill", "valdora")
    announced = [one.source for message in told if isinstance(message, Archived) for one in message.captures]
    assert announced == ["valdora"]
    ends = {message.source: message.outcome for message in told if isinstance(message, Finished)}
    assert (ends["quill"].stopped_by, ends["valdora"].stopped_by) == ("disk", "")
    assert "Input/output error" in ends["quill"].message
    assert (ends["quill"].captures, ends["quill"].errors, ends["valdora"].captures) == (0, 1, 1)
    monkeypatch.undo()
    commit.close()
    assert [one.source for name in files(tmp_path) for one in scan(tmp_path, name)] == ["valdora"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_a_disk_that_refuses_again_and_again_is_not_asked_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_cut(descriptor: int, length: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", _refusing("/quill/"))
    monkeypatch.setattr(os, "ftruncate", no_cut)
    told, commit = _committed(tmp_path, "quill")
    (end,) = told
    assert isinstance(end, Finished)
    assert (end.outcome.stopped_by, end.outcome.captures) == ("disk", 0)
    monkeypatch.undo()
    commit.close()
