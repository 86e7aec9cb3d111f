"""From the bytes of a feed, sitemap, listing or home page to links; and which of the links a source wants. Pure.

The readers are in files of their own, and are re-exported here. In this file: home pages, and `wanted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from archive.core.model import Link
from archive.core.urls import canonical, host, key
from archive.page.html import Unreadable, base_of, parse_beginning
from archive.page.markup import words_of
from crawler.discover.address_parts import is_near
from crawler.discover.anchors import Anchor, LinkedPage, read_list
from crawler.discover.documents.frames import frames_of
from crawler.discover.documents.own_part import is_choice, own_first
from crawler.discover.documents.site_title import site_title
from crawler.discover.feeds import read_feed
from crawler.discover.further.above import ABOVE, lists_above
from crawler.discover.further.topics import pages_below, topic_pages
from crawler.discover.links import Discovered, Document
from crawler.discover.listings import read_listing
from crawler.discover.sitemaps import read_sitemap, robots_sitemaps
from crawler.discover.vocabulary import FEED, NEITHER_NEWS, NEWS, NEWS_STEM, PRESS, hyphened
from crawler.sources.addresses import hosts_reached
from crawler.sources.sources import Source

__all__ = [
    "Discovered",
    "Document",
    "read_feed",
    "read_home",
    "read_listing",
    "read_sitemap",
    "robots_sitemaps",
    "wanted",
]

MOST_FEEDS = 5
MOST_LISTINGS = 5
_LONGEST_TITLE = 500

_LONGEST_WORD, _WORDS_OF_A_LABEL, _WORDS_OF_A_CALL = 10, 4, 8
"""Characters of a word in the mean, and words of what names a list ("News") and of what calls to it."""

_RANK_OF_A_CALL = 4
"""Such a link goes behind all that are named for what they lead to."""

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)
_FEED_ADDRESS = re.compile(
    r"/(?:feed|rss|atom)s?/?$|/(?:feed|rss|atom|index|news)\.(?:xml|rss|rdf|atom|json)$|\.(?:rss|atom|rdf)$|"
    r"[?&](?:feed=|format=(?:feed|rss|atom)|type=(?:rss|atom|100)\b)",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire|комментар", re.IGNORECASE)
_FILE = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|ics|epub|zip|gz|tgz|rar|7z|jpe?g|png|gif|webp|svg|avif|tiff?|bmp|ico|"
    r"mp[34]|m4[av]|mov|avi|wmv|webm|og[gv]|wav|flac|json|xml|rss|atom|js|css|exe|apk|dmg)$",
    re.IGNORECASE,
)


def read_home(body: bytes, url: str, content_type: str = "") -> Discovered:
    """The feeds and listings of news that a home page leads to, as documents, the likeliest first of each kind.

    Before the other listings come the frames that the page shows (`way` is "frame"): its list may stand in one. Feeds:
    those the page declares (comments' feeds apart), else those it links to. Sitemaps: those it declares. Listings:
    links that say "news", "press releases" and the like in many languages, or whose address does; where there are none,
    those above the items that the page shows (`way` is "above"). Guesses no address.
    """
    try:
        tree = parse_beginning(body, content_type)
    except Unreadable:
        return Discovered(problem="the page is empty or no HTML")
    base = base_of(tree, url)
    page = read_list(tree, base)
    feeds = list(_declared_feeds(tree, base)) or [
        *(anchor.url for anchor in page.anchors if _is_feed(anchor)),
        *_feeds_behind_pictures(tree, base),
    ]
    ranked = _listings(page, url)
    listed = _each_once((anchor.url for anchor in ranked), url)[:MOST_LISTINGS]
    documents = [
        *(Document(address, "feed") for address in _each_once(feeds, "")[:MOST_FEEDS]),
        *(Document(address, "sitemap") for address in _each_once(_declared_sitemaps(tree, base), "")),
        *(Document(address, "listing", "frame") for address in frames_of(tree, base, url)),
        *(Document(address, "listing") for address in listed),
    ]
    if not listed:
        documents += [Document(address, "listing", ABOVE) for address in lists_above(page.anchors, url)]
    press = _each_once((anchor.url for anchor in ranked if _says_press(anchor)), url)[:MOST_LISTINGS]
    title = next((words_of(element, _LONGEST_TITLE) for element in tree.iter("title")), "")
    named = next((element.get("content") or "" for element in tree.iterfind(".//meta[@property='og:site_name']")), "")
    named_lists = (press, topic_pages(page.anchors, url), pages_below(page.anchors, url))
    pressing, topics, below = (tuple(Document(one, "listing") for one in each) for each in named_lists)
    own_title = site_title(title, named, url)
    return Discovered(documents=tuple(documents), title=own_title, press=pressing, topics=topics, below=below)


def wanted(source: Source, link: Link) -> str:
    """ "" when a source wants a link followed, else why not, in words for a person.

    Wanted are pages of the hosts ("www." apart) on which the source's own addresses lie, and of those that it names as
    `hosts`. Of files only PDF documents are, if what names them states a title and a day: then they are releases
    themselves.
    """
    rules = _rules(source)
    if host(link.url) not in rules.hosts:
        return f"other site ({host(link.url) or 'no web address'})"
    file = _FILE.search(urlsplit(link.url).path)
    if file and not (file[1].lower() == "pdf" and link.title and link.published):
        return f"file type ({file[1].lower()})"
    excluded = next((pattern.pattern for pattern in rules.exclude if pattern.search(link.url)), "")
    if excluded:
        return f"excluded by {excluded}"
    if rules.include and not any(pattern.search(link.url) for pattern in rules.include):
        return "not among what is included"
    return ""


@dataclass(frozen=True)
class _Rules:
    hosts: frozenset[str]
    include: tuple[re.Pattern[str], ...]
    exclude: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=256)
def _rules(source: Source) -> _Rules:
    include, exclude = (tuple(map(re.compile, patterns)) for patterns in (source.include, source.exclude))
    return _Rules(hosts_reached(source), include, exclude)


def _declared_feeds(tree: HtmlElement, base: str) -> Iterator[str]:
    for element in tree.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        told = f"{element.get('title') or ''} {element.get('href') or ''}"
        if {"alternate", "feed"} & set(rels) and kind in _FEED_TYPES and not _OF_COMMENTS.search(told):
            yield canonical(element.get("href") or "", base)


def _declared_sitemaps(tree: HtmlElement, base: str) -> Iterator[str]:
    for element in tree.iter("link"):
        if "sitemap" in (element.get("rel") or "").lower().split():
            yield canonical(element.get("href") or "", base)


def _feeds_behind_pictures(tree: HtmlElement, base: str) -> Iterator[str]:
    """Where links lead whose picture says "RSS" or "XML", as the orange buttons of old did."""
    for link in tree.iter("a"):
        for picture in link.iter("img"):
            name = urlsplit(picture.get("src") or "").path.rpartition("/")[2].partition(".")[0].lower()
            said = {hyphened(picture.get("alt") or ""), hyphened(picture.get("title") or ""), *re.split(r"[-_]", name)}
            if said & FEED:
                yield canonical(link.get("href") or "", base)


def _is_feed(anchor: Anchor) -> bool:
    is_named = hyphened(anchor.text) in FEED or not anchor.text
    return bool(_FEED_ADDRESS.search(anchor.url)) and (is_named or not _OF_COMMENTS.search(anchor.url))


def _listings(page: LinkedPage, url: str) -> list[Anchor]:
    """The links to listings of news, the likeliest first, those of the page's part of the site before others."""
    ranked = {n: rank for n, anchor in enumerate(page.anchors) if (rank := _listing_rank(anchor, url))}
    known = [page.anchors[n].url for n in ranked]
    calls = [n for n, anchor in enumerate(page.anchors) if n not in ranked and _says_news(anchor, _WORDS_OF_A_CALL)]
    ranked |= {n: _RANK_OF_A_CALL for n in calls if is_choice(page.anchors[n].url, known)}
    return own_first([page.anchors[n] for n in sorted(ranked, key=lambda n: (ranked[n], n))], url)


def _listing_rank(anchor: Anchor, url: str) -> int:
    """1 for what says it lists press releases, 2 for news; one worse when only the address says so; 0 for the rest."""
    if not is_near(anchor.url, url) or _FEED_ADDRESS.search(anchor.url) or _FILE.search(urlsplit(anchor.url).path):
        return 0
    said = hyphened(anchor.text)
    last = _last_word(anchor)
    if said in NEWS:
        return 1 if _is_press(said) or _is_press(last) else 2
    if last in NEWS:
        return 2 if _is_press(last) else 3
    is_confirmed = last.count("-") < _WORDS_OF_A_LABEL and NEWS_STEM.search(last) and not NEITHER_NEWS.search(last)
    is_named = _says_news(anchor, _WORDS_OF_A_CALL if is_confirmed else _WORDS_OF_A_LABEL)
    return _RANK_OF_A_CALL if is_named else 0


def _says_news(anchor: Anchor, words: int) -> bool:
    """Whether a label of so many words says somewhere that it leads to news: "See all of our news and statements"."""
    said = hyphened(anchor.text)
    is_short = said.count("-") < words and len(said) <= words * _LONGEST_WORD
    return is_short and bool(NEWS_STEM.search(said)) and not NEITHER_NEWS.search(said)


def _says_press(anchor: Anchor) -> bool:
    """Whether a link to a listing says that it is one of press releases, or where it says nothing so its address."""
    said = hyphened(anchor.text)
    return _is_press(said) or (said not in NEWS and _is_press(_last_word(anchor)))


def _last_word(anchor: Anchor) -> str:
    last = unquote(urlsplit(anchor.url).path).rstrip("/").rpartition("/")[2]
    return last.lower().partition(".")[0].replace("_", "-")


def _is_press(said: str) -> bool:
    return any(word in said for word in PRESS)


def _each_once(addresses: Iterable[str], without: str) -> list[str]:
    once: dict[str, str] = {}
    for address in filter(None, addresses):
        once.setdefault(key(address), address)
    once.pop(key(without), None)
    return list(once.values())
