"""When a page was published and modified: every place it says so, weighed against each other.

Days that several places agree on win; the moment is then the most precise statement of that day. Nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal, NamedTuple

from lxml.html import HtmlElement

from archive.core.cache import remembered
from archive.core.model import Link
from archive.metadata import local_time
from archive.metadata.address_day import url_day, url_month
from archive.metadata.headline_area import HeadlineArea, Nearby
from archive.page import jsonld
from archive.page.markup import StatedMarkup, words_of
from archive.text import dates
from archive.text.date_labels import (
    calls_release,
    has_own_label,
    says_modified,
    says_other,
    says_published,
    tells_of_act,
)
from archive.text.date_order import Order
from archive.text.fingerprint import word_set

Role = Literal["published", "modified"]


_PUBLISHED_METAS: tuple[tuple[float, frozenset[str]], ...] = (
    (
        9,
        word_set("""article:published_time article:published:time og:article:published_time og:published_time
            datepublished
            article:published published_time published_at publisheddate article.published rnews:datepublished bt:pubdate
            originalpublicationdate parsely-pub-date dc.date.issued dcterms.issued dcterms.date og:pubdate
            cxenseparse:recs:publishtime cxenseparse:publishtime cxenseparse:publish_time prism.publicationdate
            eomportal-pubdate article_date_original shareaholic:article_published_time"""),
    ),
    (
        7,
        word_set("""publication_date publication-date publicationdate publish-date publishdate publish_date pubdate
            pub_date
            sailthru.date citation_publication_date citation_date citation_online_date ptime pdate dc.date dc:date
            dc.date.created dcterms.created datecreated created article:created release_date date_published
            date-published published published-date article:post_time timestamp og:release_date video:release_date
            article:publicationdate
            dateposted date_created dc.created"""),
    ),
    (5, word_set("date article:date og:date dat doc_date releasedate")),
)
"""Names of metas that state a publication, in three degrees of what they are worth."""

_MODIFIED_METAS = word_set("""article:modified_time og:updated_time article:modified:time article:modified datemodified
    last-modified dcterms.modified dc.date.modified dc.modified modified_time lastmod revision_date article:updated_time
    lastupdate updated_time cxenseparse:modified_time og:modified_time date.modified dc:date.modified""")

_NEAR_TIME = 1_000
_STRONG = 8.0
_DOUBT = 0.6
_MOVED = timedelta(days=3)
_ABOVE = 8
_TOLD = 1.5
_ALONE, _BESIDE = 3.0, 4.5
"""What a written day is worth at least that stands alone near the headline, and right beside it."""
_DATELINE = 400
"""Characters below the headline within which a day in a sentence may be the day of the release; further down it is one
that the text tells of."""
_COMMENTS = re.compile(r"(?:.*\s)?(?:comments?|comment-\w+|commentlist|kommentare?)(?:\s|$)", re.I)


@dataclass(frozen=True)
class Candidate:
    """A stated moment: where it was stated and how much that place is worth."""

    moment: str
    origin: str
    weight: float


@dataclass(frozen=True)
class Publication:
    """The published and modified moments of a page ("" where nothing states one) and their origins.

    `disbelieved` says that the page does state a publication, but one that cannot be, being later than its capture.
    """

    published: Candidate | None
    modified: Candidate | None
    disbelieved: bool = False


class _Time(NamedTuple):
    """A `time` element near the headline, its distance from it in characters, and what its label calls it."""

    element: HtmlElement
    distance: int
    role: Role


def read_publication(
    markup: StatedMarkup, around: HeadlineArea, url: str, captured_at: datetime, link: Link | None, order: Order
) -> Publication:
    """Weigh everything that states when a page was published. `link` is what a feed entry stated, if one did."""
    shown = _without_today(around.moments(order), captured_at)
    times = [_Time(element, distance, _role(_label(element))) for element, distance in around.times]
    published = list(_published(markup, around, times, shown, url, link, order))
    believed = [one for one in published if dates.plausible(one.moment, captured_at)]
    own = _without_history(believed)
    history = set(believed).difference(own)
    stated = any(one.moment and one not in history for one in published)
    changes = _modified(markup, times, shown, link, order)
    modified = [one for one in changes if dates.plausible(one.moment, captured_at) and dates.is_of_web(one.moment)]
    first = _weighed(own, modified, times, shown, url, order)
    if first and first.origin == "feed":
        by_page, changed = ([one for one in ones if one.origin != "feed"] for ones in (own, modified))
        alike = _weighed(by_page, changed, times, shown, url, order)
        if alike and alike.origin not in ("text", "url") and first.moment.startswith(alike.moment):
            first = replace(first, origin=alike.origin)
    last = max(modified, key=lambda one: (one.weight, len(one.moment)), default=None)
    if first and last and last.moment[:10] < first.moment[:10]:
        last = None
    return Publication(first, last, stated and first is None)


def _without_history(published: list[Candidate]) -> list[Candidate]:
    """The candidates without days before the Web, where another of them states one of its time, and not in a sentence;
    else without those of `time` elements that do not stand alone near the headline: these are of what a text tells."""
    if any(dates.is_of_web(one.moment) and one.weight > _TOLD for one in published):
        return [one for one in published if dates.is_of_web(one.moment)]
    alone = {one.moment[:10] for one in published if one.origin == "text"}
    return [
        one for one in published
        if one.origin != "time" or dates.is_of_web(one.moment) or one.moment[:10] in alone
    ]  # fmt: skip


def _weighed(
    published: list[Candidate], modified: list[Candidate], times: list[_Time], shown: tuple[Nearby, ...], url: str,
    order: Order,
) -> Candidate | None:  # fmt: skip
    """The publication that speaks from all candidates together."""
    published = _without_other_year(published)
    published = _without_republished(_without_modified(published, modified), modified)
    published = _in_month_of_address(published, url)
    first = most_supported(_old_address_first(published))
    return first and replace(first, moment=_local(first.moment, published, times, shown, url, order))


def _local(
    moment: str, published: list[Candidate], times: list[_Time], shown: tuple[Nearby, ...], url: str, order: Order
) -> str:
    """A moment stated in UTC, in the zone in which the page shows it."""
    if not moment.endswith("+00:00"):
        return moment
    written = next((one.moment for one in shown if _role(one.label) == "published" and not one.in_prose), "")
    days = {one.moment[:10] for one in published if one.origin == "url" or _is_shown_alone(one)}
    moment = local_time.on_day_told(local_time.as_written(moment, written), days, url)
    return local_time.from_midnight(moment, [time.element for time in times], order)


def _is_shown_alone(candidate: Candidate) -> bool:
    return candidate.origin == "text" and candidate.weight >= _ALONE


def _without_today(shown: tuple[Nearby, ...], captured_at: datetime) -> tuple[Nearby, ...]:
    """The moments without the day of the capture itself where a page shows it above its headline, and a dateline has
    an earlier one: it is today's date, as some sites print it above every page."""
    today = {(captured_at + timedelta(hours=hours)).date().isoformat() for hours in (-12, 0, 14)}
    told = [one.moment[:10] for one in shown if one.opens and one.side == 1 and one.distance <= _DATELINE]
    if not told or told[0] >= min(today):
        return shown
    return tuple(one for one in shown if one.side != -1 or one.moment[:10] not in today or says_published(one.label))


