"""On which pages of a source's lists news is to be looked for, besides their first ones. Pure.

Most lists begin with their newest releases. Others run oldest first, so that news comes to their last page or to a new
one behind it; have chosen releases on their first page; or have no order of time at all. What is known shows which: the
pages on which the newest known releases were found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import KnownDocument, Link
from archive.core.urls import key
from crawler.discover.further.counting.same_listing import is_same_listing
from crawler.discover.links import DATA, Document
from crawler.worker.walk.coverage import day_of
from crawler.worker.walk.walk_plan import place_of

_NEWEST = 5
"""The newest known releases of a list, of which most must have been found on its first page if it begins with them."""

_MOST = 2
"""Pages of a list that a crawl asks for besides its first one."""

_MOST_OF_ALL = 6
"""Such pages of all lists of a source."""

_ASTRAY = 10
"""Of so many of the newest releases one may stand astray (a wrong day, a release kept on top) in a list that has the
order of their days."""

_AWHILE = timedelta(days=7)
"""The time after a walk back in which a list is not walked again because it has another order."""

_REST = timedelta(days=1)
"""The time after which a page that gave nothing, or no answer, is asked for again: it may be there again."""

_ONWARD = DATA | {"next", "cursor"}
"""Ways that only lead on."""


def pages_with_news(
    named: Sequence[Link], documents: Iterable[KnownDocument], lists: Sequence[str], at: datetime
) -> tuple[KnownDocument, ...]:
    """The further pages of some `lists` (addresses of their first pages) that may be the first to name a new release.

    `named` are the newest known releases, the newest first, each with the page that named it (`Link.via`); `at` is now.
    For a list that begins with its newest there are none. For one without order they are those asked for longest ago,
    so that each has its turn. What a feed or a sitemap named, or a list that is none of these, says nothing of them.
    """
    known = {one.url: one for one in documents if one.kind == "listing"}
    foreign = [one.url for one in known.values() if one.root and one.url not in lists]
    found_on: dict[str, list[str]] = {first: [] for first in lists}
    for link in named:
        if link.via in lists or (link.via in known and not _is_foreign(link.via, lists, foreign)):
            found_on[_list_of(link.via, lists)].append(link.via)
    others = [first for first in lists if not _begins_with_newest(found_on[first], first)]
    read: dict[str, list[KnownDocument]] = {first: [] for first in lists}
    for one in known.values() if others else ():
        if one.links and not one.root and _may_answer(one, at) and not _is_foreign(one.url, lists, foreign):
            read[_list_of(one.url, lists)].append(one)
    pages = (page for first in others for page in _of_list(found_on[first], read[first], first))
    return tuple(sorted(pages, key=_asked_at)[:_MOST_OF_ALL])


def has_another_order(
    first: str, shown: Collection[str], named: Sequence[Link], walked: Backfill | None, at: datetime
) -> bool:
    """Whether a list no longer begins with its newest releases, as its first page shows, which was read at a moment.

    `shown` are the keys of what that page names. A walk back then finds what is new, and so where news stands now; for
    that no list is walked twice within a week, nor within as long as the newest release was old at the last walk: where
    the newest were taken away, and none follows, walks become rare.
    """
    newest = [key(link.url) for link in named[:_NEWEST] if link.via == first]
    if walked is None or walked.finished_at is None or len(newest) < _NEWEST or not shown:
        return False
    stated = [day for link in named[:_NEWEST] if (day := day_of(link.published))]
    silence = walked.finished_at.date() - max(stated) if stated else timedelta()
    return at - walked.finished_at > max(_AWHILE, silence) and not any(one in shown for one in newest)


def _is_foreign(url: str, lists: Sequence[str], foreign: Sequence[str]) -> bool:
    """Whether a page is one of another list: of a topic, or of one that the source had before."""
    return any(is_same_listing(url, one) for one in foreign) and not any(is_same_listing(url, one) for one in lists)


def _may_answer(page: KnownDocument, at: datetime) -> bool:
    """Whether a page is to be asked for: at once, or a while after it gave nothing."""
    asked = page.validators.captured_at
    return not page.problem or asked is None or at - asked >= _REST


def _begins_with_newest(found_on: Sequence[str], first: str) -> bool:
    """Whether the newest of a list, and most of the newest, were found on its first page; so too if none is known."""
    newest = found_on[:_NEWEST]
    return not newest or (newest[0] == first and 2 * newest.count(first) > len(newest))


def _of_list(found_on: Sequence[str], own: Sequence[KnownDocument], first: str) -> Sequence[KnownDocument]:
    """Of the further pages of a list those to ask for."""
    by_url = {one.url: one for one in own}
    pages = [by_url[url] for url in dict.fromkeys(found_on[:_NEWEST]) if url in by_url]
    further = [url for url in found_on if url != first]  # what is chosen for the first page has no order
    returns = sum(1 for _ in groupby(further)) - len(set(further))
    if _ASTRAY * returns > len(further) or not pages:
        return sorted(own, key=_asked_at)[:_MOST]
    return pages[:_MOST]


def way_of(page: KnownDocument, lists: Sequence[str]) -> str:
    """The way by which a page is read: that of a pager, or of data where its address is not that of its list."""
    return "" if is_same_listing(page.url, _list_of(page.url, lists)) else "json"


def behind(page: WalkPage, named: Iterable[Document], read: Collection[str], has_news: bool) -> tuple[Document, ...]:
    """Of the documents that a page with news leads to, those that may go on with it: pages that no crawl has read,
    `read` being the keys of the others, and where the page had news those that come after it."""
    here = place_of(WalkPage(page.url, page.kind))
    return tuple(
        one
        for one in named
        if key(one.url) not in read
        or (has_news and (one.way in _ONWARD or (not one.way and place_of(WalkPage(one.url, one.kind)) > here)))
    )


def _list_of(url: str, lists: Sequence[str]) -> str:
    """The list that a page belongs to, by its address; else the first one."""
    if len(lists) == 1 or url in lists:
        return url if url in lists else lists[0]
    same = (one for one in lists if is_same_listing(url, one))
    return max(same, key=lambda one: (url.startswith(one), len(one)), default=lists[0])


def _asked_at(page: KnownDocument) -> str:
    at = page.validators.captured_at
    return at.isoformat() if at else ""
