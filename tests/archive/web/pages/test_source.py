"""The page of a source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.archive.web.test_site import text_of

Ask = Callable[..., Any]


def test_a_source_that_was_imported_waits_for_no_crawl(ask: Ask, change: Any) -> None:
    change("update sources set last_crawl = null, last_ok = null where name = 'port-of-ister'")
    page = text_of(ask("/source/port-of-ister").text)
    assert "8 releases · imported, never crawled" in page
    assert "no crawl finished yet" not in text_of(ask("/").text)
