"""The command that serves the site, and the options that it shares with the daemon's --serve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import click

from archive.cli import database, terminal
from archive.cli.source_settings import settings_of
from archive.core.errors import SourcesError
from archive.core.urls import as_served


class ServedSite(Protocol):
    """The site that the daemon serves (`archive.web.process.Site`)."""

    @property
    def address(self) -> str: ...

    def start(self) -> None: ...

    def see_to(self, now: datetime) -> None: ...

    def end(self) -> None: ...

    def stop(self) -> None: ...


def _web_addresses(ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    addresses = tuple(map(as_served, given))
    for address, written in zip(addresses, given, strict=True):
        if not address:
            raise click.BadParameter(f"{written} is no address; it begins with https:// or http://.", ctx, parameter)
    return addresses


def site_options(function: terminal.AnyFunction) -> terminal.AnyFunction:
    """The options that say where the site is served and to whom."""
    for option in (
        click.option(
            "--proxy",
            "proxies",
            metavar="ADDRESS",
            multiple=True,
            help="A reverse proxy's address: its X-Forwarded-Host, -Proto and -For are trusted; repeatable.",
        ),
        click.option(
            "--hub",
            "hubs",
            metavar="URL",
            multiple=True,
            callback=_web_addresses,
            help="A WebSub hub that the feeds name, for readers who want news at once; repeatable.",
        ),
        click.option(
            "--rate",
            default=60,
            show_default=True,
            metavar="N",
            type=click.IntRange(0),
            help="How many expensive pages (SQL, tables, downloads, trends) a visitor may have a minute; 0: no limit.",
        ),
        click.option(
            "--host-name",
            "host_names",
            metavar="NAME",
            multiple=True,
            help="A name that the site answers to, besides localhost and its own address; repeatable.",
        ),
        click.option(
            "--plugins-dir",
            metavar="DIR",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="A directory of Datasette plugins, one module each; installed plugins need none.",
        ),
        click.option(
            "--config",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="A Datasette metadata or config file (JSON or YAML): who may see what, settings, plugins.",
        ),
        click.option(
            "--port",
            default=8001,
            show_default=True,
            metavar="PORT",
            type=click.IntRange(0, 65535),
            help="The port; 0 means any free one.",
        ),
        click.option(
            "--host",
            metavar="ADDRESS",
            default="127.0.0.1",
            show_default=True,
            help="The address to serve at; 0.0.0.0 means all of this machine.",
        ),
    ):
        function = option(function)
    return function


def site(archive: Path, host: str, port: int, stopping: Callable[[], bool], **given: Any) -> ServedSite:
    """The site in a process of its own, not started yet; `given` are the values of `site_options`."""
    from archive.web.process import Site  # here, because Datasette takes long to load
    from archive.web.settings import SiteOptions

    return Site(archive, host, port, SiteOptions(**given), stopping=stopping, json_logs=terminal.logs_json())


@click.command(
    cls=terminal.Command, short_help="Serve the archive as a read-only site.", example="dateline serve --port 8001"
)
@site_options
@terminal.options
@click.pass_context
def serve(ctx: click.Context, /, host: str, port: int, archive: Path, verbose: int, debug: bool, **given: Any) -> None:
    """Serve the archive as a read-only site, until stopped: Ctrl-C ends it."""
    from archive.web import server  # here, because Datasette takes long to load
    from archive.web.settings import SiteOptions

    terminal.log_to_stderr(verbose)
    database.make_if_new(archive)
    database.bring_up_to_date(archive)
    _note_sources(ctx, archive)
    server.serve(archive, host, port, lambda address: terminal.say(f"Serving {address}"), SiteOptions(**given))


def _note_sources(ctx: click.Context, archive: Path) -> None:
    """Let the site show the sources of sources.toml, also before they are crawled; a mistake there stops no site."""
    try:
        database.note_sources(archive, settings_of(ctx, archive).watched)
    except SourcesError as error:
        terminal.say(f"dateline: the site shows the sources as they were. {error}", err=True)


ALL = (serve,)
