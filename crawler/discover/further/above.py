"""The lists above the items of a front page, where no link is called a list of news. Pure.

A front page that mixes the newest of several sections leads to the list of each. That of the releases may have a name
which no list of words holds; then the folders in which the items lie show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archive.core.urls import host
from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import Anchor
from crawler.discover.items.addresses import folder_below, folders_above, has_article_shape, is_below
from crawler.discover.items.titles import letters
from crawler.discover.vocabulary import ELSEWHERE, SERVICE

ABOVE = "above"
"""What `Document.way` says of such a list."""

MOST = 2
"""Lists that are worth a request."""

_FEWEST = 3
_TITLE = 20
"""Letters from which on the text of a link may be the title of an item."""


def lists_above(anchors: Sequence[Anchor], url: str) -> tuple[str, ...]:
    """The addresses of pages below which three or more items of a page lie, those with most items first.

    Neither the page itself counts, nor what it lies below, nor lists whose address says that they are of events, jobs
    and the like. Of lists with the same items the one further up counts.
    """
    items = {each.key: each.url for each in anchors if letters(each.text) >= _TITLE and has_article_shape(each)}
    pages = {each.key: each.url for each in anchors if each.key not in items and host(each.url) == host(url)}
    folders = {address: folder_below(address) for address in pages.values() if _may_be_list(address, url)}
    wanted = frozenset(folders.values())
    below = Counter(folder for item in items.values() for folder in folders_above(item) if folder in wanted)
    counts: dict[str, int] = {}
    taken: dict[str, int] = {}
    for address in sorted(folders, key=lambda one: len(take_apart(one).parts)):
        count = below[folders[address]]
        if count >= _FEWEST and not any(taken.get(folder) == count for folder in folders_above(address)):
            counts[address] = taken[folders[address]] = count
    return tuple(sorted(counts, key=lambda one: -counts[one]))[:MOST]


def _may_be_list(address: str, url: str) -> bool:
    there = take_apart(address)
    words = {part.text for part in there.parts}
    is_one = bool(words) and not (there.extension or there.values or words & (ELSEWHERE | SERVICE))
    return is_one and not is_below(url, address)
