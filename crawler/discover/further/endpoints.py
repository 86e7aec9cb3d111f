"""Endpoints that a page's data names, asked for what comes after the items that the data holds. Pure.

A component of a page made by scripts is given where to ask ({"endpoint": "/api/items", "params": {"limit": 12}}) and
the first answer ({"items": [...], "next_cursor": "k7"}), which says where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urlsplit

from archive.core.urls import canonical, host, key
from crawler.discover.further.json_items import counted_page, is_address, next_pages, values_of
from crawler.discover.further.load_more import hyphened_name
from crawler.discover.links import Document

_MOST, _MOST_NAMED = 6, 60
"""Addresses that are given, and objects with endpoints that are read with all they hold."""

_ENDPOINT = re.compile(
    r"^(?:\w+-)?(?:endpoint|api|api-?(?:url|path|endpoint)|(?:fetch|data|ajax|load|rest|query|items?)-?ur[li])$"
)
_PARAMETERS = re.compile(r"^(?:query-?|default-?|base-?|request-?)?(?:params|parameters|query|args|variables)$")
_CURSOR_NAME = re.compile(r"^(?:next-?)?(?:cursor|page|offset|token)-?(?:param(?:eter)?|name|key)$")


def asked_next(held: Any, url: str) -> Iterator[Document]:
    """The addresses at which the endpoints of a JSON value give their next items."""
    found: dict[str, Document] = {}
    named = ((one, list(_endpoints(one, url))) for _, one in values_of(held) if isinstance(one, dict))
    for one, endpoints in islice(((one, each) for one, each in named if each), _MOST_NAMED):
        if len(found) < _MOST:
            for endpoint in endpoints:
                for document in _next_of(one, endpoint):
                    found.setdefault(key(document.url), document)
    yield from list(found.values())[:_MOST]


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
            if host(parts.geturl()) == host(url):
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
