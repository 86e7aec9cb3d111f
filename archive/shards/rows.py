"""The rows of sources, in whatever table they are: copied from another archive's database, compared, deleted.

Ids of articles and captures are made of what they identify, so a copied row is the row that a rebuild would make.
What compares articles of all sources (the stories) is not copied: articles wait for it as new ones do. The indexes of
searches are written with each article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.store.articles import Articles
from archive.store.database import Store
from archive.store.schema import Database

OTHER = "other"
"""The schema name of the attached database."""

_BY_SOURCE = "source in (select value from json_each(:sources))"
_BY_ARTICLE = f"article_id in (select id from {{db}}.articles where {_BY_SOURCE})"
_BY_CAPTURE = f"capture_id in (select id from {{db}}.captures where {_BY_SOURCE})"

OF_SOURCE = {
    "sources": "name in (select value from json_each(:sources))",
    "reextract_queue": f"id in (select id from {{db}}.articles where {_BY_SOURCE}"
    f" union all select id from {{db}}.captures where {_BY_SOURCE})",
    **dict.fromkeys(("revisions", "removed", "article_state"), _BY_ARTICLE),
    **dict.fromkeys(("block_index", "readings", "unread"), _BY_CAPTURE),
    **dict.fromkeys(
        (
            "boilerplate", "events", "runs", "urls", "documents", "walk_pages", "backfills", "templates",
            "template_pages", "soft404_samples", "seen_changes", "mass_changes", "mass_absences", "contracts", "health",
            "source_tags", "check_policies", "captures", "articles",
        ),
        _BY_SOURCE,
    ),
}  # fmt: skip
"""The tables with rows of sources, and which rows: those that need `captures` or `articles` to say so come first."""

REBUILT = ("stories", "story_articles", "minhashes", "minhash_bands", "similar_articles", "story_queue")
"""What is found by comparing the articles of all sources."""

INDEXES = (
    "articles_fts", "search_fts", "search_places", "earlier_fts", "earlier_places", "article_counts", "month_counts",
    "search_facets", "search_groups", "search_names",
)  # fmt: skip
"""What is written with each article."""

SHARED = ("hosts", "robots")
"""Copied whole: what a host asks of us holds for every source of it."""

OWN = ("change_log",)
"""What an archive says of itself: a source that moves in is no news."""

_NUMBERED = {"runs": "id", "readings": "id"}
"""Columns that only number the rows of one database."""

_TOGETHER = 1_000
"""How many articles are indexed together."""

_LEFT_OUT = {"articles": "story_id"}
"""Columns that each archive finds for itself."""


@contextmanager
def attach(store: Store, path: Path) -> Iterator[None]:
    """Attach the database of another archive, for reading only, as the schema `OTHER`."""
    store.db.execute(f"attach ? as {OTHER}", (f"{path.resolve().as_uri()}?mode=ro",))
    try:
        yield
    finally:
        store.db.execute(f"detach {OTHER}")


def sources_of(db: Database | sqlite3.Connection) -> set[str]:
    """The sources that have rows in a database."""
    sql = "select name from main.sources union select source from main.captures union select source from main.urls"
    return {row[0] for row in db.execute(sql).fetchall()}


def columns(db: Database, table: str) -> list[str]:
    """The columns of a table that mean the same in every archive."""
    without = {_NUMBERED.get(table), _LEFT_OUT.get(table)}
    return [row[1] for row in db.execute(f"pragma main.table_info({table})").fetchall() if row[1] not in without]


def copy(db: Database, sources: Iterable[str]) -> None:
    """Copy all rows of sources from the attached database; rows of theirs that are here already are replaced.

    Call it in a transaction. Their articles are in the indexes then, and wait for their stories.
    """
    names = sorted(sources)
    delete(db, names)
    logged = db.execute("select max(n) from change_log").fetchone()[0]
    for table, which in OF_SOURCE.items():
        listed = ", ".join(columns(db, table))
        db.execute(
            f"insert into main.{table} ({listed}) select {listed} from {OTHER}.{table} where {which.format(db=OTHER)}",
            _names(names),
        )
    db.execute("delete from change_log where n > ?", (logged or 0,))
    db.execute(
        f"insert into main.hosts select * from {OTHER}.hosts where true on conflict (host) do update set"
        " rest_until = excluded.rest_until, refused_at = excluded.refused_at, refusals = excluded.refusals,"
        " reason = excluded.reason where coalesce(excluded.refused_at, '') > coalesce(hosts.refused_at, '')"
    )
    db.execute(
        f"insert or replace into main.robots select * from {OTHER}.robots as other where not exists"
        " (select 1 from main.robots mine where mine.url = other.url and mine.read_at >= coalesce(other.read_at, ''))"
    )
    articles = Articles(db, "")
    copied = db.execute(f"select id from articles where {_BY_SOURCE} order by id", _names(names)).fetchall()
    for start in range(0, len(copied), _TOGETHER):
        with articles.texts.together():
            for (article,) in copied[start : start + _TOGETHER]:
                articles.index_copied(article)


def delete(db: Database, sources: Iterable[str]) -> None:
    """Delete all rows of sources. Call it in a transaction; the stories of their articles are to be built again."""
    names = sorted(sources)
    articles = Articles(db, "")
    for (article,) in db.execute(f"select id from articles where {_BY_SOURCE}", _names(names)).fetchall():
        articles.forget(article)
    for table, which in OF_SOURCE.items():
        db.execute(f"delete from main.{table} where {which.format(db='main')}", _names(names))


def counts(db: Database, sources: Iterable[str], schema: str = "main") -> dict[str, int]:
    """How many rows of sources each table has."""
    chosen = _names(sources)
    return {
        table: int(
            db.execute(f"select count(*) from {schema}.{table} where {which.format(db=schema)}", chosen).fetchone()[0]
        )
        for table, which in OF_SOURCE.items()
    }


def differing(db: Database, sources: Iterable[str]) -> list[str]:
    """The tables in which the rows of sources are not the same here and in the attached database."""
    names = sorted(sources)
    here, there = counts(db, names), counts(db, names, OTHER)
    return [table for table in OF_SOURCE if here[table] != there[table] or _differ(db, table, names)]


def _differ(db: Database, table: str, sources: list[str]) -> bool:
    listed, which = ", ".join(columns(db, table)), OF_SOURCE[table]
    mine = f"select {listed} from main.{table} where {which.format(db='main')}"
    theirs = f"select {listed} from {OTHER}.{table} where {which.format(db=OTHER)}"
    found = db.execute(f"select exists (select * from ({mine}) except {theirs})", _names(sources)).fetchone()
    return bool(found[0])


def _names(sources: Iterable[str]) -> dict[str, str]:
    return {"sources": json.dumps(sorted(sources))}
