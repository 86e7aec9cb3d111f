"""What a schedule in sources.toml may say, and the moments that a cron expression means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.sources.schedule import Cron, Every, next_time, parse_duration, parse_schedule


@pytest.mark.parametrize(
    "text",
    ["* * * * *", "*/5 0-6,12 1,15 jan-mar,DEC sun", "0 0 29 2 *", "0 0 31 4 mon", "5/20 * * * 1-5/2", "0 0 * * 7"],
)
def test_cron_expressions_are_schedules(text: str) -> None:
    assert parse_schedule(text) == Cron(text.lower(), "UTC")


@pytest.mark.parametrize(
    "text",
    ["* * * *", "* * * * * *", "a * * * *", "5-1 * * * *", "*/0 * * * *", "*/x * * * *", "1, * * * *", "- * * * *"],
)
def test_what_is_neither_duration_nor_cron_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as|ranges"):
        parse_schedule(text)


@pytest.mark.parametrize(
    "text",
    ["* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "* * * foo *", "-1 * * * *", "*-3 * * * *", "٣ * * * *"],
)
def test_cron_fields_out_of_range_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as|ranges"):
        parse_schedule(text)


def test_a_duration_is_a_number_and_a_unit_in_any_case() -> None:
    assert parse_duration("90s") == timedelta(seconds=90)
    assert parse_duration(" 2 W ") == timedelta(weeks=2)
    assert parse_schedule("Every 30m") == parse_schedule("every  30 m") == Every(1800)
    for wrong in ("0m", "1y", "m", "-5m", "1.5h", "99999d", "9" * 30 + "d"):
        with pytest.raises(ValueError, match="a number and a unit"):
            parse_duration(wrong)


DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
SUNDAY = datetime(2026, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("*", "sun,mon,tue,wed,thu,fri,sat"),
        ("0", "sun"),
        ("7", "sun"),
        ("1-5", "mon,tue,wed,thu,fri"),
        ("5-7", "sun,fri,sat"),
        ("*/2", "sun,tue,thu,sat"),
        ("mon-fri/2", "mon,wed,fri"),
        ("MON,3", "mon,wed"),
        ("6,0", "sun,sat"),
    ],
)
def test_days_of_the_week_are_counted_as_crontab_counts_them(field: str, names: str) -> None:
    schedule = parse_schedule(f"0 12 * * {field}")
    assert isinstance(schedule, Cron)
    days = [day for n, day in enumerate(DAYS) if _is_due_on(schedule, SUNDAY + timedelta(days=n))]
    assert ",".join(days) == names


def _is_due_on(schedule: Cron, day: datetime) -> bool:
    at = next_time(schedule, day)
    return at is not None and at.date() == day.date()


@pytest.mark.parametrize("field", ["8", "-1", "someday", "1-9", ","])
def test_what_is_no_day_of_the_week_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=r"as the day of week; .* is none"):
        parse_schedule(f"0 12 * * {field}")


def test_where_both_days_are_restricted_either_is_enough() -> None:
    friday_or_13th = Cron("0 12 13 * 5")
    assert next_time(friday_or_13th, datetime(2026, 4, 1, tzinfo=UTC)) == datetime(2026, 4, 3, 12, tzinfo=UTC)
    assert next_time(friday_or_13th, datetime(2026, 4, 10, 12, tzinfo=UTC)) == datetime(2026, 4, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "after", "due"),
    [
        ("30 2 * * *", "2026-03-29T00:00+00:00", "2026-03-29T01:30+00:00"),
        ("30 2 * * *", "2026-03-29T01:10+00:00", "2026-03-29T01:30+00:00"),
        ("30 2 * * *", "2026-10-25T00:00+00:00", "2026-10-25T00:30+00:00"),
        ("30 2 * * *", "2026-10-25T00:30+00:00", "2026-10-26T01:30+00:00"),
        ("30 * * * *", "2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"),
        ("0 9 * * *", "2026-03-28T12:00:00.5+00:00", "2026-03-29T07:00+00:00"),
    ],
    ids=["left out", "just after the gap", "first of two", "not the second", "every hour, the second too", "morning"],
)
def test_clocks_that_change(expression: str, after: str, due: str) -> None:
    found = next_time(Cron(expression, "Europe/Berlin"), datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(due)


def test_an_expression_beyond_measure_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="five cron fields"):
        parse_schedule("0 12 * * " + ",".join(["1"] * 5000))
    with pytest.raises(ValueError, match="as the minute"):
        parse_schedule(f"*/{'9' * 150}x * * * *")
