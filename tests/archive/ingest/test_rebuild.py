"""A deleted database comes back from the WARC files, equal; torn tails are mended; what was not entered is found."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from archive.core.model import Capture
from archive.ingest.rebuild import RebuildProgress, rebuild
from archive.store.database import Store
from archive.store.rows import capture_from
from archive.store.runs import RunResult
from archive.store.search import search
from archive.warc.records import new_id
from archive.warc.verify import verify
from tests.support.archiving import RECORD, AtOnce, Newsroom, ingesting, later, page, rows, story, tables
from tests.support.limits import kill_until_done

P = ParamSpec("P")
T = TypeVar("T")

ORDERED = "select * from captures order by warc_file, warc_offset"


def _history(room: Newsroom) -> list[Capture]:
    captures = [room.answer("/feed", "<rss/>", kind="feed")]
    captures += [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(8)]
    captures += [room.answer("/news/1-path", page(1, story(1, " Rain is expected.")), at=later(days=1))]
    captures += [room.answer("/news/2-path", status=410, at=later(days=2))]
    captures += [room.answer("/about", "<html><body></body></html>", at=later(days=2))]
    captures += [room.answer("/news/3-path", status=503, at=later(days=40))]
    return captures


def test_rebuild_gives_equal_tables_with_and_without_the_old_database(tmp_path: Path) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add(_history(Newsroom(tmp_path)))
    path = tmp_path / "archive.db"
    before = tables(path)
    assert {row[0] for row in before["captures"]}
    rebuilt = rebuild(tmp_path, AtOnce())
    assert tables(path) == before
    path.unlink()
    assert rebuild(tmp_path, AtOnce()) == rebuilt
    assert tables(path) == before
    assert (rebuilt.captures, rebuilt.articles) == (13, 8)
    assert not list(tmp_path.glob("archive.db.new*"))


def test_rebuild_keeps_what_only_the_database_knows(tmp_path: Path) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add(_history(Newsroom(tmp_path)))
        run = ingest.store.begin_run("valdora", later())
        ingest.store.finish_run(run, later(hours=1), RunResult())
        ingest.store.drop("valdora", "https://press.valdora.example/lost", "robots.txt", later())
    rebuild(tmp_path, AtOnce())
    assert [row["outcome"] for row in rows(tmp_path / "archive.db", "select * from runs")] == ["ok"]
    (lost,) = rows(tmp_path / "archive.db", "select * from urls where state = 'dropped'")
    assert lost["reason"] == "robots.txt"


def test_a_reader_of_the_old_database_sees_the_new_one(tmp_path: Path) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add(_history(Newsroom(tmp_path)))
    reader = sqlite3.connect(tmp_path / "archive.db")
    assert reader.execute("select count(*) from articles").fetchone() == (8,)
    with ingesting(tmp_path, "other.db"):
        Newsroom(tmp_path).answer("/news/9-path", page(9))
    rebuild(tmp_path, AtOnce())
    assert reader.execute("select count(*) from articles").fetchone() == (9,)
    reader.close()


def test_a_database_that_is_none_is_replaced(tmp_path: Path) -> None:
    Newsroom(tmp_path).answer("/news/1-path", page(1))
    (tmp_path / "archive.db").write_bytes(b"no database at all" * 100)
    steps: list[RebuildProgress] = []
    assert rebuild(tmp_path, AtOnce(), progress=steps.append).articles == 1
    assert [(step.file, step.files) for step in steps] == [(1, 1)]
    with Store(tmp_path / "archive.db") as store:
        assert search(store.db.conn, "harbour").total == 1


def test_recover_enters_what_was_archived_but_never_entered(tmp_path: Path) -> None:
    captures = _history(Newsroom(tmp_path))
    with ingesting(tmp_path, "whole.db") as ingest:
        ingest.add(captures)
    with ingesting(tmp_path) as ingest:
        ingest.add(captures[:4])
    with ingesting(tmp_path) as ingest:
        found = ingest.recover()
        assert sum(item.captures for item in found) == len(captures) - 4
        assert not any(item.message for item in found)
        assert ingest.recover() == ()
    assert tables(tmp_path / "archive.db") == tables(tmp_path / "whole.db")


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_torn_tail_is_cut_off_and_told(tmp_path: Path, cut: int) -> None:
    captures = _history(Newsroom(tmp_path))
    warc_file = tmp_path / captures[-1].warc_file
    size = warc_file.stat().st_size
    with warc_file.open("r+b") as file:
        file.truncate(size - cut)
    with ingesting(tmp_path) as ingest:
        found = ingest.recover()
        assert [item.torn_at for item in found if item.torn_at is not None]
        assert ingest.recover() == ()
    (event,) = rows(tmp_path / "archive.db", "select * from events where kind = 'recovered'")
    assert captures[-1].warc_file in event["detail"]
    assert len(tables(tmp_path / "archive.db", ["captures"])["captures"]) == len(captures) - 1
    before = tables(tmp_path / "archive.db")
    rebuild(tmp_path, AtOnce())
    assert tables(tmp_path / "archive.db") == before
    assert set(before) == set(RECORD)


def _take_in(directory: Path, name: str) -> None:
    with ingesting(directory, name) as ingest:
        ingest.recover()


def test_a_process_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    footer = "Write to the harbour office at any hour, and somebody who knows the tides will answer you the same day."
    for number in range(40):
        room.answer(f"/news/{number}-path", page(number, footer=footer), at=later(minutes=number))
    _history(room)
    begun = time.monotonic()
    _take_in(tmp_path, "whole.db")
    usual = time.monotonic() - begun
    order = random.Random(7)
    kills = kill_until_done(
        lambda: _take_in(tmp_path, "archive.db"), lambda kills: order.uniform(0.01, 0.2 + kills / 10) * usual
    )
    assert kills > 2
    assert tables(tmp_path / "archive.db") == tables(tmp_path / "whole.db")
    assert rows(tmp_path / "archive.db", "pragma integrity_check") == [{"integrity_check": "ok"}]
    assert rows(tmp_path / "archive.db", "select * from reextract_queue") == []


def _damaged(directory: Path, how: str, captures: list[Capture]) -> bytes:
    """Take away, cut or spoil a WARC file; what it held."""
    file = directory / captures[0].warc_file
    content = file.read_bytes()
    if how == "missing":
        file.unlink()
    elif how == "cut":
        file.write_bytes(content[: captures[5].warc_offset])
    else:
        at = captures[5].warc_offset
        file.write_bytes(content[: at + 20] + b"\0" * 40 + content[at + 60 :])
    return content


@pytest.mark.parametrize("how", ["missing", "cut", "spoilt"])
def test_a_rebuild_that_would_lose_captures_leaves_the_old_database_in_use(tmp_path: Path, how: str) -> None:
    captures = _history(Newsroom(tmp_path))
    with ingesting(tmp_path) as ingest:
        ingest.add([*captures, Newsroom(tmp_path, "osk").answer("/news/9-path", page(9))])
    before = tables(tmp_path / "archive.db")
    content = _damaged(tmp_path, how, captures)
    done = rebuild(tmp_path, AtOnce())
    assert not done.replaced
    assert done.lost == {"missing": 12, "cut": 7, "spoilt": 1}[how]  # the last is in another file
    assert any(captures[0].warc_file in problem for problem in done.problems)
    assert tables(tmp_path / "archive.db") == before
    accepted = rebuild(tmp_path, AtOnce(), accept_loss=True)
    assert accepted.replaced
    assert accepted.captures == len(captures) + 1 - done.lost
    (tmp_path / captures[0].warc_file).write_bytes(content)
    again = rebuild(tmp_path, AtOnce())
    assert (again.replaced, again.problems) == (True, ())
    assert tables(tmp_path / "archive.db") == before


def test_without_an_old_database_damage_is_told_and_the_rest_rebuilt(tmp_path: Path) -> None:
    captures = _history(Newsroom(tmp_path))
    _damaged(tmp_path, "spoilt", captures)
    done = rebuild(tmp_path, AtOnce())
    assert (done.replaced, done.lost, done.captures) == (True, 0, len(captures) - 1)
    (problem,) = done.problems
    assert f"unreadable bytes at {captures[5].warc_offset}" in problem


def test_a_page_that_was_read_and_ends_its_process_in_a_rebuild_keeps_the_old_database(tmp_path: Path) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add(_history(Newsroom(tmp_path)))
    before = tables(tmp_path / "archive.db")
    done = rebuild(tmp_path, Ending())
    assert not done.replaced
    assert any("ended its process" in problem for problem in done.problems)
    assert tables(tmp_path / "archive.db") == before


class Ending(AtOnce):
    """An executor whose process ends with each page of an address."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        capture: Any = args[1]
        if not capture.url.endswith("/4-path"):
            return super().submit(task, *args, **kwargs)
        future: Future[T] = Future()
        future.set_exception(BrokenExecutor("a process ended"))
        return future


