"""What matches are counted by follows the articles: entered, changed, taken out, filled anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.store.search_index import facets, index
from tests.support.sample import article_id, build_sample, publish_on

TABLES = ("search_groups", "search_names", "search_facets", "month_counts")
_COUNTED = """
    select g.source, g.language, g.standing, d.name, a.name, p.article_id from search_facets f
    join search_groups g on g.id = f.group_id join search_names d on d.id = f.dateline
    join search_names a on a.id = f.authors join search_places p on p.place = f.place order by p.article_id
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(build_sample(tmp_path / "archive") / "archive.db")) as opened:
        yield opened


def right(connection: sqlite3.Connection) -> None:
    """Each place is counted by what its article is, and each count is what a slow query counts."""

    def found(sql: str) -> list[Any]:
        return connection.execute(sql).fetchall()

    assert found(_COUNTED) == found(
        "select source, language, standing, dateline, authors, article_id from search_places order by article_id"
    )
    assert found("select source, language, standing, articles from search_groups where articles order by 1, 2, 3") == (
        found("select source, language, standing, count(*) from search_places group by 1, 2, 3 order by 1, 2, 3")
    )
    assert found("select source, month, articles from month_counts where articles order by 1, 2") == found(
        "select source, substr(listed_day, 1, 7), count(*) from articles group by 1, 2 order by 1, 2"
    )
    assert found("select source, sum(articles) from search_groups group by 1 having sum(articles) order by 1") == found(
        "select source, count(*) from articles group by 1 order by 1"
    )


def test_counts_follow_what_is_written(connection: sqlite3.Connection) -> None:
    right(connection)
    publish_on(connection, article_id("ferry"), "2020-02-29")
    right(connection)
    before = index.read(connection, article_id("budget"))
    connection.execute(
        "update articles set source = 'attic', language = 'el', status = 'gone', dateline = 'ATTIC, today',"
        """ authors = '["A", "B"]' where id = ?""",
        [article_id("budget")],
    )
    index.update(connection, before, index.read(connection, article_id("budget")))
    right(connection)
    index.update(connection, index.read(connection, article_id("cranes")), None)
    connection.execute("delete from articles where id = ?", [article_id("cranes")])
    right(connection)


def test_an_archive_without_these_tables_has_them_filled(connection: sqlite3.Connection) -> None:
    publish_on(connection, article_id("ferry"), "2020-02-29")
    for table in TABLES:
        connection.execute(f"drop table {table}")
    connection.executescript(facets.SCHEMA + facets.FILL)
    right(connection)
