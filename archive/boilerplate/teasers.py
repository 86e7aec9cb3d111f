"""Sentences and headlines of one page that others show as teasers: of a related release, of the newest. Pure.

Such a teaser may be on many pages, but it is the text of one of them and no boilerplate. It is part of a link to that
page, or stands below one: a link that says what only the title of that page says otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from archive.boilerplate.sample import DENSE_SENTENCE, SENTENCE
from archive.boilerplate.sample_set import TemplatePage
from archive.text.characters import DENSE

_TITLE = 12
"""Characters of a title."""

_WHOLLY, _HARDLY = 90, 50
"""Percent of a passage's characters inside links from which on it is a link, and below which it is none."""

_BELOW = 3
"""Passages between which and a sentence only a day or a topic may stand."""


_NAMESAKES = 8
"""Pages at most that have one title: of a monthly series, say."""


_OF_PAGES, _MENU, _LONG = 2, 0.8, 9
"""Pages at most that have a headline which others link; the share of pages that link an entry of the menu, and its
characters at most."""

_SAY_IT = 3
"""Pages at most that say a sentence, each with its own figures."""


def said_on_one_page(pages: Sequence[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent passages that are sentences of one page alone, or of a few that differ in figures; elsewhere they
    are teasers of these."""
    owners: defaultdict[int, set[int]] = defaultdict(set)
    of: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
    titles, dense = _titles(pages), dict[int, bool]()
    for number, page in enumerate(pages):
        _look_for_dense(page, often, dense)
        for mark, titled in _sentences(page, often, dense, titles, number):
            if titled:
                of[mark].append(titled)
            else:
                owners[mark].add(number)
    return {mark for mark, own in owners.items() if _is_teaser(own, of[mark])}


def linked_headlines(pages: Sequence[TemplatePage], repeated: Container[int]) -> frozenset[int]:
    """The repeated passages that are headlines of a page or two, and elsewhere links to these: each page's own heading
    is no name of a section, though lists of the newest or of related releases repeat it.

    A short one that nearly all pages link is an entry of the menu.
    """
    linked: Counter[int] = Counter()
    said: Counter[int] = Counter()
    longest: dict[int, int] = {}
    for page in pages:
        rows = zip(page.marks, page.lengths, page.links, strict=True)
        found = [row for row in rows if row[0] in repeated]
        linked.update({mark for mark, _, link in found if link >= _WHOLLY})
        said.update({mark for mark, _, link in found if link < _HARDLY})
        longest.update((mark, length) for mark, length, link in found if link < _HARDLY)
    most = _MENU * len(pages)
    return frozenset(
        mark
        for mark, count in said.items()
        if linked[mark] > 0 and count <= _OF_PAGES and (linked[mark] < most or longest[mark] >= _LONG)
    )


def _is_teaser(owners: set[int], of: Sequence[frozenset[int]]) -> bool:
    """Whether a sentence is that of one page, or, with other figures, of a few; and else stands below their titles."""
    is_of_few = len(owners) == 1 or (len(owners) <= _SAY_IT and len(of) >= len(owners))
    return is_of_few and not any(owners.isdisjoint(titled) for titled in of)


def _titles(pages: Sequence[TemplatePage]) -> dict[int, frozenset[int]]:
    """What stands on a few pages without a link, and on which: titles are among it, which some releases share."""
    seen: defaultdict[int, set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for mark, length, link in zip(page.marks, page.lengths, page.links, strict=True):
            if length >= _TITLE and link < _HARDLY:
                seen[mark].add(number)
    return {mark: frozenset(numbers) for mark, numbers in seen.items() if len(numbers) <= _NAMESAKES}


def _look_for_dense(page: TemplatePage, often: Container[int], dense: dict[int, bool]) -> None:
    """Whether the short frequent passages of a page that no page before had are in a script without blanks."""
    rows = zip(page.marks, page.lengths, strict=True)
    new = [n for n, (mark, length) in enumerate(rows) if _is_short(length) and mark in often and mark not in dense]
    if new:
        shown = page.shown()
        dense.update((page.marks[n], DENSE.search(shown[n]) is not None) for n in new)


def _is_short(length: int) -> bool:
    return DENSE_SENTENCE <= length < SENTENCE


def _sentences(
    page: TemplatePage,
    often: Container[int],
    dense: dict[int, bool],
    titles: dict[int, frozenset[int]],
    number: int,
) -> Iterator[tuple[int, frozenset[int]]]:
    """The frequent sentences of a page that are no links, each with the other pages whose linked title is next above it
    (none: below no title)."""
    rows = list(zip(page.marks, page.lengths, page.links, strict=True))
    for n, (mark, length, link) in enumerate(rows):
        is_sentence = length >= SENTENCE or (_is_short(length) and dense.get(mark, False))
        if is_sentence and mark in often and link < _WHOLLY:
            linked = (one for one, _, share in reversed(rows[max(0, n - _BELOW) : n]) if share >= _WHOLLY)
            yield mark, next((titles[one] - {number} for one in linked if one in titles), frozenset())
