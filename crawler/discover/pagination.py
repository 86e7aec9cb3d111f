"""The further pages of a listing: by rel=next, by the words for "next" and "older", by numbers. Pure.

A page is one of the same listing when its address differs from the listing's only in what counts pages; so that
calendars, other sections and sorted views of the list are never followed.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, host, key
from archive.page.html import base_of
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.links import Document
from crawler.discover.vocabulary import NEXT, VIEW_PARAMETERS, hyphened

MOST = 200
"""Pages that one page may lead to."""

_PAGE_PARAMETER = re.compile(
    r"(?:.*[_\[-])?(?:page|paged|pages|pg|p|pn|pageno|page_?num(?:ber)?|pageindex|currentpage|cur|start|offset|from|"
    r"startrow|start_row|first|skip|limitstart|seite|pagina|sayfa|strona|stranica|sida|side|stran|bet|halaman)(?:_\w+)?\]?",
    re.IGNORECASE,
)
_PAGE_SEGMENT = re.compile(
    r"/(?:page|paged|seite|pagina|p|pg|sayfa|strona|sida|side|stranica|halaman|trang)[/_=:-]?\d{1,5}(?=/|\.\w{2,5}$|$)|"
    r"/\d{1,3}(?=/?$)|/(?:index|default)(?:[_-]\d{1,4})?\.\w{3,5}$|(?<=\w)[_-]\d{1,4}(?=\.\w{3,5}$)",
    re.IGNORECASE,
)
_LONGEST_NEXT = 25
_MARKED_NEXT = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])")
_DATE_LIKE = re.compile(r"(?:19|20)\d\d(?:[-/]?\d\d){0,2}|\d\d?/\d\d?/\d\d(?:\d\d)?")


def further_pages(tree: HtmlElement, page: LinkedPage, url: str) -> tuple[Document, ...]:
    """The further pages of a listing that one of its pages leads to, in its order, each once."""
    base = base_of(tree, url)
    stated = [
        _stated(element, base, url)
        for element in tree.iter("link")
        if "next" in (element.get("rel") or "").lower().split()
    ]
    named = [anchor.url for anchor in page.anchors if _is_further(anchor, url)]
    addresses: dict[str, str] = {}
    for address in filter(None, [*stated, *named]):
        if host(address) == host(url):
            addresses.setdefault(key(address), address)
    addresses.pop(key(url), None)
    return tuple(Document(address, "listing") for address in list(addresses.values())[:MOST])


def is_same_listing(address: str, listing: str) -> bool:
    """Whether two addresses differ in nothing but the number of a page (none is the first)."""
    return _without_page(address) == _without_page(listing)


def _stated(element: HtmlElement, base: str, url: str) -> str:
    address = canonical(element.get("href") or "", base)
    return address if _is_page_of(address, url) or _adds_a_page(address, url) else ""


def _is_further(anchor: Anchor, url: str) -> bool:
    if anchor.key == key(url) or host(anchor.url) != host(url):
        return False
    if anchor.text.isdecimal() and len(anchor.text) <= 4:
        return int(anchor.text) > 1 and _is_page_of(anchor.url, url)
    return _says_next(anchor) and (_is_page_of(anchor.url, url) or _adds_a_page(anchor.url, url))


def _is_page_of(address: str, listing: str) -> bool:
    return is_same_listing(address, listing) or _differs_in_a_count(address, listing)


def _says_next(anchor: Anchor) -> bool:
    if "next" in anchor.rel.split():
        return True
    said = hyphened(re.sub(r"[\s›»>→⟩❯…]+$|^[\s‹«<←›»>→]+(?=\w)", "", anchor.text))
    if said in NEXT or anchor.text[:2].strip() in NEXT:
        return True
    if len(anchor.text) > _LONGEST_NEXT:
        return False
    return bool(_MARKED_NEXT.search(anchor.marks)) or any(word in NEXT for word in said.split("-")[:3])


def _adds_a_page(address: str, listing: str) -> bool:
    """Whether an address has the path of the listing and counts a page, whatever else it adds."""
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") != here.path.rstrip("/"):
        return False
    return any(_counts(*each) for each in parse_qsl(there.query))


def _differs_in_a_count(address: str, listing: str) -> bool:
    """Whether two addresses differ in one parameter alone, by a small number, and that is none of a date or view."""
    there, here = urlsplit(address), urlsplit(listing)
    changed = set(parse_qsl(there.query)) ^ set(parse_qsl(here.query))
    if there.path != here.path or len({name for name, _ in changed}) != 1:
        return False
    return all(
        name.lower() not in VIEW_PARAMETERS and value.isdecimal() and len(value) < 6 and not _DATE_LIKE.fullmatch(value)
        for name, value in changed
    )


def _without_page(address: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    parts = urlsplit(address)
    path = _PAGE_SEGMENT.sub("", parts.path).rstrip("/")
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _counts(name, value)]
    return path, tuple(sorted(kept)), host(address)


def _counts(name: str, value: str) -> bool:
    return bool(_PAGE_PARAMETER.fullmatch(name)) and value.isdecimal() and not _DATE_LIKE.fullmatch(value)
