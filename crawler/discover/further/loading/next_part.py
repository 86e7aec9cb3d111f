"""An address that a page names for its data, as it is asked for the next part of the listing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlencode, urlsplit

from archive.core.urls import canonical
from crawler.discover.further.counting.counters import counts_items, following
from crawler.discover.further.counting.further_addresses import adds_a_page, differs_in_a_count

MOST = 12
"""Addresses that a page proposes."""

_PLACE = re.compile(
    r"\$?\{\{?\s*(?:this\.|state\.)?#?(?P<name>[\w.+ ]*)\s*\}\}?|%7B%7B?#?(?P<escaped>\w*)%7D%7?D?|"
    r"%(?:page|d|s|offset)%?|__\w+__|\[page\]|:page\b|#page#|<page>",
    re.IGNORECASE,
)
"""Places that an address has for a number, as templates write them: {page}, ${this.offset}, %d, __PAGE__."""

_ITEMS = re.compile(r"offset|start|skip|from|first", re.IGNORECASE)
"""Names of parameters that count items."""

_SIZES = re.compile(r"size|limit|per|count|rows|take|num", re.IGNORECASE)
"""Names of parameters that say how many items to give."""

_SMALLEST_PART = 10
"""Items that are asked for at least."""


def after(address: str, named: int) -> str:
    """The address that goes on from one that gave so many releases, by its counter; "" where it has none."""
    return following(address, max(named, 1) if counts_items(address) else 1)


def has_place(address: str) -> bool:
    """Whether an address is a template with a place for a number."""
    return _PLACE.search(address) is not None


def with_place_filled(address: str, shown: int) -> str:
    """An address template with the number of the next part in its place; "" where it has none."""
    if not has_place(address):
        return ""

    def number(found: re.Match[str]) -> str:
        name = found.groupdict().get("name") or ""
        before = re.split(r"[?&/]", address[: found.start()])[-1]
        if _SIZES.search(before) or (_SIZES.search(name) and not before):
            return str(max(shown, _SMALLEST_PART))
        return number_of_next(f"{before}{name}", shown)

    return _PLACE.sub(number, address)


def number_of_next(name: str, shown: int) -> str:
    """What a counter of this name says for the next part: its first item, so many being shown, or page 2."""
    return str(shown) if names_items(name) else "2"


def names_items(name: str) -> bool:
    """Whether a counter counts items and not pages, by any part of its name."""
    return _ITEMS.search(name) is not None


def has_counter(address: str, url: str) -> bool:
    """Whether an address counts parts of a list, by itself or beside the address of the page that names it."""
    return bool(following(address)) or adds_a_page(address, url) or differs_in_a_count(address, url)


def with_parameters(address: str, parameters: dict[str, str]) -> str:
    """An address with these parameters, in the place of its own of the same names."""
    parts = urlsplit(address)
    kept = [piece for piece in parts.query.split("&") if piece and piece.partition("=")[0] not in parameters]
    return canonical(parts._replace(query="&".join([*kept, urlencode(parameters)])).geturl())


def likeliest(ranked: Iterable[tuple[int, str]]) -> Iterator[str]:
    """The first addresses by their ranks (0 is the likeliest), each once."""
    return islice(dict.fromkeys(address for _, address in sorted(ranked, key=lambda each: each[0])), MOST)
