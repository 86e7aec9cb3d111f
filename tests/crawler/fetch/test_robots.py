"""What an answer for robots.txt means (RFC 9309)."""

from __future__ import annotations

import pytest

from crawler.fetch.robots import rules

PAGE = "https://press.velmora.example/news/a"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 599])
def test_a_server_in_trouble_or_one_that_asks_for_rest_closes_its_host(status: int) -> None:
    found = rules(status, b"User-agent: *\nAllow: /\n")
    assert f"the server answered {status}" in found.closed
    assert found.refusal(PAGE) == found.closed


@pytest.mark.parametrize("status", [204, 301, 400, 401, 403, 404, 410, 418])
def test_a_missing_robots_txt_forbids_nothing(status: int) -> None:
    assert rules(status, b"User-agent: *\nDisallow: /\n").refusal(PAGE) == ""


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (b"User-agent: *\nDisallow: /news/\n", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /news/\n", True),
        (b"User-agent: *\nDisallow:\n\nUser-agent: dateline\nDisallow: /\n", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nAllow: /\n", False),
        (b"User-agent: *\nDisallow: /news/\nAllow: /news/a\n", False),
        (b"\x00\xff\xfe noise", False),
        (b"", False),
    ],
)
def test_rules_are_those_for_us_else_for_all(body: bytes, refused: bool) -> None:
    assert rules(200, body).refusal(PAGE) == ("robots.txt disallows it" if refused else "")


@pytest.mark.parametrize(
    ("line", "delay"), [(b"Crawl-delay: 7", 7.0), (b"Crawl-delay: -7", 0.0), (b"Crawl-delay: soon", 0.0), (b"", 0.0)]
)
def test_the_crawl_delay_is_read(line: bytes, delay: float) -> None:
    assert rules(200, b"User-agent: *\nDisallow: /private/\n" + line + b"\n").crawl_delay() == delay
