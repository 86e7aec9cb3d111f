"""A page of which the text is known, to be changed in one way: the tree, its paragraphs, and how to put things in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from lxml import html
from lxml.html import HtmlElement

_LONG = 60
_WITHIN = ("p", "li", "td", "div", "span", "section", "blockquote", "h2", "h3", "h4", "dd", "pre", "font", "article")
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "td",
        "div",
        "section",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "table",
        "article",
        "br",
        "figure",
        "dd",
        "dl",
        "pre",
    ]
)


@dataclass(frozen=True)
class Ground:
    """A page whose text is known. `strange` is a paragraph of another page, `number` tells one look from the next."""

    tree: HtmlElement
    text: str
    title: str
    strange: str
    number: int = 0
    url: str = ""

    def sibling(self, number: int) -> str:
        """The path of another release of the same newsroom, built like that of the page."""
        folder, _, last = urlsplit(self.url).path.rstrip("/").rpartition("/")
        end = re.search(r"\.[a-z]{2,5}$", last)
        return f"{folder}/a-harbour-story-{number}{end[0] if end else ''}{'/' if self.url.endswith('/') else ''}"

    def paragraphs(self) -> list[HtmlElement]:
        """The elements that hold one passage of the text each, in order."""
        whole = compact(self.text)
        found = []
        for element in self.tree.iter(*_WITHIN):
            words = compact(element.text_content())
            if len(words) > _LONG and words in whole and not _holds_blocks(element) and _is_shown(element):
                found.append(element)
        return found


Mutation = Callable[[Ground, Random], bool]


def compact(text: str) -> str:
    """A text's letters and figures alone."""
    return "".join(char for char in text.lower() if char.isalnum())


def _holds_blocks(element: HtmlElement) -> bool:
    return any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in element.iterdescendants())


def _is_shown(element: HtmlElement) -> bool:
    return not any(above.tag in ("script", "style", "template", "noscript") for above in element.iterancestors())


def replace_in(element: HtmlElement, pattern: re.Pattern[str], new: Callable[[str], str], random: Random) -> bool:
    """Put something else in place of one match in an element's text."""
    places = [
        (node, part) for node in element.iter() for part in ("text", "tail") if node is not element or part == "text"
    ]
    found = [
        (node, part, match)
        for node, part in places
        if isinstance(node.tag, str)
        for match in pattern.finditer(getattr(node, part) or "")
    ]
    if not found:
        return False
    node, part, match = random.choice(found)
    text = getattr(node, part)
    setattr(node, part, text[: match.start()] + new(match[0]) + text[match.end() :])
    return True


def element_of(markup: str) -> HtmlElement:
    """An element from its markup."""
    return html.fragment_fromstring(markup)


def body_of(page: Ground) -> HtmlElement | None:
    """The body of a page; None where it has none."""
    return page.tree.find(".//body")


def keep_tail(added: HtmlElement) -> None:
    """What stood after the element before stays after it (lxml moves a tail with its element)."""
    before = added.getprevious()
    if before is not None and added.tail and not before.tail:
        before.tail, added.tail = added.tail, None


def put_last(page: Ground, markup: str) -> bool:
    """Put an element below the last paragraph; False where there are fewer than two."""
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    added = element_of(markup)
    paragraphs[-1].addnext(added)
    keep_tail(added)
    return True


def put_first(page: Ground, markup: str) -> bool:
    """Put an element above the first paragraph; False where there are fewer than two."""
    paragraphs = [one for one in page.paragraphs() if one.tag == "p"]
    if len(paragraphs) < 2:
        return False
    paragraphs[0].addprevious(element_of(markup))
    return True
