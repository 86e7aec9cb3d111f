"""The migrations of archive.db: how a new or an older one gets today's tables, and which ones cannot."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from archive.core.errors import ArchiveError
from archive.store import upgrade
from archive.store.health.tables import HEALTH
from archive.store.opening.tables import MEMORY, RECORD
from archive.store.repeated.tables import MASS_ABSENCES, MASS_CHANGES
from archive.store.search_index import change_log, facets, index, places

__all__ = ["Database", "check_version", "migrate", "migrations"]

migrations = Migrations("dateline")


@migrations(name="0001_tables")
def archive_tables(db: Database) -> None:
    """All tables, empty; or those of an archive from before the first release, with its rows in today's tables."""
    if _applied(db) >= upgrade.MIGRATIONS:
        upgrade.upgrade(db, RECORD + MEMORY)
    else:
        upgrade.run(db, RECORD + MEMORY + index.FULL_TEXT)


@migrations(name="0002_stated_at")
def stated_at(db: Database) -> None:
    """The moment that a capture's record states, where the clock was ahead."""
    if "stated_at" not in db["captures"].columns_dict and db["captures"].exists():
        db.execute("alter table captures add column stated_at text")


@migrations(name="0003_reading_room")
def reading_room(db: Database) -> None:
    """What the pages of the site need to be quick: the day that a release is listed under, and indexes."""
    upgrade.run(db, places.LISTING)


@migrations(name="0004_health")
def health_tables(db: Database) -> None:
    """What each source can be expected to do, and what is wrong with it, with the indexes that this is found by."""
    upgrade.run(db, HEALTH)


@migrations(name="0005_search")
def search_index(db: Database) -> None:
    """The index of searches, in the order of days, of today's texts and of earlier ones; and counts of articles."""
    upgrade.run(db, index.SCHEMA + facets.SCHEMA)
    if not db["articles_fts"].exists() or "prefix=" not in db["articles_fts"].schema:
        upgrade.run(db, "drop table if exists articles_fts;" + index.FULL_TEXT)
        index.fill_full_text(db.conn)
    index.fill(db.conn)


@migrations(name="0006_backfill")
def backfill(db: Database) -> None:
    """How far each source was walked back. One whose crawls came to their end before there was this has been."""
    if not db["documents"].exists() or "root" in db["documents"].columns_dict:
        return
    db.execute("alter table documents add column root integer not null default 0")
    db.execute("alter table documents add column watched integer not null default 1")
    for statement in MEMORY.split(";"):
        if "create table walk_pages" in statement or "create table backfills" in statement:
            db.execute(statement)
    db.execute(
        "update documents set complete = 1 where kind in ('feed', 'sitemap')"
        " and source in (select name from sources where last_ok is not null)"
    )


@migrations(name="0007_mass_changes")
def mass_changes(db: Database) -> None:
    """Which changes most pages of a source showed at one time."""
    upgrade.run(db, MASS_CHANGES)


@migrations(name="0008_pace")
def pace_of_feeds(db: Database) -> None:
    """What each feed asks of who reads it."""
    if "pace" not in db["documents"].columns_dict:
        db.execute("alter table documents add column pace text not null default ''")


@migrations(name="0009_repeats")
def repeats(db: Database) -> None:
    """Which articles of one source have the same text."""
    db.execute(
        "create view repeats as select later.source, s.later_id as article_id, s.earlier_id, s.resemblance"
        " from similar_articles s join articles later on later.id = s.later_id"
        " join articles earlier on earlier.id = s.earlier_id where later.source = earlier.source"
    )


@migrations(name="0010_through")
def through_walls(db: Database) -> None:
    """By which link a consent wall let through to each document."""
    if "through" not in db["documents"].columns_dict:
        db.execute("alter table documents add column through text not null default ''")


@migrations(name="0011_change_log")
def newest_changes(db: Database) -> None:
    """The newest changes, for alerts."""
    upgrade.run(db, change_log.SCHEMA)


@migrations(name="0012_source_tags")
def source_tags(db: Database) -> None:
    """The tags that sources.toml gives each source."""
    columns = "tag text not null, source text not null, primary key (tag, source)"
    db.execute(f"create table source_tags ({columns}) without rowid")
    db.execute("create index source_tags_source on source_tags (source)")


