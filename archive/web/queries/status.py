"""How the archive stands as a whole: its daemon, its sources, what waits, and what room it takes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from archive.core.daemon_note import DaemonNote, is_expected, read_note
from archive.web.queries.rows import Reader, rows
from archive.web.queries.sources import known_as

SILENT_AFTER = timedelta(hours=1)
"""How long a crawl may be overdue before its daemon counts as silent."""


@dataclass(frozen=True)
class SourceStatus:
    """A source: how it is watched, what it has, what waits, when it is due (empty: nobody knows), what is wrong."""

    name: str
    title: str
    state: str
    releases: int
    gone: int
    pending: int
    due: str
    last_ok: str
    failures: int
    wrong: str
    wrong_since: str


@dataclass(frozen=True)
class ArchiveStatus:
    """The archive at a moment. `problems` are sentences; none where all is well. `last_crawl` is when the newest crawl
    began; empty if there was none."""

    daemon: DaemonNote | None
    sources: tuple[SourceStatus, ...]
    database_bytes: int
    problems: tuple[str, ...]
    free_bytes: int = 0
    last_crawl: str = ""

    @property
    def calm(self) -> str:
        """A sentence on how it stands where nothing is wrong."""
        watched = [source for source in self.sources if source.state == "watched"]
        new = [source for source in watched if not source.last_ok]
        if not watched:
            return "No source is watched, so nothing is crawled."
        if len(new) == len(watched):
            begin = "" if self.daemon else " `dateline run` or `dateline crawl` begins."
            return f"No source has been crawled yet.{begin}"
        said = f"All is well: {'the daemon runs, and ' if self.daemon else ''}every source answers."
        return f"{said} Not crawled yet: {', '.join(source.name for source in new[:5])}." if new else said


async def archive_status(db: Reader, directory: Path, now: datetime) -> ArchiveStatus:
    """How the archive in a directory stands. Bounded: counts are kept by triggers, waiting addresses are indexed."""
    daemon = read_note(directory)
    counted = await rows(
        db,
        "select source, sum(articles) as releases, sum(articles) filter (where status = 'gone') as gone"
        " from article_counts group by source",
    )
    counts = {source: (releases or 0, gone or 0) for source, releases, gone in counted}
    waiting = dict(
        await rows(
            db, "select source, count(*) from urls indexed by urls_pending where state = 'pending' group by source"
        )
    )
    known = await rows(db, "select * from sources order by name")
    sources = tuple(_source(row, counts.get(row["name"], (0, 0)), waiting, daemon) for row in known)
    size = sum(path.stat().st_size for path in _files(directory))
    problems = (*_of_daemon(daemon, is_expected(directory), now), *_of_sources(sources))
    last_crawl = max((row["last_crawl"] or "" for row in known), default="")
    return ArchiveStatus(daemon, sources, size, problems, shutil.disk_usage(directory).free, last_crawl)


def _files(directory: Path) -> list[Path]:
    return [path for name in ("archive.db", "archive.db-wal") if (path := directory / name).is_file()]


def _source(row: Any, counts: tuple[int, int], waiting: dict[str, int], daemon: DaemonNote | None) -> SourceStatus:
    failed = "the last crawl" if row["failures"] == 1 else f"{row['failures']:,} crawls in a row"
    failing = f"{failed} failed: {row['last_error'] or 'no reason is known'}"
    watched = row["state"] == "watched"  # what nobody watches is nobody's trouble
    return SourceStatus(
        name=row["name"],
        title=row["title"] or row["name"],
        state=known_as(row, counts[0]),
        releases=counts[0],
        gone=counts[1],
        pending=waiting.get(row["name"], 0),
        due=(daemon.next if daemon else {}).get(row["name"], ""),
        last_ok=row["last_ok"] or "",
        failures=row["failures"],
        wrong=(row["health"] or (failing if row["failures"] else "")) if watched else "",
        wrong_since=(row["health_since"] or "") if watched else "",
    )


def _of_daemon(daemon: DaemonNote | None, expected: bool, now: datetime) -> Iterator[str]:
    """What is wrong with the daemon. Without one nothing is, unless one crawled this archive before."""
    if daemon is None and expected:
        yield "No daemon runs: nothing is crawled. Start it with `dateline run`, or crawl with `dateline crawl`."
    if daemon and daemon.next:
        overdue = now - min(datetime.fromisoformat(due) for due in daemon.next.values())
        if overdue > SILENT_AFTER:
            yield f"The daemon is silent: a crawl has been due for {int(overdue.total_seconds() // 60)} minutes."


def _of_sources(sources: tuple[SourceStatus, ...]) -> Iterator[str]:
    yield from (f"{source.name}: {source.wrong}" for source in sources if source.wrong)
