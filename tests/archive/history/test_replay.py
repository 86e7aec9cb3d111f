"""What the captures of an article say happened to it, in any order and step by step."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.model import PREVIEW, SUMMARY, Extraction, Policy
from archive.history.events import REDIRECTED, ArticleState, History, Observation, Outcome, Place, TextMarks
from archive.history.recheck import within
from archive.history.replay import detail_of, in_time, outcome_of, replay, step
from archive.history.soft404 import text_mark, title_mark
from archive.store.articles import packed, with_memory
from archive.text.lines import marks_of
from tests.support.archiving import later, story

_TEXTS = (story(1), story(1, " Rain is expected."), story(2))
_LOOKS: tuple[Outcome, ...] = (
    "read", "read", "unchanged", "gone", "gone", "blocked", "trouble", "unclear", "moved", "elsewhere", "hop"
)  # fmt: skip
_STRICT = Policy(gone_after=timedelta(hours=3), confirm=3)
_POLICIES = (Policy(), Policy(gone_after=timedelta(), confirm=1), _STRICT)


def _extraction(text: str) -> Extraction:
    return Extraction("https://press.valdora.example/news/1", "The path", text)


def _sighting(hour: float, seen: Outcome, text: str = _TEXTS[0], number: int = 0, common: bool = False) -> Observation:
    read = _extraction(text) if seen == "read" else None
    other = seen in ("moved", "elsewhere")
    place = Place(7, "https://press.valdora.example/other") if other else None
    said = TextMarks(text_mark(text), title_mark("Elsewhere")) if other else None
    at = later(hours=hour).isoformat()
    return Observation(at, number or int(hour * 100), seen, seen, read, place, said, common)


def _told(observations: Sequence[Observation]) -> list[str]:
    return [event.kind for event in replay(observations).events]


@st.composite
def _sightings(draw: st.DrawFn) -> list[Observation]:
    looks = draw(st.lists(st.tuples(st.sampled_from(_LOOKS), st.sampled_from(_TEXTS), st.booleans()), max_size=14))
    hours = draw(st.lists(st.integers(0, 40), min_size=len(looks), max_size=len(looks)))
    at, found = 0, []
    for number, ((seen, text, common), wait) in enumerate(zip(looks, hours, strict=True), 1):
        at += wait
        found.append(_sighting(at, seen, text, number, common))
    return sorted(found, key=in_time)


@given(_sightings(), st.sampled_from(_POLICIES), st.randoms(use_true_random=False))
def test_a_history_is_its_steps_in_any_order(
    observations: list[Observation], policy: Policy, order: random.Random
) -> None:
    whole = replay(observations, policy)
    stepped = History(None)
    for observation in observations:
        state = stepped.state and with_memory(_as_row(stepped.state), packed(stepped.state))
        assert state == stepped.state
        more = step(state, observation, policy)
        joined = (stepped.revisions + more.revisions, stepped.events + more.events, stepped.changes + more.changes)
        stepped = History(more.state, *joined)
    assert stepped == whole
    shuffled = list(observations)
    order.shuffle(shuffled)
    assert replay(shuffled, policy) == whole


def _as_row(state: ArticleState) -> ArticleState:
    """What a row of `articles` keeps."""
    return replace(state, pending=None, missing=None, duplicate=None, shown=(), turns=0, heard="", instead=None)


@given(_sightings(), st.sampled_from(_POLICIES))
def test_a_history_is_sound(observations: list[Observation], policy: Policy) -> None:
    history = replay(observations, policy)
    readings = [observation for observation in observations if observation.seen == "read"]
    if not readings:
        assert history == History(None)
        return
    state = history.state
    assert state is not None
    assert state.first_seen == readings[0].at
    assert state.first_seen <= state.changed_at <= state.last_seen <= state.last_checked
    assert [revision.n for revision in history.revisions] == list(range(1, state.revisions + 1))
    assert history.revisions[-1].text == state.extraction.text
    assert all(a.text != b.text for a, b in pairwise(history.revisions))
    kinds = [event.kind for event in history.events]
    assert kinds.count("new") == 1
    assert kinds.count("edited") == state.revisions - 1
    ends = [kind for kind in kinds if kind in ("gone", "moved", "returned")]
    assert all(a != b for a, b in pairwise(ends) if a != "returned")
    assert (state.status == "moved") == (state.moved_to is not None)
    if "gone" in kinds:
        assert any(observation.seen in ("gone", "moved") or observation.common for observation in observations)
    captures = {observation.capture_id for observation in observations}
    assert {event.capture_id for event in history.events} <= captures
    assert {event.confirmed_by for event in history.events} <= captures | {None}


def test_an_edit_counts_when_it_was_seen_twice_and_both_captures_are_named() -> None:
    once = [_sighting(0, "read"), _sighting(1, "read", _TEXTS[1])]
    assert _told(once) == ["new"]
    waiting = replay(once).state
    assert waiting is not None
    assert (waiting.extraction.text, waiting.revisions) == (_TEXTS[0], 1)
    assert within(waiting, Policy()) == timedelta(minutes=10)
    for again in (_sighting(2, "read", _TEXTS[1]), _sighting(2, "unchanged")):
        history = replay([*once, again])
        edited = history.events[1]
        assert (edited.kind, edited.at, edited.capture_id, edited.confirmed_by) == ("edited", again.at, 100, 200)
        assert (history.revisions[1].at, history.revisions[1].capture_id) == (once[1].at, 100)
        assert history.state is not None
        assert (history.state.extraction.text, history.state.pending) == (_TEXTS[1], None)


@pytest.mark.parametrize(
    ("texts", "events"),
    [
        ("AB", []),
        ("ABA", []),
        ("ABAB", ["alternates"]),
        ("ABABABABABAB", ["alternates"]),
        ("ABABBBBBB", ["alternates"]),
        ("AABBABBAABAB", ["edited", "alternates"]),
        ("ABBBB", ["edited"]),
        ("ABBCC", ["edited", "edited"]),
        ("ABABCC", ["alternates", "edited"]),
        ("ABCD", []),
        ("ABCDEFGHIJ", ["alternates"]),
    ],
)
def test_pages_that_vary_settle(texts: str, events: list[str]) -> None:
    looks = [_sighting(hour, "read", story(ord(name))) for hour, name in enumerate(texts)]
    assert _told(looks) == ["new", *events]


def test_a_text_that_is_put_back_is_an_edit_once_it_stayed_a_day() -> None:
    looks = [_sighting(hour, "read", _TEXTS[text]) for hour, text in ((0, 0), (1, 1), (2, 1), (3, 0), (9, 0))]
    assert _told(looks) == ["new", "edited"]
    assert _told([*looks, _sighting(28, "unchanged")]) == ["new", "edited", "edited"]
    assert replay([*looks, _sighting(28, "unchanged")]).events[-1].detail.endswith("a text it had before")


def test_gone_is_seen_again_and_over_a_day() -> None:
    looks = [_sighting(0, "read"), _sighting(1, "gone"), _sighting(2, "gone"), _sighting(24.5, "gone")]
    assert _told(looks) == ["new", "missing"]
    waiting = replay(looks).state
    assert waiting is not None
    assert (waiting.status, within(waiting, Policy())) == ("live", timedelta(minutes=30))
    certain = [*looks, _sighting(25, "gone"), _sighting(26, "gone")]
    assert _told(certain) == ["new", "missing", "gone"]
    since = f"{datetime.fromisoformat(looks[1].at):%Y-%m-%d %H:%M} UTC"
    assert replay(certain).events[-1].detail == f"gone at 4 looks since {since}"
    assert _told([*looks, _sighting(30, "unchanged"), _sighting(60, "gone")]) == [
        "new",
        "missing",
        "returned",
        "missing",
    ]
    assert _told([*certain, _sighting(99, "read")]) == ["new", "missing", "gone", "returned"]
    waits = [within(_standing(looks[:count]), Policy()) for count in (2, 3)]
    assert waits == [timedelta(hours=1), timedelta(hours=6)]


def _standing(looks: Sequence[Observation]) -> ArticleState:
    state = replay(looks).state
    assert state is not None
    return state


def test_blocked_never_becomes_gone_and_gone_never_blocked() -> None:
    looks: tuple[Outcome, ...] = ("read", "gone", "gone", "blocked", "trouble", "blocked")
    observations = [_sighting(30 * day, seen) for day, seen in enumerate(looks)]
    assert _standing(observations).status == "gone"
    without = [observation for observation in observations if observation.seen != "gone"]
    assert _standing(without).status == "blocked"
    assert _told(without) == ["new", "blocked", "trouble", "blocked"]
    mixed = [_sighting(0, "read"), _sighting(1, "gone"), *(_sighting(30 * day, "blocked") for day in range(1, 9))]
    assert "gone" not in _told(mixed)


def test_moved_where_the_same_text_is_at_another_address() -> None:
    before = [_sighting(0, "read"), _sighting(1, "unchanged")]
    for looks in (
        [_sighting(5, "moved")],
        [_sighting(5, "gone"), _sighting(6, "elsewhere")],
        [_sighting(4, "elsewhere"), _sighting(5, "gone")],
    ):
        history = replay([*before, *looks])
        assert history.events[-1].kind == "moved"
        assert history.state is not None
        assert (history.state.status, history.state.moved_to) == ("moved", 7)
    early = [before[0], _sighting(0.5, "elsewhere"), before[1], _sighting(5, "gone")]
    assert _told(early) == ["new", "missing"]
    assert _told([*early, _sighting(50, "gone")]) == ["new", "missing", "gone"]
    assert _told([*before, _sighting(5, "elsewhere", _TEXTS[2]), _sighting(6, "gone")]) == ["new", "missing"]
    other = [*before, _sighting(5, "moved", _TEXTS[2])]
    assert _told(other) == ["new", "missing"]
    assert _told([*other, _sighting(50, "moved", _TEXTS[2])]) == ["new", "missing", "gone"]
    titled = replace(_sighting(5, "moved", _TEXTS[2]), marks=TextMarks(1, title_mark("The path")))
    assert _told([*before, titled]) == ["new", "moved"]


def test_a_text_that_other_addresses_show_as_well_is_a_soft_404() -> None:
    looks = [_sighting(0, "read"), *(_sighting(30 * day, "read", _TEXTS[2], common=True) for day in (1, 2))]
    history = replay(looks)
    assert [event.kind for event in history.events] == ["new", "missing", "gone"]
    assert history.state is not None
    assert (history.state.extraction.text, history.state.revisions) == (_TEXTS[0], 1)
    copied = [_sighting(30 * day, "read", common=True) for day in range(3)]
    assert _told(copied) == ["new"]


def test_a_weaker_date_does_not_replace_a_stronger_one() -> None:
    stated = replace(
        _extraction(_TEXTS[0]), published_at="2026-03-02T09:00:00+01:00", origins={"published_at": "json-ld"}
    )
    guessed = replace(stated, published_at="2026-03-09", origins={"published_at": "htmldate"})
    missing = replace(stated, published_at="", origins={})
    observations = [
        Observation(later(hours=n).isoformat(), n, "read", "", e) for n, e in enumerate((stated, guessed, missing))
    ]
    history = replay(observations)
    assert history.state is not None
    assert history.state.extraction.published_at == stated.published_at
    assert len(history.revisions) == 1


def test_what_a_row_is_evidence_of() -> None:
    row = {"kind": "page", "status": 200, "revisit": 0, "page_kind": "release", "note": "", "final_key": None}
    assert outcome_of(row) == "read"
    assert outcome_of(row | {"note": "no text"}) == "unclear"
    assert outcome_of(row | {"note": "a wall", "page_kind": "challenge"}) == "blocked"
    assert outcome_of(row | {"note": "says so", "page_kind": "missing"}) == "gone"
    assert outcome_of(row | {"note": "a list", "page_kind": "listing"}) == "unclear"
    away = row | {"note": "a list", "page_kind": "listing", "final_key": "x/news", "final_url": "https://x/news"}
    assert (outcome_of(away), detail_of(away)) == ("gone", "redirected to https://x/news: a list")
    assert outcome_of(row | {"revisit": 1, "note": "same payload"}) == "unchanged"
    row |= {"key": "x", "final_url": "https://x/"}
    statuses = {301: "hop", 304: "unchanged", 403: "blocked", 404: "gone", 410: "gone", 418: "trouble", 451: "blocked"}
    assert {status: outcome_of(row | {"status": status, "note": "x"}) for status in statuses} == statuses
    assert outcome_of(row | {"kind": "redirect", "status": 302}) == "hop"


@pytest.mark.parametrize(
    ("note", "seen"),
    [
        ("/other", "gone"),
        ("https://x.example/a", "trouble"),
        ("https://elsewhere.example/", "gone"),
        ("/a/", "hop"),
        ("http://www.x.example/a", "hop"),
        ("nowhere:", "hop"),
        ("redirect without a target", "hop"),
    ],
)
def test_a_redirect_that_nobody_followed_leads_away_or_to_the_same_address(note: str, seen: str) -> None:
    row = {"kind": "page", "status": 301, "revisit": 0, "page_kind": "other", "final_key": None}
    where = {
        "key": "x.example/a",
        "url": "https://x.example/a",
        "final_url": "https://x.example/a",
        "note": note if " " in note else REDIRECTED + note,
    }
    assert outcome_of(row | where) == seen


def test_an_address_whose_redirects_lead_round_is_in_trouble_and_not_gone() -> None:
    row = {"kind": "page", "status": 302, "revisit": 0, "page_kind": "other", "final_key": None, "key": "x.example/a"}
    row |= {"url": "http://x.example/a", "final_url": "http://x.example/gate"}
    round_ = row | {"note": f"{REDIRECTED}http://x.example/a"}
    assert (outcome_of(round_), detail_of(round_)) == ("trouble", "its redirects go round in a loop")
    assert outcome_of(round_ | {"final_url": "http://login.example/"}) == "trouble"
    assert outcome_of(round_ | {"note": f"{REDIRECTED}http://x.example/gate"}) == "trouble"
    assert outcome_of(round_ | {"kind": "redirect"}) == "hop"
    assert outcome_of(round_ | {"note": f"{REDIRECTED}https://x.example/a"}) == "hop"


def test_a_passage_that_only_we_judge_otherwise_is_no_edit() -> None:
    kept, edge, new = story(1), "Write to the harbour office.", "The path is shut on Sundays."
    texts = (kept, f"{kept}\n\n{edge}", f"{kept}\n\n{new}", f"{kept}\n\n{edge}\n\n{new}")
    whole = marks_of([*kept.split("\n\n"), edge])
    pages = (whole, whole, whole + marks_of([new]))

    def told(*looks: tuple[int, int]) -> History:
        seen = [replace(_sighting(n, "read", texts[text]), page=pages[page]) for n, (text, page) in enumerate(looks)]
        return replay(seen)

    for there, here in ((0, 1), (1, 0)):
        history = told((there, 0), (here, 1), (here, 1))
        assert [event.kind for event in history.events] == ["new"]
        assert history.revisions[-1].text == texts[there]
    edited = told((0, 0), (2, 2), (3, 2))
    assert [event.kind for event in edited.events] == ["new", "edited"]
    assert edited.revisions[-1].text == texts[2]


def _preview(hour: float, text: str) -> Observation:
    return replace(_sighting(hour, "read"), extraction=replace(_extraction(text), origins={"text": PREVIEW}))


def test_a_paywall_that_comes_and_goes_is_no_edit() -> None:
    whole = "\n\n".join(f"Paragraph {word} of the report on the harbour." for word in ("one", "two", "three", "four"))
    lead = whole.split("\n")[0] + "\n\nSubscribe to read on."
    seen = [_sighting(0, "read", whole), *(_preview(hour, lead) for hour in (5, 30, 60)), _sighting(90, "read", whole)]
    history = replay(seen)
    assert [event.kind for event in history.events] == ["new", "blocked", "returned"]
    assert history.state
    assert history.state.extraction.text == whole


@pytest.mark.parametrize(("between", "told"), [((), []), (("trouble",), ["trouble", "blocked"])])
def test_the_same_page_again_shows_no_more_of_an_article(between: Sequence[Outcome], told: list[str]) -> None:
    """By an equal payload or the server's word: what was read last is not the article."""
    whole = "\n\n".join(f"Paragraph {word} of the report on the harbour." for word in ("one", "two", "three", "four"))
    shut = [_sighting(0, "read", whole), _preview(5, whole.split("\n")[0])]
    again = [*(_sighting(9, seen) for seen in between), _sighting(30, "unchanged"), _sighting(60, "unchanged")]
    assert _told([*shut, *again]) == ["new", "blocked", *told]
    assert _told([*shut, *again, _sighting(90, "read", whole)]) == ["new", "blocked", *told, "returned"]
    gone = [_sighting(0, "read", whole), _sighting(5, "read", "All pages are shut.", common=True)]
    assert _told([*gone, *again]) == ["new", "missing", *told[:1], "gone"]


