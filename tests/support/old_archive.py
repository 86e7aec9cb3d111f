"""An archive.db as Dateline made it before its first release: its tables, and a database of today put into them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

MIGRATIONS = ("0001_first", "0002_stories", "0003_extractor", "0004_truth", "0005_samples")

SCHEMA = """
create table sources (
    name text primary key, title text, url text, state text not null default 'watched',
    last_crawl text, last_ok text, last_error text, failures integer not null default 0
);
create table articles (
    id integer primary key,
    source text not null, url text not null, title text not null, subtitle text not null default '',
    text text not null, published_at text, published_day text, modified_at text,
    authors text not null default '[]', language text, section text, tags text not null default '[]',
    image text, image_caption text, dateline text, issuer text, attribution text, embargo_until text,
    contacts text not null default '[]', photo_credits text not null default '[]', about text not null default '[]',
    notes text, tickers text not null default '[]', reference text, origins text not null default '{}',
    word_count integer not null, first_seen text not null, last_seen text not null, last_checked text not null,
    changed_at text not null, answer text not null default 'read',
    status text not null default 'live', revisions integer not null default 1, capture_id integer not null,
    story_id integer
, extractor text not null default '', missing_since text, unconfirmed integer, moved_to integer);
create index articles_newest on articles (published_day desc, first_seen desc);
create index articles_source on articles (source, published_day desc, first_seen desc);
create index articles_url on articles (url);
create index articles_story on articles (story_id) where story_id is not null;
create table captures (
    id integer primary key,
    article_id integer references articles (id), source text not null, url text not null, final_url text not null,
    key text not null, final_key text, article_key text, kind text not null,
    fetched_at text not null, status integer not null, digest text not null,
    revisit integer not null default 0,
    warc_file text not null, warc_offset integer not null, warc_length integer not null,
    page_kind text not null default '', note text not null default '', link text, text_mark integer, title_mark integer,
    unique (warc_file, warc_offset)
);
create index captures_article on captures (article_id, fetched_at);
create index captures_url on captures (url, fetched_at);
create index captures_answered on captures (final_url, fetched_at);
create index captures_key on captures (source, key, fetched_at);
create index captures_final on captures (source, final_key, fetched_at) where final_key is not null;
create index captures_canonical on captures (source, article_key, fetched_at) where article_key is not null;
create index captures_newest on captures (fetched_at desc);
create table removed (
    article_id integer not null references articles (id), position integer not null, text text not null,
    why text not null, boilerplate_id integer,
    primary key (article_id, position)
);
create table boilerplate (
    id integer primary key,
    source text not null, fingerprint integer not null, text text not null, documents integer not null,
    first_seen text, last_seen text, why text not null, state text not null default 'active',
    unique (source, fingerprint)
);
create table events (
    at text not null, source text not null, article_id integer, url text, kind text not null,
    detail text not null default '', capture_id integer
, confirmed_by integer);
create index events_newest on events (at desc);
create index events_article on events (article_id, at);
create index events_kind on events (kind, at desc);
create index events_source on events (source, kind, at desc);
create table stories (
    id integer primary key, title text not null, origin_id integer not null, first_at text not null,
    articles integer not null, sources integer not null
);
create table runs (
    id integer primary key, source text not null, started_at text not null, finished_at text, outcome text,
    requests integer not null default 0, captures integer not null default 0, articles integer not null default 0,
    edited integer not null default 0, gone integer not null default 0, errors integer not null default 0,
    message text not null default ''
);
create index runs_source on runs (source, started_at desc);
create table urls (
    source text not null, key text not null, url text not null, article_id integer,
    state text not null, reason text not null default '',
    title text not null default '', published text not null default '', modified text not null default '',
    via text not null default '',
    etag text not null default '', last_modified text not null default '', digest text not null default '',
    captured_at text, read_at text, first_seen text not null, last_checked text, changed_at text, next_check text,
    failures integer not null default 0,
    primary key (source, key)
) without rowid;
create index urls_due on urls (source, next_check) where next_check is not null;
create index urls_pending on urls (source, first_seen) where state = 'pending';
create index urls_article on urls (article_id) where article_id is not null;
create table documents (
    source text not null, url text not null, kind text not null, etag text not null default '',
    last_modified text not null default '', digest text not null default '', complete integer not null default 0,
    links integer not null default 0, fetched_at text, full_at text, note text not null default '',
    primary key (source, url)
) without rowid;
create table templates (
    source text primary key, template blob not null,
    unweighed integer not null, tabulated integer not null, pages integer not null
);
create table blocks (
    fingerprint integer not null, capture_id integer not null, primary key (fingerprint, capture_id)
) without rowid;
create table unsettled (id integer primary key, stamp integer not null);
create virtual table articles_fts using fts5(
    title, text, content='articles', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
create table story_articles (
    article_id integer primary key references articles (id), story_id integer not null,
    origin_id integer not null, via_id integer, share real not null, kept real not null,
    delay_seconds integer not null
);
create index story_articles_story on story_articles (story_id, delay_seconds);
create table imprints (
    article_id integer primary key, place integer not null, bands blob not null, via_id integer,
    root_id integer not null
);
create index imprints_via on imprints (via_id) where via_id is not null;
create index imprints_root on imprints (root_id);
create table bands (
    band integer not null, place integer not null, article_id integer not null, primary key (band, place, article_id)
) without rowid;
create table likenesses (
    later_id integer not null, earlier_id integer not null, near integer not null, resemblance real not null,
    primary key (later_id, earlier_id)
) without rowid;
create index likenesses_earlier on likenesses (earlier_id);
create table untold (article_id integer primary key);
create index articles_extractor on articles (source, extractor);
create index articles_moved on articles (moved_to) where moved_to is not null;
create index captures_text on captures (source, text_mark, fetched_at) where text_mark is not null;
create index captures_title on captures (source, title_mark) where title_mark is not null;
create table standings (article_id integer primary key, memory text not null);
create table probes (
    capture_id integer primary key references captures (id), source text not null, at text not null,
    title text not null, text text not null
);
create index probes_source on probes (source, at);
create index captures_probes on captures (source, fetched_at) where kind = 'probe';
create table "revisions" (
    article_id integer not null references articles (id), n integer not null, fetched_at text not null,
    capture_id integer not null references captures (id), title text not null, text text not null,
    severity text not null, kinds text not null default '', silent integer, summary text not null default '',
    primary key (article_id, n)
);
create table samples (source text not null, page integer not null, sample blob not null, primary key (source, page));
"""

_NAMES = {  # of the tables that have another name today
    "unsettled": "reextract_queue",
    "blocks": "block_index",
    "samples": "template_pages",
    "probes": "soft404_samples",
    "standings": "article_state",
    "untold": "story_queue",
    "imprints": "minhashes",
    "bands": "minhash_bands",
    "likenesses": "similar_articles",
}
_COLUMNS = {
    "answer": "last_outcome",
    "unweighed": "new_pages",
    "tabulated": "table_current",
    "place": "sort_key",
}


def signed_by_nobody(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The tables without who signed each revision, which an old archive did not keep: the last column."""
    return {**found, "revisions": [row[:-1] for row in found["revisions"]]}


def make_old(path: Path, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Put the rows of a database of today into the old tables, in its place."""
    old = path.with_name("old.db")
    with closing(sqlite3.connect(path)) as today:
        today.execute("pragma wal_checkpoint(truncate)")
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        db.executescript(SCHEMA)
        db.execute(
            'create table "_sqlite_migrations" ("id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT,'
            ' "applied_at" TEXT)'
        )
        db.execute(
            'create unique index "idx__sqlite_migrations_migration_set_name" on "_sqlite_migrations"'
            ' ("migration_set", "name")'
        )
        db.executemany(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('dateline', ?, '2026-03-01')",
            [(name,) for name in migrations],
        )
        db.execute("attach ? as today", (str(path),))
        _number(db)
        tables = db.execute("select name from main.sqlite_master where type = 'table' and name not like '%sqlite%'")
        for (table,) in tables.fetchall():
            _fill(db, table)
        ids = dict(db.execute("select new, old from ids").fetchall())
        for article, memory in db.execute("select article_id, memory from standings").fetchall():
            db.execute(
                "update standings set memory = ? where article_id = ?",
                (json.dumps(_old(json.loads(memory), ids)), article),
            )
        db.execute("detach today")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    old.replace(path)


def _fill(db: sqlite3.Connection, table: str) -> None:
    if table == "articles_fts":
        return
    db.execute(f"delete from main.{table}")
    today = _NAMES.get(table, table)
    there = {row[1] for row in db.execute(f"pragma today.table_info({today})")}
    columns = {row[1]: _COLUMNS.get(row[1], row[1]) for row in db.execute(f"pragma main.table_info({table})")}
    columns = {old: new for old, new in columns.items() if new in there}
    assert columns, table
    taken = ", ".join(_old_id(table, old, new) for old, new in columns.items())
    db.execute(f"insert into main.{table} ({', '.join(columns)}) select {taken} from today.{today}")


def _old_id(table: str, old: str, new: str) -> str:
    """A column as it was: the id of a capture was made of its place."""
    is_capture = old in ("capture_id", "unconfirmed", "confirmed_by") or (
        old == "id" and table in ("captures", "unsettled")
    )
    return f"coalesce((select old from ids where new = {new}), {new})" if is_capture else new


def _number(db: sqlite3.Connection) -> None:
    db.execute("create temp table ids (new integer primary key, old integer not null)")
    places = db.execute("select id, warc_file, warc_offset from today.captures").fetchall()
    db.executemany("insert into ids values (?, ?)", [(new, _old_number(*place)) for new, *place in places])


def _old_number(warc_file: str, warc_offset: int) -> int:
    joined = f"capture\x1f{warc_file}\x1f{warc_offset}".encode()
    return int.from_bytes(hashlib.blake2b(joined, digest_size=7).digest(), "big") >> 4


def _old(value: Any, ids: Mapping[int, int]) -> Any:
    if isinstance(value, dict):
        names = {"missing": "absence", "duplicate": "twin"}
        return {
            names.get(name, name): ids[item] if name in ("capture_id", "newest_id") else _old(item, ids)
            for name, item in value.items()
        }
    return value
