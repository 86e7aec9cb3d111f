"""The commands that write and read sources.toml: init, sources. They read no archive beyond that file."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from archive.cli import terminal
from archive.core.files import atomic_write
from crawler.cli.add import add
from crawler.cli.check import check
from crawler.cli.schedules import when
from crawler.cli.subscriptions import to_opml
from crawler.sources import sources as configuration

SOURCES = configuration.FILE


@click.command(cls=terminal.Command, example="dateline init newsrooms && cd newsrooms")
@click.argument("directory", required=False, type=click.Path(file_okay=False, path_type=Path))
@terminal.options
def init(directory: Path | None, archive: Path, verbose: int, debug: bool) -> None:
    """Make an archive: a directory with a sources.toml to fill in.

    Without DIRECTORY it is the one that --archive names. What is there already is left as it is.
    """
    place = directory or archive
    file = place / SOURCES
    if file.exists():
        terminal.fail(f"{file} is there already; nothing was changed")
    place.mkdir(parents=True, exist_ok=True)
    with atomic_write(file) as content:
        content.write(configuration.example().encode())
    terminal.say(f"Archive made in {place.resolve()}. Next: dateline add URL, then dateline crawl.")


@click.command(cls=terminal.Command, example="dateline sources --json")
@click.option("--opml", is_flag=True, help="Print them as OPML, for feed readers.")
@terminal.json_option
@terminal.options
def sources(opml: bool, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """List the newsrooms that are watched."""
    known = configuration.load(archive / SOURCES)
    if opml:
        click.echo(to_opml(known))
        return
    if as_json:
        terminal.print_json(known)
        return
    table = Table("source", "schedule", "address", box=None, header_style="bold")
    for source in known:
        table.add_row(source.name, when(source), source.url)
    terminal.out().print(table if known else "No source yet: dateline add URL")


ALL = (init, add, check, sources)
