"""What the pages say of an archive that has nothing to show: why that is."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.store.database import Store
from archive.web.server import build
from tests.archive.web.test_site import text_of

SOURCE = "insert into sources (name, title, url, state) values ('quay', 'The Quay', 'https://quay.example/', 'watched')"
CRAWLED = "update sources set last_crawl = '2026-03-01T06:00:00', last_ok = '2026-03-01T06:00:00'"
CAPTURE = (
    "insert into captures (id, source, url, final_url, key, final_key, kind, fetched_at, status, digest, warc_file,"
    " warc_offset, warc_length) values (1, 'quay', 'https://quay.example/1', 'https://quay.example/1', 'k', 'k',"
    " 'page', '2026-03-01T06:00:00', 200, 'sha1:A', 'warc/quay/2026-03.warc.gz', 0, 9)"
)
RUN = (
    "insert into runs (source, started_at, finished_at, outcome, requests, errors)"
    " values ('quay', '2026-03-01T06:00:00', '2026-03-01T06:00:02', 'failed', 1, 1)"
)
NO_SOURCE = "Nothing is archived yet, and no source is watched: dateline add ADDRESS adds one."
NO_CRAWL = "Nothing is archived yet. Releases appear here as soon as the first crawl reads them."
NO_RELEASE = "No release could be read from the pages that were fetched so far. Why each page gave none"


def _pages(directory: Path, *statements: str, paths: tuple[str, ...]) -> list[str]:
    Store(directory / "archive.db").close()
    with closing(sqlite3.connect(directory / "archive.db")) as connection:
        connection.executescript("; ".join(statements))
    site = build(directory)
    site.sql_time_limit_ms = 60_000  # a busy machine is no reason to say less

    async def asked() -> list[str]:
        return [text_of((await site.client.get(path)).text) for path in paths]

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("statements", "why"),
    [((), NO_SOURCE), ((SOURCE,), NO_CRAWL), ((SOURCE, CRAWLED, CAPTURE), NO_RELEASE)],
    ids=["no source", "no crawl", "no release"],
)
def test_each_page_says_why_there_is_no_release(tmp_path: Path, statements: tuple[str, ...], why: str) -> None:
    paths = ("/", "/search", "/search?q=ferry", "/trends?q=ferry", "/events", "/events?kind=edited")
    for path, page in zip(paths, _pages(tmp_path, *statements, paths=paths), strict=True):
        assert why in page, path
        assert "Try fewer words" not in page
        assert "No release was edited" not in page


@pytest.mark.parametrize(
    ("statements", "state"),
    [
        ((), "No source is watched, so nothing is crawled."),
        ((SOURCE,), "No source has been crawled yet. dateline run or dateline crawl begins."),
        ((SOURCE, CRAWLED), "All is well: every source answers."),
        (
            (SOURCE, CRAWLED, "insert into sources (name, state) values ('new', 'watched')"),
            "All is well: every source answers. Not crawled yet: new.",
        ),
    ],
)
def test_the_status_of_what_was_never_crawled_is_not_that_all_is_well(
    tmp_path: Path, statements: tuple[str, ...], state: str
) -> None:
    (page,) = _pages(tmp_path, *statements, paths=("/status",))
    assert f"Status {state} Daemon not running" in page


def test_a_source_without_releases_says_whether_it_was_crawled(tmp_path: Path) -> None:
    new, crawled, unreached = tmp_path / "new", tmp_path / "crawled", tmp_path / "unreached"
    for directory in (new, crawled, unreached):
        directory.mkdir()
    (page,) = _pages(new, SOURCE, paths=("/source/quay",))
    assert "No release of this source is archived yet: it has not been crawled." in page
    (page,) = _pages(crawled, SOURCE, CRAWLED, CAPTURE, paths=("/source/quay",))
    assert "No release could be read from the pages that were fetched here so far. Why each page gave none" in page
    (page,) = _pages(unreached, SOURCE, CRAWLED, RUN, paths=("/source/quay",))
    assert "No release of this source is archived yet: no page of it could be fetched." in page
    assert "Why each page gave none" not in page
