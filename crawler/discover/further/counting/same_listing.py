"""Whether two addresses are pages of one listing, and what an address is without the page it was seen on. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.urls import canonical, host
from crawler.discover.address_parts import parameters
from crawler.discover.further.counting.counters import counts, counts_each, is_clear_name, path_without_counter

_HAS_FIGURES = re.compile(r"\d")
_NAMES_A_PAGE = re.compile(r"=\w*\d")
"""A parameter whose value names a page by a number: id=417, article=a17."""
_STATE = re.compile(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)[\w!=+~$-]{24,}")
"""A part of a path that no person writes, of small letters, capitals and figures: the state of a portal, encoded."""
_SHORTEST_NAME = 4
"""Characters of the name of a list by which a parameter may name it: a shorter one is that of anything."""


def is_same_listing(address: str, listing: str) -> bool:
    """Whether two addresses differ in nothing but the number of a page (none is the first).

    Beside a number in the path, parameters that are words without a value (`/page/2/?et_blog`) say nothing more.
    """
    (path, added, site), (here, own, other) = without_page(address), without_page(listing)
    if (path, site) != (here, other) or added == own:
        return (path, site, added) == (here, other, own)
    more = set(added) - set(own)
    is_counted = urlsplit(address).path.rstrip("/") != urlsplit(listing).path.rstrip("/")
    return is_counted and set(own) < set(added) and not any(value or _HAS_FIGURES.search(name) for name, value in more)


def as_written_for(listing: str, address: str) -> str:
    """An address as it would be with the path of a listing, where it names that one in another way; else the same.

    Either the name of the listing is the value of a parameter (`/index.php?mid=press&page=2` for `/press`), or the
    paths differ in nothing but the state that a portal writes into them.
    """
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") == here.path.rstrip("/") or host(address) != host(listing):
        return address
    if _without_state(there.path) == _without_state(here.path):
        return there._replace(path=here.path).geturl()
    name = as_named(here.path.rstrip("/").rpartition("/")[2])
    pieces = there.query.split("&")
    kept = [piece for piece in pieces if as_named(piece.partition("=")[2]) != name]
    if len(name) < _SHORTEST_NAME or len(kept) == len(pieces):
        return address
    return there._replace(path=here.path, query="&".join(kept)).geturl()


def as_named(text: str) -> str:
    """A name in an address as names are compared."""
    return unquote(text).replace("_", " ").replace("+", " ").casefold()


def _without_state(path: str) -> list[str]:
    return ["" if _STATE.fullmatch(part) else part for part in unquote(path).rstrip("/").split("/")]


def without_page(address: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """What the addresses of all pages of one listing have in common: path, parameters, host."""
    parts = urlsplit(address)
    path = path_without_counter(parts.path)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not (counts(name, value) or counts_each(name, value))]
    return path, tuple(sorted(kept)), host(address)


def without_page_of(address: str, listing: str) -> str:
    """The address of a release without the number of the page of the listing on which its link stands.

    Boards write it at each link, to lead back there; it changes with every release that is published. What is left
    must still name a page by a number; where the list has the same path, by one that is none of the list's own.
    """
    there, here = urlsplit(address), urlsplit(listing)
    if not there.query:
        return address
    own = parameters(here.query)
    stated = [value for name, value in own if is_clear_name(name)]
    number = stated[-1] if stated else "1"
    pieces = there.query.split("&")
    kept = [piece for piece in pieces if not _is_page_number(piece, number)]
    if len(kept) == len(pieces) or not any(_NAMES_A_PAGE.search(piece) for piece in kept):
        return address
    if there.path.rstrip("/") == here.path.rstrip("/") and not _adds_a_name(kept, own):
        return address
    return canonical(there._replace(query="&".join(kept)).geturl()) or address


def _adds_a_name(pieces: Sequence[str], own: Sequence[tuple[str, str]]) -> bool:
    """Whether an address has all parameters of its list, where that has any, and one more that names a page by a
    number."""
    added = [piece for piece in pieces if not set(parameters(piece)) <= set(own)]
    scope = {(name, value) for name, value in own if not is_clear_name(name)}
    is_within = scope <= {pair for piece in pieces for pair in parameters(piece)}
    return bool(own) and is_within and any(_NAMES_A_PAGE.search(piece) for piece in added)


def _is_page_number(piece: str, number: str) -> bool:
    name, _, value = piece.partition("=")
    return value == number and is_clear_name(unquote(name))
