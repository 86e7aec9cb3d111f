"""What is new behind roots that were once walked to their end, and how little is asked for to find it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha1

import pytest

from archive.core.backfill import Backfill
from archive.core.model import KnownDocument, Link, Validators
from crawler.fetch.errors import NotFetched
from tests.crawler.worker.walk.newsroom import HOME, LISTING, NOON, listing, notices, pager, walk


def test_a_sitemap_of_a_later_crawl_gives_the_new_release_and_no_new_page_of_another_section() -> None:
    where, blog, event = (
        f"{HOME}sitemap.xml",
        f"{HOME}news/2026/a-walk-by-the-quay/",
        f"{HOME}events/2026/fair-of-boats/",
    )
    days = {url: f"2026-03-{n % 28 + 1:02}" for n, url in enumerate(notices(range(10, 20)), start=10)}
    days |= {blog: "2026-03-19", event: "2026-03-19"}
    entries = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in days.items())
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
    known = (
        KnownDocument(LISTING, "listing", complete=True, root=True, links=9),
        KnownDocument(where, "sitemap", complete=True, root=True, links=9, reread=True),
    )
    answers: dict[str, bytes | int | NotFetched] = {LISTING: listing(range(10, 20)), where: sitemap}
    old = frozenset(notices(range(10, 19)))
    walked = walk(answers, known, old, listings=(LISTING,), sitemaps=(where,))
    assert where in walked.asked
    assert sorted(walked.offered) == notices(range(10, 20))


@pytest.mark.parametrize(
    "index",
    [
        "<a href='/news/2026/'>2026</a> <a href='/news/2025/'>2025</a>",
        "<div id='here' data-parts='/news/2026/,/news/2025/'></div>",
    ],
)
def test_of_an_index_walked_before_the_newest_part_is_read_in_each_crawl(index: str) -> None:
    pages = {LISTING: f"<html><body>{index}</body></html>".encode(), f"{HOME}news/2026/": listing(range(5))}
    known = KnownDocument(LISTING, "listing", Validators(digest="as before"), complete=True, root=True, watched=True)
    walked = walk(pages, (known,), frozenset(notices(range(1, 5))), listings=(LISTING,))
    assert walked.asked == [LISTING, f"{HOME}news/2026/"]
    assert notices(range(1))[0] in walked.offered
    assert walked.read[LISTING].complete
    assert walked.read[LISTING].links == 0


def test_of_an_archive_whose_years_lead_to_months_the_newest_month_is_watched_and_all_are_walked() -> None:
    def cards(*folders: tuple[str, str]) -> bytes:
        return "".join(f"<h2><a href='{HOME}news/{path}'>{label}</a></h2>" for path, label in folders).encode()

    pages: dict[str, bytes | int | NotFetched] = {
        LISTING: cards(("notices-2026", "News 2026"), ("notices-2025", "News 2025")),
        f"{HOME}news/notices-2026": cards(
            *((f"notices-2026/{one.lower()}-2026", f"{one} 2026") for one in ("March", "February", "January"))
        ),
        f"{HOME}news/notices-2026/march-2026": listing(range(2)),
        f"{HOME}news/notices-2026/february-2026": listing(range(2, 5)),
        f"{HOME}news/notices-2026/january-2026": listing(range(5, 6)),
        f"{HOME}news/notices-2025": listing(range(6, 9)),
    }
    walked = walk(pages, listings=(LISTING,))
    assert sorted(walked.offered) == sorted(notices(range(9)))
    known = KnownDocument(LISTING, "listing", Validators(digest="as before"), complete=True, root=True, watched=True)
    pages[f"{HOME}news/notices-2026/march-2026"] = listing(range(9, 11))  # a month that holds nothing known
    again = walk(pages, (known,), frozenset(notices(range(9))), listings=(LISTING,))
    assert [url.removeprefix(HOME) for url in again.asked] == [
        "news/",
        "news/notices-2026",
        "news/notices-2026/march-2026",
        "news/notices-2026/february-2026",
    ]
    assert set(notices(range(9, 11))) < set(again.offered)
    assert again.read[LISTING].complete


def test_a_listing_once_complete_is_walked_only_as_far_as_there_is_something_new() -> None:
    answers = pager([range(n, n + 8) for n in range(0, 64, 8)])
    known = KnownDocument(LISTING, "listing", Validators(etag="zero", digest="other"), complete=True)
    old = frozenset(notices(range(10, 64)))
    walked = walk(answers, (known,), old, listings=(LISTING,))
    assert walked.asked == [LISTING, f"{LISTING}page/2/", f"{LISTING}page/3/"]
    assert walked.opened == [LISTING]
    assert walked.read[LISTING].complete
    nothing_new = walk(answers, (known,), frozenset(notices(range(64))), listings=(LISTING,))
    assert nothing_new.asked == [LISTING]


def test_a_newest_release_that_every_page_shows_makes_the_watch_read_two_pages_only() -> None:
    """Many sites show what is newest beside each page of their listing."""
    pages = [LISTING, *(f"{LISTING}page/{n}/" for n in (2, 3, 4))]
    answers: dict[str, bytes | int | NotFetched] = {
        url: listing((0, *range(8 * n + 1, 8 * n + 9)), following)
        for n, (url, following) in enumerate(zip(pages, [*pages[1:], ""], strict=True))
    }
    read = KnownDocument(LISTING, "listing", Validators(etag="zero", digest="other"), complete=True)
    walked = walk(answers, (read,), frozenset(notices(range(1, 40))), listings=(LISTING,))
    assert walked.asked == pages[:2]


def watched_list(*pages: range) -> tuple[tuple[KnownDocument, ...], tuple[Link, ...], frozenset[str]]:
    """A listing that was walked to its end and runs oldest first: its pages, the newest releases, all that is known."""
    addresses = [LISTING, *(f"{LISTING}page/{n}/" for n in range(2, len(pages) + 1))]
    documents = tuple(
        KnownDocument(
            url, "listing", Validators(digest=sha1(body).hexdigest()), url == LISTING, links=9, root=url == LISTING
        )
        for url, body in pager([*pages]).items()
        if isinstance(body, bytes)
    )
    found = [Link(url, via=via) for via, numbers in zip(addresses, pages, strict=True) for url in notices(numbers)]
    return documents, tuple(reversed(found)), frozenset(link.url for link in found)


def test_of_a_list_that_runs_oldest_first_the_last_page_is_asked_for_and_nothing_else() -> None:
    pages = [range(10), range(10, 20), range(20, 26)]
    documents, newest, old = watched_list(*pages)
    walked = walk(pager(pages), documents, old, newest=newest, listings=(LISTING,))
    assert walked.asked == [LISTING, f"{LISTING}page/3/"]
    assert (walked.offered, walked.back, walked.read[LISTING].complete) == ([], [], True)


def test_news_on_the_last_page_and_on_new_pages_behind_it_is_found() -> None:
    documents, newest, old = watched_list(range(10), range(10, 20), range(20, 26))
    answers = pager([range(10), range(10, 20), range(20, 30), range(30, 40), range(40, 42)])
    walked = walk(answers, documents, old, newest=newest, listings=(LISTING,))
    assert walked.asked == [LISTING, *(f"{LISTING}page/{n}/" for n in (3, 4, 5))]
    assert set(notices(range(26, 42))) <= set(walked.offered)
    assert (walked.opened, walked.back, walked.read[LISTING].complete) == ([LISTING], [], True)


def test_a_new_page_behind_a_last_page_that_is_full_is_found() -> None:
    documents, newest, old = watched_list(range(10), range(10, 20))
    answers = pager([range(10), range(10, 20), range(20, 21)])
    walked = walk(answers, documents, old, newest=newest, listings=(LISTING,))
    assert walked.asked == [LISTING, f"{LISTING}page/2/", f"{LISTING}page/3/"]
    assert set(notices(range(20, 21))) <= set(walked.offered)


def test_a_list_that_now_runs_in_another_order_is_walked_again() -> None:
    pages = [range(20, 29), range(10, 20), range(10)]
    documents, _, old = watched_list(*pages)
    newest = tuple(Link(url, via=LISTING) for url in notices(range(24, 29)))
    month_ago = Backfill(NOON - timedelta(days=31), NOON - timedelta(days=30))
    answers = pager([range(10), range(10, 20), range(20, 31)])
    walked = walk(answers, documents, old, month_ago, newest=newest, listings=(LISTING,))
    assert walked.asked == [LISTING, f"{LISTING}page/2/", f"{LISTING}page/3/"]
    assert set(notices(range(29, 31))) <= set(walked.offered)
    assert walked.back[-1].finished
