"""What each source that is crawled has to do: its watch, a part of its backfill, or both, and once more what was cut
short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from crawler.schedule.keeper import Keeper
from crawler.schedule.runs import Report, Run
from crawler.sources.sources import Source
from crawler.worker.messages import Job

_MOST_ROUNDS = 20
"""Crawls of a source in a row to come to its limit."""


class DueWork:
    """What is due: the names of sources whose watch is (`watches`), and of those of whose backfill a part is (`parts`).

    `limit` and `since` hold for every job. With `part`, backfills go on beside the watch and not in it: a part of one
    fetches at most so many releases. Without it, a crawl does everything. `rounds` has the sources that are crawled
    once more to come to the limit, with what they gave so far.
    """

    def __init__(self, limit: int | None, since: date | None, part: int | None) -> None:
        self.limit = limit
        self.since = since
        self.part = part
        self.rounds: dict[str, Report] = {}
        self.parts: set[str] = set()
        self.watches: set[str] = set()

    def add_watch(self, name: str) -> None:
        """The watch of a source became due."""
        self.watches.add(name)

    def add_part(self, name: str) -> None:
        """A part of the backfill of a source became due."""
        self.parts.add(name)

    def add_again(self, run: Run) -> None:
        """What an interrupted crawl was to do is still to be done."""
        if run.is_part:
            self.add_part(run.source.name)
        if run.is_watch:
            self.add_watch(run.source.name)

    def job(self, keeper: Keeper, source: Source, now: datetime) -> Job:
        """What a crawl of a source has to do now."""
        if self.part is None:
            return keeper.job(source, self._limit_of(source.name), self.since, now)
        if source.name in self.parts:
            job = keeper.job(source, self.part, self.since, now)
            return job if source.name in self.watches else job.without_rechecks()
        job = keeper.job(source, self.limit, self.since, now)
        return replace(job, backfill=False, pending=() if job.is_backfill_under_way else job.pending)

    def begin(self, keeper: Keeper, job: Job, now: datetime) -> Run:
        """A new run, which does all that is due of its source."""
        name = job.source.name
        run = Run(
            job.source,
            keeper.begin(job.source, now),
            started=now,
            is_part=name in self.parts,
            is_watch=name in self.watches,
            links=len(job.pending),
            earlier=self.rounds.pop(name, None),
        )
        self.parts.discard(name)
        self.watches.discard(name)
        return run

    def is_short_of_limit(self, report: Report) -> bool:
        """Whether a crawl ended at its limit although some pages were no releases: then it goes on with others."""
        return (
            self.limit is not None
            and report.outcome.stopped_by == "limit"
            and not report.failed
            and report.tally.new < self.limit
            and len(report.runs) < _MOST_ROUNDS
        )

    def _limit_of(self, name: str) -> int | None:
        """How many releases may still come of a source: pages that were none do not count."""
        earlier = self.rounds.get(name)
        return self.limit if self.limit is None or earlier is None else self.limit - earlier.tally.new
