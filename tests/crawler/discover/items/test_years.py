"""Days that a list states without a year get it from a heading, the address, the order of the list, or the day."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.discover.listings import read_listing

URL = "https://vestrand.example.org/nytt"
TODAY = date(2026, 3, 2)
DESCENDING = ("20 February", "4 February", "31 December", "2 November 2025", "9 October 2025")
RISING = tuple(reversed(DESCENDING))
WITHOUT = ("February 20", "4 February", "31 December", "31 December", "2 May", "8 September", "7 September")


def _days(rows: str, url: str = URL, today: date | None = TODAY) -> list[str]:
    body = f"<html lang='en'><body><main>{rows}</main></body></html>"
    return [link.published for link in read_listing(body.encode(), url, today=today).links]


def _rows(*days: str, start: int = 0) -> str:
    return "<ul>{}</ul>".format(
        "".join(
            f"<li><h3><a href='/nytt/{start + n}-quay'>Vestrand repairs quay number {start + n} in the port</a></h3>"
            f"<small>{day}</small></li>"
            for n, day in enumerate(days)
        )
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (DESCENDING, ["2026-02-20", "2026-02-04", "2025-12-31", "2025-11-02", "2025-10-09"]),
        (RISING, ["2025-10-09", "2025-11-02", "2025-12-31", "2026-02-04", "2026-02-20"]),
        (
            WITHOUT,
            ["2026-02-20", "2026-02-04", "2025-12-31", "2025-12-31", "2025-05-02", "2024-09-08", "2024-09-07"],
        ),
        (("2月20日", "2月4日", "12月31日", "2025年11月2日"), ["2026-02-20", "2026-02-04", "2025-12-31", "2025-11-02"]),
        (("4 March", "4 February", "29 February"), ["2025-03-04", "2025-02-04", "2024-02-29"]),
        (("3 March", "2 March", "28 February"), ["2026-03-03", "2026-03-02", "2026-02-28"]),  # a zone may be ahead
    ],
)
def test_the_year_follows_from_the_order_of_a_list(days: tuple[str, ...], expected: list[str]) -> None:
    assert _days(_rows(*days)) == expected


def test_a_list_between_days_with_years_is_of_their_years_whenever_it_is_read() -> None:
    days = ("4 May 2019", "2 March", "3 December", "1 October 2018")
    for today in (TODAY, None):
        assert _days(_rows(*days), today=today) == ["2019-05-04", "2019-03-02", "2018-12-03", "2018-10-01"]
    days = ("2 March", "3 December", "5 November", "1 October 2018")
    assert _days(_rows(*days), today=None) == ["2019-03-02", "2018-12-03", "2018-11-05", "2018-10-01"]


def test_without_a_day_to_go_by_no_year_is_invented() -> None:
    assert _days(_rows("20 February", "4 February", "31 December"), today=None) == [""] * 3


def test_a_heading_of_a_year_stands_above_the_days_of_that_year() -> None:
    rows = "<h2>2021</h2>{}<h2>Archive 2020</h2>{}".format(
        _rows("20 February", "4 February", "9 January"), _rows("31 December", "4 October", "8 June", start=5)
    )
    assert _days(rows) == ["2021-02-20", "2021-02-04", "2021-01-09", "2020-12-31", "2020-10-04", "2020-06-08"]


@pytest.mark.parametrize("url", [f"{URL}/2021/", f"{URL}/2021.html", f"{URL}?year=2021&cid=18"])
def test_the_address_of_a_list_names_the_year_of_its_days(url: str) -> None:
    assert _days(_rows("20 February", "4 February", "9 January"), url) == ["2021-02-20", "2021-02-04", "2021-01-09"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("令和7年度のお知らせ", ["2026-02-20", "2026-01-04", "2025-12-31"]),
        ("2025年度", ["2026-02-20", "2026-01-04", "2025-12-31"]),
        ("令和7年", ["2025-02-20", "2025-01-04", "2025-12-31"]),
        ("民國114年", ["2025-02-20", "2025-01-04", "2025-12-31"]),
    ],
)
def test_years_of_eras_and_fiscal_years_of_japan_are_headings(heading: str, expected: list[str]) -> None:
    days = ("2月20日", "1月4日", "12月31日")
    page = f"<p>みなも市</p><h2>{heading}</h2>{_rows(*days)}"
    assert _days(page, today=date(2029, 3, 2)) == expected


def test_a_word_for_fiscal_years_says_any_year_where_no_kana_stands() -> None:
    assert _days(f"<h2>2025年度</h2>{_rows('2月20日', '1月4日')}", today=None) == ["2025-02-20", "2025-01-04"]
