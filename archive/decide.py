"""What the captures of one article, in the order of time, say happened to it. Pure.

`step` takes one sighting; the history of an article is `step` over all of them (`replay`), so that a row brought up to
date one capture at a time equals a row made anew from the WARC files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from archive.model import Extraction
from archive.revise import Change, judge

Seen = Literal["read", "unchanged", "gone", "blocked", "trouble", "unclear", "moved", "hop"]
"""What one look at an article's address gave.

read: its text. unchanged: the text of before, by the server's word or an equal payload. gone: 404 or 410. blocked: 401,
403, 429, 451, a challenge or consent page. trouble: 5xx and other refusals. unclear: 200, but not an article. moved:
its address answers with another article. hop: a redirect on the way to it.
"""

Status = Literal["live", "gone", "moved", "blocked"]

_GONE = frozenset({404, 410})
_BLOCKED = frozenset({401, 402, 403, 407, 429, 451})
_SHUT = frozenset({"consent", "challenge", "paywalled"})
_ORIGINS = ("htmldate", "url", "text", "feed", "time", "meta", "json-ld")


@dataclass(frozen=True)
class Sighting:
    """One capture as evidence about one article. `at` is a stored moment (ISO 8601, UTC); `extraction` for read."""

    at: str
    capture_id: int
    seen: Seen
    detail: str = ""
    extraction: Extraction | None = None


@dataclass(frozen=True)
class Standing:
    """What is known of an article after its newest sighting. `capture_id` is the newest capture that was read."""

    extraction: Extraction
    capture_id: int
    first_seen: str
    last_seen: str
    last_checked: str
    changed_at: str
    status: Status = "live"
    revisions: int = 1
    answer: Seen = "read"


@dataclass(frozen=True)
class Revision:
    """A text that a publisher gave an article."""

    n: int
    at: str
    capture_id: int
    title: str
    text: str
    change: Change
    first: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened to an article; `url` is the address it had then."""

    at: str
    url: str
    kind: Literal["new", "edited", "gone", "returned", "moved", "blocked", "trouble"]
    detail: str
    capture_id: int


@dataclass(frozen=True)
class History:
    """An article's standing (None before its first reading) and what led there."""

    standing: Standing | None
    revisions: tuple[Revision, ...] = ()
    events: tuple[Event, ...] = ()


def seen_as(row: Mapping[str, Any]) -> Seen:
    """What a row of `captures` is evidence of, when its article is the one looked at."""
    status = row["status"]
    if row["kind"] == "redirect" or (300 <= status < 400 and status != 304):
        return "hop"
    if row["revisit"] or status == 304:
        return "unchanged"
    if status in _GONE:
        return "gone"
    if status in _BLOCKED or (status < 400 and row["page_kind"] in _SHUT):
        return "blocked"
    if status >= 400:
        return "trouble"
    return "unclear" if row["note"] else "read"


def replay(sightings: Iterable[Sighting]) -> History:
    """The whole history of an article from all its sightings, in any order; nothing precedes its first reading."""
    history = History(None)
    for sighting in sorted(sightings, key=lambda sighting: (sighting.at, sighting.capture_id)):
        more = step(history.standing, sighting)
        history = History(more.standing, history.revisions + more.revisions, history.events + more.events)
    return history


def step(standing: Standing | None, sighting: Sighting) -> History:
    """One more sighting, later than all before: the new standing, with only the revisions and events it adds."""
    if sighting.seen == "hop" or (standing is None and sighting.extraction is None):
        return History(standing)
    if standing is None:
        return _found(sighting)
    if sighting.seen in ("read", "unchanged"):
        return _present(standing, sighting)
    return _absent(standing, sighting)


def _found(sighting: Sighting) -> History:
    extraction = sighting.extraction
    assert extraction is not None
    standing = Standing(extraction, sighting.capture_id, sighting.at, sighting.at, sighting.at, sighting.at)
    first = Revision(1, sighting.at, sighting.capture_id, extraction.title, extraction.text, Change("same"), first=True)
    return History(standing, (first,), (_event(standing, sighting, "new", ""),))


def _present(standing: Standing, sighting: Sighting) -> History:
    events: list[Event] = []
    revisions: list[Revision] = []
    if standing.status != "live":
        events.append(_event(standing, sighting, "returned", f"was {standing.status}"))
    now = replace(standing, last_seen=sighting.at, last_checked=sighting.at, status="live", answer=sighting.seen)
    if sighting.extraction is not None:
        extraction = _carried(standing.extraction, sighting.extraction)
        change = judge(standing.extraction, extraction)
        now = replace(now, extraction=extraction, capture_id=sighting.capture_id)
        if change.severity != "same":
            now = replace(now, revisions=now.revisions + 1, changed_at=sighting.at)
            revisions.append(
                Revision(now.revisions, sighting.at, sighting.capture_id, extraction.title, extraction.text, change)
            )
        if change.severity not in ("same", "cosmetic"):
            silently = " (silent)" if change.silent else ""
            events.append(_event(now, sighting, "edited", f"{change.severity}{silently}: {change.summary}"))
    return History(now, tuple(revisions), tuple(events))


def _absent(standing: Standing, sighting: Sighting) -> History:
    status = standing.status
    events: list[Event] = []
    if sighting.seen in ("gone", "moved"):
        status = "gone" if sighting.seen == "gone" else "moved"
        if status != standing.status:
            events.append(_event(standing, sighting, status, sighting.detail))
    elif sighting.seen != standing.answer:
        events.append(
            _event(standing, sighting, "blocked" if sighting.seen == "blocked" else "trouble", sighting.detail)
        )
        if sighting.seen == "blocked" and status == "live":
            status = "blocked"
    return History(
        replace(standing, last_checked=sighting.at, status=status, answer=sighting.seen), events=tuple(events)
    )


def _event(standing: Standing, sighting: Sighting, kind: Any, detail: str) -> Event:
    return Event(sighting.at, standing.extraction.url, kind, detail, sighting.capture_id)


def _carried(old: Extraction, new: Extraction) -> Extraction:
    """The new reading, with the earlier date of publication where it now is missing or from a weaker place.

    A recheck does not know what the feed said; that is not a change of the page.
    """
    was, now = old.origins.get("published_at", ""), new.origins.get("published_at", "")
    if not old.published_at or (new.published_at and _strength(now) >= _strength(was)):
        return new
    origins = {**new.origins, "published_at": was} if was else dict(new.origins)
    return replace(new, published_at=old.published_at, origins=origins)


def _strength(origin: str) -> int:
    return _ORIGINS.index(origin) if origin in _ORIGINS else len(_ORIGINS)
