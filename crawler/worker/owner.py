"""The owner's side of the crawler process (`crawler.worker.process`): start it, talk to it, end it."""

from __future__ import annotations

import contextlib
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from pkgutil import resolve_name

from archive.core import processes
from crawler.fetch.settings import Limits
from crawler.worker.messages import FromWorker, Stop, ToWorker

_PROCESS = "crawler.worker.process:serve"
"""What the process runs. It is imported there and not here: its owner needs nothing of Scrapy."""


class Worker:
    """The crawler process, seen by its owner. Call `poll` often: the crawler waits while nobody reads."""

    def __init__(
        self, archive_dir: Path, software: str, limits: Limits | None = None, *, json_logs: bool = False
    ) -> None:
        self._archive_dir = archive_dir
        self._software = software
        self._limits = limits or Limits()
        self._json_logs = json_logs
        self._connection: Connection | None = None
        self._process: SpawnProcess | None = None

    @property
    def alive(self) -> bool:
        """Whether the process runs, or has sent something that was not yet read."""
        return self._connection is not None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process; `Ready` follows by `poll`."""
        self._connection, theirs = processes.CONTEXT.Pipe()
        arguments = (theirs, self._archive_dir, self._software, self._limits, self._json_logs)
        self._process = processes.CONTEXT.Process(target=_run, args=arguments, name="dateline-crawler", daemon=True)
        with processes.starting():
            self._process.start()
        theirs.close()

    def send(self, message: ToWorker) -> None:
        """Send a message. If the process is dying the message is lost; check `alive`."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.send(message)

    def poll(self, timeout: float) -> FromWorker | None:
        """The next message, waiting up to `timeout` seconds; None if there is none or the process is gone."""
        if self._connection is None:
            return None
        try:
            if self._connection.poll(timeout):
                message: FromWorker = self._connection.recv()
                return message
        except (EOFError, OSError):
            self._connection.close()
            self._connection = None
        return None

    def stop(self, grace: float) -> None:
        """Ask it to end within `grace` seconds. Go on polling until it is no longer alive."""
        self.send(Stop(grace))

    def kill(self) -> None:
        """Kill it now. What it had not synced is lost; what it announced is not."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _run(*arguments: object) -> None:
    """The first call in the new process."""
    resolve_name(_PROCESS)(*arguments)
