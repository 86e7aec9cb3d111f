"""Endpoints that a page's data names, asked for what comes after the items that the data holds. Pure.

A component of a page made by scripts is given where to ask ({"endpoint": "/api/items", "params": {"limit": 12}}) and
the first answer ({"items": [...], "next_cursor": "k7"}), which says where the next one begins. Or the page holds the
answers that it was made of, each beside its address: as a field (Angular: {"u": "/api/items?page=0", "b": {...}}), as
the key (SWR: {"/api/items?page=1": {...}}) or in an attribute (SvelteKit), which goes on by its counter. Or its head
says which data its scripts ask for at once (Gatsby, Nuxt: <link rel="preload" as="fetch" href="/page-data.json">).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical, key
from crawler.discover.address_parts import is_near
from crawler.discover.further.json_items import counted_page, is_address, next_pages, title_of, values_of
from crawler.discover.further.loading.next_part import after
from crawler.discover.links import Document
from crawler.discover.vocabulary import hyphened_name

_MOST, _MOST_NAMED = 6, 60
"""Addresses that are given, and objects with endpoints that are read with all they hold."""

_ENOUGH, _MOST_ITEMS = 3, 500
_AT = ("url", "u", "uri", "endpoint", "requestUrl")
_ANSWER = ("body", "b", "data", "response", "payload", "result")
_METHOD = re.compile(r"^(?:\$\w?|[A-Z]{1,6}[.:](?:json[.:])?)(?=/|https?:)")
"""What stands before an address that is a key: G.json.https://..., GET:/api/..."""

_ENDPOINT = re.compile(
    r"^(?:\w+-)?(?:endpoint|api|api-?(?:url|path|endpoint)|(?:fetch|data|ajax|load|rest|query|items?)-?ur[li])$"
)
_PARAMETERS = re.compile(r"^(?:query-?|default-?|base-?|request-?)?(?:params|parameters|query|args|variables)$")
_CURSOR_NAME = re.compile(r"^(?:next-?)?(?:cursor|page|offset|token)-?(?:param(?:eter)?|name|key)$")


def asked_at_once(tree: HtmlElement, base: str, url: str) -> Iterator[Document]:
    """The data that a page's head has fetched for its scripts."""
    links = (link for link in tree.iter("link") if (link.get("as") or "").lower() == "fetch")
    named = dict.fromkeys(canonical(link.get("href") or "", base) for link in links)
    near = (there for there in named if there and is_near(there, url))
    yield from (Document(there, "listing", "json", f"json {urlsplit(there).path}") for there in islice(near, _MOST))


def asked_next(held: Any, url: str) -> Iterator[Document]:
    """The addresses at which the endpoints of a JSON value give their next items, then those at which with the
    parameters that are stated they give their first."""
    found: dict[str, Document] = {}
    first: dict[str, Document] = {}
    named = ((one, list(_endpoints(one, url))) for _, one in values_of(held) if isinstance(one, dict))
    for one, endpoints in islice(((one, each) for one, each in named if each), _MOST_NAMED):
        for endpoint in endpoints if len(found) < _MOST else ():
            for document in _next_of(one, endpoint):
                found.setdefault(key(document.url), document)
            parts = urlsplit(endpoint)
            if parts.query:
                first.setdefault(key(endpoint), Document(endpoint, "listing", "json", f"json {parts.path}"))
    yield from list((found or first).values())[:_MOST]


def answered_next(held: Any, url: str) -> Iterator[Document]:
    """Where the answers go on that a JSON value holds beside their addresses."""
    found: dict[str, Document] = {}
    for endpoint, answer in islice(_answers(held, url), _MOST_NAMED):
        number = max((_titled(one) for _, one in values_of(answer) if isinstance(one, list)), default=0)
        inner = [one for _, one in values_of(answer) if isinstance(one, dict)] if number >= _ENOUGH else []
        named = [there for one in inner for there in (*next_pages(one, endpoint), *counted_page(one, endpoint))]
        goes_on = after(endpoint, number) if inner and not named else ""
        named += [Document(goes_on, "listing", "json", f"json {urlsplit(goes_on).path}")] if goes_on else []
        for document in named:
            if document.url != endpoint and len(found) < _MOST:
                found.setdefault(key(document.url), document)
    yield from found.values()


def _answers(held: Any, url: str) -> Iterator[tuple[str, Any]]:
    """The answers that a JSON value holds, with the addresses at which they were asked for."""
    for name, one in values_of(held):
        if not isinstance(one, dict):
            continue
        asked = next((str(one[each]) for each in _AT if isinstance(one.get(each), str)), "")
        answer = next((one[each] for each in _ANSWER if isinstance(one.get(each), dict | list)), None)
        if not (asked and answer):
            asked, answer = _METHOD.sub("", name), one
        if is_address(asked) and is_near(there := canonical(asked, url), url):
            yield there, answer


def _titled(items: list[Any]) -> int:
    """How many items of a list are objects with a title."""
    return sum(isinstance(item, dict) and bool(title_of(item)) for item in items[:_MOST_ITEMS])


def _endpoints(one: dict[str, Any], url: str) -> Iterator[str]:
    """The endpoints that an object names itself, with the parameters that it states beside them."""
    stated = {hyphened_name(str(name)): value for name, value in one.items()}
    fixed: dict[str, str] = {}
    for name, value in stated.items():
        if _PARAMETERS.search(name) and isinstance(value, dict):
            fixed |= {
                str(each): str(held) for each, held in value.items() if isinstance(held, str | int) and held != ""
            }
    for name, value in stated.items():
        if _ENDPOINT.search(name) and isinstance(value, str) and is_address(value):
            parts = urlsplit(canonical(value, url))
            if is_near(parts.geturl(), url):
                pieces = [piece for piece in (parts.query, urlencode(fixed)) if piece]
                yield canonical(parts._replace(query="&".join(pieces)).geturl())


def _next_of(one: dict[str, Any], endpoint: str) -> Iterator[Document]:
    """Where an endpoint goes on, by what the object that names it holds."""
    named = (str(value) for name, value in one.items() if _CURSOR_NAME.search(hyphened_name(str(name))))
    cursor = next((name for name in named if re.fullmatch(r"[\w.\[\]-]{1,40}", name)), "")
    for _, inner in values_of(one):
        if isinstance(inner, dict):
            yield from next_pages(inner, endpoint, cursor)
            yield from counted_page(inner, endpoint)
