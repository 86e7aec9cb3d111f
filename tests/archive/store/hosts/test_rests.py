"""Hosts that refused are left alone for as long as they ask, or longer each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.store.database import Store

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOST = "press.orlin.example"


def test_a_host_rests_until_it_answers(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        store.note_refusal(HOST, "429", NOON, 90.0)
        (rest,) = store.resting_hosts(NOON)
        assert (rest.host, rest.until, rest.reason) == (HOST, NOON + timedelta(seconds=90), "429")
        assert store.resting_hosts(NOON + timedelta(seconds=91)) == ()
        store.note_answers([HOST], NOON)
        assert store.resting_hosts(NOON) == ()
