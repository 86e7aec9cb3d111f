"""The commands that need no crawler: import, status, rebuild."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from archive.cli import alerts, reading, terminal
from archive.cli.completion import Tag
from archive.cli.processing import ProcessingOptions, processing_options
from archive.cli.source_settings import settings_of, tagged
from archive.core import daemon_note
from archive.core.counted import count
from archive.core.errors import ArchiveError, DatelineError
from archive.core.files import BACKUP, SITE, writer_lock
from archive.core.software import version
from archive.ingest import importer, rebuild
from archive.ingest.clock import utc_now
from archive.ingest.pipeline import Ingest
from archive.ingest.session import extraction_processes
from archive.store import status
from archive.store.database import Store
from archive.store.health.contracts import Judgement, judgements
from archive.store.rows import moment
from archive.warc import WarcWriter


@click.command(
    "import",
    cls=terminal.Command,
    short_help="Import WARC, ARC and WACZ files, saved pages, and folders.",
    example="dateline import crawl.warc.gz saved-pages/",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@processing_options
@terminal.json_option
@terminal.options
@click.pass_context
def import_command(
    ctx: click.Context, files: tuple[Path, ...], processing: ProcessingOptions, as_json: bool, archive: Path,
    verbose: int, debug: bool,
) -> None:  # fmt: skip
    """Copy WARC, ARC and WACZ files, saved pages, and folders of these into the archive.

    Only pages are imported; images, scripts, trackers and other files are passed over and counted. Captures that the
    archive already has are passed over too, so you can repeat an import. The archive is created if there is none.
    Pages of a host in sources.toml go to its source, other pages to a source that is named after their host.
    """
    terminal.log_to_stderr(verbose)
    settings = settings_of(ctx, archive)
    archive.mkdir(parents=True, exist_ok=True)
    with (
        writer_lock(archive, "dateline import", utc_now()),
        Store(archive / "archive.db") as store,
        extraction_processes(processing.over(settings.processing)) as pool,
        terminal.progress("captures") as progress,
    ):
        task = progress.add_task("importing", total=None, said="")
        ingest = Ingest(store, archive, pool, settings.policies)
        ingest.recover()
        writer = WarcWriter(archive, f"dateline/{version()}")
        try:
            done = importer.import_files(
                files,
                ingest,
                writer,
                settings.hosts,
                progress=lambda step: progress.update(
                    task, completed=step.captures, said=f"{step.path.name} ({step.file} of {step.files})"
                ),
            )
        finally:
            writer.close()
        if settings.watched is not None:
            store.watch(settings.watched)
    if as_json:
        terminal.print_json(done)
    else:
        read = f"{count(done.captures, 'capture')} of {count(done.files, 'file')}"
        terminal.say(f"{read} gave {count(done.articles, 'new article')}.")
        for reason, number in done.passed_over.items():
            terminal.say(f"  passed over: {number:,} {reason}")
        for problem in done.problems:
            terminal.say(f"  {problem}", err=True)
    if done.problems:
        ctx.exit(terminal.SOME_FAILED)


@click.command(
    "status",
    cls=terminal.Command,
    short_help="Show the state of each source and of the daemon.",
    example="dateline status --json",
)
@click.option("--expect-daemon", is_flag=True, help="Fail if no daemon runs (for a health check).")
@click.option("--tag", type=Tag(), default="", help="Only sources with this tag.")
@terminal.json_option
@terminal.options
@click.pass_context
def status_command(
    ctx: click.Context, expect_daemon: bool, tag: str, as_json: bool, archive: Path, verbose: int, debug: bool
) -> None:
    """Show the state of each source, what the archive holds, and whether its daemon runs.

    The exit code is 3 if something is wrong with a watched source, or if alerts cannot be delivered; 1 if sources.toml
    has a mistake.
    """
    reading.make_if_new(archive)
    with reading.opened(archive) as connection:
        among = tagged(ctx, archive, connection, tag)
        sources = status.of_sources(connection, moment(utc_now()))
        sources = tuple(source for source in sources if among is None or source.name in among)
        dropped, unfollowed = status.dropped(connection), status.unfollowed(connection)
        unread = tuple(one for one in status.unread(connection) if among is None or one.source in among)
        judged = judgements(connection)
    size, daemon = status.size(archive), daemon_note.read_note(archive)
    unsent = alerts.troubles(archive)
    if as_json:
        terminal.print_json(_facts(archive, sources, dropped, unread, judged, size, daemon) | {"alerts": unsent})
    else:
        _print_status(archive, sources, (*dropped, *unfollowed), unread, judged, size, daemon)
        for words in unsent:
            terminal.say(words)
    mistake = _mistake(ctx, archive)
    if mistake:
        terminal.fail(mistake)
    if expect_daemon and daemon is None:
        terminal.fail(f"no daemon runs for {archive.resolve()}: start it with `dateline run`")
    if unsent or any(_is_failing(source) for source in sources):
        ctx.exit(terminal.SOME_FAILED)


def _mistake(ctx: click.Context, archive: Path) -> str:
    """What is wrong in sources.toml, which stops the next crawl; "" if nothing."""
    try:
        settings_of(ctx, archive)
    except DatelineError as error:
        return str(error)
    return ""


def _is_failing(source: status.SourceStatus) -> bool:
    return source.state == "watched" and bool(source.failures or source.health)


def _print_status(
    archive: Path,
    sources: tuple[status.SourceStatus, ...],
    left_out: tuple[status.Dropped, ...],
    unread: tuple[status.Dropped, ...],
    judged: Mapping[str, Judgement],
    size: status.Size,
    daemon: daemon_note.DaemonNote | None,
) -> None:
    console = terminal.out()
    console.print(_health_table(sources, daemon) if sources else "Nothing was crawled or imported yet.")
    for source in (one for one in sources if one.state == "watched"):
        if source.backfill and not source.backfilled_at:
            console.print(Text(f"{source.name}: {source.backfill}"), style="dim")
        if source.health:
            console.print(Text(f"{source.name}: since {_briefly(source.health_since)}: {source.health}"), style="red")
        found = judged[source.name].findings if source.name in judged else ()
        for words in dict.fromkeys(f"({one.kind}, since {_briefly(one.since)}): {one.advice}" for one in found):
            console.print(Text(f"{source.name}: what to do {words}"), style="yellow")
        is_explained = source.failures == 1 and found
        if source.last_error and source.last_error != source.health and not is_explained:
            times = (
                "the last crawl failed" if source.failures == 1 else f"{source.failures} failures in a row, the last"
            )
            words = f"{source.name}: {times}: {source.last_error}"
            console.print(Text(words), style="red")
    for source in sources:
        for drop in [drop for drop in left_out if drop.source == source.name][:5]:
            again = f"; tried again from {_to_the_minute(drop.again)} on" if drop.again else ""
            console.print(Text(f"{source.name}: {drop.count:,} dropped: {drop.reason}{again}"), style="dim")
    for one in unread:
        words = f"{one.source}: {count(one.count, 'capture')} could not be read yet (tried again): {one.reason}"
        console.print(Text(words), style="red")
    console.print(
        f"{archive.resolve()}: tables {decimal(size.database)}, {count(size.warc_files, 'WARC file')}"
        f" {decimal(size.warc)}."
    )
    console.print(_daemon_words(archive, daemon))


def _facts(
    archive: Path,
    sources: tuple[status.SourceStatus, ...],
    dropped: tuple[status.Dropped, ...],
    unread: tuple[status.Dropped, ...],
    judged: Mapping[str, Judgement],
    size: status.Size,
    daemon: daemon_note.DaemonNote | None,
) -> dict[str, Any]:
    def of(source: status.SourceStatus) -> dict[str, Any]:
        reasons = [
            {"reason": drop.reason, "count": drop.count, "again": drop.again}
            for drop in dropped
            if drop.source == source.name
        ]
        failures = [
            {"reason": failure.reason, "count": failure.count} for failure in unread if failure.source == source.name
        ]
        due = daemon.next.get(source.name) if daemon else None
        judgement = judged.get(source.name)
        return asdict(source) | {
            "next": due,
            "dropped": reasons,
            "unread": failures,
            "contract": judgement.contract if judgement else None,
            "findings": judgement.findings if judgement else (),
        }

    return {
        "archive": str(archive.resolve()),
        "bytes": size,
        "daemon": daemon,
        "sources": [of(source) for source in sources],
    }


def _health_table(sources: tuple[status.SourceStatus, ...], daemon: daemon_note.DaemonNote | None) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("source", overflow="fold", min_width=12)
    for column in ("articles", "newest", "pending", "crawled", "success", "fails", "next"):
        table.add_column(column, justify="right", no_wrap=True)
    for source in sources:
        table.add_row(
            source.name,
            f"{source.articles:,}",
            source.newest,
            f"{source.pending:,}",
            _briefly(source.last_crawl),
            _briefly(source.last_ok),
            str(source.failures or ""),
            _briefly(daemon.next.get(source.name, "") if daemon else ""),
            style="red" if source.failures else "dim" if source.state != "watched" else "",
        )
    return table


def _briefly(at: str) -> str:
    """A moment on the local clock: the time if it is today's, else the day."""
    if not at:
        return ""
    moment_, today = datetime.fromisoformat(at).astimezone(), utc_now().astimezone().date()
    return moment_.strftime("%H:%M" if moment_.date() == today else "%d %b %y")


