"""How often one visitor may ask for expensive pages."""

from __future__ import annotations

import pytest

from archive.web.rates import EXPENSIVE, Visitors, visitor
from tests.docs.test_site_addresses import NAMED


def test_a_visitor_may_ask_for_so_many_pages_and_then_steadily() -> None:
    visitors = Visitors(6)
    assert [visitors.wait("192.0.2.1", "/trends", 100.0) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    assert visitors.wait("192.0.2.2", "/trends", 100.0) == 0
    assert visitors.wait("192.0.2.1", "/search", 100.0) == 0
    assert visitors.wait("192.0.2.1", "/trends", 105.0) == 5
    assert [visitors.wait("192.0.2.1", "/trends", 110.5) for _ in range(2)] == [0, 10]
    assert [visitors.wait("192.0.2.1", "/trends", 9000.0) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]


def test_the_oldest_visitors_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.web.rates._KNOWN", 2)
    visitors = Visitors(1)
    asked = ["192.0.2.1", "192.0.2.2", "192.0.2.2", "192.0.2.3", "192.0.2.2", "192.0.2.1"]
    assert [visitors.wait(address, "/archive", 0.0) for address in asked] == [0, 0, 60, 0, 60, 0]


def test_who_an_address_stands_for() -> None:
    assert visitor("2001:db8::1") == visitor("2001:db8::ffff") != visitor("2001:db8:0:1::1")
    assert visitor("::ffff:192.0.2.1") == visitor("192.0.2.1") == "192.0.2.1"
    assert visitor("127.0.0.8") == visitor("::1") == ""
    assert visitor("testclient") == "testclient"


def test_which_pages_are_expensive() -> None:
    paths = {address.partition("?")[0].replace("ARTICLE", "12") for address in NAMED}
    assert {path for path in paths if EXPENSIVE.fullmatch(path)} == {
        "/archive",
        "/archive.json",
        "/archive/articles.json",
        "/article/12/evidence.zip",
        "/article/12/similar",
        "/search.csv",
        "/search.jsonl",
        "/trends",
    }
    assert all(EXPENSIVE.fullmatch(path) for path in ("/trends.csv", "/trends.svg", "/archive/taken_down.csv"))
    assert not EXPENSIVE.fullmatch("/archives")
    assert EXPENSIVE.fullmatch("/archive-abc123/articles")
