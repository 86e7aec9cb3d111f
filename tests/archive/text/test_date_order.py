"""In which order a text writes the day, the month and the year of its dates in figures."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from babel import Locale

from archive.text.date_order import YEAR_FIRST, is_ambiguous, order_shown, orders_by_mark, usual_order
from archive.text.dates import find_days, find_moments

CAPTURED = datetime(2026, 11, 27, tzinfo=UTC)


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
        ("ko", "example.com", "YMD"),
        ("zh-Hant-TW", "example.org", "YMD"),
        ("hu_HU", "example.hu", "YMD"),
        ("sv-SE", "example.se", "Y-M-D"),
        ("fr-CA", "example.ca", "Y-M-D"),
        ("fr-FR", "example.fr", "DMY"),
    ],
)
def test_the_usual_order_follows_language_and_country(language: str, host: str, order: str) -> None:
    assert usual_order(language, host) == order


@pytest.mark.parametrize("language", [*YEAR_FIRST, "de", "fr", "fi", "pl", "tr", "vi"])
def test_the_languages_whose_dates_begin_with_the_year_are_those_of_the_cldr(language: str) -> None:
    forms = Locale.parse(language, sep="-").date_formats
    first = {width: re.sub(r"'[^']*'", "", forms[width].pattern)[0] for width in ("short", "medium", "long")}
    assert (YEAR_FIRST.get(language) == "YMD") == (set(first.values()) == {"y"})
    assert (YEAR_FIRST.get(language) == "Y-M-D") == (first["short"] == "y" and set(first.values()) != {"y"})


def test_the_order_of_day_and_month_is_shown_by_the_other_days_and_by_the_capture() -> None:
    captured = datetime(2026, 3, 9, tzinfo=UTC)
    assert is_ambiguous("on 04/03/2026")
    assert not is_ambiguous("on 24/03/2026, 3/3/2026")
    assert order_shown("04/03/2026 and 24/02/2026", captured) == "DMY"
    assert order_shown("04/03/2026 and 02/24/2026", captured) == "MDY"
    assert order_shown("on 05/03/2026", captured) == "DMY"
    assert order_shown("24/02/2026 and 02/24/2026", captured) == ""
    assert order_shown("on 02/03/2026", captured) == ""


@pytest.mark.parametrize(
    ("text", "language", "order"),
    [
        ("posted 26-11-20 10:30", "ko", "YMD"),  # the language has it
        ("posted 26-11-20 10:30", "nl", "DMY"),
        ("posted 26-11-20, next 26-10-30", "nl", "YMD"),  # 2030 is to come
        ("posted 31-10-26, before 30-09-26", "ko", "DMY"),  # no month has so many days, no year is so far
        ("98.11.20 and 99.01.03", "it", "YMD"),
        ("26/11/20 26/11/14 26/10/02 25/12/19", "es", "YMD"),  # the years of a list are few, its days are many
        ("20/11/26 14/11/26 02/10/26 19/12/25", "es", "DMY"),
        ("20-11-20", "pt", "DMY"),
        ("20/11/26", "sv", "DMY"),
        ("version 26.9.5 of 03/04/2026", "en-US", ""),
    ],
)
def test_a_year_of_two_figures_comes_first_where_language_or_dates_show_it(
    text: str, language: str, order: str
) -> None:
    assert order_shown(text, CAPTURED, usual_order(language, "")) == order


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("등록 26-11-20 10:30", "YMD", "2026-11-20T10:30:00"),
        ("26. 9. 5.", "YMD", "2026-09-05"),
        ("26-11-20", "Y-M-D", "2026-11-20"),
        ("20.11.26", "Y-M-D", "2026-11-20"),
        ("26-11-20", "DMY", "2020-11-26"),
        ("3/4/2026", "YMD", "2026-04-03"),
        ("31.12.99", "YMD", "1999-12-31"),
    ],
)
def test_a_date_is_read_in_the_order_of_its_page(text: str, order: str, moment: str) -> None:
    assert [one.moment for one in find_moments(text, order)] == [moment]  # type: ignore[arg-type]


def test_the_days_of_a_list_are_read_year_first_where_its_language_or_they_themselves_show_it() -> None:
    days = "26-11-05 / 26-10-12 / 25-12-30 / 25-12-01"
    expected = ["2026-11-05", "2026-10-12", "2025-12-30", "2025-12-01"]
    assert [one.moment for one in find_days(days)] == expected
    assert [one.moment for one in find_days("26.11.05", "YMD")] == ["2026-11-05"]
    assert [one.moment for one in find_days("26.11.05")] == ["2005-11-26"]
    assert orders_by_mark("05.11.2026, 24.10.2026; 26-11-05, 26-10-12, 26-10-02") == {".": "DMY", "-": "YMD"}