def _to_the_minute(at: str) -> str:
    """A moment on the local clock, with its day and time."""
    return f"{datetime.fromisoformat(at).astimezone():%d %b %y, %H:%M}"


def _daemon_words(archive: Path, daemon: daemon_note.DaemonNote | None) -> str:
    if (archive / SITE).exists():
        return "This is a published site: nothing is crawled here. `dateline publish` brings it up to date."
    if (archive / BACKUP).exists():
        return "This is a backup: nothing is crawled here. `dateline backup`, run in its archive, brings it up to date."
    if daemon is None and daemon_note.is_expected(archive):
        return "No daemon runs: the last one has ended. Start it with `dateline run`, or crawl with `dateline crawl`."
    if daemon is None:
        return "No daemon runs. Start it with `dateline run`, or run `dateline crawl` from cron."
    server = f", serving {daemon.address}" if daemon.address else ""
    return f"The daemon runs (process {daemon.pid}) since {_briefly(daemon.since)}{server}."


@click.command(
    "rebuild", cls=terminal.Command, short_help="Make archive.db again from the WARC files.", example="dateline rebuild"
)
@click.option("--accept-loss", is_flag=True, help="Replace archive.db even if the new one would lack captures.")
@processing_options
@terminal.json_option
@terminal.options
@click.pass_context
def rebuild_command(
    ctx: click.Context, accept_loss: bool, processing: ProcessingOptions, as_json: bool, archive: Path, verbose: int,
    debug: bool,
) -> None:  # fmt: skip
    """Make archive.db again from the WARC files. The old one stays in use until the new one is complete.

    WARC records that cannot be read are named (exit code 3). If archive.db has captures that the new one would lack,
    it stays as it is, until the files are back or you give --accept-loss.
    """
    terminal.log_to_stderr(verbose)
    if not (archive / "warc").is_dir():
        raise ArchiveError(f"{archive / 'warc'} does not exist: there is nothing to rebuild from.")
    settings = settings_of(ctx, archive)
    with (
        writer_lock(archive, "dateline rebuild", utc_now()),
        extraction_processes(processing.over(settings.processing)) as pool,
        terminal.progress("captures") as progress,
    ):
        task = progress.add_task("rebuilding", total=None, said="")
        settings = settings_of(ctx, archive)
        done = rebuild.rebuild(
            archive,
            pool,
            settings.policies,
            watched=settings.watched,
            accept_loss=accept_loss,
            progress=lambda step: progress.update(
                task, completed=step.captures, said=f"{step.warc_file} ({step.file} of {step.files})"
            ),
        )
    if as_json:
        terminal.print_json(done)
    else:
        _report_rebuild(done)
    if done.problems:
        ctx.exit(terminal.SOME_FAILED)


def _report_rebuild(done: rebuild.Rebuilt) -> None:
    for problem in done.problems:
        terminal.say(f"  {problem}", err=True)
    if done.replaced:
        terminal.say(
            f"{count(done.captures, 'capture')} of {count(done.warc_files, 'WARC file')} gave"
            f" {count(done.articles, 'article')}."
        )
    else:
        terminal.say(
            f"archive.db stays as it was: it has {count(done.lost, 'capture')} that the WARC files do not give now."
            " Put the files back from a backup and run `dateline rebuild` again, or give --accept-loss to go on without"
            " them.",
            err=True,
        )


ALL = (import_command, status_command, rebuild_command)
