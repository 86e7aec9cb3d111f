"""What is too unusual for chance: found where something broke, and never on calm sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import accumulate
from random import Random

import pytest

from archive.history.failing.chance import lost_at, pauses_since_break, silent_after, usual_lengths

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


def _by_pauses(*pauses: int) -> tuple[date, ...]:
    return _days(accumulate(pauses, initial=0))


TWICE_A_WEEK = (3, 4) * 20
TWICE_A_YEAR = (170, 195, 210, 155, 181, 184, 240, 130)


@pytest.mark.parametrize(
    "old",
    [
        (11_871,),
        (900, 2_700, 1, 400, 30, 5_000),
        (1, 4, 2, 3, 3, 1, 3_000, 2, 6, 1, 8_000),
        (*TWICE_A_WEEK, 3_650),
        (*TWICE_A_WEEK, 3_650, 600),
        (*TWICE_A_WEEK, 600),
    ],
    ids=["an old release", "some old releases", "old heaps", "ten years without", "one between", "two years without"],
)
@pytest.mark.parametrize("now", [TWICE_A_WEEK, TWICE_A_WEEK[:5]], ids=["long since", "lately"])
def test_pauses_before_a_break_tell_nothing_of_now(old: tuple[int, ...], now: tuple[int, ...]) -> None:
    days = _by_pauses(*old, *now)
    assert pauses_since_break(days) == list(now)
    assert silent_after(days) == silent_after(_by_pauses(*now))


def test_a_slow_source_has_its_rhythm_after_an_old_release() -> None:
    assert silent_after(_by_pauses(9_000, *TWICE_A_YEAR)) == silent_after(_by_pauses(*TWICE_A_YEAR))


def test_too_little_is_known_just_after_a_break() -> None:
    assert silent_after(_by_pauses(*TWICE_A_WEEK, 3_650, 3, 4, 3)) is None


@pytest.mark.parametrize(
    "pauses",
    [
        TWICE_A_YEAR,
        (*TWICE_A_YEAR, 410, *TWICE_A_YEAR),
        (*TWICE_A_WEEK, 90, *TWICE_A_WEEK),
        (*(1,) * 20, 500, *(1,) * 20),
        (*TWICE_A_WEEK, 50, *TWICE_A_WEEK, *TWICE_A_WEEK, 60, *TWICE_A_WEEK),
        (*(1,) * 20, 310, *(1,) * 20, 440, *(1,) * 20),
        (*TWICE_A_WEEK, 700, *TWICE_A_WEEK, 600, *TWICE_A_WEEK),
    ],
    ids=[
        "twice a year",
        "once not",
        "closed one summer",
        "games",
        "closed in summer",
        "yearly games",
        "games every two years",
    ],
)
def test_a_habit_is_no_break(pauses: tuple[int, ...]) -> None:
    for old in ((), (11_871,), (*TWICE_A_WEEK, 3_650)):
        assert 2 * max(pauses) <= (silent_after(_by_pauses(*old, *pauses)) or 0) < 3_650


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
