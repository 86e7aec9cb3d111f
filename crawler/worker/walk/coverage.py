"""Whether a feed, sitemap or archive is wider than a newsroom: it names what the newsroom's own list leaves out. Pure.

A newsroom may be one tag of a blog: addresses of all its posts have one shape, and the site's feed and sitemap name
them all. The listing decides, as far back as it reaches.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from heapq import nsmallest
from itertools import islice, pairwise, takewhile, zip_longest
from statistics import median
from typing import Any

from archive.core.model import Link
from archive.core.urls import key
from crawler.discover.address_parts import take_apart
from crawler.discover.further.unlabelled import rises
from crawler.discover.links import Discovered
from crawler.discover.shape import names_another_edition

FOREIGN = 3
"""Pages that a listing would have to name and does not, from which on a feed or sitemap is wider than it."""

_FAR = 10
"""Times the usual days between two releases that lie before the first of a list that is not pinned."""

_SEVERAL = 2
"""Items that say the same, from which on it is a kind."""

_BEGINNING = 4
"""Letters that two forms of a word have in common at least."""

_MOST_REMEMBERED = 200
"""Links and numbers of days that another crawl is told of."""

_LONGEST_LAG = 30
"""Days that lie between a release and its last change as sitemaps state it; more says nothing of its day."""


def of_edition(found: Discovered, page: str) -> Discovered:
    """Without the links whose addresses name another language than that of the source, where others do not."""
    own = take_apart(page).own_editions
    if not own:
        return found
    near = tuple(link for link in found.links if not names_another_edition(take_apart(link.url), own))
    return replace(found, links=near) if near else found


def feed_within(found: Discovered, listing: Discovered) -> Discovered:
    """A feed without what the first page of the listing leaves out, if that is much; else the same.

    Days tell: those of the listing, or, if it has further pages, those that the feed gives to what both name. They must
    share a release.
    """
    listed = {key(link.url) for link in listing.links}
    stated = {key(link.url): day for link in found.links if (day := day_of(link.published))}
    days = [day for link in listing.links if (day := day_of(link.published))]
    if not days and listing.documents:
        days = [day for one, day in stated.items() if one in listed]
    named = {key(link.url) for link in found.links}
    if len(days) < FOREIGN or not listed & named:
        return found
    is_paged = bool(listing.documents)  # then what is older comes from the listing's further pages
    oldest, newest = min(days), date.max
    if is_paged and rises(link.published for link in listing.links):
        newest = max(days)  # the first page of a list that begins with its oldest leaves out what is new
    foreign = {one for one, day in stated.items() if one not in listed and oldest < day <= newest}
    if len(foreign) < FOREIGN:
        return found

    def is_left_out(one: str) -> bool:
        return one in foreign or (is_paged and stated.get(one, newest) <= newest)

    kept = (link for link in found.links if (one := key(link.url)) in listed or not is_left_out(one))
    return replace(found, links=tuple(kept))


@dataclass(frozen=True)
class _Days:
    """Days of pages: how many, and between which."""

    number: int = 0
    first: date = date.max
    last: date = date.min

    @classmethod
    def read(cls, words: Sequence[Any] | None) -> _Days:
        """From `words`; none where there are none."""
        return cls(int(words[0]), date.fromisoformat(words[1]), date.fromisoformat(words[2])) if words else cls()

    def words(self) -> list[Any]:
        return [self.number, self.first.isoformat(), self.last.isoformat()]

    def with_days(self, days: Iterable[date]) -> _Days:
        more = list(days)
        return _Days(self.number + len(more), min([self.first, *more]), max([self.last, *more]))


def _go_on(foreign: _Days, older: _Days, oldest: date) -> bool:
    """Whether pages that are older than a list reaches are only those that go on from what it leaves out: as many for
    each day before `oldest` as there are after it, but for chance (twice the standard deviation of a Poisson count)."""
    if foreign.number < FOREIGN or not older.number:
        return False
    expected = foreign.number * ((oldest - older.first).days + 1) / max((foreign.last - oldest).days, 1)
    return older.number <= expected + 2 * math.sqrt(expected)


class SitemapCoverage:
    """What the sitemaps of a site name that a listing, walked to its end, leaves out. One for each walk.

    A site's sitemaps count together: one for each month names only a few pages. What few of them name and the listing
    does not is kept back until it shows whether that is much. `paged`: the listing has several pages; only then
    it decides. A walk that goes on in another crawl begins with what the part before has `known`.

    It holds for archives of a site too: `own` has the days of the newsroom's own list, with which these are compared.
    `states_days`: the days are those of releases themselves, as in archives.
    """

    def __init__(self, known: Mapping[str, Any] | None = None, states_days: bool = False) -> None:
        known = known or {}
        self._states_days = states_days
        self.own: dict[str, date] = {"": day} if (day := day_of(known.get("reach", ""))) else {}
        self.paged = bool(known.get("paged"))
        self._kept_back = {key(link["url"]): Link(**link) for link in known.get("kept_back", ())}
        self._lags: list[int] = known.get("lags", [])
        self._foreign = _Days.read(known.get("foreign"))
        self._older = _Days.read(known.get("older"))

    def known(self) -> dict[str, Any]:
        """What the next part of the walk has to know."""
        kept = [asdict(link) for link in islice(self._kept_back.values(), _MOST_REMEMBERED)]
        reach = {"reach": _reach(self.own.values()).isoformat()} if self.own else {}
        beside = {"foreign": self._foreign.words(), "older": self._older.words()}
        return {"paged": self.paged, "kept_back": kept, "lags": self._lags[-_MOST_REMEMBERED:], **beside, **reach}

    def within(self, found: Discovered, listed: Mapping[str, date], seen: Collection[str]) -> Discovered:
        """A sitemap or archive without what the listing leaves out; the same where its days do not follow the list's.

        `listed` has the days of the listing's releases by key, `seen` the keys of all that the walk found. What is
        older than the listing reaches stays, unless it is no more, in its time, than what the listing leaves out in its
        own: then it goes on with that.
        """
        changed, lags = _stated_days(found, listed)
        self._lags += lags
        lag = median(self._lags) if self._lags else 0 if self._states_days else -1
        if not 0 <= lag <= _LONGEST_LAG:
            return found
        oldest = _reach(listed.values())
        unnamed = {one: day for one, day in changed.items() if one not in seen}
        foreign = {one for one, day in unnamed.items() if day > oldest}
        older = unnamed.keys() - foreign
        self._foreign = self._foreign.with_days(unnamed[each] for each in foreign)
        self._older = self._older.with_days(unnamed[each] for each in older)
        kept: list[Link] = []
        for link in found.links:
            if (one := key(link.url)) not in foreign:
                kept.append(link)
            elif not self._is_much():
                self._kept_back.setdefault(one, link)
        if self._is_much() and _go_on(self._foreign, self._older, oldest):
            kept = [link for link in kept if key(link.url) not in older]
        return replace(found, links=tuple(kept))

    def few(self) -> tuple[Link, ...]:
        """What was kept back, if that is little: then the listing may have missed it. Given once."""
        few = () if self._is_much() else tuple(self._kept_back.values())
        self._kept_back = {}
        return few

    def _is_much(self) -> bool:
        """Whether so much was kept back that the listing cannot have missed it; that stays so."""
        return len(self._kept_back) >= FOREIGN and len(self._lags) >= FOREIGN


class KindCoverage:
    """What other lists than the newsroom's own (archives by year, of all categories) say of their items' kinds.

    The newsroom's list has a name ("Press releases"). Where its items say it too, an item that says another word in the
    same kind of place is none of the newsroom's. Where they say nothing, but several items of other lists do, those are
    none that say another word which several have in common. What the newsroom's own list says of its items, or that it
    names one of those others too, shows that such words are no kinds here.
    """

    def __init__(self, known: Mapping[str, Any] | None = None) -> None:
        known = known or {}
        self._names: frozenset[str] = frozenset(known.get("names", ()))
        self._own: set[str] = set(known.get("own", ()))
        self._named: set[str] = set(known.get("named", ()))
        self._others: set[str] = set(known.get("others", ()))
        self._by_named: set[str] = set(known.get("by_named", ()))
        self._words: Counter[str] = Counter(known.get("words", {}))
        self._are_kinds = bool(known.get("are_kinds", True))
        self._places: frozenset[str] = frozenset(known.get("places", ()))

    def known(self) -> dict[str, Any]:
        """What the next part of the walk has to know; of many addresses and words some stand for all."""
        sets = {"names": self._names, "own": self._own, "named": self._named, "others": self._others}
        sets |= {"by_named": self._by_named, "places": self._places}
        some: dict[str, Any] = {name: nsmallest(_MOST_REMEMBERED, found) for name, found in sets.items() if found}
        words = dict(self._words.most_common(_MOST_REMEMBERED))
        return {**some, "words": words, "are_kinds": self._are_kinds and self._own.isdisjoint(self._others)}

    def learn(self, found: Discovered) -> None:
        """Take a page of the newsroom's own list. If an item of it says the name of the list, all must."""
        self._names |= found.names
        self._own.update(key(link.url) for link in found.links)
        said = [words for link in found.links if (words := found.said.get(key(link.url)))]
        places = [self._where_named(words) for words in said]
        if len(places) >= FOREIGN:
            self._places |= frozenset.intersection(*places)
        are_others = (
            not here and not self._places.isdisjoint(words.values()) for here, words in zip(places, said, strict=True)
        )
        self._are_kinds = self._are_kinds and (all(places) or not any(places)) and not any(are_others)

    def within(self, found: Discovered) -> Discovered:
        """Another list without the items of other kinds; the same where it does not say the kinds of its items."""
        said = {one: found.said.get(one, {}) for one in (key(link.url) for link in found.links)}
        named = {one for one, words in said.items() if self._where_named(words)}
        others = {one: words for one, words in said.items() if one not in named and words}
        self._words.update(word for one in others.keys() - self._others for word in others[one])
        self._by_named.update(word for one in named for word in said[one])
        self._named |= named
        self._others |= others.keys()
        if not self._are_kinds or not self._own.isdisjoint(self._others):
            return found
        are_told_apart = len(self._named) >= _SEVERAL

        def is_kind(word: str) -> bool:
            return are_told_apart and self._words[word] >= _SEVERAL and word not in self._by_named

        def is_other(one: str) -> bool:
            return one in others and any(is_kind(word) or place in self._places for word, place in others[one].items())

        return replace(found, links=tuple(link for link in found.links if not is_other(key(link.url))))

    def _where_named(self, said: Mapping[str, str]) -> frozenset[str]:
        """The kinds of places in which an item says the name of the newsroom's list."""
        return frozenset(place for word, place in said.items() if any(_are_alike(word, name) for name in self._names))


