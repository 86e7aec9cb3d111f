"""The ways to a newsroom's releases: which of the documents found are kept, and where to look for more. Pure.

A way is a feed, a listing or a sitemap that names releases. One is not enough: a feed is a window on the newest ten, a
listing and its further pages hold the rest, and a sitemap what neither names. What their releases share (their shape)
separates the feeds and sitemaps of this newsroom from others, and the releases of a sitemap from its other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from archive.core.counted import count
from archive.core.model import Kind, Link
from archive.core.urls import key
from crawler.discover.address_parts import take_apart
from crawler.discover.items.kinds import page_name
from crawler.discover.links import Discovered, Document
from crawler.discover.shape import FITS, UNSURE, Shapes, guess, learn
from crawler.discover.vocabulary import GROUPING, NEWS, hyphened

FEW = 3
"""Dated links from which on a page is a listing."""

SAMPLES = 10

WIDER = "it names what the listing does not: it is of a whole site, of which the newsroom is a part"
"""Why a feed, or a sitemap, is left out."""

APART = "it names other pages than the listing: it is of another part of the site"
"""Why a feed is left out that says nothing of the listing, nor of what else a sitemap may name."""

_SOME = 5
"""Releases from which on a sitemap that has none of them is one of other pages."""

_LONG = 4
"""Letters of a folder's name from which on it stands in that of a sitemap by no chance."""

_SHOWN = 5
"""Dated links of a listing from which on it shows everything of its days."""


@dataclass(frozen=True)
class Way:
    """A way to releases, and why it is kept: the releases it names, its title, whether it has further pages, or links
    that may lead to some (`proposed`)."""

    kind: Kind
    url: str
    why: str
    links: tuple[Link, ...] = ()
    title: str = ""
    further: bool = False
    proposed: int = 0

    @property
    def back_to(self) -> str:
        """The oldest day that it states, as ISO 8601; "" where it states none."""
        return min(filter(None, (link.published[:10] for link in self.links)), default="")


@dataclass(frozen=True)
class Judged:
    """A document that was read: the way it is, or in words why it is none."""

    way: Way | None = None
    refused: str = ""


_SYSTEMS = (
    ("wordpress", re.compile(rb"/wp-(?:content|includes|json)/|content=[\"']wordpress", re.IGNORECASE)),
    ("drupal", re.compile(rb"content=[\"']drupal|/sites/default/files|drupal-settings-json", re.IGNORECASE)),
    ("joomla", re.compile(rb"content=[\"']joomla|/media/jui/|com_content", re.IGNORECASE)),
    ("typo3", re.compile(rb"content=[\"']typo3|/typo3(?:temp|conf)/", re.IGNORECASE)),
    ("plone", re.compile(rb"content=[\"']plone|\+\+plone\+\+|\+\+resource\+\+plone", re.IGNORECASE)),
    ("ghost", re.compile(rb"content=[\"']ghost|/ghost/api/", re.IGNORECASE)),
    ("wix", re.compile(rb"content=[\"']wix|static\.wixstatic\.com|parastorage\.com", re.IGNORECASE)),
    ("squarespace", re.compile(rb"squarespace", re.IGNORECASE)),
    ("blogger", re.compile(rb"content=[\"']blogger|blogspot\.com", re.IGNORECASE)),
    ("liferay", re.compile(rb"liferay", re.IGNORECASE)),
    ("hugo", re.compile(rb"content=[\"'](?:hugo|jekyll|eleventy|gatsby)", re.IGNORECASE)),
)
_FEEDS = {
    "wordpress": ("feed/", "/feed/"),
    "drupal": ("/rss.xml", "rss.xml"),
    "joomla": ("?format=feed&type=rss",),
    "typo3": ("/rss.xml", "?type=9818"),
    "plone": ("RSS", "/RSS"),
    "ghost": ("/rss/",),
    "wix": ("/blog-feed.xml",),
    "squarespace": ("?format=rss",),
    "blogger": ("/feeds/posts/default",),
    "liferay": ("-/rss", "rss"),
    "hugo": ("index.xml", "/feed.xml"),
    "": ("feed/", "/feed/", "/rss.xml", "/feed.xml"),
}
"""Where systems usually have their feeds, against the page (from its folder) or, with a slash, the site."""

_SITEMAPS = {"wordpress": ("/wp-sitemap.xml", "/sitemap_index.xml"), "": ("/sitemap.xml", "/sitemap_index.xml")}
_OF_RELEASES = re.compile(
    r"news|press|post|article|release|story|stories|blog|media|aktuell|noticia|actu|comunic", re.I
)
_OF_OTHERS = re.compile(
    r"(?:categor|tag|author|user|taxonom|image|video|page|product|attachment|event|topic|location|term|staff)", re.I
)


