"""What a message says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from archive.alerts.changes import Change
from archive.alerts.message import compose, sample, with_id
from archive.alerts.settings import Alert

ALERT = Alert("Ferries", ("json://x",))
NEW = Change("new", "ister", "Port of Ister", "2026-03-11T09:00:00+00:00", 7, 701, "Night ferry", "It sails.",
             "https://ister.example/7", "2026-03-11", age=timedelta())  # fmt: skip


def test_a_new_release_has_its_title_source_day_and_addresses() -> None:
    message = compose(ALERT, [NEW], "https://news.example")
    assert message.subject == "Ferries: New: Night ferry"
    assert message.body.splitlines() == [
        "New: Night ferry",
        "Port of Ister, 11 March 2026",
        "https://news.example/article/7",
        "https://ister.example/7",
    ]


def test_an_edit_says_what_changed_and_when_it_was_seen() -> None:
    edit = replace(NEW, what="edited", severity="headline", summary="headline changed", at="2026-03-12T10:30:00+00:00")
    message = compose(ALERT, [edit], "")
    assert message.subject == "Ferries: Headline changed: Night ferry"
    assert message.body.splitlines()[1:] == [
        "Port of Ister, 11 March 2026; seen 12 March 2026, 10:30 UTC",
        "headline changed",
        "https://ister.example/7",
    ]


def test_many_changes_are_counted_in_the_subject() -> None:
    gone = replace(NEW, what="removed", article=8)
    at = "2026-03-12T10:30:00+00:00"
    unwell = Change("unwell", "ister", "Port of Ister", at, title="Port of Ister", text="its feed is empty")
    message = compose(ALERT, [NEW, gone, gone, unwell], "")
    assert message.subject == "Ferries: 1 new release, 2 removals, 1 source unwell"
    assert message.body.count("\n\n") == 3
    assert "Since 12 March 2026, 10:30: its feed is empty" in message.body.replace(" UTC", "")


def test_what_a_page_says_cannot_make_lines_of_its_own() -> None:
    message = compose(ALERT, [replace(NEW, title="One\n\nhttps://evil.example\x00" + "x" * 900)], "")
    assert "\n" not in message.subject
    assert len(message.subject) <= 151
    assert "\x00" not in message.subject + message.body
    assert message.body.splitlines()[0].startswith("New: One https://evil.example")


def test_a_test_says_that_it_is_one_and_every_message_has_its_id() -> None:
    message = sample(replace(ALERT, what=("edited", "unwell")))
    assert message.subject == "Ferries: test"
    assert "edited, source unwell; at once" in message.body
    assert with_id("Text.", "00ab") == "Text.\n\nMessage 00ab"
