"""What the archive tells: full-text search and the state of each source. Only reads; used by command line and web."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from archive.core.errors import ArchiveError
from archive.text.fulltext import Snippet, match_query, snippet

Order = Literal["newest", "oldest", "relevance"]

_ORDERS = {
    "newest": "a.published_day desc, a.first_seen desc, a.id",
    "oldest": "a.published_day, a.first_seen, a.id",
    "relevance": "bm25(articles_fts, 8.0, 1.0), a.id",
}


@dataclass(frozen=True)
class Hit:
    """An article found. `snippet` is the passage with the words; its `hits` are places in it."""

    id: int
    source: str
    url: str
    title: str
    published_at: str
    first_seen: str
    status: str
    revisions: int
    snippet: Snippet


@dataclass(frozen=True)
class Results:
    """The articles asked for, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class SourceStatus:
    """How a source stands. Moments are ISO 8601 in UTC, empty for never; `recent` events are those of the last run."""

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


@contextmanager
def open_readonly(path: Path) -> Iterator[sqlite3.Connection]:
    """An archive's database opened for reading alone. Raises ArchiveError when there is none."""
    if not path.is_file():
        raise ArchiveError(
            f"There is no archive at {path.parent}: archive.db is missing. Crawl, import or rebuild first."
        )
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        yield connection


def search(
    connection: sqlite3.Connection,
    words: str,
    source: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: int = 20,
    order: Order = "newest",
) -> Results:
    """Articles that hold these words (`archive.text.fulltext.match_query`), or all when there are none.

    Days are inclusive.
    """
    query = match_query(words)
    if words.strip() and not query:
        return Results((), 0)
    tables = "articles_fts join articles a on a.id = articles_fts.rowid" if query else "articles a"
    tests: list[tuple[str, object]] = [
        ("articles_fts match ?", query),
        ("a.source = ?", source),
        ("a.published_day >= ?", since and since.isoformat()),
        ("a.published_day <= ?", until and until.isoformat()),
    ]
    asked = [(test, value) for test, value in tests if value]
    where = " and ".join(test for test, _ in asked) or "1"
    values = [value for _, value in asked]
    ordering = _ORDERS[order if query or order != "relevance" else "newest"]
    counted = "articles_fts" if query and len(asked) == 1 else tables
    total = connection.execute(f"select count(*) from {counted} where {where}", values).fetchone()[0]
    ids = f"select a.id from {tables} where {where} order by {ordering} limit ?"
    numbers = [row[0] for row in connection.execute(ids, [*values, limit])]
    return Results(tuple(_hit(connection, number, words) for number in numbers), int(total))


def _hit(connection: sqlite3.Connection, number: int, words: str) -> Hit:
    source, url, title, published, first_seen, status, revisions, text = connection.execute(
        "select source, url, title, coalesce(published_at, ''), first_seen, status, revisions, text"
        " from articles where id = ?",
        (number,),
    ).fetchone()
    passage = snippet(" ".join(text.split()), words)
    return Hit(number, source, url, title, published, first_seen, status, revisions, passage)


def status(connection: sqlite3.Connection, now: str = "9999") -> tuple[SourceStatus, ...]:
    """Every source in the archive, by name. `now` (a stored moment) bounds what counts as due."""
    rows = connection.execute(
        """
        select s.name, coalesce(s.title, s.name), coalesce(s.url, ''), s.state,
            (select count(*) from articles where source = s.name),
            (select count(*) from captures where source = s.name),
            (select count(*) from urls where source = s.name and state = 'pending'),
            (select count(*) from urls where source = s.name and state <> 'pending' and next_check <= ?),
            coalesce((select max(published_day) from articles where source = s.name), ''),
            coalesce(s.last_crawl, ''), coalesce(s.last_ok, ''), coalesce(s.last_error, ''), s.failures
        from sources s order by s.name
        """,
        (now,),
    )
    return tuple(SourceStatus(*row) for row in rows)