def system_of(body: bytes) -> str:
    """The system that made a page, "" for an unknown one."""
    return next((name for name, marks in _SYSTEMS if marks.search(body[:300_000])), "")


def usual_feeds(system: str, page: str) -> tuple[str, ...]:
    """Where feeds usually are on a site of such a system; those beside the page first."""
    return _against(page, _FEEDS.get(system, _FEEDS[""]))


def usual_sitemaps(system: str, page: str) -> tuple[str, ...]:
    """Where sitemaps usually are, the likeliest first."""
    return _against(page, _SITEMAPS.get(system, _SITEMAPS[""]))


def _against(page: str, places: Iterable[str]) -> tuple[str, ...]:
    parts = urlsplit(page)
    file = parts.path.rpartition("/")[2]
    folder = parts.path if not file else parts.path + "/" if "." not in file else parts.path.rpartition("/")[0] + "/"
    base = f"{parts.scheme}://{parts.netloc}{folder}"
    return tuple(dict.fromkeys(urljoin(page if place[0] == "?" else base, place) for place in places))


def is_listing(found: Discovered) -> bool:
    """Whether a page lists releases: some with their days, or many."""
    dated = sum(bool(link.published) for link in found.links)
    return dated >= FEW or len(found.links) >= 2 * FEW


def goes_on(found: Discovered) -> bool:
    """Whether a page of a listing leads to further ones."""
    return bool(found.documents or found.ways)


def worth(found: Discovered) -> float:
    """How good a listing is, to choose one of several."""
    dated = sum(bool(link.published) for link in found.links)
    return dated + 0.3 * (len(found.links) - dated) + (10 if goes_on(found) else 0)


def is_named_as_one(url: str, title: str) -> bool:
    """Whether an address, or the title of its page, says that this is the newsroom itself."""
    address = take_apart(url)
    last = address.parts[-1].text.replace("_", "-") if address.parts else ""
    return last in NEWS or hyphened(page_name(title)) in NEWS


def is_narrower(press: Discovered, whole: Discovered, is_press: bool = False) -> bool:
    """Whether a listing of press releases shares some with another listing, which mixes them with other posts.

    That one names pages of the same days which the first, though it shows everything of its days, does not.
    `is_press`: the other is called one of press releases too. Then, where each leaves out what the other names, one of
    them is a choice (a front page), and only a list that goes on is narrower than one that does not.
    """
    named = {key(link.url) for link in press.links}
    shared = any(key(link.url) in named for link in whole.links)
    if not (shared and _strange_within(whole.links, press.links)[0]):
        return False
    is_certain = not (is_press and _strange_within(press.links, whole.links)[0])
    return is_certain or (goes_on(press) and not goes_on(whole))


def is_wider(whole: Discovered, asked: Discovered) -> bool:
    """Whether a listing shares some pages with another, and names much of the same days that this one does not."""
    named = {key(link.url) for link in asked.links}
    return any(key(link.url) in named for link in whole.links) and _is_wider(whole.links, asked.links)


def shares_none(press: Discovered, other: Discovered) -> bool:
    """Whether a listing of press releases, with their days, shares none with another listing: of notices, say."""
    named = {key(link.url) for link in other.links}
    dated = sum(bool(link.published) for link in press.links)
    return dated >= FEW and not any(key(link.url) in named for link in press.links)


def judge_listing(found: Discovered, url: str, given: str, shapes: Shapes) -> Judged:
    """A listing that was read. `shapes` are those of a feed that was given, if any: a listing must be of the same."""
    fitting = [link for link in found.links if not shapes or shapes.fit(link.url) >= UNSURE]
    if 2 * len(fitting) < len(found.links):
        return Judged(refused="its addresses are unlike those of the feed")
    dated = sum(bool(link.published) for link in found.links)
    why = f"it lists {count(len(found.links), 'release')}, {dated} with their day"
    why += ", and leads to further pages" if goes_on(found) else ""
    why += "" if key(url) == key(given) else "; the page that you gave leads to it"
    return Judged(Way("listing", url, why, found.links, found.title, goes_on(found), len(found.unlabelled)))


