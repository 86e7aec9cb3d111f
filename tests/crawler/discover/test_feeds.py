"""Feeds of every kind, well-formed and not, into links."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.model import Link
from crawler.discover.feeds import LARGEST, read_feed
from crawler.discover.links import Document
from tests.examples import examples

_URL = "https://lake.example.org/news/feed.xml"


def _rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>Lake &amp; Town</title>{body}</channel></rss>'.encode()


def _one(body: bytes, content_type: str = "application/rss+xml") -> Link:
    found = read_feed(body, _URL, content_type)
    assert found.problem == ""
    (link,) = found.links
    return link


def test_rss_gives_each_item_with_an_address_once() -> None:
    found = read_feed(
        _rss(
            "<title>A new &lt;b&gt;bridge&lt;/b&gt;</title><link>https://lake.example.org/a?utm_source=rss</link>"
            "<pubDate>Wed, 11 Mar 2026 09:30:00 +0500</pubDate>",
            "<title>The same</title><link>http://www.lake.example.org/a/</link>",
            "<title>Second</title><link>/b</link><guid isPermaLink='false'>77</guid>",
            "<title>By its id</title><guid>https://lake.example.org/?p=45</guid>",
            "<title>Nowhere</title><guid isPermaLink='false'>78</guid>",
        ),
        _URL,
    )
    assert found.title == "Lake & Town"
    assert found.links == (
        Link("https://lake.example.org/a", "A new bridge", "2026-03-11T09:30:00+05:00", "", _URL),
        Link("https://lake.example.org/b", "Second", "", "", _URL),
        Link("https://lake.example.org/?p=45", "By its id", "", "", _URL),
    )
    assert found.documents == ()


def test_atom_gives_the_address_of_the_page_relative_to_its_base() -> None:
    link = _one(
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://lake.example.org/en/"><title>T</title><entry>
        <title type="html">One &amp;amp; two</title><id>tag:x</id>
        <link rel="enclosure" href="/a.pdf" type="application/pdf"/><link rel="self" href="a.atom"/>
        <link rel="alternate" type="application/pdf" href="b.pdf"/><link rel="alternate" type="text/html" href="a"/>
        <published>2026-03-11T09:30:00+05:00</published><updated>2026-03-12T00:00:00Z</updated></entry></feed>"""
    )
    assert link == Link(
        "https://lake.example.org/en/a", "One & two", "2026-03-11T09:30:00+05:00", "2026-03-12T00:00:00+00:00", _URL
    )


@pytest.mark.parametrize(
    "entry",
    [
        '<content src="https://lake.example.org/a" type="text/html"/>',
        '<link rel="self" href="https://lake.example.org/a"/>',
        "<id>https://lake.example.org/a</id>",
    ],
)
def test_atom_entries_without_an_alternate(entry: str) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>{entry}</entry></feed>'
    assert _one(feed.encode()).url == "https://lake.example.org/a"


def test_a_relation_named_by_its_registered_address_is_the_relation() -> None:
    links = "".join(
        f'<link rel="http://www.iana.org/assignments/relation/{name}" href="/{name}"/>' for name in ("via", "alternate")
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:l,3</id><title>T</title>{links}</entry></feed>'
    assert _one(body.encode(), "application/atom+xml").url == "https://lake.example.org/alternate"


def test_an_address_with_an_entity_that_the_feed_declares_is_not_invented() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY dash "-"><!ENTITY a "b"><!ENTITY deep "&a;&a;">]>'
    found = read_feed(_rss("<title>T</title><link>https://lake.example.org/&deep;</link>", head=head), _URL)
    assert (found.links, found.problem) == ((), "no entry of the feed has an address")
    (link,) = read_feed(_rss("<title>T</title><link>https://lake.example.org/a?b=1&amp;deep=2</link>"), _URL).links
    assert link.url == "https://lake.example.org/a?b=1&deep=2"


