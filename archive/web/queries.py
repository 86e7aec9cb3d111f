"""What the pages read from archive.db. Every query is bounded and walks an index; nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from archive.store.search import Order, Statement, matching, ordered
from archive.text.wording import opening
from archive.web.edits import Revision
from archive.web.search import LIMIT, PAGE, RANKED, Query

CHANGES = ("edited", "missing", "gone", "returned", "moved", "blocked", "alternates")
CERTAIN = ("edited", "gone", "returned", "moved")

_RELEASE = """
    a.id, a.source, coalesce(nullif(s.title, ''), a.source) as source_title, a.title, a.published_day, a.published_at,
    a.first_seen, a.status,
    exists (select 1 from revisions r where r.article_id = a.id and r.severity not in ('first', 'cosmetic')) as edited
"""
_REVISION = "n, fetched_at, severity, silent, summary, capture_id, title, text"
_NEWEST = "order by a.published_day desc, a.first_seen desc"


class Reader(Protocol):
    """The part of Datasette's Database that reading needs."""

    async def execute(self, sql: str, params: Any = None) -> Any: ...


@dataclass(frozen=True)
class Release:
    """A release as lists show it. `opening` is its first sentence, where it was asked for."""

    id: int
    source: str
    source_title: str
    title: str
    published_day: str
    published_at: str
    first_seen: str
    status: str
    edited: bool
    text: str = ""

    @property
    def opening(self) -> str:
        return opening(self.text, self.title)


@dataclass(frozen=True)
class Health:
    """A watched source and how its crawls go. `state` is ok, failing, waiting (never crawled), or what a person set."""

    name: str
    title: str
    url: str
    state: str
    releases: int
    last_crawl: str
    last_ok: str
    last_error: str
    failures: int


@dataclass(frozen=True)
class Event:
    """Something that happened to a release; `title` is empty where no release is meant."""

    at: str
    source: str
    source_title: str
    article_id: int | None
    url: str
    kind: str
    detail: str
    title: str


@dataclass(frozen=True)
class Results:
    """A page of a search. `total` counts no further than LIMIT; `more` says there are others beyond."""

    releases: tuple[Release, ...]
    total: int
    more: bool
    ranked: bool
    too_broad: bool


NOTHING = Results((), 0, False, False, False)
"""What words that cannot be searched for (only punctuation) find."""


async def rows(db: Reader, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Any]:
    """The rows of a query."""
    return list((await db.execute(sql, parameters)).rows)


async def newest_releases(db: Reader, count: int) -> list[Release]:
    """The newest releases of all sources with the beginning of their texts."""
    return _releases(
        await rows(
            db,
            f"select {_RELEASE}, substr(a.text, 1, 900) as text from articles a"
            f" left join sources s on s.name = a.source {_NEWEST} limit ?",
            [count],
        )
    )


async def releases_of(db: Reader, source: str, count: int) -> list[Release]:
    """The newest releases of one source."""
    return _releases(
        await rows(
            db,
            f"select {_RELEASE}, substr(a.text, 1, 900) as text from articles a"
            f" left join sources s on s.name = a.source where a.source = ? {_NEWEST} limit ?",
            [source, count],
        )
    )


def _releases(found: Sequence[Any]) -> list[Release]:
    return [
        Release(
            id=row["id"],
            source=row["source"],
            source_title=row["source_title"],
            title=row["title"],
            published_day=row["published_day"] or "",
            published_at=row["published_at"] or "",
            first_seen=row["first_seen"],
            status=row["status"],
            edited=bool(row["edited"]),
            text=row["text"],
        )
        for row in found
    ]


async def sources(db: Reader) -> list[Health]:
    """Every source with its count and health, the largest first; sources only imported from are included."""
    counts = dict(await rows(db, "select source, count(*) from articles indexed by articles_source group by source"))
    known = {row["name"]: row for row in await rows(db, "select * from sources")}
    found = [_health(name, known.get(name), counts.get(name, 0)) for name in {*counts, *known}]
    return sorted(found, key=lambda source: (-source.releases, source.name))


async def source_names(db: Reader) -> list[tuple[str, str]]:
    """Name and title of every source with releases, by title. Steps from one source to the next in the index."""
    found = await rows(
        db,
        """
        with recursive named(name) as (
            select min(source) from articles
            union all
            select (select min(source) from articles where source > named.name) from named where named.name is not null
        )
        select n.name, coalesce(nullif(s.title, ''), n.name) as title
        from named n left join sources s on s.name = n.name where n.name is not null
        """,
    )
    return sorted(((row["name"], row["title"]) for row in found), key=lambda source: source[1].casefold())


async def source_named(db: Reader, name: str) -> Health | None:
    """One source with its count, or None where neither sources nor articles know the name."""
    counting = "select count(*) from articles indexed by articles_source where source = ?"
    releases = (await rows(db, counting, [name]))[0][0]
    known = await rows(db, "select * from sources where name = ?", [name])
    return _health(name, known[0] if known else None, releases) if known or releases else None


def _health(name: str, row: Any, releases: int) -> Health:
    if row is None:
        return Health(name, name, "", "imported", releases, "", "", "", 0)
    state = row["state"]
    if state == "watched":
        state = "failing" if row["failures"] else "ok" if row["last_ok"] else "waiting"
    return Health(
        name=name,
        title=row["title"] or name,
        url=row["url"] or "",
        state=state,
        releases=releases,
        last_crawl=row["last_crawl"] or "",
        last_ok=row["last_ok"] or "",
        last_error=row["last_error"] or "",
        failures=row["failures"],
    )


