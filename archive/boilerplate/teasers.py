"""Sentences of one page that other pages show as teasers: the beginning of a related release, of the newest. Pure.

Such a teaser may be on many pages, but it is the text of one of them and no boilerplate. It is part of a link to that
page, or stands below one: a link that says what only the title of that page says otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from archive.boilerplate.samples import TemplatePage

_SENTENCE, _TITLE = 40, 12
_WHOLLY, _HARDLY = 90, 50
"""Percent of a passage's characters inside links from which on it is a link, and below which it is none."""

_BELOW = 3
"""Passages between which and a sentence only a day or a topic may stand."""


_NAMESAKES = 8
"""Pages at most that have one title: of a monthly series, say."""


def said_on_one_page(pages: Sequence[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent passages that are sentences of one page alone; wherever else they are, they are teasers of it."""
    titles = _titles(pages)
    plain: Counter[int] = Counter()
    owner: dict[int, int] = {}
    of: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        own = set[int]()
        for mark, titled in _sentences(page, often, titles, number):
            if titled:
                of[mark].append(titled)
            else:
                own.add(mark)
                owner[mark] = number
        plain.update(own)
    once = (mark for mark, times in plain.items() if times == 1)
    return {mark for mark in once if all(owner[mark] in titled for titled in of[mark])}


def _titles(pages: Sequence[TemplatePage]) -> dict[int, frozenset[int]]:
    """What stands on a few pages without a link, and on which: titles are among it, which some releases share."""
    seen: defaultdict[int, set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for mark, length, link in zip(page.marks, page.lengths, page.links, strict=True):
            if length >= _TITLE and link < _HARDLY:
                seen[mark].add(number)
    return {mark: frozenset(numbers) for mark, numbers in seen.items() if len(numbers) <= _NAMESAKES}


def _sentences(
    page: TemplatePage, often: Container[int], titles: dict[int, frozenset[int]], number: int
) -> Iterator[tuple[int, frozenset[int]]]:
    """The frequent sentences of a page that are no links, each with the other pages whose linked title it stands below
    (none: below no title)."""
    rows = list(zip(page.marks, page.lengths, page.links, strict=True))
    for n, (mark, length, link) in enumerate(rows):
        if mark in often and length >= _SENTENCE and link < _WHOLLY:
            linked = (one for one, _, share in rows[max(0, n - _BELOW) : n] if share >= _WHOLLY)
            above = (titles.get(one, frozenset()) - {number} for one in linked)
            yield mark, next(filter(None, above), frozenset())
