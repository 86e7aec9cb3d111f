"""Lists that a page stores as markup for a script to show."""

from __future__ import annotations

import pytest

from crawler.discover.further.answers import read_further
from crawler.discover.further.stored import opened
from tests.support.limits import MEMORY, within_limits

PAGE = "https://ganghang.example.org/col/col31/index.html"


def record(n: int) -> str:
    link = f"<a title='t' href=\"/art/2026/3/{n}/art_31_{4400 + n}.html\">{title(n)}</a>"
    return f"<record><![CDATA[<li>{link}<span>2026-03-{n:02}</span></li>]]></record>"


def title(n: int) -> str:
    return f"瓦尔多拉港在旧码头启用第{n}个新泊位"


def store(numbers: range, following: str = "") -> str:
    named = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if following else ""
    return f"<datastore>\n{named}<recordset>{''.join(map(record, numbers))}</recordset></datastore>"


def page(held: str) -> bytes:
    menu = "<ul class='nav'><li><a href='/col/col1/'>首页</a></li><li><a href='/col/col2/'>机构职能</a></li></ul>"
    return f"<!DOCTYPE html><html><body>{menu}<div id='5'>{held}</div></body></html>".encode()


@pytest.mark.parametrize(
    "kind", ['type="text/xml"', "type='text/xml'", "type=text/xml", 'id="a" type="text/xml" x="1"']
)
def test_the_records_of_a_store_are_the_releases_and_its_next_group_leads_on(kind: str) -> None:
    body = page(f"<script {kind}>{store(range(1, 9), '/proxy.jsp?page=1&appid=1')}</script>")
    found = read_further(body, PAGE)
    assert [(link.title, link.published) for link in found.links] == [
        (title(n), f"2026-03-{n:02}") for n in range(1, 9)
    ]
    assert [(one.url, one.way) for one in found.ways] == [
        ("https://ganghang.example.org/proxy.jsp?page=1&appid=1", "load more")
    ]


@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="utf-8"?>\n'])
def test_an_answer_of_a_store_alone_is_read_in_the_same_way(head: str) -> None:
    found = read_further((head + store(range(9, 13), "/proxy.jsp?page=2")).encode(), PAGE, "text/xml")
    assert [link.title for link in found.links] == [title(n) for n in range(9, 13)]
    assert [one.url for one in found.ways] == ["https://ganghang.example.org/proxy.jsp?page=2"]


def test_markup_in_a_template_is_read() -> None:
    rows = "".join(
        f"<li><a href='/art/2026/3/{n}/art_31_{4400 + n}.html'>{title(n)}</a> 2026-03-{n:02}</li>" for n in range(1, 6)
    )
    found = read_further(page(f"<script type='text/html'><ul>{rows}</ul></script>"), PAGE)
    assert len(found.links) == 5


@pytest.mark.parametrize(
    "body",
    [
        b"<html><script>//<![CDATA[\nvar a = '<a href=\"/x\">x</a>';\n//]]></script><p>text/xml</p></html>",
        b"<html><script type='text/xml'><datastore></datastore></script></html>",
        b"<html><script type='text/html'><b>{{name}}</b></script></html>",
        b"<rss version='2.0'><item><description><![CDATA[<a href='/x'>x</a>]]></description></item></rss>",
        b"<html><script type='text/xml'><record><![CDATA[" + b"<a " * 50_000,
    ],
)
def test_what_stores_no_list_stays_as_it_is(body: bytes) -> None:
    assert opened(body) == body


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        (b"<html>", b"<script type='text/html'>a ", b""),
        (b"<html><script type='text/html'>", b"<a ", b"</script>"),
        (b"<html>", b"<script ", b"text/"),
        (b"<list>", b"<a><![CDATA[ b", b""),
        (b"<list>", b"<" + b"a" * 240, b"<![CDATA["),
    ],
)
def test_what_begins_often_and_never_ends_takes_no_long_time(start: bytes, piece: bytes, end: bytes) -> None:
    body = start + piece * (9_000_000 // len(piece)) + end
    assert within_limits(lambda given: opened(given) == given, lambda: body, seconds=8, memory=MEMORY)
