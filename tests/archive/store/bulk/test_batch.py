"""What is new in a batch, and that captures entered together give the same tables as one by one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from archive.core.ids import article_number
from archive.core.model import Capture, Rejection
from archive.ingest import pipeline
from archive.store.bulk.batch import Batch
from archive.store.database import Store
from tests.archive.shards.support import everything
from tests.support.archiving import AT_ONCE, AtOnce, Newsroom, ingesting, later, page, story


def said(directory: Path) -> list[Capture]:
    """New releases, and each way in which captures of one batch can concern each other."""
    room = Newsroom(directory)
    made = [room.answer(f"/news/{number}-path", page(number), at=later(minutes=number)) for number in range(14)]
    made += [room.answer(f"/news/{number}-path", page(number), at=later(hours=9, minutes=number)) for number in (1, 2)]
    longer = page(3, story(3, " The ferry was moved to pier nine, as the harbour office said."))
    made += [room.answer("/news/3-path", longer, at=later(hours=day)) for day in (10, 20)]
    made += [room.answer("/2026/copy-of-four", page(4), at=later(hours=11))]
    made += [room.answer("/amp/five", page(5), at=later(hours=12))]
    made += [room.answer("/print/six", page(6, canonical="/news/6-path"), at=later(hours=12))]
    made += [room.answer("/print/new", page(60, canonical="/news/60-path"), at=later(hours=12, minutes=1))]
    moved = [("Location", "/news/70-path")]
    made += [room.answer("/old/seventy", status=301, headers=moved, at=later(hours=13))]
    made += [room.answer("/news/70-path", page(70), at=later(hours=13, minutes=1))]
    made += [room.answer("/news/71-path", page(71), asked="/old/71", at=later(hours=13, minutes=2))]
    made += [room.answer("/old/71", asked="/old/71", status=302, kind="redirect", headers=moved, at=later(hours=13))]
    made += [room.answer("/news/7-path", status=410, at=later(hours=day)) for day in (14, 64, 114)]
    made += [room.answer("/found/7-again", page(7, title="Another headline"), at=later(hours=70))]
    made += [room.answer("/no-such-page-1", page(99, "Nothing is here. Look elsewhere."), kind="probe")]
    made += [room.answer("/news/80-path", page(99, "Nothing is here. Look elsewhere."), at=later(hours=15))]
    made += [room.answer("/news/81-path", status=404, at=later(hours=15))]
    made += [room.answer("/news/81-path", page(81), at=later(hours=16))]
    other = Newsroom(directory, "osk")
    made += [other.answer("https://osk.example/news/8", page(8), at=later(hours=17))]
    return made


def stored(directory: Path, name: str, captures: list[Capture], size: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipeline, "BATCH", size)
    with ingesting(directory, name, AtOnce(), policies=AT_ONCE, reread_at_once=0) as ingest:
        ingest.add(captures)
    return directory / name


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_captures_entered_together_give_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    captures = said(tmp_path)
    if seed:
        Random(seed).shuffle(captures)
    one_by_one = everything(stored(tmp_path, "one.db", captures, 1, monkeypatch))
    together = everything(stored(tmp_path, "together.db", captures, 1000, monkeypatch))
    differing = {table for table in together if together[table] != one_by_one[table]}
    assert differing <= ({"readings", "urls"} if seed else {"readings"})  # out of time, checks are counted otherwise
    assert len(together["articles"]) > 15


def test_what_a_batch_calls_new_is_so_only_in_its_block(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [room.answer(f"/news/{number}-path", status=404, at=later(minutes=number)) for number in (1, 2, 2)]
    own = [article_number("valdora", f"press.valdora.example/news/{number}-path") for number in (1, 2)]
    with Store(tmp_path / "archive.db") as store:
        batch = Batch(store.db)
        with batch.of((capture, Rejection("error", "404")) for capture in captures):
            assert [batch.lacks(article) for article in own] == [True, True]
            assert batch.is_only_address("valdora", "press.valdora.example/news/1-path")
            assert not batch.is_only_address("valdora", "press.valdora.example/news/2-path")
            batch.has(own[0])
            assert [batch.lacks(article) for article in own] == [False, True]
        assert not batch.lacks(own[1])
        assert not batch.is_only_address("valdora", "press.valdora.example/news/1-path")
        assert batch.urls == {}
