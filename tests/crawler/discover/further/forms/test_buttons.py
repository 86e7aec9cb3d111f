"""Buttons and calls of scripts with numbers of pages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import pytest

from archive.page.html import parse_beginning
from crawler.discover.further.forms.buttons import button_pages, called_pages

HOST = "https://lake.example.org"


def pages(markup: str, listing: str = "/n") -> list[tuple[str, str]]:
    url = HOST + listing
    tree = parse_beginning(f"<body>{markup}</body>".encode())
    found = chain(called_pages(tree, url, url), button_pages(tree, url, url))
    return [(document.url.removeprefix(HOST), document.way) for document in found]


def _numbered(values: Iterable[object], name: str = "von", hidden: str = "", attributes: str = "") -> str:
    buttons = (f"<button name='{name}' value='{value}'>{n}</button>" for n, value in enumerate(values, 1))
    return f"<form action='/n' {attributes}>{hidden}{''.join(buttons)}</form>"


def test_a_button_with_the_number_of_a_page_is_a_pager() -> None:
    button = "<form method='get' action='/n'>{}<button name='page' value='2'>Older</button></form>"
    assert pages(button.format("")) == [("/n?page=2", "")]
    assert pages(button.format("<input type='hidden' name='topic' value='4'>")) == []
    assert pages(button.format("<input name='q'>")) == []
    assert pages("<form><button name='vote' value='2'>Good</button></form>") == []
    newer = "<button name='page' value='0'>Previous</button>"
    assert pages(button.format(newer)) == [("/n?page=2", "")]
    assert pages(button.format(newer.replace("Previous", "Newer"))) == [("/n?page=2", "")]
    assert pages(button.format("<input type='hidden' name='lang' value='en'>")) == [("/n?lang=en&page=2", "")]
    assert pages(button.format("<input type='hidden' name='q' value=''>")) == [("/n?q=&page=2", "")]


def test_buttons_with_numbers_of_pages_that_send_how_many_items_lie_before_each_are_a_pager() -> None:
    assert pages(_numbered((0, 20, 40))) == [("/n?von=20", ""), ("/n?von=40", "")]
    assert pages(_numbered((1, 21, 41))) == [("/n?von=1", ""), ("/n?von=21", ""), ("/n?von=41", "")]
    amounts = "".join(f"<button name='amount' value='{n}00'>{n}</button>" for n in (5, 10, 20, 50))
    assert pages(f"<form action='/n'>{amounts}</form>") == []
    hidden = "<input type='hidden' name='kind' value='press'>"
    assert pages(_numbered((0, 12, 24), hidden=hidden)) == [("/n?kind=press&von=12", ""), ("/n?kind=press&von=24", "")]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(_numbered((1, 2, 3, 4, 5), "stars"), id="a rating"),
        pytest.param(_numbered((2, 4, 6, 8, 10), "stars"), id="a rating in halves"),
        pytest.param(_numbered((20, 40, 60, 80, 100), "score"), id="a rating of a hundred"),
        pytest.param(_numbered((100, 125, 150), "zoom"), id="a size"),
        pytest.param(_numbered((30, 60, 90), "days"), id="how far back"),
        pytest.param(_numbered((0, 20, 45)), id="uneven"),
        pytest.param(_numbered((0, 20)), id="two"),
        pytest.param(_numbered((0, "9" * 400, "18" * 250)), id="numbers of hundreds of figures"),
        pytest.param(_numbered((0, "9" * 5000, "1" * 5001)), id="more figures than a number may have"),
        pytest.param(_numbered(("a", "b", "c")), id="no numbers"),
        pytest.param(_numbered((0, 20, 40)).replace("'/n'", "'/basket'"), id="another page"),
        pytest.param(_numbered((0, 20, 40), attributes="method='post'"), id="by POST"),
        pytest.param(_numbered((0, 20, 40), hidden="<input name='q'>"), id="with what a person writes"),
        pytest.param(_numbered((0, 20, 40)).replace("von", "von2", 1), id="of several names"),
    ],
)
def test_other_buttons_with_numbers_are_no_pager(markup: str) -> None:
    assert pages(markup) == []


def test_numbers_that_a_script_is_called_with_go_into_the_field_that_counts() -> None:
    markup = (
        "<form action='/list.do'><input type='hidden' name='pageIndex' value='1'>"
        "<input type='hidden' name='bbs' value='4'></form>"
        "<a href='javascript:fn_list(2)'>2</a><a href='#' onclick='fn_list(3); return false'>3</a>"
    )
    followed = [("/list.do?pageIndex=2&bbs=4", ""), ("/list.do?pageIndex=3&bbs=4", "")]
    assert pages(markup) == followed
    assert pages(markup + "<a href=\"javascript:fn_view('5029');\">The lamps of Orlin quay</a>") == followed
    assert pages(markup.replace(">2<", ">Older<").replace(">3<", ">Oldest<")) == followed


def test_a_button_with_the_cursor_of_the_next_part_in_a_hidden_field_leads_there() -> None:
    hidden = "<input type='hidden' name='index' value=''><input type='hidden' name='{}' value='bGFrZQ'>"
    more = f"<form action='/n'>{hidden}<button>Plus de nouvelles</button></form>"
    assert pages(more.format("cursor")) == [("/n?index=&cursor=bGFrZQ", "cursor")]
    assert pages(more.format("cursor"), "/n?index=&cursor=AAA") == [("/n?index=&cursor=bGFrZQ", "cursor")]
    assert pages(more.format("colour")) == pages(more.replace("/n", "/basket").format("cursor")) == []
    assert pages(more.replace("<form", "<form method='post'").format("cursor")) == []
    assert pages(more.replace("<button>Plus", "<button>Previous").format("cursor")) == []
    assert pages(more.replace("<button>", "<input name='q'><button>").format("cursor")) == []
