"""Hosts that refused, and how long each is left alone: rows of `hosts`, shared by all sources of a host."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from archive.core.model import HostRest
from archive.history.recheck import is_same_look, next_try
from archive.store.rows import moment, moment_from, moment_or_none
from archive.store.schema import Database

LONGEST_REST = timedelta(days=7)
_LONGEST_OWN_REST = timedelta(days=1)


def resting_hosts(db: Database, now: datetime) -> tuple[HostRest, ...]:
    """The hosts that asked to be left alone until later than now. What lies beyond any rest is a clock's mistake."""
    rows = db.execute(
        "select host, rest_until, reason from hosts where rest_until > ? and rest_until <= ?",
        (moment(now), moment(now + LONGEST_REST)),
    )
    return tuple(HostRest(host, moment_from(until), reason) for host, until, reason in rows.fetchall())


def note_refusal(db: Database, host: str, reason: str, at: datetime, seconds: float | None) -> None:
    """Record a refusal: the host gets a rest of the seconds it asked for (at most 7 days), else longer each time."""
    db.execute("insert or ignore into hosts (host) values (?)", (host,))
    refused_at, refusals = db.execute("select refused_at, refusals from hosts where host = ?", (host,)).fetchone()
    refusals += not is_same_look(moment_or_none(refused_at), at)
    stated = timedelta(seconds=min(seconds, LONGEST_REST.total_seconds())) if seconds is not None else None
    until = at + stated if stated is not None else min(next_try(at, refusals, "host"), at + _LONGEST_OWN_REST)
    db.execute(
        "update hosts set rest_until = ?, refused_at = ?, refusals = ?, reason = ? where host = ?",
        (moment(until), moment(at), refusals, reason, host),
    )


def note_answers(db: Database, hosts: Iterable[str], at: datetime) -> None:
    """Record that hosts answered normally: earlier refusals no longer count."""
    db.conn.executemany(
        "insert into hosts (host, answered_at) values (?, ?) on conflict (host) do update set"
        " answered_at = excluded.answered_at, refusals = 0, reason = '', rest_until = null",
        [(host, moment(at)) for host in hosts],
    )


def answered_since(db: Database, host: str, at: str) -> bool:
    """Whether a host answered a request normally since a stored moment."""
    row = db.execute("select answered_at from hosts where host = ?", (host,)).fetchone()
    return bool(row and row[0] and row[0] >= at)
