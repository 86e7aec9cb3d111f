"""How the archive stands: well with a daemon and answering sources, else with reasons."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.core.daemon_note import DaemonNote, expect_none, remove_note, write_note
from archive.core.files import NAME, writer_lock
from archive.web.queries.status import archive_status
from tests.archive.web.queries.support import Database, got

NOW = datetime(2026, 3, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("overdue", "failures", "health", "problems"),
    [
        (timedelta(minutes=-5), 0, "", []),
        (timedelta(minutes=59), 0, "", []),
        (timedelta(hours=2), 0, "", ["The daemon is silent: a crawl has been due for 120 minutes."]),
        (timedelta(0), 2, "", ["port-of-ister: 2 crawls in a row failed: no reason is known"]),
        (timedelta(0), 0, "its feed is empty", ["port-of-ister: its feed is empty"]),
    ],
)
def test_what_is_wrong(
    db: Database, tmp_path: Path, overdue: timedelta, failures: int, health: str, problems: list[str]
) -> None:
    db.connection.execute("update sources set failures = 0, last_error = null")
    db.connection.execute(
        "update sources set failures = ?, health = ? where name = 'port-of-ister'", [failures, health]
    )
    with writer_lock(tmp_path, "dateline run", NOW):
        assert json.loads((tmp_path / NAME).read_text())["pid"] == os.getpid()
        due = (NOW - overdue).isoformat()
        write_note(tmp_path, DaemonNote(os.getpid(), NOW.isoformat(), next={"port-of-ister": due}))
        found = got(archive_status(db, tmp_path, NOW))
    assert list(found.problems) == problems
    (port,) = [source for source in found.sources if source.name == "port-of-ister"]
    assert (port.due, port.releases, port.gone, port.pending) == (due, 8, 1, 0)


def test_a_source_that_a_person_paused_is_no_problem(db: Database, tmp_path: Path) -> None:
    db.connection.execute("update sources set state = 'paused', health = 'its feed is empty', health_since = '2026'")
    found = got(archive_status(db, tmp_path, NOW))
    assert {(source.wrong, source.wrong_since) for source in found.sources} == {("", "")}
    assert found.problems == ()


def test_a_daemon_is_missed_where_one_crawled_last(db: Database, tmp_path: Path) -> None:
    db.connection.execute("update sources set state = 'paused'")
    write_note(tmp_path, DaemonNote(os.getpid(), NOW.isoformat()))
    (problem,) = got(archive_status(db, tmp_path, NOW)).problems
    assert problem.startswith("No daemon runs: nothing is crawled.")
    remove_note(tmp_path)
    assert got(archive_status(db, tmp_path, NOW)).problems == (problem,)
    expect_none(tmp_path)
    assert got(archive_status(db, tmp_path, NOW)).problems == ()
