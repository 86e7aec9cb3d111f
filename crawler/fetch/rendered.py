"""An answer replaced by what a browser shows of it, and both in the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from scrapy.http import Response

from archive.core.model import Exchange
from archive.warc.http import Message, decoded_body
from archive.warc.records import digest
from crawler.fetch.capture import RequestContext, as_kept, is_shown
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.render import MOST_BYTES, Asset, NotRendered, Renderer

_TYPE = "text/html; charset=utf-8"
_REQUESTS = 3
"""Requests for one script or one answer of data, its redirects included: these are moved once or twice, if at all."""

_ASSET_HEADERS = ("Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")


class Shown:
    """Shows pages in a browser. `record` takes an exchange for the archive."""

    def __init__(self, renderer: Renderer, record: Callable[[Exchange], None], agent: str) -> None:
        self._renderer = renderer
        self._record = record
        self._agent = agent

    async def __call__(self, response: Response, context: RequestContext, fetcher: Fetcher) -> Response:
        """The answer with what a browser made of its document; one that is no document as it is. Raises NotFetched."""
        assert response.request is not None
        meta = response.request.meta
        headers = as_kept(meta["wire"].response_headers, len(response.body))
        if not is_shown(response.status, headers, False):
            return response
        stated = next((value for name, value in headers if name.lower() == "content-type"), "text/html")
        html = response.body
        if context.kind == "page":  # documents come decompressed
            html = decoded_body(Message(response.status, "", headers, response.body), MOST_BYTES)
        try:
            made = await self._renderer.render(response.url, html, stated, self._agent, partial(_asset, fetcher))
        except NotRendered as failed:
            raise NotFetched(str(failed), retry=True, failure=True) from failed
        raw: Exchange | None = meta.get("raw")
        if raw is not None:
            self._record(_conversion(raw, context, made))
        meta["digest"] = digest(made)
        return response.replace(body=made, headers={"Content-Type": _TYPE})


def _conversion(raw: Exchange, context: RequestContext, made: bytes) -> Exchange:
    return replace(
        raw,
        kind=context.kind,
        fetched_at=datetime.now(UTC),
        response_headers=(("Content-Type", _TYPE),),
        body=made,
        earlier=None,
        head=b"",
        truncated="",
        record_id="",
        converts=raw.record_id,
    )


async def _asset(fetcher: Fetcher, url: str) -> Asset | None:
    """What a page asked for, through its redirects; None where that may not be had, or fails."""
    target = url
    for _ in range(_REQUESTS):
        try:
            response = await fetcher.asset(target)
        except Exception:  # noqa: BLE001 - whatever happens to a script, the page is shown without it
            return None
        assert response.request is not None
        if not (following := response.request.meta["target"]):
            seen = {name: value.decode("latin-1") for name in _ASSET_HEADERS if (value := response.headers.get(name))}
            return Asset(response.status, seen, response.body)
        target = following
    return None
