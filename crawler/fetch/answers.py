"""The answer to a request as the crawl uses it: its validators, and what its headers say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scrapy.http import Response

from archive.core.model import Validators
from archive.core.urls import canonical, host
from crawler.fetch.capture import RequestContext
from crawler.sources.pace import Pace, pace_of

_LINK = re.compile(
    r"<(?P<address>[^<>]{1,2000})>[^,<]{0,300}?;\s*rel\s*=\s*\"?(?P<rel>[\w\s-]{1,60})\"?", re.IGNORECASE
)

_MAY_BE_A_DATE = re.compile(r"[0-9][^0-9]+[0-9]")


@dataclass(frozen=True)
class Answer:
    """The last response of a redirect chain. `body` of a document is decompressed; `digest` is that of its bytes.

    `following` is the next page that its Link header names (RFC 8288), `cache_control` its Cache-Control header; ""
    for none.
    """

    url: str
    status: int
    body: bytes
    content_type: str
    validators: Validators
    following: str = ""
    cache_control: str = ""


def conditions(earlier: Validators) -> dict[str, str]:
    """The headers that make a request conditional (RFC 9110 section 13.1). What is no date is no condition; a date in
    another form is, for some servers compare it with their own, letter by letter."""
    since = earlier.last_modified if _MAY_BE_A_DATE.search(earlier.last_modified) else ""
    stated = {"If-None-Match": earlier.etag, "If-Modified-Since": since}
    return {name: value for name, value in stated.items() if value}


def answer_of(response: Response, context: RequestContext) -> Answer:
    """The answer in a response to a request of ours; validators of a body that broke off do not count."""
    assert response.request is not None
    meta = response.request.meta
    whole = not meta["wire"].truncated
    validators = Validators(
        etag=header(response, "ETag") if whole else "",
        last_modified=header(response, "Last-Modified") if whole else "",
        digest=meta.get("digest", ""),
        captured_at=meta["wire"].at,
        captured_url=response.url,
    )
    earlier = context.earlier
    if earlier and (response.status == 304 or (earlier.digest and earlier.digest == validators.digest)):
        validators = replace(
            earlier,
            etag=validators.etag or earlier.etag,
            last_modified=validators.last_modified or earlier.last_modified,
        )
    return Answer(
        response.url,
        response.status,
        response.body,
        header(response, "Content-Type"),
        validators,
        following_page(header(response, "Link"), response.url),
        header(response, "Cache-Control"),
    )


def following_page(links: str, base: str) -> str:
    """The address on the same host that a Link header calls the next page (RFC 8288); "" for none."""
    for found in _LINK.finditer(links):
        if "next" in found["rel"].lower().split():
            address = canonical(found["address"], base)
            return address if host(address) == host(base) else ""
    return ""


def pace_stated(response: Response) -> Pace:
    """How often a feed asks to be read."""
    return pace_of(response.body, header(response, "Cache-Control"), header(response, "Link"))


def header(response: Response, name: str) -> str:
    """The value of a header; "" if it is not there."""
    value = response.headers.get(name)
    return value.decode("utf-8", "replace") if value else ""
