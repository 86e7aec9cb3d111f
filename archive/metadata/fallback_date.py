"""Days found on a page that does not state its date: in elements marked as dates, in sentences, in scripts.

Used only when nothing states a day. It counts less than any statement, and more than htmldate's search for anything
that looks like a day, which is the last resort. The day of the last change, which wikis and old sites show, is found
here too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from htmldate import find_date
from lxml.html import HtmlElement

from archive.metadata.headline_area import is_told
from archive.page.apart import is_apart, without_apart
from archive.page.markup import words_of
from archive.text import dates
from archive.text.characters import phrases, small
from archive.text.date_labels import has_own_label, is_of_span, says_modified, says_other, says_published
from archive.text.date_order import Order

_MARKED = phrases("date|time|publi|posted|meta|datum|fecha|created|entry-|byline|info|stamp")
_NOT_THE_PAGES = phrases(
    "modif|updat|comment|related|sidebar|widget|copyright|footer|event|expire|calendar|teaser|reply|next|prev"
)
_SENTENCE = phrases(
    r"(?:artikel|beitrag|post|article|entry|story|page|artículo|запись|статья|wpis)\s"
    r"(?:wurde|was|is|fue|была?|został\w*)\s|"
    r"(?:veröffentlicht|publiziert|erstellt|published|posted|publié|publicado|опубликовано|opublikowano|dodano|geplaatst)\s"
    r"(?:am|on|le|el|op|:|\s){1,2}",
)
_IN_SCRIPT = re.compile(
    r"[\"'](?:datePublished|published_at|publishedAt|publishDate|publish_date|publicationDate|publication_date|pubDate|"
    r"publishedDate|publishedOn|publishAt|publish_at|firstPublished|first_published|first_publication_date|date_published|"
    r"datePosted|date_posted|published|displayDate)[\"']\s?:\s?[\"']([^\"']{8,40})[\"']"
)
_LAST_CHANGE = re.compile(
    r"\b(?:last|zuletzt|letzte|dernière|derniere|última|ultima|laatst|senast|sidst|sist|ostatni\w*|naposledy|последн\w+|останн\w+|"
    r"τελευταία|viimeksi|son)\b[^!?]{0,50}?(?:edit|modif|updat|chang|revis|geänd|änder|bearbeit|aktualis|"
    r"mise à jour|actuali|atualiz|aggiorn|bewerkt|gewijzigd|ändrad|redigera|ændret|endret|zmian|zmodyf|edyc|edyt|změn|"
    r"измен|обновл|правк|змін|редаг|τροποπ|ενημ|muokattu|muutettu|değiş|güncel)|"
    r"(?:最終|最后|最後)(?:更新|変更|修改|編集)|этой страницы последнее",
    re.I,
)
_OF_SITE = re.compile(r"\b(?:(?:web-?)?sites?|sitio|sito|сайта?)\s?$", re.I)
"""What stands before such words where they speak of the whole site."""

_YEAR = re.compile(r"\d\d")
_LAST_CHANGE_MARKS = re.compile(r"last-?_?(?:mod|edit|change|updat)", re.I)
_STATING = ("data-date", "data-published", "data-publish-date", "data-publishdate", "data-pubdate", "data-datetime",
            "data-timestamp", "data-time", "data-epoch", "data-utc", "data-unix", "data-ts")  # fmt: skip
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
_COMPACT_DAY = re.compile(r"(?<!\d)(20[0-3]\d|19[89]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_PLACE_NAMES = "span p div li td small i em b strong abbr dd a section font h5 h6"
_PLACES = frozenset(_PLACE_NAMES.split())
_OTHER_PLACES = ("time", "article", "main", "h1", "header", "body", "script", "meta")
_SPOKEN = ("p", "div", "span", "li", "td", "small", "em", "i", "b", "strong", "dd", "section", "footer", "article")
_LONGEST = 110
_MOST, _DEEPEST, _MOST_HEADINGS = 400, 40, 5
_SCRIPT_HEAD = 300_000
_SMALL, _LARGE, _LONG = 700, 5_000, 1_000_000
"""Elements of a page that htmldate searches thoroughly; elements and characters of one that it searches at all."""

_NO_WORDS = frozenset({"script", "style", "noscript", "template", "meta", "link", "title"})
_TITLED = frozenset({"h1", "option"})
_STAMP, _TEXT, _BESIDE = 40, 400, 40
"""Characters of an attribute that is a moment, of a text that is read, and of what stands beside a day in it."""

_ENDS = (".", "!", "?", "。", ")")
"""How a sentence ends, and a reference."""


@dataclass(frozen=True)
class FallbackDate:
    """A day found on a page, and what kind of place it was found in ("text" or "script")."""

    moment: str
    origin: str


def find(tree: HtmlElement, order: Order, captured_at: datetime) -> FallbackDate | None:
    """The first day in a marked element, else in a sentence about publication, else in attributes, names and scripts.

    The places are collected in one pass over the page; sentences are searched only where no marked element has a day.
    """
    seen = _collect(tree)
    places = (
        (_texts_of_marked(seen.marked, seen.holding), "text"),
        (_sentences(tree), "text"),
        (iter(seen.attributes), "text"),
        (iter(seen.names), "text"),
        (_in_scripts(seen.scripts), "script"),
    )
    return next((found for texts, origin in places for found in _first(texts, order, captured_at, origin)), None)


def last_change(tree: HtmlElement, order: Order, captured_at: datetime) -> str:
    """When a page says it was last changed, in a sentence of its own outside the text; "" when it does not say."""
    return next((trace.moment for trace in _first(_changes(tree), order, captured_at, "text")), "")


def _first(texts: Iterator[str], order: Order, captured_at: datetime, origin: str) -> tuple[FallbackDate, ...]:
    for text in texts:
        for stated in dates.find_moments(text, order):
            if says_other(text[: stated.start]) or is_of_span(text[: stated.start], text[stated.end :]):
                continue
            if dates.is_of_web(stated.moment) and dates.plausible(stated.moment, captured_at):
                return (FallbackDate(stated.moment, origin),)
    return ()


@dataclass
class _Places:
    """The places of a page that may hold a day: elements marked as dates, attributes, names, scripts.

    `holding`: what holds its first headings, or what it marks as its main part. No such place stands apart, whatever it
    is called (`<div class="page-with-sidebar">`).
    """

    marked: list[HtmlElement] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    holding: set[HtmlElement] = field(default_factory=set)


def _collect(tree: HtmlElement) -> _Places:
    """The places of a page that may hold its day, in one pass over it."""
    places = _Places()
    bodies = headings = 0
    for element in tree.iter(*_PLACES, *_OTHER_PLACES):
        if element.tag in ("script", "meta"):
            places.scripts += _script_in(element)
            continue
        if element.tag in ("h1", "main") and headings < _MOST_HEADINGS:
            headings += 1
            places.holding.update(element.iterancestors())
        if element.tag == "h1":
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in ("body", "article") and bodies < 2:
            bodies += 1
            if named := _COMPACT_DAY.search(marks):
                places.names.append("-".join(named.groups()))
        if element.tag == "body":
            continue
        marks = small(marks)
        if len(marks) >= 2 and _NOT_THE_PAGES.search(marks):
            continue
        dated = bool(_MARKED.search(marks))
        values = (value for name in _STATING if (value := element.get(name)))
        places.attributes += [text for value in values if (text := _stated_in_attribute(value, dated))]
        if dated and element.tag in _PLACES and len(places.marked) < _MOST:
            places.marked.append(element)
    return places


def _script_in(element: HtmlElement) -> list[str]:
    """The text of a script, or of a `meta` that holds a JSON object for one."""
    told = element.text if element.tag == "script" else element.get("content")
    return [told] if told and (element.tag == "script" or told.startswith("{")) else []


def _stated_in_attribute(value: str, dated: bool) -> str:
    """What an attribute says of a day; seconds since 1970 count only in an element that is marked as a date."""
    if _SECONDS.fullmatch(value.strip()):
        return dates.read_moment(value) if dated else ""
    return value[:_LONGEST]


def _texts_of_marked(marked: list[HtmlElement], holding: set[HtmlElement]) -> Iterator[str]:
    """The short texts of marked elements; last those in a part apart that tells of one day only, but for those of
    changes, or that says of one that it is that of the publication: of several days there none is the page's."""
    known: dict[HtmlElement, bool] = dict.fromkeys(holding, False)
    apart: defaultdict[HtmlElement, list[str]] = defaultdict(list)
    for element in marked:
        text = element.get("title") if element.tag == "abbr" else words_of(element, _LONGEST + 1)
        if text and len(text) <= _LONGEST:
            parts = (one for one in islice(element.iterancestors(), _DEEPEST) if _is_apart(one, known))
            if (part := next(parts, None)) is None:
                yield text
            else:
                apart[part].append(text)
    for texts in apart.values():
        own = list(filter(says_published, texts)) or [text for text in texts if not says_modified(text)]
        if len({day.moment[:10] for text in own for day in dates.find_moments(text)}) == 1:
            yield from own


