"""Sitemaps of every kind, well-formed and not, into links and further sitemaps."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.model import Link
from crawler.discover.links import Document
from crawler.discover.sitemaps import LARGEST, read_sitemap, robots_sitemaps
from tests.examples import examples

_URL = "https://lake.example.org/sitemap.xml"
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _urlset(*entries: str) -> bytes:
    body = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NS}>{body}</urlset>'.encode()


def test_pages_of_the_own_site_are_named_once_with_the_day_of_their_change() -> None:
    found = read_sitemap(
        _urlset(
            "<loc>\n https://lake.example.org/a?x=1&amp;y=2 </loc><lastmod>2026-03-11T09:30:00+05:00</lastmod>",
            "<loc><![CDATA[https://lake.example.org/b]]></loc><changefreq>daily</changefreq>",
            "<loc>https://lake.example.org/b#again</loc>",
            "<loc>https://other.example.net/c</loc>",
            "<loc>ftp://lake.example.org/d</loc>",
            "<lastmod>2026-03-11</lastmod>",
            '<x:image xmlns:x="http://example.org/image"><x:loc>https://lake.example.org/i</x:loc></x:image>'
            "<loc>https://lake.example.org/e</loc>",
        ),
        _URL,
    )
    assert found.problem == ""
    assert found.links == (
        Link("https://lake.example.org/a?x=1&y=2", "", "", "2026-03-11T09:30:00+05:00", _URL),
        Link("https://lake.example.org/b", via=_URL),
        Link("https://other.example.net/c", via=_URL),
        Link("https://lake.example.org/e", via=_URL),
    )
    assert found.documents == ()


@pytest.mark.parametrize(
    "before", ["<br />\n<b>Warning</b>: no such table in /srv/a.php\n", "Notice: an index is missing\n", "\n\n"]
)
def test_what_a_program_printed_before_a_sitemap_is_passed_over(before: str) -> None:
    found = read_sitemap(before.encode() + _urlset("<loc>https://lake.example.org/a</loc>"), _URL)
    assert ([link.url for link in found.links], found.problem) == (["https://lake.example.org/a"], "")


def test_a_news_sitemap_states_titles_and_days_of_publication() -> None:
    found = read_sitemap(
        f"""<urlset {_NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
        <loc>https://lake.example.org/a</loc><news:news><news:publication><news:name>Lake</news:name></news:publication>
        <news:publication_date>2026-03-11T09:30+05:00</news:publication_date><news:title>A &amp; B</news:title>
        </news:news></url></urlset>""".encode(),
        _URL,
    )
    assert found.links == (Link("https://lake.example.org/a", "A & B", "2026-03-11T09:30:00+05:00", "", _URL),)


def test_an_index_leads_to_its_sitemaps_and_not_to_itself() -> None:
    found = read_sitemap(
        f"""<sitemapindex {_NS}><sitemap><loc>https://lake.example.org/1.xml.gz</loc></sitemap>
        <sitemap><loc>{_URL}</loc></sitemap><sitemap><loc>/2.xml</loc><lastmod>2026-03-11</lastmod></sitemap>
        <sitemap><loc>https://lake.example.org/1.xml.gz</loc></sitemap></sitemapindex>""".encode(),
        _URL,
    )
    assert found.documents == (
        Document("https://lake.example.org/1.xml.gz", "sitemap"),
        Document("https://lake.example.org/2.xml", "sitemap"),
    )
    assert (found.links, found.problem) == ((), "")


def test_two_addresses_in_one_entry_are_two() -> None:
    body = f"""<sitemapindex {_NS}><sitemap><loc>/1.xml</loc><loc>/2.xml</loc><lastmod>2026-03-11</lastmod></sitemap>
        </sitemapindex>"""
    found = read_sitemap(body.encode(), _URL)
    assert [document.url[-6:] for document in found.documents] == ["/1.xml", "/2.xml"]
    pages = _urlset(
        "<loc>https://lake.example.org/a</loc><loc>https://lake.example.org/b</loc><lastmod>2026-03-11</lastmod>"
        '<image:image xmlns:image="urn:i"><image:loc>https://lake.example.org/i.png</image:loc></image:image>'
    )
    links = read_sitemap(pages, _URL).links
    assert [(link.url[-2:], link.modified[:10]) for link in links] == [("/a", ""), ("/b", "2026-03-11")]


