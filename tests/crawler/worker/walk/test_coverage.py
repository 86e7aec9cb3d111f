"""Feeds and sitemaps that are wider than a newsroom, and those that are not."""

from __future__ import annotations

from datetime import date, timedelta

from archive.core.model import Link
from archive.core.urls import key
from crawler.discover.links import Discovered, Document
from crawler.worker.walk.coverage import (
    KindCoverage,
    SitemapCoverage,
    day_of,
    days_of,
    feed_within,
    later_within,
    remembered,
    words_of,
)

HOME = "https://orlin.example/"
PAGER = (Document(f"{HOME}tag/press/page/2/", "listing"),)
NEWEST = date(2026, 5, 30)


def post(name: str, ago: int, lag: int | None = None) -> Link:
    """A post of so many days ago; with `lag` as a sitemap states it: changed so many days later."""
    day = NEWEST - timedelta(days=ago)
    if lag is None:
        return Link(f"{HOME}{name}-{ago}/", name, day.isoformat())
    return Link(f"{HOME}{name}-{ago}/", name, "", (day + timedelta(days=lag)).isoformat())


PRESS = tuple(post("press", ago) for ago in range(0, 20, 2))
LISTING = Discovered(PRESS, PAGER)
UNDATED = tuple(Link(link.url, link.title) for link in PRESS)
MIXED = Discovered((*PRESS, *(post("blog", ago) for ago in (1, 3, 5))))


def names(found: Discovered) -> set[str]:
    return {link.url.removeprefix(HOME).partition("-")[0] for link in found.links}


def test_a_feed_of_the_whole_site_gives_only_what_the_listing_names() -> None:
    feed = Discovered((*PRESS[:4], *(post("blog", ago) for ago in (1, 3, 5, 40))))
    assert names(feed_within(feed, LISTING)) == {"press"}
    unpaged = feed_within(feed, Discovered(PRESS))
    assert [link.url for link in unpaged.links if "blog" in link.url] == [f"{HOME}blog-40/"]


def test_a_feed_that_goes_on_where_the_listing_ends_is_not_wider() -> None:
    feed = Discovered((*PRESS, *(post("press", ago) for ago in range(20, 60, 2))))
    assert feed_within(feed, LISTING) == feed


def test_the_first_page_of_a_list_that_runs_oldest_first_leaves_out_what_is_new() -> None:
    oldest_first = tuple(reversed(PRESS))
    feed = Discovered((*PRESS[:4], *(post("press", -ago) for ago in (2, 4, 6, 8))))
    assert feed_within(feed, Discovered(oldest_first, PAGER)) == feed
    assert len(feed_within(feed, Discovered(oldest_first)).links) == 4, "a list of one page leaves out nothing"


def test_of_a_feed_of_the_whole_site_a_list_that_rises_leaves_out_what_is_of_its_own_days() -> None:
    month = Discovered(tuple(reversed(PRESS)), PAGER)  # the months of an archive may each run oldest first
    feed = Discovered((*PRESS[:4], *(post("blog", ago) for ago in (1, 3, 5, 7)), post("press", -2)))
    found = feed_within(feed, month)
    assert names(found) == {"press"}
    assert post("press", -2) in found.links


def test_a_few_more_or_no_days_or_nothing_in_common_say_nothing() -> None:
    few = Discovered((*PRESS, post("press", 1), post("press", 3)))
    assert feed_within(few, LISTING) == few
    other = Discovered(tuple(post("blog", ago) for ago in range(9)))
    assert feed_within(other, LISTING) == other
    assert feed_within(MIXED, Discovered(UNDATED)) == MIXED


def test_the_days_of_a_feed_tell_where_the_listing_that_goes_on_has_none() -> None:
    assert names(feed_within(MIXED, Discovered(UNDATED, PAGER))) == {"press"}
    few = Discovered((*PRESS[:2], *(post("blog", ago) for ago in (1, 3, 5))))
    assert feed_within(few, Discovered(UNDATED, PAGER)) == few


def test_a_sitemap_gives_beside_a_listing_only_what_is_older() -> None:
    listed, seen = days_of(PRESS), {key(link.url) for link in PRESS}
    press = tuple(post("press", ago, lag=1) for ago in range(0, 20, 2))
    blog = tuple(post("blog", ago, lag=1) for ago in (1, 5, 9))
    older = tuple(post("press", ago, lag=1) for ago in range(20, 60, 2))
    sitemaps = SitemapCoverage()
    found = sitemaps.within(Discovered((*press, *blog, *older)), listed, seen)
    assert found.links == (*press, *older)
    assert sitemaps.few() == ()
    found = sitemaps.within(Discovered((*press, *blog[:2])), listed, seen)
    assert (*found.links, *sitemaps.few()) == (*press, *blog[:2])


