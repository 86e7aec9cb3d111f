"""Items and next pages in the JSON of many interfaces."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.discover.further.json_items import counted_page, is_published, item_of, next_pages, title_of, values_of

URL = "https://lake.example.org/api/news?page=1"


@pytest.mark.parametrize(
    ("one", "address", "title", "day"),
    [
        (
            {"id": 7, "date": "2026-03-04T09:00:00", "link": "https://lake.example.org/2026/03/lamps/",
             "title": {"rendered": "Lamps &amp; quays of Orlin"}},
            "/2026/03/lamps/", "Lamps & quays of Orlin", "2026-03-04",
        ),
        (
            {"Headline": "Lamps of Orlin", "LinkToDetailPage": "/press/detail/4/Lamps", "Day": 4},
            "/press/detail/4/Lamps", "Lamps of Orlin", "",
        ),
        (
            {"title": "Lamps of Orlin", "path": {"alias": "/news/lamps"}, "created": "2026-03-04"},
            "/news/lamps", "Lamps of Orlin", "2026-03-04",
        ),
        (
            {"Otsikko": "Orlinin uudet lamput", "linkki": "x", "url": "/uutiset/lamput", "pvm": "2026-03-04"},
            "/uutiset/lamput", "Orlinin uudet lamput", "2026-03-04",
        ),
        (
            {"name": "<b>Lamps</b> of Orlin", "imageUrl": "https://lake.example.org/l.png", "webUrl": "/news/lamps",
             "self": "https://lake.example.org/api/news/7"},
            "/news/lamps", "Lamps of Orlin", "",
        ),
    ],
)  # fmt: skip
def test_an_item_whatever_its_names(one: dict[str, Any], address: str, title: str, day: str) -> None:
    link = item_of(one, URL)
    assert link is not None
    assert (link.url, link.title) == (f"https://lake.example.org{address}", title)
    assert link.published.startswith(day)
    assert link.via == URL
    assert (title_of(one), is_published(one)) == (link.title, link.published)


@pytest.mark.parametrize(
    "one",
    [
        {"title": "Lamps of Orlin"},
        {"url": "/news/lamps"},
        {"title": "Home of the lake", "url": "/"},
        {"title": "Lamps of Orlin", "image": "/lamp.jpg", "thumbnailUrl": "https://lake.example.org/t.jpg"},
        {"title": "Lamps of Orlin", "slug": "lamps"},
    ],
)
def test_what_is_no_item(one: dict[str, Any]) -> None:
    assert item_of(one, URL) is None


@pytest.mark.parametrize(
    ("one", "following"),
    [
        ({"next": "https://lake.example.org/api/news?page=2"}, "/api/news?page=2"),
        ({"links": 1, "next": {"href": "/jsonapi/node?page%5Boffset%5D=50"}}, "/jsonapi/node?page%5Boffset%5D=50"),
        ({"@odata.nextLink": "/api/news?$skip=20"}, "/api/news?$skip=20"),
        ({"next_page_url": "/api/news?page=2"}, "/api/news?page=2"),
        ({"nextCursor": "bGFrZQ=="}, "/api/news?page=1&cursor=bGFrZQ=="),
        ({"next_page": 2}, "/api/news?page=2"),
        ({"endCursor": "x1", "hasNextPage": True}, "/api/news?page=1&cursor=x1"),
        ({"nextOffset": 20}, "/api/news?page=1&offset=20"),
    ],
)
def test_the_next_page_whatever_its_name(one: dict[str, Any], following: str) -> None:
    assert [document.url for document in next_pages(one, URL)] == [f"https://lake.example.org{following}"]


def test_no_next_page_where_none_is_named_or_it_lies_elsewhere() -> None:
    others = (
        {"next": None},
        {"next": ""},
        {"next": "https://other.example.net/?page=2"},
        {"previous": "/api/news?page=0"},
    )
    assert [list(next_pages(one, URL)) for one in others] == [[], [], [], []]


def test_values_come_in_order_and_without_recursion() -> None:
    assert [value for _, value in values_of({"a": [1, {"b": 2}]}) if isinstance(value, int)] == [1, 2]
    deep: list[Any] = []
    for _ in range(50_000):
        deep = [deep]
    assert sum(1 for _ in values_of(deep)) == 50_001


def test_a_title_goes_before_a_label() -> None:
    assert title_of({"label": "Notices of the harbour", "title": "Lamps of Orlin"}) == "Lamps of Orlin"


@pytest.mark.parametrize(
    ("one", "following"),
    [
        ({"page": 1, "totalPages": 3}, "?page=2"),
        ({"current_page": 2, "last_page": 3}, "?page=3"),
        ({"offset": 0, "limit": 9, "total": 94}, "?offset=9"),
        ({"skip": 20, "size": 20, "hasMore": True}, "?skip=40"),
        ({"page": 3, "totalPages": 3}, ""),
        ({"offset": 90, "limit": 9, "total": 94, "hasMore": False}, ""),
        ({"current_page": 1, "last_page": 3, "next_page_url": None}, ""),
    ],
)
def test_where_only_the_place_of_an_answer_is_said_the_next_one_is_counted(one: dict[str, Any], following: str) -> None:
    asked = "https://lake.example.org/api/news"
    found = [document.url for document in (*next_pages(one, asked), *counted_page(one, asked))]
    assert found == ([f"{asked}{following}"] if following else [])


def test_the_link_to_a_page_of_the_answer_is_no_release() -> None:
    assert (
        item_of({"url": "/api/news?page=2", "label": "Next page of news"}, "https://lake.example.org/api/news") is None
    )
