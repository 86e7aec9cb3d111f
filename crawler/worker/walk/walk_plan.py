"""Which further page of a source is read next, and when a family of pages has no more to give. Pure.

Pages of one family (a pager, the years of an archive, the sitemaps of one kind) stand or fall together. Of families the
likelier come first; a family is left when one page has no release of the source at all (two of years that begin with
one that may be still to come), or when page after page, its last one too, names none that is new. So an endless pager
ends, and an archive that only repeats costs three pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import IntEnum, auto
from itertools import pairwise

from archive.core.backfill import WalkPage
from archive.core.urls import key
from crawler.discover.further.unlabelled import WAY
from crawler.discover.links import DATA, Document

MOST_TRIALS = 3
"""Unlabelled ways of a walk that are tried and lead nowhere, after which no other is tried."""

MOST_FRUITLESS = 3
"""Pages of a family in a row that name nothing new, after which it is left."""

MOST_FRUITLESS_OF_PAGER = 5
"""The same for a pager: its pages are one list, which may repeat itself for a while."""

MOST_FRUITLESS_BESIDE = 2
"""The same for an archive beside a pager that gave releases: its newest and its oldest page say whether it has more."""

MOST_EMPTY_MONTHS = 12
"""The same for the months that a form chooses: those still to come stand first, and not every month has a release."""


class _Route(IntEnum):
    """What leads back through a family of pages, the likelier first: that is the order in which families are read.

    DATA: answers for scripts. ARCHIVE: its years, or a form that chooses them. DAY: of a calendar, or named by dates.
    UNLABELLED: only the shape of an address proposes it. Feeds and sitemaps are read when the lists have been.
    """

    PAGER = auto()
    CURSOR = auto()
    DATA = auto()
    ARCHIVE = auto()
    MONTH = auto()
    DAY = auto()
    UNLABELLED = auto()
    FEED = auto()
    SITEMAP = auto()
    GUESS = auto()


_ROUTES = {
    "": _Route.PAGER,
    "cursor": _Route.CURSOR,
    "next": _Route.CURSOR,
    "json": _Route.DATA,
    "load more": _Route.DATA,
    "year": _Route.ARCHIVE,
    "form": _Route.ARCHIVE,
    "archive": _Route.ARCHIVE,
    "month": _Route.MONTH,
    "date": _Route.DAY,
    "day": _Route.DAY,
    WAY: _Route.UNLABELLED,
}
"""The routes of lists by their ways (`Document.way`); any other way is a guess."""

_DEPTHS = {"archive": 0, "year": 1, "form": 1, "month": 2, "day": 3}
"""How fine the parts of an archive are."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEGINNING = timedelta(days=60)
"""So long a year may be without a release."""

_MOST_FAMILIES, _MOST_PAGES = 60, 20_000
"""Families and pages of a walk, at most."""

_USUAL = 10
"""Releases on a page of a family that has given none yet."""

_LIKELY_SITEMAP = re.compile(
    r"news|press|post|article|release|communique|presse|notic|nachricht|meldung", re.IGNORECASE
)


@dataclass(frozen=True)
class Yield:
    """What a page gave: releases that are new to the walk, and all of its links that look like releases."""

    new: int
    alike: int


@dataclass
class _Family:
    name: str
    route: _Route
    todo: list[WalkPage] = field(default_factory=list)
    fruitless: int = 0
    fruitful: int = 0
    found: int = 0
    closed: bool = False
    numbers: set[int] = field(default_factory=set)
    is_beside: bool = False
    is_put_off: bool = False

    @property
    def order(self) -> tuple[_Route, bool, bool]:
        """The likelier families first; of sitemaps those that are named as releases are."""
        is_unlikely = self.route == _Route.SITEMAP and not _LIKELY_SITEMAP.search(self.name)
        return self.route, self.is_put_off, is_unlikely

    @property
    def is_on_trial(self) -> bool:
        """Whether only the shape of an address proposes it, and it gave nothing yet."""
        return self.route == _Route.UNLABELLED and not self.fruitful

    @property
    def is_of_chosen_months(self) -> bool:
        return self.name.startswith("form ") and self.name.endswith(" by month")

    @property
    def is_of_days(self) -> bool:
        """Whether its pages are the days of a calendar, which has all of a site: read where nothing else leads back."""
        return self.name.startswith("day ")

    @property
    def patience(self) -> int:
        if self.is_of_chosen_months:
            return MOST_EMPTY_MONTHS
        if self.is_beside:
            return MOST_FRUITLESS_BESIDE
        return MOST_FRUITLESS_OF_PAGER if self.route == _Route.PAGER else MOST_FRUITLESS

    def take(self, page: WalkPage) -> None:
        self.todo.append(page)
        if (number := _counter(page.url)) is not None:
            self.numbers.add(number)

    def pages_left(self) -> int:
        """How many pages are still to read, with those between the known ones, by their numbers."""
        waiting = [number for page in self.todo if (number := _counter(page.url)) is not None]
        steps = [b - a for a, b in pairwise(sorted(self.numbers))]
        between = (max(waiting) - min(waiting)) // min(steps) + 1 if waiting and steps else 0
        return max(between, len(self.todo))


