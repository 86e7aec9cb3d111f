"""What is too unusual for chance: found where something broke, and never on calm sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random

import pytest

from archive.history.failing.chance import lost_at, silent_after, usual_lengths

START = date(2023, 1, 2)


def test_where_a_property_was_lost() -> None:
    assert lost_at([True] * 40 + [False] * 6) == 40
    assert lost_at([True] * 40 + [False] * 6 + [True] * 6) is None
    assert lost_at([True] * 40 + [False] * 5) is None, "too few to be sure"
    assert lost_at([True] * 12 + [False] * 12) is None, "too little is known of what was before"
    assert lost_at([]) is None


def _days(chosen: Iterable[float]) -> tuple[date, ...]:
    return tuple(sorted({START + timedelta(days=int(day)) for day in chosen}))


def _random(rate: float) -> Callable[[Random], tuple[date, ...]]:
    """A newsroom that publishes at random, so many times a day."""

    def days(random: Random) -> tuple[date, ...]:
        moments, now = [], 0.0
        while now < 1000:
            now += random.expovariate(rate)
            moments.append(now)
        return _days(moments)

    return days


def _working(share: float, closed: range = range(0)) -> Callable[[Random], tuple[date, ...]]:
    """One that publishes on so many of its working days, none in some days of the year."""
    return lambda random: _days(
        day for day in range(1000) if day % 7 < 5 and day % 365 not in closed and random.random() < share
    )


def _weekly(random: Random) -> tuple[date, ...]:
    return _days(7 * week + random.choice((0, 0, 0, 1)) for week in range(140))


@pytest.mark.parametrize(
    ("rhythm", "limit"),
    [
        (_random(1), 30),
        (_random(1 / 7), 160),
        (_random(1 / 30), 700),
        (_working(0.8, range(355, 365)), 50),
        (_working(0.6, range(210, 232)), 90),
        (_weekly, 40),
    ],
    ids=["daily", "weekly at random", "monthly at random", "working days", "closed in summer", "weekly"],
)
@pytest.mark.parametrize("sources", [4, pytest.param(15, marks=pytest.mark.soak)])
def test_no_false_alarm_of_silence_on_calm_sources(
    rhythm: Callable[[Random], tuple[date, ...]], limit: float, sources: int
) -> None:
    """At every pause of some sources of a kind, over nearly three years; a real silence is noticed by `limit`."""
    for seed in range(sources):
        days = rhythm(Random(seed))
        for n in range(1, len(days)):
            most = silent_after(days[max(0, n - 260) : n])
            assert most is None or (days[n] - days[n - 1]).days <= most, (seed, days[n])
        assert (silent_after(days[-260:]) or 0) <= limit


def test_no_false_alarm_of_a_fall_on_calm_sources() -> None:
    """Properties that three of four releases have, or nearly all, or that come in runs, at 300 crawls of each."""
    for seed in range(6):
        random = Random(seed)
        for share in (0.5, 0.75, 0.9, 0.98):
            flags = [random.random() < share for _ in range(460)]
            assert [n for n in range(160, 460) if lost_at(flags[n - 160 : n]) is not None] == []


def test_lengths_are_usual_within_the_range_of_the_older_half() -> None:
    lengths = [*range(300, 500, 5), 5, 9_000]
    assert usual_lengths(lengths) == [*[True] * 40, False, False]
    assert usual_lengths(lengths[:20]) == [], "too few to say"
