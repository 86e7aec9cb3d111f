"""The commands that write and read sources.toml: init, add, sources. They look at no archive beyond that file."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from archive.cli import terminal
from archive.core.files import atomic_write
from archive.core.urls import canonical
from crawler.cli.probe import SiteProbe, probe, refuse_local_names
from crawler.fetch.settings import user_agent
from crawler.sources import sources as configuration
from crawler.sources.sources import Every, Source

SOURCES = "sources.toml"


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


@click.command(cls=terminal.Command, example="dateline add https://www.valdora.example/news --schedule 'every 30m'")
@click.argument("url")
@click.option("--name", default="", help="Short name of the source; else made of its host.")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="A feed to read; may be given again.")
@click.option(
    "--listing", "listings", multiple=True, metavar="URL", help="A page that lists releases; may be given again."
)
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="A sitemap to read; may be given again.")
@click.option("--schedule", default="", help='"every 30m" or five cron fields; else hourly.')
@click.option("--allow-private", is_flag=True, help="The address may lead to a local network; the source says so.")
@click.option("--no-fetch", is_flag=True, help="Do not look at the page; write what the options say.")
@terminal.json_option
@terminal.options
def add(
    url: str,
    name: str,
    feeds: tuple[str, ...],
    listings: tuple[str, ...],
    sitemaps: tuple[str, ...],
    schedule: str,
    allow_private: bool,
    no_fetch: bool,
    as_json: bool,
    archive: Path,
    verbose: int,
    debug: bool,
) -> None:
    """Watch a newsroom: look at its page once for a title, feeds and lists, and write it to sources.toml.

    The page is fetched as a crawl fetches: robots.txt, guard and limits hold. Nothing is written where the server
    answers that there is no such page, or where the page names nothing to read.
    """
    address = canonical(url if "://" in url else f"https://{url}")
    if not address:
        terminal.fail(f"{url} is not an address that can be archived: it must be http or https", terminal.USAGE)
    if not allow_private:
        refuse_local_names((address, *feeds, *listings, *sitemaps))
    agent = user_agent(f"dateline/{terminal.version()}", "")
    named = bool(feeds or listings or sitemaps)
    found = SiteProbe(address) if no_fetch else probe(address, agent, allow_private, named)
    source = configuration.add(
        archive / SOURCES,
        address,
        name,
        title=found.title,
        feeds=feeds or (() if listings or sitemaps else found.feeds),
        listings=listings,
        sitemaps=sitemaps,
        schedule=schedule,
        allow_private=allow_private,
    )
    if as_json:
        terminal.print_json({"source": source, "found": found})
        return
    terminal.say(f"{source.name} is watched {when(source)}: {source.title or source.url}")
    for kind in ("feeds", "listings", "sitemaps"):
        for place in getattr(source, kind):
            terminal.say(f"  {kind[:-1]}: {place}")
        for place in sorted(set(getattr(found, kind)) - set(getattr(source, kind))):
            terminal.say(f"  not read, but found: {kind[:-1]} {place}")
    if not (source.feeds or source.listings or source.sitemaps):
        terminal.say("  No feed was named or found: the crawl will look for releases from the page itself.")
    if found.problem:
        terminal.say(f"dateline: {found.problem}", err=True)


def when(source: Source) -> str:
    """A schedule in words."""
    if isinstance(source.schedule, Every):
        return f"every {in_units(source.schedule.seconds)}"
    return f'at "{source.schedule.expression}" ({source.schedule.zone})'


def in_units(seconds: int) -> str:
    """A length of time as sources.toml writes it: "30m", "1d"."""
    units = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
    return next(f"{seconds // length}{unit}" for unit, length in units if seconds % length == 0)


@click.command(cls=terminal.Command, example="dateline sources --json")
@terminal.json_option
@terminal.options
def sources(as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """List the newsrooms that are watched."""
    known = configuration.load(archive / SOURCES)
    if as_json:
        terminal.print_json(known)
        return
    table = Table("source", "schedule", "address", box=None, header_style="bold")
    for source in known:
        table.add_row(source.name, when(source), source.url)
    terminal.out().print(table if known else "No source yet: dateline add URL")


ALL = (init, add, sources)
