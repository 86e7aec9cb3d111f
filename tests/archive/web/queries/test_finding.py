"""A search: how many there are, how they are ordered, and within which bounds."""

from __future__ import annotations

from typing import Any

import pytest

from archive.text.fulltext import match_query
from archive.web.queries import finding
from archive.web.search import Query
from tests.archive.web.queries.support import Database, got


def test_a_search_says_how_many_there_are_and_how_they_are_ordered(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(words: str, **asked: Any) -> finding.Results:
        return got(finding.look_up(db, Query(words, **asked), match_query(words)))

    street = look("street")
    assert (street.total, street.more, street.ranked, street.too_broad) == (13, False, True, False)
    newest = look("street", sort="newest")
    assert (newest.ranked, newest.too_broad) == (False, False)
    days = [release.published_day for release in newest.releases]
    assert days == sorted(days, reverse=True)
    monkeypatch.setattr(finding, "PAGE", 5)
    assert [len(look("street", page=page).releases) for page in (1, 2, 3, 4)] == [5, 5, 3, 0]
    monkeypatch.setattr(finding, "LIMIT", 7)
    assert (look("street").total, look("street").more, len(look("street", page=2).releases)) == (7, True, 2)
    monkeypatch.setattr(finding, "RANKED", 12)
    broad = look("street")
    assert (broad.ranked, broad.too_broad) == (False, True)
