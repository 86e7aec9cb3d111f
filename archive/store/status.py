"""The state of an archive: its sources, what was dropped and why, and its size on disk. Only reads."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archive.core.backfill import backfill_in_words


@dataclass(frozen=True)
class SourceStatus:
    """The state of a source. Moments are ISO 8601 in UTC, empty for never.

    `health` is what is wrong with it, in words, since `health_since`; empty if nothing is wrong. `backfill` says how
    far it was walked back, in words; empty if no walk has begun. `backfilled_at` is when that was done.
    """

    name: str
    title: str
    url: str
    state: str
    articles: int
    captures: int
    pending: int
    due: int
    newest: str
    last_crawl: str
    last_ok: str
    last_error: str
    failures: int
    health: str = ""
    health_since: str = ""
    backfill: str = ""
    backfilled_at: str = ""


@dataclass(frozen=True)
class Dropped:
    """The number of a source's addresses that gave nothing, for one reason.

    `again` is when the first of those that are still to be fetched is tried again; empty where none is.
    """

    source: str
    reason: str
    count: int
    again: str = ""


@dataclass(frozen=True)
class Size:
    """The size of an archive in bytes."""

    database: int
    warc: int
    warc_files: int


def of_sources(connection: sqlite3.Connection, now: str = "9999") -> tuple[SourceStatus, ...]:
    """Every source in the archive, by name. What is planned up to `now` (a stored moment) counts as due."""
    rows = connection.execute(
        """
        select s.name, coalesce(s.title, s.name), coalesce(s.url, ''), s.state,
            (select count(*) from articles where source = s.name),
            (select count(*) from captures where source = s.name),
            (select count(*) from urls indexed by urls_pending where source = s.name and state = 'pending'),
            (select count(*) from urls indexed by urls_due where source = s.name and next_check <= ?
                and state = 'article'),
            coalesce((select max(published_day) from articles where source = s.name), ''),
            coalesce(s.last_crawl, ''), coalesce(s.last_ok, ''), coalesce(s.last_error, ''), s.failures,
            s.health, coalesce(s.health_since, '')
        from sources s order by s.name
        """,
        (now,),
    )
    walks = connection.execute("select source, coalesce(finished_at, ''), found, expected, reached from backfills")
    backfills = {
        source: (backfill_in_words(found, expected, reached, finished_at[:10]), finished_at)
        for source, finished_at, found, expected, reached in walks
    }
    return tuple(SourceStatus(*(*row, *backfills.get(row[0], ("", "")))) for row in rows)


def dropped(connection: sqlite3.Connection) -> tuple[Dropped, ...]:
    """Why addresses gave nothing, by source and reason, the most frequent first."""
    again = {
        (source, reason): moment or ""
        for source, reason, moment in connection.execute(
            "select source, reason, min(next_check) from urls indexed by urls_pending where state = 'pending'"
            " group by source, reason"
        )
    }
    rows = connection.execute(
        "select source, reason, count(*) from urls where reason <> ''"
        " and (state in ('pending', 'rejected', 'dropped', 'gone') or state = 'article' and reason like 'robots.txt%')"
        " and reason not in ('feed', 'sitemap', 'listing', 'robots', 'redirect')"
        " and reason not in (select reason from unread)"
        " group by source, reason order by source, count(*) desc, reason"
    )
    return tuple(Dropped(source, reason, n, again.get((source, reason), "")) for source, reason, n in rows)


def unfollowed(connection: sqlite3.Connection) -> tuple[Dropped, ...]:
    """Links that the feeds, listings and sitemaps of a source name and that were not followed: what each says of it."""
    rows = connection.execute(
        "select source, note, url from documents where note like '%links not followed%' and problem = ''"
        " order by source, url"
    )
    found: list[Dropped] = []
    for source, note, url in rows:
        for part in note.split(", "):
            count, _, reason = part.partition(" links not followed: ")
            if count.isdecimal():
                found.append(Dropped(source, f"links of {url}, {reason}", int(count)))
    return tuple(found)


def unread(connection: sqlite3.Connection) -> tuple[Dropped, ...]:
    """How many captures could not be read, by source and reason. That is our failure: they are tried again."""
    rows = connection.execute(
        "select c.source, u.reason, count(*) from unread u cross join captures c on c.id = u.capture_id"
        " group by c.source, u.reason order by c.source, count(*) desc, u.reason"
    )
    return tuple(Dropped(*row) for row in rows)


def size(directory: Path) -> Size:
    """The size of an archive on disk."""
    database = sum(_bytes(directory / name) for name in ("archive.db", "archive.db-wal"))
    files = [_bytes(path) for path in (directory / "warc").rglob("*.warc*")]
    return Size(database, sum(files), len(files))


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