async def newest_events(
    db: Reader, kinds: Sequence[str], count: int, *, source: str = "", before: str = ""
) -> list[Event]:
    """The newest events of the kinds, each kind by its own index walk, joined newest first."""
    walk = "events_source where source = :source and" if source else "events_kind where"
    parts = [
        f"select * from (select * from events indexed by {walk} kind = :kind{n}"
        f"{' and at < :before' if before else ''} order by at desc limit :count)"
        for n, _ in enumerate(kinds)
    ]
    named = {f"kind{n}": kind for n, kind in enumerate(kinds)}
    found = await rows(
        db,
        "select e.at, e.source, coalesce(nullif(s.title, ''), e.source) as source_title, e.article_id,"
        " coalesce(e.url, a.url, '') as url, e.kind, e.detail, coalesce(a.title, '') as title"
        f" from ({' union all '.join(parts)}) e left join articles a on a.id = e.article_id"
        " left join sources s on s.name = e.source order by e.at desc limit :count",
        {**named, "count": count, "source": source, "before": before},
    )
    return [Event(**{name: row[name] for name in row.keys()}) for row in found]  # noqa: SIM118 (a Row is no dict)


async def look_up(db: Reader, query: Query, match: str) -> Results:
    """One page of what a visitor searched for."""
    matches = await _first(db, matching(query.words, RANKED + 1)) if match else 0
    by_rank = bool(match) and query.sort == "best" and matches <= RANKED
    order: Order = "relevance" if by_rank else "newest"
    statement = ordered(query.selection, order, LIMIT + 1, matches)
    ids = [row[0] for row in await rows(db, statement.sql, statement.parameters)]
    start = (query.page - 1) * PAGE
    return Results(
        releases=tuple(await _in_order(db, ids[:LIMIT][start : start + PAGE])),
        total=min(len(ids), LIMIT),
        more=len(ids) > LIMIT,
        ranked=by_rank,
        too_broad=bool(match) and query.sort == "best" and not by_rank,
    )


async def _first(db: Reader, statement: Statement) -> int:
    return int((await rows(db, statement.sql, statement.parameters))[0][0])


async def _in_order(db: Reader, ids: Sequence[int]) -> list[Release]:
    found = _releases(
        await rows(
            db,
            f"select {_RELEASE}, substr(a.text, 1, 8000) as text from articles a"
            " left join sources s on s.name = a.source where a.id in (select value from json_each(?))",
            [json.dumps(list(ids))],
        )
    )
    return sorted(found, key=lambda release: ids.index(release.id))


async def article(db: Reader, article_id: int) -> Any | None:
    """The article's row with its source's title, or None."""
    found = await rows(
        db,
        "select a.*, coalesce(nullif(s.title, ''), a.source) as source_title from articles a"
        " left join sources s on s.name = a.source where a.id = ?",
        [article_id],
    )
    return found[0] if found else None


async def revisions(db: Reader, article_id: int, most: int = 50) -> list[Revision]:
    """The newest revisions of an article, newest first."""
    sql = f"select {_REVISION} from revisions where article_id = ? order by n desc limit ?"
    return [_revision(row) for row in await rows(db, sql, [article_id, most])]


async def revision_pair(db: Reader, article_id: int, n: int) -> list[Revision]:
    """Revision n and the one before it, newest first; the first revision stands alone."""
    sql = f"select {_REVISION} from revisions where article_id = ? and n <= ? order by n desc limit 2"
    return [_revision(row) for row in await rows(db, sql, [article_id, n])]


def _revision(row: Any) -> Revision:
    return Revision(**{name: row[name] for name in row.keys()} | {"silent": bool(row["silent"])})  # noqa: SIM118


async def captures(db: Reader, article_id: int, most: int = 100) -> list[Any]:
    """The newest captures of an article, newest first."""
    sql = "select * from captures where article_id = ? order by fetched_at desc limit ?"
    return await rows(db, sql, [article_id, most])


async def capture(db: Reader, capture_id: int) -> Any | None:
    """One capture's row, or None."""
    found = await rows(db, "select * from captures where id = ?", [capture_id])
    return found[0] if found else None


async def full_capture(db: Reader, row: Any) -> Any | None:
    """The capture that holds the body: the row itself, or for a revisit the newest full one with the same payload."""
    if not row["revisit"]:
        return row
    found = await rows(
        db,
        "select * from captures where url in (?, ?) and digest = ? and revisit = 0 and fetched_at <= ?"
        " order by fetched_at desc limit 1",
        [row["url"], row["final_url"], row["digest"], row["fetched_at"]],
    )
    return found[0] if found else None


async def removed(db: Reader, article_id: int, most: int = 200) -> list[Any]:
    """What cleaning took out of the article, in the page's order."""
    sql = "select position, text, why from removed where article_id = ? order by position limit ?"
    return await rows(db, sql, [article_id, most])


async def events_of(db: Reader, article_id: int, most: int = 100) -> list[Any]:
    """What happened to an article, newest first."""
    sql = "select at, kind, detail, capture_id from events where article_id = ? order by at desc limit ?"
    return await rows(db, sql, [article_id, most])


async def runs_of(db: Reader, source: str, most: int = 10) -> list[Any]:
    """The newest crawls of a source."""
    return await rows(db, "select * from runs where source = ? order by started_at desc limit ?", [source, most])
