"""The same text at several addresses, and what a source answers where nothing is, in whatever order it comes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from archive.core.model import Capture, Link
from archive.ingest.session import IngestSession
from tests.support.archiving import HOST, Newsroom, ingesting, later, page, rows

LOST = "Nobody at the harbour knows of such a page. Perhaps the tide took it, as it takes much in autumn."


def _lost(title: str = "Lost at sea") -> str:
    return page(0, LOST, title=title)


def _look(directory: Path, captures: list[Capture]) -> dict[str, list[str]]:
    """What is told of each address; every capture is entered by itself."""
    with ingesting(directory) as ingest:
        for capture in captures:
            ingest.add([capture])
            ingest.flush()
    told: dict[str, list[str]] = {}
    for row in rows(directory / "archive.db", "select url, kind from events order by at, rowid"):
        told.setdefault(row["url"].removeprefix(HOST), []).append(row["kind"])
    return told


@pytest.mark.parametrize("asked_first", [True, False])
def test_what_says_the_same_as_a_missing_address_is_gone_and_no_article(tmp_path: Path, asked_first: bool) -> None:
    room = Newsroom(tmp_path)
    probe = room.answer("/news/no-such", _lost(), kind="probe", at=later(days=1))
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    soft = [room.answer("/news/1-path", _lost(), at=later(days=day)) for day in (1, 3)]
    soft.append(room.answer("/news/9-never", _lost("Lost at sea!"), at=later(days=3)))
    told = _look(tmp_path, [*captures, *([probe, *soft] if asked_first else [*soft, probe])])
    assert told["/news/1-path"] == ["new", "missing", "gone"]
    assert "/news/9-never" not in told
    (article,) = rows(tmp_path / "archive.db", "select * from articles where url like '%1-path'")
    assert (article["status"], "Ilva Renn" in article["text"], article["revisions"]) == ("gone", True, 1)


@pytest.mark.parametrize("status", [200, 301])
def test_a_probe_that_answers_with_an_article_says_nothing_of_missing_ones(tmp_path: Path, status: int) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    if status == 200:
        elsewhere = page(1, canonical="/news/1-path").replace("path-", "")
        captures.append(room.answer("/news/no-1-path", elsewhere, kind="probe", at=later(days=1)))
    else:
        captures.append(room.answer("/news/1-path", page(1), kind="probe", asked="/news/no", at=later(days=1)))
    captures.append(room.answer("/news/1-path", page(1, title=""), at=later(days=2)))
    assert _look(tmp_path, captures)["/news/1-path"] == ["new"]
    assert rows(tmp_path / "archive.db", "select * from soft404_samples") == []


@pytest.mark.parametrize("asked_first", [True, False])
def test_a_server_that_ignores_the_end_of_an_address_loses_no_release(tmp_path: Path, asked_first: bool) -> None:
    room = Newsroom(tmp_path)
    release = room.answer("/press/4017/the-path", page(1))
    probe = room.answer("/press/4017/no-such", page(1), kind="probe", at=later(days=-1 if asked_first else 1))
    told = _look(tmp_path, [probe, release] if asked_first else [release, probe])
    assert told == {"/press/4017/the-path": ["new"]}


def test_what_a_missing_address_answers_is_kept_once_however_its_folder_is_called(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    probes = [
        room.answer(f"/press/harbour-news/no-such-page-{day}", _lost(), kind="probe", at=later(days=day))
        for day in (1, 8, 15)
    ]
    _look(tmp_path, probes)
    assert len(rows(tmp_path / "archive.db", "select * from soft404_samples")) == 1
    marks = rows(tmp_path / "archive.db", "select distinct text_mark, title_mark from captures where kind = 'probe'")
    assert marks == [{"text_mark": None, "title_mark": None}], "no template changes what the archive tells of a probe"


def test_a_text_that_came_to_stand_at_several_other_addresses_is_a_soft_404(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(40)]
    everywhere = [
        room.answer(f"/news/{n}-path", page(0, LOST, title=f"Notice {n}"), at=later(days=day, minutes=n))
        for day in (1, 3)
        for n in (1, 2, 3)
    ]
    told = _look(tmp_path, [*captures, *everywhere])
    for n in (1, 2, 3):
        assert "edited" not in told[f"/news/{n}-path"]


def test_a_source_is_asked_for_a_missing_address_at_most_weekly(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        keeping = IngestSession(ingest.store, ingest, {})
        beside = f"{HOST}/news/1-path"
        assert keeping.probe("valdora", beside, later()).startswith(f"{HOST}/news/no-such-page-2026")
        ingest.add([room.answer("/news/no-such", status=404, kind="probe")])
        ingest.flush()
        assert keeping.probe("valdora", beside, later(days=6)) == ""
        assert keeping.probe("valdora", beside, later() + timedelta(days=8)) != ""
        assert keeping.probe("other", beside, later(days=6)) != ""


def test_a_page_that_a_probe_showed_to_be_missing_is_read_anew_and_does_not_return(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    soft = room.answer("/news/1-path", _lost(), at=later(days=1))
    probe = room.answer("/news/no-such", _lost(), kind="probe", at=later(days=1))
    _look(tmp_path, [*(room.answer(f"/news/{n}-path", page(n)) for n in range(3)), soft])
    (before,) = rows(tmp_path / "archive.db", "select digest from urls where url like '%1-path'")
    assert before["digest"] == soft.digest, "what looked like an edit is known by its bytes"
    _look(tmp_path, [probe])
    (after,) = rows(tmp_path / "archive.db", "select digest, etag, last_modified from urls where url like '%1-path'")
    assert after == {"digest": "", "etag": "", "last_modified": ""}, "the next answer is fetched and judged in full"


def _list(shown: str, heading: str = "News") -> str:
    """A page of links as it is recognised, with a line above them."""
    items = "".join(
        f"<li><h3><a href=/news/{n}-path>Section {n} of the coastal path</a></h3><time>2026-03-0{n + 1}</time></li>"
        for n in range(9)
    )
    return (
        f"<html lang=en><head><title>{heading} | Valdora Harbour</title></head><body><nav><a href=/>Home</a> <a"
        f" href=/news/>News</a></nav><h1>{heading}</h1><p>{shown}</p><ul>{items}</ul></body></html>"
    )


def _front(room: Newsroom, path: str, body: str, day: int) -> Capture:
    return room.answer(path, body, kind="probe", link=Link(f"{HOST}{path}"), at=later(days=day))


@pytest.mark.parametrize("asked_first", [True, False])
def test_a_list_that_a_server_shows_for_a_release_is_a_removal_once_the_list_is_known(
    tmp_path: Path, asked_first: bool
) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    shown = [room.answer("/news/1-path", _list("All that is new"), at=later(days=day)) for day in (1, 3)]
    other = room.answer("/news/2-path", _list("All of last year", "Press releases"), at=later(days=3))
    fronts = [_front(room, "/news/", _list("All that is new"), 3), _front(room, "/", _list("Who we are", "Port"), 3)]
    told = _look(tmp_path, [*captures, *([*fronts, *shown, other] if asked_first else [*shown, other, *fronts])])
    assert told["/news/1-path"] == ["new", "missing", "gone"]
    assert told["/news/2-path"] == ["new", "trouble"], "another list is no proof"
    assert told["/news/0-path"] == ["new"]


@pytest.mark.parametrize("asked_first", [True, False])
def test_a_home_page_that_is_read_as_a_text_is_no_edit_of_the_release_in_whose_place_it_stands(
    tmp_path: Path, asked_first: bool
) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    home = page(0, LOST, title="The harbour that never sleeps")
    shown = [room.answer("/news/1-path", home, at=later(days=day)) for day in (1, 3)]
    fronts = [_front(room, "/", home, 3), _front(room, "/news/", _list("All that is new"), 3)]
    told = _look(tmp_path, [*captures, *([*fronts, *shown] if asked_first else [*shown, *fronts])])
    assert told["/news/1-path"] == ["new", "missing", "gone"]


def test_a_home_page_that_shows_its_newest_release_in_full_takes_it_not_away(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [_front(room, "/", page(1), 0), *(room.answer(f"/news/{n}-path", page(n)) for n in range(3))]
    called = page(1, title="The path is shut after all")
    captures += [_front(room, "/", called, 1)]
    captures += [room.answer("/news/1-path", called, at=later(days=day)) for day in (1, 3)]
    assert _look(tmp_path, captures)["/news/1-path"] == ["new", "edited"]


def test_what_home_page_and_list_show_alike_is_an_outage_and_no_removal(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    wall = page(0, LOST, title="One moment")
    captures += [room.answer("/news/no-such", wall, kind="probe", at=later(days=1))]
    captures += [room.answer("/news/1-path", wall, at=later(days=day)) for day in (1, 3)]
    fronts = [_front(room, path, wall, 3) for path in ("/", "/news/")]
    back = room.answer("/news/1-path", page(1), at=later(days=4))
    assert _look(tmp_path, [*captures, *fronts, back])["/news/1-path"] == ["new", "trouble"]


def test_the_front_pages_are_asked_for_only_in_doubt_and_once_a_day(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        keeping = IngestSession(ingest.store, ingest, {})
        ingest.add([room.answer(f"/news/{n}-path", page(n)) for n in range(3)])
        ingest.flush()
        assert not keeping.is_in_doubt("valdora", later(days=400))
        ingest.add([room.answer("/news/1-path", _list("All that is new"), at=later(days=1))])
        ingest.flush()
        assert keeping.is_in_doubt("valdora", later(days=400))
        assert not keeping.is_in_doubt("valdora", later(days=1)), "the article is not due"
        assert not keeping.is_in_doubt("other", later(days=400))
        ingest.add([_front(room, "/news/", _list("Something else"), 400)])
        ingest.flush()
        assert not keeping.is_in_doubt("valdora", later(days=400, minutes=60))
        assert keeping.is_in_doubt("valdora", later(days=402))


_SORRY = (
    "<html lang=en><head><title>{0} | Valdora Harbour</title></head><body><nav><a href=/>Home</a></nav><h1>{0}</h1>"
    "<p>{1}</p><ul><li><a href=/news/0-path>The path</a><li><a href=/news/2-path>The pier</a></ul></body></html>"
)


@pytest.mark.parametrize("asked_first", [True, False])
def test_next_to_no_text_that_a_missing_address_has_too_is_a_removal(tmp_path: Path, asked_first: bool) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    sorry, other = (_SORRY.format(title, "It went out with the tide of this morning.") for title in ("Ebb", "Berths"))
    probe = room.answer("/news/no-such", sorry, kind="probe", at=later(days=-1))
    shown = [room.answer("/news/1-path", sorry, at=later(days=day)) for day in (1, 3)]
    shown += [room.answer("/news/2-path", other, at=later(days=day)) for day in (1, 3)]
    told = _look(tmp_path, [*captures, *([probe, *shown] if asked_first else [*shown, probe])])
    assert told["/news/1-path"] == ["new", "missing", "gone"]
    assert told["/news/2-path"] == ["new", "trouble"]


@pytest.mark.parametrize("status", [200, 304])
def test_so_is_a_list_that_was_shown_for_missing_addresses_while_the_release_stood(tmp_path: Path, status: int) -> None:
    room = Newsroom(tmp_path)
    archive = _list("All of last year", "Press releases")
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    captures.append(room.answer("/news/no-such", archive, kind="probe", at=later(days=1)))
    captures.append(room.answer("/news/1-path", page(1) if status == 200 else "", status=status, at=later(days=2)))
    captures += [
        room.answer(f"/news/{n}-path", archive, at=later(days=day, minutes=n)) for day in (3, 5) for n in (1, 2)
    ]
    told = _look(tmp_path, captures)
    assert told["/news/1-path"] == ["new", "missing", "gone"]
    assert told["/news/2-path"] == ["new", "trouble"], "nobody saw it since the site began to show that list"


def test_a_page_that_shows_nothing_without_its_scripts_takes_no_release_away(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    shell = "<html><head><title>Valdora Harbour</title></head><body><nav>Home</nav><div id=app></div></body></html>"
    captures = [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    captures.append(room.answer("/news/no-such", shell, kind="probe", at=later(days=1)))
    captures += [room.answer("/news/1-path", shell, at=later(days=day)) for day in (1, 3)]
    assert _look(tmp_path, captures)["/news/1-path"] == ["new", "trouble"]


def test_what_a_relaunched_newsroom_shows_at_every_address_takes_no_release_away(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    shell = _SORRY.format("Valdora Harbour", "Pier 4, open from eight to four, and on Sundays by request.")
    captures = [room.answer("/news/no-such", status=404, kind="probe")]
    captures += [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    captures += [room.answer(f"/news/{n}-path", shell, at=later(days=7, minutes=n)) for n in range(3)]
    captures += [room.answer("/news/no-such", shell, kind="probe", at=later(days=7, minutes=9))]
    captures += [_front(room, "/", _list("All that is new"), 8), _front(room, "/news/", _list("What we do", "Port"), 8)]
    captures += [room.answer(f"/news/{n}-path", status=304, at=later(days=8, minutes=n)) for n in range(3)]
    captures += [room.answer(f"/news/{n}-path", shell, at=later(days=10, minutes=n)) for n in range(3)]
    told = _look(tmp_path, captures)
    assert all("trouble" in one and not {"missing", "gone"} & {*one} for one in told.values())


@pytest.mark.parametrize("read", [False, True])
def test_a_wall_before_a_site_whose_home_page_is_its_list_takes_no_release_away(tmp_path: Path, read: bool) -> None:
    room = Newsroom(tmp_path)
    captures = [_front(room, "/", _list("All that is new"), 0)]
    captures += [room.answer(f"/news/{n}-path", page(n)) for n in range(3)]
    wall = page(0, LOST, title="Where are you?") if read else _list("Where are you?", "Choose a harbour")
    captures += [room.answer("/news/1-path", wall, at=later(days=1)), _front(room, "/", wall, 3)]
    captures += [room.answer("/news/1-path", wall, at=later(days=day)) for day in (3, 5)]
    assert not {"missing", "gone"} & {*_look(tmp_path, captures)["/news/1-path"]}
