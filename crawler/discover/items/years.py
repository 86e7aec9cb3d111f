"""The years of days that a list states without one ("26 October"). Pure.

A year's heading above the item, or the one year that the address of the list names, says it. Failing these it follows
from the order of the list: the items descend from the day on which the page was read, or from the last item with a
year, and a day that would lie after the item before it is of the year before. A list whose days rise is read from its
end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from archive.text.dates import Stated
from archive.text.eras import in_our_years
from crawler.discover.address_parts import take_apart
from crawler.discover.anchors import LinkedPage

_SLACK = timedelta(days=3)
"""How much later than the item before it one of the same year may be: lists are not always in exact order."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HEADING = re.compile(
    r"[^\W\d_]{0,20}\W{0,3}(?:\d\d?[/.-])?(?:19|20)\d\d(?:[/.-]\d\d?|年\s?\d\d?\s?月)?\W{0,3}[^\W\d_]{0,20}"
)
"""A year, or a year and a month, that is all that a text says, but for a word."""

_FISCAL = re.compile(r"年\s?度")
_KANA = re.compile(r"[ぁ-ヿ]")
_FIRST_OF_FISCAL = "04"
"""The month with which the fiscal years of Japan begin."""

_LEAP = 8
"""Years among which 29 February is once at least."""


@dataclass(frozen=True)
class _Item:
    """An item of a list: its month and day, and its day; None where no year was stated."""

    key: str
    month_day: str
    when: date | None


def moments_of(days: Mapping[str, Stated], page: LinkedPage, url: str, today: date | None) -> dict[str, str]:
    """The moment of each item of a list by its key, "" where it is not certain. `days` are those of one list in its
    order, as they stand in the page; `today` is the day on which it was read, None where that is not known."""
    known = {key: day.moment for key, day in days.items()}
    if all(known.values()) or not any(day.month_day for day in days.values()):
        return known
    heading = _headings(page)
    named = _year_of_address(url)
    ordered = sorted(days.items(), key=lambda each: each[1].start)
    dated = [(key, day) for key, day in ordered if day.moment or day.month_day]
    items = [_item(key, day, heading(day.start, day.month_day) or named) for key, day in dated]
    if _is_rising(items):
        items.reverse()
    found = _resolved(items, today)
    return {key: moment or found.get(key, "") for key, moment in known.items()}


def _item(key: str, day: Stated, year: str) -> _Item:
    if day.moment:
        return _Item(key, day.moment[5:10], date.fromisoformat(day.moment[:10]))
    return _Item(key, day.month_day, _in_year(year, day.month_day) if year else None)


def _resolved(items: Sequence[_Item], today: date | None) -> dict[str, str]:
    """The days without a year of a list that descends: each the last such day that is not after the one before it."""
    found: dict[str, str] = {}
    bound = today
    for n, item in enumerate(items):
        when = item.when
        if when is None and bound is not None:
            slack = _SLACK if n and bound != today else timedelta(days=1)
            when = _last(item.month_day, min(bound + slack, (today or bound + slack) + timedelta(days=1)))
        elif when is None:
            when = _first_after(item.month_day, next((one.when for one in items[n:] if one.when), None))
        if when is not None:
            bound = when
            found[item.key] = when.isoformat()
    return found


def _last(month_day: str, bound: date) -> date | None:
    """The last such day of a year that is not after another day."""
    days = (_in_year(str(bound.year - back), month_day) for back in range(_LEAP))
    return next((day for day in days if day and day <= bound), None)


def _first_after(month_day: str, floor: date | None) -> date | None:
    """The first such day that is not before another one."""
    if floor is None:
        return None
    days = (_in_year(str(floor.year + on), month_day) for on in range(_LEAP))
    return next((day for day in days if day and day >= floor - _SLACK), None)


def _in_year(year: str, month_day: str) -> date | None:
    try:
        return date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return None


def _is_rising(items: Sequence[_Item]) -> bool:
    """Whether the days of a list go up more often than down."""
    steps = [_step(one, other) for one, other in pairwise(items)]
    return steps.count(1) > steps.count(-1)


def _step(one: _Item, other: _Item) -> int:
    if one.when and other.when:
        return (other.when > one.when) - (other.when < one.when)
    return (other.month_day > one.month_day) - (other.month_day < one.month_day)


def _headings(page: LinkedPage) -> Callable[[int, str], str]:
    """For each place of the text, and a month and day, the year whose heading is the last one above; "" where none is.

    Fiscal years of Japan (in Chinese the same word is said of any year) end in March of the next.
    """
    said = ((start, in_our_years(" ".join(page.text[start:end].split()))) for start, end in page.headings)
    headings = [(start, year, bool(_FISCAL.search(text))) for start, text in said if (year := _only_year(text))]
    is_japanese = any(fiscal for *_, fiscal in headings) and bool(_KANA.search(page.text))

    def at(place: int, month_day: str) -> str:
        n = bisect_right(headings, (place, "", False)) - 1
        _, year, is_fiscal = headings[n] if n >= 0 else (0, "", False)
        return str(int(year) + 1) if is_fiscal and is_japanese and month_day < _FIRST_OF_FISCAL else year

    return at


def _only_year(text: str) -> str:
    return _one(_YEAR.findall(text)) if _HEADING.fullmatch(text) else ""


def _year_of_address(url: str) -> str:
    """The one year that the address of a list names, in a folder or a parameter."""
    address = take_apart(url)
    return _one(part.text for part in (*address.parts, *address.values.values()) if _YEAR.fullmatch(part.text))


def _one(years: Iterable[str]) -> str:
    once = set(years)
    return once.pop() if len(once) == 1 else ""
