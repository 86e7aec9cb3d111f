"""What `dateline status` says of an archive, as a person reads it and as a program does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from archive.cli import terminal
from archive.core import daemon_note
from archive.core.counted import count
from archive.core.files import BACKUP, SITE
from archive.ingest.clock_corrections import utc_now
from archive.store import status
from archive.store.health.contracts import Judgement

_MOST_REASONS = 5
"""Reasons for which addresses gave nothing that are told of a source, the most frequent ones."""


@dataclass(frozen=True)
class ArchiveStatus:
    """The state of an archive. `sources` are those that are told of.

    `dropped` are addresses that gave nothing, `unfollowed` links of documents that were not followed, `unread` captures
    that could not be read yet. `judged` has the findings on each source by name. `daemon` is None where none runs.
    """

    archive: Path
    sources: tuple[status.SourceStatus, ...]
    dropped: tuple[status.Dropped, ...]
    unfollowed: tuple[status.Dropped, ...]
    unread: tuple[status.Dropped, ...]
    judged: Mapping[str, Judgement]
    size: status.Size
    daemon: daemon_note.DaemonNote | None

    def facts(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return {
            "archive": str(self.archive.resolve()),
            "bytes": self.size,
            "daemon": self.daemon,
            "sources": [self._facts_of(source) for source in self.sources],
        }

    def _facts_of(self, source: status.SourceStatus) -> dict[str, Any]:
        dropped = [one for one in self.dropped if one.source == source.name]
        unread = [one for one in self.unread if one.source == source.name]
        judgement = self.judged.get(source.name)
        return asdict(source) | {
            "next": self.daemon.next.get(source.name) if self.daemon else None,
            "dropped": [{"reason": one.reason, "count": one.count, "again": one.again} for one in dropped],
            "unread": [{"reason": one.reason, "count": one.count} for one in unread],
            "contract": judgement.contract if judgement else None,
            "findings": judgement.findings if judgement else (),
        }

    def show(self) -> None:
        """Print it: a table of the sources, then what is wrong, then what the archive holds."""
        console = terminal.out()
        console.print(self._table() if self.sources else "Nothing was crawled or imported yet.")
        for words in self._remarks():
            console.print(words)
        size = self.size
        held = f"tables {decimal(size.database)}, {count(size.warc_files, 'WARC file')} {decimal(size.warc)}"
        console.print(f"{self.archive.resolve()}: {held}.")
        console.print(_daemon_words(self.archive, self.daemon))

    def _remarks(self) -> Iterator[Text]:
        for source in self.sources:
            if source.state == "watched":
                yield from self._remarks_on(source)
        for source in self.sources:
            named = (one for one in (*self.dropped, *self.unfollowed) if one.source == source.name)
            for drop in islice(named, _MOST_REASONS):
                again = f"; tried again from {_to_the_minute(drop.again)} on" if drop.again else ""
                yield Text(f"{source.name}: {drop.count:,} dropped: {drop.reason}{again}", style="dim")
        for one in self.unread:
            captures = count(one.count, "capture")
            yield Text(f"{one.source}: {captures} could not be read yet (tried again): {one.reason}", style="red")

    def _remarks_on(self, source: status.SourceStatus) -> Iterator[Text]:
        """How far the backfill of a source is, what is wrong with it, and what to do."""
        if source.backfill and not source.backfilled_at:
            yield Text(f"{source.name}: {source.backfill}", style="dim")
        if source.health:
            yield Text(f"{source.name}: since {_briefly(source.health_since)}: {source.health}", style="red")
        found = self.judged[source.name].findings if source.name in self.judged else ()
        for words in dict.fromkeys(f"({one.kind}, since {_briefly(one.since)}): {one.advice}" for one in found):
            yield Text(f"{source.name}: what to do {words}", style="yellow")
        is_explained = source.failures == 1 and found
        if source.last_error and source.last_error != source.health and not is_explained:
            in_a_row = f"{source.failures} failures in a row, the last"
            times = "the last crawl failed" if source.failures == 1 else in_a_row
            yield Text(f"{source.name}: {times}: {source.last_error}", style="red")

    def _table(self) -> Table:
        table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0))
        table.add_column("source", overflow="fold", min_width=12)
        for column in ("articles", "newest", "pending", "crawled", "success", "fails", "next"):
            table.add_column(column, justify="right", no_wrap=True)
        for source in self.sources:
            table.add_row(
                source.name,
                f"{source.articles:,}",
                source.newest,
                f"{source.pending:,}",
                _briefly(source.last_crawl),
                _briefly(source.last_ok),
                str(source.failures or ""),
                _briefly(self.daemon.next.get(source.name, "") if self.daemon else ""),
                style="red" if source.failures else "dim" if source.state != "watched" else "",
            )
        return table


def _briefly(at: str) -> str:
    """A moment on the local clock: the time if it is today's, else the day."""
    if not at:
        return ""
    moment_, today = datetime.fromisoformat(at).astimezone(), utc_now().astimezone().date()
    return moment_.strftime("%H:%M" if moment_.date() == today else "%d %b %y")


def _to_the_minute(at: str) -> str:
    """A moment on the local clock, with its day and time."""
    return f"{datetime.fromisoformat(at).astimezone():%d %b %y, %H:%M}"


def _daemon_words(archive: Path, daemon: daemon_note.DaemonNote | None) -> str:
    if (archive / SITE).exists():
        return "This is a published site: nothing is crawled here. `dateline publish` brings it up to date."
    if (archive / BACKUP).exists():
        return "This is a backup: nothing is crawled here. `dateline backup`, run in its archive, brings it up to date."
    if daemon is None and daemon_note.is_expected(archive):
        return "No daemon runs: the last one has ended. Start it with `dateline run`, or crawl with `dateline crawl`."
    if daemon is None:
        return "No daemon runs. Start it with `dateline run`, or run `dateline crawl` from cron."
    server = f", serving {daemon.address}" if daemon.address else ""
    return f"The daemon runs (process {daemon.pid}) since {_briefly(daemon.since)}{server}."
