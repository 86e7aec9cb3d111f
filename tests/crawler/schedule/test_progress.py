"""What a person sees of a crawl."""

from __future__ import annotations

import io
import logging
from datetime import timedelta

import pytest
from rich.console import Console
from rich.progress import Progress

from archive.core.model import CrawlCounts
from crawler.schedule.progress import CrawlProgress, backfilled, in_minutes, in_words, summary
from crawler.schedule.runs import Report, Run
from crawler.sources.sources import Source
from crawler.worker.messages import BackfillProgress, Outcome
from tests.support.archiving import later


def _report(source: str = "tamsk", *, failed: bool = False, message: str = "", **counts: int) -> Report:
    return Report(source, Outcome(requests=7, seconds=2.04, message=message), CrawlCounts(**counts), failed)


def test_a_crawl_in_one_line() -> None:
    assert in_words(_report(new=2, gone=1)) == "2 new, 1 gone, 7 requests in 2.0 s"
    assert in_words(_report(failed=True, message="no answer")) == "failed: 7 requests in 2.0 s (no answer)"
    assert in_words(Report("tamsk", Outcome(requests=1, seconds=1), CrawlCounts(), False)) == "1 request in 1.0 s"
    nothing = Report("tamsk", Outcome(seconds=1), CrawlCounts(), False)
    assert in_words(nothing) == "nothing new in 1.0 s"


def test_the_table_has_a_line_a_source_and_how_long_it_took() -> None:
    file = io.StringIO()
    address = f"https://osk.example/{'n' * 90}"
    reports = [_report(new=12, edited=3), _report("osk", failed=True, message=f"no answer from {address}")]
    Console(file=file, width=80).print(summary(reports, timedelta(seconds=4)), crop=False)
    *table, note = file.getvalue().rstrip().splitlines()
    head, one, other, caption = (line.split() for line in table)
    assert head == ["source", "new", "edited", "gone", "unchanged", "dropped", "time"]
    assert one == ["tamsk", "12", "3", "0", "0", "0", "2.0", "s"]
    assert other[:2] == ["osk", "0"]
    assert caption == ["4.0", "s", "in", "all"]
    assert note == f"osk: failed: no answer from {address}", "an address is never broken"


def test_a_run_has_a_line_while_it_lasts_and_a_report_when_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    watch = CrawlProgress(Progress(console=Console(file=io.StringIO())))
    run = Run(Source("tamsk", "https://tamsk.example/"), 1, later(hours=1), captures=4, links=9)
    earlier = Run(Source("osk", "https://osk.example/"), 2, later())
    with caplog.at_level(logging.INFO, logger="crawler.schedule.progress"):
        for one in (run, earlier, run):
            watch.started(one)
        assert len(watch.progress.tasks) == 2
        watch.went_on(run)
        task = watch.progress.tasks[0]
        assert (task.completed, "9 new links" in task.fields["said"]) == (4, True)
        watch.ended(run, _report(new=1))
        watch.ended(earlier, _report("osk", failed=True))
    assert watch.progress.tasks == []
    assert watch.began == later()
    assert [report.source for report in watch.reports] == ["tamsk", "osk"]
    assert [record.levelname for record in caplog.records][-2:] == ["INFO", "WARNING"]


def test_a_backfill_shows_how_far_it_is_and_how_long_it_may_take() -> None:
    run = Run(Source("tamsk", "https://tamsk.example/"), 1, later(), captures=10, links=40, seconds=60.0)
    assert backfilled(run) == ""
    run.backfill = BackfillProgress("tamsk", (), 140, 240, "2025-01-02")
    assert backfilled(run) == "; back to 2025-01-02, 140 of about 240 addresses, about 13 min left"
    run.captures = 0
    assert backfilled(run) == "; back to 2025-01-02, 140 of about 240 addresses"
    assert [in_minutes(seconds) for seconds in (20, 600, 7500)] == ["under a minute", "about 10 min", "about 2 h 5 min"]
