"""Days that a page bears without stating them as its own: in elements marked as dates, in sentences, in scripts.

Asked only when nothing states a day; weaker than any statement, stronger than a search for what looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from archive import dates
from archive.dates import Order
from archive.statements import words_of

_MARKED = re.compile(r"date|time|publi|posted|meta|datum|fecha|created|entry-|byline|info|stamp", re.I)
_NOT_THE_PAGES = re.compile(
    r"modif|updat|comment|related|sidebar|widget|copyright|footer|event|expire|calendar|teaser|reply|next|prev", re.I
)
_SENTENCE = re.compile(
    r"(?:artikel|beitrag|post|article|entry|story|page|artículo|запись|статья|wpis)\s"
    r"(?:wurde|was|is|fue|была?|został\w*)\s|"
    r"(?:veröffentlicht|publiziert|erstellt|published|posted|publié|publicado|опубликовано|opublikowano|dodano|geplaatst)\s"
    r"(?:am|on|le|el|op|:|\s){1,2}",
    re.I,
)
_IN_SCRIPT = re.compile(
    r"[\"'](?:datePublished|published_at|publishedAt|publishDate|publish_date|publicationDate|publication_date|pubDate|"
    r"firstPublished|first_published|date_published|published|displayDate)[\"']\s?:\s?[\"']([^\"']{8,40})[\"']"
)
_PLACE_NAMES = "span p div li td small i em b strong abbr dd a section font h5 h6"
_PLACES = tuple(_PLACE_NAMES.split())
_LONGEST = 110
_MOST = 400
_SCRIPT_HEAD = 300_000


@dataclass(frozen=True)
class Trace:
    """A day found on a page, and what kind of place it was found in ("text" or "script")."""

    moment: str
    origin: str


def find(tree: HtmlElement, order: Order, captured_at: datetime) -> Trace | None:
    """The first day in a marked element, else in a sentence that tells of publication, else in a script."""
    found = (*_first(_marked(tree), order, captured_at, "text"), *_first(_sentences(tree), order, captured_at, "text"))
    return next(iter(found or _first(_in_scripts(tree), order, captured_at, "script")), None)


def _first(texts: Iterator[str], order: Order, captured_at: datetime, origin: str) -> tuple[Trace, ...]:
    for text in texts:
        for stated in dates.find_moments(text, order):
            if dates.plausible(stated.moment, captured_at):
                return (Trace(stated.moment, origin),)
    return ()


def _marked(tree: HtmlElement) -> Iterator[str]:
    left = _MOST
    for element in tree.iter(*_PLACES):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(marks) > 1 and _MARKED.search(marks) and not _NOT_THE_PAGES.search(marks):
            left -= 1
            if left < 0:
                return
            text = element.get("title") if element.tag == "abbr" else words_of(element, _LONGEST + 1)
            if text and len(text) <= _LONGEST:
                yield text


def _sentences(tree: HtmlElement) -> Iterator[str]:
    for text in tree.itertext("p", "div", "span", "li", "td"):
        found = _SENTENCE.search(text[:400])
        if found:
            yield text[found.end() : found.end() + 80]


def _in_scripts(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        found = _IN_SCRIPT.search((script.text or "")[:_SCRIPT_HEAD])
        if found:
            yield found[1]
