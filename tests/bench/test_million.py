"""The generator of large archives: the same number gives the same archive, indexed as ingest would."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.store.search import search
from archive.web.server import build as site_of
from tests.archive.store.search_index.test_index import whole
from tests.bench.million import NOTE, build, frequent_words, is_built, said


def test_a_generated_archive_is_whole_and_can_be_searched_and_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path / "one", 300, batch=100)

    def stopped(done: int) -> None:
        if done == 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "two", 300, progress=stopped, batch=100)
    assert not is_built(tmp_path / "two", 300)
    build(tmp_path / "two", 300, progress=said(300, 0.0), batch=100)  # what was not finished is finished
    assert capsys.readouterr().out.count("articles written") == 1
    assert is_built(tmp_path / "two", 300)
    with closing(sqlite3.connect(tmp_path / "one" / "archive.db")) as connection:
        whole(connection)
        common, rare = frequent_words(connection, (0, 10_000))
        assert search(connection, common).total > 100 > search(connection, rare).total > 0
        scripts = {language for (language,) in connection.execute("select distinct language from articles")}
        assert scripts == {"en", "ru", "el", "ar", "zh"}
        texts = connection.execute("select id, text from articles order by id").fetchall()
    with closing(sqlite3.connect(tmp_path / "two" / "archive.db")) as connection:
        whole(connection)
        assert connection.execute("select id, text from articles order by id").fetchall() == texts
    page = asyncio.run(site_of(tmp_path / "one").client.get("/")).text
    assert "Search 300 releases" in page


def test_another_archive_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "archive.db").touch()
    with pytest.raises(ValueError, match="has another archive"):
        build(tmp_path, 20)
    (tmp_path / NOTE).write_text('{"articles": 10, "seed": 1, "complete": true}')
    with pytest.raises(ValueError, match=r"has another archive \(10 articles\)"):
        build(tmp_path, 20)
