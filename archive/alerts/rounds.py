"""One round of alerts: find what is new, make messages of what is due, give them to the services."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.alerts import changes, matching
from archive.alerts.changes import Change
from archive.alerts.digest import is_due
from archive.alerts.ledger import Begun, Ledger, Match, target_of
from archive.alerts.message import MOST, Message, compose
from archive.alerts.services import Answer, Services
from archive.alerts.settings import Alert, Settings

Held = dict[tuple[str, str, int | None, int | None, str], Change | None]
"""Changes that were read in this round."""


@dataclass(frozen=True)
class Attempt:
    """A message that was given to a service, and what became of it."""

    alert: str
    message: Message
    answer: Answer


def prepare(connection: sqlite3.Connection, ledger: Ledger, settings: Settings, now: datetime) -> None:
    """Find what is new in archive.db for the alerts, and make the messages that are due. Sends nothing."""
    begun = ledger.begin(settings.alerts, now)
    find(connection, ledger, settings.alerts, begun, now)
    held: Held = {}
    for alert in settings.alerts:
        if is_due(alert.when, begun[alert.name].digested_at, now):
            _put_up(connection, ledger, alert, settings.site, now, held)


def find(
    connection: sqlite3.Connection, ledger: Ledger, alerts: Sequence[Alert], begun: dict[str, Begun], now: datetime
) -> None:
    """Enter the changes since the last time in the ledger, for each alert that is about them."""
    end = changes.end_of_log(connection)
    reached = changes.resume(ledger.reached(), end)
    while reached.n < end.n:
        found, reached = changes.read(connection, reached, now)
        ledger.enter(_news(alerts, found, begun), reached, now)


def _news(alerts: Sequence[Alert], found: Sequence[Change], begun: dict[str, Begun]) -> Iterator[tuple[Alert, Change]]:
    first = min((each.since for each in begun.values()), default=None)
    fresh = [change for change in found if first and datetime.fromisoformat(change.at) >= first]
    if not fresh:
        return
    for alert, meant in zip(alerts, matching.matches(alerts, fresh), strict=True):
        for change in meant:
            if matching.is_news(alert, change, begun[alert.name].since):
                yield alert, change


def _put_up(connection: sqlite3.Connection, ledger: Ledger, alert: Alert, site: str, now: datetime, held: Held) -> None:
    found = ledger.open_matches(alert.name)
    if not found and alert.when.every == "at once":
        return
    batches: list[tuple[list[Match], Message | None]] = []
    for start in range(0, len(found), MOST):
        batch = found[start : start + MOST]
        there = [change for change in (_again(connection, match, held) for match in batch) if change is not None]
        batches.append((batch, compose(alert, there, site) if there else None))
    ledger.put_up(alert, batches, now)


def _again(connection: sqlite3.Connection, match: Match, held: Held) -> Change | None:
    """The change of a match; several alerts may be about it, so it is read once a round, and kept without its texts."""
    key = (match.what, match.source, match.article, match.capture, match.at)
    if key not in held:
        change = changes.read_again(connection, *key)
        held[key] = replace(change, earlier=(), text=change.text if change.what == "unwell" else "") if change else None
    return held[key]


def deliver(
    ledger: Ledger,
    settings: Settings,
    services: Services,
    clock: Callable[[], datetime],
    *,
    stopping: Callable[[], bool] = lambda: False,
    all_services: bool = False,
) -> Iterator[Attempt]:
    """Give every message to its service. A service that fails once rests; `all_services`: also those that rest now.

    A message is marked as soon as its service took it, before anything else is done.
    """
    addresses = {target_of(address): address for alert in settings.alerts for address in alert.deliver}
    left_out: list[str] = []
    while not stopping() and (waiting := ledger.next_message(clock(), left_out, all_services=all_services)):
        if waiting.target not in addresses:
            left_out.append(waiting.target)
            continue
        ledger.note_attempt(waiting, clock())
        answer = services.send(addresses[waiting.target], waiting.message, waiting.id)
        if answer.problem:
            ledger.note_failed(waiting, answer.service, answer.problem)
            left_out.append(waiting.target)
        else:
            ledger.note_delivered(waiting, answer.service, clock())
        yield Attempt(waiting.alert, waiting.message, answer)
