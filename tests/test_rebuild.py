"""An archive of real crawls and its rebuild: every table and every column is what it was, but for a short list."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import PAGES
from tests.support.archiving import BY_CONTENT
from tests.support.commandline import dateline, publish, sources
from tests.support.site import Page, Site

pytestmark = pytest.mark.usefixtures("forked")

Rows = dict[str, list[dict[str, Any]]]

MAY_DIFFER = {
    "_sqlite_migrations": "when the tables were made",
    "urls": "when a source that is watched no longer would be checked: its settings are gone, so the usual ones hold",
    "check_policies": "by which ages checks were planned: those of sources.toml hold",
    "change_log": "the log of another database has another name, and alerts begin anew with it",
}
"""What a rebuild does not keep, although the old database can be read."""

UNPLANNED = "next_check"

LEARNED_AGAIN = {
    **MAY_DIFFER,
    "documents": "validators of feeds and lists: the next crawl asks for them in full",
    "hosts": "pauses that hosts asked for",
    "robots": "copies of robots.txt: the next crawl asks for it",
    "urls": "what lists said of an address that was not fetched yet, or said later",
    "walk_pages": "a walk back that was under way begins anew",
    "backfills": "the same",
}
"""What only saves requests, if the old database is gone."""

LOST = Page(b"<h1>Not found</h1>", status=404)

NOT_OF_ROWS = ("_data", "_idx", "_docsize", "_config")
"""How SQLite stores a full-text index; what can be found in it is compared."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Edits, removals, a source that fails, one that is watched no longer, and one that was imported."""
    directory = tmp_path_factory.mktemp("archive")
    with Site() as site, Site() as failing, Site() as left:
        for each, count in ((site, 24), (failing, 4), (left, 3)):
            publish(each, count)
        _watch(directory, quill=site.url, osk=failing.url, left=left.url)
        assert dateline("crawl", "--limit", "8", archive=directory).exit_code == 0
        for each in (site, failing):
            each.releases[1] = replace(each.releases[1], paragraphs=("The quay opens in May, not in April.",) * 2)
            del each.releases[2]
        failing.pages |= dict.fromkeys(("/", "/feed/", "/news/", "/sitemap.xml"), LOST)
        publish(site, 3, first=40)
        _watch(directory, quill=site.url, osk=failing.url)
        _wait_until_due(directory)
        assert dateline("crawl", archive=directory).exit_code == 3
        failing.robots = "User-agent: *\nDisallow: /news/\n"
        _wait_until_due(directory)
        with closing(sqlite3.connect(directory / "archive.db")) as db, db:
            db.execute("update robots set until = read_at")  # as if a day had passed
        assert dateline("crawl", archive=directory).exit_code == 3
        saved = directory.with_name("saved") / "lower-tarn.example" / "news.html"
        saved.parent.mkdir(parents=True)
        saved.write_text(site.article(site.releases[5]), encoding="utf-8")
        assert dateline("import", saved.parent.parent, archive=directory).exit_code == 0
    return directory


def _watch(directory: Path, **names: str) -> None:
    more = 'confirm = 1\ngone_after = "0s"\nrecheck = []\nrecheck_then = "1s"\ndelay = 0\n'
    (directory / "sources.toml").write_text(sources(**names).replace("delay = 0\n", more), encoding="utf-8")


def _wait_until_due(directory: Path) -> None:
    """Wait until every release is to be checked again, a second after its last check."""
    with closing(sqlite3.connect(directory / "archive.db")) as db:
        last = datetime.fromisoformat(
            db.execute("select max(next_check) from urls where state = 'article'").fetchone()[0]
        )
    time.sleep(min(max(0.0, (last - datetime.now(UTC)).total_seconds()), 3.0))


def _everything(path: Path) -> Rows:
    """Every table with every column, its rows sorted; of full-text indexes, every word with its places."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        found: Rows = {}
        for name, sql in db.execute("select name, sql from sqlite_master where type in ('table', 'view')").fetchall():
            if name.endswith(NOT_OF_ROWS):
                continue
            select = BY_CONTENT.get(name, f"select * from {name}")
            if "using fts5" in (sql or ""):
                db.execute(f"create virtual table temp.words_of_{name} using fts5vocab(main, {name}, instance)")
                select = f"select * from temp.words_of_{name}"
            found[name] = sorted(map(dict, db.execute(select).fetchall()), key=repr)
    return found


def _differing(before: Rows, after: Rows) -> dict[str, set[str]]:
    """By table, the columns that differ."""
    found: dict[str, set[str]] = {}
    for name, rows in before.items():
        others = after.get(name, [])
        if len(rows) != len(others):
            found[name] = {f"{len(rows)} rows, now {len(others)}"}
        elif rows != others:
            pairs = zip(rows, others, strict=True)
            found[name] = {column for one, other in pairs for column in one if one[column] != other[column]}
    return found


def test_a_rebuild_gives_every_table_and_column_as_it_was(archive: Path) -> None:
    before = _everything(archive / "archive.db")
    assert {len(before[name]) > 0 for name in ("sources", "runs", "contracts", "health", "backfills", "revisions")} == {
        True
    }
    assert {row["kind"] for row in before["events"]} >= {"new", "edited", "gone"}
    assert {row["state"] for row in before["sources"]} == {"watched", "unwatched"}
    assert dateline("rebuild", archive=archive).exit_code == 0
    after = _everything(archive / "archive.db")
    assert before.keys() == after.keys()
    assert set(_differing(before, after)) <= MAY_DIFFER.keys()
    assert _differing(before, after).get("urls", {UNPLANNED}) == {UNPLANNED}
    assert {row["source"] for row in before["urls"] if row not in after["urls"]} == {"left"}


@pytest.mark.parametrize("command", ["rebuild", "import"])
def test_a_deleted_database_comes_back_but_for_what_saves_requests(archive: Path, tmp_path: Path, command: str) -> None:
    """Also by any other command that writes: each takes in what the tables lack first."""
    copied = tmp_path / "archive"
    shutil.copytree(archive, copied)
    before = _everything(copied / "archive.db")
    (copied / "archive.db").unlink()
    again = (archive.with_name("saved"),) if command == "import" else ()
    assert dateline(command, *again, archive=copied).exit_code == 0
    after = _everything(copied / "archive.db")
    assert before.keys() == after.keys()
    assert not {name: columns for name, columns in _differing(before, after).items() if name not in LEARNED_AGAIN}


def test_what_may_differ_is_public_nowhere() -> None:
    internal = PAGES["docs/sql.md"].partition("Other\ntables (")[2].partition(") are internal")[0]
    assert {name for name in LEARNED_AGAIN if f"`{name}`" not in internal} == {"_sqlite_migrations"}
