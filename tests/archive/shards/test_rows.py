"""The rows of a source are copied, compared and deleted in every table there is."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive.ingest.rebuild import rebuild
from archive.shards import rows
from archive.store.database import Store
from archive.store.repeated.stories import StoryStore
from tests.archive.shards.support import build, everything, found, integrity, tables_of
from tests.support.archiving import AtOnce


def test_every_table_of_the_schema_is_accounted_for(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        there = set(tables_of(store.db))
    known = [*rows.OF_SOURCE, *rows.REBUILT, *rows.INDEXES, *rows.SHARED, *rows.OWN]
    assert sorted(known) == sorted(there), "say in archive/shards/rows.py to which source the rows of a table belong"


def _copied(tmp_path: Path, *names: str) -> Path:
    build(tmp_path / "one")
    (tmp_path / "two").mkdir()
    with Store(tmp_path / "two/archive.db") as store:
        with rows.attach(store, tmp_path / "one/archive.db"):
            for _ in range(2):  # a second time changes nothing
                with store.writing() as db:
                    rows.copy(db, names)
            assert rows.differing(store.db, names) == []
        StoryStore(store).rebuild_stories()
    return tmp_path / "two/archive.db"


def test_all_sources_copied_are_the_whole_archive(tmp_path: Path) -> None:
    copy = _copied(tmp_path, "valdora", "osk", "tarn")
    there, here = everything(tmp_path / "one/archive.db"), everything(copy)
    assert {name for name in there if there[name] != here[name]} == set()
    assert len(there["stories"]) == 3
    assert found(copy, "coastal path") == found(tmp_path / "one/archive.db", "coastal path") != []
    assert found(copy, "ferry of stage", ever=True) == found(tmp_path / "one/archive.db", "ferry of stage", ever=True)
    assert integrity(copy) == "ok"


def test_a_source_that_moves_in_is_no_news(tmp_path: Path) -> None:
    copy = _copied(tmp_path, "valdora")
    with Store(copy) as store:
        assert store.db.execute("select count(*) from change_log where n > 0").fetchone() == (0,)


def test_a_row_that_differs_is_found(tmp_path: Path) -> None:
    copy = _copied(tmp_path, "valdora")
    with Store(copy) as store, rows.attach(store, tmp_path / "one/archive.db"):
        with store.writing() as db:
            db.execute("update urls set reason = 'other' where state = 'dropped'")
            db.execute("delete from removed where rowid = (select max(rowid) from removed)")
        assert rows.differing(store.db, ["valdora"]) == ["removed", "urls"]


def test_what_is_deleted_leaves_the_others_as_they_would_be_without_it(tmp_path: Path) -> None:
    build(tmp_path / "all")
    for name in ("osk", "tarn"):
        shutil.copytree(tmp_path / "all/warc" / name, tmp_path / "without/warc" / name)
    shutil.copy(tmp_path / "all/decisions.toml", tmp_path / "without")
    rebuild(tmp_path / "without", AtOnce())
    decided = [row for row in everything(tmp_path / "without/archive.db")["boilerplate"] if row[1] == "valdora"]
    with Store(tmp_path / "all/archive.db") as store:
        with store.writing() as db:
            rows.delete(db, ["valdora"])
        StoryStore(store).rebuild_stories()
        assert rows.sources_of(store.db) == {"osk", "tarn"}
    left, expected = everything(tmp_path / "all/archive.db"), everything(tmp_path / "without/archive.db")
    only_here = {"sources", "runs", "hosts", "urls", "contracts"}  # what no WARC file knows
    expected["boilerplate"] = [row for row in expected["boilerplate"] if row not in decided]
    expected["templates"] = [row for row in expected["templates"] if row[0] != "valdora"]
    assert {name for name in left if left[name] != expected[name]} <= only_here
    assert {row[0] for name in ("sources", "runs", "urls") for row in left[name]} == {"osk", "tarn"}
    assert integrity(tmp_path / "all/archive.db") == "ok"
