"""The search for the ways to a newsroom's releases, from one address: few requests, one after the other.

It asks for the page given, the likeliest listings one or two clicks away, feeds and sitemaps that are named, and, where
none is, for the addresses at which common systems have them. What is kept is decided in `crawler.discover.ways`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from archive.core.model import Link
from archive.core.urls import key
from crawler.cli.asking import Asking
from crawler.cli.known import read_as
from crawler.cli.read_listing import NAMED_WELL, ReadListing, elsewhere, hosts_of_most, other_tabs
from crawler.discover.address_parts import take_apart
from crawler.discover.discover import read_feed, read_home, read_sitemap, robots_sitemaps
from crawler.discover.documents.doors import edition_behind, sections_of
from crawler.discover.documents.own_part import is_of_a_part
from crawler.discover.further.answers import filled_from
from crawler.discover.further.topics import MOST_TOPICS
from crawler.discover.further.unlabelled import ends_early, words_of_end
from crawler.discover.links import DATA, Discovered, Document, addresses_once, links_once
from crawler.discover.shape import UNSURE, Shapes, names_another_edition
from crawler.discover.ways import (
    WIDER,
    Way,
    goes_on,
    is_apart,
    is_listing,
    is_named_as_one,
    is_narrower,
    is_one_topic,
    is_wider,
    judge_feed,
    judge_listing,
    judge_sitemap,
    shapes_of,
    sitemaps_in_order,
    system_of,
    usual_feeds,
    usual_sitemaps,
    worth,
)
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched, SourceRefuses

_LISTINGS, _FEEDS, _GUESSES, _CHILDREN, _NARROWER = 4, 4, 3, 3, 2
_MOST_PARTS = 4  # of an archive
_MISSES = 3  # topics in a row that are none, after which no other is asked for
_ARCHIVES = frozenset({"archive", "year", "month", "form", "date", "day"})
_FIRST = DATA | {"day"}
"""Ways that lead to releases at one step."""


@dataclass
class Search:
    """One search. `ways` are those found, `browser` says what only a browser reaches, `hint` where a person may know
    more, `hosts` on which others the releases lie. A feed that was given stands in `ways` from the beginning.
    """

    asking: Asking
    ways: list[Way] = field(default_factory=list)
    title: str = ""
    browser: str = ""
    hint: str = ""
    hosts: tuple[str, ...] = ()
    _press: set[str] = field(default_factory=set)
    _pages: dict[str, ReadListing] = field(default_factory=dict)
    _is_part: bool = False
    _may_guess: bool = True

    async def run(self, page: Answer, sitemaps: Iterable[str]) -> None:
        """Find the ways from a page that was fetched, and the sitemaps that robots.txt names."""
        self.asking.note(page.url, *(way.url for way in self.ways))
        is_missing = page.status != 200
        home = read_home(page.body, page.url, page.content_type)
        if all(one.kind == "sitemap" for one in home.documents) and (edition := await self._behind_splash(page)):
            page, home = edition, read_home(edition.body, edition.url, edition.content_type)
        self.title = home.title
        given = await self._read(page, home, page.url)
        best, others = await self._best_listing(given)
        if best is None and not (home.topics or is_missing):
            best, others = await self._behind_sections(page, given, others)
        if best is not None:
            best = await self._narrowed(best, given, others)
        if there := elsewhere(best or given):
            followed = await self._follow(there)
            is_of_more = best is not None and followed is not None and _is_of_more(followed, best)
            sitemaps = sitemaps if is_of_more else await self._sitemaps_at(there, sitemaps)
            if best is not None and (followed is None or is_of_more):
                self.hosts = hosts_of_most(best) if self.asking.is_safe(there) else ()
            else:
                best = followed
        if best is not None:
            self._keep(best, page.url)
            self._is_part = is_of_a_part(best.url, given.others, page.url) and goes_on(best.found)
            await self._keep_beside(best, (given, *others))
            await self._keep_tabs(other_tabs(best, given), given)
        else:
            await self._keep_topics(home.topics, given)
        system, listing = system_of(page.body), best.url if best is not None else page.url
        documents = [document for each in (given, *others) for document in each.documents]
        named, stated = ([one for one in documents if one.kind == kind] for kind in ("feed", "sitemap"))
        self._may_guess = is_missing or bool(home.title or given.documents or given.found.links)
        await self._find_feeds(named, system, listing)
        await self._find_sitemap((*sitemaps, *addresses_once(stated)), system, listing)
        if best is not None and not goes_on(best.found) and all(way.kind != "sitemap" for way in self.ways):
            await self._keep_topics_of(best, others)
        if any(way.kind == "sitemap" for way in self.ways):
            self.hint = ""

    def read_title(self, page: Answer) -> None:
        """Only the title of the page."""
        self.title = read_home(page.body, page.url, page.content_type).title

    async def _read(self, answer: Answer, home: Discovered, given: str, is_frame: bool = False) -> ReadListing:
        """A page read as a listing. One that only leads to archives or has a form has the releases of its newest part,
        unless it is a frame. What it names in another language than that of the given page is left out.
        """
        found = read_as("listing", answer)
        shown = len(found.links)
        if not (is_frame or is_listing(found)):
            behind = await self._links_behind(found, steps=2)
            found = replace(found, links=links_once((*found.links, *behind)) if behind else found.links)
        is_named = is_named_as_one(answer.url, found.title)
        self._press |= {key(one.url) for one in home.press}
        is_press = key(answer.url) in self._press and any(link.published for link in found.links)
        rank = worth(found) + (NAMED_WELL if is_named or is_press else 0.0)
        own = take_apart(given).own_editions

        def may_be_read(one: Document) -> bool:
            return not names_another_edition(take_apart(one.url), own) and self.asking.is_safe(one.url)

        named = (tuple(filter(may_be_read, each)) for each in (home.documents, home.press, home.topics or home.below))
        documents, press, topics = named
        return ReadListing(answer.url, found, rank, is_named, documents, press, shown, topics)

    async def _behind_splash(self, page: Answer) -> Answer | None:
        """The home page of an edition, where a page without days, as lists have, asks for a language; else None."""
        there = edition_behind(page.body, page.url, page.content_type)
        if there and any(link.published for link in read_as("listing", page).links):
            return None
        return await self.asking.get(there, "listing", quietly=True) if there and self.asking.is_safe(there) else None

    async def _behind_sections(
        self, page: Answer, given: ReadListing, others: list[ReadListing]
    ) -> tuple[ReadListing | None, list[ReadListing]]:
        """The best listing that one of a site's sections leads to, where no link of its page says "news"."""
        sections = sections_of(page.body, page.url, page.content_type)
        documents = tuple(Document(url, "listing") for url in sections if self.asking.is_safe(url))
        best, more = await self._best_listing(replace(given, documents=documents))
        return best, [*others, *more]

    async def _links_behind(self, page: Discovered, steps: int) -> tuple[Link, ...]:
        """The releases one or two steps behind a page with few or none: in its scripts' data, archives, forms, days.

        One of several parts may be empty, as the months to come of a form are: so behind empty ones the next lies
        further and further away. Where each month leads to the one before alone, that is the next. What they name is
        taken together, for a day may have one release.
        """
        links: tuple[Link, ...] = ()
        archives = [each for each in page.ways if each.way in _ARCHIVES]
        parts = [each for each in (*filled_from(page)[:1], *archives) if self.asking.is_safe(each.url)]
        parts.sort(key=lambda each: each.way not in _FIRST)
        at, step = 0, 1
        for _ in range(_MOST_PARTS):
            if at >= len(parts):
                break
            answer = await self.asking.get(parts[at].url, "listing", quietly=True)
            found = read_as("listing", answer) if answer is not None else Discovered()
            behind = found.links or (await self._links_behind(found, steps - 1) if steps > 1 else ())
            links = links_once((*links, *behind))
            if is_listing(replace(page, links=links_once((*page.links, *links)))):
                return links
            if len(parts) == at + 1:
                kin = (one for one in found.ways if one.family and one.family == parts[at].family)
                parts += [one for one in kin if not self.asking.has_asked(one.url) and self.asking.is_safe(one.url)]
            at, step = (at + 1, 1) if behind else (at + step, 2 * step)
        return ()

    async def _best_listing(self, given: ReadListing) -> tuple[ReadListing | None, list[ReadListing]]:
        """The best listing within two clicks, and all pages that were looked at on the way to it."""
        seen: list[ReadListing] = []
        best = given if is_listing(given.found) else None
        nearest = [given]
        for _ in (1, 2):
            if best is not None and (best.is_enough or (seen and goes_on(best.found))):
                break
            todo = [url for page in nearest for url in page.others]
            frames = {url for page in nearest for url in page.frames}
            nearest = []
            for url in [each for each in dict.fromkeys(todo) if not self.asking.has_asked(each)][:_LISTINGS]:
                page = await self._listing_at(url, given.url, url in frames)
                if page is None:
                    continue
                nearest.append(page)
                seen.append(page)
                if not is_listing(page.found):
                    self.asking.looked.append(f"{page.url}: {page.found.problem or 'it lists too little'}")
                elif best is None or (page.rank > best.rank and not _is_wider(page, best, given)):
                    best = page
                if best is not None and best.is_enough:
                    break
        if best is not given and not is_listing(given.found):
            self.asking.looked.append(f"{given.url}: {given.found.problem or 'it lists too little'}")
        return best, seen

    async def _narrowed(self, best: ReadListing, given: ReadListing, seen: Sequence[ReadListing]) -> ReadListing:
        """The listing of press releases beside one that mixes them with other posts, or is of other posts alone; else
        the same.

        A page that was given and is called a newsroom is what was asked for.
        """
        if best is given and best.is_named and take_apart(best.url).parts:
            return best
        read = {key(page.url): page for page in seen}
        is_press = key(best.url) in self._press
        is_asked_for = is_press or (best is given and bool(take_apart(best.url).parts))
        named = dict.fromkeys([*best.press_listings, *given.press_listings])
        for url in [each for each in named if key(each) not in (key(best.url), key(given.url))][:_NARROWER]:
            page = read.get(key(url)) or await self._listing_at(url, given.url)
            if page is None or not is_listing(page.found) or _is_wider(page, best, given):
                continue
            if is_narrower(page.found, best.found, is_press) or (is_apart(page.found, best.found) and not is_asked_for):
                return page
        return best

    async def _listing_at(
        self, url: str, given: str, is_frame: bool = False, quietly: bool = False
    ) -> ReadListing | None:
        """A page read as a listing, beside a page that was given or, where that is "", for itself."""
        answer = await self.asking.get(url, "listing", quietly) if self.asking.is_safe(url) else None
        if answer is None:
            return None
        home = read_home(answer.body, answer.url, answer.content_type)
        self._pages[key(url)] = await self._read(answer, home, given or answer.url, is_frame)
        return self._pages[key(url)]

    async def _follow(self, there: str) -> ReadListing | None:
        """The listing on another host, on which releases lie: in the folder of them, or from its home page."""
        for url in dict.fromkeys((there, urljoin(there, "/"))):
            page = await self._listing_at(url, "", quietly=True)
            best, _ = await self._best_listing(page) if page is not None else (None, ())
            if best is not None:
                return best
        return None

    async def _sitemaps_at(self, there: str, otherwise: Iterable[str]) -> Iterable[str]:
        """The sitemaps that robots.txt of another host names."""
        try:
            return robots_sitemaps((await self.asking.fetcher.rules(there)).body, there)
        except (NotFetched, SourceRefuses):
            return otherwise

    def _keep(self, listing: ReadListing, given: str) -> None:
        self.browser = listing.found.browser
        day = ends_early(listing.found.links, proposed=False)
        may_go_on = goes_on(listing.found) or listing.found.unlabelled or self.browser
        self.hint = words_of_end(listing.url, day) if day and not may_go_on else ""
        judged = judge_listing(listing.found, listing.url, given, shapes_of(self.ways, given))
        if judged.way:
            self.ways.insert(0, judged.way)
        else:
            self.asking.looked.append(f"{listing.url}: {judged.refused}")

    async def _keep_beside(self, listing: ReadListing, pages: Sequence[ReadListing]) -> None:
        """Keep the frames beside that of the list which lead to more of it, by year or the like."""
        shown = next((page.frames for page in pages if listing.url in page.frames), ())
        read = {page.url: page.found for page in pages}
        shapes = shapes_of(self.ways, listing.url)
        for url in (each for each in shown if each != listing.url):
            if url not in read and (answer := await self.asking.get(url, "listing", quietly=True)) is not None:
                read[url] = read_as("listing", answer)
            behind = await self._links_behind(read[url], steps=1) if url in read else ()
            if any(shapes.fit(link.url) >= UNSURE for link in behind):
                why = "it is a frame beside the list, and leads to more of it"
                self.ways.append(Way("listing", url, why, title=read[url].title, further=True))

    async def _keep_tabs(self, tabs: Sequence[str], given: ReadListing) -> None:
        """Keep the other parts of a list that names the releases of one of them alone: they share none with it."""
        shapes = shapes_of([way for way in self.ways if way.kind == "listing"], given.url)
        shown = {key(link.url) for link in given.found.links}
        for url in tabs[:MOST_TOPICS]:
            tab = self._pages.get(key(url)) or await self._listing_at(url, given.url, quietly=True)
            if tab is not None and tab.found.links and not any(key(link.url) in shown for link in tab.found.links):
                judged = judge_listing(tab.found, tab.url, given.url, shapes)
                self.ways += [judged.way] if judged.way else []

    async def _keep_topics(self, topics: Sequence[Document], given: ReadListing) -> None:
        """Keep the lists of a newsroom that has one for each topic, and none of all."""
        for document in topics:
            listing = await self._listing_at(document.url, given.url)
            if listing is not None and (listing.found.links or goes_on(listing.found)):
                judged = judge_listing(listing.found, listing.url, given.url, shapes_of(self.ways, given.url))
                self.ways += [judged.way] if judged.way else []

    async def _keep_topics_of(self, best: ReadListing, seen: Sequence[ReadListing]) -> None:
        """Keep the lists of the topics of a newsroom whose page shows but the newest of each."""
        read = {key(page.url): page for page in seen}
        shapes = shapes_of([way for way in self.ways if way.kind == "listing"], best.url)
        misses = 0
        for document in best.topics:
            if misses == _MISSES:
                break
            topic = read.get(key(document.url)) or await self._listing_at(document.url, best.url, quietly=True)
            if topic is None or not best.has_of(topic.found, shapes):
                misses += 1
                continue
            misses, self.hint = 0, ""
            judged = judge_listing(topic.found, topic.url, best.url, shapes)
            self.ways += [judged.way] if judged.way else []

    async def _find_feeds(self, named: Sequence[Document], system: str, page: str) -> None:
        kept = [way for way in self.ways if way.kind == "feed"]
        found = [await self._read_feed(url, "the page names it") for url in addresses_once(named)[:_FEEDS]]
        kept += filter(None, found)
        for url in () if kept or not self._may_guess else usual_feeds(system, page)[:_GUESSES]:
            way = await self._read_feed(url, f"it stands where {system or 'a newsroom'} usually has it", quietly=True)
            if way:
                kept.append(way)
                break
        covered: set[str] = set()
        self.ways = [way for way in self.ways if way.kind != "feed"]
        for way in sorted(kept, key=lambda way: -len(way.links)):
            names = {key(link.url) for link in way.links}
            if names - covered:
                self.ways.append(way)
                covered |= names
            else:
                self.asking.looked.append(f"{way.url}: it names nothing that another feed does not")

    async def _read_feed(self, url: str, why: str, quietly: bool = False) -> Way | None:
        answer = await self.asking.get(url, "feed", quietly) if self.asking.is_safe(url) else None
        if answer is None:
            return None
        found = read_feed(answer.body, answer.url, answer.content_type)
        listed = [link for way in self.ways if way.kind == "listing" for link in way.links]
        shapes = shapes_of([way for way in self.ways if way.kind == "listing"], url)
        judged = judge_feed(found, answer.url, listed, shapes, why)
        self._is_part = self._is_part or judged.refused == WIDER
        if judged.refused and not quietly:
            self.asking.looked.append(f"{answer.url}: {judged.refused}")
        return judged.way

    async def _find_sitemap(self, robots: Sequence[str], system: str, page: str) -> None:
        places = [url for url in dict.fromkeys(robots) if self.asking.is_safe(url)]
        needed = 1 if any(way.further for way in self.ways) else 2
        usual = (
            []
            if places or not self._may_guess
            else [url for url in usual_sitemaps(system, page)[:needed] if self.asking.is_safe(url)]
        )
        why = "the site names it" if places else "it stands where sitemaps usually do"
        if any(way.kind == "listing" and way.further and is_one_topic(way.url) for way in self.ways) or self._is_part:
            self.asking.looked.extend(f"{url}: {WIDER}" for url in places)
            return
        shapes = shapes_of(self.ways, page)
        others = [link for way in self.ways for link in way.links]
        for url in sitemaps_in_order(Document(each, "sitemap") for each in places)[:_CHILDREN] + usual:
            links = await self._links_of_sitemap(url, shapes, quietly=bool(usual))
            if links is None:
                continue
            judged = judge_sitemap(url, links, others, shapes, page, why)
            if judged.way:
                self.ways.append(judged.way)
                return
            self.asking.looked.append(f"{url}: {judged.refused}")

    async def _links_of_sitemap(self, url: str, shapes: Shapes, quietly: bool) -> list[Link] | None:
        """The pages that a sitemap names, or the likeliest of those that an index names; None where there is none."""
        answer = await self.asking.get(url, "sitemap", quietly)
        if answer is None:
            return None
        found = read_sitemap(answer.body, answer.url, answer.content_type)
        if found.problem and not (found.links or found.documents):
            if not quietly:
                self.asking.looked.append(f"{url}: {found.problem}")
            return None
        links = list(found.links)
        for child in sitemaps_in_order(found.documents, shapes)[:_CHILDREN]:
            part = await self.asking.get(child, "sitemap") if self.asking.is_safe(child) else None
            if part is not None:
                links += read_sitemap(part.body, part.url, part.content_type).links
        return links


def _is_of_more(followed: ReadListing, best: ReadListing) -> bool:
    """Whether a list on another host has more than the newsroom's own, which goes on and so is whole: one that does not
    may show chosen releases alone."""
    return goes_on(best.found) and is_wider(followed.found, best.found)


def _is_wider(page: ReadListing, best: ReadListing, given: ReadListing) -> bool:
    """Whether a page mixes what the one that was given lists, which has a pager and is no home page, with others: it
    has the newest of a host that several newsrooms share, of which that one was asked for."""
    is_asked_for = best is given and bool(take_apart(given.url).parts) and bool(given.found.documents)
    return is_asked_for and is_wider(page.found, given.found)
