"""A stand-in for the process that owns the crawler: answers its questions from memory and keeps all it tells."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from archive.core.model import Capture, KnownDocument, Link, Recheck, Validators
from archive.core.robots import RobotsCopy
from archive.core.urls import key
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source
from crawler.worker.messages import (
    Archived,
    Batch,
    DocumentRead,
    Dropped,
    Finished,
    Fresh,
    FromWorker,
    Job,
    LinksFound,
    Outcome,
    Ready,
    RobotsRead,
)
from crawler.worker.owner import Worker
from tests.support.site import Site

_numbers = itertools.count(1)
QUICK = Limits(page_seconds=1.5, document_seconds=1.5, page_bytes=1_000_000, backoff=0.02, patience=2.0)
"""Limits that make failures fast."""
_PATIENCE = 120.0
"""Seconds to wait for what comes in any case: how busy the machine is fails no test."""


@dataclass
class Told:
    """What was told while some jobs were crawled."""

    messages: list[FromWorker] = field(default_factory=list)

    @property
    def captures(self) -> list[Capture]:
        return [one for message in self.messages if isinstance(message, Archived) for one in message.captures]

    @property
    def pages(self) -> list[Capture]:
        return [capture for capture in self.captures if capture.kind == "page"]

    @property
    def dropped(self) -> dict[str, str]:
        """Reasons by address."""
        return {message.url: message.reason for message in self.messages if isinstance(message, Dropped)}

    @property
    def documents(self) -> dict[str, DocumentRead]:
        """The last word on each document, by address."""
        return {message.url: message for message in self.messages if isinstance(message, DocumentRead)}

    @property
    def robots(self) -> tuple[RobotsCopy, ...]:
        """What an owner keeps of robots.txt files for the next crawl."""
        return tuple(message.copy for message in self.messages if isinstance(message, RobotsRead))

    @property
    def asked(self) -> list[Link]:
        return [link for message in self.messages if isinstance(message, LinksFound) for link in message.links]

    @property
    def outcomes(self) -> dict[str, Outcome]:
        return {message.source: message.outcome for message in self.messages if isinstance(message, Finished)}


class Owner:
    """Holds a crawler process. It knows an address once it was asked about it, and answers that only once as new."""

    def __init__(self, directory: Path, limits: Limits = QUICK) -> None:
        self.directory = directory
        self.worker = Worker(directory, "Dateline/0.0", limits)
        self.known: set[str] = set()

    def __enter__(self) -> Owner:
        self.worker.start()
        assert isinstance(self.next(_PATIENCE), Ready)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.worker.stop(0.0)
        until = time.monotonic() + _PATIENCE
        while self.worker.alive and time.monotonic() < until:  # it ends by itself, so that its lines are counted
            self.worker.poll(0.2)
        self.worker.kill()

    def crawl(self, *jobs: Job, seconds: float = _PATIENCE) -> Told:
        """Crawl jobs to their end."""
        self.send(*jobs)
        return self.hear(len(jobs), seconds)

    def send(self, *jobs: Job) -> None:
        """Start a batch."""
        self.worker.send(Batch(jobs))

    def hear(self, finishes: int, seconds: float = _PATIENCE) -> Told:
        """Answer and listen until as many sources have finished, or the process has ended."""
        told = Told()
        until = time.monotonic() + seconds
        while finishes and self.worker.alive:
            assert time.monotonic() < until, f"not finished in time; told so far: {told.messages}"
            message = self.next(0.2)
            if message is None:
                continue
            told.messages.append(message)
            finishes -= isinstance(message, Finished)
        return told

    def next(self, seconds: float) -> FromWorker | None:
        """The next message; a question among them is answered."""
        message = self.worker.poll(seconds)
        if isinstance(message, LinksFound):
            self.answer(message)
        return message

    def answer(self, question: LinksFound) -> None:
        """Say which links are new, and know them from now on."""
        fresh = frozenset(link.url for link in question.links if key(link.url) not in self.known)
        self.known.update(key(link.url) for link in question.links)
        self.worker.send(Fresh(question.request_id, fresh))


def known_from(told: Told) -> tuple[KnownDocument, ...]:
    """What an owner remembers of documents for the next crawl."""
    return tuple(KnownDocument(read.url, read.kind, read.validators, read.complete) for read in told.documents.values())


def source(site: Site, **fields: Any) -> Source:
    """A source that names the feed, so that nothing is looked for; every call is a source of its own."""
    given: dict[str, Any] = {"feeds": (site.at("/feed/"),), "delay": 0.0, "timeout": 15.0} | fields
    return Source(f"crawled-{next(_numbers)}", site.url, **given)


def fetch(owner: Owner, site: Site, *paths: str, **fields: Any) -> Told:
    """Crawl nothing but some pages."""
    pending = tuple(Link(site.at(path), via=site.at("/feed/")) for path in paths)
    return owner.crawl(Job(source(site, **fields), pending=pending))


def page(told: Told) -> Capture:
    """The one page that was captured."""
    (only,) = told.pages
    return only


def recheck(capture: Capture) -> Recheck:
    return Recheck(
        capture.asked,
        Validators(capture.etag, capture.last_modified, capture.digest, capture.fetched_at, capture.url),
    )
