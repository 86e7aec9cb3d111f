"""A newsroom on two days: exactly what happened is told, each thing as what it is, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive.ingest.rebuild import rebuild
from tests.support.archiving import AtOnce, ingesting, rows, tables
from tests.support.secondday import EDITED, EXPECTED, HOST, MOVED, TwoDays


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("two-days")
    days = TwoDays(directory)
    with ingesting(directory) as ingest:
        for captures in (days.first_day(), *(days.second_day(look) for look in range(3))):
            ingest.add(captures)
            ingest.flush()
    return directory / "archive.db"


def _of(archive: Path, title: str) -> dict[str, Any]:
    """The release that went by a title on the first day, at its first address."""
    found = rows(
        archive,
        "select a.* from articles a join revisions r on r.article_id = a.id and r.n = 1"
        " where r.title like ? and a.url not like '%/archive/%'",
        title + "%",
    )
    assert len(found) == 1
    return found[0]


def test_exactly_what_happened_is_told(archive: Path) -> None:
    for title, kinds in EXPECTED.items():
        article = _of(archive, title)
        told = rows(archive, "select kind from events where article_id = ? order by at, rowid", article["id"])
        assert (title, tuple(row["kind"] for row in told)) == (title, ("new", *kinds))
    (count,) = rows(archive, "select count(*) as n from events where kind <> 'new'")
    assert count["n"] == sum(map(len, EXPECTED.values()))


def test_no_other_revision_is_made_and_nothing_is_lost(archive: Path) -> None:
    made = rows(
        archive,
        "select f.title, r.severity, r.kinds, r.silent from revisions r join revisions f on f.article_id = r.article_id"
        " and f.n = 1 where r.n > 1",
    )
    assert len(made) == len(EDITED)
    for row in made:
        title = next(title for title in EDITED if row["title"].startswith(title))
        assert (title, row["severity"], row["kinds"].split(",")[0]) == (title, *EDITED[title])
        assert row["silent"] == 1
    (count,) = rows(archive, "select count(*) as n from articles")
    assert count["n"] == len(TwoDays(archive.parent).before.posts) + len(MOVED)


def test_what_moved_is_linked_and_what_is_gone_keeps_its_text(archive: Path) -> None:
    for title in MOVED:
        old = _of(archive, title)
        (new,) = rows(archive, "select * from articles where id = ?", old["moved_to"])
        assert (old["status"], new["status"], new["text"]) == ("moved", "live", old["text"])
        assert new["url"].startswith(f"{HOST}/archive/")
    for title, kinds in EXPECTED.items():
        article = _of(archive, title)
        assert len(article["text"]) > 200
        if "gone" in kinds:
            assert (article["status"], bool(article["missing_since"])) == ("gone", True)


def test_every_event_names_a_capture_that_shows_it(archive: Path) -> None:
    for row in rows(
        archive,
        "select e.kind, e.detail, e.confirmed_by, c.status, c.page_kind, c.id from events e"
        " join captures c on c.id = e.capture_id",
    ):
        if row["kind"] == "blocked":
            assert row["status"] == 403
        if row["kind"] == "edited":
            assert row["confirmed_by"] not in (None, row["id"])
        if row["kind"] == "gone":
            assert row["status"] == 404 or row["page_kind"] in ("missing", "home", "listing")


def test_a_rebuild_tells_the_same(archive: Path) -> None:
    before = tables(archive)
    rebuild(archive.parent, AtOnce())
    assert tables(archive) == before
