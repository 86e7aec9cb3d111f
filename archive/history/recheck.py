"""When an address is to be asked again: an article, or one that gave none yet; and when in full. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from archive.core.model import Policy
from archive.history.events import ArticleState, MissingSince, Pending

_SECOND_LOOK, _MOST_TRIES = timedelta(minutes=10), 8
"""How soon a changed text is looked at again; doubled for each text given up before it, so often at most."""

_ABSENT = (timedelta(hours=1), timedelta(hours=6))
"""How soon a missing page is looked at again: after the first look that missed it, and after the others."""

_DOUBTED = timedelta(days=1)
"""How soon a missing page is looked at again after the second look, while most pages of its source are missing."""

_USUAL = Policy()

Trouble = Literal["host", "missing", "other page"]
"""Why an address gave no article. host: its host failed or refused. missing: nothing was there. other page: it was a
page of another kind."""

_FIRST_WAIT: dict[Trouble, timedelta] = {
    "host": timedelta(minutes=10),
    "missing": timedelta(hours=1),
    "other page": timedelta(days=1),
}
_LONGEST_WAIT: dict[Trouble, timedelta] = {
    "host": timedelta(days=7),
    "missing": timedelta(days=30),
    "other page": timedelta(days=30),
}
_ONE_LOOK = timedelta(minutes=5)
"""Answers within so much time are of one look."""

_FULL_DOCUMENT, _FULL_PAGE = timedelta(days=7), timedelta(days=14)
"""After so long a list, or a page, is asked for in full, whatever its validators: some servers always say 304."""

_DISTRUST = timedelta(days=90)
"""How long the validators of a source are not believed after one was found to be false."""


def next_check(
    checked_at: datetime,
    published_at: datetime,
    policy: Policy = _USUAL,
    *,
    changed_at: datetime | None = None,
    failures: int = 0,
    within: timedelta | None = None,
    spread: float = 0.0,
) -> datetime:
    """When to look at an article again: at the next of the policy's ages, counted anew after an edit; then regularly.

    `within` is a bound where something waits to be seen again. After failures it waits 10 minutes, doubled each time,
    at most a week. `spread` (0 to 1, constant for an address) makes the wait longer by up to a tenth, so that what was
    archived together is not asked for together.
    """
    if failures:
        return next_try(checked_at, failures, "host", spread)
    age = checked_at - max(published_at, changed_at or published_at)
    wait = min((later - age for later in policy.ages if later > age), default=policy.then)
    wait = wait if within is None else min(wait, within)
    longer: timedelta = wait * (1 + spread / 10)
    return checked_at + longer


def next_try(at: datetime, tries: int, trouble: Trouble, spread: float = 0.0) -> datetime:
    """When an address that gave no article may be asked again after its nth try (from 1), if something still names it.

    The wait doubles with each try: from 10 minutes to a week where the host was in trouble, from an hour to 30 days
    where nothing was there, from a day to 30 days where a page of another kind was. `spread` as for `next_check`.
    """
    wait = min(_FIRST_WAIT[trouble] * 2 ** min(tries - 1, 16), _LONGEST_WAIT[trouble])
    longer: timedelta = wait * (1 + spread / 10)
    return at + longer


def is_same_look(earlier: datetime | None, at: datetime) -> bool:
    """Whether two answers belong to one look: a crawl asks a host that fails several times within minutes."""
    return earlier is not None and abs(at - earlier) < _ONE_LOOK


def is_full_due(full_at: datetime | None, now: datetime, kind: Literal["document", "page"]) -> bool:
    """Whether an address should be asked without conditions, since its body was last read too long ago.

    Servers exist whose ETag never changes: a document is read in full every 7 days, a page at its first look after 14
    days. A moment in the future (the clock was wrong) counts as none.
    """
    longest = _FULL_DOCUMENT if kind == "document" else _FULL_PAGE
    return full_at is None or not timedelta() <= now - full_at < longest


def are_trusted(false_at: datetime | None, now: datetime) -> bool:
    """Whether a source's validators are believed: not for 90 days after one was found to be false (`false_at`)."""
    return false_at is None or not timedelta() <= now - false_at < _DISTRUST


def within(state: ArticleState, policy: Policy) -> timedelta | None:
    """The time within which the next look should follow the last one; None where nothing waits for it.

    A changed text: 10 minutes, doubled for each text given up before it. A missing page: an hour, six hours, then when
    it may be called gone; once a day while most of its source is missing.
    """
    if state.missing and state.status not in ("gone", "moved"):
        return _while_absent(state.missing, state.last_checked, policy)
    if state.pending:
        return _while_pending(state.pending, state.last_checked, policy)
    return None


def _while_pending(pending: Pending, checked_at: str, policy: Policy) -> timedelta:
    wait: timedelta = _SECOND_LOOK * 2 ** min(pending.tries, _MOST_TRIES)
    return max(wait, _left(pending.at, checked_at, policy)) if pending.looks >= policy.confirm else wait


def _while_absent(missing: MissingSince, checked_at: str, policy: Policy) -> timedelta:
    left = _left(missing.since, checked_at, policy)
    if missing.looks > len(_ABSENT):
        return _DOUBTED if missing.doubted else left or _ABSENT[-1]
    return min(_ABSENT[missing.looks - 1], left or _ABSENT[-1])


def _left(since: str, checked_at: str, policy: Policy) -> timedelta:
    """What is missing of the time after which an absence, or a text that came back, is certain."""
    lasted = datetime.fromisoformat(checked_at) - datetime.fromisoformat(since)
    return max(policy.gone_after - lasted, timedelta())
