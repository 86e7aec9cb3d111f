"""Lists that a page keeps as markup for a script to show: records of CDATA in a script or an XML answer. Pure.

Sites of many Chinese authorities have theirs so ("datastore"). Nothing is run: the markup is put where the script
stands, and what the store calls next is named in an attribute, as other systems name what loads more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_Match = re.Match[bytes]

LARGEST = 10_000_000
"""Bytes of a page in which stores are looked for."""

_SCRIPT = re.compile(
    rb"<script\b[^>]{0,300}\btype\s*=\s*[\"']?text/(?:xml|html|template|x-[\w-]{1,30})\b[^>]{0,300}>", re.IGNORECASE
)
_END = re.compile(rb"</script\s*>", re.IGNORECASE)
_RECORD = re.compile(rb"<([\w:-]{1,40}+)[^<>]{0,200}+>\s*+<!\[CDATA\[")
_RECORD_END = re.compile(rb"\]\]>")
_LINK = re.compile(rb"<a\b(?:(?!<a\b)[^>]){0,600}?\bhref\s*=\s*([\"'])([^\"'<>\s]{1,600})\1", re.IGNORECASE)
_NEXT = re.compile(rb"next|more", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html\b|<(?:[\w-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)


def opened(body: bytes) -> bytes:
    """A page, or an answer in XML, with the lists that it stores as its markup; the same bytes where it stores none."""
    if len(body) > LARGEST or not (b"<![CDATA[" in body or b"text/" in body):
        return body
    if b"<![CDATA[" in body and not _PAGE.search(body, 0, 2_000):
        return _shown(body) or body
    parts, done = list[bytes](), 0
    for begin, end in _enclosed(body, _SCRIPT, _END):
        shown = _shown(body[begin.end() : end.start()])
        parts += [body[done : begin.start()], shown or body[begin.start() : end.end()]]
        done = end.end()
    return b"".join([*parts, body[done:]])


def _enclosed(body: bytes, begins: re.Pattern[bytes], ends: re.Pattern[bytes]) -> Iterator[tuple[_Match, _Match]]:
    """Where something begins and ends, in order. In linear time, also where much begins and nothing ends."""
    at = 0
    while (begin := begins.search(body, at)) and (end := ends.search(body, begin.end())):
        yield begin, end
        at = end.end()


def _shown(store: bytes) -> bytes:
    """What a store holds, as markup; b"" where that is no list of links."""
    held = [(begin[1], store[begin.end() : end.start()]) for begin, end in _enclosed(store, _RECORD, _RECORD_END)]
    if not held:
        return b"<div>" + store + b"</div>" if _LINK.search(store) and b"<script" not in store.lower() else b""
    records, following = list[bytes](), list[bytes]()
    for name, content in held:
        link = _LINK.search(content)
        if link and _NEXT.search(name):
            following.append(b'<div data-next-url="' + link[2] + b'"></div>')
        elif link:
            records.append(content)
    return b"<div>" + b"\n".join([*records, *following]) + b"</div>" if records or following else b""
