"""What stands beside the releases of a listing: other lists with a heading of their own, and the other language. Pure.

A page of releases may show coming events above them, studies below them, or a column in another language; their
addresses may have the shape of releases. What tells them apart is what the page says of them: the heading of their
block, the language of their links.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.items.days import items_of
from crawler.discover.shape import names_another_edition
from crawler.discover.vocabulary import ARCHIVE, ELSEWHERE, MORE, MORE_ARTICLES, NEWS, NEWS_STEM, NEXT, hyphened

_LONGEST_HEADING, _MOST_WORDS = 60, 5
_MOST_ABOVE = 500
"""Headings above a list that are looked at: a page may have many lists, and many headings above each."""

_MOST_HEADINGS, _MOST_OTHERS, _MOST_LABELS = 2_000, 20, 50
"""Headings of a page that are looked at for those of other lists, such that are, and such that may be."""

_LEVEL, _LOWEST = re.compile(r"\bh([1-6])\."), 6
_DATED, _NEARLY_ALL = 3, 0.8
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_of_another_language(anchor: Anchor, page: LinkedPage, url: str) -> bool:
    """Whether a link says that what is behind it is in another language than the page, or its address does."""
    here, there = (language.replace("_", "-").partition("-")[0] for language in (page.language, anchor.language))
    if here and there and here != there and len(here) == len(there):
        return True
    return names_another_edition(take_apart(anchor.url), take_apart(url).own_editions)


def heading_of(anchors: Sequence[Anchor], page: LinkedPage) -> str:
    """The last heading above a list of links that is one of all of them, as the lists of words have it; "" if none."""
    items = items_of(anchors, page).values()
    first = min((start for start, _ in items), default=anchors[0].start)
    above = bisect_right(page.headings, (first, first))
    for start, end in reversed(page.headings[max(0, above - _MOST_ABOVE) : above]):
        section = page.sections.get((start, end))
        if start < end <= first and section and section[0] <= first and anchors[-1].end <= section[1]:
            return hyphened(page.text[start:end])[:_LONGEST_HEADING]
    return ""


def by_list(
    places: Iterable[tuple[Sequence[Anchor], bool]], page: LinkedPage, is_else: Callable[[Anchor], bool]
) -> Iterator[tuple[Sequence[Anchor], bool]]:
    """Links by kind of place, those under a heading of something else apart from those under one of releases: systems
    of portlets mark up both lists alike. A heading is one of something else by its words, or by the addresses of all
    links below it (`is_else`). What is said of a place (`bool`) is said of its parts."""
    said = _parts_of(page)
    labels = [(part, names_something_else(heading)) for _, part, heading in said if _is_other_label(heading)]
    named = [places for *places, heading in said if labels and _names_releases(heading)][:_MOST_OTHERS]
    own = [*dict.fromkeys(place for places in named for place in places)]
    by_words = [section for section, is_named in labels if is_named][:_MOST_OTHERS]
    for anchors, is_so in places:
        left = anchors
        elsewhere = {anchor.key for anchor in anchors if is_else(anchor)} if own else set()
        others = [section for section, _ in labels[:_MOST_LABELS]] if elsewhere else by_words
        for section in others:
            part, rest = _within(left, section), _without(left, section)
            if not (section in by_words or elsewhere.issuperset(anchor.key for anchor in part)):
                continue
            if part and any(rest and not _without(rest, one) and not _within(part, one) for one in own):
                yield part, is_so
                left = rest
        yield left, is_so


def _parts_of(page: LinkedPage) -> list[tuple[tuple[int, int], tuple[int, int], str]]:
    """The headings that may be those of lists, each with its section and its part of that. Where several stand in one,
    as in the running text of a page, each begins a part of it, up to the next that is not below it: those of releases
    stand below that of their list."""
    said = ((place, hyphened(page.text[place[0] : place[1]][:_LONGEST_HEADING])) for place in page.headings)
    known = [
        (place[0], page.sections[place], heading)
        for place, heading in islice(said, _MOST_HEADINGS)
        if place in page.sections and (_is_label(heading) or _names_releases(heading))
    ]
    shared = Counter(section for _, section, _ in known)
    found: list[tuple[tuple[int, int], tuple[int, int], str]] = []
    following: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for start, section, heading in reversed(known):
        level, after = _level_at(start, page), following[section]
        while after and after[-1][0] > (level or _LOWEST):
            after.pop()
        end = after[-1][1] if after else section[1]
        found.append((section, (start, end) if shared[section] > 1 else section, heading))
        after.append((level, start))
    return found[::-1]


def _level_at(start: int, page: LinkedPage) -> int:
    """The level of the heading that begins at a place of the text, 1 to 6; 0 where the markup around it hides that."""
    level = _LEVEL.search(page.piece_at(start).place)
    return int(level[1]) if level else 0


def _within(anchors: Sequence[Anchor], section: tuple[int, int]) -> list[Anchor]:
    return [one for one in anchors if section[0] <= one.start and one.end <= section[1]]


def _without(anchors: Sequence[Anchor], section: tuple[int, int]) -> list[Anchor]:
    return [one for one in anchors if not (section[0] <= one.start and one.end <= section[1])]


def names_something_else(heading: str) -> bool:
    """Whether a heading is one of events, jobs, publications and the like."""
    return _is_other_label(heading) and any(word in ELSEWHERE for word in heading.split("-"))


def is_another_list(heading: str, leading: str) -> bool:
    """Whether a heading is another than that of the releases, and names neither news nor an archive of them."""
    return heading != leading and _is_other_label(heading)


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


def _is_label(heading: str) -> bool:
    """Whether a heading has few words: others are the titles of releases."""
    return 0 < len(heading) < _LONGEST_HEADING and heading.count("-") < _MOST_WORDS


def _is_other_label(heading: str) -> bool:
    return _is_label(heading) and not _names_releases(heading)


def _names_releases(heading: str) -> bool:
    words = heading.split("-")
    return (
        heading in NEWS
        or heading in MORE_ARTICLES
        or bool(NEWS_STEM.search(heading.replace("-", " ")))
        or bool(_YEAR.search(heading))
        or any(word in ARCHIVE or word in MORE or word in NEXT for word in words)
    )


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
