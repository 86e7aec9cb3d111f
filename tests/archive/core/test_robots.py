"""How long a copy of a robots.txt counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.core.robots import RobotsCopy, robots_of

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
URL = "https://press.orlin.example/robots.txt"


@pytest.mark.parametrize(
    ("read_at", "until", "counts"),
    [
        (NOON - timedelta(hours=23), NOON + timedelta(hours=1), True),
        (NOON - timedelta(hours=25), NOON + timedelta(hours=1), False),
        (NOON - timedelta(hours=2), NOON - timedelta(hours=1), False),
        (NOON + timedelta(hours=1), NOON + timedelta(hours=25), False),
        (None, None, False),
    ],
)
def test_a_copy_counts_for_a_day_at_most(read_at: datetime | None, until: datetime | None, counts: bool) -> None:
    assert RobotsCopy(URL, read_at, until, 200).counts(NOON) == counts


def test_a_robots_txt_holds_for_one_scheme_host_and_port() -> None:
    assert robots_of("https://lake.example:8443/news/?page=2#top") == "https://lake.example:8443/robots.txt"
    assert robots_of("http://lake.example") == "http://lake.example/robots.txt"
