"""Where a page shows its headline: the heading, or another element, that holds the title. Pure."""

from __future__ import annotations

from lxml.html import HtmlElement

from archive.metadata.title import fold
from archive.page.markup import StatedMarkup, words_of
from archive.text.characters import DENSE

_SLACK = 6
"""Characters by which an element may differ in length from the title that it holds: signs and blanks."""

_SHORTEST_WRITTEN = 12
"""Letters of a text that cannot stand in a page by chance."""

_TITLE_LIKE = ("h3", "h4", "strong", "b", "font", "span", "div", "td", "p", "big", "a")


def find_headline(markup: StatedMarkup, title: str) -> HtmlElement | None:
    """The heading element whose words are the title, or hold it; the only h1 when no heading does."""
    wanted = fold(title)
    second = markup.second_headings[:20]
    texts = (*markup.heading_texts, *map(words_of, second))
    read = list(zip(markup.headings + second, map(fold, texts), strict=True))
    exact = next((heading for heading, text in read if text and text == wanted), None)
    if exact is not None:
        return exact
    if wanted:
        near = next((heading for heading, text in read if len(text) > 10 and (text in wanted or wanted in text)), None)
        if near is not None:
            return near
    return markup.headings[0] if len(markup.headings) == 1 else None


def find_marked(tree: HtmlElement, title: str) -> HtmlElement | None:
    """An element that is no heading by name but holds just the title, as old pages have it."""
    wanted = fold(title)
    if len(wanted) < 8:
        return None
    for element in tree.iter(*_TITLE_LIKE):
        text = element.text
        if text and abs(len(text.strip()) - len(title)) <= _SLACK and fold(text) == wanted:
            return element
    return None


def is_written(markup: StatedMarkup, text: str) -> bool:
    """Whether a text stands in the page by itself: as a heading, or as all that an element has."""
    wanted = fold(text)
    if len(wanted) + len(DENSE.findall(wanted)) < _SHORTEST_WRITTEN:
        return False
    headings = (*markup.heading_texts, *map(words_of, markup.second_headings[:20]))
    return any(fold(heading) == wanted for heading in headings) or find_marked(markup.tree, text) is not None
