"""With which documents a crawl begins, and with which address."""

from __future__ import annotations

from typing import Any, cast

import pytest

from archive.core.model import KnownDocument
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from crawler.worker.walk.document_reader import DocumentReader
from crawler.worker.walk.roots import Roots
from tests.crawler.worker.walk.newsroom import FEED, HOME, LISTING, rss, walk
from tests.support.owner import Owner, source
from tests.support.site import Site


def test_a_source_that_names_nothing_is_looked_through(owner: Owner, site: Site) -> None:
    site.robots = f"Sitemap: {site.at('/sitemap.xml')}\n"
    for number in range(12):
        site.release(f"found-{number}")
    told = owner.crawl(Job(source(site, feeds=())))
    assert {capture.url for capture in told.pages} == {site.at(one.path) for one in site.releases}
    assert {"/", "/feed/", "/sitemap.xml", "/sitemap-releases.xml"} <= set(site.paths())


def test_where_a_feed_is_named_nothing_else_is_looked_for(owner: Owner, site: Site) -> None:
    site.robots = f"Sitemap: {site.at('/sitemap.xml')}\n"
    site.release("only")
    owner.crawl(Job(source(site)))
    assert set(site.paths()) == {"/robots.txt", "/feed/", "/news/only/"}


def test_of_documents_that_were_looked_for_one_is_enough() -> None:
    home = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed/">'
        b'<link rel="alternate" type="application/rss+xml" href="/second/"></head><body>Orlin</body></html>'
    )
    assert walk({HOME: home, FEED: rss(f"{HOME}news/lamps/")}).problems == ()
    assert walk({HOME: home}).problems == (
        f"feed {FEED}: the server answered 404",
        f"feed {HOME}second/: the server answered 404",
    )
    assert walk({HOME: 503}).problems == (f"listing {HOME}: the server answered 503",)


def roots_of(*known: KnownDocument, **named: Any) -> Roots:
    reader = DocumentReader(Job(Source("orlin", HOME, **named), known), *[cast(Any, None)] * 6)
    return Roots(reader)


def test_a_crawl_begins_with_the_source_unless_all_its_documents_are_of_other_sites() -> None:
    away = "https://press.faraway.example/feed/"
    assert roots_of().entrance() == HOME
    assert roots_of(feeds=(FEED, away)).entrance() == HOME
    assert roots_of(feeds=(away,)).entrance() == away


def test_what_repeats_others_is_no_entrance_where_another_root_is_asked_for() -> None:
    idle, watched = "https://press.faraway.example/feed/", "https://press.faraway.example/news/"
    known = KnownDocument(idle, "feed", complete=True, root=True, watched=False)
    assert roots_of(known, feeds=(idle,), listings=(watched,)).entrance() == watched


@pytest.mark.parametrize(
    ("known", "is_asked"),
    [
        ({"complete": False}, True),
        ({"complete": True}, True),
        ({"complete": True, "watched": False}, False),
        ({"complete": True, "watched": False, "reread": True}, True),
        ({"complete": False, "recent": True}, False),
    ],
)
def test_the_watch_leaves_out_what_repeats_others_and_what_was_read_just_now(
    known: dict[str, Any], is_asked: bool
) -> None:
    roots = roots_of(KnownDocument(LISTING, "listing", root=True, **known), listings=(LISTING,))
    assert [roots.is_asked(root) for root in roots.named] == [is_asked]
