"""Data that a page carries for its scripts: releases beyond those shown, and where further pages are. Pure.

Frameworks (Next.js, Nuxt, Gatsby, Drupal and many by hand) leave JSON in script elements. Nothing is run: what is no
JSON is passed over.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from archive.core.model import Link
from archive.core.urls import canonical, host, key
from crawler.discover.further.devalue import restored
from crawler.discover.further.endpoints import answered_next, asked_next
from crawler.discover.further.json_items import is_published, item_of, next_pages, title_of, values_of
from crawler.discover.items.rows import rows_of
from crawler.discover.links import Document
from crawler.discover.scripts.streams import streamed_values
from crawler.discover.shape import FITS, Shapes
from crawler.discover.vocabulary import hyphened_name

LARGEST = 5_000_000
"""Characters of one script that are read."""

_ENOUGH = 3
_SHORTEST = 200
"""Characters from which on an attribute may hold a list."""

_MOST_KINDS = 11
"""The greatest mark of a kind of value that Astro writes."""

_MOST_FOLDERS = 8

_ASSIGNED = re.compile(r"(?:window\.|self\.|var |let |const )?[\w.$\[\]'\"]{2,60}\s*=\s*(?=[{\[])")
_SLUG = re.compile(r"(?:^|-)(?:slug|path|url-title|url-key|alias|id|key|uid)$")
_ENDS = re.compile(r"(?:^|-)(?:slug|alias|url-title|url-key|handle|permalink|url|path)$")
_NUMBERS = re.compile(r"(?:^|-)(?:id|key|no|num|number|nr|code|doc|news|article|release|item|uid|nid)(?:-|$)|id$")
_LAST_PART = re.compile(r"(.*[/=])([^/=&?#.]+)(/|\.\w{2,5}|)")
"""An address before, at and behind the part that names a release, if that is its last one."""

_NEARLY_ALL = 0.8
_TOTAL = re.compile(r"^(?:total-?|last-?|max-?|num(?:ber-of)?-?)pages?$|^pages?-?(?:count|total)$|^page-?count$")


def hydrated(tree: HtmlElement, url: str, shown: Sequence[Link]) -> tuple[list[Link], list[Document]]:
    """The releases and further pages in a page's data. `shown` are the releases that its markup names.

    A list of the data counts where releases that are shown stand in it, or, where none is shown, where each item of it
    has an address, a title and a day.
    """
    links: dict[str, Link] = {}
    documents: list[Document] = []
    for held in embedded(tree):
        total = 0
        for name, one in values_of(held):
            if isinstance(one, list) and len(one) >= _ENOUGH and all(isinstance(item, dict) for item in one):
                links |= {key(link.url): link for link in _listed(one, url, shown)}
            elif isinstance(one, dict):
                documents += [document for document in next_pages(one, url) if document.url != url]
            elif isinstance(one, int) and _TOTAL.search(hyphened_name(name)):
                total = max(total, one)
        documents += [*asked_next(held, url), *answered_next(held, url)]
        documents += list(_next_data(held, url)) if total > 1 else []
    return list(links.values()), documents


def of_shape(tree: HtmlElement, url: str, shapes: Shapes) -> Iterator[Link]:
    """The releases in a page's data that states no addresses, but ends of them: those whose address has the shape of
    releases with the page's own folders before it. Where the items name their folder, only those of that folder."""
    for _, one in (pair for held in embedded(tree) for pair in values_of(held)):
        if isinstance(one, list) and len(one) >= _ENOUGH and all(isinstance(item, dict) for item in one):
            stated = (_below(folders, items, url) for folders, items in _by_folder(one, url))
            found = ([link for link in links if shapes.fit(link.url) >= FITS] for links in stated)
            yield from next((links for links in found if len(links) >= _ENOUGH), ())


