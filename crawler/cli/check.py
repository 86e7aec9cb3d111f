"""`dateline check`: look again at a newsroom as `add` did, and say what changed. Writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from archive.cli import terminal
from archive.cli.completion import SourceName
from archive.core.errors import SourcesError
from archive.core.software import version
from archive.core.urls import key
from crawler.cli.probe import NoNewsroom, SiteProbe, probe
from crawler.fetch.settings import user_agent
from crawler.sources import sources as configuration
from crawler.sources.sources import FILE


@click.command(
    cls=terminal.Command,
    short_help="Say which feeds and lists of a source are there, lost or new.",
    example="dateline check ministry",
)
@click.argument("name", metavar="SOURCE", type=SourceName())
@terminal.json_option
@terminal.options
def check(name: str, as_json: bool, archive: Path, verbose: int, debug: bool) -> None:
    """Check a source's newsroom again: what is still there, what is gone, what is new since it was added.

    Fetches as `dateline add` does, archives nothing and changes nothing. Exit code 3 if a feed, listing or sitemap of
    sources.toml no longer names releases.
    """
    source = next((each for each in configuration.load(archive / FILE) if each.name == name), None)
    if source is None:
        raise SourcesError(f"no source is called {name}: `dateline sources` lists them.")
    agent = user_agent(f"dateline/{version()}", source.contact)
    try:
        found = probe(source, agent, again=True)
    except NoNewsroom as nothing:
        found = SiteProbe(source.url, problem=nothing.what)
    changes = list(compared(found))
    if as_json:
        names = ("state", "way", "url", "words")
        terminal.print_json([dict(zip(names, change, strict=True)) for change in changes])
    else:
        for state, way, url, words in changes:
            terminal.say(f"{state:6} {way}: {url} ({words})")
        if found.problem:
            terminal.say(f"dateline: {found.problem}", err=True)
    if found.problem or any(state == "lost" for state, *_ in changes):
        sys.exit(terminal.SOME_FAILED)


def compared(found: SiteProbe) -> Iterator[tuple[str, str, str, str]]:
    """What became of each way that sources.toml names, and what else was found: state, kind, address, in words.

    States: there (it names something), lost (it names nothing, or gives no answer), new (not in sources.toml).
    """
    for known in found.known:
        yield "lost" if known.problem else "there", known.document.kind, known.document.url, known.words
    names = {key(known.document.url) for known in found.known}
    for way in found.ways:
        if key(way.url) not in names:
            yield "new", way.kind, way.url, way.why
