"""Entries: dates as RFC 3339 wants them."""

from __future__ import annotations

import pytest

from archive.web.feeds.entries import NOTHING_YET, Feed, stated


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-11", "2026-03-11T00:00:00+00:00"),
        ("2026-03-11T09:30:00+05:00", "2026-03-11T09:30:00+05:00"),
        ("2026-03-11T09:30:00.5Z", "2026-03-11T09:30:00.5Z"),
        ("2026-03-11T09:30+05:00", "2026-03-11T09:30:00+05:00"),
        ("2026-03-11T09:30:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_moments_as_feeds_want_them(value: str, moment: str) -> None:
    assert stated(value) == moment


def test_a_feed_without_entries_has_a_date_all_the_same() -> None:
    assert Feed("tag:x", "t", "a", "b", "c", ()).updated == NOTHING_YET
