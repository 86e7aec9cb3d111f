"""A newsroom from memory that a walk goes through, and what came of the walk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1
from typing import Any, cast

from archive.core.backfill import Backfill
from archive.core.model import Kind, KnownDocument, Link, Validators
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.hosts.robots import Rules
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source
from crawler.worker import messages
from crawler.worker.messages import DocumentRead, Dropped, Job
from crawler.worker.page_queue import PageQueue
from crawler.worker.walk.document_reader import DocumentReader
from crawler.worker.walk.document_walk import DocumentWalk

HOME = "https://orlin.example/"
FEED = f"{HOME}feed/"
LISTING = f"{HOME}news/"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Newsroom:
    """A newsroom from memory in place of the fetcher: bodies by address, or the failure or status it answers with."""

    def __init__(self, answers: Mapping[str, bytes | int | NotFetched]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.conditions: dict[str, Validators | None] = {}

    async def get(
        self, url: str, kind: Kind, link: Link | None = None, earlier: Validators | None = None, by: str = ""
    ) -> Answer:
        self.conditions[url] = earlier
        url = by or url
        self.asked.append(url)
        answer = self.answers.get(url, 404)
        if isinstance(answer, NotFetched):
            raise answer
        if isinstance(answer, int):
            return Answer(url, answer, b"", "", earlier or Validators())
        return Answer(url, 200, answer, "", Validators("one", digest=sha1(answer).hexdigest(), captured_at=NOON))

    async def rules(self, url: str) -> Rules:
        return Rules()


@dataclass
class Walked:
    """What came of a walk."""

    problems: tuple[str, ...]
    asked: list[str]
    conditions: dict[str, Validators | None]
    offered: list[str] = field(default_factory=list)
    read: dict[str, DocumentRead] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    back: list[messages.BackfillProgress] = field(default_factory=list)
    remarks: tuple[str, ...] = ()
    unfinished: bool = False


def walk(
    answers: Mapping[str, bytes | int | NotFetched],
    documents: tuple[KnownDocument, ...] = (),
    old: frozenset[str] = frozenset(),
    begun: Backfill | None = None,
    limit: int | None = None,
    most: int = Limits.listing_pages,
    newest: tuple[Link, ...] = (),
    **named: Any,
) -> Walked:
    """Walk the documents of a newsroom whose pages at `old` are known already, and whose backfill has `begun`, over at
    `most` so many further pages. `newest` are the newest known releases."""
    newsroom = Newsroom(answers)
    walked = Walked((), newsroom.asked, newsroom.conditions)
    job = Job(Source("orlin", HOME, **named), documents, limit=limit, backfilled=begun, newest=newest)

    async def ask(links: tuple[Link, ...]) -> Mapping[str, Validators | None]:
        walked.offered += [link.url for link in links]
        return {link.url: None for link in links if link.url not in old}

    async def tell(message: DocumentRead) -> None:
        walked.opened.append(message.url)

    def tell_in_order(message: DocumentRead | Dropped | messages.BackfillProgress) -> None:
        if isinstance(message, messages.BackfillProgress):
            walked.back.append(message)
            return
        assert isinstance(message, DocumentRead)
        walked.read[message.url] = message

    def drop(url: str, failed: NotFetched, kind: Kind) -> None:
        walked.dropped[url] = failed.reason

    async def run() -> DocumentWalk:
        fetcher = cast(Fetcher, newsroom)
        reader = DocumentReader(job, fetcher, PageQueue(limit, 0), ask, tell, tell_in_order, drop)
        walking = DocumentWalk(reader, Limits(listing_pages=most))
        await walking.run()
        return walking

    walking = asyncio.run(run())
    walked.problems, walked.remarks, walked.unfinished = walking.problems(), walking.remarks(), walking.unfinished
    return walked


def rss(*addresses: str) -> bytes:
    items = "".join(f"<item><title>Notice {n}</title><link>{url}</link></item>" for n, url in enumerate(addresses))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Orlin</title>{items}</channel></rss>'.encode()


def listing(numbers: Iterable[int], following: str = "", host: str = HOME) -> bytes:
    """A page of a listing with these notices, and a link to the page that follows."""
    items = "".join(
        f'<article><h2><a href="{host}news/2026/lamp-notice-{n}/">The lamps of Orlin quay, notice number {n}</a></h2>'
        f"<time>2026-03-{n % 28 + 1:02}</time><p>The harbour office speaks of its lamps.</p></article>"
        for n in numbers
    )
    more = f'<a rel="next" href="{following}">Next</a>' if following else ""
    return f"<html><body><main>{items}</main>{more}</body></html>".encode()


def notices(numbers: range) -> list[str]:
    return [f"{HOME}news/2026/lamp-notice-{n}/" for n in numbers]


def pager(pages: list[range]) -> dict[str, bytes | int | NotFetched]:
    """The pages of a listing, each of which leads to the one after it."""
    addresses = [LISTING, *(f"{LISTING}page/{n}/" for n in range(2, len(pages) + 1))]
    following = [*addresses[1:], ""]
    return {url: listing(numbers, after) for url, numbers, after in zip(addresses, pages, following, strict=True)}
