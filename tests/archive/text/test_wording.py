"""Words for people: dates, first sentences, counts, addresses."""

from __future__ import annotations

from typing import get_args

import pytest

from archive.history.events import EventKind
from archive.text import wording


def test_every_kind_of_event_has_a_word() -> None:
    assert set(get_args(EventKind)) <= set(wording.CHANGE)


def test_a_day_a_weekday_and_a_moment() -> None:
    assert wording.day("2026-03-11T09:30:00+05:00") == "11 March 2026"
    assert (wording.day(None), wording.day("in spring")) == ("", "in spring")
    assert wording.weekday("2026-03-11") == "Wednesday, 11 March 2026"
    assert (wording.weekday(""), wording.weekday("in spring")) == ("Undated", "in spring")
    assert wording.moment("2026-03-11T09:30:00+05:00") == "11 March 2026, 09:30 UTC+05:00"
    assert wording.moment("2026-03-11T09:30:00+00:00") == "11 March 2026, 09:30 UTC"
    assert wording.moment("2026-03-11T09:30:00") == "11 March 2026, 09:30"
    assert wording.moment("2026-03-11") == "11 March 2026"
    assert wording.moment("some day in March") == "some day in March"


SENTENCE = "The harbour office of Tamsk opened its second bridge to walkers."


def test_the_opening_is_the_first_sentence_worth_showing() -> None:
    text = f"Bridge opens\nTAMSK, 3 March\n{SENTENCE} Carts follow in May."
    assert wording.opening(text, "Bridge opens") == SENTENCE
    assert wording.opening("Short.\n") == "Short."
    assert wording.opening("Bridge opens", "Bridge opens") == ""


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "The office said that no. 7 of the quays in Tamsk, i.e. the old one, stays open."
    assert wording.opening(text) == text


def test_a_long_sentence_is_cut_at_a_word() -> None:
    cut = wording.opening("ferries " * 100)
    assert cut.endswith("ferries…")
    assert len(cut) <= 261
    assert wording.shortened("walkers, and carts", 12) == "walkers…"
    assert wording.shortened("x" * 30, 10) == "x" * 10 + "…"
    assert wording.shortened("walkers", 7) == "walkers"


def test_a_short_line_alone_is_a_heading_and_several_are_a_list() -> None:
    lines = wording.with_subheadings(f"{SENTENCE}\nFares\n{SENTENCE}\nTamsk\nOsk\n\n{SENTENCE}\nEnd")
    assert [line for line, heading in lines if heading] == ["Fares"]
    assert [line for line, _ in lines][-1] == "End"
    assert not any(heading for _, heading in wording.with_subheadings(f"{SENTENCE}\nFares stay.\n{SENTENCE}"))


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (" https://tamsk.example/a ", "https://tamsk.example/a"),
        ("javascript:alert(1)", ""),
        ("http:///a", ""),
        ("https://[", ""),
        (None, ""),
    ],
)
def test_a_reader_may_follow_only_web_addresses(url: str | None, link: str) -> None:
    assert wording.weblink(url) == link


def test_a_mailbox_is_plainly_one() -> None:
    assert wording.mailbox(" oda@tamsk.example ") == "oda@tamsk.example"
    assert [wording.mailbox(text) for text in ("oda at tamsk", "oda@tamsk", "a@b.example?cc=c", None)] == [""] * 4


def test_control_characters_go_and_white_space_stays() -> None:
    assert wording.readable("a\x00b\x1f\tc\n\ufffed") == "ab\tc\nd"


def test_what_stands_between_backticks_is_code() -> None:
    assert wording.with_code("Start it with `dateline run`.") == [
        ("Start it with ", False),
        ("dateline run", True),
        (".", False),
    ]
    assert wording.with_code("`a` and `b c") == [("a", True), (" and `b c", False)]
    assert wording.with_code("a ` b\nc ` d") == [("a ` b\nc ` d", False)]
    assert wording.with_code("") == []


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("minor (silent): numbers changed: 3 → 4", "Minor edit, silent: numbers changed: 3 → 4"),
        (
            "headline (silent): headline changed: “A” → “B”; 1 paragraph added",
            "Headline changed, silent: “A” → “B”; 1 paragraph added",
        ),
        ("headline: headline changed", "Headline changed"),
        ("date: numbers changed: 3 → 4", "Date changed: numbers changed: 3 → 4"),
        ("headline", "headline"),
    ],
)
def test_an_edit_is_told_once(detail: str, words: str) -> None:
    assert wording.event_detail("edited", detail) == words
    assert wording.event_detail("gone", detail) == detail