def test_entries_that_nothing_closes_are_read() -> None:
    rows = "".join(f"<url><loc>https://lake.example.org/{n}</loc><lastmod>2026-03-1{n}</lastmod>" for n in range(3))
    links = read_sitemap(f"<urlset {_NS}>{rows}</urlset>".encode(), _URL).links
    assert [(link.url[-2:], link.modified[-2:]) for link in links] == [("/0", "10"), ("/1", "11"), ("/2", "12")]
    maps = "".join(f"<sitemap><loc>/{n}.xml</loc>" for n in range(2))
    found = read_sitemap(f"<sitemapindex {_NS}>{maps}</sitemapindex>".encode(), _URL)
    assert [document.url[-6:] for document in found.documents] == ["/0.xml", "/1.xml"]


def test_a_sitemap_may_be_lines_of_addresses() -> None:
    found = read_sitemap(b"\xef\xbb\xbfhttps://lake.example.org/a\r\nnot one\n\nhttps://lake.example.org/b\n", _URL)
    assert [link.url for link in found.links] == ["https://lake.example.org/a", "https://lake.example.org/b"]


def test_a_feed_may_be_a_sitemap() -> None:
    body = b'<rss version="2.0"><channel><item><link>https://lake.example.org/a</link><title>A</title></item></channel></rss>'
    assert read_sitemap(body, _URL).links == (Link("https://lake.example.org/a", "A", via=_URL),)


def test_a_packed_sitemap_is_unpacked_also_twice_and_in_pieces() -> None:
    body = _urlset("<loc>https://lake.example.org/a</loc>")
    for packed in (
        gzip.compress(body),
        gzip.compress(gzip.compress(body)),
        gzip.compress(body[:60]) + gzip.compress(body[60:]),
    ):
        found = read_sitemap(packed, _URL)
        assert ([link.url for link in found.links], found.problem) == (["https://lake.example.org/a"], "")


def test_torn_gzip_is_read_as_far_as_possible() -> None:
    body = _urlset(*(f"<loc>https://lake.example.org/{n * 7919 % 1009}</loc>" for n in range(1000)))
    packed = gzip.compress(body)
    found = read_sitemap(packed[: len(packed) // 2], _URL)
    assert 100 < len(found.links) < 1000
    assert found.problem == "its gzip data ends too early; read as far as possible"
    assert "damaged" in read_sitemap(packed[:200] + b"\xff" * 200 + packed[400:], _URL).problem


def test_broken_xml_is_read_as_far_as_possible() -> None:
    body = f"<urlset {_NS}><url><loc>https://lake.example.org/?a=1&b=2&copy=3</loc></url><url><loc>https://lake.example.org/b"
    assert read_sitemap(body.encode(), _URL).links[0].url == "https://lake.example.org/?a=1&b=2&copy=3"
    assert len(read_sitemap(b" \n" + _urlset("<loc>https://lake.example.org/a</loc>"), _URL).links) == 1
    torn = read_sitemap(
        _urlset("<loc>https://lake.example.org/a</loc>", "<loc>https://lake.example.org/b</loc>")[:-30], _URL
    )
    assert [link.url for link in torn.links] == ["https://lake.example.org/a"]
    assert "not well-formed" in torn.problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the sitemap is empty"),
        (b"<!doctype html><html></html>", "an HTML page stands where the sitemap should be"),
        (b"<a/>", "this is not a sitemap"),
        (b"no sitemap here", "this is not a sitemap"),
        (b"<urlset/>", ""),
        (gzip.compress(b"x" * (LARGEST + 10)), "the sitemap is larger than 50 MB"),
        (b"\x1f\x8b\x08\x00", "its gzip data"),
    ],
)
def test_what_is_no_sitemap_is_said(body: bytes, problem: str) -> None:
    found = read_sitemap(body, _URL)
    assert (found.links, found.documents) == ((), ())
    assert found.problem.startswith(problem)
    assert bool(found.problem) == bool(problem)


def test_hostile_sitemaps_end() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE u [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>https://lake.example.org/&l9;</loc></url></urlset>'
    )
    assert all(len(link.url) < 100 for link in read_sitemap(bomb.encode(), _URL).links)
    file = b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    assert not any("root" in link.url for link in read_sitemap(file, _URL).links)
    assert read_sitemap(b"<url>" * 300_000, _URL).links == ()
    assert read_sitemap(b"<urlset><url><loc>" + b"x" * 5_000_000, _URL).links == ()


