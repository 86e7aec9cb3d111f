"""Who wrote a page, by the places that name authors: JSON-LD, metas, microdata, and bylines near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from archive.metadata.headline_area import HeadlineArea
from archive.metadata.names import SITE, Institution, author_names, is_one_of
from archive.metadata.persons import is_institution, is_person
from archive.metadata.title import fold, title_tails
from archive.metadata.title_headings import leads_home
from archive.page import jsonld
from archive.page.markup import StatedMarkup, words_of
from archive.text.characters import AUTHOR, WRITTEN_BY

_LONGEST_DESK = 4
_BESIDE = frozenset({"aside", "footer", "nav"})


@dataclass(frozen=True)
class Byline:
    """The names a page is signed with, people first, and the kind of place they were taken from ("" without any,
    `SITE` where only the site is named)."""

    names: tuple[str, ...] = ()
    origin: str = ""


def read_byline(markup: StatedMarkup, near: HeadlineArea, title: str, site: tuple[str, ...]) -> Byline:
    """The byline from the first place that names more than the site; the site when none does.

    The site's names are those given, its publisher's, and what the page's title has behind its headline at last.
    """
    own = (*site, jsonld.words(markup.article.get("publisher")), *_last_tail(markup.title, title))
    only_site = Byline()
    for origin, values in _places(markup, near):
        found = author_names(values)
        others = tuple(name for name in found if not is_one_of(name, own))
        if origin == "text":
            others = _believed(others, people_only=bool(only_site.names))
        if others:
            return Byline(found if origin == "json-ld" else others, origin)
        sites = tuple(name for name in found if is_one_of(name, own)) if origin == "text" else found
        if sites and not only_site.names:
            only_site = Byline(sites, SITE)
    return only_site


def _last_tail(page: str, title: str) -> tuple[str, ...]:
    return tuple(tail for tail in title_tails(page)[-1:] if fold(tail) not in fold(title))


def _believed(names: tuple[str, ...], people_only: bool) -> tuple[str, ...]:
    """What to believe of names near a headline: people; failing them one short desk's, unless the site was named."""
    people = tuple(filter(is_person, names))
    if people or people_only:
        return people
    return names if len(names) == 1 and len(names[0].split()) <= _LONGEST_DESK else ()


def _places(markup: StatedMarkup, near: HeadlineArea) -> Iterator[tuple[str, list[str]]]:
    """Where a page names its authors, the surest place first."""
    stated = markup.article.get("author") or markup.article.get("creator")
    yield "json-ld", [name for item in jsonld.listed(stated) for name in _author_names(item)]
    yield "meta", _author_metas(markup)
    marked = (one for one in markup.marked if one.name == "author" and not _is_of_others(one.element))
    yield "microdata", [one.value or name for one in marked for name in _named_in(one.element)]
    yield "text", [*near.bylines, *near.signatures]


def _is_of_others(element: HtmlElement) -> bool:
    """Whether an element, in no article, names the site, as a link to its home page does, or stands at the side or the
    foot of its page, where teasers of other articles are."""
    above = [one.tag for one in element.iterancestors()]
    if "article" in above:
        return False
    return not _BESIDE.isdisjoint(above) or (element.tag == "a" and leads_home(element.get("href") or ""))


def _named_in(element: HtmlElement) -> list[str]:
    """The names in an item of an author, without what else it says of them; all its words where it marks none."""
    names = [words_of(one, 200) for one in element.iterdescendants() if one.get("itemprop") == "name"]
    return [name for name in names if name] or [words_of(element, 200)]


def _author_names(item: Any) -> list[str]:
    if not isinstance(item, Mapping):
        return [jsonld.words(item)]
    names = [jsonld.words(name) for name in jsonld.listed(item.get("name"))]
    if any(name.endswith("organization") for name in jsonld.types(item)):
        return [Institution(name) for name in names if name]
    given, family = jsonld.words(item.get("givenName")), jsonld.words(item.get("familyName"))
    return [name for name in names if name] or ([f"{given} {family}".strip()] if family else [])


_AUTHOR_METAS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author",
    "byl", "cxenseparse:author", "articleauthor", "article_author", "article:author_name",
    "mrf:authors", "twitter:misc:written by", "authors",
)  # fmt: skip
_NAMES_AUTHOR = re.compile(rf"(?:{WRITTEN_BY}|{AUTHOR})\s?:?", re.I)


def _author_metas(markup: StatedMarkup) -> list[str]:
    for name in _AUTHOR_METAS:
        values = markup.metas.get(name, ())
        if name == "citation_author":
            values = tuple(map(_given_name_first, values))
        if author_names(values):
            return list(values)
    return [markup.meta("twitter:data1")] if _NAMES_AUTHOR.fullmatch(markup.meta("twitter:label1")) else []


def _given_name_first(name: str) -> str:
    """A name for catalogues, which may begin with the family's, as people say it; an institution's as it is."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given and ";" not in given and not is_institution(name) else name
