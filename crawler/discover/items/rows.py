"""Rows of data whose columns have no names that say what they hold: [{"d": "...", "t": "...", "l": "..."}]. Pure.

Scripts that draw their own list are sent what is short: single letters, or cells without any names
({"data": [["20.11.2026", "<a href=...>...</a>"]]}). Then what a column holds in nearly all rows shows what it is: other
addresses, other texts of some words, days. A row is a release only where all three are there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from statistics import median
from typing import Any

from archive.core.model import Link
from archive.core.urls import canonical, key
from archive.text.date_order import Order
from archive.text.dates import read_moment
from crawler.discover.address_parts import is_near

_ENOUGH, _MOST_ROWS, _MOST_COLUMNS, _SAMPLE = 3, 5_000, 24, 40
"""Rows that are a list, rows and columns that are read, rows that show what a column holds."""

_NEARLY_ALL = 0.8
_SHORTEST, _LONGEST = 12, 400
"""Letters of the usual title of a row."""

_LONGEST_DAY = 40
_LINKED = re.compile(
    r"<a\b[^>]{0,400}?\bhref\s*=\s*[\"']([^\"'<>]{1,600})[\"'][^>]{0,400}>(.{1,600}?)</a>", re.S | re.I
)
_TAG = re.compile(r"<[^>]{1,400}>")
_ADDRESS = re.compile(r"(?:https?:/|\.{0,2})/[^\s<>]+|[\w%./-]+\.(?:s?html?|aspx?|php|jsp)(?:\?[^\s<>]*)?")
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|mp[34]|css|js)(?:$|\?)", re.IGNORECASE)
_NUMERIC_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
_MONTHS = 12


def rows_of(held: Sequence[Any], url: str) -> list[Link]:
    """The rows of a list as releases; none where a column of addresses, of titles or of days is missing."""
    rows = [row for row in map(_cells, held[:_MOST_ROWS]) if len(row) > 1]
    columns = _columns(rows[:_SAMPLE])
    places = next((name for name, each in columns.items() if _are_addresses(each, url)), "")
    titles = next((name for name, each in columns.items() if places and name != places and _are_titles(each)), "")
    days = next((name for name, each in columns.items() if titles and _are_days(each)), "")
    if len(rows) < _ENOUGH or not days:
        return []
    order = _order([row.get(days, "") for row in rows])
    return [
        Link(there, row[titles][:500], read_moment(row.get(days, ""), order), via=url)
        for row in rows
        if row.get(titles) and _ADDRESS.fullmatch(row.get(places, "")) and (there := canonical(row[places], url))
    ]


def _cells(row: Any) -> dict[str, str]:
    """What stands in a row, by the name or the number of its column; a link is an address and a text."""
    named = row.items() if isinstance(row, dict) else enumerate(row) if isinstance(row, list) else ()
    cells: dict[str, str] = {}
    for name, value in list(named)[:_MOST_COLUMNS]:
        if not isinstance(value, str):
            continue
        if link := _LINKED.search(value):
            cells[f"{name} href"] = html.unescape(link[1]).strip()
        text = link[2] if link else value
        cells[str(name)] = " ".join(html.unescape(_TAG.sub(" ", text[:2_000])).split())
    return cells


def _columns(rows: Sequence[dict[str, str]]) -> dict[str, list[str]]:
    """The columns that nearly all rows have."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row[name] for row in rows if row.get(name)] for name in names}
    return {name: each for name, each in columns.items() if len(each) >= _NEARLY_ALL * len(rows)}


def _are_addresses(values: Sequence[str], url: str) -> bool:
    addresses = [value for value in values if _ADDRESS.fullmatch(value) and not _NO_PAGE.search(value)]
    near = {key(there) for value in addresses if (there := canonical(value, url)) and is_near(there, url)}
    return len(near) >= _NEARLY_ALL * len(values)


def _are_days(values: Sequence[str]) -> bool:
    days = [value for value in values if len(value) <= _LONGEST_DAY and not value.isdecimal()]
    return sum(bool(read_moment(value)) for value in days) >= _NEARLY_ALL * len(values)


def _are_titles(values: Sequence[str]) -> bool:
    """Whether a column holds other words in nearly all rows, some at a time."""
    words = {value for value in values if (" " in value or not value.isascii()) and not _ADDRESS.fullmatch(value)}
    if len(words) < _NEARLY_ALL * len(values):
        return False
    usual = median(sum(map(str.isalpha, value)) for value in words)
    return _SHORTEST <= usual <= _LONGEST and not _are_days(values)


def _order(values: Sequence[str]) -> Order:
    """In which order days in figures stand, as those show that no other order allows."""
    found = [(int(day[1]), int(day[2])) for value in values if (day := _NUMERIC_DAY.match(value))]
    if any(second > _MONTHS for _, second in found):
        return "MDY"
    return "DMY" if any(first > _MONTHS for first, _ in found) else ""