def test_fifty_thousand_pages() -> None:
    body = _urlset(*(f"<loc>https://lake.example.org/{n}</loc>" for n in range(50_000)))
    assert len(read_sitemap(body, _URL).links) == 50_000


def test_robots_txt_names_sitemaps_whatever_the_case_and_blanks() -> None:
    body = b"""\xef\xbb\xbfUser-agent: *
Disallow: /x
sitemap: https://lake.example.org/a.xml
 Sitemap:https://lake.example.org/b.xml  # ours
SITEMAP : https://lake.example.org/c.xml
Sitemaps: https://lake.example.org/d.xml
Sitemap: /relative.xml
Sitemap: https://lake.example.org/a.xml
\xff\xff"""
    found = robots_sitemaps(body, "https://lake.example.org/news/")
    assert found == tuple(f"https://lake.example.org/{name}.xml" for name in ("a", "b", "c", "relative"))
    assert robots_sitemaps(b"Sitemap:\nSitemap: #\nSitemap: maps/x.xml", "https://lake.example.org/news/") == (
        "https://lake.example.org/maps/x.xml",
    )
    assert robots_sitemaps(b"", _URL) == ()


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("pages.xml.gz", ["https://lake.example.org/pages.xml.gz"]),
        ("//maps.example.org/a.xml", ["https://maps.example.org/a.xml"]),
        ("www.lake.example.org/sitemap.xml", []),
        ("lake.example.org:8080/sitemap.xml", []),
        ("none", []),
    ],
)
def test_words_of_robots_txt_that_are_no_place_on_its_host_name_no_sitemap(stated: str, expected: list[str]) -> None:
    assert [*robots_sitemaps(f"Sitemap: {stated}\n".encode(), "https://lake.example.org/news/")] == expected


@examples(60)
@given(
    st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda b: _urlset("<loc>X</loc>").replace(b"X", b)))
)
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    found = read_sitemap(body, _URL)
    assert all(link.url for link in found.links)
    robots_sitemaps(body, _URL)


def test_a_blank_line_before_the_declaration_costs_no_part_of_an_address() -> None:
    entries = "".join(f"<url><loc>{_URL}show.php?no={n}&amp;lang=en&copy=1</loc></url>" for n in (1, 2))
    for start in ("\n", "\ufeff\r\n \n", " " * 200_000):
        body = f'{start}<?xml version="1.0" encoding="UTF-8"?>\n<urlset>{entries}</urlset>'.encode()
        found = read_sitemap(body, _URL)
        assert [link.url for link in found.links] == [f"{_URL}show.php?no={n}&lang=en&copy=1" for n in (1, 2)]


def test_an_address_stays_whole_behind_a_mistake() -> None:
    body = b"<urlset><url><loc>/a</loc><image x=1/></url>\x01<url><loc>/b?x=1&amp;y=2&z=3</loc><x:y/></url></urlset>"
    assert [link.url.rpartition("/")[2] for link in read_sitemap(body, _URL).links] == ["a", "b?x=1&y=2&z=3"]


def test_a_list_of_sitemaps_that_calls_itself_one_of_pages() -> None:
    names = ("/map-2026-11.xml", "/map-2026-10.xml.gz", "/sitemap-news.txt", "/map.xml?page=2", "/news/open.html")
    body = "<urlset>" + "".join(f"<url><loc>{name}</loc></url>" for name in names) + "</urlset>"
    found = read_sitemap(body.encode(), _URL)
    assert [document.url.rpartition("/")[2] for document in found.documents] == [
        "map-2026-11.xml",
        "map-2026-10.xml.gz",
        "sitemap-news.txt",
        "map.xml?page=2",
    ]
    assert [link.url.rpartition("/")[2] for link in found.links] == ["open.html"]


def test_a_sitemap_in_a_legacy_encoding() -> None:
    head = '<?xml version="1.0" encoding="windows-1251"?><urlset xmlns:news="n"><url><loc>/a</loc>'
    news = "<news:news><news:title>Порт &amp;amp; мост</news:title></news:news></url></urlset>"
    assert read_sitemap((head + news).encode("cp1251"), _URL).links[0].title == "Порт & мост"


def test_lines_are_read_across_pieces() -> None:
    body = "".join(f"https://lake.example.org/news/{n:05}\r\n" for n in range(10_000)).encode()
    for packed in (body, gzip.compress(body), gzip.compress(body[:70_001]) + gzip.compress(body[70_001:])):
        found = read_sitemap(packed, _URL)
        assert [int(link.url[-5:]) for link in found.links] == list(range(10_000))
