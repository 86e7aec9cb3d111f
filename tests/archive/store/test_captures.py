"""Captures entered: each once, none for another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.core.errors import ArchiveError
from archive.core.model import Capture, Rejection
from archive.history import replay as replaying
from archive.store import histories, observations
from archive.store.readings import ExtractedCapture
from tests.support.archiving import Newsroom, ingesting, later, page, rows, story


def test_records_at_the_places_of_lost_ones_are_captures_of_their_own(tmp_path: Path) -> None:
    """A WARC file was lost, or put back as it was some days ago: what is written to it since is all entered."""
    room = Newsroom(tmp_path)
    lost = [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(6)]
    new = [
        replace(capture, fetched_at=capture.fetched_at + timedelta(days=1), digest=f"sha1:{n}")
        for n, capture in enumerate(lost)
    ]
    with ingesting(tmp_path) as ingest:
        ingest.add(lost)
        ingest.flush()
        assert ingest.captures.known(new) == set()
        with ingest.store.writing():
            unread = [ExtractedCapture(capture, Rejection("other", "no release")) for capture in new]
            assert ingest.captures.enter(unread) == tuple(unread)
            assert ingest.captures.enter(unread) == ()
        assert len(ingest.captures.known([*lost, *new])) == 12


def test_a_capture_with_the_id_of_another_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Newsroom(tmp_path)
    first, second = (room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(2))
    with ingesting(tmp_path) as ingest:
        ingest.add([first])

    def same(_: Capture) -> int:
        return 7

    with ingesting(tmp_path) as ingest:
        ingest.store.db.execute("update captures set id = 7")
        monkeypatch.setattr(observations, "capture_number", same)
        for together in ([second], [first, second]):
            with pytest.raises(ArchiveError, match=r"at \d+ and in .* at \d+ have the same id"):
                ingest.captures.known(together)
        assert ingest.captures.known([first, first]) == {7}


@pytest.mark.parametrize("order", [pytest.param(1, marks=pytest.mark.soak), -1])
def test_the_captures_of_one_article_are_gone_through_once_in_whatever_order_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    """Each capture is weighed a bounded number of times: the work for an article grows with its captures alone."""
    room = Newsroom(tmp_path)
    count, texts = 450, 30
    answers = [
        room.answer(
            "/news/1", page(1, story(1, f" The level was {n * texts // count + 17} cm.")), at=later(hours=6 * n)
        )
        for n in range(count)
    ]
    weighed: list[int] = []

    def counted_step(*values: Any) -> Any:
        weighed.append(1)
        return replaying.step(*values)

    def counted_replay(observations: Iterable[Any], *values: Any) -> Any:
        found = list(observations)
        weighed.append(len(found))
        return replaying.replay(found, *values)

    monkeypatch.setattr(histories, "step", counted_step)
    monkeypatch.setattr(histories, "replay", counted_replay)
    with ingesting(tmp_path) as ingest:
        ingest.add(answers[::order])
    assert sum(weighed) <= 1.5 * count
    assert rows(tmp_path / "archive.db", "select revisions from articles") == [{"revisions": texts}]
