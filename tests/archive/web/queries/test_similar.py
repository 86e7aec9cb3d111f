"""More like this: releases that share the most telling words."""

from __future__ import annotations

import time

import pytest

from archive.web.queries import similar
from tests.archive.web.queries.support import Database, Found, got
from tests.support.sample import article_id


def test_releases_alike_come_with_the_words_that_they_share(db: Database) -> None:
    found = got(similar.alike(db, article_id("ferry")))
    assert found.releases
    assert article_id("ferry") not in {release.id for release in found.releases}
    marked = {run.text.lower() for run in found.excerpts[found.releases[0].id].passage if run.mark == "added"}
    assert marked


def test_what_is_not_there_is_like_nothing(db: Database) -> None:
    assert got(similar.alike(db, 1)) == similar.Alike()


def test_no_more_words_are_weighed_than_there_is_time_for(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "_AT_ONCE", 1)
    moments = iter(range(100))
    monkeypatch.setattr(time, "process_time", lambda: next(moments) * similar.SECONDS * 0.4)
    counted: list[str] = []

    class Counting(Database):
        async def execute(self, sql: str, params: object = None) -> Found:
            counted.extend(["one"] if "json_each(:terms) t" in sql and "shared" not in sql else [])
            return await super().execute(sql, params)

    got(similar.alike(Counting(db.connection), article_id("budget")))
    assert len(counted) == 2
