"""Which articles, captures and sources of an archive changed since a site was published from it.

The first `dateline publish` adds the tables and triggers of this module to an archive. A change is noted with the
present epoch, and each publication begins a new one, so a row that changes often is noted once. A publication leaves a
mark with a word that nobody can guess and with the epoch that it covers. An archive that was rebuilt, or restored from
an older copy, lacks the mark: then its rows are compared with those of the site one by one.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive.store.bulk.connection import BUSY
from archive.store.opening.errors import explained

Kind = Literal["article", "capture", "source"]
"""What is published as one: an article with its revisions, removed passages and events; a capture; a source's state."""

Unit = tuple[Kind, int | str]

MARKS_KEPT = 1000
"""The newest marks of an archive: of so many publications, of all its sites together."""

_TABLES = """
create table if not exists publish_epoch (epoch integer not null);
insert into publish_epoch select 1 where not exists (select 1 from publish_epoch);
create table if not exists publish_log (
    kind text not null, id not null, epoch integer not null, primary key (kind, id)
) without rowid;
create index if not exists publish_log_epoch on publish_log (epoch);
create table if not exists publish_marks (mark text primary key, epoch integer not null) without rowid;
"""

_TRIGGER = """
CREATE TRIGGER {name} after {event} on {table} begin
    update publish_log set epoch = (select epoch from publish_epoch)
        where kind = {kind} and id = {id} and epoch <> (select epoch from publish_epoch);
    insert into publish_log select {kind}, {id}, epoch from publish_epoch
        where not exists (select 1 from publish_log where kind = {kind} and id = {id});
end
"""
"""In capitals, as SQLite keeps it. Without "or replace" and "on conflict": in a trigger, those of the statement outside
would hold instead."""

STATE = ("runs", "boilerplate", "contracts", "health", "backfills", "documents", "source_tags")
"""The tables that say how a source is, beside `sources`, with its name in the column `source`."""

_LOGGED = {
    "articles": ("'article'", "{row}.id"),
    "revisions": ("'article'", "{row}.article_id"),
    "removed": ("'article'", "{row}.article_id"),
    "events": ("iif({row}.article_id is null, 'source', 'article')", "coalesce({row}.article_id, {row}.source)"),
    "captures": ("'capture'", "{row}.id"),
    "unread": ("'capture'", "{row}.capture_id"),
    "sources": ("'source'", "{row}.name"),
    **dict.fromkeys(STATE, ("'source'", "{row}.source")),
}
"""The tables that are watched, with the kind and the id of what a row of them belongs to."""


@dataclass(frozen=True)
class Mark:
    """What a publication left in an archive: a word, and the epoch up to which changes are published with it."""

    word: str
    epoch: int


def leave_mark(path: Path) -> Mark | None:
    """Begin a new epoch in an archive's database and leave a mark for the one that ends; None if it is read-only.

    Adds the tables and triggers where they are missing. Raises ArchiveError if the database is locked or damaged.
    """
    with explained(path), closing(sqlite3.connect(path, timeout=BUSY, isolation_level=None)) as db:
        try:
            db.execute("begin immediate")
            _install(db)
            mark = Mark(secrets.token_hex(16), int(db.execute("select epoch from publish_epoch").fetchone()[0]))
            db.execute("insert into publish_marks values (?, ?)", (mark.word, mark.epoch))
            db.execute("delete from publish_marks where epoch <= ?", (mark.epoch - MARKS_KEPT,))
            db.execute("update publish_epoch set epoch = epoch + 1")
            db.execute("commit")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            return None
    return mark


def changes(db: sqlite3.Connection, known: set[str]) -> Iterator[Unit] | None:
    """What changed in an archive since the newest of the known marks; None if it has none of them.

    `db` reads the archive's database. The order is by epoch.
    """
    if _missing(db):
        return None
    marks = db.execute("select mark, epoch from publish_marks order by epoch desc").fetchall()
    since = next((epoch for mark, epoch in marks if mark in known), None)
    if since is None:
        return None
    return iter(db.execute("select kind, id from publish_log where epoch > ? order by epoch", (since,)))


def _install(db: sqlite3.Connection) -> None:
    missing = _missing(db)
    if not missing:
        return
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("delete from publish_marks")  # what changed while there was no trigger is not known
    for name, statement in missing.items():
        with suppress(sqlite3.OperationalError):  # there is none of this name
            db.execute(f"drop trigger {name}")
        db.execute(statement)


def _missing(db: sqlite3.Connection) -> dict[str, str]:
    """The triggers that a database lacks, or has in another form."""
    there = dict(db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall())
    return {name: sql for name, sql in _triggers(db).items() if there.get(name) != sql}


def _triggers(db: sqlite3.Connection) -> dict[str, str]:
    made = {}
    for table, (kind, number) in _LOGGED.items():
        for event, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
            name = f"publish_{table}_{event}"
            what = f"update of {_but_story(db)}" if (table, event) == ("articles", "update") else event
            sql = _TRIGGER.format(name=name, event=what, table=table, kind=kind, id=number).strip()
            made[name] = sql.replace("{row}", row)
    return made


def _but_story(db: sqlite3.Connection) -> str:
    """The columns of articles but `story_id`: a site finds its stories itself."""
    return ", ".join(row[1] for row in db.execute("pragma table_info(articles)") if row[1] != "story_id")
