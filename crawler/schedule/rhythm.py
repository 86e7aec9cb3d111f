"""When a source is likely to publish, learned from when it did, and how requests are spent on that. Pure.

The week has 672 quarters of an hour. Each gets a rate of requests: more where releases were more frequent, between a
lowest and a highest rate, together as many a week as the budget allows. The next request is due where the rates since
the last one sum to a whole.
"""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from math import exp, log

from crawler.sources.pace import Pace

QUARTER = 900.0
_DAY, _WEEK = 96, 672
"""Seconds of a quarter of an hour, and quarters of a day and of a week."""

_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
_HALF_LIFE = timedelta(days=90)
"""After so long a release counts half: newsrooms change their habits with the seasons."""

_PRIOR = 8.0
"""Releases at the times of its kind that a source is thought to have had, besides those known: few then say little."""

_OFFICE_DAYS = (1.0, 1.0, 1.0, 1.0, 0.9, 0.15, 0.1)
_OFFICE_HOURS = (*([0.03] * 6), 0.15, 0.4, 0.8, *([1.0] * 8), 0.7, 0.3, 0.15, 0.1, 0.1, 0.05, 0.03)
"""How often an institution publishes, by weekday and by hour of its own time zone, beside its busiest hours."""

_AT_ANY_TIME = 0.2
"""The share of sources that keep no office hours."""

_KERNEL = (0.06, 0.12, 0.2, 0.24, 0.2, 0.12, 0.06)
_WIDE = tuple((12 - abs(offset)) / 144 for offset in range(-11, 12))
"""What a release says of the quarters around its own, once there are many, and while there are few."""

_MANY = 15.0
"""Releases with which the narrow form of the two counts as much as the wide one."""

_EXPONENT = 1.0
"""Rates grow with the likelihood to this power. The mean delay is least at 0.5, the median delay nearer to 1."""

_OWN_QUARTER = 0.5
"""How much the very quarter of the week counts beside hour and weekday taken apart."""

_BURST = timedelta(hours=2)
_MOST_BURST = 4.0
"""How long after a release others are likelier, and by how many times at the most."""

_BURST_PRIOR = 3.0
"""Releases, as many followed by another as chance makes, that are added to those known: few then say little."""

_MOST_RELEASES = 300
"""The newest releases that are learned from."""

_TELLING = 60
"""The newest releases by which the kind of a source is judged."""
_LEAST_SHARE = 0.01
"""The share from which a kind of source counts among what a source may be."""


@dataclass(frozen=True)
class Limits:
    """Bounds of an adaptive schedule: requests a week, and the shortest and the longest time between two."""

    budget: float = 168.0
    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=4)


@dataclass(frozen=True)
class Rhythm:
    """The rates of requests a second in each quarter of the week (UTC, from Monday), and of a burst.

    For `_BURST` after `last` (the newest release) rates are `burst` times as high, but `most` at the most.
    """

    rates: array[float]
    most: float
    burst: float = 1.0
    last: datetime | None = None
    closed: frozenset[int] = field(default_factory=frozenset)

    def following(self, after: datetime) -> datetime:
        """When the next request is due after one at a moment (aware); in UTC."""
        due, start = 1.0, after
        for _ in range(4 * _WEEK):
            quarter = quarter_of(start)
            length = QUARTER - (start - _MONDAY).total_seconds() % QUARTER
            rate = self._rate(quarter, start)
            if rate * length >= due:
                return self._opened(start + timedelta(seconds=due / rate))
            due -= rate * length
            start += timedelta(seconds=length)
        return start

    def _rate(self, quarter: int, at: datetime) -> float:
        rate = self.rates[quarter]
        if self.last is not None and self.burst > 1 and timedelta() <= at - self.last < _BURST:
            rate = min(self.most, rate * self.burst)
        return rate

    def _opened(self, at: datetime) -> datetime:
        """It, or the end of the hours in which the feed asks not to be read (at most three days)."""
        for _ in range(3 * _DAY):
            if quarter_of(at) not in self.closed:
                return at
            at += timedelta(seconds=QUARTER - (at - _MONDAY).total_seconds() % QUARTER)
        return at


