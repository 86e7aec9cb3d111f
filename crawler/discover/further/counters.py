"""Counters in addresses: which part of one counts the pages of a listing, and what the next address would be. Pure.

Systems write them as a segment (/page/2/, /P20), as a suffix (news_2.html, news,2.html, news/(pageindex=2)) or as a
parameter (?page=2, ?PAGEN_1=2, ?tx_news_pi1[currentPage]=2, ?start=20).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.urls import canonical, host
from crawler.discover.address_parts import parameters
from crawler.discover.vocabulary import LANGUAGE_PARAMETERS, VIEW_PARAMETERS

_WORDS = (
    "page|paged|pages|pagen|pg|p|pn|pageno|page_?num(?:ber)?|page_?index|current_?page|cur|start|offset|from|"
    "start_?row|first|skip|limitstart|seite|pagina|página|sayfa|strona|stranica|sida|side|stran|bet|halaman|trang|"
    "oldal|puslapis|lapa|leht|sivu|страница|стр|бет|сторінка|صفحة|صفحه|sahifa|หน้า|页|ページ"
)
_PAGE = "page|pag|pagina|página|seite|sayfa|strona|sida|side"
_OF_THIS = "current|corrente|actual|atual|courante|aktuell|attuale|act|no|nr|num|number|nummer|numero|número|index|idx"
_NUMBER_OF = "num|nro|nr|no|number|numero|número|nummer|current|actual|corrente"
_NAMED_PAGE = rf"(?:{_PAGE})[_-]?(?:{_OF_THIS})|(?:{_NUMBER_OF})[_-]?(?:(?:de|di|da|of)[_-]?)?(?:{_PAGE})"
"""A word for page with what says that its number is meant: paginaCorrente, numero_pagina."""
_BEFORE = r"(?:.*[_\[.-]|(?-i:(?:[a-z]{1,2}|curr?|now)(?=Pag)))?"
"""What a name begins with: nPage, goPage, nowPage. Other words say something else of pages: itemsPerPage, totalPage."""
_PART = r"(?:_\w+|\.\w*\d\w*)?"
"""What a name ends with that says of which part of the page it is: page_e14, WCM_Page.3f2a."""
_PAGE_PARAMETER = re.compile(rf"{_BEFORE}(?:{_WORDS}|{_NAMED_PAGE}){_PART}\]?(?:\[\])?", re.IGNORECASE)
"""Names of parameters that may count pages or items: page, currentPage, PAGEN_1, offset, cur, tx_news_pi1[page]."""
_CLEAR_PARAMETER = re.compile(
    rf"{_BEFORE}(?:page|paged|pagen|pageno|page_?num(?:ber)?|page_?index|current_?page|offset|start_?row|"
    rf"limitstart|seite|pagina|sayfa|strona|{_NAMED_PAGE}){_PART}\]?",
    re.IGNORECASE,
)
"""Those of them that count nothing else: page, pageIndex, offset, but not p, cur or from."""
_PAGE_SEGMENT = re.compile(
    r"/(?:page|paged|seite|pagina|p|pg|sayfa|strona|sida|side|stranica|halaman|trang|oldal|sivu|offset|start|previous|"
    r"older)[/_=:-]?\d{1,5}(?=/|\.\w{2,5}$|$)|"
    r"/?\((?:page_?\w*|offset|start|seite)[=)][/=]?\d{1,5}\)?(?=/|$)|"
    r"[;,.~](?:page|p|seite|pg)[=.-]?\d{1,5}(?=/|\.\w{2,5}$|$)|,\d{1,4}(?=\.\w{2,5}$|/?$)|\.\d{1,4}(?=\.\w{3,5}$)|"
    r"/\d{1,3}(?=/?$)|/(?:index|default)(?:[_-]\d{1,4})?\.\w{3,5}$|(?<=\w)[_-]\d{1,4}(?=\.\w{3,5}$)",
    re.IGNORECASE,
)
"""Parts of a path that may count pages: /page/2, /P20, /(page=2), ;page=2, ,2.html, .2.html, /2 at the end,
/index_2.html (or /index.html, the first page), news_2.html."""
_CLEAR_SEGMENT = re.compile(
    r"/(?:page|paged|seite|pagina|página|sayfa|strona|sida|side|stranica|halaman|trang|oldal|sivu|previous|older)"
    r"[/_=-]?(\d{1,4})/?$",
    re.IGNORECASE,
)
"""Those at the end of a path that count nothing else: /page/2/, /seite-3, /older4."""
_INSERTED = re.compile(r"[/,;_.~!(?&:-]*[\w\[\]%@]*[=/_:,.()\[\]~-]*\d{1,6}(?:[)/.]*|\.\w{2,5})", re.IGNORECASE)
"""All that one address of a list has and another has not, where that is a count: /page/2/, &start=20, _3.html, 12."""
_DATE_LIKE = re.compile(r"(?:19|20)\d\d(?:[-/]?\d\d){0,2}|\d\d?/\d\d?/\d\d(?:\d\d)?")
"""2026, 2026-04, 20260412, 12/4/26."""
_OFFSET = re.compile(r"(?:^|[_\[-])(?:offset|start|from|skip|limitstart|start_?row|first|o)(?:\b|_|\])", re.IGNORECASE)
"""Names of parameters that count items and not pages: start, limitstart, news[offset]."""
_COUNTS = re.compile(r"\d{1,4}(?:,\d{1,4}){1,5}")
"""0,2."""
_LONGEST_NUMBER = 6
"""Figures of a number of items; a longer one is an id."""
_SIZE_AND_ITEMS = 2
"""Parameters of an offset in a list whose pages have a size."""

_HAS_FIGURES = re.compile(r"\d")
_NAMES_A_PAGE = re.compile(r"=\w*\d")
"""A parameter whose value names a page by a number: id=417, article=a17."""
_NUMBERED_FILE = re.compile(r"/\d{1,4}(?=\.\w{2,5}$)")
"""/2.html."""
_NUMBER_AT_END = re.compile(r"(\d{1,6})(?=\D*$)")
"""The last number of a text, whatever follows: 3 in page-3/."""
_STATE = re.compile(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)[\w!=+~$-]{24,}")
"""A part of a path that no person writes, of small letters, capitals and figures: the state of a portal, encoded."""

_SHORTEST_NAME = 4
"""Characters of the name of a list by which a parameter may name it: a shorter one is that of anything."""

_SECOND_PAGE = 2
"""The number from which on a counter is that of a later page."""


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
    path = _PAGE_SEGMENT.sub("", unquote(parts.path)).rstrip("/")
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not (counts(name, value) or _counts_each(name, value))]
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
    stated = [value for name, value in own if _CLEAR_PARAMETER.fullmatch(name)]
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
    scope = {(name, value) for name, value in own if not _CLEAR_PARAMETER.fullmatch(name)}
    is_within = scope <= {pair for piece in pieces for pair in parameters(piece)}
    return bool(own) and is_within and any(_NAMES_A_PAGE.search(piece) for piece in added)


def _is_page_number(piece: str, number: str) -> bool:
    name, _, value = piece.partition("=")
    return value == number and bool(_CLEAR_PARAMETER.fullmatch(unquote(name)))


def counts(name: str, value: str) -> bool:
    """Whether a parameter counts pages or items."""
    return bool(_PAGE_PARAMETER.fullmatch(name)) and value.isdecimal() and not _DATE_LIKE.fullmatch(value)


def _counts_each(name: str, value: str) -> bool:
    """Whether a parameter counts the pages of several lists on one page, as Drupal's does: ?page=0,2."""
    return bool(_CLEAR_PARAMETER.fullmatch(name) and _COUNTS.fullmatch(value))


