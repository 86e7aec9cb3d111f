"""The time and zone beside a day."""

from __future__ import annotations

from datetime import date

import pytest

from archive.text.time_of_day import Clock, beside, clock_from, combined

DAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("text", "moment", "place"),
    [
        ("14 July 2026, 09:30", "2026-07-14T09:30:00", "14 July 2026, 09:30"),
        ("At 9 pm CEST on 14 July 2026", "2026-07-14T21:00:00+02:00", "9 pm CEST on 14 July 2026"),
        ("14 July 2026, 9:30 PM EDT", "2026-07-14T21:30:00-04:00", "14 July 2026, 9:30 PM EDT"),
        ("14 July 2026 (Tuesday) 21.30", "2026-07-14T21:30:00", "14 July 2026 (Tuesday) 21.30"),
        ("14 July 2026. 21.30 million lamps", "2026-07-14", "14 July 2026"),
        ("14 July 2026 (Tuesday) 21.30 million", "2026-07-14", "14 July 2026"),
        ("14 July 2026. 21.30 Uhr", "2026-07-14T21:30:00", "14 July 2026. 21.30 Uhr"),
        ("14 July 2026-15.07.2026", "2026-07-14", "14 July 2026"),
        ("14 July 2026. 21:30", "2026-07-14T21:30:00", "14 July 2026. 21:30"),
        ("14 July 2026. 오후 9시 30분", "2026-07-14T21:30:00", "14 July 2026. 오후 9시 30분"),
        ("14 July 2026 à 21 h 30", "2026-07-14T21:30:00", "14 July 2026 à 21 h 30"),
        ("14 July 2026 in room 12:75", "2026-07-14", "14 July 2026"),
        ("14 July 2026, 12 items", "2026-07-14", "14 July 2026"),
        ("14 July 2026 12:75", "2026-07-14", "14 July 2026"),
    ],
)
def test_the_time_beside_a_day(text: str, moment: str, place: str) -> None:
    start = text.index("14 July")
    read, first, last = beside(text, start, start + len("14 July 2026"), DAY)
    assert (read, text[first:last]) == (moment, place)


@pytest.mark.parametrize(
    ("clock", "moment"),
    [
        (None, "2026-07-14"),
        (Clock(0), "2026-07-14"),
        (Clock(0, zone="Z"), "2026-07-14T00:00:00+00:00"),
        (Clock(24, zone="+02:00"), "2026-07-15T00:00:00+02:00"),
        (Clock(25, 1), "2026-07-14"),
        (Clock(9, 30, 15, 250_000, "-0330"), "2026-07-14T09:30:15.250000-03:30"),
        (Clock(9, zone="EST"), "2026-07-14T09:00:00-04:00"),
        (Clock(9, zone="EST", by_program=True), "2026-07-14T09:00:00-05:00"),
        (Clock(9, zone="AST"), "2026-07-14T09:00:00"),
        (Clock(9, zone="+14:15"), "2026-07-14T09:00:00"),
    ],
)
def test_a_day_and_its_clock(clock: Clock | None, moment: str) -> None:
    assert combined(DAY, clock) == moment


def test_the_last_day_of_all_has_no_next() -> None:
    assert combined(date.max, Clock(24, zone="Z")) == "9999-12-31"


def test_a_clock_as_programs_write_it() -> None:
    assert combined(DAY, clock_from("23:59:60", "UTC")) == "2026-07-14T23:59:59+00:00"
