"""The site as a process of its own: it answers once started, comes back when it ended, and says why it cannot."""

from __future__ import annotations

import logging
import os
import signal
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.web.process import Site
from tests.support.sample import build_sample

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def front_page(site: Site) -> str:
    with urllib.request.urlopen(site.address, timeout=60) as answer:
        return str(answer.read().decode())


def test_it_is_started_again_at_the_same_address_after_it_ended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "archive.web.process")  # commands in other tests set the level of "archive"
    site = Site(build_sample(tmp_path / "archive"), "127.0.0.1", 0)
    try:
        site.start()
        first, address = site.process, site.address
        assert first is not None
        assert "Night ferry" in front_page(site)
        site.see_to(NOON)
        assert site.process is first
        first.kill()
        first.join()
        site.see_to(NOON)
        assert site.process is not first
        assert site.address == address
        assert "Night ferry" in front_page(site)
        second = site.process
        assert second is not None
        second.kill()
        second.join()
        site.see_to(NOON + timedelta(seconds=9))
        assert site.process is second, "it was started again a moment ago"
    finally:
        site.stop()
    assert site.process is None
    noted = [record.message for record in caplog.records]
    assert (noted[0], noted[-1]) == (f"the site is served at {address}", "the site has ended")


def test_why_it_does_not_start_is_said_and_nothing_is_left_running(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = Site(tmp_path, "127.0.0.1", 0)
    with pytest.raises(ArchiveError, match=r"archive\.db does not exist"):
        site.start()
    assert (site.process, site.address) == (None, "")
    with caplog.at_level(logging.WARNING):
        site.see_to(NOON)
    assert "could not be started again" in caplog.text
    assert site.process is None


def test_a_site_that_never_ran_can_be_stopped(tmp_path: Path) -> None:
    site = Site(tmp_path, "127.0.0.1", 0)
    site.stop()
    assert site.process is None


def test_a_site_that_does_not_start_is_tried_again_after_a_pause(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site, pause = Site(tmp_path, "127.0.0.1", 0), timedelta(seconds=10)
    for moment, failures in ((NOON, 1), (NOON + pause * 0.99, 1), (NOON + pause, 2), (NOON + pause * 1.5, 2)):
        site.see_to(moment)
        assert caplog.text.count("could not be started again") == failures


def test_nobody_waits_for_a_site_that_has_not_started_when_the_daemon_must_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    looks = iter([False, True, True, True])
    site = Site(build_sample(tmp_path / "archive"), "127.0.0.1", 0, stopping=lambda: next(looks))
    with pytest.raises(ArchiveError):
        site.start()  # that takes longer than one look
    assert (site.process, site.address) == (None, "")
    site.see_to(NOON)
    assert "could not be started again" not in caplog.text


def test_a_site_that_was_asked_to_end_is_gone_without_being_waited_for(tmp_path: Path) -> None:
    site = Site(build_sample(tmp_path / "archive"), "127.0.0.1", 0)
    site.end()  # there is none yet
    site.start()
    process = site.process
    assert process is not None
    site.end()
    process.join(60)
    assert process.exitcode is not None
    site.stop()
    assert site.process is None


def test_ctrl_c_in_a_terminal_which_reaches_all_processes_leaves_the_end_of_the_site_to_the_daemon(
    tmp_path: Path,
) -> None:
    site = Site(build_sample(tmp_path / "archive"), "127.0.0.1", 0)
    try:
        site.start()
        assert site.process is not None
        assert site.process.pid is not None
        os.kill(site.process.pid, signal.SIGINT)
        assert "Night ferry" in front_page(site)
        assert site.process.is_alive()
    finally:
        site.stop()
