"""Crawls of sources as values: one that is under way, how it ended, and what is reported of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from archive.core.model import CrawlCounts
from crawler.sources.sources import Source
from crawler.worker.messages import Outcome, Walked


@dataclass(frozen=True)
class Report:
    """How one crawl of one source ended. `failed` says that a person should look at it; it is not crawled again now.

    `runs` are its numbers in the table `runs`: several where pages that were no releases did not count for `limit`.
    `outcome.seconds` are those of the whole, until what it brought was in the tables.
    """

    source: str
    outcome: Outcome
    tally: CrawlCounts
    failed: bool
    runs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How the crawling of a source ended, while what it brought is still on its way into the tables (up to `mark`)."""

    outcome: Outcome
    failed: bool
    again: bool
    mark: int


@dataclass
class Run:
    """A source that is being crawled, with what was heard of it so far. `earlier`: what rounds before it brought.

    `walk` is the last word on its backfill; `seconds` is how long the run lasted when that, or anything, was heard.
    """

    source: Source
    number: int
    started: datetime
    captures: int = 0
    dropped: int = 0
    documents: int = 0
    links: int = 0
    ended: Ending | None = None
    earlier: Report | None = None
    walk: Walked | None = None
    seconds: float = 0.0


class Watch(Protocol):
    """Somebody who looks on: told of every run as it starts, goes on and ends."""

    def started(self, run: Run) -> None: ...
    def went_on(self, run: Run) -> None: ...
    def ended(self, run: Run, report: Report) -> None: ...


def joined(run: Run, report: Report) -> Report:
    """A report together with that of the rounds before it."""
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
