"""What loads more: attributes, htmx, endpoints in scripts, admin-ajax; by the addresses that are asked for."""

from __future__ import annotations

import time

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.load_more import after, has_more_button, load_more_pages

HOST = "https://lake.example.org"


def loads(markup: str, shown: int = 10) -> list[str]:
    url = f"{HOST}/news"
    tree = parse_beginning(f"<body>{markup}</body>".encode())
    found = list(load_more_pages(tree, url, url, shown))
    assert all(document.way == "load more" and document.family.startswith("load more /") for document in found)
    return [document.url.removeprefix(HOST) for document in found]


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
        ("<script>fetch('/api/news?page=' + page).then(show)</script>", "/api/news?page=2"),
        ("<script>fetch(`/api/news?offset=${offset}&limit=${limit}`)</script>", "/api/news?offset=10&limit=10"),
        ("<script>const url = `/api/v1/press/${page}`;</script>", "/api/v1/press/2"),
        ("<script>$('#all').DataTable({'ajax': '/news/rows'})</script>", "/news/rows"),
        ("<script>$.getJSON('/press/list.json', {page: n})</script>", "/press/list.json?page=2"),
        ("<script>$.ajax({ url: './PRESS.json', type: 'get' })</script>", "/PRESS.json"),
        (
            '<script>var options = {"ajaxUrl":"\\/news\\/ajax\\/list"}; let page = {page: 1}</script>',
            "/news/ajax/list?page=2",
        ),
        (
            "<script>var ajaxurl='/wp-admin/admin-ajax.php'; post(ajaxurl, {action: 'load_press', page: 1})</script>",
            "/wp-admin/admin-ajax.php?action=load_press&page=2",
        ),
    ],
)
def test_the_address_of_the_next_part(markup: str, first: str) -> None:
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
        "<div data-url='https://other.example.net/api?page=2'></div>",
        "<script src='/app.js'></script><script>load('/static/app.js?page=2'); var a = '/about/';</script>",
        '<script type=\'application/ld+json\'>{"url": "/api/news?page=2"}</script>',
        "<div data-id='4' data-title='Lamps'></div>",
        "<div data-options='{broken'></div><div data-page='two'></div>",
    ],
)
def test_what_loads_nothing(markup: str) -> None:
    assert loads(markup) == []


def test_what_comes_after_an_answer() -> None:
    assert after(f"{HOST}/api?page=2", 10) == f"{HOST}/api?page=3"
    assert after(f"{HOST}/api?offset=10", 12) == f"{HOST}/api?offset=22"
    assert after(f"{HOST}/api?cursor=x", 12) == ""


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


def test_values_that_another_script_states_are_asked_with_an_action() -> None:
    stated = '{"ajaxurl": "/wp-admin/admin-ajax.php", "nonce": "5e1f", "total": "40"}'
    asked = "$.get(board.ajaxurl, {action: 'more_notices', offset: offset, nonce: board.nonce}, show)"
    scripts = f"<script>var board = {stated};</script><script>{asked}</script>"
    (first, *_) = loads(scripts, shown=8)
    assert "action=more_notices&nonce=5e1f" in first
    assert "offset=8" in first


@pytest.mark.parametrize("address", ["//[lake/api/news", "https://[lake/admin-ajax.php", "//lake.example]/news?page=2"])
def test_an_address_that_is_none_leads_nowhere(address: str) -> None:
    script = f'<script>const base = "{address}"; fetch("/api/news?page=2")</script>'
    assert loads(script) == ["/api/news?page=2"]


def test_htmx_sends_the_values_of_the_elements_around_too() -> None:
    button = "<button data-hx-get='/part' data-hx-vals='{\"page\": 2}'>More</button>"
    around = f'<div data-hx-get=\'/part\' data-hx-vals=\'{{"set": "a7", "page": 1}}\'><ul></ul>{button}</div>'
    assert loads(around) == ["/part?set=a7&page=1", "/part?set=a7&page=2"]
    tree = parse_beginning(button.replace("2", "3").encode())
    piece = "https://lake.example.org/part?set=a7&page=2"
    assert [one.url for one in load_more_pages(tree, piece, piece, 8)] == [piece.replace("2", "3")]


def test_a_script_of_thousands_of_endpoints_is_searched_once_for_the_name_of_its_counter() -> None:
    asked = "".join(f"fetch('/api/quays/{number}/list');" for number in range(5000))
    start = time.process_time()
    assert loads(f"<script>{asked + 'x ' * 60_000}</script>")
    assert time.process_time() - start < 4
