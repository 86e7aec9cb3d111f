"""How likely each block of a page is part of its release: by the forests, and a second opinion where these are unsure.

The second opinion is trafilatura's, which lives here alone: it reads the page without its lists of links, and its text
is weighed with the rest. What is never a text, whoever takes it, is lowered at last. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from operator import mul

from lxml.html import HtmlElement

from archive.extract.asides import teasers_below, teasers_elsewhere
from archive.extract.classifier import doubt, first_scores, scores
from archive.extract.clean import KEPT
from archive.extract.features import Context, Description, PageFeatures
from archive.extract.paywall import offers
from archive.page.clutter import dialogs, hidden_lines, records, sign_ups, teasers
from archive.page.html import without
from archive.page.markup import StatedMarkup

CLEAR = 0.08
"""Where less than this share of a text is in doubt, a second opinion would change next to nothing."""

_SOME = 400.0
"""The weight of a text from which a first judgement, or the other's opinion, is one: less is a line or two."""

_LEFT = 0.35
"""The share of the weight that trafilatura takes below which little is left of a text."""

NOTHING, LEAST = 250.0, 0.2
"""The weight below which next to nothing is left of a text, and the least likelihood, or share, that may count."""

_HALF, _THEIRS = 0.5, 0.6
"""The likelihood from which a block is taken, and the one that a block gets that trafilatura takes."""

_MISSING, _UNLIKELY = 0.2, 0.1
"""The share of what trafilatura takes that may be missing amid ours, and the likelihood under which it is no text."""

_MOST_CELLS, _MOST_EMPTY = 1_000, 50_000
"""The cells of a row, and the places of tables in which no cell begins, that a second reader bears."""

_AGREED = 0.8
"""The share of what trafilatura takes that we take, too, where both read the same text."""

SURE = 0.95
"""The likelihood from which a block is text, whatever stands around it."""

_LONG, _NEARLY_ALL = 50, 0.9
"""The blocks of a place that is long, and the share of it that trafilatura takes where all of it is text."""

_BEGINNING, _BEGUN = 30, 0.35
"""The first blocks of such a place, and their likelihood where all of it is text."""

_LITTLE, _MUCH = 0.3, 4.0
"""What stands around the text that both take is worth leaving out from this share of its weight on, and too much to
doubt from this one on: then trafilatura has only a part of the text."""


def likelihoods(markup: StatedMarkup, url: str, title: str, page: PageFeatures) -> list[float]:
    """How likely each block is part of the release, in the order of the blocks.

    What is only read out, offers to subscribe, teasers, dialogs and lines hidden by themselves stand in a text
    and are never it.
    """
    likely = _likelihoods(markup, url, title, page)
    taken = [at for at, score in enumerate(likely) if score >= KEPT]
    read_out = {at for at in taken if page.found[at].container.is_for_screen_readers}
    apart = teasers(page.found, page.weights, taken) | hidden_lines(page.found, page.weights, taken)
    apart |= dialogs(page.found, page.weights, likely, taken)
    apart |= sign_ups(page.found, page.weights, likely, taken)
    apart |= teasers_below(page.found, page.weights, likely, taken, url)
    return lowered(likely, read_out | offers(page.found, taken) | apart)


def _likelihoods(markup: StatedMarkup, url: str, title: str, page: PageFeatures) -> list[float]:
    """The likelihoods by the forests and a second opinion.

    Where the first judgement is not clear, or takes next to nothing, trafilatura reads the page as well. Where next to
    nothing is left of what trafilatura found, its blocks count as the text; where little is left, both are unsure, and
    the likeliest blocks count; where much of it is missing amid the text, those of its blocks that stand there: a lost
    text is worse than a line too many. What stands around a text that both take, built
    like no passage that trafilatura takes, is not its text: comments, teasers, terms of use. Records beside a text
    (`archive.page.clutter`) are never it, whoever takes them.
    """
    described = Description(page, read_context(markup, title))
    rows = described.rows()
    first = first_scores(rows)
    if doubt(page.weights, first) < CLEAR and _taken(page.weights, first) >= _SOME:
        likely = scores(page.found, page.weights, rows, first)
        return lowered(likely, records(page.found, page.weights, likely, KEPT))
    voted = described.votes(opinion(page, markup.tree, url))
    rows = described.rows(voted)
    likely = scores(page.found, page.weights, rows, first_scores(rows), voted)
    apart = {*records(page.found, page.weights, likely, KEPT)}
    apart |= teasers_elsewhere(page.found, voted, likely, KEPT, url)
    likely, voted = lowered(likely, apart), [vote and at not in apart for at, vote in enumerate(voted)]
    of_theirs = sum(weight for weight, vote in zip(page.weights, voted, strict=True) if vote)
    if of_theirs < _SOME:
        return likely
    likely = _raised(likely, _rest_of_long(page, likely, voted))
    taken = _taken(page.weights, likely)
    if NOTHING <= taken < _LEFT * of_theirs:
        return _likeliest(page.weights, likely)
    lost = range(len(likely)) if taken < _LEFT * of_theirs else _lost_amid(likely, voted)
    missing = {at for at in lost if voted[at]}
    if sum(page.weights[at] for at in missing) > _MISSING * of_theirs:
        return _raised(likely, missing)
    return lowered(likely, _beside(page, likely, voted, of_theirs))


def lowered(likely: Sequence[float], places: Container[int]) -> list[float]:
    """The likelihoods, where the blocks at these places count as no text."""
    return [min(score, _UNLIKELY) if at in places else score for at, score in enumerate(likely)]


