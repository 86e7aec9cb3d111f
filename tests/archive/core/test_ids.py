"""Ids made of what they stand for: the same for ever, exact in JavaScript, and different for different things."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from archive.core.ids import article_number, boilerplate_number, capture_number, number_of
from archive.core.model import Capture


@given(st.lists(st.text()))
def test_a_number_is_exact_in_javascript(parts: list[str]) -> None:
    assert 0 <= number_of(*parts) < 2**53


def test_numbers_stay_what_archives_already_hold() -> None:
    assert article_number("tamsk", "tamsk.example/news/bridge") == ARTICLE
    assert boilerplate_number("tamsk", -17) == BOILERPLATE


def test_where_one_part_ends_matters() -> None:
    assert number_of("ab", "c") != number_of("a", "bc")


def test_the_same_address_of_two_sources_and_two_kinds_of_thing_are_apart() -> None:
    assert article_number("tamsk", "a") != article_number("osk", "a")
    assert article_number("tamsk", "7") != boilerplate_number("tamsk", 7)


def test_a_capture_is_its_place_and_nothing_else() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    one = Capture("tamsk", "https://tamsk.example/", "", "page", at, 200, "sha1:A", "warc/tamsk/a.warc.gz", 10, 5)
    two = Capture("osk", "https://osk.example/", "", "feed", at, 404, "sha1:B", "warc/tamsk/a.warc.gz", 10, 9)
    three = Capture("tamsk", "https://tamsk.example/", "", "page", at, 200, "sha1:A", "warc/tamsk/a.warc.gz", 11, 5)
    assert capture_number(one) == capture_number(two) != capture_number(three)


ARTICLE, BOILERPLATE = 3_079_941_687_923_030, 3_273_035_874_697_979
