"""How many releases a list says that it has in all: "Results 1 to 10 of 63", in any language. Pure."""

from __future__ import annotations

import re

_RANGE = re.compile(
    r"(?<![\d.,/:-])1\D{1,12}?(\d{1,3})(\D{1,30}?)(\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+|\d{1,6})(?![\d/:-])", re.ASCII
)
_PAGE = re.compile(
    r"\b(?:pages?|p[aá]gina|seite|sayfa|strona|sid[ae]n?|side|str[aá]nka|oldal|sivu|halaman|trang|страница|сторінка)\W{0,3}$",
    re.IGNORECASE,
)
"""What stands before the number of a page of how many: "Page 1 of 10" counts no releases."""

_BEFORE = 20
"""Characters before a statement that are looked at for it."""

_SAYS_OF = re.compile(r"[^\W\d_]|/")
_FEWEST, _LONGEST = 5, 100_000
"""Releases of a page whose count is believed, and characters of it that are read."""

_CLEARLY_FEWER = 0.9
"""The share of the stated number under which somebody should know that more may be there."""


def stated_total(text: str, shown: int) -> int:
    """The number of releases that the first page of a list with so many `shown` states; 0 where it states none.

    Only a statement that counts what is shown is believed: from 1 to their number, of a number that is not smaller.
    """
    if shown < _FEWEST:
        return 0
    for found in _RANGE.finditer(text[:_LONGEST]):
        if _PAGE.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            continue
        total = int(re.sub(r"\D", "", found[3]))
        if int(found[1]) == shown <= total and _SAYS_OF.search(found[2]):
            return total
    return 0


def words_of_total(url: str, total: int, found: int) -> str:
    """Why more may be there than was found, for a person; "" where the list states no more."""
    if found >= _CLEARLY_FEWER * total:
        return ""
    return (
        f"{url} says that it has {total:,} releases, and {found:,} were found. If releases are missing, name the pages"
        " that list them as listings of the source, or its sitemap"
    )