def _raised(likely: Sequence[float], places: Container[int]) -> list[float]:
    """The likelihoods, where the blocks at these places count as text, as trafilatura has it."""
    return [max(score, _THEIRS) if at in places else score for at, score in enumerate(likely)]


def _likeliest(weights: Sequence[float], likely: Sequence[float]) -> list[float]:
    """The likelihoods of an unsure page, where those from half of the best F1 that can be expected count as taken.

    That share is the threshold that gives the best F1 (Lipton, Elkan and Naryanaswamy, ECML PKDD 2014).
    """
    whole, right, taken, best = sum(map(mul, weights, likely)), 0.0, 0.0, 0.0
    for score, weight in sorted(zip(likely, weights, strict=True), reverse=True):
        right, taken = right + score * weight, taken + weight
        best = max(best, 2 * right / (taken + whole))
    threshold = max(LEAST, best / 2)
    return [max(score, KEPT) if score >= threshold else score for score in likely]


def _beside(page: PageFeatures, likely: Sequence[float], voted: Sequence[bool], of_theirs: float) -> set[int]:
    """The blocks of ours above and below those that trafilatura takes too, where they are many, of another build than
    any of its blocks, and not sure."""
    ours = [at for at, score in enumerate(likely) if score >= KEPT]
    both = [at for at in ours if voted[at]]
    agreed = sum(page.weights[at] for at in both)
    if agreed < max(_SOME, _AGREED * of_theirs):
        return set()
    paths = {block.container.path for block, vote in zip(page.found, voted, strict=True) if vote}
    around = (at for at in ours if not both[0] - 1 <= at < both[-1] and likely[at] < SURE)  # it may begin one above
    beside = {at for at in around if not voted[at] and page.found[at].container.path not in paths}
    weighs = sum(page.weights[at] for at in beside)
    return beside if _LITTLE * agreed <= weighs <= _MUCH * agreed else set()


def _rest_of_long(page: PageFeatures, likely: Sequence[float], voted: Sequence[bool]) -> set[int]:
    """The blocks that trafilatura takes at a place of so many that the end of a text looks like none, where it takes
    nearly all of them and the first ones are likely text."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(page.found):
        places[block.container.path].append(at)
    rest: set[int] = set()
    for long in (lines for lines in places.values() if len(lines) >= _LONG):
        whole = sum(page.weights[at] for at in long)
        theirs = sum(page.weights[at] for at in long if voted[at])
        begun = sum(likely[at] for at in long[:_BEGINNING]) / _BEGINNING
        if theirs >= _NEARLY_ALL * whole and begun >= _BEGUN:
            rest.update(at for at in long if voted[at] and likely[at] < KEPT)
    return rest


def _lost_amid(likely: Sequence[float], voted: Sequence[bool]) -> list[int]:
    """The blocks that trafilatura takes between the first and the last of ours and that are not quite unlikely."""
    ours = [at for at, score in enumerate(likely) if score >= KEPT]
    amid = range(ours[0], ours[-1]) if ours else range(0)
    return [at for at in amid if voted[at] and _UNLIKELY <= likely[at] < KEPT]


def _taken(weights: Sequence[float], likely: Sequence[float]) -> float:
    """The weight of the blocks that are taken for the text."""
    return sum(weight for weight, score in zip(weights, likely, strict=True) if score >= _HALF)


def read_context(markup: StatedMarkup, title: str) -> Context:
    """What a page says of its text outside of it."""
    return Context(title, markup.description, markup.article_body)


def opinion(page: PageFeatures, tree: HtmlElement, url: str) -> str:
    """The text that trafilatura takes for the main one, rather too much than too little; "" where it finds none,
    and where lists stand in one another so deep (some hundred times), or tables are so wide, that it would not end.

    The tree stays as it is.
    """
    if _has_boundless_table(tree):
        return ""
    from trafilatura import bare_extraction  # here, because only the processes that read pages need it

    try:
        with without(tree, (place.element for place in page.lists_of_links())):
            document = bare_extraction(
                tree, url=url, fast=True, favor_recall=True, with_metadata=False, include_comments=False
            )
    except RecursionError:
        return ""
    return "" if document is None or isinstance(document, dict) else document.text or ""


def _has_boundless_table(tree: HtmlElement) -> bool:
    """Whether a table has rows of thousands of cells, or too many places that no cell fills: trafilatura makes an
    element for each place that a cell spans or a row lacks, and counts those of a row for each."""
    cells, spanned = Counter[HtmlElement](), 0
    widths = Counter[HtmlElement](dict.fromkeys(tree.iter("tr"), 0))
    for cell in tree.iter("td", "th"):
        across = _span(cell.get("colspan"))
        spanned += across * _span(cell.get("rowspan")) - 1
        cells[cell.getparent()] += 1
        widths[cell.getparent()] += across
    if spanned > _MOST_EMPTY or max(cells.values(), default=0) > _MOST_CELLS:
        return True
    tables: defaultdict[HtmlElement, list[int]] = defaultdict(list)
    for row, width in widths.items():
        tables[[row, *row.iterancestors("table")][-1]].append(width)
    return sum(max(table) * len(table) - sum(table) for table in tables.values()) > _MOST_EMPTY


def _span(stated: str | None) -> int:
    return min(int(stated[:3]), 100) if stated and stated[:3].isdecimal() else 1
