"""Pagers of buttons that have no address."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.scripts.buttons import buttons_of_pages

HERE = "https://lake.example.org/news"
CALLED = "<button wire:click=\"gotoPage({n}, 'newsPage')\">{n}</button>"


def pages(markup: str, url: str = HERE) -> list[str]:
    return [document.url for document in buttons_of_pages(parse_beginning(f"<body>{markup}".encode()), url)]


@pytest.mark.parametrize(
    ("markup", "query"),
    [
        (f"<nav aria-label='Pagination'><span>1</span>{CALLED.format(n=2)}{CALLED.format(n=3)}</nav>", "newsPage=2"),
        ("<ul class='el-pager'><li class='number active'>1</li><li class='number'>2</li></ul>", "page=2"),
        ("<div class='ui pagination menu'><a value='1'>1</a><a value='2'>2</a><a value='7'>7</a></div>", "page=2"),
        ("<div id='pager'><a href='#'>1</a><a href='javascript:go(2)'>2</a></div>", "page=2"),
    ],
)
def test_the_second_page_is_proposed(markup: str, query: str) -> None:
    assert pages(markup) == [f"{HERE}?{query}"]
    assert pages(markup, f"{HERE}?kind=press") == [f"{HERE}?kind=press&{query}"]


@pytest.mark.parametrize(
    "markup",
    [
        "<ul class='pager'><li><a href='?p=1'>1</a></li><li><a href='?p=2'>2</a></li></ul>",
        "<ul class='steps'><li>1</li><li>2</li><li>3</li></ul>",
        "<div class='pagination'><button>2</button></div>",
        "<div class='pagination'><button>1</button><button>Next</button></div>",
        "<table class='pagination'><tr><td>1</td><td>2</td></tr></table>",
    ],
)
def test_other_numbers_propose_nothing(markup: str) -> None:
    assert pages(markup) == []


def test_a_further_page_proposes_none() -> None:
    assert pages("<div class='pagination'><button>1</button><button>2</button></div>", f"{HERE}?page=2") == []
