"""When an address is to be asked again."""

from __future__ import annotations

from datetime import timedelta

from archive.core.model import Policy
from archive.history.recheck import are_trusted, is_full_due, is_same_look, next_check, next_try
from tests.support.archiving import DAY


def test_checks_follow_the_age_of_an_article() -> None:
    at, waits = DAY, []
    for _ in range(8):
        following = next_check(at, DAY)
        waits.append(following - DAY)
        at = following
    assert tuple(waits[:6]) == Policy().ages
    assert waits[6] == Policy().ages[-1] + timedelta(days=365)


def test_an_old_article_is_looked_at_yearly_and_an_edited_one_closely() -> None:
    published = DAY - timedelta(days=900)
    assert next_check(DAY, published) == DAY + timedelta(days=365)
    assert next_check(DAY, published, changed_at=DAY) == DAY + timedelta(hours=1)


def test_failures_wait_longer_each_time_and_neighbours_apart() -> None:
    waits = [next_check(DAY, DAY, failures=count) - DAY for count in range(1, 20)]
    assert waits[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(days=7)
    assert next_check(DAY, DAY, spread=0.5) - DAY == timedelta(minutes=63)


def test_an_address_that_gave_no_article_is_asked_again_ever_more_rarely_and_for_ever() -> None:
    for trouble, first, longest in (("host", 1 / 6, 7 * 24), ("missing", 1, 30 * 24), ("other page", 24, 30 * 24)):
        waits = [next_try(DAY, tries, trouble) - DAY for tries in range(1, 40)]  # type: ignore[arg-type]
        assert waits[0] == timedelta(hours=first)
        assert waits[1] == 2 * waits[0]
        assert waits == sorted(waits)
        assert waits[-1] == timedelta(hours=longest)
        assert next_try(DAY, 1, trouble, spread=1.0) - DAY == 1.1 * waits[0]  # type: ignore[arg-type]


def test_the_answers_of_one_crawl_are_one_look() -> None:
    assert is_same_look(DAY, DAY + timedelta(minutes=4))
    assert is_same_look(DAY + timedelta(minutes=4), DAY)
    assert not is_same_look(DAY, DAY + timedelta(minutes=10))
    assert not is_same_look(None, DAY)


def test_a_full_answer_is_due_now_and_then_and_after_a_wrong_clock() -> None:
    assert is_full_due(None, DAY, "page")
    assert not is_full_due(DAY, DAY, "page")
    assert not is_full_due(DAY - timedelta(days=13), DAY, "page")
    assert is_full_due(DAY - timedelta(days=14), DAY, "page")
    assert not is_full_due(DAY - timedelta(days=6), DAY, "document")
    assert is_full_due(DAY - timedelta(days=7), DAY, "document")
    assert is_full_due(DAY + timedelta(days=700), DAY, "document")


def test_false_validators_are_not_believed_for_a_while() -> None:
    assert are_trusted(None, DAY)
    assert not are_trusted(DAY, DAY)
    assert not are_trusted(DAY - timedelta(days=89), DAY)
    assert are_trusted(DAY - timedelta(days=90), DAY)
    assert are_trusted(DAY + timedelta(days=700), DAY)
