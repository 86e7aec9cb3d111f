"""Sentences of one page that other pages show in links to it: the beginning of a related release, of the newest. Pure.

Such a teaser may be on many pages, but it is the text of one of them and no boilerplate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable

from archive.boilerplate.samples import TemplatePage

_SENTENCE = 40
_WHOLLY = 90
"""Percent of a passage's characters inside links from which on it is a link."""


def said_on_one_page(pages: Iterable[TemplatePage], often: Container[int]) -> set[int]:
    """The frequent passages that are sentences of one page alone; wherever else they are, they are links."""
    plain: Counter[int] = Counter()
    for page in pages:
        rows = zip(page.marks, page.lengths, page.links, strict=True)
        plain.update({mark for mark, length, link in rows if mark in often and length >= _SENTENCE and link < _WHOLLY})
    return {mark for mark, number in plain.items() if number == 1}
