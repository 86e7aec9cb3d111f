"""The daemon's note counts while its writer holds the archive, and not a moment longer."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from archive.core.daemon_note import NOTE, DaemonNote, read_note, remove_note, write_note
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
