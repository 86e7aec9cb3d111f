"""What is seen of a page's links: where they stand, what they say, which dates are near."""

from __future__ import annotations

import pytest

from archive.page.html import parse
from crawler.discover.anchors import LinkedPage, read_page

_BASE = "https://lake.example.org/news/"


def _read(body: str) -> LinkedPage:
    tree = parse(f"<html><body class='nav-open'>{body}</body></html>".encode())
    assert tree is not None
    return read_page(tree, _BASE)


@pytest.mark.parametrize(
    ("before", "chrome"),
    [
        ("<p>", False),
        ("<nav><p>", True),
        ("<div role='navigation'>", True),
        ("<header>", True),
        ("<article><header>", False),
        ("<li><footer>", False),
        ("<footer>", True),
        ("<aside>", True),
        ("<div class='site-footer'>", True),
        ("<div id='main-menu'>", True),
        ("<ul class='breadcrumbs'>", True),
        ("<div class='has-sidebar'>", False),
        ("<div class='teasers teasers--beside-menu'>", False),
        ("<div class='content-sidebar-right'>", False),
        ("<div class='navigator news'>", False),
        ("<div class='pagination'>", True),
        ("<div class='et_ajax_pagination_container'>", False),
        ("<div class='news-list'>", False),
    ],
)
def test_navigation_is_told_from_content(before: str, chrome: bool) -> None:
    (anchor,) = _read(f"{before}<a href='a'>The news</a>").anchors
    assert (anchor.url, anchor.text, anchor.chrome) == ("https://lake.example.org/news/a", "The news", chrome)


def test_headings_and_texts() -> None:
    page = _read(
        "<h2><a href='1'>One <b>bold</b></a></h2><a href='2'><span>3 May</span><h3>Two</h3><p>words</p></a>"
        "<a href='3' title='Three'><img src='x.png'></a><a href='4'>Four<script>var five = 5</script></a>"
        "<a href='#top'>Top</a><a name='x'>No link</a><a href='mailto:a@example.org'>Mail</a>"
        "<noscript><a href='6'>Six</a></noscript>"
    )
    assert [(anchor.url[-1], anchor.text, anchor.heading) for anchor in page.anchors] == [
        ("1", "One bold", True),
        ("2", "Two", True),
        ("3", "Three", False),
        ("4", "Four", False),
        ("/", "Top", False),
        ("6", "Six", False),
    ]


def test_links_in_one_kind_of_place_are_alike_though_their_classes_vary() -> None:
    page = _read(
        "<ul class='posts'><li class='post-1 odd'><a href='1'>1</a></li><li class='even'><a href='2'>2</a></li>"
        "<li class='sticky'><a class='css-1x' href='3'>3</a></li></ul><ul class='other'><li><a href='4'>4</a></li></ul>"
    )
    one, two, three, four = (anchor.place for anchor in page.anchors)
    assert one == two == three != four


def test_days_and_headings_between() -> None:
    page = _read("<h3>First</h3>1 May 2026 <a href='1'>One</a>2 May 2026, 3 May 2026<h3>Second</h3><a href='2'>Two</a>")
    one, two = page.anchors
    end = len(page.text)
    assert [day.moment for day in page.days_between(one.end, two.start)] == ["2026-05-02", "2026-05-03"]
    assert page.days_between(two.end, end) == []
    left = page.without_days([(one.end, one.end + 12)])
    assert [day.moment for day in left.days] == ["2026-05-01", "2026-05-03"]
    assert page.heading_between(0, one.start) == "First"
    assert page.heading_between(one.end, end) == "Second"
    assert page.heading_between(one.start, one.end) == ""


def test_languages_of_links_and_page_and_sections_of_headings() -> None:
    page = read_page(
        parse(
            b"<html lang='FR'><body><h1>A</h1><div><div><h2>B</h2><a href='/0'>all</a></div>"
            b"<a href='/1' hreflang='en'>one</a></div>"
            b"<p lang='de'><a href='/2'>two</a></p><a href='/3'>three</a></body></html>"
        ),
        "https://orlin.example/",
    )
    assert page.language == "fr"
    assert [anchor.language for anchor in page.anchors] == ["", "en", "de", ""]
    assert [page.text[slice(*section)].split() for section in page.sections.values()] == [
        ["A", "B", "all", "one", "two", "three"],
        ["B", "all", "one"],
    ]
    assert [one.text for one in page.without_links_in([page.sections[page.headings[1]]]).anchors] == ["two", "three"]


def test_rows_and_parts_of_pictures_are_links() -> None:
    row = "<tr onclick=\"location.href='/news/{n}'\"><td>{n} May 2026</td><td>The lamps of quay {n}</td></tr>"
    rows = "".join(row.format(n=n) for n in range(1, 4))
    linked = "<tr onclick=\"location.href='/news/9'\"><td><a href='/news/9'>The ferries</a></td></tr>"
    areas = "<map><area href='y2025.htm' alt='2025'><area href='y2024.htm'></map>"
    found = _read(f"{areas}<table>{rows}{linked}</table>")
    assert [(anchor.url.removeprefix(_BASE), anchor.text) for anchor in found.anchors] == [
        ("y2025.htm", "2025"),
        ("y2024.htm", ""),
        ("1", "1 May 2026 The lamps of quay 1"),
        ("2", "2 May 2026 The lamps of quay 2"),
        ("3", "3 May 2026 The lamps of quay 3"),
        ("9", "The ferries"),
    ]
