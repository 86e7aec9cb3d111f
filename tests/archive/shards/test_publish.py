"""A site over several archives is what one archive would be that crawled all of it, and follows each change."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.core.errors import ArchiveError
from archive.core.files import SITE, writer_lock
from archive.export.backup import backup
from archive.ingest.rebuild import rebuild
from archive.shards.move import move
from archive.shards.publish import Published, publish
from archive.store.database import Store
from archive.store.rows import capture_from
from archive.warc.compact import compact
from archive.warc.reader import read
from archive.web import server as web
from tests.archive.shards.support import SOURCES, build, captures, edits, faults, found, gone, integrity
from tests.support.archiving import AtOnce, ingesting, later, rows, tables
from tests.support.limits import kill_until_done

NOW = later(days=30)

PUBLIC = (
    "articles", "revisions", "captures", "removed", "boilerplate", "events", "stories", "story_articles", "repeats",
    "sources", "source_tags", "article_counts",
)  # fmt: skip
"""The tables that docs/sql.md documents, which must be those of one archive; `runs` has only other numbers."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """One archive with all sources, `whole`, and the same split in two: `one` and `two`."""
    build(tmp_path / "whole")
    shutil.copytree(tmp_path / "whole", tmp_path / "one")
    move(tmp_path / "one", tmp_path / "two", ["osk"], "dateline split", NOW)
    return tmp_path


def published(place: Path, *names: str) -> Published:
    return publish([place / name for name in names or ("one", "two")], place / "site", NOW)


def grown(directory: Path, change: Callable[[Path, str], Iterable[Any]], *names: str) -> None:
    """Let something happen in newsrooms, of those that an archive has."""
    with ingesting(directory) as ingest:
        ingest.recover()
        for name in names:
            ingest.add(change(directory, name))


def shown(directory: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What is to be the same on a site and in one archive."""
    found = tables(directory / "archive.db", PUBLIC)
    found["article_counts"] = [row for row in found["article_counts"] if row[-1]]
    runs = (
        "select source, started_at, finished_at, outcome, requests, captures, articles, edited, gone, errors, message"
    )
    return found | {"runs": sorted(tuple(row.values()) for row in rows(directory / "archive.db", f"{runs} from runs"))}


def assert_same(place: Path, one: str = "site", other: str = "whole") -> None:
    ours, theirs = shown(place / one), shown(place / other)
    assert {name for name in ours if ours[name] != theirs[name]} == set()
    assert integrity(place / one / "archive.db") == "ok"
    for words in ("coastal path", "section", "harbour office"):
        paths = [place / name / "archive.db" for name in (one, other)]
        assert found(paths[0], words) == found(paths[1], words)
        assert found(paths[0], f"ferry {words}", ever=True) == found(paths[1], f"ferry {words}", ever=True)


def test_a_site_has_what_one_archive_would_have(place: Path) -> None:
    done = published(place)
    assert (done.sources, done.articles, done.captures, done.deleted) == (3, 27, 45, 0)
    assert done.compared == (place / "one", place / "two")
    assert_same(place)
    assert len(tables(place / "site/archive.db")["stories"]) == 3
    assert faults(place / "site") == []


def test_split_crawled_apart_and_published_is_one_archive_that_crawled_all(place: Path) -> None:
    """The records of the newsrooms are copied, since two crawls never write the same bytes."""
    published(place)
    changes: list[Callable[[Path, str], Iterable[Any]]] = [
        lambda directory, name: captures(directory, name, range(9, 15), day=10),
        lambda directory, name: edits(directory, name, [3, 4], 12),
        lambda directory, name: gone(directory, name, 6, 15),
    ]
    for change in changes:
        grown(place / "whole", change, *SOURCES)
        for directory, names in ((place / "one", ("valdora", "tarn")), (place / "two", ("osk",))):
            for name in names:
                shutil.copytree(place / "whole/warc" / name, directory / "warc" / name, dirs_exist_ok=True)
            with ingesting(directory) as ingest:
                ingest.recover()
        done = published(place)
        assert done.compared == ()
        assert_same(place)
    assert published(place).written == 0


def test_only_what_changed_is_written(place: Path) -> None:
    published(place)
    grown(place / "one", lambda directory, name: captures(directory, name, [20, 21], day=10), "tarn")
    done = published(place)
    assert (done.compared, done.written, done.deleted) == ((), 4, 0)  # two articles and two captures
    assert published(place).written == 0


