"""The history of a source read from the tables, and what follows from it written to `contracts` and `health`.

Every query is bounded and walks an index: the cost does not grow with the archive.
"""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass
from datetime import date, datetime

from archive.core.http_status import BLOCKED
from archive.core.urls import host
from archive.history.health import Contract, Finding, Reading, Release, SourceHistory, Way, contract, findings
from archive.history.replay import SHUT
from archive.store.rows import moment, moment_from, moment_or_none
from archive.store.schema import Database

_MOST_DAYS, _MOST_RELEASES, _MOST_READINGS, _MOST_WAYS = 260, 160, 160, 40


@dataclass(frozen=True)
class SourceFinding:
    """A row of `health`: what is wrong with a source, since when (ISO 8601), and what a person can do about it."""

    source: str
    kind: str
    about: str
    since: str
    words: str
    advice: str


@dataclass(frozen=True)
class Judgement:
    """What a source can be expected to do, and what is wrong with it, the longest first."""

    contract: Contract
    findings: tuple[SourceFinding, ...] = ()


def check_source(db: Database, source: str, now: datetime, trouble: str = "") -> tuple[Finding, ...]:
    """Judge a source by its history, and store what follows. `trouble` is why its last crawl failed, in words.

    What was wrong before and still is keeps its first moment; what is no longer wrong leaves the table.
    """
    history = history_of(db, source, now, trouble)
    _store_contract(db, source, contract(history), now)
    found = findings(history, now)
    _store_findings(db, source, found, now)
    return found


def store_contract(db: Database, source: str, now: datetime) -> None:
    """Store what a source can be expected to do by its history, as of now."""
    _store_contract(db, source, contract(history_of(db, source, now)), now)


def judgements(connection: sqlite3.Connection) -> dict[str, Judgement]:
    """What every source can be expected to do and what is wrong with it, by name; only those that were crawled."""
    found: dict[str, list[SourceFinding]] = {}
    for row in connection.execute(
        "select source, kind, about, since, words, advice from health order by source, since, kind"
    ):
        found.setdefault(row[0], []).append(SourceFinding(*row))
    contracts = connection.execute(
        "select source, releases, usual_days, longest_days, silent_after, articles, titled, dated, words from contracts"
    )
    return {row[0]: Judgement(Contract(*row[1:]), tuple(found.get(row[0], ()))) for row in contracts}


def history_of(db: Database, source: str, now: datetime, trouble: str = "") -> SourceHistory:
    """What the tables know of a source, the latest of each."""
    url, name = db.execute("select coalesce(url, ''), name from sources where name = ?", (source,)).fetchone()
    refusals, refusal, refused_at, rest_until = db.execute(
        "select refusals, reason, refused_at, rest_until from hosts where host = ?", (host(url),)
    ).fetchone() or (0, "", None, None)
    robots = db.execute(
        "select fetched_at from captures where source = ? and kind = 'robots' order by fetched_at desc limit 2", (name,)
    ).fetchall()
    forbidden = db.execute(
        "select count(*) from (select 1 from urls indexed by urls_reason where source = ?"
        " and reason = 'robots.txt disallows it' and reason <> '' and state = 'article' limit 1000)",
        (source,),
    ).fetchone()[0]
    began = db.execute("select min(started_at) from runs where source = ?", (source,)).fetchone()[0]
    return SourceHistory(
        url,
        _days(db, source, now),
        _releases(db, source),
        _readings(db, source),
        _ways(db, source),
        trouble,
        moment_from(robots[0][0]) if len(robots) > 1 else None,
        forbidden,
        refusals,
        refusal,
        moment_or_none(refused_at),
        moment_or_none(began),
        moment_or_none(rest_until),
    )


def _days(db: Database, source: str, now: datetime) -> tuple[date, ...]:
    """The latest days on which a source published, until today, one step in the index each."""
    rows = db.execute(
        """
        with recursive newest(day) as (
            select (select max(published_day) from articles indexed by articles_source
                where source = :source and published_day <= :today)
            union all
            select (select max(published_day) from articles indexed by articles_source
                where source = :source and published_day < newest.day) from newest where newest.day is not null
        )
        select day from newest where day is not null limit :most
        """,
        {"source": source, "today": now.date().isoformat(), "most": _MOST_DAYS},
    ).fetchall()
    return tuple(sorted({date.fromisoformat(day[:10]) for (day,) in rows}))


