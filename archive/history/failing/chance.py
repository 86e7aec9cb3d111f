"""What a source does that is too unusual for chance, by all that it did before. Pure statistics.

Many sources are looked at, each day anew: so chance alone must make what is reported very seldom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import mean, pstdev, quantiles

_UNLIKELY_SILENCE, _UNLIKELY_FALL = 1e-5, 1e-6
"""How often chance alone may make a silence, and a fall."""

_FEWEST_DAYS, _FEWEST_READINGS = 6, 20
"""Days with releases, and readings, before which nothing can be said of a source."""

_SHORTEST_SILENCE, _FIRST_YEAR_SILENCE = 10.0, 35.0
"""Days. Weekends and public holidays lie within the first; a summer's closure, which a history of less than a year may
not have met yet, within the second."""

_YEAR, _SHORTEST_BREAK = 365, 550
"""Days. The pause of what comes once a year, some months late, is no break."""

_SHORTEST_WINDOW, _LONGEST_WINDOW = 6, 60
"""The newest readings that are compared with those before them."""

_FALL = 0.4
"""By how much a share must have fallen."""

_ODD_LENGTH = 0.4
"""The part of the shortest usual length, and its reverse for the longest, beyond which an article has an odd one."""


def silent_after(days: Sequence[date]) -> float | None:
    """The pause in days that is too long for chance, by the pauses before; None where they are too few to say.

    Pauses before a break do not count (`pauses_since_break`). The silence is at least twice the longest of the others
    (up to three times, where a pause already was so much longer than all before it), and such that pauses of one mean
    length (a Poisson process whose rate is only known from these pauses: a Lomax distribution) exceed it once in a
    hundred thousand. The more regular the pauses are, the shorter is that.
    """
    pauses = pauses_since_break(days)
    return None if len(pauses) < _FEWEST_DAYS - 1 else _beyond_chance(pauses)


def pauses_since_break(days: Sequence[date]) -> list[int]:
    """The pauses between the days since the last break, in days, oldest first; those before it tell nothing of now.

    A break is a pause of more than 550 days that is too long for chance by those after it, as a silence is by those
    before: an old release that stands alone, or years without any. Two of them, with six days with releases or more
    between and neither more than twice as long as the other, are a habit and count: games every two years.
    """
    pauses = [(later - earlier).days for earlier, later in pairwise(days)]
    breaks, end = [], len(pauses)
    for n in reversed(range(len(pauses) - 1)):
        if pauses[n] > _SHORTEST_BREAK and n + 1 < end and pauses[n] > _beyond_chance(pauses[n + 1 : end]):
            breaks.append(n)
            end = n
    start = breaks[0] + 1 if breaks else 0
    for n, before in pairwise(breaks):
        if n - before < _FEWEST_DAYS or not pauses[n] / 2 <= pauses[before] <= pauses[n] * 2:
            break
        start = before
    return pauses[start:]


def _beyond_chance(pauses: Sequence[int]) -> float:
    irregular = min(1.0, pstdev(pauses) / mean(pauses) + 1 / math.sqrt(len(pauses)))
    by_chance = sum(pauses) * (math.pow(_UNLIKELY_SILENCE, -1 / len(pauses)) - 1) * irregular
    least = _SHORTEST_SILENCE if sum(pauses) >= _YEAR else _FIRST_YEAR_SILENCE
    return max(least, _record_ratio(pauses) * max(pauses), by_chance)


def _record_ratio(pauses: Sequence[int]) -> float:
    """By how much a pause exceeded the longest before it, at most: sources whose pauses vary much show it here."""
    longest, most = max(pauses[: _FEWEST_DAYS - 1]), 2.0
    for pause in pauses[_FEWEST_DAYS - 1 :]:
        most, longest = max(most, pause / longest), max(longest, pause)
    return min(3.0, most)


def lost_at(flags: Sequence[bool]) -> int | None:
    """Where a property that most had before was mostly lost: the index of the first that lacks it. None if nowhere.

    The last part is compared with all before it: it must have the property more rarely by 0.4, and so rarely that
    chance (a binomial distribution with the earlier share) gives it once in a million. The newest quarter of that part
    must lack it too: else it came back.
    """
    found, least = None, _UNLIKELY_FALL
    for window in range(_SHORTEST_WINDOW, min(_LONGEST_WINDOW, len(flags) - _FEWEST_READINGS) + 1):
        start, end = len(flags) - window, flags[-max(3, window // 4) :]
        before = (sum(flags[:start]) + 1) / (start + 2)
        now, most = sum(flags[start:]), before - _FALL
        if flags[start] or now / window > most or sum(end) / len(end) > most:
            continue
        if (chance := _at_most(now, window, before)) < least:
            found, least = start, chance
    return found


def _at_most(count: int, of: int, share: float) -> float:
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1))


def usual_lengths(lengths: Sequence[int]) -> list[bool]:
    """Which lie in the range that nearly all have; its borders are those of the older half."""
    if len(lengths) < _FEWEST_READINGS + _SHORTEST_WINDOW:
        return []
    deciles = quantiles(lengths[: max(_FEWEST_READINGS, len(lengths) // 2)], n=10)
    return [deciles[0] * _ODD_LENGTH <= words <= deciles[-1] / _ODD_LENGTH for words in lengths]
