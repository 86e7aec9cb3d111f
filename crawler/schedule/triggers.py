"""Schedules as APScheduler triggers: cron expressions in their zones, intervals, learned rhythms, a little jitter."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from apscheduler.triggers.base import BaseTrigger

from crawler.schedule.due import first_due
from crawler.schedule.rhythm import Limits, Rhythm, learn
from crawler.sources.schedule import Auto, Every, next_time
from crawler.sources.sources import Source

_INSTANT = timedelta(microseconds=1)


class Due(BaseTrigger):  # type: ignore[misc]
    """When a source is due: `following` gives the first moment after another; the start is up to `late` seconds later.

    Moments are in UTC. The jitter of one start does not shift the next.
    """

    def __init__(self, following: Callable[[datetime], datetime | None], late: float = 0.0) -> None:
        self.following = following
        self.late = late

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first moment after the previous one, or not before now where there was none (APScheduler's interface)."""
        at = self.following(now - _INSTANT if previous_fire_time is None else previous_fire_time)
        return None if at is None else at + timedelta(seconds=random.uniform(0, self.late))


def trigger_of(source: Source, last: datetime | None, now: datetime, rhythm: Rhythm | None = None) -> Due:
    """When a source is due. An interval counts from the last crawl (`last`), so that a restart does not shift it.

    `rhythm` is what was learned of a source whose schedule is "auto"; None before anything was.
    """
    schedule = source.schedule
    if isinstance(schedule, Auto):
        known = rhythm or learn((), now, Limits())
        return Due(known.following, jitter(Limits().shortest))
    if isinstance(schedule, Every):
        period = timedelta(seconds=schedule.seconds)
        start = min(last, now) + period if last else now
        return Due(partial(_next_of_interval, start, period), jitter(period))
    first = next_time(schedule, now)
    second = next_time(schedule, first) if first else None
    return Due(partial(next_time, schedule), jitter(second - first if first and second else timedelta(days=1)))


def first_time(trigger: Due, last: datetime | None, now: datetime) -> datetime | None:
    """When a source is first due after a start (`crawler.schedule.due.first_due`)."""
    return first_due(last, lambda at: trigger.get_next_fire_time(at, at), now)


def jitter(period: timedelta) -> float:
    """By how many seconds a start may be late, so that sources of one schedule do not all start in one second."""
    return min(30.0, period.total_seconds() * 0.05)


def _next_of_interval(start: datetime, period: timedelta, after: datetime) -> datetime:
    """The first of the moments `start`, `start` + `period`, ... that is later than another."""
    return start if after < start else start + period * ((after - start) // period + 1)
