"""The metadata of a page: title, moments, authors, language and the rest, each with where it came from.

Reads what the one pass over the page collected (`archive.page.markup`). Structured statements are weighed first;
htmldate, which searches the whole page and is slow, is used only when nothing states a day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from archive.core.credentials import without_user
from archive.core.model import Link
from archive.metadata import fallback_date
from archive.metadata.authors import read_byline
from archive.metadata.heading_labels import line_below
from archive.metadata.headline import is_written
from archive.metadata.headline_area import HeadlineArea, headline_area
from archive.metadata.picture import caption_of, image_of
from archive.metadata.published import Candidate, Publication, read_publication
from archive.metadata.section_tags import shown_section, shown_tags
from archive.metadata.title import Title, TitleCandidates, are_related, choose_title, fold, never, title_tails, whole
from archive.metadata.title_headings import heading_marks, title_headings
from archive.metadata.title_sections import (
    headline_told,
    home_names,
    linked_names,
    names_section,
    says_enough,
    without_section,
)
from archive.page import jsonld
from archive.page.jsonld import ARTICLE_TYPES
from archive.page.markup import StatedMarkup, words_of
from archive.text.characters import undirected, word_count
from archive.text.date_order import Order, is_ambiguous, order_shown, usual_order
from archive.text.dates import read_moment
from archive.text.language import reconcile_language, stated_language

_SHOWN = (
    *("p", "div", "span", "li", "td", "th", "time", "small", "em", "i", "b", "strong", "dd", "h2", "h3", "a", "font"),
)
_TITLES = ("title", "dc.title", "sailthru.title", "articletitle")
_SHORTEST_SUMMARY = 60
_SUBTITLE_WORDS = 4
_FEW_WORDS = 60
"""Characters of all `p` under which what stands around the headline is read for the language as well."""
_STATING = ("json-ld", "meta", "microdata", "time", "feed")


@dataclass(frozen=True)
class Metadata:
    """What a page says of itself. Moments are ISO 8601 as precise as stated; `origins` names each field's origin.

    `summary` is what the page's markup says in place of the text, for a page that it states to be an article of a day.
    `title_tails` end its title, set apart, or would if the source were not known to repeat them; so do the labels of
    its headings, and the `title` of a page that names itself nowhere else.
    """

    title: str = ""
    subtitle: str = ""
    published_at: str = ""
    modified_at: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    image_caption: str = ""
    canonical_url: str = ""
    site_name: str = ""
    kinds: tuple[str, ...] = ()
    free: bool = True
    summary: str = ""
    title_tails: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


def read_metadata(
    markup: StatedMarkup,
    url: str,
    captured_at: datetime,
    link: Link | None,
    is_repeated: Callable[[str], bool] = lambda words: False,
) -> Metadata:
    """Read the metadata of a page. `captured_at` bounds what can be its date; `link` is what a feed said of the page.

    `is_repeated` says whether the source is known to repeat a title's tail: then it is no part of the title.
    """
    origins: dict[str, str] = {}
    site = _site_name(markup)
    written, tails = _title(markup, (site, _host_name(url), _section(markup)), link, is_repeated, origins)
    title = undirected(written)
    near = headline_area(markup, title)
    language = _language(markup, title, near, origins)
    order = _order(markup, near, _locale(markup) or language, url, captured_at)
    moments = read_publication(markup, near, url, captured_at, link, order)
    moments = _bounded(moments, markup.tree, captured_at, order)
    published = moments.published or (
        None if moments.disbelieved else _traced(markup.tree, url, captured_at, order, moments.modified)
    )
    if published:
        origins["published_at"] = published.origin
    if moments.modified:
        origins["modified_at"] = moments.modified.origin
    byline = read_byline(markup, near, title, (site, _host_name(url)))
    if byline.names:
        origins["authors"] = byline.origin
    kinds = _kinds(markup)
    return Metadata(
        title=title,
        subtitle=_subtitle(markup, title, near),
        published_at=published.moment if published else "",
        modified_at=moments.modified.moment if moments.modified else "",
        authors=byline.names,
        language=language,
        section=_section(markup) or shown_section(markup, title, url),
        tags=_tags(markup) or shown_tags(markup),
        image=_absolute(image_of(markup, near.after), url),
        image_caption=caption_of(markup, near.after),
        canonical_url=_canonical(markup, url),
        site_name=site,
        title_tails=tails,
        kinds=kinds,
        free=_is_free(markup),
        summary=_summary(markup, title, kinds) if published and published.origin in _STATING else "",
        origins=origins,
    )


def read_title(
    markup: StatedMarkup,
    url: str,
    link: Link | None = None,
    is_repeated: Callable[[str], bool] = lambda words: False,
) -> str:
    """The title of a page by its headings alone: the trees that judge its text and its kind were fitted to such titles.

    Without `link` and `is_repeated`, whatever a feed says of it and its source is known to repeat.
    """
    names = (_site_name(markup), _host_name(url), _section(markup))
    return _title(markup, names, link, is_repeated, {}, headings_only=True)[0]


def _order(markup: StatedMarkup, near: HeadlineArea, locale: str, url: str, captured_at: datetime) -> Order:
    """The order of day, month and year on a page: as its other dates show, else as its language and host have it."""
    usual = usual_order(locale, urlsplit(url).netloc)
    if not any(is_ambiguous(piece.text) for piece in near.pieces):
        return usual
    return order_shown(" ".join(markup.tree.itertext(*_SHOWN)), captured_at, usual) or usual


def _site_name(markup: StatedMarkup) -> str:
    stated = markup.meta("og:site_name", "application-name", "al:ios:app_name", "apple-mobile-web-app-title")
    if stated:
        return stated
    publisher = jsonld.words(markup.article.get("publisher"))
    return publisher or next((jsonld.words(node.get("name")) for node in markup.typed("website")), "")


def _title(
    markup: StatedMarkup,
    names: tuple[str, ...],
    link: Link | None,
    is_repeated: Callable[[str], bool],
    origins: dict[str, str],
    headings_only: bool = False,
) -> tuple[str, tuple[str, ...]]:
    """The title, and the tails and labels that it has, or would have if the source did not repeat them."""
    linked = link.title if link else ""
    is_untold = not markup.headings or fold(markup.title) in map(fold, markup.heading_texts)
    is_section = (
        never if headings_only else partial(_names_no_release, _sites(markup, names[0], is_untold), is_repeated)
    )
    headings = title_headings(markup, linked, is_repeated, headings_only)
    if not headings_only:
        headings = without_section(markup, headings)
        if told := headline_told(markup, is_section, linked, names[:2]):
            headings = (told, *headings)
    candidates = _title_candidates(markup, headings, linked)
    chosen = choose_title(candidates, names, is_section)
    if not headings_only and chosen.origin != "h1" and title_tails(chosen.text):
        wider = ((*names, *linked) for linked in (linked_names(markup), home_names(markup)))
        bare = ((one, choose_title(candidates, one, is_section)) for one in wider)
        names, chosen = next((one for one in bare if says_enough(one[1].text)), (names, chosen))
    tails = tuple(tail for tail in title_tails(chosen.text) if not _ends_heading(markup, tail))
    learned = tuple(filter(is_repeated, tails))
    if learned:
        chosen = choose_title(candidates, (*names, *learned), is_section)
    if not headings_only:
        chosen = _as_written(markup, replace(chosen, text=whole(chosen.text, headings)), candidates)
    if chosen.text:
        origins["title"] = chosen.origin
    alone = (markup.title,) if not (markup.headings or candidates.shared or candidates.headline) else ()
    return chosen.text, tuple(dict.fromkeys((*tails, *heading_marks(markup), *alone)))


def _title_candidates(markup: StatedMarkup, headings: tuple[str, ...], linked: str) -> TitleCandidates:
    """All that a page, and the list that names it (`linked`), gives as its title."""
    microdata = next((one.value or words_of(one.element) for one in markup.marked if one.name == "headline"), "")
    return TitleCandidates(
        headings=headings,
        shared=markup.meta("og:title"),
        headline=jsonld.words(markup.article.get("headline")) or microdata or markup.meta("headline"),
        alternative=jsonld.words(markup.article.get("alternativeHeadline")),
        page=markup.title,
        confirming=tuple(filter(None, (*_given_names(markup), markup.meta("sailthru.title", "parsely-title")))),
        feed=linked,
        written=linked if linked and is_written(markup, linked) else "",
        others=tuple(filter(None, (markup.meta("twitter:title"), markup.meta(*_TITLES)))),
    )


def _as_written(markup: StatedMarkup, chosen: Title, candidates: TitleCandidates) -> Title:
    """The title, or for a page without headings that does not show it another one that it states and shows."""
    if candidates.headings or is_written(markup, chosen.text):
        return chosen
    told = next((text for text in candidates.others if is_written(markup, text)), "")
    return Title(told, "meta") if told else chosen


def _sites(markup: StatedMarkup, stated: str, is_untold: bool) -> frozenset[str]:
    """What a page calls its site, folded: by its links home, too, where no heading says another title (`is_untold`)."""
    return frozenset(map(fold, (stated, *(home_names(markup) if is_untold else ())))) - {""}


def _names_no_release(sites: Collection[str], is_repeated: Callable[[str], bool], title: str) -> bool:
    """Whether a title is only the name of its site, or of a section."""
    return fold(title) in sites or names_section(title, is_repeated)


def _ends_heading(markup: StatedMarkup, tail: str) -> bool:
    """Whether a heading of the page ends with a tail of its title: the institution itself writes it so."""
    return any(fold(text).endswith(" " + fold(tail)) for text in markup.heading_texts[:6])


def _given_names(markup: StatedMarkup) -> tuple[str, str]:
    """What the page's JSON-LD calls the page itself: its WebPage node, and the last item of its breadcrumb."""
    page = next((node for node in markup.typed("webpage") if node.get("name")), {})
    crumbs = list(markup.typed("listitem"))
    last = crumbs[-1] if crumbs else {}
    return jsonld.words(page.get("name")), jsonld.words(last.get("name")) or jsonld.words(last.get("item"))


