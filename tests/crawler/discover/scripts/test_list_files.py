"""Lists in script files of their own: which files may hold one, and what stands in them."""

from __future__ import annotations

import pytest

from archive.core.urls import key
from archive.page.html import parse_beginning
from crawler.discover.further.answers import NO_LIST, read_further
from crawler.discover.scripts.list_files import items_of_script, keys_of_fillers, script_files

HOST = "https://lake.example.org"
KIND = "application/javascript; charset=utf-8"
LOCKS = [(f"2025.03.0{n}", f'Lock "{n}" is mended at the old quay', f"/n/lock{n}.htm") for n in range(1, 6)]


def _objects(day: str, title: str, at: str) -> str:
    said = title.replace('"', '\\"')
    return f"item[{at[-5]}] = {{d_day:'{day}', d_head: \"{said}\", d_at:'{at}', d_no: 7}};"


def _calls(day: str, title: str, at: str) -> str:
    return f"add('{day}', '{title}', '{at}');"


def _json(day: str, title: str, at: str) -> str:
    said = title.replace('"', '\\"')
    return f'{{"date": "{day.replace(".", "-")}", "title": "{said}", "url": "{at}"}}'


@pytest.mark.parametrize(
    "script",
    [
        "var item = new Array();\n" + "\n".join(_objects(*lock) for lock in LOCKS),
        "function add(a, b, c) {}\n" + "\n".join(_calls(*lock) for lock in LOCKS),
        f"var all = [{', '.join(_json(*lock) for lock in LOCKS)}];",
        f"show([{', '.join(_json(*lock) for lock in LOCKS)}])",
    ],
)
def test_releases_in_the_values_of_a_script(script: str) -> None:
    found = read_further(script.encode(), f"{HOST}/lists/press_2025.js", KIND)
    assert [link.url for link in found.links] == [f"{HOST}{at}" for _, _, at in LOCKS]
    assert [link.title for link in found.links] == [title for _, title, _ in LOCKS]
    assert {link.published[:8] for link in found.links} == {"2025-03-"}


@pytest.mark.parametrize(
    "script", ["", "var a = {};", "menu({a: 'b', c: 'd'});", "f(" * 5000, "{'" * 5000, "x = [" * 3000]
)
def test_a_script_without_a_list_says_so_and_ends(script: str) -> None:
    assert items_of_script(script) is None
    assert read_further(script.encode(), f"{HOST}/lists/x.js", KIND).problem == NO_LIST


def test_only_files_of_the_host_that_are_named_as_a_list_are_asked_for() -> None:
    others = ("/js/jquery.min.js", "https://other.example/news.js", "/js/site.data.js", "/js/quay.js")
    page = "".join(f"<script src='{name}'></script>" for name in (*others, "/lists/press_2025_e.js"))
    found = list(script_files(parse_beginning(f"<body>{page}</body>".encode()), HOST, f"{HOST}/n/"))
    assert [(each.url, each.way) for each in found] == [(f"{HOST}/lists/press_2025_e.js", "json")]
    ways = read_further(
        f"<body><h1>Press</h1><div id='list'></div>{page}</body>".encode(), f"{HOST}/n/", "text/html"
    ).ways
    assert [each.url for each in ways if each.way == "json"] == [f"{HOST}/lists/press_2025_e.js"]


@pytest.mark.parametrize(
    ("body", "is_filled"),
    [
        ("<ul id='all'></ul><script>fill('#all', '/rows.json')</script>", True),
        ("<table data-url='rows.json'></table>", True),
        ("<ul id='all'><li><a href='/1'>Lamps</a></li></ul><script>fill('#all', '/rows.json')</script>", False),
        ("<ul id='all'></ul><script>ask('/rows.json')</script>", False),
        ("<ul id='all'></ul><script>fill('#all', '/lamps.json')</script>", False),
    ],
)
def test_data_with_which_a_script_fills_an_empty_list(body: str, is_filled: bool) -> None:
    rows = "https://lake.example.org/rows.json"
    tree = parse_beginning(f"<body>{body}</body>".encode())
    assert list(keys_of_fillers(tree, "https://lake.example.org/", [rows])) == ([key(rows)] if is_filled else [])
