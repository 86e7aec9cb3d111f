"""What status and import print for a person."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from archive.core.daemon_note import DaemonNote, write_note
from archive.core.files import BACKUP, SITE, writer_lock
from tests.support.archiving import DAY, Newsroom, ingesting, later, page
from tests.support.commandline import dateline, facts


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of two articles, whose source has troubles."""
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add(room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(2))
        for n in range(7):
            ingest.store.drop("valdora", f"https://press.valdora.example/{n}", f"reason {n}", DAY, retry=True)
    with sqlite3.connect(tmp_path / "archive.db") as db:
        db.execute(
            "update sources set state = 'watched', health = 'its feed is empty', health_since = ?, failures = 2,"
            " last_error = 'the server answered 500'",
            (DAY.isoformat(),),
        )
    return tmp_path


def test_status_names_each_trouble_and_ends_with_its_exit_code(archive: Path) -> None:
    result = dateline("status", archive=archive)
    assert result.exit_code == 3
    assert "valdora: since " in result.stdout
    assert ": its feed is empty\n" in result.stdout
    assert "valdora: 2 failures in a row, the last: the server answered 500\n" in result.stdout
    assert result.stdout.count(" dropped: reason ") == 5, "more would hide the other sources"
    assert "No daemon runs. Start it with `dateline run`" in result.stdout
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute("update sources set health = '', failures = 0, last_error = ''")
    healthy = dateline("status", archive=archive)
    assert (healthy.exit_code, "its feed is empty" in healthy.stdout) == (0, False)


def test_status_gives_an_advice_once_however_many_lists_it_is_about(archive: Path) -> None:
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute(
            "insert into contracts (source, releases, articles, titled, dated, checked_at) values (?, 0, 1, 1, 1, ?)",
            ("valdora", DAY.isoformat()),
        )
        for about in ("feed", "listing"):
            db.execute(
                "insert into health (source, kind, about, since, words, advice) values (?, 'moved', ?, ?, ?, ?)",
                ("valdora", about, DAY.isoformat(), f"the {about} leads elsewhere", "Put the new address there."),
            )
    assert dateline("status", archive=archive).stdout.count("Put the new address there.") == 1


def test_status_is_silent_of_the_troubles_of_a_source_that_nobody_watches(archive: Path) -> None:
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute("update sources set state = 'paused'")
    result = dateline("status", archive=archive)
    assert (result.exit_code, "its feed is empty" in result.stdout, "failures in a row" in result.stdout) == (
        0,
        False,
        False,
    )
    assert "dropped: reason " in result.stdout


def test_status_names_a_mistake_in_sources_toml(archive: Path) -> None:
    (archive / "sources.toml").write_text('[[source]]\nname = "valdora"\nurl = "https://x.example/"\ndelay = "x"\n')
    result = dateline("status", archive=archive)
    assert result.exit_code == 1
    assert "valdora: since " in result.stdout, "what is known is shown all the same"
    assert "sources.toml, line 4, delay: expected seconds" in result.stderr


def test_status_fails_where_a_daemon_is_expected_and_none_runs(archive: Path) -> None:
    result = dateline("status", "--expect-daemon", archive=archive)
    assert result.exit_code == 1
    assert f"no daemon runs for {archive.resolve()}: start it with `dateline run`" in result.stderr


def test_status_knows_the_daemon_that_runs(archive: Path) -> None:
    with writer_lock(archive, "dateline run", DAY):
        note = DaemonNote(os.getpid(), DAY.isoformat(), "http://127.0.0.1:8001/", {"valdora": DAY.isoformat()})
        write_note(archive, note)
        result = dateline("status", "--expect-daemon", archive=archive)
        assert result.exit_code == 3, "of its source's trouble, and no longer of the daemon"
        assert f"The daemon runs (process {os.getpid()}) since " in result.stdout
        assert "serving http://127.0.0.1:8001/." in result.stdout
        assert facts("status", archive=archive)["sources"][0]["next"] == DAY.isoformat()
    assert "No daemon runs" in dateline("status", archive=archive).stdout, "its note alone is no daemon"


def test_status_of_what_is_never_crawled_proposes_no_crawl(archive: Path) -> None:
    for mark, words in ((SITE, "`dateline publish` brings it up to date"), (BACKUP, "This is a backup")):
        (archive / mark).write_text("{}", encoding="utf-8")
        shown = dateline("status", archive=archive).stdout
        assert (words in shown, "dateline run" in shown, "dateline crawl" in shown) == (True, False, False)
        (archive / mark).unlink()


def test_status_of_an_empty_archive(tmp_path: Path) -> None:
    with ingesting(tmp_path):
        pass
    result = dateline("status", archive=tmp_path)
    assert (result.exit_code, "Nothing was crawled or imported yet." in result.stdout) == (0, True)


def test_status_says_how_far_a_backfill_is(archive: Path) -> None:
    with sqlite3.connect(archive / "archive.db") as db:
        walk = ("valdora", DAY.isoformat(), 1140, 2400, "2025-01-02")
        db.execute("insert into backfills (source, began_at, found, expected, reached) values (?, ?, ?, ?, ?)", walk)
    words = "backfill under way: 1,140 of about 2,400 addresses found, back to 2025-01-02"
    assert f"valdora: {words}\n" in dateline("status", archive=archive).stdout
    assert facts("status", archive=archive)["sources"][0]["backfill"] == words
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute("update backfills set finished_at = ?", (DAY.isoformat(),))
    assert "backfill" not in dateline("status", archive=archive).stdout
    source = facts("status", archive=archive)["sources"][0]
    assert source["backfill"].startswith(f"backfill finished on {DAY.date()}: 1,140 addresses found")
    assert source["backfilled_at"] == DAY.isoformat()
