"""Which changes an alert is about: its search and each of its filters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from archive.alerts import changes
from archive.alerts.changes import Change, Reached
from archive.alerts.matching import is_news, matches
from archive.alerts.settings import MAX_AGE, Alert
from tests.archive.alerts.support import NOW, Happenings


@pytest.fixture
def found(happenings: Happenings) -> tuple[Change, ...]:
    happenings.release(1, "The night ferry sails.", language="en", dateline="ISTER, March 11", authors='["Ada Vale"]')
    happenings.release(2, "A bridge opens.", source="harrow", language="de")
    happenings.edit(2, "A second bridge opens.", severity="headline")
    happenings.edit(1, "The ferry rests.", severity="minor")
    happenings.remove(2)
    happenings.unwell("valdora", "the ferry feed is empty")
    happenings.tag("harrow", "ports")
    happenings.tag("valdora", "south")
    with happenings.reading() as connection:
        return changes.read(connection, Reached(changes.end_of_log(connection).log), NOW)[0]


EVERY: dict[str, Any] = {"what": ("new", "edited", "removed")}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, ["new 1", "new 2"]),
        ({"search": "ferry"}, ["new 1"]),
        ({"search": "FÉRRY"}, ["new 1"]),
        ({"search": "ferry OR bridge"}, ["new 1", "new 2"]),
        ({"search": '"ferry night"'}, []),
        ({"search": "bridg*", **EVERY}, ["new 2", "edited 2", "removed 2"]),
        ({"search": "night", **EVERY}, ["new 1"]),
        ({"search": "night", "ever": True, **EVERY}, ["new 1", "edited 1"]),
        ({"source": ("harrow",), **EVERY}, ["new 2", "edited 2", "removed 2"]),
        ({"source": ("valdora", "harrow")}, ["new 1", "new 2"]),
        ({"tag": ("ports", "trains"), **EVERY}, ["new 2", "edited 2", "removed 2"]),
        ({"tag": ("trains",), **EVERY}, []),
        ({"tag": ("ports",), "source": ("valdora",)}, []),
        ({"what": ("unwell",), "tag": ("south",)}, ["unwell None"]),
        ({"what": ("unwell",), "tag": ("ports",)}, []),
        ({"what": ("edited",)}, ["edited 2", "edited 1"]),
        ({"what": ("edited",), "severity": ("headline", "major")}, ["edited 2"]),
        ({"what": ("edited", "removed"), "severity": ("major",)}, ["removed 2"]),
        ({"status": "gone", **EVERY}, ["new 2", "edited 2", "removed 2"]),
        ({"language": "en"}, ["new 1"]),
        ({"author": "ada vale"}, ["new 1"]),
        ({"place": "Ister"}, ["new 1"]),
        ({"what": ("unwell",)}, ["unwell None"]),
        ({"what": ("unwell",), "source": ("harrow",)}, []),
        ({"what": ("unwell", "new"), "search": "ferry"}, ["new 1", "unwell None"]),
        ({"search": "feed", **EVERY}, []),
    ],
)
def test_an_alert_is_about_what_its_search_and_its_filters_say(
    found: tuple[Change, ...], fields: dict[str, Any], wanted: list[str]
) -> None:
    (meant,) = matches([Alert("a", ("json://x",), **fields)], found)
    assert [f"{change.what} {change.article}" for change in meant] == wanted


def test_a_release_is_new_if_its_day_is_recent_and_it_was_found_since_the_alert_began(
    found: tuple[Change, ...],
) -> None:
    alert = Alert("a", ("json://x",))
    (new,) = [change for change in found if change.what == "new" and change.article == 1]

    def aged(days: int | None, settled: bool = True) -> bool:
        age = None if days is None else timedelta(days=days)
        return is_news(alert, Change(**{**vars(new), "age": age, "settled": settled}), NOW)

    assert aged(0)
    assert aged(MAX_AGE.days)
    assert not aged(MAX_AGE.days + 1)
    assert aged(-4)
    assert aged(None)
    assert not aged(None, settled=False)
    assert not is_news(alert, new, NOW + timedelta(seconds=1))


def test_an_edit_is_news_however_old_its_release_is(happenings: Happenings) -> None:
    happenings.release(1, "One.", age=timedelta(days=3_000))
    happenings.edit(1, "Two.")
    with happenings.reading() as connection:
        _, edited = changes.read(connection, Reached(changes.end_of_log(connection).log), NOW)[0]
    assert is_news(Alert("a", ("json://x",), what=("edited",)), edited, NOW)
