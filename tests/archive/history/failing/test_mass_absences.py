"""When most releases of a source had another page in their place, by which looks at it and at its siblings."""

from __future__ import annotations

from archive.history.failing.mass_absences import Absence, mass_absences, spells
from archive.history.mass_changes import MassAbsence
from tests.support.archiving import later


def _at(days: float) -> str:
    return later(days=days).isoformat()


def _away(article: int, since: float, at: float, back: float | None = None) -> Absence:
    return Absence(article, _at(since), _at(at), "" if back is None else _at(back))


def _found(absences: list[Absence], present: int = 0) -> list[tuple[str, str, int]]:
    found = mass_absences(absences, lambda at, until, most: min(present, most))
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

    mass_absences([_away(n, 0, 2, 3 + n) for n in range(5)], present)
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
    (known,) = mass_absences(first, lambda *_: 0)
    assert mass_absences(late, lambda *_: 0, [known]) == []
    ended = MassAbsence(known.at, known.until, 4, 0, _at(10))
    assert len(mass_absences(late, lambda *_: 0, [ended])) == 1, "those were back, these went anew"
    seen_since = [_away(n, 10, 11) for n in range(10, 30)]
    assert len(mass_absences(seen_since, lambda *_: 0, [known])) == 1


def test_two_times_are_two() -> None:
    one, other = [_away(n, 0, 1, 2) for n in range(4)], [_away(n, 3, 4, 5) for n in range(4)]
    assert _found([*one, *other]) == [(_at(1), _at(2), 4), (_at(4), _at(5), 4)]


def test_absences_a_week_apart_are_of_two_spells() -> None:
    away = [_away(1, 0, 9), _away(2, 0, 2), _away(3, 0, 8.9)]
    assert [[one.article for one in spell] for spell in spells(away)] == [[2, 3, 1]]
    assert [[one.article for one in spell] for spell in spells(away[:2])] == [[2], [1]]
    assert spells([]) == []
