"""The links of a page in the order of its text: what they say, where in the tree they stand, which dates are near.

Links are also parts of a picture (image maps), and what leads to a page by the script of a click.

Pure; one walk over the tree, no recursion. What a reader does not see (scripts, styles, choices of forms) is left out.
What a page shows to those who run no scripts (`noscript`) is read: so its lists and pagers work without a browser.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from archive.core.urls import canonical, key
from archive.page.places import HEADINGS
from archive.text.date_order import usual_order
from archive.text.dates import Stated, find_days, read_moment
from crawler.discover.items.click_counters import stated_targets, target_of, without_way_back
from crawler.discover.scripts.calls import Calls
from crawler.discover.scripts.clicks import address_of, row_address
from crawler.discover.vocabulary import CHROME, LAYOUT

MOST_ANCHORS = 5000
_LONGEST_TEXT = 400_000
_LONGEST_ANCHOR = 500
_LONGEST_LANGUAGE = 20
_LONGEST_NAME = 300
"""Characters of a class, an id or a label that are read: each link repeats those of what it stands in."""
_NEAREST = 3
"""Elements by which the place of a text is known."""
_MOST_AROUND = 10
_LIST = 2
"""Links from which on an element holds a list."""
_DATED_ATTRIBUTES = ("datetime", "data-date", "data-datetime", "data-timestamp", "title")
_MAY_BE_DATED = frozenset({"time", "span", "abbr", "div", "p", "td", "small", "i", "em", "li"})
_LONGEST_TIME = 40
_UNSEEN = frozenset({"script", "style", "template", "select", "svg", "iframe", "textarea"})
_ITEMS = frozenset({"article", "li", "tr", "main", "section"})
_CLICKED = frozenset({"tr", "td", "li", "div", "article", "section", "span", "p"})
"""Elements that may lead to a page as a whole, by a script."""
_CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"}
)
_VARYING = re.compile(
    r"\d|^(?:category|tag|post|type|status|format|author|has|sticky|first|last|odd|even|alt|active|current|new|col)\b|"
    r"[-_](?:first|last|odd|even|alt|alternat(?:e|ing))$"
)


CHANGED = "!"
"""What the kind of place of a text ends with where the markup says that it is the day of a change."""

_PAGED = frozenset({"pagination", "pager", "pagenavi"})
_OF_CHANGE = frozenset({"updated", "modified", "date-modified", "entry-modified", "datemodified"})
_OF_PUBLICATION = frozenset({"published", "date-published", "entry-published", "datepublished"})


@dataclass(frozen=True)
class Anchor:
    """A link: its address (canonical), text, place in the text (offsets), kind of place in the tree (`place`).

    `chrome` says that it stands in navigation, header, footer or the like, `heading` that it is a heading or in one.
    `around` has the places of the elements it stands in, the innermost first, as offsets of the text. `language` is
    that of the page behind it, or of its own text, where the markup says so (`hreflang`, `lang`).
    """

    url: str
    key: str
    text: str
    start: int
    end: int
    place: str
    chrome: bool
    heading: bool
    rel: str
    marks: str
    around: tuple[tuple[int, int], ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of text of one element: where it stands, and the kind of place in the tree (`time` for what a time element
    says to programs)."""

    start: int
    end: int
    place: str


@dataclass
class LinkedPage:
    """The text of a page with the places of its links, headings, dates and elements' texts (`pieces`) in it.

    `sections` has for each heading what it may be the heading of: the smallest element around it that holds a list, of
    two links or more ("All events" beside a heading is none), or at least more than the heading.
    `language` is that which the page says of itself.
    """

    text: str = ""
    anchors: list[Anchor] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    days: list[Stated] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    sections: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    language: str = ""

    def piece_at(self, offset: int) -> Piece:
        """The run of text in which an offset lies."""
        n = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        return self.pieces[n] if n >= 0 else Piece(0, 0, "")

    def days_between(self, start: int, end: int) -> list[Stated]:
        """The dates that stand wholly between two offsets."""
        first = bisect_left(self.days, start, key=lambda day: day.start)
        last = bisect_right(self.days, end, key=lambda day: day.start)
        return [day for day in self.days[first:last] if day.end <= end]

    def without_days(self, claimed: Iterable[tuple[int, int]]) -> LinkedPage:
        """The same page without the dates that stand in some places."""
        places = sorted(claimed)
        starts = [start for start, _ in places]
        left = [day for day in self.days if not _is_within(day, places, starts)]
        return replace(self, days=left)

    def without_links_in(self, places: Collection[tuple[int, int]]) -> LinkedPage:
        """The same page without the links that stand in some places."""
        if not places:
            return self
        left = [one for one in self.anchors if not any(start <= one.start and one.end <= end for start, end in places)]
        return replace(self, anchors=left)

    def heading_between(self, start: int, end: int) -> str:
        """The last heading between two offsets."""
        n = bisect_right(self.headings, (end, end)) - 1
        while n >= 0 and self.headings[n][1] > end:
            n -= 1
        if n < 0 or self.headings[n][0] < start:
            return ""
        return " ".join(self.text[slice(*self.headings[n])].split())