def words_of(sitemaps: SitemapCoverage, kinds: KindCoverage, archives: SitemapCoverage, rises: bool) -> str:
    """What the next part of a walk has to know (JSON): see `remembered`. `rises`: its list begins with its oldest."""
    parts = {"sitemaps": sitemaps.known(), "kinds": kinds.known(), "archives": archives.known()}
    return json.dumps({**parts, "rises": rises})


def remembered(words: str) -> tuple[SitemapCoverage, KindCoverage, SitemapCoverage, bool]:
    """What the part of a walk before knew of sitemaps, kinds, archives and the order of its list; nothing for ""."""
    known = json.loads(words) if words else {}
    archives = SitemapCoverage(known.get("archives"), states_days=True)
    return SitemapCoverage(known.get("sitemaps")), KindCoverage(known.get("kinds")), archives, bool(known.get("rises"))


def _are_alike(one: str, other: str) -> bool:
    """Whether two labels are the same but for the ends of their words: "press-release" and "press-releases"."""
    pairs = zip_longest(one.split("-"), other.split("-"), fillvalue="")
    return all(a == b or _common(a, b) >= max(_BEGINNING, 0.6 * max(len(a), len(b))) for a, b in pairs)


def _common(one: str, other: str) -> int:
    """Letters with which two words begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def later_within(
    found: Discovered, listed: Mapping[str, date], known: Collection[str], named: Collection[str]
) -> Discovered:
    """A sitemap in a later crawl without pages that are new to the archive and that lists and feeds do not name.

    The lists were walked to their end before and were read again in this crawl, so they name what is new; even one
    other page is another section's. `listed` has the days that lists and feeds state, `known` the keys of the source's
    articles, `named` those of all that lists and feeds name now. The same sitemap comes back where its days do not
    follow those of the releases, or where many of the articles in the same time stand in no list. What is older than
    the lists reach stays as it does in `SitemapCoverage.within`.
    """
    changed, lags = _stated_days(found, listed)
    if len(lags) < FOREIGN or not 0 <= median(lags) <= _LONGEST_LAG:
        return found
    oldest = min(listed.values())
    recent = {each for each, day in changed.items() if day > oldest}
    alone = {each for each in recent if each in known and each not in listed}
    if 2 * len(alone) > len(lags):
        return found
    unnamed = changed.keys() - {*known, *listed, *named}
    foreign = recent & unnamed
    older = unnamed - recent
    if _go_on(_of(changed, foreign), _of(changed, older), oldest):
        foreign |= older
    return replace(found, links=tuple(link for link in found.links if key(link.url) not in foreign))


def _of(days: Mapping[str, date], keys: Iterable[str]) -> _Days:
    return _Days().with_days(days[each] for each in keys)


def _stated_days(found: Discovered, listed: Mapping[str, date]) -> tuple[dict[str, date], list[int]]:
    """The days that a sitemap states, by key, and how many days after those of a list they are."""
    changed = {key(link.url): day for link in found.links if (day := day_of(link.published or link.modified))}
    return changed, [(changed[each] - day).days for each, day in listed.items() if each in changed]


def _reach(days: Iterable[date]) -> date:
    """How far back a list reaches: its oldest day, without those that stand far before the others (pinned releases)."""
    ordered = sorted(days)
    gaps = [(after - before).days for before, after in pairwise(ordered)]
    usual = max(_LONGEST_LAG, _FAR * median(gaps)) if gaps else 0
    pinned = len(list(takewhile(lambda gap: gap > usual, gaps)))
    return ordered[pinned]


def days_of(links: Collection[Link]) -> dict[str, date]:
    """The days of links that state one, by key."""
    return {key(link.url): day for link in links if (day := day_of(link.published))}


def day_of(stated: str) -> date | None:
    """The day of a stated moment; None where none is stated."""
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None
