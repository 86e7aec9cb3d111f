"""One capture and what is known of its source, to a clean release or the reason why there is none. Pure.

The page is parsed once and judged block by block. Where the judgement is not clear, trafilatura, which lives here
alone, reads the page without its lists of links, and its opinion is weighed with the rest. What the source is known to
repeat leaves the text at the end, line by line: what a page says is then a function of the page and of the verdicts on
its own lines alone, and an earlier article changes if and only if one of those does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import dropwhile
from operator import mul

from lxml.html import HtmlElement

from archive.boilerplate.template import Sample, Template, sample
from archive.core.model import PREVIEW, SUMMARY, Extraction, Link, Rejection, Response
from archive.core.processes import collecting_later
from archive.core.urls import canonical, key
from archive.extract.asides import asides, folds, teasers_below
from archive.extract.classifier import doubt, first_scores, scores
from archive.extract.clean import KEPT, Cleaned, ScoredBlock, clean
from archive.extract.closing_links import closing_links
from archive.extract.features import Context, Description, PageFeatures, compact_text
from archive.extract.page_kind import NEEDS_SCRIPTS, kind_of
from archive.extract.paywall import is_preview, offers
from archive.extract.pdf import is_pdf, read_release
from archive.extract.whole.judge import judge_whole
from archive.extract.whole.paragraphs import below_headline
from archive.metadata.metadata import Metadata, read_metadata, read_title
from archive.metadata.title import title_beginnings
from archive.page import markup
from archive.page.blocks import blocks
from archive.page.html import Unreadable, parse, without
from archive.page.markup import StatedMarkup
from archive.page.records import hidden_lines, records, sign_ups, teasers
from archive.page.script_text import script_text
from archive.text.fingerprint import fingerprint, hash64

CLEAR = 0.08
"""Where less than this share of a text is in doubt, a second opinion would change next to nothing."""

_SOME = 400.0
_NEXT_TO_NOTHING = 200
_NOTHING, _LEFT = 250.0, 0.35
_HALF, _THEIRS, _LEAST = 0.5, 0.6, 0.2
_MISSING, _UNLIKELY = 0.2, 0.1
"""The share of what trafilatura takes that may be missing amid ours, and the likelihood under which it is no text."""

_MOST_CELLS, _MOST_EMPTY = 1_000, 50_000
"""The cells of a row, and the places of tables in which no cell begins, that a second reader bears."""

_AGREED, _SURE = 0.8, 0.95
_LONG, _NEARLY_ALL = 50, 0.9
"""The blocks of a place that is long, and the share of it that trafilatura takes where all of it is text."""

_BEGINNING, _BEGUN = 30, 0.35
"""The first blocks of such a place, and their likelihood where all of it is text."""

_LITTLE, _MUCH = 0.3, 4.0
"""What stands around the text that both take is worth leaving out from this share of its weight on, and too much to
doubt from this one on: then trafilatura has only a part of the text."""


@dataclass(frozen=True)
class Derived:
    """What a capture says, or why it is no article; and what its page teaches of the source."""

    result: Extraction | Rejection
    sample: Sample


@collecting_later()
def derive(response: Response, template: Template | None = None, link: Link | None = None) -> Derived:
    """The clean release of a capture. Never raises: a page that cannot be read is a Rejection with its reason."""
    identity = key(response.capture.url)
    if is_pdf(response.body):
        return Derived(*read_release(response, link))
    stated = _header(response, "content-type")
    try:
        tree = parse(response.body, stated)
    except Unreadable as unreadable:
        return Derived(Rejection("error", str(unreadable)), Sample(hash64(identity), article=False))
    known = template or Template()
    at = response.capture.fetched_at
    said = markup.read_markup(tree)

    def repeats(words: str) -> bool:
        return known.repeats(fingerprint(words))

    metadata = read_metadata(said, response.capture.url, at, link, repeats)
    found = blocks(tree)
    page = PageFeatures(found)
    headed = replace(metadata, title=read_title(said, response.capture.url, link, repeats))
    title = read_title(said, response.capture.url) if link or known.repeated or known.refused else headed.title
    judge = partial(likelihoods, said, response.capture.url, title, page)
    same = (hash(response.body), stated, response.capture.url, title)
    alone = judge_once(_ToJudge(same, judge))  # by no template: the template is learned from it
    placed = below_headline(found, _without_places(page, alone, known.places), compact_text(title))
    likely = judge_whole(found, placed)
    marks = [fingerprint(block.text) for block in found]
    judged = [
        ScoredBlock(block, mark, known.verdict(mark) if mark else "", score, mark in known.kept)
        for block, mark, score in zip(found, marks, likely, strict=True)
    ]
    named = link is not None and bool(link.title)
    return _decide(response, said, metadata, headed, judged, page, alone, named)


@dataclass(unsafe_hash=True)
class _ToJudge:
    """A page to judge once; `same` is equal for pages that are judged alike."""

    same: tuple[int, str, str, str]
    judge: Callable[[], list[float]] | None = field(compare=False)


@lru_cache(maxsize=500)  # the first pages of a source are read again soon, when it is known what the source repeats
def judge_once(page: _ToJudge) -> tuple[float, ...]:
    """The likelihoods of a page's blocks. A program that changes the forests calls `judge_once.cache_clear()`."""
    assert page.judge is not None
    likely = tuple(page.judge())
    page.judge = None  # it holds the tree
    return likely


