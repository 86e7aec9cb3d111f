"""The further pages of a listing: by rel=next, by the words for "next" and "older", by numbers. Pure.

A page is one of the same listing when its address differs from the listing's only in what counts pages; so that
calendars, other sections and sorted views of the list are never followed.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from archive.urls import canonical, host, key
from crawler.anchors import Anchor, Page
from crawler.found import Document
from crawler.markup import base_of
from crawler.vocabulary import NEXT

MOST = 200
"""Pages that one page may lead to."""

_PAGE_PARAMETER = re.compile(
    r"(?:.*[_\[-])?(?:page|paged|pages|pg|p|pn|pageno|page_?num(?:ber)?|pageindex|currentpage|cur|start|offset|from|"
    r"startrow|start_row|first|skip|limitstart|seite|pagina|sayfa|strona|stranica|sida|side|stran|bet|halaman)(?:_\w+)?\]?",
    re.IGNORECASE,
)
_PAGE_SEGMENT = re.compile(
    r"/(?:(?:page|paged|seite|pagina|p|pg|sayfa|strona|sida|side|stranica|halaman|trang|страница)[/_=:-]?)(\d{1,5})(?=/|\.\w{2,5}$|$)|"
    r"/(\d{1,3})(?=/?$)",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(r"\b(?:prev|previous|newer|first|last)\b|^[«‹<←]+", re.IGNORECASE)
_DATE_LIKE = re.compile(r"(?:19|20)\d\d(?:[-/]?\d\d){0,2}|\d\d?/\d\d?/\d\d(?:\d\d)?")


def further_pages(tree: HtmlElement, page: Page, url: str) -> tuple[Document, ...]:
    """The further pages of a listing that one of its pages leads to, in its order, each once."""
    stated = [
        _stated(element, tree, url)
        for element in tree.iter("link")
        if "next" in (element.get("rel") or "").lower().split()
    ]
    named = [anchor.url for anchor in page.anchors if _is_further(anchor, url)]
    addresses = {key(each): each for each in [*stated, *named] if each and host(each) == host(url)}
    addresses.pop(key(url), None)
    return tuple(Document(address, "listing") for address in list(addresses.values())[:MOST])


def is_same_listing(address: str, listing: str) -> bool:
    """Whether two addresses differ in nothing but the number of a page (none is the first)."""
    return _without_page(address) == _without_page(listing)


def _stated(element: HtmlElement, tree: HtmlElement, url: str) -> str:
    address = canonical(element.get("href") or "", base_of(tree, url))
    return address if _number(address) else ""


def _is_further(anchor: Anchor, url: str) -> bool:
    if anchor.key == key(url) or host(anchor.url) != host(url):
        return False
    if anchor.text.isdecimal() and len(anchor.text) <= 4:
        return int(anchor.text) > 1 and is_same_listing(anchor.url, url)
    if not _says_next(anchor):
        return False
    return is_same_listing(anchor.url, url) or _adds_only_a_page(anchor.url, url)


def _says_next(anchor: Anchor) -> bool:
    if _PREVIOUS.search(anchor.text):
        return False
    if "next" in anchor.rel.split():
        return True
    said = re.sub(r"[\s›»>→⟩❯…]+$|^[\s›»>→]+(?=\w)", "", anchor.text.lower())
    said = re.sub(r"\s+", "-", said.strip()) or anchor.text.strip()[:2]
    return said in NEXT or bool(re.search(r"(?:^|[\s_-])next(?:$|[\s_-])", anchor.marks) and len(anchor.text) < 25)


def _adds_only_a_page(address: str, listing: str) -> bool:
    """Whether a "next" has the path of the listing, counts a page, and states no date other than a year by itself."""
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") != here.path.rstrip("/"):
        return False
    stated = parse_qsl(there.query)
    return any(_PAGE_PARAMETER.fullmatch(name) and value.isdecimal() for name, value in stated)


def _number(address: str) -> bool:
    """Whether an address counts a page at all."""
    return bool(address) and _without_page(address) != (
        urlsplit(address).path.rstrip("/"),
        tuple(sorted(parse_qsl(urlsplit(address).query))),
        host(address),
    )


def _without_page(address: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    parts = urlsplit(address)
    path = _PAGE_SEGMENT.sub("", parts.path).rstrip("/")
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _counts(name, value)]
    return path, tuple(sorted(kept)), host(address)


def _counts(name: str, value: str) -> bool:
    return bool(_PAGE_PARAMETER.fullmatch(name)) and value.isdecimal() and not _DATE_LIKE.fullmatch(value)
