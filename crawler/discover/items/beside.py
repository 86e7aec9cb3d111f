"""What stands beside the releases of a listing: other lists with a heading of their own, and the other language. Pure.

A page of releases may show coming events above them, studies below them, or a column in another language; their
addresses may have the shape of releases. What tells them apart is what the page says of them: the heading of their
block, the language of their links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.items.headed import is_other_label
from crawler.discover.shape import names_another_edition
from crawler.discover.vocabulary import MORE_ARTICLES, hyphened

_DATED, _NEARLY_ALL = 3, 0.8
"""Releases of a list that have a day, at least, and their share."""


def is_of_another_language(anchor: Anchor, page: LinkedPage, url: str) -> bool:
    """Whether a link says that what is behind it is in another language than the page, or its address does."""
    here, there = (language.replace("_", "-").partition("-")[0] for language in (page.language, anchor.language))
    if here and there and here != there and len(here) == len(there):
        return True
    return names_another_edition(take_apart(anchor.url), take_apart(url).own_editions)


def is_another_list(heading: str, leading: str) -> bool:
    """Whether a heading is another than that of the releases, and names neither news nor an archive of them."""
    return heading != leading and is_other_label(heading)


def is_in_furniture(anchors: Sequence[Anchor], leading: Sequence[Anchor]) -> bool:
    """Whether links stand in sidebars, menus or the like, and those of a list do not: what is read most, or what others
    published."""
    return all(one.chrome for one in anchors) and not all(one.chrome for one in leading)


def block_of(anchors: Sequence[Anchor], others: Sequence[Anchor]) -> tuple[int, int]:
    """Where the largest element stands that holds links of one list, and none of another."""
    block = (anchors[0].start, anchors[-1].end)
    for start, end in anchors[0].around:
        if any(start <= other.start and other.end <= end for other in others):
            break
        block = (start, end)
    return block


def undated_below(
    articles: Iterable[Sequence[Anchor]], groups: Iterable[tuple[Sequence[Anchor], Collection[str]]], page: LinkedPage
) -> frozenset[str]:
    """The keys of links without a day that stand below a list of dated ones, under a heading of their own. Where the
    list has further pages these name its older releases, and such boxes what others published.

    `groups` are the links of one kind of place, the best first, each with the keys of those that have a day.
    """
    known = list(groups)
    keys = [{anchor.key for anchor in anchors} for anchors, _ in known]
    lists = (n for n, (_, days) in enumerate(known) if len(days) >= max(_DATED, _NEARLY_ALL * len(keys[n])))
    leading = next(lists, None)
    if leading is None:
        return frozenset()
    end = max(anchor.end for anchor in known[leading][0])
    listed = keys[leading].union(*(days for _, days in known))
    others = (anchors[0] for anchors in articles if anchors[0].key not in listed)
    headings = ((anchor.key, hyphened(page.heading_between(end, anchor.start))) for anchor in others)
    return frozenset(one for one, heading in headings if heading and heading not in MORE_ARTICLES)
