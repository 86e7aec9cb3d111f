"""What the captures of an article say happened to it, in any order and step by step."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.decide import History, Seen, Sighting, replay, seen_as, step
from archive.model import Extraction
from tests.archiving import later, story

_TEXTS = (story(1), story(1, " Rain is expected."), story(2))
_LOOKS: tuple[Seen, ...] = ("read", "read", "unchanged", "gone", "blocked", "trouble", "unclear", "moved", "hop")


def _extraction(text: str) -> Extraction:
    return Extraction("https://press.valdora.example/news/1", "The path", text)


@st.composite
def _sightings(draw: st.DrawFn) -> list[Sighting]:
    looks = draw(st.lists(st.tuples(st.sampled_from(_LOOKS), st.sampled_from(_TEXTS)), max_size=12))
    return [
        Sighting(later(hours=hour).isoformat(), hour, seen, seen, _extraction(text) if seen == "read" else None)
        for hour, (seen, text) in enumerate(looks)
    ]


@given(_sightings(), st.randoms(use_true_random=False))
def test_a_history_is_its_steps_in_any_order(sightings: list[Sighting], order: random.Random) -> None:
    whole = replay(sightings)
    stepped = History(None)
    for sighting in sightings:
        more = step(stepped.standing, sighting)
        stepped = History(more.standing, stepped.revisions + more.revisions, stepped.events + more.events)
    assert stepped == whole
    shuffled = list(sightings)
    order.shuffle(shuffled)
    assert replay(shuffled) == whole


@given(_sightings())
def test_a_history_is_sound(sightings: list[Sighting]) -> None:
    history = replay(sightings)
    readings = [sighting for sighting in sightings if sighting.seen == "read"]
    if not readings:
        assert history == History(None)
        return
    standing = history.standing
    assert standing is not None
    assert standing.first_seen == readings[0].at
    assert standing.first_seen <= standing.changed_at <= standing.last_seen <= standing.last_checked
    assert standing.extraction == readings[-1].extraction
    assert [revision.n for revision in history.revisions] == list(range(1, standing.revisions + 1))
    assert history.revisions[-1].text == standing.extraction.text
    assert all(a.text != b.text for a, b in pairwise(history.revisions))
    assert [event.kind for event in history.events].count("new") == 1
    departures = [event.kind for event in history.events if event.kind in ("gone", "moved", "blocked", "returned")]
    assert all(a != b for a, b in pairwise(departures) if a in ("gone", "moved", "returned"))


def test_blocked_never_becomes_gone_and_gone_never_blocked() -> None:
    looks: tuple[Seen, ...] = ("read", "gone", "blocked", "trouble", "blocked")
    sightings = [
        Sighting(later(hours=hour).isoformat(), hour, seen, "", _extraction(_TEXTS[0]) if seen == "read" else None)
        for hour, seen in enumerate(looks)
    ]
    standing = replay(sightings).standing
    assert standing is not None
    assert standing.status == "gone"
    without = replay([sighting for sighting in sightings if sighting.seen != "gone"]).standing
    assert without is not None
    assert without.status == "blocked"


def test_a_weaker_date_does_not_replace_a_stronger_one() -> None:
    stated = replace(
        _extraction(_TEXTS[0]), published_at="2026-03-02T09:00:00+01:00", origins={"published_at": "json-ld"}
    )
    guessed = replace(stated, published_at="2026-03-09", origins={"published_at": "htmldate"})
    missing = replace(stated, published_at="", origins={})
    sightings = [
        Sighting(later(hours=n).isoformat(), n, "read", "", e) for n, e in enumerate((stated, guessed, missing))
    ]
    history = replay(sightings)
    assert history.standing is not None
    assert history.standing.extraction.published_at == stated.published_at
    assert len(history.revisions) == 1


def test_what_a_row_is_evidence_of() -> None:
    row = {"kind": "page", "status": 200, "revisit": 0, "page_kind": "release", "note": ""}
    assert seen_as(row) == "read"
    assert seen_as(row | {"note": "no text"}) == "unclear"
    assert seen_as(row | {"note": "a wall", "page_kind": "challenge"}) == "blocked"
    assert seen_as(row | {"revisit": 1, "note": "same payload"}) == "unchanged"
    statuses = {301: "hop", 304: "unchanged", 403: "blocked", 404: "gone", 410: "gone", 418: "trouble", 451: "blocked"}
    assert {status: seen_as(row | {"status": status, "note": "x"}) for status in statuses} == statuses
    assert seen_as(row | {"kind": "redirect", "status": 302}) == "hop"
