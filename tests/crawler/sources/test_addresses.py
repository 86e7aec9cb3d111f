"""Where a source is: its hosts, and the pages of its site that stand in front."""

from __future__ import annotations

from dataclasses import replace

from archive.core.model import KnownDocument
from crawler.sources.addresses import front_pages, hosts, hosts_reached, reached
from crawler.sources.sources import Source


def source(name: str, *addresses: str) -> Source:
    return Source(name, addresses[0], listings=addresses[1:])


def test_a_listing_on_another_host_counts() -> None:
    assert hosts(source("valdora", "https://valdora.example/", "https://media.ister.example/list")) == {
        "valdora.example",
        "media.ister.example",
    }


def test_a_crawl_reaches_the_other_hosts_by_either_scheme() -> None:
    there = replace(source("valdora", "https://valdora.example/"), hosts=("media.ister.example",))
    assert hosts(there) == {"valdora.example"}
    assert hosts_reached(there) == {"valdora.example", "media.ister.example"}
    assert set(reached(there)) == {
        "https://valdora.example/",
        "https://media.ister.example/",
        "http://media.ister.example/",
    }


def test_the_front_pages_of_a_source_are_its_home_page_and_its_lists_and_no_feed() -> None:
    release = "https://www.valdora.example/news/2026/the-path"
    watched = Source("valdora", "https://www.valdora.example/news/", feeds=("https://www.valdora.example/rss",))
    assert front_pages(watched, release, ()) == ("https://www.valdora.example/", watched.url)
    read = [
        KnownDocument("https://www.valdora.example/news/page/2", "listing"),
        KnownDocument("https://www.valdora.example/press/", "listing", root=True),
    ]
    assert front_pages(watched, release, read)[2:] == ("https://www.valdora.example/press/",)
    feed = Source("valdora", "https://www.valdora.example/rss")
    assert front_pages(feed, release, [KnownDocument(feed.url, "feed")]) == ("https://www.valdora.example/",)
