"""crawls.jsonl: what no WARC file says of crawls comes back to a new database, whatever happened to the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.store.database import Store
from archive.store.health.crawl_log import FILE, Restored
from archive.store.runs import RunResult, WatchedSource
from tests.support.archiving import later, tables

KEPT = ("runs", "sources", "contracts", "health", "backfills")


def _crawl(store: Store, day: int, source: str = "valdora", problem: str = "") -> int:
    run = store.begin_run(source, later(days=day))
    problems = (problem,) if problem else ()
    result = RunResult(requests=3, problems=problems, failed=bool(problem), message=problem)
    store.finish_run(run, later(days=day, minutes=1), result)
    return run


def _file(directory: Path, source: str = "valdora") -> Path:
    return directory / "warc" / source / FILE


def _archive(path: Path) -> Store:
    store = Store(path / "archive.db")
    store.watch([WatchedSource("valdora", "Valdora", "https://press.valdora.example/")])
    return store


def _made_again(path: Path) -> Restored:
    """A new database, with what the file says."""
    (path / "archive.db").unlink()
    with Store(path / "archive.db") as store:
        found = store.restore_crawls()
        store.judge_restored()
        store.watch([WatchedSource("valdora", "Valdora", "https://press.valdora.example/")])
    return found


def test_crawls_and_what_they_said_of_their_sources_come_back(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        _crawl(store, 0)
        _crawl(store, 1, "osk")
        _crawl(store, 2, problem='its feed says "no" — twice')
        _crawl(store, 3, problem="no answer")
        store.finish_backfill("osk", later(days=1))
        store.distrust("valdora", later(days=3))
        with store.writing() as db:
            db.execute("insert into health values ('valdora', 'moved', 'x', '2026', 'it moved', 'look')")
        _crawl(store, 4, "osk")
        _crawl(store, 4, problem="no answer")
        store.watch([WatchedSource("valdora", "Valdora", "https://press.valdora.example/")])
    before = tables(tmp_path / "archive.db", KEPT)
    assert before["sources"][1][6:10] == ("no answer", 3, "no answer", later(days=2, minutes=1).isoformat())
    assert _made_again(tmp_path) == Restored(6, 0)
    after = tables(tmp_path / "archive.db", KEPT)
    assert after.pop("backfills") == []  # this walk ended in no crawl that was written down
    before.pop("backfills")
    assert after == before


def test_findings_and_a_walk_that_ended_come_back(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        run = store.begin_run("valdora", later())
        store.note_backfill_progress("valdora", 9, 9, "2025-02-03")
        store.finish_backfill("valdora", later(minutes=1))
        for day in range(6):
            store.note_refusal("press.valdora.example", "HTTP 503", later(days=day), None)
        store.finish_run(run, later(days=6), RunResult())
    before = tables(tmp_path / "archive.db", KEPT)
    assert [row[1] for row in before["health"]] == ["blocked"]
    _made_again(tmp_path)
    assert tables(tmp_path / "archive.db", KEPT) == before


def test_a_line_is_written_for_each_crawl_and_again_only_if_its_counts_change(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        run = _crawl(store, 0)
        store.count_run(run, later(days=1))
        assert len(_file(tmp_path).read_text().splitlines()) == 1
        with store.writing() as db:
            db.execute("update runs set edited = 7")
        store.count_run(run, later(days=1))
    lines = [json.loads(line) for line in _file(tmp_path).read_text().splitlines()]
    assert [line["edited"] for line in lines] == [0, 0]
    assert _made_again(tmp_path).crawls == 1


def test_a_database_of_before_gives_the_file_all_its_crawls(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        for day in range(3):
            _crawl(store, day)
        _file(tmp_path).unlink()
        _crawl(store, 4)
    before = tables(tmp_path / "archive.db", KEPT)
    _made_again(tmp_path)
    assert tables(tmp_path / "archive.db", KEPT) == before


def test_a_line_that_was_cut_off_is_cut_away_and_a_spoilt_one_is_counted(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        _crawl(store, 0)
        with _file(tmp_path).open("ab") as file:
            file.write(b'not JSON\n[1]\n{"id": 2, "sour')
        _crawl(store, 1)
    lines = _file(tmp_path).read_bytes().splitlines()
    assert len(lines) == 4
    assert json.loads(lines[-1])["id"] == 2
    with _file(tmp_path).open("ab") as file:
        file.write(b'{"id": 3, "source": "v')
    assert _made_again(tmp_path) == Restored(2, 2)


def test_a_source_that_came_from_another_archive_keeps_its_crawls(tmp_path: Path) -> None:
    for name, source in (("one", "valdora"), ("other", "osk")):
        (tmp_path / name).mkdir()
        with Store(tmp_path / name / "archive.db") as store:
            for day in range(3):
                _crawl(store, day, source)
    (tmp_path / "other/warc/osk").rename(tmp_path / "one/warc/osk")
    assert _made_again(tmp_path / "one") == Restored(6, 0)
    with Store(tmp_path / "one/archive.db") as store:
        found = store.db.execute("select source, count(distinct id), count(*) from runs group by 1").fetchall()
    assert found == [("osk", 3, 3), ("valdora", 3, 3)]


def test_a_database_with_crawls_is_left_as_it_is(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        _crawl(store, 0)
        with store.writing() as db:
            db.execute("update runs set requests = 99")
        assert store.restore_crawls() == Restored()
        assert store.db.execute("select requests from runs").fetchall() == [(99,)]


def test_a_file_that_cannot_be_written_ends_the_crawl_with_words(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        _file(tmp_path).mkdir(parents=True)
        with pytest.raises(ArchiveError, match=r"crawls\.jsonl cannot be written"):
            _crawl(store, 0)
        assert store.db.execute("select finished_at from runs").fetchall() == [(None,)]


def test_the_crawls_of_a_renamed_folder_are_those_of_its_new_name(tmp_path: Path) -> None:
    with _archive(tmp_path) as store:
        _crawl(store, 0, "osk")
    (tmp_path / "warc/osk").rename(tmp_path / "warc/lake")
    assert _made_again(tmp_path) == Restored(1, 0)
    assert [row[1] for row in tables(tmp_path / "archive.db", ("runs",))["runs"]] == ["lake"]
