"""What a further page answers with, in whatever form: its releases and the ways on."""

from __future__ import annotations

import json

import pytest

from archive.core.urls import key
from archive.page.html import parse_beginning
from crawler.discover.discover import read_home
from crawler.discover.further.answers import (
    NO_MORE_DATA,
    UNKNOWN_DATA,
    filled_from,
    following_data,
    newest_parts,
    read_further,
    with_shaped,
)
from crawler.discover.further.forms.choices import BROWSER
from crawler.discover.links import Discovered, Document
from crawler.discover.shape import learn

URL = "https://lake.example.org/news"
ITEMS = "".join(
    f"<article><h2><a href='/news/2026/lamp-notice-{n}/'>The lamps of Orlin quay, notice number {n}</a></h2>"
    f"<time>2026-03-{n + 1:02}</time></article>"
    for n in range(8)
)
ADDRESSES = [f"https://lake.example.org/news/2026/lamp-notice-{n}/" for n in range(8)]


def test_a_page_with_a_pager_needs_no_scripts() -> None:
    found = read_further(
        f"<main>{ITEMS}</main><a href='/news?page=2'>2</a><b data-url='/load?page=2'></b>".encode(), URL
    )
    assert [link.url for link in found.links] == ADDRESSES
    assert [document.url for document in found.documents] == [f"{URL}?page=2"]
    assert (found.ways, found.browser) == ((), "")


def test_a_page_without_one_names_its_other_ways() -> None:
    years = "".join(f"<a href='/news/{year}'>{year}</a>" for year in (2025, 2024))
    found = read_further(f"<main>{ITEMS}</main>{years}<button data-url='/load?page=2'>More</button>".encode(), URL)
    assert [(way.way, way.url.rpartition(".org")[2]) for way in found.ways] == [
        ("year", "/news/2025"), ("year", "/news/2024"), ("load more", "/load?page=2"),
    ]  # fmt: skip


def test_a_pager_may_hold_the_newest_alone_and_an_archive_the_rest() -> None:
    pager = "<a href='/news?page=2'>2</a><a href='/newsarchiv'>Zum Newsarchiv</a>"
    found = read_further(f"<main>{ITEMS}</main>{pager}".encode(), URL)
    assert [(way.way, way.url.rpartition(".org")[2]) for way in found.ways] == [("archive", "/newsarchiv")]
    assert [document.url for document in found.documents] == [f"{URL}?page=2"]


def test_a_button_that_nothing_explains_is_for_a_browser() -> None:
    assert read_further(f"<main>{ITEMS}</main><button>Load more</button>".encode(), URL).browser == BROWSER
    assert read_further(f"<main>{ITEMS}</main>".encode(), URL).browser == ""


def test_objects_of_json_with_an_address_and_a_title_are_releases() -> None:
    items = [{"title": f"The lamps of Orlin, {n}", "url": f"/news/{n}"} for n in range(3)]
    found = read_further(json.dumps({"data": items, "next": "/api?page=2"}).encode(), "https://lake.example.org/api")
    assert [link.url for link in found.links] == [f"https://lake.example.org/news/{n}" for n in range(3)]
    assert [(document.url, document.way) for document in found.documents] == [
        ("https://lake.example.org/api?page=2", "json")
    ]


def test_items_of_json_that_do_not_name_what_they_hold() -> None:
    rows = [
        {"d": f"3/{n + 11}/2026 9:00:00 AM", "t": f"The lamps of Orlin quay, notice number {n}", "l": address}
        for n, address in enumerate(ADDRESSES)
    ]
    body = b"\xef\xbb\xbf" + json.dumps({"rows": [*rows, {"updated": "3/20/2026"}]}).encode()
    found = read_further(body, f"{URL}/list.json", "application/json")
    assert [link.url for link in found.links] == ADDRESSES
    assert found.links[0].published == "2026-03-11T09:00:00"


def test_html_in_json_is_read_as_a_list() -> None:
    found = read_further(json.dumps({"html": ITEMS, "more": True}).encode(), "https://lake.example.org/load?page=2")
    assert [link.url for link in found.links] == ADDRESSES


