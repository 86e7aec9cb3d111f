"""The page of a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.archive.web.test_site import text_of
from tests.support.sample import article_id

Ask = Callable[..., Any]


def test_results_show_the_day_they_are_listed_under(ask: Ask, change: Any) -> None:
    change("update articles set published_day = null, published_at = null where id = ?", article_id("ferry"))
    page = text_of(ask("/search?q=ferry").text)
    assert "no date on the page; first seen 11 March 2026" in page
