"""The crawler process as its owner sees it: what is announced is durable, and it ends in order whoever dies."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.core.model import Link
from archive.warc import files, read, scan
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source
from crawler.worker.messages import Archived, DocumentRead, Dropped, Finished, Job, LinksFound, Ready, Stop
from crawler.worker.owner import Worker
from tests.support.owner import QUICK, Owner, Told
from tests.support.site import Page, Site, always, silence

_numbers = itertools.count(1)


def source(site: Site, **fields: Any) -> Source:
    given: dict[str, Any] = {"feeds": (site.at("/feed/"),), "delay": 0.0, "timeout": 30.0} | fields
    return Source(f"desk-{next(_numbers)}", site.url, **given)


def links(site: Site, count: int) -> tuple[Link, ...]:
    for number in range(count):
        site.pages[f"/page-{number}"] = Page(f"<p>Page {number}</p>".encode() * 50)
    return tuple(Link(site.at(f"/page-{number}")) for number in range(count))


def is_running(pid: int) -> bool:
    """Whether a process still runs; one that has ended but was not waited for does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def ends(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(pid)


def test_what_is_announced_can_be_read_at_that_moment(owner: Owner, site: Site) -> None:
    owner.send(Job(source(site), pending=links(site, 60)))
    seen, finished = 0, False
    while not finished:
        message = owner.next(60)
        assert message is not None
        if isinstance(message, Archived):
            assert all(read(owner.directory, capture).body for capture in message.captures)
            seen += len(message.captures)
        finished = isinstance(message, Finished)
    assert seen == 61
    assert owner.next(0.5) is None


def test_batches_run_side_by_side(owner: Owner, site: Site) -> None:
    with Site() as slow:
        slow.answers["/feed/"] = silence(20)
        hanging, quick = source(slow, timeout=2.0), source(site)
        owner.send(Job(hanging))
        owner.send(Job(quick, pending=links(site, 3)))
        told = owner.hear(2)
    ends = [message.source for message in told.messages if isinstance(message, Finished)]
    assert ends == [quick.name, hanging.name], "the batch that was sent later ended first"


def test_a_stop_ends_within_its_grace_and_loses_nothing_that_was_fetched(tmp_path: Path, site: Site) -> None:
    site.answers["/page-3"] = silence(60)
    with Owner(tmp_path, Limits()) as owner:
        pid = owner.worker.pid
        assert pid is not None
        owner.send(Job(source(site, delay=0.05), pending=links(site, 400)))
        first = _until_archived(owner)
        began = time.monotonic()
        owner.worker.stop(3.0)
        told = owner.hear(1)
        assert ends(pid, 60)
        assert time.monotonic() - began < 30, "it waited for the page that says nothing"
        (outcome,) = told.outcomes.values()
        assert outcome.stopped_by == "stop"
        announced = [*first.captures, *told.captures]
        assert _on_disk(tmp_path) == {(capture.warc_file, capture.warc_offset) for capture in announced}
        assert 0 < len(announced) < 400


def test_a_stop_without_work_ends_at_once(tmp_path: Path) -> None:
    with Owner(tmp_path) as owner:
        pid = owner.worker.pid
        assert pid is not None
        owner.worker.send(Stop(600.0))
        assert ends(pid, 120)
        assert owner.worker.poll(1) is None
        assert not owner.worker.alive


def test_ctrl_c_while_it_starts_is_left_to_its_owner(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "dateline/test")
    worker.start()
    try:
        assert worker.pid
        os.kill(worker.pid, signal.SIGINT)
        assert isinstance(worker.poll(120), Ready)
    finally:
        worker.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_leave_the_archive_whole(tmp_path: Path, site: Site, number: signal.Signals) -> None:
    with Owner(tmp_path) as owner:
        pid = owner.worker.pid
        assert pid is not None
        owner.send(Job(source(site), pending=links(site, 150)))
        first = _until_archived(owner)
        os.kill(pid, number)
        told = owner.hear(1)
        announced = {(one.warc_file, one.warc_offset) for one in (*first.captures, *told.captures)}
        if number == signal.SIGINT:
            assert next(iter(told.outcomes.values())).stopped_by == ""
            assert len(announced) == 151
        else:
            assert ends(pid, 120)
        assert announced <= _on_disk(tmp_path)


OWNER_THAT_DIES = """
import sys, time
from pathlib import Path
from archive.core.model import Link
from crawler.worker.messages import Archived, Batch, Job, Ready
from crawler.sources.sources import Source
from tests.support.owner import QUICK
from crawler.worker import process
from crawler.worker.owner import Worker

if __name__ == "__mp_main__" and sys.argv[3] == "hung":  # in the crawler process
    process.ORPHAN_SECONDS = 1.0
    process.GroupCommit.close = lambda self: time.sleep(600)

if __name__ == "__main__":
    directory, url = Path(sys.argv[1]), sys.argv[2]
    worker = Worker(directory, "Dateline/0.0", QUICK)
    worker.start()
    source = Source("orphan", url, feeds=(url + "feed/",), delay=0.02)
    pending = tuple(Link(f"{url}page-{number}") for number in range(500))
    busy = sys.argv[3] == "busy"
    if busy:
        worker.send(Batch((Job(source, pending=pending),)))
    while not isinstance(worker.poll(60), Archived if busy else Ready):
        pass
    print(worker.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("work", ["busy", "idle", "hung"])
def test_the_crawler_ends_when_its_owner_dies_and_leaves_whole_files(tmp_path: Path, site: Site, work: str) -> None:
    links(site, 500)
    root = Path(__file__).parents[3]
    program = tmp_path / "owner_that_dies.py"
    program.write_text(OWNER_THAT_DIES)
    command = [sys.executable, str(program), str(tmp_path / "archive"), site.url, work]
    environment = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=root) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        assert is_running(pid)
        owner.kill()
        owner.wait()
        assert ends(pid, 120)
    captured = _on_disk(tmp_path / "archive")
    assert bool(captured) == (work == "busy")
    served = sum(asked.path.startswith("/page-") for asked in site.log)
    assert served - 20 <= len(captured) <= served + 1


def test_an_archive_that_cannot_be_written_ends_the_crawl_with_a_clear_message(owner: Owner, site: Site) -> None:
    blocked, fine = source(site), source(site)
    (owner.directory / "warc").mkdir(exist_ok=True)
    (owner.directory / "warc" / blocked.name).write_text("in the way")
    told = owner.crawl(Job(blocked, pending=links(site, 100)), Job(fine, pending=links(site, 3)))
    outcome = told.outcomes[blocked.name]
    assert (outcome.stopped_by, outcome.captures) == ("disk", 0)
    assert f"warc/{blocked.name}" in outcome.message
    assert {capture.source for capture in told.captures} == {fine.name}
    assert not [m for m in told.messages if isinstance(m, DocumentRead) and m.source == blocked.name and m.links]
    assert told.outcomes[fine.name].stopped_by == ""

    (owner.directory / "warc" / blocked.name).unlink()
    again = owner.crawl(Job(blocked, pending=links(site, 3)))
    assert (again.outcomes[blocked.name].stopped_by, len(again.pages)) == ("", 3)


def test_an_owner_that_does_not_listen_holds_up_the_crawl_and_loses_nothing(tmp_path: Path, site: Site) -> None:
    body = Page(b"<p>" + os.urandom(40_000).hex().encode() + b"</p>")
    pending = links(site, 300)
    site.pages.update({f"/page-{number}": body for number in range(300)})
    tight = Limits(page_seconds=5, waiting_bytes=2_000_000)
    with Owner(tmp_path, tight) as owner:
        owner.send(Job(source(site), pending=pending))
        time.sleep(1)
        told = owner.hear(1)
        assert len(told.pages) == 300
        assert {capture.status for capture in told.pages} == {200}


def test_a_question_that_is_answered_late_is_waited_for(owner: Owner, site: Site) -> None:
    for number in range(3):
        site.release(f"late-{number}")
    owner.send(Job(source(site)))
    question = None
    while not isinstance(question, LinksFound):
        question = owner.worker.poll(60)
    time.sleep(0.6)
    owner.answer(question)
    assert len(owner.hear(1).pages) == 3


def test_nothing_that_was_dropped_is_announced_before_what_was_archived_of_it(owner: Owner, site: Site) -> None:
    site.answers["/page-0"] = always(Page(b"no", status=500))
    told = owner.crawl(Job(source(site), pending=(Link(site.at("/page-0")),)))
    kinds = [type(m) for m in told.messages if isinstance(m, Archived | Dropped)]
    assert kinds.index(Archived) < kinds.index(Dropped)
    assert [capture.status for capture in told.pages] == [500] * QUICK.attempts


def _until_archived(owner: Owner) -> Told:
    told = Told()
    while not told.captures:
        message = owner.next(60)
        assert message is not None
        told.messages.append(message)
    return told


def _on_disk(directory: Path) -> set[tuple[str, int]]:
    return {(capture.warc_file, capture.warc_offset) for name in files(directory) for capture in scan(directory, name)}


def test_a_batch_that_fails_is_reported_and_the_process_goes_on(owner: Owner, site: Site) -> None:
    broken = Source(f"desk-{next(_numbers)}", "http://[broken/", feeds=(site.at("/feed/"),))
    beside = source(site)
    told = owner.crawl(Job(broken), Job(beside))
    assert {told.outcomes[one.name].stopped_by for one in (broken, beside)} == {"fault"}
    assert "ValueError" in told.outcomes[broken.name].message
    after = owner.crawl(Job(beside, pending=links(site, 3)))
    assert (after.outcomes[beside.name].stopped_by, len(after.pages)) == ("", 3)


def test_a_process_that_cannot_go_on_writing_ends_and_keeps_what_it_has(tmp_path: Path, site: Site) -> None:
    sick = replace(QUICK, flush_seconds="soon")  # type: ignore[arg-type]
    with Owner(tmp_path, sick) as owner:
        pid = owner.worker.pid
        assert pid is not None
        owner.send(Job(source(site), pending=links(site, 3)))
        assert ends(pid, 60)
        owner.hear(1)
        assert not owner.worker.alive
        owner.worker.send(Stop(1.0))  # nobody hears it, and nothing is raised
        assert owner.worker.poll(0.1) is None
