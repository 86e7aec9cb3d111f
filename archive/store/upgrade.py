"""Migrates an archive from before the first release to today's tables, with all its rows.

Such an archive has all of `MIGRATIONS`. Its internal tables, and some columns, had other names. The id of a capture
was made from its place only (52 bits).
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from sqlite_utils import Database

from archive.core.ids import capture_number_of

MIGRATIONS = frozenset({"0001_first", "0002_stories", "0003_extractor", "0004_truth", "0005_samples"})
"""The names of the migrations that made the old tables."""

_OLD_TABLES = {
    "reextract_queue": "unsettled",
    "block_index": "blocks",
    "template_pages": "samples",
    "soft404_samples": "probes",
    "article_state": "standings",
    "story_queue": "untold",
    "minhashes": "imprints",
    "minhash_bands": "bands",
    "similar_articles": "likenesses",
}
"""The old names of today's tables, where they differ."""

_OLD_COLUMNS = {
    ("articles", "last_outcome"): "answer",
    ("templates", "new_pages"): "unweighed",
    ("templates", "table_current"): "tabulated",
    ("minhashes", "sort_key"): "place",
    ("minhash_bands", "sort_key"): "place",
}
"""The old names of today's columns, by table and column."""

_OLD_KEYS = {"absence": "missing", "twin": "duplicate"}
"""Old names in the stored state of an article, and today's names."""

_CAPTURE_IDS = {
    ("captures", "id"),
    ("articles", "capture_id"),
    ("articles", "unconfirmed"),
    ("revisions", "capture_id"),
    ("events", "capture_id"),
    ("events", "confirmed_by"),
    ("block_index", "capture_id"),
    ("soft404_samples", "capture_id"),
    ("reextract_queue", "id"),
}
"""Columns with ids of captures, by table. Those of `reextract_queue` may be of an article instead."""

_CAPTURE_KEYS = {"capture_id", "newest_id"}
"""Names in the stored state of an article whose values are ids of captures."""

_BEFORE = "before_upgrade_"


def run(db: Database, script: str) -> None:
    """Run several SQL statements within the transaction that is open.

    The method of sqlite-utils for this looks for the end of a statement after each character, in quadratic time.
    """
    statement = ""
    for part in script.rstrip().rstrip(";").split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def upgrade(db: Database, schema: str) -> None:
    """Replace the old tables with those of `schema` (SQL), and copy all rows. The full-text index stays as it is.

    Call it in a transaction. Raises sqlite3.Error or ValueError if the database is not what was expected.
    """
    old = _set_aside(db)
    _number_captures(db)
    run(db, schema)
    for table in _tables(db):
        if not table.startswith(_BEFORE) and _OLD_TABLES.get(table, table) in old:
            _copy(db, table, _BEFORE + _OLD_TABLES.get(table, table))
    for table in old:
        db.execute(f"drop table {_BEFORE}{table}")
    _renew_memory(db)
    db.execute("drop table capture_ids")
    db.execute(f"delete from _sqlite_migrations where name in ({', '.join('?' * len(MIGRATIONS))})", [*MIGRATIONS])


def _set_aside(db: Database) -> list[str]:
    """Rename every old table and drop its indexes; returns the names that the tables had."""
    old = _tables(db)
    for table in old:
        db.execute(f"alter table {table} rename to {_BEFORE}{table}")
    indexes = db.execute(
        "select name from sqlite_master where type = 'index' and sql is not null and tbl_name like ?", [_BEFORE + "%"]
    ).fetchall()
    for (index,) in indexes:
        db.execute(f"drop index {index}")
    return old


def _tables(db: Database) -> list[str]:
    """The tables, without those of SQLite, of the full-text index and of the migrations."""
    rows = db.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    return [name for (name,) in rows if not name.startswith(("sqlite_", "_sqlite_", "articles_fts"))]


def _copy(db: Database, table: str, before: str) -> None:
    had = {row[1] for row in db.execute(f"pragma table_info({before})").fetchall()}
    columns = [row[1] for row in db.execute(f"pragma table_info({table})").fetchall()]
    named = {column: _OLD_COLUMNS.get((table, column), column) for column in columns}
    copied = {column: old for column, old in named.items() if old in had}
    for column in copied:
        if (table, column) in _CAPTURE_IDS:
            copied[column] = f"coalesce((select new from capture_ids where old = {column}), {column})"
    db.execute(f"insert into {table} ({', '.join(copied)}) select {', '.join(copied.values())} from {before}")


def _number_captures(db: Database) -> None:
    """Make a temporary table of the old and the new ids of captures."""
    db.conn.create_function("capture_number_of", 5, capture_number_of, deterministic=True)
    db.execute("create temp table capture_ids (old integer primary key, new integer not null)")
    db.execute(
        "insert into capture_ids select id, capture_number_of(warc_file, warc_offset, fetched_at, digest, final_url)"
        f" from {_BEFORE}captures"
    )


def _renew_memory(db: Database) -> None:
    for article, memory in db.execute("select article_id, memory from article_state").fetchall():
        renewed = json.dumps(_renewed(db, json.loads(memory)), ensure_ascii=False)
        db.execute("update article_state set memory = ? where article_id = ?", (renewed, article))


def _renewed(db: Database, value: Any) -> Any:
    """A stored state with today's names and ids, at any depth."""
    if isinstance(value, dict):
        return {
            _OLD_KEYS.get(name, name): _new_id(db, item) if name in _CAPTURE_KEYS else _renewed(db, item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_renewed(db, item) for item in value]
    return value


def _new_id(db: Database, old: int) -> int:
    found = db.execute("select new from capture_ids where old = ?", (old,)).fetchone()
    return int(found[0]) if found else old
