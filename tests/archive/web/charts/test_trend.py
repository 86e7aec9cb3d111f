"""Lines over time: months with their gaps, years where there are many, axes that hold the highest value."""

from __future__ import annotations

import pytest

from archive.web.charts.trend import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, TrendChart, figure, trend_chart


def chart(found: dict[str, dict[str, int]], months: dict[str, int], share: bool = False) -> TrendChart:
    return trend_chart(found, dict.fromkeys(found, months), share)


def test_a_line_has_a_value_for_every_month_that_any_release_has_and_those_between() -> None:
    made = chart({"ferry": {"2025-12": 4}, "bridge": {"2026-02": 1}}, {"2025-12": 8, "2026-02": 4})
    assert [(span.label, span.first, span.last) for span in made.spans] == [
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2026-01", "2026-01-01", "2026-01-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
    ]
    assert [(line.name, line.values) for line in made.lines] == [("ferry", (4, 0, 0)), ("bridge", (0, 0, 1))]
    assert made.lines[0].colour != made.lines[1].colour
    assert made.lines[0].dashes != made.lines[1].dashes


def test_a_share_is_of_the_releases_of_the_same_month() -> None:
    made = trend_chart(
        {"Port": {"2026-01": 1}, "Council": {"2026-01": 1, "2026-02": 2}},
        {"Port": {"2026-01": 4}, "Council": {"2026-01": 3, "2026-02": 2}},
        share=True,
    )
    assert [line.values for line in made.lines] == [(25.0, 0.0), (33.33, 100.0)]
    assert made.grid[-1][1] == "100 %"


def test_a_long_time_goes_by_years() -> None:
    made = chart({"ferry": {"1999-05": 2, "2026-02": 1, "2026-03": 3}}, {"1999-05": 2, "2026-02": 1, "2026-03": 3})
    assert (made.spans[0].label, made.spans[-1].label, len(made.spans)) == ("1999", "2026", 28)
    assert (made.spans[-1].first, made.spans[-1].last) == ("2026-01-01", "2026-12-31")
    assert (made.lines[0].values[0], made.lines[0].values[-1]) == (2, 4)


@pytest.mark.parametrize(
    ("highest", "top"), [(1, "4"), (4, "4"), (5, "8"), (9, "12"), (41, "80"), (1_000, "1,000"), (180_000, "200,000")]
)
def test_four_steps_hold_the_highest_value(highest: int, top: str) -> None:
    made = chart({"ferry": {"2026-02": highest}}, {"2026-02": highest})
    assert made.grid[0] == (HEIGHT - BOTTOM, "0")
    assert made.grid[-1] == (TOP, top)
    assert len(made.grid) == 5


def test_every_point_lies_within_the_axes() -> None:
    months = {f"{year}-{month:02}": year % 7 + month for year in range(2010, 2026) for month in range(1, 13)}
    made = chart({"ferry": months}, months)
    for x, y in made.lines[0].points:
        assert LEFT <= x <= WIDTH - RIGHT
        assert TOP <= y <= HEIGHT - BOTTOM
    assert len(made.lines[0].path.split()) == len(made.spans) == 192
    assert 4 < len(made.ticks) <= 9
    assert [label for _, label in made.ticks][:2] == ["2010", "2012"]


def test_nothing_is_an_empty_chart() -> None:
    made = chart({}, {})
    assert (made.spans, made.lines, made.ticks) == ((), (), ())


def test_figures_are_written_without_idle_zeros() -> None:
    assert [figure(value) for value in (0.0, 12.0, 1_234_567.0, 0.25, 33.3)] == ["0", "12", "1,234,567", "0.25", "33.3"]
