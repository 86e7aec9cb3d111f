"""What a visitor asked for, read within bounds, and the words that matched."""

from __future__ import annotations

from datetime import date

import pytest

from archive.store.search import Selection
from archive.web.search import LIMIT, PAGE, Query, marked, passage, read_query


def test_everything_that_can_be_asked_for() -> None:
    query = read_query(
        {"q": " ferry ", "source": "tamsk", "from": "2026-05-01", "to": " 20260503 ", "sort": "newest", "page": "3"}
    )
    assert query == Query("ferry", "tamsk", "2026-05-01", "2026-05-03", "newest", 3)
    assert query.selection == Selection(None, "tamsk", date(2026, 5, 1), date(2026, 5, 3), "ferry")


def test_nothing_asked_for_is_no_mistake() -> None:
    assert read_query({}) == Query()
    assert not read_query({"q": "ferry"}).filtered
    assert all(read_query({name: "2026-05-01"}).filtered for name in ("source", "from", "to"))


@pytest.mark.parametrize(
    ("page", "read"),
    [("0", 1), ("-1", 1), ("two", 1), ("²", 1), ("", 1), ("7", 7), ("999", LIMIT // PAGE), ("9" * 30, 1)],
)
def test_a_page_lies_within_what_can_be_paged_to(page: str, read: int) -> None:
    assert read_query({"page": page}).page == read


def test_a_day_that_is_none_is_named_and_left_out() -> None:
    query = read_query({"from": "2026-02-30", "to": "2026-03-01"})
    assert (query.start, query.end) == ("", "2026-03-01")
    assert query.problems == ("“2026-02-30” is not a day; write it as 2026-03-11.",)


def test_words_without_end_and_orders_that_are_none_do_no_harm() -> None:
    query = read_query({"q": "x" * 1_000, "sort": "upside-down"})
    assert (len(query.words), query.sort) == (400, "best")


def test_the_words_that_match_are_marked_where_they_stand() -> None:
    text = "Carts wait. " * 60 + "The ferry of Tamsk sails at nine. " + "Carts wait. " * 60
    runs = passage(text, "ferry sails")
    assert [run.text for run in runs if run.mark == "added"] == ["ferry", "sails"]
    assert sum(len(run.text) for run in runs) < 400
    assert all(run.text for run in runs)


def test_a_title_is_shown_whole() -> None:
    title = "Carts wait at the quay of Tamsk " * 20 + "for the ferry"
    runs = marked(title, "ferry")
    assert "".join(run.text for run in runs) == title
    assert [run.text for run in runs if run.mark == "added"] == ["ferry"]
    assert [run.mark for run in marked("Carts", "ferry")] == ["same"]
