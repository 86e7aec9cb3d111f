"""Sends responses to the archive, before any code decodes them or follows a redirect.

A Scrapy downloader middleware, placed before the decompression of documents. It decides by rule what to keep;
GroupCommit writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.core.model import Exchange, Kind, Link, Validators
from archive.warc import redirect
from archive.warc.records import digest, new_id
from crawler.fetch.detours import Held, may_pass
from crawler.fetch.http import Wire


@dataclass(frozen=True)
class RequestContext:
    """Why a request is made: its source, its purpose, what is known of its address. In `request.meta["context"]`.

    `earlier` is the newest full capture of the address. `own_hosts` are the hosts that the source itself names;
    `allow_private` says that they may lead to private addresses. `render`: what a browser makes of the answer counts.
    `away`: why the address is not of the source, for one that only redirects may lead over; "" for all others.
    """

    source: str
    kind: Kind
    asked: str = ""
    link: Link | None = None
    earlier: Validators | None = None
    own_hosts: frozenset[str] = field(default_factory=frozenset)
    allow_private: bool = False
    render: bool = False
    away: str = ""


class CaptureMiddleware:
    """Gives what is kept to the crawl's GroupCommit, and notes where each response redirects to."""

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
        moved = bool(request.meta["target"])
        if is_kept(context, response.status, request.meta.get("digest", "")) and (moved or not context.away):
            spider: Any = self._crawler.spider
            kept = exchange(request.url, context, wire, response.status, response.body, moved)
            is_over = bool(context.away) or (moved and may_pass(request.meta["target"], context.own_hosts))
            is_back = moved and context.kind == "page" and request.meta["target"] in (context.asked, request.url)
            if is_over or is_back:
                request.meta["held"] = Held(kept, spider.group_commit.record, is_over, is_back)
                return response
            if context.render and is_shown(response.status, headers, moved):
                kept = replace(kept, kind="raw", record_id=new_id())
                request.meta["raw"] = kept
            spider.group_commit.record(kept)
        return response


def is_kept(context: RequestContext, status: int, payload: str) -> bool:
    """Whether a response is kept: all of pages and probes; other documents only if their bytes have changed.

    `payload` is the digest of the body; it is not needed for a page.
    """
    if context.kind in ("page", "probe"):
        return True
    if context.kind == "asset":
        return False
    return status == 200 and payload != (context.earlier.digest if context.earlier else "")


def is_shown(status: int, headers: tuple[tuple[str, str], ...], moved: bool) -> bool:
    """Whether an answer is a document for a browser."""
    stated = next((value.lower() for name, value in headers if name.lower() == "content-type"), "text/html")
    return status == 200 and not moved and ("html" in stated or not stated)


def exchange(url: str, context: RequestContext, wire: Wire, status: int, body: bytes, moved: bool) -> Exchange:
    """A request and its response for the archive, with headers that describe the body as it is kept.

    `moved` says that the response is a redirect.
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
    """Headers without the transfer coding that the HTTP library decoded, and with the length of the decoded body.

    WARC 1.1 section 6.3 keeps payloads as they came, but a body that is no longer chunked must not be called chunked.
    """
    if not any(name.lower() == "transfer-encoding" for name, _ in headers):
        return headers
    undone = {"transfer-encoding", "content-length"}
    return (*(item for item in headers if item[0].lower() not in undone), ("Content-Length", str(length)))
