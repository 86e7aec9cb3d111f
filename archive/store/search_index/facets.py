"""What matches are counted by: a narrow row for each place, so that counting thousands of them reads little.

Articles with the same source, language and status are one group. A place has the number of its group, and the numbers
of the place in its dateline and of its authors. How many articles a group has, and a source in a month, is kept.
"""

from __future__ import annotations

import sqlite3

from archive.store.search_index import places
from archive.store.search_index.places import Entry

SCHEMA = """
create table search_groups (
    id integer primary key, source text not null, language text not null, standing text not null,
    articles integer not null, unique (source, language, standing)
);
create table search_names (id integer primary key, name text not null unique);
create table search_facets (
    place integer primary key, group_id integer not null, dateline integer not null, authors integer not null
);
create table month_counts (
    source text not null, month text not null, articles integer not null, primary key (source, month)
) without rowid;
"""

_NAME = "insert into search_names (name) values (?)"
_MONTH = f"substr(date('{places.day_numbered(0)}', (place >> {places.DAY_SHIFT}) || ' days'), 1, 7)"

FILL = f"""
insert into search_groups (source, language, standing, articles)
    select source, language, standing, count(*) from search_places group by 1, 2, 3;
insert into search_names (name) select dateline from search_places union select authors from search_places;
insert into search_facets
    select p.place, g.id, d.id, a.id from search_places p
    join search_groups g on (g.source, g.language, g.standing) = (p.source, p.language, p.standing)
    join search_names d on d.name = p.dateline join search_names a on a.name = p.authors;
insert into month_counts select source, {_MONTH}, count(*) from search_places group by 1, 2;
"""
"""Fills the empty tables from `search_places`."""


def add(connection: sqlite3.Connection, place: int, known: Entry, authors: str) -> None:
    """Enter an article at its place. `authors` is a JSON array."""
    group = (known.source, known.language, known.standing)
    connection.execute(
        "insert into search_groups (source, language, standing, articles) values (?, ?, ?, 1)"
        " on conflict do update set articles = articles + 1",
        group,
    )
    found = connection.execute("select id from search_groups where (source, language, standing) = (?, ?, ?)", group)
    numbers = (found.fetchone()[0], _named(connection, known.dateline), _named(connection, authors))
    connection.execute("insert into search_facets values (?, ?, ?, ?)", (place, *numbers))
    connection.execute(
        "insert into month_counts values (?, ?, 1) on conflict do update set articles = articles + 1",
        (known.source, places.day_of(place)[:7]),
    )


def remove(connection: sqlite3.Connection, place: int) -> None:
    """Take out the article that is at a place."""
    source, group = connection.execute(
        "select g.source, g.id from search_facets f join search_groups g on g.id = f.group_id where f.place = ?",
        (place,),
    ).fetchone()
    connection.execute("delete from search_facets where place = ?", (place,))
    connection.execute("update search_groups set articles = articles - 1 where id = ?", (group,))
    month = (source, places.day_of(place)[:7])
    connection.execute("update month_counts set articles = articles - 1 where (source, month) = (?, ?)", month)


def _named(connection: sqlite3.Connection, name: str) -> int:
    found = connection.execute("select id from search_names where name = ?", (name,)).fetchone()
    return int(found[0] if found else connection.execute(_NAME, (name,)).lastrowid or 0)