@pytest.mark.parametrize(
    ("stated", "older"),
    [
        ('<link rel="next" href="/news/feed.xml?page=2"/>', f"{_URL}?page=2"),
        (
            '<link rel="prev-archive" href="https://www.lake.example.org/news/2025"/>',
            "https://www.lake.example.org/news/2025",
        ),
        ('<link rel="http://www.iana.org/assignments/relation/next" href="2"/>', "https://lake.example.org/news/2"),
        (f'<link rel="next" href="{_URL}#2"/><link rel="self" href="/a"/><link rel="previous" href="/b"/>', ""),
        ('<link rel="next" href="https://hill.example.net/feed"/>', ""),
        ('<link rel="next"/>', ""),
    ],
)
def test_a_feed_names_its_older_part(stated: str, older: str) -> None:
    """RFC 5005; of JSON Feeds `next_url`."""
    entry = '<entry><title>T</title><link href="https://lake.example.org/a"/></entry>'
    found = read_feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{stated}{entry}</feed>'.encode(), _URL)
    assert [document.url for document in found.documents] == ([older] if older else [])
    assert [link.url for link in found.links] == ["https://lake.example.org/a"]
    feed = {"version": "https://jsonfeed.org/version/1.1", "next_url": older or 7, "items": [{"url": "/a"}]}
    found = read_feed(json.dumps(feed).encode(), _URL)
    assert found.documents == ((Document(older, "feed"),) if older else ())


