"""An article that is missing at its address, and nearly its text at another to which nothing leads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.core.model import Capture
from archive.ingest.rebuild import rebuild
from tests.support.archiving import AtOnce, Newsroom, ingesting, later, page, rows, story, tables

EDITED = story(1).replace("volunteers", "helpers")
BULLETIN = (
    "Water levels at the {0} gauge stood at {1} centimetres on Monday morning, the harbour office said, after {2} "
    "millimetres of rain in {3} hours.\n\nShips of more than {4} metres wait at the outer quay until the level is "
    "below {5} centimetres. The next report follows at {6} hours."
)


def _enter(directory: Path, *looks: Iterable[Capture]) -> list[tuple[str, str]]:
    """Captures look by look; what is recorded of the article at /a."""
    for captures in looks:
        with ingesting(directory) as ingest:
            ingest.add(captures)
    before = tables(directory / "archive.db")
    (directory / "archive.db").unlink()
    rebuild(directory, AtOnce())
    assert tables(directory / "archive.db") == before
    found = rows(directory / "archive.db", "select kind, detail from events where url like '%/a' order by at, rowid")
    return [(row["kind"], row["detail"]) for row in found]


def _moved_to(directory: Path) -> str | None:
    (row,) = rows(
        directory / "archive.db",
        "select (select url from articles where id = a.moved_to) as there from articles a where url like '%/a'",
    )
    return str(row["there"])[-2:] if row["there"] else None


@pytest.mark.parametrize("title", ["", "The coastal path is open again"])
@pytest.mark.parametrize("found_after", [20, 25, 100])
def test_a_text_with_an_edit_that_comes_up_elsewhere_moved_and_was_edited(
    tmp_path: Path, title: str, found_after: int
) -> None:
    room = Newsroom(tmp_path)
    looks = {
        0: [room.answer("/a", page(1)), *(room.answer(f"/news/{n}", page(n)) for n in range(10, 14))],
        found_after: [room.answer("/b", page(1, EDITED, title=title), at=later(hours=found_after))],
        24: [room.answer("/a", status=404, at=later(hours=24))],
        72: [room.answer("/a", status=404, at=later(hours=72))],
    }
    kinds = [kind for kind, _ in _enter(tmp_path, *(looks[hour] for hour in sorted(looks)))]
    assert kinds[0] == "new"
    assert {"moved", "edited"} <= set(kinds)
    assert ("gone" in kinds) is (found_after == 100)
    assert _moved_to(tmp_path) == "/b"
    ((revision, text),) = [(row["n"], row["text"]) for row in rows(
        tmp_path / "archive.db", "select n, r.text from revisions r join articles a on a.id = r.article_id"
        " where a.url like '%/a' and n > 1")]  # fmt: skip
    assert (revision, "helpers" in text) == (2, True)


def test_a_bulletin_that_is_taken_down_did_not_move_to_the_next(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    first = BULLETIN.format("northern", 412, 31, 12, 90, 380, 18)
    second = BULLETIN.format("northern", 377, 8, 24, 120, 350, 6)
    events = _enter(
        tmp_path,
        [room.answer("/a", page(1, first, title="Water levels")), room.answer("/news/2", page(2))],
        [room.answer("/b", page(3, second, title="Water levels"), at=later(hours=23))],
        [room.answer("/a", status=404, at=later(hours=24))],
        [room.answer("/a", status=404, at=later(hours=72))],
    )
    assert [kind for kind, _ in events] == ["new", "missing", "gone"]
    assert _moved_to(tmp_path) is None


def test_a_text_that_always_stood_beside_it_is_no_place_that_it_moved_to(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    events = _enter(
        tmp_path,
        [room.answer("/a", page(1)), room.answer("/b", page(1, EDITED), at=later(minutes=-5))],
        [room.answer("/a", page(1), at=later(hours=2)), room.answer("/a", status=404, at=later(hours=24))],
        [room.answer("/a", status=404, at=later(hours=72))],
    )
    assert [kind for kind, _ in events] == ["new", "missing", "gone"]


def test_where_many_pages_say_nearly_the_same_none_is_the_one_that_moved(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    words = ("helpers", "pupils", "sailors", "bakers")
    family = [page(1, story(1).replace("volunteers", word), title=f"The path of the {word}") for word in words]
    events = _enter(
        tmp_path,
        [room.answer("/a", page(1))],
        [room.answer(f"/new/{n}", one, at=later(hours=20, minutes=n)) for n, one in enumerate(family)],
        [room.answer("/a", status=404, at=later(hours=24))],
        [room.answer("/a", status=404, at=later(hours=72))],
    )
    assert [kind for kind, _ in events] == ["new", "missing", "gone"]
