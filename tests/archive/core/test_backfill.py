"""How far a backfill came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive.core.backfill import Backfill, backfill_in_words, found_in_words

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_a_backfill_is_under_way_until_a_crawl_ends_it() -> None:
    begun = Backfill(NOON, found=3)
    assert begun.is_under_way
    assert not replace(begun, finished_at=NOON + timedelta(days=1)).is_under_way


def test_a_backfill_in_words() -> None:
    words = backfill_in_words
    assert words(0, 0, "") == "backfill under way: no address found yet"
    assert words(12, 9, "") == "backfill under way: 12 of about 12 addresses found"
    assert words(1200, 0, "2020-01-02", "2026-03-04") == (
        "backfill finished on 2026-03-04: 1,200 addresses found, back to 2020-01-02"
    )


def test_what_a_backfill_has_found_so_far() -> None:
    assert found_in_words(0, 0, "") == "no address found yet"
    assert found_in_words(0, 240, "") == "0 of about 240 addresses found"
    assert found_in_words(140, 240, "2025-01-02") == "140 of about 240 addresses found, back to 2025-01-02"
