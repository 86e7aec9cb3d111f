"""What a list calls its items: what their links say, or the headings that stand with them. Pure.

Some lists do not link their headlines: an item is a heading, a teaser, and a link that says the same in all. What such
a link says ("Read more", in any language, or a picture) is no title. The item's title is the heading that stands in the
item, or, where nothing surrounds the items, between one link and the next. Rows of tables have no headings: their
titles stand in a column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from statistics import median

from archive.core.urls import key
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.documents.attachments import without_size
from crawler.discover.items.addresses import WIDE, is_file
from crawler.discover.items.days import days_of, items_of, merged
from crawler.discover.twins import Named, Twins

FEWEST = 3
"""Items of a list from which on it shows that its links all say the same."""

_NEARLY_ALL = 0.8
_NEAR = 400
"""Characters before a link in which its heading may stand."""
SHORTEST = 12
"""Letters of a link from which on it may be a title."""
_LONGEST_LABEL, _LONGEST_TITLE = 60, 200
_MOST_PIECES = 16
"""Texts of an item that may be its title."""


def with_titles(anchors: Iterable[Anchor], page: LinkedPage) -> list[Anchor]:
    """The links, in their order; those that only say what the others of their kind say are called as their items are.

    A kind of place counts as a whole: its links say the same, or nothing, and nearly all of their items have headings
    of their own, which are no links themselves.
    """
    ordered = list(anchors)
    places: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in ordered:
        places[anchor.place].append(anchor)
    linked = {anchor.text for anchor in ordered if anchor.heading}
    titles = {id(anchor): title for group in places.values() for anchor, title in _titled(group, page, linked)}
    return [
        replace(anchor, text=titles[id(anchor)], heading=True) if id(anchor) in titles else anchor for anchor in ordered
    ]


def _titled(group: Sequence[Anchor], page: LinkedPage, linked: Collection[str]) -> list[tuple[Anchor, str]]:
    """The links of one kind of place with the titles of their items; none where it is no such list."""
    if len({anchor.key for anchor in group}) < FEWEST or any(anchor.heading for anchor in group):
        return []
    labelled = _first_of_each(group)
    keys = {anchor.key for anchor in labelled}
    if len(keys) < FEWEST:
        return []
    items, found, end = items_of(labelled, page), list[tuple[Anchor, str]](), 0
    for anchor in labelled:
        start, stop = items[anchor.key]
        is_bare = (start, stop) == (anchor.start, anchor.end)
        title = page.heading_between(end, anchor.start) if is_bare else page.heading_between(start, stop)
        end = anchor.end
        if title and title not in linked:
            found.append((anchor, title))
    found = found or _in_a_column(labelled, items, page)
    distinct = {title for _, title in found}
    return found if len(distinct) >= _NEARLY_ALL * len(keys) else []


def _first_of_each(group: Sequence[Anchor]) -> list[Anchor]:
    """The links of one kind of place that say what the others say, sizes of files apart. Where each item has several
    ("View", "(214 KB)"), the first that is no file; none where the links say something of their own."""
    said: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in group:
        said[without_size(anchor.text)].append(anchor)
    common = {label: each for label, each in said.items() if len(each) >= FEWEST and len(label) <= _LONGEST_LABEL}
    if not common or sum(map(len, common.values())) < _NEARLY_ALL * len(group):
        return []
    one = min(common.values(), key=lambda each: is_file(each[0]))
    if len(common) == 1:  # an icon without a text leads to what the words beside it do
        return [anchor for anchor in group if anchor in one or not anchor.text]
    return one


def _in_a_column(
    anchors: Sequence[Anchor], items: Mapping[str, tuple[int, int]], page: LinkedPage
) -> list[tuple[Anchor, str]]:
    """The links with what stands in the same way in nearly all of their items: other words in each, of which none is
    a link, as in the column of a table. None where the items have no days."""
    if len(days_of(anchors, page)) < _NEARLY_ALL * len(items):
        return []
    links = merged((anchor.start, anchor.end) for anchor in page.anchors)
    starts = [start for start, _ in links]
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    for one, (start, end) in items.items():
        first = bisect_left(page.pieces, start, key=lambda piece: piece.start)
        for piece in islice(page.pieces, first, first + _MOST_PIECES):
            n = bisect_right(starts, piece.start) - 1
            is_linked = n >= 0 and piece.start < links[n][1]
            if piece.end <= end and not is_linked and not page.days_between(piece.start, piece.end):
                before = columns[piece.place].get(one, "")
                columns[piece.place][one] = max(before, page.text[piece.start : piece.end], key=len)
    several = (texts for texts in columns.values() if len(set(texts.values())) >= _NEARLY_ALL * len(items))
    best = next((each for each in several if SHORTEST <= median(map(letters, each.values())) <= _LONGEST_TITLE), {})
    return [(anchor, best[anchor.key]) for anchor in anchors if anchor.key in best]


def each_at_one_address(anchors: Sequence[Anchor]) -> tuple[list[Anchor], frozenset[str]]:
    """The links, in their order, those to one release by several addresses with one of these; and the parts by which
    these differ (see `twins`)."""
    twins = Twins()
    named = (Named(one.url, one.text, place=one.place) for one in anchors if letters(one.text) >= SHORTEST)
    other = twins.take(named)
    single = [replace(one, url=there, key=key(there)) if (there := other.get(one.url)) else one for one in anchors]
    return single, twins.idle


def titles_of(articles: Sequence[Sequence[Anchor]], candidates: Iterable[Anchor], page: LinkedPage) -> tuple[str, ...]:
    """What the links to each article say of it: a heading first, never what others say too ("read more"); where they
    say little, the heading before them, if the others have headings of their own, too."""
    repeated = repeated_of(candidates)
    said = [_said(anchors, repeated) for anchors in articles]
    short = [n for n, words in enumerate(said) if letters(words) < SHORTEST]
    ends = [0, *(max(anchor.end for anchor in anchors) for anchors in articles)]
    headings = {n: page.heading_between(max(ends[n], articles[n][0].start - _NEAR), articles[n][0].end) for n in short}
    are_of_items = 2 * sum(map(bool, headings.values())) > len(short)
    return tuple((are_of_items and headings.get(n)) or words for n, words in enumerate(said))


def letters(text: str) -> float:
    """Letters of a text, those of scripts without spaces counting for two and a half."""
    return len(text) + 1.5 * len(WIDE.findall(text))


def _said(anchors: Iterable[Anchor], repeated: Collection[str]) -> str:
    """What the links to an article say of it."""
    said = [anchor for anchor in anchors if anchor.text and anchor.text not in repeated]
    headed = [anchor.text for anchor in said if anchor.heading]
    longest = max((anchor.text for anchor in said), key=len, default="")
    return headed[0] if headed else longest


def labels_of(anchors: Iterable[Anchor]) -> frozenset[str]:
    """What the links to several addresses say ("Read more")."""
    return frozenset(text for text, number in _addresses(anchors).items() if number >= FEWEST)


def repeated_of(candidates: Iterable[Anchor]) -> frozenset[str]:
    """What links to more than one address say."""
    return frozenset(text for text, number in _addresses(candidates).items() if number > 1)


def _addresses(anchors: Iterable[Anchor]) -> dict[str, int]:
    """To how many addresses the links lead that say the same."""
    found: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        found[anchor.text].add(anchor.key)
    return {text: len(keys) for text, keys in found.items()}
