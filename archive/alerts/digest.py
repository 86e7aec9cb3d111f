"""When messages go out: at once, every hour or once a day; and how long to wait after a service failed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

_FIRST_PAUSE, _GROWTH, _LONGEST_PAUSE = timedelta(seconds=5), 3, timedelta(hours=6)
"""The pause after one failure, how many times as long the next is, and the longest."""


@dataclass(frozen=True)
class When:
    """How often an alert's messages go out; `at` and `zone` (IANA) say at what time of which clock, for "daily"."""

    every: Literal["at once", "hourly", "daily"] = "at once"
    at: time = time(8)
    zone: str = "UTC"

    def __str__(self) -> str:
        zone = "" if self.zone == "UTC" else f" ({self.zone})"
        return f"daily {self.at:%H:%M}{zone}" if self.every == "daily" else self.every


AT_ONCE = When()


def parse_when(text: str, zone: str) -> When:
    """Read "at once", "hourly" or "daily 08:00". Raises ValueError that says what was expected."""
    words = " ".join(text.lower().split())
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError; "../x" a ValueError
        raise ValueError(f'an IANA time zone such as "Asia/Almaty" or "UTC", found "{zone}"') from error
    if words in ("at once", "hourly"):
        return When("hourly" if words == "hourly" else "at once", zone=zone)
    daily = re.fullmatch(r"daily ([01]?\d|2[0-3]):([0-5]\d)", words)
    if not daily:
        raise ValueError(f'"at once", "hourly" or "daily 08:00", found "{text}"')
    return When("daily", time(int(daily[1]), int(daily[2])), zone)


def is_due(when: When, last: datetime, now: datetime) -> bool:
    """Whether messages go out now, if the last ones went out (or the alert began) at `last`."""
    return when.every == "at once" or last < last_time(when, now)


def last_time(when: When, now: datetime) -> datetime:
    """The latest moment until now at which a digest is planned: the full hour, or the time of the day.

    A local time that the clock leaves out in spring counts by the offset before the change, as PEP 495 has it.
    """
    local = now.astimezone(ZoneInfo(when.zone))
    if when.every != "daily":
        return now.replace(minute=0, second=0, microsecond=0)
    today = datetime.combine(local.date(), when.at, local.tzinfo)
    return today if today <= now else datetime.combine(local.date() - timedelta(days=1), when.at, local.tzinfo)


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: 5 s, 15 s, 45 s, ... up to 6 hours."""
    if failures < 1:
        return timedelta()
    return min(_FIRST_PAUSE * int(_GROWTH ** min(failures - 1, 20)), _LONGEST_PAUSE)
