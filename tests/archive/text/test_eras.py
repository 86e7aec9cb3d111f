"""Days of other calendars, and in scripts whose figures and month words are not ours."""

from __future__ import annotations

from datetime import date

import pytest

from archive.text import eras
from archive.text.dates import find_days, read_moment


@pytest.mark.parametrize(
    "stated",
    [
        "29 آبان 1405",
        "۲۹ آبان ۱۴۰۵",
        "۲۹ آبان ماه ۱۴۰۵",
        "پنجشنبه ۲۹ عقرب ۱۴۰۵",
        "1405/08/29",
        "۱۴۰۵/۸/۲۹",
        "29/08/1405",
        "20 พฤศจิกายน 2569",
        "วันที่ ๒๐ พฤศจิกายน พ.ศ. ๒๕๖๙",
        "20 พ.ย. 2569",
        "20 พ.ย. 69",
        "20 พ.ย.69",
        "20/11/2569",
        "20 พฤศจิกายน 2026",
        "令和8年11月20日",
        "令和８年１１月２０日",
        "発表日 R8.11.20",
        "民國115年11月20日",
        "二〇二六年十一月二十日",
        "（二零二六年十一月廿日）",
        "中華民國 115 年 11 月 20 日",
        "115年11月20日",
        "發布日期：115-11-20",
        "٢٠ نوفمبر ٢٠٢٦",
        "२० नवंबर २०२६",
        "20 नवम्बर 2026",
        "২০ নভেম্বর ২০২৬",
        "20 វិច្ឆិកា 2026",
        "20 ພະຈິກ 2026",
        "ngày 20 tháng 11 năm 2026",
        "20 tháng 11, 2026",
        "2026 оны 11 сарын 20",
        "2026-жылдын 20-ноябры",
        "2026-yil 20-noyabr",
    ],
)
def test_the_same_day_in_many_calendars(stated: str) -> None:
    assert read_moment(stated)[:10] == "2026-11-20"
    assert [day.moment for day in find_days(f"x {stated} x")] == ["2026-11-20"]


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("1 فروردین 1405", "2026-03-21"),
        ("30 اسفند 1403", "2025-03-20"),
        ("5 ม.ค. 43", "2000-01-05"),
    ],
)
def test_the_ends_of_eras_and_years(stated: str, day: str) -> None:
    assert read_moment(stated) == day


@pytest.mark.parametrize(
    "text",
    [
        "The motion passed 110-12-24 as S2 4 10 was struck",
        "1448/06/10",
        "Call 115-11-20 now",
        "Room 2569",
        "۳۲ آبان ۱۴۰۵",
        "Order 1405 of 29 pieces",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert find_days(text) == []


def test_figures_keep_their_places() -> None:
    text = "۲۹ آبان ۱۴۰۵، ๒๐"
    assert eras.in_our_figures(text) == "29 آبان 1405، 20"
    assert len(eras.in_our_figures(text)) == len(text)


@pytest.mark.parametrize("known", [(1403, 12, 30), (1399, 12, 30), (1400, 1, 1), (1357, 11, 22)])
def test_the_solar_year_is_that_of_iran(known: tuple[int, int, int]) -> None:
    expected = {1403: date(2025, 3, 20), 1399: date(2021, 3, 20), 1400: date(2021, 3, 21), 1357: date(1979, 2, 11)}
    assert eras.solar_hijri(*known) == expected[known[0]]


def test_no_day_of_the_solar_year() -> None:
    for wrong in ((1405, 13, 1), (1405, 7, 31), (1405, 1, 0), (99, 1, 1)):
        with pytest.raises(ValueError, match="no day"):
            eras.solar_hijri(*wrong)


def test_a_year_at_the_end_of_a_headline_is_not_that_of_the_next_line() -> None:
    text = "Quay to get 32 cranes by 2030\nSeptember 9, 2026\nTwelve\n8 May\n2026"
    assert [day.moment for day in find_days(text)] == ["2026-09-09", "2026-05-08"]


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("令和8年11月のお知らせ", "2026年11月のお知らせ"),
        ("令和元年度", "2019年度"),
        ("平成31年・令和元年", "2019年・2019年"),
        ("民國１１４年新聞", "2025年新聞"),
        ("114年度", "2025年度"),
        ("H30年", "2018年"),
        ("2026年", "2026年"),
        ("第12号", "第12号"),
        ("Room R8", "Room R8"),
    ],
)
def test_years_of_eras_are_said_as_ours(said: str, ours: str) -> None:
    assert eras.in_our_years(said) == ours


@pytest.mark.parametrize("month", ["令和8年11月\n11月20日", "2026年11月 11月20日", "令和8年11月\n11月 20日の会"])
def test_a_month_above_a_day_is_no_day_of_its_own(month: str) -> None:
    assert [(one.moment, one.month_day) for one in find_days(month)] == [("", "11-20")]