def likelihoods(said: StatedMarkup, url: str, title: str, page: PageFeatures) -> list[float]:
    """How likely each block is part of the release, in the order of the blocks.

    What is only read out, offers to subscribe, teasers and lines hidden by themselves stand in a text and are never it.
    """
    likely = _likelihoods(said, url, title, page)
    taken = [at for at, score in enumerate(likely) if score >= KEPT]
    read_out = {at for at in taken if page.found[at].container.is_for_screen_readers}
    apart = teasers(page.found, page.weights, taken) | hidden_lines(page.found, page.weights, taken)
    apart |= sign_ups(page.found, page.weights, likely, taken)
    apart |= teasers_below(page.found, page.weights, likely, taken, url)
    return _lowered(likely, read_out | offers(page.found, taken) | apart)


def _likelihoods(said: StatedMarkup, url: str, title: str, page: PageFeatures) -> list[float]:
    """The likelihoods by the forests and a second opinion.

    Where the first judgement is not clear, or takes next to nothing, trafilatura reads the page as well. Where next to
    nothing is left of what trafilatura found, its blocks count as the text; where little is left, both are unsure, and
    the likeliest blocks count; where much of it is missing amid the text, those of its blocks that stand there: a lost
    text is worse than a line too many. What stands around a text that both take, built
    like no passage that trafilatura takes, is not its text: comments, teasers, terms of use. Records beside a text
    (`archive.page.records`) are never it, whoever takes them.
    """
    described = Description(page, read_context(said, title))
    rows = described.rows()
    first = first_scores(rows)
    if doubt(page.weights, first) < CLEAR and _taken(page.weights, first) >= _SOME:
        likely = scores(page.found, page.weights, rows, first)
        return _lowered(likely, records(page.found, page.weights, likely, KEPT))
    voted = described.votes(opinion(page, said.tree, url))
    rows = described.rows(voted)
    likely = scores(page.found, page.weights, rows, first_scores(rows), voted)
    apart = records(page.found, page.weights, likely, KEPT)
    likely, voted = _lowered(likely, apart), [vote and at not in apart for at, vote in enumerate(voted)]
    of_theirs = sum(weight for weight, vote in zip(page.weights, voted, strict=True) if vote)
    if of_theirs < _SOME:
        return likely
    likely = _raised(likely, _rest_of_long(page, likely, voted))
    taken = _taken(page.weights, likely)
    if _NOTHING <= taken < _LEFT * of_theirs:
        return _likeliest(page.weights, likely)
    lost = range(len(likely)) if taken < _LEFT * of_theirs else _lost_amid(likely, voted)
    missing = {at for at in lost if voted[at]}
    if sum(page.weights[at] for at in missing) > _MISSING * of_theirs:
        return _raised(likely, missing)
    return _lowered(likely, _beside(page, likely, voted, of_theirs))


def _without_places(page: PageFeatures, likely: Sequence[float], places: Container[int]) -> list[float]:
    """The likelihoods of a page's blocks, where those in places that hold no text on the source's pages count as none
    unless they are sure, and enough is left without them."""
    taken = [at for at, score in enumerate(likely) if score >= KEPT]
    apart = {at for at in taken if likely[at] < _SURE and page.found[at].container.path in places}
    whole = sum(page.weights[at] for at in taken)
    left = whole - sum(page.weights[at] for at in apart)
    return _lowered(likely, apart if left >= max(_NOTHING, _LEAST * whole) else ())


def _lowered(likely: Sequence[float], places: Container[int]) -> list[float]:
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
    threshold = max(_LEAST, best / 2)
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
    around = (at for at in ours if not both[0] - 1 <= at < both[-1] and likely[at] < _SURE)  # it may begin one above
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


