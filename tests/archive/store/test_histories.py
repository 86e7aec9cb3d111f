"""The rows of an article: a step for each look, and gone through as a whole only when something else says more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from archive.core.model import Capture
from archive.history import replay as replaying
from archive.ingest.rebuild import rebuild
from archive.store import histories
from archive.store.status import dropped
from tests.support.archiving import AtOnce, Newsroom, full, ingesting, later, page, rows, story, tables

LOOKS = 8
NEAR = story(1).replace("volunteers", "helpers")


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many observations the histories that are gone through as a whole have, each time."""
    lengths: list[int] = []

    def replay(observations: Iterable[Any], *values: Any) -> Any:
        found = list(observations)
        lengths.append(len(found))
        return replaying.replay(found, *values)

    with monkeypatch.context() as patch:
        patch.setattr(histories, "replay", replay)
        yield lengths


def entered(directory: Path, looks: Iterable[Iterable[Capture]]) -> dict[str, list[tuple[Any, ...]]]:
    """The tables after each look was entered by itself; a rebuild gives the same."""
    with ingesting(directory) as ingest:
        for captures in looks:
            ingest.add(captures)
            ingest.flush()
    found = tables(directory / "archive.db")
    (directory / "archive.db").unlink()
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db") == found
    return found


def kinds(directory: Path, end: str) -> list[str]:
    sql = "select kind from events where url like ? order by at, rowid"
    return [row["kind"] for row in rows(directory / "archive.db", sql, f"%{end}")]


def test_an_article_that_is_missing_beside_a_near_one_is_gone_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Newsroom(tmp_path)
    looks = [[room.answer("/b", page(1, NEAR)), room.answer("/a", page(1), at=later(hours=1))]]
    looks += [[room.answer("/a", status=404, at=later(days=day))] for day in range(1, LOOKS)]
    with counted(monkeypatch) as lengths, ingesting(tmp_path) as ingest:
        for captures in looks:
            ingest.add(captures)
            ingest.flush()
        assert len(lengths) <= 3  # the first reading of each, and the first time that one is missing
        assert sum(lengths) < 2 * LOOKS
    entered(tmp_path, ())
    assert kinds(tmp_path, "/a") == ["new", "missing", "gone"]


def test_what_is_missing_again_after_it_returned_is_looked_for_again(tmp_path: Path) -> None:
    """Also where both are in one batch: what came up elsewhere meanwhile is where it moved to."""
    room = Newsroom(tmp_path)
    looks = [
        [room.answer("/a", page(1))],
        [room.answer("/a", status=404, at=later(days=1))],
        [
            room.answer("/a", page(1), at=later(days=2)),
            room.answer("/b", page(1, NEAR), at=later(days=2, hours=1)),
            room.answer("/a", status=404, at=later(days=3)),
        ],
    ]
    entered(tmp_path, looks)
    assert kinds(tmp_path, "/a")[-1] == "moved"


def test_a_redirect_that_nobody_followed_is_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Newsroom(tmp_path)
    away = [("Location", full("/b"))]
    looks = [[room.answer("/a", page(1))], [room.answer("/b", page(1, NEAR), at=later(hours=1))]]
    looks += [[room.answer("/a", status=301, headers=away, at=later(days=day))] for day in range(1, LOOKS)]
    with counted(monkeypatch) as lengths, ingesting(tmp_path) as ingest:
        for captures in looks:
            ingest.add(captures)
            ingest.flush()
        assert sum(lengths) < 2 * LOOKS
    entered(tmp_path, ())
    assert kinds(tmp_path, "/a")[-1] == "moved"
    assert "gone" not in kinds(tmp_path, "/a")


def test_an_article_of_which_cleaning_leaves_nothing_is_dropped_with_the_reason(tmp_path: Path) -> None:
    room, parts = Newsroom(tmp_path), [story(number) for number in range(5)]
    with ingesting(tmp_path) as ingest:
        for number in range(8):
            text = "\n\n".join(parts[number % 5 :] + parts[: number % 5])
            ingest.add([room.answer(f"/{number}", page(number, text))])
            ingest.flush()
        ingest.flush_step()
    assert rows(tmp_path / "archive.db", "select count(*) as n from articles") == [{"n": 0}]
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        assert [(one.reason, one.count) for one in dropped(connection)] == [("no text was found in the page", 8)]


def test_a_caption_goes_with_its_picture_however_the_history_is_told(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    seen = ("pier in early spring", "pier in late autumn", "lighthouse in early spring")

    def shown(at: int) -> str:
        image = f"/img/view{at}.jpg"
        figure = (
            f"<figure><img src={image} width=900 height=600><figcaption>Visitors at the Valdora {seen[at]}</figure>"
        )
        head = f'<meta property="og:image" content="{full(image)}"></head>'
        return page(1).replace("</h1>", f"</h1>{figure}").replace("</head>", head)

    days = [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4)]
    entered(tmp_path, [[room.answer("/a", shown(at), at=later(days=day))] for at, day in days])
    (article,) = rows(tmp_path / "archive.db", "select image, image_caption from articles")
    assert article["image"].endswith("view2.jpg")
    assert article["image_caption"] == "Visitors at the Valdora lighthouse in early spring"
    assert kinds(tmp_path, "/a") == ["new"]
