"""What was read of captures is kept for as long as it would be read so again; what could not be read is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from archive.boilerplate.template import Template
from archive.core.model import Capture, Contact, Extraction, Rejection, Removed, Unread
from archive.store import readings
from archive.store.database import Store
from archive.store.readings import ExtractedCapture, KeptReadings, UnreadCaptures
from archive.store.rows import capture_row
from tests.support.archiving import DAY, HOST, later

SAID = Extraction(
    f"{HOST}/a", "Ferry", "It sails.", contacts=(Contact("Oda"),), removed=(Removed(1, "x", "cue", 7),), tags=("a",)
)


def _capture(number: int) -> Capture:
    return Capture("valdora", f"{HOST}/{number}", "", "page", DAY, 200, "sha1:A", "warc/valdora/a.warc.gz", number, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        yield opened


def _kept(store: Store, template: Template = Template(), extractor: str = "one") -> KeptReadings:  # noqa: B008
    return KeptReadings(store.db, extractor, lambda source: template)


@pytest.mark.parametrize("result", [SAID, Rejection("listing", "a list")])
def test_a_reading_is_read_back(store: Store, result: Extraction | Rejection) -> None:
    outcome = ExtractedCapture(_capture(1), result, (3, -4), (5, 6))
    _kept(store).keep(outcome, Template())
    assert _kept(store).get(_capture(1)) == outcome
    assert _kept(store).get(_capture(2)) is None


def test_it_counts_for_the_extractor_that_made_it_and_for_equal_verdicts(store: Store) -> None:
    _kept(store).keep(ExtractedCapture(_capture(1), SAID, (3, 4)), Template())
    assert _kept(store, extractor="two").get(_capture(1)) is None
    of_its_block, of_another = (Template().decided(frozenset(), frozenset({mark})) for mark in (3, 9))
    assert _kept(store, of_its_block).get(_capture(1)) is None
    assert _kept(store, of_another).get(_capture(1)) is not None


def test_it_counts_no_more_where_the_template_says_another_thing_of_its_page(store: Store) -> None:
    _kept(store).keep(ExtractedCapture(_capture(1), SAID, (3, 4)), Template())
    here, there = frozenset({3}), frozenset({9})
    for template in (Template(kept=here), Template(places=here), Template(headlines=here)):
        assert _kept(store, template).get(_capture(1)) is None
    for template in (Template(kept=there), Template(places=there), Template(headlines=there)):
        assert _kept(store, template).get(_capture(1)) is not None


def test_what_could_not_be_read_or_is_very_large_is_not_kept(store: Store) -> None:
    noise = "".join(map(chr, Random(1).choices(range(0x4E00, 0x9FFF), k=200_000)))
    for result in (Unread("record", "gone"), replace(SAID, text=noise)):
        _kept(store).keep(ExtractedCapture(_capture(1), result), Template())
        assert _kept(store).get(_capture(1)) is None


def test_the_oldest_go_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST", 3)
    for number in range(5):
        _kept(store).keep(ExtractedCapture(_capture(number), SAID), Template())
    assert [bool(_kept(store).get(_capture(number))) for number in range(5)] == [False, False, True, True, True]


def _unread(store: Store, *numbers: int) -> UnreadCaptures:
    waiting = UnreadCaptures(store.db, "one")
    for number in numbers:
        row = capture_row(_capture(number), "unread", "x")
        store.db.execute(
            f"insert into captures ({', '.join(row)}) values ({', '.join('?' * len(row))})", [*row.values()]
        )
    return waiting


def test_what_failed_is_tried_after_longer_and_longer_pauses_without_end(store: Store) -> None:
    waiting = _unread(store, 1)
    at, pauses = DAY, []
    for _ in range(7):
        waiting.add(_capture(1), Unread("process", "ended"), at)
        pause = timedelta()
        while not waiting.due(at + pause, 1):
            pause += timedelta(minutes=10)
        pauses.append(pause)
        at += pause
    week = timedelta(days=7)
    assert pauses == [
        timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1), week, week, week
    ]  # fmt: skip


def test_a_new_extractor_tries_at_once_and_what_was_read_waits_no_more(store: Store) -> None:
    waiting = _unread(store, 1)
    waiting.add(_capture(1), Unread("fault", "ours"), DAY)
    assert waiting.due(DAY, 9) == []
    assert [one.capture for one in UnreadCaptures(store.db, "two").due(DAY, 9)] == [
        replace(_capture(1), asked=f"{HOST}/1")
    ]
    assert waiting.count() == 1
    waiting.remove(_capture(1))
    assert waiting.count() == 0


def test_kinds_can_be_chosen_and_records_woken(store: Store) -> None:
    waiting = _unread(store, 1, 2)
    waiting.add(_capture(1), Unread("record", "absent"), DAY)
    waiting.add(_capture(2), Unread("process", "ended"), DAY)
    assert [one.kind for one in waiting.due(later(days=1), 9, ("process",))] == ["process"]
    assert len(waiting.due(later(days=1), 1)) == 1
    waiting.wake(DAY)
    assert [one.kind for one in waiting.due(DAY, 9)] == ["record"]
