"""Endpoints that a page's data names, asked for what comes after its first items."""

from __future__ import annotations

import json

from crawler.discover.further.answers import filled_from, read_further, with_shaped
from crawler.discover.shape import learn

URL = "https://lake.example.org/news"


def test_an_island_is_asked_on_at_its_endpoint_by_the_cursor_of_its_first_items() -> None:
    items = [{"title": f"The lamps of Orlin, {n}", "url": f"/news/lamps-{n}", "date": "2026-03-04"} for n in range(4)]
    props = {
        "endpoint": "/api/items",
        "cursorParam": "after",
        "params": {"limit": 4},
        "first": {"items": items, "next_cursor": "k7"},
    }
    markup = f"<main><h1>News</h1><div data-props='{json.dumps(props)}'></div></main>"
    found = read_further(markup.encode(), URL)
    assert len(found.links) == 4
    assert "https://lake.example.org/api/items?limit=4&after=k7" in [way.url for way in found.ways]


def test_an_endpoint_with_its_parameters_is_asked_where_the_page_holds_no_items_yet() -> None:
    settings = {"api": "https://find.lake.example.org/v2/news", "params": {"kind": "Release", "rows": 20, "at": 0}}
    page = f"<main><h1>News</h1><div id=list></div><script>window.list = {json.dumps(settings)};</script></main>"
    asked = "https://find.lake.example.org/v2/news?kind=Release&rows=20&at=0"
    assert asked in [way.url for way in filled_from(read_further(page.encode(), URL))]
    items = {f"D{n}": {"url": f"/news/lamps-{n}", "title": {"cdata!": f"The lamps of Orlin, {n}"}} for n in range(20)}
    for at, total, further in ((0, 43, ["20"]), (20, 43, ["40"]), (40, 43, []), (0, 20, [])):
        answer = {"rows": 20, "at": at, "page": at // 20 + 1, "total": str(total), "documents": items}
        found = read_further(json.dumps(answer).encode(), asked.replace("at=0", f"at={at}"))
        assert [link.title for link in found.links[:2]] == ["The lamps of Orlin, 0", "The lamps of Orlin, 1"]
        assert [one.url.rpartition("=")[2] for one in (*found.documents, *found.ways)] == further


def test_data_that_the_head_has_fetched_is_asked_for_and_names_releases_by_a_part_of_their_addresses() -> None:
    data = '<link rel="preload" as="fetch" href="/page-data/news/page-data.json" crossorigin="anonymous">'
    others = (
        '<link rel="preload" as="font" href="/f.woff2"><link rel="preload" as="fetch" href="https://x.test/n.json">'
    )
    shown = "".join(f'<li><a href="/news/lamps-{n}/">The lamps of Orlin, {n}</a> 4 March 2026</li>' for n in range(4))
    page = f"<head>{data}{others}</head><body><ul>{shown}</ul><button>Load more</button></body>"
    found = read_further(page.encode(), URL)
    asked = "https://lake.example.org/page-data/news/page-data.json"
    assert ([way.url for way in found.ways], found.browser) == ([asked], "")
    nodes = [{"slug": f"lamps-{n}", "title": f"The lamps of Orlin, {n}", "date": "2026-03-04"} for n in range(9)]
    body = json.dumps({"result": {"data": {"all": {"nodes": nodes}}}}).encode()
    shapes = learn([[link.url for link in found.links]], URL)
    more = with_shaped(read_further(body, asked), body, asked, shapes)
    assert [link.url for link in more.links] == [f"https://lake.example.org/news/lamps-{n}/" for n in range(9)]


def test_data_in_the_form_of_devalue_is_read() -> None:
    item = {"url": 3, "title": 4, "date": 5}
    rows = [{"items": 1}, [2], item, "/news/lamps-7", "The lamps of Orlin, 7", "2026-03-04"]
    found = read_further(json.dumps(rows).encode(), "https://lake.example.org/news/_payload.json")
    assert [link.url for link in found.links] == ["https://lake.example.org/news/lamps-7"]
