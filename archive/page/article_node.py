"""Which of the JSON-LD nodes of a page describes the page's own article, and not one that it only leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from archive.page import jsonld
from archive.page.jsonld import ARTICLE_TYPES, Node

_APART = re.compile(r"[\W_]+")
_NAMES = 12
"""Letters of a title from which on it may be known as a part of another."""

_LISTS = frozenset({"itemlist", "listitem"})


def article_node(nodes: Iterable[tuple[Node, frozenset[str]]], addresses: Sequence[str], titles: Sequence[str]) -> Node:
    """The node of the page's article; empty when no node describes it.

    It has one of the page's own addresses or titles. Where none has, it is the first that no list of pages holds and
    that has no address and title of another page: dated ones before others.
    """
    known = list(nodes)
    articles = [node for node, types in known if not ARTICLE_TYPES.isdisjoint(types)]
    if not articles:
        return {}
    own, called = {place for one in addresses if (place := _place(one))}, {letters_of(title) for title in titles} - {""}
    listed = {_identity(node) for node, types in known if types & _LISTS for node in _items(node)}
    ranked = [(_likeness(node, own, called), _is_dated(node), -at, node) for at, node in enumerate(articles)]
    likeness, _, _, best = max(ranked, key=lambda row: row[:3])
    if likeness:
        return best
    left = [row for row in ranked if _identity(row[3]) not in listed and not _is_of_other(row[3], own, called)]
    return max(left, key=lambda row: row[1:3])[3] if left else {}


def letters_of(text: str) -> str:
    """The letters and figures of a text run together, case folded: to compare what differs in blanks and signs.

    `archive.metadata.title.fold` keeps words apart."""
    return _APART.sub("", text).casefold()


def _likeness(node: Node, own: set[str], called: set[str]) -> int:
    """2 for one of the page's addresses, 1 for one of its titles (the site's name may follow there)."""
    places = {place for value in _addresses(node) if (place := _place(value))}
    if places & own:
        return 2
    name = letters_of(jsonld.words(node.get("headline")) or jsonld.words(node.get("name")))
    return int(len(name) >= _NAMES and any(name in title or title in name for title in called if len(title) >= _NAMES))


def _is_of_other(node: Node, own: set[str], called: set[str]) -> bool:
    """Whether a node unlike the page has a title, and the address of another page of its site."""
    name = letters_of(jsonld.words(node.get("headline")))
    if len(name) < _NAMES or not any(len(title) >= _NAMES for title in called):
        return False
    hosts = {place.partition("/")[0] for place in own}
    places = (_place(value) for value in jsonld.listed(node.get("url")) if isinstance(value, str))
    return any(place.partition("/")[0] in hosts for place in places if place)


def _is_dated(node: Node) -> bool:
    return bool(node.get("datePublished") or node.get("headline"))


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        for value in jsonld.listed(node.get(key)):
            found = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
            if isinstance(found, str):
                yield found


def _place(address: str) -> str:
    """An address without scheme, www., query, fragment and last slash; "" for a site's root, which every page names."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.netloc.removeprefix('www.').lower()}{path}" if path and parts.netloc else ""


def _items(node: Node) -> Iterator[Mapping[str, Any]]:
    for key in ("itemListElement", "item"):
        for one in jsonld.listed(node.get(key)):
            if isinstance(one, Mapping):
                yield one


def _identity(node: Mapping[str, Any]) -> tuple[str, str]:
    return jsonld.words(node.get("headline") or node.get("name")), jsonld.words(node.get("url"))
