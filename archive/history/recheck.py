"""How soon an article wants to be looked at again because something about it is not certain yet. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from archive.core.model import Policy
from archive.history.events import ArticleState, MissingSince, Pending

_SECOND_LOOK = timedelta(minutes=10)
_ABSENT = (timedelta(hours=1), timedelta(hours=6))
_MOST_TRIES = 8


def within(state: ArticleState, policy: Policy) -> timedelta | None:
    """The time within which the next look should follow the last one; None where nothing waits for it.

    A changed text: 10 minutes, doubled for each text given up before it. A missing page: an hour, six hours, then when
    it may be called gone.
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
        return left or _ABSENT[-1]
    return min(_ABSENT[missing.looks - 1], left or _ABSENT[-1])


def _left(since: str, checked_at: str, policy: Policy) -> timedelta:
    """What is missing of the time after which an absence, or a text that came back, is certain."""
    lasted = datetime.fromisoformat(checked_at) - datetime.fromisoformat(since)
    return max(policy.gone_after - lasted, timedelta())
