"""Links that may lead to more of a listing though nothing written at them says so: by the shape of their address. Pure.

What a link to older releases says is in any language, or a picture. But its address goes on from that of the list: a
parameter more, a number changed, a folder below. Such links are only proposed, a few of a page; `continues` says by the
releases of the page behind one whether it goes on where the listing ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from archive.core.model import Link
from archive.core.urls import host, key
from crawler.discover.address_parts import has_figure, take_apart, values_of
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.further.counting.further_addresses import adds_a_number
from crawler.discover.links import Document
from crawler.discover.shape import FITS, learn
from crawler.discover.vocabulary import ELSEWHERE, LANGUAGE_PARAMETERS, SERVICE, VIEW_PARAMETERS

WAY = "unlabelled"

MOST_FAMILIES = 3
"""Ways that one page proposes, the likeliest first."""

_MOST = 20
_FEWEST = 3
"""Releases that a list has at least, of which the rest may lie elsewhere."""

_NEAR = 1_500
"""Characters before or behind the list within which a link without a number may be its pager."""

_AT_THE_END = 5
"""One in so many of a list's days may be older than where it ends: releases that are kept on top."""

_STRAY = 10
"""One in so many releases of a further page may be newer than where the list ends."""

_USUAL_SIZES = frozenset({10, 12, 15, 20, 24, 25, 30, 40, 50})
"""How many items the pages of lists usually have."""

_MOST_FOLDERS = 2
_NO_LIST = frozenset({"feed", "rss", "atom", "print", "rss.xml", "feed.xml", "login", "signin"})
_NUMBERS = re.compile(r"[0-9]+")
_FILE = re.compile(r"\.(?!x?html?$|php\d?$|aspx?$|jsp$|do$|cfm$|nsf$)[a-z]\w{1,4}$", re.IGNORECASE)


@dataclass(frozen=True)
class _Change:
    """How an address differs from that of the list: the name of its family; whether a number is what differs."""

    family: str
    is_numbered: bool


def unlabelled_pages(page: LinkedPage, links: Sequence[Link], url: str) -> tuple[Document, ...]:
    """The links of a list's page that may lead on, a few families of them, the likeliest first.

    `links` are the releases that the page lists. Where these have no days only numbers lead on: nothing else could
    show that the page behind a link goes on from this one.
    """
    listed = {key(link.url) for link in links}
    places = [(anchor.start, anchor.end) for anchor in page.anchors if anchor.key in listed]
    if len(listed) < _FEWEST or not places:
        return ()
    begin, end = min(places)[0], max(place[1] for place in places)
    shapes = learn([[link.url for link in links]], url)
    is_dated = 2 * sum(bool(link.published) for link in links) >= len(links)
    families: dict[str, list[tuple[tuple[bool, bool, int], Anchor]]] = defaultdict(list)
    for anchor in page.anchors:
        if anchor.key in listed or anchor.key == key(url) or host(anchor.url) != host(url):
            continue
        change = _change(anchor.url, url)
        if change is None or shapes.fit(anchor.url) >= FITS:
            continue
        distance = begin - anchor.end if anchor.start < begin else max(0, anchor.start - end)
        if not change.is_numbered and (not is_dated or distance > _NEAR):
            continue
        families[change.family].append(((not change.is_numbered, anchor.start < begin, distance), anchor))
    ordered = sorted(families.items(), key=lambda each: min(rank for rank, _ in each[1]))[:MOST_FAMILIES]
    return tuple(
        Document(anchor.url, "listing", WAY, family)
        for family, found in ordered
        for anchor in {anchor.key: anchor for _, anchor in reversed(found[:_MOST])}.values()
    )


def may_begin(address: str, listing: str) -> bool:
    """Whether an address may be the first further page of a list: a parameter or folder more, or the next number.

    That of another number is what any page of a site with numbered pages may be.
    """
    before, now = values_of(listing), values_of(address)
    changed = [(before[name], value) for name, value in now.items() if before.get(name, value) != value]
    return all(old.isdecimal() and value.isdecimal() and int(value) == int(old) + 1 for old, value in changed)


def is_of_family(family: str, of: str) -> bool:
    """Whether a family of links is the one by which a page was reached, or changes but some of its parameters: of the
    size of a page and the number of an item (`?l=10&o=20`) only the second changes from the second page on."""
    (path, _, names), (first, _, known) = family.partition("?"), of.partition("?")
    return path == first and set(names.split("&")) <= set(known.split("&"))


def continues(ends: str, links: Iterable[Link], known: Collection[str], rises: bool = False) -> bool:
    """Whether releases go on from a list that reaches back to a day: some are new, and hardly one is younger than it.

    Another list (a topic, speeches) begins with what is as young as the list's own. `ends` is that day; for a list
    without days (""), `known` has the keys of the releases that are known. `rises`: it runs from the oldest to the
    newest, and what goes on is younger.
    """
    fresh = [link for link in links if key(link.url) not in known]
    if not (fresh and ends):
        return bool(fresh)
    dated = sum(bool(link.published) for link in fresh)
    return 2 * dated >= len(fresh) and not runs_beside(ends, fresh, rises)