def test_what_only_goes_on_with_what_the_listing_leaves_out_is_none_of_the_newsroom() -> None:
    listed, seen = days_of(PRESS), {key(link.url) for link in PRESS}
    press = tuple(post("press", ago, lag=0) for ago in range(0, 20, 2))
    blog = tuple(post("blog", ago, lag=0) for ago in range(1, 40, 3))
    sitemaps = SitemapCoverage()
    assert sitemaps.within(Discovered((*press, *blog)), listed, seen).links == press
    again, _, _, _ = remembered(words_of(sitemaps, KindCoverage(), SitemapCoverage(), rises=False))
    more = tuple(post("blog", ago, lag=0) for ago in range(40, 60, 3))
    assert again.within(Discovered(more), listed, seen).links == ()
    many = tuple(post("more", ago, lag=0) for ago in range(40, 120))
    assert again.within(Discovered(many), listed, seen).links == many
    assert later_within(Discovered((*press, *blog)), listed, seen, seen).links == press
    assert later_within(Discovered((*press, *blog, *many)), listed, seen, seen).links[-1] == many[-1]


def test_sitemaps_of_a_few_pages_each_count_together() -> None:
    listed, seen = days_of(PRESS), {key(link.url) for link in PRESS}
    sitemaps = SitemapCoverage()
    for ago in range(0, 16, 4):
        of_days = tuple(post("press", each, lag=0) for each in (ago, ago + 2))
        found = sitemaps.within(Discovered((*of_days, post("blog", ago + 1, lag=0))), listed, seen)
        assert found.links == of_days
    assert sitemaps.few() == ()


def test_a_sitemap_whose_days_say_nothing_is_taken_whole() -> None:
    listed, seen = days_of(PRESS), {key(link.url) for link in PRESS}
    today = tuple(post("press", ago, lag=400) for ago in range(0, 400, 2))
    assert SitemapCoverage().within(Discovered(today), listed, seen) == Discovered(today)
    bare = Discovered(tuple(Link(f"{HOME}press-{n}/") for n in range(60)))
    assert SitemapCoverage().within(bare, listed, seen) == bare


def test_a_sitemap_in_a_later_crawl_gives_no_page_that_the_walked_lists_leave_out() -> None:
    listed, keys = days_of(PRESS), {key(link.url) for link in PRESS}
    press = tuple(post("press", ago, lag=1) for ago in range(0, 20, 2))
    old, blog = post("press", 300, lag=1), post("blog", 1, lag=0)
    assert later_within(Discovered((*press, blog, old)), listed, keys, keys).links == (*press, old)
    few = Discovered((*press[:2], blog))
    assert later_within(few, listed, keys, keys) == few
    unlisted = tuple(post("brief", ago, lag=1) for ago in range(1, 17, 2))
    whole = Discovered((*press, *unlisted, blog))
    assert later_within(whole, listed, keys | {key(link.url) for link in unlisted}, keys) == whole


def test_days() -> None:
    assert day_of("2026-05-04T10:00:00+02:00") == date(2026, 5, 4)
    assert day_of("") is None
    assert days_of((post("press", 0), Link(HOME))) == {key(f"{HOME}press-0/"): NEWEST}


def listed(kinds: str, first: int = 0, names: tuple[str, ...] = (), place: str = "td.") -> Discovered:
    """A list whose items say that they are of kinds, each by a letter: p(ress), r(oads), - (nothing)."""
    words = {"p": {"press-notice": place}, "r": {"road-works": place}, "-": {}}
    links = tuple(Link(f"{HOME}{first + n}/", f"Item {first + n}") for n in range(len(kinds)))
    said = {key(link.url): {**words[kind], "read-on": "p."} for link, kind in zip(links, kinds, strict=True)}
    return Discovered(links, names=frozenset(names), said=said)


def kept(coverage: KindCoverage, found: Discovered) -> list[int]:
    return [int(link.url.removeprefix(HOME).strip("/")) for link in coverage.within(found).links]


NAMES = ("press-notices", "heron")


