"""What a reading of an article says of its text: edited, once that is certain, or only a page that varies. Pure.

A changed text is kept aside until it was seen at as many looks as the source's policy asks for. A page that shows
several texts in turn (tests of variants, caches that differ) never settles: a text that comes back after another one
must stay for `Policy.gone_after`, and so must a short notice that takes the place of the whole page. When texts have
come back twice, that is reported once and no other turn counts, until one of them has stayed for a week. A page that
grows at every look (a live blog) is no such page: what it said at one look and still says at the next was seen twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from archive.core.ids import number_of
from archive.core.model import Extraction, Policy
from archive.history.change import Change, compare, said_in_fields
from archive.history.events import ArticleState, Event, History, Observation, Pending, Revision, event
from archive.history.fields import authors
from archive.history.fields.steadied import comparable, steadied
from archive.history.mass_changes import Keys, MassChanges, SeenChange, parted
from archive.history.previews import completes
from archive.history.reconcile import reconcile_links
from archive.text.fingerprint import words
from archive.text.lines import line_mark, normalize

_SHORT = 80
"""Characters of a line that may stand around a text without being part of it."""

_NOTICE = 600
"""Characters that a notice in the place of a page has at most."""

_REMEMBERED = 8
"""Texts of an article that are remembered by their marks, to know one that comes back."""

_TURNS = 2
"""Times that texts came back from which on a page is one that shows several in turn."""

_MOST_TRIES = 3
"""Texts that may wait one after the other, none seen twice; the next counts as a turn."""

_SETTLED, _SETTLED_LOOKS = timedelta(days=7), 4
"""For how long, and at how many looks, a text of such a page must stand to be the publisher's."""


def begin_history(observation: Observation) -> History:
    """The first reading of an article."""
    extraction = observation.extraction
    assert extraction is not None
    at = observation.at
    state = ArticleState(
        extraction, observation.capture_id, at, at, at, at, page=observation.page, partial=observation.truncated
    )
    first = _revision(1, observation.at, observation.capture_id, extraction, Change("same"), first=True)
    return History(state, (first,), (event(state, observation, "new", ""),))


def judge_present(state: ArticleState, observation: Observation, policy: Policy, mass: MassChanges) -> History:
    """An article is at its address, with the text that was seen there last or with one that is read now.

    What `mass` says that most pages of the source did is no edit.
    """
    was = state.status if state.status != "live" else "missing" if state.missing and state.missing.told else ""
    back = (event(state, observation, "returned", f"was {was}"),) if was else ()
    now = replace(
        state,
        last_seen=observation.at,
        last_checked=observation.at,
        status="live",
        answer=observation.seen,
        missing=None,
        moved_to=None,
    )
    if observation.truncated and observation.extraction is not None:
        more = History(now)  # the article is there; what is missing in a part of its page says nothing
    elif observation.extraction is None:
        more = _unchanged(now, observation, policy)
    else:
        whole = now.partial or (now.revisions == 1 and completes(now.extraction, observation.extraction))
        more = _completed(now, observation) if whole else _read(now, observation, policy, mass, state.last_seen)
    return History(more.state, more.revisions, back + more.events, more.changes)


def is_another(state: ArticleState, observation: Observation) -> bool:
    """Whether a reading is another text than the one that stands."""
    new, old = observation.extraction, state.extraction
    return new is not None and not observation.truncated and compare(old, comparable(old, new)).severity != "same"


def mark(extraction: Extraction) -> int:
    """A number that two readings share when they say the same."""
    fields = said_in_fields(extraction)
    return number_of("reading", extraction.title, extraction.text, extraction.published_at, *fields)


def _completed(state: ArticleState, observation: Observation) -> History:
    """The first whole reading of an article that was only seen in part: its text is the first, not an edit."""
    assert observation.extraction is not None
    extraction = comparable(state.extraction, observation.extraction)
    now = replace(state, extraction=extraction, capture_id=observation.capture_id, page=observation.page, partial=False)
    at, number = observation.at, observation.capture_id
    whole = _revision(state.revisions, at, number, extraction, Change("same"), first=True)
    return History(now, (whole,))


def _unchanged(state: ArticleState, observation: Observation, policy: Policy) -> History:
    pending = state.pending
    if pending is None:
        return History(state)
    return _weigh(replace(state, pending=replace(pending, looks=pending.looks + 1)), observation, policy)


def _read(state: ArticleState, observation: Observation, policy: Policy, mass: MassChanges, since: str) -> History:
    assert observation.extraction is not None
    extraction = steadied(state, observation, comparable(state.extraction, observation.extraction))
    state, changes = _without_mass(state, extraction, mass, since, observation.at)
    more = _judged(state, extraction, observation, policy, since)
    return replace(more, changes=changes)


