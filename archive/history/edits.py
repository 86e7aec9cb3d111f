"""What a reading of an article says of its text: edited, once that is certain, or only a page that varies. Pure.

A changed text is kept aside until it was seen at as many looks as the source's policy asks for. A page that shows
several texts in turn (tests of variants, caches that differ) never settles: a text that comes back after another one
must stay for `Policy.gone_after`, and when texts have come back twice, that is told once and no further turn counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from archive.core.ids import number_of
from archive.core.model import Extraction, Policy
from archive.history.change import Change, compare
from archive.history.events import ArticleState, Event, History, Observation, Pending, Revision, event
from archive.text.lines import line_mark, reconcile

_REMEMBERED = 8
_TURNS = 2
_MOST_TRIES = 3
_ORIGINS = ("htmldate", "url", "text", "feed", "time", "meta", "json-ld")


def found(sighting: Observation) -> History:
    """The first reading of an article."""
    extraction = sighting.extraction
    assert extraction is not None
    at = sighting.at
    standing = ArticleState(extraction, sighting.capture_id, at, at, at, at, page=sighting.page)
    first = Revision(1, sighting.at, sighting.capture_id, extraction.title, extraction.text, Change("same"), first=True)
    return History(standing, (first,), (event(standing, sighting, "new", ""),))


def present(standing: ArticleState, sighting: Observation, policy: Policy) -> History:
    """An article is at its address, with the text that was seen there last or with one that is read now."""
    was = standing.status if standing.status != "live" else "missing" if standing.absence else ""
    back = (event(standing, sighting, "returned", f"was {was}"),) if was else ()
    now = replace(
        standing,
        last_seen=sighting.at,
        last_checked=sighting.at,
        status="live",
        answer=sighting.seen,
        absence=None,
        moved_to=None,
    )
    more = _unchanged(now, sighting, policy) if sighting.extraction is None else _read(now, sighting, policy)
    return History(more.standing, more.revisions, back + more.events)


def is_another(standing: ArticleState, sighting: Observation) -> bool:
    """Whether a reading is another text than the one that stands."""
    new, old = sighting.extraction, standing.extraction
    return new is not None and compare(old, keep_better_date(old, new)).severity != "same"


def mark(extraction: Extraction) -> int:
    """A number that two readings share when they say the same."""
    return number_of("reading", extraction.title, extraction.text, extraction.published_at)


def _unchanged(standing: ArticleState, sighting: Observation, policy: Policy) -> History:
    pending = standing.pending
    if pending is None:
        return History(standing)
    return _weigh(replace(standing, pending=replace(pending, looks=pending.looks + 1)), sighting, policy)


def _read(standing: ArticleState, sighting: Observation, policy: Policy) -> History:
    assert sighting.extraction is not None
    extraction = _steadied(standing, sighting.page, keep_better_date(standing.extraction, sighting.extraction))
    pending = standing.pending
    if compare(standing.extraction, extraction).severity == "same":
        kept = replace(
            standing, extraction=extraction, capture_id=sighting.capture_id, pending=None, page=sighting.page
        )
        if pending is None:
            return History(kept)
        return _turned(replace(kept, shown=_with(kept.shown, mark(pending.extraction))), sighting)
    if pending and compare(pending.extraction, extraction).severity == "same":
        again = replace(
            pending,
            extraction=extraction,
            newest_id=sighting.capture_id,
            looks=pending.looks + 1,
            page=sighting.page,
        )
        return _weigh(replace(standing, pending=again), sighting, policy)
    shown = _with(standing.shown, mark(pending.extraction)) if pending else standing.shown
    tries = pending.tries + 1 if pending else 0
    fresh = Pending(extraction, sighting.at, sighting.capture_id, sighting.capture_id, 1, tries, sighting.page)
    waiting = replace(standing, pending=fresh, shown=shown)
    if mark(extraction) not in shown and tries < _MOST_TRIES:
        return _weigh(waiting, sighting, policy)
    turned = _turned(waiting, sighting)
    assert turned.standing is not None
    if turned.standing.turns == _TURNS and mark(extraction) in shown:
        return replace(turned, standing=replace(turned.standing, pending=None))
    more = _weigh(turned.standing, sighting, policy)
    return History(more.standing, more.revisions, turned.events + more.events)


def _steadied(standing: ArticleState, page: frozenset[int], new: Extraction) -> Extraction:
    """A reading without what only our judgement of the page's passages made of it."""
    old = standing.extraction
    if new.text == old.text or not (page and standing.page):
        return new
    text = "\n\n".join(reconcile(old.text.split("\n\n"), new.text.split("\n\n"), standing.page, page))
    if text == old.text:
        return replace(new, text=text, removed=old.removed)
    stays = {line_mark(line) for line in text.split("\n\n")}
    return replace(new, text=text, removed=tuple(one for one in new.removed if line_mark(one.text) not in stays))


def _turned(standing: ArticleState, sighting: Observation) -> History:
    """A text came back after another one was seen."""
    turns = min(standing.turns + 1, _TURNS)
    now = replace(standing, turns=turns)
    if turns < _TURNS or standing.turns == _TURNS:
        return History(now)
    return History(now, events=(event(now, sighting, "alternates", "shows different texts in turn"),))


def _weigh(standing: ArticleState, sighting: Observation, policy: Policy) -> History:
    """Whether the waiting text has been seen often enough to be the publisher's."""
    pending = standing.pending
    assert pending is not None
    before = mark(pending.extraction) in standing.shown
    if before:
        enough = pending.looks >= policy.confirm and _lies_between(pending.at, sighting.at, policy)
        certain = standing.turns < _TURNS and enough
    else:
        certain = pending.looks >= policy.confirm
    return _edited(standing, pending, sighting, before) if certain else History(standing)


def _edited(standing: ArticleState, pending: Pending, sighting: Observation, before: bool) -> History:
    change = compare(standing.extraction, pending.extraction)
    now = replace(
        standing,
        extraction=pending.extraction,
        capture_id=pending.newest_id,
        changed_at=pending.at,
        revisions=standing.revisions + 1,
        pending=None,
        twin=None,
        page=pending.page,
        shown=_with(standing.shown, mark(standing.extraction)),
        turns=standing.turns if before else 0,
    )
    revision = Revision(
        now.revisions, pending.at, pending.capture_id, pending.extraction.title, pending.extraction.text, change
    )
    return History(now, (revision,), _told(now, change, pending, sighting, before))


def _told(
    now: ArticleState, change: Change, pending: Pending, sighting: Observation, before: bool
) -> tuple[Event, ...]:
    if change.severity == "cosmetic":
        return ()
    silently = " (silent)" if change.silent else ""
    back = "; a text it had before" if before else ""
    detail = f"{change.severity}{silently}: {change.summary}{back}"
    by = sighting.capture_id if sighting.capture_id != pending.capture_id else None
    return (Event(sighting.at, now.extraction.url, "edited", detail, pending.capture_id, by),)


def _with(shown: Sequence[int], one: int) -> tuple[int, ...]:
    return (*(other for other in shown if other != one), one)[-_REMEMBERED:]


def _lies_between(since: str, until: str, policy: Policy) -> bool:
    return datetime.fromisoformat(until) - datetime.fromisoformat(since) >= policy.gone_after


def keep_better_date(old: Extraction, new: Extraction) -> Extraction:
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