def test_an_archive_that_says_the_kinds_of_its_items_gives_those_of_the_lists_name() -> None:
    coverage = KindCoverage()
    coverage.learn(listed("----", names=NAMES))
    assert kept(coverage, listed("prprr", 10)) == [10, 12]
    assert kept(coverage, listed("r-", 20)) == [21], "what the pages before showed holds for a short one"


def test_where_the_list_says_its_kind_another_word_in_the_same_place_is_another_kind() -> None:
    coverage = KindCoverage()
    coverage.learn(listed("pppp", names=NAMES))
    assert kept(coverage, listed("r", 10)) == []
    assert kept(coverage, listed("r", 20, place="div.")) == [20], "one alone elsewhere says nothing"


def test_words_that_are_no_kinds_leave_nothing_out() -> None:
    silent = KindCoverage()
    silent.learn(listed("----", names=NAMES))
    assert kept(silent, listed("rrrr", 10)) == [10, 11, 12, 13], "none is of the name"
    mixed = KindCoverage()
    mixed.learn(listed("pprp", names=NAMES))
    assert kept(mixed, listed("pprr", 10)) == [10, 11, 12, 13], "the list itself has both"
    apart = KindCoverage()
    apart.learn(listed("pppp", names=NAMES))
    apart.learn(listed("rrrr", 4, names=NAMES))
    assert kept(apart, listed("prpr", 10)) == [10, 11, 12, 13], "another page of the list itself has the other"
    shared = KindCoverage()
    shared.learn(listed("----", names=NAMES))
    assert kept(shared, listed("prpr", 0)) == [0, 1, 2, 3], "the list names some that say another word"


def test_the_next_part_of_a_walk_knows_what_the_part_before_knew() -> None:
    kinds = KindCoverage()
    kinds.learn(Discovered(PRESS, names=frozenset({"lamp-notes"}), said={}))
    sitemaps = SitemapCoverage()
    sitemaps.paged = True
    listed, seen = days_of(PRESS), {key(link.url) for link in PRESS}
    sitemaps.within(Discovered((*(post("press", n, lag=1) for n in (0, 2, 4)), post("blog", 1, lag=1))), listed, seen)
    archives = SitemapCoverage(states_days=True)
    archives.own |= listed
    words = words_of(sitemaps, kinds, archives, rises=True)
    again = remembered(words)
    assert (words_of(*again), again[0].few(), again[0].paged) == (words, (post("blog", 1, lag=1),), True)
    assert again[3], "the list begins with its oldest"
    assert words_of(*remembered("")) == words_of(SitemapCoverage(), KindCoverage(), SitemapCoverage(), rises=False)


def test_labels_of_other_kinds_are_known_in_the_next_part_of_a_walk() -> None:
    def labelled(*kinds: str) -> Discovered:
        links = tuple(Link(f"{HOME}{kind}-{n}/") for n, kind in enumerate(kinds))
        return Discovered(links, said={key(link.url): {kinds[n]: "span"} for n, link in enumerate(links)})

    kinds = KindCoverage()
    kinds.learn(Discovered(PRESS, names=frozenset({"lamp-notes"})))
    kinds.within(labelled("lamp-notes", "lamp-notes", "races", "races"))
    _, later, _, _ = remembered(words_of(SitemapCoverage(), kinds, SitemapCoverage(), rises=False))
    assert [link.url for link in later.within(labelled("races", "lamp-notes")).links] == [f"{HOME}lamp-notes-1/"]
    assert len(KindCoverage().within(labelled("races", "lamp-notes")).links) == 2


def test_archives_of_all_posts_give_none_of_the_days_of_the_walked_list_and_what_is_older() -> None:
    listed = days_of(PRESS)
    coverage = SitemapCoverage(states_days=True)
    newest = coverage.within(Discovered((post("blog", 1),)), listed, listed)
    assert not newest.links, "kept back until more is known"
    month = Discovered((*PRESS, post("blog", 3), post("blog", 5), post("press", 40), post("press", 44)))
    assert names(coverage.within(month, listed, listed)) == {"press"}
    assert coverage.few() == ()
    single = SitemapCoverage(states_days=True)
    single.within(Discovered((*PRESS, post("blog", 1))), listed, listed)
    assert [link.url for link in single.few()] == [post("blog", 1).url], "one may have been missed"


def test_a_pinned_release_is_not_how_far_a_list_reaches() -> None:
    pinned = post("press", 900)
    listed = days_of((pinned, *PRESS))
    older = Discovered((pinned, *PRESS, *(post("press", ago) for ago in range(22, 60, 2))))
    assert SitemapCoverage(states_days=True).within(older, listed, listed) == older
