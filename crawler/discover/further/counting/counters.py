"""The counter of an address: what in it counts the pages or items of a listing, and the address that comes next. Pure.

Systems write counters as a segment (/page/2/, /P20), as a suffix (news_2.html, news,2.html, news/(pageindex=2)) or as a
parameter (?page=2, ?PAGEN_1=2, ?tx_news_pi1[currentPage]=2, ?start=20). A counter is clear where its name says that it
counts, and nothing else: page is clear; p, cur and from are not.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.core.urls import canonical
from crawler.discover.address_parts import parameters

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
_OFFSET = re.compile(r"(?:^|[_\[-])(?:offset|start|from|skip|limitstart|start_?row|first|o)(?:\b|_|\])", re.IGNORECASE)
"""Names of parameters that count items and not pages: start, limitstart, news[offset]."""
_COUNTS = re.compile(r"\d{1,4}(?:,\d{1,4}){1,5}")
"""The counters of several lists on one page: 0,2."""
_NUMBERED_FILE = re.compile(r"/\d{1,4}(?=\.\w{2,5}$)")
"""A file whose whole name is a number: /2.html."""
_NUMBER_AT_END = re.compile(r"(\d{1,6})(?=\D*$)")
"""The last number of a text, whatever follows: 3 in page-3/."""
DATE_LIKE = re.compile(r"(?:19|20)\d\d(?:[-/]?\d\d){0,2}|\d\d?/\d\d?/\d\d(?:\d\d)?")
"""A number that may be a date, and so counts nothing: 2026, 2026-04, 20260412, 12/4/26."""
_SECOND_PAGE = 2
"""The number from which on a counter is that of a later page."""


def counts(name: str, value: str) -> bool:
    """Whether a parameter counts pages or items."""
    return bool(_PAGE_PARAMETER.fullmatch(name)) and value.isdecimal() and not DATE_LIKE.fullmatch(value)


def counts_each(name: str, value: str) -> bool:
    """Whether a parameter counts the pages of several lists on one page, as Drupal's does: ?page=0,2."""
    return is_clear_name(name) and bool(_COUNTS.fullmatch(value))


def is_clear_name(name: str) -> bool:
    """Whether a parameter of this name is a clear counter of pages or items."""
    return bool(_CLEAR_PARAMETER.fullmatch(name))


def is_clear(name: str, value: str) -> bool:
    """Whether a parameter is a clear counter, with a number."""
    return is_clear_name(name) and counts(name, value)


def counts_items(address: str) -> bool:
    """Whether the counter of an address counts items and not pages."""
    names = [name for name, value in parse_qsl(urlsplit(address).query) if counts(name, value)]
    return bool(names) and bool(_OFFSET.search(names[-1]))


def begins(address: str) -> bool:
    """Whether the counter of an address is at its beginning: page 0 or 1, item 0."""
    stated = [int(value) for name, value in parse_qsl(urlsplit(address).query) if counts(name, value)]
    return bool(stated) and stated[-1] <= (0 if counts_items(address) else 1)


def clear_number(address: str) -> int:
    """The number at the clear counters of an address, the highest; 1 where there is none."""
    parts = urlsplit(address)
    found = _CLEAR_SEGMENT.search(unquote(parts.path))
    stated = [int(value) for name, value in parameters(parts.query) if is_clear(name, value)]
    return max([1, *stated, *([int(found[1])] if found else [])])


def next_number(number: int, is_of_items: bool, shown: int) -> int:
    """The number of the next part where a page of a list states one: of its first item, which is what is shown so far
    where it is 0; or of its page, where one from 2 on is that of the next already."""
    if is_of_items:
        return number or shown
    return number + 1 if number < _SECOND_PAGE else number


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
    """The first page of the list of which an address is a later one by a clear counter; "" where it is none."""
    parts = urlsplit(address)
    if clear_number(address) < _SECOND_PAGE:
        return ""
    kept = [piece for piece in parts.query.split("&") if piece and not is_clear(*_named_value(piece))]
    path = _CLEAR_SEGMENT.sub("/" if parts.path.endswith("/") else "", parts.path) or "/"
    return canonical(parts._replace(path=path, query="&".join(kept)).geturl())


def _named_value(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return unquote(name), value


def path_without_counter(path: str) -> str:
    """A path, unescaped, without what may count pages in it."""
    return _PAGE_SEGMENT.sub("", unquote(path)).rstrip("/")


def path_without_clear_counter(path: str) -> str:
    """A path, unescaped, without the clear counter at its end."""
    return _CLEAR_SEGMENT.sub("", unquote(path)).rstrip("/")
