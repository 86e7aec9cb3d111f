"""Endpoints that a page's data names, asked for what comes after its first items."""

from __future__ import annotations

import json

from crawler.discover.further.answers import read_further

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
