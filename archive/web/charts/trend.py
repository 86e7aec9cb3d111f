"""A chart of several words over time as values: lines with their points, the axes, the table of figures. Pure.

Months that have no release at all are part of the time; their share is 0.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 300
"""Of the chart, in its own units."""

LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 28
"""Around the lines, for the labels of the axes."""

_MOST_MONTHS, _LABELS, _GRID = 240, 9, 4
"""Months that are shown one by one (more are shown as years), labels below the chart, lines across it."""

_LOOKS = (("#0b5c62", ""), ("#b3261e", "7 3"), ("#2f5fb3", "2 3"), ("#8a5a00", "10 3 2 3"), ("#7a3e9d", "5 2"))
"""Colour and dashes of each line, so that they differ in black and white too."""


@dataclass(frozen=True)
class Span:
    """A month or a year: its label, its first and its last day (ISO 8601)."""

    label: str
    first: str
    last: str


@dataclass(frozen=True)
class Line:
    """One of the words: a value for each span, the points of its line, its colour and its dashes as SVG writes them."""

    name: str
    values: tuple[float, ...]
    points: tuple[tuple[float, float], ...]
    colour: str = ""
    dashes: str = ""

    @property
    def path(self) -> str:
        """The points for a polyline."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class TrendChart:
    """Lines over the same spans; `grid` has (height, label) of each line across, `ticks` (place, label) below."""

    spans: tuple[Span, ...]
    lines: tuple[Line, ...]
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]


def trend_chart(
    found: Mapping[str, Mapping[str, int]], totals: Mapping[str, Mapping[str, int]], share: bool
) -> TrendChart:
    """A line for each name: its counts by month ("2026-03"), over all months that have releases, or by year.

    `totals` has for each name how many releases there are in all. With `share` the values are percent of these.
    """
    spans = _spans(sorted({month for months in totals.values() for month in months if len(month) == 7}))
    values = {name: _values(months, totals[name], spans, share) for name, months in found.items()}
    step = _step(max((value for line in values.values() for value in line), default=0.0), whole=not share)
    across = [LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / len(spans) for place in range(len(spans))]
    looks = cycle(_LOOKS)
    lines = tuple(Line(name, line, _points(line, across, step), *next(looks)) for name, line in values.items())
    grid = tuple((_height(step * n, step), f"{figure(step * n)}{' %' if share else ''}") for n in range(_GRID + 1))
    return TrendChart(spans, lines, grid, tuple(_ticks(spans, across)))


def figure(value: float) -> str:
    """A count or a percentage as people read it: 1,200 or 0.25."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _points(values: tuple[float, ...], across: list[float], step: float) -> tuple[tuple[float, float], ...]:
    return tuple((round(place, 1), _height(value, step)) for place, value in zip(across, values, strict=True))


def _spans(months: list[str]) -> tuple[Span, ...]:
    if not months:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
    if last - first >= _MOST_MONTHS:
        return tuple(
            Span(f"{year:04}", f"{year:04}-01-01", f"{year:04}-12-31") for year in range(first // 12, last // 12 + 1)
        )
    named = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
    return tuple(
        Span(month, f"{month}-01", f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]}") for month in named
    )


def _in_spans(months: Mapping[str, int], spans: tuple[Span, ...]) -> list[int]:
    length = len(spans[0].label) if spans else 0
    counts = dict.fromkeys((span.label for span in spans), 0)
    for month, count in months.items():
        if month[:length] in counts:
            counts[month[:length]] += count
    return list(counts.values())


def _values(
    months: Mapping[str, int], all_months: Mapping[str, int], spans: tuple[Span, ...], share: bool
) -> tuple[float, ...]:
    counts = _in_spans(months, spans)
    if not share:
        return tuple(float(count) for count in counts)
    pairs = zip(counts, _in_spans(all_months, spans), strict=True)
    return tuple(round(100 * count / total, 2) if total else 0.0 for count, total in pairs)


def _step(highest: float, whole: bool) -> float:
    """Between two lines across: 1, 2, 2.5 or 5 times a power of ten, so that four of them hold the highest value."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest / _GRID))
    step = next(times * power for times in (1, 2, 2.5, 5, 10) if times * power * _GRID >= highest)
    return float(ceil(step)) if whole else step


def _height(value: float, step: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / (step * _GRID), 1)


def _ticks(spans: tuple[Span, ...], across: list[float]) -> list[tuple[float, str]]:
    """Labels that do not touch: of months where these are few, else of the years' first months."""
    every = [
        place
        for place, span in enumerate(spans)
        if len(spans) <= _LABELS or len(span.label) == 4 or span.label.endswith("-01")
    ]
    jump = max(1, ceil(len(every) / _LABELS))
    short = len(spans) > _LABELS
    return [
        (round(across[place], 1), spans[place].label[:4] if short else spans[place].label) for place in every[::jump]
    ]
