"""Lists whose items are not linked by their headline: a heading, a teaser, and a link that says the same in all. Pure.

What such a link says ("Read more", in any language, or a picture) is no title. The item's title is the heading that
stands in the item, or, where nothing surrounds the items, between one link and the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.items.days import items_of

FEWEST = 3
"""Items of a list from which on it shows that its links all say the same."""

_NEARLY_ALL = 0.8
_LONGEST_LABEL = 60


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
    keys = {anchor.key for anchor in group}
    if len(keys) < FEWEST or any(anchor.heading for anchor in group):
        return []
    (label, number), *_ = Counter(anchor.text for anchor in group).most_common(1)
    if number < _NEARLY_ALL * len(group) or len(label) > _LONGEST_LABEL:
        return []
    items, found, end = items_of(group, page), list[tuple[Anchor, str]](), 0
    for anchor in group:
        start, stop = items[anchor.key]
        is_bare = (start, stop) == (anchor.start, anchor.end)
        title = page.heading_between(end, anchor.start) if is_bare else page.heading_between(start, stop)
        end = anchor.end
        if title and title not in linked and anchor.text in ("", label):
            found.append((anchor, title))
    distinct = {title for _, title in found}
    return found if len(distinct) >= _NEARLY_ALL * len(keys) else []
