"""A search: how many there are, how they are ordered, and within which bounds."""

from __future__ import annotations

from typing import Any

import pytest

from archive.text.fulltext import match_query
from archive.web.queries import search, walks
from archive.web.search_request import Query
from tests.archive.web.queries.support import Database, got
from tests.support.sample import article_id


def test_a_search_says_how_many_there_are_and_how_they_are_ordered(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(words: str, length: int = 20, **asked: Any) -> search.Results:
        return got(search.look_up(db, Query(words, **asked), match_query(words), length))

    street = look("street")
    assert (street.total, street.more, street.ranked, street.too_broad) == (13, False, True, False)
    newest = look("street", sort="newest")
    assert (newest.ranked, newest.too_broad) == (False, False)
    days = [release.published_day for release in newest.releases]
    assert days == sorted(days, reverse=True)
    assert [len(look("street", 5, page=page).releases) for page in (1, 2, 3, 4)] == [5, 5, 3, 0]
    monkeypatch.setattr(search, "LIMIT", 7)
    assert (look("street").total, look("street").more, len(look("street", 5, page=2).releases)) == (7, True, 2)
    monkeypatch.setattr(walks, "RANKED", 12)
    broad = look("street")
    assert (broad.ranked, broad.too_broad) == (False, True)


def test_facets_count_what_was_found_and_months_are_told(db: Database) -> None:
    counted = got(search.facets(db, Query("street").asked))
    assert counted.values["source"] == [("valdora-council", 7), ("port-of-ister", 6)]
    assert counted.values["status"] == [("live", 13)]
    assert (counted.months, counted.counted, counted.complete) == ({"2026-03": 13}, 13, True)
    budget = got(search.facets(db, Query("budget").asked))
    assert budget.values["author"] == [("Tomas Reuel", 1)]
    assert budget.values["place"] == [("VALDORA CITY", 1)]
    everything = got(search.facets(db, Query().asked))
    assert sum(count for _, count in everything.values["source"]) == 18
    assert got(search.facets(db, Query("***").asked)) == search.Facets()


def test_a_place_in_capitals_and_in_small_letters_is_counted_once(db: Database) -> None:
    before = dict(got(search.facets(db, Query().asked)).values["place"])
    other = next(name for name in before if name != "VALDORA CITY")
    db.connection.execute("update search_names set name = 'Valdora City' where name = ?", (other,))
    after = dict(got(search.facets(db, Query().asked)).values["place"])
    spelled = [name for name in after if name.casefold() == "valdora city"]
    assert len(spelled) == 1
    assert after[spelled[0]] == before["VALDORA CITY"] + before[other]


def test_words_that_were_edited_out_are_found_and_marked(db: Database) -> None:
    nothing = got(search.look_up(db, Query("record"), match_query("record"), 20))
    assert nothing.total == 0
    ever = got(search.look_up(db, Query("record", ever=True), match_query("record"), 20))
    assert [release.id for release in ever.releases] == [*ever.edited_out] == [article_id("budget")]
    earlier = got(search.said_before(db, [article_id("budget")], "412"))
    assert "budget of 412 million crowns" in earlier[article_id("budget")]
    both = got(search.look_up(db, Query("budget", ever=True), match_query("budget"), 20))
    assert (len(both.releases), both.edited_out) == (1, frozenset())