def _is_apart(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    if element not in known:
        known[element] = is_apart(element)
    return known[element]


def _sentences(tree: HtmlElement) -> Iterator[str]:
    for text in tree.itertext(*_SPOKEN):
        found = _SENTENCE.search(small(text[:400]))
        if found:
            yield text[found.end() : found.end() + 80]


def _changes(tree: HtmlElement) -> Iterator[str]:
    """Texts that say when the page was last changed: short, and the last of them first."""
    for element in reversed(list(tree.iter("p", "li", "div", "span", "small", "td", "footer", "em", "i"))):
        text = element.text or ""
        marks = element.get("id") or element.get("class") or ""
        if 5 < len(text) <= 3 * _LONGEST and _YEAR.search(text) and (said := _LAST_CHANGE.search(text)):
            if not _OF_SITE.search(text, 0, said.start()):
                yield text[said.start() : said.start() + 2 * _LONGEST]
        elif marks and _LAST_CHANGE_MARKS.search(marks):
            yield words_of(element, _LONGEST)


def _in_scripts(scripts: list[str]) -> Iterator[str]:
    for script in scripts:
        found = _IN_SCRIPT.search(script[:_SCRIPT_HEAD])
        if found:
            yield found[1]


def searched_day(tree: HtmlElement, url: str, captured_at: datetime) -> str:
    """htmldate's search, on a copy of the tree; its thorough mode, which is slow, for small pages only.

    A first of the month is left out: most are its rounding of a lone year or month, and no day is to be invented. So
    is a day that the page does not say apart from its sentences: others stand in the text, or in addresses of pictures
    and of other pages, in style sheets and titles.
    """
    latest = captured_at.date().isoformat()
    elements, characters = _size(tree)
    if elements > _LARGE or characters > _LONG:
        return ""
    try:
        with without_apart(tree):
            day = _found_by_htmldate(tree, url, latest, thorough=elements <= _SMALL)
            return day if day and (day.replace("-", "") in url or _says_apart(tree, day)) else ""
    except (ValueError, TypeError, AttributeError, OverflowError):
        return ""


def _says_apart(tree: HtmlElement, day: str) -> bool:
    """Whether a page says a day in a short text with few words beside it, or as the whole value of an attribute."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_WORDS:
            continue
        given = ((name, value) for name, value in element.items() if not _NOT_THE_PAGES.search(small(name)))
        is_said = any(_is_stamp(name, value, day) for name, value in given) or (
            element.tag not in _TITLED and _is_day(element.text or "", day)
        )
        if (is_said and not is_told(element)) or _is_day(element.tail or "", day):
            return not _is_of_change(element)
    return False


def _is_stamp(name: str, value: str, day: str) -> bool:
    """Whether an attribute is a moment of a day, as programs write it or, in the `title` of a shorter one, people."""
    return len(value) <= _STAMP and (value[: len(day)] == day or (name == "title" and _is_day(value, day)))


def _is_day(text: str, day: str) -> bool:
    """Whether a text says a day, in either order of its figures, and hardly more."""
    said = " ".join(text[:_TEXT].split())
    if len(said) > _LONGEST:
        return False
    for order in ("DMY", "MDY"):
        for one in dates.find_moments(said, order):
            if one.moment[: len(day)] == day:
                beside = len(said) - (one.end - one.start)
                label = said[: one.start]
                is_other = says_other(label) or has_own_label(label) or is_of_span(label, said[one.end :])
                return beside <= _BESIDE and not is_other and not said.endswith(_ENDS)
    return False


def _is_of_change(element: HtmlElement) -> bool:
    return _NOT_THE_PAGES.search(small(f"{element.get('class') or ''} {element.get('id') or ''}")) is not None


def _size(tree: HtmlElement) -> tuple[int, int]:
    """How many elements and characters of text a page has; stops counting past what htmldate is given to search."""
    elements = characters = 0
    for element in tree.iter():
        elements += 1
        characters += len(element.text or "") + len(element.tail or "")
        if elements > _LARGE or characters > _LONG:
            break
    return elements, characters


def _found_by_htmldate(tree: HtmlElement, url: str, latest: str, thorough: bool) -> str:
    day = find_date(tree, extensive_search=False, original_date=True, max_date=latest)
    if not day and thorough:
        day = find_date(tree, extensive_search=True, original_date=True, max_date=latest)
    return day if day and not day.endswith("-01") else ""
