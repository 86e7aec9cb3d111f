"""The archive for a crawl that must not stand still: nothing waits, and what was added is known to be kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.boilerplate.decisions import FILE
from archive.core import processes
from archive.core.errors import SourcesError
from archive.core.model import Link
from archive.ingest.session import IngestSession, extraction_processes
from tests.support.archiving import HOST, Newsroom, ingesting, later, page, rows
from tests.support.commandline import is_running


@pytest.fixture
def session(tmp_path: Path) -> Iterator[IngestSession]:
    with ingesting(tmp_path) as ingest:
        yield IngestSession(ingest.store, ingest, {})


def _settle(session: IngestSession) -> None:
    while not session.settled:
        session.poll()


def test_what_is_added_is_kept_when_it_is_in_the_tables(session: IngestSession, tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    assert session.settled
    empty = session.checkpoint()
    assert session.is_stored(empty)
    session.add([room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(3)])
    assert not session.settled
    checkpoint = session.checkpoint()
    assert checkpoint == empty + 3
    _settle(session)
    assert session.is_stored(checkpoint)
    assert len(rows(tmp_path / "archive.db", "select * from articles")) == 3
    assert session.has_room(0)


def test_the_end_of_a_crawl_does_not_wait_for_a_batch_to_fill(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path, clock=lambda: 0.0) as ingest:
        session = IngestSession(ingest.store, ingest, {})
        session.add([room.answer("/news/1-path", page(1))])
        session.poll()
        assert session.ingest.entered == 0
        checkpoint = session.checkpoint()
        session.poll()
        assert session.ingest.entered == checkpoint == 1


def test_links_are_recorded_and_those_to_fetch_told(session: IngestSession) -> None:
    link = Link(f"{HOST}/a")
    assert session.fresh("valdora", [link], later()) == {link.url}
    assert session.last_crawls() == {}


def test_a_missing_address_is_asked_for_once_a_week(session: IngestSession, tmp_path: Path) -> None:
    first = session.probe("valdora", f"{HOST}/news/1-path", later())
    assert first.startswith(f"{HOST}/news/")
    session.add([Newsroom(tmp_path).answer(first, "<p>No such page</p>", kind="probe", status=404, at=later())])
    _settle(session)
    assert session.probe("valdora", f"{HOST}/news/1-path", later(days=6)) == ""
    assert session.probe("valdora", f"{HOST}/news/1-path", later(days=7)) not in ("", first)


def test_a_start_takes_in_what_only_the_warc_files_hold(session: IngestSession, tmp_path: Path) -> None:
    Newsroom(tmp_path).answer("/news/1-path", page(1))
    session.recover()
    session.store_within(60)
    assert len(rows(tmp_path / "archive.db", "select * from captures")) == 1


def test_a_mistake_in_the_decisions_is_told_and_changes_nothing(session: IngestSession, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[[boilerplate]]\n", encoding="utf-8")
    with pytest.raises(SourcesError, match="line 1"):
        session.decide()
    assert session.settled
    (tmp_path / FILE).unlink()
    session.decide()
    assert not session.settled


def test_no_process_is_left_behind_whatever_it_does() -> None:
    with extraction_processes() as pool:
        retired = pool.submit(os.getpid).result()
        pool.submit(time.sleep, 60)
        pool.shutdown(wait=False)
        crawler = processes.CONTEXT.Process(target=time.sleep, args=(60,), daemon=True)
        crawler.start()
        busy = pool.submit(os.getpid).result()
        pool.submit(time.sleep, 60)
        started = [one for one in (retired, busy, crawler.pid) if one]
        assert all(map(is_running, started))
    assert len(started) == 3
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)


ENDS_WHILE_A_RESULT_IS_READ = """
import os
from pathlib import Path
from archive.ingest.session import extraction_processes

def read():
    return int(Path("/proc/self/io").read_text().partition("rchar: ")[2].split()[0])

if __name__ == "__main__":
    with extraction_processes() as pool:
        pool.submit(os.getpid).result()
        earlier = read()
        pool.submit(bytes, 400_000_000)
        while read() < earlier + 20_000_000:
            pass
    print("ended")
"""


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="nothing says here how much a process has read")
def test_the_end_does_not_wait_for_a_result_whose_process_was_killed_while_writing_it(tmp_path: Path) -> None:
    (tmp_path / "ends.py").write_text(ENDS_WHILE_A_RESULT_IS_READ)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "ends.py")], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.communicate(timeout=60)[0] == "ended\n"
        finally:
            process.kill()
