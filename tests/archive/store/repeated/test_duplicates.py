"""The same text at several addresses, and what a source answers where nothing is, in whatever order it comes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from archive.core.model import Capture
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
