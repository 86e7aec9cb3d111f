"""Schedules as triggers: every moment at which a source is due, through clock changes, found as APScheduler does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.schedule.triggers import Due, jitter, trigger_of
from crawler.sources.sources import Cron, Every, Source

SPRING = datetime(2026, 3, 28, 23, tzinfo=UTC)
"""Midnight in Berlin before a day of 23 hours."""
AUTUMN = datetime(2026, 10, 24, 22, tzinfo=UTC)
"""Midnight in Berlin before a day of 25 hours."""
NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def fires(trigger: Due, start: datetime, length: timedelta) -> list[datetime]:
    """Every moment in a span of time at which a trigger is due, found as APScheduler finds them."""
    found: list[datetime] = []
    at = trigger.get_next_fire_time(None, start)
    while at is not None and at < start + length:
        found.append(at)
        assert len(found) < 10_000
        at = trigger.get_next_fire_time(at, at + timedelta(seconds=1))
    return found


def cron(expression: str, zone: str = "Europe/Berlin") -> Due:
    return trigger_of(Source("valdora", "https://valdora.example/", schedule=Cron(expression, zone)), None, NOON)


@pytest.mark.parametrize(
    ("expression", "spring", "autumn"),
    [
        ("*/15 * * * *", 23 * 4, 25 * 4),
        ("0 * * * *", 23, 25),
        ("30 2 * * *", 1, 1),
        ("0 9 * * *", 1, 1),
        ("0 */6 * * *", 4, 4),
        ("15 1-4 * * *", 3, 4),
        ("*/10 8-17 * * *", 60, 60),
        ("0 12 * * 0", 1, 1),
        ("0 12 * * 7", 1, 1),
        ("0 12 * * 1-6", 0, 0),
        ("0 12 13 * 0", 1, 1),
        ("0 12 13 * 5", 0, 0),
    ],
)
def test_a_day_on_which_clocks_change_has_as_many_crawls_as_cron_says(
    expression: str, spring: int, autumn: int
) -> None:
    trigger = cron(expression)
    for start, hours, expected in ((SPRING, 23, spring), (AUTUMN, 25, autumn)):
        found = fires(trigger, start, timedelta(hours=hours))
        assert len(found) == expected
        assert found == sorted(found)
        assert all(at.tzinfo is UTC for at in found)


def test_the_zone_of_the_source_counts() -> None:
    found = fires(cron("0 9 * * *", "Asia/Almaty"), NOON, timedelta(days=1))
    assert [at.replace(second=0, microsecond=0) for at in found] == [datetime(2026, 3, 12, 4, tzinfo=UTC)]


def test_jitter_is_late_never_early_and_does_not_add_up() -> None:
    found = fires(
        trigger_of(Source("v", "https://v.example/", schedule=Every(1800)), NOON, NOON), NOON, timedelta(days=2)
    )
    assert len(found) in (95, 96)
    late = [(at - NOON).total_seconds() % 1800 for at in found]
    assert all(0 <= each <= 30 for each in late)
    assert max(late) > 1


def test_an_interval_counts_from_the_last_crawl() -> None:
    trigger = trigger_of(Source("v", "https://v.example/", schedule=Every(3600)), NOON - timedelta(minutes=50), NOON)
    at = trigger.get_next_fire_time(None, NOON)
    assert at is not None
    assert timedelta(minutes=10) <= at - NOON <= timedelta(minutes=10, seconds=30)


def test_jitter_is_small_beside_the_period() -> None:
    assert jitter(timedelta(minutes=1)) == 3
    assert jitter(timedelta(days=1)) == 30
