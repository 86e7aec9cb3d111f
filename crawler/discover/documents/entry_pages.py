"""What lies before a newsroom: a page that only asks for a language, and sections of a site that may lead to it. Pure.

A search for a newsroom looks behind them: a page that only asks is no home page, and where no link says "news", one of
the pages that the menu names may have such a link.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.core.urls import host, key
from archive.page.html import Unreadable, base_of, parse_beginning
from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import Anchor, LinkedPage, read_page
from crawler.discover.vocabulary import ELSEWHERE, LANGUAGE_CODES, SERVICE, hyphened

MOST_SECTIONS = 6
"""Pages of a menu that are worth a request where nothing else is found."""

_FEWEST_LANGUAGES, _MOST_LINKS, _LONGEST = 2, 12, 600
"""Languages, links and characters of a page that only asks for a language."""

_MOST_WORDS, _MOST_FOLDERS = 4, 2
"""Words of the label of a section, and parts of its address."""


def edition_behind(body: bytes, url: str, content_type: str = "") -> str:
    """The address of the edition to which a page leads that only asks for a language: that in the page's own language,
    else the first; "" for any other page."""
    page = _read(body, url, content_type)
    if page is None or len(page.text) > _LONGEST:
        return ""
    links = _within(page.anchors, url)
    editions = [(code, anchor) for anchor in links.values() if (code := language_of(anchor))]
    is_choice = len({code for code, _ in editions}) >= _FEWEST_LANGUAGES  # a short list in one language has one
    if not is_choice or len(links) > _MOST_LINKS or len(links) >= 2 * len(editions):
        return ""
    own = page.language[:2].lower()
    return next((anchor for code, anchor in editions if code == own), editions[0][1]).url


def sections_of(body: bytes, url: str, content_type: str = "") -> list[str]:
    """The pages of a site that its menu names, in its order, but for those whose address or label says that they are of
    services, events, people and the like."""
    page = _read(body, url, content_type)
    links = _within(page.anchors, url) if page else {}
    return [anchor.url for anchor in links.values() if anchor.chrome and _may_be_section(anchor)][:MOST_SECTIONS]


def language_of(anchor: Anchor) -> str:
    """The language of which a link says that what is behind it is in, by its code in two letters; "" for none."""
    words = {anchor.language[:2].lower(), hyphened(anchor.text), *(code for _, code in take_apart(anchor.url).editions)}
    return next((word[:2] for word in sorted(words) if word in LANGUAGE_CODES), "")


def _read(body: bytes, url: str, content_type: str) -> LinkedPage | None:
    try:
        tree = parse_beginning(body, content_type)
    except Unreadable:
        return None
    return read_page(tree, base_of(tree, url))


def _within(anchors: Iterable[Anchor], url: str) -> dict[str, Anchor]:
    """The links to other pages of the same site, the first to each."""
    found: dict[str, Anchor] = {}
    for anchor in anchors:
        if host(anchor.url) == host(url) and anchor.key != key(url):
            found.setdefault(anchor.key, anchor)
    return found


def _may_be_section(anchor: Anchor) -> bool:
    there = take_apart(anchor.url)
    words = {part.text for part in there.parts} | {hyphened(anchor.text)}
    is_short = 0 < len(anchor.text.split()) <= _MOST_WORDS and 0 < len(there.parts) <= _MOST_FOLDERS
    is_folder = is_short and not (there.values or words & (SERVICE | ELSEWHERE))
    return is_folder and not any(part.kind in ("number", "title") for part in there.parts)
