"""What a crawl of a source has to do: its watch, a part of its backfill, or both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import CrawlCounts, Link, Recheck
from crawler.schedule.due_work import DueWork
from crawler.schedule.keeper import Keeper
from crawler.schedule.runs import Report
from crawler.sources.sources import Source
from crawler.worker.messages import Job, Outcome

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
SOURCE = Source("valdora", "https://valdora.example/")
UNDER_WAY = Backfill(NOON, pages=(WalkPage("https://valdora.example/news?page=2", "listing"),))


class Known:
    """A keeper that knows a source whose backfill is under way, with a page to fetch and one to check again."""

    number = 0

    def job(self, source: Source, limit: int | None, since: date | None, now: datetime) -> Job:
        pending, rechecks = (Link("https://valdora.example/a"),), (Recheck("https://valdora.example/b"),)
        return Job(source, pending=pending, rechecks=rechecks, limit=limit, since=since, backfilled=UNDER_WAY)

    def begin(self, source: Source, now: datetime) -> int:
        self.number += 1
        return self.number


KEEPER = cast(Keeper, Known())


def work(*due: str, part: int | None = 100, limit: int | None = None) -> DueWork:
    made = DueWork(limit, None, part)
    for what in due:
        {"watch": made.add_watch, "part": made.add_part}[what]("valdora")
    return made


def parts_of(job: Job) -> tuple[Any, ...]:
    return job.backfill, job.limit, bool(job.pending), bool(job.rechecks)


@pytest.mark.parametrize(
    ("due", "part", "expected"),
    [
        (("watch",), None, (True, 7, True, True)),
        (("watch",), 100, (False, 7, False, True)),
        (("part",), 100, (True, 100, True, False)),
        (("watch", "part"), 100, (True, 100, True, True)),
    ],
    ids=["everything in one crawl", "the watch alone", "a part of the backfill", "both"],
)
def test_a_job_has_what_is_due(due: tuple[str, ...], part: int | None, expected: tuple[Any, ...]) -> None:
    assert parts_of(work(*due, part=part, limit=7).job(KEEPER, SOURCE, NOON)) == expected


def test_what_a_run_began_is_due_no_more_until_it_is_interrupted() -> None:
    due = work("watch", "part")
    run = due.begin(KEEPER, due.job(KEEPER, SOURCE, NOON), NOON)
    assert (run.is_watch, run.is_part, run.links, due.watches, due.parts) == (True, True, 1, set(), set())
    due.add_again(run)
    assert (due.watches, due.parts) == ({"valdora"}, {"valdora"})
    due.add_again(replace(run, is_part=False))
    assert parts_of(due.job(KEEPER, SOURCE, NOON)) == (True, 100, True, True)


def report(new: int, rounds: int = 1, stopped_by: Any = "limit", failed: bool = False) -> Report:
    return Report("valdora", Outcome(stopped_by=stopped_by), CrawlCounts(new=new), failed, tuple(range(rounds)))


@pytest.mark.parametrize(
    ("ended", "is_short"),
    [
        (report(4), True),
        (report(10), False),
        (report(4, stopped_by="time"), False),
        (report(4, failed=True), False),
        (report(4, rounds=20), False),
    ],
    ids=["some were no releases", "all were", "another bound", "it failed", "too many rounds"],
)
def test_a_crawl_goes_on_to_its_limit(ended: Report, is_short: bool) -> None:
    due = work("watch", part=None, limit=10)
    assert due.is_short_of_limit(ended) == is_short
    due.rounds["valdora"] = ended
    job = due.job(KEEPER, SOURCE, NOON)
    assert job.limit == 10 - ended.tally.new
    assert due.begin(KEEPER, job, NOON).earlier == ended
    assert due.rounds == {}
