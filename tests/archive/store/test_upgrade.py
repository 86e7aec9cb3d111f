"""An archive from before the first release: it opens with all it has; one that cannot says what mends it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.core.errors import ArchiveError
from archive.core.model import KnownDocument
from archive.ingest.rebuild import rebuild
from archive.store.database import Store
from archive.store.runs import RunResult
from archive.store.search import search
from archive.store.upgrade import run
from tests.support.archiving import HOST, RECORD, AtOnce, Newsroom, ingesting, later, page, rows, story, tables
from tests.support.old_archive import MIGRATIONS, make_old, signed_by_nobody

MEMORY = (
    "urls", "documents", "templates", "template_pages", "block_index", "reextract_queue", "article_state",
    "soft404_samples", "minhashes", "minhash_bands", "similar_articles", "story_queue", "sources", "runs",
)  # fmt: skip

SCHEMA = "select type, name, tbl_name, sql from sqlite_master where tbl_name not like '%sqlite%'"
LOST = (
    "The page that you asked the harbour office for has sailed. Look for it in the log of the year, or ask at the quay."
)


NEWER = {
    "contracts",
    "health",
    "readings",
    "unread",
    "hosts",
    "robots",
    "mass_changes",
    "seen_changes",
    "mass_absences",
    "change_log",
}
"""Tables of memory that such an archive does not have."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive that remembers all it can: an edit and a lack to be confirmed, a duplicate, a soft 404, a queue."""
    room, other = Newsroom(tmp_path), Newsroom(tmp_path, "osk")
    captures = [
        room.answer(f"/news/{n}-path", page(n, footer="The harbour office."), at=later(minutes=n)) for n in range(8)
    ]
    captures += [room.answer("/news/1-path", page(1, story(1, " Rain.")), at=later(days=1))]
    captures += [room.answer("/news/2-path", status=404, at=later(days=1))]
    captures += [room.answer("/copy/3", page(3), at=later(days=1))]
    captures += [room.answer("/no-such", page(90, LOST), kind="probe", at=later(days=1))]
    captures += [other.answer("https://osk.example/a", page(4), at=later(hours=9))]
    captures += [room.answer("/news/5-path", status=410, at=later(days=day)) for day in (1, 3, 5)]
    captures += [room.answer("/feed", "<rss/>", kind="feed", at=later(days=6))]
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    path = tmp_path / "archive.db"
    with Store(path) as store:
        run = store.begin_run("valdora", later(days=6))
        store.finish_run(run, later(days=6, minutes=1), RunResult(requests=3))
        store.drop("valdora", f"{HOST}/x", "it did not answer", later(days=6), retry=True)
        store.note_document("valdora", KnownDocument(f"{HOST}/feed", "feed"), later())
        store.db.execute("insert into reextract_queue select min(id), 1 from articles")
        store.db.execute("insert into reextract_queue select max(id), 2 from captures where article_id is null")
        store.db.execute("insert into story_queue select max(id) from articles")
    return path


