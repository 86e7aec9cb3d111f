"""Why a crawl failed, by what it said of it."""

from __future__ import annotations

import pytest

from archive.history.failing.causes import cause_of, is_of_the_host
from archive.history.health import KINDS

LIST = "listing https://press.valdora.example/news"


@pytest.mark.parametrize(
    ("trouble", "kind", "words"),
    [
        (f"{LIST}: the server answered 404", "address", "https://press.valdora.example/news is not there"),
        ("no release could be fetched; 3 of 3: not found, as https://a.example/1", "address", "are not there (3 of 3"),
        (f"{LIST}: the server answered 401", "login", "news asks for a login"),
        (f"{LIST}: a page that asks for a login stands there", "login", "asks for a login"),
        (f"{LIST}: a page that asks for consent to cookies stands there", "consent", "stands before https://press"),
        (f"{LIST}: the server answered 403; feed https://a.example/f: x", "blocked", "(the server answered 403)"),
        (f"{LIST}: the listing is empty or no HTML", "empty", "names no releases (the listing is empty or no HTML)"),
        (f"{LIST}: no group of links on the page looks like articles", "empty", "names no releases"),
        (f"{LIST}: robots.txt disallows it", "robots", "lets no program read https://press.valdora.example/news"),
        ("no release could be fetched; 6 of 6: robots.txt disallows it", "robots", "lets no program read its releases"),
        (f"{LIST}: TLS: certificate has expired", "certificate", "is not accepted (certificate has expired)"),
        (
            "robots.txt cannot be read (TLS: certificate has expired), so nothing may be fetched",
            "certificate",
            "is not accepted (certificate has expired)",
        ),
        (
            "robots.txt cannot be read (DNS: the name does not resolve (x)), so nothing may be fetched",
            "name",
            "the name valdora leads nowhere",
        ),
        ("valdora answered 429 (too many requests) and asks to wait 9 seconds", "busy", "while: answered 429"),
        (f"{LIST}: left alone until 2026-03-01 23:30 UTC: it answered 429", "busy", "until 2026-03-01 23:30"),
        ("left alone until 2026-03-01 23:30 UTC: valdora failed again and again", "server", "until 2026-03-01 23:30"),
        (
            "robots.txt cannot be read (the server answered 500), so nothing may be fetched",
            "server",
            "gives no usable answer (robots.txt cannot be read: the server answered 500)",
        ),
        (f"{LIST}: no complete answer within 20 seconds", "server", "within 20 seconds"),
        ("stopped after 3600 seconds", "limit", "meet a limit (stopped after 3600 seconds)"),
    ],
)
def test_each_cause_has_its_kind_words_and_advice(trouble: str, kind: str, words: str) -> None:
    cause = cause_of(trouble, "valdora")
    assert cause
    assert cause.kind == kind
    assert words in cause.words
    assert cause.advice.endswith(".")
    assert cause.kind in KINDS


def test_of_what_is_not_known_nothing_is_said() -> None:
    assert cause_of("", "valdora") is None
    assert cause_of("IndexError: oh", "valdora") is None


def test_what_ended_a_crawl_before_its_documents() -> None:
    assert is_of_the_host("robots.txt cannot be read (x), so nothing may be fetched")
    for trouble in ("", f"{LIST}: TLS: x", "no release could be fetched; 3 of 3: not found, as x"):
        assert not is_of_the_host(trouble)
