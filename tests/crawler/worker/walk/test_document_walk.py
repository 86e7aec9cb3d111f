"""The walk through a source's documents: what makes a problem of one, and how far listings are walked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha1

import pytest

from archive.core.model import KnownDocument, Validators
from archive.core.urls import key
from crawler.fetch.errors import NotFetched
from crawler.worker.messages import Job
from tests.crawler.worker.walk.newsroom import FEED, HOME, LISTING, listing, notices, pager, rss, walk
from tests.support.owner import Owner, Told, known_from, page, source
from tests.support.site import Page, Release, Site, always


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
    assert sorted(site.paths()) == ["/feed/", "/news/", "/robots.txt"]
    assert all("if-none-match" in asked.headers for asked in site.log if asked.path != "/robots.txt")


def test_once_walked_back_a_watch_asks_for_three_documents_and_finds_what_was_published_meanwhile(
    owner: Owner, site: Site
) -> None:
    listed(site, 35)
    watched = source(site, listings=(site.at("/news/"),), sitemaps=(site.at("/sitemap.xml"),))
    told = owner.crawl(Job(watched))
    site.release("published-meanwhile")
    site.log.clear()
    again = owner.crawl(Job(watched, documents=known_from(told)))
    assert [capture.url for capture in again.pages] == [site.at("/news/published-meanwhile/")]
    assert site.paths().count("/news/published-meanwhile/") == 1
    assert set(site.paths()) - {"/news/published-meanwhile/"} == {"/robots.txt", "/feed/", "/news/", "/news/page/2/"}
    site.log.clear()
    owner.crawl(Job(watched, documents=known_from(Told(told.messages + again.messages))))
    assert sorted(site.paths()) == ["/feed/", "/news/", "/robots.txt"]


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
    assert "1 link not followed" in told.documents[site.at("/feed/")].note


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


# Why nothing can be learned from a document.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"<html><body><h1>Orlin</h1></body></html>", "an HTML page stands where the feed should be"),
        (b"  \n ", "the feed is empty"),
        (rss(), "the feed names no releases"),
        (b'{"tide": 3}', "this JSON is not a feed"),
        (404, "the server answered 404"),
        (410, "the server answered 410"),
        (NotFetched("the connection was refused", retry=True, failure=True), "the connection was refused"),
    ],
)
def test_a_feed_that_gives_nothing_is_a_problem_in_words(answer: bytes | int | NotFetched, words: str) -> None:
    walked = walk({FEED: answer}, feeds=(FEED,))
    assert walked.problems == (f"feed {FEED}: {words}",)
    if words != "the feed names no releases":
        assert walked.dropped[FEED] == words


def test_a_feed_with_releases_is_no_problem() -> None:
    walked = walk({FEED: rss(f"{HOME}news/lamps/")}, feeds=(FEED,))
    assert (walked.problems, walked.dropped) == ((), {})
    assert walked.offered == [f"{HOME}news/lamps/"]
    assert (walked.read[FEED].links, walked.read[FEED].problem, walked.read[FEED].offered) == (1, "", True)


def test_each_named_document_must_lead_to_releases() -> None:
    answers: dict[str, bytes | int | NotFetched] = {FEED: rss(f"{HOME}news/lamps/"), LISTING: 404}
    walked = walk(answers, feeds=(FEED,), listings=(LISTING,))
    assert walked.problems == (f"listing {LISTING}: the server answered 404",)


def test_an_index_of_years_is_no_problem_unless_it_once_named_releases() -> None:
    index = b"<html><body><a href='/news/2026/'>2026</a> <a href='/news/2025/'>2025</a></body></html>"
    pages = {LISTING: index, f"{HOME}news/2026/": listing(range(5))}
    assert walk(pages, listings=(LISTING,)).problems == ()
    for known in (KnownDocument(LISTING, "listing", links=5), KnownDocument(LISTING, "listing", problem="it is empty")):
        assert walk(pages, (known,), listings=(LISTING,)).problems


def test_a_document_whose_links_all_lead_elsewhere_is_a_problem() -> None:
    walked = walk({LISTING: listing(range(8), host="https://faraway.example/")}, listings=(LISTING,))
    assert walked.problems == (f"listing {LISTING}: 8 links not followed: other site (faraway.example)",)
    assert walked.read[LISTING].note == "8 links not followed: other site (faraway.example)"
    assert walked.offered == []


def test_a_document_of_which_some_links_lead_elsewhere_only_has_a_note() -> None:
    walked = walk({FEED: rss(f"{HOME}news/lamps/", "https://faraway.example/a/")}, feeds=(FEED,))
    assert walked.problems == ()
    assert walked.read[FEED].note == "1 link not followed: other site (faraway.example)"


def test_an_unchanged_document_keeps_the_problem_it_had() -> None:
    known = KnownDocument(FEED, "feed", Validators(etag="one", digest="d"), problem="the feed names no releases")
    walked = walk({FEED: 304}, (known,), feeds=(FEED,))
    assert walked.problems == (f"feed {FEED}: the feed names no releases",)
    assert (walked.read[FEED].full, walked.read[FEED].problem) == (False, "the feed names no releases")


def test_the_same_bytes_are_read_again_only_when_asked_to() -> None:
    body = rss(f"{HOME}news/lamps/")
    known = KnownDocument(FEED, "feed", Validators(digest=sha1(body).hexdigest()))
    assert walk({FEED: body}, (known,), feeds=(FEED,)).offered == []
    reread = KnownDocument(FEED, "feed", known.validators, reread=True)
    assert walk({FEED: body}, (reread,), feeds=(FEED,)).offered == [f"{HOME}news/lamps/"]


# How far the pages of a listing are walked.


def test_a_listing_is_walked_to_its_end_and_then_complete() -> None:
    answers = pager([range(n, n + 8) for n in range(0, 64, 8)])
    walked = walk(answers, listings=(LISTING,))
    assert walked.asked == list(answers)
    assert sorted(walked.offered) == sorted(notices(range(64)))
    assert walked.read[LISTING].complete


def test_a_page_of_a_listing_that_cannot_be_fetched_leaves_it_unfinished() -> None:
    answers = pager([range(8), range(8, 16), range(16, 24)])
    walked = walk({**answers, f"{LISTING}page/3/": 500}, listings=(LISTING,))
    assert not walked.read[LISTING].complete
    assert walked.problems == ()


def test_a_pager_without_end_is_left_after_five_pages_without_anything_new() -> None:
    walked = walk(pager([range(8), range(8, 16), *[range(8, 16)] * 40]), listings=(LISTING,))
    assert walked.asked == [LISTING, *(f"{LISTING}page/{n}/" for n in range(2, 8))]
    assert len(walked.offered) == 16


def test_pages_without_anything_new_count_only_in_a_row() -> None:
    again = range(8)
    pages = [again, *[again] * 4, range(8, 16), *[again] * 4, range(16, 24), again]
    walked = walk(pager(pages), listings=(LISTING,))
    assert len(walked.asked) == len(pages)
    assert sorted(walked.offered) == sorted(notices(range(24)))


def test_a_listing_is_asked_for_conditionally_only_when_it_was_walked_to_its_end() -> None:
    for complete, etag in ((True, "zero"), (False, "")):
        known = KnownDocument(LISTING, "listing", Validators(etag="zero", digest="d"), complete=complete)
        earlier = walk({LISTING: listing(range(8))}, (known,), listings=(LISTING,)).conditions[LISTING]
        assert earlier is not None
        assert (earlier.etag, earlier.digest) == (etag, "d")


def test_every_address_is_told_of_once() -> None:
    answers = {FEED: rss(*notices(range(4))), **pager([range(8), range(4, 12)])}
    walked = walk(answers, feeds=(FEED,), listings=(LISTING,))
    assert len({key(url) for url in walked.offered}) == len(walked.offered) == 12


def test_a_feed_of_more_than_the_newsroom_is_cut_to_it_and_not_watched() -> None:
    others = [f"{HOME}news/2026/fair-notice-{n}/" for n in range(10, 14)]
    dated = "".join(
        f"<item><title>Notice</title><link>{url}</link><pubDate>2026-03-2{n} 10:00</pubDate></item>"
        for n, url in enumerate((*notices(range(10, 14)), *others))
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Orlin</title>{dated}</channel></rss>'.encode()
    walked = walk({FEED: feed, LISTING: listing(range(10, 18))}, feeds=(FEED,), listings=(LISTING,))
    assert sorted(walked.offered) == notices(range(10, 18))
    assert (walked.read[FEED].watched, walked.read[LISTING].watched) == (False, True)


def test_a_consent_wall_is_passed_by_the_link_that_leads_back() -> None:
    wall = b"<html><body><h1>Cookies</h1><a href='/yes?back=/news/'>Accept all</a></body></html>"
    through = f"{HOME}yes?back=/news/"
    walked = walk({LISTING: wall, through: listing(range(8))}, listings=(LISTING,))
    assert walked.asked == [LISTING, through]
    assert sorted(walked.offered) == sorted(notices(range(8)))
    assert walked.read[LISTING].complete


def test_a_list_that_a_script_fills_from_data_is_watched_with_the_data_and_walked_by_year() -> None:
    def year(number: int) -> bytes:
        years = "".join(f"<a href='/news/{each}/'>{each}</a>" for each in (2026, 2025))
        return f"<h1>News</h1>{years}<script>$.getJSON('/news/json/news_{number}.json', show)</script>".encode()

    def data(numbers: Iterable[int]) -> bytes:
        rows = [
            {"title": f"The lamps of Orlin quay {n}", "url": f"/news/2026/lamp-notice-{n}/", "date": "2026-03-04"}
            for n in numbers
        ]
        return json.dumps({"items": rows}).encode()

    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: year(2026),
        f"{HOME}news/2026/": year(2026),
        f"{HOME}news/2025/": year(2025),
        f"{HOME}news/json/news_2026.json": data(range(8)),
        f"{HOME}news/json/news_2025.json": data(range(8, 20)),
    }
    walked = walk(answers, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(20)))
    assert walked.problems == ()
    digest = sha1(answers[LISTING]).hexdigest()  # type: ignore[arg-type]
    known = KnownDocument(LISTING, "listing", Validators(etag="one", digest=digest), complete=True, root=True)
    answers[f"{HOME}news/json/news_2026.json"] = data([30, *range(8)])
    again = walk(answers, (known,), frozenset(notices(range(20))), listings=(LISTING,))
    assert again.asked == [LISTING, f"{HOME}news/json/news_2026.json"]
    assert again.read[LISTING].complete
    assert notices(range(30, 31))[0] in again.offered


def test_a_list_that_a_script_fills_from_data_is_walked_by_the_counter_of_the_data() -> None:
    script = "<script>window.suche = {'endpoint': '/api/lampen/_search?sort=datum&from=0&size=8'};</script>"
    answers: dict[str, bytes | int | NotFetched] = {LISTING: f"<h1>Lampen</h1>{script}".encode()}
    for start in (0, 8, 16):
        rows = [
            {"_source": {"titel": f"Lampen am Kai {n}", "url": f"/news/2026/lamp-notice-{n}/", "datum": "2026-03-04"}}
            for n in range(start, min(start + 8, 19))
        ]
        held = json.dumps({"hits": {"total": 19, "hits": rows}}).encode()
        answers[f"{HOME}api/lampen/_search?sort=datum&from={start}&size=8"] = held
    assert sorted(walk(answers, listings=(LISTING,)).offered) == sorted(notices(range(19)))


def test_a_box_of_a_few_releases_beside_a_list_of_data_does_not_stand_for_it() -> None:
    box = "".join(f"<li><a href='/news/2026/lamp-notice-{n}/'>The lamps of Orlin quay {n}</a></li>" for n in range(4))
    script = "<script>$('#all').DataTable({'ajax': '/news/rows', 'order': [[0, 'desc']]});</script>"

    def rows(numbers: Iterable[int]) -> bytes:
        link = '<a href="/news/2026/lamp-notice-{0}/">The lamps of Orlin quay {0}</a>'
        return json.dumps({"data": [["4.3.2026", link.format(n)] for n in numbers]}).encode()

    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: f"<h1>News</h1><table id='all'></table><aside><ul>{box}</ul></aside>{script}".encode(),
        f"{HOME}news/rows": rows(range(19)),
    }
    walked = walk(answers, listings=(LISTING,))
    assert set(walked.offered) == set(notices(range(19)))
    known = KnownDocument(LISTING, "listing", complete=True, root=True, links=walked.read[LISTING].links)
    answers[f"{HOME}news/rows"] = rows([30, *range(19)])
    again = walk(answers, (known,), frozenset(notices(range(19))), listings=(LISTING,))
    assert again.asked == [LISTING, f"{HOME}news/rows"]
    assert notices(range(30, 31))[0] in again.offered


def test_data_of_something_else_beside_a_few_releases_is_asked_for_once() -> None:
    told = (
        "The lamps of Orlin are lit",
        "Bread from the old mill again",
        "A ferry sails to Valdora",
        "The bell is mended",
    )
    slugs = [one.lower().replace(" ", "-") for one in told]
    box = "".join(f"<li><a href='/news/2026/{s}/'>{t}</a></li>" for s, t in zip(slugs, told, strict=True))
    script = "<script>$.getJSON('/news/rows', fill('#menu'));</script>"
    page = f"<h1>News</h1><div id='menu'></div><main><ul>{box}</ul></main>{script}".encode()
    answers: dict[str, bytes | int | NotFetched] = {LISTING: page, f"{HOME}news/rows": b'{"menu": ["Piers", "Lamps"]}'}
    walked = walk(answers, listings=(LISTING,))
    assert f"{HOME}news/rows" in walked.asked
    assert walked.read[LISTING].links == 4
    known = (
        KnownDocument(LISTING, "listing", complete=True, root=True, links=4),
        KnownDocument(f"{HOME}news/rows", "listing"),
    )
    answers[LISTING] = page.replace(b"/the-bell", b"/the-new-bell")
    again = walk(answers, known, frozenset(walked.offered), listings=(LISTING,))
    assert again.asked == [LISTING]
    assert f"{HOME}news/2026/the-new-bell-is-mended/" in again.offered

    answers[LISTING] = page
    links = [f"/news/2026/{slug}/" for slug in slugs]
    for named, left in (([*links, "/news/2026/the-old-pier-is-sold/"], 0), (["/news/2026/the-old-pier-is-sold/"], 4)):
        rows = [{"url": each, "title": each[11:-1].replace("-", " "), "date": "2026-03-04"} for each in named]
        answers[f"{HOME}news/rows"] = json.dumps({"items": rows}).encode()
        walked = walk(answers, listings=(LISTING,))
        assert f"{HOME}news/2026/the-old-pier-is-sold/" in walked.offered
        assert walked.read[LISTING].links == left, named
