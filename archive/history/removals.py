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


def apply(standing: ArticleState, sighting: Observation, policy: Policy) -> History:
    """An article was not at its address."""
    if sighting.seen == "elsewhere":
        return _elsewhere(standing, sighting)
    now = replace(standing, last_checked=sighting.at, answer=sighting.seen)
    if sighting.seen == "moved" and _is_alike(standing, sighting):
        assert sighting.place is not None
        return History(now) if standing.status == "moved" else _moved(now, sighting, sighting.place, sighting.detail)
    if standing.status in _ENDED and sighting.seen in ("gone", "moved"):
        return History(now)
    if sighting.seen == "moved":
        return _replaced(now, sighting)
    if sighting.seen == "gone":
        return _gone(now, sighting, policy)
    return _refused(now, standing, sighting)


def _gone(standing: ArticleState, sighting: Observation, policy: Policy) -> History:
    earlier = standing.absence
    absence = MissingSince(earlier.since, earlier.looks + 1) if earlier else MissingSince(sighting.at)
    now = replace(standing, absence=absence)
    twin = standing.twin
    if twin and (twin.at > standing.last_seen or _is_certain(absence, sighting.at, policy)):
        return _moved(now, sighting, twin.place, f"{sighting.detail}; the same text is at {twin.place.url}")
    if not _is_certain(absence, sighting.at, policy):
        return History(now, events=() if earlier else (event(now, sighting, "missing", sighting.detail),))
    since = f" at {absence.looks} looks since {_minute(absence.since)}" if absence.looks > 1 else ""
    return History(replace(now, status="gone"), events=(event(now, sighting, "gone", sighting.detail + since),))


def _minute(at: str) -> str:
    """A stored moment as words for a person have it."""
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M} UTC"


def _replaced(standing: ArticleState, sighting: Observation) -> History:
    """The address leads to another article: nobody does that by accident, and it is not looked at again."""
    now = replace(standing, status="gone", absence=MissingSince(sighting.at))
    return History(now, events=(event(now, sighting, "gone", f"{sighting.detail}, which is another article"),))


def _is_certain(absence: MissingSince, at: str, policy: Policy) -> bool:
    lasted = datetime.fromisoformat(at) - datetime.fromisoformat(absence.since)
    return absence.looks >= policy.confirm and lasted >= policy.gone_after


def _moved(standing: ArticleState, sighting: Observation, place: Place, detail: str) -> History:
    now = replace(standing, status="moved", moved_to=place.article)
    return History(now, events=(event(now, sighting, "moved", detail),))


def _elsewhere(standing: ArticleState, sighting: Observation) -> History:
    """The article's text was read at another address; what that means depends on what is at its own."""
    assert sighting.place is not None
    now = replace(standing, heard=sighting.at)
    if not _is_alike(standing, sighting) or (standing.twin and standing.status != "gone"):
        return History(now)
    now = replace(now, twin=DuplicateAt(sighting.place, sighting.at, sighting.capture_id))
    if standing.absence is None or standing.status == "moved":
        return History(now)
    return _moved(now, sighting, sighting.place, f"the same text is at {sighting.place.url}")


def _is_alike(standing: ArticleState, sighting: Observation) -> bool:
    """Whether another address says what the article says: the same text, or something under the same title."""
    said, own = sighting.said, standing.extraction
    if said is None:
        return False
    return said.text == text_mark(own.text) or (said.title is not None and said.title == title_mark(own.title))


def _refused(now: ArticleState, standing: ArticleState, sighting: Observation) -> History:
    if sighting.seen == standing.answer:
        return History(now)
    kind: EventKind = "blocked" if sighting.seen == "blocked" else "trouble"
    if kind == "blocked" and standing.status == "live":
        now = replace(now, status="blocked")
    return History(now, events=(event(now, sighting, kind, sighting.detail),))
