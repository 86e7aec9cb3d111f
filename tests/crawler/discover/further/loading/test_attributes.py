"""What attributes load: the addresses that are asked for."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.loading.attributes import asked_by_attributes

HOST = "https://lake.example.org"


def loads(markup: str, shown: int = 10) -> list[str]:
    url = f"{HOST}/news"
    found = list(asked_by_attributes(parse_beginning(f"<body>{markup}</body>".encode()), url, shown))
    return [address.removeprefix(HOST) for address in found]


@pytest.mark.parametrize(
    ("markup", "first"),
    [
        ("<button data-url='/news/load?page=2'>More</button>", "/news/load?page=2"),
        ("<button data-url='/news/load' data-page='1'>More</button>", "/news/load?page=2"),
        ("<button data-endpoint='/api/press' data-offset='10'>More</button>", "/api/press?offset=10"),
        ("<button data-url='/api/n' data-page='2' data-last-page='9'>More</button>", "/api/n?page=2"),
        ("<button data-url='/api/n' data-current-page='2' data-max-page='9'>More</button>", "/api/n?page=3"),
        ("<div data-x-endpoint='/n.json' data-x-offset='9' data-x-limit='9'></div>", "/n.json?offset=9&limit=9"),
        ("<button data-next-page='2' data-ajax-url='/x/list'>More</button>", "/x/list?page=2"),
        ("<div data-total='64' data-nextoffset='20' data-isdone='false'></div>", "/news?offset=20"),
        ("<div data-nextpage='3' data-totalpages='7'></div>", "/news?page=3"),
        ('<div data-infinite-scroll=\'{"path": "/news?page={{#}}"}\'></div>', "/news?page=2"),
        ("<div data-load-more-url='/news?o=10'></div>", "/news?o=10"),
        ("<button hx-get='/news/part?page=2' hx-trigger='revealed'>x</button>", "/news/part?page=2"),
        ("<button data-hx-get='/news/part' hx-vals='{\"page\": 2}'>x</button>", "/news/part?page=2"),
        ("<turbo-frame src='/news?page=2' loading='lazy'></turbo-frame>", "/news?page=2"),
        ('<div data-props=\'{"list": {"nextPageUrl": "/api/n?cursor=abc"}}\'></div>', "/api/n?cursor=abc"),
        ("<button data-page='1' class='more'>Mehr laden</button>", "/news?page=2"),
        ("<ul data-api='/api/n' data-cursor='k7'></ul>", "/api/n?cursor=k7"),
    ],
)
def test_an_attribute_names_where_the_next_part_is(markup: str, first: str) -> None:
    assert loads(markup)[0] == first


@pytest.mark.parametrize("between", [",", " , ", ";", " ", "|"])
def test_several_addresses_in_one_attribute(between: str) -> None:
    parts = ["/news/2026/part.html", "/news/2025/part.html"]
    assert loads(f"<div data-snippets='{between.join(parts)}'></div>") == parts
    assert loads("<div data-snippets='/news/part.html, see there'></div>") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<a data-share-url='/share?u=1' href='/a'>x</a><div data-image-src='/lamp.jpg' data-bg='/b.png'></div>",
        "<div data-id='4' data-title='Lamps'></div>",
        "<div data-options='{broken'></div><div data-page='two'></div>",
    ],
)
def test_other_attributes_load_nothing(markup: str) -> None:
    assert loads(markup) == []


def test_htmx_sends_the_values_of_the_elements_around_too() -> None:
    button = "<button data-hx-get='/part' data-hx-vals='{\"page\": 2}'>More</button>"
    around = f'<div data-hx-get=\'/part\' data-hx-vals=\'{{"set": "a7", "page": 1}}\'><ul></ul>{button}</div>'
    assert loads(around) == ["/part?set=a7&page=1", "/part?set=a7&page=2"]
    tree = parse_beginning(button.replace("2", "3").encode())
    piece = "https://lake.example.org/part?set=a7&page=2"
    assert list(asked_by_attributes(tree, piece, 8)) == [piece.replace("2", "3")]
