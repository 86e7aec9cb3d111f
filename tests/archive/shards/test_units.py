"""Units of an archive that a site lacks or has otherwise are found, and written as a whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.shards import rows, units
from archive.store.database import Store
from archive.web.data.columns import TABLES
from tests.archive.shards.support import build


@dataclass
class Two:
    """A site and an archive, at first with the same rows."""

    site: Store
    shard: sqlite3.Connection

    def differing(self, *sources: str) -> set[tuple[str, int | str]]:
        return set(units.differing(self.site.db, self.shard, sources or ("osk", "tarn")))


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    build(tmp_path / "one", ("osk", "tarn"))
    (tmp_path / "site").mkdir()
    shutil.copy(tmp_path / "one/archive.db", tmp_path / "site")
    shard = sqlite3.connect(tmp_path / "one/archive.db", isolation_level=None)
    with Store(tmp_path / "site/archive.db") as site, closing(shard):
        yield Two(site, shard)


def test_what_a_site_shows_belongs_to_sources() -> None:
    assert set(units.SHOWN) <= set(rows.OF_SOURCE)


def test_a_site_has_every_table_that_visitors_are_shown(two: Two) -> None:
    views = {row[0] for row in two.shard.execute("select name from sqlite_master where type = 'view'")}
    missing = set(TABLES) - views - {*units.SHOWN, *rows.REBUILT}
    assert not missing, f"say in archive/shards/log.py or units.py to which unit the rows of {sorted(missing)} belong"


def test_equal_archives_do_not_differ(two: Two) -> None:
    assert two.differing() == set()


@pytest.mark.parametrize(
    ("statement", "which"),
    [
        ("update articles set text = 'x' where id = :id", "article"),
        ("update articles set section = 'x' where id = :id", "article"),
        ("delete from articles where id = :id", "article"),
        ("delete from revisions where article_id = :id and n = 2", "article"),
        ("update removed set why = 'x' where article_id = :id", "clean"),
        ("insert into events select * from events where article_id = :id limit 1", "article"),
        ("update captures set note = 'x' where id = :capture", "capture"),
        ("delete from captures where id = :capture", "capture"),
        ("insert into unread values (:capture, '', '', '', 0, '', '')", "capture"),
    ],
)
@pytest.mark.parametrize("where", ["site", "shard"])
def test_each_difference_is_found_and_mended(two: Two, statement: str, which: str, where: str) -> None:
    (article,) = two.shard.execute("select id from articles where source = 'osk' and revisions = 2").fetchone()
    if which == "clean":
        (article,) = two.shard.execute("select min(article_id) from removed").fetchone()
    (capture,) = two.shard.execute("select id from captures where source = 'osk' limit 1").fetchone()
    numbers = {"id": article, "capture": capture}
    if "from articles" in statement:
        where = "shard"  # on the site its indexes would be wrong
    with two.site.writing() as db:
        (db.conn if where == "site" else two.shard).execute(statement, numbers)
    expected = {("capture", capture) if which == "capture" else ("article", article)}
    assert two.differing() == expected
    if which != "clean":
        assert two.differing("tarn") == set()
    with two.site.writing() as db:
        site = units.SiteRows(db)
        for kind, number in two.differing():
            if not site.write(two.shard, kind, [number]):  # type: ignore[arg-type]
                site.delete(kind, number)  # type: ignore[arg-type]
    assert two.differing() == set()


def test_equal_events_stay_as_they_are(two: Two) -> None:
    """So that nothing that follows new events takes them for new ones."""
    sql = "select rowid, * from events where article_id = ? order by 1"
    (article,) = two.shard.execute("select id from articles where source = 'osk' and revisions = 2").fetchone()
    before = two.site.db.execute(sql, (article,)).fetchall()
    two.shard.execute(
        "insert into events (at, source, article_id, kind) values ('2026-04-01', 'osk', ?, 'x')", (article,)
    )
    two.shard.execute("delete from events where article_id = ? and kind = 'new'", (article,))
    with two.site.writing() as db:
        units.SiteRows(db).write(two.shard, "article", [article])
    after = two.site.db.execute(sql, (article,)).fetchall()
    assert [row for row in after if row[0] in {old[0] for old in before}] == [row for row in before if "new" not in row]
    assert len(after) == len(before)


def test_all_units_of_a_source_are_listed(two: Two) -> None:
    found = list(units.of_sources(two.site.db, ["osk"]))
    assert [sum(1 for kind, _ in found if kind == each) for each in units.KINDS] == [9, 15, 1]


def test_the_state_of_a_source_has_only_addresses_that_say_something(two: Two) -> None:
    with two.site.writing() as db:
        db.execute("delete from urls")
        units.SiteRows(db).write(two.shard, "source", ["osk"])
        states = db.execute("select state, reason from urls where source = 'osk'").fetchall()
    assert sorted(states) == [("article", "410 gone"), ("dropped", "robots.txt"), ("rejected", "feed")]
    assert two.shard.execute("select count(*) from urls where source = 'osk'").fetchone() == (11,)
