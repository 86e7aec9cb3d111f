"""Reads dates and times in the formats that people and programs write, into ISO 8601 with the precision stated.

Pure text in, text out: "2026-03-11", "2026-03-11T09:30:00" (a time without a zone) or "2026-03-11T09:30:00+05:00".
Every search takes time in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from archive.core.cache import remembered
from archive.text import eras, time_of_day
from archive.text.calendar import CALENDAR_WORDS, MONTHS
from archive.text.date_order import IN_FIGURES, Figures, Order, day_of, orders_by_mark


@dataclass(frozen=True)
class Stated:
    """A moment found in a text: its ISO form ("" if its year or its day is not certain), and its place.

    `month_day` is that of a day without a year, as "05-08".
    """

    moment: str
    start: int
    end: int
    month_day: str = ""


_HINT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d\d?[./-] ?\d\d?[./-] ?\d|\d[-/][^\W\d_]{3,12}[-/]\d\d|" + eras.HINT)
_FIRST_DAY = date(1900, 1, 1)
"""Newsrooms put releases of the last century on the Web; what is older is a name or a mistake."""

_WEB = "1990"
"""The year of the Web."""

_ZEROS = frozenset({
    "1900-01-01", "1901-01-01", "1901-12-13", "1903-12-31", "1904-01-01",
    "1969-12-31", "1970-01-01", "1979-11-30", "1979-12-31", "1980-01-01",
})  # fmt: skip
"""The days from which programs count (Unix, its 32 bits, spreadsheets, FAT), a zone away too: written where no day is
known."""

_LONGEST_DAY = 45
"""Characters of a line that may be a day and nothing else."""

_LETTERS = re.compile(r"[^\W\d_][^\d\s]")
_MARGIN = 45
_YEAR = r"(?:19|20)\d\d"
_MARKS = (
    r"\u0300-\u036f\u064b-\u0652\u0670\u0900-\u0903\u093a-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u109d\u17b4-\u17dd"
)
_WORD = rf"(?:[^\W\d_]|[{_MARKS}]){{2,20}}"
"""Letters, and the vowels and accents that are signs of their own."""
_MONTH = rf"{_WORD}(?:[^\S\n]{_WORD})?"
"""A word, or two: some languages name months so."""
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|-?го|\.)?"
_OF = r"(?:day )?of |de |d['’]|ta['’] ?|ב"
"""What stands between a day and its month."""
_ROMAN = {
    word: n for n, word in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
_IN_ROMAN = f"({'|'.join(_ROMAN)})"
_AFTER_WORD = r"[^\W\d_][^\S\n]"

_YEAR_FIRST = re.compile(rf"(?<![\d.])({_YEAR})\s?([-/.])\s?(\d{{1,2}})(?:\s(?=/))?\2\s?(\d{{1,2}})(?!\d)")
"""2026-03-04, 2026/3/4, 2026. 3. 4"""
_CJK = re.compile(
    rf"({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월](?:[^\S\n]?|\n(?=\d{{1,2}}\s?[日일号號]))(\d{{1,2}})"
    r"(?!\d|\s?[月월])\s?[日일号號]?"
)
"""2026年3月4日, 2026년 3월 4일"""
_CJK_BY_PROGRAM = re.compile(rf"(?<!\d)(\d{{1,2}})\s{{1,2}}(\d{{1,2}})\s?[月월],?\s({_YEAR})(?!\d)")
"""4 3月 2026, as a program writes it that knows only the name of the month"""
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ORDINAL}[\s-]{{0,3}}(?:{_OF})?({_MONTH})(?:\s?/\s?{_WORD})?\.?,?[\s-]{{0,3}}(?:de |"
    rf"del )?({_YEAR})(?!\d)",
    re.I,
)
"""4 March 2026, 4th of March, 2026, 4 de marzo de 2026"""
_BETWEEN_MARKS = re.compile(rf"(?<!\d)(\d{{1,2}})[-/]({_WORD})\.?[-/]({_YEAR}|\d\d)(?!\d)")
"""4-Mar-2026, 4/Mar/26"""
_MONTH_FIRST = re.compile(rf"({_WORD})\.?\s{{1,3}}(\d{{1,2}}){_ORDINAL}\s?,?\s{{0,3}}({_YEAR})(?!\d)", re.I)
"""March 4, 2026"""
_ZONE_INSIDE = re.compile(
    rf"({_WORD})\s{{1,2}}(\d{{1,2}})\s(\d\d:\d\d:\d\d)\s([A-Z]{{1,5}}|[+-]\d{{4}})\s({_YEAR})(?!\d)"
)
"""Mar 4 09:30:00 CET 2026, as programs of Unix write it"""
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)({_YEAR})(?:\.|,|\s?жылғы|\s?ж\.|\s?m\.|-?ko|\s?թ\.?)?\s{{1,2}}({_WORD})(?:\.|\s?mėn\.|dagi)?\s{{1,2}}(\d{{1,2}})(?!\d)",
    re.I,
)
"""2026 March 4, 2026. március 4., 2026 m. kovo 4"""
_YEAR_DAY_MONTH = re.compile(
    rf"(?<!\d)({_YEAR})[\s-]?(?:жылғы|жылдың|жылдын|жылы?|ж\.|yil|йил|\.\sgada|წლის)\s{{1,2}}(\d{{1,2}})\.?[\s-]({_WORD})",
    re.I,
)
"""2026 жылғы 4 наурыз, 2026. gada 4. marts"""
_TIME_OF_DAY = re.compile(
    r"(?<![\d:.,–-])(?:\d{1,2}(?:[:.]\d\d){1,2}(?:\s[+-]\d{4}|\s?\+\d\d:\d\d)?|\d{1,2}(?=\s?[ap]\.?m\b))(?![\d:%-])"
)
"""10:00, 9.30, 09:30:15 +0100, 10 am"""
_DAY_AND_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}}){_ORDINAL}[\s-]{{0,3}}(?:{_OF})?({_WORD})(?!\w)", re.I)
_MONTH_AND_DAY = re.compile(rf"(?<!\w)({_WORD})\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])", re.I)
_CJK_WITHOUT_YEAR = re.compile(r"(?<![\d年년])(?<![年년]\s)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_ROMAN_MONTH = re.compile(
    rf"(?<![\d.,])(?<![^\W\d_])(\d{{1,2}})(?:\.\s?{_IN_ROMAN}\.\s?|(?<!{_AFTER_WORD}\d)(?<!{_AFTER_WORD}\d\d)"
    rf"(?:([/-]){_IN_ROMAN}\3|\.?[^\S\n]{_IN_ROMAN}[^\S\n](?<![^\S\n][IVX][^\S\n])))({_YEAR})(?![\d/]|-\w)"
)
"""A blank alone stands beside a month of several letters, and not behind a word: "Camera 7 III 2018" is no day."""
_ROMAN_BEHIND_YEAR = re.compile(
    rf"(?<!\d)(?<![^\W\d_])({_YEAR})(?:\.\s?{_IN_ROMAN}\.\s?|([/-]){_IN_ROMAN}\3)(\d{{1,2}})(?!\d)"
)
_COMPACT = re.compile(rf"^({_YEAR})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?$")
_EPOCH = re.compile(r"^(\d{10})(?:\d{3})?(?:\.\d{1,9})?$")


@remembered(2_000)
def read_moment(value: str, order: Order = "DMY") -> str:
    """The first moment in the first 200 characters of a value; "" if there is none."""
    text = eras.in_our_figures(value.strip()[:200])
    seconds = _EPOCH.match(text)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), UTC).isoformat()
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        found = day_of(year, month, day)
        at = (
            time_of_day.Clock(int(hour), int(minute), int(second or 0), zone=zone or "", by_program=True)
            if hour
            else None
        )
        return time_of_day.combined(found, at) if found else ""
    return next((stated.moment for stated in find_moments(text, order)), "")


def find_moments(text: str, order: Order = "DMY") -> Iterator[Stated]:
    """Every moment in a text, in order. A day without a year is not a moment."""
    text = eras.in_our_figures(text)
    for found in _full_days(text, order):
        if found.day and found.clock:
            yield Stated(time_of_day.combined(found.day, found.clock), found.start, found.end)
        elif found.day:
            yield Stated(*time_of_day.beside(text, found.start, found.end, found.day))


def find_days(text: str, usual: Order = "") -> list[Stated]:
    """Every day in a text whose order of day and month is unknown, in order, without times.

    `usual` is the order in the language of the text, if that is known; it only decides whether a year of two figures
    may come first.
    `moment` is "" for a day without a year ("May 8"), and if nothing shows the order (4/5/2026).
    """
    text = eras.in_our_figures(text)
    full = [Stated(one.day.isoformat() if one.day else "", one.start, one.end) for one in _full_days(text, "", usual)]
    bare = list(_days_without_year(text))
    found: list[Stated] = []
    for one in sorted([*full, *bare], key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.moment and not found[-1].moment:  # "3 May 2026" begins inside "May 3"
            found[-1] = one
    return found


def only_day(text: str) -> str:
    """The day that a line says and nothing else (but its weekday, and a time of day) in ISO 8601; "" for any other."""
    if len(text) > _LONGEST_DAY or not any(map(str.isdigit, text)):
        return ""
    found = find_days(text)
    if not found or not found[0].moment:
        return ""
    rest = _TIME_OF_DAY.sub(" ", f"{text[: found[0].start]} {text[found[0].end :]}".casefold(), count=1)
    return found[0].moment[:10] if all(word in CALENDAR_WORDS for word in re.findall(r"\w+", rest)) else ""


def plausible(moment: str, captured_at: datetime) -> bool:
    """Whether what a page says, captured at a time, can have been published at a moment: not in the capture's future,
    not on the first day of a program's count."""
    if not moment or moment[:10] in _ZEROS:
        return False
    return _FIRST_DAY <= date.fromisoformat(moment[:10]) <= (captured_at + timedelta(hours=26)).date()


