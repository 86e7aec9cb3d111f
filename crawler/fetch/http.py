"""Downloads that keep the bytes as they came, with nothing decoded: a download handler for Scrapy.

In addition to the response, `request.meta["wire"]` holds what Scrapy drops: the raw bytes and headers.
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response

from archive.core.model import Truncation
from archive.core.urls import DEFAULT_PORTS
from archive.warc.http import Headers as Pairs
from archive.warc.http import Message, decoded_body
from crawler.fetch.connections import Connection, Connections, Place, Route, Silence, more
from crawler.fetch.response_reader import BodyReader, Framing, Head, HeadReader, NotHttp, framing

_MOST_INFORMATIONAL = 20
"""Answers 1xx before the final one (RFC 9110 section 15.2 sets no limit): who sends more only keeps us waiting."""

_UNSENDABLE = re.compile(r"[\x00-\x20\x7f]")
_BREAK = re.compile(r"[\r\n\0]+")


class TooLarge(IgnoreRequest):
    """A response with more bytes than its kind may have; the rest was not downloaded."""


class CutShort(ConnectionError):
    """A body that broke off before its stated end; `why` in the words of WARC-Truncated."""

    def __init__(self, why: Truncation) -> None:
        super().__init__("the connection broke before the whole body came")
        self.why = why


@dataclass(frozen=True)
class Wire:
    """An exchange as it was sent and received, without the body. Header strings are their bytes read as ISO-8859-1.

    `head` is the head of the response as it came, `received` the bytes of its body as they came.
    """

    at: datetime
    request_headers: Pairs
    response_headers: Pairs
    reason: str
    version: str
    ip: str
    head: bytes
    received: int
    truncated: Truncation = ""


class WireDownloadHandler(BaseDownloadHandler):
    """Fetches over http and https. `request.meta` must have download_timeout (seconds) and download_maxsize (bytes).

    `deadline` in it (on the monotonic clock) also ends a request that had to wait for its turn. With `keep_truncated`
    in it, a body that broke off is a normal response, marked in its `Wire`. Raises TooLarge, CutShort, NotHttp,
    NoAnswer, Silence, AddressRefused, and the errors of the operating system.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        spider: Any = crawler.spider
        self._connections = Connections(spider.guard)

    async def download_request(self, request: Request) -> Response:
        meta = request.meta
        began, at = time.monotonic(), datetime.now(UTC)
        left = meta.get("deadline", math.inf) - began
        deadline = asyncio.get_running_loop().time() + min(meta["download_timeout"], max(0.1, left))
        parts = urlsplit(request.url)
        route = _route(request, parts)
        sent = _sent(request, parts)
        try:
            async with asyncio.timeout_at(deadline):
                connection, gathered, head = await self._ask(route, _message(parts, route, sent))
        except TimeoutError as late:
            raise Silence from late
        kept = False
        reader = BodyReader(Framing("close"))
        try:
            reader = BodyReader(_bounded(framing(head), meta["download_maxsize"]))
            meta["download_latency"] = time.monotonic() - began
            truncated = await _read(connection, gathered, reader, deadline, meta["download_maxsize"])
            if truncated and not (meta.get("keep_truncated") and reader.is_worth_keeping()):
                raise TimeoutError if truncated == "time" else CutShort(truncated)
            kept = not truncated and _stays_open(head, reader)
        finally:
            meta["received"] = reader.size
            if kept:
                self._connections.give_back(connection)
            else:
                connection.abort()
        body = reader.content()
        meta["wire"] = Wire(
            at, sent, head.headers, head.reason, head.version, connection.peer, head.raw, len(body), truncated
        )
        return Response(request.url, head.status, headers=_scrapy_headers(head), body=body, request=request)

    async def close(self) -> None:
        self._connections.close()

    async def _ask(self, route: Route, message: bytes) -> tuple[Connection, HeadReader, Head]:
        """Send a request and read the head of its answer; try a new connection if an idle one was just closed."""
        connection = await self._connections.take(route)
        try:
            return connection, *await _conversed(connection, message)
        except BaseException as error:
            connection.abort()
            if not (connection.used and isinstance(error, ConnectionError)):
                raise
        connection = await self._connections.take(route, fresh=True)
        try:
            return connection, *await _conversed(connection, message)
        except BaseException:
            connection.abort()
            raise


