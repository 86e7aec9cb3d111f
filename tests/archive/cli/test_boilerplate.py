"""What a person decides of a passage wins over what is learned, whenever it was decided; nothing is fetched for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.boilerplate.decisions import FILE, Decision, Verb, load, record
from archive.core.errors import ArchiveError, SourcesError
from archive.core.files import writer_lock
from archive.core.model import Capture
from archive.extract import version
from archive.extract.version import EXTRACTOR
from archive.ingest.passages import named, repeated
from archive.ingest.pipeline import Ingest
from archive.ingest.rebuild import rebuild
from archive.ingest.reclean import expect_all, expect_of, read_again
from archive.store import reextract_queue
from archive.store.captures import CaptureStore
from archive.store.database import Store
from archive.store.opening.readonly import open_readonly
from archive.store.readings import ExtractedCapture
from archive.store.repeated import block_index
from archive.store.repeated.block_index import BlockIndex
from archive.store.repeated.templates import TemplateStore
from tests.examples import examples
from tests.support.archiving import DAY, RECORD, AtOnce, Newsroom, ingesting, later, page, rows, spoil, story, tables
from tests.support.commandline import dateline, facts, publish, running, sources, within
from tests.support.site import Site
from tests.test_rooms import MODULES as FILES
from tests.test_rooms import own

pytestmark = pytest.mark.usefixtures("forked")

NOTICE = "Write to the harbour office at any hour, and somebody who knows the tides will answer you the same day."
CUE = "Subscribe to our newsletter and follow us on Facebook, Twitter and Telegram!"
MASTHEAD = (
    "The harbour office of Valdora has written its own news since the year of the great storm, and prints them on "
    "paper from the mill on the island for whoever asks."
)
COUNT = 6


def pages(room: Newsroom, count: int = COUNT, footer: str = NOTICE) -> list[Capture]:
    return [room.answer(f"/news/{n}-path", page(n, footer=footer), at=later(minutes=n)) for n in range(count)]


def archived(directory: Path, captures: Iterable[Capture]) -> Path:
    with ingesting(directory) as ingest:
        ingest.recover()
        ingest.add(captures)
    return directory / "archive.db"


def take_up(directory: Path) -> None:
    """What the next command does first."""
    with ingesting(directory) as ingest:
        ingest.recover()


def holding(path: Path, text: str) -> int:
    """How many articles have a passage in their text."""
    return sum(text in row["text"].split("\n\n") for row in rows(path, "select text from articles"))


def ignored(done: int, total: int) -> None:
    assert 0 <= done <= total


@pytest.mark.parametrize("first", ["keep", "remove"])
def test_a_decision_wins_when_it_comes_before_all_learning(first: Verb, tmp_path: Path) -> None:
    record(tmp_path / FILE, "valdora", NOTICE, first, DAY)
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    assert holding(path, NOTICE) == (COUNT if first == "keep" else 0)
    (row,) = rows(path, "select * from boilerplate where text = ?", NOTICE)
    assert (row["why"], row["state"], row["documents"]) == ("decided", "kept" if first == "keep" else "removed", COUNT)
    assert row["first_seen"] == DAY.isoformat()


def test_a_decision_wins_when_it_comes_after_and_can_be_taken_back(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    learned = tables(path)
    assert holding(path, NOTICE) == 0
    record(tmp_path / FILE, "valdora", NOTICE, "keep", DAY)
    take_up(tmp_path)
    assert holding(path, NOTICE) == COUNT
    record(tmp_path / FILE, "valdora", NOTICE, "remove", DAY)
    take_up(tmp_path)
    assert holding(path, NOTICE) == 0
    assert {row["why"] for row in rows(path, "select why from removed")} == {"decided"}
    (tmp_path / FILE).unlink()
    take_up(tmp_path)
    assert tables(path) == learned


def test_a_paragraph_of_one_article_can_be_removed_and_is_on_record(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    paragraph = story(2).split("\n\n")[1]
    record(tmp_path / FILE, "valdora", paragraph, "remove", DAY)
    take_up(tmp_path)
    assert holding(path, paragraph) == 0
    (row,) = rows(path, "select r.*, a.url from removed r join articles a on a.id = r.article_id where why = 'decided'")
    assert row["text"] == paragraph
    assert row["url"].endswith("/news/2-path")
    (known,) = rows(path, "select * from boilerplate where id = ?", row["boilerplate_id"])
    assert known["text"] == paragraph


def test_a_cue_that_a_person_keeps_stays_from_the_first_page_on(tmp_path: Path) -> None:
    captures = [Newsroom(tmp_path).answer("/news/1-path", page(1, footer=CUE))]
    path = archived(tmp_path, captures)
    assert holding(path, CUE) == 0
    assert [row["why"] for row in rows(path, "select why from removed")] == ["cue"]
    record(tmp_path / FILE, "valdora", CUE, "keep", DAY)
    take_up(tmp_path)
    assert holding(path, CUE) == 1
    assert rows(path, "select * from removed") == []


def test_numbers_and_networks_may_differ(tmp_path: Path) -> None:
    captures = [Newsroom(tmp_path).answer("/news/1-path", page(1, footer=CUE))]
    record(tmp_path / FILE, "valdora", CUE.replace("newsletter", "magazine"), "keep", DAY)
    path = archived(tmp_path, captures)
    assert holding(path, CUE) == 0
    record(tmp_path / FILE, "valdora", CUE.replace("Facebook, Twitter and Telegram", "Instagram and VK"), "keep", DAY)
    take_up(tmp_path)
    assert holding(path, CUE) == 1


def test_another_source_is_not_concerned(tmp_path: Path) -> None:
    record(tmp_path / FILE, "valdora", NOTICE, "keep", DAY)
    path = archived(tmp_path, [*pages(Newsroom(tmp_path)), *pages(Newsroom(tmp_path, "gazette"))])
    kept = [row["source"] for row in rows(path, "select source, text from articles") if NOTICE in row["text"]]
    assert kept == ["valdora"] * COUNT


def test_articles_cleaned_again_gain_no_revision_and_no_event(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = pages(room)
    captures += [room.answer("/news/1-path", page(1, footer=NOTICE), at=later(days=1))]
    edited = page(2, f"{story(2)}\n\nRain is expected.", footer=NOTICE)
    captures += [room.answer("/news/2-path", edited, at=later(days=days)) for days in (2, 3)]
    path = archived(tmp_path, captures)
    history = "select article_id, n, fetched_at, capture_id, severity, silent from revisions order by 1, 2"
    happened = "select at, article_id, kind, capture_id from events order by 1, 2, 3"
    before = rows(path, history), rows(path, happened)
    assert len(before[0]) == COUNT + 1
    for verb in ("keep", "remove"):
        record(tmp_path / FILE, "valdora", NOTICE, "keep" if verb == "keep" else "remove", DAY)
        take_up(tmp_path)
        assert (rows(path, history), rows(path, happened)) == before
    assert NOTICE not in rows(path, "select text from revisions where n = 2")[0]["text"]


@examples(12)
@given(
    st.permutations(range(COUNT)),
    st.lists(st.tuples(st.integers(0, COUNT), st.sampled_from((NOTICE, CUE)), st.booleans()), max_size=4),
)
def test_whenever_it_was_decided_the_tables_are_those_of_a_rebuild(
    order: list[int], decided: list[tuple[int, str, bool]]
) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        room = Newsroom(directory)
        captures = [
            room.answer(f"/news/{n}-path", page(n, footer=f"{NOTICE}</p><p>{CUE}"), at=later(minutes=n)) for n in order
        ]
        with ingesting(directory) as ingest:
            for number in range(COUNT + 1):
                for _, text, keep in [each for each in decided if each[0] == number]:
                    record(directory / FILE, "valdora", text, "keep" if keep else "remove", DAY)
                    ingest.decide(load(directory / FILE))
                ingest.add(captures[number : number + 1])
        path = directory / "archive.db"
        last = {text: keep for _, text, keep in sorted(decided, key=lambda each: each[0])}
        for text in (NOTICE, CUE):
            assert holding(path, text) == (COUNT if last.get(text) else 0)
        before = tables(path)
        path.unlink()
        rebuild(directory, AtOnce())
        assert tables(path) == before


def test_in_a_large_source_no_article_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block_index, "NOTED", 2)
    monkeypatch.setattr(reextract_queue, "_SMALL", 2)
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    record(tmp_path / FILE, "valdora", NOTICE, "keep", DAY)
    take_up(tmp_path)
    assert holding(path, NOTICE) == COUNT


def test_what_was_decided_in_a_transaction_that_failed_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    record(tmp_path / FILE, "valdora", NOTICE, "keep", DAY)
    with ingesting(tmp_path) as ingest:
        with monkeypatch.context() as broken:
            broken.setattr(ingest.captures.queue, "add_decided", lambda source, marks: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                ingest.decide(load(tmp_path / FILE))
        ingest.decide(load(tmp_path / FILE))
    assert holding(path, NOTICE) == COUNT


def test_prose_taken_out_before_reading_is_on_record_wherever_it_stood(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [
        room.answer(
            f"/news/{n}-path",
            page(n).replace("<body>", f"<body><div class=top><p>{MASTHEAD}</p></div>"),
            at=later(hours=n),
        )
        for n in range(COUNT)
    ]
    path = archived(tmp_path, captures)
    gone = rows(path, "select * from removed where text = ?", MASTHEAD)
    assert (len(gone), {row["why"] for row in gone}, {row["position"] for row in gone}) == (COUNT, {"repeated"}, {0})
    assert holding(path, MASTHEAD) == 0
    record(tmp_path / FILE, "valdora", MASTHEAD, "keep", DAY)
    take_up(tmp_path)
    assert holding(path, MASTHEAD) == COUNT


def test_a_page_that_is_no_article_does_not_become_one_by_what_is_kept(tmp_path: Path) -> None:
    record(tmp_path / FILE, "valdora", NOTICE, "keep", DAY)
    room = Newsroom(tmp_path)
    empty = f"<html><body><nav><a href=/>Home</a></nav><footer><a href=/write>{NOTICE}</a></footer></body></html>"
    path = archived(tmp_path, [*pages(room), room.answer("/contact", empty, at=later(days=1))])
    assert len(rows(path, "select * from articles")) == COUNT


def test_what_is_kept_stays_in_the_text_and_comes_from_nowhere_else(tmp_path: Path) -> None:
    record(tmp_path / FILE, "valdora", MASTHEAD, "keep", DAY)
    menu = f"<nav><ul><li><a href=/>Home</a></li><li><a href=/us>{MASTHEAD}</a></li></ul></nav>"
    captures = [Newsroom(tmp_path).answer("/news/1-path", page(1).replace("<body>", f"<body>{menu}"))]
    path = archived(tmp_path, captures)
    assert [row["text"] for row in rows(path, "select text from articles")] == [story(1)]


def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    before = tables(path)
    with open_readonly(path) as connection:
        expected = expect_of(connection, tmp_path, AtOnce(), Decision("valdora", NOTICE, "keep"), (), ignored)
        nothing = expect_of(connection, tmp_path, AtOnce(), Decision("valdora", NOTICE, "remove"), (), ignored)
    assert (expected.read, expected.count("changed")) == (COUNT, COUNT)
    assert {(preview.before, preview.after, preview.words_added) for preview in expected.previews} == {
        ((), (NOTICE,), 20)
    }
    assert nothing.previews == ()
    assert tables(path) == before
    assert not (tmp_path / FILE).exists()


def test_an_article_that_would_lose_all_its_text_is_named_with_the_reason(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    lone = "The harbour office opened the northern quay to the ferries of the island on Monday, as it had promised."
    path = archived(tmp_path, [*pages(room), room.answer("/news/77", page(77, lone), at=later(days=1))])
    with open_readonly(path) as connection:
        expected = expect_of(connection, tmp_path, AtOnce(), Decision("valdora", lone, "remove"), (), ignored)
    (preview,) = expected.previews
    assert (preview.outcome, preview.before) == ("rejected", (lone,))
    assert preview.reason


def test_a_passage_is_named_by_its_id_its_text_or_a_part_of_it(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    with open_readonly(path) as connection:
        (listed,) = repeated(connection, "valdora")
        assert (listed.text, listed.documents, listed.why, listed.removed) == (NOTICE, COUNT, "repeated", COUNT)
        assert listed.example.startswith("Section")
        for words in (str(listed.id), NOTICE, "who knows the tides"):
            assert named(connection, tmp_path, "valdora", words).text == NOTICE
        with pytest.raises(ArchiveError, match="passages of valdora have these words"):
            named(connection, tmp_path, "valdora", "Engineer Ilva Renn")
        with pytest.raises(ArchiveError, match="No page of valdora has this passage"):
            named(connection, tmp_path, "valdora", "nowhere to be found")
        with pytest.raises(ArchiveError, match="contains only dates"):
            named(connection, tmp_path, "valdora", "3 March 2026")
        with pytest.raises(ArchiveError, match="there are: valdora"):
            named(connection, tmp_path, "valdra", NOTICE)


def test_a_passage_of_which_the_tables_have_the_beginning_is_read_from_its_page(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    captures = [
        room.answer(
            f"/news/{n}-path",
            page(n).replace("</body>", f"<footer><p>{MASTHEAD}</p></footer></body>"),
            at=later(hours=n),
        )
        for n in range(COUNT)
    ]
    path = archived(tmp_path, captures)
    with open_readonly(path) as connection:
        (listed,) = repeated(connection, "valdora")
        assert len(listed.text) < len(MASTHEAD)
        assert named(connection, tmp_path, "valdora", str(listed.id)).text == MASTHEAD
        assert named(connection, tmp_path, "valdora", listed.text).text == MASTHEAD


def test_a_paragraph_that_the_article_shows_in_part_is_meant_as_its_page_has_it(tmp_path: Path) -> None:
    path = archived(tmp_path, [Newsroom(tmp_path).answer("/news/1-path", page(1, story(1) + " -30-"))])
    shown = story(1).split("\n\n")[-1]
    assert holding(path, shown) == 1
    assert [(row["text"], row["why"]) for row in rows(path, "select * from removed")] == [("-30-", "end mark")]
    with open_readonly(path) as connection:
        assert named(connection, tmp_path, "valdora", shown).text == f"{shown} -30-"
        assert named(connection, tmp_path, "valdora", shown[:30]).text == f"{shown} -30-"


def test_reclean_shows_what_another_extractor_left_out_and_puts_it_right_without_a_revision(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    good = tables(path)
    assert {row["extractor"] for row in rows(path, "select extractor from articles")} == {EXTRACTOR}
    spoil(path)
    spoiled = tables(path)
    with open_readonly(path) as connection:
        numbers = sorted(BlockIndex(connection).stale("valdora", EXTRACTOR))
        expected = expect_all(connection, tmp_path, AtOnce(), numbers, ("valdora",), ignored)
    assert (expected.read, expected.count("changed")) == (COUNT, COUNT)
    assert all(len(preview.after) == 1 and not preview.before for preview in expected.previews)
    assert tables(path) == spoiled
    with Store(path) as store:
        done = read_again(Ingest(store, tmp_path, AtOnce()), numbers, ignored)
        assert (done.read, done.changed) == (COUNT, COUNT)
        assert not BlockIndex(store.db.conn).stale("valdora", EXTRACTOR)
    assert tables(path) == good


def test_what_an_interruption_left_undone_is_done_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    good = tables(path)
    spoil(path)
    settle = CaptureStore.apply
    settled: list[reextract_queue.ReextractTask] = []

    def interrupted(
        self: CaptureStore, task: reextract_queue.ReextractTask, outcomes: Sequence[ExtractedCapture]
    ) -> None:
        if len(settled) == COUNT // 2:
            raise KeyboardInterrupt
        settled.append(task)
        settle(self, task, outcomes)

    with Store(path) as store, monkeypatch.context() as broken:
        broken.setattr(CaptureStore, "apply", interrupted)
        numbers = sorted(BlockIndex(store.db.conn).stale("valdora", EXTRACTOR))
        ingest = Ingest(store, tmp_path, AtOnce(), in_flight=1)
        with pytest.raises(KeyboardInterrupt):
            read_again(ingest, numbers, ignored)
    assert 0 < len(rows(path, "select * from reextract_queue")) < COUNT
    take_up(tmp_path)
    assert tables(path) == good


def test_a_look_at_a_text_of_another_extractor_is_no_edit(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    path = archived(tmp_path, pages(room))
    spoil(path)
    archived(tmp_path, [room.answer("/news/1-path", page(1, footer=NOTICE), at=later(days=1))])
    assert rows(path, "select * from events where kind = 'edited'") == []
    (article,) = rows(path, "select * from articles where url like '%/1-path'")
    assert (article["revisions"], article["extractor"]) == (1, EXTRACTOR)
    assert story(1).split("\n\n")[1] in article["text"]


def test_the_extractors_name_is_made_of_all_that_reading_a_page_goes_through() -> None:
    reached, waiting = set(), {"archive.extract.extract"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= own(FILES[name]) - reached - version.APART
    modules = {name for name in reached if FILES[name].name != "__init__.py"}
    assert set(version.sources()) == modules


def test_a_mistake_in_the_file_stops_a_command_before_it_changes_anything(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    before = tables(path)
    (tmp_path / FILE).write_text('[[boilerplate]]\nsource = "valdora"\n', encoding="utf-8")
    with pytest.raises(SourcesError, match="line 1, text: expected"), ingesting(tmp_path) as ingest:
        ingest.recover()
    assert tables(path) == before
    result = dateline("keep", "valdora", NOTICE, archive=tmp_path)
    assert (result.exit_code, "line 1, decision: expected" in result.stderr) == (1, True)


def test_withdrawn_decisions_are_found_though_the_file_is_gone(tmp_path: Path) -> None:
    record(tmp_path / FILE, "valdora", NOTICE, "keep", DAY)
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    (tmp_path / FILE).unlink()
    with Store(path) as store, store.writing():
        assert set(TemplateStore(store.db).decide(())) == {"valdora"}


def test_the_commands(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    before = tables(path)
    listed = dateline("boilerplate", "valdora", archive=tmp_path)
    assert NOTICE in listed.stdout
    assert f"pages: {COUNT}, 2026-03-02" in listed.stdout
    assert f"; removed from {COUNT} articles" in listed.stdout
    assert "removed from 0" not in listed.stdout
    assert listed.stdout.endswith(": 1 removed from articles.\n")
    (item,) = facts("boilerplate", "valdora", archive=tmp_path)
    shown = dateline("keep", "valdora", str(item["id"]), "--dry-run", "--examples", "2", archive=tmp_path)
    assert shown.stdout.count(f"+ {NOTICE}") == 2
    assert f"{COUNT} would change (4 more than shown)" in " ".join(shown.stdout.split())
    assert tables(path) == before
    assert not (tmp_path / FILE).exists()

    kept = facts("keep", "valdora", NOTICE, "--note", "they mean it", archive=tmp_path)
    assert (kept["read"], kept["changed"], kept["decision"]["note"]) == (COUNT, COUNT, "they mean it")
    assert holding(path, NOTICE) == COUNT
    assert len(rows(path, "select * from revisions")) == COUNT

    with writer_lock(tmp_path, "dateline crawl", DAY):
        said = dateline("remove", "valdora", NOTICE, archive=tmp_path)
    assert (said.exit_code, "the next command applies the decision" in said.stdout) == (0, True)
    assert holding(path, NOTICE) == COUNT
    assert dateline("rebuild", archive=tmp_path).exit_code == 0
    assert holding(path, NOTICE) == 0
    assert dateline("remove", "valdora", "no such thing", archive=tmp_path).exit_code == 1


def test_while_a_warc_file_is_absent_reclean_changes_nothing_of_it_and_says_so(tmp_path: Path) -> None:
    made = pages(Newsroom(tmp_path))
    path = archived(tmp_path, made)
    good = tables(path)
    spoil(path)
    spoiled = tables(path)
    file = tmp_path / made[0].warc_file
    content = file.read_bytes()
    file.unlink()
    result = dateline("reclean", archive=tmp_path)
    assert (result.exit_code, facts("reclean", archive=tmp_path)["rejected"]) == (3, 0)
    assert f"{COUNT} captures could not be read" in result.stderr
    result = dateline("reclean", "--apply", archive=tmp_path)
    assert result.exit_code == 3
    after = tables(path)
    assert [after[name] for name in RECORD if name != "events"] == [
        spoiled[name] for name in RECORD if name != "events"
    ]
    assert {row[-1] for row in good["events"]} <= {row[-1] for row in after["events"]}
    told = dateline("status", archive=tmp_path)
    assert f"{COUNT} captures could not be read yet" in told.output
    assert facts("status", archive=tmp_path)["sources"][0]["unread"][0]["count"] == COUNT
    result = dateline("rebuild", archive=tmp_path)
    assert result.exit_code == 3
    assert "archive.db stays as it was" in result.stderr
    file.write_bytes(content)
    result = dateline("reclean", "--apply", archive=tmp_path)
    assert result.exit_code == 0, result.output
    again = tables(path)
    assert without_events(again) == without_events(good)
    assert "captures could not be read yet" not in dateline("status", archive=tmp_path).output


def without_events(record: dict[str, list[tuple[Any, ...]]]) -> list[list[tuple[Any, ...]]]:
    return [record[name] for name in RECORD if name != "events"]


def test_reclean_asks_before_it_applies(tmp_path: Path) -> None:
    path = archived(tmp_path, pages(Newsroom(tmp_path)))
    good = tables(path)
    assert "Today's extractor made every article" in dateline("reclean", archive=tmp_path).stdout
    spoil(path)
    spoiled = tables(path)
    shown = dateline("reclean", "--examples", "1", archive=tmp_path)
    assert f"{COUNT} would change (5 more than shown)" in " ".join(shown.stdout.split())
    assert "--apply does it" in shown.stdout
    assert tables(path) == spoiled
    told = facts("reclean", "valdora", "--apply", archive=tmp_path)
    assert (told["changed"], told["applied"]) == (COUNT, {"read": COUNT, "changed": COUNT})
    assert tables(path) == good


def test_a_running_daemon_takes_a_decision_up(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, 3)
        (tmp_path / "sources.toml").write_text(sources(quill=site.url), encoding="utf-8")
        assert dateline("crawl", archive=tmp_path).exit_code == 0
        path = tmp_path / "archive.db"
        (article, *_) = rows(path, "select text from articles")
        paragraph = article["text"].split("\n\n")[1]
        with running("run", archive=tmp_path):
            assert within(40, lambda: (tmp_path / ".daemon.json").exists())
            said = dateline("remove", "quill", paragraph, archive=tmp_path)
            assert (said.exit_code, "daemon applies it" in said.stdout) == (0, True), said.output

            def texts() -> list[str]:
                with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
                    return [row[0] for row in db.execute("select text from articles")]

            assert within(40, lambda: not any(paragraph in text for text in texts()))
        assert [one.decision for one in load(tmp_path / FILE)] == ["remove"]