def test_rdf_with_dublin_core_dates() -> None:
    link = _one(
        b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>
        <item rdf:about="https://lake.example.org/a"><title>A</title><link>https://lake.example.org/a</link>
        <dc:date>2026-03-11</dc:date></item></rdf:RDF>"""
    )
    assert link == Link("https://lake.example.org/a", "A", "2026-03-11", "", _URL)


def test_feedburner_names_the_original() -> None:
    item = (
        "<link>https://feeds.example.com/~r/x/1</link>"
        '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://lake.example.org/a</f:origLink>'
    )
    assert _one(_rss(item)).url == "https://lake.example.org/a"


def test_a_json_feed_is_read_whatever_its_content_type() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lake",
        "items": [
            {"id": "1", "url": "/a", "title": "A", "date_published": "2026-03-11T09:30:00+05:00"},
            {"id": "https://lake.example.org/b", "date_modified": "2026-03-12"},
            {"id": "3"},
            "no item",
        ],
    }
    found = read_feed(json.dumps(feed).encode(), _URL, "text/html")
    assert found.title == "Lake"
    assert found.links == (
        Link("https://lake.example.org/a", "A", "2026-03-11T09:30:00+05:00", "", _URL),
        Link("https://lake.example.org/b", "", "", "2026-03-12", _URL),
    )


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("koi8-r", True, "text/xml"),
        ("windows-1251", True, "application/xml; charset=utf-8"),
        ("windows-1251", False, "text/xml; charset=windows-1251"),
        ("utf-8", False, "text/xml"),
        ("utf-8", False, "text/html; charset=windows-1251"),
        ("utf-8", True, ""),
        ("utf-16", True, "application/rss+xml"),
    ],
)
def test_a_feed_is_read_in_its_encoding_whatever_it_declares(encoding: str, declared: bool, content_type: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if declared else '<?xml version="1.0"?>'
    body = f"{head}<rss version='2.0'><channel><item><title>Новый мост</title><link>/a</link></item></channel></rss>"
    found = read_feed(body.encode(encoding), _URL, content_type)
    assert [link.title for link in found.links] == ["Новый мост"]


def test_broken_feeds_are_read_as_far_as_possible() -> None:
    body = _rss("<title>A &nbsp; &copy B</title><link>https://lake.example.org/a</link>")[:-20]
    found = read_feed(b"\n\n \0" + body, _URL)
    assert [link.url for link in found.links] == ["https://lake.example.org/a"]
    assert "not well-formed" in found.problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the feed is empty"),
        (b"\xef\xbb\xbf \n", "the feed is empty"),
        (b"<!DOCTYPE html><html><body>Please log in</body></html>", "an HTML page stands where the feed should be"),
        (b"<html><head></head></html>", "an HTML page stands where the feed should be"),
        (b"Not found", "this is not a feed"),
        (b"<urlset></urlset>", "this is not a feed"),
        (b'{"a": 1}', "this JSON is not a feed"),
        (b'{"a": ', "the feed is not well-formed JSON"),
        (b"[" * 100_000, "the feed is not well-formed JSON"),
        (_rss("<title>A</title>"), "no entry of the feed has an address"),
        (_rss("<link>https://lake.example.org/{{ post.url }}</link>"), "no entry of the feed has an address"),
        (b"<rss>" + b" " * LARGEST, "the feed is larger than 20 MB"),
    ],
)
def test_what_is_no_feed_is_said(body: bytes, problem: str) -> None:
    found = read_feed(body, _URL, "application/rss+xml")
    assert found.links == ()
    assert found.problem.startswith(problem)


def test_an_empty_feed_is_no_problem() -> None:
    assert read_feed(_rss(), _URL).problem == ""


def test_hostile_feeds_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for body in (
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss><channel><title>&l9;</title></channel></rss>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item><link>https://a.example/</link></item>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        "<rss><channel>" + "<item>" * 20_000,
        "<rss>" + "<a>" * 100_000,
        "<rss><channel><item><title>" + "&" * 100_000,
        '<?xml version="1.0" encoding="hex"?><rss/>',
        '<?xml version="1.0" encoding="undefined"?><rss/>',
    ):
        found = read_feed(body.encode(), _URL)
        assert len(found.title) <= 500
        assert "root:" not in found.title


@examples(60)
@given(
    st.one_of(st.binary(max_size=300), st.binary(max_size=80).map(lambda b: _rss("<link>/a</link>").replace(b"/a", b)))
)
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    found = read_feed(body, _URL)
    assert found.problem or all(link.url for link in found.links)


_SITE = "https://lake.example.org"


def _of_site(items: str, link: str = f"{_SITE}/") -> bytes:
    channel = f"<channel><title>L</title><link>{link}</link>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


@pytest.mark.parametrize("link", [f"{_SITE}/", f"{_SITE}/press", "", "https://other.example.net/"])
def test_an_item_that_links_to_the_site_is_at_its_permanent_id(link: str) -> None:
    items = "".join(f"<item><link>{link}</link><guid isPermaLink='true'>{_SITE}/a{n}</guid></item>" for n in range(3))
    for site in (f"{_SITE}/", link or f"{_SITE}/press"):
        found = read_feed(_of_site(items, site), f"{_SITE}/feed")
        assert [entry.url for entry in found.links] == [f"{_SITE}/a{n}" for n in range(3)]


def test_an_item_behind_a_counter_of_another_site_is_at_its_permanent_id() -> None:
    counted, own = "https://feeds.counter.example/~r/quill/~3/7", "https://press.quill.example/news/7"

    def read(site: str, link: str, guid: str) -> list[str]:
        item = f"<item><title>A path</title><link>{link}</link><guid>{guid}</guid></item>"
        feed = f"<rss version='2.0'><channel><link>{site}</link>{item}</channel></rss>"
        return [one.url for one in read_feed(feed.encode(), "https://feeds.counter.example/quill").links]

    assert read("https://press.quill.example/", counted, own) == [own]
    assert read("https://www.quill.example/", own, "https://www.quill.example/?p=7") == [own]
    assert read("https://press.quill.example/", counted, "https://other.example/7") == [counted]


def test_relative_addresses_of_rss_are_those_of_its_site() -> None:
    items = "<item><link>/news/a</link></item><item><link>b</link></item>"
    found = read_feed(_of_site(items, f"{_SITE}/news/"), f"{_SITE}/rss/all.xml")
    assert [entry.url for entry in found.links] == [f"{_SITE}/news/a", f"{_SITE}/news/b"]
    stranger = read_feed(_of_site(items, "https://other.example.net/x/"), f"{_SITE}/rss/all.xml")
    assert [entry.url for entry in stranger.links] == [f"{_SITE}/news/a", f"{_SITE}/rss/b"]


def test_items_that_are_parts_of_one_page_are_told() -> None:
    items = "".join(f"<item><title>{n}</title><link>{_SITE}/news#part-{n}</link></item>" for n in range(4))
    found = read_feed(_of_site(items), f"{_SITE}/feed")
    assert [entry.url for entry in found.links] == [f"{_SITE}/news"]
    assert found.problem == "all 4 entries of the feed lead to one page"


def test_a_feed_whose_encoding_is_not_the_one_it_states() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Паром&nbsp;в порту</title>'
        f"<item><title>Мост & паром</title><link>{_SITE}/a?x=1&y=2</link></item></channel></rss>"
    )
    found = read_feed(text.encode("cp1251"), f"{_SITE}/feed")
    assert [(entry.url, entry.title) for entry in found.links] == [(f"{_SITE}/a?x=1&y=2", "Мост & паром")]


def test_a_json_feed_with_a_mark_and_addresses_of_every_kind() -> None:
    text = '\ufeff {"version": "https://jsonfeed.org/version/1.1", "items": ['
    text += f'{{"id": 1, "external_url": "{_SITE}/a"}},'
    text += '{"id": "2", "url": "/b", "date_published": "2026-03-11T24:00:00Z"}, {"id": "3", "url": 5}]}'
    found = read_feed(text.encode(), f"{_SITE}/feed", "text/plain")
    assert [(entry.url, entry.published) for entry in found.links] == [
        (f"{_SITE}/a", ""),
        (f"{_SITE}/b", "2026-03-12T00:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    "many",
    [
        lambda count: "".join(f"<category>{number}</category>" for number in range(count)),
        lambda count: f"<itunes:keywords>{','.join(map(str, range(count)))}</itunes:keywords>",
        lambda count: f"<media:keywords>{','.join(map(str, range(count)))}</media:keywords>",
    ],
)
@pytest.mark.parametrize("end", ["</channel></rss>", ""])  # well-formed and not: two parsers
def test_an_item_may_have_thousands_of_categories(many: Callable[[int], str], end: str) -> None:
    spaces = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"'
    item = f"<item><title>A quay</title><link>https://port.example/quay</link>{many(30_000)}</item>"
    start = time.process_time()
    found = read_feed(f"<rss {spaces}><channel>{item}{end}".encode(), "https://port.example/feed")
    assert [link.url for link in found.links] == ["https://port.example/quay"]
    assert time.process_time() - start < 5


def test_a_bare_and_in_an_address_begins_no_entity() -> None:
    link = "https://lake.example.org/show?id=2&copy=1&lang=en"
    found = read_feed(_rss(f"<title>Nets & boats</title><link>{link}</link>"), _URL)
    assert [(one.url, one.title) for one in found.links] == [(link, "Nets & boats")]
    found = read_feed(_rss(f"<title>Nets &amp; boats & sails</title><link><![CDATA[{link}]]></link>"), _URL)
    assert [(one.url, one.title) for one in found.links] == [(link, "Nets & boats & sails")]


def test_a_feed_with_a_tag_of_thousands_of_attributes_is_refused_at_once() -> None:
    attributes = " ".join(f'quay{number}="1"' for number in range(20_000))
    start = time.process_time()
    found = read_feed(f"<rss {attributes}><channel></channel></rss>".encode(), "https://port.example/feed")
    assert found.problem == "the feed cannot be read (OverflowError: a tag has more than 1000 attributes)"
    assert time.process_time() - start < 5


def test_so_is_one_with_a_bare_ampersand_before_that_tag() -> None:
    attributes = " ".join(f'quay{number}="1"' for number in range(20_000))
    start = time.process_time()
    found = read_feed(
        f"<rss><channel><title>Oats & rye</title><x {attributes}/></channel></rss>".encode(),
        "https://port.example/feed",
    )
    assert found.problem == "the feed cannot be read (OverflowError: a tag has more than 1000 attributes)"
    assert time.process_time() - start < 5