class WalkPlan:
    """The pages that a walk has found and has to read. `known` is what an earlier part of the walk left, `today` the
    day on which it goes on."""

    def __init__(self, known: Iterable[WalkPage] = (), today: date | None = None) -> None:
        self._today = today
        self._families: dict[str, _Family] = {}
        self._keys: set[str] = set()
        self._failed: set[str] = set()
        for page in known:
            family = self._family(page)
            if page.state == "closed":
                family.closed = True
                continue
            self._keys.add(key(page.url))
            if page.state == "failed":
                self._failed.add(key(page.url))
            if page.state in ("todo", "failed"):
                family.take(page)
            elif family.is_on_trial:
                family.fruitful = 1  # else it were closed

    def add(self, documents: Iterable[Document], on: WalkPage) -> tuple[WalkPage, ...]:
        """Take further pages that a page named; those that are new to the walk, with their families."""
        fresh: list[WalkPage] = []
        for document in documents:
            identity = key(document.url)
            page = WalkPage(document.url, document.kind, document.way, family_of(document, on))
            known = self._families.get(page.family)
            if not identity or identity in self._keys or (known and known.closed):
                continue
            if (known is None and len(self._families) >= _MOST_FAMILIES) or len(self._keys) >= _MOST_PAGES:
                continue
            self._keys.add(identity)
            self._family(page).take(page)
            self._family(page).is_beside = on.way == "archive" and self._has_pager
            fresh.append(page)
        return tuple(fresh)

    def supersede(self, documents: Iterable[Document], on: WalkPage) -> tuple[WalkPage, ...]:
        """Give up the pages of a pager that wait from before, where their list now numbers all its pages in another
        form: after a redesign the old addresses are gone, and what they named stands behind the new ones.
        """
        forms: dict[str, set[str]] = {}
        for document in documents:
            if document.kind == "listing" and not document.way and _counter(document.url) is not None:
                forms.setdefault(family_of(document, on), set()).add(_form(document.url))
        left: list[WalkPage] = []
        for name, now in forms.items():
            family = self._families.get(name)
            if family and family.todo and now.isdisjoint(_form(page.url) for page in family.todo):
                left += family.todo
                family.todo, family.numbers, family.fruitless = [], set(), 0
        return tuple(replace(page, state="read") for page in left)

    @property
    def _has_pager(self) -> bool:
        return any(family.route == _Route.PAGER and family.fruitful for family in self._families.values())

    def leads_down(self, documents: Iterable[Document], on: WalkPage) -> bool:
        """Whether a page leads to pages of finer parts that the walk does not know: from years to months, or from
        a part of an archive to the data from which scripts fill it."""
        depth = _DEPTHS.get(on.way, len(_DEPTHS))
        data = DATA if on.way in _DEPTHS else ()
        finer = (each for each in documents if _DEPTHS.get(each.way, 0) > depth or each.way in data)
        return any(each.way == "day" or key(each.url) not in self._keys for each in finer)

    def lead_down(self, page: WalkPage) -> None:
        """Take that a page led to finer parts. Months that lead to days may be followed by some without any."""
        family = self._family(page)
        if page.way == "month":
            family.fruitful, family.fruitless = family.fruitful + 1, 0

    def note(self, url: str) -> None:
        """An address that was read already: no page of the walk."""
        self._keys.add(key(url))

    def next(self) -> WalkPage | None:
        """The page to read next; None where the walk is over."""
        open_ones = [family for family in self._families.values() if family.todo and self._is_open(family)]
        if not open_ones:
            return None
        family = min(open_ones, key=lambda each: each.order)
        family.todo.sort(key=place_of)
        if family.fruitless == family.patience - 1:
            return family.todo.pop()  # does its last page give anything?
        return family.todo.pop(0)

    def has_other_sitemaps(self, page: WalkPage) -> bool:
        """Whether sitemaps of other families are still to be read that were not put off themselves."""
        own = self._family(page)
        if own.route != _Route.SITEMAP:
            return False
        others = (each for each in self._families.values() if each is not own and each.route == _Route.SITEMAP)
        return any(each.todo and not each.is_put_off and not each.closed for each in others)

    def put_off(self, page: WalkPage) -> None:
        """Read a page, and its family, after all others of its kind."""
        family = self._family(page)
        family.todo.insert(0, page)
        family.is_put_off = True

    def _is_open(self, family: _Family) -> bool:
        """Whether a family is read on. Unlabelled ones are tried where nothing else led back, and few of them."""
        if family.closed:
            return False
        others = [each for each in self._families.values() if each is not family]
        if family.is_of_days and any(each.found and each.route < family.route for each in others):
            return False
        if not family.is_on_trial:
            return True
        tried = sum(each.closed and each.is_on_trial for each in others)
        leads_back = any(each.fruitful and each.route <= family.route for each in others)
        return tried < MOST_TRIALS and not leads_back

    def judge(self, page: WalkPage, given: Yield) -> bool:
        """Take what a page gave; whether its family ended with it."""
        family = self._family(page)
        family.found += given.new
        if given.new:
            family.fruitful, family.fruitless = family.fruitful + 1, 0
            return False
        family.fruitless += 1
        is_first_year = page.way == "year" and family.fruitless == 1 and family.todo
        may_be_to_come = family.is_of_chosen_months or (is_first_year and _may_be_to_come(page.url, self._today))
        begins_badly = not given.alike and not family.fruitful and not may_be_to_come
        begins_badly = begins_badly or family.is_on_trial
        if family.fruitless >= family.patience or begins_badly:
            family.closed = True
        return family.closed

    def close(self, page: WalkPage) -> None:
        """Read no more of a page's family."""
        self._family(page).closed = True

    def fail(self, page: WalkPage) -> WalkPage:
        """A page that could not be fetched: it is tried once more in a later crawl, then given up."""
        return replace(page, state="read" if key(page.url) in self._failed else "failed")

    def expected(self) -> int:
        """How many more releases the pages that are not read may name, by what their families gave so far."""
        more = 0.0
        for family in self._families.values():
            if family.todo and not family.closed and family.route == _Route.PAGER:
                more += family.pages_left() * (family.found / max(family.fruitful, 1) or _USUAL)
        return round(more)

    def _family(self, page: WalkPage) -> _Family:
        return self._families.setdefault(page.family, _Family(page.family, _route_of(page)))