def is_of_web(moment: str) -> bool:
    """Whether a moment falls in the time of the Web: an earlier one is of history more often than of publication."""
    return moment[:4] >= _WEB


def has_time(moment: str) -> bool:
    """Whether a time of day was stated."""
    return len(moment) > 10


def has_zone(moment: str) -> bool:
    """Whether a zone was stated."""
    return len(moment) > 19 and bool(re.search(r"[+-]\d\d:\d\d$", moment))


@dataclass(frozen=True)
class _Found:
    """A day found in a text: its place, and its time if that is part of the day's format."""

    start: int
    end: int
    day: date | None
    clock: time_of_day.Clock | None = None


def _full_days(text: str, order: Order, usual: Order = "") -> Iterator[_Found]:
    """The days with a year that a text states, in its order.

    Of two that overlap the one that stands on one line, then the first, then the longer: the 2026 at the end of a
    headline is not the year of the day on the next line.
    """
    orders = orders_by_mark(text, usual) if not order else {}
    for first, last in _windows(text):
        window = text[first:last]
        days = list(_days_in(window, order, orders))
        whole = _apart(found for found in days if "\n" not in window[found.start : found.end])
        broken = [found for found in days if "\n" in window[found.start : found.end] and _is_free(found, whole)]
        for found in _apart([*whole, *broken]) if broken else whole:
            yield replace(found, start=first + found.start, end=first + found.end)


