"""What one look at a newsroom asks for: few documents, each once, and some of its releases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.core.model import Kind, Link
from archive.core.urls import key
from crawler.discover.documents.consent import ConsentWalls
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched, SourceRefuses
from crawler.fetch.fetcher import Fetcher

MOST_REQUESTS = 24
"""Documents that one search asks for, robots.txt and the sample pages apart."""


@dataclass(frozen=True)
class SamplePage:
    """A release as it was served, for a look at what would be archived."""

    link: Link
    url: str
    body: bytes
    content_type: str


@dataclass
class ProbeRequests:
    """The documents that were asked for. `is_safe` says which addresses that pages name may be; `looked` says in words
    what was looked at and gave nothing."""

    fetcher: Fetcher
    is_safe: Callable[[str], bool]
    looked: list[str] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)
    _walls: ConsentWalls = field(default_factory=ConsentWalls)

    def note(self, *urls: str) -> None:
        """Take documents that somebody else asked for as asked."""
        self._asked.update(map(key, urls))

    def has_asked(self, url: str) -> bool:
        """Whether a document was asked for, under any form of its address."""
        return key(url) in self._asked

    async def get(self, url: str, kind: Kind, quietly: bool = False) -> Answer | None:
        """A document's answer, each address once; None where there is none, with the reason in `looked` unless
        `quietly`: what was only guessed need not be there."""
        if self.has_asked(url) or len(self._asked) >= MOST_REQUESTS:
            return None
        self.note(url)
        try:
            answer = await self._walls.get(lambda by: self.fetcher.get(url, kind, by=by), url)
            self.note(answer.url)
            if answer.status == 200:
                return answer
            reason = f"the server answered {answer.status}"
        except NotFetched as failed:
            reason = failed.reason
        if not quietly:
            self.looked.append(f"{url}: {reason}")
        return None

    async def samples(self, links: Iterable[Link]) -> tuple[SamplePage, ...]:
        """The pages of releases, those that answer."""
        pages: list[SamplePage] = []
        for link in links:
            try:
                answer = await self.fetcher.get(link.url, "listing")
            except NotFetched as failed:
                self.looked.append(f"{link.url}: {failed.reason}")
                continue
            except SourceRefuses:
                break
            if answer.status == 200:
                pages.append(SamplePage(link, answer.url, answer.body, answer.content_type))
        return tuple(pages)
