"""What the captures of one article, in the order of time, say happened to it. Pure.

`step` takes one observation; the history of an article is `step` over all of them (`replay`), so a row brought up to
date one capture at a time equals a row made anew from the WARC files. `edits.py` decides on texts that were read,
`removals.py` on pages that were missing. `outcome_of` says what a captured answer or redirect counts as.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from archive.core.http_status import BLOCKED
from archive.core.model import SUMMARY, Policy
from archive.core.urls import as_served, canonical, host, key
from archive.history.edits import begin_history, judge_present
from archive.history.events import (
    EVERYWHERE,
    INSTEAD,
    REDIRECTED,
    ArticleState,
    Event,
    History,
    Instead,
    MissingSince,
    Observation,
    Outcome,
    Revision,
)
from archive.history.likeness import same_release
from archive.history.mass_changes import ABSENT, BACK, NONE, MassChanges, SeenChange
from archive.history.previews import is_preview_of
from archive.history.removals import is_followed, judge_absent
from archive.history.soft404 import is_error_message, text_mark, title_mark

_GONE = frozenset({404, 410})
SHUT = frozenset({"consent", "challenge", "paywalled"})
"""Kinds of pages that stand before another: they say nothing of it."""

_AWAY = frozenset({"home", "listing"})
_SHOWN = {
    "instead": Instead("gone", INSTEAD),
    "everywhere": Instead("trouble", EVERYWHERE),
    "either": Instead("unclear", "shows the home page or a list of its site, or what all of its site shows now"),
}
_USUAL = Policy()


def outcome_of(row: Mapping[str, Any]) -> Outcome:
    """What a row of `captures` is evidence of, when its article is the one looked at."""
    status = row["status"]
    if row["page_kind"] == "unread":  # our failure: evidence of nothing
        return "hop"
    if row["kind"] == "redirect" or (300 <= status < 400 and status != 304) or _is_refresh(row):
        if _leads_round(row):
            return "trouble"
        return "gone" if leads_away(row) or (row["kind"] == "page" and _leads_elsewhere(row)) else "hop"
    if row["revisit"] or status == 304:
        return "unchanged"
    if status in _GONE or row["page_kind"] == "missing" or _is_led_away(row):
        return "gone"
    if status in BLOCKED or (status < 400 and row["page_kind"] in SHUT):
        return "blocked"
    if status >= 400 or row["page_kind"] == "maintenance":
        return "trouble"
    return "unclear" if row["note"] else "read"


def is_soft(row: Mapping[str, Any]) -> bool:
    """Whether a row of `captures` that counts as gone has another page of its site, and no 404 or 410."""
    return outcome_of(row) == "gone" and row["status"] not in _GONE and not leads_away(row)


def detail_of(row: Mapping[str, Any]) -> str:
    """What a row of `captures` shows, in words for an event."""
    if _leads_round(row):
        return "its redirects go round in a loop"
    return f"redirected to {row['final_url']}: {row['note']}" if _is_led_away(row) else str(row["note"])


def replay(observations: Iterable[Observation], policy: Policy = _USUAL, mass: MassChanges = NONE) -> History:
    """The whole history of an article from all its sightings, in any order; nothing precedes its first reading.

    `mass`: what most pages of its source did.
    """
    history = History(None)
    revisions: list[Revision] = []
    events: list[Event] = []
    changes: list[SeenChange] = []
    for observation in sorted(observations, key=in_time):
        more = step(history.state, observation, policy, mass)
        revisions += more.revisions
        events += more.events
        changes += more.changes
        history = more
    return History(history.state, tuple(revisions), tuple(events), tuple(changes))


def in_time(observation: Observation) -> tuple[str, bool, int]:
    """The order of sightings: in time, looks at the address itself first."""
    return observation.at, observation.seen == "elsewhere", observation.capture_id


def step(
    state: ArticleState | None, observation: Observation, policy: Policy = _USUAL, mass: MassChanges = NONE
) -> History:
    """One more sighting, later than all before: the new standing, with only the revisions and events it adds."""
    if observation.seen == "hop" or (state is None and observation.seen != "read"):
        return History(state)
    if state is None:
        return begin_history(observation)
    more = _step(state, observation, policy, mass)
    return replace(more, changes=(*more.changes, *_come_or_gone(state, more.state, observation.at)))


def _come_or_gone(before: ArticleState, after: ArticleState | None, at: str) -> Iterator[SeenChange]:
    """That another page came in the place of an article, or that the article is back or was found elsewhere."""
    was, now = _unexplained(before), _unexplained(after)
    if now and now.soft and not was:
        yield SeenChange(ABSENT, before.last_seen, at)
    if was and was.soft and not now:
        yield SeenChange(BACK, was.since, at)


def _unexplained(state: ArticleState | None) -> MissingSince | None:
    """The absence of an article that is at no other address either, as far as is known. Nothing of it may depend on
    `mass`: what that is is found by it."""
    return state.missing if state and not is_followed(state) else None


def _step(state: ArticleState, observation: Observation, policy: Policy, mass: MassChanges) -> History:
    instead = _shown_instead(state, observation)
    if instead is not None:
        judged = replace(observation, seen=instead.seen, extraction=None, detail=instead.detail, soft=True)
        more = judge_absent(state, judged, policy, mass)
        assert more.state is not None
        is_page = observation.seen in ("read", "unchanged")
        return replace(more, state=replace(more.state, instead=instead)) if is_page else more
    if observation.seen in ("read", "unchanged"):
        return judge_present(replace(state, instead=None), observation, policy, mass)
    return judge_absent(state, observation, policy, mass)


def _shown_instead(state: ArticleState, observation: Observation) -> Instead | None:
    """What a page counts as that was read, perhaps before and unchanged since, and does not show the article."""
    if observation.seen == "unchanged":
        return state.instead
    if observation.shows and _is_another(state, observation):
        return _SHOWN[observation.shows]
    if _is_soft_gone(state, observation):
        return Instead("gone", "soft 404: other addresses say the same")
    if _shows_less(state, observation):
        return Instead("unclear", "the page shows no text, only its summary")
    if _is_preview(state, observation):
        return Instead("blocked", "only the beginning is shown without a subscription or login")
    if _is_cut(state, observation):
        return Instead("unclear", "the answer broke off within the text")
    return None


def _is_another(state: ArticleState, observation: Observation) -> bool:
    """Whether what was read has another title than the article and is none of its versions: a home page may show its
    newest release as it is."""
    read, own = observation.extraction, state.extraction
    if observation.seen != "read" or read is None or title_mark(read.title) == title_mark(own.title):
        return False
    return not same_release(own, read)


def target_of(row: Mapping[str, Any]) -> str:
    """The canonical address to which a redirect leads; "" where it names none."""
    note = str(row["note"])
    return canonical(note.removeprefix(REDIRECTED), row["final_url"]) if note.startswith(REDIRECTED) else ""


def target_key(row: Mapping[str, Any]) -> str | None:
    """The identity of the address, of the same site, to which a page leads that was no article; None where to none."""
    return key(target_of(row)) or None if row["kind"] == "page" and not leads_away(row) else None


def leads_away(row: Mapping[str, Any]) -> bool:
    """Whether a redirect leads to another site, to which a crawl does not follow it."""
    target = target_of(row)
    return bool(target) and host(target) != host(row["final_url"])


def _is_refresh(row: Mapping[str, Any]) -> bool:
    """Whether a page answered with 200 only to lead to another (meta refresh)."""
    return bool(row["status"] == 200 and str(row["note"]).startswith(REDIRECTED))


def _leads_elsewhere(row: Mapping[str, Any]) -> bool:
    """Whether a redirect that nobody followed, as other programs' WARC files have it, names another address."""
    target = key(target_of(row))
    return bool(target) and target != row["key"]


