"""Articles read again: no more than needed, nothing lost to a failure of ours, and tried again until it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from archive.core.model import Capture
from archive.ingest import pipeline
from archive.ingest.pipeline import Ingest
from archive.ingest.rebuild import rebuild
from archive.store import histories
from archive.store.database import Store
from tests.support.archiving import DAY, AtOnce, Newsroom, ingesting, later, page, rows, story, tables

P = ParamSpec("P")
T = TypeVar("T")


class Counted(AtOnce):
    """Counts its tasks by capture; those of captures whose address ends so end their process, while `broken`."""

    def __init__(self, bad: str = "") -> None:
        self.tasks: Counter[str] = Counter()
        self.bad = bad
        self.broken = bool(bad)

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        capture: Any = args[1]
        self.tasks[f"{capture.warc_file} {capture.warc_offset}"] += 1
        if self.broken and capture.url.endswith(self.bad):
            future: Future[T] = Future()
            future.set_exception(BrokenExecutor("a process ended"))
            return future
        return super().submit(task, *args, **kwargs)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = later(days=300)

    def __call__(self) -> datetime:
        return self.at


def live_page(room: Newsroom, captures: int, texts: int, url: str = "/news/1-path") -> list[Capture]:
    """A page that was fetched so many times and shows so many texts, one after another, each at several looks."""
    said = [story(1, f" By evening {number * 7 + 3} boats had asked for a berth.") for number in range(texts)]
    return [
        room.answer(url, page(1, said[number * texts // captures]) + f"<!-- {number} -->", at=later(hours=number))
        for number in range(captures)
    ]


def one_by_one(directory: Path, name: str, captures: list[Capture], executor: Executor) -> Path:
    """Captures as crawls bring them: each is in the tables before the next one comes."""
    for start in range(0, len(captures), 40):  # as many commands
        with ingesting(directory, name, executor) as ingest:
            for capture in captures[start : start + 40]:
                ingest.add([capture])
                ingest.flush()
    return directory / name


def check_work_is_linear(directory: Path, monkeypatch: pytest.MonkeyPatch, captures: int, texts: int) -> dict[str, int]:
    """Ingest, read again and rebuild one article of so many captures; the extractions that each took."""
    made = live_page(Newsroom(directory), captures, texts)
    ingested, reread, rebuilt = Counted(), Counted(), Counted()
    path = one_by_one(directory, "archive.db", made, ingested)
    good = tables(path)
    (article,) = rows(path, "select id, revisions from articles")
    assert article["revisions"] == texts
    for module, name in ((pipeline, "EXTRACTOR"),):
        monkeypatch.setattr(module, name, "of tomorrow")
    with ingesting(directory, "archive.db", reread) as ingest:
        ingest.read_again([article["id"]])
    monkeypatch.undo()
    again = tables(path)
    columns = {name: list(again[name]) for name in ("revisions", "captures", "events")}
    assert columns == {name: good[name] for name in columns}
    rebuild(directory, rebuilt)
    assert tables(path) == good
    return {
        "ingest": ingested.tasks.total(),
        "read again": reread.tasks.total(),
        "rebuild": rebuilt.tasks.total(),
    }


def test_a_changed_text_costs_one_extraction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = check_work_is_linear(tmp_path, monkeypatch, captures=120, texts=15)
    assert done["read again"] == 120
    assert done["ingest"] <= 120 * 1.1
    assert done["rebuild"] <= 120 * 1.1


@pytest.mark.soak
def test_an_article_with_fifteen_hundred_captures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = check_work_is_linear(tmp_path, monkeypatch, captures=1500, texts=100)
    assert max(done.values()) <= 1500 * 1.02


def test_an_article_is_not_written_anew_for_each_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write_anew = histories.ArticleHistories.write_anew

    def counted(self: histories.ArticleHistories, article: int, *rest: Any, **named: Any) -> None:
        written.append(article)
        write_anew(self, article, *rest, **named)

    monkeypatch.setattr(histories.ArticleHistories, "write_anew", counted)
    one_by_one(tmp_path, "archive.db", live_page(Newsroom(tmp_path), 60, 20), AtOnce())
    assert len(written) <= 4


def test_a_process_that_ends_never_replaces_what_was_read(tmp_path: Path) -> None:
    executor, clock = Counted("/1-path"), Clock()
    executor.broken = False
    with ingesting(tmp_path, executor=executor, now=clock) as ingest:
        ingest.add([*live_page(Newsroom(tmp_path), 6, 2), Newsroom(tmp_path).answer("/news/2-path", page(2))])
    good = tables(tmp_path / "archive.db")
    executor.broken = True
    with ingesting(tmp_path, executor=executor, now=clock) as ingest:
        ingest.store.db.execute("delete from readings")
        ingest.read_again([row["id"] for row in ingest.store.db.query("select id from articles")])
        ingest.flush()
        assert ingest.articles_to_reread == 0
        assert ingest.unread.count() == 6
    assert tables(tmp_path / "archive.db") == good
    executor.broken = False
    clock.at += timedelta(days=8)
    with ingesting(tmp_path, executor=executor, now=clock) as ingest:
        settled(ingest, clock)
        assert ingest.unread.count() == 0
    assert tables(tmp_path / "archive.db") == good


def settled(ingest: Ingest, clock: Clock) -> None:
    """Let a pipeline do what it does when nothing comes, for some days."""
    for _ in range(60):
        while ingest.flush_step():
            pass
        clock.at += timedelta(hours=2)


def test_a_page_that_could_not_be_read_is_ours_and_becomes_an_article_later(tmp_path: Path) -> None:
    executor, clock, room = Counted("/1-path"), Clock(), Newsroom(tmp_path)
    made = [room.answer("/news/1-path", page(1)), room.answer("/news/2-path", page(2), at=later(hours=1))]
    with ingesting(tmp_path, "good.db", now=clock) as ingest:
        ingest.add(made)
    with ingesting(tmp_path, executor=executor, now=clock) as ingest:
        ingest.add(made)
        ingest.flush()
        (capture,) = ingest.store.db.query("select * from captures where page_kind = 'unread'")
        assert capture["note"].startswith("extraction ended its process twice")
        assert [row["kind"] for row in ingest.store.db.query("select kind from events")] == ["new"]
        settled(ingest, clock)
        tries = ingest.store.db.execute("select tries from unread").fetchone()[0]
        assert 4 <= tries <= 9
        executor.broken = False
        clock.at += timedelta(days=8)
        settled(ingest, clock)
    assert tables(tmp_path / "archive.db") == tables(tmp_path / "good.db")
    assert executor.tasks.total() <= 2 * 9 + 4


def test_a_look_that_could_not_be_read_is_no_event_and_its_page_is_not_due_at_once(tmp_path: Path) -> None:
    executor, room = Counted("/1-path"), Newsroom(tmp_path)
    executor.broken = False
    with ingesting(tmp_path, executor=executor) as ingest:
        ingest.add([room.answer("/news/1-path", page(1))])
        ingest.flush()
        executor.broken = True
        ingest.add([room.answer("/news/1-path", page(1, story(1, " Rain.")), at=later(days=3))])
        ingest.flush()
        assert [row["kind"] for row in ingest.store.db.query("select kind from events")] == ["new"]
        assert ingest.store.due("valdora", later(days=3, hours=1)) == ()


@pytest.mark.parametrize("kind", ["absent", "cut", "noise"])
def test_what_cannot_be_read_today_stays_and_is_brought_up_to_date_when_the_file_is_back(
    tmp_path: Path, kind: str
) -> None:
    room, clock = Newsroom(tmp_path), Clock()
    made = live_page(room, 6, 3)
    made += [room.answer("/news/2-path", page(2), at=DAY - timedelta(days=40))]
    with ingesting(tmp_path, now=clock) as ingest:
        ingest.add(made)
    good = tables(tmp_path / "archive.db")
    file = tmp_path / made[0].warc_file
    content = file.read_bytes()
    if kind == "absent":
        file.unlink()
    else:
        file.write_bytes(content[:200] if kind == "cut" else b"\0" * len(content))
    with Store(tmp_path / "archive.db") as store:
        store.db.execute("delete from readings")
        store.db.execute("update articles set extractor = 'of before'")
        numbers = [row[0] for row in store.db.execute("select id from articles").fetchall()]
    with ingesting(tmp_path, now=clock) as ingest:
        ingest.read_again(numbers)
        ingest.flush()
        assert ingest.unread.count() == 6
        extractors = [row[0] for row in ingest.store.db.execute("select extractor from articles order by url")]
        assert extractors[0] == "of before"
        assert extractors[1] != "of before"
    file.write_bytes(content)
    with ingesting(tmp_path, now=clock) as ingest:
        ingest.recover()
        assert ingest.unread.count() == 0
    assert tables(tmp_path / "archive.db") == good