def test_a_tag_reaches_the_site(place: Path) -> None:
    published(place)
    with Store(place / "two/archive.db") as store, store.writing() as db:
        db.execute("insert into source_tags values ('energy', 'osk')")
    published(place)
    assert rows(place / "site/archive.db", "select * from source_tags") == [{"tag": "energy", "source": "osk"}]


def _fresh(place: Path) -> None:
    """A site that is published now for the first time, to compare with."""
    publish([place / "one", place / "two"], place / "fresh", NOW)


def test_texts_that_are_cleaned_anew_and_edits_withdrawn_reach_the_site(place: Path) -> None:
    published(place)
    with Store(place / "one/archive.db") as store, store.writing() as db:
        (number, text) = db.execute("select id, text from articles where revisions = 2 limit 1").fetchone()
        shorter = text.split("\n\n")[0]
        db.execute("update articles set text = ?, extractor = 'next', revisions = 1 where id = ?", (shorter, number))
        db.execute("delete from revisions where article_id = ? and n = 2", (number,))
        db.execute("delete from events where article_id = ? and kind = 'edited'", (number,))
    done = published(place)
    assert (done.compared, done.written) == ((), 1)
    (article,) = rows(place / "site/archive.db", "select * from articles where id = ?", number)
    assert (article["text"], article["revisions"]) == (shorter, 1)
    _fresh(place)
    assert_same(place, "site", "fresh")
    assert number not in found(place / "site/archive.db", "ferry")


def test_a_source_that_moves_between_the_archives_stays_on_the_site(place: Path) -> None:
    published(place)
    move(place / "one", place / "two", ["tarn"], "dateline split", NOW)
    done = published(place)
    assert (done.compared, done.deleted) == ((), 0)
    assert_same(place)
    assert (place / "site/warc/tarn").readlink() == (place / "two/warc/tarn").resolve()
    assert faults(place / "site") == []


def test_a_source_that_is_gone_leaves_the_site(place: Path) -> None:
    published(place)
    done = published(place, "one")
    assert (done.articles, done.deleted) == (18, 24)  # nine articles and fifteen captures
    assert {row["name"] for row in rows(place / "site/archive.db", "select name from sources")} == {"valdora", "tarn"}
    assert not (place / "site/warc/osk").is_symlink()
    assert integrity(place / "site/archive.db") == "ok"
    published(place)
    assert_same(place)


def test_a_rebuilt_archive_is_compared_and_only_what_differs_is_written(place: Path) -> None:
    published(place)
    rebuild(place / "two", AtOnce())
    done = published(place)
    assert (done.compared, done.written, done.deleted) == ((place / "two",), 0, 0)
    assert_same(place)


def test_an_archive_restored_from_an_older_copy_is_compared(place: Path) -> None:
    published(place)
    shutil.copytree(place / "two", place / "older")
    grown(place / "two", lambda directory, name: captures(directory, name, [20], day=10), "osk")
    published(place)
    shutil.rmtree(place / "two")
    (place / "older").rename(place / "two")
    done = published(place)
    assert done.compared == (place / "two",)
    assert (done.deleted, done.articles) == (2, 27)
    assert_same(place)


def test_a_backup_is_published_without_a_word_written_to_it(place: Path) -> None:
    backup(place / "two", place / "copy", NOW)
    before = (place / "copy/archive.db").read_bytes()
    for written in (72, 0):
        done = publish([place / "one", place / "copy"], place / "site", NOW)
        assert place / "copy" in done.compared
        assert done.written == written
    assert (place / "copy/archive.db").read_bytes() == before
    assert_same(place)


def test_captures_are_read_where_they_are_also_when_compacted_since(place: Path) -> None:
    published(place)
    compact(place / "two", "warc/osk/2026-03.warc.gz", NOW)
    for row in rows(place / "site/archive.db", "select * from captures"):
        assert read(place / "site", capture_from(row)).capture.source in SOURCES
    assert faults(place / "site") == []


def _refused(place: Path, words: str, *names: str, site: str = "site") -> None:
    before = shown(place / "site") if (place / "site/archive.db").exists() else None
    with pytest.raises(ArchiveError, match=words):
        publish([place / name for name in names], place / site, NOW)
    assert before is None or shown(place / "site") == before


