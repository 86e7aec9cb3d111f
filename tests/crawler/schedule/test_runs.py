"""What is reported of a crawl that took several rounds."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.core.model import CrawlCounts
from crawler.schedule.runs import Report, Run, joined
from crawler.sources.sources import Source
from crawler.worker.messages import Outcome

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def test_rounds_of_one_crawl_are_reported_together() -> None:
    first = Report("orlin", Outcome(5, 3, 1, 2.0, "limit", "limit"), CrawlCounts(new=2), False, (1,))
    last = Report("orlin", Outcome(4, 2, 0, 1.5), CrawlCounts(new=1, edited=1), False, (2,))
    whole = joined(Run(Source("orlin", "https://orlin.example/"), 2, NOON, earlier=first), last)
    assert (whole.outcome.requests, whole.outcome.captures, whole.outcome.errors, whole.outcome.seconds) == (
        9,
        5,
        1,
        3.5,
    )
    assert (whole.tally, whole.runs, whole.outcome.message) == (CrawlCounts(new=3, edited=1), (1, 2), "")
    assert joined(Run(Source("orlin", "https://orlin.example/"), 2, NOON), last) is last
