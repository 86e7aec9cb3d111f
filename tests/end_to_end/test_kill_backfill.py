"""Kill -9 in the middle of a walk back: the archive ends the same, and hardly anything is asked twice."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from tests.end_to_end.test_kill import record
from tests.support.commandline import dateline, descendants, publish, running, within
from tests.support.site import Site

pytestmark = pytest.mark.usefixtures("forked")

PATIENCE = 120.0
MOST = 1.05
"""Requests of a walk that was killed ten times, beside those of one that was not."""


def watching_a_listing(archive: Path, site: Site) -> Path:
    """An archive that watches the site's feed and listing, without delay."""
    archive.mkdir()
    (archive / "sources.toml").write_text(
        "[processing]\nworkers = 1\n\n[[source]]\n"
        f'name = "quill"\nurl = "{site.url}"\nfeeds = ["{site.at("/feed/")}"]\n'
        f'listings = ["{site.at("/news/")}"]\ndelay = 0\n',
        encoding="utf-8",
    )
    return archive


def kill_after(requests: int, archive: Path, site: Site) -> None:
    """Walk back until the site was asked so often, then kill every process of the command at once."""
    asked = len(site.log)
    with running("crawl", "--backfill", archive=archive) as process:
        within(PATIENCE, lambda: len(site.log) >= asked + requests or process.poll() is not None)
        for victim in (process.pid, *descendants(process.pid)):
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait(PATIENCE)


def check_kills(kills: int, releases: int, most: float, directory: Path) -> None:
    with Site() as site:
        publish(site, releases)
        archive = watching_a_listing(directory / "undisturbed", site)
        assert dateline("crawl", "--backfill", archive=archive).exit_code == 0
        undisturbed, usual = record(archive), len(site.log)
        assert len(undisturbed["articles"]) == releases
        site.log.clear()
        archive = watching_a_listing(directory / "killed", site)
        chance = random.Random(releases)
        for _ in range(kills):
            kill_after(chance.randint(2, 2 * releases // (kills + 1)), archive, site)
        result = dateline("crawl", "--backfill", archive=archive)
        assert result.exit_code == 0, result.output
        assert record(archive) == undisturbed
        assert len(site.log) <= most * usual, f"{len(site.log)} requests, {usual} undisturbed"


def test_a_walk_that_is_killed_ends_the_same(tmp_path: Path) -> None:
    check_kills(1, 40, 1.2, tmp_path)


@pytest.mark.soak
def test_a_walk_that_is_killed_ten_times_asks_hardly_more(tmp_path: Path) -> None:
    check_kills(10, 600, MOST, tmp_path)
