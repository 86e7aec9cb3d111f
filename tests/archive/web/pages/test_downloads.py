"""Whole results as files: all that a search finds, in its order, within its filters."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from archive.export.columns import COLUMNS
from archive.web.pages import downloads
from tests.support.sample import article_id

Ask = Callable[..., Any]


def rows_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    return [json.loads(line) for line in answer.text.splitlines()]


def test_every_release_that_a_search_finds_is_in_the_file_newest_first(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "_STEP", 4)
    found = rows_of(ask("/search.jsonl?q=street"))
    assert len(found) == 13 == len({row["id"] for row in found})
    days = [row["published_day"] for row in found]
    assert days == sorted(days, reverse=True)
    assert list(found[0]) == list(COLUMNS)
    assert isinstance(found[0]["authors"], list)
    assert len(rows_of(ask("/search.jsonl"))) == 18
    assert len(rows_of(ask("/search.jsonl?q=street&source=port-of-ister"))) == 6


def test_a_table_has_the_same_rows(ask: Ask) -> None:
    answer = ask("/search.csv?q=street")
    assert answer.headers["content-disposition"] == 'attachment; filename="releases.csv"'
    read = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [int(row["id"]) for row in read] == [row["id"] for row in rows_of(ask("/search.jsonl?q=street"))]
    nothing = list(csv.reader(io.StringIO(ask("/search.csv?q=zeppelin").text)))
    assert nothing == [list(COLUMNS)]


def test_what_was_edited_out_is_found_too(ask: Ask) -> None:
    assert rows_of(ask('/search.jsonl?q="record budget"')) == []
    assert [row["id"] for row in rows_of(ask('/search.jsonl?q="record budget"&ever=1'))] == [article_id("budget")]


def test_a_slip_is_an_error_and_no_file(ask: Ask) -> None:
    for query, said in (
        ("source=nobody", "No release is of a source"),
        ("from=soon", "is not a day"),
        ("q=***", "has no word"),
    ):
        answer = ask(f"/search.csv?{query}")
        assert answer.status_code == 400
        assert said in answer.text
        as_json = ask(f"/search.jsonl?{query}")
        assert (as_json.status_code, said in as_json.json()["error"]) == (400, True)


def test_the_search_page_leads_to_them(ask: Ask) -> None:
    page = ask("/search?q=street&source=port-of-ister").text
    assert 'href="/search.csv?q=street&amp;source=port-of-ister"' in page
    assert 'href="/search.jsonl?q=street&amp;source=port-of-ister"' in page
    assert "search.csv" not in ask("/search?q=zeppelin").text