def test_a_piece_of_html_is_read_as_a_list() -> None:
    found = read_further(ITEMS.encode(), "https://lake.example.org/load?page=2")
    assert [link.url for link in found.links] == ADDRESSES


def test_json_without_releases_says_so_and_nothing_raises() -> None:
    assert read_further(b'{"tide": 3}', URL).problem == UNKNOWN_DATA
    for wrong in (b'{"error": "busy", "items": []}', b'{"a": [1, 2], "b": ""}'):
        assert read_further(wrong, URL).problem == UNKNOWN_DATA, wrong
    for over in (b'{"items": [], "total": 30}', b'{"filters": [{"a": 1}], "hits": []}', b"[]", b'{"html": ""}'):
        assert read_further(over, URL).problem == NO_MORE_DATA, over
    assert read_further(b"{broken", URL).links == ()
    assert read_further(b"", URL).problem


def test_data_that_fills_an_empty_list_is_named() -> None:
    script = "<script>$.getJSON('/news/json/news_2026.json', function(d) {})</script>"
    years = "<a href='/news/2026/'>2026</a><a href='/news/2025/'>2025</a>"
    found = read_further(f"<h1>News</h1>{years}<div id='list'></div>{script}".encode(), URL)
    assert [data.url.rpartition(".org")[2] for data in filled_from(found)] == ["/news/json/news_2026.json"]
    assert not filled_from(read_further(f"<main>{ITEMS}</main>{script}".encode(), URL))
    told = (
        "The lamps of Orlin are lit",
        "Bread from the old mill again",
        "A ferry sails to Valdora",
        "The bell is mended",
    )
    box = "".join(f"<li><a href='/news/2026/{t.lower().replace(' ', '-')}/'>{t}</a></li>" for t in told)
    named = script.replace("function", "'#all', function") + script.replace("news_2026", "news_2025")
    page = f"<main><h1>News</h1><table id='all'><tr><th>Day</th></tr></table><ul>{box}</ul></main>{named}"
    read = read_further(page.encode(), URL)
    assert len(read.links) == 4
    assert [data.url.rpartition("/")[2] for data in filled_from(read)] == ["news_2026.json"]
    dated = page.replace("</li>", " 4 March 2026</li>")
    assert not filled_from(read_further(dated.encode(), URL))
    for other in (script, "<table id='all'><tr><td>Lamps</td></tr></table>" + named):
        assert not filled_from(read_further(f"<main><h1>News</h1><ul>{box}</ul></main>{other}".encode(), URL))


def test_an_item_with_two_addresses_is_one_release_under_that_of_its_headline() -> None:
    rows = "".join(
        f"<div class='row'><h3><a href='/n.php?item.{n}.3'>The lamps of quay {n} burn</a></h3><i>2026-03-{n - 300}</i>"
        f"<p>They burn.</p><a href='/n.php?extend.{n}'>All of the notice</a></div>"
        for n in range(312, 320)
    )
    body = f"<main>{rows}</main>".encode()
    found = read_further(body, URL)
    assert [link.url.rpartition("?")[2] for link in found.links] == [f"item.{n}.3" for n in range(312, 320)]
    shapes = learn([[link.url for link in found.links]], URL)
    assert with_shaped(found, body, URL, shapes).links == found.links


def test_a_list_is_parsed_once_whatever_is_read_of_it() -> None:
    body = f"<title>Notices</title><main>{ITEMS}</main><a href='/feed.xml'>RSS</a>".encode()
    parse_beginning.cache_clear()
    assert [link.url for link in read_further(body, URL).links] == ADDRESSES
    assert read_home(body, URL).title == "Notices"
    assert [link.url for link in read_further(body, URL).links] == ADDRESSES
    assert parse_beginning.cache_info().misses == 1
    assert read_home(body.replace(b"Notices", b"News"), URL).title == "News"