def _without_mass(
    state: ArticleState, new: Extraction, mass: MassChanges, since: str, at: str
) -> tuple[ArticleState, tuple[SeenChange, ...]]:
    """The article as if it had always been as most pages of its source are now; and what it changed in at this look.

    What differs from a text that waits already came when that did.
    """
    pending = state.pending
    waiting = parted(state.extraction, pending.extraction, lambda _: False)[1] if pending else frozenset()

    def is_mass(keys: Keys) -> bool:
        if pending and pending.since and waiting.issuperset(keys):
            return mass.cover(keys, pending.since, pending.at)
        return mass.cover(keys, since, at)

    own, seen = parted(state.extraction, new, is_mass)
    if own is not state.extraction:
        state = replace(state, extraction=own)
    if pending:
        later = parted(pending.extraction, new, lambda keys: mass.cover(keys, since, at))[0]
        state = replace(state, pending=replace(pending, extraction=later))
    return state, tuple(SeenChange(key, since, at) for key in sorted(seen - waiting))


def _judged(
    state: ArticleState, extraction: Extraction, observation: Observation, policy: Policy, since: str
) -> History:
    """What a reading says, by the text that it is like: the one that stands, the one that waits, or neither.

    A text that waits and is now only part of a longer one was seen twice: it is an edit, and the reading is judged anew
    against it. Any other waits from now on; where it was shown before, or several waited in vain, that is a turn.
    """
    pending = state.pending
    if compare(state.extraction, extraction).severity == "same":
        return _stays(state, extraction, observation)
    if pending and compare(pending.extraction, extraction).severity == "same":
        again = replace(
            pending,
            extraction=extraction,
            newest_id=observation.capture_id,
            looks=pending.looks + 1,
            page=observation.page,
        )
        return _weigh(replace(state, pending=again), observation, policy)
    if pending and _grows(pending.extraction, extraction) and pending.looks + 1 >= policy.confirm:
        grown = _edited(state, pending, observation, mark(pending.extraction) in state.shown)
        assert grown.state is not None
        more = _judged(grown.state, extraction, observation, policy, since)
        return History(more.state, grown.revisions + more.revisions, grown.events + more.events)
    return _waits(state, extraction, observation, policy, since)


def _stays(state: ArticleState, extraction: Extraction, observation: Observation) -> History:
    """The text that stands was read again: one that waited is given up."""
    pending = state.pending
    kept = replace(state, extraction=extraction, capture_id=observation.capture_id, pending=None, page=observation.page)
    if pending is None:
        return History(kept)
    seen = replace(kept, shown=_remember(kept.shown, mark(pending.extraction)))
    return _turned(seen, observation, pending.extraction)


def _waits(
    state: ArticleState, extraction: Extraction, observation: Observation, policy: Policy, since: str
) -> History:
    """A text that is neither the one that stands nor the one that waited: now it waits to be seen again."""
    pending = state.pending
    shown = _remember(state.shown, mark(pending.extraction)) if pending else state.shown
    tries = pending.tries + 1 if pending else 0
    fresh = Pending(
        extraction, observation.at, observation.capture_id, observation.capture_id, 1, tries, observation.page, since
    )
    waiting = replace(state, pending=fresh, shown=shown)
    if mark(extraction) not in shown and tries < _MOST_TRIES:
        return _weigh(waiting, observation, policy)
    turned = _turned(waiting, observation, extraction)
    assert turned.state is not None
    more = _weigh(turned.state, observation, policy)
    return History(more.state, more.revisions, turned.events + more.events)


def _turned(state: ArticleState, observation: Observation, other: Extraction) -> History:
    """A text came back after another one was seen. Where both differ only in typography nobody would call it a turn."""
    if compare(state.extraction, other).severity == "cosmetic":
        return History(state)
    turns = min(state.turns + 1, _TURNS)
    now = replace(state, turns=turns)
    if turns < _TURNS or state.turns == _TURNS:
        return History(now)
    return History(now, events=(event(now, observation, "alternates", "shows different texts in turn"),))


def _weigh(state: ArticleState, observation: Observation, policy: Policy) -> History:
    """Whether the waiting text has been seen often enough to be the publisher's."""
    pending = state.pending
    assert pending is not None
    before = mark(pending.extraction) in state.shown
    if before:
        varies = state.turns == _TURNS
        looks = max(policy.confirm, _SETTLED_LOOKS) if varies else policy.confirm
        lasts = max(policy.gone_after, _SETTLED) if varies else policy.gone_after
        certain = pending.looks >= looks and _lasted(pending.at, observation.at) >= lasts
    else:
        replaced = _is_replaced(state.extraction, pending.extraction)
        lasts = policy.gone_after if replaced else timedelta()
        certain = pending.looks >= policy.confirm and _lasted(pending.at, observation.at) >= lasts
    return _edited(state, pending, observation, before) if certain else History(state)


