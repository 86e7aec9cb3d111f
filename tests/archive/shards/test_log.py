"""Each change of an archive is noted once an epoch, whatever statement made it; a lost mark is noticed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.shards import log
from archive.store.database import Store
from archive.store.schema import Database
from tests.archive.shards.support import build


@pytest.fixture
def path(tmp_path: Path) -> Path:
    build(tmp_path / "one", ("osk",))
    return tmp_path / "one/archive.db"


def since(path: Path, *marks: log.Mark | None) -> set[log.Unit] | None:
    with closing(sqlite3.connect(path)) as db:
        found = log.changes(db, {mark.word for mark in marks if mark})
        return None if found is None else set(found)


def left(path: Path) -> log.Mark:
    mark = log.leave_mark(path)
    assert mark
    return mark


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    left(path)
    with Store(path) as store:
        yield store.db


STATEMENTS: dict[str, tuple[log.Kind, str]] = {
    "insert or ignore into articles (id, source, url, title, text, word_count, first_seen, last_seen, last_checked,"
    " changed_at, capture_id) values (7, 'osk', '', '', '', 0, '', '', '', '', 0)": ("article", "7"),
    "update articles set status = 'gone'": ("article", "id from articles"),
    "delete from articles": ("article", "id from articles"),
    "insert or replace into revisions select * from revisions": ("article", "article_id from revisions"),
    "delete from removed": ("article", "article_id from removed"),
    "update events set detail = 'x' where article_id is not null": ("article", "article_id from events"),
    "insert into events (at, source, kind) values ('', 'tarn', 'recovered')": ("source", "'tarn'"),
    "update captures set note = 'x'": ("capture", "id from captures"),
    "delete from captures": ("capture", "id from captures"),
    "insert or replace into unread values (5, '', '', '', 0, '', '')": ("capture", "5"),
    "update sources set title = 'x'": ("source", "name from sources"),
    "delete from runs": ("source", "source from runs"),
    "insert or ignore into source_tags values ('energy', 'osk')": ("source", "'osk'"),
    "update boilerplate set documents = 0": ("source", "source from boilerplate"),
    "insert or replace into backfills (source, began_at) values ('osk', '')": ("source", "'osk'"),
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_is_noted_with_what_it_changed(statement: str, db: Database, path: Path) -> None:
    kind, which = STATEMENTS[statement]
    expected = {(kind, row[0]) for row in db.execute(f"select distinct {which}").fetchall() if row[0] is not None}
    mark = left(path)
    for _ in range(2):
        with db.atomic():
            db.execute(statement)
    assert expected
    assert since(path, mark) == expected
    assert since(path, left(path)) == set()


def test_stories_are_no_change(db: Database, path: Path) -> None:
    mark = left(path)
    with db.atomic():
        db.execute("update articles set story_id = 5")
    assert since(path, mark) == set()


def test_changes_since_an_earlier_mark_are_those_of_all_epochs(db: Database, path: Path) -> None:
    first = left(path)
    with db.atomic():
        db.execute("update sources set title = 'x'")
    second = left(path)
    assert second.epoch == first.epoch + 1
    assert since(path, first) == {("source", "osk")}
    assert since(path, first, second) == set()


def test_a_mark_that_is_not_there_says_nothing(path: Path) -> None:
    assert since(path) is None
    mark = left(path)
    assert since(path, mark) == set()
    assert since(path, log.Mark("other", mark.epoch)) is None


@pytest.mark.parametrize("name", ["publish_captures_update", "publish_events_delete"])
def test_a_trigger_that_was_lost_makes_the_marks_worth_nothing(path: Path, name: str) -> None:
    mark = left(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"drop trigger {name}")
    assert since(path, mark) is None
    newer = left(path)
    assert since(path, mark) is None
    assert since(path, newer) == set()


def test_old_marks_are_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MARKS_KEPT", 3)
    marks = [left(path) for _ in range(6)]
    assert [since(path, mark) is None for mark in marks] == [True] * 3 + [False] * 3


def test_a_database_that_cannot_be_written_gets_no_mark(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **others: real(f"file:{path}?mode=ro", uri=True, **others))
    assert log.leave_mark(path) is None
