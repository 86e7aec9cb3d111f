"""From where a page loads more of its list, and whether it has a button for it."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.loading.load_more import has_more_button, load_more_pages

HOST = "https://lake.example.org"


def loads(markup: str) -> list[str]:
    url = f"{HOST}/news"
    found = list(load_more_pages(parse_beginning(f"<body>{markup}</body>".encode()), url, url, shown=10))
    assert all(document.way == "load more" and document.family.startswith("load more /") for document in found)
    return [document.url.removeprefix(HOST) for document in found]


def test_what_attributes_and_scripts_ask_for_is_proposed_once() -> None:
    button = "<button data-url='/news/load?page=2'>More</button>"
    assert loads(f"{button}<script>fetch('/news/load?page=2'); fetch('/api/news?page=' + n)</script>") == [
        "/news/load?page=2",
        "/api/news?page=2",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<div data-url='https://other.example.net/api?page=2'></div>",
        "<div data-url='/news'></div>",
        "<script src='/app.js'></script><script>load('/static/app.js?page=2'); var a = '/about/';</script>",
    ],
)
def test_other_sites_the_page_itself_and_its_parts_are_not_proposed(markup: str) -> None:
    assert loads(markup) == []


@pytest.mark.parametrize(
    ("markup", "is_there"),
    [
        ("<button>Load more</button>", True),
        ("<button class='btn js-load-more'>⌄</button>", True),
        ("<a href='#'>Показать ещё</a>", True),
        ("<a href='javascript:void(0)'>加载更多</a>", True),
        ("<a href='/news/lamps'>Load more</a>", False),
        ("<button>Search</button>", False),
    ],
)
def test_a_button_that_loads_more(markup: str, is_there: bool) -> None:
    tree = parse_beginning(f"<body>{markup}</body>".encode(), "text/html; charset=utf-8")
    assert has_more_button(tree) is is_there
