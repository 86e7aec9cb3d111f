"""Articles like one, as SQL on an archive."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from archive.store.database import Store
from archive.store.search import alike
from archive.store.search_index import index, similar
from archive.store.search_index.query import Statement
from archive.store.search_index.similar import CHOSEN, COUNTED, FOUND, candidates, choose
from tests.support.archiving import DAY
from tests.support.retold import Told, put

PIER = "The dredging of the northern pier needs two barges and a tide table."
ARTICLES = (
    Told("port", "Dredging at the northern pier", PIER, 1, "origin", DAY),
    Told("paper", "Barges wait for the tide", "Two barges wait at the northern pier.", 1, "origin", DAY),
    Told("council", "A tide of visitors", "The museum has two new rooms.", 1, "origin", DAY),
    Told("council", "Nothing to do with it", "Schools open on Monday.", 2, "origin", DAY),
    Told("paper", "Dredging at the northern pier again", PIER, 2, "origin", DAY),
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with Store(tmp_path_factory.mktemp("similar") / "archive.db") as store:
        for told in ARTICLES:
            put(store.db, told)
            index.update(store.db.conn, None, index.read(store.db.conn, told.id))
        yield store.db.conn


def ids(connection: sqlite3.Connection, statement: Statement) -> list[tuple[Any, int]]:
    return connection.execute(statement.sql, statement.parameters).fetchall()


def test_words_are_counted_no_further_than_needed(connection: sqlite3.Connection) -> None:
    counted = similar.counts(['"pier"', '"museum"', '"dredging" OR "barges"'])
    assert dict(ids(connection, counted)) == {'"pier"': 3, '"museum"': 1, '"dredging" OR "barges"': 3}
    assert counted.parameters["most"] == COUNTED + 1


def test_who_shares_more_words_comes_first_and_one_word_is_not_enough(connection: sqlite3.Connection) -> None:
    pier, paper, museum, _, again = (told.id for told in ARTICLES)
    words = dict.fromkeys(['"dredging"', '"northern"', '"tide"', '"barges"'], 1.5)
    assert ids(connection, similar.alike(words, pier, None, 5)) == [(again, 4), (paper, 3)]
    assert {found for found, _ in ids(connection, similar.alike({'"tide"': 1.5}, pier, None, 5))} == {
        paper,
        museum,
        again,
    }


def test_a_heavier_word_counts_more_than_two_light_ones(connection: sqlite3.Connection) -> None:
    *_, museum, school, again = (told.id for told in ARTICLES)
    words = {'"tide"': 1.0, '"two"': 1.0, '"museum"': 0.1, '"pier"': 0.1, '"northern"': 5.0}
    found = [number for number, _ in ids(connection, similar.alike(words, school, None, 5))]
    assert found[-1] == museum
    assert again in found[:-1]


def test_a_long_text_has_more_words_by_chance(connection: sqlite3.Connection) -> None:
    pier, paper, *_, again = (told.id for told in ARTICLES)
    words = dict.fromkeys(['"dredging"', '"northern"', '"tide"', '"barges"'], 1.5)
    connection.execute("update articles set word_count = 4000 where id = ?", (again,))
    assert [number for number, _ in ids(connection, similar.alike(words, pier, None, 5))] == [paper, again]
    connection.execute("update articles set word_count = 13 where id = ?", (again,))


def test_other_pages_with_its_text_are_left_out(connection: sqlite3.Connection) -> None:
    pier, paper, *_, again = (told.id for told in ARTICLES)
    words = dict.fromkeys(['"dredging"', '"northern"', '"barges"'], 1.5)
    connection.execute("update articles set story_id = 5 where id in (?, ?)", (pier, again))
    assert ids(connection, similar.alike(words, pier, 5, 5)) == [(paper, 2)]
    connection.execute("update articles set story_id = null")
    connection.execute("insert into similar_articles values (?, ?, 1, 1.0)", (again, pier))
    assert ids(connection, similar.alike(words, pier, None, 5)) == [(paper, 2)]
    assert ids(connection, similar.alike(words, again, None, 5)) == [(paper, 2)]
    connection.execute("delete from similar_articles")


def test_the_command_line_finds_them_with_their_passages(connection: sqlite3.Connection) -> None:
    found = alike(connection, ARTICLES[0].id)
    assert [hit.id for hit in found.hits][:2] == [ARTICLES[4].id, ARTICLES[1].id]
    passage = found.hits[1].snippet
    assert "barges" in {passage.text[start:end] for start, end in passage.hits}
    assert alike(connection, 1).hits == ()


def test_words_of_the_title_count_more_and_repeated_ones_too() -> None:
    said = candidates("Dredging begins", "The harbour. Dredging of the harbour, harbour No. 2026.")
    assert said == {'"the"': 2, '"harbour"': 3, '"dredging"': 4, '"begins"': 3}


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert set(candidates("港口", "新港。Café")) == {'"港 口"', '"新 港"', '"café"'}


def test_neither_what_all_say_nor_what_nobody_else_says_is_chosen() -> None:
    said = {"all": 9, "alone": 9, "some": 1, "rare": 1, "unknown": 5}
    articles = {"all": 1_000, "alone": 1, "some": 300, "rare": 3}
    assert [*choose(said, articles, 1_000)] == ["rare", "some"]
    assert choose({"frequent": 1}, {"frequent": COUNTED + 1}, 10**6) == {}


def test_in_a_small_archive_a_word_of_most_articles_counts_least() -> None:
    chosen = choose({"all": 9, "most": 1, "pair": 1}, {"all": 4, "most": 3, "pair": 2}, 4)
    assert [*chosen] == ["pair", "most"]
    assert chosen["pair"] == pytest.approx(math.log(2))


def test_the_chosen_words_are_few_and_in_few_articles() -> None:
    words = [f"w{n:02}" for n in range(50)]
    assert len(choose(dict.fromkeys(words, 1), dict.fromkeys(words, 10), 10**6)) == CHOSEN
    assert len(choose(dict.fromkeys(words, 1), dict.fromkeys(words, COUNTED), 10**6)) == FOUND // COUNTED