@migrations(name="0013_facets")
def facet_tables(db: Database) -> None:
    """What the matches of a search are counted by."""
    if not db["search_facets"].exists():
        upgrade.run(db, facets.SCHEMA + facets.FILL)


@migrations(name="0014_check_policies")
def check_policies(db: Database) -> None:
    """The policy by which each source's checks are planned, to see when it changes."""
    upgrade.run(db, "create table check_policies (source text primary key, ages text not null) without rowid;")


@migrations(name="0015_counted_once")
def counted_once(db: Database) -> None:
    """Articles of a source were counted apart for a while; `search_groups` has the same."""
    for trigger in ("source_counted", "source_uncounted", "source_recounted"):
        db.execute(f"drop trigger if exists {trigger}")
    db.execute("drop table if exists source_counts")


@migrations(name="0016_links")
def links_below(db: Database) -> None:
    """The lines below the text of a release that lead to more; filled when the article is read again."""
    db.execute("alter table articles add column links text not null default '[]'")


@migrations(name="0017_missing")
def missing_articles(db: Database) -> None:
    """Whether a source has articles that are missing."""
    db.execute("create index if not exists articles_missing on articles (source) where missing_since is not null")


@migrations(name="0018_asked_often")
def asked_often(db: Database) -> None:
    """Indexes for what is asked at every commit: who was looked at since a moment, and what another extractor read."""
    db.execute("create index if not exists articles_looked on articles (source, last_seen, first_seen)")
    db.execute("create index if not exists unread_extractor on unread (extractor)")


@migrations(name="0019_coverage")
def coverage(db: Database) -> None:
    """What a walk back that goes on in another crawl has to remember of its sitemaps."""
    if "coverage" not in db["backfills"].columns_dict:
        db.execute("alter table backfills add column coverage text not null default ''")


@migrations(name="0020_robots")
def robots(db: Database) -> None:
    """What each host's robots.txt said when it was last read."""
    columns = "read_at text, until text, status integer not null, body blob not null, failing_since text"
    db.execute(f"create table robots (url text primary key, {columns}) without rowid")


@migrations(name="0021_authors")
def authors_of_revisions(db: Database) -> None:
    """Who each revision names as its authors; null in those of before. Texts that wait are marked anew, with these."""
    db.execute("alter table revisions add column authors text")
    waiting = "select article_id, 1 from article_state where memory like '%\"pending\"%' and memory like '%\"shown\"%'"
    db.execute(f"insert or ignore into reextract_queue {waiting}")


@migrations(name="0022_plain_letters")
def plain_letters(db: Database) -> None:
    """Texts are found by words without the letters of their own language, such as "Lodz" for "Łódź"."""
    upgrade.run(db, index.ANEW)
    index.fill_anew(db.conn)


@migrations(name="0023_mass_absences")
def mass_absences(db: Database) -> None:
    """When most releases of a source had another page in their place; who was missing is marked to be read again."""
    upgrade.run(db, MASS_ABSENCES)


def check_version(db: Database, name: str) -> None:
    """Raise ArchiveError if `migrate` cannot help: for a newer version's database, or an incomplete older one, which
    the message calls `name`.
    """
    applied = _applied(db)
    older = upgrade.MIGRATIONS & applied
    newer = applied - upgrade.MIGRATIONS - _all()
    if newer:
        raise ArchiveError(
            f"{name} was written by a newer Dateline (it has {', '.join(sorted(newer))}). Use that version, or move the"
            " file away and run `dateline rebuild`."
        )
    if 0 < len(older) < len(upgrade.MIGRATIONS) or (not applied and db["articles"].exists()):
        raise ArchiveError(
            f"{name} was written by an older Dateline, and this version cannot bring it up to date. Run `dateline "
            "rebuild`: it makes the database again from the WARC files."
        )


def is_current(db: Database) -> bool:
    """Whether a database has today's tables: no more, and none that an older version made."""
    return not migrations.pending(db) and _applied(db) <= _all()


def migrate(db: Database) -> None:
    """Bring a database to today's tables; does nothing to one that has them. See `check_version` for what it cannot."""
    migrations.apply(db)


def _all() -> set[str]:
    return {one.name for one in migrations.pending(Database(memory=True))}


def _applied(db: Database) -> set[str]:
    return {one.name for one in migrations.applied(db)}
