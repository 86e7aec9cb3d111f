"""The page of a search."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.archive.web.test_site import text_of
from tests.support.sample import article_id, publish_on

Ask = Callable[..., Any]


def test_results_show_the_day_they_are_listed_under(ask: Ask, change: Any) -> None:
    change("update articles set published_day = null, published_at = null where id = ?", article_id("ferry"))
    page = text_of(ask("/search?q=ferry").text)
    assert "no date on the page; first seen 11 March 2026" in page


def test_a_removed_sentence_is_found_and_marked(ask: Ask) -> None:
    assert "No release matches" in ask('/search?q="record budget"').text
    source = ask('/search?q="record budget"&ever=1').text
    assert "No longer says so" in source
    assert f'href="/article/{article_id("budget")}#revisions"' in source
    assert "checked" in source


def test_facets_narrow_and_widen_again(ask: Ask) -> None:
    page = ask("/search?q=street").text
    assert 'href="?q=street&amp;sort=best&amp;source=port-of-ister"' in page
    narrowed = ask("/search?q=street&source=port-of-ister").text
    assert "6 releases with street" in text_of(narrowed)
    assert 'href="?q=street&amp;sort=best" aria-current="true"' in narrowed
    assert "3 releases" in text_of(ask("/search?q=street&status=live&language=en&from=2026-03-09&to=2026-03-09").text)


def test_what_was_typed_wrongly_is_said_and_never_an_error(ask: Ask) -> None:
    for query, said in (
        ("q=***", "“***” has no word to search for."),
        ('q="night+ferry', "A quotation mark has no partner"),
        ("q=ferry&source=nobody", "No release is of a source “nobody”."),
        ("from=2026-03-12&to=2026-03-01", "The period ends before it begins"),
        ("status=asleep", "“asleep” is no status"),
    ):
        answer = ask(f"/search?{query}")
        assert answer.status_code == 200
        assert said in text_of(answer.text)


def test_a_chart_of_months_leads_to_each(ask: Ask, archive: Path) -> None:
    assert 'class="chart"' not in ask("/search?q=street").text
    with closing(sqlite3.connect(archive / "archive.db")) as connection, connection:
        publish_on(connection, article_id("street-0"), "2026-01-28")
    page = ask("/search").text
    assert 'class="chart"' in page
    assert "2026-03: 17 releases" in page
    assert 'href="?from=2026-03-01&amp;to=2026-03-31"' in page