def test_an_edit_is_not_confirmed_by_a_page_that_shows_less_of_it() -> None:
    edited = f"{_TEXTS[0]}\n\nThe path is shut on Sundays, the harbour office says."
    cut = edited[: len(_TEXTS[0]) - 9]
    seen = [_sighting(0, "read"), _sighting(5, "read", edited), _sighting(9, "read", cut), _sighting(30, "unchanged")]
    assert _told(seen) == ["new", "trouble"]
    assert _told([*seen, _sighting(40, "read", edited)]) == ["new", "trouble", "edited"]


def test_a_page_that_ends_in_an_error_message_amid_its_text_is_no_edit() -> None:
    whole = "\n\n".join(f"Paragraph {word} of the report on the harbour." for word in ("one", "two", "three", "four"))
    cut = f"{whole[:90].rpartition(chr(10))[0]}\nFatal error: Allowed memory exhausted in /srv/press/show.php on line 9"
    looks = [_sighting(hour, "read", cut) for hour in (5, 30, 60)]
    assert _told([_sighting(0, "read", whole), *looks, _sighting(90, "read", whole)]) == ["new", "trouble"]
    other = [_sighting(hour, "read", f"The pier is closed.\n\n{cut}") for hour in (5, 30)]
    assert _told([_sighting(0, "read", whole), *other]) == ["new", "edited"]


