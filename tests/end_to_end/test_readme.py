"""README and the pages of docs/ are true: their tables are the tables, and what they print happens.

Their examples are run as they are printed, against a small archive in which everything that they describe has
happened: only names, addresses and passages are put in place of those printed. What holds for every page alike is
in tests/docs.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet
import pytest

from archive.boilerplate import decisions
from archive.core.errors import ArchiveError
from archive.core.files import writer_lock
from archive.history.health import KINDS
from archive.store.opening.errors import explained
from archive.web.data.columns import COLUMNS
from crawler.cli import add
from crawler.sources.sources import Source, parse
from tests.docs.pages import DOCUMENTS, PAGES, blocks, chapter, typed
from tests.support.archiving import Newsroom, ingesting, later, page, rows, spoil, story, tables
from tests.support.commandline import dateline, facts, publish, running, within
from tests.support.sample import build_sample
from tests.support.secondday import FIRST, TwoDays
from tests.support.site import Site

pytestmark = pytest.mark.usefixtures("forked")

MEMORY = {
    "change_log",
    "check_policies",
    "search_places",
    "earlier_places",
    "search_fts",
    "earlier_fts",
    "search_facets",
    "search_groups",
    "search_names",
    "article_counts",
    "month_counts",
    "hosts",
    "robots",
    "urls",
    "documents",
    "templates",
    "template_pages",
    "block_index",
    "reextract_queue",
    "article_state",
    "soft404_samples",
    "minhashes",
    "minhash_bands",
    "similar_articles",
    "story_queue",
    "walk_pages",
    "backfills",
    "mass_absences",
    "mass_changes",
    "seen_changes",
    "readings",
    "unread",
}


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which releases were edited, taken down, moved, shut off, and taken over by another newsroom."""
    directory = tmp_path_factory.mktemp("eventful")
    days = TwoDays(directory)
    captures = days.first_day()
    for look in range(3):
        captures += days.second_day(look)
    post, other = days.before.posts[3], Newsroom(directory, "osk")
    taken = days.before.answer(post.path)[2].replace(post.path, "/news/1")
    contact = "Media contact: Ana Brandt, +999 555 0142, press@osk.example"
    pages = {"news/1": taken, "economy/1": taken, "2": page(2, footer=contact)}
    for path, body in pages.items():
        captures.append(other.answer(f"https://osk.example/{path}", body, at=FIRST + timedelta(hours=5)))
    with ingesting(directory) as ingest:
        ingest.add(captures)
    return directory


