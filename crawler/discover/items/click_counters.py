"""Links whose addresses name another page: a counter of clicks its target, a portal the list that one came from. Pure.

Searches, newsletters and old systems link to `/redirect?url=https%3A%2F%2F…&rank=3`. Such an address may change with
each day (its rank, a key), while the target stays; and asking for it costs one request more. Portals write the way back
into the links of a list (`/press/pier-opens?_redirect=%2Fpress`), so that one release has an address for each page on
which it is named.
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
_LEADS_BACK = re.compile(r"redirect|return|back|source|referr?er|from|origin", re.IGNORECASE)
"""What the name of a parameter holds that says from where a reader came, or where to go back to."""
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


def without_way_back(address: str, page: str) -> str:
    """The address (canonical) of a link without what leads back to the page on which it stands, and without what says
    how (`?_redirect=%2Fpress&inheritRedirect=false`): another link to the same release may lack it.

    A parameter leads back by its name, and by its value: the address of that page, whatever the parameters of both.
    """
    there, path = urlsplit(address), urlsplit(page).path.rstrip("/")
    if not path or not _MAY_NAME.search(there.query) or there.path.rstrip("/") == path or host(address) != host(page):
        return address
    pairs = parse_qsl(there.query, keep_blank_values=True)
    back = {name for name, value in pairs if _LEADS_BACK.search(name) and _is_at(value, page)}
    ways = [name.strip("_").lower() for name in back]

    def is_kept(piece: str) -> bool:
        name, _, value = piece.partition("=")
        says_how = value in ("true", "false") and any(way in name.lower() for way in ways)
        return unquote(name) not in back and not says_how

    kept = "&".join(filter(is_kept, there.query.split("&")))
    return canonical(there._replace(query=kept).geturl()) if back else address


def _is_at(address: str, page: str) -> bool:
    """Whether an address, as a parameter has it, is that of a page, but for the parameters of both."""
    there = canonical(address, page)
    is_address = bool(_ADDRESS.match(address)) and host(there) == host(page)
    return is_address and urlsplit(there).path.rstrip("/") == urlsplit(canonical(page)).path.rstrip("/")


def stated_targets(attributes: Iterable[tuple[str, str]]) -> list[str]:
    """Of the attributes of a link the addresses that they state for programs and readers."""
    return [value for name, value in attributes if _NAME.fullmatch(name) and _ABSOLUTE.match(value)]
