"""What it says of an article that its address lacks it."""

from __future__ import annotations

from datetime import timedelta

from archive.core.model import Extraction, Policy
from archive.history import removals
from archive.history.edits import found
from archive.history.events import ArticleState, Observation, Outcome, Place, Said
from archive.history.soft404 import text_mark, title_mark
from tests.support.archiving import later, story

URL = "https://press.valdora.example/news/1"
POLICY = Policy(gone_after=timedelta(days=1), confirm=2)
OTHER = Place(7, "https://press.valdora.example/other")


def _state() -> ArticleState:
    first = Observation(later().isoformat(), 1, "read", extraction=Extraction(URL, "The path", story(1)))
    state = found(first).state
    assert state is not None
    return state


def _look(hours: float, seen: Outcome, text: str = "", title: str = "") -> Observation:
    said = Said(text_mark(text), title_mark(title)) if text else None
    return Observation(later(hours=hours).isoformat(), int(hours), seen, seen, place=OTHER if text else None, said=said)


def _told(*looks: Observation, policy: Policy = POLICY) -> tuple[ArticleState, list[str]]:
    state = _state()
    kinds: list[str] = []
    for look in looks:
        more = removals.apply(state, look, policy)
        assert more.state is not None
        state = more.state
        kinds += [event.kind for event in more.events]
    return state, kinds


def test_an_absence_is_told_once_and_is_a_removal_when_it_lasted() -> None:
    assert _told(_look(1, "gone"), _look(2, "gone"), _look(20, "gone"))[1] == ["missing"]
    state, kinds = _told(_look(1, "gone"), _look(2, "gone"), _look(26, "gone"), _look(50, "gone"))
    assert (kinds, state.status) == (["missing", "gone"], "gone")


def test_one_look_is_not_enough_however_late() -> None:
    assert _told(_look(500, "gone"))[0].status == "live"
    assert _told(_look(1, "gone"), policy=Policy(gone_after=timedelta(), confirm=1))[0].status == "gone"


def test_refusals_and_trouble_never_become_a_removal() -> None:
    state, kinds = _told(*(_look(30 * n, "blocked") for n in range(1, 6)))
    assert (state.status, kinds, state.missing) == ("blocked", ["blocked"], None)
    state, kinds = _told(*(_look(30 * n, "trouble") for n in range(1, 6)))
    assert (state.status, kinds, state.missing) == ("live", ["trouble"], None)


def test_the_same_text_elsewhere_has_moved_at_once() -> None:
    state, kinds = _told(_look(1, "moved", story(1), "Elsewhere"), _look(2, "moved", story(1), "Elsewhere"))
    assert (state.status, state.moved_to, kinds) == ("moved", 7, ["moved"])


def test_another_article_at_the_address_has_taken_its_place_at_once() -> None:
    state, kinds = _told(_look(1, "moved", story(2), "Another"))
    assert (state.status, kinds) == ("gone", ["gone"])


def test_a_text_at_two_addresses_says_nothing_until_its_own_lacks_it() -> None:
    state, kinds = _told(_look(1, "elsewhere", story(1), "Elsewhere"))
    assert (state.status, kinds, state.duplicate is not None) == ("live", [], True)
    state, kinds = _told(_look(1, "elsewhere", story(1), "Elsewhere"), _look(2, "gone"))
    assert (state.status, state.moved_to, kinds) == ("moved", 7, ["moved"])


def test_another_text_elsewhere_is_no_duplicate() -> None:
    assert _told(_look(1, "elsewhere", story(2), "Another"))[0].duplicate is None


def test_an_ended_article_does_not_end_again() -> None:
    gone = (_look(1, "gone"), _look(26, "gone"))
    assert _told(*gone, _look(60, "gone"), _look(90, "moved", story(2), "Another"))[1] == ["missing", "gone"]
