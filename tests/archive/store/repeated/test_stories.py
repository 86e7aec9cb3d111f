"""Stories in the tables: kept equal to what the articles say, in whatever order they come."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from archive.core.model import Capture
from archive.ingest.rebuild import rebuild
from archive.store.database import Store
from archive.store.repeated.stories import StoryStore
from tests.support.archiving import DAY, AtOnce, Newsroom, ingesting, later, page, tables
from tests.support.commandline import ROOT
from tests.support.retold import EDITS, Told, Writer, put, retellings, take_away

TABLES = ("stories", "story_articles", "repeats", "minhashes", "minhash_bands", "similar_articles")


def _told(path: Path, articles: Iterable[Told], every: int = 0) -> dict[str, list[tuple[Any, ...]]]:
    """The tables once these articles were written, and their stories told after every so many."""
    with Store(path) as store:
        book = StoryStore(store)
        for number, told in enumerate(articles, 1):
            put(store.db, told)
            if every and number % every == 0:
                book.rebuild_stories()
        book.rebuild_stories()
        assert book.rebuild_stories() == 0
    return _tables(path)


def _tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with Store(path) as store:
        found = {name: sorted(store.db.execute(f"select * from {name}").fetchall()) for name in TABLES}
        found["articles"] = sorted(store.db.execute("select id, story_id from articles").fetchall())
        return found


def _rows(path: Path, sql: str) -> list[dict[str, Any]]:
    with Store(path) as store:
        return list(store.db.query(sql))


def _corpus(seed: int, releases: int, script: str = "latin") -> list[Told]:
    writer = Writer(seed, script)
    return [told for number in range(releases) for told in retellings(writer, number, writer.text(), number % 4)]


def test_a_story_in_the_tables(tmp_path: Path) -> None:
    writer = Writer(8)
    text = writer.text(6)
    office = Told("office", "The path is open", text, 1, "origin", DAY)
    paper = Told("paper", "A path opens", EDITS["shortened"](text, writer), 1, "shortened", DAY + timedelta(hours=2))
    blog = Told("blog", "My path", EDITS["longer"](text, writer), 1, "longer", DAY + timedelta(days=1))
    other = Told("paper", "Weather", writer.text(6), 2, "origin", DAY)
    path = tmp_path / "archive.db"
    _told(path, [paper, other, blog, office])
    (story,) = _rows(path, "select * from stories")
    assert story == {
        "id": office.id,
        "title": "The path is open",
        "origin_id": office.id,
        "first_at": DAY.isoformat(),
        "articles": 3,
        "sources": 3,
    }
    first, second, third = _rows(path, "select * from story_articles order by delay_seconds")
    assert (first["article_id"], first["share"], first["kept"], first["via_id"]) == (office.id, 1.0, 1.0, None)
    assert (second["article_id"], second["share"], second["delay_seconds"]) == (paper.id, 1.0, 7200)
    assert second["kept"] == pytest.approx(0.5, abs=0.1)
    assert (third["article_id"], third["kept"], third["via_id"]) == (blog.id, pytest.approx(1, abs=0.03), office.id)
    assert 0.6 < third["share"] < 1
    linked = {row["id"]: row["story_id"] for row in _rows(path, "select id, story_id from articles")}
    assert linked == {office.id: office.id, paper.id: office.id, blog.id: office.id, other.id: None}


def test_repeats_of_one_source_are_no_story_until_another_tells_it(tmp_path: Path) -> None:
    text = Writer(9).text(5)
    once = Told("office", "Once", text, 1, "once", DAY)
    again = Told("office", "Again", text, 1, "again", DAY + timedelta(days=2))
    path = tmp_path / "archive.db"
    assert _told(path, [once, again])["stories"] == []
    _told(path, [Told("paper", "Copied", text, 1, "copied", DAY + timedelta(days=3))])
    (story,) = _rows(path, "select * from stories")
    assert (story["articles"], story["sources"], story["origin_id"]) == (3, 2, once.id)


def test_a_digest_of_two_releases_does_not_make_one_story_of_both(tmp_path: Path) -> None:
    writer = Writer(10)
    one, two = writer.text(5), writer.text(5)
    articles = [
        Told("office", "One", one, 1, "origin", DAY),
        Told("ministry", "Two", two, 2, "origin", DAY + timedelta(hours=1)),
        Told("paper", "Both", f"{one}\n\n{two}", 3, "digest", DAY + timedelta(hours=2)),
    ]
    path = tmp_path / "archive.db"
    _told(path, articles)
    (story,) = _rows(path, "select * from stories")
    assert story["articles"] == 2


def test_an_earlier_origin_that_is_found_late_leaves_the_id(tmp_path: Path) -> None:
    text = Writer(11).text(5)
    paper = Told("paper", "Told", text, 1, "paper", DAY + timedelta(hours=5))
    blog = Told("blog", "Told again", text, 1, "blog", DAY + timedelta(hours=9))
    path = tmp_path / "archive.db"
    _told(path, [paper, blog])
    (before,) = _rows(path, "select * from stories")
    office = Told("office", "The release", text, 1, "office", DAY)
    with Store(path) as store:
        put(store.db, office)
        late = (DAY + timedelta(days=3)).isoformat()
        store.db.execute("update articles set first_seen = ? where id = ?", (late, office.id))
        StoryStore(store).rebuild_stories()
    (after,) = _rows(path, "select * from stories")
    assert (before["origin_id"], after["origin_id"], after["title"]) == (paper.id, office.id, "The release")
    assert before["id"] == after["id"] == paper.id
    delays = {row["article_id"]: row["delay_seconds"] for row in _rows(path, "select * from story_articles")}
    assert delays == {office.id: 0, paper.id: 5 * 3600, blog.id: 9 * 3600}


def test_a_changed_text_leaves_its_story_and_a_forgotten_article_too(tmp_path: Path) -> None:
    writer = Writer(12)
    text = writer.text(6)
    articles = [Told(f"paper-{n}", f"Told {n}", text, 1, "whole", DAY + timedelta(hours=n)) for n in range(4)]
    path = tmp_path / "archive.db"
    _told(path, articles)
    with Store(path) as store:
        store.db.execute("update articles set text = ? where id = ?", (writer.text(5), articles[0].id))
        store.db.execute("insert into story_queue values (?)", (articles[0].id,))
        StoryStore(store).rebuild_stories()
    (story,) = _rows(path, "select * from stories")
    assert (story["articles"], story["origin_id"]) == (3, articles[1].id)
    with Store(path) as store:
        take_away(store.db, articles[1])
        store.db.execute("update articles set text = 'Too short to say.' where id = ?", (articles[2].id,))
        store.db.execute("insert into story_queue values (?)", (articles[2].id,))
        StoryStore(store).rebuild_stories()
    found = _tables(path)
    assert (found["stories"], found["story_articles"]) == ([], [])
    assert {story for _, story in found["articles"]} == {None}


def test_an_origin_that_changes_is_measured_anew(tmp_path: Path) -> None:
    writer = Writer(24)
    text = writer.text(5)
    office, paper = (Told(name, name, text, 1, name, DAY + timedelta(hours=n)) for n, name in enumerate(("o", "p")))
    path = tmp_path / "archive.db"
    _told(path, [office, paper])
    _told(path, [replace(office, text=EDITS["longer"](text, writer))])
    measured = {row["article_id"]: row for row in _rows(path, "select * from story_articles")}
    assert (measured[office.id]["share"], measured[paper.id]["share"]) == (1, pytest.approx(1, abs=0.03))
    assert 0.6 < measured[paper.id]["kept"] < 0.95


def test_an_article_goes_over_to_the_one_it_is_more_like(tmp_path: Path) -> None:
    writer = Writer(25)
    text = writer.text(6)
    excerpt = EDITS["shortened"](text, writer)
    briefs = [Told(f"wire-{n}", "Brief", excerpt, 1, "brief", DAY + timedelta(hours=n)) for n in range(2)]
    addition = writer.paragraph(14)
    blog = Told("blog", "All of it", f"{excerpt}\n\n{addition}", 2, "whole", DAY + timedelta(days=2))
    path = tmp_path / "archive.db"
    _told(path, [*briefs, blog])
    assert [row["articles"] for row in _rows(path, "select * from stories")] == [3]
    office = Told("office", "The other half", f"{excerpt[-400:]}\n\n{addition}", 2, "origin", DAY - timedelta(hours=9))
    _told(path, [office])
    found = _rows(path, "select origin_id, articles from stories order by articles, origin_id")
    assert sorted((row["origin_id"], row["articles"]) for row in found) == sorted([(briefs[0].id, 2), (office.id, 2)])


def test_tables_are_equal_in_whatever_order_articles_come(tmp_path: Path) -> None:
    articles = _corpus(13, 24)
    expected = _told(tmp_path / "whole.db", articles)
    assert len(expected["stories"]) == 18
    for seed in range(4):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert _told(tmp_path / f"{seed}.db", shuffled, every=seed * 3 + 1) == expected


def _family(count: int) -> list[Told]:
    """Many texts of many sources that are much alike, so that bands are full and pairs part and join."""
    writer = Writer(14)
    text = writer.text(5)
    return [
        Told(f"paper-{n % 9}", f"Told {n}", EDITS["touched up"](EDITS["longer"](text, writer), writer), n, "f",
             DAY + timedelta(minutes=n * 7 % 100))
        for n in range(count)
    ]  # fmt: skip


def test_many_alike_in_any_order_with_articles_that_come_and_go(tmp_path: Path) -> None:
    articles = _family(40)
    expected = _told(tmp_path / "whole.db", articles[:30])
    assert [row[4] for row in expected["stories"]] == [30]
    for seed in range(3):
        picking = random.Random(seed)
        with Store(tmp_path / f"{seed}.db") as store:
            book = StoryStore(store)
            for told in picking.sample(articles, len(articles)):
                put(store.db, told)
                book.rebuild_stories(picking.randrange(3))
            for told in picking.sample(articles[30:], 10):
                take_away(store.db, told)
                book.rebuild_stories(picking.randrange(3))
            moved = articles[5]
            store.db.execute("update articles set published_at = '2026-01-01' where id = ?", (moved.id,))
            store.db.execute("insert or ignore into story_queue values (?)", (moved.id,))
            book.rebuild_stories()
            put(store.db, moved)
            book.rebuild_stories()
        assert _tables(tmp_path / f"{seed}.db") == expected


def test_a_kill_between_two_steps_loses_no_story(tmp_path: Path) -> None:
    articles = _corpus(15, 12)
    expected = _told(tmp_path / "whole.db", articles)
    path = tmp_path / "archive.db"
    with Store(path) as store:
        for told in articles:
            put(store.db, told)
        with suppress(KeyboardInterrupt), store.writing():
            StoryStore(store).rebuild_stories(10)
            raise KeyboardInterrupt
        assert store.db.execute("select count(*) from story_queue").fetchone() == (len(articles),)
        StoryStore(store).rebuild_stories(7)
    assert _told(path, []) == expected


def pairs_of(groups: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    """All pairs of articles that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


