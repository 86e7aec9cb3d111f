"""Values for crawls of sources: a running crawl, how it ended, and its report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from archive.core.model import CrawlCounts
from crawler.sources.sources import Source
from crawler.worker.messages import BackfillProgress, Outcome


@dataclass(frozen=True)
class Report:
    """How one crawl of one source ended. `failed` says that a person should check it; it is not crawled again now.

    `runs` are its numbers in the table `runs`: several if some pages were no releases and did not count for `limit`.
    `outcome.seconds` is the time of the whole crawl, until everything it fetched was in the tables.
    """

    source: str
    outcome: Outcome
    tally: CrawlCounts
    failed: bool
    runs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How the crawl of a source ended, while what it fetched is not yet in the tables (up to `checkpoint`).

    `again`: it is crawled once more, as the crawler process died or hung, so that a person need not check it.
    """

    outcome: Outcome
    failed: bool
    again: bool
    checkpoint: int


@dataclass
class Run:
    """A source that is being crawled, with what was reported so far. `earlier`: the result of earlier rounds.

    `is_part` and `is_watch`: whether a part of the backfill was due, and whether a watch was; one crawl may do both.
    `backfill` is the last report on its backfill; `seconds` is how long the run had lasted at the last message.
    """

    source: Source
    number: int
    started: datetime
    is_part: bool = False
    is_watch: bool = False
    captures: int = 0
    dropped: int = 0
    documents: int = 0
    links: int = 0
    ended: Ending | None = None
    earlier: Report | None = None
    backfill: BackfillProgress | None = None
    seconds: float = 0.0


class CrawlObserver(Protocol):
    """Is called for every run when it starts, makes progress and ends."""

    def started(self, run: Run) -> None:
        """Its job goes to the crawler process now."""

    def went_on(self, run: Run) -> None:
        """Something was reported of it."""

    def ended(self, run: Run, report: Report) -> None:
        """All that it fetched is in the tables."""


def joined(run: Run, report: Report) -> Report:
    """A report added to the report of earlier rounds."""
    earlier = run.earlier
    if earlier is None:
        return report
    outcome = replace(
        report.outcome,
        requests=earlier.outcome.requests + report.outcome.requests,
        captures=earlier.outcome.captures + report.outcome.captures,
        errors=earlier.outcome.errors + report.outcome.errors,
        seconds=earlier.outcome.seconds + report.outcome.seconds,
    )
    return replace(report, outcome=outcome, tally=earlier.tally + report.tally, runs=(*earlier.runs, *report.runs))
