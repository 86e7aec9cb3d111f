"""What becomes of a release that comes up at another address, by what its own address says then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive.core.model import Capture
from archive.ingest.rebuild import rebuild
from archive.store.database import Store
from archive.store.frontier import pending
from archive.store.repeated.moves import is_one_asked_at_once
from tests.support.archiving import AtOnce, Newsroom, ingesting, later, page, rows, story, tables

OLD, NEW = "/news/4-path", "/archive/2026/4-path"
Look = Callable[[Newsroom], Sequence[Capture]]


def _archive(directory: Path, *looks: Sequence[Capture]) -> None:
    """Crawls on days that follow each other, each with what it fetched."""
    with ingesting(directory) as ingest:
        for day, captures in enumerate(looks):
            with ingest.store.writing() as db:
                db.execute("insert or ignore into sources (name) values ('valdora')")
            ingest.store.begin_run("valdora", later(days=day))
            ingest.add(captures)
            ingest.flush()


def _told(directory: Path) -> list[tuple[str, str]]:
    found = rows(directory / "archive.db", "select kind, url from events order by at, rowid")
    return [(row["kind"], row["url"].rpartition(".example")[2]) for row in found]


def _is_asked(directory: Path, day: int) -> bool:
    with Store(directory / "archive.db") as store:
        return is_one_asked_at_once(store.db, "valdora", later(days=day), later(days=day, hours=9))


def _gone(room: Newsroom) -> Sequence[Capture]:
    return [room.answer(OLD, status=404, at=later(days=1, minutes=2))]


def _redirected(room: Newsroom) -> Sequence[Capture]:
    headers = [("Location", f"https://press.valdora.example{NEW}")]
    return [
        room.answer(OLD, status=301, kind="redirect", headers=headers, at=later(days=1, minutes=2)),
        room.answer(NEW, page(4), asked=OLD, at=later(days=1, minutes=3)),
    ]


def _canonical(room: Newsroom) -> Sequence[Capture]:
    return [room.answer(OLD, page(4, canonical=NEW), at=later(days=1, minutes=2))]


@pytest.mark.parametrize("look", [_gone, _redirected, _canonical])
def test_a_release_whose_address_no_longer_has_it_has_moved_and_is_not_new(look: Look, tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    first = [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(6)]
    _archive(tmp_path, first, [room.answer(NEW, page(4), at=later(days=1))])
    assert _told(tmp_path)[6:] == [("new", NEW)]
    assert _is_asked(tmp_path, 1)
    with ingesting(tmp_path) as ingest:
        ingest.add(look(room))
        ingest.flush()
    assert _told(tmp_path)[6:] == [("moved", OLD)]
    assert not _is_asked(tmp_path, 1)
    (old,) = rows(tmp_path / "archive.db", "select * from articles where status = 'moved'")
    (new,) = rows(tmp_path / "archive.db", "select * from articles where id = ?", old["moved_to"])
    assert (new["text"], new["url"].endswith(NEW)) == (old["text"], True)
    before = tables(tmp_path / "archive.db")
    rebuild(tmp_path, AtOnce())
    assert tables(tmp_path / "archive.db") == before


def test_a_release_that_stays_at_its_address_was_published_twice(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    first = [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(6)]
    there = room.answer(OLD, page(4), at=later(days=1, minutes=2))
    _archive(tmp_path, first, [room.answer(NEW, page(4), at=later(days=1)), there])
    assert not _is_asked(tmp_path, 1)
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer(OLD, status=404, at=later(days=9)), room.answer(OLD, status=404, at=later(days=11))])
        ingest.flush()
    assert _told(tmp_path)[6:] == [("new", NEW), ("missing", OLD), ("gone", OLD)]


def test_an_old_address_that_has_the_release_again_makes_the_other_a_new_one(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    _archive(tmp_path, [room.answer(OLD, page(4))], [room.answer(NEW, page(4), at=later(days=1)), *_gone(room)])
    assert _told(tmp_path) == [("new", OLD), ("moved", OLD)]
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer(OLD, page(4), at=later(days=3))])
        ingest.flush()
    assert _told(tmp_path) == [("new", OLD), ("new", NEW), ("moved", OLD), ("returned", OLD)]


def _asked_again(directory: Path) -> list[str]:
    with Store(directory / "archive.db") as store:
        return [link.url for link in pending(store.db, "valdora", later(days=99), 9)]


@pytest.mark.parametrize("status", [404, 503, 200])
def test_where_a_release_moved_from_is_asked_when_it_is_missing_there(status: int, tmp_path: Path) -> None:
    """A move that was taken back. An address that does not answer then is asked a few times more."""
    room = Newsroom(tmp_path)
    _archive(tmp_path, [room.answer(OLD, page(4))], _redirected(room))
    assert (_told(tmp_path), _asked_again(tmp_path)) == ([("new", OLD), ("moved", OLD)], [])
    with ingesting(tmp_path) as ingest:
        ingest.add([room.answer(NEW, status=404, at=later(days=2))])
        ingest.flush()
    assert _asked_again(tmp_path) == [f"https://press.valdora.example{OLD}"]
    with ingesting(tmp_path) as ingest:
        body = page(4) if status == 200 else ""
        ingest.add([room.answer(OLD, body, at=later(days=2, minutes=1), status=status)])
        ingest.flush()
    assert _told(tmp_path)[-1] == (("returned", OLD) if status == 200 else ("missing", NEW))
    assert bool(_asked_again(tmp_path)) == (status == 503)


@pytest.mark.parametrize(("text", "is_asked"), [(story(40), False), (story(4, " It rained."), True)])
def test_under_an_equal_title_and_day_most_of_the_text_puts_an_address_in_doubt(
    text: str, is_asked: bool, tmp_path: Path
) -> None:
    room = Newsroom(tmp_path)
    twins = [room.answer(f"/news/{n}-path", page(n, title="Tide tables"), at=later(minutes=n)) for n in (4, 5)]
    _archive(tmp_path, twins, [room.answer(NEW, page(4, text, title="Tide tables"), at=later(days=1))])
    assert _is_asked(tmp_path, 1) == is_asked


def test_what_one_crawl_finds_at_two_addresses_is_not_asked_for_again(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    _archive(tmp_path, [room.answer(OLD, page(4), at=later(hours=1)), room.answer(NEW, page(4), at=later(hours=2))])
    assert not _is_asked(tmp_path, 1)
    assert _told(tmp_path) == [("new", OLD), ("new", NEW)]