def _is_replaced(old: Extraction, new: Extraction) -> bool:
    """Whether a short text under another title took the place of a longer one, and says nothing of what that said.

    A notice that stands in the place of all pages (maintenance, a strike, an attack) goes away again.
    """
    if len(new.text) >= min(_NOTICE, len(old.text)) or normalize(old.title) == normalize(new.title):
        return False
    said, before = set(words(f"{new.title} {new.text}")), set(words(f"{old.title} {old.text}"))
    return 2 * len(said & before) < len(said)


def _edited(state: ArticleState, pending: Pending, observation: Observation, before: bool) -> History:
    change = compare(state.extraction, pending.extraction, pending.at)
    now = replace(
        state,
        extraction=pending.extraction,
        capture_id=pending.newest_id,
        changed_at=pending.at,
        revisions=state.revisions + 1,
        pending=None,
        page=pending.page,
        shown=_remember(state.shown, mark(state.extraction)),
        turns=state.turns if before and state.turns < _TURNS else 0,
    )
    revision = _revision(now.revisions, pending.at, pending.capture_id, pending.extraction, change)
    return History(now, (revision,), _edit_events(now, change, pending, observation, before))


def _revision(n: int, at: str, capture_id: int, said: Extraction, change: Change, first: bool = False) -> Revision:
    return Revision(n, at, capture_id, said.title, said.text, said.authors, change, first)


def _edit_events(
    now: ArticleState, change: Change, pending: Pending, observation: Observation, before: bool
) -> tuple[Event, ...]:
    if change.severity == "cosmetic":
        return ()
    silently = " (silent)" if change.silent else ""
    back = "; a text it had before" if before else ""
    detail = f"{change.severity}{silently}: {change.summary}{back}"
    by = observation.capture_id if observation.capture_id != pending.capture_id else None
    return (Event(observation.at, now.extraction.url, "edited", detail, pending.capture_id, by),)


def _remember(shown: Sequence[int], one: int) -> tuple[int, ...]:
    return (*(other for other in shown if other != one), one)[-_REMEMBERED:]


def _lasted(since: str, until: str) -> timedelta:
    return datetime.fromisoformat(until) - datetime.fromisoformat(since)


def _grows(old: Extraction, new: Extraction) -> bool:
    """Whether a text says all that another said, and more."""
    before, after = (Counter(map(line_mark, one.text.split("\n\n"))) for one in (old, new))
    return normalize(old.title) == normalize(new.title) and before < after


def moved_with_edit(state: ArticleState, observation: Observation, mass: MassChanges) -> History:
    """The article's text at the address to which its own now leads: another text is an edit that came with the move.

    Another address mostly has other surroundings. What only came before or after the text is taken for these where it
    is short and has no figures: bylines, labels, calls; so are authors, a subtitle and a caption that only one of both
    has. A paragraph that came with the move is an edit, but for one that came to most pages of the source, or that is
    in its texts by a person's decision (`mass`).
    """
    assert observation.extraction is not None
    found = comparable(state.extraction, observation.extraction)
    links = reconcile_links(state.extraction.links, found.links, state.page, observation.page)
    there = replace(_with_surroundings(state.extraction, found), url=state.extraction.url, links=links)
    own, _ = parted(state.extraction, there, lambda keys: mass.cover_move(keys, state.last_seen, observation.at))
    state = replace(state, extraction=own)
    waiting = Pending(there, observation.at, observation.capture_id, observation.capture_id)
    if compare(state.extraction, there).severity in ("same", "cosmetic", "date"):
        return History(state)
    if state.extraction.title == there.title and _surrounds(there.text, state.extraction.text):
        return History(state)
    return _edited(state, waiting, observation, before=False)


def _with_surroundings(old: Extraction, new: Extraction) -> Extraction:
    """A reading at another address, with the authors and the lines of before where only one of both has any."""
    new = replace(new, subtitle=old.subtitle) if bool(old.subtitle) != bool(new.subtitle) else new
    if bool(old.image_caption) != bool(new.image_caption):
        new = replace(new, image_caption=old.image_caption)
    return authors.of_before(old, new) if bool(old.authors) != bool(new.authors) else new


def _surrounds(longer: str, text: str) -> bool:
    """Whether a text is another one whole, with short lines before it, after it, or both."""
    before, found, after = f"\n\n{longer}\n\n".partition(f"\n\n{text}\n\n")
    added = [line for line in (*before.split("\n\n"), *after.split("\n\n")) if line]
    return bool(found) and all(len(line) < _SHORT and not any(map(str.isdecimal, line)) for line in added)
