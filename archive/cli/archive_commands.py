"""The commands that need no crawler: import, status, rebuild."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli import alerts, database, terminal
from archive.cli.completion import Tag
from archive.cli.console.status_view import ArchiveStatus
from archive.cli.processing import ProcessingOptions, processing_options
from archive.cli.source_settings import settings_of, tagged
from archive.core import daemon_note
from archive.core.counted import count
from archive.core.errors import ArchiveError, DatelineError
from archive.core.files import writer_lock
from archive.core.software import version
from archive.ingest import importer, rebuild
from archive.ingest.clock_corrections import utc_now
from archive.ingest.pipeline import Ingest
from archive.ingest.session import extraction_processes
from archive.store import status
from archive.store.database import Store
from archive.store.health.contracts import judgements
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
    database.make_if_new(archive)
    with database.opened(archive) as connection:
        among = tagged(ctx, archive, connection, tag)
        sources = status.of_sources(connection, moment(utc_now()))
        sources = tuple(source for source in sources if among is None or source.name in among)
        found = ArchiveStatus(
            archive,
            sources,
            dropped=status.dropped(connection),
            unfollowed=status.unfollowed(connection),
            unread=tuple(one for one in status.unread(connection) if among is None or one.source in among),
            judged=judgements(connection),
            size=status.size(archive),
            daemon=daemon_note.read_note(archive),
        )
    unsent = alerts.troubles(archive)
    if as_json:
        terminal.print_json(found.facts() | {"alerts": unsent})
    else:
        found.show()
        for words in unsent:
            terminal.say(words)
    mistake = _mistake(ctx, archive)
    if mistake:
        terminal.fail(mistake)
    if expect_daemon and found.daemon is None:
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
