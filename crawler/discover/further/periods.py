"""The other parts of a list that shows one of its periods: terms of a parliament, sessions, seasons. Pure.

Their labels may say no year, nor their addresses. But where the pager of a list carries a parameter that the address of
the list does not have, the list shows what this parameter chooses, and links that only choose another number of it lead
to the other parts. Topics and kinds are numbered too: so each label has to say its number, or years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from archive.core.urls import host, key
from crawler.discover.address_parts import values_of
from crawler.discover.anchors import Anchor
from crawler.discover.further.counting.counters import counts
from crawler.discover.links import Document
from crawler.discover.vocabulary import LANGUAGE_PARAMETERS, VIEW_PARAMETERS

_MOST = 60
_LONGEST_LABEL = 60
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_ROMAN = re.compile(r"\b[IVXLC]{1,7}\b")
_NUMBER = re.compile(r"\d+")


def period_pages(anchors: Iterable[Anchor], pager: Iterable[Document], url: str) -> Iterator[Document]:
    """The pages of the other periods of a list, the latest first; `pager` are the further pages that it leads to."""
    own, shown = values_of(url), _chosen_by(pager, url)
    found: dict[str, tuple[int, Document]] = {}
    for anchor in anchors:
        if not shown or not _is_beside(anchor.url, url):
            continue
        changed = {name: value for name, value in values_of(anchor.url).items() if own.get(name) != value}
        if len(changed) != 1:
            continue
        ((name, value),) = changed.items()
        if name in shown and value != shown[name] and value.isdecimal() and _says_period(anchor.text, int(value)):
            found.setdefault(anchor.key, (int(value), Document(anchor.url, "listing", "year", f"year by {name}")))
    for _, document in sorted(found.values(), key=lambda each: -each[0])[:_MOST]:
        yield document


def _chosen_by(pager: Iterable[Document], url: str) -> dict[str, str]:
    """What every page of a pager chooses by a number, beside its own, that the address of the list does not state."""
    pages = [values_of(document.url) for document in pager if _is_beside(document.url, url)]
    own = values_of(url)
    first = pages[0] if pages else {}
    return {
        name: value
        for name, value in first.items()
        if name not in own
        and value.isdecimal()
        and not counts(name, value)
        and name.lower() not in VIEW_PARAMETERS | LANGUAGE_PARAMETERS
        and all(page.get(name) == value for page in pages)
    }


def _is_beside(address: str, url: str) -> bool:
    is_same = urlsplit(address).path.rstrip("/") == urlsplit(url).path.rstrip("/")
    return is_same and host(address) == host(url) and key(address) != key(url)


def _says_period(label: str, number: int) -> bool:
    """Whether a short label says the number that its address chooses, in figures or Roman numerals, or years."""
    if len(label) > _LONGEST_LABEL:
        return False
    stated = {int(one) for one in _NUMBER.findall(label)} | {_roman(one) for one in _ROMAN.findall(label)}
    return number in stated or bool(_YEAR.search(label))


_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _roman(text: str) -> int:
    """The number that a Roman numeral stands for: each sign before a greater one is taken off."""
    values = [_VALUES[sign] for sign in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