def _releases(db: Database, source: str) -> tuple[Release, ...]:
    rows = db.execute(
        "select a.first_seen, a.published_day, a.word_count, a.title, coalesce(u.via, '')"
        " from articles a indexed by articles_source_seen"
        " left join urls u on u.article_id = a.id and u.source = a.source and u.via <> ''"
        " where a.source = ? order by a.first_seen desc limit ?",
        (source, _MOST_RELEASES),
    ).fetchall()
    titles = [row[3] for row in rows]
    return tuple(
        Release(
            moment_from(seen),
            date.fromisoformat(day[:10]) if day else None,
            words,
            bool(title) and titles.count(title) <= 2,
            via,
        )
        for seen, day, words, title, via in reversed(rows)
    )


def _readings(db: Database, source: str) -> tuple[Reading, ...]:
    """The latest pages that were answered in full. A missing one, or a broken server, says nothing of how pages are
    read."""
    rows = db.execute(
        "select fetched_at, page_kind, note, status, article_id is not null from captures indexed by captures_pages"
        " where source = ? and kind = 'page' and revisit = 0 and status <> 304 order by fetched_at desc limit ?",
        (source, _MOST_READINGS),
    ).fetchall()
    return tuple(
        Reading(
            moment_from(at),
            page_kind == "release",
            page_kind in SHUT or status in BLOCKED,
            "" if page_kind == "release" else note or f"the server answered {status}",
        )
        for at, page_kind, note, status, _ in reversed(rows)
        if page_kind not in ("missing", "unread") and status not in (404, 410) and status < 500
    )


def _ways(db: Database, source: str) -> tuple[Way, ...]:
    """Feeds first, then listings, then sitemaps; of each the shortest addresses.

    Where it is known with which a crawl begins, of those that answer only these: further pages were read long ago. What
    an index leads to, which names no releases itself, is read with it.
    """
    rows = db.execute(
        "select url, kind, problem, links from documents where source = ? and kind in ('feed', 'listing', 'sitemap')"
        " and (problem <> '' or root = (select max(root) from documents where source = ?)"
        " or kind in (select kind from documents where source = ? and root and problem = '' and links = 0))"
        " order by kind = 'sitemap', kind = 'listing', length(url) limit ?",
        (source, source, source, _MOST_WAYS),
    ).fetchall()
    return tuple(Way(way, kind, problem, links, *_moved(db, way)) for way, kind, problem, links in rows)


def _moved(db: Database, url: str) -> tuple[str, datetime | None]:
    """Where an address that its own host used to answer leads to now, and since when."""
    rows = db.execute(
        "select final_url, fetched_at from captures where url = ? and kind in ('feed', 'listing', 'sitemap')"
        " order by fetched_at desc limit 20",
        (url,),
    ).fetchall()
    away = [row for row in rows if _site(row[0]) != _site(url)]
    if not rows or _site(rows[0][0]) == _site(url) or len(away) == len(rows):
        return "", None
    since = rows[next(n for n, row in enumerate(rows) if _site(row[0]) == _site(url)) - 1][1]
    return rows[0][0], moment_from(since)


def _site(url: str) -> str:
    return host(url).removeprefix("www.")


def _store_contract(db: Database, source: str, expected: Contract, now: datetime) -> None:
    db.execute("delete from contracts where source = ?", (source,))
    db.execute(
        "insert into contracts (source, releases, usual_days, longest_days, silent_after, articles, titled, dated,"
        " words, checked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (source, *astuple(expected), moment(now)),
    )


def _store_findings(db: Database, source: str, found: tuple[Finding, ...], now: datetime) -> None:
    known = {
        (kind, about): since
        for kind, about, since in db.execute("select kind, about, since from health where source = ?", (source,))
    }
    db.execute("delete from health where source = ?", (source,))
    for one in found:
        since = one.since.isoformat() if one.since else known.get((one.kind, one.about), moment(now))
        db.execute(
            "insert or replace into health (source, kind, about, since, words, advice) values (?, ?, ?, ?, ?, ?)",
            (source, one.kind, one.about, since, one.words, one.advice),
        )
