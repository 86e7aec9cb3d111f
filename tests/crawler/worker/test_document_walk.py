"""Feeds, sitemaps and listings walked as far as they have news, with real servers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from crawler.worker.messages import Job
from tests.support.owner import Owner, Told, known_from, page, source
from tests.support.site import Page, Release, Site, always


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    with Owner(tmp_path_factory.mktemp("archive")) as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def test_a_feed_a_sitemap_and_a_listing_give_each_release_once(owner: Owner, site: Site) -> None:
    for number in range(25):
        site.release(f"notice-{number}")
    watched = source(site, listings=(site.at("/news/"),), sitemaps=(site.at("/sitemap.xml"),))
    told = owner.crawl(Job(watched))
    assert sorted(capture.url for capture in told.pages) == sorted(site.at(one.path) for one in site.releases)
    assert all(site.count(one.path) == 1 for one in site.releases)
    assert told.outcomes[watched.name].stopped_by == ""
    assert told.outcomes[watched.name].captures == len(told.captures)
    assert told.documents[site.at("/news/")].complete
    assert {capture.kind for capture in told.captures} == {"page", "feed", "sitemap", "listing"}

    site.log.clear()
    again = owner.crawl(Job(watched, documents=known_from(told)))
    assert not again.captures
    assert not again.asked
    assert sorted(site.paths()) == ["/feed/", "/news/", "/robots.txt", "/sitemap-releases.xml", "/sitemap.xml"]
    assert all("if-none-match" in asked.headers for asked in site.log if asked.path != "/robots.txt")


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


def test_links_are_told_with_what_the_feed_says_of_them(owner: Owner, site: Site) -> None:
    site.release("tide-tables", "Tide tables for spring", "2026-03-01")
    told = owner.crawl(Job(source(site)))
    (link,) = told.asked
    assert (link.url, link.title) == (site.at("/news/tide-tables/"), "Tide tables for spring")
    assert link.published.startswith("2026-03-01")
    assert page(told).link == link


def test_links_to_other_sites_are_not_followed_and_counted(owner: Owner, site: Site) -> None:
    feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>x</link><description>d</description>'
        b"<item><title>Away</title><link>https://elsewhere.example/a-story/</link></item></channel></rss>"
    )
    site.pages["/feed/"] = Page(feed, "application/rss+xml")
    told = owner.crawl(Job(source(site)))
    assert not told.asked
    assert "1 links not followed" in told.documents[site.at("/feed/")].note


def listed(site: Site, count: int, start: int = 0) -> list[Release]:
    return [site.release(f"item-{number}") for number in range(start, start + count)]


def test_a_listing_is_walked_to_its_end_and_then_only_while_there_is_news(owner: Owner, site: Site) -> None:
    listed(site, 45)
    watched = source(site, feeds=(), listings=(site.at("/news/"),))
    told = owner.crawl(Job(watched))
    assert len(told.pages) == 45
    listed(site, 12, start=45)
    site.log.clear()
    again = owner.crawl(Job(watched, documents=known_from(told)))
    assert len(again.pages) == 12
    listings = [path for path in site.paths() if path == "/news/" or "/page/" in path]
    assert listings == ["/news/", "/news/page/2/", "/news/page/3/"]
    first, last = (m for m in again.messages if getattr(m, "url", "") == site.at("/news/"))
    assert (getattr(first, "complete", None), getattr(last, "complete", None)) == (False, True)


def test_a_walk_that_failed_in_the_middle_is_not_complete_and_goes_on_next_time(owner: Owner, site: Site) -> None:
    listed(site, 45)
    site.answers["/news/page/3/"] = always(Page(b"broken", status=500))
    watched = source(site, feeds=(), listings=(site.at("/news/"),))
    told = owner.crawl(Job(watched))
    assert not told.documents[site.at("/news/")].complete
    assert "500" in told.dropped[site.at("/news/page/3/")]
    del site.answers["/news/page/3/"]
    again = owner.crawl(Job(watched, documents=known_from(told)))
    assert again.documents[site.at("/news/")].complete
    assert len(told.pages) + len(again.pages) == 45


def test_a_feed_that_tells_the_newest_does_not_stop_the_walk_of_the_listing(owner: Owner, site: Site) -> None:
    listed(site, 30)
    watched = source(site, listings=(site.at("/news/"),))
    told = owner.crawl(Job(watched))
    listed(site, 25, start=30)
    site.answers["/news/"] = always(Page(b"broken", status=500))
    failed = owner.crawl(Job(watched, documents=known_from(told)))
    assert len(failed.pages) == 10
    assert not failed.documents[site.at("/news/")].complete
    del site.answers["/news/"]
    last = owner.crawl(Job(watched, documents=known_from(Told(told.messages + failed.messages))))
    assert len(last.pages) == 15


def test_links_of_earlier_days_are_skipped_and_end_a_listing(owner: Owner, site: Site) -> None:
    for number in range(60):
        site.release(f"dated-{number:02}", day=f"2026-{number // 10 + 1:02}-{number % 10 + 1:02}")
    watched = source(site, feeds=(), listings=(site.at("/news/"),))
    told = owner.crawl(Job(watched, since=date(2026, 5, 5)))
    assert len(told.pages) == 16
    assert "/news/page/5/" not in site.paths()
    assert not told.documents[site.at("/news/")].complete
