"""Serving an archive over HTTP: Datasette built for reading only, run by uvicorn until it has to stop."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from archive import web
from archive.core.errors import ArchiveError
from archive.web.access import DATABASE
from archive.web.data.metadata import site_words
from archive.web.database import FollowingDatabase
from archive.web.security import Application, answering_to
from archive.web.settings import DEFAULT, SiteOptions, read_config, secret
from archive.web.workers import lanes

_SETTINGS = {
    "allow_download": False,  # the file alone, without its write-ahead log, is no copy of a live database
    "default_cache_ttl": 0,
    "default_page_size": 50,
    "facet_time_limit_ms": 200,
    "max_csv_mb": 100,
    "max_returned_rows": 1000,
    "num_sql_threads": 4,
    "sql_time_limit_ms": 2000,
    "suggest_facets": False,  # it would try every column of every table on every view
    "truncate_cells_html": 160,
}
_GRACE = 5
"""Seconds for requests under way when the server has to stop."""


def build(archive: Path, options: SiteOptions = DEFAULT) -> Datasette:
    """The site of an archive directory as a Datasette application.

    Raises ArchiveError when there is no archive.db yet or the file of the options is wrong. A directory that cannot be
    written to is served as immutable.
    """
    path = archive / f"{DATABASE}.db"
    if not path.is_file():
        raise ArchiveError(
            f"{path.absolute()} does not exist: run `dateline crawl` or `dateline rebuild` first, or name an archive."
        )
    config = read_config(options.config, path)
    if not pm.is_registered(web) and pm.get_plugin("dateline") is None:
        pm.register(web, "dateline")
    site = ArchiveSite(
        options,
        [str(path)],
        settings={**_SETTINGS, **config.settings},
        metadata=dict(config.metadata),
        plugins_dir=str(options.plugins_dir) if options.plugins_dir else None,
        secret=secret(),
    )
    site.remove_database(DATABASE)
    site.add_database(FollowingDatabase(site, str(path), os.access(archive, os.W_OK)), name=DATABASE)
    return site


def serve(
    archive: Path,
    host: str,
    port: int,
    ready: Callable[[str], None] | None = None,
    options: SiteOptions = DEFAULT,
) -> None:
    """Serve the archive until SIGTERM or SIGINT; port 0 takes a free one. `ready` is called with the true address.

    Raises ArchiveError when there is nothing to serve, the address cannot be used or the file of the options is wrong.
    """
    site = build(archive, replace(options, host_names=(*options.host_names, host)))
    with _listening(host, port) as listener, _quiet_signals():
        config = uvicorn.Config(
            site.app(),
            access_log=False,
            lifespan="on",
            log_config=None,  # its lines go where ours go, and in the same form
            log_level="warning",
            proxy_headers=False,  # ours read them, and only those of a proxy that was named
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            ws="none",
        )
        try:
            _Server(config, _address(host, listener), ready).run(sockets=[listener])
        finally:
            lanes().close()


class ArchiveSite(Datasette):  # type: ignore[misc]  # Datasette has no types
    """Datasette, answering to the names of the site alone."""

    def __init__(self, options: SiteOptions, *args: Any, **keywords: Any) -> None:
        self.names = options.host_names
        self.proxies = options.proxies
        self.hubs = options.hubs
        self.expensive_a_minute = options.rate
        self.open_to_all = options.config is None and options.plugins_dir is None
        self.words = site_words(keywords.get("metadata") or {})
        super().__init__(*args, **keywords)

    def app(self) -> Application:
        """The site as an ASGI application."""
        return answering_to(super().app(), self.names, self.proxies)


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, address: str, ready: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self.address = address
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self.ready is not None:
            self.ready(self.address)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    with ExitStack() as opened:
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            listener = opened.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            todo = (
                "Another program serves there; choose another port with --port." if taken else "Choose another address."
            )
            raise ArchiveError(f"Cannot serve at {host}, port {port}: {reason}. {todo}") from error
        yield listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def _quiet_signals() -> Iterator[None]:
    """uvicorn raises the signal that stopped it once more when it is done: a signal to stop is no failure here."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in earlier:
        signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        for number, action in earlier.items():
            signal.signal(number, action)
