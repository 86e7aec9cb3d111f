"""The generator of large archives: the same number gives the same archive, indexed as ingest would."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from archive.store.search import search
from archive.web.server import build as site_of
from tests.archive.store.finding.test_index import whole
from tests.bench.million import build, frequent_words


def test_a_generated_archive_is_whole_and_can_be_searched_and_served(tmp_path: Path) -> None:
    build(tmp_path / "one", 300)
    build(tmp_path / "two", 300)
    with closing(sqlite3.connect(tmp_path / "one" / "archive.db")) as connection:
        whole(connection)
        common, rare = frequent_words(connection, (0, 10_000))
        assert search(connection, common).total > 100 > search(connection, rare).total > 0
        scripts = {language for (language,) in connection.execute("select distinct language from articles")}
        assert scripts == {"en", "ru", "el", "ar", "zh"}
        texts = connection.execute("select id, text from articles order by id").fetchall()
    with closing(sqlite3.connect(tmp_path / "two" / "archive.db")) as connection:
        assert connection.execute("select id, text from articles order by id").fetchall() == texts
    page = asyncio.run(site_of(tmp_path / "one").client.get("/")).text
    assert "Search 300 releases" in page
