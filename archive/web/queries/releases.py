"""Releases as lists show them, and the row of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from archive.text.wording import opening
from archive.web.queries.rows import Reader, row, rows

_COLUMNS = """
    a.id, a.source, coalesce(nullif(s.title, ''), a.source) as source_title, a.title, a.published_day, a.published_at,
    a.listed_day, a.first_seen, a.changed_at, a.status, a.language, a.missing_since is not null as missing,
    exists (select 1 from revisions r where r.article_id = a.id and r.severity not in ('first', 'cosmetic')) as edited
"""
_FROM = "articles a left join sources s on s.name = a.source"
_AT_ITS_PLACE = (
    "not (a.status = 'moved' and a.moved_to is not null and exists (select 1 from articles b"
    " where b.id = a.moved_to and (b.status <> 'moved' or b.moved_to is not a.id){}))"
)
"""Not a release whose new address the archive has: it stands in lists there, once."""

_IN_ALL, _IN_ITS_SOURCE = _AT_ITS_PLACE.format(""), _AT_ITS_PLACE.format(" and b.source = a.source")

_NEWEST = "order by a.listed_day desc, a.first_seen desc"

BACKFILLED_AFTER = 7
"""Days between the day of a release and the day it was first seen, from which on it counts as backfilled."""

_PARTS = 400
"""Walks of an index that one query joins; SQLite allows 500."""

_LOOKED_THROUGH = 500
"""Releases, by when they came, that are looked through for backfilled ones."""


@dataclass(frozen=True)
class Release:
    """A release as lists show it. `opening` is its first sentence, where its text was asked for.

    `listed_day` is the day it is listed under: that of publication, or the one it was first seen on where the page
    states none, or one that was still to come.
    """

    id: int
    source: str
    source_title: str
    title: str
    published_day: str
    published_at: str
    listed_day: str
    first_seen: str
    changed_at: str
    status: str
    missing: bool
    edited: bool
    text: str = ""
    language: str = ""

    @property
    def opening(self) -> str:
        return opening(self.text, self.title)


async def newest_releases(db: Reader, count: int) -> list[Release]:
    """The newest releases of all sources, each once, by the day they are listed under, with the beginning of their
    texts."""
    sql = f"select {_COLUMNS}, substr(a.text, 1, 900) as text from {_FROM} where {_IN_ALL} {_NEWEST} limit ?"
    return releases(await rows(db, sql, [count]))


async def releases_of(db: Reader, source: str, count: int) -> list[Release]:
    """The newest releases of one source, each once."""
    sql = (
        f"select {_COLUMNS}, substr(a.text, 1, 900) as text from {_FROM}"
        f" where a.source = ? and {_IN_ITS_SOURCE} {_NEWEST} limit ?"
    )
    return releases(await rows(db, sql, [source, count]))


async def last_archived(
    db: Reader, count: int, source: str = "", *, among: Sequence[str] | None = None, full: bool = False
) -> list[Release]:
    """The releases that came last into the archive, whatever their day; with `full`, their whole texts.

    `among` are names of sources: only their releases are meant.
    """
    length = 100_000 if full else 900
    if among is not None:
        return await _last_of(db, count, [name for name in among if not source or name == source], length)
    where = "where a.source = :source" if source else ""
    index = "articles_source_seen" if source else "articles_seen"
    sql = (
        f"select {_COLUMNS}, substr(a.text, 1, {length}) as text from articles a indexed by {index}"
        f" left join sources s on s.name = a.source {where} order by a.first_seen desc, a.id limit :count"
    )
    return releases(await rows(db, sql, {"source": source, "count": count}))


async def _last_of(db: Reader, count: int, names: Sequence[str], length: int) -> list[Release]:
    """The releases of several sources that came last: a walk of the index for each, in steps of _PARTS sources."""
    newest: list[tuple[str, int]] = []
    for start in range(0, len(names), _PARTS):
        some = names[start : start + _PARTS]
        parts = [
            "select * from (select first_seen, id from articles indexed by articles_source_seen"
            f" where source = :source{n} order by first_seen desc, id limit :count)"
            for n, _ in enumerate(some)
        ]
        found = await rows(
            db,
            f"{' union all '.join(parts)} order by first_seen desc, id limit :count",
            {"count": count, **{f"source{n}": name for n, name in enumerate(some)}},
        )
        newest += [(moment, article) for moment, article in found]
    newest.sort(key=itemgetter(1))
    newest.sort(key=itemgetter(0), reverse=True)
    return await _with_ids(db, [number for _, number in newest[:count]], length)


async def newest_backfilled(db: Reader, count: int) -> list[Release]:
    """Old releases among those that came last into the archive: lists by day do not show them as new."""
    sql = (
        f"select {_COLUMNS}, '' as text from (select id from"
        " (select id, listed_day, first_seen from articles indexed by articles_seen order by first_seen desc"
        " limit :most)"
        f" where listed_day < date(first_seen, '-{BACKFILLED_AFTER} days') order by first_seen desc limit :count) found"
        f" cross join {_FROM.replace('articles a', 'articles a on a.id = found.id')} order by a.first_seen desc"
    )
    return releases(await rows(db, sql, {"most": _LOOKED_THROUGH, "count": count}))


async def releases_with(db: Reader, ids: Sequence[int]) -> list[Release]:
    """The releases with these ids, in this order, with as much of their texts as a search looks at."""
    return await _with_ids(db, ids, 8000)


async def _with_ids(db: Reader, ids: Sequence[int], length: int) -> list[Release]:
    sql = (
        f"select {_COLUMNS}, substr(a.text, 1, {length}) as text from {_FROM}"
        " where a.id in (select value from json_each(?))"
    )
    place = {number: at for at, number in enumerate(ids)}
    return sorted(releases(await rows(db, sql, [json.dumps(list(ids))])), key=lambda release: place[release.id])


def releases(found: Sequence[Any]) -> list[Release]:
    """Rows as releases."""
    return [
        Release(
            id=row["id"],
            source=row["source"],
            source_title=row["source_title"],
            title=row["title"],
            published_day=row["published_day"] or "",
            published_at=row["published_at"] or "",
            listed_day=row["listed_day"] or "",
            first_seen=row["first_seen"],
            changed_at=row["changed_at"] or "",
            status=row["status"],
            missing=bool(row["missing"]),
            edited=bool(row["edited"]),
            text=row["text"],
            language=row["language"] or "",
        )
        for row in found
    ]


async def article(db: Reader, article_id: int) -> Any | None:
    """The article's row with its source's title, or None."""
    sql = f"select a.*, coalesce(nullif(s.title, ''), a.source) as source_title from {_FROM} where a.id = ?"
    return await row(db, sql, [article_id])


async def moved_here(db: Reader, article_id: int, most: int = 3) -> list[Any]:
    """Number, address and count of versions of the articles that moved to another, the latest first."""
    sql = (
        "select id, url, revisions from articles indexed by articles_moved where moved_to = ? and status = 'moved'"
        " order by last_seen desc limit ?"
    )
    return await rows(db, sql, [article_id, most])


async def title_of(db: Reader, article_id: int) -> tuple[str, str, str] | None:
    """Title, address and language of an article, or None."""
    found = await row(db, "select title, url, language from articles where id = ?", [article_id])
    return (found["title"], found["url"], found["language"] or "") if found else None
