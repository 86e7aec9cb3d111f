"""When an article that is not at its address is missing, gone or moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from archive.core.model import Extraction, Policy
from archive.history.events import History, MissingSince, Observation, Outcome, Place, TextMarks
from archive.history.mass_changes import (
    ABSENT,
    BACK,
    MassAbsence,
    MassChanges,
    SeenChange,
    keys_of_kept,
    parted,
)
from archive.history.recheck import within
from archive.history.replay import replay
from archive.history.soft404 import text_mark, title_mark
from archive.text.fingerprint import fingerprint
from tests.support.archiving import later, story

URL = "https://press.valdora.example/news/1"
OTHER = Place(7, "https://press.valdora.example/other")
THIRD = Place(8, "https://press.valdora.example/third")


def _look(hours: float, seen: Outcome, text: str = "", place: Place = OTHER, **more: Any) -> Observation:
    text = text or story(1)
    read = Extraction(place.url if seen == "moved" else URL, "The path", text, **more)
    said = TextMarks(text_mark(text), title_mark("The path") if seen == "moved" else None)
    other = seen in ("moved", "elsewhere")
    return Observation(
        later(hours=hours).isoformat(),
        int(hours * 100),
        seen,
        seen,
        read if seen in ("read", "moved") else None,
        place if other else None,
        said if other else None,
    )


def _kinds(history: History) -> list[str]:
    return [event.kind for event in history.events]


@pytest.mark.parametrize(
    ("policy", "hours", "gone"),
    [
        (Policy(confirm=3, gone_after=timedelta()), (1, 2), False),
        (Policy(confirm=3, gone_after=timedelta()), (1, 2, 3), True),
        (Policy(confirm=1, gone_after=timedelta(days=1)), (1, 24.9), False),
        (Policy(confirm=1, gone_after=timedelta(days=1)), (1, 25), True),
        (Policy(confirm=1, gone_after=timedelta()), (1,), True),
    ],
)
def test_gone_wants_as_many_looks_and_as_long_as_the_policy(policy: Policy, hours: Sequence[float], gone: bool) -> None:
    looks = [_look(0, "read"), *(_look(hour, "gone") for hour in hours)]
    assert (_kinds(replay(looks, policy))[-1] == "gone") is gone


def test_a_move_with_another_date_alone_is_no_edit_and_the_address_stays() -> None:
    old = _look(0, "read", published_at="2026-03-02", text=story(1))
    for text, kinds in ((story(1), ["new", "moved"]), (story(1, " Rain came."), ["new", "edited", "moved"])):
        moved = _look(30, "moved", text, published_at="2026-03-09")
        origins = {"published_at": "meta"}
        stated = [
            replace(one, extraction=replace(one.extraction, origins=origins)) for one in (old, moved) if one.extraction
        ]
        history = replay(stated)
        assert _kinds(history) == kinds
        assert history.state is not None
        assert history.state.extraction.url == URL


@pytest.mark.parametrize(
    ("authors", "subtitle", "kinds"),
    [
        (("Ada Quill",), "Nine ferries", "paragraph"),
        ((), "", "paragraph"),
        (("Bo Wren",), "Ten ferries", "paragraph,authors,subtitle"),
    ],
)
def test_a_byline_and_a_subtitle_that_only_one_address_shows_did_not_change(
    authors: tuple[str, ...], subtitle: str, kinds: str
) -> None:
    old, new = _look(0, "read", story(1)), _look(30, "moved", f"{story(1)}\n\n{LONG_CALL}")
    assert old.extraction is not None
    assert new.extraction is not None
    old = replace(old, extraction=replace(old.extraction, authors=("Ada Quill",), subtitle="Nine ferries"))
    new = replace(new, extraction=replace(new.extraction, authors=authors, subtitle=subtitle))
    first, edit = replay([old, new]).revisions
    assert ",".join(edit.change.kinds) == kinds
    assert edit.authors == (authors or first.authors)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{story(1)}\n\nWrite to us about our stories.", ["new", "moved"]),
        (f"All news of the port.\n\n{story(1)}", ["new", "moved"]),
        (f"{story(1)}\n\n{story(2).split(chr(10))[0]}", ["new", "edited", "moved"]),
        (f"{story(1)}\n\nCorrection: 17 people came.", ["new", "edited", "moved"]),
        (f"{story(1)} And more.\n\nWrite to us about our stories.", ["new", "edited", "moved"]),
    ],
)
def test_what_only_surrounds_the_text_at_its_new_address_is_no_edit(text: str, kinds: list[str]) -> None:
    assert _kinds(replay([_look(0, "read"), _look(30, "moved", text)])) == kinds


LONG_CALL = story(2).split("\n")[0]


def test_what_came_to_most_pages_with_a_move_is_no_edit() -> None:
    looks = [_look(0, "read"), _look(30, "moved", f"{story(1)}\n\n{LONG_CALL}")]
    old, new = (look.extraction for look in looks)
    assert old is not None
    assert new is not None
    _, seen = parted(old, new, lambda _: False)
    for moment, kinds in ((later(hours=29), ["new", "moved"]), (later(hours=31), ["new", "edited", "moved"])):
        mass = MassChanges({key: (moment.isoformat(),) for key in seen})
        history = replay(looks, mass=mass)
        assert _kinds(history) == kinds
        assert len(history.revisions) == len(kinds) - 1


def test_what_a_person_keeps_in_the_texts_of_a_source_is_no_edit_of_a_move() -> None:
    mass = MassChanges(kept=keys_of_kept([fingerprint(LONG_CALL)]))
    longer = f"{story(1)}\n\n{LONG_CALL}"
    for texts in ((story(1), longer), (longer, story(1))):
        looks = [_look(0, "read", texts[0]), _look(30, "moved", texts[1])]
        assert _kinds(replay(looks)) == ["new", "edited", "moved"]
        assert _kinds(replay(looks, mass=mass)) == ["new", "moved"]
        at_its_own = [looks[0], *(_look(hours, "read", texts[1]) for hours in (30, 31))]
        assert _kinds(replay(at_its_own, mass=mass)) == ["new", "edited"]


def test_a_text_that_is_elsewhere_was_heard_of_then() -> None:
    looks = [_look(0, "read"), _look(1, "elsewhere")]
    state = replay(looks).state
    assert state is not None
    assert state.heard == looks[1].at


def test_what_is_gone_has_moved_once_its_text_appears_also_where_another_did_before() -> None:
    looks = [_look(0, "read"), _look(1, "elsewhere", story(2)), _look(2, "gone"), _look(30, "gone")]
    assert _kinds(replay(looks)) == ["new", "missing", "gone"]
    history = replay([*looks, _look(40, "elsewhere", place=THIRD)])
    assert _kinds(history) == ["new", "missing", "gone", "moved"]
    assert history.state is not None
    assert history.state.moved_to == THIRD.article


def test_nothing_waits_once_an_article_is_gone() -> None:
    looks = [_look(0, "read"), _look(1, "gone"), _look(30, "gone")]
    waiting, gone = (replay(looks[:count]).state for count in (2, 3))
    assert waiting is not None
    assert gone is not None
    assert within(waiting, Policy()) == timedelta(hours=1)
    assert within(gone, Policy()) is None


def test_a_text_that_waits_is_looked_for_ever_more_rarely() -> None:
    state = replay([_look(0, "read"), _look(1, "read", story(2))]).state
    assert state is not None
    assert state.pending is not None
    waits = [within(replace(state, pending=replace(state.pending, tries=tries)), Policy()) for tries in (0, 3, 8, 20)]
    assert waits == [timedelta(minutes=10 * factor) for factor in (1, 8, 256, 256)]


def _during(begin: float, end: float) -> MassChanges:
    """Another page is in the place of most releases between two hours."""
    begin_at, end_at = (later(hours=hours).isoformat() for hours in (begin, end))
    return MassChanges(absences=(MassAbsence(begin_at, end_at, 9, 0),))


def _soft(*hours: float) -> list[Observation]:
    return [replace(_look(hour, "gone"), soft=True) for hour in hours]


def test_what_shows_another_page_as_most_of_its_source_does_is_not_told_missing_or_gone() -> None:
    looks = [_look(0, "read"), *_soft(2, 3, 40)]
    held = replay(looks, mass=_during(1, 50))
    assert _kinds(held) == ["new"]
    assert held.state is not None
    assert held.state.missing == MissingSince(looks[1].at, 3, told=False, soft=True, doubted=True)
    assert within(held.state, Policy()) == timedelta(days=1)
    assert _kinds(replay([*looks, _look(45, "read")], mass=_during(1, 50))) == ["new"], "nor did it return"
    after = replay([*looks, *_soft(50)], mass=_during(1, 50))
    assert [(event.kind, event.detail) for event in after.events[1:]] == [
        ("gone", "gone at 4 looks since 2026-03-02 11:00 UTC")
    ]


@pytest.mark.parametrize(
    "looks",
    [
        [_look(0, "read"), _look(2, "gone")],
        [_look(0, "read"), *_soft(2), _look(3, "gone")],
        [_look(1, "read"), *_soft(2)],
        [_look(0, "read"), *_soft(0.5, 2)],
        [_look(0, "read"), *_soft(50)],
    ],
    ids=["404", "then 404", "seen since", "missing before", "missing after"],
)
def test_what_is_no_part_of_that_counts(looks: list[Observation]) -> None:
    assert _kinds(replay(looks, mass=_during(1, 50))) == ["new", "missing"]


def test_absences_are_told_to_be_compared_with_those_of_other_articles() -> None:
    looks = [_look(0, "read"), *_soft(2, 30), _look(40, "read"), _look(41, "gone"), _look(42, "read"), *_soft(50)]
    at = [look.at for look in looks]
    absent = [SeenChange(ABSENT, at[0], at[1]), SeenChange(BACK, at[1], at[3]), SeenChange(ABSENT, at[5], at[6])]
    assert list(replay(looks).changes) == absent
    found = [*looks, _look(51, "elsewhere"), _look(60, "read")]
    assert list(replay(found).changes) == [*absent, SeenChange(BACK, at[6], found[-2].at)]
    assert _kinds(replay(found))[-2:] == ["moved", "returned"]


def test_a_page_that_is_known_to_stand_for_missing_ones_is_another_page_too() -> None:
    home = Extraction(URL, "Valdora Harbour", story(9))
    shown = replace(_look(2, "read"), extraction=home, shows="instead")
    again = replace(_look(3, "unchanged"), extraction=None)
    assert _kinds(replay([_look(0, "read"), shown, again])) == ["new", "missing"]
    assert _kinds(replay([_look(0, "read"), shown, again], mass=_during(1, 50))) == ["new"]
