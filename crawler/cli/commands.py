"""The command that makes an archive, and all commands about sources.toml: add, check, sources."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli import terminal
from archive.core.files import atomic_write
from crawler.cli.sources import sources
from crawler.sources import sources as configuration
from crawler.sources.edits import EXAMPLE

SOURCES = configuration.FILE


@click.command(cls=terminal.Command, example="dateline init newsrooms && cd newsrooms")
@click.argument("directory", required=False, type=click.Path(file_okay=False, path_type=Path))
@terminal.options
def init(directory: Path | None, archive: Path, verbose: int, debug: bool) -> None:
    """Make an archive: a directory with a sources.toml to fill in.

    Without DIRECTORY it is made where --archive says. An archive that is there already is left as it is:
    the exit code is then 1.
    """
    place = directory or archive
    file = place / SOURCES
    if file.exists():
        terminal.fail(f"{file} is there already; nothing was changed")
    place.mkdir(parents=True, exist_ok=True)
    with atomic_write(file) as content:
        content.write(EXAMPLE.encode())
    terminal.say(f"Archive made in {place.resolve()}. Next: dateline add URL, then dateline crawl.")


ALL = (init, sources)

LATE = {"add": "crawler.cli.add:add", "check": "crawler.cli.check:check"}
"""These fetch by themselves; the other commands need not wait until Scrapy is imported."""

FIRST_STEPS = """\b
Begin with:
  dateline init newsrooms && cd newsrooms
  dateline add https://press.un.org/en
  dateline crawl
  dateline serve

Each command has --help, with an example.
"""
"""What the help of the whole program ends with."""
