"""Links through a counter of clicks or another redirect that names its target: where they lead, without asking. Pure.

Searches, newsletters and old systems link to `/redirect?url=https%3A%2F%2F…&rank=3`. Such an address may change with
each day (its rank, a key), while the target stays; and asking for it costs one request more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.urls import canonical, host, key
from crawler.discover.address_parts import are_related
from crawler.discover.vocabulary import LEADS_ON

_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_ESCAPED = re.compile(r"https?%3A", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/]|/[\w%-]", re.IGNORECASE)
_MAY_NAME = re.compile(r"=(?:http|/|%2F)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_HYPHENS = re.compile(r"[-_]+")
_NAME = re.compile(r"title|data-[\w-]*(?:url|href|link|target)[\w-]*")
_MOST_WORDS = 2
"""Words of the last folder of a redirect ("click-through", "redirect_to"): more are a title."""


def target_of(address: str, stated: Iterable[str] = ()) -> str:
    """The address (canonical) to which a link leads on, as a parameter of it names it; else the same.

    Either the address says that it is a redirect, or the link repeats the target for programs (`stated`: the values of
    its attributes) and both are of one institution's hosts: links that share a page name that page too.
    """
    parts = urlsplit(address)
    if not _MAY_NAME.search(parts.query):
        return address
    values = (unquote(value) if _ESCAPED.match(value) else value for _, value in parse_qsl(parts.query))
    named = [there for value in values if _ADDRESS.match(value) and (there := canonical(value, address))]
    if len(named) != 1 or key(named[0]) == key(address):
        return address
    words = _HYPHENS.split(_EXTENSION.sub("", unquote(parts.path).rstrip("/").rpartition("/")[2].lower()))
    if len(words) <= _MOST_WORDS and not LEADS_ON.isdisjoint(words):
        return named[0]
    is_near = are_related(host(address), host(named[0]))
    return named[0] if is_near and key(named[0]) in {key(canonical(one)) for one in stated} else address


def stated_targets(attributes: Iterable[tuple[str, str]]) -> list[str]:
    """Of the attributes of a link the addresses that they state for programs and readers."""
    return [value for name, value in attributes if _NAME.fullmatch(name) and _ABSOLUTE.match(value)]
