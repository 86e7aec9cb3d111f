"""The archive for a crawl, which must not be blocked: captures are added at once, and stored when they are ready."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from archive.boilerplate.decisions import FILE, load
from archive.core.model import Capture, Link, Policy, Processing
from archive.history.soft404 import missing_address
from archive.ingest import executors
from archive.ingest.pipeline import Ingest
from archive.ingest.pool import SizedExecutor
from archive.store.database import Store

log = logging.getLogger(__name__)

_SOON = 0.02
_ENDING = 5.0
"""Seconds in which a process that was killed has ended, unless its disk does not answer."""

_PROBE_EVERY = timedelta(days=7)
_FRONT_EVERY = timedelta(days=1)
_USUAL = Processing()


@contextmanager
def extraction_processes(processing: Processing = _USUAL) -> Iterator[SizedExecutor]:
    """The executor that reads pages, as it was chosen. It ends with the block, even if it is busy: what was fetched is
    safe.

    Also ends every child process; the command has already stopped those of others. None of them is left after the
    block. Raises ClusterError if there is no such cluster.
    """
    pool = executors.chosen(processing)
    try:
        yield pool
    finally:
        left = multiprocessing.active_children()
        for process in left:
            process.kill()
        for process in left:
            process.join(_ENDING)
        # Without processes the pool's thread ends at once; otherwise it could still run when the interpreter ends.
        pool.abandon()


class IngestSession:
    """The database and the pipeline, without blocking calls. `policies` are those of the pipeline, by source.

    `settled` says that there is nothing left to do: everything is in the tables, and no article waits to be read again.
    `rest` is called then.
    """

    def __init__(
        self, store: Store, ingest: Ingest, policies: dict[str, Policy], rest: Callable[[], object] = lambda: None
    ) -> None:
        self.store = store
        self.ingest = ingest
        self.policies = policies
        self.rest = rest
        self.settled = True

    @property
    def stopping(self) -> bool:
        """Whether this process was asked to stop."""
        return self.ingest.stopping()

    def fresh(self, source: str, links: Iterable[Link], now: datetime) -> frozenset[str]:
        """Record links; returns the addresses to fetch."""
        return self.store.fresh(source, links, now)

    def heal_clock(self, source: str, now: datetime) -> None:
        """Take what was noted while the clock was ahead for now; to be called before each crawl of a source."""
        was_ahead = self.ingest.heal_clock(source, now)
        self.store.heal_clock(source, now, was_ahead)

    def probe(self, source: str, beside: str, now: datetime) -> str:
        """An address that cannot exist, beside another one, if it is time to request one from a source; else ""."""
        last = self.store.last_probe(source, now)
        if last and now - last < _PROBE_EVERY:
            return ""
        return missing_address(beside, f"no-such-page-{now:%Y%m%d%H%M%S}")

    def is_in_doubt(self, source: str, now: datetime) -> bool:
        """Whether to look what a source's home page and list say, because an article may show them in its place.

        Once a day at most.
        """
        if not self.store.is_one_doubtful(source, now):
            return False
        last = self.store.last_look_at_front(source, now)
        return last is None or now - last >= _FRONT_EVERY

    def add(self, captures: Iterable[Capture]) -> None:
        """Add captures that are safely in WARC files. Does not wait, even if the archive `is_full`."""
        self.ingest.add(captures, wait=False)
        self.settled = False

    def has_room(self, seconds: float) -> bool:
        """Whether more captures may be added; if there are too many in the pipeline, wait at most so many seconds."""
        if self.ingest.is_full:
            self.ingest.wait(seconds)
        return not self.ingest.is_full

    def poll(self) -> None:
        """Commit what is ready; if nothing else is running, do one step of the work that remains for the end."""
        self.settled = not self.ingest.flush_step()
        if self.settled:
            self.rest()

    def checkpoint(self) -> int:
        """A number that stands for all captures added so far (`is_stored`)."""
        return self.ingest.checkpoint()

    def is_stored(self, checkpoint: int) -> bool:
        """Whether all that was added before a checkpoint is in the tables; captures enter them in that order."""
        return self.ingest.is_stored(checkpoint)

    def store_within(self, seconds: float) -> None:
        """Store what is ready within so many seconds; the rest is in the WARC files, and the next start finds it."""
        until = time.monotonic() + seconds
        while self.ingest.backlog and time.monotonic() < until:
            self.ingest.collect()
            time.sleep(_SOON)

    def recover(self) -> None:
        """Add what is in the WARC files but not in the tables, and log how much was found."""
        for found in self.ingest.recover():
            log.info("%s: %d captures were found beyond what the tables knew", found.warc_file, found.captures)

    def decide(self) -> None:
        """Apply what decisions.toml says now. Raises SourcesError, and changes nothing, if it has a mistake."""
        self.ingest.decide(load(self.ingest.directory / FILE))
        self.settled = False

    def publications(self, source: str, now: datetime) -> tuple[tuple[datetime, ...], tuple[str, ...]]:
        """When a source published, and what its feeds ask of who reads them."""
        return self.store.publications(source, now)

    def last_crawls(self) -> dict[str, datetime]:
        """When the last finished crawl of each source began."""
        return self.store.last_crawls()
