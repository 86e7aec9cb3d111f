"""One release that has several addresses: what of an address says nothing about which release it is. Pure.

How to use it:

    twins = Twins()
    other = twins.take(named)            # learns; {address: the address of the same release that was known before}

Sites link to one release from a list, a box beside it and a feed by addresses that differ: by the place of the link
(`?pos=3`), the menu that it belongs to, the folder of a topic, or the case of letters. Such a part of an address
varies while the headline stays; what names the release never does. So parts are learned from links with the same
headline in different places, and hold only if no two headlines have addresses that differ by these parts alone. A
headline that one place has at two addresses is no evidence: it is one that many releases have.

What earlier crawls knew is a place too (`EARLIER`). Where no address of today has the folder that an earlier one had,
the site has moved: that folder named the release then, and its new addresses have to be asked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from urllib.parse import unquote, urlsplit

from archive.core.cache import remembered
from archive.core.urls import host, key
from crawler.discover.address_parts import is_edition, parameters

CASE = "case"
"""The part of an address that the case of its letters is."""

EARLIER = "earlier crawls"
"""The place of links that were known before: what of them differs today may have changed since."""

_FEWEST = 2
"""Headlines with several addresses from which on these show what says nothing."""

_FEW_AGAINST = 4
"""How many times as many these must be as those that speak against it: some headlines are changed."""

_MOST_ADDRESSES = 4
"""Addresses of one release; a headline with more is one that many releases have."""

_PIECES = re.compile(r"[.:;,|]")
_MOST_TITLES = 5_000
_MOST_DIFFERENCES = 12
_LONG = 12
"""Letters from which on a headline is one alone; a shorter one needs the same day."""


@dataclass(frozen=True)
class Named:
    """A link to a release: its address (canonical), what it says, its day ("" for none), and where it stands."""

    url: str
    title: str
    day: str = ""
    place: str = ""


class Twins:
    """What was learned of a source's addresses so far, from its first 5,000. All of these are gone through again where
    links differ in a way that was not believed so far, the rarer the more often that was tried."""

    def __init__(self) -> None:
        self._titled: dict[str, list[Named]] = defaultdict(list)
        self._all: dict[str, Named] = {}
        self._differences: Counter[frozenset[str]] = Counter()
        self._tried: dict[frozenset[str], int] = {}
        self._shown: frozenset[str] = frozenset()
        self._idle: frozenset[str] = frozenset()
        self._known: dict[str, Named] = {}
        self._folders: set[tuple[str, str]] = set()

    @property
    def idle(self) -> frozenset[str]:
        """The parts of addresses that say nothing about which release is meant."""
        return self._idle

    def take(self, links: Iterable[Named], shown: frozenset[str] = frozenset()) -> dict[str, str]:
        """Learn from links; for each of them that has another address than the one known of its release, that one.

        `shown` are parts that others found to say nothing, from more than these links: all links of a page.
        Of several that are new together the one that leaves a part out stands for all, else the one of the place with
        the most links.
        """
        taken = list(links)
        self._folders.update(chain.from_iterable(_folders(link.url) for link in taken if link.place != EARLIER))
        found = [difference for link in taken for difference in self._learn(link)]
        self._differences.update([*found, shown] if shown else found)
        self._shown |= shown
        if any(self._is_worth_a_try(difference) for difference in {*found, shown}):
            self._tried |= self._differences.most_common(_MOST_DIFFERENCES)
            self._relearn(taken)
        if not self._idle:
            return {}
        sizes = Counter(link.place for link in taken)
        for link in sorted(taken, key=lambda link: (len(_parts(link.url)), -sizes[link.place])):
            self._known.setdefault(reduced(link.url, self._idle), link)
        others = ((link, self._known[reduced(link.url, self._idle)]) for link in taken)
        return {
            link.url: other.url
            for link, other in others
            if key(link.url) != key(other.url) and _may_be_one(link, other)
        }

    def _is_worth_a_try(self, difference: frozenset[str]) -> bool:
        """Whether a difference that was not believed is seen more often, by a fifth, than when it was tried last."""
        return not difference <= self._idle and self._differences[difference] > 1.2 * self._tried.get(difference, 0)

    def _learn(self, link: Named) -> list[frozenset[str]]:
        """How the address of a new link differs from others with its headline."""
        if not link.title or key(link.url) in self._all or len(self._all) >= _MOST_TITLES:
            return []
        self._all[key(link.url)] = link
        alike = self._titled[_identity(link)]
        if len(alike) > _MOST_ADDRESSES:
            return []
        elsewhere = [other for other in alike if other.place != link.place and not self._has_moved(other, link)]
        found = [difference(other, link) for other in elsewhere]
        alike.append(link)
        return [one for one in found if one]

    def _has_moved(self, known: Named, link: Named) -> bool:
        """Whether a release that was known before has its address in other folders now, in which nothing is left."""
        if known.place != EARLIER:
            return False
        left = _folders(known.url) - _folders(link.url)
        return not left <= self._folders

    def _relearn(self, taken: Iterable[Named]) -> None:
        """Choose the parts anew. What was known stays known, by what is left of its address now."""
        idle: frozenset[str] = frozenset()
        for found, _ in self._differences.most_common(_MOST_DIFFERENCES):
            if not found <= idle and self._holds(idle | found):
                idle |= found
        if idle != self._idle:
            fresh = {key(link.url) for link in taken}
            self._idle, self._known = idle, {}
            for one, link in self._all.items():
                if one not in fresh:
                    self._known.setdefault(reduced(link.url, idle), link)

    def _holds(self, idle: frozenset[str]) -> bool:
        """Whether addresses that differ by these parts alone have the same headline, and several have."""
        found: dict[str, list[Named]] = defaultdict(list)
        for link in self._all.values():
            found[reduced(link.url, idle)].append(link)
        several = [links for links in found.values() if len(links) > 1]
        same = sum(_is_one_release(links) for links in several)
        known = _FEWEST if idle <= self._shown else 0
        return same + known >= _FEWEST and _FEW_AGAINST * (len(several) - same) <= same + known


def _is_one_release(links: list[Named]) -> bool:
    titles, places = {_identity(link) for link in links}, [link.place for link in links]
    is_single = len(titles) == 1 and len(set(places)) == len(places) and len(links) <= _MOST_ADDRESSES
    return is_single and all(_may_be_one(links[0], link) for link in links)


def _may_be_one(one: Named, other: Named) -> bool:
    """Whether two links state no different days."""
    return not (one.day and other.day) or one.day[:10] == other.day[:10]


def difference(one: Named, other: Named) -> frozenset[str]:
    """The parts by which two addresses differ; empty where they are certainly two releases: on other hosts, in other
    languages, or of other days."""
    if host(one.url) != host(other.url) or not _may_be_one(one, other):
        return frozenset()
    parts, others = _parts(one.url), _parts(other.url)
    small, smalls = _small(parts), _small(others)
    found = {name for name in small.keys() | smalls.keys() if small.get(name) != smalls.get(name)}
    if any(is_edition(small.get(name, "")) or is_edition(smalls.get(name, "")) for name in found):
        return frozenset()
    exact = {name.lower() for name in parts.keys() | others.keys() if parts.get(name) != others.get(name)}
    return frozenset(found | ({CASE} if exact - found else set()))


def reduced(url: str, idle: frozenset[str]) -> str:
    """What the addresses of one release have in common: all parts but the idle ones."""
    parts = _small(_parts(url)) if CASE in idle else _parts(url)
    return " ".join(
        [host(url), *sorted(f"{name}={value}" for name, value in parts.items() if name.lower() not in idle)]
    )


def _folders(url: str) -> set[tuple[str, str]]:
    """The folders of an address, each with which of them it is, in small letters."""
    return {(name, value) for name, value in _small(_parts(url)).items() if name.startswith("/")}


def _identity(link: Named) -> str:
    """What two links to one release have in common: the words of the headline, with its day if it is short."""
    words = " ".join(link.title.casefold().split())
    return words if len(words) >= _LONG else f"{words} {link.day[:10]}"


def _small(parts: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value.lower() for name, value in parts.items()}


@remembered(16_384)
def _parts(url: str) -> Mapping[str, str]:
    """An address as named parts: "/0", "/1" for its folders, "?name" for its parameters; those of a value that is made
    of several (`id=4:ferry-fares`, `?item.4.3`) are "?id 0", "?id 1"."""
    parts = urlsplit(url)
    folders = (folder for folder in unquote(parts.path).split("/") if folder)
    found = {f"/{n}": folder for n, folder in enumerate(folders)}
    for name, value in parameters(parts.query):
        pieces = _PIECES.split(value)
        found |= {f"?{name} {n}": piece for n, piece in enumerate(pieces)} if pieces[1:] else {f"?{name}": value}
    return found
