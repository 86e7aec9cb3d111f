"""Pagers that a script draws: the pages that its call states."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.scripts.drawn_pagers import drawn_pages

HERE = "https://lake.example.org/news/"


def drawn(script: str, base: str = HERE) -> list[str]:
    tree = parse_beginning(f"<body><ul></ul><script>{script}</script></body>".encode())
    return [document.url.removeprefix(HERE) for document in drawn_pages(tree, base, HERE)]


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(4, 0, "index", "html");', ["index_1.html", "index_2.html", "index_3.html"]),
        ("createPageHTML('pager', 3, 1, 'list', 'shtml', 57);", ["list.shtml", "list_2.shtml"]),
        ('show_pages( 2 , 0 , "./index" , ".htm" )', ["index_1.htm"]),
        ('createPageHTML(1, 0, "index", "html");', []),
        ('function createPageHTML(count, here, name, ending) { write(name + "_" + here + "." + ending); }', []),
        ('turn(9, 0, "index", "html")', []),
        ('createPageHTML(9, 0, "index", "exe")', []),
    ],
)
def test_the_call_states_the_pages(script: str, pages: list[str]) -> None:
    assert drawn(script) == pages


def test_pages_are_few_and_of_the_same_host() -> None:
    assert len(drawn('createPageHTML(9999, 0, "index", "html")')) == 199
    assert drawn('createPageHTML(9, 0, "index", "html")', "https://elsewhere.example/") == []
