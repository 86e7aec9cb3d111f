"""The cookies of one crawl: those of redirects, for the hosts that may see them, and no more than a few."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.fetch.cookies import CrawlCookies, institution


def taken(url: str, *cookies: str) -> CrawlCookies:
    jar = CrawlCookies()
    jar.take(Request(url), Response(url, headers={"Set-Cookie": list(cookies)}))
    return jar


@pytest.mark.parametrize(
    ("cookie", "url", "sent"),
    [
        ("a=1", "https://news.example/b", "a=1"),
        ("a=1; Path=/", "https://www.news.example/b", ""),
        ("a=1; Domain=news.example", "https://www.news.example/b", "a=1"),
        ("a=1; Domain=.news.example; Path=/", "https://news.example/b", "a=1"),
        ("a=1", "https://old.news.example/b", ""),
        ("a=1; Domain=other.example", "https://other.example/", ""),
        ("a=1; Path=/private", "https://news.example/b", ""),
        ("a=1; Secure", "http://news.example/b", ""),
        ("a=1; Max-Age=0", "https://news.example/b", ""),
        ("a=1; Max-Age=99999999999999999999", "https://other.example/b", ""),
        ("a=1; Max-Age=600.5; Expires=Thu, 99 Foo 2099 00:00:00 GMT", "https://news.example/b", "a=1"),
        ("a=1; Max-Age=; Domain=; Port=80; Path=/", "https://news.example/b", "a=1"),
        ("a=1; Expires=Wed, 31 Feb 2099 10:00:00 GMT", "https://news.example/b", "a=1"),
        ("a=1; Expires=Thu, 01 Jan 99999 00:00:00 GMT", "https://news.example/b", "a=1"),
        ("a=1; Expires=Thu, 1 Jan 1970", "https://news.example/b", ""),
        ('a=1; Expires="Thu, 01-Jan-1970 00:00:00GMT"', "https://news.example/b", ""),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=soon", "https://news.example/b", ""),
        ("no name or value", "https://other.example/b", ""),
        ("a=" + "x" * 5000, "https://news.example/b", ""),
    ],
)
def test_a_cookie_is_sent_to_whom_it_belongs(cookie: str, url: str, sent: str) -> None:
    assert taken("https://news.example/a", cookie).header(url) == sent


@pytest.mark.parametrize(
    ("cookie", "sent"),
    [
        ("a=1", ""),
        ("a=1; Domain=press.news.example", ""),
        ("a=1; Domain=www.news.example", ""),
        ("a=1; Domain=.news.example", "a=1"),
        ("a=1; Domain=NEWS.example", "a=1"),
        ("a=1; Domain=.example", ""),
    ],
)
def test_a_sibling_of_the_host_sees_only_what_is_for_their_domain(cookie: str, sent: str) -> None:
    assert taken("https://press.news.example/a", cookie).header("https://www.news.example/b") == sent


@pytest.mark.parametrize(
    ("host", "suffix"), [("press.co.uk", "co.uk"), ("quill.github.io", "github.io"), ("news.com", "com")]
)
def test_a_cookie_for_a_whole_public_suffix_is_refused(host: str, suffix: str) -> None:
    jar = taken(f"https://{host}/", f"a=1; Domain={suffix}")
    assert jar.header(f"https://{host}/") == ""
    assert jar.header(f"https://other.{suffix}/") == ""


@pytest.mark.parametrize(
    ("cookie", "seen_by"),
    [
        ("a=1", ["a.press.example"]),
        ("a=1; Domain=a.press.example", ["a.press.example", "x.a.press.example"]),
        ("a=1; Domain=.press.example", ["a.press.example", "b.press.example", "press.example", "x.a.press.example"]),
        ("a=1; Domain=b.press.example", []),
        ("a=1; Domain=.example", []),
    ],
)
def test_a_cookie_stays_with_its_host_or_goes_to_all_of_its_domain(cookie: str, seen_by: list[str]) -> None:
    hosts = ("a.press.example", "b.press.example", "press.example", "x.a.press.example", "other.example")
    jar = taken("https://a.press.example/", cookie)
    assert [host for host in hosts if jar.header(f"https://{host}/")] == seen_by


def test_a_host_that_is_a_public_suffix_gets_its_own_cookie_back() -> None:
    jar = taken("https://gov.kz/", "a=1; Domain=gov.kz")
    assert (jar.header("https://gov.kz/b"), jar.header("https://press.gov.kz/b")) == ("a=1", "")


def test_a_server_cannot_fill_the_jar() -> None:
    jar = taken("https://news.example/", *(f"a{number}=1" for number in range(500)))
    assert len(jar.header("https://news.example/").split("; ")) == 50


def test_no_cookie_no_header() -> None:
    assert CrawlCookies().header("https://news.example/") == ""


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("press.quill.co.uk", "quill.co.uk"),
        ("sso.press.quill.no", "quill.no"),
        ("quill.github.io", "quill.github.io"),
        ("press.quill.example", "quill.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_the_hosts_of_an_institution_share_a_domain(host: str, domain: str) -> None:
    assert institution(host) == domain
