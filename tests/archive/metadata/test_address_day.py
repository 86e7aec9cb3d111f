"""Which days and months addresses name."""

from __future__ import annotations

import pytest

from archive.metadata.address_day import url_day, url_month

TITLE = "Tamsk | 13 New Bridges after 30 Jahre, and 10,000 trees"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://tamsk.example/2026/05/03/bridge", "2026-05-03"),
        ("https://tamsk.example/news-20260503-bridge", "2026-05-03"),
        ("https://tamsk.example/2026/may/3/bridge", "2026-05-03"),
        ("https://tamsk.example/2026/september/03/bridge", "2026-09-03"),
        ("https://tamsk.example/2026/5/3/bridge", "2026-05-03"),
        ("https://tamsk.example/2026/05/03-bridge", "2026-05-03"),
        ("https://tamsk.example/2026-05-13-bridge", "2026-05-13"),
        ("https://tamsk.example/2026/05/13-2/bridge", "2026-05-13"),
        ("https://tamsk.example/2026/05/13-2.html", "2026-05-13"),
        ("https://tamsk.example/2026/05/13-council-meets", "2026-05-13"),
        ("https://tamsk.example/2026/05/13-new-bridges", ""),
        ("https://tamsk.example/2026/05/30-jahre-br%C3%BCcke/", ""),
        ("https://tamsk.example/2026/05/10-000-trees/", ""),
        ("https://tamsk.example/2026/13/41/bridge", ""),
        ("https://tamsk.example/news/120260503999", ""),
    ],
)
def test_the_day_an_address_names(url: str, day: str) -> None:
    assert url_day(url, TITLE) == day


@pytest.mark.parametrize(
    ("url", "month"),
    [
        ("https://tamsk.example/2026/05/bridge", "2026-05"),
        ("https://tamsk.example/news/2026-05/bridge", "2026-05"),
        ("https://tamsk.example/2026/15/bridge", ""),
        ("https://tamsk.example/news/bridge", ""),
    ],
)
def test_the_month_of_a_folder(url: str, month: str) -> None:
    assert url_month(url) == month
