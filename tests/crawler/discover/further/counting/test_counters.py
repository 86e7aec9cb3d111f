"""Counters in addresses: what counts pages, what does not, and what comes next."""

from __future__ import annotations

import pytest

from crawler.discover.further.counting.counters import begins, counts, counts_items, first_page, following

HOST = "https://lake.example.org"


@pytest.mark.parametrize(
    ("address", "step", "then"),
    [
        ("/news?page=9", 1, "/news?page=10"),
        ("/news?page=2&kind=4", 1, "/news?page=3&kind=4"),
        ("/news/page/2/", 1, "/news/page/3/"),
        ("/a?x=1&offset=20", 20, "/a?x=1&offset=40"),
        ("/presse,2.html", 1, "/presse,3.html"),
        ("/news/(offset)/10", 10, "/news/(offset)/20"),
        ("/api/load?PAGEN_1=2", 1, "/api/load?PAGEN_1=3"),
        ("/timeline/1194/2.htm", 1, "/timeline/1194/3.htm"),
    ],
)
def test_the_address_that_follows(address: str, step: int, then: str) -> None:
    assert following(HOST + address, step) == HOST + then


def test_nothing_follows_where_nothing_counts() -> None:
    assert following(f"{HOST}/news/a-ferry-sails?lang=en") == ""


def test_parameters_that_count() -> None:
    assert counts("page", "2")
    assert counts("tx_news_pi1[@widget_0][currentPage]", "2")
    assert counts("страница", "3")
    assert not counts("page", "20260401")
    assert not counts("topic", "2")
    assert counts_items(f"{HOST}/a?offset=20")
    assert not counts_items(f"{HOST}/a?page=20")
    begun = [begins(f"{HOST}/a?{query}") for query in ("page=0", "page=1", "offset=0", "page=2", "offset=1", "topic=0")]
    assert begun == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/news?page=2", "/news"),
        ("/news?lang=en&page=14", "/news?lang=en"),
        ("/news/page/3/", "/news/"),
        ("/news/page/3", "/news"),
        ("/news?page=1", ""),
        ("/news/2026/03/", ""),
        ("/news?id=4", ""),
    ],
)
def test_the_first_page_of_a_list(address: str, first: str) -> None:
    assert first_page(f"{HOST}{address}") == (f"{HOST}{first}" if first else "")
