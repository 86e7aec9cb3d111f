"""The search for a newsroom's feeds and sitemap: those that its pages and robots.txt name, or else the usual places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.core.model import Link
from archive.core.urls import key
from crawler.cli.probe_requests import ProbeRequests
from crawler.discover.discover import read_feed, read_sitemap
from crawler.discover.links import Document, addresses_once
from crawler.discover.shape import Shapes
from crawler.discover.ways import (
    WIDER,
    Way,
    is_one_topic,
    judge_feed,
    judge_sitemap,
    shapes_of,
    sitemaps_in_order,
    usual_feeds,
    usual_sitemaps,
)

_FEEDS = 4
"""Feeds that are looked at, of those that pages name."""

_GUESSES = 3
"""Usual places of a feed that are asked for."""

_CHILDREN = 3
"""Sitemaps that are looked at, of those that the site or an index names."""


@dataclass
class FeedSearch:
    """The search for feeds and a sitemap beside the listings that were found: it adds to the same `ways`.

    `system` is what the site's pages are made with ("": unknown), `page` the newsroom's list. `may_guess`: the usual
    places may be asked for. `is_part`: the newsroom is a part of its site.
    """

    requests: ProbeRequests
    ways: list[Way]
    system: str
    page: str
    may_guess: bool
    is_part: bool

    async def find_feeds(self, named: Sequence[Document]) -> None:
        """Keep the feeds that pages name, or else one that stands where feeds usually do; each must name something that
        the ones before it do not.
        """
        kept = [way for way in self.ways if way.kind == "feed"]
        found = [await self._read_feed(url, "the page names it") for url in addresses_once(named)[:_FEEDS]]
        kept += filter(None, found)
        for url in () if kept or not self.may_guess else usual_feeds(self.system, self.page)[:_GUESSES]:
            why = f"it stands where {self.system or 'a newsroom'} usually has it"
            way = await self._read_feed(url, why, quietly=True)
            if way:
                kept.append(way)
                break
        covered: set[str] = set()
        self.ways[:] = [way for way in self.ways if way.kind != "feed"]
        for way in sorted(kept, key=lambda way: -len(way.links)):
            names = {key(link.url) for link in way.links}
            if names - covered:
                self.ways.append(way)
                covered |= names
            else:
                self.requests.looked.append(f"{way.url}: it names nothing that another feed does not")

    async def _read_feed(self, url: str, why: str, quietly: bool = False) -> Way | None:
        answer = await self.requests.get(url, "feed", quietly) if self.requests.is_safe(url) else None
        if answer is None:
            return None
        found = read_feed(answer.body, answer.url, answer.content_type)
        listed = [link for way in self.ways if way.kind == "listing" for link in way.links]
        shapes = shapes_of([way for way in self.ways if way.kind == "listing"], url)
        judged = judge_feed(found, answer.url, listed, shapes, why)
        self.is_part = self.is_part or judged.refused == WIDER
        if judged.refused and not quietly:
            self.requests.looked.append(f"{answer.url}: {judged.refused}")
        return judged.way

    async def find_sitemap(self, robots: Sequence[str]) -> None:
        """Keep the first sitemap that has releases of the newsroom, of those that the site names, or else of the usual
        places. Where the newsroom is a part of its site, the site's sitemaps are of more than it.
        """
        places = [url for url in dict.fromkeys(robots) if self.requests.is_safe(url)]
        needed = 1 if any(way.further for way in self.ways) else 2
        usual = (
            []
            if places or not self.may_guess
            else [url for url in usual_sitemaps(self.system, self.page)[:needed] if self.requests.is_safe(url)]
        )
        why = "the site names it" if places else "it stands where sitemaps usually do"
        if any(way.kind == "listing" and way.further and is_one_topic(way.url) for way in self.ways) or self.is_part:
            self.requests.looked.extend(f"{url}: {WIDER}" for url in places)
            return
        shapes = shapes_of(self.ways, self.page)
        others = [link for way in self.ways for link in way.links]
        for url in sitemaps_in_order(Document(each, "sitemap") for each in places)[:_CHILDREN] + usual:
            links = await self._links_of_sitemap(url, shapes, quietly=bool(usual))
            if links is None:
                continue
            judged = judge_sitemap(url, links, others, shapes, self.page, why)
            if judged.way:
                self.ways.append(judged.way)
                return
            self.requests.looked.append(f"{url}: {judged.refused}")

    async def _links_of_sitemap(self, url: str, shapes: Shapes, quietly: bool) -> list[Link] | None:
        """The pages that a sitemap names, or the likeliest of those that an index names; None where there is none."""
        answer = await self.requests.get(url, "sitemap", quietly)
        if answer is None:
            return None
        found = read_sitemap(answer.body, answer.url, answer.content_type)
        if found.problem and not (found.links or found.documents):
            if not quietly:
                self.requests.looked.append(f"{url}: {found.problem}")
            return None
        links = list(found.links)
        for child in sitemaps_in_order(found.documents, shapes)[:_CHILDREN]:
            part = await self.requests.get(child, "sitemap") if self.requests.is_safe(child) else None
            if part is not None:
                links += read_sitemap(part.body, part.url, part.content_type).links
        return links