def read_context(said: StatedMarkup, title: str) -> Context:
    """What a page says of its text outside of it."""
    return Context(title, said.description, said.article_body)


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


def _decide(
    response: Response,
    said: StatedMarkup,
    metadata: Metadata,
    headed: Metadata,
    judged: Sequence[ScoredBlock],
    page: PageFeatures,
    alone: Sequence[float],
    named: bool,
) -> Derived:
    """Judge the kind of a page by its metadata with the title of its headings (`headed`), and give its release."""
    cleaned = clean(judged, metadata.title, metadata.language)
    closing = _closing(judged, cleaned, response.capture.url)
    places = {one.block.container.path for one, score in zip(judged, alone, strict=True) if KEPT <= score < _SURE}
    teach = partial(
        sample,
        key(response.capture.url),
        page.found,
        [one.mark for one in judged],
        in_text=(*cleaned.marks, *(one.mark for one, _ in closing if one.mark), *sorted(places)),
        likely=alone,
        tails=metadata.title_tails,
    )
    text = "\n\n".join(cleaned.lines)
    # What a server says of an address that cannot be is learned as text, however the page is built.
    build = None if response.capture.kind == "probe" else page
    kind, reason = kind_of(said, response.capture.url, response.capture.status, headed, text, build, named)
    shown = 0 if reason == NEEDS_SCRIPTS else len(text)
    if kind in ("other", "release") and (stated := _stated_text(said, metadata, shown)):
        text, origin, title = stated
        metadata = replace(metadata, title=title or metadata.title, origins={**metadata.origins, "text": origin})
        kind, reason = kind_of(said, response.capture.url, response.capture.status, metadata, text)
        if kind == "release":
            result = _extraction(response.capture.url, text, metadata, cleaned)
            return Derived(result, teach(article=False))
    if kind != "release" or not text:
        return Derived(Rejection(kind, reason), teach(article=False))
    if is_preview(text, metadata.free, (one.block.text for one in dropwhile(lambda one: one.score < KEPT, judged))):
        metadata = replace(metadata, origins={**metadata.origins, "text": PREVIEW})
    result = _extraction(response.capture.url, text, metadata, cleaned)
    beside = asides(page.found, cleaned.lines, response.capture.url)
    links = tuple(dict.fromkeys(line for one, line in closing if not one.verdict))
    return Derived(
        replace(result, asides=beside, links=links, folds=folds(page.found, cleaned.lines)), teach(article=True)
    )


def _closing(judged: Sequence[ScoredBlock], cleaned: Cleaned, url: str) -> list[tuple[ScoredBlock, str]]:
    """The closing links of a page, but for those that are a part of the release already, or a cue."""
    removed = {one.text for one in cleaned.removed}
    return [(one, line) for one, line in closing_links(judged, cleaned.lines, url) if one.block.text not in removed]


def _stated_text(said: StatedMarkup, metadata: Metadata, shown: int) -> tuple[str, str, str] | None:
    """For a page that shows next to no text: what it carries for machines, where, and what it is called there if that
    is the beginning of the page's title ("" else).

    The text in its structured data, else in its scripts; its summary where it shows nothing at all.
    """
    if shown >= _NEXT_TO_NOTHING:
        return None
    least = 2 * shown + (_NEXT_TO_NOTHING if shown else 0)
    if metadata.title:
        titles = (metadata.title, said.meta("og:title"), said.title)
        for origin, lines in (("json-ld", said.article_body), ("script", partial(script_text, said.tree, titles))):
            text = lines if isinstance(lines, str) else lines()
            if len(text) > least:
                return text.replace("\n", "\n\n"), origin, ""
        begun = () if said.meta("og:title") else title_beginnings(said.title)
        for title in (title for title in begun if title != metadata.site_name):
            if len(text := script_text(said.tree, (title,))) > least:
                return text.replace("\n", "\n\n"), "script", title
    return (metadata.summary, SUMMARY, "") if metadata.summary and not shown else None


def _extraction(url: str, text: str, metadata: Metadata, cleaned: Cleaned) -> Extraction:
    extraction = Extraction(
        url=metadata.canonical_url or canonical(url) or url,
        title=metadata.title,
        text=text,
        subtitle=metadata.subtitle,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        authors=metadata.authors,
        language=metadata.language,
        section=metadata.section,
        tags=metadata.tags,
        image=metadata.image,
        image_caption=metadata.image_caption,
        removed=cleaned.removed,
        origins=metadata.origins,
    )
    return cleaned.anatomy.added_to(extraction)


def _header(response: Response, name: str) -> str:
    return next((value for header, value in response.headers if header.lower() == name), "")
