"""The places of a source's pages that hold no text, whatever a single page looks like. Pure.

The pages of a source are built alike, and a place (the tags and classes that lead to it) holds the same on each: the
article, readers' comments, teasers. Where the pages together say that a place holds no text, a page on which it was
taken for text is the odd one (site style trees: Yi, Liu and Li, KDD 2003). A place is only ever left out so; none is
taken for text because it was on other pages: captions and teasers stand in the places of paragraphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest
from math import log

from archive.boilerplate.sample import UNKNOWN
from archive.boilerplate.sample_set import TemplatePage

MIN_PAGES = 3
_UNLIKELY, _DOUBTED = -0.5, -1.0
"""The mean log-odds of a place below which it holds no text, and those above which a page doubts it."""

_TAKEN, _HALF = 45, 0.5
"""The likelihood, in percent, from which a passage is taken, and the share of the pages that may take a place."""

_MOST_PLACES = 500
_MOST_WEIGHT, _LEAST_WEIGHT = 400, 6
"""What a passage counts: its characters up to the first, and the second for being there at all."""

_LOG_ODDS = [log(max(percent, 2) / (100 - min(max(percent, 2), 98))) for percent in range(99)] + [log(98 / 2)] * 2
"""By likelihood in percent; none is surer than 0.98."""


def unlikely_places(pages: Sequence[TemplatePage]) -> frozenset[int]:
    """The places that hold no text: on three pages at least, unlikely in the mean, and taken on half of them at most.

    Only such that some page doubts; the others make no difference to a page like those.
    """
    seen: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for page in pages:
        for place, judged in _judged(page).items():
            seen[place].append(judged)
    means: list[tuple[float, int]] = []
    for place, judgements in seen.items():
        mean = sum(odds for odds, _ in judgements) / len(judgements)
        taken = sum(is_taken for _, is_taken in judgements)
        is_doubted = max(odds for odds, _ in judgements) > _DOUBTED
        if len(judgements) >= MIN_PAGES and mean < _UNLIKELY and taken <= _HALF * len(judgements) and is_doubted:
            means.append((mean, place))
    return frozenset(place for _, place in nlargest(_MOST_PLACES, means))


def _judged(page: TemplatePage) -> dict[int, tuple[float, bool]]:
    """The mean log-odds of each place of a page by the lengths of its passages, and whether most of it was taken."""
    sums: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for place, length, likely in zip(page.places, page.lengths, page.likely, strict=True):
        if likely != UNKNOWN:
            weight = min(length, _MOST_WEIGHT) + _LEAST_WEIGHT
            held = sums[place]
            held[0] += weight * _LOG_ODDS[likely]
            held[1] += weight
            held[2] += weight * (likely >= _TAKEN)
    return {place: (odds / whole, taken > whole / 2) for place, (odds, whole, taken) in sums.items()}