def judge_feed(found: Discovered, url: str, listed: Sequence[Link], shapes: Shapes, why: str) -> Judged:
    """A feed that was read. It must name pages of the shape of what the listing names, as the listing names them."""
    if not found.links:
        return Judged(refused=found.problem or "it names nothing")
    fitting = [link for link in found.links if not shapes or shapes.fit(link.url) >= UNSURE]
    if 2 * len(fitting) < len(found.links):
        return Judged(refused="its addresses are unlike those of the releases")
    titles = {key(link.url): hyphened(link.title) for link in listed if link.title}
    common = [link for link in found.links if key(link.url) in titles and link.title]
    other = [link for link in common if not _are_alike(titles[key(link.url)], hyphened(link.title))]
    if common and len(other) == len(common):
        return Judged(refused="what it says of the releases are not their titles: it is one of comments")
    if _is_wider(found.links, listed):
        is_apart = not common and shapes and not any(shapes.fit(link.url) >= FITS for link in fitting)
        return Judged(refused=APART if is_apart else WIDER)
    return Judged(Way("feed", url, f"the {len(fitting)} newest releases; {why}", tuple(fitting), found.title))


def _is_wider(links: Sequence[Link], listed: Sequence[Link]) -> bool:
    """Whether a feed names much that a listing does not, though it is from the days of which the listing shows all: the
    listing is one topic of a site, and the feed that of the whole."""
    strange, within = _strange_within(links, listed)
    return len(strange) > max(1, len(within) // 3)


def _strange_within(links: Sequence[Link], listed: Sequence[Link]) -> tuple[list[Link], list[Link]]:
    """Of the links of the days of which a listing shows all, those that it does not name, and all."""
    days = [link.published[:10] for link in listed if link.published]
    if len(days) < _SHOWN or not any(link.published for link in links):
        return [], []
    named = {key(link.url) for link in listed}
    within = [link for link in links if min(days) < link.published[:10] <= max(days)]
    return [link for link in within if key(link.url) not in named], within


def is_one_topic(url: str) -> bool:
    """Whether an address is that of a tag, a category or the like: a sitemap does not say what belongs to it."""
    return any(part.text in GROUPING for part in take_apart(url).parts)


def _are_alike(one: str, other: str) -> bool:
    return one[:20] == other[:20] or one in other or other in one


def judge_sitemap(
    url: str, links: Sequence[Link], others: Iterable[Link], shapes: Shapes, page: str, why: str
) -> Judged:
    """The releases that a sitemap, or those of an index, name. Where nothing else shows their shape, it is guessed."""
    known = shapes or guess([link.url for link in links], page)
    fitting = tuple(link for link in links if known and known.fit(link.url) >= FITS)
    if not fitting:
        return Judged(
            refused=f"none of its {count(len(links), 'page')} has the address of a release" if links else "it is empty"
        )
    named = {key(link.url) for link in others}
    fresh = sum(key(link.url) not in named for link in fitting)
    if not fresh:
        return Judged(refused="it names no release that a listing or feed does not")
    left = len(links) - len(fitting)
    if fresh == len(fitting) < left and len(named) >= _SOME:
        return Judged(refused="it names none of the releases that a listing or feed does, and mostly other pages")
    rest = f", {count(left, 'other page is', 'other pages are')} left out" if left else ""
    return Judged(
        Way("sitemap", url, f"{count(len(fitting), 'address', 'addresses')} of releases{rest}; {why}", fitting)
    )


def sitemaps_in_order(documents: Iterable[Document], shapes: Shapes | None = None) -> list[str]:
    """The sitemaps of an index, those that are named as releases are first, those named as other pages last.

    Surely first is one that has the name of the folder of releases (`shapes`), as systems name the sitemap of a type.
    """
    folders = {part for words in (shapes.words() if shapes else ()) for part in words.split("/")[1:-1]}

    def rank(url: str) -> int:
        name = urlsplit(url).path.rpartition("/")[2]
        if any(len(folder) >= _LONG and folder in name.lower() for folder in folders):
            return -1
        others = bool(_OF_OTHERS.search(name.replace("posts", "")))
        return others + (0 if _OF_RELEASES.search(name) else 1)

    return sorted((document.url for document in documents), key=rank)


def shapes_of(ways: Iterable[Way], page: str) -> Shapes:
    """What the releases that listings and feeds name share."""
    return learn([[link.url for link in way.links] for way in ways if way.kind != "sitemap"], page)


def newest(ways: Iterable[Way], most: int = SAMPLES) -> tuple[Link, ...]:
    """The newest releases of all ways, each once, with the day and title where one of them says so."""
    once: dict[str, Link] = {}
    for link in (link for way in ways for link in way.links):
        known = once.get(key(link.url))
        if known is None or (not known.published and link.published):
            once[key(link.url)] = link
    return tuple(sorted(once.values(), key=lambda link: link.published[:10], reverse=True)[:most])