def test_ends_of_addresses_in_data_are_read_only_where_the_page_shows_no_release() -> None:
    data = json.dumps([{"slug": f"2026/lamp-notice-{n}", "title": f"The lamps, {n}"} for n in range(20, 30)])
    shapes = learn([ADDRESSES], URL)
    counts = []
    for shown in (ITEMS, ""):
        page = f"<main>{shown}</main><script type='application/json'>{data}</script>".encode()
        counts.append(len(with_shaped(read_further(page, URL), page, URL, shapes).links))
    assert counts == [8, 10]


def test_an_answer_with_ends_of_addresses_alone_is_read_below_the_folder_of_the_known_releases() -> None:
    shapes = learn([[f"https://lake.example.org/news/the-lamps-of-orlin-quay-{n}" for n in "abcdef"]], URL)
    items = [{"slug": f"the-bells-of-orlin-quay-{n}", "title": f"The bells of Orlin, {n}"} for n in range(3)]
    body, asked = json.dumps({"data": items}).encode(), "https://lake.example.org/api/list?page=2"
    found = with_shaped(read_further(body, asked), body, asked, shapes)
    assert [link.url for link in found.links] == [f"https://lake.example.org/news/{one['slug']}" for one in items]
    other = json.dumps({"data": [{"slug": "a/b", "title": "The bells of Orlin"}]}).encode()
    assert with_shaped(read_further(other, asked), other, asked, shapes).links == ()


@pytest.mark.parametrize(("day", "expected"), [("9 May 2026", ["https://lake.example.org/n.php?id=9"]), ("", [])])
def test_the_one_row_of_a_further_page_is_found_by_its_day_though_its_link_says_little(
    day: str, expected: list[str]
) -> None:
    shapes = learn([[f"https://lake.example.org/n.php?id={n}" for n in range(10, 20)]], URL)
    row = f"<tr><td>Barley for all</td><td>{day}</td><td><a href='/n.php?id=9'>Open</a></td></tr>"
    page = f"<table>{row}</table><p><a href='/map.php?x=1'>Map</a></p>".encode()
    found = with_shaped(read_further(page, URL), page, URL, shapes)
    assert [link.url for link in found.links] == expected
    assert with_shaped(read_further(page, URL), page, URL, shapes, {key(link.url) for link in found.links}).links == ()


def test_the_last_dated_release_of_a_list_is_found_whatever_the_class_of_the_list_says() -> None:
    rows = "<ul class='menu-box'><li>{day} May 2026 <a href='/n/{day}-barley-for-all'>Barley for all</a></ul>"
    shapes = learn([[f"https://lake.example.org/n/{day}-oats-are-here-again" for day in range(10, 20)]], URL)
    last = f"<main>{rows.format(day=9)}</main><nav><a href='/n/8-the-oldest-mill-of-all'>The oldest mill</a></nav>"
    found = with_shaped(read_further(last.encode(), URL), last.encode(), URL, shapes)
    assert [link.url for link in found.links] == ["https://lake.example.org/n/9-barley-for-all"]


def test_data_without_a_counter_goes_on_by_what_it_says_itself() -> None:
    """A fragment may say in an attribute with which item the next one begins."""
    items = "".join(
        f"<li><a href='/press/lock-gate-{n}-is-mended'>Lock gate {n} is mended</a> 0{n}.06.2025</li>"
        for n in range(1, 7)
    )
    fragment = f"<ul>{items}</ul><div data-hits='40' data-nextoffset='6'></div>".encode()
    address = "https://lake.example.org/parts/list/77-77"
    data = Document(address, "listing", "load more", "load more /parts/list/#-#")
    found = read_further(fragment, address, "text/html")
    assert len(found.links) == 6
    assert [each.url for each in following_data(data, found, 6)] == [f"{address}?offset=6"]


