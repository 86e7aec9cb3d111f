"""Cookies of one crawl of one source, for cookie walls and sessions that use redirects. Deleted after the crawl.

Only a cookie that came with a redirect is kept and sent: without it the redirect would be a loop. A cookie that came
with a page is not kept: a site could use it to count what was read (metered pages) or to show variants. The rules are
those of RFC 6265 as implemented by http.cookiejar. The list of public suffixes is the one inside tldextract; nothing
is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import cookiejar
from http.cookiejar import Cookie, DefaultCookiePolicy
from urllib.request import Request as UrllibRequest

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar
from tldextract import TLDExtract

_moment: Callable[[str], float | None] = vars(cookiejar)["http2time"]  # typeshed leaves it out

_MOST_COOKIES = 50
"""Cookies that one crawl takes: as many of a domain as RFC 6265 section 6.1 asks user agents to keep, at least."""

_LONGEST_HEADER = 8 * 1024
"""Most characters of all cookies for one address: servers refuse more."""

_LONGEST_COOKIE = 4096
"""RFC 6265 section 6.1: user agents should accept at least this; here it is also the most."""


class CrawlCookies:
    """The cookie jar of one crawl."""

    def __init__(self) -> None:
        self._jar = CookieJar(_Policy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain))
        self._taken = 0

    def take(self, request: Request, response: Response) -> None:
        """Keep the cookies of a redirect."""
        given = response.headers.getlist("Set-Cookie")
        fitting = [value for value in given if len(value) <= _LONGEST_COOKIE][: _MOST_COOKIES - self._taken]
        if fitting:
            self._taken += len(fitting)
            only = Response(response.url, headers={"Set-Cookie": [*map(_understood, fitting)]})
            self._jar.extract_cookies(only, request)

    def header(self, url: str) -> str:
        """The Cookie header for an address; "" for none."""
        if not self._taken:
            return ""
        request = Request(url)
        self._jar.add_cookie_header(request)
        value = request.headers.get("Cookie")
        pairs = value.decode("latin-1").split("; ") if value else []
        while sum(map(len, pairs)) > _LONGEST_HEADER:
            pairs.pop()
        return "; ".join(pairs)


def _understood(cookie: bytes) -> bytes:
    """A Set-Cookie header without the attributes that say nothing (RFC 6265, sections 5.2.1 to 5.2.3).

    http.cookiejar drops a cookie for them, or fails, and then drops all cookies of the answer.
    """
    pair, *attributes = cookie.split(b";")
    return b";".join([pair, *filter(_says_something, attributes)])


def _says_something(attribute: bytes) -> bool:
    name, _, value = (part.strip() for part in attribute.decode("latin-1").partition("="))
    match name.lower():
        case "max-age":
            return value.removeprefix("-").isdecimal() and value.isascii()
        case "domain":
            return bool(value.strip("."))
        case "expires":
            return _is_moment(value.strip('"'))
        case known:
            return known != "port"


def _is_moment(value: str) -> bool:
    """Whether http.cookiejar reads a date, without an error (it has one for a month that does not exist)."""
    try:
        return _moment(value) is not None
    except ValueError:
        return False


def institution(host: str) -> str:
    """The domain that all hosts of one institution share ("news.example.co.uk": "example.co.uk"); an IP is its own."""
    found = _suffixes()(host)
    if found.ipv4 or found.ipv6:
        return host
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else ".".join(host.split(".")[-2:])


class _Policy(DefaultCookiePolicy):
    def set_ok_domain(self, cookie: Cookie, request: UrllibRequest) -> bool:
        """Refuse cookies for a whole public suffix (com, co.uk, github.io), where unrelated sites would share them.

        A host that is such a suffix itself (gov.example) gets its own back, and no other host does (RFC 6265, section
        5.3, step 5).
        """
        named = cookie.domain.lstrip(".")
        if cookie.domain_specified and _is_public_suffix(named):
            if named != request.host.partition(":")[0].lower():
                return False
            cookie.domain, cookie.domain_specified = named, False
            return True
        return super().set_ok_domain(cookie, request)


def _is_public_suffix(domain: str) -> bool:
    found = _suffixes()(domain)
    return not found.domain and bool(found.suffix)


@cache
def _suffixes() -> TLDExtract:
    """The installed public suffix list. It is read at the first cookie with a domain, never from the network."""
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
