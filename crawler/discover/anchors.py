"""The links of a page in the order of its text: what they say, where in the tree they stand, which dates are near.

Pure; one walk over the tree, no recursion. What a reader does not see (scripts, styles, choices of forms) is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from archive.core.urls import canonical, key
from archive.text.dates import Stated, find_days, read_moment
from crawler.discover.vocabulary import CHROME, LAYOUT

MOST_ANCHORS = 5000
_LONGEST_TEXT = 400_000
_LONGEST_ANCHOR = 500
_LONGEST_NAME = 300
"""Characters of a class, an id or a label that are read: each link repeats those of what it stands in."""
_UNSEEN = frozenset({"script", "style", "noscript", "template", "select", "svg", "iframe", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"article", "li", "tr", "main", "section"})
_CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"}
)
_VARYING = re.compile(
    r"\d|^(?:category|tag|post|type|status|format|author|has|sticky|first|last|odd|even|alt|active|current|new|col)\b"
)


@dataclass(frozen=True)
class Anchor:
    """A link: its address (canonical), text, place in the text (offsets), kind of place in the tree (`place`).

    `chrome` says that it stands in navigation, header, footer or the like, `heading` that it is a heading or in one.
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


@dataclass
class LinkedPage:
    """The text of a page with the places of its links, headings and dates in it."""

    text: str = ""
    anchors: list[Anchor] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    days: list[Stated] = field(default_factory=list)

    def first_day_between(self, start: int, end: int) -> Stated | None:
        """The first date that stands wholly between two offsets."""
        n = bisect_left(self.days, start, key=lambda day: day.start)
        return self.days[n] if n < len(self.days) and self.days[n].end <= end else None

    def last_day_between(self, start: int, end: int) -> Stated | None:
        """The last date that stands wholly between two offsets."""
        n = bisect_right(self.days, end, key=lambda day: day.end) - 1
        return self.days[n] if n >= 0 and self.days[n].start >= start else None

    def heading_between(self, start: int, end: int) -> str:
        """The last heading between two offsets."""
        n = bisect_right(self.headings, (end, end)) - 1
        while n >= 0 and self.headings[n][1] > end:
            n -= 1
        if n < 0 or self.headings[n][0] < start:
            return ""
        return " ".join(self.text[slice(*self.headings[n])].split())


@dataclass(frozen=True)
class _Place:
    part: str
    chrome: bool
    heading: bool
    within_item: bool
    names: str = ""


def read_page(tree: HtmlElement, base: str) -> LinkedPage:
    """The links, headings and dates of a tree; addresses are made absolute against the base."""
    walk = _Walk(base)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if isinstance(element.tag, str):
            if event == "start":
                walk.enter(element)
            else:
                walk.leave(element)
        if walk.size > _LONGEST_TEXT or len(walk.anchors) >= MOST_ANCHORS:
            break
    text = "".join(walk.chunks)
    found = sorted([*walk.times, *find_days(text)], key=lambda day: day.start)
    return LinkedPage(text, list(_anchors(walk, text)), sorted(walk.headings), found)


class _Walk:
    """What a walk over the tree gathers."""

    def __init__(self, base: str) -> None:
        self.chunks: list[str] = []
        self.size = 0
        self.anchors: list[tuple[HtmlElement, str, int, int, str, bool, bool, str]] = []
        self.headings: list[tuple[int, int]] = []
        self.times: list[Stated] = []
        self._base = base
        self._places = [_Place("", False, False, False)]
        self._open: list[tuple[HtmlElement, int]] = []
        self._unseen = 0

    def enter(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        self._unseen += tag in _UNSEEN
        place = _place(element, tag, self._places[-1])
        self._places.append(place)
        if tag == "a" or tag in _HEADINGS:
            self._open.append((element, self.size))
        if tag == "time" and element.get("datetime"):
            self._note_time(element.get("datetime") or "")
        self._add(element.text)

    def leave(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if self._open and self._open[-1][0] is element:
            _, start = self._open.pop()
            if tag == "a":
                self._note_anchor(element, start)
            else:
                self.headings.append((start, self.size))
        self._places.pop()
        self._unseen -= tag in _UNSEEN
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text and not self._unseen and (folded := " ".join(text[:_LONGEST_TEXT].split())):
            self.chunks.append(folded + "\n")
            self.size += len(self.chunks[-1])

    def _note_time(self, stated: str) -> None:
        day = read_moment(stated, "")
        if day:
            self.chunks.append(" ")
            self.size += 1
            self.times.append(Stated(day, self.size - 1, self.size))

    def _note_anchor(self, element: HtmlElement, start: int) -> None:
        url = canonical(element.get("href") or "", self._base)
        if url and not self._unseen:
            place = self._places[-1]
            path = "/".join(each.part for each in self._places[-9:])
            has_heading = bool(self.headings) and self.headings[-1][0] >= start
            is_heading = place.heading or has_heading
            names = " ".join(filter(None, (place.names, self._places[-2].names)))
            self.anchors.append((element, url, start, self.size, path, place.chrome, is_heading, names))


def _anchors(walk: _Walk, text: str) -> Iterator[Anchor]:
    headings = sorted(walk.headings)
    for element, url, start, end, path, chrome, heading, names in walk.anchors:
        n = bisect_left(headings, (start, 0))
        inner = headings[n] if n < len(headings) and headings[n][1] <= end else (start, end)
        shown = " ".join(text[inner[0] : min(inner[1], inner[0] + 4 * _LONGEST_ANCHOR)].split())
        shown = shown or " ".join((element.get("title") or "")[: 4 * _LONGEST_ANCHOR].split())
        said = f"{names} {(element.get('aria-label') or '')[:_LONGEST_NAME].lower()}".strip()
        rel = (element.get("rel") or "")[:_LONGEST_NAME].lower()
        yield Anchor(url, key(url), shown[:_LONGEST_ANCHOR], start, end, path, chrome, heading, rel, said)


def _place(element: HtmlElement, tag: str, parent: _Place) -> _Place:
    names = (element.get("class") or "")[:_LONGEST_NAME].lower().split()
    kept = next((name for name in names if not _VARYING.search(name)), "")
    chrome = parent.chrome or _is_chrome(element, tag, names, parent)
    is_heading, within_item = parent.heading or tag in _HEADINGS, parent.within_item or tag in _ITEMS
    return _Place(f"{tag}.{kept}", chrome, is_heading, within_item, " ".join(names))


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
    return bool(parts & CHROME) and not parts & LAYOUT
