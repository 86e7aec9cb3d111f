"""Home pages, and which links a source wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.model import Link
from crawler.discover.discover import Document, read_home, wanted
from crawler.sources.sources import Source
from tests.examples import examples

_URL = "https://lake.example.org/"


def _home(head: str = "", body: str = "") -> list[tuple[str, str]]:
    found = read_home(
        f"<html><head><title> Town\nof Lake</title>{head}</head><body>{body}</body></html>".encode(), _URL
    )
    assert (found.title, found.problem, found.links) == ("Town of Lake", "", ())
    return [(document.kind, document.url.removeprefix("https://lake.example.org")) for document in found.documents]


def test_feeds_that_a_page_declares_go_before_links_and_those_of_comments_do_not_count() -> None:
    head = """
    <link rel="alternate" type="application/rss+xml" title="Lake" href="/feed/">
    <link rel="alternate" type="application/rss+xml" title="Lake &raquo; Comments Feed" href="/comments/feed/">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="atom.xml">
    <link rel="alternate" type="application/feed+json" href="https://feeds.example.net/lake.json">
    <link rel="alternate" type="application/json+oembed" href="/oembed">
    <link rel="alternate" hreflang="kk" href="/kk/"><link rel="stylesheet" type="text/css" href="/s.css">
    <link rel="alternate" type="application/rss+xml" href="/feed">"""
    expected = [("feed", "/feed/"), ("feed", "/atom.xml"), ("feed", "https://feeds.example.net/lake.json")]
    assert _home(head, "<a href='/rss.xml'>RSS</a>") == expected


def test_a_sitemap_that_a_page_declares_is_found() -> None:
    head = '<link rel="sitemap" type="application/xml" href="/sitemap-index.xml"><link rel="icon" href="/sitemap.ico">'
    assert _home(head) == [("sitemap", "/sitemap-index.xml")]


@pytest.mark.parametrize(
    "link", ["/rss.xml", "/news/feed/", "/index.php?format=feed&type=rss", "/export/news.rss", "/?feed=rss2"]
)
def test_feeds_that_are_only_linked_to(link: str) -> None:
    page = f"<a href='/feedback/'>Feedback</a><a href='{link}'>RSS</a>"
    assert _home(body=page) == [("feed", link)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Press Releases", "/a"),
        ("  Newsroom ", "/b"),
        ("Pressemitteilungen", "/c"),
        ("Actualités", "/d"),
        ("Sala de prensa", "/e"),
        ("Comunicati stampa", "/f"),
        ("Новости", "/g"),
        ("Пресс-релизы", "/h"),
        ("Жаңалықтар", "/i"),
        ("Aktualności", "/j"),
        ("Δελτία Τύπου", "/k"),
        ("أخبار", "/l"),
        ("新闻中心", "/m"),
        ("ニュースリリース", "/n"),
        ("보도자료", "/o"),
        ("Haberler", "/p"),
        ("Alle Feuerwehrmeldungen", "/q"),
        ("Hamnmeddelanden", "/r"),
        ("", "/media/press-releases/"),
        ("What we say", "/about/newsroom.html"),
        ("Жаңа", "/kk/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B%D1%82%D0%B0%D1%80"),
    ],
)
def test_listings_in_many_languages(text: str, address: str) -> None:
    assert _home(body=f"<nav><a href='/contact'>Contact</a><a href='{address}'>{text}</a></nav>") == [
        ("listing", address)
    ]


@pytest.mark.parametrize("text", ["Anmeldungen", "Online-Anmeldungen", "Rückmeldungen"])
def test_ends_of_other_words_are_no_news(text: str) -> None:
    assert _home(body=f"<a href='/q'>{text}</a>") == []


def test_press_releases_before_news_and_no_article() -> None:
    body = """<a href="/news/">News</a><a href="/news/the-press-met-the-mayor">The press met the mayor</a>
    <a href="/press/">Press releases</a><a href="/">News</a><a href="https://elsewhere.example.net/news">News</a>
    <a href="https://newsroom.lake.example.org/">Newsroom</a><a href="/news.pdf">News</a><a href="/news#top">News</a>"""
    assert _home(body=body) == [
        ("listing", "/press/"),
        ("listing", "/news/"),
        ("listing", "https://newsroom.lake.example.org/"),
    ]


@pytest.mark.parametrize("body", [b"", b"\0\0", b"   "])
def test_what_is_no_html_is_no_home_page(body: bytes) -> None:
    assert read_home(body, _URL).problem == "the page is empty or no HTML"


@examples(40)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet="<>/ahref='\" link", max_size=200).map(str.encode)))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    for document in read_home(body, _URL).documents:
        assert document == Document(document.url, document.kind)


_SOURCE = Source(
    name="lake",
    url="https://www.lake.example.org/",
    feeds=("https://feeds.example.net/lake",),
    listings=("http://press.example.com:8080/list",),
    hosts=("media.example.org", "www.ferry.example.org", "quay.example.org:8080"),
    include=("/news/", "^http://press"),
    exclude=(r"/print/?$",),
)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://lake.example.org/news/a", ""),
        ("http://www.lake.example.org/news/a", ""),
        ("https://feeds.example.net/news/a", ""),
        ("http://press.example.com:8080/anything", ""),
        ("http://press.example.com/news/a", "other site (press.example.com)"),
        ("https://media.example.org/news/a", ""),
        ("https://ferry.example.org/news/a", ""),
        ("https://www.media.example.org/news/a", ""),
        ("https://media.example.org/events/a", "not among what is included"),
        ("https://quay.example.org:8080/news/a", ""),
        ("https://quay.example.org/news/a", "other site (quay.example.org)"),
        ("https://sub.media.example.org/news/a", "other site (sub.media.example.org)"),
        ("https://sub.lake.example.org/news/a", "other site (sub.lake.example.org)"),
        ("https://notlake.example.org/news/a", "other site (notlake.example.org)"),
        ("mailto:press@lake.example.org", "other site (no web address)"),
        ("https://lake.example.org/news/a.PDF", "file type (pdf)"),
        ("https://lake.example.org/news/photo.jpeg?size=2", "file type (jpeg)"),
        ("https://lake.example.org/news/a/print", r"excluded by /print/?$"),
        ("https://lake.example.org/events/a", "not among what is included"),
        ("https://lake.example.org/news/about.pdf-files", ""),
        ("https://lake.example.org/news/a?file=x.pdf", ""),
    ],
)
def test_why_a_link_is_not_wanted(url: str, why: str) -> None:
    assert wanted(_SOURCE, Link(url)) == why


def test_wanted_without_patterns() -> None:
    assert wanted(Source(name="lake", url="http://127.0.0.1:8000/"), Link("http://127.0.0.1:8000/a")) == ""


def test_listings_that_are_called_press_releases_are_known_from_those_of_news() -> None:
    body = """<a href="/news/">News</a> <a href="/c/7/">Пресс-релизы</a> <a href="/press/">Notícias</a>
    <a href="/press-corner/">All of it</a>"""
    assert [one.url for one in read_home(body.encode(), _URL, "text/html; charset=utf-8").press] == [
        f"{_URL}c/7/",
        f"{_URL}press-corner/",
    ]
