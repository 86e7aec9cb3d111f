"""The tables of words that dates use."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from archive.text.calendar import CALENDAR_WORDS, COUNTRY_ZONES, FIXED_ZONES, MONTHS, ZONES
from tests.bench.months import TARGET, from_cldr


def test_words_are_folded_and_each_month_has_them() -> None:
    assert all(word == word.casefold() for word in MONTHS.keys() | CALENDAR_WORDS)
    assert set(MONTHS.values()) == set(range(1, 13))


def test_the_names_of_months_are_those_of_the_cldr() -> None:
    assert json.loads(TARGET.read_text("utf-8")) == from_cldr()
    assert {MONTHS[word] for word in ("آذار", "مارس", "มีนาคม", "มี.ค", "मार्च", "μαρτιου", "março")} == {3}
    assert (MONTHS["كانون الثاني"], MONTHS["listopada"]) == (1, 11)


def test_usual_words_are_no_calendar_words() -> None:
    assert {"may", "mai", "oktober", "қазан", "pm", "samstag", "wed"} <= CALENDAR_WORDS
    assert not {"set", "out", "tem", "lis", "там"} & CALENDAR_WORDS


def test_no_zone_is_named_that_means_several() -> None:
    assert not {"BST", "IST", "AST", "SST", "GST"} & ZONES.keys()
    assert FIXED_ZONES.keys() <= ZONES.keys()


def test_every_region_is_known() -> None:
    for zone in {*COUNTRY_ZONES.values(), *(zone for zone in ZONES.values() if isinstance(zone, str))}:
        assert ZoneInfo(zone).key == zone