def _without_modified(published: list[Candidate], modified: list[Candidate]) -> list[Candidate]:
    """Candidates without the days that the page elsewhere calls modified, where it states an earlier publication."""
    changed = {one.moment[:10] for one in modified}
    strong = [one.moment[:10] for one in published if one.weight >= _STRONG]
    first = min(strong, default="")
    late = {day for day in changed if first and day > first}
    return [one for one in published if one.moment[:10] not in late or one.origin not in ("meta", "microdata", "time")]


def _without_other_year(published: list[Candidate]) -> list[Candidate]:
    """Candidates without the day of a list or feed where the page has the same day of another year: lists often leave
    the year out, and then it only follows from their order."""
    own = {one.moment[:10] for one in published if one.origin != "feed"}
    ends = {day[5:] for day in own}

    def is_of_other_year(day: str) -> bool:
        return day[5:] in ends and day not in own

    return [one for one in published if one.origin != "feed" or not is_of_other_year(one.moment[:10])]


def _without_republished(published: list[Candidate], modified: list[Candidate]) -> list[Candidate]:
    """Candidates without a day of structured data alone that is that of the last change too, or later, where readers
    are shown one that is days earlier: some site builders state there when they last wrote the page out."""
    stated = {one.moment[:10] for one in published if one.origin == "json-ld" and one.weight >= _STRONG}
    changed = {one.moment[:10] for one in modified if one.origin == "json-ld"}
    late = {day for day in stated if changed and day >= max(changed)}
    late -= {one.moment[:10] for one in published if one.origin != "json-ld"}
    shown = [_day_of(one) for one in published if one.origin in ("text", "time") and one.weight >= _BESIDE]
    if not late or not shown:
        return published
    return [one for one in published if one.moment[:10] not in late or _day_of(one) - min(shown) <= _MOVED]


