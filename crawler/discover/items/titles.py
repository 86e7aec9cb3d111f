"""What a list calls its items: what their links say, or the headings that stand with them. Pure.

Some lists do not link their headlines: an item is a heading, a teaser, and a link that says the same in all. What such
a link says ("Read more", in any language, or a picture) is no title. The item's title is the heading that stands in the
item, or, where nothing surrounds the items, between one link and the next. Rows of tables have no headings: their
titles stand in a column.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import replace
from statistics import median

from archive.core.urls import key
from crawler.discover.anchors import Anchor, LinkedPage, Piece
from crawler.discover.documents.attachments import without_size
from crawler.discover.items.addresses import WIDE, has_article_shape, is_file, is_page_of_a_month
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

_EMPHASIS = re.compile(r"/(?:b|strong|em|i|u|q|sup|sub|abbr|mark)\.[^/]*$")
"""With what the kind of place of a word ends that is written in bold letters or the like."""


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
    may_lack_days = not any(map(_says_titles, places.values()))
    titled = (one for group in places.values() for one in _titled(group, page, linked, may_lack_days))
    called = {id(anchor): one for anchor, one in titled}
    return [called.get(id(anchor), anchor) for anchor in ordered]


def _says_titles(group: Sequence[Anchor]) -> bool:
    """Whether the links of one kind of place lead to articles, and say their titles."""
    titles = {anchor.text for anchor in group if len(anchor.text) >= SHORTEST and has_article_shape(anchor)}
    return len(titles) >= FEWEST


def _titled(
    group: Sequence[Anchor], page: LinkedPage, linked: Collection[str], may_lack_days: bool
) -> list[tuple[Anchor, Anchor]]:
    """The links of one kind of place, and what they are with the titles of their items; none where it is no such list.

    Where only the addresses have days (`may_lack_days`), what stands there is no heading: it is read as a title on a
    page that has no other list of articles.
    """
    if len({anchor.key for anchor in group}) < FEWEST or any(anchor.heading for anchor in group):
        return []
    alike, label = group, _label_of(group)
    if label is None:  # a file beside each page, as in rows that say "View" and "(214 KB)"
        alike = [anchor for anchor in group if not is_file(anchor)]
        label = _label_of(alike)
    labelled = [anchor for anchor in alike if label is not None and without_size(anchor.text) in ("", label)]
    keys = {anchor.key for anchor in labelled}
    if len(keys) < FEWEST:
        return []
    items, found, end = items_of(alike, page), list[tuple[Anchor, str]](), 0
    for anchor in labelled:
        start, stop = items[anchor.key]
        is_bare = (start, stop) == (anchor.start, anchor.end)
        title = page.heading_between(end, anchor.start) if is_bare else page.heading_between(start, stop)
        end = anchor.end
        if title and title not in linked:
            found.append((anchor, title))
    if alike is not group and found:  # the file may be that of another item, with a heading of its own
        return []
    is_heading = bool(found) or _have_days(labelled, items, page)
    if not (found or is_heading or (may_lack_days and _have_months(labelled, items))):
        return []
    found = found or _in_a_column(labelled, items, page)
    distinct = {title for _, title in found}
    are_own = len(distinct) >= _NEARLY_ALL * len({anchor.key for anchor in alike})
    return [(one, replace(one, text=title, heading=is_heading)) for one, title in found if are_own]


def _label_of(group: Sequence[Anchor]) -> str | None:
    """What nearly all links of one kind of place say, sizes of files apart; None where they say something of their
    own."""
    said = Counter(without_size(anchor.text) for anchor in group).most_common(1)
    label, number = said[0] if said else ("", 0)
    return label if group and number >= _NEARLY_ALL * len(group) and len(label) <= _LONGEST_LABEL else None


def _have_days(anchors: Sequence[Anchor], items: Sized, page: LinkedPage) -> bool:
    return bool(page.days) and len(days_of(anchors, page)) >= _NEARLY_ALL * len(items)


def _have_months(anchors: Sequence[Anchor], items: Sized) -> bool:
    """Whether nearly all items have a month in their addresses."""
    return len({anchor.key for anchor in anchors if is_page_of_a_month(anchor)}) >= _NEARLY_ALL * len(items)


def _in_a_column(
    anchors: Sequence[Anchor], items: Mapping[str, tuple[int, int]], page: LinkedPage
) -> list[tuple[Anchor, str]]:
    """The links with what stands in the same way in nearly all of their items: other words in each, of which none is
    a link, as in the column of a table; of several columns the first. None where other links to them say titles: what
    stands there is a summary."""
    if 2 * len(items.keys() & _called(page)) > len(items):
        return []
    links = merged((anchor.start, anchor.end) for anchor in page.anchors)
    starts = [start for start, _ in links]
    columns: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for one, (start, end) in items.items():
        first = bisect_left(page.pieces, start, key=lambda piece: piece.start)
        last = min(bisect_right(page.pieces, end, key=lambda piece: piece.end), first + _MOST_PIECES)
        counts: Counter[str] = Counter()
        for at, piece in enumerate(page.pieces[first:last], first):
            n = bisect_right(starts, piece.start) - 1
            is_linked = n >= 0 and piece.start < links[n][1]
            if is_linked or page.days_between(piece.start, piece.end):
                continue
            if not any(
                _stands_in(other, piece, page) for other in (*page.pieces[at - 1 : at], *page.pieces[at + 1 : at + 2])
            ):
                columns[piece.place, counts[piece.place]][one] = page.text[piece.start : piece.end]
            counts[piece.place] += 1
    several = (texts for texts in columns.values() if len(set(texts.values())) >= _NEARLY_ALL * len(items))
    best = next(
        (each for each in several if SHORTEST <= median(map(_letters_alone, each.values())) <= _LONGEST_TITLE), {}
    )
    return [(anchor, best[anchor.key]) for anchor in anchors if anchor.key in best]


def _called(page: LinkedPage) -> set[str]:
    """The addresses to which a link leads that says what no other does, and no day: a title."""
    said = _addresses(page.anchors)
    return {
        anchor.key
        for anchor in page.anchors
        if said[anchor.text] == 1
        and _letters_alone(anchor.text) >= SHORTEST
        and not page.days_between(anchor.start, anchor.end)
    }


def _letters_alone(text: str) -> float:
    """Letters of a text without its figures and signs: the number of a release is no title."""
    return letters("".join(filter(str.isalpha, text)))


def _stands_in(piece: Piece, text: Piece, page: LinkedPage) -> bool:
    """Whether a run of text may be an emphasised word amid another, which then is but a part of its sentence."""
    found = _EMPHASIS.search(piece.place)
    is_within = found is not None and text.place.endswith(piece.place[: found.start()])
    return is_within and any(map(str.isalpha, page.text[piece.start : piece.end]))


def each_at_one_address(anchors: Sequence[Anchor]) -> tuple[list[Anchor], frozenset[str]]:
    """The links, in their order, those to one release by several addresses with one of these; and the parts by which
    these differ (see `twins`)."""
    twins = Twins()
    named = (Named(one.url, one.text, place=one.place) for one in anchors if letters(one.text) >= SHORTEST)
    other = twins.take(named)
    single = [replace(one, url=there, key=key(there)) if (there := other.get(one.url)) else one for one in anchors]
    return single, twins.idle


def titles_of(articles: Sequence[Sequence[Anchor]], candidates: Iterable[Anchor], page: LinkedPage) -> tuple[str, ...]:
    """What the links to each article say of it: a heading first, never what others say too ("read more"), but for two
    of one title; where they say little, the heading before them, if the others have headings of their own, too."""
    repeated = repeated_of(candidates)
    said = [_said(anchors, repeated) for anchors in articles]
    short = [n for n, words in enumerate(said) if letters(words) < SHORTEST]
    ends = [0, *(max(anchor.end for anchor in anchors) for anchors in articles)]
    headings = {n: page.heading_between(max(ends[n], articles[n][0].start - _NEAR), articles[n][0].end) for n in short}
    are_of_items = 2 * sum(map(bool, headings.values())) > len(short)
    shared = _shared_titles(articles, repeated) if not all(said) else frozenset()
    bare = {n: next((one.text for one in articles[n] if one.text in shared), "") for n in short if not said[n]}
    return tuple((are_of_items and headings.get(n)) or words or bare.get(n, "") for n, words in enumerate(said))


def _shared_titles(articles: Iterable[Iterable[Anchor]], repeated: Collection[str]) -> frozenset[str]:
    """What few articles of a list share as their titles: in a kind of place where nearly all links say something of
    their own ("Consumer prices, May", and the correction of it)."""
    places: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in (one for anchors in articles for one in anchors):
        places[anchor.place].append(anchor)
    titles = (group for group in places.values() if _say_their_own(group))
    said = {one.text for group in titles for one in group if one.text in repeated and letters(one.text) >= SHORTEST}
    return frozenset(said - labels_of(one for group in places.values() for one in group))


def _say_their_own(group: Collection[Anchor]) -> bool:
    """Whether most links of one kind of place say what no other does."""
    said = Counter(anchor.text for anchor in group)
    return 2 * sum(number == 1 for number in said.values()) > len(group)


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
