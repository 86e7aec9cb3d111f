"""Which articles and captures are meant: by article, source, days of publication and words. Only reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.core import urls
from archive.core.errors import ArchiveError
from archive.core.model import Capture
from archive.store.rows import Row, capture_from
from archive.text.fulltext import match_query

NOTHING = "0"


@dataclass(frozen=True)
class Selection:
    """What is asked for; everything where nothing is. Days are those of publication, inclusive."""

    article: int | None = None
    source: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


def articles(connection: sqlite3.Connection, selection: Selection) -> Iterator[Row]:
    """The articles meant, oldest first, one at a time as the table has them."""
    where, values = _where(selection)
    sql = f"select a.* from articles a where {where} order by a.published_day, a.first_seen, a.id"
    return rows(connection, sql, values)


def count_articles(connection: sqlite3.Connection, selection: Selection) -> int:
    """How many articles are meant."""
    where, values = _where(selection)
    return int(connection.execute(f"select count(*) from articles a where {where}", values).fetchone()[0])


def captures(connection: sqlite3.Connection, selection: Selection) -> Iterator[Capture]:
    """The captures of the articles meant, those that their revisions, events and revisits refer to included.

    In the order of their places in the WARC files.
    """
    where, values = _where(selection)
    sql = f"""
        with chosen(id) as materialized (select a.id from articles a where {where})
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
    return map(capture_from, rows(connection, sql, values))


def all_captures(connection: sqlite3.Connection) -> Iterator[Capture]:
    """Every row of `captures` in the order of the WARC files."""
    return map(capture_from, rows(connection, "select * from captures order by warc_file, warc_offset"))


def ends(connection: sqlite3.Connection) -> dict[str, int]:
    """Where the last record that is known of each WARC file ends."""
    sql = "select warc_file, max(warc_offset + warc_length) from captures group by warc_file"
    return dict(connection.execute(sql).fetchall())


def article_named(connection: sqlite3.Connection, name: str) -> int:
    """The id of the article that a person names by its id or an address it has or had.

    Raises ArchiveError when there is none, or when several sources have that address.
    """
    if name.isdecimal():
        found = {row["id"] for row in rows(connection, "select id from articles where id = ?", (int(name),))}
    else:
        found = _at_addresses(connection, {name, urls.canonical(name)} - {""})
    if not found:
        raise ArchiveError(f"No article is or was at {name!r}. `dateline search` finds articles by their words.")
    if len(found) > 1:
        raise ArchiveError(f"Several articles are or were at {name}: name one by its id, {_either(found)}.")
    return int(found.pop())


def rows(connection: sqlite3.Connection, sql: str, values: Any = ()) -> Iterator[Row]:
    """The rows of a query, one at a time, by column name."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _at_addresses(connection: sqlite3.Connection, addresses: set[str]) -> set[int]:
    """Articles that live at one of the addresses; else those with captures of one."""
    for sql in (
        "select id from articles where url = ?",
        "select article_id from captures where article_id is not null and (url = ?1 or final_url = ?1)",
    ):
        found = {row[0] for address in addresses for row in connection.execute(sql, (address,))}
        if found:
            return found
    return set()


def _either(numbers: set[int]) -> str:
    return " or ".join(map(str, sorted(numbers)))


def _where(selection: Selection) -> tuple[str, list[object]]:
    if selection.words.strip() and not match_query(selection.words):
        return NOTHING, []
    tests: list[tuple[str, object]] = [
        ("a.id = ?", selection.article),
        ("a.source = ?", selection.source),
        ("a.published_day >= ?", selection.since and selection.since.isoformat()),
        ("a.published_day <= ?", selection.until and selection.until.isoformat()),
        (
            "a.id in (select rowid from articles_fts where articles_fts match ?)",
            match_query(selection.words),
        ),
    ]
    asked = [(test, value) for test, value in tests if value]
    return " and ".join(test for test, _ in asked) or "1", [value for _, value in asked]
