"""Where a site files a page, as the page shows it: the section in its breadcrumb, the tags below its text. Pure.

Only for the fields of that name: neither has a say in what the page is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from archive.core.urls import canonical, key
from archive.metadata.title import fold
from archive.page import jsonld
from archive.page.markup import StatedMarkup, words_of
from archive.page.places import names_of

_TAGGED = etree.XPath("//a[contains(@rel, 'tag')]")
_CRUMBS = re.compile(r"bread-?_?crumb|fil-?d-?ariane|kr(?:ü|ue)mel|(?<![a-z])migas?(?![a-z])|rootline|brotkrume", re.I)
_TAGS = re.compile(
    r"(?<![a-z])(?:(?:post|article|entry|news|page)[-_]?)?(?:tags?(?:[-_]?(?:list|links|wrapper))?|keywords)(?![a-z])",
    re.I,
)
_ASIDE = frozenset({"aside", "nav", "footer", "form"})
_MOST, _LONGEST, _LEVELS = 40, 80, 30
_NAME, _HOME, _MOST_NAMED = 40, 4, 12
"""Characters of a section's name, slashes in the address of a home page, links of a place with the tags of one page."""


def shown_section(markup: StatedMarkup, title: str, url: str) -> str:
    """The last section that the page's breadcrumb names between the home page and the page itself; "" without one."""
    for crumbs in _breadcrumbs(markup):
        own = {key(url), ""}
        names = [name for name, leads in crumbs[1:] if leads is not None and key(canonical(leads, url)) not in own]
        names = [name for name in names if 0 < len(name) <= _NAME and not name.isdigit() and not _is_title(name, title)]
        if names:
            return names[-1]
    return ""


def shown_tags(markup: StatedMarkup) -> tuple[str, ...]:
    """The tags that the page lists in one place, as links that say so (`rel="tag"`), or in a place of that name."""
    for group in (_related(markup), _named(markup)):
        found = dict.fromkeys(words_of(link, _LONGEST + 1).strip("#, ") for link in islice(group, _MOST))
        tags = tuple(tag for tag in found if 0 < len(tag) <= _LONGEST)
        if tags:
            return tags
    return ()


def _breadcrumbs(markup: StatedMarkup) -> Iterator[list[tuple[str, str | None]]]:
    """Each breadcrumb of the page: names, and where they lead (None: nowhere)."""
    for node in markup.typed("breadcrumblist"):
        items = [item for item in jsonld.listed(node.get("itemListElement")) if isinstance(item, dict)]
        yield [(jsonld.words(item.get("name")) or _named_by(item.get("item")), _leads(item)) for item in items[:_MOST]]
    for place in markup.named_places:
        if _CRUMBS.search(names_of(place)) or _CRUMBS.search((place.get("aria-label") or "")[:_LONGEST]):
            links = list(islice(place.iter("a"), _MOST))
            if links and (links[0].get("href") or "").count("/") <= _HOME:
                yield [(words_of(link, _LONGEST + 1).strip(" /›»>|"), link.get("href")) for link in links]


def _leads(item: dict[str, Any]) -> str | None:
    leads = item.get("item")
    if isinstance(leads, dict):
        leads = leads.get("@id") or leads.get("url")
    return leads if isinstance(leads, str) else None


def _named_by(item: object) -> str:
    return jsonld.words(item.get("name")) if isinstance(item, dict) else ""


def _is_title(name: str, title: str) -> bool:
    begun = fold(name.rstrip(".…"))
    return bool(begun) and fold(title).startswith(begun)


def _related(markup: StatedMarkup) -> Iterator[HtmlElement]:
    """The links to tags, and to no categories, that stand in one place with the first of them."""
    tagged = (one for one in cast("list[HtmlElement]", _TAGGED(markup.tree)) if _rels(one) == {"tag"} and _is_own(one))
    first = next(tagged, None)
    if first is not None:
        yield first
        yield from (one for one in islice(tagged, _MOST) if _home(one) is _home(first))


def _rels(link: HtmlElement) -> set[str]:
    return {"tag", "category"}.intersection((link.get("rel") or "").lower().split())


def _home(link: HtmlElement) -> HtmlElement | None:
    above = link.getparent()
    return above.getparent() if above is not None and above.tag in ("li", "span") else above


def _named(markup: StatedMarkup) -> list[HtmlElement]:
    """The links of a place in the article that is called tags, and holds little else."""
    for place in markup.named_places:
        if _TAGS.search(names_of(place)) and _is_own(place) and _is_in_article(place):
            links = list(islice(place.iter("a"), _MOST))
            if 0 < len(links) <= _MOST_NAMED and sum(len(words_of(link)) for link in links) * 2 > len(words_of(place)):
                return links
    return []


def _is_in_article(element: HtmlElement) -> bool:
    return any(one.tag in ("article", "main") for one in islice(element.iterancestors(), _LEVELS))


def _is_own(element: HtmlElement) -> bool:
    """Whether an element stands in the page's main part, as far as tags tell."""
    return not any(one.tag in _ASIDE for one in islice(element.iterancestors(), _LEVELS))
