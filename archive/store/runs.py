"""Crawls in archive.db: which sources are watched, when each was crawled, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import CrawlCounts, Link
from archive.core.urls import key
from archive.store.health.contracts import check_source, store_contract
from archive.store.rows import moment, moment_from, moment_or_none
from archive.store.schema import Database

MOST_SEEN = 50_000
"""Addresses that a walk found which are handed to its next part."""

_MOST_NEWEST = 100


@dataclass(frozen=True)
class WatchedSource:
    """A source of sources.toml as the tables know it; its other settings are only there.

    `state` is watched, paused or unwatched.
    """

    name: str
    title: str
    url: str
    state: str = "watched"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunResult:
    """How a crawl of a source went.

    `requests` counts all that were made, `captures` what was archived, `errors` what was dropped through a failure.
    `problems` are the reasons, in words, why the source does not give its releases; a crawl that `failed` for another
    reason has that (`message`) as its only one. `offline`: it reached nothing for want of a network.
    """

    requests: int = 0
    captures: int = 0
    errors: int = 0
    message: str = ""
    failed: bool = False
    problems: tuple[str, ...] = ()
    offline: bool = False

    @property
    def reason(self) -> str:
        """Why it failed, if it did."""
        return self.message or "failed"


def watch(db: Database, sources: Iterable[WatchedSource]) -> tuple[str, ...]:
    """Write to `sources` and `source_tags` what sources.toml says; the crawled sources that are no longer in it.

    They stay, not watched and without tags. Sources of which the archive has nothing go.
    """
    stated: set[str] = set()
    crawled = "select name from sources where state != 'unwatched' and last_crawl is not null order by name"
    before = [name for (name,) in db.execute(crawled).fetchall()]
    db.execute("update sources set state = 'unwatched'")
    db.execute("delete from source_tags")
    for source in sources:
        db.execute(
            "insert into sources (name, title, url, state) values (?, ?, ?, ?) on conflict (name) do update set"
            " title = excluded.title, url = excluded.url, state = excluded.state",
            (source.name, source.title, source.url, source.state),
        )
        for tag in source.tags:
            db.execute("insert into source_tags (tag, source) values (?, ?)", (tag, source.name))
        stated.add(source.name)
    for (name,) in db.execute(_NEVER_CRAWLED).fetchall():
        if name not in stated:
            db.execute("delete from sources where name = ?", (name,))
    return tuple(name for name in before if name not in stated)


def begin_run(db: Database, source: str, at: datetime) -> int:
    """Record that a crawl of a source began; returns its number."""
    db.execute("insert or ignore into sources (name, title) values (?, ?)", (source, source))
    db.execute("update sources set last_crawl = ? where name = ?", (moment(at), source))
    cursor = db.execute("insert into runs (source, started_at) values (?, ?)", (source, moment(at)))
    return int(cursor.lastrowid or 0)


def finish_run(db: Database, run: int, at: datetime, result: RunResult) -> CrawlCounts:
    """Record how a crawl ended, its counts as committed by now, and the health of its source.

    One that was offline says nothing about its source.
    """
    source = db.execute("select source from runs where id = ?", (run,)).fetchone()[0]
    db.execute(
        "update runs set finished_at = ?, outcome = ?, requests = ?, captures = ?, errors = ?, message = ?"
        " where id = ?",
        (
            moment(at),
            "failed" if result.failed or result.offline else "ok",
            result.requests,
            result.captures,
            result.errors,
            result.message,
            run,
        ),
    )
    if not result.offline:
        _note_success(db, source, at, result)
        _note_health(db, source, at, result)
    return count_run(db, run, at)


def _note_success(db: Database, source: str, at: datetime, result: RunResult) -> None:
    """Count the crawls in a row that failed; one that did not begins the count anew."""
    if result.failed:
        db.execute("update sources set last_error = ?, failures = failures + 1 where name = ?", (result.reason, source))
    else:
        db.execute(
            "update sources set last_ok = ?, last_error = null, failures = 0 where name = ?", (moment(at), source)
        )


def _note_health(db: Database, source: str, at: datetime, result: RunResult) -> None:
    """Say what is wrong with a source, and since when: its problems, and what its history shows
    (`archive.history.health`), which may say the same in plainer words."""
    trouble = "; ".join(result.problems) or (result.reason if result.failed else "")
    found = check_source(db, source, at, trouble)
    stated = "" if any(finding.explains for finding in found) else trouble
    health = "; ".join(filter(None, (stated, *(finding.words for finding in found))))
    db.execute(
        "update sources set health_since = case when ? = '' then null else coalesce(health_since, ?) end, health = ?"
        " where name = ?",
        (health, moment(at), health, source),
    )


def count_run(db: Database, run: int, at: datetime) -> CrawlCounts:
    """The counts of a crawl, as the tables have them now (its captures up to `at`); also writes them to its row.

    New articles that were rejected since then do not count.
    """
    source, started, finished = db.execute(
        "select source, started_at, finished_at from runs where id = ?", (run,)
    ).fetchone()
    counts = _counts(db, source, started, finished or moment(at))
    db.execute(
        "update runs set articles = ?, edited = ?, gone = ? where id = ?",
        (counts.new, counts.edited, counts.gone, run),
    )
    return counts


def judge_restored(db: Database) -> None:
    """Derive the contract of each source that was crawled and has none, as of the end of its last crawl."""
    rows = db.execute(
        "select source, max(finished_at) from runs where finished_at is not null"
        " and source not in (select source from contracts) group by source"
    ).fetchall()
    for source, at in rows:
        store_contract(db, source, moment_from(at))


def backfill(db: Database, source: str) -> Backfill | None:
    """How far a source was walked back; None where no walk has begun."""
    row = db.execute(
        "select began_at, finished_at, found, expected, reached, coverage from backfills where source = ?", (source,)
    ).fetchone()
    if row is None:
        return None
    began_at, finished_at, found, expected, reached, coverage = row
    pages = db.query("select url, kind, way, family, state from walk_pages where source = ? order by n, key", (source,))
    named = db.execute(
        "select key, iif(via in (select url from documents where source = :source and kind = 'listing'), published, '')"
        " from urls where source = :source and first_seen >= :began limit :most",
        {"source": source, "began": began_at, "most": 0 if finished_at else MOST_SEEN},
    ).fetchall()
    return Backfill(
        moment_from(began_at),
        moment_or_none(finished_at),
        found,
        expected,
        reached,
        tuple(WalkPage(**page) for page in pages),
        frozenset(key for key, _ in named),
        {key: day for key, day in named if day},
        coverage,
    )


def note_backfill_pages(db: Database, source: str, pages: Iterable[WalkPage], at: datetime) -> None:
    """Record pages of a walk as they are now; the walk begins with the first of them."""
    db.execute(
        "insert into backfills (source, began_at) values (?, ?) on conflict (source) do update set"
        " began_at = case when finished_at is null then began_at else excluded.began_at end, finished_at = null",
        (source, _began(db, source, at)),
    )
    last = db.execute("select coalesce(max(n), 0) from walk_pages where source = ?", (source,)).fetchone()[0]
    for n, page in enumerate(pages, last + 1):
        db.execute(
            "insert into walk_pages (source, key, url, kind, way, family, state, n) values (?, ?, ?, ?, ?, ?, ?, ?)"
            " on conflict (source, key) do update set state = excluded.state",
            (
                source,
                key(page.url) or f"family {page.family}",
                page.url,
                page.kind,
                page.way,
                page.family,
                page.state,
                n,
            ),
        )


def _began(db: Database, source: str, at: datetime) -> str:
    """When the crawl that is under way began: what it has found so far is found by its walk."""
    row = db.execute("select last_crawl from sources where name = ?", (source,)).fetchone()
    return row[0] if row and row[0] and row[0] <= moment(at) else moment(at)


def note_backfill_progress(
    db: Database, source: str, found: int, expected: int, reached: str, coverage: str = ""
) -> None:
    """Record what a walk found so far, how many releases there may be, the oldest day that it reached, and what it has
    to remember of its sitemaps."""
    db.execute(
        "update backfills set found = ?, expected = ?, reached = ?, coverage = ? where source = ?",
        (found, expected, reached, coverage, source),
    )


def finish_backfill(db: Database, source: str, at: datetime) -> None:
    """Record that a source was walked to its first release; the pages of the walk go."""
    db.execute(
        "insert into backfills (source, began_at, finished_at) values (?, ?, ?)"
        " on conflict (source) do update set finished_at = excluded.finished_at, coverage = ''",
        (source, moment(at), moment(at)),
    )
    db.execute("delete from walk_pages where source = ?", (source,))


def newest(db: Database, source: str) -> tuple[Link, ...]:
    """A source's newest articles, from which the shape of others can be learned: their addresses, what lists and feeds
    say of them, and which of these named them first. What is gone, or has another address now, is none of them.

    Of those of one day the ones that a list named on its first page come first: further pages are walked later, and
    have older ones.
    """
    rows = db.execute(
        "select a.published_day, a.url, coalesce(u.title, ''), coalesce(u.published, ''), coalesce(u.via, '')"
        " from articles a left join urls u on u.article_id = a.id and u.state = 'article'"
        " where a.source = ? and a.status not in ('gone', 'moved')"
        " order by a.published_day desc, a.first_seen desc limit ?",
        (source, _MOST_NEWEST),
    ).fetchall()
    roots = {url for (url,) in db.execute("select url from documents where source = ? and root", (source,))}
    rows.sort(key=lambda row: bool(row[0]) and row[4] in roots, reverse=True)
    rows.sort(key=lambda row: row[0] or "", reverse=True)
    return tuple(Link(url, title, published, via=via) for _, url, title, published, via in rows)


def note_paces(db: Database, run: int, paces: Iterable[tuple[str, str]]) -> None:
    """Store what feeds (by address) that a crawl read ask of who reads them, in words of `crawler.sources.pace`."""
    db.conn.executemany(
        "update documents set pace = ? where source = (select source from runs where id = ?) and url = ?",
        [(pace, run, url) for url, pace in paces],
    )


def note_passages(db: Database, run: int, passages: Iterable[tuple[str, str]]) -> None:
    """Store the links through consent walls to documents (by address); "" for one that leads there no longer."""
    db.conn.executemany(
        "update documents set through = ? where source = (select source from runs where id = ?) and url = ?",
        [(through, run, url) for url, through in passages],
    )


def paces(db: Database, source: str) -> tuple[str, ...]:
    """What the feeds of a source ask of who reads them."""
    rows = db.execute("select pace from documents where source = ? and kind = 'feed' and pace <> ''", (source,))
    return tuple(pace for (pace,) in rows.fetchall())


def publications(db: Database, source: str, now: datetime) -> tuple[datetime, ...]:
    """When the latest releases of a source were published, to the minute as far as that is known; oldest first.

    A stated time counts if it has an offset and is not what nearly all state (a date that a program filled up); else
    the moment at which the release was first seen, if that was within two days of its day.
    """
    rows = db.execute(
        "select published_at, published_day, first_seen from articles indexed by articles_source_seen"
        " where source = ? order by first_seen desc limit ?",
        (source, _MOST_PUBLICATIONS),
    ).fetchall()
    times = Counter(stated[11:19] for stated, _, _ in rows if stated and len(stated) > 19)
    filler = {time for time, count in times.items() if time == "00:00:00" or (count > 4 and 2 * count > len(rows))}
    found: list[datetime] = []
    for stated, day, seen in rows:
        if stated and len(stated) > 19 and stated[11:19] not in filler:
            found.append(moment_from(stated))
        elif day and abs(moment_from(seen) - moment_from(f"{day[:10]}T12:00:00+00:00")) <= _SOON_SEEN:
            found.append(moment_from(seen))
    return tuple(sorted(at for at in found if at <= now))


_MOST_PUBLICATIONS = 300
_SOON_SEEN = timedelta(days=2)


def last_crawls(db: Database) -> dict[str, datetime]:
    """When the last finished crawl of each source began."""
    latest = "select max(started_at) from runs where source = s.name and finished_at is not null"
    rows = db.execute(f"select s.name, ({latest}) from sources s").fetchall()
    return {source: moment_from(at) for source, at in rows if at}


def _counts(db: Database, source: str, since: str, until: str) -> CrawlCounts:
    """The counts since a moment, by indexes on time: the cost grows with what happened since, not with the archive."""
    values = {"source": source, "since": since, "until": until}
    counted = dict(db.execute(EVENTS, values).fetchall())
    unchanged, dropped = (int(db.execute(sql, values).fetchone()[0]) for sql in (UNCHANGED, DROPPED))
    return CrawlCounts(counted.get("new", 0), counted.get("edited", 0), counted.get("gone", 0), unchanged, dropped)


_NEVER_CRAWLED = (
    "select name from sources where state = 'unwatched' and last_crawl is null"
    " and not exists (select 1 from captures where captures.source = sources.name)"
)
EVENTS = (
    "select kind, count(*) from events indexed by events_source"
    " where source = :source and kind in ('new', 'edited', 'gone') and at between :since and :until"
    " and (article_id is null or article_id in (select id from articles)) group by kind"
)
UNCHANGED = (
    "select count(*) from captures indexed by captures_newest where fetched_at between :since and :until"
    " and source = :source and kind = 'page' and (revisit or status = 304)"
)
DROPPED = (
    "select count(*) from urls indexed by urls_failed"
    " where source = :source and last_checked between :since and :until and failures > 0"
)
