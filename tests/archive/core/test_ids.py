"""Ids made of what they stand for: the same for ever, exact in JavaScript, and different for different things."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
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


ARTICLE, BOILERPLATE = 3_079_941_687_923_030, 3_273_035_874_697_979

CAPTURE = Capture(
    "valdora",
    "https://press.valdora.example/a",
    "https://press.valdora.example/a",
    "page",
    datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    200,
    "sha1:A",
    "warc/valdora/2026-03.warc.gz",
    512,
    900,
)


@pytest.mark.parametrize(
    "other",
    [
        {"warc_file": "warc/valdora/2026-04.warc.gz"},
        {"warc_offset": 1024},
        {"fetched_at": CAPTURE.fetched_at + timedelta(microseconds=1)},
        {"digest": "sha1:B"},
        {"url": "https://press.valdora.example/b"},
    ],
)
def test_a_capture_is_its_place_and_what_it_is(other: dict[str, object]) -> None:
    assert capture_number(replace(CAPTURE, **other)) != capture_number(CAPTURE)  # type: ignore[arg-type]


def test_the_id_of_a_capture_is_that_of_the_same_moment_in_any_zone() -> None:
    elsewhere = CAPTURE.fetched_at.astimezone(timezone(timedelta(hours=5)))
    assert capture_number(replace(CAPTURE, fetched_at=elsewhere)) == capture_number(CAPTURE) == 3796816219489083201


def test_ids_fit_those_who_read_them() -> None:
    captures = [capture_number(replace(CAPTURE, warc_offset=offset)) for offset in range(2000)]
    assert max(captures).bit_length() == 63
    assert len({number % 2**20 for number in captures}) > 1900
    others = [article_number("valdora", str(number)) for number in range(1000)]
    others += [boilerplate_number("valdora", number) for number in range(1000)]
    assert max(others).bit_length() == 52
    assert article_number("valdora", "press.valdora.example/a") == 3359381610150150