def _leads_round(row: Mapping[str, Any]) -> bool:
    """Whether all that an address answers is a redirect back to it, or over others to one that leads to itself."""
    note = str(row["note"])
    if row["kind"] != "page" or not note.startswith(REDIRECTED):
        return False
    return as_served(note.removeprefix(REDIRECTED)) in (as_served(row["url"]), as_served(row["final_url"]))


def _is_led_away(row: Mapping[str, Any]) -> bool:
    """Whether an address led to the home page or a list of its site instead of its article."""
    return bool(row["final_key"]) and row["status"] < 400 and row["page_kind"] in _AWAY


def _shows_less(state: ArticleState, observation: Observation) -> bool:
    """Whether only a summary could be read where the text once was: a page that failed to load, not an edit."""
    if observation.seen != "read" or observation.extraction is None:
        return False
    return observation.extraction.origins.get("text") == SUMMARY != state.extraction.origins.get("text")


def _is_preview(state: ArticleState, observation: Observation) -> bool:
    read = observation.extraction
    return observation.seen == "read" and read is not None and is_preview_of(state.extraction, read)


def _is_cut(state: ArticleState, observation: Observation) -> bool:
    """Whether another text is only the beginning of this one: cut within a sentence, or before an error message of the
    server's software. The page failed to load."""
    if observation.seen != "read" or observation.extraction is None or observation.truncated:
        return False
    new, old = observation.extraction.text, state.extraction.text
    said, _, last = new.rpartition("\n")
    if said and is_error_message("", last):
        return old.startswith(said.rstrip())
    rest = old[len(new) :]
    return len(new) < len(old) and old.startswith(new) and new[-1:].isalnum() and not rest.startswith("\n")


def _is_soft_gone(state: ArticleState, observation: Observation) -> bool:
    """Whether an article now says what several other addresses of its source say, and did not before."""
    if not observation.common or observation.extraction is None:
        return False
    return text_mark(observation.extraction.text) != text_mark(state.extraction.text)
