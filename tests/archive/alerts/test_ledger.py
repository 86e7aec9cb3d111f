"""alerts.db: everything once, and what a kill leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.alerts import ledger
from archive.alerts.changes import Change, Reached
from archive.alerts.ledger import FILE, Ledger
from archive.alerts.message import Message
from archive.alerts.settings import Alert
from archive.core.errors import ArchiveError
from tests.archive.alerts.support import NOW

ALERT = Alert("Ferries", ("json://one", "json://two"))
CHANGE = Change("new", "valdora", "Valdora", NOW.isoformat(), 7, 701)
MESSAGE = Message("Subject", "Body")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.open_ledger(tmp_path) as book:
        book.begin([ALERT], NOW)
        yield book


def put_up(book: Ledger, *changes: Change) -> None:
    book.enter([(ALERT, change) for change in changes], Reached("log", 1), NOW)
    found = book.open_matches(ALERT.name)
    book.put_up(ALERT, [(found, MESSAGE)] if found else [], NOW)


def test_a_change_is_entered_once_and_how_far_was_read_with_it(book: Ledger) -> None:
    assert book.enter([(ALERT, CHANGE), (ALERT, CHANGE)], Reached("log", 3), NOW) == 1
    assert book.enter([(ALERT, CHANGE)], Reached("log", 4), NOW) == 0
    assert book.reached() == Reached("log", 4)
    assert [match.article for match in book.open_matches(ALERT.name)] == [7]


def test_a_message_is_made_once_for_each_service(book: Ledger) -> None:
    put_up(book, CHANGE)
    first, second = book.undelivered()
    assert {first.target, second.target} == {ledger.target_of(address) for address in ALERT.deliver}
    assert first.id != second.id
    assert book.open_matches(ALERT.name) == []
    put_up(book, CHANGE)
    assert len(book.undelivered()) == 2


def test_a_service_that_failed_rests_and_the_others_do_not(book: Ledger) -> None:
    put_up(book, CHANGE)
    first = book.next_message(NOW, ())
    assert first is not None
    book.note_attempt(first, NOW)
    book.note_failed(first, "json://one", "it was busy")
    second = book.next_message(NOW, ())
    assert second is not None
    assert second.target != first.target
    book.note_attempt(second, NOW)
    book.note_delivered(second, "json://two", NOW)
    assert book.next_message(NOW, ()) is None
    assert book.next_message(NOW, (), all_services=True) == first
    assert book.next_message(NOW + timedelta(seconds=5), ()) == first
    standing = book.standing(ALERT)
    assert (standing.undelivered, standing.failures, standing.problem) == (1, 1, "it was busy")
    assert standing.last_delivered == NOW.isoformat()


def test_pauses_grow_and_end_with_the_first_success(book: Ledger) -> None:
    put_up(book, CHANGE)
    at, waits = NOW, []
    message = book.next_message(NOW, ())
    assert message is not None
    for _ in range(4):
        book.note_attempt(message, at)
        book.note_failed(message, "", "no")
        following = book.standing(ALERT).next_try
        waits.append((type(NOW).fromisoformat(following) - at).total_seconds())
        at = type(NOW).fromisoformat(following)
    assert waits == [5, 15, 45, 135]
    book.note_attempt(message, at)
    book.note_delivered(message, "", at)
    assert book.standing(ALERT).failures == 0


def test_an_attempt_that_was_cut_off_counts_as_a_failure_and_is_made_again(book: Ledger) -> None:
    put_up(book, CHANGE)
    message = book.next_message(NOW, ())
    assert message is not None
    book.note_attempt(message, NOW)
    assert message in book.undelivered()
    assert book.standing(ALERT).problem == "the attempt was cut off"


def test_an_alert_that_is_about_something_else_begins_anew(book: Ledger) -> None:
    book.enter([(ALERT, CHANGE)], Reached("log", 1), NOW)
    later = NOW + timedelta(hours=1)
    assert book.begin([replace(ALERT, search="bridge")], later)["Ferries"].since == later
    assert book.open_matches("Ferries") == []


def test_an_alert_that_is_gone_sends_nothing_more(book: Ledger) -> None:
    put_up(book, CHANGE)
    book.begin([], NOW)
    assert book.undelivered() == []


def test_what_waits_for_a_service_that_is_no_longer_named_goes_to_those_that_are(book: Ledger) -> None:
    put_up(book, CHANGE)
    book.begin([replace(ALERT, deliver=("json://three",))], NOW)
    (message,) = book.undelivered()
    assert message.target == ledger.target_of("json://three")
    assert message.message == MESSAGE


def test_what_was_delivered_long_ago_is_forgotten_and_what_waits_is_not(book: Ledger) -> None:
    put_up(book, CHANGE)
    message = book.next_message(NOW, ())
    assert message is not None
    book.note_attempt(message, NOW)
    book.note_delivered(message, "", NOW)
    book.tidy(NOW + timedelta(days=100))
    assert len(book.undelivered()) == 1
    assert book.db.execute("select count(*) from messages").fetchone() == (1,)


def test_no_address_of_a_service_stands_in_the_file(book: Ledger, tmp_path: Path) -> None:
    put_up(book, CHANGE)
    book.db.execute("pragma wal_checkpoint(truncate)")
    assert b"json://one" not in (tmp_path / FILE).read_bytes()


def test_a_copy_changes_nothing_and_may_be_of_no_file(book: Ledger, tmp_path: Path) -> None:
    with ledger.copy_in_memory(tmp_path) as copy:
        put_up(copy, CHANGE)
        assert len(copy.undelivered()) == 2
    assert book.undelivered() == []
    with ledger.copy_in_memory(tmp_path / "elsewhere") as copy:
        assert copy.undelivered() == []


def test_a_copy_is_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    with ledger.open_ledger(tmp_path) as book:
        put_up(book, CHANGE)
    (tmp_path / f"{FILE}-shm").symlink_to(tmp_path / "none" / "none")  # no file can be made here, as on a full disk
    with ledger.copy_in_memory(tmp_path) as copy:
        assert len(copy.undelivered()) == 2


def test_a_file_that_a_full_disk_left_empty_is_read_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"")
    with ledger.copy_in_memory(tmp_path) as copy:
        assert copy.undelivered() == []


def test_a_file_that_is_none_or_of_a_newer_program_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(ArchiveError, match="move it away"), ledger.open_ledger(tmp_path):
        pass
    (tmp_path / FILE).unlink()
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("pragma user_version = 99")
    with pytest.raises(ArchiveError, match="newer Dateline"), ledger.open_ledger(tmp_path):
        pass


def test_one_program_at_a_time_sends(tmp_path: Path) -> None:
    with (
        ledger.sending_lock(tmp_path),
        pytest.raises(ArchiveError, match="being sent by another program"),
        ledger.sending_lock(tmp_path, seconds=0.1),
    ):
        pass
    with ledger.sending_lock(tmp_path):
        pass