def _host_name(url: str) -> str:
    """The name in a page's host: "example" for www.example.co.uk."""
    labels = [label for label in urlsplit(url).netloc.split(":")[0].split(".") if label != "www"]
    return max(labels[:-1] or labels, key=len, default="")


def _subtitle(markup: StatedMarkup, title: str, near: HeadlineArea) -> str:
    """The page's own line under its title: alternative headline, or a heading's sibling marked as such."""
    stated = jsonld.words(markup.article.get("alternativeHeadline"))
    if not stated:
        stated = next((words_of(one) for one in near.after[:8] if _is_subtitle(one)), "")
    if not stated and near.headline is not None:
        stated = line_below(near.headline, title) or _heading_below(near.headline)
    return stated if fold(stated) != fold(title) and len(stated) <= 300 else ""


def _heading_below(headline: HtmlElement) -> str:
    """The words of a smaller heading right below the headline, the only one of its size there: the others would head
    parts of the text."""
    below = headline.getnext()
    if headline.tag != "h1" or below is None or below.tag not in ("h2", "h3"):
        return ""
    if next(below.iter("a"), None) is not None:
        return ""
    words = words_of(below)
    is_only = next(below.itersiblings(below.tag), None) is None and not read_moment(words)
    return words if is_only and word_count(words) >= _SUBTITLE_WORDS and words[-1] not in ":?：？" else ""


