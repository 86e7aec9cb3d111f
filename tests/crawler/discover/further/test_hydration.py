"""Releases and further pages in the data that a page carries for its scripts."""

from __future__ import annotations

import json

from archive.core.model import Link
from archive.page.html import parse_beginning
from crawler.discover.further.hydration import embedded, hydrated, of_shape
from crawler.discover.shape import learn

URL = "https://lake.example.org/news"
ALL = [
    {"slug": f"lamp-notice-{n}", "title": f"The lamps of Orlin, notice {n}", "date": "2026-03-04"} for n in range(30)
]
SHOWN = [Link(f"https://lake.example.org/news/2026/lamp-notice-{n}", f"Notice {n}") for n in range(10)]


def carried(script: str, shown: list[Link]) -> tuple[list[str], list[str]]:
    links, documents = hydrated(parse_beginning(f"<body>{script}</body>".encode()), URL, shown)
    return [link.url for link in links], [document.url for document in documents]


def next_script(held: object) -> str:
    return f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(held)}</script>"


def test_a_list_of_which_some_are_shown_gives_the_rest_by_their_slugs() -> None:
    links, _ = carried(next_script({"props": {"items": ALL}}), SHOWN)
    assert links == [f"https://lake.example.org/news/2026/lamp-notice-{n}" for n in range(30)]


def test_a_list_of_other_things_gives_nothing() -> None:
    menu = [{"slug": f"about-{n}", "title": f"About the lake, part {n}", "date": "2026-03-04"} for n in range(5)]
    assert carried(next_script({"menu": menu}), SHOWN) == ([], [])


def test_slugs_alone_make_no_address_where_more_than_they_differs() -> None:
    shown = [Link(f"https://lake.example.org/news/{40 - n}/lamp-notice-{n}", f"Notice {n}") for n in range(10)]
    assert carried(next_script({"items": ALL}), shown) == ([], [])


def test_where_nothing_is_shown_every_item_needs_address_title_and_day() -> None:
    whole = [{"url": f"/news/{n}", "title": f"The lamps of Orlin, {n}", "published": "2026-03-04"} for n in range(4)]
    assert len(carried(f"<script>window.__STATE__ = {json.dumps({'list': whole})};</script>", [])[0]) == 4
    undated = [{"url": f"/about/{n}", "title": f"About the lake, {n}"} for n in range(4)]
    assert carried(next_script(undated), []) == ([], [])


def test_data_that_does_not_name_what_it_holds_is_read_by_its_columns() -> None:
    rows = [{"d": "2026-03-04", "t": f"The lamps of Orlin, {n}", "l": f"/news/{n}"} for n in range(4)]
    script = f"<script>var notices = {json.dumps(rows)};</script>"
    assert carried(script, [])[0] == [f"https://lake.example.org/news/{n}" for n in range(4)]
    assert carried(script, SHOWN)[0] == []


def test_several_pages_are_asked_for_by_parameter_and_as_next_js_does() -> None:
    held = {"buildId": "b7", "props": {"pageProps": {"page": 1, "totalPages": 3, "items": ALL[:10]}}}
    _, documents = carried(next_script(held), SHOWN)
    assert documents == [f"{URL}?page=2", "https://lake.example.org/_next/data/b7/news.json?page=2"]
    held["props"]["pageProps"]["totalPages"] = 1  # type: ignore[index]
    assert carried(next_script(held), SHOWN)[1] == []


def test_data_that_names_the_next_page() -> None:
    assert carried(next_script({"paging": {"next": "/api/news?after=k9"}}), SHOWN)[1] == [
        "https://lake.example.org/api/news?after=k9"
    ]


def test_what_is_no_json_is_passed_over() -> None:
    scripts = "<script>window.a = function() {};</script><script>{broken</script>"
    scripts += "<script type='application/ld+json'>[1]</script>"
    assert list(embedded(parse_beginning(f"<body>{scripts}</body>".encode()))) == []


def test_the_ends_of_addresses_in_an_attribute_give_those_of_the_folder_that_the_page_is_in() -> None:
    shown = [f"https://lake.example.org/notices/2026/lamp-notice-of-the-quay-{n}/" for n in range(10)]
    shapes = learn([shown], "https://lake.example.org/notices/")

    def of_data(items: list[dict[str, object]], mark: bool = False) -> list[str]:
        held = {"items": [1, [[0, {k: [0, v] for k, v in one.items()}] for one in items]]} if mark else {"items": items}
        body = f"<body><lake-island props='{json.dumps(held)}'></lake-island></body>".encode()
        return [link.url for link in of_shape(parse_beginning(body), "https://lake.example.org/notices/all/", shapes)]

    items: list[dict[str, object]] = [
        {"kind": kind, "slug": f"2026/lamp-notice-of-the-quay-{n}", "titolo": f"Lamp notice {n}", "data": "2026-03-04"}
        for n in range(20)
        for kind in ("notices" if n % 2 else "stories",)
    ]
    lamps = [f"https://lake.example.org/notices/2026/lamp-notice-of-the-quay-{n}/" for n in range(1, 20, 2)]
    assert of_data(items) == of_data(items, mark=True) == lamps
    assert of_data([{**one, "slug": "x"} for one in items]) == []


def test_a_list_that_is_streamed_in_pieces_gives_the_rest_by_its_slugs() -> None:
    items = [{**one, "slug": {"_type": "slug", "current": one["slug"]}} for one in ALL]
    row = f"5:{json.dumps(['$', '$L1', None, {'items': items}])}\n"
    pieces = (row[:700], row[700:])
    links, _ = carried("".join(f"<script>self.__next_f.push([1,{json.dumps(one)}])</script>" for one in pieces), SHOWN)
    assert links == [f"https://lake.example.org/news/2026/lamp-notice-{n}" for n in range(30)]
