"""What goes to the archive: every response is seen here before anything decodes or follows it.

A downloader middleware below Scrapy's decompression. It decides by rule and hands on; writing is the ledger's work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.core.model import Exchange, Kind, Link, Validators
from archive.warc import redirect
from archive.warc.records import digest
from crawler.fetch.http import Wire


@dataclass(frozen=True)
class RequestContext:
    """Why a request is made: whose it is, what for, and what is known of its address. In `request.meta["purpose"]`.

    `earlier` is the newest full capture of the address. `own_hosts` are the hosts that the source itself names;
    `allow_private` says that they may lead to private addresses.
    """

    source: str
    kind: Kind
    asked: str = ""
    link: Link | None = None
    earlier: Validators | None = None
    own_hosts: frozenset[str] = field(default_factory=frozenset)
    allow_private: bool = False


class CaptureMiddleware:
    """Hands what the archive keeps to the ledger of the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        purpose: RequestContext = request.meta["purpose"]
        wire: Wire = request.meta["wire"]
        headers = as_kept(wire.response_headers, len(response.body))
        request.meta["target"] = redirect.target(request.url, response.status, headers, response.body)
        if purpose.kind != "page":
            request.meta["digest"] = digest(response.body)
        if is_kept(purpose, response.status, request.meta.get("digest", "")):
            spider: Any = self._crawler.spider
            moved = bool(request.meta["target"])
            spider.group_commit.record(exchange(request.url, purpose, wire, response.status, response.body, moved))
        return response


def is_kept(purpose: RequestContext, status: int, payload: str) -> bool:
    """Every answer for a page or a probe; of documents that name pages, those whose bytes differ from the last kept.

    `payload` is the digest of the body; it is not looked at for a page.
    """
    if purpose.kind in ("page", "probe"):
        return True
    return status == 200 and payload != (purpose.earlier.digest if purpose.earlier else "")


def exchange(url: str, purpose: RequestContext, wire: Wire, status: int, body: bytes, moved: bool) -> Exchange:
    """What crossed the wire, as the archive takes it, with headers that are true of the body as it is kept.

    `moved` says that it sends its reader elsewhere.
    """
    headers = as_kept(wire.response_headers, len(body))
    return Exchange(
        source=purpose.source,
        url=url,
        kind="redirect" if moved and purpose.kind == "page" else purpose.kind,
        fetched_at=wire.at,
        status=status,
        reason=wire.reason,
        request_headers=wire.request_headers,
        response_headers=headers,
        body=body,
        ip=wire.ip,
        http_version=wire.version,
        asked=purpose.asked,
        link=purpose.link,
        earlier=purpose.earlier,
        head=wire.head if headers == wire.response_headers else b"",
        truncated=wire.truncated,
    )


def as_kept(headers: tuple[tuple[str, str], ...], length: int) -> tuple[tuple[str, str], ...]:
    """Headers without the transfer coding that the HTTP library undid, and with the length of what is left.

    WARC 1.1 section 6.3 leaves payloads as they came; a chunked header over a body that is not would be false.
    """
    if not any(name.lower() == "transfer-encoding" for name, _ in headers):
        return headers
    undone = {"transfer-encoding", "content-length"}
    return (*(item for item in headers if item[0].lower() not in undone), ("Content-Length", str(length)))
