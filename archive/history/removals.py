"""What follows when an article is no longer at its address: missing, gone, moved, blocked, or only trouble. Pure.

Gone must be seen as often, and over as long a time, as the source's policy says (`core.model.Policy`: `confirm`,
`gone_after`). Another page in its place says nothing while most of its source is so (`MassAbsence`). Where the address
leads to most of the same text elsewhere, or nearly that text first appeared elsewhere after the article was last seen,
it moved: that is reported at once. An address that leads to another site, where nobody looks, has moved once that is
certain; if its text is read there later, at whatever address, that is reported too. One that leads to another article
is missing: during maintenance, all may lead to one page. Blocked and trouble never become gone, nor do they count for
it or against it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archive.core.model import Policy
from archive.history.edits import moved_with_edit
from archive.history.events import (
    REDIRECTED,
    ArticleState,
    DuplicateAt,
    EventKind,
    History,
    MissingSince,
    Observation,
    Place,
    event,
)
from archive.history.likeness import same_release
from archive.history.mass_changes import MassChanges
from archive.history.soft404 import text_mark, title_mark

_ENDED = ("gone", "moved")


def judge_absent(state: ArticleState, observation: Observation, policy: Policy, mass: MassChanges) -> History:
    """An article was not at its address, or its text was read elsewhere. Where it was: `edits.judge_present`."""
    if observation.seen == "elsewhere":
        return _elsewhere(state, observation, mass)
    now = replace(state, last_checked=observation.at, answer=observation.seen)
    if observation.seen == "moved" and _is_alike(state, observation):
        assert observation.place is not None
        if is_followed(state):
            return History(now)
        edited = moved_with_edit(now, observation, mass) if observation.extraction else History(now)
        assert edited.state is not None
        moved = _moved(edited.state, observation, observation.place, observation.detail)
        return History(moved.state, edited.revisions, edited.events + moved.events)
    if state.status in _ENDED and observation.seen in ("gone", "moved"):
        return History(now)
    if observation.seen == "moved":
        return _gone(now, replace(observation, detail=f"{observation.detail}, which is another article"), policy, mass)
    if observation.seen == "gone":
        return _gone(now, observation, policy, mass)
    return _refused(now, state, observation)


def is_followed(state: ArticleState) -> bool:
    """Whether it is known where an article moved to: not only to which site its address leads."""
    return state.status == "moved" and state.moved_to is not None


def _gone(state: ArticleState, observation: Observation, policy: Policy, mass: MassChanges) -> History:
    earlier = state.missing
    leads = observation.detail.startswith(REDIRECTED)
    looks = earlier.looks + 1 if earlier else 1
    since = earlier.since if earlier else observation.at
    soft = earlier.soft if earlier else observation.soft
    doubted = soft and observation.soft and mass.doubt(state.last_seen, since, observation.at)
    told = bool(earlier and earlier.told) or not (leads or doubted)
    missing = MissingSince(since, looks, told, soft, doubted)
    now = replace(state, missing=missing)
    duplicate = state.duplicate
    if duplicate and duplicate.at > state.last_seen:
        return _moved_to(now, observation, duplicate, f"{observation.detail}; ", mass)
    if doubted or not _is_certain(missing, observation.at, policy):
        is_news = told and not (earlier and earlier.told)
        return History(now, events=(event(now, observation, "missing", observation.detail),) if is_news else ())
    if leads and observation.away:
        away = replace(now, status="moved")
        return History(away, events=(event(away, observation, "moved", f"{observation.detail}, on another site"),))
    looked = f" at {missing.looks} looks since {_minute(missing.since)}" if missing.looks > 1 else ""
    return History(replace(now, status="gone"), events=(event(now, observation, "gone", observation.detail + looked),))


def _minute(at: str) -> str:
    """A stored moment as words for a person have it."""
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M} UTC"


def _is_certain(missing: MissingSince, at: str, policy: Policy) -> bool:
    lasted = datetime.fromisoformat(at) - datetime.fromisoformat(missing.since)
    return missing.looks >= policy.confirm and lasted >= policy.gone_after


def _moved(state: ArticleState, observation: Observation, place: Place, detail: str) -> History:
    now = replace(state, status="moved", moved_to=place.article)
    return History(now, events=(event(now, observation, "moved", detail),))


def _elsewhere(state: ArticleState, observation: Observation, mass: MassChanges) -> History:
    """The article's text was read at another address; what that means depends on what is at its own."""
    assert observation.place is not None
    now = replace(state, heard=observation.at)
    is_known = state.duplicate is not None and state.duplicate.at > state.last_seen and state.status != "gone"
    if not _is_alike(state, observation) or is_known:
        return History(now)
    there = observation.extraction
    said = (there.title, there.text) if there else ("", "")
    now = replace(now, duplicate=DuplicateAt(observation.place, observation.at, observation.capture_id, *said))
    if state.missing is None or is_followed(state):
        return History(now)
    assert now.duplicate is not None
    return _moved_to(now, observation, now.duplicate, "", mass)


def _moved_to(
    state: ArticleState, observation: Observation, duplicate: DuplicateAt, why: str, mass: MassChanges
) -> History:
    """Its text, perhaps with an edit that came with the move, is where nothing leads to."""
    if not duplicate.text:
        return _moved(state, observation, duplicate.place, f"{why}the same text is at {duplicate.place.url}")
    there = replace(state.extraction, title=duplicate.title, text=duplicate.text)
    edited = moved_with_edit(state, replace(observation, extraction=there, capture_id=duplicate.capture_id), mass)
    assert edited.state is not None
    where = f"{why}nearly the same text is at {duplicate.place.url}"
    moved = _moved(edited.state, observation, duplicate.place, where)
    return History(moved.state, edited.revisions, edited.events + moved.events)


def _is_alike(state: ArticleState, observation: Observation) -> bool:
    """Whether another address says what the article says: the same text, or most of it.

    Where only its marks are known, something under the same title counts.
    """
    marks, own = observation.marks, state.extraction
    if marks is not None and marks.text == text_mark(own.text):
        return True
    if observation.extraction is not None:
        return same_release(own, observation.extraction)
    return marks is not None and marks.title is not None and marks.title == title_mark(own.title)


def _refused(now: ArticleState, state: ArticleState, observation: Observation) -> History:
    if observation.seen == state.answer:
        return History(now)
    kind: EventKind = "blocked" if observation.seen == "blocked" else "trouble"
    if kind == "blocked" and state.status == "live":
        now = replace(now, status="blocked")
    return History(now, events=(event(now, observation, kind, observation.detail),))
