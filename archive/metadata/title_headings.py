"""Which headings of a page may hold its title: not the logo that some sites put into an h1."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.metadata.title import fold, title_parts
from archive.page.markup import StatedMarkup, words_of

_LOGO = re.compile(
    r"(?<![a-z])(?:logo|brand(?:ing)?|site-?(?:title|name|heading)|blog-?(?:title|name)|masthead)(?![a-z])", re.I
)
_HOME = re.compile(r"(?:/?(?:index|default|home)\.\w{3,4}|/[a-z]{2}(?:-[a-z]{2})?/?|/)?")
_NUMBERED = re.compile(
    r"(?:[^\W\d]+(?:-[^\W\d]+)?[.:]? ){0,4}(?:(?:no|nr|nro|num|núm|č|n)(?:\.º|[.:º°])? ?|№ ?)\d{1,5}(?:[/-]\d{2,4})?",
    re.I,
)
"""A title that only numbers a release, after at most four words: "No. 12", "n° 12/2026", "№ 12"."""

_MOST, _MOST_SECOND = 6, 20
_FEWEST_WORDS = 4


def title_headings(said: StatedMarkup) -> tuple[str, ...]:
    """The texts of the h1 that are no logo; where none is left, the h2 that is a part of the page's title.

    Where there is no h1 and the page's title only numbers the release, it is the first h2 that says something.
    """
    first = list(zip(said.headings[:_MOST], said.heading_texts, strict=False))
    found = tuple(text for heading, text in first if text and not _is_logo(heading, text, said))
    if found:
        return found
    second = map(words_of, said.second_headings[:_MOST_SECOND])
    shared = said.meta("og:title")
    if not first:
        is_numbered = not shared and any(_NUMBERED.fullmatch(part) for part in title_parts(said.title))
        return tuple(text for text in second if is_numbered and len(text.split()) >= _FEWEST_WORDS)[:1]
    titled = {fold(part) for part in (*title_parts(said.title), shared)} - {""}
    return tuple(text for text in second if fold(text) in titled)[:1]


def _is_logo(heading: HtmlElement, text: str, said: StatedMarkup) -> bool:
    """Whether a heading is the site's name: so called or led home by a link, and one of several parts of the title."""
    parts = [fold(part) for part in title_parts(said.title)]
    if parts == [fold(text)]:
        return False
    near = [heading, *islice(heading.iterancestors(), 1), *islice(heading.iter("a", "div", "span"), 4)]
    called = any(_LOGO.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in near)
    links = [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
    return called or any(_leads_home(link.get("href") or "") for link in links)


def _leads_home(address: str) -> bool:
    """Whether an address is a site's root or its home page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool(address.strip()) and not parts.fragment and not parts.query and _HOME.fullmatch(parts.path) is not None
