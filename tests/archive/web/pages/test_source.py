"""The page of a source."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.store.search_index import index
from tests.archive.web.test_site import text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]


def test_a_source_that_was_imported_waits_for_no_crawl(ask: Ask, change: Any) -> None:
    change("update sources set last_crawl = null, last_ok = null where name = 'port-of-ister'")
    page = text_of(ask("/source/port-of-ister").text)
    assert "8 releases · imported, never crawled" in page
    assert "no crawl finished yet" not in text_of(ask("/").text)


def test_a_source_shows_what_happened_to_its_own_releases(ask: Ask, archive: Path) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        happened = db.execute(
            "select distinct e.source, a.title from events e join articles a on a.id = e.article_id"
            " where e.kind = 'gone'"
        ).fetchall()
    assert happened
    for source in {source for source, _ in happened}:
        page = ask(f"/source/{source}").text
        listed = text_of(page.partition('<ul class="happenings">')[2].partition("</ul>")[0])
        assert "None so far." not in listed
        for of_source, title in happened:
            assert (title in listed) == (of_source == source), (source, title)


def test_a_source_has_its_rhythm_and_its_health_in_words(ask: Ask, change: Any, archive: Path) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as connection, connection:
        before = index.read(connection, article_id("street-1"))
        connection.execute("update articles set published_day = '2026-01-09' where id = ?", [article_id("street-1")])
        index.update(connection, before, index.read(connection, article_id("street-1")))
    change("update sources set health = 'its feed is empty', health_since = '2026-03-13' where name = 'port-of-ister'")
    source = ask("/source/port-of-ister").text
    assert "2026-03: 7 releases" in source
    assert 'href="/search?source=port-of-ister&amp;from=2026-03-01&amp;to=2026-03-31"' in source
    assert "Since 13 March 2026: its feed is empty" in text_of(source)


def test_a_source_says_how_far_it_was_walked_back(ask: Ask, change: Any) -> None:
    assert "Backfill" not in text_of(ask("/source/port-of-ister").text)
    change(
        "insert into backfills (source, began_at, found, expected, reached)"
        " values ('port-of-ister', '2026-03-01', 140, 240, '2025-01-02')"
    )
    words = "Backfill under way: 140 of about 240 addresses found, back to 2025-01-02."
    assert words in text_of(ask("/source/port-of-ister").text)
    change("update backfills set finished_at = '2026-03-04T05:06:07+00:00'")
    assert "Backfill finished on 2026-03-04: 140 addresses found" in text_of(ask("/source/port-of-ister").text)


def test_a_source_shows_what_it_can_be_expected_to_do_and_what_is_wrong(ask: Ask, change: Any) -> None:
    change(
        "insert or replace into contracts values ('port-of-ister', 40, 2.0, 11.0, 30.0, 1, 1, 1, 300, '2026-03-13')",
    )
    change(
        "insert into health values ('port-of-ister', 'silent', 'feed', '2026-03-12T06:00:00+00:00',"
        " 'its feed <b>names</b> nothing new', 'Run dateline check.')"
    )
    page = ask("/source/port-of-ister").text
    text = text_of(page)
    assert (
        "Usually a release every 2 days; the longest pause in this rhythm was 11 days. Silence of 30 days would be"
        " reported." in text
    )
    assert "Since 12 March 2026: <bdi>its feed &lt;b&gt;names&lt;/b&gt; nothing new</bdi>. Run dateline check." in page
    change("update contracts set usual_days = 1.2 where source = 'port-of-ister'")
    assert "Usually a release every day; the longest" in text_of(ask("/source/port-of-ister").text)


def test_a_source_shows_what_cleaning_removes_and_how_to_keep_it(ask: Ask, change: Any) -> None:
    for number, text, pages, state in ((71, "Sign up for the tide letter", 40, "active"), (72, "Tides", 9, "kept")):
        change(
            "insert into boilerplate (id, source, fingerprint, text, documents, why, state)"
            " values (?, 'port-of-ister', ?, ?, ?, 'repeated', ?)",
            number, number, text, pages, state,
        )  # fmt: skip
    page = text_of(ask("/source/port-of-ister").text)
    assert "dateline keep port-of-ister NUMBER" in page
    assert "Sign up for the tide letter number 71, on 40 pages, repeated on this site's pages" in page
    assert page.index("kept by decision") < page.index("number 71")


def test_the_weeks_of_the_last_year_are_a_chart(ask: Ask, archive: Path) -> None:
    today = datetime.now(UTC).date().isoformat()
    with closing(sqlite3.connect(archive / "archive.db")) as connection, connection:
        before = index.read(connection, article_id("street-1"))
        connection.execute("update articles set published_day = ?, first_seen = ? where id = ?",
                           [today, f"{today}T00:00:00+00:00", article_id("street-1")])  # fmt: skip
        index.update(connection, before, index.read(connection, article_id("street-1")))
    page = ask("/source/port-of-ister").text
    assert "Releases by week, the last year" in page
    monday = datetime.now(UTC).date() - timedelta(days=datetime.now(UTC).weekday())
    assert f"Week of {monday}: 1 release" in page
    assert f"&amp;from={monday}&amp;to={monday + timedelta(days=6)}" in page
    assert ": 0 releases" not in page  # nothing to see there, and a stop for the keyboard
