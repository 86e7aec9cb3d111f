"""The search for the list of a newsroom's releases: the best one within two clicks of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

from archive.core.urls import key
from crawler.cli.listing_candidate import ListingCandidate
from crawler.cli.listing_reader import ListingReader
from crawler.discover.address_parts import take_apart
from crawler.discover.documents.entry_pages import sections_of
from crawler.discover.links import Document
from crawler.discover.ways import goes_on, is_listing, is_narrower, is_wider, shares_none
from crawler.fetch.answers import Answer

_CLICKS = 2
"""How far from the page that was given a list may lie."""

_LISTINGS = 4
"""Pages that are looked at, at each click."""

_NARROWER = 2
"""Lists of press releases that are looked at beside one that mixes them with others."""


class ListingSearch:
    """The search for the best listing; what was looked at in vain is said in words to `ProbeRequests.looked`."""

    def __init__(self, reader: ListingReader) -> None:
        self.reader = reader
        self._requests = reader.requests

    async def best(self, given: ListingCandidate) -> tuple[ListingCandidate | None, list[ListingCandidate]]:
        """The best listing within two clicks, and all pages that were looked at on the way to it."""
        seen: list[ListingCandidate] = []
        best = given if is_listing(given.found) else None
        nearest = [given]
        for _ in range(_CLICKS):
            if best is not None and (best.is_enough or (seen and goes_on(best.found))):
                break
            todo = [url for page in nearest for url in page.others]
            frames = {url for page in nearest for url in page.frames}
            nearest = []
            for url in [each for each in dict.fromkeys(todo) if not self._requests.has_asked(each)][:_LISTINGS]:
                page = await self.reader.at(url, given.url, is_frame=url in frames)
                if page is None:
                    continue
                nearest.append(page)
                seen.append(page)
                if not is_listing(page.found):
                    self._say_why_not(page)
                elif best is None or (page.rank > best.rank and not _is_wider(page, best, given)):
                    best = page
                if best is not None and best.is_enough:
                    break
        if best is not given and not is_listing(given.found):
            self._say_why_not(given)
        return best, seen

    def _say_why_not(self, page: ListingCandidate) -> None:
        self._requests.looked.append(f"{page.url}: {page.found.problem or 'it lists too little'}")

    async def behind_sections(
        self, page: Answer, given: ListingCandidate, others: list[ListingCandidate]
    ) -> tuple[ListingCandidate | None, list[ListingCandidate]]:
        """The best listing that one of a site's sections leads to, where no link of its page says "news"."""
        sections = sections_of(page.body, page.url, page.content_type)
        documents = tuple(Document(url, "listing") for url in sections if self._requests.is_safe(url))
        best, more = await self.best(replace(given, documents=documents))
        return best, [*others, *more]

    async def narrowed(
        self, best: ListingCandidate, given: ListingCandidate, seen: Sequence[ListingCandidate]
    ) -> ListingCandidate:
        """The listing of press releases beside one that mixes them with other posts, or is of other posts alone; else
        the same.

        A page that was given and is called a newsroom is what was asked for.
        """
        if best is given and best.is_named and take_apart(best.url).parts:
            return best
        read = {key(page.url): page for page in seen}
        is_press = self.reader.is_press(best.url)
        is_asked_for = is_press or (best is given and bool(take_apart(best.url).parts))
        named = dict.fromkeys([*best.press_listings, *given.press_listings])
        for url in [each for each in named if key(each) not in (key(best.url), key(given.url))][:_NARROWER]:
            page = read.get(key(url)) or await self.reader.at(url, given.url)
            if page is None or not is_listing(page.found) or _is_wider(page, best, given):
                continue
            is_other = shares_none(page.found, best.found) and not is_asked_for
            if is_other or is_narrower(page.found, best.found, is_press):
                return page
        return best

    async def follow(self, there: str) -> ListingCandidate | None:
        """The listing on another host, on which releases lie: in the folder of them, or from its home page."""
        for url in dict.fromkeys((there, urljoin(there, "/"))):
            page = await self.reader.at(url, "", quietly=True)
            best, _ = await self.best(page) if page is not None else (None, ())
            if best is not None:
                return best
        return None


def _is_wider(page: ListingCandidate, best: ListingCandidate, given: ListingCandidate) -> bool:
    """Whether a page mixes what the one that was given lists, which has a pager and is no home page, with others: it
    has the newest of a host that several newsrooms share, of which that one was asked for."""
    is_asked_for = best is given and bool(take_apart(given.url).parts) and bool(given.found.documents)
    return is_asked_for and is_wider(page.found, given.found)
