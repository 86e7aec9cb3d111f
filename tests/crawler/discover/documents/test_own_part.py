"""The list of one department on a site of many."""

from __future__ import annotations

import pytest

from crawler.discover.discover import read_home
from crawler.discover.documents.own_part import is_of_a_part

SITE = "https://www.valdora.example"
DEPARTMENT = f"{SITE}/bodies/board-of-lighthouses"
MENU = "<nav><a href='/find/latest'>News</a> <a href='/about'>About</a></nav>"


@pytest.mark.parametrize(
    "own",
    [
        "/find/latest?body=lighthouses",
        "/find/latest?by%5B%5D=board-of-lighthouses&view=list",
        "/press/BoardLighthouses/news",
        "/bodies/board-of-lighthouses/latest-news",
        "/news?unit=boardoflighthouses",
    ],
)
def test_the_list_of_a_department_comes_before_that_of_all(own: str) -> None:
    body = f"{MENU}<main><h1>Board of Lighthouses</h1><a href='{own}'>See all of our news and statements</a></main>"
    lists = [one.url for one in read_home(body.encode(), DEPARTMENT).documents if one.kind == "listing"]
    assert lists[:1] == [SITE + own]
    assert is_of_a_part(SITE + own, [f"{SITE}/find/latest", f"{SITE}/news"], DEPARTMENT)


def test_on_a_home_page_the_likelier_list_comes_first() -> None:
    body = f"{MENU}<main><a href='/find/latest?body=lighthouses'>All news of lighthouses</a></main>"
    for home in (f"{SITE}/", f"{SITE}/en/"):
        lists = [one.url for one in read_home(body.encode(), home).documents if one.kind == "listing"]
        assert lists[:1] == [f"{SITE}/find/latest"] or home.endswith("/en/")
    assert not is_of_a_part(f"{SITE}/en/news", [f"{SITE}/en/press"], f"{SITE}/en/")


@pytest.mark.parametrize("query", ["year=2025", "lang=fr", "category=boats", "id=12"])
def test_views_and_numbers_choose_no_department(query: str) -> None:
    assert not is_of_a_part(f"{SITE}/find/latest?{query}", [f"{SITE}/find/latest"], f"{SITE}/")


def test_lists_below_a_newsroom_are_no_part_of_another() -> None:
    assert not is_of_a_part(f"{SITE}/press/releases", [f"{SITE}/news"], f"{SITE}/press")


@pytest.mark.parametrize(
    ("said", "address", "is_list"),
    [
        ("See all of our news and statements", "/find/news-and-statements", True),
        ("News of the harbour for the summer season", "/n/news-of-the-harbour-for-summer", False),
        ("See all of our boats and lighthouses", "/find/news-and-statements", False),
        ("Subscribe to all of our news and statements", "/find/news-and-statements", False),
    ],
)
def test_a_long_call_to_news_leads_to_a_list_where_the_address_says_so(said: str, address: str, is_list: bool) -> None:
    lists = [one.url for one in read_home(f"<a href='{address}'>{said}</a>".encode(), SITE).documents]
    assert lists == ([SITE + address] if is_list else [])
