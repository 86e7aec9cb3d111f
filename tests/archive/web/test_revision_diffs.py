"""Differences on the site are bounded: what is too much is left uncompared, and no text holds other pages."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from pathlib import Path

from archive.text.diff import Run
from archive.web import revision_diffs
from archive.web.revision_diffs import Edit, Revision
from archive.web.server import build
from tests.archive.web.test_site import text_of
from tests.support.sample import article_id, build_sample


def revision(n: int, text: str, title: str = "Quay", authors: tuple[str, ...] | None = None) -> Revision:
    return Revision(n, "2026-03-09T06:00:00+00:00", "minor", False, "", n, title, text, authors)


def test_each_revision_is_compared_with_the_one_before() -> None:
    found = revision_diffs.edits([revision(3, "One ship."), revision(2, "Two ships."), revision(1, "Two ships.")])
    assert [edit.n for edit in found] == [3, 2]
    assert all(edit.compared for edit in found)
    assert {run.mark for part in found[0].parts for run in getattr(part, "runs", ())} >= {"added", "removed"}


def test_other_authors_are_shown_where_those_of_both_are_known() -> None:
    signed = [revision(n, "Two ships.", authors=authors) for n, authors in ((3, ()), (2, ("Ada Quill",)), (1, None))]
    assert [edit.authors for edit in revision_diffs.edits(signed)] == [(Run("removed", "Ada Quill"),), ()]
    pairs = [(signed[0], signed[1]), (signed[1], signed[2])]
    assert revision_diffs.in_plain_text(pairs) == ["[-Ada Quill-]", ""]


def test_a_page_names_authors_that_were_taken_out(tmp_path: Path) -> None:
    archive = build_sample(tmp_path / "archive")
    article = article_id("budget")
    with sqlite3.connect(archive / "archive.db") as db:
        signed = [(1, '["Ada Quill", "Bo Wren"]'), (2, '["Bo Wren"]')]
        db.execute("delete from revisions where article_id = ?", [article])
        db.executemany(
            "insert into revisions (article_id, n, fetched_at, capture_id, title, text, authors, severity, summary)"
            f" values ({article}, ?, '2026-03-09T06:00:00+00:00', 1, 'Quay', 'It opens.', ?, 'minor', '')",
            signed,
        )
        db.execute("update articles set revisions = 2 where id = ?", [article])
    site = build(archive)
    for path in ("", "/revision/2", "/compare"):
        page = asyncio.run(site.client.get(f"/article/{article}{path}")).text
        assert "Authors: <del>Ada Quill</del>, Bo Wren" in page, path
    assert "Authors: Ada Quill, Bo Wren" in asyncio.run(site.client.get(f"/article/{article}/revision/1")).text


def test_what_goes_over_the_time_or_the_amount_is_left_uncompared() -> None:
    revisions = [revision(n, f"Ship {n} came.") for n in (4, 3, 2, 1)]
    assert [edit.compared for edit in revision_diffs.edits(revisions, seconds=0)] == [False] * 3
    assert [edit.compared for edit in revision_diffs.edits(revisions, shown=0)] == [False] * 3
    assert revision_diffs.edit(revisions[0], None, fold=False) == Edit(
        4, revisions[0].fetched_at, "minor", False, "", 4
    )
    wordy = [revision(n, "\n\n".join(f"{n} {m} a ship came {n * m}" for m in range(900))) for n in (3, 2, 1)]
    shown = revision_diffs.edits(wordy, seconds=60, shown=9000)
    assert sum(len(getattr(part, "runs", ())) for edit in shown for part in edit.parts) <= 9000


def test_a_page_shows_the_beginning_of_a_text() -> None:
    assert revision_diffs.beginning("short") == ("short", 0)
    long = "\n\n".join(["A line of text."] * 9000)
    shown, left_out = revision_diffs.beginning(long)
    assert long.startswith(shown)
    assert shown.rstrip().endswith(".")
    assert len(shown.split("\n\n")) <= revision_diffs.PARAGRAPHS
    assert len(shown) + left_out == len(long)
    one_word = "x" * (revision_diffs.CHARACTERS + 5)
    assert revision_diffs.beginning(one_word) == (one_word[: revision_diffs.CHARACTERS], 5)


def test_hostile_revisions_hold_no_other_page(tmp_path: Path) -> None:
    """Fifty revisions of few words in ever another order, and a text of half a million paragraphs."""
    archive = build_sample(tmp_path / "archive")
    article, chance = article_id("budget"), random.Random(7)
    words = ["tide", "quay", "crane", "ferry", "pilot"]
    texts = [" ".join(chance.choices(words, k=60_000)) for _ in range(12)] + ["a\n\n" * 500_000]
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute("delete from revisions where article_id = ?", [article])
        for n in range(1, 51):
            db.execute(
                "insert into revisions (article_id, n, fetched_at, capture_id, title, text, severity, summary, silent)"
                " values (?, ?, '2026-03-09T06:00:00+00:00', 1, 'Quay', ?, 'major', '', 0)",
                [article, n, texts[n % 12]],
            )
        db.execute("update articles set text = ?, revisions = 50 where id = ?", [texts[-1], article])
    site = build(archive)

    async def both() -> tuple[str, int]:
        await site.client.get("/events")
        slow = asyncio.ensure_future(site.client.get(f"/article/{article}", timeout=600))
        read = 0
        while not slow.done():
            assert (await site.client.get("/events")).status_code == 200
            read += 1
        return (await slow).text, read

    page, read = asyncio.run(both())
    assert "too much to compare" in text_of(page) or "too long" in text_of(page) or "took longer" in text_of(page)
    assert read >= 5, "another page waited for it"
    assert len(page) < 30_000_000
