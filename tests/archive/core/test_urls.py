"""Addresses: the form that is archived, and which two are one page."""

from __future__ import annotations

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.urls import LONGEST, as_served, ascii_host, canonical, host, key
from tests.examples import examples


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://WWW.Example.ORG:443/News/A#top", "https://www.example.org/News/A"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/a/", "http://example.org:8080/a/"),
        ("  https://example.org/a\n/b\t ", "https://example.org/a/b"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/#!/news/4", "https://example.org/"),
        ("https://example.org//a//b", "https://example.org//a//b"),
        ("https://example.org/x/../a/./b/..", "https://example.org/a/"),
        ("https://example.org/%7euser/%e4%zz/ö", "https://example.org/~user/%E4%25zz/%C3%B6"),
        ("https://münster.example.org/ä?q=ü x", "https://xn--mnster-3ya.example.org/%C3%A4?q=%C3%BC%20x"),
        ("http://[2001:DB8::1]:8000/a", "http://[2001:db8::1]:8000/a"),
        ("http://127.0.0.1:4321/a", "http://127.0.0.1:4321/a"),
        ("https://example.org/a;jsessionid=1F2E?x=1", "https://example.org/a?x=1"),
        ("https:\\\\example.org\\a\\b?x=c\\d", "https://example.org/a/b?x=c%5Cd"),
    ],
)
def test_one_form(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("utm_source=a&id=123&utm_medium=b", "id=123"),
        ("p=45&fbclid=IwAR0&gclid=9", "p=45"),
        ("ID=7&CFID=1&CFTOKEN=2", "ID=7"),
        ("20241104", "20241104"),
        ("b=2&a=1", "b=2&a=1"),
        ("a=1&amp;b=2&amp;amp;c=3", "a=1&b=2&c=3"),
        ("lang=kk&page=2", "lang=kk&page=2"),
        ("cid=31&eid=8&uid=77&ref=2026-14", "cid=31&eid=8&uid=77&ref=2026-14"),
        ("ref=homepage&source=newsletter&cid=rss", ""),
        ("gallery=3&glossary=a&reference=x&affairs=eu", "gallery=3&glossary=a&reference=x&affairs=eu"),
        ("keyword=budget&session=12", "keyword=budget&session=12"),
        ("PHPSESSID=abc&sid=12", "sid=12"),
        ("sid=0123456789abcdef0123456789abcdef&n=1", "n=1"),
        ("amp=1&n=1", "n=1"),
        ("outputType=amp", ""),
        ("at_medium=rss&at_campaign=news&n=1", "n=1"),
    ],
)
def test_parameters_that_name_a_page_stay(query: str, kept: str) -> None:
    assert canonical(f"https://example.org/n?{query}") == "https://example.org/n" + (f"?{kept}" if kept else "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/news/new-bridge/amp/", "https://example.org/news/new-bridge/"),
        ("https://example.org/news/bridge.html/amp", "https://example.org/news/bridge.html"),
        ("https://example.org/news/bridge-4?amp", "https://example.org/news/bridge-4"),
        ("https://amp.example.org/news/4", "https://example.org/news/4"),
        ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a-b/amp/", "https://www.example.org/a-b/"),
        ("https://www.google.com/amp/s/example.org/a-b", "https://example.org/a-b"),
        ("https://example.org/products/amp/", "https://example.org/products/amp/"),
        ("https://example.org/amp/report", "https://example.org/amp/report"),
        ("https://amp.gov.uk/a", "https://amp.gov.uk/a"),
        ("https://amp.org/a", "https://amp.org/a"),
    ],
)
def test_amp_becomes_its_article_and_nothing_else_does(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mailto:press@example.org",
        "javascript:void(0)",
        "tel:+1",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "data:text/html,x",
        "/news/a",
        "https://",
        "https:///a",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://[::1/",
        "https://-.org/",
        "https://" + "a" * 64 + ".org/",
        "https://example.org/" + "a" * LONGEST,
        "https://example.org/" + "%41" * LONGEST,
        "https://example.org/" + "a/" * 5_000_000,
    ],
)
def test_what_may_not_be_archived_is_empty(url: str) -> None:
    assert canonical(url) == key(url) == host(url) == ""


def test_an_address_may_be_long_where_its_letters_are_escaped() -> None:
    headline = "https://example.org/news/" + "%E0%B8%81" * 300
    assert canonical(headline) == as_served(headline) == canonical(canonical(headline)) == headline
    assert canonical("https://example.org/news/" + "ก" * 300) == headline
    assert canonical("https://example.org/" + "%E0%B8%81" * LONGEST) == ""


def test_relative_to_a_page() -> None:
    base = "https://example.org/news/list?page=2"
    assert canonical("a", base) == "https://example.org/news/a"
    assert canonical("?page=3", base) == "https://example.org/news/list?page=3"
    assert canonical("//example.net/b", base) == "https://example.net/b"
    assert canonical("#top", base) == base
    assert canonical("https://example.net/c", "not a base") == "https://example.net/c"
    assert canonical("a", "https://[") == ""


def test_one_page_has_one_key() -> None:
    same = [
        "http://example.org/news/a",
        "https://www.example.org/news/a/",
        "https://example.org//news/a?utm_source=x#c",
    ]
    assert {key(url) for url in same} == {"example.org/news/a"}
    assert key("https://example.org/?b=2&a=1") == key("https://example.org?a=1&b=2") == "example.org?a=1&b=2"
    assert key("https://example.org/A") != key("https://example.org/a")
    assert key("https://example.org/kk/a") != key("https://example.org/a")
    assert key("https://example.org/?p=1") != key("https://example.org/?p=2")


