"""Addresses that scripts put together of texts, names and values of the page, as they are asked for the next part."""

from __future__ import annotations

from itertools import pairwise

import pytest

from archive.page.html import parse_beginning
from crawler.discover.scripts.built_addresses import Scripts

PAGE = """<body><input type=hidden id=zone value=1973><input type=hidden name=lot id=PageNo value=1>
<div class="pager" data-current-page="3" data-kind="press">x</div></body>"""


def built_addresses(*scripts: str, shown: int = 12) -> list[str]:
    return list(Scripts(parse_beginning(PAGE.encode()), scripts, shown).addresses())


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("$.get('/list/' + $('#zone').val() + '/' + page + '.htm', show)", "/list/1973/2.htm"),
        ("var page = parseInt($('#PageNo').val()) + 1; $.get('/l/' + page + '.htm')", "/l/2.htm"),
        ("var page = parseInt($('#PageNo').val(), 10); $.get('/l/' + (page + 1) + '.htm')", "/l/2.htm"),
        ("let p = Number(document.getElementById('PageNo').value); fetch(`/l/${p + 1}.json`)", "/l/2.json"),
        ("fetch(`/l/${document.querySelector('.pager').dataset.kind}?page=${page}`)", "/l/press?page=2"),
        ("fetch('/l?at=' + (parseInt($('.pager').data('current-page')) + 1))", "/l?at=4"),
        ("var current = 0; var nextPage = current + 1; w('<a href=' + q); u = \"index_\" + nextPage + \".html\"",
         "index_1.html"),
        ("const base = '/api/v2'; const size = 20; get(`${base}/items?limit=${size}&offset=${offset}`)",
         "/api/v2/items?limit=20&offset=12"),
        ("var page = 0; function more() { page++; $.get('/more/' + page) }", "/more/1"),
        ("var page = 2; $.get('/more/' + page + '/', function () { page++ })", "/more/2/"),
        ("cfg = {lang: 'de', url: '/x'}; fetch(cfg.url + '?l=' + cfg.lang + '&page=' + n)", "/x?l=de&page=2"),
        ("$.getJSON('/press.json', {page: page, zone: $('#zone').val(), n: 10})", "/press.json?page=2&zone=1973&n=10"),
        ("$.ajax({url: '/ajax/list', type: 'GET', data: {topic: 'press', pageIndex: idx}})",
         "/ajax/list?topic=press&pageIndex=2"),
        ("axios.get('/api/list', {params: {offset: this.items.length, limit: 12}})", "/api/list?offset=12&limit=12"),
        ("fetch('/api/list?' + new URLSearchParams({page, lang: 'sv'}))", "/api/list?page=2&lang=sv"),
        ('function turn(n) { window.location.href = "notices.php?p=" + n; }', "notices.php?p=2"),
    ],
)  # fmt: skip
def test_what_the_page_states_is_put_into_the_address(script: str, address: str) -> None:
    assert built_addresses(script)[:1] == [address]


@pytest.mark.parametrize(
    "script",
    [
        "$.get('/list/' + unheardOf() + '/' + page)",
        "$.get('/list/' + somethingElse + '/' + page)",
        "img.src = '/pictures/' + name + '.png'",
        "location = '/search?q=' + document.getElementById('missing').value",
        "var a = a + b; var b = b + a; $.get('/x/' + a + page)",
        "$.get('/list/' + (page",
        'ask("Really leave this page? It is not saved. page.php?" + page)',
        "`/x/${`",
    ],
)
def test_what_cannot_be_read_gives_no_address(script: str) -> None:
    assert built_addresses(script) == []


def test_names_that_another_script_states_are_read() -> None:
    assert built_addresses("fetch('/l/' + zoneId + '?page=' + page)", "window.zoneId = 88;") == ["/l/88?page=2"]


def test_long_scripts_take_time_in_proportion_to_their_length() -> None:
    many = "x('/a/' + b + '/' + page);" * 20_000
    assert built_addresses(many) == []
    letters = "abcdefghijklmnop"
    doubled = "".join(f"var v{one} = {' + '.join([f'v{two}'] * 12)};" for one, two in pairwise(letters))
    assert built_addresses(doubled + "var vp = 'x'; $.get('/l/' + va + page)") == []
    assert built_addresses("(" * 50_000, "'/a/' + " + "(" * 5_000) == []
