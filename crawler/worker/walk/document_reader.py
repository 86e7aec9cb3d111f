"""Reading one document of a source: fetched, its links offered to the owner, and reported as read.

What a document names is asked of the owner before the document is reported as read, so that a crash in between only
means that it is read again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from archive.core.counted import count
from archive.core.model import Kind, KnownDocument, Link, Validators
from archive.core.urls import key
from crawler.discover.discover import wanted
from crawler.discover.documents.consent import ConsentWalls, what_is_asked
from crawler.discover.further.answers import UNKNOWN_DATA, following_data, newest_parts, read_document, with_shaped
from crawler.discover.links import Discovered, Document, links_once, without_changed_day
from crawler.discover.shape import FITS, UNSURE
from crawler.discover.twins import EARLIER, Named, Twins
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Fetcher
from crawler.worker.messages import BackfillProgress, DocumentRead, Dropped, Job
from crawler.worker.page_queue import PageQueue, PageRequest
from crawler.worker.walk.coverage import day_of
from crawler.worker.walk.release_scope import ReleaseScope

LINKS_A_QUESTION, AT_ONCE = 500, 4
"""Links that the owner is asked of at one time; requests for documents that are under way at one time."""

_GONE = (404, 410)

Ask = Callable[[tuple[Link, ...]], Awaitable[Mapping[str, Validators | None]]]


@dataclass(frozen=True)
class DocumentResult:
    """A document that was looked at.

    `changed`: it was read, for its bytes differ from the last time. `fresh`: keys of its pages that are new to the
    archive in this crawl. `named`: keys of its links that the source wants, `alike` those of them that have the shape
    of releases. `old`: it names only pages of before the day that the job begins with. `oldest`: the earliest day that
    it states ("" for none). `wide`: it is a feed of more than the newsroom, of which some was left out. `waits`: other
    sitemaps must be read before it. `problem` says in words why nothing can be learned from it.
    """

    answer: Answer
    found: Discovered = Discovered(())  # noqa: RUF009  frozen and empty
    changed: bool = False
    fresh: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    alike: int = 0
    old: bool = False
    oldest: str = ""
    problem: str = ""
    wide: bool = False
    waits: bool = False


@dataclass(frozen=True)
class Further:
    """How a further page was reached: by which `way` (that of a `Document`); and whether `others_wait`, sitemaps that
    may show what releases look like (see `ReleaseScope`)."""

    way: str = ""
    others_wait: bool = False


class DocumentReader:
    """Reads the documents of one source in one crawl, and knows what it has read.

    `ask` tells the owner of links and gives those to fetch; `tell` sends a message at once; `tell_in_order` sends one
    behind the captures recorded so far; `drop` reports an address that could not be fetched. `scope` says which links
    are releases of the source; `before_asking` is awaited before the owner learns of new links. `gone` are addresses of
    documents that are not there (404, 410), `results` what further pages gave. `gate` bounds the requests under way,
    together with those for pages; `walls` gets them past consent walls.
    """

    def __init__(
        self,
        job: Job,
        fetcher: Fetcher,
        pages: PageQueue,
        ask: Ask,
        tell: Callable[[DocumentRead], Awaitable[None]],
        tell_in_order: Callable[[DocumentRead | Dropped | BackfillProgress], None],
        drop: Callable[[str, NotFetched, Kind], None],
        gate: asyncio.Semaphore | None = None,
        walls: ConsentWalls | None = None,
    ) -> None:
        self.job = job
        self.fetcher = fetcher
        self.pages = pages
        self.tell = tell
        self.tell_in_order = tell_in_order
        self.known = {document.url: document for document in job.documents}
        self.read: set[str] = set()
        self.gone: set[str] = set()
        self.results: dict[str, DocumentResult] = {}
        self.problems: dict[str, str] = {}
        self.scope = ReleaseScope(job)
        self._beside: set[str] = set()
        self._twins = Twins()
        self._twins.take(_named(job.newest, EARLIER))
        self.before_asking: Callable[[], Awaitable[None]] | None = None
        self._ask = ask
        self._drop = drop
        self._asked: set[str] = set()
        self._fresh: set[str] = set()
        self._gate = gate or asyncio.Semaphore(AT_ONCE)
        self.walls = walls or ConsentWalls()
        self._reading = asyncio.Lock()  # one document's tree and links at a time: four at once are no faster

    async def read_root(self, url: str, kind: Kind, conditional: bool, full: bool) -> DocumentResult | None:
        """Fetch the root of a walk and offer what it names, before all that waits; None if it could not be fetched."""
        known = self.known.get(url)
        gave_none = known is not None and known.root and not (known.links or known.problem)
        is_empty_list = kind == "listing" and gave_none  # as is one that its scripts fill
        answer = await self.fetch(url, kind, conditional and not is_empty_list)
        if answer is None:
            return None
        result = await self.digest(url, kind, answer, full or is_empty_list)
        return await self._with_data(result, is_empty_list) if kind == "listing" and result.changed else result

    async def _with_data(self, result: DocumentResult, is_known: bool, steps: int = 2) -> DocumentResult:
        """A list without releases of its own (or a box of fewer than its data names; data that names none is asked for
        once), with what its data, or its newest part, names. Where the years of an archive lead to its months, that
        part lies two `steps` away."""
        for data in newest_parts(result.found, is_known):
            before = self.known.get(data.url)
            if result.named and before and not before.links:
                continue
            given = await self.read_further(data.url, "listing", data.way)
            if given is not None and not given.named and steps > 1:
                given = await self._with_data(given, is_known, steps - 1)
            if given is None or len(given.named) <= len(result.named):
                continue
            self.scope.learn(given.found.links)
            onward = following_data(data, given.found, len(given.named))
            found = replace(result.found, links=(), ways=(*onward, *(way for way in result.found.ways if way != data)))
            return replace(
                result, found=found, fresh=given.fresh, named=given.named, alike=given.alike, oldest=given.oldest
            )
        return result

    async def read_further(
        self, url: str, kind: Kind, way: str, conditional: bool = False, others_wait: bool = False
    ) -> DocumentResult | None:
        """Fetch a further page, offer what it names, report it as read; None if it could not be fetched.

        `conditional`: one that was read before, of which only a change matters. `others_wait`: see `Further`.
        """
        answer = await self.fetch(url, kind, conditional, may_be_missing=True)
        if answer is None:
            return None
        result = await self.digest(url, kind, answer, not conditional, Further(way, others_wait))
        self.results[url] = result
        self.report(url, kind, result)
        return result

    async def peek(self, url: str, answer: Answer) -> DocumentResult:
        """What an answer names as a listing; offers nothing."""
        found = await asyncio.to_thread(_read, "listing", answer)
        return DocumentResult(answer, found, changed=True)

    async def fetch(self, url: str, kind: Kind, conditional: bool, may_be_missing: bool = False) -> Answer | None:
        """The answer for a document, 200 or 304; None, with the reason reported, where there is none.

        `may_be_missing`: that it is not there is no failure, for the walk tries what may be.
        """
        if self.pages.closed:
            return None
        known = self.known.get(url)
        earlier = known.validators if known else None
        if earlier and not conditional:
            earlier = replace(earlier, etag="", last_modified="")
        try:
            async with self._gate:
                answer = await self.walls.get(lambda by: self.fetcher.get(url, kind, None, earlier, by), url)
            if answer.status not in (200, 304):
                if answer.status in _GONE:
                    self.gone.add(url)
                is_failure = not (may_be_missing and url in self.gone)
                raise NotFetched(f"the server answered {answer.status}", retry=True, failure=is_failure)
        except NotFetched as failed:
            self.problems[url] = failed.reason
            self._drop(url, failed, kind)
            return None
        return answer

    async def digest(
        self, url: str, kind: Kind, answer: Answer, full: bool, further: Further | None = None
    ) -> DocumentResult:
        """Read a document and offer its links; an unchanged one is only read when `full`.

        `further`: how it was reached; None for a root, and what that names is fetched before all that waits.
        """
        known = self.known.get(url)
        if answer.status == 304 or (not full and known is not None and _says_the_same(answer, known)):
            self.problems[url] = known.problem if known else ""
            return DocumentResult(answer, problem=self.problems[url])
        async with self._reading:
            found = await asyncio.to_thread(_read, kind, answer)
            if further and kind == "listing":
                listed, body = found, answer.body
                found = await asyncio.to_thread(with_shaped, listed, body, answer.url, self.scope.shapes, self._beside)
                links = (link for link in found.links if link.published or key(link.url) not in self._beside)
                found = replace(found, links=tuple(links))
            self._beside |= found.beside
            by = further or Further()
            chosen = await asyncio.to_thread(self.scope.chosen, found, kind, by.way, by.others_wait)
            read, found = found, await asyncio.to_thread(self._each_at_one_address, chosen.found, url)
        if found.problem and not found.links and not found.documents and not found.ways:
            found = replace(found, problem=what_is_asked(answer.body, answer.content_type) or found.problem)
            # what lies behind the last page lists nothing
            is_end = further is not None and found.problem != UNKNOWN_DATA
            self._drop(url, NotFetched(found.problem, retry=True, failure=not is_end), kind)
        result = await self._offer_found(url, kind, answer, found, first=further is None)
        return replace(result, wide=kind == "feed" and len(found.links) < len(read.links), waits=chosen.waits)

    async def _offer_found(
        self, url: str, kind: Kind, answer: Answer, found: Discovered, first: bool
    ) -> DocumentResult:
        """Ask the owner about links not asked about yet, and say what the document gave."""
        refused = Counter(reason for link in found.links if (reason := self._refusal(link)))
        links = {key(link.url): link for link in found.links if not self._refusal(link)}
        named = frozenset(links)
        alike = sum(self.scope.shapes.fit(link.url) >= UNSURE for link in links.values())
        days = [day for link in links.values() if (day := day_of(link.published))]
        if kind == "listing":
            links = {identity: without_changed_day(link) for identity, link in links.items()}
        since = self.job.since
        await self._ask_all([link for identity, link in links.items() if identity not in self._asked], first)
        note = ", ".join(f"{count(number, 'link')} not followed: {reason}" for reason, number in refused.most_common(3))
        self.problems[url] = problem = self._problem_of(url, found, kind, note)
        return DocumentResult(
            answer,
            replace(found, problem="; ".join(filter(None, (found.problem, note)))),
            changed=True,
            fresh=frozenset(
                identity for identity, link in links.items() if identity in self._fresh and not is_before(link, since)
            ),
            named=named,
            alike=alike,
            old=bool(since and days and max(days) < since),
            oldest=min(days).isoformat() if days else "",
            problem=problem,
        )

    def report(self, url: str, kind: Kind, result: DocumentResult, note: str = "", **more: bool) -> None:
        """Tell the owner that a document was read; `more` are `complete`, `root` and `watched` of the message."""
        self.tell_in_order(
            DocumentRead(
                source=self.job.source.name,
                url=url,
                kind=kind,
                validators=result.answer.validators,
                links=len(result.found.links),
                note=result.found.problem or note,
                full=result.answer.status == 200,
                problem=result.problem,
                offered=result.changed,
                **more,
            )
        )

    def learn(self, results: list[DocumentResult]) -> None:
        """Learn the shape of releases from what the first pages of feeds and listings name, on whatever host."""
        for result in results:
            self.scope.learn(result.found.links)

    def bound_by(self, listings: list[DocumentResult]) -> None:
        """Learn from the source's lists what of a feed or sitemap is the source's (see `ReleaseScope`)."""
        found = [result.found for result in listings]
        named = [link.url for each in found for link in each.links if not self._refusal(link)]
        self.scope.bound_by(found, named)

    def claim(self, documents: tuple[Document, ...]) -> list[Document]:
        """The documents that this crawl has not read and may, marked as read."""
        fresh: list[Document] = []
        for document in documents:
            identity = key(document.url)
            if identity and identity not in self.read:
                self.read.add(identity)
                fresh.append(document)
        return fresh

    def _each_at_one_address(self, found: Discovered, url: str) -> Discovered:
        """What was found, each release by the address by which it is known (see `twins`), each once."""
        other = self._twins.take(_named(found.links, url), found.idle)
        if not other:
            return found
        links = (replace(link, url=other.get(link.url, link.url)) for link in found.links)
        return replace(found, links=links_once(links))

    def _problem_of(self, url: str, found: Discovered, kind: Kind, note: str) -> str:
        """Why nothing can be learned from a document, in words; "" where something can.

        A list that never named a release, but leads to others, is an index of years or the like.
        """
        if not found.links:
            known = self.known.get(url)
            is_index = bool(found.ways) and not (known and (known.links or known.problem))
            return "" if found.documents or is_index else found.problem or f"the {kind} names no releases"
        return note if all(self._refusal(link) for link in found.links) else ""

    async def offer(self, links: Iterable[Link]) -> frozenset[str]:
        """Ask the owner about more links of sitemaps, as far as they have the shape of releases; their keys."""
        fresh = (link for link in links if key(link.url) not in self._asked and not self._refusal(link))
        chosen = [link for link in fresh if self.scope.shapes.fit(link.url) >= FITS]
        await self._ask_all(chosen, first=False)
        return frozenset(key(link.url) for link in chosen)

    async def _ask_all(self, links: list[Link], first: bool) -> None:
        self._asked.update(key(link.url) for link in links)
        for start in range(0, len(links), LINKS_A_QUESTION):
            chunk = tuple(links[start : start + LINKS_A_QUESTION])
            if self.before_asking is not None:
                await self.before_asking()
            fresh = await self._ask(chunk)
            chosen = [link for link in chunk if link.url in fresh]
            self._fresh.update(key(link.url) for link in chosen)
            wanted_now = (link for link in chosen if not is_before(link, self.job.since))
            self.pages.add((PageRequest(link.url, link, fresh[link.url]) for link in wanted_now), first)

    def _refusal(self, link: Link) -> str:
        if key(link.url) in self.read:
            return "a page of the listing"
        return wanted(self.job.source, link)


def _read(kind: Kind, answer: Answer) -> Discovered:
    return read_document(kind, answer.body, answer.url, answer.content_type, datetime.now(UTC).date())


def _says_the_same(answer: Answer, known: KnownDocument) -> bool:
    """Whether a document has the bytes that it had the last time, and it is not yet time to read it again anyway."""
    digest = known.validators.digest
    return bool(digest) and digest == answer.validators.digest and not known.reread


def _named(links: Iterable[Link], place: str) -> list[Named]:
    return [Named(link.url, link.title, link.published, place) for link in links]


def is_before(link: Link, since: date | None) -> bool:
    """Whether a release was published before the day that a job begins with, by what names it."""
    day = day_of(link.published) or day_of(link.modified)  # what was last changed before a day was published before it
    return since is not None and day is not None and day < since