def test_a_source_in_two_archives_is_an_error(place: Path) -> None:
    published(place)
    _refused(place, r"Both .*one and .*whole have a source (tarn|valdora)", "one", "whole")


def test_a_source_gets_another_name_as_the_error_says(place: Path) -> None:
    """Two newsrooms that were called the same: one is renamed in its archive, and both are on the site."""
    shutil.copytree(place / "two", place / "three")
    _refused(place, r"rename the folder warc/osk, .* delete archive.db, and run `dateline rebuild`", "two", "three")
    (place / "three/warc/osk").rename(place / "three/warc/lake")
    (place / "three/archive.db").unlink()
    rebuild(place / "three", AtOnce())
    published(place, "two", "three")
    counted = "select source, count(*) as n from articles group by 1 order by 1"
    lake, osk = rows(place / "site/archive.db", counted)
    assert (lake["source"], osk["source"], lake["n"]) == ("lake", "osk", osk["n"])
    assert faults(place / "site") == []


def test_what_is_no_archive_or_no_site_is_refused(place: Path) -> None:
    published(place)
    _refused(place, "named twice", "one", "one")
    _refused(place, "itself a site", "site", site="other")
    _refused(place, "one is inside the other", "one", site="one/inner")
    _refused(place, r"no archive at .*three", "one", "three")
    _refused(place, "not empty and no site", "one", site="two")
    (place / "site/warc/bell").mkdir()
    build(place / "bells", ("tarn",), 2)
    with closing(sqlite3.connect(place / "two/archive.db")) as db, db:
        db.execute("update _sqlite_migrations set name = '9999_later' where name = '0011_change_log'")
    _refused(place, "another version", "one", "two")


def test_a_site_is_written_to_by_publish_alone(place: Path) -> None:
    published(place)
    with (
        pytest.raises(ArchiveError, match=r"is a site over other archives.*site.json names"),
        writer_lock(place / "site", "dateline crawl", NOW),
    ):
        pass
    stated = json.loads((place / "site" / SITE).read_text())
    assert stated["archives"] == [str((place / name).resolve()) for name in ("one", "two")]
    with pytest.raises(ArchiveError, match="is a site over other archives"):
        move(place / "site", place / "other", ["osk"], "dateline split", NOW)


def test_archives_are_published_while_they_are_written_to(place: Path) -> None:
    published(place)
    with writer_lock(place / "one", "dateline run", NOW), ingesting(place / "one") as ingest:
        for number in range(30, 36):
            ingest.add(captures(place / "one", "tarn", [number], day=10))
            ingest.flush()
            assert published(place).compared == ()
    _fresh(place)
    assert_same(place, "site", "fresh")


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak)])
def test_killed_at_any_moment_the_site_is_the_one_before_or_the_one_after(place: Path, seed: int) -> None:
    published(place)
    for directory, names in ((place / "one", ("valdora", "tarn")), (place / "two", ("osk",))):
        grown(directory, lambda directory, name: captures(directory, name, range(9, 15), day=10), *names)
        grown(directory, lambda directory, name: edits(directory, name, [3, 4], 12), *names)
    before = shown(place / "site")
    begun = time.monotonic()
    _fresh(place)
    usual, after = time.monotonic() - begun, shown(place / "fresh")
    order = random.Random(seed)

    def check() -> None:
        assert shown(place / "site") in (before, after)

    kills = kill_until_done(lambda: published(place), lambda kills: order.uniform(0, 0.2 + kills / 20) * usual, check)
    assert kills > 1
    assert shown(place / "site") == after
    assert integrity(place / "site/archive.db") == "ok"


def test_the_site_shows_articles_and_captures_of_every_archive(place: Path) -> None:
    published(place)
    site = web.build(place / "site")
    with asyncio.Runner() as runner:
        for source in SOURCES:
            row = rows(place / "site/archive.db", "select * from captures where source = ? and kind = 'page'", source)[
                0
            ]
            for path in (f"/article/{row['article_id']}", f"/capture/{row['id']}", f"/capture/{row['id']}/raw"):
                answer = runner.run(site.client.get(path))
                assert answer.status_code == 200, (path, answer.text)
                assert "coastal path" in answer.text
    site.executor.shutdown()
    for database in site.databases.values():
        database.close()
