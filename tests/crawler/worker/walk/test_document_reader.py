"""Reading one document: what of it is offered, in which order it is fetched, and what is said of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import cast

import pytest

from archive.core.model import Kind, KnownDocument, Link, Validators
from archive.core.urls import key
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Fetcher
from crawler.sources.sources import Source
from crawler.worker.messages import BackfillProgress, DocumentRead, Dropped, Job
from crawler.worker.page_queue import PageQueue, PageRequest
from crawler.worker.walk.document_reader import DocumentReader, DocumentResult
from tests.crawler.worker.walk.newsroom import FEED, HOME, LISTING, Newsroom, listing, notices, rss

TAUGHT = Job(Source("orlin", HOME), newest=tuple(map(Link, notices(range(30, 40)))))
"""A job that knows ten articles."""


class Reading:
    """A reader of a newsroom from memory, with what it says."""

    def __init__(self, answers: Mapping[str, bytes | int | NotFetched], job: Job | None = None) -> None:
        self.newsroom = Newsroom(answers)
        self.pages = PageQueue(None, 0)
        self.stated: list[DocumentRead | Dropped | BackfillProgress] = []
        self.dropped: list[str] = []
        self.offered: list[str] = []
        self.links: list[Link] = []
        job = job or Job(Source("orlin", HOME))
        fetcher = cast(Fetcher, self.newsroom)
        self.reader = DocumentReader(job, fetcher, self.pages, self.ask, self.tell, self.stated.append, self.drop)

    async def ask(self, links: tuple[Link, ...]) -> Mapping[str, Validators | None]:
        self.offered += [link.url for link in links]
        self.links += links
        return {link.url: None for link in links}

    async def tell(self, message: DocumentRead) -> None:
        raise AssertionError("nothing is told at once here")

    def drop(self, url: str, failed: NotFetched, kind: Kind) -> None:
        self.dropped.append(f"{kind} {url}: {failed.reason}")

    def further(self, url: str, kind: Kind = "listing", way: str = "") -> DocumentResult | None:
        return asyncio.run(self.reader.read_further(url, kind, way))

    def queued(self) -> list[str]:
        async def take() -> list[str]:
            self.pages.complete()
            return [request.url for request in iter(await self.all())]

        return asyncio.run(take())

    async def all(self) -> list[PageRequest]:
        found: list[PageRequest] = []
        while (request := await self.pages.take()) is not None:
            found.append(request)
        return found


def test_what_a_further_page_gave() -> None:
    reading = Reading({LISTING: listing(range(10, 18))}, TAUGHT)
    result = reading.further(LISTING)
    assert result is not None
    assert result.named == result.fresh == frozenset(map(key, notices(range(10, 18))))
    assert (result.alike, result.old, result.oldest) == (8, False, "2026-03-11")
    (stated,) = reading.stated
    assert isinstance(stated, DocumentRead)
    assert (stated.links, stated.offered, stated.root) == (8, True, False)


def test_a_day_of_a_change_is_not_offered_as_that_of_a_publication() -> None:
    body = listing(range(10, 18))
    reading = Reading({LISTING: body.replace(b"<time", b"Updated: <time")}, TAUGHT)
    result = reading.further(LISTING)
    assert result is not None
    assert result.oldest == "2026-03-11"
    assert {(link.published, link.modified) for link in reading.links} >= {("", "2026-03-11"), ("", "2026-03-18")}
    plain = Reading({LISTING: body}, TAUGHT)
    plain.further(LISTING)
    assert {bool(link.published) and not link.modified for link in plain.links} == {True}


def test_releases_of_a_front_go_before_those_that_wait() -> None:
    reading = Reading({LISTING: listing(range(10, 12)), FEED: rss(*notices(range(20, 22)))})
    reading.further(LISTING)
    asyncio.run(reading.reader.read_root(FEED, "feed", conditional=True, full=False))
    assert reading.queued() == notices(range(20, 22)) + notices(range(10, 12))


def test_of_a_page_that_may_be_another_listing_only_what_may_be_a_release_is_offered() -> None:
    events = listing(range(10, 18)).replace(b"news/2026/lamp-notice", b"events/march/fair-of")
    reading = Reading({LISTING: events}, TAUGHT)
    result = reading.further(LISTING, way="month")
    assert result is not None
    assert (reading.offered, result.alike) == ([], 0)
    by_person = Reading({LISTING: events}, Job(Source("orlin", HOME, include=("fair",)), newest=TAUGHT.newest))
    by_person.further(LISTING, way="month")
    assert len(by_person.offered) == 8


def test_a_last_page_with_one_release_gives_it() -> None:
    page = (
        f"<main><div><p><a href='{notices(range(10, 11))[0]}'>The lamps of Orlin quay, number 10</a></p></div></main>"
    )
    reading = Reading({LISTING: page.encode()}, TAUGHT)
    reading.further(LISTING)
    assert reading.offered == notices(range(10, 11))


def test_what_is_not_there_is_told_from_what_fails() -> None:
    reading = Reading({LISTING: 410, FEED: 503})
    assert reading.further(LISTING) is None
    assert reading.further(FEED, "feed") is None
    assert reading.reader.gone == {LISTING}
    assert reading.dropped == [f"listing {LISTING}: the server answered 410", f"feed {FEED}: the server answered 503"]


def test_what_lies_before_the_first_day_is_known_and_told_and_not_fetched_now() -> None:
    reading = Reading({LISTING: listing(range(10, 18))}, Job(Source("orlin", HOME), since=date(2026, 4, 1)))
    result = reading.further(LISTING)
    assert result is not None
    assert (result.old, len(reading.offered), len(result.named)) == (True, 8, 8)
    assert (result.fresh, reading.reader.pages.left) == (frozenset(), 0)


def test_shapes_are_learned_from_articles_and_from_what_feeds_and_listings_named() -> None:
    named = tuple(Link(url, via=FEED) for url in notices(range(10, 20)))
    strays = tuple(Link(f"{HOME}about/page-{n}/", via=f"{HOME}sitemap.xml") for n in range(10))
    documents = (KnownDocument(FEED, "feed"), KnownDocument(f"{HOME}sitemap.xml", "sitemap"))
    reader = Reading({}, Job(Source("orlin", HOME), documents, (*named, *strays))).reader
    assert reader.scope.shapes.words() == ("orlin.example/news/NUMBER/CODE",)


def test_on_a_site_that_many_share_other_folders_are_other_newsrooms() -> None:
    own, other = (
        tuple(f"{HOME}{name}/r/the-lamps-of-the-quay-{n}" for n in range(10, 16)) for name in ("orlin", "ister")
    )
    job = Job(Source("orlin", f"{HOME}orlin/"), newest=tuple(map(Link, own[:4])))
    reading = Reading({FEED: rss(*own, *other)}, job)
    reading.reader.bound_by([])
    reading.further(FEED, "feed")
    assert reading.offered == list(own)
    loose = Reading({FEED: rss(*own, *other)}, Job(Source("orlin", HOME), newest=tuple(map(Link, own[:4]))))
    loose.reader.bound_by([])
    loose.further(FEED, "feed")
    assert loose.offered == [*own, *other]


def test_a_shape_on_another_host_keeps_a_sitemap_of_pages_out() -> None:
    sitemap = "".join(f"<url><loc>{HOME}events/the-great-fair-of-orlin-{n}</loc></url>" for n in range(10, 30))
    reading = Reading(
        {
            LISTING: listing(range(10, 18), host="https://press.orlin.example/"),
            FEED: f"<urlset>{sitemap}</urlset>".encode(),
        }
    )
    front = asyncio.run(reading.reader.read_root(LISTING, "listing", conditional=False, full=True))
    assert front is not None
    reading.reader.learn([front])
    reading.further(FEED, "sitemap")
    assert reading.offered == []


def test_where_no_listing_is_known_a_sitemap_shows_families_that_the_feed_does_not() -> None:
    releases = [f"{HOME}press-releases/mayor/the-mayor-opens-the-{n}th-lamp" for n in range(10, 30)]
    pages = [f"{HOME}{name}/" for name in ("about", "privacy", "contact")]
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in (*releases, *pages))
    feed_only = Job(
        Source("orlin", HOME), newest=tuple(Link(f"{HOME}news/oem/storm-is-near-the-lake-{n}") for n in range(3))
    )
    reading = Reading({FEED: f"<urlset>{entries}</urlset>".encode()}, feed_only)
    reading.further(FEED, "sitemap")
    assert reading.offered == releases


def test_a_release_that_is_known_by_another_address_is_not_fetched_again() -> None:
    """The place in a list is part of these addresses; with each new release it moves on."""
    titles = {n: f"The board of Orlin decided on matter {n}" for n in range(20, 30)}

    def rows(first: int) -> bytes:
        some = range(first, first - 6, -1)
        return b"".join(
            f"<li><a href='/show?nr={n}&amp;pos={first - n}'>{titles[n]}</a> 2026-11-{n}</li>".encode() for n in some
        )

    known = tuple(Link(f"{HOME}show?nr={n}&pos={28 - n}", titles[n]) for n in range(23, 29))
    reading = Reading({LISTING: b"<ul>" + rows(29) + b"</ul>"}, Job(Source("orlin", HOME), newest=known))
    assert reading.further(LISTING) is not None
    assert reading.offered == [
        f"{HOME}show?nr=29&pos=0",
        *(f"{HOME}show?nr={n}&pos={28 - n}" for n in range(28, 23, -1)),
    ]


@pytest.mark.parametrize(("way", "number"), [("year", 8), ("month", 8), ("archive", 0)])
def test_releases_of_earlier_years_may_be_documents(way: str, number: int) -> None:
    files = listing(range(10, 18)).replace(b"/news/2026/lamp-notice-", b"/old/2019/n").replace(b'/">', b'.pdf">')
    result = Reading({LISTING: files}, TAUGHT).further(LISTING, way=way)
    assert result is not None
    assert len(result.found.links) == number


@pytest.mark.parametrize(
    ("address", "number"), [("?year=2026", 8), ("?m=202603", 8), ("?year=2019", 0), ("?p=12019", 8), ("2026/", 8)]
)
def test_documents_of_other_years_than_the_page_s_are_none_of_its_releases(address: str, number: int) -> None:
    files = listing(range(10, 18)).replace(b"/news/2026/lamp-notice-", b"/files/n").replace(b'/">', b'.pdf">')
    result = Reading({f"{LISTING}{address}": files}, TAUGHT).further(f"{LISTING}{address}", way="year")
    assert result is not None
    assert len(result.found.links) == number
