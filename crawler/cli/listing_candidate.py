"""A page that a search for a newsroom read as a listing: how good it is, and where else it leads. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from archive.core.urls import host, key
from crawler.discover.address_parts import values_of
from crawler.discover.documents.press_coverage import is_coverage, is_of_everybody
from crawler.discover.further.above import ABOVE
from crawler.discover.further.counting.further_addresses import adds_a_number
from crawler.discover.further.pagers import moves_a_cursor
from crawler.discover.links import Discovered, Document
from crawler.discover.shape import UNSURE, Shapes
from crawler.discover.vocabulary import ELSEWHERE, LANGUAGE_PARAMETERS, PRESS, VIEW_PARAMETERS
from crawler.discover.ways import goes_on, is_listing

NAMED_WELL = 20.0
"""What the worth of a listing grows by where its address or title says that it is one."""

_VIEWS = (VIEW_PARAMETERS | LANGUAGE_PARAMETERS) - {"cat", "category", "filter", "tag", "type"}
"""Parameters that show the same releases in another way: in another order, language or form."""


@dataclass(frozen=True)
class ListingCandidate:
    """A page that was read as a listing, and how good it is (`rank`); what else it names.

    `is_named`: its address or title says that it is a newsroom. `press` are listings of press releases that it names.
    `shown`: how many releases it shows itself, without those behind its archives and its scripts' data. `topics` are
    the lists of its topics or other parts.
    """

    url: str
    found: Discovered
    rank: float
    is_named: bool
    documents: tuple[Document, ...]
    press: tuple[Document, ...] = ()
    shown: int = 1
    topics: tuple[Document, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.rank >= NAMED_WELL and goes_on(self.found)

    @property
    def frames(self) -> list[str]:
        """The pages that it shows as parts of itself."""
        return [each.url for each in self.documents if each.way == "frame"]

    @property
    def others(self) -> list[str]:
        """The listings that it names, without its own further pages: the newest releases are not on these.

        What else a listing that goes on shows in frames (films, maps) is none, nor what its items lie below.
        """
        is_whole = is_listing(self.found) and goes_on(self.found)
        named = [each.url for each in self.documents if each.kind == "listing" and not (is_whole and each.way == ABOVE)]
        if not (is_listing(self.found) and self.shown):
            return named
        frames = self.frames if goes_on(self.found) else ()
        return [url for url in named if url not in frames and not self._is_own_page(url)]

    @property
    def press_listings(self) -> list[str]:
        """The listings of press releases that it names, without its own further pages."""
        return [each.url for each in self.press if not self._is_own_page(each.url)]

    def has_of(self, topic: Discovered, shapes: Shapes) -> bool:
        """Whether a topic is one of its own, with more than it shows of it: its list begins with what it shows, and
        goes on with nothing but the like of that (`shapes`). What stands between is of another newsroom."""
        shown = {key(link.url) for link in self.found.links}
        known = [key(link.url) in shown for link in topic.links]
        fresh = topic.links[sum(known) :]
        is_alike = all(shapes.fit(link.url) >= UNSURE for link in fresh)
        return any(known) and all(known[: sum(known)]) and is_alike and bool(fresh or goes_on(topic))

    def _is_own_page(self, url: str) -> bool:
        own = {key(each.url) for each in (*self.found.documents, *self.found.ways)}
        return key(url) in own or adds_a_number(url, self.url) or self._goes_on_from_an_item(url)

    def _goes_on_from_an_item(self, url: str) -> bool:
        """Whether an address names an item or a moment to go on from, by figures: ?key=press is another list."""
        return moves_a_cursor(url, self.url) and bool(re.search(r"\d", urlsplit(url).query))


def other_tabs(best: ListingCandidate, given: ListingCandidate) -> tuple[str, ...]:
    """The other choices of a list of press releases whose page shows but the first (`best`): each in a tab of its own.

    The address of the list says what it lists: in one of news, a choice may be of posts of another kind.
    """
    shows_its_first = bool(given.found.links) and not goes_on(given.found) and _keys(given) <= _keys(best)
    is_of_press = _is_named_press(urlsplit(given.url).path)
    if not (shows_its_first and is_of_press and _is_choice_of(best.url, given.url)):
        return ()
    named = dict.fromkeys(one.url for one in (*given.documents, *given.press))
    return tuple(url for url in named if _is_other_choice(url, best.url))


def _is_other_choice(url: str, chosen: str) -> bool:
    """Whether an address chooses by the same names as another one, with other values: none of events or the like."""
    own, others = values_of(chosen), values_of(url)
    is_of_one_list = urlsplit(url).path == urlsplit(chosen).path and others.keys() == own.keys()
    return is_of_one_list and others != own and ELSEWHERE.isdisjoint(others.values())


def _is_choice_of(url: str, page: str) -> bool:
    """Whether an address is that of a page with one value more, which chooses among what it lists: /press?topic=2."""
    own, before = values_of(url), values_of(page)
    added = own.keys() - before.keys()
    is_one_more = len(added) == 1 and not added & _VIEWS and all(own.get(name) == before[name] for name in before)
    return is_one_more and urlsplit(url).path == urlsplit(page).path


def _is_named_press(path: str) -> bool:
    """Whether the last part of a path says that press releases lie there: /en/press_releases/."""
    name = unquote(path).rstrip("/").rpartition("/")[2].lower().replace("_", "-")
    return any(word in name for word in PRESS)


def _keys(listing: ListingCandidate) -> frozenset[str]:
    return frozenset(key(link.url) for link in listing.found.links)


def elsewhere(listing: ListingCandidate) -> str:
    """The folder in which most releases of a listing lie, if that is on another host; "" if it is not."""
    folders = [urljoin(link.url, ".") for link in listing.found.links if host(link.url) != host(listing.url)]
    if 2 * len(folders) <= len(listing.found.links):
        return ""
    return Counter(folders).most_common(1)[0][0]


def hosts_of_most(listing: ListingCandidate) -> tuple[str, ...]:
    """The other host on which most releases of a listing lie, if it is one: what newspapers said lies on many.

    None for a list that says so of itself, and none where everybody writes.
    """
    if is_coverage(listing.url, listing.found.title):
        return ()
    hosts = Counter(host(link.url) for link in listing.found.links)
    most, times = hosts.most_common(1)[0]
    is_another = most != host(listing.url) and not is_of_everybody(most)
    return (most,) if is_another and 2 * times > len(listing.found.links) else ()
