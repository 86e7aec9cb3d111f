"""What stands beside a page's own text: sidebars, footers, lists of events and of other pages.

The days in it are not the page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal, cast

from lxml.html import HtmlElement

from archive.page.places import DIALOGS
from archive.text.characters import small

_OTHERS = frozenset({"ul", "ol", "h2", "h3", "h4", "article", "p"})
"""What an aside holds that is more than a line about the article, as when it was published."""
_OWN = re.compile(r"meta|entry|article|date|publi|info|byline|post|author|story|content", re.I)
_MARKS = re.compile(
    r"(?<![a-z])(?:(?<!layout-)side-?bar|related|latest|upcoming|events?|event-?list|calendar|copyright|(?:site|page|global|main)-?footer|"
    r"footer|colophon|recent|also|trending|popular|widget-area|comments?)(?![a-z])",
)
_OVER = re.compile(
    r"(?<![a-z])(?:cookie|consent|gdpr|onetrust|(?P<may>pop-?up|modal|lightbox|newsletter))|cookie-?(?:banner|consent)"
)
"""How boxes over a page are named; `may`: and parts of a page too."""

_OVER_ROLES = DIALOGS | {"search"}
_FIELDS = ("form", "input", "button", "select", "textarea")
_UNREAD = frozenset({"script", "style", "noscript"})
_MOST_ABOVE, _MOST_OF_PAGE = 30, 0.5
_WHOLE = frozenset(
    {"html", "head", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "time", "dd", "meta", "link", "script"}
)


def is_apart(element: HtmlElement) -> bool:
    """Whether an element stands beside the text by its tag, or by its class or id; a part of the article does not."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _WHOLE:
        return False
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag == "aside" and not _OTHERS.isdisjoint(one.tag for one in element.iter()):
        return not _OWN.search(marks)
    if tag in ("footer", "nav"):
        return not _OWN.search(marks)
    return len(marks) > 3 and _is_marked(marks)


@lru_cache(maxsize=4_000)
def _is_marked(marks: str) -> bool:
    return _MARKS.search(small(marks)) is not None


class BoxesOver:
    """The boxes that lie over a page, or call on readers beside its text: a dialog, a demand for consent, a notice, a
    search. Each is read once, however many elements stand in it."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._known: dict[HtmlElement, bool] = {}

    def hold(self, element: HtmlElement) -> bool:
        """Whether an element stands in such a box."""
        for one in islice(element.iterancestors(), _MOST_ABOVE):
            if one.tag in ("article", "main", "body"):
                return False
            if sort := _sort_of(one.tag, one.get("role") or "", f"{one.get('class') or ''} {one.get('id') or ''}"):
                if one not in self._known:
                    self._known[one] = self._lies_over(one, sort)
                return self._known[one]
        return False

    @cached_property
    def _letters(self) -> int:
        return _letters(self._tree)

    def _lies_over(self, box: HtmlElement, sort: str) -> bool:
        """Whether a box is none that holds most of the page's words, and none with the name of one ("newsletter") that
        has an h1 and asks for nothing."""
        if sort == "named" and next(box.iter(*_FIELDS), None) is None and next(box.iter("h1"), None) is not None:
            return False
        return _letters(box) <= _MOST_OF_PAGE * self._letters


@lru_cache(maxsize=4_000)
def _sort_of(tag: str, role: str, marks: str) -> Literal["", "over", "named"]:
    """Whether an element is a box over a page by what it is, or may be one by its name."""
    if tag == "dialog" or role in _OVER_ROLES:
        return "over"
    name = _OVER.search(small(marks)) if len(marks) > 3 else None
    if name:
        return "named" if name["may"] else "over"
    return "named" if role == "alert" else ""


def _letters(tree: HtmlElement) -> int:
    """The characters of a part of a page, without those of its scripts and styles."""
    texts = ((one.text or "") + (one.tail or "") for one in tree.iter("*") if one.tag not in _UNREAD)
    return sum(map(len, texts))


def own_elements(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and what is inside of it in reading order, without what stands apart there.

    The words behind such an element are the page's own: often it is an icon, as of a calendar before a day.
    """
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if is_apart(one):
            yield from words_behind(one)
        else:
            yield one
            waiting.extend(reversed(one))


def elements_after(element: HtmlElement) -> Iterator[HtmlElement]:
    """Elements after one in reading order, those inside its own following siblings first.

    What stands right behind it, holds no other and is called a day or the like is its own (`<p class="event-date">`).
    """
    node: HtmlElement | None = element
    below = element.getnext()
    is_own = below is not None and not len(below) and _OWN.search(below.get("class") or "") is not None
    if below is not None and is_own:
        yield below
    while node is not None and node.tag != "body":
        for sibling in node.itersiblings():
            if sibling is not below or not is_own:
                yield from own_elements(sibling)
        node = node.getparent()


def words_behind(element: HtmlElement) -> Iterator[HtmlElement]:
    """An empty element with the words that stand right behind another; none where there are none."""
    if element.tail and not element.tail.isspace():
        alone = element.makeelement("span")
        alone.tail = element.tail
        yield alone


@contextmanager
def without_apart(tree: HtmlElement) -> Iterator[None]:
    """The tree without what stands apart; after the context it is as it was."""
    cut: list[tuple[HtmlElement, HtmlElement]] = []
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        above = one.getparent()
        if above is not None and is_apart(one):
            gap = above.makeelement("script")
            gap.tail = one.tail
            above.replace(one, gap)
            cut.append((gap, one))
        else:
            waiting.extend(one)
    try:
        yield
    finally:
        for gap, one in reversed(cut):
            cast("HtmlElement", gap.getparent()).replace(gap, one)
