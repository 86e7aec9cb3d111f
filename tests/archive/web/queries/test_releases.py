"""Releases as lists show them: which, in which order, with which badges."""

from __future__ import annotations

from archive.web.queries import releases
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id


def test_the_newest_releases_come_first_and_only_edits_that_mean_something_count(db: Database) -> None:
    found = got(releases.newest_releases(db, 100))
    days = [release.published_day for release in found]
    assert days == sorted(days, reverse=True)
    assert len(days) == 18
    edited = {release.id: release.edited for release in found}
    assert (edited[article_id("budget")], edited[article_id("cranes")]) == (True, False)
    assert got(releases.newest_releases(db, 3)) == found[:3]
    assert {release.source for release in got(releases.releases_of(db, "port-of-ister", 100))} == {"port-of-ister"}


def test_a_release_that_moved_is_listed_once_where_it_is_now(db: Database) -> None:
    ferry, cranes = article_id("ferry"), article_id("cranes")
    source = db.connection.execute("select source from articles where id = ?", [ferry]).fetchone()[0]

    def listed() -> list[bool]:
        lists = (releases.newest_releases(db, 100), releases.releases_of(db, source, 100))
        return [ferry in {one.id for one in got(found)} for found in lists]

    db.connection.execute("update articles set status = 'moved', moved_to = null where id = ?", [ferry])
    assert listed() == [True, True]
    db.connection.execute("update articles set moved_to = ? where id = ?", [cranes, ferry])
    db.connection.execute("update articles set source = ? where id = ?", [source, cranes])
    assert listed() == [False, False]


def test_a_release_that_moved_stays_where_nothing_else_stands_for_it(db: Database) -> None:
    ferry, cranes = article_id("ferry"), article_id("cranes")
    source = db.connection.execute("select source from articles where id = ?", [ferry]).fetchone()[0]
    move = "update articles set status = 'moved', moved_to = ? where id = ?"

    def listed(number: int) -> list[bool]:
        lists = (releases.newest_releases(db, 100), releases.releases_of(db, source, 100))
        return [number in {one.id for one in got(found)} for found in lists]

    db.connection.execute("update articles set source = 'elsewhere' where id = ?", [cranes])
    db.connection.execute(move, [cranes, ferry])
    assert listed(ferry) == [False, True]
    db.connection.execute(move, [ferry, cranes])
    assert listed(ferry) == [True, True]
    db.connection.execute(move, [12345, ferry])
    assert listed(ferry) == [True, True]


def test_a_release_without_a_day_or_a_source_of_its_own_is_shown_all_the_same(db: Database) -> None:
    db.connection.execute(
        "update articles set published_day = null, published_at = null, source = 'attic' where id = ?",
        [article_id("ferry")],
    )
    (release,) = [one for one in got(releases.newest_releases(db, 100)) if one.id == article_id("ferry")]
    assert (release.id, release.published_day, release.published_at) == (article_id("ferry"), "", "")
    assert release.source_title == "attic"


def test_a_release_is_listed_where_it_can_be_found(db: Database) -> None:
    """One without a day, and one dated years ahead, stand under the day that they were first seen on."""
    ferry, cranes = article_id("ferry"), article_id("cranes")
    db.connection.execute("update articles set published_day = null, first_seen = '2026-03-20' where id = ?", [ferry])
    db.connection.execute(
        "update articles set published_day = '2031-01-01', first_seen = '2026-03-11T09:00:00' where id = ?", [cranes]
    )
    newest = got(releases.newest_releases(db, 100))
    assert newest[0].id == ferry
    days = {release.id: release.listed_day for release in newest}
    assert (days[ferry], days[cranes]) == ("2026-03-20", "2026-03-11")
    assert [release.listed_day for release in newest] == sorted(days.values(), reverse=True)


def test_what_came_last_comes_first_whatever_its_day(db: Database) -> None:
    late = "2026-04-01T06:00:00+00:00"
    db.connection.execute(
        "update articles set published_day = '2019-05-05', first_seen = ? where id = ?", [late, article_id("ferry")]
    )
    assert got(releases.last_archived(db, 3))[0].id == article_id("ferry")
    assert got(releases.last_archived(db, 3, "port-of-ister"))[0].id == article_id("ferry")
    assert {one.source for one in got(releases.last_archived(db, 30, "hoshino-lab"))} == {"hoshino-lab"}
    old = got(releases.newest_backfilled(db, 5))
    assert [(one.id, one.listed_day) for one in old] == [(article_id("ferry"), "2019-05-05")]


def test_a_missing_release_is_told_from_a_live_one(db: Database) -> None:
    db.connection.execute("update articles set missing_since = '2026-03-20' where id = ?", [article_id("cranes")])
    missing = {release.id for release in got(releases.newest_releases(db, 100)) if release.missing}
    assert missing == {article_id("cranes")}


def test_releases_come_in_the_order_of_their_ids(db: Database) -> None:
    ids = [article_id("cranes"), article_id("ferry"), article_id("budget")]
    assert [release.id for release in got(releases.releases_with(db, ids))] == ids
    assert got(releases.title_of(db, ids[1])) == (
        "Night ferry to Korrin suspended after engine fire",
        "https://port.ister.example/news/ferry",
        "en",
    )
    assert got(releases.title_of(db, 1)) is None
