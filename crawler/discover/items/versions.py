"""Links that stand beside the headline of an item and say the same in all items: its PDF version, a print view. Pure.

Their addresses may say nothing of a file (`/node/12/pdf`), nor what they say in any language. But each stands in the
item of a link that has a title of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.documents.attachments import says_file
from crawler.discover.items.days import items_of
from crawler.discover.items.titles import SHORTEST, letters, repeated_of

_NEARLY_ALL = 0.8


def versions_in(anchors: Sequence[Anchor], page: LinkedPage) -> frozenset[str]:
    """The keys of those links of one kind of place, in their order, that lead to another form of what a link with a
    title in the same item leads to. Nearly all that say the same must stand so; one alone says "PDF" or the like."""
    labels = repeated_of(anchors)
    titled = [anchor for anchor in anchors if anchor.text not in labels and letters(anchor.text) >= SHORTEST]
    titled = [anchor for anchor in titled if not says_file(anchor.text)]
    named = {anchor.key for anchor in titled}
    others = [anchor for anchor in anchors if anchor.key not in named]
    if not (named and others):
        return frozenset()
    places = sorted(items_of(titled, page).values())
    beside: dict[str, dict[str, bool]] = defaultdict(dict)
    for anchor in others:
        if anchor.text in labels:
            n = bisect_right(places, (anchor.start, len(page.text))) - 1
            beside[anchor.text][anchor.key] = n >= 0 and anchor.end <= places[n][1]
    sure = [found for found in beside.values() if sum(found.values()) >= _NEARLY_ALL * len(found)]
    alone = {anchor.key for anchor in others if anchor.text not in labels and says_file(anchor.text)}
    return frozenset(alone).union(*sure)
