"""Charts as values: bars over time, and what stands below them. Pure; templates draw them as SVG."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_MONTHS = 48
"""Months that get a bar each; of a longer time each year gets one."""


@dataclass(frozen=True)
class Bar:
    """A stretch of time and how many there are in it; `first` and `last` are its days, `height` is out of 100."""

    label: str
    first: str
    last: str
    count: int
    height: int


def bars(months: Mapping[str, int]) -> list[Bar]:
    """Bars for counts by month ("2026-03"), gaps included; by year where there are many months. Empty below two."""
    named = sorted(month for month in months if len(month) == 7)
    if not named:
        return []
    first, last = named[0], named[-1]
    if _number(last) - _number(first) < _MOST_MONTHS:
        spans = [_month(number) for number in range(_number(first), _number(last) + 1)]
        counts = [months.get(month, 0) for month in spans]
        ends = [(f"{month}-01", f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02}") for month in spans]
    else:
        spans = [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
        counts = [sum(count for month, count in months.items() if month[:4] == year) for year in spans]
        ends = [(f"{year}-01-01", f"{year}-12-31") for year in spans]
    highest = max(counts)
    made = [Bar(span, *end, count, _part(count, highest)) for span, end, count in zip(spans, ends, counts, strict=True)]
    return made if len(made) > 1 else []


def weeks(days: Mapping[str, int], until: date, most: int = 52) -> list[Bar]:
    """Bars for the weeks (Monday to Sunday) until that of a day, from counts by day (ISO 8601). Empty without any."""
    monday = until - timedelta(days=until.weekday())
    counts = {monday - timedelta(weeks=back): 0 for back in range(most - 1, -1, -1)}
    for day, count in days.items():
        at = date.fromisoformat(day)
        begin = at - timedelta(days=at.weekday())
        if begin in counts:
            counts[begin] += count
    highest = max(counts.values())
    if not highest:
        return []
    ends = {begin: (begin + timedelta(days=6)).isoformat() for begin in counts}
    return [
        Bar(f"Week of {begin}", begin.isoformat(), ends[begin], count, _part(count, highest))
        for begin, count in counts.items()
    ]


def _part(count: int, highest: int) -> int:
    """Of a hundred, rounded up, so that one of many is still seen."""
    return -(-100 * count // highest)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
