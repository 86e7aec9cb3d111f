"""Pagers of buttons without an address: <button wire:click="gotoPage(2, 'page')">2</button>. Pure.

Applications draw theirs so (Livewire, Vue, React). The server often has the pages all the same, by the parameter that
the button's call names, or by one called page. It is tried once, where nothing else leads on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from archive.core.urls import canonical
from archive.page.markup import words_of
from crawler.discover.further.counting.counters import counts
from crawler.discover.links import Document

_MOST, _LONGEST_LABEL, _AROUND = 2_000, 12, 4
"""Elements that are looked at, characters of a button's number, and elements around it that may be its pager."""

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_PAGER = re.compile(r"pagin|pager|page-?nav|(?:^|[\s_-])pages?(?:$|[\s_-])", re.IGNORECASE)
_NAMED = re.compile(r"\w*page\w*\(\s*\d{1,4}\s*,\s*['\"](\w{1,30})['\"]\s*\)", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"#?|javascript:.*", re.IGNORECASE)
_PAGE = "page"
_SECOND = "2"


def buttons_of_pages(tree: HtmlElement, url: str) -> Iterator[Document]:
    """The second page of a list whose pager is made of buttons that say numbers and have no address."""
    parts = urlsplit(url)
    if any(counts(*each) for each in parse_qsl(parts.query)):
        return
    pagers: dict[HtmlElement, dict[str, str]] = defaultdict(dict)
    for element in islice(tree.iter("button", "a", "li", "span"), _MOST):
        said = words_of(element, _LONGEST_LABEL)
        if _NUMBER.fullmatch(said) and (pager := _pager_of(element)) is not None:
            pagers[pager].setdefault(said, _parameter_of(element))
    for pager, numbers in pagers.items():
        if _SECOND in numbers and len(numbers) > 1 and not any(map(_leads_on, pager.iter("a"))):
            name = numbers[_SECOND]
            query = urlencode([*parse_qsl(parts.query), (name, _SECOND)])
            yield Document(canonical(parts._replace(query=query).geturl()), "listing", "guess", f"guess {name}")
            return


def _pager_of(element: HtmlElement) -> HtmlElement | None:
    """The element around a button that is called a pager: its outermost one that is near."""
    around = [each for each in islice(element.iterancestors(), _AROUND) if _is_called_pager(each)]
    return around[-1] if around else None


def _is_called_pager(element: HtmlElement) -> bool:
    names = (element.get(name) or "" for name in ("class", "id", "aria-label"))
    return element.tag not in ("body", "html", "main") and any(_PAGER.search(name[:300]) for name in names)


def _parameter_of(element: HtmlElement) -> str:
    """The parameter that the call of a button names."""
    called = (_NAMED.search(str(value)[:300]) for value in element.attrib.values())
    return next((found[1] for found in called if found), _PAGE)


def _leads_on(link: HtmlElement) -> bool:
    return not _NO_ADDRESS.fullmatch((link.get("href") or "").strip())
