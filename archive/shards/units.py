"""What a site shows of an archive, unit by unit: which units differ, and their rows written to the site.

A unit is an article with its revisions, removed passages and events, a capture, or the state of a source. Each unit is
written as a whole, so it does not matter how often or in which order it changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive.shards.log import STATE, Kind, Unit
from archive.shards.rows import columns
from archive.store.articles import Articles
from archive.store.schema import Database

_CHUNK = 500
"""Units that are written at one time."""

_CHOSEN = "in (select value from json_each(?))"


@dataclass(frozen=True)
class _Part:
    """The rows of a table that belong to units of a kind: by which column, and which rows of the table are meant."""

    table: str
    owner: str
    which: str = "1"


_PARTS: dict[Kind, tuple[_Part, ...]] = {
    "article": (
        _Part("articles", "id"),
        _Part("revisions", "article_id"),
        _Part("removed", "article_id"),
        _Part("events", "article_id", "article_id is not null"),
    ),
    "capture": (_Part("captures", "id"), _Part("unread", "capture_id")),
    "source": (
        _Part("sources", "name"),
        *(_Part(table, "source") for table in STATE),
        _Part("events", "source", "article_id is null"),
        _Part("urls", "source", "(state = 'pending' or reason <> '')"),
    ),
}
"""What a site shows. Addresses only where they wait, or gave nothing; no state that only a crawl needs."""

KINDS: tuple[Kind, ...] = ("article", "capture", "source")

SHOWN = tuple(dict.fromkeys(part.table for parts in _PARTS.values() for part in parts))
"""The tables that a site takes from its archives."""

_OF_SOURCES = {
    "article": "{owner} in (select id from articles where source in (select value from json_each(:sources)))",
    "capture": "{owner} in (select id from captures where source in (select value from json_each(:sources)))",
}


def differing(site: Database, shard: sqlite3.Connection, sources: Iterable[str]) -> Iterator[Unit]:
    """The articles and captures of these sources that the site and an archive do not both have as they are.

    Reads both from beginning to end, and keeps no more than one unit in memory. Each unit may come several times.
    """
    named = {"sources": json.dumps(sorted(sources))}
    for kind, scope in _OF_SOURCES.items():
        for part in _PARTS[kind]:  # type: ignore[index]  # the keys are kinds
            listed = [part.owner, *(name for name in columns(site, part.table) if name != part.owner)]
            sql = (
                f"select {', '.join(listed)} from {part.table} where {part.which} and"
                f" {scope.format(owner=part.owner)} order by {', '.join(listed)}"
            )
            here, there = site.conn.execute(sql, named), shard.execute(sql, named)
            yield from ((kind, number) for number in _unequal(here, there))  # type: ignore[misc]


def _unequal(here: Iterable[tuple[Any, ...]], there: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    """The numbers in the first columns of two sorted lists of rows whose rows are not the same in both."""
    ours, theirs = (groupby(rows, key=lambda row: row[0]) for rows in (here, there))
    mine, other = next(ours, None), next(theirs, None)
    while mine or other:
        if other is None or (mine and mine[0] < other[0]):
            assert mine
            yield mine[0]
            mine = next(ours, None)
        elif mine is None or other[0] < mine[0]:
            yield other[0]
            other = next(theirs, None)
        else:
            if list(mine[1]) != list(other[1]):
                yield mine[0]
            mine, other = next(ours, None), next(theirs, None)


def of_sources(site: Database, sources: Iterable[str]) -> Iterator[Unit]:
    """All units that the site has of some sources."""
    for name in sources:
        for table, kind in (("articles", "article"), ("captures", "capture")):
            found = site.conn.execute(f"select id from {table} where source = ?", (name,)).fetchall()
            yield from ((kind, row[0]) for row in found)  # type: ignore[misc]
        yield "source", name


class SiteRows:
    """Writes units to a site's tables. Call its methods inside the store's `writing` block."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.articles = Articles(db, "")
        self.columns = {table: columns(db, table) for table in SHOWN}

    def write(self, shard: sqlite3.Connection, kind: Kind, numbers: Iterable[int | str]) -> set[int | str]:
        """Make units on the site what they are in an archive; returns which it has. Those that it lacks stay.

        Of sources, it must have all.
        """
        wanted, written = list(numbers), set[int | str]()
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            rows = {part: self._rows(shard, part, json.dumps(chunk)) for part in _PARTS[kind]}
            there = chunk if kind == "source" else list(rows[_PARTS[kind][0]])
            for number in there:
                self._replace(kind, number, {part: found.get(number, []) for part, found in rows.items()})
            written.update(there)
        return written

    def delete(self, kind: Kind, number: int | str) -> None:
        """Delete a unit from the site."""
        self._replace(kind, number, {part: [] for part in _PARTS[kind]})

    def _rows(self, shard: sqlite3.Connection, part: _Part, chosen: str) -> dict[Any, list[tuple[Any, ...]]]:
        """The rows of a part, by the units that they belong to."""
        listed = self.columns[part.table]
        at = listed.index(part.owner)
        found: dict[Any, list[tuple[Any, ...]]] = {}
        sql = f"select {', '.join(listed)} from {part.table} where {part.owner} {_CHOSEN} and {part.which}"
        for row in shard.execute(sql, (chosen,)):
            found.setdefault(row[at], []).append(row)
        return found

    def _replace(self, kind: Kind, number: int | str, rows: dict[_Part, list[tuple[Any, ...]]]) -> None:
        if kind != "article":
            self._replace_rows(number, rows)
            return
        with self.articles.rewriting(int(number)):
            self._replace_rows(number, rows)

    def _replace_rows(self, number: int | str, rows: dict[_Part, list[tuple[Any, ...]]]) -> None:
        for part, new in rows.items():
            if part.table == "articles" and new:
                self._update(part, new[0])
            else:
                self._exchange(part, number, new)

    def _update(self, part: _Part, row: tuple[Any, ...]) -> None:
        """Insert or update, as the counts of articles understand it; the story of an article stays."""
        listed = self.columns[part.table]
        changed = ", ".join(f"{name} = excluded.{name}" for name in listed if name != part.owner)
        marks = ", ".join("?" * len(listed))
        self.db.execute(
            f"insert into {part.table} ({', '.join(listed)}) values ({marks})"
            f" on conflict ({part.owner}) do update set {changed}",
            row,
        )

    def _exchange(self, part: _Part, number: int | str, new: list[tuple[Any, ...]]) -> None:
        """Delete the rows of a unit that it has no more, and insert those that are new; equal ones stay."""
        listed = ", ".join(self.columns[part.table])
        which = f"{part.owner} = ? and {part.which}"
        old = self.db.conn.execute(f"select {listed} from {part.table} where {which}", (number,)).fetchall()
        before, now = Counter(old), Counter(new)
        marks = ", ".join("?" * len(self.columns[part.table]))
        changed = [row for row in before | now if before[row] != now[row]]
        self.db.conn.executemany(
            f"delete from {part.table} where {which} and ({listed}) is ({marks})",
            [(number, *row) for row in changed if before[row]],
        )
        self.db.conn.executemany(
            f"insert into {part.table} ({listed}) values ({marks})", [row for row in changed for _ in range(now[row])]
        )
