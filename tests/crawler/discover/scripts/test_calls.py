"""Links that call a function of the page which leads to an address."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.anchors import read_page
from crawler.discover.scripts.calls import Calls

HERE = "https://lake.example.org/news/list.do"


def led(script: str, call: str) -> str:
    tree = parse_beginning(f"<body><p>Lamps</p><script>{script}</script></body>".encode())
    return Calls(tree).address(call, HERE).removeprefix("https://lake.example.org")


@pytest.mark.parametrize(
    ("body", "call", "address"),
    [
        (
            "function fn_view(seq) { location.href = '/news/view.do?seq=' + seq; }",
            "fn_view('12')",
            "/news/view.do?seq=12",
        ),
        (
            "function view(a, b){window.location.href='view.do?a='+a+'&b='+b}",
            "view('7', 3); return false",
            "/news/view.do?a=7&b=3",
        ),
        ("function show(id){ window.open('/n/' + id + '.html', 'reader'); }", 'javascript:show("k-4")', "/n/k-4.html"),
        ("function go(id){ location.assign(`/n/${id}/`); }", "go(5)", "/n/5/"),
        ("function go(id){ count(id); location.href = '/n/' + id; }", "go('a b/c')", "/n/a%20b/c"),
        ("function go(q){ location.href = 'view.do?' + q; }", "go('no=7&kind=n')", "/news/view.do?no=7&kind=n"),
        ("function go(slug){ location.href = '/n/' + slug; }", "go('vote-on-lamps')", "/n/vote-on-lamps"),
        ("function go(id){ location.href = '/n/' + id; }", "other(5)", ""),
        ("function go(id){ location.href = '/n/' + id; }", "go()", ""),
        ("function go(a, b){ location.href = '/n/' + a + b; }", "go(5)", ""),
        ("function go(id){ location.href = '/n/' + list[id]; }", "go(5)", ""),
        ("function go(id){ location.href = '/n/' + lang + id; }", "go(5)", ""),
        ("function go(id){ location.href = '/n/'; }", "go(5)", ""),
        ("function go(id){ location.href = '/n/' + id; location.href = '/m/' + id; }", "go(5)", ""),
        ("function fn_down(id){ location.href = '/n/file.do?id=' + id; }", "fn_down(5)", ""),
        ("function go(id){ if (id) { location.href = '/n/' + id; } }", "go(5)", ""),
    ],
)
def test_where_a_function_leads_with_what_it_is_given(body: str, call: str, address: str) -> None:
    assert led(body, call) == address


@pytest.mark.parametrize(
    "script",
    [
        "function fn_del(id){ location.href = '/news/drop.do?id=' + id; }",
        "function out(id){ location.href = '/logout.do?id=' + id; }",
        "function act(id){ location.href = '/news/boardDelete.do?id=' + id; }",
        "function act(id){ location.href = '/news/list.do?mode=remove&id=' + id; }",
        "function act(id){ if (confirm('Sure?')) location.href = '/news/drop.do?id=' + id; }",
        "function likeIt(id){ location.href = '/news/heart.do?id=' + id; }",
        "function act(id){ window.open('https://nets.example/sharer.php?u=' + id); }",
    ],
)
def test_a_function_that_does_something_in_place_of_showing_a_page_leads_nowhere(script: str) -> None:
    name = script.removeprefix("function ").partition("(")[0]
    assert led(script, f"{name}('12')") == ""


def test_links_of_a_page_lead_where_its_function_does_and_those_with_an_address_there() -> None:
    page = (
        "<script>function view(seq){location.href='/news/view.do?seq='+seq;}</script>"
        "<a href=\"javascript:view('12');\">Lamps</a><a href='#' onclick='view(13);return false'>Docks</a>"
        "<a href='/news/7' onclick='view(14)'>Quays</a><a href='#' onclick='view(15);print()'>Print</a>"
        "<table><tr onclick='view(16)'><td>Piers</td></tr></table>"
    )
    anchors = read_page(parse_beginning(page.encode()), HERE).anchors
    found = [anchor.url.removeprefix("https://lake.example.org") for anchor in anchors]
    assert found == [*(f"/news/view.do?seq={n}" for n in (12, 13)), "/news/7", "/news/list.do", "/news/view.do?seq=16"]


def test_a_script_of_functions_that_never_end_is_read_in_passing() -> None:
    huge = "function go(id){ location.href = '/n/' + " * 100_000
    assert led(huge, "go(5)") == ""
