"""Places in time, and marks to filter by."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.store.search_index import places

SEEN = "2026-03-02T10:00:00+00:00"


def test_places_are_in_the_order_of_days_then_of_moments() -> None:
    ordered = [
        places.place("2026-03-01", SEEN, 9),
        places.place("2026-03-02", "2026-03-02T09:59:59+00:00", 2**52 - 1),
        places.place("2026-03-02", SEEN, 0),
        places.place("2026-03-02", SEEN, 1),
        places.place("2026-03-03", "2026-03-01T00:00:00+00:00", 0),
    ]
    assert ordered == sorted(ordered)
    assert all(places.first_of("2026-03-02") <= place <= places.last_of("2026-03-02") for place in ordered[1:4])
    assert {places.day_of(place) for place in ordered[1:4]} == {"2026-03-02"}
    assert places.day_numbered(ordered[0] >> places.DAY_SHIFT) == "2026-03-01"


@given(st.dates(), st.integers(0, 2**52))
def test_every_place_is_a_rowid(day: object, article: int) -> None:
    assert 0 <= places.place(str(day), SEEN, article) < 2**63


@given(st.text(max_size=60))
def test_a_mark_is_one_token_whatever_it_is_of(value: str) -> None:
    made = places.mark("source", value)
    assert all(unicodedata.category(character)[0] in "LN" or character == places.MARK for character in made)
    assert made == places.mark("source", value.upper().casefold())  # as FTS5 folds case


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("VALDORA CITY", "VALDORA CITY"),
        ("ISTER, March 11", "ISTER"),
        ("Korrin (Ister), 3 May 2026", "Korrin"),
        ("11 March 2026", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_place_of_a_dateline(dateline: str | None, place: str) -> None:
    assert places.dateline_place(dateline) == place


def test_an_article_is_filtered_by_what_it_is() -> None:
    row = {
        "source": "a",
        "language": None,
        "status": "live",
        "missing_since": "2026",
        "revisions": 2,
        "dateline": "X, Y",
    }
    known = places.entry(row | {"authors": '["Ida Wren", "", 7]'})
    assert known == places.Entry("a", "", "missing", True, "", ("Ida Wren",))
    assert len(known.marks.split()) == 4
