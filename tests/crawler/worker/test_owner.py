"""The owner's side of the crawler process: what it hears and sends while the process starts, runs, and is gone."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from crawler.worker.messages import Ready, Stop
from crawler.worker.owner import Worker
from tests.support.owner import QUICK

PATIENCE = 120.0


def test_a_process_that_was_killed_is_gone_and_nothing_said_to_it_fails(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "Dateline/0.0", QUICK)
    assert not worker.alive
    assert worker.poll(0) is None
    worker.start()
    assert worker.alive
    assert isinstance(worker.poll(PATIENCE), Ready)
    worker.kill()
    assert not worker.alive
    worker.send(Stop(1.0))
    assert worker.poll(0) is None
    worker.kill()


def test_a_process_that_ended_by_itself_is_no_longer_alive_when_all_it_said_was_read(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "Dateline/0.0", QUICK)
    worker.start()
    worker.stop(1.0)
    heard, end = [], time.monotonic() + PATIENCE
    while worker.alive and time.monotonic() < end:
        heard.append(worker.poll(0.2))
    assert not worker.alive
    assert [each for each in heard if each is not None] == [Ready()]
    worker.kill()


def test_the_owner_needs_nothing_of_scrapy() -> None:
    program = "import sys, crawler.worker.owner; sys.exit('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