def test_a_host_is_without_www_and_with_its_port() -> None:
    assert host("https://WWW.Example.org/a") == "example.org"
    assert host("http://www.example.org:8080/a") == "example.org:8080"
    assert host("https://www.org/") == "www.org"


_URLS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http://", "HTTPS://", "//", "", "https:/"]),
        st.sampled_from(
            ["example.org", "www.Example.org:80", "amp.amp.example.org", "ü.org", "[::1]", "www.google.com"]
        ),
        st.lists(
            st.one_of(
                st.sampled_from(
                    ["/", "..", ".", "%2e", "%", "%25", "amp", "a-b", ";sid=1", "?", "&amp;", "&", "=", "utm_a=1"]
                ),
                st.sampled_from(["c/s/example.org", "amp=1", "#", "sid", "jsessionid=1", "#038;", ";", "ref=", "\x00"]),
                st.text(max_size=4),
            ),
            max_size=12,
        ).map("".join),
    ),
)


@examples(400)
@given(st.one_of(_URLS, st.text(max_size=60)))
def test_twice_is_once(url: str) -> None:
    once = canonical(url, "https://example.org/dir/")
    assert canonical(once) == once
    assert once.isascii()
    assert key(canonical(url)) == key(url)
    assert host(canonical(url)) == host(url)
    assert key(f"https://{key(url)}") == key(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ida:tide77@example.org/news/4", "https://example.org/news/4"),
        ("//ida@example.org/news/4", "https://example.org/news/4"),
        ("https://ida:ti%40de@77@example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org@other.example/a", "https://other.example/a"),
        ("https://example.org/@ida", "https://example.org/@ida"),
    ],
)
def test_no_user_and_no_password_stays_in_an_address(url: str, expected: str) -> None:
    assert canonical(url, "https://example.org/") == as_served(url, "https://example.org/") == expected


def test_escapes_in_a_host_are_decoded_as_browsers_do() -> None:
    assert canonical("http://m%C3%BCnster.example/a") == canonical("http://münster.example/a")
    assert canonical("http://port%2evale.example/a") == "http://port.vale.example/a"
    for refused in ("http://a%2Fb.example/", "http://a%40b.example/", "http://a%FFb.example/"):
        assert canonical(refused) == as_served(refused) == ""


def test_looks_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert canonical("https://some.new-host.example.co.uk/a") == "https://some.new-host.example.co.uk/a"


@pytest.mark.parametrize(
    ("edition", "article"),
    [
        ("https://example.org/amp/news/a-new-bridge", "https://example.org/news/a-new-bridge"),
        ("https://example.org/news/amp/a-new-bridge/", "https://example.org/news/a-new-bridge/"),
        ("https://example.org/news/amp/20261120", "https://example.org/news/20261120"),
        ("https://example.org/news/a-new-bridge.amp.html", "https://example.org/news/a-new-bridge.html"),
        ("https://example.org/news/bridge.amp", "https://example.org/news/bridge"),
        ("https://example.org/news/bridge?format=amp", "https://example.org/news/bridge"),
    ],
)
def test_the_amp_edition_of_an_article_has_its_key(edition: str, article: str) -> None:
    assert key(edition) == key(article)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/amp/report",
        "https://example.org/products/amp/",
        "https://www.amp.com.au/amp/news/a-new-bridge",
        "https://example.org/lamp/a-new-bridge",
        "https://example.org/a-new-bridge/volt.amps",
    ],
)
def test_a_folder_that_is_called_amp_stays_in_a_key(url: str) -> None:
    assert key(url).partition("/")[2] == url.partition("//")[2].partition("/")[2].rstrip("/")


@pytest.mark.parametrize(
    "path", ["/amp" * 200 + "/" + "a-" * 200 + "/x", "/amp/" + "a-" * 900 + "/x", "/" + "a-" * 900 + "/x/amp/y"]
)
def test_an_address_that_nearly_names_an_edition_for_phones_is_read_in_no_time(path: str) -> None:
    start = time.process_time()
    assert key(f"https://ferries.example{path}") == f"ferries.example{path}"
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gazette.EXAMPLE", "gazette.example"),
        ("hafengroße.example", "xn--hafengroe-n1a.example"),
        ("HAFENGROẞE.example", "xn--hafengroe-n1a.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("münster.example", "xn--mnster-3ya.example"),
        ("日本。example", "xn--wgv71a.example"),
        ("ｎｅｗｓ.example", "news.example"),
        ("☃.example", "xn--n3h.example"),
    ],
)
def test_the_ascii_form_of_a_host(name: str, expected: str) -> None:
    assert ascii_host(name) == expected
    assert canonical(f"https://{name}/a") == f"https://{expected}/a"


@pytest.mark.parametrize("name", ["a\u200db.example", "ü" * 300 + ".example", "\u0300a.example"])
def test_a_host_that_cannot_be(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ascii_host(name)
    assert canonical(f"https://{name}/a") == ""


@given(st.text(max_size=80))
def test_any_host(name: str) -> None:
    try:
        found = ascii_host(name)
    except ValueError:
        return
    assert found.isascii()
    assert ascii_host(found) == found
