"""The process that sends alerts beside the daemon, and the daemon's hold on it.

The crawl never waits for a service, and the writer never for a match: this process only reads archive.db, and has
alerts.db for itself. It ends when its standard input does. If the daemon is killed, it still gives away the message
that it holds, and marks it, so that the next daemon does not send it again.
"""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.alerts import ledger, rounds
from archive.alerts.services import Services
from archive.alerts.settings import Settings, load
from archive.boilerplate.decisions import FILE
from archive.core.errors import DatelineError, SourcesError
from archive.store.opening.readonly import open_readonly

log = logging.getLogger(__name__)

_CHECK = 1.0
"""Seconds between two looks whether anything was stored."""

_ANYWAY = timedelta(seconds=5)
"""Time after which a round is made although nothing was stored: for digests, and services that rested."""

_END_WITHIN = 4.0
"""Seconds that the process has to end."""

_LOOK, _PAUSE = timedelta(seconds=1), timedelta(seconds=10)
"""Time between two looks whether it runs, and before it is started again after a failure."""

_NEVER = datetime.min.replace(tzinfo=UTC)

Stamp = tuple[int, int]


class AlertProcess:
    """The daemon's hold on the process: it runs while decisions.toml has alerts."""

    def __init__(self, archive: Path) -> None:
        self.archive = archive
        self.process: subprocess.Popen[bytes] | None = None
        self.not_before = _NEVER
        self.read: Stamp | None = None
        self.wanted = False
        self.until: float | None = None

    def see_to(self, now: datetime) -> None:
        """Log what the process reports; start it if there are alerts and it does not run. Never blocks."""
        self._listen()
        if now < self.not_before:
            return
        self.not_before = now + _LOOK
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None and self.process.returncode:
            log.warning("the process that sends alerts ended; it is started again")
            self.not_before = now + _PAUSE
        self.process = None
        if stamp(self.archive) != self.read:
            self.read = stamp(self.archive)
            self.wanted = self._has_alerts()
        if self.wanted:
            self._start()

    def end(self) -> None:
        """Ask it to give away the message that it holds and to end, without waiting for that; `stop` does."""
        if self.process is None or self.until is not None:
            return
        assert self.process.stdin is not None
        self.until = time.monotonic() + _END_WITHIN
        with suppress(OSError):
            self.process.stdin.close()

    def stop(self) -> None:
        """Let it give away the message that it holds, and end it, within seconds since it was asked to `end`."""
        self.end()
        if self.process is None or self.until is None:
            return
        assert self.process.stdout is not None
        try:
            self.process.wait(max(self.until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._listen()
        self.process.stdout.close()
        self.process = self.until = None

    def _has_alerts(self) -> bool:
        try:
            return bool(load(self.archive / FILE).alerts)
        except SourcesError as error:
            log.error("decisions.toml has a mistake; no alert is sent until it is corrected. %s", error)
            return False

    def _start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from archive.alerts.process import main; main()", str(self.archive.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)

    def _listen(self) -> None:
        if self.process is None or self.process.stdout is None:
            return
        for line in (self.process.stdout.read() or b"").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                said = json.loads(line)
                log.log(int(said["level"]), "%s", said["message"])


class Sender:
    """What the process does: rounds, whenever something was stored or is due."""

    def __init__(self, archive: Path, services: Services, clock: Callable[[], datetime]) -> None:
        self.archive = archive
        self.services = services
        self.clock = clock
        self.settings: Settings | None = None
        self.read: Stamp | None = None
        self.seen: Stamp | None = None
        self.version = -1
        self.next_round = _NEVER

    def turn(
        self, connection: sqlite3.Connection, stopping: Callable[[], bool], say: Callable[[int, str], None]
    ) -> bool:
        """A round, if there is anything to do; False if there are no alerts any more."""
        self._read_settings(say)
        if self.settings is None:
            return True
        if not self.settings.alerts:
            return False
        version = int(connection.execute("pragma data_version").fetchone()[0])
        now = self.clock()
        if version == self.version and now < self.next_round:
            return True
        self.version, self.next_round = version, now + _ANYWAY
        with ledger.sending_lock(self.archive), ledger.open_ledger(self.archive) as book:
            rounds.prepare(connection, book, self.settings, now)
            book.tidy(now)
            for attempt in rounds.deliver(book, self.settings, self.services, self.clock, stopping=stopping):
                say(*in_words(attempt))
        return True

    def _read_settings(self, say: Callable[[int, str], None]) -> None:
        """Read decisions.toml again once it has stayed as it is for a turn: an editor may still be writing it."""
        now, before = stamp(self.archive), self.seen
        self.seen = now
        if now == self.read or (self.settings is not None and now != before):
            return
        self.read = now
        try:
            self.settings = load(self.archive / FILE)
            self.next_round = _NEVER
        except SourcesError as error:
            say(logging.ERROR, f"decisions.toml has a mistake; the alerts stay as they were. {error}")


def in_words(attempt: rounds.Attempt) -> tuple[int, str]:
    """A line of the log about an attempt, with its level."""
    if attempt.answer.problem:
        words = f"alert {attempt.alert}: {attempt.answer.service} failed and is tried again: {attempt.answer.problem}"
        return logging.WARNING, words
    return logging.INFO, f"alert {attempt.alert}: delivered to {attempt.answer.service}: {attempt.message.subject}"


def stamp(archive: Path) -> Stamp:
    """What tells one state of decisions.toml from another."""
    try:
        status = (archive / FILE).stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def main() -> None:
    """The process. Its argument is the archive directory; it reports as JSON lines on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.set_blocking(sys.stdout.fileno(), False)
    archive = Path(sys.argv[1])
    sender = Sender(archive, Services(os.environ), lambda: datetime.now(UTC))
    while not input_ended(0):
        try:
            with open_readonly(archive / "archive.db") as connection:
                if not _turns(sender, connection):
                    return
        except (DatelineError, sqlite3.Error, OSError) as error:
            _report(logging.ERROR, f"alerts cannot be sent now: {error}")
            input_ended(_PAUSE.total_seconds())


def _turns(sender: Sender, connection: sqlite3.Connection) -> bool:
    """Turn after turn until standard input ends; False if there are no alerts any more."""
    while not input_ended(_CHECK):
        if not sender.turn(connection, lambda: input_ended(0), _report):
            return False
    return True


def input_ended(seconds: float) -> bool:
    """Whether standard input has ended; waits so long for it."""
    return bool(select.select([sys.stdin], [], [], seconds)[0])


def _report(level: int, message: str) -> None:
    with suppress(OSError):  # nobody reads it any more, or not quickly enough
        os.write(sys.stdout.fileno(), json.dumps({"level": level, "message": message}).encode() + b"\n")
