"""What Datasette is told of the archive: every question answers on today's tables, every table and column is one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.store.database import Store
from archive.web.data.canned import CANNED
from archive.web.data.columns import TABLES
from archive.web.data.metadata import metadata


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with Store(tmp_path / "archive.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "archive.db")) as opened:
        yield opened


def _parameters(sql: str) -> set[str]:
    return set(re.findall(r":([a-z]\w*)", sql))


@pytest.mark.parametrize("name", sorted(CANNED))
def test_a_question_is_one_select_on_todays_tables(name: str, connection: sqlite3.Connection) -> None:
    question = CANNED[name]
    assert question["title"]
    assert question["description"].endswith(".")
    assert question["sql"].startswith(("select", "with"))
    assert ";" not in question["sql"]
    connection.create_function("dateline_query", 1, lambda words: f'"{words}"')
    cursor = connection.execute(question["sql"], dict.fromkeys(_parameters(question["sql"]), "ferry"))
    assert len(cursor.description) > 1
    assert cursor.fetchall() == []


def test_every_table_and_column_that_is_described_is_there(connection: sqlite3.Connection) -> None:
    (described,) = metadata("archive")["databases"].values()
    assert set(described["tables"]) == set(TABLES)
    for name, table in described["tables"].items():
        there = {row[1] for row in connection.execute(f"pragma table_xinfo({name})")}
        assert there, name
        assert set(table["columns"]) == there, name
        assert all(table["columns"].values()), name
        assert {table["sort_desc"]} <= there if "sort_desc" in table else True


def test_articles_are_searched_by_their_words_and_go_by_their_titles(connection: sqlite3.Connection) -> None:
    articles = metadata("archive")["databases"]["archive"]["tables"]["articles"]
    assert (articles["fts_table"], articles["fts_pk"], articles["label_column"]) == ("articles_fts", "id", "title")
    assert connection.execute("select count(*) from articles_fts").fetchone() == (0,)
    assert articles["sort_desc"] == "published_day"


def test_what_is_only_memory_is_not_shown() -> None:
    assert not {"readings", "unread", "templates", "minhash_bands", "article_state", "hosts", "robots"} & set(TABLES)
