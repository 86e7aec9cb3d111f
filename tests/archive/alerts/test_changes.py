"""Changes as the log has them: each once, as it was, and none that is old or was withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.alerts import changes
from archive.alerts.changes import Change, Reached
from tests.archive.alerts.support import NOW, Happenings


def read(happenings: Happenings, since: int = 0) -> tuple[Change, ...]:
    with happenings.reading() as connection:
        start = changes.end_of_log(connection)
        return changes.read(connection, Reached(start.log, since), NOW)[0]


def test_what_happened_to_a_release_is_read_in_order_with_the_text_of_its_time(happenings: Happenings) -> None:
    happenings.release(1, "The ferry sails at nine.", title="Ferry")
    happenings.edit(1, "The ferry sails at ten.", severity="major")
    happenings.remove(1)
    new, edited, removed = read(happenings)
    assert (new.what, new.title, new.text, new.severity, new.earlier) == (
        "new",
        "Ferry",
        "The ferry sails at nine.",
        "",
        (),
    )
    assert (edited.what, edited.text, edited.severity, edited.summary) == (
        "edited", "The ferry sails at ten.", "major", "version 2",
    )  # fmt: skip
    assert edited.earlier == (("Ferry", "The ferry sails at nine."),)
    assert (removed.what, removed.text, removed.url) == (
        "removed",
        "The ferry sails at ten.",
        "https://valdora.example/1",
    )
    assert len({change.identity for change in (new, edited, removed)}) == 3


def test_who_is_taken_out_of_the_authors_is_among_those_of_the_edit(happenings: Happenings) -> None:
    happenings.release(1, "The ferry sails at nine.")
    happenings.sign(1, "Ada Quill", "Bo Wren")
    happenings.edit(1, "The ferry sails at nine.")
    happenings.sign(1, "Bo Wren")
    happenings.edit(1, "The ferry sails at ten.")
    happenings.sign(1, "Bo Wren")
    signed = [change.entry.authors for change in read(happenings) if change.entry]
    assert signed == [("Bo Wren",), ("Bo Wren", "Ada Quill"), ("Bo Wren",)]


def test_a_source_is_unwell_when_two_crawls_say_so_and_until_it_is_well(happenings: Happenings) -> None:
    happenings.unwell("valdora", "its feed is empty")
    (change,) = read(happenings)
    assert (change.what, change.source_title, change.text) == ("unwell", "Valdora", "its feed is empty")
    with happenings.writing() as db:
        db.execute("update sources set health = '', health_since = null")
    assert read(happenings) == ()


def test_what_is_older_than_a_month_is_not_logged(happenings: Happenings) -> None:
    happenings.release(1, "Old.", at=NOW - timedelta(days=40))
    happenings.release(2, "Recent.", at=NOW - timedelta(days=20))
    assert [change.article for change in read(happenings)] == [2]


def test_an_event_that_was_withdrawn_is_none(happenings: Happenings) -> None:
    happenings.release(1, "One.")
    with happenings.writing() as db:
        db.execute("delete from events")
    assert read(happenings) == ()


@pytest.mark.parametrize(("days", "age"), [(0, 0), (12, 12), (-3, -3), (None, None)])
def test_the_age_of_a_release_is_by_its_stated_day(happenings: Happenings, days: int | None, age: int | None) -> None:
    happenings.release(1, "One.", age=None if days is None else timedelta(days=days))
    (change,) = read(happenings)
    assert change.age == (None if age is None else timedelta(days=age))


def test_without_a_day_it_counts_whether_the_source_had_been_crawled_and_walked_back(happenings: Happenings) -> None:
    happenings.release(1, "One.", age=None)
    assert not read(happenings)[0].settled
    happenings.crawled()
    assert read(happenings)[0].settled
    with happenings.writing() as db:
        db.execute(
            "insert into backfills (source, began_at) values ('valdora', ?)", ((NOW - timedelta(days=1)).isoformat(),)
        )
    assert not read(happenings)[0].settled


def test_reading_goes_on_where_it_ended_and_anew_in_another_log(happenings: Happenings) -> None:
    happenings.release(1, "One.")
    with happenings.reading() as connection:
        end = changes.end_of_log(connection)
    happenings.release(2, "Two.")
    assert [change.article for change in read(happenings, end.n)] == [2]
    assert changes.resume(end, end) == end
    assert changes.resume(Reached("another", 7), end) == Reached(end.log, 0)
    assert changes.resume(Reached(end.log, end.n + 5), end) == Reached(end.log, 0)


def test_a_change_is_found_again_as_it_is_now(happenings: Happenings) -> None:
    happenings.release(1, "One.")
    happenings.edit(1, "One and a half.")
    edited = read(happenings)[1]
    with happenings.reading() as connection:
        again = changes.read_again(connection, "edited", "valdora", 1, edited.capture, edited.at)
        assert again is not None
        assert (again.text, again.identity) == ("One and a half.", edited.identity)
        assert changes.read_again(connection, "removed", "valdora", 1, 199, edited.at) is None
