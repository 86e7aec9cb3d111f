"""Frames of a page: which are read, and which are not."""

from __future__ import annotations

from archive.page.html import base_of, parse_beginning
from crawler.discover.discover import read_home
from crawler.discover.documents.frames import MOST, frames_of, included_parts
from crawler.discover.further.answers import read_document

PAGE = "https://lake.example.org/news/start.htm"


def found(body: str) -> tuple[str, ...]:
    tree = parse_beginning(body.encode())
    return frames_of(tree, base_of(tree, PAGE), PAGE)


def test_frames_of_a_frameset_and_within_a_page() -> None:
    frameset = '<frameset cols="1,*"><frame src="menu.htm"><frame src="/cgi/list?y=1&amp;z=2"></frameset>'
    assert found(f"<html>{frameset}</html>") == (
        "https://lake.example.org/news/menu.htm",
        "https://lake.example.org/cgi/list?y=1&z=2",
    )
    inner = '<iframe src="https://lists.example.net/lake" width="100%" height="900"></iframe>'
    assert found(f"<body><h1>News</h1>{inner}{inner}</body>") == ("https://lists.example.net/lake",)


def test_frames_that_nobody_sees_or_that_lead_nowhere_are_none() -> None:
    inner = (
        '<iframe src="/count" width="1" height="1"></iframe><iframe src="/a" style="display: none"></iframe>'
        '<iframe src="/b" hidden></iframe><iframe src="about:blank"></iframe><iframe></iframe>'
        '<iframe src="start.htm"></iframe><iframe src="javascript:void(0)"></iframe>'
    )
    assert found(f"<body>{inner}</body>") == ()
    assert found(f'<body><iframe src="/wide" width="{"9" * 5000}"></iframe></body>') == (
        "https://lake.example.org/wide",
    )
    many = "".join(f'<iframe src="/f{n}"></iframe>' for n in range(9))
    assert len(found(f"<body>{many}</body>")) == MOST


def test_a_home_page_leads_to_its_frames_before_other_listings() -> None:
    body = b'<body><a href="/press">Press releases</a><iframe src="/list" width="600" height="400"></iframe></body>'
    documents = read_home(body, PAGE).documents
    assert [(document.url, document.way) for document in documents] == [
        ("https://lake.example.org/list", "frame"),
        ("https://lake.example.org/press", ""),
    ]


def test_a_document_that_a_script_puts_into_an_empty_element_is_a_frame() -> None:
    assert found('<body><div data-include="../parts/list.html"></div></body>') == (
        "https://lake.example.org/parts/list.html",
    )
    others = (
        '<div data-include="list.html">Here</div><div data-id="7"></div><div data-src="//ads.example/a.html"></div>'
        '<div data-options="top,left"></div><img data-src="a.html"><div data-a="a.html b"></div>'
    )
    assert found(f"<body>{others}</body>") == ()


def test_documents_put_into_one_element_are_the_years_of_its_list() -> None:
    years = ",".join(f"../lists/{year}/part.html" for year in (2026, 2025, 2024))
    body = f"<body><h1>Releases</h1><dl data-parts='{years}'></dl></body>".encode()
    tree = parse_beginning(body)
    assert found(body.decode()) == ()
    assert included_parts(tree, PAGE)[0] == "https://lake.example.org/lists/2026/part.html"
    ways = [(way.url, way.way) for way in read_document("listing", body, PAGE).ways]
    assert ways == [(f"https://lake.example.org/lists/{year}/part.html", "year") for year in (2026, 2025, 2024)]
