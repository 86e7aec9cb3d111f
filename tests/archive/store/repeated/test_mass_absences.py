"""A broken router that shows one page for all releases is no removal of any; what is really taken away is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.core.model import Capture
from archive.ingest.rebuild import rebuild
from archive.store.repeated.mass_absences import MassAbsenceStore
from tests.support.archiving import RECORD, AtOnce, Newsroom, ingesting, later, page, rows, tables

TABLES = (*RECORD, "seen_changes", "mass_absences")
DAYS = (0, 2, 3, 4, 5, 8, 9.5, 10.5)
Shows = Callable[[int, float], str]
"""What the address of a release shows on a day: the release, or another page."""

HOME = (
    "<html lang=en><head><title>Valdora Harbour</title></head><body><h1>Valdora Harbour</h1>"
    + "".join(f"<section><h2><a href=/news/{n}>Section {n} of the path</a></h2></section>" for n in range(8))
    + "</body></html>"
)
LIST = (
    "<html lang=en><head><title>News | Valdora Harbour</title></head><body><nav><a href=/>Home</a></nav><h1>News</h1>"
    + "<p>All news</p><ul>"
    + "".join(
        f"<li><h3><a href=/news/{n}>Section {n} of the coastal path</a></h3><time>2026-03-0{n + 1}</time></li>"
        for n in range(9)
    )
    + "</ul></body></html>"
)
LOST = (
    "<html lang=en><head><title>Page not found</title></head><body><article><h1>Page not found</h1>"
    "<p>Sorry, the page that you asked for could not be found on this server.</p></article></body></html>"
)


def _look(room: Newsroom, number: int, day: float, shown: str) -> Capture:
    at, path = later(days=day, minutes=number), f"/news/{number}"
    if shown == "there":
        return room.answer(path, page(number), at=at)
    if shown == "404":
        return room.answer(path, status=404, at=at)
    if shown == "lost":
        return room.answer(path, LOST, at=at)
    if shown == "newest":
        return room.answer("/news/0", page(0), asked=path, at=at)
    answered, body = ("/", HOME) if shown == "home" else ("/news/", LIST)
    return room.answer(answered, body, asked=path, at=at)


def _captures(directory: Path, releases: int, shows: Shows) -> list[Capture]:
    room = Newsroom(directory)
    return [_look(room, n, day, shows(n, day)) for day in DAYS for n in range(releases)]


def _told(directory: Path, releases: int, shows: Shows) -> dict[str, int]:
    """How many events of each kind there are, besides the first; the same when made again from the WARC files."""
    captures = _captures(directory, releases, shows)
    for start in range(0, len(captures), 11):  # each as if the process had ended behind it
        with ingesting(directory) as ingest:
            ingest.add(captures[start : start + 11])
    before = tables(directory / "archive.db", TABLES)
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db", TABLES) == before
    found = rows(directory / "archive.db", "select kind from events where kind <> 'new'")
    return dict(Counter(row["kind"] for row in found))


def _during(shown: str, begin: float, end: float) -> Shows:
    return lambda number, day: shown if begin <= day < end else "there"


@pytest.mark.parametrize("shown", ["home", "list", "lost", "newest"])
def test_another_page_for_all_releases_for_some_days_is_no_removal_of_any(tmp_path: Path, shown: str) -> None:
    away = _during(shown, 2, 5)
    assert _told(tmp_path, 6, lambda number, day: away(number, day) if number else "there") == {"unavailable": 1}
    (event,) = rows(tmp_path / "archive.db", "select at, detail from events where kind = 'unavailable'")
    assert event["at"].startswith("2026-03-04T09:01")
    assert event["detail"].startswith("another page is in the place of 5 of the 6 releases that were looked at; most")
    assert rows(tmp_path / "archive.db", "select 1 from articles where missing_since is not null") == []


def test_two_groups_that_show_two_pages_are_one_time(tmp_path: Path) -> None:
    shows: Shows = lambda number, day: ("home" if number % 2 else "list") if 2 <= day < 5 else "there"  # noqa: E731
    assert _told(tmp_path, 6, shows) == {"unavailable": 1}


def test_what_does_not_come_back_with_the_others_was_removed(tmp_path: Path) -> None:
    shows: Shows = lambda number, day: "home" if 2 <= day < (99 if number == 3 else 5) else "there"  # noqa: E731
    assert _told(tmp_path, 6, shows) == {"unavailable": 1, "gone": 1}
    (gone,) = rows(tmp_path / "archive.db", "select url, detail, missing_since from events join articles using (url)"
                   " where kind = 'gone'")  # fmt: skip
    assert gone["url"].endswith("/news/3")
    assert gone["detail"].endswith("since 2026-03-04 09:03 UTC")
    assert gone["missing_since"].startswith("2026-03-04T09:03")


def test_what_stays_away_for_a_week_was_removed_at_its_true_time(tmp_path: Path) -> None:
    assert _told(tmp_path, 6, _during("home", 2, 99)) == {"unavailable": 1, "gone": 6}
    gone = rows(tmp_path / "archive.db", "select at, detail from events where kind = 'gone' order by at")
    assert all("2026-03-11T21:00" < one["at"] < "2026-03-11T22:00" for one in gone)
    assert all("since 2026-03-04 09:0" in one["detail"] for one in gone)
    assert len(rows(tmp_path / "archive.db", "select 1 from articles where missing_since < '2026-03-04T09:06'")) == 6


def test_what_is_found_away_after_that_week_counts_at_once(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_look(room, n, 0, "there") for n in range(12)]
    captures += [_look(room, n, day, "home") for day in (2, 3, 6, 9.5) for n in range(6)]
    captures += [_look(room, n, day, "home") for day in (10, 12) for n in range(6, 12)]
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    found = rows(tmp_path / "archive.db", "select kind from events where kind <> 'new'")
    assert Counter(row["kind"] for row in found) == {"unavailable": 1, "missing": 6, "gone": 12}


@pytest.mark.parametrize("removed", [1, 5])
def test_a_smaller_share_was_removed(tmp_path: Path, removed: int) -> None:
    shows: Shows = lambda number, day: "home" if number < removed and day >= 2 else "there"  # noqa: E731
    assert _told(tmp_path, 9, shows) == {"missing": removed, "gone": removed}


def test_a_404_for_all_is_what_the_server_says(tmp_path: Path) -> None:
    assert _told(tmp_path, 6, _during("404", 2, 5)) == {"missing": 6, "gone": 6, "returned": 6}


def test_a_404_that_follows_another_page_counts(tmp_path: Path) -> None:
    shows: Shows = lambda number, day: "there" if day < 2 else "home" if day < 4 else "404"  # noqa: E731
    assert _told(tmp_path, 6, shows) == {"unavailable": 1, "gone": 6}


def test_three_releases_have_too_few_siblings(tmp_path: Path) -> None:
    assert _told(tmp_path, 3, _during("home", 2, 5)) == {"missing": 3, "gone": 3, "returned": 3}


def test_each_look_in_a_crawl_of_its_own(tmp_path: Path) -> None:
    """Checks that are spread over days, and others of the source that are only looked at before and after."""
    room = Newsroom(tmp_path)
    captures = [_look(room, n, n / 10, "there") for n in range(12)]
    captures += [_look(room, n, 3 + n / 2, "home") for n in range(5)]
    captures += [_look(room, n, 6 + n / 10, "there") for n in range(12)]
    for capture in captures:
        with ingesting(tmp_path) as ingest:
            ingest.add([capture])
    found = rows(tmp_path / "archive.db", "select kind from events where kind <> 'new'")
    assert [row["kind"] for row in found] == ["unavailable"]
    with ingesting(tmp_path, "backwards.db") as ingest:
        for capture in reversed(captures):
            ingest.add([capture])
            ingest.flush()
    assert tables(tmp_path / "backwards.db", TABLES) == tables(tmp_path / "archive.db", TABLES)


def test_siblings_that_turn_out_to_be_there_make_it_a_removal(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_look(room, n, 0, "there") for n in range(9)]
    captures += [_look(room, n, day, "home") for day in (2, 3.5) for n in range(5)]
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    assert rows(tmp_path / "archive.db", "select 1 from events where kind in ('missing', 'gone')") == []
    with ingesting(tmp_path) as ingest:
        ingest.add([_look(room, n, 4, "there") for n in range(5, 9)])
    found = rows(tmp_path / "archive.db", "select kind, at from events where kind <> 'new'")
    assert Counter(row["kind"] for row in found) == {"missing": 5, "gone": 5}
    assert all(row["at"] < "2026-03-05" for row in found if row["kind"] == "missing")


def test_releases_that_are_at_new_addresses_have_moved_at_once(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_look(room, n, 0, "there") for n in range(6)]
    captures += [_look(room, n, 2, "home") for n in range(6)]
    captures += [room.answer(f"/2026/{n}", page(n), at=later(days=2, hours=1, minutes=n)) for n in range(6)]
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    found = rows(tmp_path / "archive.db", "select kind, detail from events where kind <> 'new'")
    assert Counter(row["kind"] for row in found) == {"moved": 6, "unavailable": 1}
    assert [row["detail"][-50:] for row in found if row["kind"] == "unavailable"] == [
        "looked at; most were found again by 2026-03-04 10:03 UTC"[-50:]
    ]


def test_it_says_nothing_of_any_however_often_it_comes(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add(_look(room, n, day, "home" if day % 2 else "there") for day in range(21) for n in range(4))
    found = rows(tmp_path / "archive.db", "select kind from events where kind <> 'new'")
    assert Counter(row["kind"] for row in found) == {"unavailable": 10}


def test_looks_that_come_late_end_an_earlier_time_for_the_later_ones_too(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_look(room, n, 0, "there") for n in range(8)]
    captures += [_look(room, n, 2, "home") for n in range(4)]
    late = [_look(room, n, 10, "there") for n in range(4)]
    captures += [_look(room, n, 11, "home") for n in range(4, 8)]
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    kinds = "select kind from events where kind <> 'new'"
    assert Counter(row["kind"] for row in rows(tmp_path / "archive.db", kinds)) == {"unavailable": 1, "missing": 4}
    with ingesting(tmp_path) as ingest:
        ingest.add(late)
    assert Counter(row["kind"] for row in rows(tmp_path / "archive.db", kinds)) == {"unavailable": 2}
    before = tables(tmp_path / "archive.db", TABLES)
    rebuild(tmp_path, AtOnce())
    assert tables(tmp_path / "archive.db", TABLES) == before


def _late_and_in_order(directory: Path, captures: list[Capture], late: Capture) -> list[dict[str, object]]:
    """The events besides the first, the same whether a capture came late or in the order of time."""
    in_order = sorted([late, *captures], key=lambda capture: capture.fetched_at)
    for name, parts in (("late.db", (captures, [late])), ("archive.db", (in_order,))):
        for part in parts:
            with ingesting(directory, name) as ingest:
                ingest.add(part)
    assert tables(directory / "late.db", TABLES) == tables(directory / "archive.db", TABLES)
    return rows(directory / "late.db", "select kind, detail from events where kind <> 'new'")


def test_a_late_404_takes_a_release_out_of_a_time_that_it_was_the_last_of(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_look(room, n, day, "home" if day else "there") for day in (0, 2, 4) for n in range(4)]
    found = _late_and_in_order(tmp_path, captures, _look(room, 3, 1, "404"))
    assert Counter(row["kind"] for row in found) == {"missing": 4, "gone": 4}


def test_a_release_that_was_away_long_before_is_none_of_those_that_are_there(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_look(room, n, 0, "there") for n in range(5)]
    captures += [_look(room, n, 12, "home") for n in range(4)] + [_look(room, 4, 13, "there")]
    found = _late_and_in_order(tmp_path, captures, _look(room, 4, 1, "home"))
    assert ["4 of the 4 releases" in str(row["detail"]) for row in found if row["kind"] == "unavailable"] == [True]


def test_a_page_that_is_no_release_after_all_is_none_of_those_that_are_there(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add([_look(room, n, day, "home" if day and n < 4 else "there") for day in (0, 2, 4) for n in range(7)])
    assert rows(tmp_path / "archive.db", "select 1 from events where kind = 'unavailable'") == []
    with ingesting(tmp_path) as ingest, ingest.store.writing() as db:
        (article,) = db.execute("select id from articles where url like '%/news/6'").fetchone()
        looks = list(db.query("select * from captures where article_id = ?", (article,)))
        db.execute("update captures set article_id = null where article_id = ?", (article,))  # as reading it again does
        ingest.captures.histories._forget(article, looks)
        for other in ingest.captures.mass.settle():
            ingest.captures.queue.add(other)
    found = rows(tmp_path / "archive.db", "select kind from events where kind <> 'new'")
    assert [row["kind"] for row in found] == ["unavailable"]


def test_a_release_that_was_away_and_is_back_is_not_weighed_with_each_reading_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Newsroom(tmp_path)
    shown = ((0, "there"), (2, "home"), (4, "there"), (5, "there"))
    with ingesting(tmp_path) as ingest:
        ingest.add([_look(room, n, day, what) for day, what in shown for n in range(6)])
    weighed: list[str] = []
    settle = MassAbsenceStore._settle

    def noted(store: MassAbsenceStore, source: str, moments: set[str]) -> set[int]:
        weighed.append(source)
        return settle(store, source, moments)

    monkeypatch.setattr(MassAbsenceStore, "_settle", noted)
    with ingesting(tmp_path) as ingest:
        ingest.read_again(row["id"] for row in rows(tmp_path / "archive.db", "select id from articles"))
    assert weighed == []


def test_what_was_weighed_long_before_is_not_weighed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[str] = []
    there = MassAbsenceStore._there

    def noted(store: MassAbsenceStore, source: str, at: str, until: str, most: int) -> int:
        weighed.append(at)
        return there(store, source, at, until, most)

    monkeypatch.setattr(MassAbsenceStore, "_there", noted)
    room = Newsroom(tmp_path)
    for day in range(20):
        weighed.clear()
        with ingesting(tmp_path) as ingest:
            ingest.add(_look(room, n, day, "home" if day % 2 and n < 4 + day % 4 else "there") for n in range(9))
        assert not day or all(at >= later(days=day - 8).isoformat() for at in weighed)
    found = rows(tmp_path / "archive.db", "select kind from events where kind = 'unavailable'")
    assert len(found) == 5, "with four of nine there was none, with six there was one"
    before = tables(tmp_path / "archive.db", TABLES)
    rebuild(tmp_path, AtOnce())
    assert tables(tmp_path / "archive.db", TABLES) == before


def test_a_page_that_is_none_after_all_is_weighed_where_it_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        for day in (0, 2, 4, 40, 42, 44):
            ingest.add(
                _look(room, n, day, "home" if day % 40 and n < 4 else "there") for n in range(7) if n < 6 or day < 9
            )
    weighed: list[str] = []

    def noted(store: MassAbsenceStore, source: str, at: str, until: str, most: int) -> int:
        weighed.append(at)
        return most

    monkeypatch.setattr(MassAbsenceStore, "_there", noted)
    with ingesting(tmp_path) as ingest, ingest.store.writing() as db:
        (article,) = db.execute("select id from articles where url like '%/news/6'").fetchone()
        ingest.captures.histories._forget(article, list(db.query("select * from captures where url like '%/news/6'")))
        ingest.captures.mass.settle()
    assert weighed
    assert all(at < later(days=9).isoformat() for at in weighed)


def test_a_page_that_is_none_after_all_where_nothing_was_away_is_forgotten(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add(_look(room, n, day, "there") for day in (0, 2) for n in range(3))
    with ingesting(tmp_path) as ingest, ingest.store.writing() as db:
        looks = list(db.query("select * from captures where url like '%/news/2'"))
        db.execute("update captures set article_id = null where url like '%/news/2'")  # as reading it again does
        ingest.captures.histories._forget(looks[0]["article_id"], looks)
        assert ingest.captures.mass.settle() == set()
    assert len(rows(tmp_path / "archive.db", "select 1 from articles")) == 2