def quarter_of(at: datetime) -> int:
    """The quarter of the week in which a moment lies, from 0 (Monday, midnight in UTC) to 671."""
    return int((at - _MONDAY).total_seconds() // QUARTER) % _WEEK


def learn(moments: Iterable[datetime], now: datetime, limits: Limits, pace: Pace | None = None) -> Rhythm:
    """The rhythm of a source that published at these moments (aware, in any order; those after now do not count).

    `pace` is what its feed asks for. Without moments the requests are spread evenly.
    """
    known = sorted(at for at in moments if at <= now)[-_MOST_RELEASES:]
    if not known and pace in (None, Pace()):
        return _evenly(limits)
    return _learned(known, now, limits, pace)


@cache
def _evenly(limits: Limits) -> Rhythm:
    """The rhythm of a source of which nothing is known yet: one for all of them."""
    return _learned((), _MONDAY, limits, None)


def _learned(known: Sequence[datetime], now: datetime, limits: Limits, pace: Pace | None) -> Rhythm:
    likely = _likelihood(known, now)
    shortest = max(limits.shortest, min(pace.shortest if pace else timedelta(), _LONGEST_ASKED))
    longest = max(limits.longest, shortest)
    most, least = 1 / shortest.total_seconds(), 1 / longest.total_seconds()
    rates = _spent([each**_EXPONENT for each in likely], limits.budget, least, most)
    burst = _burst(known, likely, now)
    return Rhythm(rates, most, burst, known[-1] if known else None, _closed(pace))


_LONGEST_ASKED = timedelta(days=1)
"""A feed that wants to be read more rarely than this is read so often all the same."""


def _likelihood(moments: Sequence[datetime], now: datetime) -> list[float]:
    """How likely a release is in each quarter of the week, with a mean of 1. Newer ones count more."""
    weeks, near, wide, days = [0.0] * _WEEK, [0.0] * _DAY, [0.0] * _DAY, [0.0] * 7
    total = 0.0
    for at in moments:
        weight = 0.5 ** ((now - at) / _HALF_LIFE)
        quarter = quarter_of(at)
        total += weight
        days[quarter // _DAY] += weight
        for offset, share in enumerate(_KERNEL, -3):
            near[(quarter + offset) % _DAY] += weight * share
            weeks[(quarter + offset) % _WEEK] += weight * share
        for offset, share in enumerate(_WIDE, -11):
            wide[(quarter + offset) % _DAY] += weight * share
    if not total:
        return [1.0] * _WEEK
    sharp = total / (total + _MANY)
    hours = [sharp * near[n] + (1 - sharp) * wide[n] for n in range(_DAY)]
    apart = [(days[n // _DAY] + total / 70) / (total * 1.1) * hours[n % _DAY] for n in range(_WEEK)]
    own = _OWN_QUARTER * total / (total + 50)
    scale, usual = _WEEK / (total + _PRIOR), _usual(moments[-_TELLING:])
    return [scale * ((1 - own) * apart[n] + own * weeks[n] + _PRIOR / _WEEK * usual[n]) for n in range(_WEEK)]


def _usual(moments: Sequence[datetime]) -> list[float]:
    """How likely a release is in each quarter at sources of this kind, with a mean of 1.

    The kinds are office hours in each of 24 time zones, and no hours; each counts as much as it explains the moments.
    """
    quarters = [quarter_of(at) for at in moments]
    fits = [sum(log(kind[quarter]) for quarter in quarters) for kind in _kinds()]
    shares = [(1 - _AT_ANY_TIME) / 24] * 24 + [_AT_ANY_TIME]
    weights = [share * exp(fit - max(fits)) for share, fit in zip(shares, fits, strict=True)]
    usual = [0.0] * _WEEK
    for weight, kind in zip(weights, _kinds(), strict=True):
        if weight > _LEAST_SHARE * sum(weights):
            usual = [before + weight * own for before, own in zip(usual, kind, strict=True)]
    mean = sum(usual) / _WEEK
    return [each / mean for each in usual]


@cache
def _kinds() -> tuple[tuple[float, ...], ...]:
    """Office hours in each time zone, and no hours: the likelihood in each quarter, with a mean of 1."""
    mean = sum(_OFFICE_DAYS) * sum(_OFFICE_HOURS) / (7 * 24)
    office = [_OFFICE_DAYS[n // _DAY] * _OFFICE_HOURS[n % _DAY // 4] / mean for n in range(_WEEK)]
    zones = (tuple(office[(n + 4 * zone) % _WEEK] for n in range(_WEEK)) for zone in range(-11, 13))
    return *zones, (1.0,) * _WEEK


def _spent(weights: Sequence[float], budget: float, least: float, most: float) -> array[float]:
    """Rates in proportion to weights, each from `least` to `most`, that make `budget` requests a week.

    Where `least` makes more, or `most` fewer, that is what it costs.
    """
    ordered = sorted(weights)
    sums = [0.0, *accumulate(ordered)]
    low, high = 0.0, most / ordered[0]
    for _ in range(40):
        middle = (low + high) / 2
        slow, fast = bisect(ordered, least / middle), bisect(ordered, most / middle)
        spent = slow * least + middle * (sums[fast] - sums[slow]) + (_WEEK - fast) * most
        low, high = (middle, high) if QUARTER * spent < budget else (low, middle)
    return array("f", (min(most, max(least, high * weight)) for weight in weights))


def _burst(moments: Sequence[datetime], likely: Sequence[float], now: datetime) -> float:
    """How many times likelier a release is soon after another, beyond what the hour of the week says.

    Counts the latest 100; three of no burst are added to both sides, so that few say little.
    """
    latest = moments[-100:]
    if len(latest) < 2 or latest[-1] == latest[0]:
        return 1.0
    mean_rate = (len(latest) - 1) / (latest[-1] - latest[0]).total_seconds()
    followed = expected = 0.0
    for at, after in pairwise(latest):
        exposed = min(after - at, _BURST)
        followed += after - at < _BURST
        expected += mean_rate * likely[quarter_of(at)] * exposed.total_seconds()
    return min(_MOST_BURST, max(1.0, (followed + _BURST_PRIOR) / (expected + _BURST_PRIOR)))


def _closed(pace: Pace | None) -> frozenset[int]:
    if pace is None:
        return frozenset()
    found = frozenset(
        quarter
        for quarter in range(_WEEK)
        if quarter % _DAY // 4 in pace.skip_hours or quarter // _DAY in pace.skip_days
    )
    return found if len(found) < _WEEK else frozenset()
