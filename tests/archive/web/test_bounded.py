"""What a worker process reads of archive.db ends at its limits."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.web import bounded
from archive.web.bounded import Query, run_query, run_search
from tests.support.sample import build_sample

ENDLESS = "with recursive n(i) as (values (1) union all select i + 1 from n) select i from n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_sample(tmp_path_factory.mktemp("bounded") / "archive") / "archive.db")


def test_a_query_gives_so_many_rows_and_says_whether_there_are_more(file: str) -> None:
    assert run_query(file, True, Query(ENDLESS, (), 3, 60)) == (["i"], [(1,), (2,), (3,)], True)
    three = f"{ENDLESS} limit 3"
    assert run_query(file, True, Query(three, (), 3, 60)) == (["i"], [(1,), (2,), (3,)], False)
    assert run_query(file, True, Query("select :word", {"word": "quay"}, None, 60)) == ([":word"], [("quay",)], False)


def test_a_result_has_a_limit_of_bytes(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "RESULT_LIMIT", 1024**2)
    with pytest.raises(sqlite3.OperationalError, match="the result has more than 1 MB"):
        run_query(file, True, Query(ENDLESS, (), None, 60))


def test_a_query_and_a_search_end_when_their_time_is_over(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SEARCHING", 0.01)

    async def search(db: Any, sql: str) -> Any:
        return await db.execute(sql)

    endless = ENDLESS.replace("select i from", "select max(i) from")
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        run_query(file, True, Query(endless, (), None, 0.01))
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        run_search(file, True, search, (endless,))
    assert run_query(file, True, Query("select 1", (), None, 60))[1] == [(1,)], "the next one has its own time"


def test_only_a_search_is_trusted_with_sql_of_our_own(file: str) -> None:
    async def search(db: Any, sql: str) -> list[str]:
        return [row["name"] for row in (await db.execute(sql)).rows]

    assert run_search(file, True, search, ("select name from pragma_database_list",)) == ["main"]
    with pytest.raises(sqlite3.DatabaseError):
        run_query(file, True, Query("select name from pragma_database_list", (), None, 60))


def test_a_file_in_the_place_of_another_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    for number in (1, 2):
        beside = tmp_path / "new.db"
        with sqlite3.connect(beside) as db:
            db.execute("create table events (id integer)")
            db.executemany("insert into events values (?)", [(1,)] * number)
        db.close()
        beside.replace(path)
        assert run_query(str(path), True, Query("select count(*) from events", (), None, 60))[1] == [(number,)]
