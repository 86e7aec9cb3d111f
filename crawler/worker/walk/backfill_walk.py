"""Walking a source back to its first release: its pagers, archives, endpoints and sitemaps, page after page.

The walk keeps pace with what is fetched, is reported page by page, and goes on after any stop where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import KnownDocument, Link
from archive.core.urls import key
from crawler.discover.further.counting.counters import begins
from crawler.discover.further.loading.next_part import after
from crawler.discover.further.unlabelled import (
    WAY,
    continues,
    end_of,
    ends_early,
    is_of_family,
    may_begin,
    rises,
    runs_beside,
    words_of_end,
)
from crawler.discover.items.totals import words_of_total
from crawler.discover.links import Discovered, Document
from crawler.fetch.settings import Limits
from crawler.worker.messages import BackfillProgress
from crawler.worker.walk.coverage import FOREIGN, day_of, days_of, remembered, words_of
from crawler.worker.walk.document_reader import DocumentReader, DocumentResult
from crawler.worker.walk.walk_plan import WalkPlan, Yield, pager_of

_CONTINUED = frozenset({"load more", "json", "guess"})
"""Ways whose answers may not say where the next one is: the counter of their address goes on."""

_NEWEST = 5
"""Releases of a root, its newest, that must stand in roots before it: else a watch has to ask for it."""

_WINDOW = 5
"""Releases of a feed from which on there may be more than it shows."""


class BackfillWalk:
    """One part of a walk back, in one crawl. `begun` is what earlier parts left (None: this is the first).

    `bounded` says that pages were left out for the day that the job begins with; `failures` counts pages that another
    crawl has to ask for again; `hints` has in words where a person may know more; `over`: no page is left; `told`
    is what was reported last.
    """

    def __init__(self, reader: DocumentReader, limits: Limits, begun: Backfill | None) -> None:
        self.reader = reader
        self.limits = limits
        self.begun = begun
        self.bounded = False
        self.failures = 0
        self.hints: list[str] = []
        self.over = False
        self.told: BackfillProgress | None = None
        self._plan = WalkPlan(begun.pages if begun else (), datetime.now(UTC).date())
        self._seen: set[str] = set(begun.seen) if begun else set()
        self._reached = begun.reached if begun else ""
        listed = begun.listed if begun else {}
        self._listed = {one: day for one, stated in listed.items() if (day := day_of(stated))}
        self._ends = ""
        self._begins = ""
        self._is_covered = False
        self._lists = 0
        self._named_by_roots = 0
        coverage = begun.coverage if begun else ""
        self._sitemaps, self._kinds, self._archives, self._rises = remembered(coverage)
        self._own_pagers: frozenset[str] = frozenset()

    @property
    def saw_all(self) -> bool:
        """Whether no page is left, and none was left out or failed."""
        return self.over and not (self.bounded or self.failures)

    async def run(self, roots: Sequence[tuple[Document, DocumentResult]], others: Sequence[Document]) -> None:
        """Read further pages until none is left or enough pages wait to be fetched.

        `roots` are the roots as they were read in this crawl, `others` those that were not read at its beginning:
        sitemaps, and what an earlier crawl read shortly before.
        """
        lists = [one for one in (*(root for root, _ in roots), *others) if one.kind == "listing"]
        self._own_pagers, self._lists = frozenset(pager_of(one.url) for one in lists), len(lists)
        self._begin(roots, [one for one in others if one.kind == "sitemap"])
        reader, read = self.reader, 0
        while read < self.limits.listing_pages and not (reader.pages.supplied or reader.pages.closed):
            page = self._plan.next()
            if page is None:
                self.over = True
                self._give_hints(roots)
                break
            read += 1
            await self._read(page)
        if self.over:
            self._seen |= await reader.offer((*self._sitemaps.few(), *self._archives.few()))
        self._tell()

    def _begin(self, roots: Iterable[tuple[Document, DocumentResult]], others: Iterable[Document]) -> None:
        """Take what the roots lead to."""
        found: list[WalkPage] = []
        days: list[str] = []
        self._judge_links_of(WalkPage("", "listing"))
        for root, result in roots:
            self._plan.note(root.url)
            if root.kind == "listing":
                self._listed |= days_of(result.found.links)
                self._archives.own |= days_of(result.found.links)
                self._kinds.learn(result.found)
                days += [link.published for link in result.found.links]
            self._seen |= result.named
            self._note_day(result)
            page = WalkPage(root.url, root.kind, state="read")
            if result.changed:
                ways = (*ways_on(page, result), *_unlabelled(page, result))
                given_up, further = self._plan.supersede(ways, page), self._plan.add(ways, page)
                found += (*given_up, *further)
                if result.old:
                    self._leave(further)
                if result.found.browser:
                    self.hints.append(f"{root.url}: {result.found.browser}")
        self._named_by_roots = len(self._seen)
        self._rises = self._rises or rises(days)
        self._ends = end_of(days, self._rises) or ("" if self._rises else self._reached)
        self._begins = end_of(days) if self._rises else ""
        for root in others:
            found += self._plan.add([root], WalkPage(root.url, root.kind))
        self._tell(found)

    async def _read(self, page: WalkPage) -> None:
        self._judge_links_of(page)
        others_wait = self._plan.has_other_sitemaps(page)
        result = await self.reader.read_further(page.url, page.kind, page.way, others_wait=others_wait)
        if result is None:
            self._note_missing(page)
            return
        if result.waits:
            self._plan.put_off(page)
            return
        fresh = result.named - self._seen
        self._seen |= result.named
        self._is_covered = self._is_covered or (page.kind == "sitemap" and bool(result.named))
        if page.kind == "listing" and fresh:
            self._sitemaps.paged = True
            self._listed |= days_of(result.found.links)
        self._note_day(result)
        if result.old:
            self._leave([page])
            return
        is_index = self._is_index(page, result)
        is_shown = not fresh and _is_shown(page, result)
        closed = not (is_index or is_shown) and self._plan.judge(page, Yield(len(fresh), result.alike))
        if is_index:
            self._plan.lead_down(page)
        ways = (*ways_on(page, result, fresh), *_unlabelled(page, result))
        further = self._plan.add(ways, page) if not closed or fresh else ()
        self._tell([replace(page, state="read"), *further, *([_closing(page)] if closed else ())])

    def _leave(self, pages: Iterable[WalkPage]) -> None:
        """Read no more of these pages' families in this crawl: all there is older than the day that it begins with. A
        later crawl, which begins with no day, goes on with them."""
        self.bounded = True
        for page in pages:
            self._plan.close(page)

    def _judge_links_of(self, page: WalkPage) -> None:
        """Let the reader ask this walk which links of the page that it reads next are the newsroom's."""
        self.reader.scope.within = partial(self._within, page)

    def _within(self, page: WalkPage, found: Discovered, way: str) -> Discovered:
        """Of a sitemap what is the newsroom's, where a listing of several pages was walked to its end before; of an
        unlabelled page what it names if it goes on from the listing; of another list what is of its kind."""
        if way == WAY:
            goes_on = continues(self._ends, found.links, self._seen, self._rises)
            is_before = bool(self._begins) and continues(self._begins, found.links, self._seen)
            return found if goes_on or is_before else Discovered()
        if page.kind == "listing":
            return self._of_kind(page, found)
        is_decided = self._sitemaps.paged and not self.failures
        return self._sitemaps.within(found, self._listed, self._seen) if is_decided else found

    def _of_kind(self, page: WalkPage, found: Discovered) -> Discovered:
        """Of a page of another list what is of the newsroom's kind; the pages of its own list show what that is.

        What does not say its kind is none if it is of the days that the newsroom's list, walked to its end, has.
        """
        fresh = [link for link in found.links if key(link.url) not in self._seen]
        if page.way in _CONTINUED and self._lists == 1 and self._runs_beside(fresh):
            return Discovered()  # what a script asks for may be all that the site publishes
        if page.way == "archive" and self._is_own(found):
            self._own_pagers |= {page.family, pager_of(page.url)}
        if page.family in self._own_pagers or page.way in _CONTINUED:
            self._kinds.learn(found)
            self._archives.own |= days_of(found.links)
            self._archives.paged = True
            return found
        found, own = self._kinds.within(found), self._archives.own
        is_whole = self._archives.paged and own and not self.failures
        return self._archives.within(found, own, self._seen) if is_whole else found

    def _runs_beside(self, fresh: Sequence[Link]) -> bool:
        """Whether new releases go on at neither end of the list. Where it rises it may yet go back: what rises is then
        the days of a month, and the months before come after it."""
        goes_back = bool(self._begins) and not runs_beside(self._begins, fresh)
        return not goes_back and runs_beside(self._ends, fresh, self._rises)

    def _is_own(self, found: Discovered) -> bool:
        """Whether an archive that goes on is the newsroom's list again: of its days it names nothing else."""
        own, days = self._archives.own, days_of(found.links)
        if not found.documents or len(own.keys() & days.keys()) < FOREIGN:
            return False
        oldest = min(own.values())
        return all(one in own or day <= oldest for one, day in days.items())

    def _give_hints(self, roots: Iterable[tuple[Document, DocumentResult]]) -> None:
        """Which lists say that there is more; where nothing led further back than the first pages, which look so."""
        for root, result in roots if not (self.bounded or self.failures) else ():
            if words := words_of_total(root.url, result.found.total, len(self._seen)):
                self.hints.append(words)
        if self.hints or self.begun or self._is_covered or len(self._seen) > self._named_by_roots:
            return
        for root, result in roots:
            day = ends_early(result.found.links, bool(result.found.unlabelled)) if root.kind == "listing" else ""
            if day:
                self.hints.append(words_of_end(root.url, day))

    def _is_index(self, page: WalkPage, result: DocumentResult) -> bool:
        """A list of sitemaps, of years or of months, which names no release itself."""
        if result.found.links:
            return False
        return bool(result.found.documents) or self._plan.leads_down(result.found.ways, page)

    def _note_missing(self, page: WalkPage) -> None:
        """A page that gave no answer. One that is not there gives nothing for good; another may, in a later crawl."""
        if self.reader.pages.closed:
            return
        if page.url in self.reader.gone:
            closed = self._plan.judge(page, Yield(0, 0))
            self._tell([replace(page, state="read"), *([_closing(page)] if closed else ())])
            return
        failed = self._plan.fail(page)
        self.failures += failed.state == "failed"
        self._tell([failed])

    def _note_day(self, result: DocumentResult) -> None:
        if result.oldest and (not self._reached or result.oldest < self._reached):
            self._reached = result.oldest

    def _tell(self, pages: Iterable[WalkPage] = ()) -> None:
        found = len(self._seen)
        name = self.reader.job.source.name
        expected = found + self._plan.expected()
        words = words_of(self._sitemaps, self._kinds, self._archives, self._rises)
        self.told = BackfillProgress(name, tuple(pages), found, expected, self._reached, coverage=words)
        self.reader.tell_in_order(self.told)


