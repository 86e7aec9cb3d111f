"""What a list is called, and of what kind its items say they are: a column, a label, a link to a category. Pure.

Archives and front pages of many systems mix all that a site publishes; what stands beside a title in a few words, the
same at many items, is often the kind ("Press releases", "Road closures"). Which words these are is decided over several
pages (see `crawler.worker.walk.coverage`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.items.days import items_of
from crawler.discover.vocabulary import hyphened

LONGEST = 40
"""Letters of what may be a kind."""

_MOST_PIECES = 16
"""Texts of an item that are read."""

_MOST_NAMES = 6
_SEPARATOR = re.compile(r"\s[|–—·•»›:-]\s|[_|｜]|(?<=[\u2e80-\u9fff])[–—·-]+(?=[\u2e80-\u9fff])")
"""What stands in a title between the page and the site."""

_LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_](?![\x00-\u2e7f])")


def page_name(title: str) -> str:
    """What the title of a page calls it, without the site."""
    return _SEPARATOR.split(title)[0]


def names_of(title: str, first: int, page: LinkedPage) -> frozenset[str]:
    """What a list is called: the headings before the place of its first item, and its page's title without the site."""
    above = [page.text[start:end] for start, end in page.headings if end <= first][:_MOST_NAMES]
    return frozenset(hyphened(one) for one in (*above, page_name(title)) if _is_short(one))


def said_at(groups: Iterable[Sequence[Anchor]], page: LinkedPage) -> dict[str, dict[str, str]]:
    """What each item of a list says in a few words without figures, with its kind of place, by the item's key.

    Takes groups of links, the best first.
    """
    found: dict[str, dict[str, str]] = {}
    for anchors in groups:
        titles = {" ".join(anchor.text.split()) for anchor in anchors}
        for one, (start, end) in items_of(anchors, page).items():
            found.setdefault(one, dict(_said(start, end, titles, page)))
    return {one: said for one, said in found.items() if said}


def _said(start: int, end: int, titles: set[str], page: LinkedPage) -> Iterator[tuple[str, str]]:
    first = bisect_left(page.pieces, start, key=lambda piece: piece.start)
    for piece in islice(page.pieces, first, first + _MOST_PIECES):
        text = page.text[piece.start : piece.end] if piece.end <= end else ""
        if _is_short(text) and text not in titles:
            yield hyphened(text), piece.place


def _is_short(text: str) -> bool:
    return 0 < len(text) <= LONGEST and bool(_LETTERS.search(text)) and not any(map(str.isdigit, text))
