"""What reading articles again would change, and doing it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.boilerplate.decisions import Decision, Verb
from archive.boilerplate.template import Template
from archive.ingest import reclean
from archive.ingest.dry_run import Preview
from archive.ingest.rebuild import rebuild
from archive.ingest.reclean import Expected, expect_all, expect_of, read_again, template_of
from archive.store.opening.readonly import open_readonly
from archive.text.fingerprint import fingerprint
from tests.support.archiving import AT_ONCE, AtOnce, Newsroom, ingesting, later, page, rows, spoil, story, tables

NOTICE = "Whoever finds a rope of the harbour office on the beach may bring it back to the red door on Quay Nine."
COUNT = 5


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An archive of five articles, under each of which stands the notice, which is known to repeat."""
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add(room.answer(f"/news/{n}-path", page(n, footer=NOTICE), at=later(minutes=n)) for n in range(COUNT))
        ingest.flush()
    return tmp_path


@pytest.fixture
def connection(directory: Path) -> Iterator[sqlite3.Connection]:
    with open_readonly(directory / "archive.db") as opened:
        yield opened


def _decision(text: str, verb: Verb, source: str = "valdora") -> Decision:
    return Decision(source, text, verb)


def _expect(
    connection: sqlite3.Connection, directory: Path, decision: Decision, *held: Decision
) -> tuple[Expected, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    expected = expect_of(connection, directory, AtOnce(), decision, held, lambda *done: told.append(done))
    return expected, told


def _numbers(directory: Path) -> list[int]:
    return [row["id"] for row in rows(directory / "archive.db", "select id from articles order by id")]


def test_only_the_pages_that_hold_the_passage_are_read(connection: sqlite3.Connection, directory: Path) -> None:
    line = story(3).split("\n\n")[0]
    expected, told = _expect(connection, directory, _decision(line, "remove"))
    (preview,) = expected.previews
    assert (expected.read, told) == (1, [(1, 1)])
    assert (preview.url.rpartition("/")[2], preview.before, preview.after) == ("3-path", (line,), ())


def test_a_passage_that_repeats_would_come_back_everywhere(connection: sqlite3.Connection, directory: Path) -> None:
    expected, told = _expect(connection, directory, _decision(NOTICE, "keep"))
    assert (expected.read, expected.count("changed")) == (COUNT, COUNT)
    assert told == [(n, COUNT) for n in range(1, COUNT + 1)]
    assert {preview.after for preview in expected.previews} == {(NOTICE,)}


def test_what_is_held_already_is_supposed_too_but_not_what_the_new_one_replaces(
    connection: sqlite3.Connection, directory: Path
) -> None:
    first, second, _ = story(3).split("\n\n")
    held = _decision(first, "remove"), _decision(NOTICE, "remove"), _decision(second, "keep", source="other")
    expected, _ = _expect(connection, directory, _decision(NOTICE, "keep"), *held)
    by_url = {preview.url.rpartition("/")[2]: preview for preview in expected.previews}
    assert (by_url["3-path"].before, by_url["3-path"].after) == ((first,), (NOTICE,))
    assert (by_url["2-path"].before, by_url["2-path"].after) == ((), (NOTICE,))


def test_the_template_in_use_is_that_of_the_source(connection: sqlite3.Connection) -> None:
    assert template_of(connection, "valdora").verdict(fingerprint(NOTICE)) == "repeated"
    assert template_of(connection, "other") == Template()


def test_reading_all_again_supposes_the_templates_of_these_sources(
    connection: sqlite3.Connection, directory: Path
) -> None:
    numbers = _numbers(directory)
    same = expect_all(connection, directory, AtOnce(), numbers, ["valdora"], lambda *_: None)
    plain = expect_all(connection, directory, AtOnce(), numbers[:2], [], lambda *_: None)
    assert (same.read, same.previews) == (COUNT, ())
    assert (plain.read, plain.count("changed")) == (2, 2)
    assert expect_all(connection, directory, AtOnce(), [], ["valdora"], lambda *_: None) == Expected(0, ())


def test_beyond_a_bound_only_the_counts_are_kept(
    connection: sqlite3.Connection, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reclean, "SHOWN", 2)
    expected, _ = _expect(connection, directory, _decision(NOTICE, "keep"))
    assert [preview.after for preview in expected.previews] == [(NOTICE,)] * 2 + [()] * (COUNT - 2)
    assert expected.count("changed") == COUNT
    assert all(preview.words_added for preview in expected.previews)


def test_outcomes_are_counted_apart() -> None:
    outcomes = ("changed", "unread", "changed", "rejected")
    expected = Expected(9, tuple(Preview(1, "valdora", "u", "t", outcome) for outcome in outcomes))
    assert [expected.count(outcome) for outcome in ("changed", "new", "rejected", "unread")] == [2, 0, 1, 1]


def test_reading_again_mends_what_is_named_and_counts_what_changed(directory: Path) -> None:
    path, told = directory / "archive.db", list[tuple[int, int]]()
    good, numbers = tables(path), _numbers(directory)
    spoil(path, 3)
    with ingesting(directory) as ingest:
        done = read_again(ingest, numbers[:4], lambda *progress: told.append(progress))
    assert (done.read, done.changed, done.unread) == (4, 3, 0)
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((0, 4), (4, 4))
    assert tables(path) == good


def test_an_article_that_cannot_be_read_stays_and_is_counted(directory: Path) -> None:
    path = directory / "archive.db"
    spoil(path, 1)
    before = tables(path)
    (missing,) = {row["warc_file"] for row in rows(path, "select warc_file from captures limit 1")}
    (directory / missing).rename(directory / "elsewhere")
    with ingesting(directory) as ingest:
        done = read_again(ingest, _numbers(directory)[:1], lambda *_: None)
    assert (done.read, done.changed, done.unread) == (1, 0, 1)
    assert tables(path) == before
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select kind from unread").fetchall() == [("record",)]


def test_an_archive_from_before_there_were_links_gets_them_without_an_edit(tmp_path: Path) -> None:
    room, path = Newsroom(tmp_path), tmp_path / "archive.db"
    line = "<a href='/f/figures-{}.pdf'>Annual figures {} (PDF)</a>"
    served = [page(1, footer=line.format(2025, 2025)) for _ in range(3)] + [page(1, footer=line.format(2026, 2026))]
    captures = [room.answer("/news/1-path", body, at=later(days=n)) for n, body in enumerate(served)]
    with ingesting(tmp_path, policies=AT_ONCE) as ingest:
        ingest.add(captures[:2])
        ingest.flush()
    (number,), whole = _numbers(tmp_path), tables(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update articles set links = '[]', extractor = 'of before'")
    with ingesting(tmp_path, policies=AT_ONCE) as ingest:
        ingest.add(captures[2:3])
        ingest.flush()
        assert rows(path, "select kind from events") == [{"kind": "new"}]
        read_again(ingest, [number], lambda *_: None)
    stored = rows(path, "select links, revisions, text from articles")
    said = "Annual figures 2025 (PDF) | https://press.valdora.example/f/figures-2025.pdf"
    assert stored == [{"links": json.dumps([said]), "revisions": 1, "text": story(1)}]
    assert tables(path, ["revisions", "events"]) == {name: whole[name] for name in ("revisions", "events")}
    with ingesting(tmp_path, policies=AT_ONCE) as ingest:
        ingest.add(captures[3:])
        ingest.flush()
    assert rows(path, "select severity, kinds, summary from revisions where n = 2") == [
        {
            "severity": "minor",
            "kinds": "links",
            "summary": "links below the text changed: “Annual figures 2025 (PDF)” went, "
            "“Annual figures 2026 (PDF)” came",
        }
    ]
    again = tables(path)
    path.unlink()
    rebuild(tmp_path, AtOnce(), AT_ONCE)
    assert tables(path) == again
