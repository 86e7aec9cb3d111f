"""Keys of addresses in the index of a WACZ file."""

from __future__ import annotations

import pytest

from archive.export.cdxj import surt

PUBLISHED = {
    "http://www.archive.org/": "org,archive)/",
    "http://archive.org": "org,archive)/",
    "http://archive.org/goo/": "org,archive)/goo",
    "http://archive.org/goo/?": "org,archive)/goo",
    "http://archive.org/goo/?b&a": "org,archive)/goo?a&b",
    "http://archive.org/goo/?a=2&b&a=1": "org,archive)/goo?a=1&a=2&b",
    "http://archive.org/index.html?b=a&b=b&a=b": "org,archive)/index.html?a=b&b=a&b=b",
    "http://www34.archive.org/index.html?b=b&a=b": "org,archive)/index.html?a=b&b=b",
    "http://www.archive.org:80/": "org,archive)/",
    "https://www.archive.org:80/": "org,archive:80)/",
    "http://www.archive.org:443/": "org,archive:443)/",
    "https://www.archive.org:443/": "org,archive)/",
    "http://www2foo.com/": "com,www2foo)/",
    "http://www2.www2foo.com/": "com,www2foo)/",
    "http://host/%25%32%35": "host)/%25",
    "http://host/%2525252525252525": "host)/%25",
    "http://host/%%%25%32%35asd%%": "host)/%25%25%25asd%25%25",
    "http://www.google.com/blah/..": "com,google)/",
    "http://www.GOOgle.com/": "com,google)/",
    "http://www.google.com.../": "com,google)/",
    "http://www.google.com/q?r?s": "com,google)/q?r?s",
    "http://evil.com/foo#bar#baz": "com,evil)/foo",
    "http://evil.com/foo?bar;": "com,evil)/foo?bar;",
    "http://host.com//twoslashes?more//slashes": "com,host)/twoslashes?more//slashes",
    "http://host.com/ab%23cd": "com,host)/ab%23cd",
    "http://www.google.com/foo\tbar\rbaz\n2": "com,google)/foobarbaz2",
    "http://mineral.galleries.com:/minerals/chabazit.htm": "com,galleries,mineral)/minerals/chabazit.htm",
    "http://B\u00fccher.ch:8080": "ch,xn--bcher-kva:8080)/",
    "whois://whois.isoc.org.il/shaveh.co.il": "il,org,isoc,whois)/shaveh.co.il",
    "dns:archive.org": "dns:archive.org",
    "warcinfo:foo.warc.gz": "warcinfo:foo.warc.gz",
    "mailto:foo@example.com": "mailto:foo@example.com",
}
"""From the tests of the package surt (https://github.com/internetarchive/surt, tests/test_surt.py), all but those of
session parameters, which it cuts and we keep."""


@pytest.mark.parametrize("url", PUBLISHED)
def test_the_published_vectors_hold(url: str) -> None:
    assert surt(url) == PUBLISHED[url]