def test_an_old_archive_opens_with_all_it_has(archive: Path) -> None:
    with Store(archive) as store:
        names = [*(row[0] for row in store.db.execute("select name from sqlite_master where type = 'table'"))]
        schema = sorted(store.db.execute(SCHEMA).fetchall(), key=repr)
        found = search(store.db.conn, "coastal path").total
    own = [
        name
        for name in names
        if "sqlite" not in name
        and not name.startswith(("articles_fts", "search_fts", "earlier_fts"))
        and name not in NEWER
    ]
    assert set(MEMORY) < set(own)
    before = tables(archive, own)
    empty = {name for name in own if not before[name]}
    assert not empty & {*MEMORY, *RECORD}
    memory = " ".join(row["memory"] for row in rows(archive, "select memory from article_state"))
    assert all(f'"{name}"' in memory for name in ("pending", "missing", "duplicate"))
    missing = "select article_id, 1 as stamp from events where kind in ('missing', 'returned')"
    waiting = {*before["reextract_queue"], *(tuple(row.values()) for row in rows(archive, missing))}
    make_old(archive)
    with closing(sqlite3.connect(archive)) as old:
        ids = {row[0] for row in old.execute("select id from captures")}
        assert not ids & {row[0] for row in before["captures"]}
        assert ids >= {row[0] for row in old.execute("select capture_id from events where capture_id is not null")}
        memory = " ".join(row[0] for row in old.execute("select memory from standings"))
        assert '"absence"' in memory
        assert '"missing"' not in memory
    assert rows(archive, "select distinct authors from revisions") == [{"authors": None}]
    today = tables(archive, own)
    assert set(today.pop("reextract_queue")) == waiting > set(before.pop("reextract_queue"))
    assert signed_by_nobody(today) == signed_by_nobody(before)
    with Store(archive) as store:
        again = sorted(store.db.execute(SCHEMA).fetchall(), key=repr)
        assert search(store.db.conn, "coastal path").total == found > 0
        store.db.execute("insert into articles_fts (articles_fts) values ('integrity-check')")
    assert again == schema


def test_an_old_archive_goes_on_where_it_was(archive: Path) -> None:
    make_old(archive)
    room = Newsroom(archive.parent)
    with ingesting(archive.parent) as ingest:
        ingest.add([room.answer("/news/1-path", page(1, story(1, " Rain.")), at=later(days=7))])
        ingest.add([room.answer("/news/2-path", status=404, at=later(days=8))])
    assert {(row["kind"], row["url"][-12:]) for row in rows(archive, "select kind, url from events")} >= {
        ("edited", "/news/1-path"), ("gone", "/news/2-path"),
    }  # fmt: skip
    grown = tables(archive)
    archive.unlink()
    rebuild(archive.parent, AtOnce())
    assert signed_by_nobody(tables(archive)) == signed_by_nobody(grown)
    assert {"authors": None} not in rows(archive, "select distinct authors from revisions")


@pytest.mark.parametrize("applied", [MIGRATIONS[:4], MIGRATIONS[1:], ()])
def test_an_archive_that_cannot_be_migrated_says_what_mends_it(archive: Path, applied: tuple[str, ...]) -> None:
    record, runs, known = (tables(archive), *(tables(archive, [name]) for name in ("runs", "documents")))
    make_old(archive, applied)
    before = archive.read_bytes()
    with pytest.raises(ArchiveError, match=r"older Dateline.*dateline rebuild"):
        Store(archive)
    assert archive.read_bytes() == before
    rebuild(archive.parent, AtOnce())
    assert tables(archive)["captures"] == record["captures"]
    assert tables(archive, ["runs"]) == runs
    assert tables(archive, ["documents"]) == known
    assert rows(archive, "select reason from urls where url like '%/x'") == [{"reason": "it did not answer"}]


def test_an_old_archive_with_damaged_memory_is_left_as_it_is(archive: Path) -> None:
    make_old(archive)
    with closing(sqlite3.connect(archive)) as old:
        old.execute("update standings set memory = '{' where article_id = (select max(article_id) from standings)")
        old.commit()
    for _ in range(2):
        with pytest.raises(ArchiveError, match=r"Nothing was changed.*dateline rebuild"):
            Store(archive)
    rebuild(archive.parent, AtOnce())
    assert rows(archive, "select * from articles")


def test_statements_are_run_whole_and_within_the_transaction_that_is_open() -> None:
    db = Database(memory=True)
    script = """
        create table kept (words text); create table noted (words text);
        create trigger noting after insert on kept begin insert into noted values (new.words); select ';'; end;
        insert into kept values ('one; two; -- three')
    """
    db.conn.execute("begin")
    run(db, script)
    assert db.execute("select words from noted").fetchall() == [("one; two; -- three",)]
    db.conn.rollback()
    assert db.table_names() == []
