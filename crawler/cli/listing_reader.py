"""Reading pages as listings, in one search: with the releases that lie a step or two behind them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archive.core.model import Link
from archive.core.urls import key
from crawler.cli.document_check import read_as
from crawler.cli.listing_candidate import NAMED_WELL, ListingCandidate
from crawler.cli.probe_requests import ProbeRequests
from crawler.discover.address_parts import take_apart
from crawler.discover.discover import read_home
from crawler.discover.further.answers import filled_from
from crawler.discover.links import DATA, Discovered, Document, links_once
from crawler.discover.shape import names_another_edition
from crawler.discover.ways import is_listing, is_named_as_one, worth
from crawler.fetch.answers import Answer

_MOST_PARTS = 4
"""The parts of an archive that are asked for."""

_ARCHIVES = frozenset({"archive", "year", "month", "form", "date", "day"})
_FIRST = DATA | {"day"}
"""Ways that lead to releases at one step."""


@dataclass
class ListingReader:
    """Reads pages as listings, each once, and remembers which of them others call listings of press releases."""

    requests: ProbeRequests
    _press: set[str] = field(default_factory=set)
    _read: dict[str, ListingCandidate] = field(default_factory=dict)

    async def read(self, answer: Answer, home: Discovered, given: str, *, is_frame: bool = False) -> ListingCandidate:
        """A page read as a listing. One that only leads to archives or has a form has the releases of its newest part,
        unless it is a frame. What it names in another language than that of the given page is left out.
        """
        found = read_as("listing", answer)
        shown = len(found.links)
        if not (is_frame or is_listing(found)):
            behind = await self.links_behind(found, steps=2)
            found = replace(found, links=links_once((*found.links, *behind)) if behind else found.links)
        is_named = is_named_as_one(answer.url, found.title)
        self._press |= {key(one.url) for one in home.press}
        is_press = self.is_press(answer.url) and any(link.published for link in found.links)
        rank = worth(found) + (NAMED_WELL if is_named or is_press else 0.0)
        own = take_apart(given).own_editions

        def may_be_read(one: Document) -> bool:
            return not names_another_edition(take_apart(one.url), own) and self.requests.is_safe(one.url)

        named = (tuple(filter(may_be_read, each)) for each in (home.documents, home.press, home.topics or home.below))
        documents, press, topics = named
        return ListingCandidate(answer.url, found, rank, is_named, documents, press, shown, topics)

    async def at(
        self, url: str, given: str, *, is_frame: bool = False, quietly: bool = False
    ) -> ListingCandidate | None:
        """A page read as a listing, beside a page that was given or, where that is "", for itself."""
        answer = await self.requests.get(url, "listing", quietly) if self.requests.is_safe(url) else None
        if answer is None:
            return None
        home = read_home(answer.body, answer.url, answer.content_type)
        self._read[key(url)] = await self.read(answer, home, given or answer.url, is_frame=is_frame)
        return self._read[key(url)]

    def read_before(self, url: str) -> ListingCandidate | None:
        """What a page gave that was read as a listing before."""
        return self._read.get(key(url))

    def is_press(self, url: str) -> bool:
        """Whether a page that was read calls an address one of press releases."""
        return key(url) in self._press

    async def links_behind(self, page: Discovered, steps: int) -> tuple[Link, ...]:
        """The releases one or two steps behind a page with few or none: in its scripts' data, archives, forms, days.

        One of several parts may be empty, as the months to come of a form are: so behind empty ones the next lies
        further and further away. Where each month leads to the one before alone, that is the next. What they name is
        taken together, for a day may have one release.
        """
        links: tuple[Link, ...] = ()
        archives = [each for each in page.ways if each.way in _ARCHIVES]
        parts = [each for each in (*filled_from(page)[:1], *archives) if self.requests.is_safe(each.url)]
        parts.sort(key=lambda each: each.way not in _FIRST)
        at, step = 0, 1
        for _ in range(_MOST_PARTS):
            if at >= len(parts):
                break
            answer = await self.requests.get(parts[at].url, "listing", quietly=True)
            found = read_as("listing", answer) if answer is not None else Discovered()
            behind = found.links or (await self.links_behind(found, steps - 1) if steps > 1 else ())
            links = links_once((*links, *behind))
            if is_listing(replace(page, links=links_once((*page.links, *links)))):
                return links
            if len(parts) == at + 1:
                kin = (one for one in found.ways if one.family and one.family == parts[at].family)
                parts += [one for one in kin if not self.requests.has_asked(one.url) and self.requests.is_safe(one.url)]
            at, step = (at + 1, 1) if behind else (at + step, 2 * step)
        return ()
