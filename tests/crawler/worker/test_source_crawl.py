"""One crawl of one source: its bounds, what ends it and in which words, what of its troubles the outcome names."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, cast

import pytest

from archive.core.model import Kind, KnownDocument, Link, Recheck, Validators
from archive.core.robots import RobotsCopy
from crawler.fetch.answers import Answer
from crawler.fetch.errors import BudgetSpent, NotFetched, Refusal, SourceRefuses
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.hosts.robots import Rules
from crawler.fetch.network.reachability import Reach
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source
from crawler.worker.group_commit import GroupCommit
from crawler.worker.messages import DocumentRead, Dropped, FromWorker, HostRefused, Job, Outcome
from crawler.worker.source_crawl import SourceCrawl
from tests.support.owner import Owner, fetch, page, recheck, source
from tests.support.site import Page, Release, Site, silence


def listed(site: Site, count: int, start: int = 0) -> list[Release]:
    return [site.release(f"item-{number}") for number in range(start, start + count)]


def test_a_limit_bounds_the_new_pages_and_not_those_looked_at_again(owner: Owner, site: Site) -> None:
    seen = page(fetch(owner, site, "/again"))
    listed(site, 9)
    told = owner.crawl(Job(source(site), rechecks=(recheck(seen),), limit=3))
    (outcome,) = told.outcomes.values()
    assert len([capture for capture in told.pages if "/news/" in capture.url]) == 3
    assert [capture.url for capture in told.pages].count(site.at("/again")) == 1
    assert outcome.stopped_by == "limit"


def test_a_crawl_fetches_no_more_pages_than_its_source_allows(owner: Owner, site: Site) -> None:
    listed(site, 9)
    told = owner.crawl(Job(source(site, max_pages=4)))
    (outcome,) = told.outcomes.values()
    assert (len(told.pages), outcome.stopped_by) == (4, "pages")


def test_a_source_that_hangs_holds_up_nobody_and_ends_in_time(owner: Owner, site: Site) -> None:
    with Site() as slow:
        listed(site, 5)
        slow.answers["/feed/"] = silence(100)
        began = time.monotonic()
        hanging = source(slow, timeout=1.0)
        good = source(site)
        told = owner.crawl(Job(hanging), Job(good))
        took = time.monotonic() - began
    assert told.outcomes[hanging.name].stopped_by == "time"
    assert took < 60, "it waited for the feed that says nothing"
    assert len(told.pages) == 5
    assert told.outcomes[good.name].stopped_by == ""
    assert told.outcomes[good.name].seconds < told.outcomes[hanging.name].seconds


def test_nothing_is_fetched_twice_in_a_crawl(owner: Owner, site: Site) -> None:
    release = site.release("once")
    pending = (Link(site.at("/news/once")), Link(site.at(release.path)), Link(site.at(release.path) + "?utm_source=x"))
    told = owner.crawl(Job(source(site), pending=pending, rechecks=(Recheck(site.at(release.path)),)))
    assert len([capture for capture in told.captures if capture.kind in ("page", "redirect")]) == 1


def test_a_page_that_is_checked_again_keeps_what_a_list_called_it(owner: Owner, site: Site) -> None:
    release = site.release("called")
    called = Link(site.at(release.path), "Pier 4 opens", via=site.at("/news/"))
    told = owner.crawl(Job(source(site), rechecks=(Recheck(called.url, link=called),)))
    assert [capture.link for capture in told.pages] == [called]


def test_a_surely_missing_address_is_asked_for_and_its_answer_kept(owner: Owner, site: Site) -> None:
    site.pages["/lost-2"] = Page(b"<h1>Adrift</h1>")
    for path, status in (("/lost-1", 404), ("/lost-2", 200)):
        told = owner.crawl(Job(source(site, max_pages=1), probe=site.at(path)))
        (probe,) = [capture for capture in told.captures if capture.kind == "probe"]
        assert (probe.url, probe.status, probe.revisit) == (site.at(path), status, False)
        assert told.pages == []


def test_front_pages_are_asked_for_with_a_link_and_are_no_new_releases(owner: Owner, site: Site) -> None:
    site.pages["/"] = Page(b"<h1>Welcome</h1>")
    told = owner.crawl(Job(source(site), front_pages=(site.at("/"), site.at("/lost"))))
    asked = [(capture.url, capture.status, capture.link) for capture in told.captures if capture.kind == "probe"]
    assert asked == [(site.at(path), status, Link(site.at(path))) for path, status in (("/", 200), ("/lost", 404))]
    assert told.pages == []


HOME = "https://varda.example/"
FEED = f"{HOME}feed/"
ROBOTS = RobotsCopy(f"{HOME}robots.txt", status=404)
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Varda</title>%s</channel></rss>'
NAMES_ONE = RSS % f"<item><title>Ferries</title><link>{HOME}news/ferries/</link></item>".encode()


class Newsroom:
    """A newsroom from memory in place of the fetcher: what an address is answered with, or raises."""

    def __init__(self, answers: Mapping[str, bytes | int | Exception], rules: Rules, out_of_time: bool = False) -> None:
        self.answers = answers
        self.host_rules = rules
        self.rules_of: list[str] = []
        self.out_of_time = out_of_time
        self.asked: list[tuple[str, Kind]] = []
        self.refusals: list[Refusal] = []
        self.answered = {"varda.example", "other.example"}
        self.paces: dict[str, str] = {}
        self.reach = Reach()
        self.closed = ""
        self._robots_read = [(ROBOTS, Answer(ROBOTS.url, 404, b"", "", Validators()))]

    @property
    def requests(self) -> int:
        return len(self.asked)

    def take_robots_read(self) -> list[tuple[RobotsCopy, Answer]]:
        read, self._robots_read = self._robots_read, []
        return read

    async def rules(self, url: str) -> Rules:
        self.rules_of.append(url)
        return self.host_rules

    async def get(
        self, url: str, kind: Kind, link: Link | None = None, earlier: Validators | None = None, by: str = ""
    ) -> Answer:
        url = by or url
        self.asked.append((url, kind))
        answer = self.answers.get(url, b"<p>A page of Varda.</p>")
        if isinstance(answer, SourceRefuses):
            self.refusals.append(Refusal("varda.example", str(answer), 90.0))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return Answer(url, answer, b"", "", Validators())
        return Answer(url, 200, answer, "", Validators())


class Commit:
    """Keeps what is stated; `disk` is why nothing can be written."""

    def __init__(self, disk: str = "") -> None:
        self.stated: list[FromWorker] = []
        self.disk = disk

    def begin(self, source: str, prompt: bool) -> None:
        """A crawl begins."""

    async def room(self) -> None:
        """There always is."""

    async def written(self) -> None:
        """All is."""

    def failure(self, source: str) -> str:
        return self.disk

    def tell_in_order(self, statement: FromWorker) -> None:
        self.stated.append(statement)


class Crawled:
    """A crawl of a source that names one feed, from its beginning to its outcome."""

    def __init__(
        self,
        answers: Mapping[str, bytes | int | Exception],
        rules: Rules = Rules(),  # noqa: B008  frozen and empty
        disk: str = "",
        out_of_time: bool = False,
        crawl: type[SourceCrawl] = SourceCrawl,
        feeds: tuple[str, ...] = (FEED,),
        listings: tuple[str, ...] = (),
        **job: Any,
    ) -> None:
        source = Source("varda", HOME, feeds=feeds, listings=listings)
        self.newsroom = Newsroom({FEED: NAMES_ONE, **answers}, rules, out_of_time)
        self.commit = Commit(disk)
        self.crawl = crawl
        self.outcome: Outcome = asyncio.run(self._run(Job(source, **job)))

    async def _run(self, job: Job) -> Outcome:
        async def ask(source: str, links: tuple[Link, ...]) -> Mapping[str, Validators | None]:
            return {link.url: None for link in links}

        async def tell(message: FromWorker) -> None:
            self.commit.stated.append(message)

        fetcher, commit = cast(Fetcher, self.newsroom), cast(GroupCommit, self.commit)
        crawl = self.crawl(job, fetcher, commit, ask, tell, Limits())
        await crawl.run()
        return crawl.outcome()

    def stated(self, kind: type[FromWorker]) -> list[Any]:
        return [message for message in self.commit.stated if isinstance(message, kind)]

    @property
    def asked(self) -> set[tuple[str, Kind]]:
        return set(self.newsroom.asked)


def test_a_crawl_fetches_what_is_due_and_what_its_documents_name() -> None:
    pending, again = (Link(f"{HOME}news/pending/"),), (Recheck(f"{HOME}news/again/"),)
    crawled = Crawled({}, pending=pending, rechecks=again, probe=f"{HOME}surely-missing/")
    assert crawled.asked == {
        (FEED, "feed"),
        (f"{HOME}news/ferries/", "page"),
        (f"{HOME}news/pending/", "page"),
        (f"{HOME}news/again/", "page"),
        (f"{HOME}surely-missing/", "probe"),
    }
    outcome = crawled.outcome
    assert (outcome.requests, outcome.errors, outcome.message, outcome.stopped_by) == (5, 0, "", "")
    assert outcome.problems == ()


def test_a_closed_robots_txt_ends_the_crawl_before_anything_is_fetched() -> None:
    crawled = Crawled({}, Rules(closed="robots.txt cannot be read"), pending=(Link(f"{HOME}news/pending/"),))
    assert crawled.asked == set()
    assert (crawled.outcome.stopped_by, crawled.outcome.message) == ("refused", "robots.txt cannot be read")
    assert crawled.stated(Dropped) == [
        Dropped("varda", f"{HOME}robots.txt", "robots.txt cannot be read", True, "robots")
    ]


def test_a_crawl_begins_with_the_robots_txt_of_a_host_that_it_asks() -> None:
    there = "https://rooms.example/varda/"
    known = (KnownDocument(HOME, "listing"), KnownDocument(there, "listing", root=True, complete=True))
    assert Crawled({}, feeds=(), listings=(there,)).newsroom.rules_of == [there]
    assert Crawled({}, feeds=(), documents=known).newsroom.rules_of == [there]
    assert Crawled({}, listings=(there,)).newsroom.rules_of == [HOME]


def test_the_link_through_a_consent_wall_is_reported() -> None:
    through = f"{HOME}yes?back=/feed/"
    wall = b"<h1>Cookies</h1><a href='/yes?back=/feed/'>Accept all</a>"
    crawled = Crawled({FEED: wall, through: NAMES_ONE})
    assert crawled.outcome.passages == ((FEED, through),)
    again = Crawled({FEED: wall, through: NAMES_ONE}, documents=(KnownDocument(FEED, "feed", through=through),))
    assert again.newsroom.asked == [(through, "feed"), (f"{HOME}news/ferries/", "page")]
    assert again.outcome.passages == ()


@pytest.mark.parametrize(
    ("refusal", "by"), [(SourceRefuses("asked to wait"), "refused"), (BudgetSpent("sent enough"), "bytes")]
)
@pytest.mark.parametrize("where", [FEED, f"{HOME}news/ferries/"])
def test_a_host_that_refuses_ends_the_crawl_and_is_reported(refusal: SourceRefuses, by: str, where: str) -> None:
    crawled = Crawled({where: refusal})
    assert (crawled.outcome.stopped_by, crawled.outcome.message) == (by, str(refusal))
    assert crawled.stated(HostRefused) == [HostRefused("varda", "varda.example", str(refusal), 90.0)]
    assert crawled.outcome.answered == ("other.example",)


def test_a_failure_counts_and_gives_the_first_message() -> None:
    page = f"{HOME}news/ferries/"
    crawled = Crawled({page: NotFetched("the connection was refused", retry=True, failure=True)})
    assert (crawled.outcome.errors, crawled.outcome.message) == (1, f"{page}: the connection was refused")
    assert crawled.stated(Dropped) == [Dropped("varda", page, "the connection was refused", True, "page")]
    assert crawled.outcome.problems == ()


def test_of_several_failures_the_number_and_the_first_are_the_message() -> None:
    lost = tuple(f"{HOME}news/lost-{n}/" for n in range(3))
    answers = {url: NotFetched(f"no answer from {url}", retry=True, failure=True) for url in lost}
    crawled = Crawled(answers, pending=tuple(map(Link, lost)))
    first = crawled.stated(Dropped)[0]
    assert crawled.outcome.errors == 3
    assert crawled.outcome.message == (
        f"3 of 4 pages could not be fetched, the first trouble was {first.url}: {first.reason};"
        " they are tried again, `dateline status` says when"
    )


def test_the_first_reason_to_end_stays() -> None:
    class Nobody(SourceCrawl):
        """A crawl that is ended twice before it begins."""

        async def run(self) -> None:
            self.close("stop", "asked to stop")
            self.close("time", "stopped after 3 seconds")
            await super().run()

    crawled = Crawled({}, crawl=Nobody)
    assert (crawled.outcome.stopped_by, crawled.outcome.message) == ("stop", "asked to stop")
    assert crawled.asked == set()


def test_a_rule_that_keeps_the_crawl_from_every_page_is_a_problem_and_no_error() -> None:
    ruled = NotFetched("robots.txt disallows it", retry=False, failure=False)
    words = "no release could be fetched; 1 of 1: robots.txt disallows it"
    crawled = Crawled({f"{HOME}news/ferries/": ruled})
    assert (crawled.outcome.errors, crawled.outcome.problems, crawled.outcome.message) == (0, (words,), words)
    one_came = Crawled({f"{HOME}news/ferries/": ruled}, pending=(Link(f"{HOME}news/pending/"),))
    assert one_came.outcome.problems == ()


@pytest.mark.parametrize("status", [404, 410])
def test_where_no_new_page_is_found_it_is_the_sources_problem(status: int) -> None:
    new = [f"{HOME}news/{n}.pdf" for n in range(2)]
    absent: dict[str, bytes | int | Exception] = dict.fromkeys((*new, f"{HOME}news/ferries/"), status)
    old = f"{HOME}news/old/"
    crawled = Crawled(absent, pending=tuple(map(Link, new)), rechecks=(Recheck(old, Validators(), Link(old, "Old")),))
    (problem,) = crawled.outcome.problems
    assert problem.startswith("no release could be fetched; 3 of 3: not found, as ")
    assert problem.rpartition(" ")[2] in absent
    assert Crawled(absent, pending=(Link(new[0]),)).outcome.problems == ()
    more = dict.fromkeys((*new, f"{HOME}news/2.pdf"), status)
    assert Crawled(more, pending=tuple(map(Link, more))).outcome.problems == ()


def test_a_problem_of_a_document_is_in_the_outcome() -> None:
    outcome = Crawled({FEED: RSS % b""}).outcome
    assert outcome.problems == (f"feed {FEED}: the feed names no releases",)
    assert outcome.message == outcome.problems[0]


def test_a_disk_that_takes_nothing_ends_the_crawl() -> None:
    crawled = Crawled({}, disk="the disk is full")
    assert (crawled.outcome.stopped_by, crawled.outcome.message) == ("disk", "the disk is full")
    assert crawled.asked == {(FEED, "feed")}


def test_a_request_that_found_no_time_left_ends_the_crawl_as_over_time() -> None:
    outcome = Crawled({}, out_of_time=True).outcome
    assert (outcome.stopped_by, outcome.message) == ("time", "stopped after 3600 seconds")


def test_a_fault_of_our_own_ends_only_this_crawl_and_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        outcome = Crawled({f"{HOME}news/ferries/": ZeroDivisionError("no tide")}).outcome
    assert (outcome.stopped_by, outcome.message) == ("fault", "ZeroDivisionError: no tide")
    assert "the crawl of varda failed" in caplog.text


def test_every_robots_txt_that_was_read_is_told_once_with_what_it_answered() -> None:
    (read,) = [message for message in Crawled({}).stated(DocumentRead) if message.kind == "robots"]
    assert (read.url, read.full, read.note) == (f"{HOME}robots.txt", False, "the server answered 404")
