"""Writing the index of searches: today's texts, and those that articles had before.

Both are FTS5 tables without content, so what is taken out must be given again as it was put in
(https://sqlite.org/fts5.html, section 4.4.3). The old texts stand apart, so that they cost a search of today nothing;
of their articles they bear the source alone, which never changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from archive.store.search_index import facets
from archive.store.search_index.full_text import FullText
from archive.store.search_index.places import entry, mark, place
from archive.text.fulltext import index_text

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"

_TEXTS = f"""
create virtual table search_fts using fts5(title, text, marks, content='', prefix='2 3', tokenize="{TOKENIZER}");
create virtual table earlier_fts using fts5(title, text, marks, content='', tokenize="{TOKENIZER}");
"""

SCHEMA = f"""
create table search_places (
    place integer primary key, article_id integer not null unique, source text not null, language text not null,
    standing text not null, edited integer not null, dateline text not null, authors text not null, marks text not null
);
create table earlier_places (place integer primary key, article_id integer not null, n integer not null);
create unique index earlier_places_article on earlier_places (article_id, n);
{_TEXTS}
create table article_counts (
    source text not null, year text not null, language text not null, status text not null, articles integer not null,
    primary key (source, year, language, status)
) without rowid;
create trigger article_counted after insert on articles begin
    insert into article_counts values (
        new.source, coalesce(substr(new.listed_day, 1, 4), ''), coalesce(new.language, ''), new.status, 1
    ) on conflict do update set articles = articles + 1;
end;
create trigger article_uncounted after delete on articles begin
    update article_counts set articles = articles - 1 where source = old.source
        and year = coalesce(substr(old.listed_day, 1, 4), '') and language = coalesce(old.language, '')
        and status = old.status;
end;
create trigger article_recounted after update of source, published_day, first_seen, language, status on articles
when (new.source, coalesce(substr(new.listed_day, 1, 4), ''), coalesce(new.language, ''), new.status)
    is not (old.source, coalesce(substr(old.listed_day, 1, 4), ''), coalesce(old.language, ''), old.status) begin
    update article_counts set articles = articles - 1 where source = old.source
        and year = coalesce(substr(old.listed_day, 1, 4), '') and language = coalesce(old.language, '')
        and status = old.status;
    insert into article_counts values (
        new.source, coalesce(substr(new.listed_day, 1, 4), ''), coalesce(new.language, ''), new.status, 1
    ) on conflict do update set articles = articles + 1;