def below_known(held: Any, url: str, shapes: Shapes) -> Iterator[Link]:
    """The items of an answer that state only one part of their addresses, as releases at that place of the addresses
    of nearly all known ones, if all that come of it have the shape of these."""
    forms = Counter((last[1], last[3]) for each in shapes.examples if (last := _LAST_PART.fullmatch(each)))
    ((before, behind), number), *_ = forms.most_common(1) or [(("", ""), 0)]
    parts = {each[len(before) : len(each) - len(behind)] for each in shapes.examples if each.startswith(before)}
    if not number or number < _NEARLY_ALL * len(shapes.examples) or len(parts) == 1 < number:
        return
    for _, one in values_of(held):
        if isinstance(one, list) and one and all(isinstance(item, dict) for item in one):
            found = _ended(one, before, behind, parts, url)
            if found and all(shapes.fit(link.url) >= FITS for link in found):
                yield from found
                return


def _ended(items: Sequence[dict[str, Any]], before: str, behind: str, parts: Collection[str], url: str) -> list[Link]:
    """Items that state a part of their address, as releases; none where one of them does not. Where that part is a
    number of the known ones, it is one of as many figures."""
    are_numbers = all(map(str.isdecimal, parts))
    names = [name for name in items[0] if (_NUMBERS if are_numbers else _ENDS).search(hyphened_name(str(name)))]
    for name in names:
        stated = [(item, _value(item, hyphened_name(name)).strip("/")) for item in items]
        if not all(end and "/" not in end and title_of(item) for item, end in stated):
            continue
        if are_numbers and not all(end.isdecimal() and len(end) in {*map(len, parts)} for _, end in stated):
            continue
        if len({end for _, end in stated}) == len(stated):
            return [
                Link(canonical(f"{before}{end}{behind}"), title_of(item), is_published(item), via=url)
                for item, end in stated
            ]
    return []


def _by_folder(items: list[dict[str, Any]], url: str) -> Iterator[tuple[list[str], list[dict[str, Any]]]]:
    """The folders of a page below which items may stand, with those that do: those that items name first, that of the
    page itself last."""
    folders = [part for part in urlsplit(url).path.split("/") if part][:_MOST_FOLDERS]
    above = [folders[:depth] for depth in range(len(folders), -1, -1)]
    named = [(each, [item for item in items if each[-1] in item.values()]) for each in above if each]
    yield from ((each, some) for each, some in named if some)
    yield from ((each, items) for each in [*above[1:], *above[:1]])


def _below(folders: Sequence[str], items: Sequence[dict[str, Any]], url: str) -> list[Link]:
    """Items that state the end of their address, as releases below folders of a page."""
    slash = "/" if urlsplit(url).path.endswith("/") else ""
    names = [name for name, value in items[0].items() if _SLUG.search(hyphened_name(name)) and isinstance(value, str)]
    stated = [(item, _value(item, hyphened_name(name)).strip("/")) for name in names[:1] for item in items]
    return [
        Link(canonical("/".join(["", *folders, slug]) + slash, url), title_of(item), is_published(item), via=url)
        for item, slug in stated
        if slug and title_of(item)
    ]


def embedded(tree: HtmlElement) -> Iterator[Any]:
    """The JSON values in the scripts of a page, whole or streamed, and in attributes of its elements; structured data
    of search engines apart."""
    for element in tree.iter(etree.Element):
        for value in element.attrib.values():
            if _SHORTEST < len(value) < LARGEST and value[0] in "{[":
                yield from map(unmarked, _parsed(value))
    for element in tree.iter("script"):
        text = (element.text or "").strip()
        kind = (element.get("type") or "").lower()
        if not text or len(text) > LARGEST or kind == "application/ld+json":
            continue
        if "json" in kind or text[0] in "{[":
            yield from (_with_address(element, restored(held)) for held in _parsed(text))
        elif "=" in text[:400]:
            for found in list(_ASSIGNED.finditer(text))[:8]:
                yield from _parsed(text[found.end() :])
    yield from streamed_values(tree)


def _with_address(script: HtmlElement, held: Any) -> Any:
    """The value of a script; where an attribute says that it is the answer of an address, beside that one (as SvelteKit
    writes what a page was made of: <script data-url="/api/items">{"body": "{...}"})."""
    asked = script.get("data-url") or ""
    body = held.get("body", held) if isinstance(held, dict) else held
    if not asked:
        return held
    return {"url": asked, "body": next(_parsed(body), body) if isinstance(body, str) else body}


