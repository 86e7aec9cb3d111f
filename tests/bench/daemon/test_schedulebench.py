"""The adaptive schedule beside fixed intervals: at most half the median delay at as many requests, nobody starved."""

from __future__ import annotations

from statistics import median

from crawler.schedule.rhythm import Limits
from tests.bench.daemon.schedulebench import newsrooms, score


def test_releases_are_found_in_half_the_time_with_as_many_requests_and_no_source_is_starved() -> None:
    made = newsrooms(7)
    chosen = ("ministry, office hours", "statistics office, ten sharp", "club, twice a week", "wire, day and night")
    scores = [score(name, made[name], Limits()) for name in chosen]
    assert median(one.ratio for one in scores) <= 0.5
    assert max(one.ratio for one in scores) < 1.15, "where nothing can be learned nothing is lost"
    assert max(one.pause for one in scores) <= Limits().longest.total_seconds() + 1