end;
"""
"""`article_counts` is kept by triggers, so that no page counts all articles."""

FULL_TEXT = f"""
create virtual table articles_fts using fts5(
    title, text, content="articles", content_rowid='id', prefix='2 3', tokenize="{TOKENIZER}"
);
"""

ANEW = f"""
drop table if exists articles_fts;
drop table search_fts;
drop table earlier_fts;
{FULL_TEXT}
{_TEXTS}
"""
"""Empties all full-text tables; `fill_anew` fills them."""

READ = "id, source, title, text, listed_day, first_seen, language, status, missing_since, revisions, dateline, authors"
"""The columns of `articles` that the index is made of."""


def read(connection: sqlite3.Connection, article: int) -> Mapping[str, Any] | None:
    """What the index needs to know of an article; None where there is none."""
    cursor = connection.execute(f"select {READ} from articles where id = ?", (article,))
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def update(
    connection: sqlite3.Connection,
    before: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    texts: FullText | None = None,
) -> None:
    """Bring the index from what an article was (`read`, before it was written) to what it is; None where it is not.

    `texts` may write together with others (`FullText.together`).
    """
    if before == now:
        return
    if before is not None:
        _remove(texts or FullText(connection), before)
    if now is not None:
        _add(texts or FullText(connection), now)


def _remove(texts: FullText, before: Mapping[str, Any]) -> None:
    connection = texts.connection
    named = (before["id"],)
    found = connection.execute("select place, marks from search_places where article_id = ?", named).fetchone()
    if found is None:
        return
    texts.remove("search_fts", found[0], index_text(before["title"]), index_text(before["text"]), found[1])
    connection.execute("delete from search_places where place = ?", (found[0],))
    facets.remove(connection, found[0])


def _add(texts: FullText, row: Mapping[str, Any]) -> None:
    connection = texts.connection
    known = entry(row)
    authors = json.dumps(known.authors, ensure_ascii=False)
    at = _free(connection, "search_places", place(row["listed_day"], row["first_seen"], row["id"]))
    connection.execute(
        "insert into search_places values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at,
            row["id"],
            known.source,
            known.language,
            known.standing,
            int(known.edited),
            known.dateline,
            authors,
            known.marks,
        ),
    )
    facets.add(connection, at, known, authors)
    texts.add("search_fts", at, index_text(row["title"]), index_text(row["text"]), known.marks)


def _free(connection: sqlite3.Connection, table: str, at: int) -> int:
    while connection.execute(f"select 1 from {table} where place = ?", (at,)).fetchone():
        at += 1
    return at


def add_earlier(connection: sqlite3.Connection, article: int, texts: FullText | None = None) -> None:
    """Put those texts of an article into the index that it had before today's and that are not there yet."""
    texts = texts or FullText(connection)
    rows = connection.execute(
        "select a.source, a.listed_day, a.first_seen, r.n, r.title, r.text from articles a"
        " join revisions r on r.article_id = a.id and r.n < a.revisions where a.id = ?"
        " and not exists (select 1 from earlier_places e where e.article_id = a.id and e.n = r.n) order by r.n",
        (article,),
    ).fetchall()
    for source, day, seen, number, title, text in rows:
        at = _free(connection, "earlier_places", place(day, seen, article + number))
        connection.execute("insert into earlier_places values (?, ?, ?)", (at, article, number))
        texts.add("earlier_fts", at, index_text(title), index_text(text), mark("source", source))


def remove_earlier(connection: sqlite3.Connection, article: int, texts: FullText | None = None) -> None:
    """Take the earlier texts of an article out of the index; to be called while their rows are there."""
    texts = texts or FullText(connection)
    rows = connection.execute(
        "select e.place, r.title, r.text, a.source from earlier_places e join articles a on a.id = e.article_id"
        " join revisions r on r.article_id = e.article_id and r.n = e.n where e.article_id = ?",
        (article,),
    ).fetchall()
    for at, title, text, source in rows:
        texts.remove("earlier_fts", at, index_text(title), index_text(text), mark("source", source))
        connection.execute("delete from earlier_places where place = ?", (at,))


def fill_full_text(connection: sqlite3.Connection) -> None:
    """Index every article in an empty `articles_fts`, by its number."""
    connection.create_function("index_text", 1, index_text, deterministic=True)
    connection.execute(
        "insert into articles_fts (rowid, title, text) select id, index_text(title), index_text(text) from articles"
    )


def fill(connection: sqlite3.Connection) -> None:
    """Index every article of an archive whose index is empty."""
    connection.execute(
        "insert into article_counts select source, coalesce(substr(listed_day, 1, 4), ''), coalesce(language, ''),"
        " status, count(*) from articles group by 1, 2, 3, 4"
    )
    texts = FullText(connection)
    for (article,) in connection.execute("select id from articles order by id").fetchall():
        update(connection, None, read(connection, article), texts)
        add_earlier(connection, article, texts)


def fill_anew(connection: sqlite3.Connection) -> None:
    """Index all texts again, today's and earlier ones, each where it has its place; the tables are empty (`ANEW`)."""
    fill_full_text(connection)
    connection.execute(
        "insert into search_fts (rowid, title, text, marks)"
        " select p.place, index_text(a.title), index_text(a.text), p.marks"
        " from search_places p join articles a on a.id = p.article_id order by p.place"
    )
    connection.create_function("source_mark", 1, lambda source: mark("source", source), deterministic=True)
    connection.execute(
        "insert into earlier_fts (rowid, title, text, marks)"
        " select e.place, index_text(r.title), index_text(r.text), source_mark(a.source) from earlier_places e"
        " join articles a on a.id = e.article_id join revisions r on r.article_id = e.article_id and r.n = e.n"
        " order by e.place"
    )
