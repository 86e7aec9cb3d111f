"""Days and moments as people and machines write them, read into ISO 8601 no more precise than they are stated.

Pure text in, text out: "2026-03-11", "2026-03-11T09:30:00" (a time without a zone) or "2026-03-11T09:30:00+05:00".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from archive.core.cache import remembered
from archive.text.calendar import MERIDIEM, MONTHS, ZONES

Order = Literal["DMY", "MDY"]


@dataclass(frozen=True)
class Stated:
    """A moment found in a text: its ISO form and where in the text it stood."""

    moment: str
    start: int
    end: int


_HINT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d\d?[./-] ?\d\d?[./-] ?\d\d|\d[-/][^\W\d_]{3,12}[-/]\d\d")
_MARGIN = 45
_YEAR = r"(?:19|20)\d\d"
_WORD = r"[^\W\d_]{3,12}"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|-?го|\.)?"

_YEAR_FIRST = re.compile(rf"(?<![\d.])({_YEAR})([-/.])\s?(\d{{1,2}})\2\s?(\d{{1,2}})(?!\d)")
_CJK = re.compile(rf"({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일号號]?")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-]) ?(\d{1,2})\2 ?((?:19|20)?\d\d)(?![\d])(?!\.\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ORDINAL}[\s-]{{0,3}}(?:de |of |d['’])?({_WORD})\.?,?[\s-]{{0,3}}(?:de |"
    rf"del )?({_YEAR})(?!\d)",
    re.I,
)
_SHORT_YEAR = re.compile(rf"(?<!\d)(\d{{1,2}})[-/]({_WORD})[-/](\d\d)(?!\d)")
_MONTH_FIRST = re.compile(rf"({_WORD})\.?\s{{1,3}}(\d{{1,2}}){_ORDINAL}\s?,?\s{{0,3}}({_YEAR})(?!\d)", re.I)
_ZONE_INSIDE = re.compile(
    rf"({_WORD})\s{{1,2}}(\d{{1,2}})\s(\d\d:\d\d:\d\d)\s([A-Z]{{1,5}}|[+-]\d{{4}})\s({_YEAR})(?!\d)"
)
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)({_YEAR})(?:\.|,|\s?жылғы|\s?ж\.|\s?m\.)?\s{{1,2}}({_WORD})(?:\s?mėn\.|dagi)?\s{{1,2}}(\d{{1,2}})(?!\d)",
    re.I,
)
_YEAR_DAY_MONTH = re.compile(rf"(?<!\d)({_YEAR})\s?(?:жылғы|жылдың|ж\.)\s{{1,2}}(\d{{1,2}})[\s-]({_WORD})", re.I)
_COMPACT = re.compile(rf"^({_YEAR})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?$")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")

_OFFSET = r"(?:(?:UTC|GMT)\s?)?[+-−]\s?\d{1,2}(?::?\d\d)?(?!\d)"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s?(?P<half>[ap]\.?\s?m\b\.?|μ\.μ\.|π\.μ\.)?(?:\s?(?:Uhr|hrs|h|ч\.))?"
    rf"(?:\s{{0,2}}\(?(?P<zone>Z\b|{_OFFSET}|[A-ZМСК]{{2,5}}\b(?:\s?[+-]\d{{1,2}}:?\d\d(?!\d))?)\)?)?"
)
_JOIN = (
    r"(?:\s{0,3}(?:[T,;|/•·∙@–—-]|at\b|um\b|à\b|om\b|kl\.?|kello\b|alle\b|ore\b|a las\b|ás\b|às\b|в\b|о\b|o\b|"
    r"godz\.?|klo\b"
    r"|г\.?|р\.?|года\b|года,|στις|saat\b|сағат|время|Time:|[日일号號]|(?:오전|오후|上午|下午))){0,3}\s{0,3}"
)
_TIME_AFTER = re.compile(_JOIN + _CLOCK)
_TIME_BEFORE = re.compile(
    _CLOCK + r"(?:\s?(?:[,;|/•·∙–—-]|on\b|am\b|del\b|le\b|at\b)){0,2}(?:\s?[^\W\d_]{5,12},?)?\s{0,3}$"
)
_BEFORE = 40


@remembered(2_000)
def read_moment(value: str, order: Order = "DMY") -> str:
    """The first moment stated in a value; "" when it states none."""
    text = value.strip()[:200]
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        clock = f"{hour}:{minute}:{second or '00'}" if hour else ""
        return _moment(_day(year, month, day), clock, zone or "")
    return next((stated.moment for stated in find_moments(text, order)), "")


def find_moments(text: str, order: Order = "DMY") -> Iterator[Stated]:
    """Every moment stated in a text, in the order of the text. A day without its year is not a moment."""
    for first, last in _windows(text):
        taken = -1
        for start, end, day, clock, zone in sorted(
            _days(text[first:last], order), key=lambda found: (found[0], -found[1])
        ):
            if start >= taken:
                taken = end
                start, end = start + first, end + first
                yield Stated(_moment(day, clock, zone), start, end) if clock else _with_clock(text, start, end, day)


def day_month_order(language: str, host: str) -> Order:
    """How 3/4/2026 is meant on a page: month first in the United States and where they set the custom."""
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
    return "DMY"


def plausible(moment: str, captured_at: datetime, earliest: date = date(1990, 1, 1)) -> bool:
    """Whether a page captured then can have been published at that moment: not in its future, not before the Web."""
    if not moment:
        return False
    return earliest <= date.fromisoformat(moment[:10]) <= (captured_at + timedelta(hours=26)).date()


def has_time(moment: str) -> bool:
    """Whether a time of day was stated."""
    return len(moment) > 10


def has_zone(moment: str) -> bool:
    """Whether a zone was stated."""
    return len(moment) > 19 and bool(re.search(r"[+-]\d\d:\d\d$", moment))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a date can stand: around what looks like a year or figures with separators."""
    start = end = 0
    for hint in _HINT.finditer(text):
        if hint.start() - _MARGIN > end:
            if end:
                yield start, end
            start = max(0, hint.start() - _MARGIN)
        end = min(len(text), hint.end() + _MARGIN)
    if end:
        yield start, end


