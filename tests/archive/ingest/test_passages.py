"""The passages that a source repeats, listed; and the passage that a person means by some words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.core.errors import ArchiveError
from archive.ingest.passages import Passage, PassagePages, named, repeated
from archive.text.fingerprint import fingerprint
from tests.support.archiving import Newsroom, ingesting, later, page, story

NOTICE = "Write to the harbour office at any hour, and somebody who knows the tides will answer you the same day."
CUE = "Subscribe to our newsletter and follow us on Facebook, Twitter and Telegram!"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    room = Newsroom(tmp_path)
    with ingesting(tmp_path) as ingest:
        ingest.add(
            room.answer(f"/news/{n}-path", page(n, footer=NOTICE if n else CUE), at=later(minutes=n)) for n in range(7)
        )
    with closing(sqlite3.connect(tmp_path / "archive.db")) as opened:
        yield opened


def test_what_left_most_articles_is_listed_first_with_an_example(connection: sqlite3.Connection) -> None:
    learned, cue = repeated(connection, "valdora")
    assert (learned.text, learned.why, learned.documents, learned.removed) == (NOTICE, "repeated", 6, 6)
    assert (cue.text, cue.why, cue.documents, cue.state) == (CUE, "cue", 1, "active")
    assert learned.example_url.startswith("https://press.valdora.example/news/")
    assert repeated(connection, "other") == ()


def test_the_pages_of_a_passage(connection: sqlite3.Connection) -> None:
    pages = PassagePages(connection, "valdora")
    paragraph = story(3).split("\n\n")[0]
    (number,) = pages.captures(fingerprint(paragraph), 5)
    assert connection.execute("select url from captures where id = ?", (number,)).fetchone()[0].endswith("3-path")
    assert len(pages.captures(fingerprint(NOTICE), 2)) == 2
    assert pages.article(fingerprint(paragraph)) is not None
    assert pages.captures(1, 5) == []
    assert pages.article(1) is None
    assert PassagePages(connection, "other").captures(fingerprint(paragraph), 5) == []


def test_a_passage_is_named_by_id_text_or_a_part_that_only_it_has(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    wanted = Passage(NOTICE, fingerprint(NOTICE))
    for words in (str(repeated(connection, "valdora")[0].id), NOTICE, "who knows the tides"):
        assert named(connection, tmp_path, "valdora", words) == wanted
    paragraph = story(3).split("\n\n")[0]
    assert named(connection, tmp_path, "valdora", paragraph[10:]).text == paragraph


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Engineer Ilva Renn", "passages of valdora have these words"),
        ("nowhere to be found", "No page of valdora has this passage"),
        ("3 March 2026", "contains only dates"),
        ("7", "contains only dates"),
    ],
)
def test_words_that_mean_no_one_passage_are_refused(
    connection: sqlite3.Connection, tmp_path: Path, words: str, why: str
) -> None:
    with pytest.raises(ArchiveError, match=why):
        named(connection, tmp_path, "valdora", words)


def test_a_part_of_the_name_of_a_network_is_no_passage(connection: sqlite3.Connection, tmp_path: Path) -> None:
    """The name alone says nothing that a decision could be about, so a part of it does not mean it."""
    with connection:
        connection.execute("update articles set text = text || char(10) || char(10) || 'Instagram'")
    with pytest.raises(ArchiveError, match="No page of valdora has this passage"):
        named(connection, tmp_path, "valdora", "Instag")
