"""alerts.db: what was found for each alert, which messages were made of it, and which services took them.

It stands beside archive.db and not in it: archive.db is published, and who watches what is nobody's business. So a
rebuilt archive.db changes nothing here. A change is entered once under its identity, a message once under an id that is
made of its changes. A message that was given to a service is marked at once; only one that a kill caught between the
service's answer and the mark can go out twice, with the same id.
"""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from archive.alerts.changes import Change, Reached
from archive.alerts.digest import pause
from archive.alerts.message import Message
from archive.alerts.settings import Alert
from archive.core.errors import ArchiveError
from archive.core.ids import number_of
from archive.store.opening.readonly import connect_readonly

FILE = "alerts.db"

PATIENCE = 30.0
"""Seconds to wait for another program that sends alerts; giving away one message takes less."""

_LOCK = ".alerts.lock"
_VERSION = 1
_KEPT = timedelta(days=90)
"""How long what was delivered is remembered: longer than any change is fresh."""

_SCHEMA = """
create table alerts (name text primary key, definition text not null, since text not null, digested_at text not null);
create table matches (
    id integer primary key, alert text not null, what text not null, source text not null, article_id integer,
    capture_id integer, at text not null, found_at text not null, batch text
);
create index matches_open on matches (alert) where batch is null;
create table messages (
    id text primary key, batch text not null, alert text not null, target text not null, subject text not null,
    body text not null, made_at text not null, tries integer not null default 0, delivered_at text
);
create index messages_open on messages (target, tries, made_at) where delivered_at is null;
create index messages_delivered on messages (alert, delivered_at);
create table services (
    target text primary key, name text not null default '', failures integer not null default 0, next_try text,
    problem text not null default ''
);
create table reached (log text not null, n integer not null);
insert into reached values ('', 0);
"""


@dataclass(frozen=True)
class Begun:
    """Since when an alert watches, and when its last digest was due."""

    since: datetime
    digested_at: datetime


@dataclass(frozen=True)
class Match:
    """A change that was found for an alert and is in no message yet."""

    id: int
    what: str
    source: str
    article: int | None
    capture: int | None
    at: str


@dataclass(frozen=True)
class Waiting:
    """A message that a service has not taken yet."""

    id: str
    alert: str
    target: str
    message: Message


@dataclass(frozen=True)
class Standing:
    """How an alert stands: `since` is "" if it has not begun. `waiting` counts changes that no message has yet,
    `undelivered` messages. `problem` is what a service said that failed, `next_try` when it is tried again.
    """

    since: str = ""
    last_delivered: str = ""
    waiting: int = 0
    undelivered: int = 0
    failures: int = 0
    problem: str = ""
    next_try: str = ""


def target_of(address: str) -> str:
    """The name of a service in the tables: its address is a secret and stands in none of them."""
    return f"{number_of('service', address):013x}"


