"""Which articles are meant: by words, source and days. For the command line and exports. Only reads.

The queries of searches are in `archive.store.search_index.query`, the same for the command line and the site.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.core import urls
from archive.core.errors import ArchiveError
from archive.core.model import Capture
from archive.store.rows import Row, capture_from
from archive.store.runs import WatchedSource
from archive.store.search_index import similar
from archive.store.search_index.query import Asked, Order, Statement, found, matches
from archive.text.fulltext import Snippet, match_query, snippet

_EVER_COUNTED = 10_000
"""Articles that a search of all that was ever said counts."""

_NOTHING = "0"
_OLDEST_FIRST = "published_day, first_seen, id"


@dataclass(frozen=True)
class Selection:
    """Which articles to find; without any value, all. Days are days of publication, inclusive.

    `among` are names of sources: only their articles are meant; None means all.
    """

    article: int | None = None
    source: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    among: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Hit:
    """An article found. `snippet` is the passage with the words; its `hits` are places in it.

    `now` is False where today's text does not hold the words: the passage is then of the last one that did.
    """

    id: int
    source: str
    url: str
    title: str
    published_at: str
    first_seen: str
    status: str
    revisions: int
    snippet: Snippet
    now: bool = True


@dataclass(frozen=True)
class Results:
    """The articles that were found, up to the limit, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def search(
    connection: sqlite3.Connection,
    words: str,
    source: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: int = 20,
    order: Order = "newest",
    *,
    ever: bool = False,
    among: tuple[str, ...] | None = None,
    **filters: Any,
) -> Results:
    """Articles that contain these words (`archive.text.fulltext.match_query`), or all if there are no words.

    Days are inclusive, and those that articles are listed under. With `ever`, articles that held the words once count.
    `among` are names of sources: only their articles are meant; None means all. `filters` are other fields of `Asked`:
    standing, language, author, dateline, edited.
    """
    asked = Asked(words, source, since, until, ever=ever, among=among, **filters)
    if asked.nothing:
        return Results((), 0)
    ids = connection.execute(*_asked(found(asked, order, limit))).fetchall()
    total = _value(connection, matches(asked, -1))
    if ever:
        total = len(connection.execute(*_asked(found(asked, order, _EVER_COUNTED))).fetchall())
    return Results(tuple(_hit(connection, number, words, bool(now)) for number, now in ids), total)


def alike(connection: sqlite3.Connection, article: int, limit: int = 20) -> Results:
    """The articles that share the most telling words with one, the most similar first; `total` is how many are shown.

    Other pages with its text (of its story, or of its source) are left out.
    """
    row = connection.execute(*_asked(similar.of_article(article))).fetchone()
    if row is None:
        return Results((), 0)
    said = similar.candidates(row[0], row[1])
    counts = dict(connection.execute(*_asked(similar.counts(said))).fetchall())
    chosen = similar.choose(said, counts, _value(connection, similar.TOTAL))
    if not chosen:
        return Results((), 0)
    found_ids = connection.execute(*_asked(similar.alike(chosen, article, row[2], limit))).fetchall()
    hits = tuple(_hit(connection, number, " OR ".join(chosen), now=True) for number, _ in found_ids)
    return Results(hits, len(hits))


def articles(connection: sqlite3.Connection, selection: Selection) -> Iterator[Row]:
    """The rows of the selected articles, oldest first, one at a time."""
    where, parameters = _where(selection)
    return rows(connection, f"select * from articles where {where} order by {_OLDEST_FIRST}", parameters)


def captures(connection: sqlite3.Connection, selection: Selection) -> Iterator[Capture]:
    """The captures of the selected articles, and those that their revisions, events and revisits refer to.

    In the order of the WARC files.
    """
    where, parameters = _where(selection)
    sql = f"""
        with chosen(id) as materialized (select id from articles where {where})
        select * from captures where id in (
            select id from captures where article_id in (select id from chosen)
            union select capture_id from revisions where article_id in (select id from chosen)
            union select capture_id from events where article_id in (select id from chosen)
            union select (
                select f.id from captures f
                where f.final_url in (c.final_url, c.url) and f.digest = c.digest and f.revisit = 0
                    and f.fetched_at <= c.fetched_at
                order by f.fetched_at desc limit 1
            ) from captures c where c.article_id in (select id from chosen) and c.revisit = 1
        )
        order by warc_file, warc_offset
    """
    return map(capture_from, rows(connection, sql, parameters))


def all_captures(connection: sqlite3.Connection) -> Iterator[Capture]:
    """Every row of `captures` in the order of the WARC files."""
    return map(capture_from, rows(connection, "select * from captures order by warc_file, warc_offset"))


def ends(connection: sqlite3.Connection) -> dict[str, int]:
    """Where the last record that is known of each WARC file ends, in bytes."""
    sql = "select warc_file, max(warc_offset + warc_length) from captures group by warc_file"
    return dict(connection.execute(sql).fetchall())


