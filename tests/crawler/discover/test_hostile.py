"""Documents made to take the crawler's time or memory: each is read within its budget, and told of where it is cut."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import partial
from itertools import islice, product

import pytest

from crawler.discover.discover import read_feed, read_home, read_listing, read_sitemap
from crawler.discover.links import Discovered
from tests.support.limits import MEMORY, SECONDS, within_limits

_URL = "https://lake.example.org/news/"
Make = Callable[[], bytes]


def _numbered(form: str, count: int, start: str = "", end: str = "") -> Make:
    return lambda: (start + "".join(form.replace("#", str(n)) for n in range(count)) + end).encode()


def _again(piece: bytes, megabytes: float, start: bytes = b"", end: bytes = b"") -> Make:
    return lambda: start + piece * int(megabytes * 1_000_000 / len(piece)) + end


def _lists_below(headings: int, lists: int) -> Make:
    """Many headings, and below them many lists in elements of different names."""
    names = map("".join, product("abcdefghij", repeat=4))
    link = "<a href='/news/{0}-{1}-of-the-lake'>Release {1} of list {0} of the lake</a>"
    return lambda: ("<body>" + "<h2>a</h2>" * headings + "".join(
        f"<{name}>{link.format(n, 1)}{link.format(n, 2)}</{name}>" for n, name in enumerate(islice(names, lists))
    )).encode()  # fmt: skip


_DATED = "".join(
    f"<li><a href=/news/{n}-fares-on-the-lake>Fares {n} on the lake</a> 2026-05-{n}" for n in range(10, 20)
)


_DAY_AT_THE_LAKE = "<p><a href='/news/a-fine-day-#'>A fine day at the lake #</a> May #, 2026"


def _packed(make: Make) -> Make:
    return lambda: gzip.compress(make(), 1)


ATTRIBUTES = " ".join(f"a{n}=1" for n in range(80_000)).encode()
QUOTED = " ".join(f"a{n}='<>'" for n in range(60_000)).encode()

SITEMAPS: dict[str, Make] = {
    "blank lines": _again(b"\n", 49),
    "short lines": _packed(_again(b"a\n", 20)),
    "lines": _numbered("http://a.example/#\n", 1_000_000),
    "ampersands": _packed(_again(b"&", 49, b"<urlset><url><loc>")),
    "49 MB of pages": _numbered(f"<url><loc>{_URL}#/{'x' * 150}</loc></url>", 205_000, "<urlset>"),
    "tags": _again(b"<a/>", 40, b"<urlset>"),
    "nested": _again(b"<url>", 40),
    "attributes": _numbered(' a#=">"', 1_000_000, "<urlset", ">"),
    "one attribute": _again(b' a=">"', 40, b"<urlset"),
    "namespaces": _numbered(' xmlns:a#=">"', 2_000_000, "<urlset", ">"),
    "entities": _numbered("<!ENTITY a# '>'>", 2_000_000, "<!DOCTYPE urlset ["),
    "entities in entities": _numbered(
        "<!ENTITY a# '&a;&a;&a;&a;'>", 40, "<!DOCTYPE a [<!ENTITY a 'b'>", "]><a>&a9;</a>"
    ),
    "a name": _again(b"a", 40, b"<"),
    "a text": _again(b">", 40, b"<urlset><url><loc>"),
    "character data": _again(b">", 40, b"<urlset><![CDATA["),
    "names": _numbered("<a#/>", 2_000_000, "<urlset>"),
    "members": lambda: gzip.compress(b"") * 1_000_000,
    "a codec": _again(b"\xc8", 30, b'<?xml version="1.0" encoding="punycode"?><urlset>'),
    "dates": _again(b"<url><loc>/a</loc><lastmod>" + b"1/1/1 " * 600 + b"</lastmod></url>", 30, b"<urlset>"),
}
FEEDS: dict[str, Make] = {
    "empty objects": _again(b"{},", 9, b'{"items":[', b"{}]}"),
    "empty lists": _again(b"[],", 9, b'{"items":[', b"{}]}"),
    "texts": _again(b'"ab",', 9, b'{"items":[', b"{}]}"),
    "depth": _again(b"[", 9),
    "a number": _again(b"1", 9, b'{"items":[', b"]}"),
    "items": _again(b"<item><link>/a</link></item>", 1, b"<rss><channel>", b"</channel></rss>"),
    "malformed": _again(b"<item><link>/a</link>&x;", 9, b"<rss><channel>"),
    "unclosed tags": _again(b"<a b='", 1, b"<rss><channel>"),
    "open comments": _again(b"<!-- ", 1, b"<rss><channel>"),
    "attributes": lambda: b"<rss><channel><item " + ATTRIBUTES + b"><link>/a</link></item></channel></rss>",
    "malformed attributes": lambda: b"<rss><channel><item " + QUOTED + b">",
    "ampersands": _again(b"&", 9, b"<rss><channel><title>"),
    "a title": _again(b"word ", 19, b"<rss><channel><item><link>/a</link></item><title>", b"</title></channel></rss>"),
    "white space": _again(b" ", 9, b"<rss><channel><title>a", b"<b></title></channel></rss>"),
    "entities": _numbered("<!ENTITY a# 'b'>", 200_000, "<!DOCTYPE rss [", "]><rss/>"),
    "a codec": _again(b"\xc8", 9, b'<?xml version="1.0" encoding="idna"?><rss>'),
    "a date": _again(
        b"1 may ", 9, b"<rss><channel><item><link>/a</link><pubDate>", b"</pubDate></item></channel></rss>"
    ),
}
PAGES: dict[str, Make] = {
    "a tag of 340 KB": lambda: b"<body><p " + ATTRIBUTES + b">",
    "a tag with quoted angles": lambda: b"<body><a href=/b " + QUOTED + b">b</a>",
    "a million attributes": _again(b"<p " + b" ".join(b"a%d=1" % n for n in range(200)) + b">", 8, b"<body>"),
    "tags": _again(b"<b>", 5, b"<body>"),
    "tags without end": _again(b"<p", 5, b"<body>"),
    "links": _numbered(_DAY_AT_THE_LAKE, 50_000, "<body>"),
    "next links": _again(b"<link rel=next href=?page=2>", 2, b"<head>"),
    "headings": _again(b"<h1><h2>a</h2>", 1, b"<body>"),
    "a class": lambda: b"<body><div class='" + b"x" * 1_000_000 + b"'>" + b"<a href=/b/1>b</a>" * 5000,
    "classes": lambda: b"<body><div class='" + b"x " * 1_000_000 + b"'>" + b"<a href=/b/1>b</a>" * 5000,
    "a title": lambda: b"<body><a href=/b title='" + b"x " * 3_000_000 + b"'></a>" * 100,
    "addresses": _again(b"<a href='/" + b"../" * 600 + b"'>b</a>", 5, b"<body>"),
    "text": _again(b"word ", 9, b"<body><p>"),
    "wide text": lambda: ("<body><p>" + "слово 😀 " * 600_000).encode(),
    "days": _again(b"1 may ", 5, b"<body><p>"),
    "years": _again(b"2026 ", 5, b"<body><p>"),
    "figures": _again(b"1/1/", 5, b"<body><p>"),
    "clocks": _again(b"1/1/2026 10:10 ", 5, b"<body><p>"),
    "white space": _again(b" ", 9, b"<body><p>a"),
    "a codec in the page": _again(b"\xc8", 5, b"<meta charset=punycode><body><p>"),
    "noise": lambda: b"<body>" + bytes(range(128, 256)) * 40_000,
    "open comments": _again(b"<!--", 5, b"<body>"),
    "open scripts": _again(b"<script>", 5, b"<body>"),
    "tables": _again(b"<table><tr><td>", 1, b"<body>"),
    "lists below headings": _lists_below(400_000, 2_000),
    "days below headings": _numbered(_DAY_AT_THE_LAKE, 6_000, "<body>" + "<h3>x</h3>" * 120_000),
    "labels of one address": _numbered('<a title="t# b" href=/x/y>z</a>', 5_000, _DATED),
}
SMALLER: dict[tuple[str, str], Make] = {
    ("sitemap", "short lines"): _packed(_again(b"a\n", 2.5)),
    ("sitemap", "lines"): _numbered("http://a.example/#\n", 60_000),
    ("sitemap", "49 MB of pages"): _numbered(f"<url><loc>{_URL}#/{'x' * 9}</loc></url>", 60_000, "<urlset>"),
    ("sitemap", "tags"): _again(b"<a/>", 5, b"<urlset>"),
    ("sitemap", "nested"): _again(b"<url>", 5),
    ("sitemap", "names"): _numbered("<a#/>", 250_000, "<urlset>"),
    ("sitemap", "ampersands"): _again(b"&", 6, b"<urlset><url><loc>"),
    ("sitemap", "namespaces"): _numbered(' xmlns:a#=">"', 250_000, "<urlset", ">"),
    ("sitemap", "entities"): _numbered("<!ENTITY a# '>'>", 250_000, "<!DOCTYPE urlset ["),
    ("sitemap", "a codec"): _again(b"\xc8", 4, b'<?xml version="1.0" encoding="punycode"?><urlset>'),
    ("listing", "tags"): _again(b"<b>", 0.625, b"<body>"),
    ("listing", "classes"): lambda: b"<body><div class='" + b"x " * 125_000 + b"'>" + b"<a href=/b/1>b</a>" * 625,
    ("listing", "a class"): lambda: b"<body><div class='" + b"x" * 125_000 + b"'>" + b"<a href=/b/1>b</a>" * 625,
    ("listing", "addresses"): _again(b"<a href='/" + b"../" * 600 + b"'>b</a>", 0.625, b"<body>"),
    ("listing", "lists below headings"): _lists_below(50_000, 250),
    ("listing", "days below headings"): _numbered(_DAY_AT_THE_LAKE, 750, "<body>" + "<h3>x</h3>" * 15_000),
    ("listing", "links"): _numbered(_DAY_AT_THE_LAKE, 6_250, "<body>"),
    ("listing", "labels of one address"): _numbered('<a title="t# b" href=/x/y>z</a>', 625, _DATED),
    ("listing", "days"): _again(b"1 may ", 0.625, b"<body><p>"),
    ("listing", "clocks"): _again(b"1/1/2026 10:10 ", 0.625, b"<body><p>"),
    ("feed", "entities"): _numbered("<!ENTITY a# 'b'>", 25_000, "<!DOCTYPE rss [", "]><rss/>"),
    ("feed", "items"): _again(b"<item><link>/a</link></item>", 0.125, b"<rss><channel>", b"</channel></rss>"),
    ("feed", "malformed attributes"): lambda: b"<rss><channel><item " + QUOTED[: len(QUOTED) // 8] + b">",
    ("feed", "unclosed tags"): _again(b"<a b='", 0.125, b"<rss><channel>"),
    ("feed", "ampersands"): _again(b"&", 1.1, b"<rss><channel><title>"),
}
"""Documents that take seconds, in an eighth of their size, or less where that still has more pages than are taken."""

READERS = {"sitemap": (read_sitemap, SITEMAPS), "feed": (read_feed, FEEDS), "listing": (read_listing, PAGES)}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param(kind, name, marks=[pytest.mark.soak] if (kind, name) in SMALLER else [])
        for kind, (_, documents) in READERS.items()
        for name in documents
    ],
)
def test_a_document_takes_no_more_than_its_budget(kind: str, name: str) -> None:
    read, documents = READERS[kind]
    found: Discovered = within_limits(lambda body: read(body, _URL), documents[name])
    assert found.links or found.documents or found.problem


@pytest.mark.parametrize(("kind", "name"), SMALLER)
def test_an_eighth_of_a_document_takes_an_eighth_of_its_time(kind: str, name: str) -> None:
    read, _ = READERS[kind]
    found: Discovered = within_limits(
        lambda body: read(body, _URL), SMALLER[kind, name], seconds=SECONDS // 8, memory=MEMORY // 4
    )
    assert found.links or found.documents or found.problem


@pytest.mark.soak  # the same pages as for listings
@pytest.mark.parametrize("name", PAGES)
def test_a_home_page_takes_no_more_than_its_budget(name: str) -> None:
    assert isinstance(within_limits(lambda body: read_home(body, _URL), PAGES[name]), Discovered)


def test_many_items_beside_many_pages_take_no_more_than_the_budget() -> None:
    pages = _numbered("<a href='/folk/#/desk/'>p#</a>", 2_000)()
    items = _numbered("<li><a href='/lake/#/5000-boats-are-back'>Boats # are back on the lake</a></li>", 2_000)
    found = within_limits(lambda body: read_home(body, _URL), lambda: pages + items(), seconds=10)
    assert [one.way for one in found.documents] == []


@pytest.mark.parametrize(
    "label",
    ["punycode", "utf-7", *(pytest.param(one, marks=pytest.mark.soak) for one in ("idna", "unicode_escape", "rot13"))],
)
def test_no_codec_of_the_header_is_asked_that_is_none_of_the_web(label: str) -> None:
    kind = f"text/html; charset={label}"
    for read in (read_feed, read_listing, read_home, read_sitemap):
        found: Discovered = within_limits(partial(read, url=_URL, content_type=kind), _again(b"\xc8a", 1, b"<rss><a>"))
        assert not found.links