def redundant(roots: Iterable[tuple[Document, DocumentResult]], known: dict[str, KnownDocument]) -> frozenset[str]:
    """Roots whose newest releases all stand in roots before them: a watch need not ask for them each time.

    The first feed and the first listing are none. Of roots that were not read now what was known before holds.
    """
    covered: set[str] = set()
    kinds: set[str] = set()
    found: set[str] = set()
    for root, result in roots:
        newest = [key(link.url) for link in result.found.links[:_NEWEST]]
        if result.wide:
            found.add(root.url)
        elif root.kind not in kinds:
            kinds.add(root.kind)
        elif not result.changed:
            if root.url in known and not known[root.url].watched:
                found.add(root.url)
        elif covered.issuperset(newest):
            found.add(root.url)
        covered.update(result.named)
    return frozenset(found)


def ways_on(page: WalkPage, result: DocumentResult, fresh: frozenset[str] | None = None) -> Iterator[Document]:
    """Where a page leads: its pager, its other ways, and for answers without either the next of their counter."""
    named = result.named
    for document in (*result.found.documents, *result.found.ways):
        if key(document.url) not in named:
            yield document
    if result.answer.following:
        yield Document(result.answer.following, page.kind, page.way, page.family)
    is_window = page.kind == "feed" and len(named) >= _WINDOW and not result.found.documents
    if is_window and (fresh is None or fresh):
        following = after(page.url, len(named)) or _second_of_feed(page.url)
        yield Document(following, "feed", "", f"feed {key(page.url).partition('?')[0]}")
    if page.way in _CONTINUED and (fresh or _is_shown(page, result)) and not result.found.documents:
        following = after(page.url, len(named))
        if following:
            yield Document(following, "listing", page.way, page.family)


def _is_shown(page: WalkPage, result: DocumentResult) -> bool:
    """Whether data may name nothing new because it begins with what the list shows: by its counter it is the first."""
    return page.way in _CONTINUED and bool(result.named) and begins(page.url)


def _unlabelled(page: WalkPage, result: DocumentResult) -> tuple[Document, ...]:
    """Where a page may lead though nothing says so: from a list to others, from one of these to its kin."""
    if page.way == WAY:
        kin = (each for each in result.found.unlabelled if is_of_family(each.family, page.family))
        return tuple(replace(each, family=page.family) for each in kin)
    return tuple(each for each in result.found.unlabelled if may_begin(each.url, page.url)) if not page.family else ()


def _second_of_feed(url: str) -> str:
    """The second page of a feed as WordPress and its kin number them."""
    return f"{url}{'&' if '?' in url else '?'}paged=2"


def _closing(page: WalkPage) -> WalkPage:
    return WalkPage("", page.kind, page.way, page.family, "closed")
