"""Links whose address only the script of a click states."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement

from archive.page.html import parse_beginning
from crawler.discover.scripts.clicks import address_of, clicked_address, row_address

HERE = "https://lake.example.org/news/"


def element(markup: str, tag: str) -> HtmlElement:
    return next(parse_beginning(f"<body><table>{markup}</table></body>".encode()).iter(tag))


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("location.href='/news/12'", "https://lake.example.org/news/12"),
        ('window.location = "?page=2";', "https://lake.example.org/news/?page=2"),
        ("goView('view.do?id=12')", "https://lake.example.org/news/view.do?id=12"),
        (
            r'RefreshPageTo(event, "\u002fnews\u002fall.aspx?Paged=TRUE\u0026p_ID=7"); return false;',
            "https://lake.example.org/news/all.aspx?Paged=TRUE&p_ID=7",
        ),
        (r"location.assign('\/news\x2f12')", "https://lake.example.org/news/12"),
        ("window.open('/news/12', 'reader', 'width=400')", "https://lake.example.org/news/12"),
        ("count('/seen/12'); location.href = '/news/12'", "https://lake.example.org/news/12"),
        ("fn_view('12', 'news')", ""),
        ("_paq.push(['lamp', '/seen/news/12']); openBox(12)", ""),
        ("trackPageview('/seen/news/12')", ""),
        ("viewCount('/seen/12.php')", ""),
        ("note.page='/seen/news/12'", ""),
        ("__doPostBack('ctl00$list','Page$2')", ""),
        ("window.open('/news/12/print')", ""),
        ("choose('/news/12', '/news/13')", ""),
        ("location.href='/news/12'" + " " * 2_000, ""),
    ],
)
def test_the_one_address_that_a_script_states(script: str, address: str) -> None:
    assert clicked_address(script, HERE) == address


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<a href='/news/12' onclick=\"count('/counter.php')\">", "https://lake.example.org/news/12"),
        ("<a href='#' onclick=\"location='/news/12'\">", "https://lake.example.org/news/12"),
        ("<a href=\"javascript:show('/news/12')\">", "https://lake.example.org/news/12"),
        ("<a onclick=\"location='/news/12'\">", "https://lake.example.org/news/12"),
        ("<a href='javascript:void(0)'>", ""),
        ("<a>", ""),
        ("<a href='#'>", "https://lake.example.org/news/"),
    ],
)
def test_the_address_of_a_link_goes_before_its_script(link: str, address: str) -> None:
    assert address_of(element(f"<tr><td>{link}The lamps</a></td></tr>", "a"), HERE) == address


def test_a_row_leads_where_its_script_or_its_data_says() -> None:
    assert row_address(element("<tr onclick=\"location.href='/news/12'\"><td>Lamps</td></tr>", "tr"), HERE).endswith(
        "/12"
    )
    assert row_address(element("<tr data-href='../news/12'><td>Lamps</td></tr>", "tr"), HERE).endswith("/news/12")
    assert row_address(element("<tr><td>Lamps</td></tr>", "tr"), HERE) == ""
