"""Lines that take turns on the pages of a source: they come to pages and go from others, again and again. Pure.

Teasers, notices and offers that a site draws anew for each visit stand now on this page and now on that. What each
page showed at its other captures tells them from the sentence that some releases have: that stays where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from archive.boilerplate.sample_set import TemplatePage

_LEAST, _SHARE = 2, 0.5
"""The pages to which a line came after they were seen without it, and those that it left, at least; the share that
both are of all that have or had it."""


def take_turns(pages: Sequence[TemplatePage], often: Iterable[int]) -> set[int]:
    """The frequent lines that came to several pages and left several, and are hardly anywhere to stay.

    What a publisher adds to several releases comes to them and stays, and what he withdraws goes and stays away.
    """
    frequent = set(often)
    on: Counter[int] = Counter()
    came: Counter[int] = Counter()
    went: Counter[int] = Counter()
    moved: Counter[int] = Counter()
    for page in pages:
        shown = frequent.intersection(page.marks)
        on.update(shown)
        for mark in frequent & page.spans.keys():
            has_come, has_gone = page.spans[mark][0] > page.first, mark not in shown
            on[mark] += has_gone
            came[mark] += has_come
            went[mark] += has_gone
            moved[mark] += has_come or has_gone
    return {
        mark for mark, count in moved.items() if count >= _SHARE * on[mark] and min(came[mark], went[mark]) >= _LEAST
    }
