"""Links that stand beside the headline of an item and say the same in all items: its PDF version, a print view. Pure.

Their addresses may say nothing of a file (`/node/12/pdf`), nor what they say in any language. But each stands in the
item of a link that has a title of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from crawler.discover.address_parts import has_figure
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.documents.attachments import says_file
from crawler.discover.items.addresses import is_file
from crawler.discover.items.days import items_of
from crawler.discover.items.titles import FEWEST, SHORTEST, letters, repeated_of

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


def without_files_of_pages(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The links of a page, in their order, without files that are another form of a page linked right before or after:
    they say its title, and besides nothing, or the same beside several titles ("PDF ... (opens in a new window)").

    Several that say so in one way beside one page are a series of its name ("Bulletin", then "Bulletin No. 12" and all
    before it), not its forms.
    """
    if all(map(is_file, anchors)) or not any(map(is_file, anchors)):
        return list(anchors)
    beside: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file, page, rest in _titled_files(anchors):
        beside[rest, page].add(file.key)
    single = [(rest, key) for (rest, _), keys in beside.items() if len(keys) == 1 for key in keys]
    often = Counter(rest for rest, _ in dict.fromkeys(single))
    dropped = {key for rest, key in single if not rest or often[rest] >= FEWEST}
    return [anchor for anchor in anchors if anchor.key not in dropped]


def _titled_files(anchors: Sequence[Anchor]) -> Iterator[tuple[Anchor, int, str]]:
    """The files that say the title of the page before or after them, with the place of that page, and what else they
    say, whatever its numbers are."""
    before = _pages_before(anchors)
    after = [len(anchors) - 1 - n if n >= 0 else n for n in reversed(_pages_before(anchors[::-1]))]
    for file, *pages in zip(anchors, before, after, strict=True):
        page = next((n for n in pages if n >= 0 and anchors[n].text in file.text), -1) if is_file(file) else -1
        if page >= 0:
            rest = file.text.replace(anchors[page].text, " ", 1)
            yield file, page, re.sub(r"[\W\d]+", " ", rest).strip() or ("number" if has_figure(rest) else "")


def _pages_before(anchors: Sequence[Anchor]) -> list[int]:
    """For each link the place of the last page before it that has a title; -1 where there is none."""
    found, last = [], -1
    for n, anchor in enumerate(anchors):
        found.append(last)
        last = n if letters(anchor.text) >= SHORTEST and not is_file(anchor) else last
    return found
