"""Downloading as it happens on the wire: Scrapy's download handler, with the headers that came and nothing decoded.

On aiohttp as Scrapy's own reactorless handler, which would hide the order and spelling of headers, send a length with
every GET, and resolve names without asking the guard. Beside the response, `request.meta["wire"]` is set to what
Scrapy's own values do not hold.
"""

from __future__ import annotations

import base64
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import aiohttp
import yarl
from aiohttp.connector import Connection
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response

_LONGEST_HEADER = 64 * 1024
_READ_AHEAD = 512 * 1024
_IDLE_SECONDS = 15.0


class TooLarge(IgnoreRequest):
    """A response with more bytes than one of its kind may have; the rest of it was not downloaded."""


@dataclass(frozen=True)
class Wire:
    """An exchange as it crossed the wire, but for the body. Header strings are the ISO-8859-1 image of their bytes."""

    at: datetime
    request_headers: tuple[tuple[str, str], ...]
    response_headers: tuple[tuple[str, str], ...]
    reason: str
    version: str
    ip: str


class _Answer(aiohttp.ClientResponse):
    """Remembers who answered: aiohttp forgets the connection of a response without a body."""

    peer = ""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        name = connection.transport.get_extra_info("peername") if connection.transport else None
        self.peer = name[0] if name else ""
        return await super().start(connection)


class WireDownloadHandler(BaseDownloadHandler):
    """Fetches over http and https. `request.meta` must have download_timeout (seconds) and download_maxsize (bytes).

    Raises TooLarge, and aiohttp's and the operating system's errors as they are.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        spider: Any = crawler.spider
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                resolver=spider.guard,
                use_dns_cache=False,
                ssl=_tls(),
                keepalive_timeout=_IDLE_SECONDS,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_Answer,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
            read_bufsize=_READ_AHEAD,
        )

    async def download_request(self, request: Request) -> Response:
        meta = request.meta
        began, at = time.monotonic(), datetime.now(UTC)
        async with self._session.get(
            yarl.URL(request.url, encoded=True),
            headers=_sent(request.headers),
            timeout=aiohttp.ClientTimeout(total=meta["download_timeout"]),
            allow_redirects=False,
            proxy=_proxy(request),
        ) as answer:
            meta["download_latency"] = time.monotonic() - began
            body = await _body(answer, meta["download_maxsize"])
            meta["wire"] = _wire(answer, at)
            return Response(request.url, answer.status, headers=Headers(answer.raw_headers), body=body, request=request)

    async def close(self) -> None:
        await self._session.close()


class DocumentDecompression(HttpCompressionMiddleware):
    """Decompresses feeds, sitemaps and listings, which are read here; pages go to the archive as they came."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if request.meta["purpose"].kind in ("page", "redirect"):
            return response
        return super().process_response(request, response)


@cache
def _tls() -> ssl.SSLContext:
    """The system's certificates, read once: it takes longer than a request."""
    return ssl.create_default_context()


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes:
    if (answer.content_length or 0) > most:
        answer.close()
        raise TooLarge(f"the body has {answer.content_length} bytes, more than the {most} allowed")
    parts: list[bytes] = []
    size = 0
    async for part in answer.content.iter_any():
        parts.append(part)
        size += len(part)
        if size > most:
            answer.close()
            raise TooLarge(f"the body has more than the {most} bytes allowed")
    return b"".join(parts)


def _wire(answer: aiohttp.ClientResponse, at: datetime) -> Wire:
    version = answer.version
    return Wire(
        at=at,
        request_headers=tuple(answer.request_info.headers.items()),
        response_headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.raw_headers),
        reason=answer.reason or "",
        version=f"{version.major}.{version.minor}" if version else "1.1",
        ip=answer.peer if isinstance(answer, _Answer) else "",
    )


def _sent(headers: Headers) -> dict[str, str]:
    """Headers for the server; what is for the proxy alone goes with its address."""
    return {
        name.decode("latin-1"): values[-1].decode("latin-1")
        for name, values in headers.items()
        if name != b"Proxy-Authorization"
    }


def _proxy(request: Request) -> yarl.URL | None:
    """The proxy that Scrapy's HttpProxyMiddleware chose, with the user it names."""
    address = request.meta.get("proxy")
    if not address:
        return None
    proxy = yarl.URL(address)
    credentials = request.headers.get(b"Proxy-Authorization")
    if credentials:
        user, _, password = base64.b64decode(credentials.removeprefix(b"Basic ")).decode("latin-1").partition(":")
        proxy = proxy.with_user(user).with_password(password)
    return proxy
