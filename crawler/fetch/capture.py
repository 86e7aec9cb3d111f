"""What goes to the archive: every response is seen here before anything decodes or follows it.

A downloader middleware below the decompression of documents. It decides by rule what is kept; GroupCommit writes it.
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
    """Why a request is made: whose it is, what for, and what is known of its address. In `request.meta["context"]`.

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
    """Gives what the archive keeps to the GroupCommit of the crawl, and notes where each response redirects to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        context: RequestContext = request.meta["context"]
        wire: Wire = request.meta["wire"]
        headers = as_kept(wire.response_headers, len(response.body))
        request.meta["target"] = redirect.target(request.url, response.status, headers, response.body)
        if context.kind != "page":
            request.meta["digest"] = digest(response.body)
        if is_kept(context, response.status, request.meta.get("digest", "")):
            spider: Any = self._crawler.spider
            moved = bool(request.meta["target"])
            spider.group_commit.record(exchange(request.url, context, wire, response.status, response.body, moved))
        return response


def is_kept(context: RequestContext, status: int, payload: str) -> bool:
    """Every answer for a page or a probe; of documents that name pages, those whose bytes differ from the last kept.

    `payload` is the digest of the body; it is not looked at for a page.
    """
    if context.kind in ("page", "probe"):
        return True
    return status == 200 and payload != (context.earlier.digest if context.earlier else "")


def exchange(url: str, context: RequestContext, wire: Wire, status: int, body: bytes, moved: bool) -> Exchange:
    """What crossed the wire, as the archive takes it, with headers that are true of the body as it is kept.

    `moved` says that it sends its reader elsewhere.
    """
    headers = as_kept(wire.response_headers, len(body))
    return Exchange(
        source=context.source,
        url=url,
        kind="redirect" if moved and context.kind == "page" else context.kind,
        fetched_at=wire.at,
        status=status,
        reason=wire.reason,
        request_headers=wire.request_headers,
        response_headers=headers,
        body=body,
        ip=wire.ip,
        http_version=wire.version,
        asked=context.asked,
        link=context.link,
        earlier=context.earlier,
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
