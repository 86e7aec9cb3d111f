"""Pagers that only a script draws, whose pages its call states: createPageHTML(7, 0, "index", "html"). Pure.

So do systems of Chinese authorities (TRS WCM): the count of pages, the number of this one from 0 on, and the name and
ending of their files, where the second page is index_1.html. Some state the id of an element before, and the count of
items behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from archive.core.urls import canonical, host
from crawler.discover.links import Document

_MOST_CALLS, _MOST_PAGES = 20, 200
"""Calls of one script, and pages of one pager, that are read."""

_ARGUMENT = r"\s*(?:\d{1,6}|'[^'\n]{0,80}'|\"[^\"\n]{0,80}\")\s*"
_CALL = re.compile(rf"\b\w*page\w*\s*\(({_ARGUMENT}(?:,{_ARGUMENT}){{3,7}})\)", re.IGNORECASE)
_STATED = re.compile(
    r"(?:^|,)\s*(?P<pages>\d{1,4})\s*,\s*(?P<here>\d{1,4})\s*,\s*(['\"])(?P<name>[\w./-]{1,60})\3\s*,\s*"
    r"(['\"])\.?(?P<ending>s?html?|jhtml|aspx?|jsp|php)\5\s*(?:,|$)"
)


def drawn_pages(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """The pages of the pager that a script of a page draws, this one apart."""
    for script in tree.iter("script"):
        for call in islice(_CALL.finditer(script.text or ""), _MOST_CALLS):
            if stated := _STATED.search(call[1]):
                yield from _pages(stated, base, url)


def _pages(stated: re.Match[str], base: str, url: str) -> Iterator[Document]:
    for number in range(min(int(stated["pages"]), _MOST_PAGES)):
        if number != int(stated["here"]):
            there = canonical(f"{stated['name']}{f'_{number}' if number else ''}.{stated['ending']}", base)
            if there and host(there) == host(url):
                yield Document(there, "listing")
