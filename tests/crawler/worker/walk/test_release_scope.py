"""Which links are releases of the source: what its lists and its folder say of feeds, sitemaps and further pages."""

from __future__ import annotations

from archive.core.model import Kind, KnownDocument, Link
from crawler.discover.links import Discovered, Document
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from crawler.worker.walk.release_scope import ReleaseScope

HOME = "https://www.orlin.example/"
RELEASES = tuple(f"{HOME}news/the-lamps-of-quay-{n}-are-lit" for n in range(10, 16))
PAGES = (f"{HOME}about/", f"{HOME}events/2026/", f"{HOME}privacy/")


def links(urls: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(map(Link, urls))


def found(*urls: str, documents: tuple[Document, ...] = ()) -> Discovered:
    return Discovered(links(urls), documents)


def chosen(scope: ReleaseScope, kind: Kind, way: str = "", *urls: str) -> tuple[str, ...]:
    given = scope.chosen(found(*urls), kind, way).found
    return tuple(link.url for link in given.links)


def before_others(scope: ReleaseScope, *urls: str) -> tuple[tuple[str, ...], bool]:
    """What is chosen of a sitemap while others are still to be read, and whether it waits for them."""
    given = scope.chosen(found(*urls), "sitemap", "", others_wait=True)
    return tuple(link.url for link in given.found.links), given.waits


def test_of_a_sitemap_only_what_has_the_shape_of_releases_is_chosen() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME), newest=links(RELEASES)))
    assert chosen(scope, "sitemap", "", *RELEASES, *PAGES) == RELEASES
    assert chosen(scope, "listing", "", *RELEASES, *PAGES) == (*RELEASES, *PAGES), "a list's own page says itself"


def test_what_a_person_includes_is_not_judged_by_its_shape() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME, include=("about",)), newest=links(RELEASES)))
    assert chosen(scope, "sitemap", "", *RELEASES, *PAGES) == (*RELEASES, *PAGES)


def test_what_lists_named_in_earlier_crawls_teaches_the_shape() -> None:
    feed = KnownDocument(f"{HOME}feed/", "feed")
    job = Job(Source("orlin", HOME), (feed,), tuple(Link(url, via=feed.url) for url in RELEASES))
    assert chosen(ReleaseScope(job), "sitemap", "", *RELEASES, *PAGES) == RELEASES


def test_the_folder_of_all_that_is_known_bounds_feeds() -> None:
    own, other = (tuple(f"{HOME}{town}/the-lamps-of-quay-{n}" for n in range(10, 14)) for town in ("orlin", "ister"))
    scope = ReleaseScope(Job(Source("orlin", f"{HOME}orlin/"), newest=links(own)))
    assert chosen(scope, "feed", "", *own, *other) == (*own, *other)
    scope.bound_by([], named=[])
    assert chosen(scope, "feed", "", *own, *other) == own
    mixed = ReleaseScope(Job(Source("orlin", f"{HOME}orlin/"), newest=links(own)))
    mixed.bound_by([], named=[*own, other[0]])
    assert chosen(mixed, "feed", "", *own, *other) == (*own, *other), "its own lists name another folder"


def test_what_is_left_out_is_no_further_page_either() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME), newest=links(RELEASES)))
    pages = (Document(PAGES[1], "listing"), Document(f"{HOME}news/?page=2", "listing"))
    given = scope.chosen(found(*RELEASES, *PAGES, documents=pages), "sitemap", "").found
    assert [one.url for one in given.documents] == [f"{HOME}news/?page=2"]


def test_the_walk_may_say_what_of_a_further_page_is_the_newsrooms() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME), newest=links(RELEASES)))
    asked: list[str] = []

    def within(given: Discovered, way: str) -> Discovered:
        asked.append(way)
        return found(*(link.url for link in given.links[:2]))

    scope.within = within
    assert chosen(scope, "listing", "month", *RELEASES) == RELEASES[:2]
    assert chosen(scope, "sitemap", "", *RELEASES) == RELEASES[:2]
    assert asked == ["month", "sitemap"]


def test_a_sitemap_that_shows_no_shape_of_releases_waits_for_others_and_is_judged_by_theirs() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME)))
    assert before_others(scope, *PAGES) == ((), True)
    assert before_others(scope, *RELEASES, *PAGES) == (RELEASES, False)
    assert chosen(scope, "sitemap", "", *PAGES, f"{HOME}news/the-lamps-of-quay-9-are-lit") == (
        f"{HOME}news/the-lamps-of-quay-9-are-lit",
    )


def test_what_the_only_sitemap_names_is_taken_where_nothing_shows_a_shape() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME)))
    assert scope.chosen(found(*PAGES), "sitemap", "") == (found(*PAGES), False)


POSTS = tuple(f"{HOME}the-lamps-of-quay-{n}-are-lit" for n in range(10, 16))
FAIRS = tuple(f"{HOME}fairs/{year}/the-lamps-of-all-quays-are-lit" for year in range(2020, 2026))


def test_posts_at_the_root_of_a_site_stay_beside_a_sitemap_of_what_has_a_year_in_its_folder() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME)))
    assert before_others(scope, *POSTS) == (POSTS, False), "titles wait for nothing"
    assert before_others(scope, *FAIRS) == (FAIRS, False)
    assert chosen(scope, "sitemap", "", *POSTS, *PAGES) == (*POSTS, *PAGES)
    assert chosen(scope, "sitemap", "", *PAGES) == PAGES


def test_releases_at_addresses_of_another_form_stay_beside_a_sitemap_of_news() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME)))
    assert before_others(scope, *RELEASES) == (RELEASES, False)
    numbered = tuple(f"{HOME}archiv/pm{n}.html" for n in range(10, 16))
    words = tuple(f"{HOME}statements/{word}" for word in ("harbour", "quay-two", "ferries", "lamps"))
    for urls in (numbered, words, POSTS):
        assert before_others(scope, *urls) == (urls, False)
    assert before_others(scope, *PAGES) == ((), False)


def test_posts_in_folders_of_days_show_what_the_pages_of_a_site_are_not() -> None:
    scope = ReleaseScope(Job(Source("orlin", HOME)))
    posts = tuple(f"{HOME}2026/05/the-lamps-of-quay-{n}-are-lit" for n in range(10, 16))
    assert chosen(scope, "sitemap", "", *posts) == posts
    assert chosen(scope, "sitemap", "", *PAGES) == ()