def _is_subtitle(element: HtmlElement) -> bool:
    marks = (element.get("class") or "").lower()
    return any(
        word in marks
        for word in ("subtitle", "sub-title", "subhead", "standfirst", "dek", "deck", "untertitel", "subheadline")
    )


def _locale(markup: StatedMarkup) -> str:
    """The fullest language tag stated, with its region."""
    return max((markup.language, markup.meta("og:locale"), markup.meta("content-language")), key=len)


def _language(markup: StatedMarkup, title: str, near: HeadlineArea, origins: dict[str, str]) -> str:
    claimed = stated_language(
        jsonld.words(markup.article.get("inLanguage")),
        markup.language,
        markup.meta("og:locale", "content-language", "dc.language", "language"),
    )
    paragraphs = " ".join(words_of(paragraph, 300) for paragraph in markup.paragraphs)
    if len(paragraphs) < _FEW_WORDS:  # old pages divide their text by `br`
        paragraphs = " ".join(piece.text for piece in near.pieces)
    sample = f"{title} {markup.meta('og:description', 'description')} {paragraphs}"
    language = reconcile_language(claimed, sample)
    if language:
        origins["language"] = "meta" if language == claimed else "text"
    return language


def _summary(markup: StatedMarkup, title: str, kinds: Sequence[str]) -> str:
    """What an article's markup says of what is in it; a slogan that every page of the site has does not speak of it."""
    if ARTICLE_TYPES.isdisjoint(kinds) and "og:article" not in kinds:
        return ""
    told = jsonld.words(markup.article.get("description")) or markup.meta("og:description", "description")
    return told if len(told) >= _SHORTEST_SUMMARY and are_related(told, title) else ""


