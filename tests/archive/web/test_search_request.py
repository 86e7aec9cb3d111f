"""What a visitor asked for, read within bounds, and the words that matched."""

from __future__ import annotations

from datetime import date

import pytest

from archive.store.search_index.query import Asked
from archive.web.search_request import LIMIT, PAGE, Query, excerpts, mark_words, passage, read_query


def test_everything_that_can_be_asked_for() -> None:
    query = read_query(
        {"q": " ferry ", "source": "tamsk", "from": "2026-05-01", "to": " 20260503 ", "sort": "newest", "page": "3"}
    )
    assert query == Query("ferry", "tamsk", "2026-05-01", "2026-05-03", "newest", 3)
    assert query.asked == Asked("ferry", "tamsk", date(2026, 5, 1), date(2026, 5, 3))


def test_nothing_asked_for_is_no_mistake() -> None:
    assert read_query({}) == Query()
    assert not read_query({"q": "ferry"}).is_filtered
    assert all(
        read_query({name: "2026-05-01"}).is_filtered
        for name in ("source", "from", "to", "author", "place", "language", "edited")
    )


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
    runs = mark_words(title, "ferry")
    assert "".join(run.text for run in runs) == title
    assert [run.text for run in runs if run.mark == "added"] == ["ferry"]
    assert [run.mark for run in mark_words("Carts", "ferry")] == ["same"]


def test_a_period_that_ends_before_it_begins_is_turned_and_said() -> None:
    query = read_query({"from": "2026-03-09", "to": "2026-03-01"})
    assert (query.start, query.end) == ("2026-03-01", "2026-03-09")
    assert query.problems == ("The period ends before it begins: the two days were exchanged.",)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"q": "***"}, "“***” has no word to search for."),
        ({"q": 'the "night ferry'}, "A quotation mark has no partner: the words after it were taken as one phrase."),
        ({"status": "asleep"}, "“asleep” is no status; there are: live, missing, gone, moved, blocked."),
    ],
)
def test_what_nobody_can_mean_is_said(arguments: dict[str, str], problem: str) -> None:
    assert read_query(arguments).problems == (problem,)


def test_the_same_search_as_a_link_with_something_changed() -> None:
    query = read_query({"q": "ferry", "source": "tamsk", "ever": "1", "page": "3"})
    assert query.link() == "?q=ferry&source=tamsk&sort=best&ever=1"
    assert query.link(source="", from_="2026-01-01", page="2") == "?q=ferry&sort=best&ever=1&from=2026-01-01&page=2"


def test_excerpts_mark_title_and_passage() -> None:
    (found,) = excerpts([("A ferry", "Carts wait for the ferry.")], "ferry")
    assert [run.text for run in (*found.title, *found.passage) if run.mark == "added"] == ["ferry", "ferry"]
