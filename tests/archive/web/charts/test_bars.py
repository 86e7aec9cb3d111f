"""Bars over time: by month, by year where there are many, gaps included."""

from __future__ import annotations

from datetime import date

from archive.web.charts.bars import bars, weeks


def test_months_with_their_gaps() -> None:
    made = bars({"2025-12": 4, "2026-02": 1})
    shown = [(bar.label, bar.count, bar.height) for bar in made]
    assert shown == [("2025-12", 4, 100), ("2026-01", 0, 0), ("2026-02", 1, 25)]
    assert (made[2].first, made[2].last) == ("2026-02-01", "2026-02-28")


def test_a_long_time_goes_by_years() -> None:
    made = bars({"2001-05": 2, "2026-02": 1, "2026-03": 3})
    assert (made[0].label, made[-1].label, len(made)) == ("2001", "2026", 26)
    assert (made[-1].count, made[-1].first, made[-1].last) == (4, "2026-01-01", "2026-12-31")


def test_one_bar_is_no_chart() -> None:
    assert bars({}) == bars({"2026-02": 9}) == []


def test_weeks_begin_on_monday_and_end_with_the_present_one() -> None:
    made = weeks({"2026-03-09": 1, "2026-03-15": 2, "2026-03-16": 4, "2020-01-01": 9}, date(2026, 3, 17), most=3)
    assert [(bar.label, bar.last, bar.count, bar.height) for bar in made] == [
        ("Week of 2026-03-02", "2026-03-08", 0, 0),
        ("Week of 2026-03-09", "2026-03-15", 3, 75),
        ("Week of 2026-03-16", "2026-03-22", 4, 100),
    ]
    assert weeks({"2020-01-01": 9}, date(2026, 3, 17)) == []