@pytest.fixture
def archive(eventful: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return Path(shutil.copytree(eventful, tmp_path / "newsrooms"))


class Reader:
    """Somebody who types what the pages print, line by line, and puts words of his own in place of some."""

    def __init__(self, place: Path, words: Mapping[str, str], chdir: Callable[[Path], None]) -> None:
        self.place = place
        self.words = words
        self.chdir = chdir
        self.read: list[str] = []

    def types(self, page: str, title: str = "") -> None:
        """Every line of a page, or of one of its chapters."""
        for line in typed(chapter(page, title) if title else PAGES[page]):
            self.types_line(line)

    def types_line(self, line: str) -> None:
        for printed, meant in self.words.items():
            line = line.replace(printed, meant)
        for command in line.split(" && "):
            self.does(command)

    def does(self, command: str) -> None:
        self.chdir(self.place)
        program, *arguments = shlex.split(command)
        self.read.append(command)
        if program == "cd":
            self.place /= arguments[0]
        elif program != "dateline":
            path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            subprocess.run(["bash", "-ec", command], cwd=self.place, env=os.environ | {"PATH": path}, check=True)
        elif arguments[0] in ("serve", "run"):
            self.watches(arguments)
        else:
            *arguments, out = [*arguments, ""] if ">" not in arguments else [*arguments[:-2], arguments[-1]]
            result = dateline(*arguments, archive=Path())
            assert result.exit_code == 0, (command, result.output)
            if out:
                (self.place / out).write_text(result.stdout, encoding="utf-8")

    def watches(self, arguments: list[str]) -> None:
        """Start what does not end by itself, see that it works, and stop it."""
        directory = self.place / (arguments[arguments.index("--archive") + 1] if "--archive" in arguments else "")
        free = ["--port", "0"] if "serve" in " ".join(arguments) else []
        log = self.place / "said.txt"
        with running(*arguments, *free, archive=directory, log=log) as process:
            sign = "Serving http" if arguments[0] == "serve" else ""
            works = (lambda: sign in log.read_text()) if sign else (directory / ".daemon.json").exists
            assert within(120, works), log.read_text()
            process.send_signal(signal.SIGTERM)
            process.wait(120)
        log.unlink()


@pytest.fixture
def reader(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader in the archive's directory. The passages are two that its articles have."""
    edited = rows(archive / "archive.db", "select url from articles where revisions > 1 limit 1")[0]["url"]
    removed = next(one for one in facts("boilerplate", "valdora", archive=archive) if one["removed"])
    (quiet, *_) = rows(archive / "archive.db", "select text from articles where source = 'valdora' and revisions = 1")
    words = {
        "https://press.valdora.example/news/pier-7": edited,
        "astana-times": "valdora",
        "The meeting was held in Baku.": removed["text"],
        "Photo by our own correspondent": quiet["text"].split("\n\n")[1],
        "solar farm": "harbour",
        "/mnt/safe": str(archive.parent / "safe"),
    }
    return Reader(archive, words, monkeypatch.chdir)


def test_the_first_five_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site() as example, Site() as mine:
        publish(example, 2)
        publish(mine, 3, first=3)
        words = {"https://press.un.org/en": f"{mine.url} --allow-private", "press service": "opens"}
        reader = Reader(tmp_path, words, monkeypatch.chdir)
        block = next(block for block in blocks("console") if "dateline init" in block)
        _, beginning, *lines = typed(block)  # the first sets up Python
        reader.types_line(beginning)
        written = (reader.place / "sources.toml").read_text(encoding="utf-8")
        meant = written.replace("https://astanatimes.com/", example.url).replace("delay = 2 ", "delay = 0 ")
        meant = meant.replace("[defaults]", "[defaults]\ndelay = 0")
        (reader.place / "sources.toml").write_text(meant, encoding="utf-8")
        for line in lines:
            reader.types_line(line)
    assert reader.place == tmp_path / "newsrooms"
    assert rows(reader.place / "archive.db", "select count(*) as n from articles") == [{"n": 5}]


def test_what_add_shows_is_what_it_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = (block for block in blocks("text") if block.startswith("way "))
    dateline("init", str(tmp_path), archive=tmp_path)
    before = (tmp_path / "sources.toml").read_text(encoding="utf-8")
    with Site() as site:
        publish(site, 12)
        monkeypatch.setattr(add, "is_person_there", lambda: True)
        printed = dateline("add", site.url, "--allow-private", archive=tmp_path).output
    expected, found = _cells(shown), _cells(printed)
    of_kinds = {row[0]: _shape(row[1]) for row in expected if row[0] in ("listing", "feed", "sitemap")}
    ways = [row for row in found if row[0] in of_kinds]
    assert ways
    assert all(_shape(way[1]) == of_kinds[way[0]] for way in ways)
    heads = [row for row in expected if row[0] in ("way", "title")]
    assert len(heads) == 2
    for row in expected:
        if row in heads:
            assert row in found
        elif ":" in row[0]:
            assert f"{row[0].partition(':')[0]}:" in printed
    assert (tmp_path / "sources.toml").read_text(encoding="utf-8") == before


def _cells(table: str) -> list[list[str]]:
    """The cells of each line of a table."""
    return [re.split(r" {2,}", line.strip()) for line in table.splitlines()]


def test_how_a_source_is_watched_is_changed_and_changed_back(reader: Reader, archive: Path) -> None:
    (archive / "sources.toml").write_text(
        '[[source]]\nname = "valdora"\nurl = "http://127.0.0.1:9/"\n', encoding="utf-8"
    )
    before = tables(archive / "archive.db", ["articles", "events"])
    reader.types("docs/sources.md", "Managing sources")
    (source,) = parse((archive / "sources.toml").read_text(encoding="utf-8"))
    assert (source.title, source.tags, source.watched) == ("Astana Times, the daily", ("kazakhstan", "news"), False)
    assert "http://127.0.0.1:9/" in (archive / "newsrooms.opml").read_text(encoding="utf-8")
    assert tables(archive / "archive.db", ["articles", "events"]) == before


@pytest.mark.soak  # tests/test_rebuild.py compares every table
def test_a_deleted_database_comes_back(reader: Reader, archive: Path) -> None:
    before = tables(archive / "archive.db")
    reader.types("docs/backup.md", "A deleted database")
    assert reader.read == ["rm archive.db", "dateline rebuild"]
    assert tables(archive / "archive.db") == before


def test_the_example_of_looking_again_is_kept_to(tmp_path: Path) -> None:
    (source,) = parse(next(block for block in blocks("toml") if "recheck_then" in block))
    assert source.policy.ages == tuple(timedelta(minutes=minutes) for minutes in (30, 360, 1440, 10080))
    assert source.policy.then == timedelta(days=90)
    room = Newsroom(tmp_path, source.name)
    captures = [room.answer(f"/news/{n}", page(n), at=later(minutes=n)) for n in range(2)]
    captures.append(room.answer("/news/0", page(0, story(0, " Rain is expected.")), at=later(hours=1)))
    captures.append(room.answer("/news/1", status=410, at=later(hours=1)))
    with ingesting(tmp_path, policies={source.name: source.policy}) as ingest:
        ingest.add(captures)
    told = rows(tmp_path / "archive.db", "select kind from events where kind <> 'new' order by kind")
    assert [row["kind"] for row in told if row["kind"] != "missing"] == ["edited", "gone"]


def test_every_event_and_status_of_the_tables_is_documented(eventful: Path) -> None:
    told = chapter("docs/changes.md", "Events")
    for row in rows(eventful / "archive.db", "select distinct kind from events"):
        assert f"| `{row['kind']}` |" in told
    table = chapter("docs/sql.md", "The tables")
    for column in ("status", "severity"):
        stated = re.search(rf"{column} \(([^)]*)\)", table)
        assert stated
        found = rows(eventful / "archive.db", f"select distinct {column} as it from articles, revisions")
        assert {row["it"] for row in found} <= set(stated[1].split(", "))


def test_deciding_on_a_passage_and_reading_again(reader: Reader, archive: Path) -> None:
    before = tables(archive / "archive.db", ["revisions", "events"])
    reader.types("docs/cleaning.md")
    assert [one.decision for one in decisions.load(archive / decisions.FILE)] == ["keep", "remove"]
    (kept, removed) = [one.text for one in decisions.load(archive / decisions.FILE)]
    texts = [row["text"] for row in rows(archive / "archive.db", "select text from articles where source = 'valdora'")]
    assert any(kept in text for text in texts), kept
    assert not any(removed in text for text in texts)
    assert len(tables(archive / "archive.db", ["events"])["events"]) == len(before["events"])
    assert len(tables(archive / "archive.db", ["revisions"])["revisions"]) == len(before["revisions"])


def test_reading_again_shows_first_what_it_would_change(archive: Path) -> None:
    before = tables(archive / "archive.db")
    count = spoil(archive / "archive.db")
    told = " ".join(dateline("reclean", archive=archive).stdout.split())
    printed = re.search(r"\d+ articles and pages would be .* does it\.", " ".join(DOCUMENTS.split()))
    assert printed
    assert _shape(printed[0]) in _shape(told)
    assert f"{count} would change" in told
    assert tables(archive / "archive.db") != before
    assert dateline("reclean", "--apply", archive=archive).exit_code == 0
    assert tables(archive / "archive.db") == before


def test_evidence_stands_alone(reader: Reader, archive: Path) -> None:
    section = PAGES["docs/evidence.md"]
    writing, checking = re.findall(r"```console\n(.*?)```", section, re.S)
    for line in typed(writing):
        reader.types_line(line)
    (packed,) = archive.glob("evidence-valdora-*.zip")
    files = set(re.findall(r"^\| `([\w.]+)` \|", section, re.M))
    assert {path.name for path in (archive / "pier-7").iterdir()} == files
    with zipfile.ZipFile(packed) as file:
        assert {Path(name).name for name in file.namelist()} == files
    reader.place = archive / "pier-7"
    *outside, inside = typed(checking)
    assert inside == "dateline verify"
    for line in outside:
        reader.does(line)
    reader.place = archive
    reader.does(inside)


def test_everything_can_be_exported(reader: Reader, archive: Path) -> None:
    reader.types("docs/import-export.md", "Export")
    count = rows(archive / "archive.db", "select count(*) as n from articles")[0]["n"]
    lines = (archive / "releases.jsonl").read_text(encoding="utf-8").splitlines()
    assert len([json.loads(line) for line in lines]) == count
    assert pyarrow.parquet.read_table(archive / "releases.parquet").num_rows == count
    assert (archive / "valdora.csv").read_text(encoding="utf-8").startswith("id,source,")
    assert b"WARC/1.1" in subprocess.run(
        ["gzip", "-dc", "march.warc.gz"], cwd=archive, check=True, capture_output=True
    ).stdout  # fmt: skip
    with zipfile.ZipFile(archive / "solar.wacz") as file:
        assert "datapackage.json" in file.namelist()


def test_old_months_are_compacted_and_restored(reader: Reader, archive: Path) -> None:
    before = {path: path.read_bytes() for path in (archive / "warc").rglob("*") if path.is_file()}
    reader.types("docs/large-archives.md", "Compacting old WARC files")
    assert [command.split()[1] for command in reader.read] == ["compact", "export", "compact"]
    assert {path: path.read_bytes() for path in (archive / "warc").rglob("*") if path.is_file()} == before
    subprocess.run([sys.executable, "-m", "warcio.cli", "check", archive / "valdora.warc.gz"], check=True)


@pytest.mark.soak  # tests/archive/export/test_backup.py does each time
def test_a_backup_is_restored(reader: Reader, archive: Path) -> None:
    (archive / "sources.toml").write_text('[[source]]\nname = "osk"\nurl = "http://127.0.0.1:9/"\n', encoding="utf-8")
    before = tables(archive / "archive.db")
    page = PAGES["docs/backup.md"].partition("## A deleted database")[0]
    lines = typed(page)
    for line in lines:
        if line.startswith("cp"):  # to a machine on which nothing is left
            shutil.rmtree(archive)
            reader.place = archive.parent
        reader.types_line(line)
    assert len(lines) == 6
    assert tables(archive / "archive.db") == before
    assert dateline("verify", archive=archive).exit_code == 0


@pytest.mark.soak  # tests/archive/shards and cli/test_shards.py do each time
def test_sources_move_to_another_archive_and_back(reader: Reader, archive: Path, tmp_path: Path) -> None:
    before = tables(archive / "archive.db", ["articles"])["articles"]
    reader.words = {"/srv": str(tmp_path)}
    reader.types("docs/large-archives.md", "Several archives")
    parts = [tables(place / "archive.db", ["articles"])["articles"] for place in (archive, tmp_path / "second")]
    assert [{row[1] for row in part} for part in parts] == [{"valdora"}, {"osk"}]
    assert sorted(row[0] for row in parts[0] + parts[1]) == sorted(row[0] for row in before)
    assert sorted(tables(tmp_path / "site/archive.db", ["articles"])["articles"]) == sorted(before)
    places = (archive, tmp_path / "second", tmp_path / "site")
    assert all(dateline("verify", archive=place).exit_code == 0 for place in places)


def test_the_messages_shown_are_those_that_are_given(archive: Path) -> None:
    shown = re.search(r"```\nWARNING (.*)\n(dateline: .* is full.*)\n(dateline: .* in use .*)\n```", DOCUMENTS)
    assert shown
    (archive / "sources.toml").write_text('[[source]]\nname = "osk"\nurl = "http://127.0.0.1:9/"\n', encoding="utf-8")
    month = archive / "warc/valdora/2026-03.warc.gz"
    month.write_bytes(month.read_bytes() + month.read_bytes()[:200])
    torn = dateline("import", month.with_name("no-such-file.warc"), archive=archive)
    assert _shape(shown[1]) in _shape(torn.stderr)
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    full = None
    try:
        with explained(Path("/var/lib/dateline/archive.db")):
            raise error
    except ArchiveError as explanation:
        full = explanation
    assert shown[2] == f"dateline: {full}"
    with writer_lock(archive, "dateline run", later()):
        held = dateline("crawl", archive=archive).stderr.replace(str(archive), "/var/lib/dateline")
    assert _shape(held.strip()) == _shape(shown[3])


def _shape(text: str) -> str:
    """What was said, whatever the numbers in it."""
    return re.sub(r"\d[\d,]*", "9", text)


def test_the_documented_tables_are_the_tables(tmp_path: Path) -> None:
    archive = tmp_path / "sample"
    build_sample(archive)
    section = chapter("docs/sql.md", "The tables")
    documented = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", section, re.M)))) | MEMORY
    with sqlite3.connect(archive / "archive.db") as db:
        names = {row[0] for row in db.execute("select name from sqlite_master where type in ('table', 'view')")}
    assert {
        name
        for name in names
        if not name.startswith(("articles_fts", "search_fts_", "earlier_fts_", "_sqlite", "sqlite_"))
    } == documented
    for name in MEMORY:
        assert f"`{name}`" in section


def test_every_column_that_the_table_of_tables_names_is_one_and_every_table_can_be_read(tmp_path: Path) -> None:
    """A name with an underscore, or in backticks, is a column of a table of its row, or of one of the tables."""
    archive = build_sample(tmp_path / "sample")
    section = chapter("docs/sql.md", "The tables")
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        columns = {
            name: {row[1] for row in db.execute(f"pragma table_xinfo({name})")}
            for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')").fetchall()
        }
        checked = 0
        for cell, words in re.findall(r"^\| (`[^|]*) \| (.*) \|$", section, re.M):
            tables_named = re.findall(r"`(\w+)`", cell)
            known = set().union(*(columns[name] for name in tables_named))
            named = set(re.findall(r"(?<![\w/.])[a-z]+(?:_[a-z]+)+(?![\w/])", words))
            assert named <= known, (tables_named, named - known)
            checked += len(named)
            for name in tables_named:
                db.execute(f"select * from {name} limit 1").fetchall()
    assert checked > 25


def test_every_column_of_the_documented_tables_is_listed_with_its_meaning(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "sample")
    listed = {
        chapter.partition("\n")[0]: dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", chapter, re.M))
        for chapter in PAGES["docs/columns.md"].split("\n## ")[1:]
    }
    cells = re.findall(r"^\| (`[^|]*) \|", chapter("docs/sql.md", "The tables"), re.M)
    assert set(listed) == set(re.findall(r"`(\w+)`", "".join(cells)))
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        for table, columns in listed.items():
            assert set(columns) == {row[1] for row in db.execute(f"pragma table_xinfo({table})")}, table
    shown = {table: {name: words.replace("|", r"\|") for name, words in COLUMNS[table].items()} for table in listed}
    assert listed == shown


def test_every_kind_of_finding_is_explained_and_nothing_else() -> None:
    named = re.findall(r"^\| (`[^|]*) \|", chapter("docs/troubles.md", "When a source goes wrong"), re.M)
    assert [kind for cell in named for kind in re.findall(r"`([\w ]+)`", cell)] == list(KINDS)


@pytest.mark.parametrize("query", blocks("sql"), ids=lambda query: query.splitlines()[0].lstrip("- "))
def test_the_sql_finds_what_it_asks_for(query: str, eventful: Path) -> None:
    with closing(sqlite3.connect(eventful / "archive.db")) as db:
        assert db.execute(query).fetchall()


def test_the_example_of_sources_is_read() -> None:
    example = blocks("toml", PAGES["docs/sources.md"])[0]
    (source,) = parse(example)
    assert source.name == "astana-times"
    assert source.delay == 2


def test_the_example_of_a_decision_is_read() -> None:
    example = next(block for block in blocks("toml") if "[[boilerplate]]" in block)
    (decision,) = decisions.parse(example)
    assert (decision.source, decision.decision) == ("astana-times", "keep")


def test_every_field_of_sources_is_explained() -> None:
    table = chapter("docs/sources.md", "The fields of sources.toml")
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", table, re.M))))
    for field in named - {"url", "name"}:
        value = {
            "schedule": '"every 1h"',
            "timezone": '"UTC"',
            "delay": "1",
            "max_pages": "1",
            "timeout": "60",
            "confirm": "2",
            "allow_private": "true",
            "render": "true",
            "backfill": "true",
            "paused": "true",
            "watched": "true",
            "tags": '["energy"]',
            "max_bytes": "1000000",
        }
        words = {
            "title": '"t"',
            "contact": '"a@b.example"',
            "recheck_then": '"1d"',
            "gone_after": '"1d"',
            "confirm": "2",
            "recheck": '["1d"]',
            "hosts": '["media.example.org"]',
        }
        text = {**value, **words}.get(field, '["https://a.example/x"]')
        document = f'[[source]]\nname = "a"\nurl = "https://a.example/"\n{field} = {text}\n'
        if field == "timezone":
            document += 'schedule = "0 * * * *"\n'
        tomllib.loads(document)
        parse(document)


def test_no_field_of_sources_is_left_out_and_each_has_its_default() -> None:
    table = chapter("docs/sources.md", "The fields of sources.toml")
    documented = re.findall(r"^\| (`[^|]*) \| ([^|]+) \| ([^|]+) \|$", table, re.M)
    names = [name for cell, _, _ in documented for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(names) == sorted({field.name for field in fields(Source)} | {"timezone"})
    assert all(meaning.strip() and default.strip() for _, meaning, default in documented)
