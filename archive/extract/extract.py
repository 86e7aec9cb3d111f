"""One capture and what is known of its source, to a clean release or the reason why there is none. Pure.

The page is parsed once and judged block by block (`archive.extract.likelihoods`). What the source is known to repeat
leaves the text at the end, line by line: what a page says is then a function of the page and of the verdicts on its own
lines alone, and an earlier article changes if and only if one of those does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import dropwhile

from archive.boilerplate.sample import Sample, sample
from archive.boilerplate.template import Template
from archive.core.model import PREVIEW, SUMMARY, Extraction, Link, PageKind, Rejection, Response
from archive.core.processes import collecting_later
from archive.core.urls import canonical, key
from archive.extract.asides import asides, folds
from archive.extract.clean import KEPT, Cleaned, ScoredBlock, clean
from archive.extract.closing_links import closing_links
from archive.extract.features import PageFeatures, compact_text
from archive.extract.likelihoods import LEAST, NOTHING, SURE, likelihoods, lowered
from archive.extract.page_kind import NEEDS_SCRIPTS, kind_of
from archive.extract.paywall import is_preview
from archive.extract.pdf import is_pdf, read_release
from archive.extract.rules.judge import apply_rules
from archive.extract.rules.paragraphs import below_headline
from archive.metadata.metadata import Metadata, read_metadata, read_title
from archive.metadata.title import title_beginnings
from archive.page.blocks import Block, blocks
from archive.page.html import Unreadable, parse
from archive.page.markup import StatedMarkup, read_markup
from archive.page.places import SUBHEADINGS
from archive.page.script_text import script_text
from archive.text.fingerprint import fingerprint, hash64
from archive.text.lines import line_mark

_MOST_REACHED, _MOST_SIGNED, _MOST_LINES = 10, 40, 2_000
"""Contacts and authors whose lines are marked, and lines of a page that are looked at: as many as `marks_of` has."""

_FOOT = re.compile(r".{0,60}(?:©|\(c\)\s?\d{4}|\bcopyright\b)", re.IGNORECASE)
"""How a line begins that says whose a page is."""

_BYLINE = 160
"""Characters of a line that names an author."""

_BEGINNING = 6_000
"""Characters of a list by which it is known again."""

_NEXT_TO_NOTHING = 200
"""Characters of a text that a page shows under which what it carries for machines is looked at."""


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
    template = template or Template()
    url = response.capture.url
    markup = read_markup(tree)

    asked = set[int]()

    def repeats(words: str) -> bool:
        mark = fingerprint(words)
        asked.add(mark)  # the title is another when the answer is
        return template.names_no_page(mark)

    metadata = read_metadata(markup, url, response.capture.fetched_at, link, repeats)
    found = blocks(tree)
    features = PageFeatures(found)
    by_headings = replace(metadata, title=read_title(markup, url, link, repeats))
    title = read_title(markup, url) if link or template.repeated or template.refused else by_headings.title
    judge = partial(likelihoods, markup, url, title, features)
    same = (hash(response.body), stated, url, title)
    own = judge_once(_ToJudge(same, judge))  # by no template: the template is learned from it
    placed = below_headline(found, _without_places(features, own, template.places), compact_text(title))
    likely = apply_rules(found, placed, metadata.published_at[:10])
    marks = [fingerprint(block.text) for block in found]
    judged = [
        ScoredBlock(block, mark, template.verdict(mark) if mark else "", score, mark in template.kept)
        for block, mark, score in zip(found, marks, likely, strict=True)
    ]
    linked = link.title if link is not None and (link.via or _says(found, link.title)) else ""
    return _decide(_Page(response, markup, metadata, by_headings, judged, features, own, linked, asked - {0}))


def _says(found: Sequence[Block], title: str) -> bool:
    """Whether a page says the title that a list once gave it: what stands in the place of a release does not."""
    said = compact_text(title)
    return bool(said) and any(said in compact_text(block.text) for block in found)


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


def _without_places(page: PageFeatures, likely: Sequence[float], places: Container[int]) -> list[float]:
    """The likelihoods of a page's blocks, where those in places that hold no text on the source's pages count as none
    unless they are sure, and enough is left without them. Systems that build a page of components set every heading
    in a place of one build: one below the beginning of the text and right above a paragraph of it stays."""
    taken = [at for at, score in enumerate(likely) if score >= KEPT]
    apart = {at for at in taken if likely[at] < SURE and page.found[at].container.path in places}
    left_in = [at for at in taken if at not in apart]
    apart -= {at - 1 for at in left_in[1:] if page.found[at - 1].container.tag in SUBHEADINGS}
    whole = sum(page.weights[at] for at in taken)
    left = whole - sum(page.weights[at] for at in apart)
    return lowered(likely, apart if left >= max(NOTHING, LEAST * whole) else ())


@dataclass(frozen=True)
class _Page:
    """A page whose blocks were judged.

    `metadata` has its title by all that it says, `by_headings` by its headings alone. `own_likelihoods` are those of
    its blocks by no template; `judged` has those by the template of its source. `asked` are the fingerprints of the
    headings of which it matters to its title whether the source repeats them. `linked_title` is what a feed or a
    listing calls it.
    """

    response: Response
    markup: StatedMarkup
    metadata: Metadata
    by_headings: Metadata
    judged: Sequence[ScoredBlock]
    features: PageFeatures
    own_likelihoods: Sequence[float]
    linked_title: str
    asked: Collection[int]

    @property
    def url(self) -> str:
        return self.response.capture.url

    @property
    def is_probe(self) -> bool:
        """Whether it was asked for to learn what the site says in the place of a release."""
        return self.response.capture.kind == "probe"


def _decide(page: _Page) -> Derived:
    """The release of a page, or what else the page is."""
    cleaned = clean(page.judged, page.metadata.title, page.metadata.language)
    closing = _closing(page.judged, cleaned, page.url)
    taught = partial(_sample, page, cleaned, closing)
    metadata, text = page.metadata, "\n\n".join(cleaned.lines)
    kind, reason = _kind(page, text)
    shown = 0 if reason == NEEDS_SCRIPTS else len(text)
    stated = _stated_text(page.markup, metadata, shown) if kind in ("other", "release") else None
    if stated:
        text, origin, title = stated
        metadata = replace(metadata, title=title or metadata.title, origins={**metadata.origins, "text": origin})
        kind, reason = kind_of(page.markup, page.url, page.response.capture.status, metadata, text)
    if kind != "release" or not text:
        shows = kind in ("listing", "home") or (kind == "other" and bool(text) and reason != NEEDS_SCRIPTS)
        known = (metadata.title, _beginning(page.markup, page.features)) if shows else ()
        return Derived(Rejection(kind, reason, *known), taught(article=False))
    if stated:  # its blocks are none of the text, so that nothing is learned of them
        return Derived(_extraction(page.url, text, metadata, cleaned), taught(article=False))
    return Derived(_release(page, text, cleaned, closing), taught(article=True))


def _kind(page: _Page, text: str) -> tuple[PageKind, str]:
    """What a page is, by its metadata with the title of its headings, and why.

    What a server says of an address that cannot be is learned as text, however the page is built.
    """
    build = None if page.is_probe else page.features
    capture = page.response.capture
    kind, reason = kind_of(page.markup, page.url, capture.status, page.by_headings, text, build, page.linked_title)
    if page.is_probe and kind == "release" and capture.link:
        return "listing", "a page of the site itself"
    return kind, reason


def _sample(page: _Page, cleaned: Cleaned, closing: Sequence[tuple[ScoredBlock, str]], *, article: bool) -> Sample:
    """What a page teaches of its source. The title hangs on what was asked of its headings, too."""
    unsure = {
        one.block.container.path
        for one, score in zip(page.judged, page.own_likelihoods, strict=True)
        if KEPT <= score < SURE
    }
    links = (one.mark for one, _ in closing if one.mark)
    return sample(
        key(page.url),
        page.features.found,
        [one.mark for one in page.judged],
        article=article,
        in_text=(*cleaned.marks, *links, *sorted(unsure), *sorted(page.asked)),
        likely=page.own_likelihoods,
        tails=page.metadata.title_tails,
    )


def _release(page: _Page, text: str, cleaned: Cleaned, closing: Sequence[tuple[ScoredBlock, str]]) -> Extraction:
    """The release that a page shows, with the marks of its lines that are no news where they change."""
    metadata, found = page.metadata, page.features.found
    below = (one.block.text for one in dropwhile(lambda one: one.score < KEPT, page.judged))
    if is_preview(text, metadata.free, below):
        metadata = replace(metadata, origins={**metadata.origins, "text": PREVIEW})
    release = _extraction(page.url, text, metadata, cleaned)
    lines = [one.text for one in found[:_MOST_LINES]]
    told = {one.email or one.phone or one.name for one in release.contacts[:_MOST_REACHED]} - {""}
    return replace(
        release,
        asides=asides(found, cleaned.lines, page.url),
        links=tuple(dict.fromkeys(line for one, line in closing if not one.verdict)),
        folds=folds(found, cleaned.lines),
        reached=_saying(lines, told),
        signed=_saying(filter(_is_short, lines), release.authors[:_MOST_SIGNED]),
    )


def _beginning(markup: StatedMarkup, page: PageFeatures) -> str:
    text = " ".join(markup.title[:_BEGINNING].split())
    for block in page.found:
        if len(text) >= _BEGINNING:
            break
        text += f"\n{block.text[:_BEGINNING]}"
    return text[:_BEGINNING]


def _saying(lines: Iterable[str], told: Collection[str]) -> tuple[int, ...]:
    """Marks of those lines that say one of these things; not of the foot of a page, which is another every year."""
    own = {line for line in lines if any(said in line for said in told) and not _FOOT.match(line)}
    return tuple(sorted(set(map(line_mark, own))))


def _is_short(line: str) -> bool:
    return len(line) <= _BYLINE


def _closing(judged: Sequence[ScoredBlock], cleaned: Cleaned, url: str) -> list[tuple[ScoredBlock, str]]:
    """The closing links of a page, but for those that are a part of the release already, or a cue."""
    removed = {one.text for one in cleaned.removed}
    return [(one, line) for one, line in closing_links(judged, cleaned.lines, url) if one.block.text not in removed]


def _stated_text(markup: StatedMarkup, metadata: Metadata, shown: int) -> tuple[str, str, str] | None:
    """For a page that shows next to no text: what it carries for machines, where, and what it is called there if that
    is the beginning of the page's title ("" else).

    The text in its structured data, else in its scripts; its summary where it shows nothing at all.
    """
    if shown >= _NEXT_TO_NOTHING:
        return None
    least = 2 * shown + (_NEXT_TO_NOTHING if shown else 0)
    if metadata.title:
        titles = (metadata.title, markup.meta("og:title"), markup.title)
        for origin, lines in (("json-ld", markup.article_body), ("script", partial(script_text, markup.tree, titles))):
            text = lines if isinstance(lines, str) else lines()
            if len(text) > least:
                return text.replace("\n", "\n\n"), origin, ""
        begun = () if markup.meta("og:title") else title_beginnings(markup.title)
        for title in (title for title in begun if title != metadata.site_name):
            if len(text := script_text(markup.tree, (title,))) > least:
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
