"""Why a fetch failed, in words, and how often it is worth another try."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime

import pytest
from scrapy.exceptions import IgnoreRequest

from archive.core.model import HostRest
from crawler.fetch.address_guard import AddressRefused
from crawler.fetch.connections import NoAnswer, ProxyRefused
from crawler.fetch.errors import asked_again, busy_in_words, explain, resting, retry_after, tries
from crawler.fetch.http import CutShort, TooLarge
from crawler.fetch.response_reader import NotHttp


@pytest.mark.parametrize(
    ("error", "words", "most", "is_failure"),
    [
        (AddressRefused("news.example leads to 10.0.0.1"), "news.example leads to 10.0.0.1", 1, False),
        (
            TooLarge("the body has more than the 5 bytes allowed"),
            "the body has more than the 5 bytes allowed",
            1,
            False,
        ),
        (IgnoreRequest("a rule"), "a rule", 1, False),
        (ssl.SSLError(1, "wrong version"), "TLS: ", 1, True),
        (socket.gaierror(-2, "unknown"), "DNS: the name does not resolve (unknown)", 1, True),
        (TimeoutError(), "no complete answer within 7 seconds", 2, True),
        (CutShort("disconnect"), "the connection broke before the whole body came", 2, True),
        (NotHttp("no status line"), "the server's answer cannot be read: no status line", 2, True),
        (ProxyRefused("the proxy answered 407"), "the proxy answered 407", 3, True),
        (ConnectionRefusedError(), "the connection was refused", 3, True),
        (ConnectionResetError(), "the server closed the connection without an answer", 3, True),
        (NoAnswer(), "the server closed the connection without an answer", 3, True),
        (RuntimeError("odd"), "RuntimeError: odd", 3, True),
    ],
)
def test_every_error_has_words_and_a_number_of_tries(error: Exception, words: str, most: int, is_failure: bool) -> None:
    told = explain(error, 7.0)
    assert told.reason.startswith(words)
    assert (told.failure, told.retry) == (is_failure, is_failure)
    assert tries(error, 3) == most
    assert tries(error, 1) == 1


def test_the_cause_of_an_error_is_what_is_told() -> None:
    outer = RuntimeError("something failed")
    outer.__cause__ = socket.gaierror(-2, "unknown")
    assert explain(outer, 7.0).reason.startswith("DNS: ")
    assert tries(outer, 3) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 11 Mar 2026 09:00:30 GMT", 30.0),
        ("Wed, 11 Mar 2026 08:00:00 GMT", 0.0),
        ("9" * 5000, 365 * 24 * 3600.0),
        ("99999999999999999999", 365 * 24 * 3600.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 365 * 24 * 3600.0),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 365 * 24 * 3600.0),
        ("Fri, 31 Dec 99999999999999 23:59:59 GMT", None),
        ("1e400", None),
        ("-5", None),
        ("\u0663", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, datetime(2026, 3, 11, 9, tzinfo=UTC)) == seconds


LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def test_a_busy_host_says_how_long_or_does_not() -> None:
    assert busy_in_words(503, None) == "answered 503"
    assert busy_in_words(429, 3600.0) == "answered 429 (too many requests) and asks to wait 3600 seconds"
    assert asked_again(3600.0, LATE) == "; it is asked again after 2026-03-02 00:30 UTC"
    assert (asked_again(None, LATE), asked_again(0.0, LATE)) == ("", "")


def test_a_host_at_rest_is_left_alone_until_a_moment() -> None:
    rest = resting(HostRest("quill.example", LATE, "it answered 429"))
    assert (rest.reason, rest.retry, rest.failure) == (
        "left alone until 2026-03-01 23:30 UTC: it answered 429",
        True,
        True,
    )
