"""A daemon whose disk is full."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, cast

import pytest

from archive.core.errors import ArchiveError
from crawler.schedule import disk_room
from crawler.schedule.daemon import Daemon
from crawler.schedule.disk_room import ENOUGH, has_room, wait_for_room

FULL = ENOUGH - 1


class _Usage(NamedTuple):
    free: int


class Disk:
    """A disk with so much room at one look after another (the last one stays), and a daemon that writes to it."""

    def __init__(self, *free: int, fails: int = 0) -> None:
        self.free = list(free)
        self.fails = fails
        self.done: list[str] = []
        crawl, store = SimpleNamespace(abandon=self.abandon), SimpleNamespace(recover=self.recover)
        self.daemon = cast(Daemon, SimpleNamespace(crawl=crawl, store=store))

    def usage(self, path: Path) -> _Usage:
        return _Usage(self.free.pop(0) if len(self.free) > 1 else self.free[0])

    def abandon(self) -> None:
        self.done.append("abandoned")

    def recover(self) -> None:
        self.done.append("recovered")
        if self.fails:
            self.fails -= 1
            raise ArchiveError("The tables cannot be written.")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_room, "_LOOK_EVERY", 0)


def wait(disk: Disk, monkeypatch: pytest.MonkeyPatch, looks: int = 9) -> None:
    """Wait for room; asked to stop after so many looks."""
    left = iter(range(looks))
    monkeypatch.setattr(shutil, "disk_usage", disk.usage)
    wait_for_room(disk.daemon, Path(), lambda: next(left, None) is None, "No page was kept.")


@pytest.mark.parametrize(("free", "expected"), [(ENOUGH, True), (FULL, False)])
def test_room_is_what_a_batch_needs(free: int, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", Disk(free).usage)
    assert has_room(Path()) is expected


def test_it_waits_until_there_is_room_and_stores_what_was_written(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    disk = Disk(FULL, FULL, FULL, ENOUGH)
    wait(disk, monkeypatch)
    assert disk.done == ["abandoned", "recovered"]
    full, again = caplog.messages
    assert full.endswith("is full: no page is fetched until there is room. No page was kept.")
    assert "crawling goes on" in again


def test_an_error_with_another_reason_only_begins_the_crawls_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk(ENOUGH)
    wait(disk, monkeypatch)
    assert (disk.done, caplog.messages) == (["abandoned"], [])


def test_a_disk_that_fills_up_again_while_it_recovers_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(FULL, ENOUGH, FULL, ENOUGH, fails=1)
    wait(disk, monkeypatch)
    assert disk.done == ["abandoned", "recovered", "recovered"]


def test_a_recovery_that_fails_though_there_is_room_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArchiveError, match="cannot be written"):
        wait(Disk(FULL, ENOUGH, fails=1), monkeypatch)


def test_it_stops_while_the_disk_is_full(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    disk = Disk(FULL)
    wait(disk, monkeypatch, looks=3)
    assert disk.done == ["abandoned"]
    assert "crawling goes on" not in caplog.text
