"""In which order a text writes the day, the month and the year of a date in figures.

Pure. The order follows from evidence: what the figures can be, what the other dates of the text can be, what is after
the capture; failing these, it is the custom of the language (Unicode CLDR) and of the host.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

Order = Literal["DMY", "MDY", "YMD", "Y-M-D", ""]
"""What 3/4/2026 means, and 26-11-20. The last two put a year of two figures first: "Y-M-D" between hyphens only. Other
dates are then read day first. "" for unknown: a date is only read if it, or another date in the text, shows the order.
"""

YEAR_FIRST: Mapping[str, Order] = {
    **dict.fromkeys(("eu", "hu", "ja", "ko", "lt", "mn", "ne", "yue", "zh"), "YMD"),
    **dict.fromkeys(("af", "fr-ca", "sv"), "Y-M-D"),
}
"""Languages whose dates begin with the year, from the CLDR (https://cldr.unicode.org): in all its forms, or only in the
short one, that has hyphens. A test compares them with Babel."""

IN_FIGURES = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?: (?=/))?(?P<mark>[./-]) ?(?P<second>\d{1,2})(?: (?=/))?(?P=mark) ?"
    r"(?P<last>(?:19|20)?\d\d|\d)(?![\d])(?!\.\d)"
)
"""A date that does not begin with a year of four figures."""

_FEWEST = 3
_ORDERS: tuple[Order, Order] = ("MDY", "DMY")


class Figures(NamedTuple):
    """The parts of a date in figures, in the order in which they are written."""

    first: str
    mark: str
    second: str
    last: str

    @property
    def has_short_year(self) -> bool:
        """Whether its year has two figures, wherever it stands."""
        return len(self.last) < 4

    def day(self, order: Order) -> date | None:
        """The day in an order; if its month is impossible, day and month change places."""
        if (order == "YMD" or (order == "Y-M-D" and self.mark == "-")) and (found := self.read("YMD")):
            return found
        month_first = order == "MDY"
        return self.read(_ORDERS[not month_first]) or self.read(_ORDERS[month_first])

    def read(self, order: Order) -> date | None:
        """The day in an order; None if it cannot be written so."""
        first, _, second, last = self
        if order == "YMD":
            return day_of(first, second, last) if len(first) == 2 and self.has_short_year else None
        if len(last) == 1:
            return None
        return day_of(last, first, second) if order == "MDY" else day_of(last, second, first)

    @property
    def order(self) -> Order:
        """The order of its day and month if a figure over 12 shows it, for a year at the end."""
        if len(self.last) == 1:
            return ""
        return "DMY" if int(self.first) > 12 else "MDY" if int(self.second) > 12 else ""


def figures_in(text: str) -> list[Figures]:
    """The dates in figures of a text, in its order."""
    return [Figures(*found.groups()) for found in IN_FIGURES.finditer(text)]


def day_of(year: str, month: str, day: str) -> date | None:
    """The day with a year, a month and a day in figures; None if there is none.

    A year of two figures is in this century up to 49 (RFC 5322, section 4.3).
    """
    century = 0 if len(year) == 4 else 2000 if int(year) < 50 else 1900
    try:
        return date(int(year) + century, int(month), int(day))
    except ValueError:
        return None


def usual_order(language: str, host: str) -> Order:
    """The order on a page by its language tag and host: month first in the United States and countries with the same
    custom, year first where the language has it."""
    base, _, region = language.replace("_", "-").lower().partition("-")
    if region[:2] in ("us", "ph", "pr"):
        return "MDY"
    top = host.rsplit(":", 1)[0].rsplit(".", 1)[-1].lower()
    if base == "en" and not region and top in ("com", "org", "net", "gov", "edu", "us", "mil", "info", "tv", "io"):
        return "MDY"
    if base == "en" and top in ("gov", "us", "mil", "edu"):
        return "MDY"
    if not base and top in ("gov", "us", "mil", "edu"):
        return "MDY"
    return YEAR_FIRST.get(base) or YEAR_FIRST.get(f"{base}-{region[-2:]}") or "DMY"


def is_ambiguous(text: str) -> bool:
    """Whether a text has a day in figures that may be meant in two orders."""
    return any(len({one.read(order) for order in _possible(one)} - {None}) > 1 for one in figures_in(text))


def order_shown(text: str, captured_at: datetime, usual: Order = "DMY") -> Order:
    """The order in which a text writes days in figures; "" where none shows it, or they disagree.

    A day shows its order when it can have one only: by its figures; failing these, because the other order were after
    the capture. A year of two figures comes first where this is usual, or the dates of the text show it.
    """
    latest = (captured_at + timedelta(days=1)).date()
    every = figures_in(text)
    if first := _year_first(every, usual, latest):
        return first
    by_figures: set[Order] = set()
    by_capture: set[Order] = set()
    for one in every:
        if order := one.order:
            by_figures.add(order)
        elif one.first != one.second and not one.has_short_year:
            read = [one.day(order) for order in _ORDERS]
            late = [day is not None and day > latest for day in read]
            by_capture |= {order for order, is_late in zip(_ORDERS, late, strict=True) if not is_late and any(late)}
    shown = by_figures or by_capture
    return shown.pop() if len(shown) == 1 else ""


def orders_by_mark(text: str, usual: Order = "") -> dict[str, Order]:
    """By separator, the order of the dates in figures of a text that show it; "" if they disagree."""
    orders: dict[str, Order] = {}
    by_mark: defaultdict[str, list[Figures]] = defaultdict(list)
    for one in figures_in(text):
        by_mark[one.mark].append(one)
        if order := one.order:
            orders[one.mark] = order if orders.get(one.mark, order) == order else ""
    for mark, dates in by_mark.items():
        if first := _year_first(dates, usual):
            orders[mark] = first
    return orders


def _year_first(every: Iterable[Figures], usual: Order, latest: date = date.max) -> Order:
    """The order of dates whose year of two figures comes first; "" if it does not.

    It does if most of them can be so, and it is usual, or they cannot be read otherwise, or the first figures vary
    much less than the last: the years of a list are few, its days are many.
    """
    short = [one for one in every if one.has_short_year and (usual != "Y-M-D" or one.mark == "-")]
    dates = [(one, orders) for one in short if (orders := _possible(one, latest))]
    first = [(one, orders) for one, orders in dates if "YMD" in orders]
    if not first or 2 * len(first) <= len(dates):
        return ""
    if usual in ("YMD", "Y-M-D"):
        return usual
    years, days = {one.first for one, _ in dates}, {one.last for one, _ in dates}
    varies_less = len(dates) >= _FEWEST and len(days) >= 2 * len(years)
    return "YMD" if varies_less or any(orders == {"YMD"} and len(one.last) == 2 for one, orders in first) else ""


def _possible(one: Figures, latest: date = date.max) -> frozenset[Order]:
    """The orders in which a date can be written, if it is not after the latest day."""
    orders: tuple[Order, ...] = (*_ORDERS, "YMD")
    return frozenset(order for order in orders if (day := one.read(order)) and day <= latest)
