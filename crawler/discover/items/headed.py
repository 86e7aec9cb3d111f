"""The headings above lists of links, and lists that only their headings tell apart. Pure.

Systems of portlets mark up the releases and a list of events alike: their links stand in one kind of place. What tells
them apart is the heading of each, or that all links below it lead to something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from crawler.discover.anchors import Anchor, LinkedPage
from crawler.discover.items.days import items_of
from crawler.discover.vocabulary import ARCHIVE, BLOG, ELSEWHERE, MORE, MORE_ARTICLES, NEWS, NEWS_STEM, NEXT, hyphened

_LONGEST_HEADING, _MOST_WORDS = 60, 5
_MOST_ABOVE = 500
"""Headings above a list that are looked at: a page may have many lists, and many headings above each."""

_MOST_HEADINGS, _MOST_NAMED, _MOST_OTHERS = 2_000, 20, 50
"""Headings of a page that are looked at, those that name releases or something else, and those that say neither."""

_LEVEL, _LOWEST = re.compile(r"\bh([1-6])\."), 6
"""How the place of a text says the level of a heading, and the lowest level."""

_YEAR, _WORD = re.compile(r"(?:19|20)\d\d"), re.compile(r"[^\W\d_]+")

Place = tuple[int, int]
"""Where something begins and ends in the text of a page."""


@dataclass(frozen=True)
class _Headed:
    """What stands below a heading: the `section` of the page that it is the heading of, and the `part` of that up to
    the next heading of its level, where several share a section."""

    heading: str
    section: Place
    part: Place


@dataclass(frozen=True)
class HeadedLists:
    """Where the lists of a page stand that have headings: `of_releases` by their words, `of_others` by theirs (of them
    `of_blogs`), and all whose headings do not name releases (`unlike`)."""

    of_releases: tuple[Place, ...] = ()
    of_others: tuple[Place, ...] = ()
    of_blogs: tuple[Place, ...] = ()
    unlike: tuple[Place, ...] = ()

    def divided(self, anchors: Sequence[Anchor], is_else: Callable[[Anchor], bool]) -> Iterator[Sequence[Anchor]]:
        """The links of one kind of place, those of other lists apart: below a heading that names something else, or
        below one of which all addresses do (`is_else`). Where no list of releases is left beside them, all stay."""
        elsewhere = {anchor.key for anchor in anchors if is_else(anchor)} if self.of_releases else set()
        left = anchors
        for place in self.unlike if elsewhere else self.of_others:
            inside, outside = _within(left, place), _without(left, place)
            is_other = place in self.of_others or elsewhere.issuperset(anchor.key for anchor in inside)
            if inside and is_other and (self._are_releases(outside, inside) or self._is_blog_apart(place, inside)):
                yield inside
                left = outside
        yield left

    def _are_releases(self, anchors: Sequence[Anchor], others: Sequence[Anchor]) -> bool:
        """Whether one list of releases holds all of some links, and none of the others."""
        return bool(anchors) and any(
            not _without(anchors, place) and not _within(others, place) for place in self.of_releases
        )

    def _is_blog_apart(self, place: Place, anchors: Sequence[Anchor]) -> bool:
        """Whether links below the heading of a blog stand in none of a list of releases. A heading that is one of these
        links is the title of one ("Our new blog")."""
        is_title = anchors[0].heading and names_a_blog(hyphened(anchors[0].text))
        return place in self.of_blogs and not is_title and any(not _within(anchors, one) for one in self.of_releases)


def headed_lists(page: LinkedPage, url: str) -> HeadedLists:
    """The lists of a page by their headings; where all headings name releases there is nothing to tell apart."""
    headed = _headed(page)
    unlike = [one for one in headed if is_other_label(one.heading)]
    if not unlike:
        return HeadedLists()
    releases = [one for one in headed if names_releases(one.heading)][:_MOST_NAMED]
    blogs = [one.part for one in unlike if names_a_blog(one.heading)][:_MOST_NAMED]
    blogs = [] if is_of_blog(page, url) else blogs
    others = [one.part for one in unlike if names_something_else(one.heading)][:_MOST_NAMED]
    return HeadedLists(
        of_releases=tuple(dict.fromkeys(place for one in releases for place in (one.section, one.part))),
        of_others=tuple(dict.fromkeys((*others, *blogs))),
        of_blogs=tuple(blogs),
        unlike=tuple(one.part for one in unlike[:_MOST_OTHERS]),
    )


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


def _headed(page: LinkedPage) -> list[_Headed]:
    """What stands below the headings that may be those of lists. Where several stand in one section, as in the running
    text of a page, each begins a part of it, up to the next that is not below it: those of releases stand below that
    of their list."""
    said = ((place, hyphened(page.text[place[0] : place[1]][:_LONGEST_HEADING])) for place in page.headings)
    known = [
        (place[0], page.sections[place], heading)
        for place, heading in islice(said, _MOST_HEADINGS)
        if place in page.sections and (_is_label(heading) or names_releases(heading))
    ]
    shared = Counter(section for _, section, _ in known)
    found: list[_Headed] = []
    following: dict[Place, list[tuple[int, int]]] = defaultdict(list)  # level and start of the headings after one
    for start, section, heading in reversed(known):
        level, after = _level_at(start, page), following[section]
        while after and after[-1][0] > (level or _LOWEST):
            after.pop()
        end = after[-1][1] if after else section[1]
        found.append(_Headed(heading, section, (start, end) if shared[section] > 1 else section))
        after.append((level, start))
    return found[::-1]


def _level_at(start: int, page: LinkedPage) -> int:
    """The level of the heading that begins at a place of the text, 1 to 6; 0 where the markup around it hides that."""
    level = _LEVEL.search(page.piece_at(start).place)
    return int(level[1]) if level else 0


def _within(anchors: Sequence[Anchor], place: Place) -> list[Anchor]:
    return [one for one in anchors if place[0] <= one.start and one.end <= place[1]]


def _without(anchors: Sequence[Anchor], place: Place) -> list[Anchor]:
    return [one for one in anchors if not (place[0] <= one.start and one.end <= place[1])]


def names_something_else(heading: str) -> bool:
    """Whether a heading is one of events, jobs, publications and the like."""
    return is_other_label(heading) and any(word in ELSEWHERE for word in heading.split("-"))


def names_a_blog(heading: str) -> bool:
    """Whether a heading is one of a blog, webinars and the like."""
    return is_other_label(heading) and any(word in BLOG for word in heading.split("-"))


def is_of_blog(page: LinkedPage, url: str) -> bool:
    """Whether a page is that of a blog, by its address or its first main heading: its posts are what is wanted."""
    address = urlsplit(url)
    main = (place for place in islice(page.headings, _MOST_HEADINGS) if _level_at(place[0], page) == 1)
    named = (hyphened(page.text[start:end][:_LONGEST_HEADING]) for start, end in islice(main, 1))
    return not BLOG.isdisjoint(_WORD.findall(f"{address.hostname}{address.path}".lower())) or any(
        map(names_a_blog, named)
    )


def is_other_label(heading: str) -> bool:
    """Whether a heading may be one of a list, and names neither news nor an archive of them."""
    return _is_label(heading) and not names_releases(heading)


def _is_label(heading: str) -> bool:
    """Whether a heading has few words: others are the titles of releases."""
    return 0 < len(heading) < _LONGEST_HEADING and heading.count("-") < _MOST_WORDS


def names_releases(heading: str) -> bool:
    """Whether a heading is one of news, of an archive of them, or of more of them."""
    words = heading.split("-")
    return (
        heading in NEWS
        or heading in MORE_ARTICLES
        or bool(NEWS_STEM.search(heading.replace("-", " ")))
        or bool(_YEAR.search(heading))
        or any(word in ARCHIVE or word in MORE or word in NEXT for word in words)
    )
