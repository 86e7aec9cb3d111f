"""Records written while the clock was ahead: they count for when they were made, also in a rebuild."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.core.errors import SourcesError
from archive.core.model import Capture
from archive.ingest.clock_corrections import FILE, ClockCorrections, load
from archive.ingest.rebuild import rebuild
from archive.ingest.session import IngestSession
from archive.store.rows import capture_from
from archive.warc.verify import verify
from tests.support.archiving import (
    AtOnce,
    Newsroom,
    ingesting,
    later,
    page,
    rows,
    story,
    tables,
)  # fmt: skip

YEAR = 365
EDITED = page(1, story(1, " The council took the plan back on Tuesday."))


def _enter(directory: Path, *captures: Capture, now: datetime | None = None) -> None:
    """A crawl: the clock is looked at, then captures come."""
    with ingesting(directory) as ingest:
        session = IngestSession(ingest.store, ingest, {})
        if now:
            session.heal_clock("valdora", now)
        ingest.add(captures)


def _events(directory: Path) -> list[tuple[str, str]]:
    found = rows(directory / "archive.db", "select at, kind from events where article_id is not null order by at")
    return [(row["at"][:10], row["kind"]) for row in found]


def _rebuilt(directory: Path) -> None:
    before = tables(directory / "archive.db")
    (directory / "archive.db").unlink()
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db") == before


@pytest.mark.parametrize("known_before", [False, True])
def test_an_edit_after_a_look_with_the_clock_ahead_is_an_edit(tmp_path: Path, known_before: bool) -> None:
    room = Newsroom(tmp_path)
    if known_before:
        _enter(tmp_path, room.answer("/a", page(1)))
    _enter(tmp_path, room.answer("/a", page(1), at=later(days=YEAR)), now=later(days=YEAR))
    for hours in (24, 48, 72):
        _enter(tmp_path, room.answer("/a", EDITED, at=later(hours=hours)), now=later(hours=hours - 0.1))
    (article,) = rows(tmp_path / "archive.db", "select text, last_checked, first_seen from articles")
    assert "took the plan back" in article["text"]
    assert article["last_checked"] == later(hours=72).isoformat()
    assert [kind for _, kind in _events(tmp_path)] == ["new", "edited"]
    assert _events(tmp_path)[1][0] == "2026-03-04"
    assert article["first_seen"] <= later(hours=23.9).isoformat()
    (ahead,) = rows(tmp_path / "archive.db", "select fetched_at, stated_at from captures where stated_at is not null")
    assert ahead["stated_at"] == later(days=YEAR).isoformat()
    assert ahead["fetched_at"] <= later(hours=23.9).isoformat()
    _rebuilt(tmp_path)
    with ingesting(tmp_path) as ingest:
        known = ingest.store.db.query("select * from captures order by warc_file, warc_offset")
        assert list(verify(tmp_path, map(capture_from, list(known)))) == []


def test_a_removal_after_a_look_with_the_clock_ahead_is_a_removal(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    _enter(tmp_path, room.answer("/a", page(1), at=later(days=YEAR)), now=later(days=YEAR))
    for day in (1, 2, 3):
        _enter(tmp_path, room.answer("/a", status=404, at=later(days=day)), now=later(days=day - 0.1))
    assert [kind for _, kind in _events(tmp_path)] == ["new", "missing", "gone"]
    _rebuilt(tmp_path)


def test_looks_with_the_clock_ahead_keep_their_distances(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    _enter(tmp_path, room.answer("/a", page(1)))
    wrong = [later(days=YEAR + day) for day in (1, 2, 3)]
    for at in wrong:
        _enter(tmp_path, room.answer("/a", EDITED, at=at), now=at)
    _enter(tmp_path, room.answer("/a", EDITED, at=later(days=5)), now=later(days=5))
    found = rows(tmp_path / "archive.db", "select fetched_at from captures order by fetched_at")
    moments = [datetime.fromisoformat(row["fetched_at"]) for row in found]
    assert moments == [later(), *(later(days=day) for day in (3, 4, 5)), later(days=5)]
    assert [kind for _, kind in _events(tmp_path)] == ["new", "edited"]
    _rebuilt(tmp_path)


def test_what_is_dated_later_by_the_right_clock_stays(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    _enter(tmp_path, room.answer("/a", page(1), at=later(days=20)), now=later(days=20))
    _enter(tmp_path, room.answer("/a", page(1), at=later(days=1)), now=later(days=1))
    right = room.answer("/a", page(1), at=later(days=20, hours=1))
    _enter(tmp_path, right, now=later(days=20, hours=1))
    assert rows(tmp_path / "archive.db", "select max(fetched_at) as at from captures") == [
        {"at": later(days=20, hours=1).isoformat()}
    ]
    assert len(load(tmp_path / FILE)) == 1


def test_a_clock_that_is_behind_changes_nothing(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    for day in (0, 20, 40):
        _enter(tmp_path, room.answer("/a", page(1), at=later(days=day)), now=later(days=day))
    _enter(tmp_path, now=later(days=-300))
    assert not (tmp_path / FILE).exists()
    assert not rows(tmp_path / "archive.db", "select * from captures where stated_at is not null")


def test_a_correction_covers_what_is_not_in_the_tables_yet(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    known = room.answer("/a", page(1), at=later(days=YEAR))
    on_its_way = room.answer("/b", page(2), at=later(days=YEAR, minutes=1))
    corrections = ClockCorrections(tmp_path)
    corrections.note([known], later(days=1))
    assert corrections.corrected(on_its_way).fetched_at == later(days=1, minutes=1)
    assert corrections.corrected(on_its_way).dated == later(days=YEAR, minutes=1)
    after = room.answer("/b", page(2), at=later(days=YEAR, minutes=2))
    assert corrections.corrected(after) == after
    before = room.answer("/c", page(3))
    assert corrections.corrected(before) == before


def test_a_mistake_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[[ahead]]\nwarc_file = "warc/valdora/2026-03.warc.gz"\nbefore = "much"\n')
    with pytest.raises(SourcesError, match=r"clock\.toml, line 3, before: expected a number of bytes") as raised:
        load(tmp_path / FILE)
    assert "seconds" in str(raised.value)
    (tmp_path / FILE).write_text("ahead = 3\n")
    with pytest.raises(SourcesError, match=r"\[\[ahead\]\]"):
        load(tmp_path / FILE)


def test_the_seconds_round_up_so_that_nothing_lies_after_now(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    capture = room.answer("/a", page(1), at=later(days=YEAR) + timedelta(microseconds=7))
    corrections = ClockCorrections(tmp_path)
    corrections.note([capture], later(days=1))
    assert later(days=1) - timedelta(seconds=1) <= corrections.corrected(capture).fetched_at <= later(days=1)
