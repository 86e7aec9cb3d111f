"""The tables of archive.db, and which databases can be given them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.store import upgrade
from archive.store.database import Store
from archive.store.schema import Database, check_version, migrate, migrations
from archive.store.search_index import index

TODAY = [
    "0001_tables",
    "0002_stated_at",
    "0003_reading_room",
    "0004_health",
    "0005_search",
    "0006_backfill",
    "0007_mass_changes",
    "0008_pace",
    "0009_repeats",
    "0010_through",
    "0011_change_log",
    "0012_source_tags",
    "0013_facets",
    "0014_check_policies",
    "0015_counted_once",
    "0016_links",
    "0017_missing",
    "0018_asked_often",
    "0019_coverage",
    "0020_robots",
    "0021_authors",
    "0022_plain_letters",
    "0023_mass_absences",
]


@pytest.fixture
def db() -> Database:
    return Database(memory=True)


def _apply(db: Database, *names: str) -> None:
    """Note migrations as applied, as another version would have."""
    db.execute(
        "create table if not exists _sqlite_migrations (id integer primary key, migration_set, name, applied_at)"
    )
    for name in names:
        db.execute("insert into _sqlite_migrations values (null, 'dateline', ?, '2026-03-02')", [name])


def _applied(db: Database) -> list[str]:
    return [name for (name,) in db.execute("select name from _sqlite_migrations order by name").fetchall()]


def test_an_empty_database_gets_all_tables_and_todays_migrations(db: Database) -> None:
    check_version(db, "archive.db")
    migrate(db)
    tables = set(db.table_names())
    assert tables > {"articles", "revisions", "captures", "removed", "boilerplate", "events", "stories", "sources"}
    assert tables > {"contracts", "health"}
    assert tables > {"urls", "documents", "hosts", "templates", "block_index", "readings", "unread", "minhashes"}
    assert _applied(db) == TODAY


def test_a_database_of_today_is_left_as_it_is(db: Database) -> None:
    migrate(db)
    db.execute("insert into sources (name) values ('valdora')")
    before = db.schema
    check_version(db, "archive.db")
    migrate(db)
    assert (db.schema, _applied(db)) == (before, TODAY)
    assert db.execute("select name, state, failures from sources").fetchall() == [("valdora", "watched", 0)]


def test_the_tables_of_the_first_migration_get_the_later_columns(db: Database) -> None:
    migrate(db)
    whole = db["captures"].columns
    db.execute("alter table captures drop column stated_at")
    db.execute("delete from _sqlite_migrations where name = '0002_stated_at'")
    assert _applied(db) == [name for name in TODAY if name != "0002_stated_at"]
    migrate(db)
    assert db["captures"].columns == whole
    assert _applied(db) == TODAY


def test_a_newer_one_is_refused_and_told_by_its_name_and_what_it_has_more(db: Database) -> None:
    migrate(db)
    _apply(db, "0009_tides", "0008_ferries")
    with pytest.raises(ArchiveError, match=r"harbour\.db was .* newer Dateline \(it has 0008_ferries, 0009_tides\)"):
        check_version(db, "harbour.db")


def test_one_from_before_the_first_release_is_taken_when_it_is_complete(db: Database) -> None:
    _apply(db, *upgrade.MIGRATIONS)
    db.execute("create table articles (id integer primary key)")
    check_version(db, "archive.db")


@pytest.mark.parametrize("lacking", sorted(upgrade.MIGRATIONS))
def test_a_part_of_one_from_before_the_first_release_is_refused(db: Database, lacking: str) -> None:
    _apply(db, *(upgrade.MIGRATIONS - {lacking}))
    with pytest.raises(ArchiveError, match=r"archive\.db was .* older Dateline.*`dateline rebuild`"):
        check_version(db, "archive.db")


def test_articles_without_any_migration_are_refused_but_other_tables_are_not_ours(db: Database) -> None:
    db.execute("create table notes (text)")
    check_version(db, "archive.db")
    db.execute("create table articles (id integer primary key)")
    with pytest.raises(ArchiveError, match="older Dateline"):
        check_version(db, "archive.db")


def test_old_rows_come_into_the_tables_of_today_and_new_ones_get_none(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgraded: list[str] = []

    def made_anew(db: Database, tables: str) -> None:
        upgraded.append(tables)
        db.executescript("drop table if exists articles;" + tables)

    monkeypatch.setattr(upgrade, "upgrade", made_anew)
    migrate(Database(memory=True))
    assert upgraded == []
    _apply(db, *upgrade.MIGRATIONS)
    migrate(db)
    (tables,) = upgraded
    assert "create table articles" in tables
    assert "create table urls" in tables
    assert "articles_fts" not in tables, "the index of the full text stays as it is"


def test_full_text_finds_a_word_whatever_its_accents_and_joins_marks_to_their_letters(db: Database) -> None:
    migrate(db)
    texts = ("Der Hafen von Évora öffnet", "बंदरगाह की खबर", "Ferries sail")
    for number, text in enumerate(texts, 1):
        db.execute("insert into articles_fts (rowid, title, text) values (?, '', ?)", (number, text))
    found = {
        word: [row[0] for row in db.execute("select rowid from articles_fts where articles_fts match ?", [word])]
        for word in ("evora", "OFFNET", "की", "क", "ferries")
    }
    assert found == {"evora": [1], "OFFNET": [1], "की": [2], "क": [], "ferries": [3]}


@pytest.mark.parametrize(
    "once",
    [
        "captures (id, source, url, final_url, key, kind, fetched_at, status, digest, warc_file, warc_offset,"
        " warc_length) values (1, 's', 'u', 'u', 'k', 'page', 't', 200, 'd', 'w', 0, 9)",
        "urls (source, key, url, state, first_seen) values ('s', 'k', 'u', 'pending', 't')",
        "boilerplate (source, fingerprint, text, documents, why) values ('s', 7, 'x', 3, 'repeated')",
        "block_index values (7, 1)",
        "readings values (null, 1, 'today', x'00', x'00')",
    ],
)  # fmt: skip
def test_what_there_may_be_once_is_there_once(db: Database, once: str) -> None:
    migrate(db)
    db.execute(f"insert into {once}")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        db.execute(f"insert into {once}")


def test_an_archive_of_the_first_migration_alone_is_brought_up_to_date_with_its_rows(db: Database) -> None:
    migrations.apply(db, stop_before="0003_reading_room")
    _article(db, 1, "2026-03-02", "2026-03-02T10:00:00+00:00")
    check_version(db, "archive.db")
    migrate(db)
    assert _applied(db) == TODAY
    assert db.execute("select id, listed_day from articles").fetchall() == [(1, "2026-03-02")]


def _article(db: Database, number: int, day: str | None, seen: str) -> None:
    columns = dict.fromkeys(("source", "url", "title", "text", "last_seen", "last_checked", "changed_at"), "")
    row = columns | {"id": number, "published_day": day, "first_seen": seen, "word_count": 0, "capture_id": 1}
    db.table("articles").insert(row)


def test_texts_of_an_older_archive_are_found_without_the_letters_of_their_language(db: Database) -> None:
    migrations.apply(db, stop_before="0022_plain_letters")
    _article(db, 1, "2026-03-02", "2026-03-02T10:00:00+00:00")
    db.execute("update articles set title = 'Łódź', revisions = 2")
    db.execute(
        "insert into captures (id, source, url, final_url, key, kind, fetched_at, status, digest, warc_file,"
        " warc_offset, warc_length) values (1, '', '', '', '', 'page', '', 200, '', '', 0, 9)"
    )
    db.execute(
        "insert into revisions (article_id, n, fetched_at, capture_id, title, text, severity)"
        " values (1, 1, '', 1, 'Tromsø', '', '')"
    )
    index.update(db.conn, None, index.read(db.conn, 1))
    index.add_earlier(db.conn, 1)
    migrate(db)
    found = {
        table: [row[0] for row in db.execute(f"select rowid from {table} where {table} match ?", [word])]
        for table, word in (("articles_fts", "lodz"), ("search_fts", "lodz"), ("earlier_fts", "tromso"))
    }
    places = [db.execute(f"select place from {table}").fetchone()[0] for table in ("search_places", "earlier_places")]
    assert found == {"articles_fts": [1], "search_fts": places[:1], "earlier_fts": places[1:]}


def test_the_day_that_a_release_is_listed_under(db: Database) -> None:
    migrate(db)
    seen = "2026-03-02T23:30:00+00:00"
    days = {"2026-03-01": "2026-03-01", "2026-03-03": "2026-03-03", "2031-01-01": "2026-03-02", None: "2026-03-02"}
    for number, day in enumerate(days):
        _article(db, number, day, seen)
    listed = db.execute("select published_day, listed_day from articles").fetchall()
    assert dict(listed) == days


def test_the_full_text_of_an_older_archive_is_indexed_anew_and_found_by_other_tools(db: Database) -> None:
    migrations.apply(db, stop_before="0005_search")
    db.execute("drop table articles_fts")
    db.execute("create virtual table articles_fts using fts5(title, text, content='articles', content_rowid='id')")
    _article(db, 1, "2026-03-02", "2026-03-02T10:00:00+00:00")
    db.execute("update articles set title = 'Η γέφυρα', text = '港口办公室 opens'")
    migrate(db)
    assert db.table("articles").detect_fts() == "articles_fts"
    assert [row["id"] for row in db.table("articles").search("opens")] == [1]
    for words in ("γεφυρα", '"公 室"', "ope*"):
        assert db.execute("select rowid from articles_fts where articles_fts match ?", [words]).fetchall() == [(1,)]
    assert db.execute("select article_id from search_places").fetchall() == [(1,)]
    assert db.execute("select source, year, articles from article_counts").fetchall() == [("", "2026", 1)]


def test_articles_of_a_source_are_no_longer_counted_apart(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        store.db.executescript(
            "create table source_counts (source text primary key, articles integer not null) without rowid;"
            "create trigger source_counted after insert on articles begin"
            " insert into source_counts values (new.source, 1); end;"
            "delete from _sqlite_migrations where name = '0015_counted_once'"
        )
    with Store(tmp_path / "archive.db") as store:
        left = "select name from sqlite_master where name like 'source\\_count%' escape '\\'"
        assert store.db.execute(left).fetchall() == []


def test_revisions_of_before_have_no_authors_and_only_what_waits_is_read_again(db: Database) -> None:
    migrations.apply(db, stop_before="0021_authors")
    _article(db, 1, "2026-03-02", "2026-03-02T10:00:00+00:00")
    db.execute(
        "insert into revisions (article_id, n, fetched_at, capture_id, title, text, severity)"
        " values (1, 1, '2026-03-02T10:00:00+00:00', 1, 'Pier', 'It opens.', 'first')"
    )
    memories = ('{"shown": [7]}', '{"pending": {"at": "x"}}', '{"pending": {"at": "x"}, "shown": [7]}')
    for number, memory in enumerate(memories, 1):
        db.execute("insert into article_state values (?, ?)", (number, memory))
    before = db.execute("select * from articles").fetchall()
    migrate(db)
    assert db.execute("select * from articles").fetchall() == before
    assert db.execute("select n, title, text, authors from revisions").fetchall() == [(1, "Pier", "It opens.", None)]
    assert db.execute("select id from reextract_queue").fetchall() == [(3,)]
    assert db.execute("select count(*) from events").fetchone() == (0,)
