"""The commands for several archives that share the work: split, merge, publish."""

from __future__ import annotations

from pathlib import Path

import click
from rich.filesize import decimal

from archive.cli import terminal
from archive.cli.completion import SourceName
from archive.core.counted import count
from archive.ingest.clock_corrections import utc_now
from archive.shards.move import Moved, move
from archive.shards.publish import publish


@click.command(
    "split",
    cls=terminal.Command,
    short_help="Move sources into another archive.",
    example="dateline split valdora osk --into ../second",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=SourceName())
@click.option(
    "--into", required=True, metavar="OTHER", type=click.Path(path_type=Path, file_okay=False),
    help="The archive that takes the sources; it is created if there is none.",
)  # fmt: skip
@terminal.json_option
@terminal.options
@click.pass_context
def split_command(
    ctx: click.Context,
    sources: tuple[str, ...],
    into: Path,
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Move sources with all that belongs to them into another archive, which another machine can crawl.

    WARC files, tables, entries of sources.toml and decisions are copied, compared and only then removed here. If the
    command is interrupted, run it again: it finishes. No daemon may run on either archive.
    """
    _move(ctx, archive, into, sources, "dateline split", as_json, verbose)


@click.command(
    "merge",
    cls=terminal.Command,
    short_help="Move sources of another archive into this one.",
    example="dateline merge ../second valdora",
)
@click.argument("other", metavar="OTHER", type=click.Path(path_type=Path, file_okay=False))
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@terminal.json_option
@terminal.options
@click.pass_context
def merge_command(
    ctx: click.Context,
    other: Path,
    sources: tuple[str, ...],
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Move sources, or all, of another archive into this one: the way back from `dateline split`.

    If the command is interrupted, run it again: it finishes. No daemon may run on either archive.
    """
    _move(ctx, other, archive, sources, "dateline merge", as_json, verbose)


def _move(
    ctx: click.Context,
    giving: Path,
    taking: Path,
    sources: tuple[str, ...],
    command: str,
    as_json: bool,
    verbose: int,
) -> None:
    terminal.log_to_stderr(verbose)
    with terminal.progress() as progress:
        task = progress.add_task("moving", total=None, said="")
        done = move(
            giving, taking, sources, command, utc_now(), lambda said: progress.update(task, advance=1, said=said)
        )
    if as_json:
        terminal.print_json(done)
    else:
        _say(done)
    if done.problems:
        ctx.exit(terminal.SOME_FAILED)


def _say(done: Moved) -> None:
    terminal.say(
        f"{', '.join(done.sources)}: {count(done.captures, 'capture')}, {count(done.articles, 'article')},"
        f" {count(done.warc_files, 'WARC file')} ({decimal(done.warc_bytes)}) moved from {done.giving}"
        f" to {done.taking}."
    )
    for problem in done.problems:
        terminal.say(f"  {problem}", err=True)


@click.command(
    "publish",
    cls=terminal.Command,
    short_help="Keep one read-only archive over several others.",
    example="dateline publish /srv/first /srv/second --into site",
)
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE...", type=click.Path(path_type=Path))
@click.option(
    "--into", "site", required=True, metavar="SITE", type=click.Path(path_type=Path, file_okay=False),
    help="The site; it is created if there is none.",
)  # fmt: skip
@terminal.json_option
@terminal.options
def publish_command(
    archives: tuple[Path, ...], site: Path, as_json: bool, archive: Path, verbose: int, debug: bool
) -> None:
    """Keep one read-only archive up to date over several others, for `dateline serve --archive SITE`.

    Name all archives each time. Only what changed since the last time is read, also while they are crawled. The site
    reads their WARC files where they are.
    """
    terminal.log_to_stderr(verbose)
    with terminal.progress() as progress:
        task = progress.add_task("publishing", total=None, said="")
        done = publish(archives, site, utc_now(), lambda said: progress.update(task, advance=1, said=said))
    if as_json:
        terminal.print_json(done)
        return
    terminal.say(
        f"{done.site}: {count(done.articles, 'article')} and {count(done.captures, 'capture')} of"
        f" {count(done.sources, 'source')} in {count(len(done.archives), 'archive')};"
        f" {count(done.written, 'row')} written, {done.deleted:,} deleted."
    )
    for path in done.compared:
        terminal.say(f"  {path} was compared row by row.")


ALL = (split_command, merge_command, publish_command)
