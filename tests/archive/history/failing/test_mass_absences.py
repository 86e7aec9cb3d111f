"""When most releases of a source had another page in their place, by which looks at it and at its siblings."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from archive.history.failing.mass_absences import REACH, Absence, mass_absences, moved
from archive.history.mass_changes import MassAbsence
from tests.support.archiving import later


def _at(days: float) -> str:
    return later(days=days).isoformat()


def _away(article: int, since: float, at: float, back: float | None = None) -> Absence:
    return Absence(article, _at(since), _at(at), "" if back is None else _at(back))


def _all(absences: list[Absence], present: Callable[[str, str, int], int]) -> list[MassAbsence]:
    return mass_absences(absences, present, [one.at for one in absences])


def _found(absences: list[Absence], present: int = 0) -> list[tuple[str, str, int]]:
    found = _all(absences, lambda at, until, most: min(present, most))
    assert all(one.present == present for one in found)
    return [(one.at, one.until, one.absent) for one in found]


def test_most_of_those_looked_at_and_four_at_least() -> None:
    six = [_away(n, 0, 2 + n / 10) for n in range(6)]
    assert _found(six, present=4) == [(_at(2), _at(9), 6)]
    assert _found(six, present=5) == []
    assert _found(six[:4]) == [(_at(2), _at(9), 4)]
    assert _found(six[:3]) == []


def test_it_ends_when_most_are_back() -> None:
    away = [_away(n, 0, 2, back) for n, back in enumerate((3, 5, 4, None, None))]
    assert _found(away) == [(_at(2), _at(5), 5)]
    assert _found([*away, _away(5, 0, 2), _away(6, 0, 2)]) == [(_at(2), _at(9), 7)]
    assert _found([_away(n, 0, 2, 30) for n in range(5)]) == [(_at(2), _at(9), 5)]


def test_who_was_looked_at_in_between_counts_for_the_time_in_which_it_was_asked() -> None:
    asked: list[tuple[str, str]] = []

    def present(at: str, until: str, most: int) -> int:
        asked.append((at, until))
        return 0

    _all([_away(n, 0, 2, 3 + n) for n in range(5)], present)
    assert asked == [(_at(2), _at(5))]


def test_what_was_away_before_or_there_at_the_beginning_is_apart() -> None:
    away = [_away(n, 1, 2) for n in range(5)]
    assert _found([*away, _away(8, 0.2, 0.5), _away(9, 2.5, 3)]) == [(_at(2), _at(9), 5)]


def test_what_goes_one_by_one_is_none() -> None:
    assert _found([_away(n, n + 0.5, n + 1) for n in range(12)]) == []
    assert _found([_away(n, -365, n * 3) for n in range(12)]) == [], "no more than three within a week"


def test_what_is_found_away_once_that_is_sure_is_in_no_doubt() -> None:
    first = [_away(n, 0, 2) for n in range(4)]
    late = [_away(n, 1, 11) for n in range(10, 30)]
    assert _found([*first, _away(5, 0, 6), *late]) == [(_at(2), _at(9), 5)], "found together with the first"
    assert _found([*first, *late]) == [(_at(2), _at(9), 4)]
    back = [_away(n, 0, 2, 10) for n in range(4)]
    assert len(_found([*back, *late])) == 2, "those were back, these went anew"
    seen_since = [_away(n, 10, 11) for n in range(10, 30)]
    assert len(_found([*first, *seen_since])) == 2


def test_two_times_are_two() -> None:
    one, other = [_away(n, 0, 1, 2) for n in range(4)], [_away(n, 3, 4, 5) for n in range(4)]
    assert _found([*one, *other]) == [(_at(1), _at(2), 4), (_at(4), _at(5), 4)]


def test_however_often_some_were_removed_a_true_outage_is_seen() -> None:
    removed = [_away(100 * week + n, 6 * week, 6 * week + 1) for week in range(9) for n in range(7)]
    outage = [_away(5_000 + n, 60, 61) for n in range(6)]
    found = _all([*removed, *outage], lambda at, until, most: min(most, 20 if at < _at(60) else 0))
    assert [(one.at, one.absent) for one in found] == [(_at(61), 6)]


def test_some_that_were_removed_before_hide_no_outage_of_those_that_are_looked_at_next() -> None:
    removed, outage = [_away(n, 0, 1) for n in range(4)], [_away(n, 0, 3) for n in range(4, 14)]
    found = _all([*removed, *outage], lambda at, until, most: min(most, 90 if at < _at(2) else 0))
    assert [(one.at, one.absent) for one in found] == [(_at(3), 10)]


@pytest.mark.parametrize(("before", "hidden"), [(3, 0), (4, 0), (6, 2), (7, 1)])
def test_some_that_were_removed_in_the_hour_in_which_an_outage_begins_do_not_hide_it(before: int, hidden: int) -> None:
    minute = 1 / 24 / 60
    there = [_at(10 + n * minute) for n in range(1, 20)]
    removed = [_away(100 + n, 0, 10 + n * minute) for n in range(before)]
    outage = [_away(n, 0, 10 + n * minute, 12) for n in range(30, 50)]

    def present(at: str, until: str, most: int) -> int:
        return min(most, sum(at <= one < until for one in there))

    (found,) = _all([*removed, *outage], present)
    assert (found.at, found.absent) == (_at(10 + (30 + hidden) * minute), 20 - hidden)


def test_of_an_hour_few_moments_are_weighed_in_vain() -> None:
    asked: list[str] = []

    def present(at: str, until: str, most: int) -> int:
        asked.append(at)
        return most

    _all([_away(n, 0, 2 + n / 240) for n in range(30)], present)
    assert asked == [_at(2 + (hour + n) / 240) for hour in (0, 10, 20) for n in (0, 1, 2, 3, 4, 8)][:-1]


class _Compared(str):
    """When an article was last seen, which counts how often that is compared."""

    compared = 0

    def __lt__(self, other: str) -> bool:
        _Compared.compared += 1
        return super().__lt__(other)


def test_the_work_grows_as_the_releases_do_that_one_outage_concerns() -> None:
    def work(releases: int) -> int:
        _Compared.compared = 0
        away = [Absence(n, _Compared(_at(0)), _at(2 + n / releases)) for n in range(releases)]
        assert len(_all(away, lambda at, until, most: 0)) == 1
        return _Compared.compared

    assert work(400) < 3 * work(200)


def test_only_the_week_before_something_new_is_weighed() -> None:
    asked: list[str] = []

    def present(at: str, until: str, most: int) -> int:
        asked.append(at)
        return most if _at(20) < at < _at(30) else 0

    away = [_away(100 * day + n, day - 0.5, day, day + 0.4) for day in range(1, 60) for n in range(5)]
    before = _all(away, present)
    assert len(before) == 50
    asked.clear()
    near = [one for one in away if one.at >= moved(_at(40), -REACH)]
    assert mass_absences(near, present, [_at(40)], before) == before
    assert asked == [_at(day) for day in range(33, 41)]
    asked.clear()
    assert mass_absences(away, present, [], before) == before
    assert asked == []


def test_it_is_the_same_in_whatever_order_and_portions_absences_come() -> None:
    for seed in range(40):
        chance = Random(seed)

        def present(at: str, until: str, most: int, seed: int = seed) -> int:
            return min(most, Random(f"{seed} {at}").choice((0, 2, 5, 9)))

        absences: list[Absence] = []
        for article in range(30):
            at = 0.0
            for _ in range(4):
                since = at + chance.choice((0.1, 1, 4, 20))
                gone = since + chance.choice((0.01, 0.5, 1, 6, 12))
                at = gone + chance.choice((0.02, 1, 8, 30))
                absences.append(_away(article, since, gone, at if chance.random() < 0.7 else None))
        whole = _all(absences, present)
        chance.shuffle(absences)
        come: list[Absence] = []
        known: list[MassAbsence] = []
        while absences:
            new = [absences.pop() for _ in range(min(len(absences), chance.randrange(1, 9)))]
            come += new
            first = moved(min(one.at for one in new), -REACH)
            known = mass_absences([one for one in come if one.at >= first], present, [one.at for one in new], known)
        assert known == whole
        assert len(whole) > 3
