"""Connections to servers and proxies: names resolved by the guard, TLS checked, kept open for the next request.

Of HTTP it only knows how to request a tunnel from a proxy (RFC 9110 section 9.3.6).
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from crawler.fetch.address_guard import Guard
from crawler.fetch.response_reader import HeadReader, NotHttp

_IDLE_SECONDS = 15.0
_READ_AHEAD = 256 * 1024
_LONGEST_CONNECT = 15.0
"""Seconds to wait for one address of a name that has several."""


class NoAnswer(ConnectionError):
    """The server closed the connection without an answer."""


class Silence(TimeoutError):
    """Nothing of an answer came in time: no connection, or no head."""


class ProxyRefused(ConnectionError):
    """The proxy refused to open a tunnel; the message has its answer."""


@dataclass(frozen=True)
class Place:
    """A server to connect to."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True)
class Route:
    """A server, and the proxy through which it is reached, with the credentials for the proxy."""

    server: Place
    proxy: Place | None = None
    authorization: str = ""


@dataclass
class Connection:
    """An open connection. `used` says that it has already carried a response."""

    route: Route
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    peer: str
    used: bool = False
    idle_since: float = field(default=0.0)

    async def send(self, message: bytes) -> None:
        """Write a message, as fast as the other side reads it."""
        self.writer.write(message)
        await self.writer.drain()

    async def read(self) -> bytes:
        """The bytes that have arrived, at least one; empty at the end of the connection."""
        return await self.reader.read(_READ_AHEAD)

    def abort(self) -> None:
        """Close at once, even if the other side still sends."""
        self.writer.transport.abort()


class Connections:
    """Opens connections and keeps those that are idle."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._idle: defaultdict[Route, list[Connection]] = defaultdict(list)

    async def take(self, route: Route, fresh: bool = False) -> Connection:
        """A connection for a route, an idle one unless it must be `fresh`.

        Raises AddressRefused, NotHttp, OSError (with its kinds for DNS, TLS and connections), TimeoutError.
        """
        idle = self._idle[route]
        while idle and not fresh:
            connection = idle.pop()
            is_open = not connection.reader.at_eof() and not connection.writer.is_closing()
            if is_open and time.monotonic() - connection.idle_since < _IDLE_SECONDS:
                return connection
            connection.abort()
        return await self._open(route)

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next request."""
        connection.used = True
        connection.idle_since = time.monotonic()
        self._idle[connection.route].append(connection)

    def close(self) -> None:
        """Close every idle connection."""
        for connections in self._idle.values():
            for connection in connections:
                connection.abort()
        self._idle.clear()

    async def _open(self, route: Route) -> Connection:
        if route.proxy is None:
            return await self._connect(route, route.server)
        connection = await self._connect(route, route.proxy)
        if route.server.scheme == "https":
            try:
                await _tunnel(connection)
            except BaseException:
                connection.abort()
                raise
        return connection

    async def _connect(self, route: Route, place: Place) -> Connection:
        error: OSError | None = None
        for address in await self._guard.resolve(place.host):
            try:
                async with asyncio.timeout(_LONGEST_CONNECT):
                    reader, writer = await asyncio.open_connection(
                        address,
                        place.port,
                        limit=_READ_AHEAD,
                        ssl=tls() if place.scheme == "https" else None,
                        server_hostname=place.host if place.scheme == "https" else None,
                    )
                return Connection(route, reader, writer, address)
            except OSError as failed:  # TimeoutError too: another address of the name may answer
                error = failed
        raise error or OSError(f"{place.host} has no address")


@cache
def tls() -> ssl.SSLContext:
    """The system's certificates. They are read once, because that takes longer than a request."""
    return ssl.create_default_context()


async def _tunnel(connection: Connection) -> None:
    """Request a tunnel to the server from the proxy, then start TLS with the server."""
    server = connection.route.server
    name = f"[{server.host}]" if ":" in server.host else server.host
    authorization = connection.route.authorization
    lines = [f"CONNECT {name}:{server.port} HTTP/1.1", f"Host: {name}:{server.port}"]
    lines += [f"Proxy-Authorization: {authorization}"] if authorization else []
    await connection.send("\r\n".join([*lines, "", ""]).encode("latin-1"))
    gathered = HeadReader()
    while (head := gathered.feed(await more(connection, gathered))) is None:
        pass
    if head.status != 200:
        raise ProxyRefused(f"the proxy answered {head.status} {head.reason}".rstrip())
    await connection.writer.start_tls(tls(), server_hostname=server.host)


async def more(connection: Connection, gathered: HeadReader) -> bytes:
    """More of the head of an answer. Raises NoAnswer if nothing came at all, NotHttp if it ends in the middle."""
    piece = await connection.read()
    if not piece:
        raise NoAnswer("no answer") if gathered.is_empty else NotHttp("its headers have no end")
    return piece