class DocumentDecompression:
    """Decompresses feeds, sitemaps and listings, which the crawler reads; pages go to the archive as they came."""

    def process_response(self, request: Request, response: Response) -> Response:
        if request.meta["context"].kind in ("page", "redirect") or not response.body:
            return response
        most = request.meta["download_maxsize"]
        headers = tuple(
            item for item in request.meta["wire"].response_headers if item[0].lower() != "transfer-encoding"
        )
        body = decoded_body(Message(response.status, "", headers, response.body), most + 1)
        if len(body) > most:
            raise TooLarge(f"the body has more than the {most} bytes allowed once it is decompressed")
        return response.replace(body=body)


async def _conversed(connection: Connection, message: bytes) -> tuple[HeadReader, Head]:
    await connection.send(message)
    gathered = HeadReader()
    for _ in range(_MOST_INFORMATIONAL):
        head = gathered.feed(gathered.take_rest())
        while head is None:
            head = gathered.feed(await more(connection, gathered))
        if head.status == 101:
            raise NotHttp("it changes to another protocol")
        if head.status >= 200:
            return gathered, head
    raise NotHttp("it says again and again that an answer will follow")


def _bounded(frame: Framing, most: int) -> Framing:
    """Raise TooLarge before the body is read, if its stated length is too large."""
    if frame.length > most:
        raise TooLarge(f"the body has {frame.length} bytes, more than the {most} allowed")
    return frame


async def _read(
    connection: Connection, gathered: HeadReader, reader: BodyReader, deadline: float, most: int
) -> Truncation:
    """Read a body as far as it arrives; returns why it is not complete. Raises TooLarge, NotHttp."""
    try:
        async with asyncio.timeout_at(deadline):
            piece = gathered.take_rest()
            reader.feed(piece)
            while not reader.done:
                if reader.size > most:
                    raise TooLarge(f"the body has more than the {most} bytes allowed")
                piece = await _piece(connection)
                if not piece:
                    return "" if reader.is_whole_at_end() else "disconnect"
                reader.feed(piece)
    except TimeoutError:
        return "time"
    if reader.size > most:
        raise TooLarge(f"the body has more than the {most} bytes allowed")
    return ""


async def _piece(connection: Connection) -> bytes:
    """More of a body; empty at its end, and also if the connection or its TLS breaks."""
    try:
        return await connection.read()
    except TimeoutError:
        raise
    except OSError:
        return b""


def _stays_open(head: Head, reader: BodyReader) -> bool:
    """Whether another request may follow on the connection (RFC 9112 section 9.3)."""
    asked = ",".join(head.values("connection")).lower()
    return (
        head.version == "1.1"
        and "close" not in asked
        and reader.done
        and reader.rest == (b"\r\n" if reader.is_chunked else b"")
        and not (reader.is_chunked and head.get("content-length"))
    )


def _route(request: Request, parts: SplitResult) -> Route:
    """Where a request goes; the proxy is the one that Scrapy's HttpProxyMiddleware chose."""
    server = _place(parts)
    address = request.meta.get("proxy")
    if not address:
        return Route(server)
    credentials = request.headers.get(b"Proxy-Authorization")
    return Route(server, _place(urlsplit(address)), credentials.decode("latin-1") if credentials else "")


def _place(parts: SplitResult) -> Place:
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise IgnoreRequest(f"{parts.geturl()} is neither http nor https")
    return Place(parts.scheme, parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme])


def _sent(request: Request, parts: SplitResult) -> Pairs:
    """The headers for the server; headers for the proxy only are part of the route."""
    given = (
        (name.decode("latin-1"), _BREAK.sub(" ", values[-1].decode("latin-1")))
        for name, values in request.headers.items()
        if name != b"Proxy-Authorization"
    )
    return (("Host", parts.netloc.rpartition("@")[2]), *given)


def _message(parts: SplitResult, route: Route, sent: Pairs) -> bytes:
    """The bytes of a request; for a proxy of http they have the whole address."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if route.proxy is not None and parts.scheme == "http":
        target = f"http://{parts.netloc}{target}"
        sent = (*sent, ("Proxy-Authorization", route.authorization)) if route.authorization else sent
    if _UNSENDABLE.search(target) or not target.isascii():
        raise IgnoreRequest(f"{parts.geturl()!r} cannot be asked for: it is not escaped")
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


def _scrapy_headers(head: Head) -> Headers:
    return Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in head.headers])