def _days(text: str, order: Order) -> Iterator[tuple[int, int, date, str, str]]:
    """Candidate days with their places, and the clock and zone where they stand inside the day's own form."""
    for found in _YEAR_FIRST.finditer(text):
        yield from _found(found, _day(found[1], found[3], found[4]))
    for found in _CJK.finditer(text):
        yield from _found(found, _day(found[1], found[2], found[3]))
    for found in _NUMERIC.finditer(text):
        yield from _found(found, _numeric_day(found[1], found[3], found[4], order))
    if not re.search(r"[^\W\d_]{3}", text):
        return
    for found in _DAY_FIRST.finditer(text):
        yield from _found(found, _worded_day(found[3], found[2], found[1]))
    for found in _SHORT_YEAR.finditer(text):
        yield from _found(found, _worded_day("20" + found[3], found[2], found[1]))
    for found in _MONTH_FIRST.finditer(text):
        yield from _found(found, _worded_day(found[3], found[1], found[2]))
    for found in _ZONE_INSIDE.finditer(text):
        day = _worded_day(found[5], found[1], found[2])
        if day:
            yield found.start(), found.end(), day, found[3], found[4]
    for found in _YEAR_MONTH_DAY.finditer(text):
        yield from _found(found, _worded_day(found[1], found[2], found[3]))
    for found in _YEAR_DAY_MONTH.finditer(text):
        yield from _found(found, _worded_day(found[1], found[3], found[2]))


def _found(found: re.Match[str], day: date | None) -> Iterator[tuple[int, int, date, str, str]]:
    if day:
        yield found.start(), found.end(), day, "", ""


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _worded_day(year: str, month: str, day: str) -> date | None:
    number = MONTHS.get(month.casefold())
    return _day(year, str(number), day) if number else None


def _numeric_day(first: str, second: str, year: str, order: Order) -> date | None:
    """A day in figures; an impossible month gives the other order, a two-figure year is of this century until 2039."""
    if len(year) == 2:
        year = ("20" if int(year) < 40 else "19") + year
    month, day = (first, second) if order == "MDY" else (second, first)
    return _day(year, month, day) or _day(year, day, month)


def _with_clock(text: str, start: int, end: int, day: date) -> Stated:
    after = _TIME_AFTER.match(text, end)
    if after and (after["minute"] or after["half"]):
        moment = _clocked(day, after)
        if has_time(moment):
            return Stated(moment, start, after.end())
    first = max(0, start - _BEFORE)
    before = _TIME_BEFORE.search(text[first:start])
    if before and (before["minute"] or before["half"]) and not text[first - 1 : first].isdigit():
        moment = _clocked(day, before)
        if has_time(moment):
            return Stated(moment, first + before.start(), end)
    return Stated(day.isoformat(), start, end)


def _clocked(day: date, clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    half = MERIDIEM.get(re.sub(r"[\s.]", "", (clock["half"] or "")).casefold(), "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    text = f"{hour:02d}:{clock['minute'] or '00'}:{clock['second'] or '00'}"
    if clock["fraction"]:
        text += "." + clock["fraction"][:6].ljust(6, "0")
    return _moment(day, text, clock["zone"] or "")


def _moment(day: date | None, clock: str, zone: str) -> str:
    if day is None:
        return ""
    try:
        at = time.fromisoformat(clock) if clock else None
    except ValueError:
        at = None
    if at is None:
        return day.isoformat()
    where = _zone(zone)
    if where is None and at == time(0, 0):
        return day.isoformat()
    moment = datetime.combine(day, at)
    return (moment.replace(tzinfo=where) if where else moment).isoformat()


def _zone(text: str) -> tzinfo | None:
    """A zone from its offset or abbreviation; None for one that is unknown or ambiguous.

    An American abbreviation means the wall clock of its region: "PST" in July is read as Pacific time, 7 hours behind.
    """
    offset = re.search(r"([+\-−])\s?(\d{1,2})(?::?(\d\d))?$", text)
    if offset:
        shift = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-shift if offset[1] in "-−" else shift) if shift < timedelta(hours=15) else None
    known = ZONES.get(text.strip().upper())
    if known is None:
        return None
    return ZoneInfo(known) if isinstance(known, str) else timezone(timedelta(hours=known))
