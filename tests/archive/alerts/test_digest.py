"""When messages go out, and how long a service rests."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from archive.alerts.digest import AT_ONCE, When, is_due, last_time, parse_when, pause

NOON = datetime(2026, 3, 11, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "read"),
    [
        ("at once", "UTC", AT_ONCE),
        ("At  Once", "UTC", AT_ONCE),
        ("hourly", "UTC", When("hourly")),
        ("daily 08:00", "UTC", When("daily", time(8))),
        ("daily 7:05", "Asia/Almaty", When("daily", time(7, 5), "Asia/Almaty")),
    ],
)
def test_what_is_written_is_read(text: str, zone: str, read: When) -> None:
    assert parse_when(text, zone) == read


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("weekly", "UTC", '"at once", "hourly" or "daily 08:00", found "weekly"'),
        ("daily 24:00", "UTC", "daily 24:00"),
        ("daily", "UTC", "daily 08:00"),
        ("hourly", "Mars/Phobos", "an IANA time zone"),
        ("hourly", "../etc/passwd", "an IANA time zone"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, zone: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_when(text, zone)


def test_a_digest_is_due_when_its_time_passed_since_the_last_one() -> None:
    assert is_due(AT_ONCE, NOON, NOON)
    hourly, daily = When("hourly"), When("daily", time(8))
    assert is_due(hourly, NOON - timedelta(minutes=31), NOON)
    assert not is_due(hourly, NOON - timedelta(minutes=29), NOON)
    assert is_due(daily, NOON.replace(hour=7), NOON)
    assert not is_due(daily, NOON.replace(hour=8, minute=0), NOON)
    assert last_time(daily, NOON.replace(hour=7)) == datetime(2026, 3, 10, 8, tzinfo=UTC)


def test_the_time_of_a_day_is_that_of_its_zone_also_when_the_clocks_change() -> None:
    daily = When("daily", time(8), "Europe/Berlin")
    assert last_time(daily, datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(2026, 3, 28, 7, tzinfo=UTC)
    assert last_time(daily, datetime(2026, 3, 29, 12, tzinfo=UTC)) == datetime(2026, 3, 29, 6, tzinfo=UTC)


def test_pauses_grow_up_to_a_bound() -> None:
    assert [pause(number).total_seconds() for number in range(5)] == [0, 5, 15, 45, 135]
    assert pause(50) == pause(5_000) == timedelta(hours=6)


def test_it_is_shown_as_it_is_written() -> None:
    assert [str(AT_ONCE), str(When("daily", time(8))), str(When("daily", time(8), "Asia/Almaty"))] == [
        "at once", "daily 08:00", "daily 08:00 (Asia/Almaty)",
    ]  # fmt: skip
