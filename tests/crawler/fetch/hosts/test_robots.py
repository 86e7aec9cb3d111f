"""What an answer for robots.txt means (RFC 9309)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.core.robots import RobotsCopy
from crawler.fetch.hosts.robots import failed, kept_rules, longest_kept, read, rules, stands_in
from crawler.sources.schedule import parse_duration
from crawler.sources.sources import Source

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


NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
URL = "https://press.velmora.example/robots.txt"
DISALLOW = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("cache_control", "hours"),
    [
        ("", 24.0),
        ("public", 24.0),
        ("public, max-age=7200", 2.0),
        ("max-age=31536000", 24.0),
        ("max-age=0, must-revalidate", 0.0),
        ("no-store", 0.0),
        ("private, no-cache, max-age=3600", 0.0),
    ],
)
def test_a_copy_is_kept_for_a_day_or_as_its_cache_control_says(cache_control: str, hours: float) -> None:
    copy = read(URL, 200, DISALLOW, cache_control, NOON)
    assert (copy.read_at, copy.until, copy.body) == (NOON, NOON + timedelta(hours=hours), DISALLOW)
    assert copy.counts(NOON + timedelta(hours=1)) == (hours > 1)
    assert kept_rules(copy).refusal(PAGE) == "robots.txt disallows it"
    assert kept_rules(copy).kept


@pytest.mark.parametrize(
    ("recheck", "then", "hours"),
    [("1h 1d", "365d", 24), ("", "365d", 24), ("1m 1d", "365d", 1 / 60), ("", "30m", 0.5), ("1s", "1s", 1 / 3600)],
)
def test_a_source_watched_more_closely_than_hourly_reads_it_as_often(recheck: str, then: str, hours: float) -> None:
    ages = tuple(parse_duration(age) for age in recheck.split())
    source = Source("quill", "https://press.velmora.example/", recheck=ages, recheck_then=parse_duration(then))
    longest = longest_kept(source)
    assert longest == timedelta(hours=hours)
    copy = read(URL, 200, DISALLOW, "", NOON)
    assert copy.counts(NOON + longest * 0.99, longest)
    assert not copy.counts(NOON + longest, longest)


def test_that_there_is_no_robots_txt_is_kept_too() -> None:
    copy = read(URL, 404, b"<h1>Not found</h1>", "", NOON)
    assert copy.counts(NOON + timedelta(hours=23))
    assert copy.body == b""
    assert kept_rules(copy).refusal(PAGE) == ""


def test_of_a_robots_txt_without_end_half_a_mebibyte_is_kept() -> None:
    assert len(read(URL, 200, b"#" * 10**6, "", NOON).body) == 512 * 1024


def test_what_fails_keeps_the_earlier_copy_and_since_when() -> None:
    copy = read(URL, 200, DISALLOW, "", NOON)
    first = failed(URL, copy, NOON + timedelta(days=2))
    again = failed(URL, first, NOON + timedelta(days=3))
    assert again == first
    assert (first.body, first.read_at, first.failing_since) == (DISALLOW, NOON, NOON + timedelta(days=2))
    assert failed(URL, None, NOON) == RobotsCopy(URL, failing_since=NOON)


def test_an_old_copy_counts_where_nobody_answers_and_after_thirty_days_of_errors() -> None:
    copy = failed(URL, read(URL, 200, DISALLOW, "", NOON), NOON + timedelta(days=2))
    soon, late = NOON + timedelta(days=3), NOON + timedelta(days=32)
    assert stands_in(copy, soon, is_answered=False)
    assert not stands_in(copy, soon, is_answered=True)
    assert stands_in(copy, late, is_answered=True)
    assert not stands_in(failed(URL, None, NOON), late, is_answered=True)
