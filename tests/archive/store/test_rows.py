"""Values of the model as rows and back: nothing is lost, and nothing that SQLite cannot keep goes in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.ids import boilerplate_number, capture_number
from archive.core.model import Capture, Contact, Extraction, Link, Removed
from archive.store import rows

AT = datetime(2026, 5, 3, 9, 30, tzinfo=timezone(timedelta(hours=5)))
CAPTURE = Capture(
    "tamsk", "https://tamsk.example/a", "https://tamsk.example/old?utm_source=x", "page", AT, 200, "sha1:A",
    "warc/tamsk/2026-05.warc.gz", 10, 20, link=Link("https://tamsk.example/a", "Фähre", via="https://tamsk.example/f"),
    truncated="length",
)  # fmt: skip


def test_a_capture_is_read_back_from_its_row() -> None:
    row = rows.capture_row(CAPTURE, "release", "")
    assert rows.capture_from(row) == CAPTURE
    assert rows.capture_from(rows.capture_row(replace(CAPTURE, link=None, revisit=True), "", "x")).revisit


def test_a_row_names_the_address_asked_and_the_one_that_answered_where_they_differ() -> None:
    row = rows.capture_row(CAPTURE, "release", "")
    assert (row["id"], row["fetched_at"]) == (capture_number(CAPTURE), "2026-05-03T04:30:00+00:00")
    assert (row["url"], row["key"]) == (CAPTURE.asked, rows.asked_key(CAPTURE))
    assert row["final_key"] == rows.final_key(CAPTURE) != row["key"]
    same = rows.capture_row(replace(CAPTURE, asked=""), "release", "")
    assert (same["final_key"], same["url"], same["key"]) == (None, CAPTURE.url, rows.final_key(CAPTURE))


def test_moments_sort_as_text() -> None:
    assert rows.moment(AT) < rows.moment(AT + timedelta(minutes=1))
    assert rows.moment_from(rows.moment(AT)) == AT
    assert rows.moment(AT).endswith("+00:00")


SAID = Extraction(
    "https://tamsk.example/a", "Ferry", "The ferry sails.\n\nFares stay.", "Twice a day", "2026-05-03T09:00:00+05:00",
    authors=("Oda Brekk",), tags=("ferry", "паром"), contacts=(Contact("Oda", phone="7"),), tickers=("NYSE: BRK",),
    photo_credits=("Nils",), about=("About",), links=("Timetable | https://tamsk.example/t.pdf",),
    origins={"title": "meta", "published_at": "time"},
)  # fmt: skip


def test_a_reading_is_read_back_from_the_columns_of_an_article() -> None:
    columns = rows.extraction_columns(SAID)
    assert rows.extraction_from(columns) == SAID
    assert (columns["published_day"], columns["word_count"]) == ("2026-05-03", 5)
    assert columns["tags"] == '["ferry", "паром"]'
    assert list(columns["origins"]) == list('{"published_at": "time", "title": "meta"}')


@given(st.text())
def test_every_text_can_be_stored(text: str) -> None:
    kept = rows.storable(replace(SAID, title=text + "\ud83d\0", tags=(text + "\0",), origins={"a\0": text}))
    with closing(sqlite3.connect(":memory:")) as db:
        assert db.execute("select ?, ?", (kept.title, kept.tags[0])).fetchone() == (kept.title, kept.tags[0])
    assert "\0" not in kept.title + kept.tags[0] + "".join(kept.origins)
    assert kept.text == SAID.text


def test_two_removed_passages_at_one_place_take_neighbouring_ones() -> None:
    removed = [
        Removed(3, "c", "cue"),
        Removed(2, "a", "repeated", 7),
        Removed(2, "b", "decided", 8),
        Removed(3, "d", "cue"),
    ]
    made = rows.removed_rows(1, "tamsk", removed)
    assert [(row["position"], row["text"]) for row in made] == [(2, "a"), (3, "b"), (4, "c"), (5, "d")]
    assert made[0]["boilerplate_id"] == boilerplate_number("tamsk", 7)
    assert made[2]["boilerplate_id"] is None
    assert rows.removed_rows(1, "tamsk", [Removed(1, "a", "credit", 7)])[0]["boilerplate_id"] is None


@pytest.mark.parametrize(
    ("stated", "day"),
    [("2026-05-03", "2026-05-03"), ("2026-05-03T23:00:00+05:00", "2026-05-03"), ("2026-05", None), ("", None)],
)
def test_the_day_of_publication_is_that_where_it_was_published(stated: str, day: str | None) -> None:
    assert rows.published_day(stated) == day


def test_words_are_counted_in_every_script() -> None:
    assert rows.count_words("The ferry's half-empty, 3.5 m wide.") == 6
    assert rows.count_words("渡船 sails") == 3
    assert rows.words_of("паром идёт") == ["паром", "идёт"]


def test_moments_are_in_greenwich_time() -> None:
    assert rows.moment(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00+00:00"