def article_named(connection: sqlite3.Connection, name: str) -> int:
    """The id of the article that a person names by its id, or by an address that it has or had.

    Raises ArchiveError if there is none, or if several sources have that address.
    """
    if name.isdecimal():
        found = {row["id"] for row in rows(connection, "select id from articles where id = ?", (int(name),))}
    else:
        found = _at_addresses(connection, {name, urls.canonical(name)} - {""})
    if not found:
        raise ArchiveError(f"No article found for {name!r}. `dateline search` finds articles by their words.")
    if len(found) > 1:
        either = " or ".join(map(str, sorted(found)))
        raise ArchiveError(f"Several articles are or were at {name}. Name one by its id, {either}.")
    return int(found.pop())


def rows(connection: sqlite3.Connection, sql: str, values: Any = ()) -> Iterator[Row]:
    """The rows of a query, one at a time, by column name."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _hit(connection: sqlite3.Connection, number: int, words: str, now: bool) -> Hit:
    source, url, title, published, first_seen, status, revisions, text = connection.execute(
        "select source, url, title, coalesce(published_at, ''), first_seen, status, revisions, text"
        " from articles where id = ?",
        (number,),
    ).fetchone()
    if not now:
        text = said_before(connection, number, words) or text
    passage = snippet(" ".join(text.split()), words)
    return Hit(number, source, url, title, published, first_seen, status, revisions, passage, now)


def said_before(connection: sqlite3.Connection, article: int, words: str) -> str:
    """The newest earlier text of an article that holds these words; "" where none does."""
    row = connection.execute(
        "select r.text from earlier_places e join revisions r on r.article_id = e.article_id and r.n = e.n"
        " where e.article_id = :article and exists"
        " (select 1 from earlier_fts where earlier_fts match :match and rowid = e.place) order by e.n desc limit 1",
        {"article": article, "match": match_query(words)},
    ).fetchone()
    return str(row[0]) if row else ""


def _at_addresses(connection: sqlite3.Connection, addresses: set[str]) -> set[int]:
    """Articles that live at one of the addresses; else those with captures of one, or of one that means the same page
    (with or without "www.", a slash at its end, https)."""
    for sql in (
        "select id from articles where url = ?",
        "select article_id from captures where article_id is not null and (url = ?1 or final_url = ?1)",
    ):
        found = {row[0] for address in addresses for row in connection.execute(sql, (address,))}
        if found:
            return found
    alike = (
        "select c.article_id from sources s cross join captures c on c.source = s.name and c.key = ?"
        " where c.article_id is not null"
    )
    keys = set(map(urls.key, addresses)) - {""}
    return {row[0] for key in keys for row in connection.execute(alike, (key,))}


def _where(selection: Selection) -> tuple[str, dict[str, Any]]:
    """The whole selection, with its words, as a condition on `articles`."""
    tests, parameters = _tests(selection)
    if match_query(selection.words):
        tests = [*tests, "id in (select rowid from articles_fts where articles_fts match :match)"]
    elif selection.words.strip():
        return _NOTHING, {}
    return " and ".join(tests) or "1", parameters


def _tests(selection: Selection) -> tuple[list[str], dict[str, Any]]:
    """The parts of the selection without the words, as conditions on `articles`; and the values of all parameters."""
    tests = {
        "article": ("id = :article", selection.article),
        "source": ("source = :source", selection.source),
        "since": ("published_day >= :since", selection.since and selection.since.isoformat()),
        "until": ("published_day <= :until", selection.until and selection.until.isoformat()),
        "among": (
            "source in (select value from json_each(:among))",
            None if selection.among is None else json.dumps(selection.among),
        ),
    }
    asked = {name: test for name, test in tests.items() if test[1]}
    values = {name: value for name, (_, value) in asked.items()}
    return [sql for sql, _ in asked.values()], {**values, "match": match_query(selection.words)}


def _value(connection: sqlite3.Connection, statement: Statement) -> int:
    return int(connection.execute(*_asked(statement)).fetchone()[0])


def _asked(statement: Statement) -> tuple[str, Mapping[str, Any]]:
    return statement.sql, statement.parameters


def source_tags(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Each tag with each source that has it, as sources.toml stated them when it was last read."""
    return [tuple(row) for row in connection.execute("select tag, source from source_tags")]


def sources_stated(connection: sqlite3.Connection) -> frozenset[WatchedSource]:
    """The sources of sources.toml as the tables know them, with their tags in order.

    Those that are not watched and were never crawled are left out: they are imported, and not in the file.
    """
    tags: dict[str, set[str]] = {}
    for tag, source in source_tags(connection):
        tags.setdefault(source, set()).add(tag)
    found = connection.execute(
        "select name, title, coalesce(url, ''), state from sources where state <> 'unwatched' or url is not null"
    ).fetchall()
    return frozenset(
        WatchedSource(name, title, url, state, tuple(sorted(tags.get(name, ())))) for name, title, url, state in found
    )


def check_source(connection: sqlite3.Connection, source: str) -> None:
    """Raise ArchiveError, with the names of all sources, if the archive does not know a source."""
    known = "select 1 from sources where name = :source union all select 1 from articles where source = :source limit 1"
    if connection.execute(known, {"source": source}).fetchone() is None:
        there = [row[0] for row in connection.execute("select name from sources order by name")]
        raise ArchiveError(f"The archive has no source {source}; there are: {', '.join(there) or 'none'}.")
