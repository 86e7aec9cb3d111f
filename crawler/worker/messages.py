"""The messages between the crawler process and the process that owns it, over one duplex pipe.

Every value is frozen and picklable; no bodies cross the pipe but those of robots.txt. The owner sends `Batch`, `Fresh`
and `Stop`; the crawler answers with the rest. Within one source the order is: its `Archived`, `Dropped` and
`DocumentRead` first, its `Finished` last. A capture is in `Archived` only after it is fsynced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import Capture, HostRest, Kind, KnownDocument, Link, Recheck, Validators
from archive.core.robots import RobotsCopy
from crawler.sources.sources import Source

StoppedBy = Literal["", "limit", "pages", "bytes", "time", "refused", "stop", "disk", "fault"]
"""Why a crawl of a source ended before all was done; empty if all was done.

limit: as many articles as requested. pages: the source's `max_pages`. bytes: its `max_bytes`. time: its `timeout`.
refused: the host asked us to wait, or failed many times in a row. stop: asked to stop. disk: the archive could not be
written. fault: an error in our own code. `Outcome.message` says it in words.
"""


@dataclass(frozen=True)
class Job:
    """One crawl of one source: what is known of its documents, and which addresses are due.

    `limit` bounds the new articles fetched (None: no limit). `since` skips links published on an earlier day. `probe`
    is an address that surely is missing, asked for to learn how the site says so ("": not in this crawl), and
    `front_pages` are pages of the site, asked for to know them where it shows them in place of a release. `rests` are
    the hosts that asked to be left alone until later.

    `backfill`: besides watching, walk back to the first release. `backfilled` is how far earlier crawls came with that
    (None: none has begun it). `newest` are the newest articles of the source, the newest first, as lists and feeds link
    to them. `robots` are the copies that are kept of its hosts' robots.txt.
    """

    source: Source
    documents: tuple[KnownDocument, ...] = ()
    pending: tuple[Link, ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    limit: int | None = None
    since: date | None = None
    probe: str = ""
    rests: tuple[HostRest, ...] = ()
    backfill: bool = True
    backfilled: Backfill | None = None
    newest: tuple[Link, ...] = ()
    robots: tuple[RobotsCopy, ...] = ()
    front_pages: tuple[str, ...] = ()

    @property
    def is_backfill_under_way(self) -> bool:
        """Whether an earlier crawl began the walk back, and none has ended it."""
        return self.backfilled is not None and self.backfilled.is_under_way

    def without_rechecks(self) -> Job:
        """The same without the pages to check again, and without what is only asked for to judge these."""
        return replace(self, rechecks=(), probe="", front_pages=())


@dataclass(frozen=True)
class Batch:
    """Sources to crawl side by side."""

    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class Fresh:
    """The answer to `LinksFound`: the addresses (`Link.url`, unchanged) of its links that the crawler should fetch.

    `known` has what a conditional request needs, for addresses that were fetched before.
    """

    request_id: int
    urls: frozenset[str]
    known: Mapping[str, Validators] = field(default_factory=dict)


@dataclass(frozen=True)
class Stop:
    """Schedule nothing more, finish or drop what is in flight, sync, and exit within `grace` seconds."""

    grace: float


@dataclass(frozen=True)
class LinksFound:
    """Links that a document named (at most 500): the owner records them as pending and answers with `Fresh`."""

    request_id: int
    source: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Archived:
    """Captures that are safely on disk, in the order in which they were written; of several sources."""

    captures: tuple[Capture, ...]


@dataclass(frozen=True)
class Dropped:
    """An address that gave no capture, and why in words. `retry` says that another crawl may succeed.

    `kind` is what it was fetched as: a page, or a document with links to pages.
    """

    source: str
    url: str
    reason: str
    retry: bool = False
    kind: Kind = "page"


@dataclass(frozen=True)
class DocumentRead:
    """A feed, sitemap, listing or robots.txt was read: its validators for the next request, and how far it was read.

    `links` counts the addresses it named that the source wants; 0 when it had not changed. `full` says that its body
    was read (the answer was not 304). `complete` is only ever true of a root of the walk: all that it leads to was
    seen. `note` says in words what was left out, `problem` why nothing can be learned from it. `offered`: its links
    were sent to the owner. `root` and `watched` are those of `KnownDocument`.
    """

    source: str
    url: str
    kind: Kind
    validators: Validators
    complete: bool = False
    links: int = 0
    note: str = ""
    full: bool = True
    problem: str = ""
    offered: bool = False
    root: bool = False
    watched: bool = True

    def known(self, at: datetime) -> KnownDocument:
        """The document as the next crawl will know it, where this was reported at a moment."""
        return KnownDocument(
            self.url,
            self.kind,
            self.validators,
            complete=self.complete,
            full_at=at if self.full else None,
            links=self.links,
            note=self.note,
            problem=self.problem,
            root=self.root,
            watched=self.watched,
        )


@dataclass(frozen=True)
class RobotsRead:
    """A robots.txt was asked for: the copy that is to be kept from now on, for every source of its host."""

    source: str
    copy: RobotsCopy


@dataclass(frozen=True)
class BackfillProgress:
    """How far a backfill has come: pages as they are now, releases found, how many there may be, the oldest day.

    `finished`: everything that the source's documents lead to was seen. `coverage` is that of `Backfill`.
    """

    source: str
    pages: tuple[WalkPage, ...] = ()
    found: int = 0
    expected: int = 0
    reached: str = ""
    finished: bool = False
    coverage: str = ""


@dataclass(frozen=True)
class HostRefused:
    """A host refused to answer: why, in words, and how many seconds it asked us to wait (None: it did not say)."""

    source: str
    host: str
    reason: str
    seconds: float | None = None


@dataclass(frozen=True)
class Outcome:
    """How one crawl of one source went.

    `requests` counts responses and failures alike, `captures` what was archived, `errors` what was dropped through a
    failure (not by a rule such as an excluded pattern). `message` says in words what a person should know. `problems`
    are the reasons why the source, as it is written down, does not give its releases. `answered` are the hosts that
    answered as they should. `unfinished`: the backfill has further to go. `paces` are addresses of feeds with what
    each asks of who reads it (`crawler.sources.pace.in_words`), `passages` those of documents behind consent walls with
    the link that leads through, "" for one that no longer does. `unreached` are the hosts that failed, if none gave any
    answer, and whom that blames (`crawler.fetch.network.reachability`); `offline`: this machine's network failed.
    """

    requests: int = 0
    captures: int = 0
    errors: int = 0
    seconds: float = 0.0
    message: str = ""
    stopped_by: StoppedBy = ""
    problems: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    unfinished: bool = False
    paces: tuple[tuple[str, str], ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    unreached: tuple[tuple[str, str], ...] = ()
    offline: bool = False


@dataclass(frozen=True)
class Finished:
    """The crawl of one source is over; nothing more of it follows in this batch."""

    source: str
    outcome: Outcome


@dataclass(frozen=True)
class Ready:
    """The crawler process has started and accepts batches."""


ToWorker = Batch | Fresh | Stop
FromWorker = (
    Ready | LinksFound | Archived | Dropped | DocumentRead | RobotsRead | BackfillProgress | HostRefused | Finished
)
