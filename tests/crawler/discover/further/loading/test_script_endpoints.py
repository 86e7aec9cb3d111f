"""What scripts load: endpoints, and the actions of WordPress, as they are asked for."""

from __future__ import annotations

import time

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.loading.script_endpoints import asked_by_scripts

HOST = "https://lake.example.org"


def loads(markup: str, shown: int = 10) -> list[str]:
    url = f"{HOST}/news"
    found = list(asked_by_scripts(parse_beginning(f"<body>{markup}</body>".encode()), url, url, shown))
    return [address.removeprefix(HOST) for address in found]


@pytest.mark.parametrize(
    ("markup", "first"),
    [
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
def test_a_script_asks_for_the_next_part(markup: str, first: str) -> None:
    assert loads(markup)[0] == first


def test_structured_data_and_addresses_that_nothing_asks_load_nothing() -> None:
    assert loads('<script type=\'application/ld+json\'>{"url": "/api/news?page=2"}</script>') == []
    assert loads("<script>var a = '/about/';</script>") == []


def test_an_address_that_does_something_is_not_asked() -> None:
    ask = "<script>fetch('/news/{}?page=' + page)</script>"
    assert loads(ask.format("older.do"))[0] == "/news/older.do?page=2"
    assert loads(ask.format("delete.do")) == []
    assert loads(ask.format("likeNews")) == []


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


def test_a_script_of_thousands_of_endpoints_is_searched_once_for_the_name_of_its_counter() -> None:
    asked = "".join(f"fetch('/api/quays/{number}/list');" for number in range(5000))
    start = time.process_time()
    assert loads(f"<script>{asked + 'x ' * 60_000}</script>")
    assert time.process_time() - start < 4
