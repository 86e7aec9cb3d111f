"""The tables of archive.db. README documents the public ones; their names and meaning are stable."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from archive.core.errors import ArchiveError
from archive.store import upgrade
from archive.store.finding import change_log, facets, index, places
from archive.store.health.tables import HEALTH
from archive.store.repeated.tables import MASS_CHANGES

__all__ = ["Database", "check_version", "migrate", "migrations"]

migrations = Migrations("dateline")

_RECORD = """
create table sources (
    name text primary key, title text, url text, state text not null default 'watched',
    last_crawl text, last_ok text, last_error text, failures integer not null default 0,
    health text not null default '', health_since text, validators_false_at text
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
    changed_at text not null, last_outcome text not null default 'read',
    status text not null default 'live', revisions integer not null default 1, capture_id integer not null,
    story_id integer, extractor text not null default '', missing_since text, unconfirmed integer, moved_to integer
);
create index articles_newest on articles (published_day desc, first_seen desc);
create index articles_source on articles (source, published_day desc, first_seen desc);
create index articles_url on articles (url);
create index articles_story on articles (story_id) where story_id is not null;
create index articles_extractor on articles (source, extractor);
create index articles_moved on articles (moved_to) where moved_to is not null;
create table revisions (
    article_id integer not null references articles (id), n integer not null, fetched_at text not null,
    capture_id integer not null references captures (id), title text not null, text text not null,
    severity text not null, kinds text not null default '', silent integer, summary text not null default '',
    primary key (article_id, n)
);
create table captures (
    id integer primary key,
    article_id integer references articles (id), source text not null, url text not null, final_url text not null,
    key text not null, final_key text, article_key text, kind text not null,
    fetched_at text not null, status integer not null, digest text not null,
    revisit integer not null default 0,
    warc_file text not null, warc_offset integer not null, warc_length integer not null,
    page_kind text not null default '', note text not null default '', link text,
    text_mark integer, title_mark integer, truncated text not null default '', stated_at text
);
create index captures_place on captures (warc_file, warc_offset);
create index captures_article on captures (article_id, fetched_at);
create index captures_url on captures (url, fetched_at);
create index captures_answered on captures (final_url, fetched_at);
create index captures_key on captures (source, key, fetched_at);
create index captures_final on captures (source, final_key, fetched_at) where final_key is not null;
create index captures_canonical on captures (source, article_key, fetched_at) where article_key is not null;
create index captures_newest on captures (fetched_at desc);
create index captures_text on captures (source, text_mark, fetched_at) where text_mark is not null;
create index captures_title on captures (source, title_mark) where title_mark is not null;
create index captures_probes on captures (source, fetched_at) where kind = 'probe';
create table removed (
    article_id integer not null references articles (id), position integer not null, text text not null,
    why text not null, boilerplate_id integer,
    primary key (article_id, position)
);
create table boilerplate (
    id integer primary key, source text not null, fingerprint integer not null, text text not null,
    documents integer not null, first_seen text, last_seen text, why text not null,
    state text not null default 'active', unique (source, fingerprint)
);
create table events (
    at text not null, source text not null, article_id integer, url text, kind text not null,
    detail text not null default '', capture_id integer, confirmed_by integer
);
create index events_newest on events (at desc);
create index events_article on events (article_id, at);
create index events_kind on events (kind, at desc);
create index events_source on events (source, kind, at desc);
create table stories (
    id integer primary key, title text not null, origin_id integer not null, first_at text not null,
    articles integer not null, sources integer not null
);
create table story_articles (
    article_id integer primary key references articles (id), story_id integer not null,
    origin_id integer not null, via_id integer, share real not null, kept real not null,
    delay_seconds integer not null
);
create index story_articles_story on story_articles (story_id, delay_seconds);
create table runs (
    id integer primary key, source text not null, started_at text not null, finished_at text, outcome text,
    requests integer not null default 0, captures integer not null default 0, articles integer not null default 0,
    edited integer not null default 0, gone integer not null default 0, errors integer not null default 0,
    message text not null default ''
);
create index runs_source on runs (source, started_at desc);
"""

_MEMORY = """
create table urls (
    source text not null, key text not null, url text not null, article_id integer,
    state text not null, reason text not null default '',
    title text not null default '', published text not null default '', modified text not null default '',
    via text not null default '',
    etag text not null default '', last_modified text not null default '', digest text not null default '',
    captured_at text, read_at text, first_seen text not null, last_checked text, changed_at text, next_check text,
    failures integer not null default 0, named_at text, tries integer not null default 0, full_at text,
    claimed_at text, false_claims integer not null default 0,
    primary key (source, key)
) without rowid;
create index urls_due on urls (source, next_check) where next_check is not null;
create index urls_pending on urls (source, first_seen) where state = 'pending';
create index urls_article on urls (article_id) where article_id is not null;
create index urls_failed on urls (source, last_checked) where failures > 0;
create index urls_reason on urls (source, reason, state) where reason <> '';
create table documents (
    source text not null, url text not null, kind text not null, etag text not null default '',
    last_modified text not null default '', digest text not null default '', complete integer not null default 0,
    links integer not null default 0, fetched_at text, full_at text, note text not null default '',
    problem text not null default '', offered_at text, root integer not null default 0,
    watched integer not null default 1,
    primary key (source, url)
) without rowid;
create table walk_pages (
    source text not null, key text not null, url text not null, kind text not null, way text not null default '',
    family text not null default '', state text not null, n integer not null,
    primary key (source, key)
) without rowid;
create table backfills (
    source text primary key, began_at text not null, finished_at text, found integer not null default 0,
    expected integer not null default 0, reached text not null default '', coverage text not null default ''
) without rowid;
create table hosts (
    host text primary key, rest_until text, refused_at text, refusals integer not null default 0,
    reason text not null default '', answered_at text
) without rowid;
create table templates (
    source text primary key, template blob not null,
    new_pages integer not null, table_current integer not null, pages integer not null
);
create table template_pages (
    source text not null, page integer not null, sample blob not null, primary key (source, page)
);
create table block_index (
    fingerprint integer not null, capture_id integer not null, primary key (fingerprint, capture_id)
) without rowid;
create table reextract_queue (id integer primary key, stamp integer not null);
create index reextract_queue_order on reextract_queue (stamp);
create table readings (
    id integer primary key, capture_id integer not null unique, extractor text not null, verdicts blob not null,
    content blob not null
);
create table unread (
    capture_id integer primary key, kind text not null, reason text not null, since text not null,
    tries integer not null, next_try text not null, extractor text not null
);
create index unread_due on unread (next_try);
create table article_state (article_id integer primary key, memory text not null);
create table soft404_samples (
    capture_id integer primary key references captures (id), source text not null, at text not null,
    title text not null, text text not null
);
create index soft404_samples_source on soft404_samples (source, at);
create table minhashes (
    article_id integer primary key, sort_key integer not null, bands blob not null, via_id integer,
    root_id integer not null
);
create index minhashes_via on minhashes (via_id) where via_id is not null;
create index minhashes_root on minhashes (root_id);
create table minhash_bands (
    band integer not null, sort_key integer not null, article_id integer not null,
    primary key (band, sort_key, article_id)
) without rowid;
create table similar_articles (
    later_id integer not null, earlier_id integer not null, near integer not null, resemblance real not null,
    primary key (later_id, earlier_id)
) without rowid;
create index similar_articles_earlier on similar_articles (earlier_id);
create table story_queue (article_id integer primary key);
"""


@migrations(name="0001_tables")
def archive_tables(db: Database) -> None:
    """All tables, empty; or those of an archive from before the first release, with its rows in today's tables.

    `_RECORD` is what README documents. `_MEMORY` is what Dateline needs to go on; it may change.
    """
    if _applied(db) >= upgrade.MIGRATIONS:
        upgrade.upgrade(db, _RECORD + _MEMORY)
    else:
        upgrade.run(db, _RECORD + _MEMORY + index.FULL_TEXT)


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
    for statement in _MEMORY.split(";"):
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