def _is_within(day: Stated, places: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether a date stands in one of some places, which do not lie in one another, sorted."""
    n = bisect_right(starts, day.start) - 1
    return n >= 0 and day.end <= places[n][1]


@dataclass(eq=False)
class _Node:
    """An element as far as the text of the page goes: where it starts and ends in it, and what it stands in."""

    start: int
    parent: _Node | None
    end: int = -1


class _Link(NamedTuple):
    """A link as it is met in the tree."""

    element: HtmlElement
    url: str
    start: int
    end: int
    path: str
    chrome: bool
    heading: bool
    names: str
    node: _Node
    language: str


@dataclass(frozen=True)
class _Place:
    part: str
    chrome: bool
    heading: bool
    within_item: bool
    names: str = ""
    language: str = ""


def read_page(tree: HtmlElement, base: str) -> LinkedPage:
    """The links, headings and dates of a tree; addresses are made absolute against the base."""
    walk = _Walk(base, Calls(tree))
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if isinstance(element.tag, str):
            if event == "start":
                walk.enter(element)
            else:
                walk.leave(element)
        if walk.size > _LONGEST_TEXT or len(walk.anchors) >= MOST_ANCHORS:
            break
    text = "".join(walk.chunks)
    found = sorted([*walk.times, *find_days(text, usual_order(walk.language, ""))], key=lambda day: day.start)
    anchors = list(_anchors(walk, text))
    return LinkedPage(text, anchors, sorted(walk.headings), found, walk.pieces, walk.sections(), walk.language)


def read_list(tree: HtmlElement, base: str) -> LinkedPage:
    """The same of a page that may name releases: its links have no way back to it (see `click_counters`)."""
    page = read_page(tree, base)
    return replace(page, anchors=[_without_way_back(anchor, base) for anchor in page.anchors])


def _without_way_back(anchor: Anchor, base: str) -> Anchor:
    url = without_way_back(anchor.url, base)
    return replace(anchor, url=url, key=key(url)) if url != anchor.url else anchor


class _Walk:
    """What a walk over the tree gathers."""

    def __init__(self, base: str, calls: Calls) -> None:
        self.chunks: list[str] = []
        self.size = 0
        self.anchors: list[_Link] = []
        self.pieces: list[Piece] = []
        self.headings: list[tuple[int, int]] = []
        self.times: list[Stated] = []
        self.language = ""
        self._holders: list[tuple[int, int, _Node]] = []
        self._base, self._calls = base, calls
        self._places = [_Place("", False, False, False)]
        self._node = _Node(0, None)
        self._open: list[tuple[HtmlElement, int]] = []
        self._unseen = 0

    def enter(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        self._unseen += tag in _UNSEEN
        place = _place(element, tag, self._places[-1])
        if tag in ("html", "body"):
            self.language = (element.get("lang") or self.language)[:_LONGEST_LANGUAGE].lower()
        self._places.append(place)
        self._node = _Node(self.size, self._node)
        if tag == "a" or tag in HEADINGS or (tag in _CLICKED and (element.get("onclick") or element.get("data-href"))):
            self._open.append((element, self.size))
        for name in _DATED_ATTRIBUTES if tag in _MAY_BE_DATED else ():
            if stated := element.get(name):
                self._note_time(stated, is_sure=tag == "time" or name.startswith("data-"))
        self._add(element.text)
        if tag == "area":
            self._note_area(element)

    def leave(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if self._open and self._open[-1][0] is element:
            _, start = self._open.pop()
            if tag == "a":
                self._note_anchor(element, start, address_of(element, self._base, self._calls))
            elif tag in _CLICKED:
                self._note_row(element, start)
            else:
                self.headings.append((start, self.size))
                self._holders.append((start, self.size, self._node))
        self._places.pop()
        self._node.end, self._node = self.size, self._node.parent or self._node
        self._unseen -= tag in _UNSEEN
        self._add(element.tail)

    def sections(self) -> dict[tuple[int, int], tuple[int, int]]:
        """By the place of each heading that of the smallest element that holds a list beside it, or more than it."""
        starts = sorted(link.start for link in self.anchors)
        return {
            (start, end): holder
            for start, end, node in self._holders
            if (holder := _holder(start, end, list(_around(node, self.size)), starts))
        }

    def _add(self, text: str | None) -> None:
        if text and not self._unseen and (folded := " ".join(text[:_LONGEST_TEXT].split())):
            self._put(folded + "\n", "/".join(each.part for each in self._places[-_NEAREST:]))

    def _put(self, chunk: str, place: str) -> None:
        self.pieces.append(Piece(self.size, self.size + len(chunk) - 1, place))
        self.chunks.append(chunk)
        self.size += len(chunk)

    def _note_time(self, stated: str, is_sure: bool) -> None:
        """Keep a day that an element states for programs; in a title only where the day is all that it says."""
        if len(stated) > _LONGEST_TIME or not any(map(str.isdigit, stated)):
            return
        day = read_moment(stated, "")
        if day and (is_sure or len(day[:10]) * 2 > len(stated)):
            self._put(" ", f"time{CHANGED * self._places[-1].part.endswith(CHANGED)}")
            self.times.append(Stated(day, self.size - 1, self.size))

    def _note_row(self, element: HtmlElement, start: int) -> None:
        """Keep where a click on an element leads that has text and no link of its own."""
        has_link = bool(self.anchors) and self.anchors[-1].end > start
        if self.size > start and not has_link:
            self._note_anchor(element, start, row_address(element, self._base, self._calls))

    def _note_area(self, element: HtmlElement) -> None:
        """Keep where a part of a picture leads, with what is written for those who do not see it."""
        start = self.size
        self._add(element.get("alt") or element.get("title"))
        self._note_anchor(element, start, canonical(element.get("href") or "", self._base))

    def _note_anchor(self, element: HtmlElement, start: int, url: str) -> None:
        if url and not self._unseen:
            url = target_of(url, stated_targets(element.items()))
            place = self._places[-1]
            path = "/".join(each.part for each in self._places[-9:])
            has_heading = bool(self.headings) and self.headings[-1][0] >= start
            is_heading = place.heading or has_heading
            names = " ".join(filter(None, (place.names, self._places[-2].names)))
            language = (element.get("hreflang") or place.language)[:_LONGEST_LANGUAGE].lower()
            self.anchors.append(
                _Link(element, url, start, self.size, path, place.chrome, is_heading, names, self._node, language)
            )


def _anchors(walk: _Walk, text: str) -> Iterator[Anchor]:
    headings = sorted(walk.headings)
    for element, url, start, end, path, chrome, heading, names, node, language in walk.anchors:
        n = bisect_left(headings, (start, 0))
        inner = headings[n] if n < len(headings) and headings[n][1] <= end else (start, end)
        shown = " ".join(text[inner[0] : min(inner[1], inner[0] + 4 * _LONGEST_ANCHOR)].split())
        shown = shown or " ".join((element.get("title") or "")[: 4 * _LONGEST_ANCHOR].split())
        said = f"{names} {(element.get('aria-label') or '')[:_LONGEST_NAME].lower()}".strip()
        rel = (element.get("rel") or "")[:_LONGEST_NAME].lower()
        around = tuple(_around(node, walk.size))
        yield Anchor(
            url, key(url), shown[:_LONGEST_ANCHOR], start, end, path, chrome, heading, rel, said, around, language
        )


def _holder(start: int, end: int, around: Iterable[tuple[int, int]], links: list[int]) -> tuple[int, int] | None:
    """Of the elements around a heading the smallest with two links or more outside of it, or the smallest that is
    larger; None where none is. `links` has where links start, sorted."""
    larger = [place for place in around if place[0] < start or place[1] > end]

    def count(first: int, last: int) -> int:
        return bisect_left(links, last) - bisect_left(links, first)

    lists = (place for place in larger if count(*place) - count(start, end) >= _LIST)
    return next(lists, next(iter(larger), None))


def _around(node: _Node, size: int) -> Iterator[tuple[int, int]]:
    """Where the elements around a link stand; those that are still open end where the text does."""
    at: _Node | None = node
    for _ in range(_MOST_AROUND):
        if at is None:
            return
        yield at.start, at.end if at.end >= 0 else size
        at = at.parent


def _place(element: HtmlElement, tag: str, parent: _Place) -> _Place:
    names = (element.get("class") or "")[:_LONGEST_NAME].lower().split()
    kept = next((name for name in names if not _VARYING.search(name)), "")
    chrome = parent.chrome or _is_chrome(element, tag, names, parent)
    is_heading, within_item = parent.heading or tag in HEADINGS, parent.within_item or tag in _ITEMS
    language = parent.language if tag in ("html", "body") else element.get("lang") or parent.language
    part = f"{tag}.{kept}{CHANGED if _is_of_change(element, tag, names) else ''}"
    return _Place(part, chrome, is_heading, within_item, " ".join(names), language)


def _is_of_change(element: HtmlElement, tag: str, names: list[str]) -> bool:
    """Whether an element states when a page was last changed, as its class or `itemprop` says, and nothing else."""
    if tag not in _MAY_BE_DATED:
        return False
    said = {*names, *(element.get("itemprop") or "")[:_LONGEST_NAME].lower().split()}
    return not said.isdisjoint(_OF_CHANGE) and said.isdisjoint(_OF_PUBLICATION)


def _is_chrome(element: HtmlElement, tag: str, names: list[str], parent: _Place) -> bool:
    if tag in {"nav", "footer", "aside"} and not (tag == "footer" and parent.within_item):
        return True
    if tag == "header" and not parent.within_item:
        return True
    if tag in {"html", "body"}:
        return False
    if (element.get("role") or "").lower() in _CHROME_ROLES:
        return True
    identity = (element.get("id") or "")[:_LONGEST_NAME].lower()
    return any(_names_chrome(name) for name in [*names[:8], identity])


def _names_chrome(name: str) -> bool:
    parts = set(re.split(r"[-_:]+", name))
    if "ajax" in parts and parts & CHROME <= _PAGED:
        return False  # it holds the list of which a script changes the page
    return bool(parts & CHROME) and not parts & LAYOUT
