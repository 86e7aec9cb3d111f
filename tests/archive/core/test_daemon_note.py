"""The daemon's note counts while its writer holds the archive, and not a moment longer."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.core.daemon_note import (
    NOTE,
    DaemonNote,
    NoteWriter,
    expect_none,
    is_expected,
    read_note,
    remove_note,
    write_note,
)
from archive.core.files import writer_lock

AT = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_note_counts_while_its_writer_holds_the_archive(tmp_path: Path) -> None:
    note = DaemonNote(os.getpid(), AT.isoformat(), "http://127.0.0.1:1/", {"valdora": AT.isoformat()})
    write_note(tmp_path, note)
    assert read_note(tmp_path) is None
    with writer_lock(tmp_path, "dateline run", AT):
        assert read_note(tmp_path) == note
        write_note(tmp_path, DaemonNote(os.getpid() + 1, AT.isoformat()))
        assert read_note(tmp_path) is None
        (tmp_path / NOTE).write_text("{", encoding="utf-8")
        assert read_note(tmp_path) is None
        remove_note(tmp_path)
        remove_note(tmp_path)
        assert read_note(tmp_path) is None


def test_a_note_is_written_when_times_change_and_the_more_sources_the_more_rarely(tmp_path: Path) -> None:
    times = {f"s{n}": AT for n in range(2000)}
    notes = NoteWriter(tmp_path, DaemonNote(os.getpid(), AT.isoformat()))
    notes.show(lambda: times, AT)
    first = (tmp_path / NOTE).read_bytes()
    assert b'"s1999": "2026-03-02T00:00:00+00:00"' in first
    later = {name: AT + timedelta(hours=1) for name in times}
    notes.show(lambda: later, AT + timedelta(seconds=1))
    assert (tmp_path / NOTE).read_bytes() == first
    notes.show(lambda: later, AT + timedelta(seconds=2))
    assert b"T01:00:00" in (tmp_path / NOTE).read_bytes()


def test_a_daemon_is_expected_after_one_ran_until_something_else_crawls(tmp_path: Path) -> None:
    assert not is_expected(tmp_path)
    write_note(tmp_path, DaemonNote(1, AT.isoformat()))
    assert is_expected(tmp_path), "one that was killed leaves its note"
    remove_note(tmp_path)
    assert (is_expected(tmp_path), (tmp_path / NOTE).exists()) == (True, False)
    expect_none(tmp_path)
    assert not is_expected(tmp_path)