def test_pages_that_a_browser_made_come_back_and_what_it_made_them_of_is_no_look_at_them(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures: list[Capture] = []
    for day, more in enumerate(("", "", " Rain is expected.", " Rain is expected.")):
        raw = room.exchange("/news/1-path", "<html><body><div id=app></div></body></html>", later(days=day), kind="raw")
        raw = replace(raw, record_id=new_id())
        made = page(1, story(1, more)).encode()
        shown = replace(raw, kind="page", fetched_at=later(days=day, seconds=3), body=made, record_id="")
        captures += room.kept(raw, replace(shown, converts=raw.record_id))
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    (article,) = rows(tmp_path / "archive.db", "select * from articles")
    assert (article["status"], article["revisions"]) == ("live", 2)
    assert [row["kind"] for row in rows(tmp_path / "archive.db", "select kind from events order by at")] == [
        "new",
        "edited",
    ]
    before = tables(tmp_path / "archive.db")
    (tmp_path / "archive.db").unlink()
    rebuild(tmp_path, AtOnce())
    assert tables(tmp_path / "archive.db") == before
    with Store(tmp_path / "archive.db") as store:
        assert list(verify(tmp_path, [capture_from(row) for row in store.db.query(ORDERED)])) == []


def test_a_spoilt_line_of_the_crawls_is_told(tmp_path: Path) -> None:
    with ingesting(tmp_path) as ingest:
        ingest.add(_history(Newsroom(tmp_path)))
    (tmp_path / "archive.db").unlink()
    (tmp_path / "warc/valdora/crawls.jsonl").write_text(
        '{"id": 1, "source": "valdora", "started_at": "2026"}\nspoilt\n'
    )
    (problem,) = rebuild(tmp_path, AtOnce()).problems
    assert problem == "crawls.jsonl: 1 line cannot be read; the crawls named there are left out"
    assert rows(tmp_path / "archive.db", "select id from runs") == [{"id": 1}]