def runs_beside(ends: str, fresh: Iterable[Link], rises: bool = False) -> bool:
    """Whether releases that are new to the walk are of another list than one that reaches back to a day (`ends`, "" for
    none): more than a stray one of those with a day is younger than it, or older where the list `rises`."""
    days = [link.published[:10] for link in fresh if link.published]
    return bool(ends) and sum(day < ends if rises else day > ends for day in days) * _STRAY > len(days)


def rises(days: Iterable[str]) -> bool:
    """Whether a list runs from its oldest release to its newest, by its days in its order."""
    steps = [(before, after) for before, after in pairwise(day[:10] for day in days if day) if before != after]
    up = sum(before < after for before, after in steps)
    return up >= _FEWEST and (len(steps) - up) * _AT_THE_END <= len(steps)


def end_of(days: Iterable[str], rises: bool = False) -> str:
    """The day (ISO 8601) at which a list ends, releases that are kept on top apart; "" where it states too few."""
    ordered = sorted((day[:10] for day in days if day), reverse=rises)
    return ordered[len(ordered) // _AT_THE_END] if len(ordered) >= _FEWEST else ""


def ends_early(links: Sequence[Link], proposed: bool) -> str:
    """The day at which a list ends that looks like the top of a longer one; "" for other lists.

    It is dated, and its page has a link that may lead on (`proposed`) or so many releases as pages of lists have.
    """
    days = [link.published[:10] for link in links if link.published]
    is_full = len(links) in _USUAL_SIZES or (proposed and _FEWEST <= len(links) <= max(_USUAL_SIZES))
    return min(days) if is_full and 2 * len(days) >= len(links) else ""


def words_of_end(url: str, day: str) -> str:
    """What a person should know of a list that ends early."""
    return (
        f"{url} may be the top of a longer list: no page with releases from before {day} was found. If there are some,"
        " name such a page as a listing of the source, or its sitemap"
    )


def _change(address: str, listing: str) -> _Change | None:
    """How an address goes on from that of the list; None where it leads elsewhere."""
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") == here.path.rstrip("/"):
        return _change_of_query(address, listing)
    return _change_of_path(unquote(there.path), unquote(here.path)) if there.query == here.query else None


def _change_of_query(address: str, listing: str) -> _Change | None:
    before, now = values_of(listing), values_of(address)
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    if not changed or len(changed) > 2 or before.keys() - now.keys():
        return None
    is_view = any(name.lower() in VIEW_PARAMETERS | LANGUAGE_PARAMETERS for name in changed)
    if is_view and not (len(changed) == 2 and adds_a_number(address, listing)):  # ?l=10&o=20 is no language
        return None
    is_numbered = any(has_figure(value) for value in changed.values())
    if any(name in before and (value == "0" or not has_figure(value)) for name, value in changed.items()):
        return None  # another choice of the same list, or its beginning
    return _Change(f"{WAY} {urlsplit(listing).path}?{'&'.join(sorted(changed))}", is_numbered)


def _change_of_path(there: str, here: str) -> _Change | None:
    if there != here and _NUMBERS.sub("#", there.rstrip("/")) == _NUMBERS.sub("#", here.rstrip("/")):
        return _Change(f"{WAY} {_NUMBERS.sub('#', there)}", is_numbered=True) if _are_next(here, there) else None
    folder, _, file = here.rpartition("/")
    stem = re.sub(r"\.\w{2,5}$", "", file)
    is_below = there.startswith(here.rstrip("/") + "/")
    is_beside = bool(stem) and there.startswith(f"{folder}/{stem}")
    if not (is_below or is_beside):
        return None
    rest = there[len(here.rstrip("/")) :] if is_below else there[len(folder) + 1 + len(stem) :]
    parts = [part for part in rest.split("/") if part]
    words = take_apart(f"http://host.example{there}").parts
    if not parts or len(parts) > _MOST_FOLDERS or _FILE.search(there) or (words and words[-1].kind == "title"):
        return None
    if any(part.text in SERVICE | ELSEWHERE or part.text in _NO_LIST for part in words[-len(parts) :]):
        return None
    is_numbered = has_figure(rest)
    if not here.strip("/") and not is_numbered:
        return None  # below a home page lies the whole site
    return _Change(f"{WAY} {_NUMBERS.sub('#', there)}", is_numbered)


def _are_next(here: str, there: str) -> bool:
    """Whether two paths that differ in figures alone differ in one number, which is the next one."""
    pairs = zip(_NUMBERS.findall(here), _NUMBERS.findall(there), strict=True)
    changed = [(int(old), int(new)) for old, new in pairs if old != new]
    return len(changed) == 1 and changed[0][1] == changed[0][0] + 1
