"""Schedules as APScheduler counts them: cron lines in their time zones, intervals, a little lateness."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.core.errors import SourcesError
from crawler.schedule.due import first_due, jitter, weekdays
from crawler.sources.sources import Cron, Every, Source

_INSTANT = timedelta(microseconds=1)


class Due(BaseTrigger):  # type: ignore[misc]
    """When a source is due: a trigger of APScheduler's, up to `late` seconds later.

    APScheduler's own jitter is added on the clock of the zone, where a time in the hour that autumn repeats turns into
    one an hour ago, which is due at once, for ever. With `once`, a time of day in that hour counts at its first
    occurrence only, as cron(8) has it for lines that name an hour.
    """

    def __init__(self, trigger: BaseTrigger, late: float = 0.0, once: bool = False) -> None:
        self.trigger = trigger
        self.late = late
        self.once = once

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first moment after the previous one, in UTC; the lateness of one does not carry over to the next."""
        after = now if previous_fire_time is None else previous_fire_time + _INSTANT
        at = self.trigger.get_next_fire_time(None, after)
        while self.once and at is not None and at.fold:
            at = self.trigger.get_next_fire_time(None, at.astimezone(UTC) + _INSTANT)
        return None if at is None else at.astimezone(UTC) + timedelta(seconds=random.uniform(0, self.late))


def trigger_of(source: Source, last: datetime | None, now: datetime) -> Due:
    """When a source is due. Raises SourcesError for a cron line that APScheduler refuses.

    An interval counts from the last crawl, so that a restart does not shift it.
    """
    if isinstance(source.schedule, Every):
        period = timedelta(seconds=source.schedule.seconds)
        start = min(last, now) + period if last else now
        return Due(IntervalTrigger(seconds=source.schedule.seconds, start_date=start, timezone=UTC), jitter(period))
    try:
        return _cron_trigger(source.schedule, now)
    except ValueError as error:
        raise SourcesError(f'source "{source.name}", schedule "{source.schedule.expression}": {error}') from error


def _cron_trigger(cron: Cron, now: datetime) -> Due:
    minute, hour, day, month, weekday = cron.expression.split()
    often: dict[str, Any] = {"minute": minute, "hour": hour, "month": month, "timezone": cron.zone}
    names = weekdays(weekday)
    if day.startswith("*") or names == "*":
        trigger: BaseTrigger = CronTrigger(day=day, day_of_week=names, **often)
    else:  # crontab(5): with both restricted, either is enough
        trigger = OrTrigger([CronTrigger(day=day, **often), CronTrigger(day_of_week=names, **often)])
    first = trigger.get_next_fire_time(None, now)
    second = first and trigger.get_next_fire_time(first, first)
    period = second.astimezone(UTC) - first.astimezone(UTC) if second else timedelta(days=1)
    return Due(trigger, jitter(period), once="*" not in hour)


def first_time(trigger: Due, last: datetime | None, now: datetime) -> datetime | None:
    """When a source is first due after a start (`crawler.schedule.due.first_due`)."""
    return first_due(last, lambda at: trigger.get_next_fire_time(at, at), now)
