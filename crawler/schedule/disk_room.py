"""What the daemon does while the disk of its archive is full: it fetches nothing, and goes on when there is room."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from archive.core.errors import ArchiveError
from crawler.schedule.daemon import Daemon

log = logging.getLogger(__name__)

ENOUGH = 8 * 1024 * 1024
"""The daemon fetches only if the disk has this many free bytes; a batch of pages with its rows needs about as much."""

_LOOK_EVERY = 0.5
"""Seconds between looks at a disk that is full."""


def has_room(archive: Path) -> bool:
    """Whether the disk of an archive has room for what is fetched next."""
    return shutil.disk_usage(archive).free >= ENOUGH


def wait_for_room(daemon: Daemon, archive: Path, to_stop: Callable[[], bool], why: str) -> None:
    """Fetch nothing while the disk is full. Then store what was written, and crawl again what was interrupted.

    Ends early when asked `to_stop`. `why` says in words what could not be written. Raises what recovery raises if the
    disk is not the reason.
    """
    daemon.crawl.abandon()
    if has_room(archive):  # the disk is not full, so the error had another reason: go on
        return
    log.error("The disk of %s is full: no page is fetched until there is room. %s", archive.resolve(), why)
    while not (to_stop() or _is_recovered(daemon, archive)):
        time.sleep(_LOOK_EVERY)
    if not to_stop():
        log.warning("There is room on the disk again: crawling goes on.")


def _is_recovered(daemon: Daemon, archive: Path) -> bool:
    """Store what was written before the disk was full, as soon as there is room for it; whether that is done."""
    if not has_room(archive):
        return False
    try:
        daemon.store.recover()
    except (ArchiveError, OSError):
        if has_room(archive):
            raise
        return False
    return True
