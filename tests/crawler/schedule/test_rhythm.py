"""Rhythms learned from made newsrooms: where requests go, within which bounds, and what feeds may ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from crawler.schedule.rhythm import QUARTER, Limits, Rhythm, learn, quarter_of
from crawler.sources.pace import Pace

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
LIMITS = Limits()


def at_ten(days: int = 60, end: datetime = MONDAY) -> list[datetime]:
    """A release at ten on each working day before a Monday."""
    moments = (end - timedelta(days=n) + timedelta(hours=10) for n in range(1, days + 1))
    return sorted(at for at in moments if at.weekday() < 5)


def requests(rhythm: Rhythm, start: datetime = MONDAY, days: int = 7) -> list[datetime]:
    found = [rhythm.following(start)]
    while found[-1] < start + timedelta(days=days):
        found.append(rhythm.following(found[-1]))
    return found[:-1]


def test_without_a_history_requests_are_an_hour_apart() -> None:
    rhythm = learn((), MONDAY, LIMITS)
    assert [(later - at).total_seconds() for at, later in pairwise(requests(rhythm))] == pytest.approx([3600] * 167)
    assert learn((), MONDAY + timedelta(days=1), LIMITS) is rhythm, "one for all sources"


def test_requests_go_where_releases_are_likely_and_are_as_many_as_the_budget() -> None:
    rhythm = learn(at_ten(), MONDAY, LIMITS)
    asked = requests(rhythm)
    assert QUARTER * sum(rhythm.rates) == pytest.approx(168, rel=0.01)
    assert len(asked) == pytest.approx(168, abs=2)
    likely = [at for at in asked if at.weekday() < 5 and 9 <= at.hour + at.minute / 60 <= 11]
    assert len(likely) > len(asked) / 3, "ten hours of 168"


def test_no_source_is_asked_more_often_or_more_rarely_than_the_limits_say() -> None:
    rhythm = learn(at_ten(), MONDAY, LIMITS)
    pauses = [later - at for at, later in pairwise(requests(rhythm))]
    assert min(pauses) >= LIMITS.shortest - timedelta(seconds=1)
    assert max(pauses) <= LIMITS.longest + timedelta(seconds=1)
    assert max(pauses) > timedelta(hours=2)


def test_what_lies_ahead_is_not_known() -> None:
    known = at_ten()
    assert learn([*known, MONDAY + timedelta(hours=3)], MONDAY, LIMITS) == learn(known, MONDAY, LIMITS)


@pytest.mark.parametrize("zone", [-8, -3, 0, 5, 9])
def test_five_releases_show_in_which_time_zone_the_office_is(zone: int) -> None:
    hours = (9.5, 11, 14, 10, 16)
    first = MONDAY - timedelta(days=14)
    known = [first + timedelta(days=2 * n, hours=hour - zone) for n, hour in enumerate(hours) if n != 3]
    asked = requests(learn(known, MONDAY, LIMITS))
    local = [at + timedelta(hours=zone) for at in asked]
    in_office = [at for at in local if at.weekday() < 5 and 8 <= at.hour < 18]
    assert len(in_office) > 0.55 * len(asked), "fifty hours of 168"


def test_a_source_that_publishes_at_night_keeps_no_office_hours() -> None:
    known = [MONDAY - timedelta(days=n, hours=7 * n % 24) for n in range(1, 30)]
    asked = requests(learn(known, MONDAY, LIMITS))
    pauses = [later - at for at, later in pairwise(asked)]
    assert max(pauses) < timedelta(hours=2)


def test_a_source_that_changes_its_hours_is_learned_anew() -> None:
    evenings = [at + timedelta(hours=9) for at in at_ten(60)]
    before = [at - timedelta(days=364) for at in at_ten(60)]
    likely = learn([*before, *evenings], MONDAY, LIMITS).rates
    assert likely[quarter_of(MONDAY + timedelta(hours=19))] > 2 * likely[quarter_of(MONDAY + timedelta(hours=10))]


def test_few_releases_say_little() -> None:
    once = learn([MONDAY - timedelta(hours=14)], MONDAY, LIMITS)
    pauses = [later - at for at, later in pairwise(requests(once))]
    assert timedelta(minutes=7) < min(pauses)
    assert max(pauses) < timedelta(hours=2)


def test_after_a_release_of_a_source_with_bursts_requests_come_closer() -> None:
    several = [at + timedelta(minutes=20 * n) for at in at_ten(90)[::4] for n in range(5)]
    rhythm = learn(several, MONDAY, LIMITS)
    assert rhythm.burst > 1.5
    new = MONDAY + timedelta(days=5, hours=3)
    after = learn([*several, new], new + timedelta(minutes=1), LIMITS)
    usual = rhythm.following(new + timedelta(minutes=1)) - new
    assert after.following(new + timedelta(minutes=1)) - new < usual
    assert learn(at_ten(), MONDAY, LIMITS).burst == 1


def test_a_feed_is_not_read_more_often_than_it_asks_but_once_a_day() -> None:
    slow = requests(learn(at_ten(), MONDAY, LIMITS, Pace(timedelta(hours=3))))
    assert min(later - at for at, later in pairwise(slow)) >= timedelta(hours=3) - timedelta(seconds=1)
    never = requests(learn(at_ten(), MONDAY, LIMITS, Pace(timedelta(days=365))), days=20)
    assert len(never) == pytest.approx(20, abs=1)


def test_hours_and_days_that_a_feed_skips() -> None:
    pace = Pace(skip_hours=frozenset({0, 1, 2, 3, 4, 5}), skip_days=frozenset({5, 6}))
    asked = requests(learn(at_ten(), MONDAY, LIMITS, pace))
    assert {at.weekday() for at in asked} == {0, 1, 2, 3, 4}
    assert min(at.hour for at in asked) == 6
    all_of_them = Pace(skip_hours=frozenset(range(24)))
    assert len(requests(learn((), MONDAY, LIMITS, all_of_them))) == pytest.approx(168, abs=1), "an error, not a wish"


def test_quarters_of_the_week() -> None:
    assert quarter_of(MONDAY) == 0
    assert quarter_of(MONDAY + timedelta(days=7) - timedelta(seconds=1)) == 671
    assert quarter_of(MONDAY - timedelta(seconds=QUARTER)) == 671
