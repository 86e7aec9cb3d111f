"""The site of an archive as a process beside the daemon: spawned, started again if it ends, never without a parent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from archive.core.errors import ArchiveError, DatelineError
from archive.core.logs import log_as_child
from archive.core.processes import CONTEXT, begin_as_child, starting
from archive.web.server import serve
from archive.web.settings import DEFAULT, SiteOptions

log = logging.getLogger(__name__)

_START_WITHIN, _LOOK, _END_WITHIN = 30.0, 0.2, 2.0
"""Seconds until it answers, between two looks whether it does, and until it has ended."""

_PAUSE = timedelta(seconds=10)
"""Time between two starts."""


class Site:
    """Serves an archive from a process of its own. `address` is known once started and stays the same.

    `stopping` says whether nobody waits for it any more.
    """

    def __init__(
        self,
        archive: Path,
        host: str,
        port: int,
        options: SiteOptions = DEFAULT,
        *,
        stopping: Callable[[], bool] = lambda: False,
        json_logs: bool = False,
    ) -> None:
        self.stopping = stopping
        self.json_logs = json_logs
        self.archive = archive
        self.host = host
        self.port = port
        self.options = options
        self.address = ""
        self.process: SpawnProcess | None = None
        self.not_before = datetime.min.replace(tzinfo=UTC)

    def start(self) -> None:
        """Start it and wait until it answers. Raises ArchiveError if it does not, or nobody waits any more."""
        here, there = CONTEXT.Pipe(duplex=False)
        self.process = CONTEXT.Process(
            target=_serve, args=(self.archive, self.host, self.port, there, self.options, self.json_logs), name="site"
        )
        with starting():
            self.process.start()
        there.close()
        with here:
            said = self._heard(here)
        if not said.startswith("http"):
            self.stop()
            raise ArchiveError(said or "The site did not start; `dateline serve` shows why.")
        self.address = said
        self.port = int(said.rstrip("/").rpartition(":")[2])
        log.info("the site is served at %s", said)

    def see_to(self, now: datetime) -> None:
        """Start it again when it ended by itself; the crawling does not depend on it, so a failure is only logged."""
        if now < self.not_before or (self.process is not None and self.process.is_alive()):
            return
        log.warning("the site ended; it is started again")
        self.not_before = now + _PAUSE
        try:
            self.start()
        except ArchiveError as error:
            if self.stopping():
                return
            log.error("the site could not be started again: %s", error)

    def end(self) -> None:
        """Ask it to end, without waiting for that; `stop` does."""
        if self.process is not None:
            self.process.terminate()

    def stop(self) -> None:
        """End it, within seconds."""
        if self.process is None:
            return
        self.end()
        self.process.join(_END_WITHIN)
        self.process.kill()
        self.process.join()
        self.process = None
        if self.address:
            log.info("the site has ended")

    def _heard(self, pipe: Connection) -> str:
        """The first word of the process: its address or its trouble; nothing if it ended, took too long or is not
        wanted any more."""
        until = time.monotonic() + _START_WITHIN
        try:
            while not self.stopping() and time.monotonic() < until:
                if pipe.poll(_LOOK):
                    return str(pipe.recv())
        except EOFError:
            pass
        return ""


def _serve(archive: Path, host: str, port: int, tell: Connection, options: SiteOptions, json_logs: bool) -> None:
    begin_as_child()
    log_as_child(json_logs)
    try:
        serve(archive, host, port, tell.send, options)
    except DatelineError as error:
        tell.send(str(error))
