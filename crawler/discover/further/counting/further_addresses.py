"""Whether an address is a further page of a listing, by how it differs from the listing's own. Pure.

The tests differ in what they take as proof: the name of the counter, its place, the label of the link, or other links
that count in step with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.urls import host
from crawler.discover.address_parts import parameters
from crawler.discover.further.counting.counters import (
    DATE_LIKE,
    clear_number,
    counts,
    is_clear,
    is_clear_name,
    path_without_clear_counter,
)
from crawler.discover.vocabulary import LANGUAGE_PARAMETERS, VIEW_PARAMETERS

_INSERTED = re.compile(r"[/,;_.~!(?&:-]*[\w\[\]%@]*[=/_:,.()\[\]~-]*\d{1,6}(?:[)/.]*|\.\w{2,5})", re.IGNORECASE)
"""All that one address of a list has and another has not, where that is a count: /page/2/, &start=20, _3.html, 12."""
_LONGEST_NUMBER = 6
"""Figures of a number of items; a longer one is an id."""
_SIZE_AND_ITEMS = 2
"""Parameters of an offset in a list whose pages have a size."""


def adds_a_page(address: str, listing: str) -> bool:
    """Whether an address has the path of the listing and counts a page, whatever else it adds."""
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") != here.path.rstrip("/"):
        return False
    return any(counts(*each) for each in parse_qsl(there.query))


def adds_a_clear_counter(address: str, listing: str) -> bool:
    """Whether an address has the listing's path and parameters, and a clear counter that the listing has not.

    What else the address adds is no view of the list (checksums and sizes of pages are common).
    """
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") != here.path.rstrip("/") or host(address) != host(listing):
        return False
    now, before = dict(parse_qsl(there.query)), dict(parse_qsl(here.query))
    kept = {name: value for name, value in before.items() if not counts(name, value) and not _is_checksum(name)}
    if any(now.get(name) != value for name, value in kept.items()):
        return False
    added = {name: value for name, value in now.items() if name not in before or before[name] != value}
    is_view = any(name.lower() in VIEW_PARAMETERS and name not in before for name in added)
    return not is_view and any(is_clear_name(name) and counts(name, added[name]) for name in added)


def _is_checksum(name: str) -> bool:
    return name.lower() in {"chash", "hash", "checksum", "token", "_"}


def counts_to_the_next(address: str, listing: str) -> bool:
    """Whether an address has the listing's own path and a clear counter, one more than the listing's.

    That is proof by itself, whatever the link says. What else the address adds holds no number and is no view: a mark
    of the part of the page that lists (`/news/page/2/?et_blog`) is common.
    """
    there, here = urlsplit(address), urlsplit(listing)
    if host(address) != host(listing) or path_without_clear_counter(there.path) != path_without_clear_counter(
        here.path
    ):
        return False
    before, now = dict(parameters(here.query)), dict(parameters(there.query))
    added = {name: value for name, value in now.items() if before.get(name) != value and not is_clear(name, value)}
    if any(now.get(name) != value for name, value in before.items() if not is_clear(name, value)):
        return False
    views = VIEW_PARAMETERS | LANGUAGE_PARAMETERS
    if any(name.lower() in views or any(map(str.isdigit, f"{name}{value}")) for name, value in added.items()):
        return False
    return clear_number(address) == clear_number(listing) + 1


def adds_a_number(address: str, listing: str, label: int = 0) -> bool:
    """Whether an address is the listing's but for one parameter more or changed that holds a number, and is no view.

    With a label (the number that the link says) the numbers must agree: the page, the page before, or as many items as
    are on the pages before. Other parameters may be added where they hold no number, or one with the size of a page
    (`?l=10&o=20`), by which the number of items must be divisible.
    """
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") != here.path.rstrip("/") or host(address) != host(listing):
        return False
    before, now = dict(parameters(here.query)), dict(parameters(there.query))
    added = {name: value for name, value in now.items() if before.get(name) != value}
    numbers = [int(value) for value in added.values() if value.isdecimal() and len(value) <= _LONGEST_NUMBER]
    is_view = any(name.lower() in VIEW_PARAMETERS or DATE_LIKE.fullmatch(value) for name, value in added.items())
    if is_view or any(name not in now for name in before):
        return False
    if len(numbers) == _SIZE_AND_ITEMS and len(added) == _SIZE_AND_ITEMS:
        size, items = sorted(numbers)
        return size > 1 and items % size == 0 and label in (0, items // size + 1)
    if len(numbers) != 1:
        return False
    if not label:
        return len(added) == 1 and numbers[0] > 0
    return numbers[0] in (label, label - 1) or (label > 1 and numbers[0] > 0 and numbers[0] % (label - 1) == 0)


def differs_in_a_count(address: str, listing: str) -> bool:
    """Whether two addresses of a host differ in one number alone, and that is none of a date or view."""
    there, here = _comparable(address), _comparable(listing)
    begin = _common_beginning(there, here)
    end = _common_end(there[begin:], here[begin:])
    added, missed = there[begin : len(there) - end], here[begin : len(here) - end]
    if not (_INSERTED.fullmatch(added) and (not missed or _INSERTED.fullmatch(missed))):
        return False
    return _last_name(there[:begin] + added) not in VIEW_PARAMETERS and not DATE_LIKE.search(added)


def _last_name(text: str) -> str:
    """The name of the last parameter whose value a part of an address holds or begins; "" where it has none."""
    return re.split(r"[?&]", text.rpartition("=")[0])[-1].lower()


def _comparable(address: str) -> str:
    """An address as it is compared: its host, its path without a last slash, and its query, unescaped."""
    parts = urlsplit(address)
    path = unquote(parts.path).rstrip("/") or "/"
    query = unquote(parts.query)
    return f"{host(address)}{path}{'?' if query else ''}{query}"


def _common_beginning(one: str, other: str) -> int:
    """Characters that two texts begin with alike; a number is never split."""
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    if one[n : n + 1].isdecimal() or other[n : n + 1].isdecimal():
        while n and one[n - 1].isdecimal():
            n -= 1
    return n


def _common_end(one: str, other: str) -> int:
    n = _common_beginning(one[::-1], other[::-1])
    return min(n, len(one), len(other))


def in_step(labelled: Iterable[tuple[int, str]], listing: str, from_zero: bool = False) -> frozenset[str]:
    """The addresses that differ from each other in nothing but the number that is the label of their link, or with
    `from_zero` also one less.

    Two at least, below the path of the listing. Whatever else they add to it is the same for all. No days of a month.
    """
    alike = defaultdict[tuple[int, str, str], set[str]](set)
    for label, address in labelled:
        for less in (0, 1) if from_zero else (0,):
            before, found, after = _divided(address, label - less)
            if found and label > 1 and _is_at_or_below(address, listing):
                alike[less, before, after].add(address)
    pages = (group for (_, before, _), group in alike.items() if len(group) > 1 and not _is_of_a_date_or_view(before))
    return frozenset(address for group in pages for address in group)


def _is_at_or_below(address: str, listing: str) -> bool:
    path, own = urlsplit(address).path, urlsplit(listing).path.rstrip("/")
    return host(address) == host(listing) and path.startswith(own) and not path[len(own) : len(own) + 1].isalnum()


def _divided(address: str, number: int) -> tuple[str, str, str]:
    """An address before, at and after the last place of a number; the middle is empty where it is nowhere."""
    places = list(re.finditer(rf"(?<!\d){number}(?!\d)", address))
    return (address[: places[-1].start()], places[-1][0], address[places[-1].end() :]) if places else (address, "", "")


def _is_of_a_date_or_view(before: str) -> bool:
    """Whether the number that follows is a day or month behind a year, or chooses a view of the list."""
    name = re.split(r"[?&/]", before.rpartition("=")[0])[-1].lower() if before.endswith("=") else ""
    return name in VIEW_PARAMETERS or re.search(r"(?:19|20)\d\d\D?\d\d?\D?$|(?:19|20)\d\d\D?$", before) is not None