@pytest.mark.parametrize(
    ("known", "field", "stated"),
    [
        ("/press/event/?id=17{n}", "doc_no", "17{n}"),
        (
            "/en/news/item/0{n}-05-2026-lock-gate-{n}-is-mended",
            "ItemDefaultUrl",
            "/0{n}-05-2026-lock-gate-{n}-is-mended",
        ),
        ("/rd/70{n}.html", "release_id", "70{n}"),
    ],
)
def test_an_answer_states_the_part_of_an_address_in_which_known_releases_differ(
    known: str, field: str, stated: str
) -> None:
    address = "https://lake.example.org/api/items?top=4"
    shapes = learn(
        [[f"https://lake.example.org{known.format(n=n)}" for n in range(1, 5)]], "https://lake.example.org/n"
    )
    items = [{field: stated.format(n=n), "name": f"Lock gate {n} is mended", "kind_id": "9"} for n in range(5, 9)]
    body = json.dumps({"value": items}).encode()
    found = with_shaped(read_further(body, address, "application/json"), body, address, shapes)
    assert [link.url for link in found.links] == [f"https://lake.example.org{known.format(n=n)}" for n in range(5, 9)]


def test_an_answer_of_odata_goes_on_by_skipping_until_its_count() -> None:
    address = "https://lake.example.org/api/items?$orderby=Day%20desc&$count=true"

    def further(url: str, count: int) -> list[str]:
        items = [{"Title": f"Lock gate {n} is mended", "Url": f"/n/lock-gate-{n}-is-mended"} for n in range(1, 6)]
        body = json.dumps({"@odata.count": count, "value": items}).encode()
        return [each.url.replace("%24", "$") for each in read_further(body, url, "application/json").documents]

    (second,) = further(address, 12)
    assert second.endswith("$skip=5")
    (third,) = further(second, 12)
    assert third.count("skip") == 1
    assert third.endswith("$skip=10")
    assert further(third, 12) == further(address, 5) == []


def test_a_last_page_of_few_releases_is_not_read_as_the_box_that_all_pages_have_beside_them() -> None:
    item = "<div class='i'><i>{0} May 2025</i> <a href='/p/{1}?i=lock-gate-{0}-is-mended'>Gate {0} is mended</a></div>"
    box = "".join(item.format(n, "story") for n in range(21, 26))
    at = "https://lake.example.org/p/notes"

    def page(numbers: range) -> bytes:
        rows = "".join(item.format(n, "note") for n in numbers)
        return f"<main><h1>Notes</h1><div>{rows}</div></main><div class='b'><h2>Last news</h2>{box}</div>".encode()

    first = read_further(page(range(10, 20)), at, "text/html")
    assert len(first.links) == 10
    shapes = learn([[link.url for link in first.links]], at)
    last = page(range(1, 3))
    found = with_shaped(read_further(last, f"{at}?p=2", "text/html"), last, f"{at}?p=2", shapes, first.beside)
    assert [link.url[-20:] for link in found.links] == ["lock-gate-1-is-mended"[-20:], "lock-gate-2-is-mended"[-20:]]


def test_a_pager_of_buttons_is_a_guess_where_nothing_else_leads_on() -> None:
    items = "".join(f"<li><a href='/news/{n}'>The lamps of quay {n}</a> {n} May 2026</li>" for n in range(1, 9))
    buttons = "<div class='pagination'><button>1</button><button>2</button></div>"
    page = f"<ul>{items}</ul>{buttons}"
    found = read_further(page.encode(), "https://lake.example.org/news")
    assert [(way.url, way.way) for way in found.ways] == [("https://lake.example.org/news?page=2", "guess")]
    numbered = f"{page}<a href='?p=2'>2</a><a href='?p=3'>3</a>"
    assert read_further(numbered.encode(), "https://lake.example.org/news").ways == ()


def test_the_newest_parts_of_an_index_are_its_days_else_its_months_and_of_a_new_list_none() -> None:
    months = tuple(Document(f"{URL}?ym=2026-0{n}", "listing", "month") for n in (5, 4, 3))
    days = tuple(Document(f"{URL}/2026/05/{n}", "listing", "day") for n in (20, 19, 18))
    assert newest_parts(Discovered(ways=(*months, *days)), is_known=True) == days[:2]
    assert newest_parts(Discovered(ways=months), is_known=True) == months[:2]
    assert newest_parts(Discovered(ways=(*months, *days)), is_known=False) == ()
