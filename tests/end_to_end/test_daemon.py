"""The daemon as a process: signals, its site, its crawler process, and what stays behind when it is killed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from subprocess import Popen

import pytest

from archive.core import daemon_note
from tests.support.archiving import rows
from tests.support.commandline import dateline, descendants, facts, is_running, publish, running, sources, within
from tests.support.site import Site, silence

PATIENCE = 120.0
"""Seconds that a step may take on a busy machine; each takes a few when it is not."""


class Service:
    """A daemon that runs, and what can be seen of it from outside."""

    def __init__(self, process: Popen[bytes], archive: Path) -> None:
        self.process = process
        self.archive = archive

    @property
    def log(self) -> str:
        return (self.archive / "log.txt").read_text(encoding="utf-8")

    def articles(self) -> int:
        try:
            with closing(sqlite3.connect(f"file:{self.archive}/archive.db?mode=ro", uri=True)) as db:
                return int(db.execute("select count(*) from articles").fetchone()[0])
        except sqlite3.OperationalError:
            return -1

    def has_said(self, words: str, times: int = 1) -> bool:
        return within(PATIENCE, lambda: self.log.count(words) >= times or self.process.poll() is not None)

    def crawled(self, articles: int) -> bool:
        return within(PATIENCE, lambda: self.articles() >= articles or self.process.poll() is not None)

    def ends(self, number: int, whole_group: bool = False) -> None:
        """Send a signal, to the daemon or as a terminal does to all its processes, and see it end.

        It must leave no process behind.
        """
        family = descendants(self.process.pid)
        assert family
        (os.killpg if whole_group else os.kill)(self.process.pid, number)
        self.process.wait(PATIENCE)
        assert within(PATIENCE, lambda: not any(is_running(pid) for pid in family))


@contextmanager
def service(archive: Path, text: str, *options: str) -> Iterator[Service]:
    (archive / "sources.toml").write_text(text, encoding="utf-8")
    with running("run", *options, archive=archive) as process:
        yield Service(process, archive)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as newsroom:
        publish(newsroom, 5)
        yield newsroom


def test_it_crawls_serves_and_ends_quietly_when_a_terminal_interrupts_all_its_processes(
    site: Site, tmp_path: Path
) -> None:
    with service(tmp_path, sources(quill=site.url, schedule="every 2s"), "--serve", "--port", "0") as daemon:
        assert daemon.has_said("Serving http://")
        address = daemon.log.partition("Serving ")[2].split()[0]
        assert daemon.crawled(5)
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            assert answer.status == 200
        publish(site, 1, first=6)
        assert daemon.crawled(6)
        told = facts("status", archive=tmp_path)
        assert told["daemon"]["pid"] == daemon.process.pid
        assert told["daemon"]["address"] == address
        assert told["sources"][0]["next"]
        assert dateline("crawl", archive=tmp_path).exit_code == 1
        daemon.ends(signal.SIGINT, whole_group=True)
        assert daemon.process.returncode == 0
    assert "Traceback" not in daemon.log
    assert "is started again" not in daemon.log
    assert not (tmp_path / daemon_note.NOTE).exists()
    assert facts("status", archive=tmp_path)["daemon"] is None


@pytest.mark.soak  # tests/crawler/worker/test_process.py stops a crawl whose site hangs each time
def test_it_stops_in_time_while_a_site_hangs(site: Site, tmp_path: Path) -> None:
    site.answers["/news/quay-2/"] = silence(600)
    with service(tmp_path, sources(quill=site.url)) as daemon:
        assert within(PATIENCE, lambda: site.count("/news/quay-2/") > 0)
        daemon.ends(signal.SIGTERM)
        assert daemon.process.returncode == 0
    assert "Traceback" not in daemon.log
    failed = rows(tmp_path / "archive.db", "select url from urls where failures > 0")
    assert failed == [], "it waited until the page was given up"
    del site.answers["/news/quay-2/"]
    assert facts("crawl", archive=tmp_path)[0]["failed"] is False
    assert daemon.articles() == 5


def test_killed_processes_are_started_again_and_none_outlives_a_killed_daemon(site: Site, tmp_path: Path) -> None:
    with service(tmp_path, sources(quill=site.url, schedule="every 2s"), "--serve", "--port", "0") as daemon:
        assert daemon.crawled(5)
        for pid in descendants(daemon.process.pid):
            with suppress(ProcessLookupError):  # idle ones end by themselves
                os.kill(pid, signal.SIGKILL)
        assert daemon.has_said("the crawler process died; it is started again")
        assert daemon.has_said("the site ended; it is started again")
        publish(site, 1, first=6)
        assert daemon.crawled(6)
        address = daemon.log.partition("Serving ")[2].split()[0]
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            assert answer.status == 200
        assert len(descendants(daemon.process.pid)) >= 3
        daemon.ends(signal.SIGKILL)
    assert facts("status", archive=tmp_path)["daemon"] is None


def test_a_changed_sources_toml_a_hup_and_a_source_that_is_down(site: Site, tmp_path: Path) -> None:
    with Site(title="Ister Weather Office") as second, service(tmp_path, sources(quill=site.url)) as daemon:
        publish(second, 1)
        assert daemon.crawled(5)
        (tmp_path / "sources.toml").write_text("[[source]]\nname = 7\n", encoding="utf-8")
        assert daemon.has_said("has a mistake")
        text = sources(down="http://127.0.0.1:9/", quill=site.url, ister=second.url)
        (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
        assert daemon.crawled(6)
        assert daemon.has_said("down: failed")
        assert daemon.process.poll() is None
        before = daemon.log.count("was read again")
        daemon.process.send_signal(signal.SIGHUP)
        assert daemon.has_said("was read again", before + 1)


def test_the_note_of_a_daemon_counts_only_while_it_holds_the_lock(tmp_path: Path) -> None:
    daemon_note.write_note(
        tmp_path, daemon_note.DaemonNote(os.getpid(), "2026-03-11T12:00:00+00:00", next={"quill": "x"})
    )
    (tmp_path / ".lock").write_text(json.dumps({"pid": os.getpid()}))
    assert daemon_note.read_note(tmp_path) is None
