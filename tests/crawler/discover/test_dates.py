"""Dates as they are stated, in many languages."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.dates import days, moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 11 Mar 2026 09:30:00 +0500", "2026-03-11T09:30:00+05:00"),
        ("Wed, 11 Mar 26 09:30 GMT", ""),
        ("11 Mar 2026 9:30:5 GMT+9", "2026-03-11T09:30:05+09:00"),
        ("Thu, 02 May 2013 11:27:00 EST", "2013-05-02T11:27:00-05:00"),
        ("Wed, 01 Feb 2023 05:00:00 -0000", "2023-02-01T05:00:00+00:00"),
        ("2026-03-11T09:30:00.123Z", "2026-03-11T09:30:00+00:00"),
        ("2026-03-11T09:30:00-03:30", "2026-03-11T09:30:00-03:30"),
        ("2026-03-11 09:30", "2026-03-11T09:30:00"),
        ("2026-03-11", "2026-03-11"),
        ("2026-03", ""),
        ("Monday, April 15, 2013 - 2:23pm", "2013-04-15T14:23:00"),
        ("12:05 a.m., May 3rd, 2020", "2020-05-03T00:05:00"),
        ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-16T00:38:15+01:00"),
        ("11 марта 2026 г., 09:30 MSK", "2026-03-11T09:30:00+03:00"),
        ("2026 жылғы 11 наурыз", "2026-03-11"),
        ("11. März 2026", "2026-03-11"),
        ("1er août 2025", "2025-08-01"),
        ("12 de mayo de 2020", "2020-05-12"),
        ("11 Μαρτίου 2026", "2026-03-11"),
        ("11 مارس 2026", "2026-03-11"),
        ("2026. március 11.", "2026-03-11"),
        ("2026年3月11日", "2026-03-11"),
        ("2026년 3월 11일", "2026-03-11"),
        ("11.03.2026", "2026-03-11"),
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("4/5/2026", ""),
        ("5/5/2026", "2026-05-05"),
        ("4.5.26", ""),
        ("4.5.2026", "2026-05-04"),
        ("04-30-26", "2026-04-30"),
        ("2026/3/11", "2026-03-11"),
        ("2026-02-30", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_what_is_stated(text: str, expected: str) -> None:
    assert moment(text) == expected


def test_dates_in_a_text_with_their_places() -> None:
    text = "Schedule for Friday, May 8\nMay 7, 2026\nNotes of 4/5/2026; tel. 555-0199, 12 items"
    assert [(text[day.start : day.end], day.day) for day in days(text)] == [
        ("May 8", ""),
        ("May 7, 2026", "2026-05-07"),
        ("4/5/2026", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05.12.15, 05.19.15", ["2015-05-12", "2015-05-19"]),
        ("4/5/2026, 4/30/2026, 1.2.2026", ["2026-04-05", "2026-04-30", "2026-02-01"]),
        ("4/5/2026, 30/4/2026", ["2026-05-04", "2026-04-30"]),
        ("4/5/2026, 30/4/2026, 4/30/2026", ["", "2026-04-30", "2026-04-30"]),
        ("4/5/2026, 30.4.2026", ["", "2026-04-30"]),
    ],
)
def test_one_date_of_a_text_tells_the_order_of_the_others(text: str, expected: list[str]) -> None:
    assert [day.day for day in days(text)] == expected


def test_numbers_are_no_dates() -> None:
    assert days("version 1.2.3, 10.0.0.1, 3-4-5-6, 2026, page 12 of 31, ISBN 978-3-16-148410-0") == []


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for day in days(text):
        assert 0 <= day.start < day.end <= len(text)
    assert moment(moment(text)) == moment(text)


@given(st.datetimes().filter(lambda at: 1970 <= at.year < 2100), st.integers(-14 * 4, 14 * 4))
def test_iso_comes_back(at: datetime, quarters: int) -> None:
    zone = timezone(timedelta(minutes=15 * quarters))
    stated = at.replace(microsecond=0, tzinfo=zone).isoformat()
    assert moment(stated) == stated