def unmarked(held: Any) -> Any:
    """A value without the marks of its kinds, where each value of an object is a pair of a small number and itself (as
    Astro writes the properties of an island: {"slug": [0, "lamps"], "items": [1, [[0, {...}]]]}); else the same."""
    if not (isinstance(held, dict) and held and all(_is_marked(value) for value in held.values())):
        return held
    try:
        return {name: _bare(value) for name, value in held.items()}
    except RecursionError:
        return held


def _is_marked(value: Any) -> bool:
    return isinstance(value, list) and len(value) in (1, 2) and type(value[0]) is int and 0 <= value[0] <= _MOST_KINDS


def _bare(pair: Any) -> Any:
    if not _is_marked(pair):
        return pair
    held = pair[-1] if len(pair) > 1 else None
    if isinstance(held, dict):
        return {name: _bare(value) for name, value in held.items()}
    return [_bare(one) for one in held] if pair[0] == 1 and isinstance(held, list) else held


def _parsed(text: str) -> Iterator[Any]:
    """The JSON value that a text begins with, if it is one of some size."""
    try:
        held, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return
    if isinstance(held, dict | list):
        yield held


def _listed(items: Sequence[dict[str, Any]], url: str, shown: Sequence[Link]) -> Iterator[Link]:
    """The items of a list as releases, if that is what it lists."""
    stated = [link for item in items if (link := item_of(item, url))] or rows_of(items, url)
    known = {key(link.url) for link in shown}
    found = [link for link in stated if host(link.url) == host(url)]
    if shown:
        alike = sum(key(link.url) in known for link in found)
        if alike * 2 >= min(len(known), len(items)) and alike:
            yield from found
        else:
            yield from _by_slug(items, url, shown)
    elif len(found) >= _ENOUGH and len(found) == len(items) and all(link.published for link in found):
        yield from found


def _by_slug(items: Sequence[dict[str, Any]], url: str, shown: Sequence[Link]) -> Iterator[Link]:
    """Items that state only the last part of their address: the rest is that of the releases shown."""
    by_last = {urlsplit(link.url).path.rstrip("/").rpartition("/")[2]: link.url for link in shown}
    for name in {
        hyphened_name(str(name)) for item in items[:3] for name in item if _SLUG.search(hyphened_name(str(name)))
    }:
        slugs = [_value(item, name) for item in items]
        alike = [slug for slug in slugs if slug.strip("/").rpartition("/")[2] in by_last]
        if len(alike) < min(_ENOUGH, len(by_last)):
            continue
        sample = by_last[alike[0].strip("/").rpartition("/")[2]]
        before, _, behind = sample.rpartition(alike[0].strip("/").rpartition("/")[2])
        lasts = [slug.strip("/").rpartition("/")[2] for slug in alike]
        if not all(key(f"{before}{last}{behind}") == key(by_last[last]) for last in lasts):
            continue  # more than this part differs: a number stands before it
        for item, slug in zip(items, slugs, strict=True):
            last = slug.strip("/").rpartition("/")[2]
            address = canonical(f"{before}{last}{behind}") if last else ""
            title = title_of(item)
            if address and title:
                yield Link(address, title, is_published(item), via=url)
        return


def _value(item: dict[str, Any], name: str) -> str:
    value = next((value for called, value in item.items() if hyphened_name(str(called)) == name), "")
    return (
        str(value) if isinstance(value, str | int) else str(value.get("current", "")) if isinstance(value, dict) else ""
    )


def _next_data(held: Any, url: str) -> Iterator[Document]:
    """The second page where the data says that there are several: by parameter, or as Next.js fetches its data."""
    parts = urlsplit(url)
    prefix = held.get("prefix") if isinstance(held, dict) and "preload_data" in held else None
    counter = f"{prefix}paged" if isinstance(prefix, str) else "page"  # FacetWP draws its pager by a script
    query = f"{parts.query}&{counter}=2" if parts.query else f"{counter}=2"
    if f"{counter}=" not in parts.query:
        yield Document(canonical(parts._replace(query=query).geturl()), "listing", "guess", "guess page")
        if isinstance(held, dict) and isinstance(held.get("buildId"), str):
            path = f"/_next/data/{held['buildId']}{parts.path.rstrip('/') or '/index'}.json"
            yield Document(
                canonical(parts._replace(path=path, query=query).geturl()), "listing", "json", f"json {path}"
            )