def differs_in_a_count(address: str, listing: str) -> bool:
    """Whether two addresses of a host differ in one number alone, and that is none of a date or view."""
    there, here = _comparable(address), _comparable(listing)
    begin = _common_beginning(there, here)
    end = _common_end(there[begin:], here[begin:])
    added, missed = there[begin : len(there) - end], here[begin : len(here) - end]
    if not (_INSERTED.fullmatch(added) and (not missed or _INSERTED.fullmatch(missed))):
        return False
    name = (
        re.split(r"[?&]", (there[:begin] + added).rpartition("=")[0])[-1].lower()
        if "=" in there[:begin] + added
        else ""
    )
    return name not in VIEW_PARAMETERS and not _DATE_LIKE.search(added)


def adds_a_page(address: str, listing: str) -> bool:
    """Whether an address has the path of the listing and counts a page, whatever else it adds."""
    there, here = urlsplit(address), urlsplit(listing)
    if there.path.rstrip("/") != here.path.rstrip("/"):
        return False
    return any(counts(*each) for each in parse_qsl(there.query))


def counts_plainly(address: str, listing: str) -> bool:
    """Whether a parameter of an unmistakable name counts pages, and all other parameters of the listing stand.

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
    return not is_view and any(_CLEAR_PARAMETER.fullmatch(name) and counts(name, added[name]) for name in added)


def counts_to_the_next(address: str, listing: str) -> bool:
    """Whether an address has the listing's own path and a counter of an unmistakable name, one more than the listing's.

    That is proof by itself, whatever the link says. What else the address adds holds no number and is no view: a mark
    of the part of the page that lists (`/news/page/2/?et_blog`) is common.
    """
    there, here = urlsplit(address), urlsplit(listing)
    if host(address) != host(listing) or _path_without_page(there.path) != _path_without_page(here.path):
        return False
    before, now = dict(parameters(here.query)), dict(parameters(there.query))
    added = {name: value for name, value in now.items() if before.get(name) != value and not _is_clear(name, value)}
    if any(now.get(name) != value for name, value in before.items() if not _is_clear(name, value)):
        return False
    views = VIEW_PARAMETERS | LANGUAGE_PARAMETERS
    if any(name.lower() in views or any(map(str.isdigit, f"{name}{value}")) for name, value in added.items()):
        return False
    return _clear_number(address) == _clear_number(listing) + 1


def _path_without_page(path: str) -> str:
    return _CLEAR_SEGMENT.sub("", unquote(path)).rstrip("/")


def _is_clear(name: str, value: str) -> bool:
    return bool(_CLEAR_PARAMETER.fullmatch(name)) and counts(name, value)


def _clear_number(address: str) -> int:
    """The number at a counter of an unmistakable name; 1 where there is none."""
    parts = urlsplit(address)
    found = _CLEAR_SEGMENT.search(unquote(parts.path))
    stated = [int(value) for name, value in parameters(parts.query) if _is_clear(name, value)]
    return max([1, *stated, *([int(found[1])] if found else [])])


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
    is_view = any(name.lower() in VIEW_PARAMETERS or _DATE_LIKE.fullmatch(value) for name, value in added.items())
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
    pages = (group for (_, before, _), group in alike.items() if len(group) > 1 and not _ends_with_a_month(before))
    return frozenset(address for group in pages for address in group)


def _is_at_or_below(address: str, listing: str) -> bool:
    path, own = urlsplit(address).path, urlsplit(listing).path.rstrip("/")
    return host(address) == host(listing) and path.startswith(own) and not path[len(own) : len(own) + 1].isalnum()


def _divided(address: str, number: int) -> tuple[str, str, str]:
    """An address before, at and after the last place of a number; the middle is empty where it is nowhere."""
    places = list(re.finditer(rf"(?<!\d){number}(?!\d)", address))
    return (address[: places[-1].start()], places[-1][0], address[places[-1].end() :]) if places else (address, "", "")


def _ends_with_a_month(before: str) -> bool:
    """Whether a number that follows stands behind a year and month, or is that of a view of a list."""
    name = re.split(r"[?&/]", before.rpartition("=")[0])[-1].lower() if before.endswith("=") else ""
    return name in VIEW_PARAMETERS or re.search(r"(?:19|20)\d\d\D?\d\d?\D?$|(?:19|20)\d\d\D?$", before) is not None


def following(address: str, step: int = 1) -> str:
    """The address whose counter is `step` further; "" where none counts. Items (offset, start) count in steps."""
    parts = urlsplit(address)
    query = parts.query.split("&") if parts.query else []
    for n, piece in reversed(list(enumerate(query))):
        name, _, value = piece.partition("=")
        if counts(unquote(name), value):
            query[n] = f"{name}={int(value) + step}"
            return canonical(parts._replace(query="&".join(query)).geturl())
    found = list(_PAGE_SEGMENT.finditer(parts.path)) or list(_NUMBERED_FILE.finditer(parts.path))
    number = _NUMBER_AT_END.search(found[-1][0]) if found else None
    if number is None:
        return ""
    at = found[-1].start() + number.start()
    path = f"{parts.path[:at]}{int(number[1]) + step}{parts.path[at + len(number[1]) :]}"
    return canonical(parts._replace(path=path).geturl())


def first_page(address: str) -> str:
    """The first page of the list of which an address is a later one, by a counter of an unmistakable name; "" where it
    is none."""
    parts = urlsplit(address)
    if _clear_number(address) < _SECOND_PAGE:
        return ""
    kept = [piece for piece in parts.query.split("&") if piece and not _is_clear(*_named_value(piece))]
    path = _CLEAR_SEGMENT.sub("/" if parts.path.endswith("/") else "", parts.path) or "/"
    return canonical(parts._replace(path=path, query="&".join(kept)).geturl())


def _named_value(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return unquote(name), value


def begins(address: str) -> bool:
    """Whether the counter of an address is at its beginning: page 0 or 1, item 0."""
    stated = [int(value) for name, value in parse_qsl(urlsplit(address).query) if counts(name, value)]
    return bool(stated) and stated[-1] <= (0 if counts_items(address) else 1)


def next_number(number: int, is_of_items: bool, shown: int) -> int:
    """The number of the next part where a page of a list states one: of its first item, which is what is shown so far
    where it is 0; or of its page, where one from 2 on is that of the next already."""
    if is_of_items:
        return number or shown
    return number + 1 if number < _SECOND_PAGE else number


def counts_items(address: str) -> bool:
    """Whether the counter of an address counts items and not pages."""
    names = [name for name, value in parse_qsl(urlsplit(address).query) if counts(name, value)]
    return bool(names) and bool(_OFFSET.search(names[-1]))


def _is_checksum(name: str) -> bool:
    return name.lower() in {"chash", "hash", "checksum", "token", "_"}


def _comparable(address: str) -> str:
    """An address as it is compared: without scheme, its first-page file and its last slash."""
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