@pytest.mark.parametrize("script", ["latin", "han"])
def test_a_labelled_set_is_found_with_precision_and_recall(tmp_path: Path, script: str) -> None:
    articles = _labelled(script)
    found = _told(tmp_path / "archive.db", random.Random(1).sample(articles, len(articles)))
    by_release: dict[int, list[int]] = {}
    for told in articles:
        by_release.setdefault(told.release, []).append(told.id)
    by_story: dict[int, list[int]] = {}
    for article, story in found["articles"]:
        if story is not None:
            by_story.setdefault(story, []).append(article)
    right, said = pairs_of(by_release.values()), pairs_of(by_story.values())
    assert len(right) > 400
    assert len(right & said) / len(said) >= 0.99
    assert len(right & said) / len(right) >= 0.95


def _labelled(script: str) -> list[Told]:
    """Releases with copies, among releases alike in other ways: one issuer's paragraph, one form, one quotation."""
    writer = Writer(16, script)
    abouts = [writer.paragraph(3) for _ in range(3)]
    quotation = writer.paragraph(2)
    articles: list[Told] = []
    for number in range(120):
        text = writer.text()
        if number % 3 == 0:
            text += "\n\n" + abouts[number % 9 // 3]
        if number % 5 == 0:
            text = f"{writer.paragraph()}\n\n{quotation}\n\n{text}"
        articles += retellings(writer, number, text, number % 5)
    return articles


def _newsrooms(directory: Path) -> list[Capture]:
    """What two newsrooms and a paper answered: releases, and in the paper some of them, one edited."""
    office, harbour, paper = (Newsroom(directory, name) for name in ("office", "harbour", "paper"))
    writer = Writer(17)
    texts = [writer.text(5) for _ in range(8)]
    captures = [
        (office if number % 2 else harbour).answer(
            f"https://{number % 2}.example/news/{number}-path", page(number, text), at=later(hours=number)
        )
        for number, text in enumerate(texts)
    ]
    captures += [
        paper.answer(
            f"https://paper.example/{number}-told",
            page(number + 20, EDITS[edit](texts[number], writer)),
            at=later(days=2, hours=number),
        )
        for number, edit in enumerate(("whole", "shortened", "longer", "whole"))
    ]
    rewritten = page(23, writer.text(5))
    captures += [paper.answer("https://paper.example/3-told", rewritten, at=later(days=days)) for days in (5, 6)]
    return captures


def test_ingest_tells_stories_and_a_rebuild_equal_ones(tmp_path: Path) -> None:
    captures = _newsrooms(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add(captures)
    path = tmp_path / "archive.db"
    expected = tables(path)
    assert len(expected["stories"]) == 3
    assert len(expected["story_articles"]) == 6
    assert {row["sources"] for row in _rows(path, "select sources from stories")} == {2}
    rebuild(tmp_path, AtOnce())
    assert tables(path) == expected
    for seed in range(2):
        with ingesting(tmp_path, f"{seed}.db") as ingest:
            for capture in random.Random(seed).sample(captures, len(captures)):
                ingest.add([capture])
                if seed:
                    ingest.flush()
        assert tables(tmp_path / f"{seed}.db") == expected


@pytest.mark.soak
def test_the_cost_of_an_article_does_not_grow_with_the_archive() -> None:
    """Each tenth of fifty thousand articles, by processor time and within one run; and the memory of all."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.storybench", "50000"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(ran.stdout)
    assert found["megabytes"] < 500
    assert found["milliseconds"][-1] < 1.5 * found["milliseconds"][4]
