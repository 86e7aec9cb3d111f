"""When a source is due, as sources.toml says it: "every 30m", or five cron fields. Pure; counts no time itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_DURATION = re.compile(r"(\d{1,9})\s*([smhdw])")
_LONGEST = timedelta(days=3660)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_MONTH = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))


@dataclass(frozen=True)
class Cron:
    """A cron expression of five fields, as cron reads it (0 and 7 are Sunday), on the clocks of an IANA zone."""

    expression: str
    zone: str = "UTC"


@dataclass(frozen=True)
class Every:
    """A fixed interval in seconds."""

    seconds: int


Schedule = Cron | Every


@dataclass(frozen=True)
class _Field:
    name: str
    lowest: int
    highest: int
    names: tuple[str, ...] = ()


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 0, 7, _DAYS),
)


def parse_schedule(text: str, zone: str = "UTC") -> Schedule:
    """What a schedule says. Raises ValueError with what was expected, in words for a person."""
    words = text.strip().lower()
    if words.startswith("every"):
        return Every(int(parse_duration(words.removeprefix("every")).total_seconds()))
    _check_cron(words)
    return Cron(" ".join(words.split()), zone)


def parse_duration(text: str) -> timedelta:
    """ "30m", "6h", "1d" as a length of time. Raises ValueError with what was expected."""
    match = _DURATION.fullmatch(text.strip().lower())
    length = timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else timedelta()
    if not timedelta() < length <= _LONGEST:
        raise ValueError('a number and a unit (s, m, h, d, w), such as "30m" or "1d", up to 10 years')
    return length


def check_zone(name: str) -> str:
    """The name of a time zone that exists. Raises ValueError with what was expected."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError; "../x" a ValueError
        raise ValueError('an IANA time zone such as "Asia/Almaty" or "UTC"') from error


def _check_cron(text: str) -> None:
    parts = text.split()
    if len(parts) != len(_FIELDS):
        raise ValueError(
            '"every 30m" or five cron fields (minute, hour, day of month, month, day of week), such as "*/15 * * * *"'
        )
    _, _, days, months, _ = (_values(part, field) for part, field in zip(parts, _FIELDS, strict=True))
    if parts[4] == "*" and not any(min(days) <= _LONGEST_MONTH[month] for month in months):
        raise ValueError("a day of month that its months have; this schedule would never be due")


def _values(text: str, field: _Field) -> frozenset[int]:
    return frozenset(value for item in text.split(",") for value in _range(item, field))


def _range(item: str, field: _Field) -> range:
    span, slash, step = item.partition("/")
    first, dash, last = span.partition("-")
    if slash and not (step.isascii() and step.isdigit() and 0 < int(step) <= field.highest):
        raise _expected(item, field)
    if first == "*" and not dash:
        return range(field.lowest, field.highest + 1, int(step or 1))
    low = _number(first, field, item)
    high = _number(last, field, item) if dash else field.highest if slash else low
    if low > high:
        raise _expected(item, field)
    return range(low, high + 1, int(step or 1))


def _number(text: str, field: _Field, item: str) -> int:
    if text in field.names:
        return field.names.index(text) + field.lowest
    if text.isascii() and text.isdigit() and len(text) <= 2 and field.lowest <= int(text) <= field.highest:
        return int(text)
    raise _expected(item, field)


def _expected(item: str, field: _Field) -> ValueError:
    names = f" or {field.names[0]} to {field.names[-1]}" if field.names else ""
    return ValueError(
        f'*, numbers {field.lowest} to {field.highest}{names}, ranges ("1-5"), lists ("1,15") or steps ("*/10") '
        f'as the {field.name}; "{item}" is none'
    )
