"""SIGTERM while the pool has its hands full of slow pages: the command ends within ten seconds, and nothing is lost."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commandline import WORDS, dateline, descendants, is_running, running, sources, within
from tests.support.site import Site

pytestmark = pytest.mark.soak  # slow pages, and limits by the clock, which a busy machine would break

PATIENCE = 120.0
PAGES = 120
PROMISED = 10.0


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A newsroom whose pages take most of a second of work each."""
    chance = random.Random(3)
    with Site() as newsroom:
        for number in range(PAGES):
            paragraphs = [f"{' '.join(chance.choices(WORDS.split(), k=12))} {place}." for place in range(5000)]
            newsroom.release(f"quay-{number}", f"Quay {number} opens", "2026-03-04", *paragraphs)
        yield newsroom


def stopped(command: str, archive: Path, site: Site, chance: random.Random) -> float:
    """Start a command, send SIGTERM once pages pile up; the seconds until it ended."""
    listing = f'listings = ["{site.at("/news/")}"]\n'
    (archive / "sources.toml").write_text(sources(quill=site.url) + listing, encoding="utf-8")
    asked = len(site.log)
    with running(command, archive=archive) as process:
        assert within(PATIENCE, lambda: len(site.log) > asked + PAGES // 2), (archive / "log.txt").read_text()
        time.sleep(chance.uniform(0, 3))
        family = descendants(process.pid)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        took = time.monotonic() - began
        assert process.returncode == (0 if command == "run" else 130)
        assert within(PATIENCE, lambda: not any(is_running(pid) for pid in family))
    assert "Traceback" not in (archive / "log.txt").read_text()
    return took


def test_a_daemon_at_work_ends_in_time_and_the_next_start_finds_what_it_left(site: Site, tmp_path: Path) -> None:
    assert stopped("run", tmp_path, site, random.Random(1)) < PROMISED
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        entered = db.execute("select count(*) from captures").fetchone()[0]
    asked = len(site.log)
    with running("run", archive=tmp_path) as process:  # it takes in what was left: asked to stop, it ends as fast
        assert within(PATIENCE, lambda: (tmp_path / ".lock").read_text().count(str(process.pid)) > 0)
        time.sleep(1)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        assert time.monotonic() - began < PROMISED
    assert dateline("crawl", archive=tmp_path).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        once = "select count(*), count(distinct final_url) from captures where kind = 'page' and status = 200"
        assert db.execute(once).fetchone() == (PAGES, PAGES)
        assert db.execute("select count(*) from articles").fetchone() == (PAGES,)
    assert entered < PAGES
    assert len(site.log) > asked


def test_a_crawl_says_what_it_did_until_it_was_stopped(site: Site, tmp_path: Path) -> None:
    assert stopped("crawl", tmp_path, site, random.Random(2)) < PROMISED
    said = (tmp_path / "log.txt").read_text()
    (columns,) = [line.split() for line in said.splitlines() if line.split()[:1] == ["quill"]]
    new = int(columns[1])
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        assert new == db.execute("select count(*) from articles").fetchone()[0]


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_it_ends_in_time_in_twenty_of_twenty_tries(command: str, site: Site, tmp_path: Path) -> None:
    took = []
    for number in range(20):
        archive = tmp_path / str(number)
        archive.mkdir()
        took.append(stopped(command, archive, site, random.Random(number)))
    print(f"{command}: {max(took):.1f} s at most, {sum(took) / len(took):.1f} s on average")
    assert max(took) < PROMISED
