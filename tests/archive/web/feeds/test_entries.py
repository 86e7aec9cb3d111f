"""Entries: dates as RFC 3339 wants them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.web.feeds.entries import NOTHING_YET, TAG, Feed, of_events, rfc3339
from archive.web.queries.events import Event


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-11", "2026-03-11T00:00:00+00:00"),
        ("2026-03-11T09:30:00+05:00", "2026-03-11T09:30:00+05:00"),
        ("2026-03-11T09:30:00.5Z", "2026-03-11T09:30:00.5Z"),
        ("2026-03-11T09:30+05:00", "2026-03-11T09:30:00+05:00"),
        ("2026-03-11T09:30:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_moments_as_feeds_want_them(value: str, moment: str) -> None:
    assert rfc3339(value) == moment


def test_a_feed_without_entries_has_a_date_all_the_same() -> None:
    assert Feed("tag:x", "t", "a", "b", "c", ()).updated == NOTHING_YET


def test_an_event_has_the_id_of_its_article_or_of_its_address() -> None:
    """A reader shows an entry once for each id, so an id must never change and never be shared."""
    of_article = Event(
        1, "2026-03-11T09:30:00+00:00", "valdora", "Valdora", 7, "https://a.example/1", "gone", "", "Path"
    )
    of_address = replace(of_article, article_id=None, title="")
    elsewhere = replace(of_address, url="https://a.example/2")
    entries = of_events((of_article, of_address, elsewhere), lambda path: f"https://news.example{path}", {})
    known, unknown, other = (
        entry.identity.removeprefix(f"{TAG}event/gone/2026-03-11T09:30:00+00:00/") for entry in entries
    )
    assert (known, entries[0].link) == ("7", "https://news.example/article/7")
    assert (unknown, entries[1].link) == ("d817b80f9a5befb9163eb63dc83dccd5", "https://news.example/events")
    assert other != unknown
    assert entries[1].title.endswith("https://a.example/1")


def test_an_event_of_a_source_has_its_name_and_an_id_of_its_own() -> None:
    of_source = Event(1, "2026-03-11T09:30:00+00:00", "valdora", "Valdora", None, "", "unavailable", "another page", "")
    other = replace(of_source, source="osk", source_title="Osk")
    entries = of_events((of_source, other), lambda path: f"https://news.example{path}", {})
    assert [entry.title for entry in entries] == ["Unavailable: Valdora", "Unavailable: Osk"]
    assert entries[0].identity != entries[1].identity