class Ledger:
    """alerts.db, open for writing by one thread; who sends holds the lock (`alone`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection

    def begin(self, alerts: Sequence[Alert], now: datetime) -> dict[str, Begun]:
        """Enter alerts that are new, or about something else than before, as begun now; forget those that are gone."""
        at = now.isoformat()
        with self.db:
            known = dict(self.db.execute("select name, definition from alerts"))
            for name in [name for name in known if name not in {alert.name for alert in alerts}]:
                self._forget(name)
                self.db.execute("delete from messages where alert = ? and delivered_at is null", (name,))
            for alert in alerts:
                if known.get(alert.name, alert.definition) != alert.definition:
                    self._forget(alert.name)
                self.db.execute(
                    "insert or ignore into alerts values (?, ?, ?, ?)", (alert.name, alert.definition, at, at)
                )
                self._readdress(alert)
        rows = self.db.execute("select name, since, digested_at from alerts")
        return {name: Begun(*map(datetime.fromisoformat, moments)) for name, *moments in rows}

    def _forget(self, name: str) -> None:
        self.db.execute("delete from alerts where name = ?", (name,))
        self.db.execute("delete from matches where alert = ? and batch is null", (name,))

    def _readdress(self, alert: Alert) -> None:
        """Give the messages for a service that the alert no longer names to those that it names now."""
        targets = [target_of(address) for address in alert.deliver]
        named = ", ".join("?" * len(targets))
        sql = f"select id, batch from messages where alert = ? and delivered_at is null and target not in ({named})"
        for identity, batch in self.db.execute(sql, (alert.name, *targets)).fetchall():
            for target in targets:
                self.db.execute(
                    "insert into messages (id, batch, alert, target, subject, body, made_at) select ?, batch, alert, ?,"
                    " subject, body, made_at from messages where id = ? on conflict (id) do nothing",
                    (_message_id(batch, target), target, identity),
                )
            self.db.execute("delete from messages where id = ?", (identity,))

    def reached(self) -> Reached:
        """How far the archive's log of changes was read."""
        return Reached(*self.db.execute("select log, n from reached").fetchone())

    def enter(self, found: Iterable[tuple[Alert, Change]], reached: Reached, now: datetime) -> int:
        """Enter what was found up to a row of the log, in one transaction; how many changes are new here."""
        before = self.db.total_changes
        with self.db:
            for alert, change in found:
                self.db.execute(
                    "insert or ignore into matches values (?, ?, ?, ?, ?, ?, ?, ?, null)",
                    (
                        number_of("match", alert.name, *change.identity),
                        alert.name,
                        change.what,
                        change.source,
                        change.article,
                        change.capture,
                        change.at,
                        now.isoformat(),
                    ),
                )
            entered = self.db.total_changes - before
            self.db.execute("update reached set log = ?, n = ?", (reached.log, reached.n))
        return entered

    def open_matches(self, alert: str) -> list[Match]:
        """What was found for an alert and is in no message yet, in the order of events."""
        sql = "select id, what, source, article_id, capture_id, at from matches where alert = ? and batch is null"
        return [Match(*row) for row in self.db.execute(f"{sql} order by at, id", (alert,))]

    def put_up(self, alert: Alert, batches: Sequence[tuple[Sequence[Match], Message | None]], now: datetime) -> None:
        """Make the messages of batches of matches, for each service of the alert. A batch without a message was
        withdrawn.
        """
        with self.db:
            for matches, message in batches:
                batch = f"{number_of('batch', *sorted(match.id for match in matches)):013x}" if message else ""
                for match in matches:
                    self.db.execute("update matches set batch = ? where id = ?", (batch, match.id))
                for target in map(target_of, alert.deliver if message else ()):
                    assert message is not None
                    self.db.execute(
                        "insert or ignore into messages (id, batch, alert, target, subject, body, made_at)"
                        " values (?, ?, ?, ?, ?, ?, ?)",
                        (
                            _message_id(batch, target),
                            batch,
                            alert.name,
                            target,
                            message.subject,
                            message.body,
                            now.isoformat(),
                        ),
                    )
            self.db.execute("update alerts set digested_at = ? where name = ?", (now.isoformat(), alert.name))

    def next_message(self, now: datetime, tried: Sequence[str], *, all_services: bool = False) -> Waiting | None:
        """A message to give to its service now: one of those tried least, whose service does not rest.

        `tried` are messages and services that are left out; `all_services`: also those that rest after a failure.
        """
        left_out = ", ".join("?" * len(tried)) or "''"
        rests = "" if all_services else "and coalesce(s.next_try, '') <= ?"
        row = self.db.execute(
            "select m.id, m.alert, m.target, m.subject, m.body from messages m left join services s"
            f" on s.target = m.target where m.delivered_at is null {rests} and m.id not in ({left_out})"
            f" and m.target not in ({left_out}) order by m.tries, m.made_at, m.id limit 1",
            (*(() if all_services else (now.isoformat(),)), *tried, *tried),
        ).fetchone()
        return Waiting(row[0], row[1], row[2], Message(row[3], row[4])) if row else None

    def note_attempt(self, waiting: Waiting, now: datetime) -> None:
        """Note that a message is being given to its service, which rests as after a failure if this is cut off."""
        with self.db:
            self.db.execute("update messages set tries = tries + 1 where id = ?", (waiting.id,))
            self._note_failure(waiting.target, "", "the attempt was cut off", now)

    def note_delivered(self, waiting: Waiting, name: str, now: datetime) -> None:
        """Mark a message that its service took. `name` is the service's address without its secrets."""
        with self.db:
            self.db.execute(
                "update messages set delivered_at = ?, subject = '', body = '' where id = ?",
                (now.isoformat(), waiting.id),
            )
            self.db.execute(
                "update services set name = ?, failures = 0, next_try = null, problem = '' where target = ?",
                (name, waiting.target),
            )

    def note_failed(self, waiting: Waiting, name: str, problem: str) -> None:
        """Note why the attempt that `note_attempt` announced failed."""
        with self.db:
            self.db.execute(
                "update services set name = ?, problem = ? where target = ?", (name, problem, waiting.target)
            )

    def _note_failure(self, target: str, name: str, problem: str, now: datetime) -> None:
        self.db.execute("insert or ignore into services (target, name) values (?, ?)", (target, name))
        failures = self.db.execute("select failures from services where target = ?", (target,)).fetchone()[0] + 1
        self.db.execute(
            "update services set failures = ?, next_try = ?, problem = ? where target = ?",
            (failures, (now + pause(failures)).isoformat(), problem, target),
        )

    def tidy(self, now: datetime) -> None:
        """Forget what was delivered long ago."""
        with self.db:
            self.db.execute("delete from messages where delivered_at < ?", ((now - _KEPT).isoformat(),))
            self.db.execute(
                "delete from matches where batch is not null and found_at < ?", ((now - _KEPT).isoformat(),)
            )

    def undelivered(self) -> list[Waiting]:
        """All messages that a service has not taken yet, the oldest first."""
        sql = "select id, alert, target, subject, body from messages where delivered_at is null order by made_at, id"
        return [Waiting(row[0], row[1], row[2], Message(row[3], row[4])) for row in self.db.execute(sql)]

    def standing(self, alert: Alert) -> Standing:
        """How an alert stands."""
        begun = self.db.execute("select since from alerts where name = ?", (alert.name,)).fetchone()
        last, undelivered = self.db.execute(
            "select coalesce(max(delivered_at), ''), count(*) filter (where delivered_at is null) from messages"
            " where alert = ?",
            (alert.name,),
        ).fetchone()
        open_sql = "select count(*) from matches where alert = ? and batch is null"
        targets = [target_of(address) for address in alert.deliver]
        failing = self.db.execute(
            f"select failures, problem, coalesce(next_try, '') from services where failures > 0"
            f" and target in ({', '.join('?' * len(targets))}) order by failures desc limit 1",
            targets,
        ).fetchone()
        return Standing(
            begun[0] if begun else "",
            last,
            int(self.db.execute(open_sql, (alert.name,)).fetchone()[0]),
            undelivered,
            *(failing or (0, "", "")),
        )


