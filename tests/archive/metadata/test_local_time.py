"""A moment stated in UTC in the zone in which its page shows it."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from archive.metadata.local_time import as_written, from_midnight, on_day_told


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-05-03T01:30:00-07:00", "2026-05-03T01:30:00-07:00"),
        ("2026-05-03T13:30:00", "2026-05-03T13:30:00+05:00"),
        ("2026-05-03T14:15:00", "2026-05-03T08:30:00+00:00"),  # UTC+05:45 is no zone of the list
        ("2026-05-03", "2026-05-03T08:30:00+00:00"),
        ("", "2026-05-03T08:30:00+00:00"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_what_is_written(written: str, moment: str) -> None:
    assert as_written("2026-05-03T08:30:00+00:00", written) == moment


def test_a_moment_falls_on_the_day_that_is_told_if_it_was_that_day_in_its_country() -> None:
    late, url = "2026-05-03T20:30:00+00:00", "https://tamsk.pk:8080/bridge"
    assert on_day_told(late, {"2026-05-04"}, url) == "2026-05-04T01:30:00+05:00"
    assert on_day_told(late, {"2026-05-03", "2026-05-04"}, url) == late
    assert on_day_told(late, {"2026-05-05"}, url) == late
    assert on_day_told(late, {"2026-05-04"}, "https://tamsk.example/bridge") == late


def test_a_day_whose_beginning_is_stated_in_utc_is_told_as_it_begins() -> None:
    shown = fragment_fromstring('<time datetime="2026-05-06T22:00:00Z">7 May 2026</time>')
    assert from_midnight("2026-05-06T22:00:00+00:00", [shown], "DMY") == "2026-05-07T00:00:00+02:00"
    assert from_midnight("2026-05-06T21:00:00+00:00", [shown], "DMY") == "2026-05-06T21:00:00+00:00"


def test_what_is_not_in_utc_stays_as_it_is_stated() -> None:
    stated = "2026-05-03T20:30:00+02:00"
    assert as_written(stated, "2026-05-03T13:30:00") == stated
    assert on_day_told(stated, {"2026-05-04"}, "https://tamsk.pk/bridge") == stated
    assert from_midnight(stated, [], "DMY") == stated
