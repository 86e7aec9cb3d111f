"""Sources move between archives with all that is theirs; killed at any moment, the same command finishes."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from archive.core.errors import ArchiveError
from archive.core.files import UNFINISHED, writer_lock
from archive.ingest.rebuild import rebuild
from archive.shards import folders
from archive.shards.move import Moved, move
from crawler.sources.sources import load
from tests.archive.shards.support import build, captures, everything, faults, found, integrity, spoil_file
from tests.support.archiving import AtOnce, ingesting, later, tables
from tests.support.limits import kill_until_done

NOW = later(days=20)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    build(tmp_path / "one")
    return tmp_path / "one"


def split(one: Path, *names: str) -> Moved:
    return move(one, one.parent / "two", names, "dateline split", NOW)


def merge(one: Path, *names: str) -> Moved:
    return move(one.parent / "two", one, names, "dateline merge", NOW)


def assert_as_rebuilt(directory: Path) -> None:
    """Its tables are those that its WARC files and settings give; nothing is wrong with either."""
    assert faults(directory) == []
    assert integrity(directory / "archive.db") == "ok"
    before = tables(directory / "archive.db")
    (directory / "archive.db").rename(directory / "aside.db")
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db") == before
    (directory / "archive.db").unlink()
    (directory / "aside.db").rename(directory / "archive.db")


def test_split_moves_all_that_is_of_a_source(one: Path) -> None:
    two = one.parent / "two"
    before = found(one / "archive.db", "coastal path")
    done = split(one, "valdora", "tarn")
    assert (done.sources, done.captures, done.articles, done.warc_files) == (("tarn", "valdora"), 30, 18, 2)
    assert done.problems == ()
    assert split(one, "valdora", "tarn") == done
    assert [source.name for source in load(one / "sources.toml")] == ["osk"]
    assert {source.name: source.delay for source in load(two / "sources.toml")} == {"valdora": 3.0, "tarn": 3.0}
    assert 'source = "valdora"' in (two / "decisions.toml").read_text()
    assert sorted(path.name for path in (one / "warc").iterdir()) == ["osk"]
    for directory in (one, two):
        assert not (directory / UNFINISHED).exists()
        assert_as_rebuilt(directory)
    halves = [found(directory / "archive.db", "coastal path") for directory in (one, two)]
    assert sorted(halves[0] + halves[1]) == before
    assert [len(half) for half in halves] == [9, 18]


def test_merge_is_the_way_back(one: Path) -> None:
    before, settings = everything(one / "archive.db"), load(one / "sources.toml")
    split(one, "valdora", "osk")
    done = merge(one)
    assert done.sources == ("osk", "valdora")
    after = everything(one / "archive.db")
    assert {name for name in before if before[name] != after[name]} == set()
    assert sorted(load(one / "sources.toml"), key=str) == sorted(settings, key=str)
    two = one.parent / "two"
    assert load(two / "sources.toml") == ()
    assert not any((two / "warc").iterdir())
    assert tables(two / "archive.db")["articles"] == []


def test_a_source_goes_on_where_it_is_now(one: Path) -> None:
    two = one.parent / "two"
    split(one, "osk")
    with ingesting(two) as ingest:
        ingest.recover()
        ingest.add(captures(two, "osk", range(9, 15), day=10))
    merge(one, "osk")
    assert_as_rebuilt(one)
    assert len(tables(one / "archive.db")["articles"]) == 33


def _said(one: Path, words: str, *names: str, back: bool = False) -> None:
    """A move that is refused with these words, and changes nothing."""
    before = _state(one.parent)
    with pytest.raises(ArchiveError, match=words):
        (merge if back else split)(one, *names)
    assert _state(one.parent) == before


def _state(place: Path) -> dict[str, Any]:
    kept = (".toml", ".gz", ".json")
    files = {str(path): path.read_bytes() for path in sorted(place.rglob("*")) if path.suffix in kept}
    known = {str(path): tables(path) for path in sorted(place.rglob("archive.db"))}
    return files | {path: there for path, there in known.items() if there["captures"]}


def test_an_unknown_source_is_named_with_those_there_are(one: Path) -> None:
    _said(one, r"no source bellmere; there are: osk, tarn, valdora", "bellmere", "osk")


def test_a_name_that_both_have_is_a_conflict(one: Path) -> None:
    build(one.parent / "two", ("osk",), 2)
    _said(one, r"has a source osk already.*nothing was moved", "valdora", "osk")
    _said(one, r"has a source .*osk.* already", back=True)


def test_a_name_that_the_other_only_watches_is_a_conflict(one: Path) -> None:
    (one.parent / "two").mkdir()
    (one.parent / "two/sources.toml").write_text('[[source]]\nname = "osk"\nurl = "https://other.example/"\n')
    _said(one, "has a source osk already", "osk")


@pytest.mark.parametrize("used", ["one", "two"])
def test_an_archive_in_use_is_left_alone(one: Path, used: str) -> None:
    (one.parent / "two").mkdir()
    with writer_lock(one.parent / used, "dateline run", NOW):
        _said(one, f"{used} is in use by `dateline run`", "osk")


def test_a_newer_version_is_refused(one: Path) -> None:
    build(one.parent / "two", ("tarn",), 1)
    split_off = one.parent / "two/archive.db"
    with closing(sqlite3.connect(split_off)) as db, db:
        db.execute("update _sqlite_migrations set name = '9999_later' where name = '0011_change_log'")
    with pytest.raises(ArchiveError, match="newer Dateline"):
        split(one, "osk")
    assert (one / "warc/osk").is_dir()


def test_a_disk_with_too_little_room_is_said_before_anything_is_copied(
    one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10_000_000))
    _said(one, r"10 MB free, and the sources may need \d+ MB. Make room", "osk")


def test_places_that_are_no_two_archives_are_refused(one: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="one is inside the other"):
        move(one, one / "inner", ["osk"], "dateline split", NOW)
    with pytest.raises(ArchiveError, match=r"There is no archive at .*two"):
        merge(one)
    (tmp_path / "two").mkdir()
    (tmp_path / "two/letters.txt").write_text("private")
    _said(one, "not empty and no archive", "osk")
    (tmp_path / "two/letters.txt").rename(tmp_path / "two/backup.json")
    _said(one, "is a backup", "osk")


def test_a_disk_that_gives_back_something_else_loses_nothing(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = folders.copy

    def spoiled(giving: Path, taking: Path, source: str, *others: Any) -> int:
        copied = real(giving, taking, source, *others)
        spoil_file(taking / "warc" / source / "2026-03.warc.gz")
        return copied

    monkeypatch.setattr(folders, "copy", spoiled)
    _said(one, r"The copy in .*two is not right", "osk")
    monkeypatch.undo()
    assert split(one, "osk").problems == ()


def test_a_fault_that_was_there_moves_along_and_is_said(one: Path) -> None:
    spoil_file(one / "warc/osk/2026-03.warc.gz")
    done = split(one, "osk")
    assert done.problems
    assert list(map(str, faults(one.parent / "two"))) == list(done.problems)


def test_records_that_the_tables_do_not_have_stop_a_move(one: Path) -> None:
    captures(one, "osk", [20], day=11)
    _said(one, r"has records that its tables do not have yet", "osk")


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in (2, 3))])
def test_killed_at_any_moment_the_same_command_finishes(one: Path, seed: int) -> None:
    names = ("valdora", "tarn")
    before = tables(one / "archive.db")["captures"]
    whole = one.parent / "whole"
    shutil.copytree(one, whole / "one")
    begun = time.monotonic()
    split(whole / "one", *names)
    usual = time.monotonic() - begun
    order = random.Random(seed)
    kills = kill_until_done(
        lambda: split(one, *names),
        lambda kills: order.uniform(0, 0.3 + kills / 20) * usual,
        lambda: _assert_all_there(one, before),
    )
    assert kills > 2
    for name in ("one", "two"):
        ours, theirs = everything(one.parent / name / "archive.db"), everything(whole / name / "archive.db")
        assert {table for table in ours if ours[table] != theirs[table]} == set()
        assert faults(one.parent / name) == []
        assert integrity(one.parent / name / "archive.db") == "ok"
        assert load(one.parent / name / "sources.toml") == load(whole / name / "sources.toml")
        assert not (one.parent / name / UNFINISHED).exists()


def _assert_all_there(one: Path, before: list[tuple[Any, ...]]) -> None:
    """Every record is in a file, and every capture in the tables, of one archive or of both."""
    place = [directory for directory in (one, one.parent / "two") if (directory / "archive.db").exists()]
    known: set[tuple[Any, ...]] = set()
    for directory in place:
        with closing(sqlite3.connect(directory / "archive.db")) as db:
            if db.execute("select 1 from sqlite_master where name = 'captures'").fetchone():
                known |= set(db.execute("select id from captures").fetchall())
    assert {row[:1] for row in before} <= known
    for source in ("valdora", "osk", "tarn"):
        assert any((directory / "warc" / source / "2026-03.warc.gz").exists() for directory in place)


def test_an_interrupted_move_stops_other_commands_and_other_moves(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders, "delete", interrupted)
    with pytest.raises(KeyboardInterrupt):
        split(one, "osk")
    monkeypatch.undo()
    for directory in (one, one.parent / "two"):
        with (
            pytest.raises(ArchiveError, match=r"was interrupted. Nothing is lost. Run the same"),
            writer_lock(directory, "dateline crawl", NOW),
        ):
            pass
    with pytest.raises(ArchiveError, match=r"a move of osk from .*one to .*two was interrupted"):
        split(one, "tarn")
    with pytest.raises(ArchiveError, match=r"a move of osk from"):
        merge(one)
    assert json.loads((one / UNFINISHED).read_text())["copied"] is True
    split(one, "osk")
    assert_as_rebuilt(one)