_PAGER = "pager"


def _route_of(page: WalkPage) -> _Route:
    if page.kind == "feed":
        return _Route.FEED
    if page.kind == "sitemap":
        return _Route.SITEMAP
    return _ROUTES.get(page.way, _Route.GUESS)


def family_of(document: Document, on: WalkPage) -> str:
    """The name of the family that a page belongs to, by the page on which it was found."""
    if document.family:
        return document.family
    if document.kind == "sitemap":
        return f"sitemap {re.sub(r'[0-9]+', '#', key(document.url))}"
    way = document.way or _PAGER
    if on.family.startswith(f"{way} "):
        return on.family
    return f"{way} {key(on.url)}" if document.kind == "listing" else f"{document.kind} {key(on.url)}"


def pager_of(listing: str) -> str:
    """The name of the family of the further pages of a listing, as its pager leads to them."""
    return f"{_PAGER} {key(listing)}"


def place_of(page: WalkPage) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Pages of a pager by their numbers, sitemaps of news before others; the rest as they were found."""
    if page.kind == "sitemap":
        return (not _LIKELY_SITEMAP.search(page.url), ())
    if page.way:
        return (0, ())
    pieces = re.split(r"([0-9]+)", page.url)
    return (0, tuple((int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces))


def _may_be_to_come(url: str, today: date | None) -> bool:
    """Whether the year that an address states has not begun, or not long ago; true of those of other calendars."""
    stated = _YEAR.findall(url)
    return not stated or today is None or int(stated[-1]) > (today - _BEGINNING).year


def _form(url: str) -> str:
    return re.sub(r"[0-9]+", "#", key(url))


def _counter(url: str) -> int | None:
    numbers = re.findall(r"[0-9]{1,6}", url)
    return int(numbers[-1]) if numbers else None
