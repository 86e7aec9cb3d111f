"""Walking back to the first release: every way, in parts, and resumed; roots that repeat others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import KnownDocument, Link, Validators
from archive.core.urls import key
from crawler.discover.links import Discovered, Document
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched
from crawler.worker.walk.backfill_walk import redundant
from crawler.worker.walk.document_reader import DocumentResult
from crawler.worker.walk.walk_plan import MOST_TRIALS
from tests.crawler.worker.walk.newsroom import (
    FEED,
    HOME,
    LISTING,
    NOON,
    Walked,
    listing,
    notices,
    pager,
    rss,
    walk,
)


def pages_of(walked: Walked) -> dict[str, WalkPage]:
    """The pages of a walk as they were told last."""
    return {page.url: page for told in walked.back for page in told.pages}


def with_ways(numbers: range, markup: str) -> bytes:
    """A listing whose page has more than its releases."""
    return listing(numbers).replace(b"</main>", f"</main>{markup}".encode())


def test_years_in_links_are_walked_and_read_once() -> None:
    years = "".join(f'<a href="{LISTING}{year}">{year}</a>' for year in (2026, 2025, 2024))
    answers: dict[str, bytes | int | NotFetched] = {
        f"{LISTING}{year}": with_ways(range(start, start + 8), years)
        for year, start in ((2026, 10), (2025, 18), (2024, 26))
    }
    walked = walk({LISTING: answers[f"{LISTING}2026"], **answers}, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(10, 34)))
    assert walked.asked == [LISTING, f"{LISTING}2026", f"{LISTING}2025", f"{LISTING}2024"]
    assert walked.read[LISTING].complete
    assert walked.back[-1].finished


def test_an_archive_of_all_that_a_site_publishes_gives_only_what_says_the_kind_of_the_list() -> None:
    def row(url: str, kind: str, n: int) -> str:
        day = f"{n % 28 + 1} March 2026"
        return f"<tr><td><a href='{url}'>The lamps of Orlin quay, {n}</a></td><td>{kind}</td><td>{day}</td></tr>"

    rows = [row(url, "Harbour notices", n) for n, url in zip(range(2, 10), notices(range(2, 10)), strict=True)]
    rows += [row(f"{HOME}news/2026/road-works-{n}-begin/", "Road works", n) for n in range(2, 8)]
    front = with_ways(range(10, 18), "<p><a href='/old'>View archived notices</a></p>")
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: front.replace(b"<main>", b"<main><h1>Harbour notices</h1>"),
        f"{HOME}old": f"<html><body><h1>All</h1><table>{''.join(rows)}</table></body></html>".encode(),
    }
    walked = walk(answers, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(2, 18)))


def test_of_two_archives_that_of_the_list_is_read_and_of_that_of_the_site_nothing_else() -> None:
    row = "<li><a href='{}'>A story of {} lamps and boats</a> 2026-03-{:02}</li>"

    def page(rows: list[tuple[str, int]], more: str = "") -> bytes:
        items = "".join(row.format(url, day, day) for url, day in sorted(rows, key=lambda one: -one[1]))
        return f"<html><body><main><ul>{items}</ul>{more}</main></body></html>".encode()

    own = [(url, n) for n, url in zip(range(1, 29), notices(range(1, 29)), strict=True)]
    others = [(f"{HOME}news/2026/otter-story-{n}/", n) for n in range(3, 29, 2)]
    last = urlsplit(LISTING).path.strip("/").rpartition("/")[2]
    site, ours = f"{HOME}archive?n=1", f"{HOME}archive?n=1&kind={last}"
    links = "".join(f"<a href='{url}'>Archive</a>".replace("&", "&amp;") for url in (site, ours))
    mixed = sorted(own + others, key=lambda one: -one[1])
    answers: dict[str, bytes | int | NotFetched] = {LISTING: page(own[18:], links)}
    for address, rows in ((site, mixed), (ours, own[::-1])):
        parts = [rows[at : at + 10] for at in range(0, len(rows), 10)]
        numbers = "".join(f"<a href='{address.replace('n=1', f'n={n}')}'>{n}</a>" for n in range(1, len(parts) + 1))
        answers |= {address.replace("n=1", f"n={n}"): page(part, numbers) for n, part in enumerate(parts, 1)}
    walked = walk(answers, listings=(LISTING,))
    assert walked.asked.index(ours) < walked.asked.index(site)
    assert sorted(set(walked.offered)) == sorted(url for url, _ in own)


def test_months_of_all_posts_beside_a_walked_list_give_nothing_of_the_days_of_that_list() -> None:
    def month(first: int) -> bytes:
        rows = [(url, 38 - n) for n, url in zip(range(first, first + 4), notices(range(first, first + 4)), strict=True)]
        rows += [(f"{HOME}news/2026/otter-story-{first + n}/", 38 - first - n) for n in range(3)]
        row = "<li><a href='{}'>A story of {} lamps and boats</a> 2026-03-{:02}</li>"
        items = "".join(row.format(url, day, day) for url, day in rows)
        return f"<html><body><main><ul>{items}</ul></main></body></html>".encode()

    months = "".join(f"<a href='{LISTING}2026/0{n}'>2026-0{n}</a>" for n in (3, 2))
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: dated("2026-03-28", range(10, 18), f"<a href='{LISTING}page/2/'>2</a>{months}"),
        f"{LISTING}page/2/": dated("2026-03-20", range(1, 10)),
        f"{LISTING}2026/03": month(14),
        f"{LISTING}2026/02": month(12),
    }
    walked = walk(answers, listings=(LISTING,))
    assert f"{LISTING}2026/02" in walked.asked
    assert not [url for url in walked.offered if "otter" in url]


def test_an_endpoint_is_asked_on_by_its_counter_until_nothing_new_comes() -> None:
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: with_ways(range(10, 18), "<button data-url='/api/list' data-page='1'>Load more</button>")
    }
    for page in (2, 3, 4):
        urls = notices(range(page * 8 + 2, page * 8 + 10)) if page < 4 else []
        items = [{"title": f"The lamps of Orlin quay, {n}", "url": url} for n, url in enumerate(urls)]
        answers[f"{HOME}api/list?page={page}"] = json.dumps({"items": items}).encode()
    walked = walk(answers, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(10, 34)))
    assert walked.asked == [LISTING, *(f"{HOME}api/list?page={page}" for page in (2, 3, 4)), f"{HOME}api/list"]


def test_an_endpoint_whose_first_part_is_what_the_list_shows_goes_on() -> None:
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: with_ways(range(10, 18), "<press-list api-url='/api/list?kind=4&page=0'></press-list>")
    }
    for page in (0, 1, 2):
        urls = notices(range(page * 8 + 10, page * 8 + 18)) if page < 2 else []
        items = [{"title": f"The lamps of Orlin quay, {n}", "url": url} for n, url in enumerate(urls)]
        answers[f"{HOME}api/list?kind=4&page={page}"] = json.dumps({"items": items}).encode()
    walked = walk(answers, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(10, 26)))
    assert walked.asked == [LISTING, *(f"{HOME}api/list?kind=4&page={page}" for page in (0, 1, 2))]


def test_a_sitemap_gives_only_what_has_the_shape_of_the_releases() -> None:
    others = [f"{HOME}about/", f"{HOME}services/harbour-lights/", f"{HOME}privacy/"]
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in (*others, *notices(range(10, 40))))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
    where = f"{HOME}sitemap.xml"
    walked = walk({LISTING: listing(range(10, 18)), where: sitemap}, listings=(LISTING,), sitemaps=(where,))
    assert sorted(walked.offered) == sorted(notices(range(10, 40)))
    assert walked.read[where].complete


def test_of_an_index_of_sitemaps_the_pages_of_the_site_are_left_out_whatever_its_files_are_called() -> None:
    index = f"{HOME}sitemap.xml"
    parts = [f"{HOME}part-{name}.xml" for name in ("pages", "odds", "lamps")]
    files = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in parts)
    others = [f"{HOME}{name}" for name in ("about", "services", "jobs", "history", "staff", "contact")]

    def urlset(urls: Iterable[str]) -> bytes:
        return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()

    answers: dict[str, bytes | int | NotFetched] = {
        index: f"<sitemapindex>{files}</sitemapindex>".encode(),
        parts[0]: urlset(others),
        parts[1]: urlset([f"{HOME}a", f"{HOME}b"]),
        parts[2]: urlset(notices(range(10, 20))),
    }
    walked = walk(answers, sitemaps=(index,))
    assert sorted(walked.offered) == sorted(notices(range(10, 20)))
    assert sorted(walked.asked) == sorted([index, *parts, *parts[:2]]), "files that show nothing are read again, once"
    answers[parts[2]] = urlset([f"{HOME}c"])
    assert sorted(walk(answers, sitemaps=(index,)).offered) == sorted([*others, f"{HOME}a", f"{HOME}b", f"{HOME}c"])


def test_a_calendar_of_events_is_left_after_one_page() -> None:
    months = "".join(f'<a href="{HOME}events/2026/{month:02}">{month:02}/2026</a>' for month in range(1, 13))
    events: dict[str, bytes | int | NotFetched] = {
        f"{HOME}events/2026/{month:02}": f"<h1>Events</h1><a href='/events/a-{month}'>x</a>{months}".encode()
        for month in range(1, 13)
    }
    walked = walk({LISTING: with_ways(range(10, 18), months), **events}, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(10, 18)))
    assert len(walked.asked) == 2


def test_what_only_a_browser_reaches_is_told() -> None:
    walked = walk({LISTING: with_ways(range(10, 18), "<button>Load more</button>")}, listings=(LISTING,))
    assert walked.remarks == (
        f"{LISTING}: further pages stand behind a form (POST) or a script: give its sitemap, or `render = true`",
    )
    assert walk({LISTING: listing(range(8))}, listings=(LISTING,)).remarks == ()


def test_a_walk_that_was_cut_short_goes_on_where_it_was() -> None:
    read = KnownDocument(LISTING, "listing", Validators(etag="one"), root=True, recent=True)
    left = (
        WalkPage(f"{LISTING}page/2/", "listing", "", "pager orlin.example/news", "read"),
        WalkPage(f"{LISTING}page/3/", "listing", "", "pager orlin.example/news", "todo"),
    )
    begun = Backfill(NOON, pages=left, seen=frozenset(map(key, notices(range(16)))), reached="2026-03-01")
    answers: dict[str, bytes | int | NotFetched] = {
        f"{LISTING}page/3/": listing(range(16, 24), f"{LISTING}page/4/"),
        f"{LISTING}page/4/": listing(range(24, 28)),
    }
    walked = walk(answers, (read,), begun=begun, listings=(LISTING,))
    assert walked.asked == [f"{LISTING}page/3/", f"{LISTING}page/4/"]
    assert sorted(walked.offered) == sorted(notices(range(16, 28)))
    assert walked.read[LISTING].complete
    assert (walked.back[-2].found, walked.back[-1].finished) == (28, True)


def test_a_walk_that_goes_on_at_once_takes_all_of_a_list_that_was_read_shortly_before() -> None:
    """The pages of that list are its own, though it is not read again: also releases of days that it had already."""
    answers = pager([range(8), range(8, 40), range(28, 60)])
    first = walk(answers, listings=(LISTING,), most=1)
    assert sorted(first.offered) == sorted(notices(range(40)))
    begun = Backfill(
        NOON,
        pages=tuple(pages_of(first).values()),
        seen=frozenset(map(key, first.offered)),
        reached=first.back[-1].reached,
        coverage=first.back[-1].coverage,
    )
    read = KnownDocument(LISTING, "listing", Validators(etag="one"), root=True, recent=True)
    second = walk(answers, (read,), frozenset(first.offered), begun, listings=(LISTING,))
    assert second.asked == [f"{LISTING}page/3/"]
    assert sorted({*first.offered, *second.offered}) == sorted(notices(range(60)))


def test_a_walk_goes_on_where_its_list_numbers_its_pages_anew() -> None:
    known = KnownDocument(LISTING, "listing", Validators(etag="one"), root=True)
    waiting = WalkPage(f"{LISTING}?page=2", "listing", "", f"pager {key(LISTING)}", "todo")
    begun = Backfill(NOON, pages=(waiting,), seen=frozenset(map(key, notices(range(8)))))
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: listing(range(8), f"{LISTING}page/2/"),
        f"{LISTING}page/2/": listing(range(8, 16), f"{LISTING}page/3/"),
        f"{LISTING}page/3/": listing(range(16, 20)),
    }
    walked = walk(answers, (known,), begun=begun, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(20)))
    assert pages_of(walked)[waiting.url].state == "read"
    assert walked.back[-1].finished


def test_a_page_that_fails_is_asked_once_more_in_another_crawl_and_then_given_up() -> None:
    first = walk({LISTING: listing(range(8), f"{LISTING}page/2/"), f"{LISTING}page/2/": 503}, listings=(LISTING,))
    failed = pages_of(first)[f"{LISTING}page/2/"]
    assert (failed.state, first.unfinished, first.read[LISTING].complete) == ("failed", True, False)
    read = KnownDocument(LISTING, "listing", Validators(etag="one"), root=True)
    begun = Backfill(NOON, pages=(failed,), seen=frozenset(map(key, notices(range(8)))))
    second = walk({LISTING: 304, f"{LISTING}page/2/": 503}, (read,), begun=begun, listings=(LISTING,))
    assert (pages_of(second)[f"{LISTING}page/2/"].state, second.unfinished) == ("read", False)
    assert second.read[LISTING].complete


def test_enough_is_enough() -> None:
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: listing(range(8), f"{LISTING}page/2/"),
        f"{LISTING}page/2/": listing(range(8, 16), f"{LISTING}page/3/"),
    }
    walked = walk(answers, limit=10, listings=(LISTING,))
    assert walked.asked == [LISTING, f"{LISTING}page/2/"]
    assert (walked.unfinished, walked.read[LISTING].complete) == (True, False)
    assert pages_of(walked)[f"{LISTING}page/3/"].state == "todo"


def test_without_backfill_the_front_page_is_all() -> None:
    walked = walk({LISTING: listing(range(8), f"{LISTING}page/2/")}, listings=(LISTING,), backfill=False)
    assert (walked.asked, walked.unfinished, walked.read[LISTING].complete) == ([LISTING], False, True)
    assert walked.back == []


def test_a_gap_opens_the_walk_again() -> None:
    """Where all that a watch sees is new, what lies between is looked for."""
    known = (KnownDocument(LISTING, "listing", Validators(digest="x"), complete=True, root=True),)
    walked = walk({LISTING: listing(range(8))}, known, listings=(LISTING,))
    assert walked.back, "the walk back began again"
    old = frozenset(notices(range(4, 8)))
    assert walk({LISTING: listing(range(8))}, known, old=old, listings=(LISTING,)).back == []


def test_a_feed_goes_on_with_its_second_page() -> None:
    answers: dict[str, bytes | int | NotFetched] = {
        FEED: rss(*notices(range(10))),
        f"{FEED}?paged=2": rss(*notices(range(10, 14))),
    }
    walked = walk(answers, feeds=(FEED,))
    assert walked.asked[:2] == [FEED, f"{FEED}?paged=2"]
    assert sorted(walked.offered) == sorted(notices(range(14)))


def test_a_feed_goes_on_with_the_page_that_it_names() -> None:
    def named(following: str, numbers: range) -> bytes:
        link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="{following}"/>'
        return rss(*notices(numbers)).replace(b"<channel>", f"<channel>{link}".encode(), 1)

    answers: dict[str, bytes | int | NotFetched] = {
        FEED: named(f"{HOME}older/7", range(3)),
        f"{HOME}older/7": named(f"{HOME}older/6", range(3, 6)),
        f"{HOME}older/6": named(f"{HOME}older/6", range(6, 8)),
    }
    walked = walk(answers, feeds=(FEED,))
    assert walked.asked[:3] == [FEED, f"{HOME}older/7", f"{HOME}older/6"]
    assert sorted(walked.offered) == sorted(notices(range(8)))


def test_roots_whose_newest_stand_in_others_are_redundant() -> None:
    def root(url: str, kind: str, *numbers: int) -> tuple[Document, DocumentResult]:
        links = Discovered(tuple(replace(_LINK, url=f"{HOME}{n}") for n in numbers))
        named = frozenset(key(link.url) for link in links.links)
        return Document(url, kind), DocumentResult(_ANSWER, links, True, named=named)  # type: ignore[arg-type]

    roots = [
        root(FEED, "feed", 1, 2, 3),
        root(f"{HOME}second", "feed", 2, 3),
        root(LISTING, "listing", 1, 2, 3, 4),
        root(f"{HOME}sport", "listing", 8, 9),
    ]
    assert redundant(roots, {}) == {f"{HOME}second"}


_ANSWER = Answer(HOME, 200, b"", "", Validators())
_LINK = Link(HOME)


def test_an_archive_is_walked_over_its_years_and_months() -> None:
    """Its own page and those of its years name no release."""
    years = {2026: {2: 18, 1: 26}, 2025: {12: 34, 11: 42}}
    link = "<p><a href='/old/{}'>{}</a></p>"
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: with_ways(range(10, 18), "<a href='/old/'>News archive</a>"),
        f"{HOME}old/": "".join(link.format(year, year) for year in years).encode(),
    }
    for year, months in years.items():
        answers[f"{HOME}old/{year}"] = "".join(link.format(f"{year}/{n:02}", f"{n}/{year}") for n in months).encode()
        for month, start in months.items():
            answers[f"{HOME}old/{year}/{month:02}"] = listing(range(start, start + 8))
    walked = walk(answers, listings=(LISTING,))
    assert sorted(walked.asked) == sorted(answers)
    assert sorted(walked.offered) == sorted(notices(range(10, 50)))
    assert walked.read[LISTING].complete


def dated(newest: str, numbers: range, more: str = "", section: str = "news") -> bytes:
    """A page of a list whose releases are a day apart from the newest on, each older than the one before."""
    first = date.fromisoformat(newest)
    items = "".join(
        f'<article><h2><a href="{HOME}{section}/2026/lamp-notice-{n}/">The lamps of Orlin quay, notice {n}</a></h2>'
        f"<time>{first - timedelta(days=place)}</time></article>"
        for place, n in enumerate(numbers)
    )
    return f"<html><body><main>{items}</main>{more}</body></html>".encode()


def test_a_link_with_a_label_in_no_known_language_is_followed_where_its_page_goes_on_from_the_list() -> None:
    page_2, page_3 = f"{LISTING}?blokk=2", f"{LISTING}?blokk=3"
    walked = walk(
        {
            LISTING: dated("2026-03-20", range(8), f'<a href="{page_2}">Djupare ned i kista</a>'),
            page_2: dated("2026-03-12", range(8, 16), f'<a href="{LISTING}">Opp</a><a href="{page_3}">Djupare</a>'),
            page_3: dated("2026-03-04", range(16, 19), f'<a href="{page_2}">Opp</a>'),
        },
        listings=(LISTING,),
    )
    assert sorted(walked.offered) == sorted(notices(range(19)))
    assert walked.asked == [LISTING, page_2, page_3]
    assert (walked.remarks, walked.read[LISTING].complete) == ((), True)


def test_a_link_without_words_is_followed_from_page_to_page_by_the_number_of_an_item() -> None:
    def linked(newest: str, numbers: range, *items: int) -> bytes:
        links = (f'<a href="{LISTING}?l=8&amp;o={item}"><span class="to"></span></a>' for item in items)
        return dated(newest, numbers, "".join(links))

    walked = walk(
        {
            LISTING: linked("2026-03-20", range(8), 8),
            f"{LISTING}?l=8&o=8": linked("2026-03-12", range(8, 16), 0, 16),
            f"{LISTING}?l=8&o=16": linked("2026-03-04", range(16, 24), 8, 24),
            f"{LISTING}?l=8&o=24": linked("2026-02-24", range(24, 27), 16),
        },
        listings=(LISTING,),
    )
    assert sorted(walked.offered) == sorted(notices(range(27)))
    assert walked.asked == [LISTING, *(f"{LISTING}?l=8&o={item}" for item in (8, 16, 24))]


def test_what_does_not_go_on_from_the_list_is_offered_to_nobody_and_few_of_these_links_are_tried() -> None:
    links = "".join(f'<a href="{LISTING}{word}">{word}</a> ' for word in ("taler", "folk", "ting", "dyr", "hus"))
    speeches = dated("2026-03-19", range(80, 88))
    walked = walk(
        {
            LISTING: dated("2026-03-20", range(8), links),
            **{f"{LISTING}{word}": speeches for word in ("taler", "folk", "ting", "dyr", "hus")},
        },
        listings=(LISTING,),
    )
    assert sorted(walked.offered) == sorted(notices(range(8)))
    assert len(walked.asked) == 1 + MOST_TRIALS
    assert walked.remarks == (
        f"{LISTING} may be the top of a longer list: no page with releases from before 2026-03-13 was found. If there"
        " are some, name such a page as a listing of the source, or its sitemap",
    )


def test_links_without_a_known_label_are_not_tried_where_years_led_back() -> None:
    more = f'<a href="{LISTING}2025">2025</a> <a href="{LISTING}2024">2024</a> <a href="{LISTING}kista">kista</a>'
    walked = walk(
        {
            LISTING: dated("2026-03-20", range(8), more),
            f"{LISTING}2025": dated("2025-12-20", range(8, 16)),
            f"{LISTING}2024": dated("2024-12-20", range(16, 20)),
        },
        listings=(LISTING,),
    )
    assert sorted(walked.offered) == sorted(notices(range(20)))
    assert walked.asked == [LISTING, f"{LISTING}2025", f"{LISTING}2024"]


def test_a_sitemap_with_the_same_releases_shows_that_the_list_is_whole() -> None:
    where = f"{HOME}sitemap.xml"
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in notices(range(10)))
    answers: dict[str, bytes | int | NotFetched] = {LISTING: dated("2026-03-20", range(10))}
    assert "longer list" in walk(answers, listings=(LISTING,)).remarks[0]
    answers[where] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
    assert walk(answers, listings=(LISTING,), sitemaps=(where,)).remarks == ()


def sitemap(part: int, other: str) -> bytes:
    """Four notices of March, and perhaps a page of another section in the same folder."""
    numbers = range(1 + 4 * part, 5 + 4 * part)
    days = [(url, n % 28 + 1) for n, url in zip(numbers, notices(numbers), strict=True)]
    days += [(f"{HOME}news/2026/{other}-notice-{part}/", 3 + 4 * part)] if other else []
    entries = "".join(f"<url><loc>{url}</loc><lastmod>2026-03-{day:02}</lastmod></url>" for url, day in days)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


TWO_PAGES: dict[str, bytes | int | NotFetched] = {
    LISTING: listing(range(9, 17), f"{LISTING}page/2/"),
    f"{LISTING}page/2/": listing(range(1, 9)),
}
MAPS = tuple(f"{HOME}sitemap-{part}.xml" for part in range(4))


def test_sitemaps_by_month_give_nothing_of_other_sections_that_the_walked_list_leaves_out() -> None:
    bodies = {url: sitemap(part, "school") for part, url in enumerate(MAPS)}
    assert sorted(walk(TWO_PAGES | bodies, listings=(LISTING,), sitemaps=MAPS).offered) == sorted(notices(range(1, 17)))
    few = walk(TWO_PAGES | bodies, listings=(LISTING,), sitemaps=MAPS[:2])
    assert len(few.offered) == 18


def test_a_walk_in_parts_takes_of_sitemaps_what_one_in_one_go_takes() -> None:
    """Whether what the list leaves out is much shows only at the end: the walk is cut after each of its requests."""

    for others in (("school",) * 4, ("school", "", "", ""), ("", "school", "", "")):
        answers = TWO_PAGES | {url: sitemap(part, others[part]) for part, url in enumerate(MAPS)}
        whole = walk(answers, listings=(LISTING,), sitemaps=MAPS)
        assert sorted(in_parts(answers, MAPS)) == sorted(whole.offered)


def in_parts(answers: dict[str, bytes | int | NotFetched], sitemaps: tuple[str, ...]) -> list[str]:
    """What a walk offers that reads one further page in each crawl."""
    begun, offered, known = None, list[str](), tuple[KnownDocument, ...]()
    state: dict[str, WalkPage] = {}
    for _ in range(9):
        part = walk(answers, known, frozenset(offered), begun, listings=(LISTING,), sitemaps=sitemaps, most=1)
        offered += [url for url in part.offered if url not in offered]
        if part.back[-1].finished:
            return offered
        state |= {page.url or page.family: page for told in part.back for page in told.pages}
        listed = {key(url): f"2026-03-{n % 28 + 1:02}" for n, url in enumerate(notices(range(17))) if url in offered}
        begun = Backfill(
            NOON,
            pages=tuple(state.values()),
            seen=frozenset(map(key, offered)),
            reached=part.back[-1].reached,
            listed=listed,
            coverage=part.back[-1].coverage,
        )
        known = (KnownDocument(LISTING, "listing", Validators(etag="one"), root=True),)
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize(
    ("query", "ends", "last"),
    [
        ("page=2", {}, b"[]"),
        ("page=2", {}, b'{"items": []}'),
        ("page=2", {}, 404),
        ("page=2", {"hasMore": True}, {"hasMore": False}),
        ("page=2", {"next": None}, {}),
        ("page=2", {"totalPages": 4, "page": 2}, {}),
        ("page=2", {"total": 26}, {}),
        ("page=2", {}, "the last again"),
        ("offset=8", {"count": 26}, {}),
        ("offset=8", {}, {"items": [], "message": "no more"}),
    ],
)
def test_an_endpoint_ends_however_it_says_so(query: str, ends: dict[str, Any], last: Any) -> None:
    """After its last releases at most one more answer is asked for, and the walk is over."""
    at, name = f"{HOME}api/notices?{query}", query.partition("=")[0]

    def part(numbers: range, more: dict[str, Any]) -> bytes:
        items = [{"title": f"The lamps of Orlin quay, number {n}", "url": notices(range(n, n + 1))[0]} for n in numbers]
        return json.dumps({"items": items, **more}).encode()

    address = {n: f"{HOME}api/notices?{name}={(n if name == 'page' else n * 8 - 8)}" for n in range(2, 8)}
    final = ends | (last if isinstance(last, dict) and "items" not in last else {})
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: with_ways(range(8), f"<div data-next-url='{at}'></div>"),
        address[2]: part(range(8, 16), ends),
        address[3]: part(range(16, 24), ends),
        address[4]: part(range(24, 26), final),
    }
    for n in range(5, 8):
        after = part(range(24, 26), {}) if last == "the last again" else last
        answers[address[n]] = after if isinstance(after, bytes | int) else json.dumps({"items": [], **final}).encode()
    walked = walk(answers, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(26)))
    assert walked.back[-1].finished
    assert len(walked.asked) <= 1 + 4


def test_a_list_that_states_more_releases_than_were_found_is_told() -> None:
    front = listing(range(8)).replace(b"<main>", b"<main><p>Notices 1 to 8 of 40</p>")
    walked = walk({LISTING: front}, listings=(LISTING,))
    assert walked.remarks[0].startswith(f"{LISTING} says that it has 40 releases, and 8 were found.")
    assert walked.back[-1].finished
    whole = {LISTING: listing(range(8), f"{LISTING}page/2/").replace(b"<main>", b"<main><p>Notices 1 to 8 of 16</p>")}
    assert walk({**whole, f"{LISTING}page/2/": listing(range(8, 16))}, listings=(LISTING,)).remarks == ()


def test_an_endpoint_of_all_that_a_site_publishes_gives_nothing_to_a_list_of_some() -> None:
    """What is new in its answer is of the days that the list has: other posts."""
    script = "<script>fetch('/api/posts?page=' + page).then(show)</script>"
    posts = [
        {"title": f"The garden of Orlin, {n}", "url": f"{HOME}posts/garden-{n}", "date": "2026-05-03"} for n in range(4)
    ]
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: with_ways(range(7, -1, -1), script),
        f"{HOME}api/posts?page=2": json.dumps(posts).encode(),
    }
    walked = walk(answers, listings=(LISTING,))
    assert f"{HOME}api/posts?page=2" in walked.asked
    assert sorted(walked.offered) == sorted(notices(range(8)))


@pytest.mark.parametrize("in_parts", [False, True])
def test_an_endpoint_of_a_list_that_runs_oldest_first_goes_on_with_what_is_younger(in_parts: bool) -> None:
    script = "<script>fetch('/api/posts?page=' + page).then(show)</script>"
    answers: dict[str, bytes | int | NotFetched] = {LISTING: with_ways(range(8), script)}
    for page, numbers in ((2, range(8, 16)), (3, range(16, 20)), (4, range(0))):
        items = [
            {"title": f"The lamps of Orlin quay, notice number {n}", "url": url, "date": f"2026-03-{n + 1:02}"}
            for n, url in zip(numbers, notices(numbers), strict=True)
        ]
        answers[f"{HOME}api/posts?page={page}"] = json.dumps({"items": items}).encode()
    walked = walk(answers, listings=(LISTING,), most=0 if in_parts else 100)
    if in_parts:
        told, known = walked.back[-1], walked.read[LISTING]
        begun = Backfill(
            NOON, pages=tuple(pages_of(walked).values()), reached=told.reached, coverage=told.coverage,
            seen=frozenset(map(key, walked.offered)),
        )  # fmt: skip
        document = KnownDocument(LISTING, "listing", known.validators, links=8, root=True)
        walked = walk(answers, (document,), begun=begun, listings=(LISTING,))
    assert set(notices(range(8, 20))) <= set(walked.offered)
    assert walked.back[-1].finished


def test_an_endpoint_of_a_list_whose_months_run_oldest_first_goes_back() -> None:
    script = "<script>fetch('/api/posts?page=' + page).then(show)</script>"
    answers: dict[str, bytes | int | NotFetched] = {LISTING: with_ways(range(20, 28), script)}
    for page, numbers in ((2, range(10, 20)), (3, range(10)), (4, range(0))):
        items = [
            {"title": f"The lamps of Orlin quay, notice number {n}", "url": url, "date": f"2026-03-{n + 1:02}"}
            for n, url in zip(numbers, notices(numbers), strict=True)
        ]
        answers[f"{HOME}api/posts?page={page}"] = json.dumps({"items": items}).encode()
    walked = walk(answers, listings=(LISTING,))
    assert set(notices(range(28))) <= set(walked.offered)
    assert walked.back[-1].finished


def test_a_list_of_the_newest_month_alone_has_no_gap_where_an_older_month_names_what_is_known() -> None:
    """A watch that sees nothing but news reads the months before, empty ones too, until one names known releases."""
    known = (KnownDocument(LISTING, "listing", Validators(digest="x"), complete=True, root=True),)
    months = "".join(f"<a href='{LISTING}2026/{n:02}/'>2026-{n:02}</a>" for n in (5, 4, 3, 2))
    answers: dict[str, bytes | int | NotFetched] = {
        LISTING: with_ways(range(2), months),
        f"{LISTING}2026/05/": listing(range(2)),
        f"{LISTING}2026/04/": b"<html><body><main><p>There is nothing.</p></main></body></html>",
        f"{LISTING}2026/03/": listing(range(4, 8)),
        f"{LISTING}2026/02/": listing(range(8, 12)),
    }
    walked = walk(answers, known, old=frozenset(notices(range(4, 12))), listings=(LISTING,))
    assert walked.asked == [LISTING, f"{LISTING}2026/05/", f"{LISTING}2026/04/", f"{LISTING}2026/03/"]
    assert (walked.back, walked.read[LISTING].complete) == ([], True)