@contextmanager
def open_ledger(directory: Path) -> Iterator[Ledger]:
    """An archive's alerts.db, open for writing; made if there is none. Raises ArchiveError if it cannot be used."""
    path = directory / FILE
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            version = connection.execute("pragma user_version").fetchone()[0]
            if version > _VERSION:
                raise ArchiveError(f"{path} was written by a newer Dateline. Use that version.")
            if version == 0:
                connection.executescript(f"begin; {_SCHEMA} pragma user_version = {_VERSION}; commit;")
            yield Ledger(connection)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"{path} cannot be used ({error}). If the disk is full, make room. If the file is damaged, move it away: "
            "alerts then begin anew, and nothing that was delivered is sent again."
        ) from error


@contextmanager
def copy_in_memory(directory: Path) -> Iterator[Ledger]:
    """A copy of an archive's alerts.db in memory, which may be changed; an empty one if there is none, or one without
    tables, as a full disk leaves it."""
    path = directory / FILE
    try:
        with closing(sqlite3.connect(":memory:")) as copy:
            if path.is_file():
                with closing(connect_readonly(path)) as original:
                    original.backup(copy)
            if not copy.execute("select 1 from sqlite_master").fetchone():
                copy.executescript(_SCHEMA)
            yield Ledger(copy)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path} cannot be read: {error}.") from error


@contextmanager
def sending_lock(directory: Path, seconds: float = PATIENCE) -> Iterator[None]:
    """Hold the lock under which alerts are sent; one program at a time does. Waits so long for another one.

    After a daemon was killed, its alert process still gives away the message that it holds, and marks it.
    """
    path = directory / _LOCK
    until = time.monotonic() + seconds
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise ArchiveError(
                        f"The alerts of {directory} are being sent by another program. Wait for it."
                    ) from error
                time.sleep(0.05)
        yield


def _message_id(batch: str, target: str) -> str:
    return f"{number_of('message', batch, target):013x}"
