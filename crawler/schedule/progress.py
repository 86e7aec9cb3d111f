"""What a person sees of a crawl: a line for each source while it runs, a log line when it ends, a table at the end."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from rich.console import Group
from rich.progress import Progress, TaskID
from rich.table import Table
from rich.text import Text

from archive.core.counted import count
from crawler.schedule.runs import Report, Run

log = logging.getLogger(__name__)

_MINUTE = 60


class CrawlProgress:
    """Shows progress in a terminal: a line for each source that runs; collects the reports of those that ended.

    `keep` is how many of the latest reports stay; None for all. A daemon, which runs for months, has no use for them.
    """

    def __init__(self, progress: Progress, keep: int | None = None) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}
        self.reports: deque[Report] = deque(maxlen=keep)
        self.began: datetime | None = None

    def started(self, run: Run) -> None:
        name = run.source.name
        log.info("%s: crawl begins", name)
        if name not in self.tasks:
            self.tasks[name] = self.progress.add_task(name, total=None, said="")

    def went_on(self, run: Run) -> None:
        lists = count(run.documents, "feed or list", "feeds and lists")
        said = f"{lists}, {count(run.links, 'new link')}, {run.dropped} dropped{backfilled(run)}"
        self.progress.update(self.tasks[run.source.name], completed=run.captures, said=said)

    def ended(self, run: Run, report: Report) -> None:
        self.progress.remove_task(self.tasks.pop(report.source))
        self.began = min(self.began or run.started, run.started)
        self.reports.append(report)
        log.log(logging.WARNING if report.failed else logging.INFO, "%s: %s", report.source, in_words(report))


def backfilled(run: Run) -> str:
    """How far the backfill of a source is, and how long it may still take; "" where none is under way."""
    walk = run.backfill
    if walk is None:
        return ""
    left = max(walk.expected - walk.found, 0) + max(run.links - run.captures, 0)
    reached = f" back to {walk.reached}," if walk.reached else ""
    pace = run.seconds / run.captures if run.captures else 0.0
    time = f", {in_minutes(left * pace)} left" if pace and left else ""
    known = f" {walk.found} of about {walk.expected} addresses" if walk.found or walk.expected else ""
    return f";{reached}{known}{time}" if known else ""


def in_minutes(seconds: float) -> str:
    """A length of time that is only guessed: "about 12 min"."""
    if seconds < _MINUTE:
        return "under a minute"
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    return f"about {hours} h {minutes} min" if hours else f"about {minutes} min"


def in_words(report: Report) -> str:
    """A log line about a crawl that ended."""
    asked = report.outcome.requests
    counts = [f"{number} {word}" for word, number in asdict(report.tally).items() if number]
    said = ", ".join([*counts, *([count(asked, "request")] if asked else [])]) or "nothing new"
    reason = f" ({report.outcome.message})" if report.outcome.message else ""
    return f"{'failed: ' if report.failed else ''}{said} in {report.outcome.seconds:.1f} s{reason}"


def summary(reports: Iterable[Report], whole: timedelta | None = None) -> Group:
    """What a crawl did, a line for each source; `whole` is the time until everything was in the tables.

    What is to be said of a source stands below in whole lines, so that its addresses can be copied.
    """
    caption = f"{whole.total_seconds():.1f} s in all" if whole is not None else None
    table, notes = Table("source", box=None, header_style="bold", caption=caption, caption_justify="left"), []
    for column in ("new", "edited", "gone", "unchanged", "dropped", "time"):
        table.add_column(column, justify="right")
    for report in reports:
        counts = (str(number) for number in asdict(report.tally).values())
        style = "red" if report.failed else ""
        table.add_row(report.source, *counts, f"{report.outcome.seconds:.1f} s", style=style)
        if report.failed or report.outcome.message:
            said = ": ".join(filter(None, ("failed" if report.failed else "", report.outcome.message)))
            notes.append(Text(f"{report.source}: {said}", style, no_wrap=True, overflow="ignore"))
    return Group(table, *notes)
