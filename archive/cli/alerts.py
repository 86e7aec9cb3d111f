"""The command `alerts`: what is set up, what waits, what would be sent, a test; and alerts in `dateline status`."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from archive.alerts import ledger, rounds
from archive.alerts.ledger import Standing, Waiting, target_of
from archive.alerts.message import sample
from archive.alerts.process import in_words
from archive.alerts.services import Services
from archive.alerts.settings import Alert, Settings, load
from archive.boilerplate.decisions import FILE
from archive.cli import database, terminal
from archive.core.counted import count
from archive.core.errors import ArchiveError
from archive.core.ids import number_of
from archive.ingest.clock_corrections import utc_now

_NONE = f"No alerts are set up. Add an [[alert]] to {FILE}: docs/alerts.md says how, the site's page /alerts writes it."
_MOST_NAMES = 10
"""Names of sources or tags that are given where one is asked for that there is not."""


@dataclass(frozen=True)
class Told:
    """An alert, how it stands, and its services without their secrets."""

    alert: Alert
    standing: Standing
    services: tuple[str, ...]


@click.command(
    "alerts",
    cls=terminal.Command,
    short_help="List the alerts, test them, or send what waits.",
    example="dateline alerts --dry-run",
)
@click.option("--dry-run", is_flag=True, help="Show the messages that would be sent now. Sends and marks nothing.")
@click.option("--send", is_flag=True, help="Send what is due now, also to services that rest after a failure.")
@click.option("--test", "tested", metavar="NAME", default="", help="Send a test message of this alert.")
@terminal.json_option
@terminal.options
@click.pass_context
def alerts_command(
    ctx: click.Context, dry_run: bool, send: bool, tested: str, as_json: bool, archive: Path, verbose: int, debug: bool
) -> None:
    """List the alerts: what each reports, where to, when it last delivered, what waits.

    A running daemon sends alerts by itself; without one, `dateline alerts --send` does, for example from cron. The exit
    code is 3 if a service did not take a message.
    """
    if dry_run + send + bool(tested) > 1:
        raise click.UsageError("--dry-run, --send and --test exclude each other.")
    terminal.log_to_stderr(verbose)
    settings = load(archive / FILE)
    services = Services(os.environ)
    if tested:
        _test(ctx, settings, services, tested)
    elif not settings.alerts:
        terminal.print_json([]) if as_json else terminal.say(_NONE)
    elif dry_run:
        if (unbegun := _unbegun(archive, settings)) and not as_json:
            terminal.say(f"Not begun: {unbegun}. The daemon or --send begins it, and it reports what comes after that.")
        with _prepared(archive, settings) as book:
            _show_messages(settings, services, book.undelivered(), as_json)
    elif send:
        _send(ctx, archive, settings, services, as_json)
    else:
        for doubt in _doubts(archive, settings, services):
            terminal.say(doubt, err=True)
        _show_alerts(ctx, tuple(told(archive, settings, services)), as_json)


def _doubts(archive: Path, settings: Settings, services: Services) -> Iterator[str]:
    """Why an alert would reach nobody, or never report anything, in words; each may come to be right."""
    for alert in settings.alerts:
        for address in alert.deliver:
            if problem := services.problem(address):
                yield f"{alert.name}: {services.name(address)} gets no message from here: {problem}"
    if not (archive / "archive.db").is_file():
        return
    with database.opened(archive) as connection:
        sources = {row[0] for row in connection.execute("select name from sources")}
        tags = {row[0] for row in connection.execute("select tag from source_tags")}
    for alert in settings.alerts:
        for kind, named, known in (("source", alert.source, sources), ("tag", alert.tag, tags)):
            for each in (one for one in named if one not in known):
                yield f"{alert.name}: the archive knows no {kind} {each} yet; there are: {_some(each, known)}"


def _some(meant: str, known: Collection[str]) -> str:
    """The names that the archive has, or, where they are many, those most like the one that was meant."""
    if len(known) <= _MOST_NAMES:
        return ", ".join(sorted(known)) or "none"
    like = difflib.get_close_matches(meant, sorted(known), _MOST_NAMES) or sorted(known)[:_MOST_NAMES]
    return f"{', '.join(like)} and {len(known) - len(like)} others"


def told(archive: Path, settings: Settings, services: Services) -> Iterator[Told]:
    """How every alert stands."""
    for alert, standing in _standings(archive, settings):
        yield Told(alert, standing, tuple(services.name(address) for address in alert.deliver))


def troubles(archive: Path) -> Sequence[str]:
    """What is wrong with the alerts of an archive, in words; a mistake in their file is one. For `dateline status`."""
    return [
        f"alert {_trouble(alert, standing)}"
        for alert, standing in _standings(archive, load(archive / FILE))
        if standing.problem
    ]


def _unbegun(archive: Path, settings: Settings) -> str:
    """The names of the alerts that neither a daemon nor --send has met yet."""
    return ", ".join(alert.name for alert, standing in _standings(archive, settings) if not standing.since)


def _standings(archive: Path, settings: Settings) -> list[tuple[Alert, Standing]]:
    if not settings.alerts:
        return []
    with ledger.copy_in_memory(archive) as book:
        return [(alert, book.standing(alert)) for alert in settings.alerts]


@contextmanager
def _prepared(archive: Path, settings: Settings) -> Iterator[ledger.Ledger]:
    """A copy of alerts.db in which what is new was found and what is due was made into messages."""
    with database.opened(archive) as connection, ledger.copy_in_memory(archive) as book:
        rounds.prepare(connection, book, settings, utc_now())
        yield book


def _send(ctx: click.Context, archive: Path, settings: Settings, services: Services, as_json: bool) -> None:
    if (unbegun := _unbegun(archive, settings)) and not as_json:
        terminal.say(f"Begun now, to report what comes from now on: {unbegun}.")
    with database.opened(archive) as connection, ledger.sending_lock(archive), ledger.open_ledger(archive) as book:
        rounds.prepare(connection, book, settings, utc_now())
        attempts = list(rounds.deliver(book, settings, services, utc_now, all_services=True))
        left = len(book.undelivered())
    if as_json:
        terminal.print_json([asdict(attempt) for attempt in attempts])
    for attempt in attempts if not as_json else ():
        terminal.say(in_words(attempt)[1], err=bool(attempt.answer.problem))
    if not as_json:
        delivered = sum(not attempt.answer.problem for attempt in attempts)
        terminal.say(f"{count(delivered, 'message')} delivered, {left:,} {'waits' if left == 1 else 'wait'}.")
    if any(attempt.answer.problem for attempt in attempts):
        ctx.exit(terminal.SOME_FAILED)


def _test(ctx: click.Context, settings: Settings, services: Services, name: str) -> None:
    alert = next((alert for alert in settings.alerts if alert.name == name), None)
    if alert is None:
        known = ", ".join(each.name for each in settings.alerts) or "there is none"
        raise ArchiveError(f"{FILE} has no alert {name!r}. Its alerts: {known}.")
    failed = False
    for address in alert.deliver:
        identity = f"{number_of('test', utc_now().isoformat(), address):013x}"
        answer = services.send(address, sample(alert), identity)
        failed |= bool(answer.problem)
        said = f"did not take it: {answer.problem}" if answer.problem else "took it."
        terminal.say(f"{answer.service} {said}", err=bool(answer.problem))
    if failed:
        ctx.exit(terminal.SOME_FAILED)


def _show_messages(settings: Settings, services: Services, waiting: Sequence[Waiting], as_json: bool) -> None:
    names = {target_of(address): services.name(address) for alert in settings.alerts for address in alert.deliver}
    named = [replace(one, target=names.get(one.target, "a service that no alert names")) for one in waiting]
    if as_json:
        terminal.print_json([asdict(one) for one in named])
        return
    console = terminal.out()
    for one in named:
        console.print(Text(f"To {one.target}: {one.message.subject}", style="bold"), soft_wrap=True)
        console.print(Text(f"{one.message.body}\n"), soft_wrap=True)
    terminal.say(f"{count(len(named), 'message')} would be sent now." if named else "No message would be sent now.")


def _show_alerts(ctx: click.Context, found: Sequence[Told], as_json: bool) -> None:
    if as_json:
        terminal.print_json([_facts(one) for one in found])
    else:
        console = terminal.out()
        console.print(_table(found))
        for one in found:
            if one.standing.problem:
                console.print(Text(_trouble(one.alert, one.standing), style="red"))
    if any(one.standing.problem for one in found):
        ctx.exit(terminal.SOME_FAILED)


def _trouble(alert: Alert, standing: Standing) -> str:
    times = "once" if standing.failures == 1 else f"{standing.failures} times in a row"
    again = f", again at {standing.next_try[:16].replace('T', ' ')} UTC" if standing.next_try else ""
    waits = f"{count(standing.undelivered, 'message')} not delivered; its service failed {times}{again}"
    return f"{alert.name}: {waits}: {standing.problem}"


def _facts(one: Told) -> dict[str, Any]:
    alert = asdict(one.alert) | {
        "deliver": one.services, "max_age": f"{one.alert.max_age.days}d", "when": str(one.alert.when),
    }  # fmt: skip
    return alert | asdict(one.standing)


def _table(found: Sequence[Told]) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0))
    for column in ("alert", "reports", "when", "to"):
        table.add_column(column, overflow="fold")
    for column in ("since", "delivered", "waiting"):
        table.add_column(column, justify="right", no_wrap=True)
    for one in found:
        alert, standing = one.alert, one.standing
        about = f"{', '.join(alert.what)}: {alert.search}" if alert.search else ", ".join(alert.what)
        table.add_row(
            Text(alert.name),
            Text(about),
            str(alert.when),
            Text("\n".join(one.services)),
            standing.since[:10] or "not yet",
            standing.last_delivered[:16].replace("T", " ") or "never",
            str(standing.waiting + standing.undelivered),
            style="red" if standing.problem else "",
        )
    return table


ALL = (alerts_command,)
