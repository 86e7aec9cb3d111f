"""Tells newsrooms that fail from a network of this machine that fails. Asks nobody: it judges by how crawls end."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from crawler.schedule.runs import Ending, Run
from crawler.worker.messages import Outcome

NETWORK_IS_DOWN = "not reached: no network"

_FEWEST_HOSTS = 2

log = logging.getLogger(__name__)


class NetworkWatch:
    """What the crawls that ended say of this machine's network.

    Crawls to which no host gave any answer are the network's fault if no host answered since they began, and if it
    were two hosts or more, or a failure that only the network can cause. A source that is unreached again, after others
    were reached in the meantime, fails itself.
    """

    def __init__(self) -> None:
        self.is_down = False
        self._answered_at: datetime | None = None
        self._failing_since: dict[str, datetime] = {}

    def answered(self, now: datetime) -> None:
        """A host gave an answer."""
        if self.is_down:
            log.info("The network works again.")
        self._answered_at, self.is_down = now, False

    def ended(self, source: str, outcome: Outcome, now: datetime) -> None:
        """The crawl of a source ended."""
        if outcome.requests and not outcome.unreached:
            self._failing_since.pop(source, None)
            self.answered(now)

    def judged(self, run: Run, ended: Ending, runs: Collection[Run]) -> Ending | None:
        """How a crawl ended: if the network failed, it is `offline`, and no failure of its source.

        None as long as other crawls of `runs`, which go on, may show whether the network works.
        """
        if not ended.outcome.unreached:
            return ended
        since = self._failing_since.setdefault(run.source.name, run.started)
        if self._answered_at is not None and self._answered_at >= since:
            return ended
        if any(each.ended is None for each in runs):
            return None
        blamed = dict(pair for each in runs if each.ended for pair in each.ended.outcome.unreached)
        if not (self.is_down or len(blamed) >= _FEWEST_HOSTS or "network" in blamed.values()):
            return ended
        if not self.is_down:
            log.info("No host could be reached: the network of this machine seems to be down. No source is blamed.")
        self.is_down = True
        outcome = replace(ended.outcome, message=NETWORK_IS_DOWN, problems=(), offline=True)
        return replace(ended, outcome=outcome, failed=False)
