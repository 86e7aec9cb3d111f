"""SIGTERM while the pool has its hands full of slow pages: the command leaves them, and nothing is lost.

How long it takes is measured in processor time, so that a busy machine changes nothing.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from subprocess import Popen

import psutil
import pytest

from tests.support.commandline import WORDS, dateline, descendants, is_running, running, sources, within
from tests.support.site import Site

pytestmark = pytest.mark.soak  # slow pages

PATIENCE = 600.0
PAGES = 120
WORK = 10.0
"""Seconds of processor time for what is under way; the pages that wait would take a minute."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A newsroom whose pages take most of a second of work each."""
    chance = random.Random(3)
    with Site() as newsroom:
        for number in range(PAGES):
            paragraphs = [f"{' '.join(chance.choices(WORDS.split(), k=12))} {place}." for place in range(5000)]
            newsroom.release(f"quay-{number}", f"Quay {number} opens", "2026-03-04", *paragraphs)
        yield newsroom


def ended(process: Popen[bytes]) -> float:
    """Send SIGTERM; the seconds of processor time that the command and its processes took from then on."""
    family = {process.pid, *descendants(process.pid)}
    before = _taken(family)
    after = dict(before)

    def over() -> bool:
        after.update(_taken(family))
        return process.poll() is not None and not any(is_running(pid) for pid in family)

    process.send_signal(signal.SIGTERM)
    assert within(PATIENCE, over)
    return sum(after.values()) - sum(before.values())


def _taken(family: set[int]) -> dict[int, float]:
    """Seconds of processor time that each of these processes took so far, of those that still run."""
    taken = {}
    for pid in family:
        with suppress(psutil.NoSuchProcess):
            times = psutil.Process(pid).cpu_times()
            taken[pid] = times.user + times.system
    return taken


def stopped(command: str, archive: Path, site: Site, chance: random.Random) -> float:
    """Start a command, send SIGTERM once pages pile up; the seconds of processor time until it ended."""
    listing = f'listings = ["{site.at("/news/")}"]\n'
    (archive / "sources.toml").write_text(sources(quill=site.url) + listing, encoding="utf-8")
    asked = len(site.log)
    with running(command, archive=archive) as process:
        assert within(PATIENCE, lambda: len(site.log) > asked + PAGES // 2), (archive / "log.txt").read_text()
        time.sleep(chance.uniform(0, 3))
        took = ended(process)
        assert process.returncode == (0 if command == "run" else 130)
    assert "Traceback" not in (archive / "log.txt").read_text()
    return took


def test_a_daemon_at_work_ends_in_time_and_the_next_start_finds_what_it_left(site: Site, tmp_path: Path) -> None:
    assert stopped("run", tmp_path, site, random.Random(1)) < WORK
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        entered = db.execute("select count(*) from captures").fetchone()[0]
    asked = len(site.log)
    with running("run", archive=tmp_path) as process:  # it takes in what was left: asked to stop, it ends as fast
        assert within(PATIENCE, lambda: (tmp_path / ".lock").read_text().count(str(process.pid)) > 0)
        time.sleep(1)
        assert ended(process) < WORK
    assert dateline("crawl", archive=tmp_path).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        once = "select count(*), count(distinct final_url) from captures where kind = 'page' and status = 200"
        assert db.execute(once).fetchone() == (PAGES, PAGES)
        assert db.execute("select count(*) from articles").fetchone() == (PAGES,)
    assert entered < PAGES
    assert len(site.log) > asked


def test_a_crawl_says_what_it_did_until_it_was_stopped(site: Site, tmp_path: Path) -> None:
    assert stopped("crawl", tmp_path, site, random.Random(2)) < WORK
    said = (tmp_path / "log.txt").read_text()
    (columns,) = [line.split() for line in said.splitlines() if line.split()[:1] == ["quill"]]
    new = int(columns[1])
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        assert new == db.execute("select count(*) from articles").fetchone()[0]


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_it_ends_in_time_in_ten_of_ten_tries(command: str, site: Site, tmp_path: Path) -> None:
    took = []
    for number in range(10):
        archive = tmp_path / str(number)
        archive.mkdir()
        took.append(stopped(command, archive, site, random.Random(number)))
    print(f"{command}: {max(took):.1f} s at most, {sum(took) / len(took):.1f} s on average")
    assert max(took) < WORK
