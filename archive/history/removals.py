"""What it says of an article that its address lacks it: missing, gone, moved, blocked, or only trouble. Pure.

Gone must be seen at as many looks as the source's policy asks for, and over as long a time. Where the address leads to
the same text elsewhere, or that text first appeared elsewhere after the article was last seen, it moved: that is told
at once. An address that leads to another article has lost its own at once. Blocked and trouble never become gone, nor
do they count for it or against it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archive.core.model import Policy
from archive.history.events import (
    ArticleState,
    DuplicateAt,
    EventKind,
    History,
    MissingSince,
    Observation,
    Place,
    event,
)
from archive.history.soft404 import text_mark, title_mark

_ENDED = ("gone", "moved")


def apply(state: ArticleState, observation: Observation, policy: Policy) -> History:
    """An article was not at its address."""
    if observation.seen == "elsewhere":
        return _elsewhere(state, observation)
    now = replace(state, last_checked=observation.at, answer=observation.seen)
    if observation.seen == "moved" and _is_alike(state, observation):
        assert observation.place is not None
        return (
            History(now) if state.status == "moved" else _moved(now, observation, observation.place, observation.detail)
        )
    if state.status in _ENDED and observation.seen in ("gone", "moved"):
        return History(now)
    if observation.seen == "moved":
        return _replaced(now, observation)
    if observation.seen == "gone":
        return _gone(now, observation, policy)
    return _refused(now, state, observation)


def _gone(state: ArticleState, observation: Observation, policy: Policy) -> History:
    earlier = state.missing
    missing = MissingSince(earlier.since, earlier.looks + 1) if earlier else MissingSince(observation.at)
    now = replace(state, missing=missing)
    duplicate = state.duplicate
    if duplicate and (duplicate.at > state.last_seen or _is_certain(missing, observation.at, policy)):
        where = f"{observation.detail}; the same text is at {duplicate.place.url}"
        return _moved(now, observation, duplicate.place, where)
    if not _is_certain(missing, observation.at, policy):
        return History(now, events=() if earlier else (event(now, observation, "missing", observation.detail),))
    since = f" at {missing.looks} looks since {_minute(missing.since)}" if missing.looks > 1 else ""
    return History(replace(now, status="gone"), events=(event(now, observation, "gone", observation.detail + since),))


def _minute(at: str) -> str:
    """A stored moment as words for a person have it."""
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M} UTC"


def _replaced(state: ArticleState, observation: Observation) -> History:
    """The address leads to another article: nobody does that by accident, and it is not looked at again."""
    now = replace(state, status="gone", missing=MissingSince(observation.at))
    return History(now, events=(event(now, observation, "gone", f"{observation.detail}, which is another article"),))


def _is_certain(missing: MissingSince, at: str, policy: Policy) -> bool:
    lasted = datetime.fromisoformat(at) - datetime.fromisoformat(missing.since)
    return missing.looks >= policy.confirm and lasted >= policy.gone_after


def _moved(state: ArticleState, observation: Observation, place: Place, detail: str) -> History:
    now = replace(state, status="moved", moved_to=place.article)
    return History(now, events=(event(now, observation, "moved", detail),))


def _elsewhere(state: ArticleState, observation: Observation) -> History:
    """The article's text was read at another address; what that means depends on what is at its own."""
    assert observation.place is not None
    now = replace(state, heard=observation.at)
    if not _is_alike(state, observation) or (state.duplicate and state.status != "gone"):
        return History(now)
    now = replace(now, duplicate=DuplicateAt(observation.place, observation.at, observation.capture_id))
    if state.missing is None or state.status == "moved":
        return History(now)
    return _moved(now, observation, observation.place, f"the same text is at {observation.place.url}")


def _is_alike(state: ArticleState, observation: Observation) -> bool:
    """Whether another address says what the article says: the same text, or something under the same title."""
    said, own = observation.said, state.extraction
    if said is None:
        return False
    return said.text == text_mark(own.text) or (said.title is not None and said.title == title_mark(own.title))


def _refused(now: ArticleState, state: ArticleState, observation: Observation) -> History:
    if observation.seen == state.answer:
        return History(now)
    kind: EventKind = "blocked" if observation.seen == "blocked" else "trouble"
    if kind == "blocked" and state.status == "live":
        now = replace(now, status="blocked")
    return History(now, events=(event(now, observation, kind, observation.detail),))