def _day_of(candidate: Candidate) -> date:
    return date.fromisoformat(candidate.moment[:10])


def _in_month_of_address(candidates: list[Candidate], url: str) -> list[Candidate]:
    """Without the shown days of other months, where the address names a month and a day of it is shown as well."""
    month = url_month(url)
    shown = [one for one in candidates if one.origin in ("text", "time") and one.weight >= _ALONE]
    if not month or not any(one.moment.startswith(month) for one in shown):
        return candidates
    return [one for one in candidates if one.origin not in ("text", "time") or one.moment.startswith(month)]


def _old_address_first(candidates: list[Candidate]) -> list[Candidate]:
    """With an address that names an earlier day than everything else does, only that day: the page was moved since."""
    named = next((one for one in candidates if one.origin == "url"), None)
    stated = [one.moment[:10] for one in candidates if one.origin in ("json-ld", "meta", "microdata")]
    if named is None or not stated:
        return candidates
    gap = date.fromisoformat(min(stated)) - _day_of(named)
    return [one for one in candidates if one.moment[:10] == named.moment] if gap > _MOVED else candidates


def most_supported(candidates: Iterable[Candidate]) -> Candidate | None:
    """The most precise statement of the day that most weight stands behind; the heavier place settles a tie."""
    best: dict[tuple[str, str], float] = {}
    stated = list(candidates)
    for one in stated:
        place = (one.moment[:10], one.origin)
        best[place] = max(best.get(place, 0.0), one.weight)
    days: dict[str, float] = {}
    for (day, _), weight in best.items():
        days[day] = days.get(day, 0.0) + weight
    if not days:
        return None
    day = max(days, key=lambda day: (days[day], day))
    agreeing = [one for one in stated if one.moment[:10] == day]
    return max(agreeing, key=lambda one: (dates.has_zone(one.moment), dates.has_time(one.moment), one.weight))


def _published(
    markup: StatedMarkup,
    around: HeadlineArea,
    times: list[_Time],
    shown: tuple[Nearby, ...],
    url: str,
    link: Link | None,
    order: Order,
) -> Iterator[Candidate]:
    yield from _from_jsonld(markup, order)
    for weight, names in _PUBLISHED_METAS:
        for value in markup.named(names):
            yield Candidate(dates.read_moment(value, order), "meta", weight)
            yield Candidate(dates.read_moment(value, "MDY" if order == "DMY" else "DMY"), "meta", weight * _DOUBT)
    for marked in around.own(one for one in markup.marked if one.name in ("datepublished", "datecreated")):
        value = marked.value or words_of(marked.element, 80)
        yield Candidate(dates.read_moment(value, order), "microdata", 8 if marked.name == "datepublished" else 5)
    yield from _from_dublin_core(markup, around, order)
    yield from _from_times(times, order)
    yield from _from_text(shown, around.headline is not None)
    if link:
        yield Candidate(dates.read_moment(link.published, order), "feed", 7)
    yield Candidate(url_day(url, " | ".join((markup.title, *markup.heading_texts[:3]))), "url", 6)


def _from_jsonld(markup: StatedMarkup, order: Order) -> Iterator[Candidate]:
    article = markup.article
    yield Candidate(dates.read_moment(jsonld.words(article.get("datePublished")), order), "json-ld", 10)
    yield Candidate(dates.read_moment(jsonld.words(article.get("dateCreated")), order), "json-ld", 5)
    if not article:
        for node, types in markup.nodes:
            if jsonld.ARTICLE_TYPES.isdisjoint(types) and ("webpage" in types or "event" not in types):
                yield Candidate(dates.read_moment(jsonld.words(node.get("datePublished")), order), "json-ld", 6)


def _from_dublin_core(markup: StatedMarkup, around: HeadlineArea, order: Order) -> Iterator[Candidate]:
    """The day of creation in RDFa, as Drupal 7 states it: worth much where its own words show the same day to readers,
    in whatever order, else little, since old releases are often put in anew."""
    created = (one for one in markup.marked if one.name == "created" and one.value)
    stated = (one for one in created if "dc:" in one.element.get("property", "") and not _is_in_comments(one.element))
    own = (one for one in stated if not around.is_of_teaser(one.element))
    for marked in around.own(own)[:1]:
        moment, words = dates.read_moment(marked.value, order), words_of(marked.element, 80)
        shown = {dates.read_moment(words, "DMY")[:10], dates.read_moment(words, "MDY")[:10]}
        yield Candidate(moment, "microdata", 8 if moment[:10] in shown else 3)


