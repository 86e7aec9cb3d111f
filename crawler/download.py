"""Downloading as it happens on the wire: Scrapy's aiohttp handler, with the headers that came and nothing decoded.

Beside the response, `request.meta["wire"]` is set to what Scrapy's own values do not hold: header lines in the order
and spelling in which they came, the reason phrase, the address of the server, the moment.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.utils.ssl import _make_ssl_context

_LONGEST_HEADER = 64 * 1024
_READ_AHEAD = 512 * 1024


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


class WireDownloadHandler(AiohttpDownloadHandler):
    """Fetches over http and https. `request.meta` must have download_timeout (seconds) and download_maxsize (bytes).

    Raises Scrapy's download exceptions, and TooLarge.
    """

    experimental = False

    def __init__(self, crawler: Crawler) -> None:
        # Not AiohttpDownloadHandler's own: its connector would resolve names without asking the guard.
        super(AiohttpDownloadHandler, self).__init__(crawler)
        spider: Any = crawler.spider
        self._ssl_context = _make_ssl_context(crawler.settings)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, resolver=spider.guard, use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
            read_bufsize=_READ_AHEAD,
        )

    async def download_request(self, request: Request) -> Response:
        meta = request.meta
        meta["verbatim_url"] = True
        began, at = time.monotonic(), datetime.now(UTC)
        async with self._make_request(request, meta["download_timeout"]) as answer:
            meta["download_latency"] = time.monotonic() - began
            body = await self._body(answer, meta["download_maxsize"])
            meta["wire"] = _wire(answer, at)
            return Response(request.url, answer.status, headers=_headers(answer), body=body, request=request)

    async def _body(self, answer: aiohttp.ClientResponse, most: int) -> bytes:
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


class DocumentDecompression(HttpCompressionMiddleware):
    """Decompresses feeds, sitemaps and listings, which are read here; pages go to the archive as they came."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if request.meta["purpose"].kind in ("page", "redirect"):
            return response
        return super().process_response(request, response)


def _wire(answer: aiohttp.ClientResponse, at: datetime) -> Wire:
    version = answer.version
    peer = getattr(answer, "_peername", None)
    return Wire(
        at=at,
        request_headers=tuple(answer.request_info.headers.items()),
        response_headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.raw_headers),
        reason=answer.reason or "",
        version=f"{version.major}.{version.minor}" if version else "1.1",
        ip=peer[0] if peer else "",
    )


def _headers(answer: aiohttp.ClientResponse) -> Headers:
    return Headers([(name, value) for name, value in answer.raw_headers])
