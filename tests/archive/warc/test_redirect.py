"""Where a response sends its reader, as browsers see it."""

from __future__ import annotations

import gzip

import pytest

from archive.warc.redirect import target

HERE = "https://press.velmora.example/news/quay"


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/b", "https://press.velmora.example/b"),
        ("b?utm_source=web", "https://press.velmora.example/news/b?utm_source=web"),
        ("//other.example/c;jsessionid=1A", "https://other.example/c;jsessionid=1A"),
        ("https://amp.other.example/c#part", "https://amp.other.example/c"),
        ("/jos\xe9", "https://press.velmora.example/jos%E9"),
        ("/Überfällig".encode().decode("latin-1"), "https://press.velmora.example/%C3%9Cberf%C3%A4llig"),
        ("/jos%e9 x", "https://press.velmora.example/jos%e9%20x"),
        ("?page=2", "https://press.velmora.example/news/quay?page=2"),
        ("\\\\other.example\\d", "https://other.example/d"),
        ("https://bücher.example/".encode().decode("latin-1"), "https://xn--bcher-kva.example/"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("ftp://other.example/", ""),
        ("http://user@other.example/", "http://other.example/"),
        ("http://[::1", ""),
        ("http://" + "a" * 9000, ""),
    ],
)
def test_a_location_is_followed_as_it_is_served(location: str, leads: str) -> None:
    assert target(HERE, 302, (("Location", location),), b"") == leads


@pytest.mark.parametrize("status", [200, 204, 300, 304, 404, 500])
def test_a_location_of_another_status_leads_nowhere(status: int) -> None:
    assert target(HERE, status, (("Location", "/b"),), b"") == ""


@pytest.mark.parametrize(
    ("stated", "leads"),
    [
        ("0; url=/b", "/b"),
        ("0;URL='/b'", "/b"),
        ('3, url = "/b" and more', "/b"),
        ("0 /b", "/b"),
        ("; url=/b", "/b"),
        ("0.5; url=/b", "/b"),
        ("5;url=/b", "/b"),
        ("6;url=/b", ""),
        ("600; url=/b", ""),
        ("0", ""),
        ("600", ""),
        ("0; url=", ""),
        ("soon; url=/b", ""),
        ("0; url=javascript:void(0)", ""),
        ("0; url=/news/quay", ""),
    ],
)
def test_a_refresh_leads_on_if_it_does_so_at_once(stated: str, leads: str) -> None:
    whole = f"https://press.velmora.example{leads}" if leads else ""
    assert target(HERE, 200, (("Refresh", stated),), b"") == whole
    meta = f"<meta content='{stated}' HTTP-EQUIV=Refresh>" if "'" not in stated else ""
    if meta:
        assert target(HERE, 200, (), meta.encode()) == whole


@pytest.mark.parametrize(
    ("markup", "leads"),
    [
        ('<meta http-equiv="refresh" content="0; URL=/b?x=1&amp;y=2">', True),
        ("<!-- <meta http-equiv=refresh content='0;url=/b?x=1&y=2'> -->", False),
        ("<noscript><meta http-equiv=refresh content='0;url=/b?x=1&y=2'></noscript>", False),
        ("<script>'<meta http-equiv=refresh content=\"0;url=/b?x=1&y=2\">'</script>", False),
        ("<meta name=refresh content='0;url=/b?x=1&y=2'>", False),
        ("x" * 40_000 + "<meta http-equiv=refresh content='0;url=/b?x=1&y=2'>", False),
    ],
)
def test_a_meta_refresh_counts_where_a_browser_would_see_it(markup: str, leads: bool) -> None:
    packed = gzip.compress(markup.encode())
    for headers, body in (((), markup.encode()), ((("Content-Encoding", "gzip"),), packed), ((), packed)):
        assert target(HERE, 200, headers, body) == ("https://press.velmora.example/b?x=1&y=2" if leads else "")
    assert target(HERE, 200, (("Content-Type", "application/rss+xml"),), markup.encode()) == ""
    assert target(HERE, 404, (), markup.encode()) == ""


def test_a_refresh_to_itself_counts_with_a_cookie() -> None:
    assert target(HERE, 200, (("Refresh", "0; url=/news/quay"), ("Set-Cookie", "a=1")), b"") == HERE