def _from_times(times: list[_Time], order: Order) -> Iterator[Candidate]:
    """`time` elements near the headline: the first that is not said to be a modification."""
    own = [time for time in times if not _is_in_comments(time.element)]
    for place, (element, distance, role) in enumerate(own):
        if role == "modified":
            continue
        value = element.get("datetime") or ""
        moment = dates.read_moment(value, order) or dates.read_moment(words_of(element, 80), order)
        if moment:
            named = element.get("pubdate") is not None or "publish" in (element.get("class") or "").lower()
            weight = 7.0 if named and place < 2 else 6.0 if place == 0 else 2.0
            yield Candidate(moment, "time", weight if distance <= _NEAR_TIME else weight / 2)


def _is_in_comments(element: HtmlElement) -> bool:
    """Whether an element stands among what readers wrote."""
    return any(
        _COMMENTS.match(f"{one.get('class') or ''} {one.get('id') or ''}")
        for one in islice(element.iterancestors(), _ABOVE)
    )


def _from_text(shown: tuple[Nearby, ...], anchored: bool) -> Iterator[Candidate]:
    """Days written out near the headline: the near before the far, those alone before those in a sentence. Of the
    latter only the first counts, and if it is of a dateline: the text tells of the others. One before the Web counts
    alone, and near, and without another: others are of what the text tells. What says that the day is the page's, or
    beside the headline calls the page a release of it, adds to its worth; what was decided or held on it, takes."""
    history = {one.moment[:10] for one in shown if not one.in_prose and not dates.is_of_web(one.moment)}
    first = next((one.moment for one in shown if one.in_prose and one.side == 1), "")
    for nearby in shown:
        if nearby.in_prose and not (nearby.opens and nearby.distance <= _DATELINE and nearby.moment == first):
            continue
        if not (dates.is_of_web(nearby.moment) or (_is_alone(nearby) and len(history) == 1)):
            continue
        if nearby.side == 1 and nearby.distance > _DATELINE and has_own_label(nearby.label):
            continue
        if _role(nearby.label) == "published" and not says_other(nearby.label):
            is_own = says_published(nearby.label) or (nearby.distance <= _DATELINE and calls_release(nearby.label))
            labelled = 1.5 if is_own else -1.5 if tells_of_act(nearby.label) else 0.0
            yield Candidate(nearby.moment, "text", _nearness(nearby, anchored) + labelled)


def _is_alone(nearby: Nearby) -> bool:
    """Whether a day stands near the headline without words, or with such as say that it is that of the page: not that
    on which somebody was born or something founded."""
    says_nothing = not any(map(str.isalpha, nearby.label))
    is_near = not nearby.in_prose and nearby.distance <= _DATELINE
    return is_near and (says_nothing or says_published(nearby.label))


def _nearness(nearby: Nearby, anchored: bool) -> float:
    """What a written day is worth by where it stands; without a headline to be near to, little."""
    if nearby.in_prose:
        return _TOLD
    if not anchored:
        return 2.5 - min(nearby.distance, 2_000) / 2_000
    reach = 1_800 if nearby.side >= 0 else 500
    return (5.0 if nearby.side >= 0 else 4.5) - 3.0 * min(nearby.distance, reach) / reach


def _modified(
    markup: StatedMarkup, times: list[_Time], shown: tuple[Nearby, ...], link: Link | None, order: Order
) -> Iterator[Candidate]:
    if link:
        yield Candidate(dates.read_moment(link.modified, order), "feed", 7)
    yield Candidate(dates.read_moment(jsonld.words(markup.article.get("dateModified")), order), "json-ld", 10)
    for value in markup.named(_MODIFIED_METAS):
        yield Candidate(dates.read_moment(value, order), "meta", 9)
    for marked in markup.marked:
        if marked.name == "datemodified":
            value = marked.value or words_of(marked.element, 80)
            yield Candidate(dates.read_moment(value, order), "microdata", 8)
    for element, _, role in times:
        if role == "modified":
            yield Candidate(dates.read_moment(element.get("datetime") or words_of(element, 80), order), "time", 6)
    for nearby in shown:
        if _role(nearby.label) == "modified":
            yield Candidate(nearby.moment, "text", 5)


def _label(element: HtmlElement) -> str:
    """What is said of a `time` element: its class and property, its own words, and those before it that no h1 says."""
    before = element.getprevious()
    parent = element.getparent()
    said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    if not said.strip() and before is not None and before.tag != "h1":
        said = words_of(before, 40)
    own = " ".join(filter(None, (element.get("class"), element.get("itemprop"), words_of(element, 60))))
    return f"{said.strip()[-40:]} {own}"


@remembered(2_000)
def _role(label: str) -> Role:
    return "modified" if says_modified(label) else "published"