def test_a_text_that_always_ended_at_a_paywall_is_edited_as_others_are() -> None:
    seen = [_preview(hour, text) for hour, text in ((0, "A bridge was built."), (9, "A dam."), (40, "A dam."))]
    assert _told(seen) == ["new", "edited"]


def test_a_paywall_on_a_page_that_always_asks_to_subscribe_is_no_edit() -> None:
    whole = "\n\n".join(f"Paragraph {word} of the report on the harbour." for word in ("one", "two", "three", "four"))
    lead = whole.split("\n")[0]
    seen = [_preview(hour, text) for hour, text in ((0, whole), (5, lead), (30, lead), (60, lead), (90, whole))]
    assert _told(seen) == ["new", "blocked", "returned"]


def test_a_text_first_seen_behind_a_paywall_is_whole_later_without_an_edit() -> None:
    whole = "\n\n".join(f"Paragraph {word} of the report on the harbour." for word in ("one", "two", "three", "four"))
    lead = whole.split("\n")[0]
    seen = [_preview(0, lead), _preview(9, lead), *(_sighting(hour, "read", whole) for hour in (40, 70))]
    history = replay(seen)
    assert [event.kind for event in history.events] == ["new"]
    assert [(one.n, one.text) for one in history.revisions] == [(1, lead), (1, whole)]
    assert _told([*seen, _sighting(90, "read", story(2)), _sighting(99, "read", story(2))]) == ["new", "edited"]


def test_another_text_behind_a_paywall_is_an_edit() -> None:
    whole = "The bridge was opened by the mayor on Monday. " * 9
    other = [_preview(hour, "Nobody opened anything, the council says now.") for hour in (9, 40)]
    assert _told([_sighting(0, "read", whole), *other]) == ["new", "edited"]


def test_a_page_that_shows_only_its_summary_once_is_no_edit() -> None:
    summary = replace(_extraction("The path is open."), origins={"text": SUMMARY})
    less = [replace(_sighting(hour, "read"), extraction=summary) for hour in (2, 3, 30)]
    whole = [_sighting(1, "read"), *less, _sighting(31, "read")]
    assert _told(whole) == ["new", "trouble"]
    assert _told([*less, _sighting(31, "read"), _sighting(32, "read")]) == ["new", "edited"]
