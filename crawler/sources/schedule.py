"""The schedules in sources.toml: "every 30m", or five cron fields (read by cronsim). Reads no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_DURATION = re.compile(r"(\d{1,9})\s*([smhdw])")
_LONGEST = timedelta(days=3660)
_LONGEST_EXPRESSION = 200
_LONGEST_CLOCK_CHANGE = timedelta(hours=3)
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)

_FIELDS = {
    "minute": "numbers 0 to 59",
    "hour": "numbers 0 to 23",
    "day-of-month": "numbers 1 to 31",
    "month": "numbers 1 to 12 or jan to dec",
    "day-of-week": "numbers 0 to 7 (0 and 7 are Sunday) or sun to sat",
}
"""What each field of a cron expression may contain, in order, with the names of the fields in cronsim's errors."""


@dataclass(frozen=True)
class Cron:
    """A cron expression of five fields as in crontab(5) (0 and 7 are Sunday), in the local time of an IANA zone."""

    expression: str
    zone: str = "UTC"
    kind: Literal["cron"] = field(default="cron", init=False)


@dataclass(frozen=True)
class Every:
    """A fixed interval in seconds."""

    seconds: int
    kind: Literal["every"] = field(default="every", init=False)


@dataclass(frozen=True)
class Auto:
    """A schedule that is learned from when the source published (`crawler.schedule.rhythm`)."""

    kind: Literal["auto"] = field(default="auto", init=False)


Schedule = Cron | Every | Auto


def parse_schedule(text: str) -> Schedule:
    """Read a schedule, that of a cron in UTC. Raises ValueError that says in words what was expected."""
    words = text.strip().lower()
    if words == "auto":
        return Auto()
    if words.startswith("every"):
        return Every(int(parse_duration(words.removeprefix("every")).total_seconds()))
    _check_cron(words)
    return Cron(" ".join(words.split()))


def parse_duration(text: str) -> timedelta:
    """Read a duration such as "30m", "6h" or "1d". Raises ValueError that says what was expected."""
    match = _DURATION.fullmatch(text.strip().lower())
    length = timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else timedelta()
    if not timedelta() < length <= _LONGEST:
        raise ValueError('a number and a unit (s, m, h, d, w), such as "30m" or "1d", up to 10 years')
    return length


def check_zone(name: str) -> str:
    """The name of a time zone, if it exists. Raises ValueError that says what was expected."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError; "../x" a ValueError
        raise ValueError('an IANA time zone such as "Asia/Almaty" or "UTC"') from error


def next_time(cron: Cron, after: datetime) -> datetime | None:
    """The first moment after another (aware) at which a cron expression is due, in UTC; None if there is none.

    When clocks change: a time in the hour that is left out in spring counts an hour later. A time in the hour that is
    repeated in autumn counts once if the expression names hours, twice if it means every hour (cron(8)).
    """
    zone = ZoneInfo(cron.zone)
    local = after.astimezone(zone)
    if "*" in cron.expression.split()[1]:
        due = next(CronSim(cron.expression, local), None)
        return due and due.astimezone(UTC)
    # Computed on a clock that never changes; then the zone says which moments these are.
    times = CronSim(cron.expression, local.replace(tzinfo=None, fold=0) - _LONGEST_CLOCK_CHANGE)
    moments = (time.replace(tzinfo=zone).astimezone(UTC) for time in times)
    return next((moment for moment in moments if moment > after), None)


def _check_cron(text: str) -> None:
    parts = text.split()
    if len(parts) != len(_FIELDS) or len(text) > _LONGEST_EXPRESSION:
        raise ValueError(
            '"every 30m" or five cron fields (minute, hour, day of month, month, day of week), such as "*/15 * * * *", '
            'or "auto"'
        )
    for (name, allowed), part in zip(_FIELDS.items(), parts, strict=True):
        alone = ["*" if other != name else part for other in _FIELDS]
        if not _is_cron(" ".join(alone)):
            raise ValueError(
                f'*, {allowed}, ranges ("1-5"), lists ("1,15") or steps ("*/10") '
                f'as the {name.replace("-", " ")}; "{part}" is none'
            )
    if not _is_cron(text):
        raise ValueError("a day of month that its months have; this schedule would never be due")


def _is_cron(expression: str) -> bool:
    try:
        CronSim(expression, _ANY_DAY)
    except CronSimError:
        return False
    return True