def _apart(days: Iterable[_Found]) -> list[_Found]:
    """Days that do not overlap, in the order of the text: of two that do the first, and the longer."""
    apart: list[_Found] = []
    for found in sorted(days, key=lambda one: (one.start, -one.end)):
        if not apart or found.start >= apart[-1].end:
            apart.append(found)
    return apart


def _is_free(found: _Found, taken: list[_Found]) -> bool:
    n = bisect_left(taken, found.end, key=lambda one: one.start)
    return n == 0 or taken[n - 1].end <= found.start


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that can contain a date: around years and around figures with separators."""
    start = end = 0
    for hint in _HINT.finditer(text):
        if hint.start() - _MARGIN > end:
            if end:
                yield start, end
            start = max(0, hint.start() - _MARGIN)
        end = min(len(text), hint.end() + _MARGIN)
    if end:
        yield start, end


def _days_in(text: str, order: Order, orders: dict[str, Order]) -> Iterator[_Found]:
    """Possible days, in the order of the date formats."""
    for form, year, month, day in _IN_FIGURES:
        for one in form.finditer(text):
            if at := day_of(one[year], one[month], one[day]):
                yield _Found(*one.span(), at)
    yield from (_Found(start, end, day) for start, end, day in eras.days_in(text))
    for one in IN_FIGURES.finditer(text):
        yield from _numeric(one, order, orders)
    if _LETTERS.search(text):
        yield from _days_with_letters(text)


def _days_with_letters(text: str) -> Iterator[_Found]:
    """Possible days whose month is a word or a Roman number, or that have a zone inside."""
    for form, year, month, day in _IN_WORDS:
        for one in form.finditer(text):
            if at := _worded_day(one[year], one[month], one[day]):
                yield _Found(*one.span(), at)
    for form, year, day, months in ((_ROMAN_MONTH, 6, 1, (2, 4, 5)), (_ROMAN_BEHIND_YEAR, 1, 5, (2, 4))):
        for one in form.finditer(text):
            month = next(filter(None, one.group(*months)))
            if at := day_of(one[year], str(_ROMAN[month]), one[day]):
                yield _Found(*one.span(), at)
    for one in _ZONE_INSIDE.finditer(text):
        if at := _worded_day(one[5], one[1], one[2]):
            yield _Found(*one.span(), at, time_of_day.clock_from(one[3], one[4]))


_IN_FIGURES = ((_YEAR_FIRST, 1, 3, 4), (_CJK, 1, 2, 3), (_CJK_BY_PROGRAM, 3, 2, 1))
_IN_WORDS = (
    (_DAY_FIRST, 3, 2, 1),
    (_BETWEEN_MARKS, 3, 2, 1),
    (_MONTH_FIRST, 3, 1, 2),
    (_YEAR_MONTH_DAY, 1, 2, 3),
    (_YEAR_DAY_MONTH, 1, 3, 2),
)
"""Date formats, with the groups of year, month and day in each."""


def _numeric(found: re.Match[str], order: Order, orders: dict[str, Order]) -> Iterator[_Found]:
    """A day in figures; without a date if nothing shows its order.

    If no date of the text shows the order, the day comes first in dates with dots and a full year.
    """
    figures = Figures(*found.groups())
    dotted: Order = "DMY" if figures.mark == "." and not figures.has_short_year else ""
    order = order or orders.get(figures.mark, dotted)
    if order or figures.first == figures.second or figures.order:
        day = figures.day(order)
        yield from [_Found(*found.span(), day)] if day else []
    elif len(figures.last) > 1:
        yield _Found(*found.span(), None)


def _days_without_year(text: str) -> Iterator[Stated]:
    for form, month, day in ((_DAY_AND_MONTH, 2, 1), (_MONTH_AND_DAY, 1, 2)):
        for found in form.finditer(text):
            number = MONTHS.get(found[month].casefold())
            if number and 1 <= int(found[day]) <= 31:
                yield Stated("", *found.span(), f"{int(number):02}-{int(found[day]):02}")
    for found in _CJK_WITHOUT_YEAR.finditer(text):
        if 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31:
            yield Stated("", *found.span(), f"{int(found[1]):02}-{int(found[2]):02}")


def _worded_day(year: str, month: str, day: str) -> date | None:
    word = month.casefold()
    first, _, last = word.rpartition(" ")
    number = MONTHS.get(word) or MONTHS.get(first if last in ("de", "del") else last)
    return day_of(year, str(number), day) if number else None
