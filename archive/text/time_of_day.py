"""Reads the time of day and the zone beside a date, as they are stated.

Pure. A zone name with several meanings is ignored: no offset is invented. An impossible time is ignored too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from archive.text.calendar import FIXED_ZONES, MERIDIEM, ZONES

_OFFSET = r"(?:(?:UTC|GMT)\s?)?[+-−]\s?\d{1,2}(?::?\d\d)?(?!\d)"
_CLOCK = (
    r"(?:(?P<first>오전|오후|上午|下午|午前|午後)\s?)?"
    r"(?P<hour>\d{1,2})(?:(?:[:.]|\s?[h時时시点點]\s?)(?P<minute>\d\d)(?!\.\d\d)"
    r"(?::(?P<second>\d\d?)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s?(?P<half>(?i:[ap]\.?\s?m\b)\.?|μ\.μ\.|π\.μ\.)?(?:\s?(?:Uhr|hrs|h|ч\.|分|분))?"
    rf"(?:\s{{0,2}}\(?(?P<zone>Z\b|{_OFFSET}|[A-ZМСК]{{2,5}}\b(?:\s?[+-]\d{{1,2}}:?\d\d(?!\d))?)\)?)?"
)
_DECIMAL = r"\s{0,3}\d{1,3}\.\d{1,3}(?!\d|\s?(?:Uhr|hrs|h\b|ч|(?i:[ap]\.?\s?m\b)))"
"""What "11.30 million" begins with, behind the end of a sentence; a word follows a time that is written so."""
_JOIN = (
    rf"(?:\s{{0,3}}(?:\.(?!{_DECIMAL})|\([^\W\d_]{{1,12}}\.?\)(?!{_DECIMAL}(?!\s{{0,3}}(?:\n|$)))|"
    r"[T,;|/•·∙@–—-]|at\b|um\b|à\b|om\b|kl\.?|kello\b|alle\b|ore\b|"
    r"a las\b|ás\b|às\b|в\b|о\b|o\b|godz\.?|klo\b"
    r"|г\.?|р\.?|года\b|года,|στις|saat\b|сағат|время|Time:|[日일号號]|ora\b)){0,3}\s{0,3}"
)
_AFTER = re.compile(_JOIN + _CLOCK)
_BEFORE = re.compile(_CLOCK + r"(?:\s?(?:[,;|/•·∙–—-]|on\b|am\b|del\b|le\b|at\b)){0,2}(?:\s?[^\W\d_]{5,12},?)?\s{0,3}$")
_SHIFT = re.compile(r"([+\-−])\s?(\d{1,2})(?::?(\d\d))?$")
_WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ?$")
_LOOK_BACK = 40
_FURTHEST = timedelta(hours=14)


@dataclass(frozen=True)
class Clock:
    """A time of day as it is written, with its zone ("" for none). `by_program`: written as programs write it."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    zone: str = ""
    by_program: bool = False


def beside(text: str, start: int, end: int, day: date) -> tuple[str, int, int]:
    """The moment for a date between two offsets of a text, with the time beside it, and the place of both."""
    after = _AFTER.match(text, end)
    if after and (moment := _timed(day, after, text, start)):
        return moment, start, after.end()
    first = max(0, start - _LOOK_BACK)
    before = _BEFORE.search(text[first:start])
    if before and not text[first - 1 : first].isdigit() and (moment := _timed(day, before, text, start)):
        return moment, first + before.start(), end
    return day.isoformat(), start, end


def combined(day: date, clock: Clock | None) -> str:
    """A day and its time in ISO 8601; only the day if the time is impossible, or is midnight without a zone.

    Publishing systems write midnight without a zone when nobody stated a time. The hour 24 is midnight of the next day
    (ISO 8601), second 60 is a leap second.
    """
    if clock is None or not _can_be(clock):
        return day.isoformat()
    where = _zone(clock)
    if where is None and clock.hour in (0, 24) and not (clock.minute or clock.second or clock.microsecond):
        return day.isoformat()
    at = time(clock.hour % 24, clock.minute, min(clock.second, 59), clock.microsecond, where)
    try:
        return datetime.combine(day + timedelta(days=clock.hour // 24), at).isoformat()
    except OverflowError:
        return day.isoformat()


def clock_from(parts: str, zone: str) -> Clock:
    """The time of day in "09:30:15" and a zone, as programs write them."""
    hour, minute, second = map(int, parts.split(":"))
    return Clock(hour, minute, second, zone=zone, by_program=True)


def _timed(day: date, found: re.Match[str], text: str, start: int) -> str:
    """The moment of a day and a time found beside it; "" if it is not a time."""
    if not (found["minute"] or found["half"]):
        return ""
    hour = int(found["hour"])
    half = MERIDIEM.get(re.sub(r"[\s.]", "", (found["half"] or found["first"] or "")).casefold(), "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    by_program = not half and bool(found["second"] or _WEEKDAY.search(text[max(0, start - 6) : start]))
    fraction = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    clock = Clock(hour, int(found["minute"] or 0), int(found["second"] or 0), fraction, found["zone"] or "", by_program)
    return combined(day, clock) if _can_be(clock) else ""


def _can_be(clock: Clock) -> bool:
    is_end_of_day = clock.hour == 24 and not (clock.minute or clock.second or clock.microsecond)
    return (clock.hour < 24 or is_end_of_day) and clock.minute < 60 and clock.second <= 60


def _zone(clock: Clock) -> tzinfo | None:
    """A zone from its offset or abbreviation; None if it is unknown or ambiguous.

    An American abbreviation is a fixed offset in a date that a program wrote. People mean the wall clock of a region:
    "3 pm PST" in July is Pacific time, 7 hours behind.
    """
    offset = _SHIFT.search(clock.zone)
    if offset:
        shift = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        can_be = shift <= _FURTHEST and int(offset[3] or 0) < 60
        return timezone(-shift if offset[1] in "-−" else shift) if can_be else None
    name = clock.zone.strip().upper()
    known = FIXED_ZONES.get(name, ZONES.get(name)) if clock.by_program else ZONES.get(name)
    if known is None:
        return None
    return ZoneInfo(known) if isinstance(known, str) else timezone(timedelta(hours=known))
