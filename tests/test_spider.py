"""Crawls of a real newsroom that behaves and misbehaves, by a real Scrapy in a real crawler process."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.model import Capture, Link, Validators
from archive.warc import files, read, scan
from crawler.guard import AddressRefused, Guard, is_local_name, is_private
from crawler.messages import Dropped, Job, KnownDocument, Recheck
from crawler.sources import Source
from tests.owner import QUICK, Owner, Told, known_from
from tests.site import (
    Page,
    Release,
    Site,
    always,
    chunked,
    compressed,
    cut_short,
    drip,
    endless,
    hang_up,
    in_turn,
    redirect,
    silence,
)

_numbers = itertools.count(1)
BUSY = Page(b"busy", status=429, headers=(("Retry-After", "1"),))


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    with Owner(tmp_path_factory.mktemp("archive")) as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def source(site: Site, **fields: Any) -> Source:
    """A source that names the feed, so that nothing is looked for; every call is a source of its own."""
    given: dict[str, Any] = {"feeds": (site.at("/feed/"),), "delay": 0.0, "timeout": 15.0} | fields
    return Source(f"port-{next(_numbers)}", site.url, **given)


def fetch(owner: Owner, site: Site, *paths: str, **fields: Any) -> Told:
    """Crawl nothing but some pages."""
    pending = tuple(Link(site.at(path), via=site.at("/feed/")) for path in paths)
    return owner.crawl(Job(source(site, **fields), pending=pending))


def page(told: Told) -> Capture:
    """The one page that was captured."""
    (only,) = told.pages
    return only


def recheck(capture: Capture) -> Recheck:
    return Recheck(
        capture.asked,
        Validators(capture.etag, capture.last_modified, capture.digest, capture.fetched_at, capture.url),
    )


# What a source names is read, each release once.


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


# Listings: walked to the end once, then only as far as there is news.


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


# Conditional requests and revisits.


def test_a_page_that_did_not_change_costs_one_conditional_request_and_a_revisit_record(
    owner: Owner, site: Site
) -> None:
    site.release("same")
    first = page(owner.crawl(Job(source(site))))
    told = owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),)))
    seen = page(told)
    assert (seen.status, seen.revisit, seen.digest) == (304, True, first.digest)
    (conditional,) = (asked for asked in site.log if "if-none-match" in asked.headers)
    assert (conditional.path, conditional.headers["if-none-match"]) == ("/news/same/", first.etag)


def test_a_page_that_changed_is_captured_in_full(owner: Owner, site: Site) -> None:
    site.release("edited", "Before", "2026-03-11", "Nine ships.")
    first = page(owner.crawl(Job(source(site))))
    site.release("edited", "After", "2026-03-11", "Ten ships.")
    seen = page(owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),))))
    assert (seen.status, seen.revisit) == (200, False)
    assert b"Ten ships" in read(owner.directory, seen).body


def test_an_unchanged_payload_without_validators_is_a_revisit_too(owner: Owner, site: Site) -> None:
    site.pages["/plain"] = Page(b"<p>Still the same.</p>")
    first = page(fetch(owner, site, "/plain"))
    seen = page(owner.crawl(Job(source(site, feeds=(site.at("/none"),)), rechecks=(recheck(first),))))
    assert (seen.status, seen.revisit, seen.digest) == (200, True, first.digest)


def test_a_document_without_validators_is_fetched_in_full_but_kept_only_if_it_differs(owner: Owner, site: Site) -> None:
    site.release("one")
    watched = source(site)
    told = owner.crawl(Job(watched))
    bare = tuple(
        KnownDocument(known.url, known.kind, replace(known.validators, etag="", last_modified=""))
        for known in known_from(told)
    )
    again = owner.crawl(Job(watched, documents=bare))
    assert not again.captures
    assert again.documents[site.at("/feed/")].full
    assert "if-none-match" not in [asked for asked in site.log if asked.path == "/feed/"][-1].headers
    assert again.documents[site.at("/feed/")].validators.digest == told.documents[site.at("/feed/")].validators.digest


# Redirects.


def test_every_hop_of_a_redirect_is_archived(owner: Owner, site: Site) -> None:
    site.release("moved-here")
    site.answers["/old"] = redirect("/older")
    site.answers["/older"] = redirect("/news/moved-here/", 302)
    told = fetch(owner, site, "/old", feeds=(site.at("/none"),))
    hops = [(capture.kind, capture.status, capture.url) for capture in told.captures]
    assert hops == [
        ("redirect", 301, site.at("/old")),
        ("redirect", 302, site.at("/older")),
        ("page", 200, site.at("/news/moved-here/")),
    ]
    assert {capture.asked for capture in told.captures} == {site.at("/old")}
    assert told.captures[0].location == site.at("/older")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/round", "loop"),
        ("https://elsewhere.example/story", "redirected to https://elsewhere.example/story"),
        ("http://169.254.169.254/latest/meta-data/", "redirected to"),
    ],
)
def test_a_redirect_that_leads_nowhere_good_is_dropped_with_a_reason(
    owner: Owner, site: Site, target: str, words: str
) -> None:
    site.answers["/round"] = redirect(target)
    told = fetch(owner, site, "/round")
    assert words in told.dropped[site.at("/round")]
    assert not told.pages


def test_a_chain_of_redirects_without_end_is_dropped(owner: Owner, site: Site) -> None:
    for number in range(9):
        site.answers[f"/hop-{number}"] = redirect(f"/hop-{number + 1}")
    told = fetch(owner, site, "/hop-0")
    assert told.dropped[site.at("/hop-0")] == "more than 5 redirects"
    assert site.count("/hop-5") == 1
    assert site.count("/hop-6") == 0


# What the server says no to.


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_answer_that_is_no_page_is_archived_as_it_is(owner: Owner, site: Site, status: int) -> None:
    site.pages["/gone"] = Page(b"<h1>no</h1>", status=status)
    told = fetch(owner, site, "/gone")
    assert page(told).status == status
    assert site.at("/gone") not in told.dropped


def test_a_busy_server_is_left_alone_as_long_as_it_asks(owner: Owner, site: Site) -> None:
    site.answers["/busy"] = in_turn(always(BUSY), always(Page(b"<p>ready</p>")))
    told = fetch(owner, site, "/busy")
    assert [capture.status for capture in told.pages] == [429, 200]
    first, second = (asked.at for asked in site.log if asked.path == "/busy")
    assert second - first >= 0.95
    assert site.at("/busy") not in told.dropped


def test_a_server_that_asks_for_too_long_a_rest_ends_the_crawl(owner: Owner, site: Site) -> None:
    site.answers["/busy"] = always(Page(b"busy", status=503, headers=(("Retry-After", "3600"),)))
    told = fetch(owner, site, "/busy", *(f"/other-{number}" for number in range(200)))
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "asks to wait 3600 seconds" in told.dropped[site.at("/busy")]
    assert all(message.retry for message in told.messages if isinstance(message, Dropped))
    assert len(site.log) < 60


def test_a_page_that_fails_for_a_moment_is_asked_again(owner: Owner, site: Site) -> None:
    failing = always(Page(b"oops", status=502))
    site.answers["/flaky"] = in_turn(failing, hang_up, always(Page(b"<p>fine</p>")))
    told = fetch(owner, site, "/flaky")
    assert [capture.status for capture in told.pages] == [502, 200]
    assert site.at("/flaky") not in told.dropped


def test_a_page_that_fails_always_is_dropped_for_another_crawl(owner: Owner, site: Site) -> None:
    site.pages["/broken"] = Page(b"oops", status=500)
    told = fetch(owner, site, "/broken")
    (dropped,) = (m for m in told.messages if isinstance(m, Dropped) and m.url == site.at("/broken"))
    assert (dropped.reason, dropped.retry) == ("the server answered 500", True)
    assert site.count("/broken") == QUICK.attempts


def test_a_host_that_fails_again_and_again_is_left_alone(owner: Owner, site: Site) -> None:
    for number in range(300):
        site.answers[f"/down-{number}"] = hang_up
    told = fetch(owner, site, *(f"/down-{number}" for number in range(300)))
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "failed again and again" in outcome.message
    assert len(site.log) < 200


def test_pages_that_fail_do_not_keep_others_from_being_fetched(owner: Owner, site: Site) -> None:
    broken = [f"/broken-{number}" for number in range(12)]
    site.answers.update({path: always(Page(b"oops", status=500)) for path in broken})
    site.release("fine")
    told = fetch(owner, site, *broken)
    assert site.at("/news/fine/") in {capture.url for capture in told.pages}
    assert len(told.dropped) == 12


# Bytes as they came.


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_compressed_page_is_archived_compressed_and_read_back_plain(owner: Owner, site: Site, coding: str) -> None:
    text = b"<p>Crates on the quay.</p>" * 50
    site.answers["/packed"] = compressed(text, coding)
    capture = page(fetch(owner, site, "/packed"))
    assert capture.warc_length < len(text) * 2
    response = read(owner.directory, capture)
    assert response.body == text
    assert ("Content-Encoding", coding) in response.headers


def test_a_chunked_page_is_archived_whole_with_true_headers(owner: Owner, site: Site) -> None:
    text = b"<p>Piece by piece.</p>" * 200
    site.answers["/pieces"] = chunked(text)
    response = read(owner.directory, page(fetch(owner, site, "/pieces")))
    names = {name.lower(): value for name, value in response.headers}
    assert response.body == text
    assert "transfer-encoding" not in names
    assert names["content-length"] == str(len(text))


def test_header_values_are_archived_as_they_came(owner: Owner, site: Site) -> None:
    odd = (("X-oDD-naMe", "caf\xe9 \xa0 end"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    site.pages["/odd"] = Page(b"<p>odd</p>", headers=odd)
    response = read(owner.directory, page(fetch(owner, site, "/odd")))
    assert [item for item in response.headers if item[0] in ("X-oDD-naMe", "Set-Cookie")] == list(odd)


def test_a_compressed_feed_is_understood(owner: Owner, site: Site) -> None:
    site.release("in-a-packed-feed")
    site.answers["/feed.gz"] = compressed(site._feed().encode(), "gzip")
    told = owner.crawl(Job(source(site, feeds=(site.at("/feed.gz"),))))
    assert page(told).url == site.at("/news/in-a-packed-feed/")


# Connections that break, stall or never end.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (cut_short(b"<p>half", 5000), "broke before the whole body came"),
        (hang_up, "closed the connection"),
        (drip(8), "no complete answer within 1.5 seconds"),
        (silence(8), "no complete answer within 1.5 seconds"),
        (always(Page(b"x" * 1_000_001)), "more than the 1000000 allowed"),
        (endless, "more than the 1000000 bytes allowed"),
    ],
)
def test_a_page_that_never_comes_whole_is_dropped_with_a_reason(
    owner: Owner, site: Site, answer: Any, words: str
) -> None:
    site.answers["/bad"] = answer
    told = fetch(owner, site, "/bad")
    assert words in told.dropped[site.at("/bad")]
    assert not told.pages


def test_a_decompression_bomb_in_a_feed_is_refused(tmp_path: Path, site: Site) -> None:
    site.answers["/feed/"] = compressed(b"0" * 20_000_000, "gzip")
    with Owner(tmp_path, replace(QUICK, document_bytes=1_000_000)) as owner:
        told = owner.crawl(Job(source(site)))
    assert "1000000" in told.dropped[site.at("/feed/")]


def test_a_refused_connection_and_a_name_without_address_are_told_in_words(owner: Owner, site: Site) -> None:
    with Site() as closed:
        pass
    refused = Source("refused", closed.url, delay=0)
    nameless = Source("nameless", "http://newsroom.invalid/", delay=0)
    spoken_plainly = Source("tls", site.url.replace("http:", "https:"), delay=0)
    outcomes = owner.crawl(Job(refused), Job(nameless), Job(spoken_plainly)).outcomes
    assert "the connection was refused" in outcomes["refused"].message
    assert "DNS: the name does not resolve" in outcomes["nameless"].message
    assert "TLS: " in outcomes["tls"].message
    assert all(outcome.errors and outcome.stopped_by == "refused" for outcome in outcomes.values())


# robots.txt and pace.


def test_what_robots_txt_disallows_is_not_asked_for(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /private/\n"
    told = fetch(owner, site, "/private/a", "/open")
    assert told.dropped[site.at("/private/a")] == "robots.txt disallows it"
    assert site.count("/private/a") == 0
    assert site.count("/open") == 1
    assert [capture.kind for capture in told.captures if capture.kind == "robots"] == ["robots"]


def test_rules_for_dateline_by_name_are_obeyed(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow:\n\nUser-agent: Dateline\nDisallow: /news/\n"
    site.release("hidden")
    assert not owner.crawl(Job(source(site))).pages


def test_nothing_is_fetched_while_robots_txt_cannot_be_read(owner: Owner, site: Site) -> None:
    site.answers["/robots.txt"] = always(Page(b"", status=503))
    told = fetch(owner, site, "/open")
    (outcome,) = told.outcomes.values()
    assert outcome.stopped_by == "refused"
    assert "robots.txt cannot be read" in outcome.message
    assert set(site.paths()) == {"/robots.txt"}


def test_the_longer_of_the_delay_and_the_crawl_delay_is_kept(owner: Owner, site: Site) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 0.4\n"
    fetch(owner, site, "/a", "/b", "/c", delay=0.1)
    moments = [asked.at for asked in site.log]
    assert len(moments) == 5
    assert moments[-1] - moments[1] >= 3 * 0.4 - 0.15


def test_the_delay_of_a_source_is_kept(owner: Owner, site: Site) -> None:
    fetch(owner, site, "/a", "/b", "/c", delay=0.3)
    moments = [asked.at for asked in site.log]
    assert moments[-1] - moments[0] >= 4 * 0.3 - 0.15


def test_one_honest_user_agent_and_no_cookies(owner: Owner, site: Site) -> None:
    site.pages["/a"] = Page(b"<p>a</p>", headers=(("Set-Cookie", "track=1"),))
    fetch(owner, site, "/a", "/b", contact="mailto:archive@quill.example")
    assert {asked.headers["user-agent"] for asked in site.log} == {"Dateline/0.0 (+mailto:archive@quill.example)"}
    assert not any({"cookie", "content-length"} & asked.headers.keys() for asked in site.log)


# The local network.


def test_no_link_and_no_redirect_leads_to_another_local_host(owner: Owner, site: Site) -> None:
    elsewhere = site.at("/news/secret/").replace("127.0.0.1", "localhost")
    site.release("secret")
    site.answers["/feed/"] = redirect(site.at("/feed-2/").replace("127.0.0.1", "localhost"))
    told = owner.crawl(Job(source(site), pending=(Link(elsewhere),)))
    assert "localhost leads to 127.0.0.1" in told.dropped[site.at("/feed/")]
    assert "a local network" in told.dropped[elsewhere]
    assert not told.pages
    assert set(site.paths()) == {"/robots.txt", "/feed/"}


def test_a_proxy_that_is_configured_resolves_names_and_is_used(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.delenv("no_proxy", raising=False)
    site.pages["http://newsroom.invalid/a"] = Page(b"<p>through the proxy</p>")
    with Owner(tmp_path) as owner:
        away = Source("away", "http://newsroom.invalid/", feeds=("http://newsroom.invalid/feed",), delay=0)
        told = owner.crawl(Job(away, pending=(Link("http://newsroom.invalid/a"),)))
    assert read(tmp_path, page(told)).body == b"<p>through the proxy</p>"
    assert {asked.headers["host"] for asked in site.log} == {"newsroom.invalid"}


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("64:ff9b::10.0.0.1", True),
        ("2002:7f00:1::", True),
        ("93.184.215.14", False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", False),
        ("::ffff:93.184.215.14", False),
    ],
)
def test_private_addresses_are_known_in_every_guise(address: str, private: bool) -> None:
    assert is_private(address) is private


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("intranet", True),
        ("press.corp", True),
        ("news.home.arpa", True),
        ("example.org", False),
        ("localhost.example.org", False),
        ("93.184.215.14", False),
    ],
)
def test_only_a_plainly_local_host_may_be_local(host: str, local: bool) -> None:
    assert is_local_name(host) is local


def test_a_name_that_leads_to_the_local_network_is_refused() -> None:
    """`localhost` stands for a public name that its owner let point at this machine."""
    asyncio.run(Guard().check("localhost", frozenset({"localhost"})))
    with pytest.raises(AddressRefused, match="localhost leads to"):
        asyncio.run(Guard().check("localhost", frozenset({"newsroom.example"})))
    with pytest.raises(AddressRefused, match="local network"):
        asyncio.run(Guard().resolve("localhost", 80))


# Bounds.


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


def test_links_of_earlier_days_are_skipped_and_end_a_listing(owner: Owner, site: Site) -> None:
    for number in range(60):
        site.release(f"dated-{number:02}", day=f"2026-{number // 10 + 1:02}-{number % 10 + 1:02}")
    watched = source(site, feeds=(), listings=(site.at("/news/"),))
    told = owner.crawl(Job(watched, since=date(2026, 5, 5)))
    assert len(told.pages) == 16
    assert "/news/page/5/" not in site.paths()
    assert not told.documents[site.at("/news/")].complete


def test_a_source_that_hangs_holds_up_nobody_and_ends_in_time(owner: Owner, site: Site) -> None:
    with Site() as slow:
        listed(site, 5)
        slow.answers["/feed/"] = silence(30)
        began = time.monotonic()
        hanging = source(slow, timeout=1.0)
        good = source(site)
        told = owner.crawl(Job(hanging), Job(good))
        took = time.monotonic() - began
    assert told.outcomes[hanging.name].stopped_by == "time"
    assert took < 6
    assert len(told.pages) == 5
    assert told.outcomes[good.name].stopped_by == ""
    assert told.outcomes[good.name].seconds < told.outcomes[hanging.name].seconds


def test_nothing_is_fetched_twice_in_a_crawl(owner: Owner, site: Site) -> None:
    release = site.release("once")
    pending = (Link(site.at("/news/once")), Link(site.at(release.path)), Link(site.at(release.path) + "?utm_source=x"))
    told = owner.crawl(Job(source(site), pending=pending, rechecks=(Recheck(site.at(release.path)),)))
    assert len([capture for capture in told.captures if capture.kind in ("page", "redirect")]) == 1


# Whatever was announced is there.


def test_every_file_written_here_is_read_back_whole(owner: Owner, site: Site) -> None:
    site.release("last")
    told = owner.crawl(Job(source(site)))
    (name,) = {capture.warc_file for capture in told.captures}
    assert name in files(owner.directory)
    assert {capture.warc_offset for capture in scan(owner.directory, name)} >= {
        capture.warc_offset for capture in told.captures
    }
    assert page(told).fetched_at <= datetime.now(UTC)
