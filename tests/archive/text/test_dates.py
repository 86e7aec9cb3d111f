"""Days and moments as people and machines write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import dates

CASES = [
    ("2026-03-11", "DMY", "2026-03-11"),
    ("2016/6/29", "MDY", "2016-06-29"),
    ("20240112", "DMY", "2024-01-12"),
    ("20240112T093000Z", "DMY", "2024-01-12T09:30:00+00:00"),
    ("Mon, 05 Aug 2024 12:47:21 GMT", "DMY", "2024-08-05T12:47:21+00:00"),
    ("Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time)", "DMY", "2023-04-28T17:52:31+00:00"),
    ("Wed Jul 20 10:00:00 EDT 2016", "DMY", "2016-07-20T10:00:00-04:00"),
    ("2023-04-28T17:52:31.847Z", "DMY", "2023-04-28T17:52:31.847000+00:00"),
    ("2023-04-28T18:16:04+0200", "DMY", "2023-04-28T18:16:04+02:00"),
    ("1762513252000", "DMY", "2025-11-07T11:00:52+00:00"),
    ("28.04.2023, 18:16 Uhr", "DMY", "2023-04-28T18:16:00"),
    (" 15:56 BST, 27 April 2024 ", "DMY", "2024-04-27T15:56:00+01:00"),
    ("10:00 a.m. EST, Tuesday, March 3, 2026", "MDY", "2026-03-03T10:00:00-05:00"),
    ("July 6, 2016 at 3:05 pm PST", "MDY", "2016-07-06T15:05:00-07:00"),
    ("January 6, 2016 at 3:05 pm PST", "MDY", "2016-01-06T15:05:00-08:00"),
    ("12 Jul 2016 10:00 MEST", "DMY", "2016-07-12T10:00:00+02:00"),
    ("2026 жылғы 3 наурыз", "DMY", "2026-03-03"),
    ("3 марта 2026 г., 14:05", "DMY", "2026-03-03T14:05:00"),
    ("3/4/16", "MDY", "2016-03-04"),
    ("3/4/16", "DMY", "2016-04-03"),
    ("13/4/2016", "MDY", "2016-04-13"),
    ("2011年11月21日 09:12", "DMY", "2011-11-21T09:12:00"),
    ("23 okt 2025 kl 10.23", "DMY", "2025-10-23T10:23:00"),
    ("1er mars 2020 à 12h30", "DMY", "2020-03-01T12:30:00"),
    ("3 de marzo de 2026", "DMY", "2026-03-03"),
    ("12 Μαρτίου 2012", "DMY", "2012-03-12"),
    ("5 marca 2012", "DMY", "2012-03-05"),
    ("February 24, 2020 | 9:25pm", "MDY", "2020-02-24T21:25:00"),
    ("2013-06-01T00:00", "DMY", "2013-06-01"),
    ("2013-06-01T00:00:00+06:00", "DMY", "2013-06-01T00:00:00+06:00"),
    ("6 July 2016 10:00 IST", "DMY", "2016-07-06T10:00:00"),
]
NOTHING = [
    "",
    "2021-13-45",
    "version 1.2.2016.4",
    "31 February 2020",
    "3 March",
    "March 2026",
    "12 Harbour 2016",
    "2026",
]


@pytest.mark.parametrize(("written", "order", "expected"), CASES)
def test_a_moment_is_read_as_precisely_as_it_is_stated(written: str, order: dates.Order, expected: str) -> None:
    assert dates.read_moment(written, order) == expected


@pytest.mark.parametrize("written", NOTHING)
def test_no_day_is_invented(written: str) -> None:
    assert dates.read_moment(written) == ""


def test_every_moment_of_a_text_is_found_in_its_place() -> None:
    text = "Published 3 March 2026, updated 4 March 2026 at 10:15."
    found = list(dates.find_moments(text))
    assert [one.moment for one in found] == ["2026-03-03", "2026-03-04T10:15:00"]
    assert text[found[0].start : found[0].end] == "3 March 2026"


@pytest.mark.parametrize(
    ("language", "host", "order"),
    [
        ("en-US", "example.org", "MDY"),
        ("en", "example.com", "MDY"),
        ("en-GB", "example.com", "DMY"),
        ("en", "example.co.uk", "DMY"),
        ("de", "example.com", "DMY"),
        ("", "city.example.gov", "MDY"),
        ("kk", "example.kz", "DMY"),
    ],
)
def test_the_order_of_day_and_month_follows_language_and_country(language: str, host: str, order: str) -> None:
    assert dates.day_month_order(language, host) == order


def test_a_page_is_not_published_after_it_was_captured() -> None:
    captured = datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert dates.plausible("2026-03-11", captured)
    assert not dates.plausible("2026-03-14", captured)
    assert not dates.plausible("1889-03-14", captured)
    assert not dates.plausible("", captured)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2039, 12, 31)))
def test_a_day_reads_back_in_every_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y年%m月%d日", "%a, %d %b %Y"):
        assert dates.read_moment(day.strftime(form), "DMY") == day.isoformat()


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for stated in dates.find_moments(text):
        assert 0 <= stated.start < stated.end <= len(text)
        datetime.fromisoformat(stated.moment)
