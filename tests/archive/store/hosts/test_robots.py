"""Copies of robots.txt in the archive: one for each scheme, host and port, found by any address there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.core.robots import RobotsCopy
from archive.store.database import Store
from archive.store.hosts import robots

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOST = "https://press.orlin.example:8443"
COPY = RobotsCopy(f"{HOST}/robots.txt", NOON, NOON + timedelta(hours=24), 200, b"User-agent: *\nDisallow: /\n" * 9)
NEVER = RobotsCopy("http://press.orlin.example/robots.txt", failing_since=NOON)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.db") as opened:
        yield opened


def _keep(store: Store, *copies: RobotsCopy) -> None:
    with store.writing() as db:
        for copy in copies:
            robots.keep(db, copy)


def test_a_copy_is_found_by_the_addresses_for_which_it_holds(store: Store) -> None:
    _keep(store, COPY, NEVER)
    assert robots.kept(store.db, [f"{HOST}/a", f"{HOST}/b?c"]) == (COPY,)
    assert robots.kept(store.db, ["http://press.orlin.example/a"]) == (NEVER,)
    assert robots.kept(store.db, ["https://press.orlin.example/a", "https://orlin.example/"]) == ()


def test_a_later_copy_takes_the_place_of_the_earlier_one(store: Store) -> None:
    later = replace(COPY, status=404, body=b"", read_at=NOON + timedelta(days=1))
    _keep(store, COPY, later)
    assert robots.kept(store.db, [HOST]) == (later,)