def _section(markup: StatedMarkup) -> str:
    stated = jsonld.words(markup.article.get("articleSection"))
    return stated or markup.meta("article:section", "parsely-section", "sailthru.section", "dc.subject", "section")


def _tags(markup: StatedMarkup) -> tuple[str, ...]:
    found: Sequence[str] = markup.metas.get("article:tag", ())
    if not found:
        keywords = [str(item) for item in jsonld.listed(markup.article.get("keywords")) if isinstance(item, str)]
        metas = (markup.metas.get(name) for name in ("news_keywords", "keywords", "parsely-tags", "sailthru.tags"))
        found = keywords or next(filter(None, metas), ())
    parts = [part.strip() for value in found for part in (value.split(",") if "," in value else value.split(";"))]
    return tuple(dict.fromkeys(part for part in parts if 0 < len(part) <= 80))[:40]


def _canonical(markup: StatedMarkup, url: str) -> str:
    stated = next(iter(markup.links.get("canonical", ())), "") or markup.meta("og:url")
    return _absolute(stated, url)


def _absolute(address: str, url: str) -> str:
    """An address made absolute; "" for one that cannot be, or is not a web address."""
    if not address:
        return ""
    try:
        whole = without_user(urljoin(url, address))
        return whole if urlsplit(whole).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _kinds(markup: StatedMarkup) -> tuple[str, ...]:
    """Schema types and og:type, lower case: what the page says it is."""
    found = [name for _, types in markup.nodes for name in sorted(types)]
    found += [kind.rsplit("/", 1)[-1].lower() for kind in markup.types]
    return tuple(dict.fromkeys([*found, *(f"og:{value.lower()}" for value in markup.metas.get("og:type", ()))]))


def _is_free(markup: StatedMarkup) -> bool:
    stated = jsonld.words(markup.article.get("isAccessibleForFree")) or str(
        markup.article.get("isAccessibleForFree", "")
    )
    return stated.lower() != "false" and markup.meta("article:content_tier").lower() not in ("locked",)


def _bounded(moments: Publication, tree: HtmlElement, captured_at: datetime, order: Order) -> Publication:
    """The moments, with the day that a page without a stated one says it was last changed on.

    A day that is only written near the headline and is later than that is the day of an event, not the page's own.
    """
    if moments.modified or moments.disbelieved or (moments.published and moments.published.origin != "text"):
        return moments
    changed = fallback_date.last_change(tree, order, captured_at)
    if not changed:
        return moments
    published = moments.published
    if published and published.moment[:10] > changed[:10]:
        published = None
    return Publication(published, Candidate(changed, "text", 1.0))


def _traced(
    tree: HtmlElement, url: str, captured_at: datetime, order: Order, changed: Candidate | None
) -> Candidate | None:
    """A day for a page that states none: what traces it bears, its last change, else what htmldate finds on it."""
    trace = fallback_date.find(tree, order, captured_at)
    if trace:
        return Candidate(trace.moment, trace.origin, 1.0)
    if changed and changed.origin == "text":
        return changed
    found = fallback_date.searched_day(tree, url, captured_at)
    return Candidate(found, "htmldate", 0.5) if found else None
