"""Redirects that nobody followed, and moves with edits, in whatever order the captures come."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from archive.core.model import Capture
from tests.support.archiving import HOST, RECORD, Newsroom, full, ingesting, later, page, rows, story, tables

NEW, OLD = "/2026/the-path", "/news/1-path"


def _stub(target: str) -> str:
    return f'<html><head><title>Moved</title><meta http-equiv="refresh" content="0; url={full(target)}"></head></html>'


def _redirect(room: Newsroom, target: str, days: float, how: str) -> Capture:
    if how == "stub":
        return room.answer(OLD, _stub(target), at=later(days=days))
    return room.answer(OLD, "", at=later(days=days), status=301, headers=[("Location", full(target))])


def _told(directory: Path, captures: list[Capture], *, one_by_one: bool = True) -> dict[str, list[str]]:
    with ingesting(directory) as ingest:
        for capture in captures if one_by_one else ():
            ingest.add([capture])
            ingest.flush()
        ingest.add(captures)
    found: dict[str, list[str]] = {}
    for row in rows(directory / "archive.db", "select url, kind from events order by at, rowid"):
        found.setdefault(row["url"].removeprefix(HOST), []).append(row["kind"])
    return found


def _told_in_any_order(directory: Path, captures: list[Capture]) -> dict[str, list[str]]:
    """The events, which are the same in whatever order the captures come."""
    seen = []
    for number, order in enumerate(itertools.permutations(captures)):
        name = f"{number}.db"
        with ingesting(directory, name) as ingest:
            for capture in order:
                ingest.add([capture])
                ingest.flush()
        seen.append(tables(directory / name, RECORD))
    assert all(one == seen[0] for one in seen)
    return _told(directory, captures)


@pytest.mark.parametrize("how", [pytest.param("stub", marks=pytest.mark.soak), "status"])
@pytest.mark.parametrize(
    ("there", "told"),
    [
        (page(1), ["new", "moved"]),
        (page(1, story(1, " Rain is expected.")), ["new", "edited", "moved"]),
        (page(1, title="Section one of the path is open"), ["new", "edited", "moved"]),
        (page(2), ["new", "missing"]),
        (page(5, "Nobody was here at all, and no ship came in all that long and quiet week."), ["new", "missing"]),
    ],
)  # fmt: skip
def test_a_redirect_that_nobody_followed_is_a_move_in_any_order(
    tmp_path: Path, how: str, there: str, told: list[str]
) -> None:
    room = Newsroom(tmp_path)
    captures = [
        room.answer(OLD, page(1)),
        _redirect(room, NEW, 2, how),
        room.answer(NEW, there, at=later(days=2, minutes=1)),
    ]
    assert _told_in_any_order(tmp_path, captures)[OLD] == told


def test_a_redirect_to_where_nothing_is_known_is_gone_once_that_is_certain(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(OLD, page(1)), *(_redirect(room, NEW, days, "stub") for days in (2, 3, 4))]
    assert _told(tmp_path, captures)[OLD] == ["new", "gone"]


def test_a_redirect_to_another_site_is_a_move_that_the_detail_names(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    away = "https://archive.other.example/1"
    captures = [room.answer(OLD, page(1)), *(_redirect(room, away, days, "status") for days in (2, 3, 4))]
    assert _told(tmp_path, captures)[OLD] == ["new", "moved"]
    (event,) = rows(tmp_path / "archive.db", "select detail from events where kind = 'moved'")
    assert away in event["detail"]
    (article,) = rows(tmp_path / "archive.db", "select status, moved_to from articles")
    assert (article["status"], article["moved_to"]) == ("moved", None)


@pytest.mark.parametrize("known", [True, False])
def test_what_the_own_address_of_an_article_answers_counts_whoever_led_there(tmp_path: Path, known: bool) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(OLD, page(1))]
    if known:
        captures.append(room.answer(OLD, page(1), asked="/go/1", at=later(hours=1)))
    captures += [room.answer(OLD, "", asked="/go/1", status=404, at=later(days=days)) for days in (2, 4)]
    assert _told_in_any_order(tmp_path, captures)[OLD] == ["new", "missing", "gone"]


def test_an_alias_that_led_to_another_article_says_what_its_target_answers(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [
        room.answer("/news/2-path", page(2), asked="/latest"),
        room.answer(OLD, page(1)),
        *(room.answer(OLD, "", asked="/latest", status=404, at=later(days=days)) for days in (2, 4)),
    ]
    told = _told(tmp_path, captures)
    assert (told[OLD], told["/news/2-path"]) == (["new", "missing", "gone"], ["new"])


@pytest.mark.parametrize("lead", ["301", "404"])
@pytest.mark.parametrize("days", [1, 3, 6])
def test_a_newsroom_that_moves_to_another_site_under_other_addresses_moved_article_by_article(
    tmp_path: Path, lead: str, days: float
) -> None:
    room, new = Newsroom(tmp_path), "https://www.newhall.example"
    captures = [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(4)]
    headers = [("Location", f"{new}/")] if lead == "301" else []
    for day in (2, 4, 5):
        captures += [
            room.answer(f"/news/{n}-path", "", at=later(days=day, minutes=n), status=int(lead), headers=headers)
            for n in range(4)
        ]
    edited = page(3, story(3, " Rain is expected."))
    captures += [
        room.answer(f"{new}/press/item-{90 + n}", edited if n == 3 else page(n), at=later(days=days, minutes=n))
        for n in range(4)
    ]
    captures.sort(key=lambda capture: capture.fetched_at)
    _told(tmp_path, captures)
    links = "select old.url as old, new.url as new from articles old join articles new on new.id = old.moved_to"
    found = {row["old"]: row["new"] for row in rows(tmp_path / "archive.db", f"{links} where old.status = 'moved'")}
    assert found == {full(f"/news/{n}-path"): f"{new}/press/item-{90 + n}" for n in range(4)}
    with ingesting(tmp_path, "late.db") as ingest:
        for capture in reversed(captures):
            ingest.add([capture])
            ingest.flush()
    assert tables(tmp_path / "late.db", RECORD) == tables(tmp_path / "archive.db", RECORD)


def test_a_page_that_shows_an_error_message_is_trouble_and_no_article(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    error = "<html><body><p>Fatal error: Uncaught Error: Call to undefined function path() in /srv/p.php on line 9</p>"
    error += "<p>Stack trace: #0 {main} thrown in /srv/p.php on line 9</p></body></html>"
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    captures += [room.answer(f"/news/{n}-path", error, at=later(days=1)) for n in range(5)]
    captures += [
        room.answer(f"/news/{n}-path", "", status=404, at=later(days=days)) for n in range(3) for days in (2, 4)
    ]
    told = _told(tmp_path, captures)
    assert set(told) == {f"/news/{n}-path" for n in range(3)}
    assert all(kinds == ["new", "trouble", "missing", "gone"] for kinds in told.values())
