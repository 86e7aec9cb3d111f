"""The addresses that attributes of a page name for more of its listing: data attributes, htmx and its kin. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical
from crawler.discover.further.loading.next_part import (
    has_counter,
    likeliest,
    names_items,
    with_parameters,
    with_place_filled,
)
from crawler.discover.vocabulary import hyphened_name

_LONGEST_VALUE, _LONGEST_TEXT, _MOST_HELD = 20_000, 600, 20_000
"""Characters of an attribute, of a text in its JSON, and values in that."""

_AROUND = 20
"""Elements around one whose `hx-vals` it inherits."""

_HTMX = frozenset({"hx-get", "data-hx-get"})
_KIN_OF_HTMX = ("hx-", "data-hx-", "up-", "ic-")
"""Attributes of htmx, and beginnings of those by which it, Unpoly and intercooler load a piece of a page."""

_ASK_NOTHING = frozenset({"script", "style", "img", "source", "video", "link", "meta", "form"})
_OWN = frozenset({"href", "src", "action"})
_LOADING = frozenset({"turbo-frame", "include-fragment", "esi:include"})
"""Attributes that load or lead by themselves, and elements whose `src` is loaded into their own place."""

_ASKING = re.compile(
    r"(?:^|-)(?:next|more|load|url|uri|href|link|endpoint|ajax|api|src|path|source|action|remote|feed|get|fetch|scroll|"
    r"infinite|options|props|config|settings|page|component|view|model|data)(?:-|$)"
)
_SURELY = re.compile(r"(?:^|-)(?:next|more|load|endpoint|ajax|api|remote|scroll|infinite|hx-get|fetch|hx|get)(?:-|$)")
_NOT_ASKING = re.compile(
    r"(?:^|-)(?:share|image|img|srcset|bg|background|icon|thumb|video|tweet|pin|login|analytics|lazy|poster)(?:-|$)"
)
"""Names of attributes that may hold the address to ask, those that surely do, and those that never do."""

_COUNTING = re.compile(
    r"^(?:data-)?(?:.*-)?(?:(?:next|current)-?)?(?:page|pagenum(?:ber)?|current|paged|offset|start|skip)$"
)
_NOT_COUNTING = re.compile(r"(?:^|-)(?:last|max|total|per|end|final|num(?:ber)?-of)(?:-|$)")
"""Names of attributes that hold the number of a page or an item, and those that say how many there are."""

_ITEM_NAME = re.compile(r"(?:^|-)(?:next)?(?P<name>offset|skip|start)$")
_PAGE_NAME = re.compile(r"(?:^|-)(?:current|(?:current|next)?page|next|paged|pagenum(?:ber)?)(?:-|$)")
"""Names of attributes whose number is that of an item, and those of a page."""

_SECOND = 2
"""The number of the page that is asked for first."""

_SIZE = re.compile(r"^data-(?:\w+-)*(?P<name>limit|page-?size|per-page)$")
_CURSOR = re.compile(r"^(?:data-)?(?:.*-)?(?:cursor|after|last-id|before|token|max-id)$")
"""Attributes that say how many items to give, and those that hold the place where the next part begins."""

_BETWEEN = re.compile(r"\s*[,;|]\s*(?=/|https?://)|\s+")
"""What stands between addresses of which an attribute holds several."""


@dataclass(frozen=True)
class _Stated:
    """What the attributes of an element state, by their names in lower case. `numbers` are those that hold the number
    of a page or an item, `cursors` those that hold a place in the list."""

    attributes: Mapping[str, str]
    numbers: tuple[tuple[str, str], ...]
    cursors: tuple[tuple[str, str], ...]

    def counted(self) -> dict[str, str]:
        """The parameters by which the next part is counted, with the number of items that is asked for."""
        counters = {_parameter(name): str(int(value) + _step(name, value)) for name, value in self.numbers}
        if counters:
            sizes = ((_SIZE.match(name), value) for name, value in self.attributes.items() if value.isdecimal())
            counters |= {found["name"].replace("-", "_"): value for found, value in sizes if found}
        return counters | {_parameter(name): value for name, value in self.cursors}


def asked_by_attributes(tree: HtmlElement, url: str, shown: int) -> Iterator[str]:
    """Addresses that attributes name, the likeliest first; `shown`: releases on the page."""
    ranked: list[tuple[int, str]] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _ASK_NOTHING:
            ranked += _asked_by(element, url, shown)
    return likeliest(ranked)


def _asked_by(element: HtmlElement, url: str, shown: int) -> Iterator[tuple[int, str]]:
    """The addresses that one element names, each with its rank."""
    stated = _stated_by(element)
    own = _OWN - {"src"} if element.tag in _LOADING else _OWN
    for name, value in stated.attributes.items():
        if name in own or not _ASKING.search(name) or _NOT_ASKING.search(name):
            continue
        is_sure = bool(_SURELY.search(name)) or bool(stated.numbers) or name.startswith(_KIN_OF_HTMX)
        for address in _addresses_in(value):
            yield from ((not is_sure, one) for one in _as_asked(address, stated, url, shown))
    addresses = (value for value in stated.attributes.values() if not value.startswith("#") and _is_address(value))
    if stated.numbers and not any(addresses):
        yield from ((2, one) for one in _guessed(stated, url))


def _stated_by(element: HtmlElement) -> _Stated:
    attributes = {
        str(name).lower(): str(value) for name, value in element.attrib.items() if len(value) < _LONGEST_VALUE
    }
    if not _HTMX.isdisjoint(attributes):
        attributes["hx-vals"] = json.dumps(_sent_along(element))
    return _Stated(
        attributes,
        numbers=tuple((name, value) for name, value in attributes.items() if value.isdecimal() and _is_counter(name)),
        cursors=tuple((name, value) for name, value in attributes.items() if value and _CURSOR.search(name)),
    )


def _sent_along(element: HtmlElement) -> dict[str, str]:
    """What htmx sends with a request: the values of the element, which go before those of the elements around it
    (https://htmx.org/docs/#inheritance)."""
    sent: dict[str, str] = {}
    for one in (element, *islice(element.iterancestors(), _AROUND)):
        sent = _values(one.get("hx-vals") or one.get("data-hx-vals") or "") | sent
    return sent


def _is_counter(name: str) -> bool:
    """Whether an attribute holds the number of a page or an item, and not how many there are."""
    return bool(_COUNTING.search(name)) and not _NOT_COUNTING.search(name)


def _is_address(value: str) -> bool:
    return value.startswith(("/", "?", "http://", "https://")) and not any(sign in value for sign in " <>\n")


def _addresses_in(value: str) -> Iterator[str]:
    """The addresses that an attribute holds: itself, several, or those in its JSON. Places for numbers stay."""
    value = value.strip()
    if value.startswith(("{", "[")):
        try:
            held = json.loads(value)
        except (ValueError, RecursionError):
            return
        yield from (one for name, one in _strings(held) if _is_address(one) and _ASKING.search(hyphened_name(name)))
    else:
        pieces = _BETWEEN.split(value)
        several = pieces if all(map(_is_address, pieces)) else [value]
        yield from filter(_is_address, several)


def _strings(held: Any) -> Iterator[tuple[str, str]]:
    """The texts in a JSON value with their keys, in its order, without recursion."""
    todo: list[tuple[str, Any]] = [("", held)]
    for _ in range(_MOST_HELD):
        if not todo:
            return
        name, one = todo.pop()
        if isinstance(one, dict):
            todo += [(str(key_), value) for key_, value in reversed(list(one.items()))]
        elif isinstance(one, list):
            todo += [(name, value) for value in reversed(one)]
        elif isinstance(one, str) and len(one) < _LONGEST_TEXT:
            yield name, one


def _as_asked(address: str, stated: _Stated, url: str, shown: int) -> Iterator[str]:
    """An address as it is asked for the next part: its place for a number filled, or with what stands beside it."""
    filled = with_place_filled(address, shown)
    if filled:
        yield canonical(filled, url)
        return
    whole = canonical(address, url)
    if not whole:
        return
    if has_counter(whole, url):
        yield whole
        return
    sent = _values(stated.attributes.get("hx-vals") or "")
    if sent and urlsplit(whole).path == urlsplit(url).path:
        sent = dict(parse_qsl(urlsplit(url).query)) | sent  # a piece of the same component, in which it is put
    extra = stated.counted() | (sent or _values(stated.attributes.get("data-params") or ""))
    if extra:
        yield with_parameters(whole, extra)
    if not sent:
        yield whole


def _guessed(stated: _Stated, url: str) -> Iterator[str]:
    """Where only the number of the page is stated: the listing with that number."""
    for name, value in stated.numbers:
        yield with_parameters(url, {_parameter(name): str(int(value) + _step(name, value))})


def _step(name: str, value: str) -> int:
    """What has to be added to a number that the first page states: nothing to that of the next page, or the next item.

    A number from 2 on is that of the next page, unless its name says that it is that of the current one.
    """
    if "next" in name or names_items(name):
        return 0
    return 1 if "current" in name or int(value) < _SECOND else 0


def _parameter(name: str) -> str:
    """The parameter that a data attribute stands for: data-current-page is page, data-last-id is last_id."""
    bare = name.removeprefix("data-")
    if counted := _ITEM_NAME.search(bare):
        return counted["name"].replace("-", "_")
    if _PAGE_NAME.search(bare) and not bare.startswith("paged"):
        return "page"
    return bare.replace("-", "_")


def _values(stated: str) -> dict[str, str]:
    """The texts and numbers of a JSON object; none where there is no such object."""
    try:
        held = json.loads(stated) if stated else {}
    except (ValueError, RecursionError):
        return {}
    named = held.items() if isinstance(held, dict) else ()
    return {str(name): str(value) for name, value in named if isinstance(value, str | int)}
