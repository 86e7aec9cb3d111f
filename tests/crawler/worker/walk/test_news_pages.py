"""Which further pages of a list a watch asks for: those where the newest known releases stand, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.core.backfill import Backfill, WalkPage
from archive.core.model import KnownDocument, Link, Validators
from archive.core.urls import key
from crawler.discover.links import Document
from crawler.worker.walk.news_pages import behind, has_another_order, pages_with_news, way_of

NEWS = "https://orlin.example/news/"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def at(number: int, first: str = NEWS) -> str:
    return f"{first}?page={number}" if number > 1 else first


def read(numbers: Sequence[int], first: str = NEWS) -> list[KnownDocument]:
    """Pages of a list as crawls know them, the first of which was asked for last."""
    asked = (Validators(captured_at=NOON - timedelta(minutes=place)) for place in range(len(numbers)))
    return [
        KnownDocument(at(number, first), "listing", validators, links=10, root=number == 1)
        for number, validators in zip(numbers, asked, strict=True)
    ]


def found(*numbers: int, first: str = NEWS) -> list[Link]:
    """The newest known releases, the newest first, each found on the page of this number."""
    return [Link(f"{NEWS}notice-{place}", via=at(number, first)) for place, number in enumerate(numbers)]


def chosen(named: Sequence[Link], documents: Sequence[KnownDocument], *lists: str) -> list[str]:
    return [page.url for page in pages_with_news(named, documents, lists or (NEWS,), NOON)]


def test_a_list_that_begins_with_its_newest_is_watched_by_its_first_page_alone() -> None:
    assert chosen(found(*[1] * 10, *[2] * 10, *[3] * 10), read([1, 2, 3])) == []
    assert chosen(found(1, 1, 1, 2, 2), read([1, 2])) == [], "a burst that went over to the second page"
    assert chosen([], read([1, 2, 3])) == []
    assert chosen([Link(f"{NEWS}imported")], read([1, 2, 3])) == []


def test_of_a_list_that_runs_oldest_first_the_pages_with_the_newest_are_asked_for() -> None:
    assert chosen(found(*[7] * 5, *[6] * 10, *[5] * 10), read([1, 2, 5, 6, 7])) == [at(7)]
    assert chosen(found(7, *[6] * 10, *[5] * 10), read([1, 2, 5, 6, 7])) == [at(7), at(6)]
    assert chosen(found(2, 2, *[1] * 10), read([1, 2])) == [at(2)], "a short one"


def test_a_first_page_of_chosen_releases_does_not_hide_where_the_list_begins() -> None:
    named = found(*[2] * 8, 1, 2, 2, *[3] * 4, 1, *[3] * 6, 1, *[4] * 4, 1, *[4] * 6)
    assert chosen(named, read([1, 2, 3, 4])) == [at(2)]


def test_the_pages_of_a_list_without_order_have_their_turns() -> None:
    named = found(*[5, 2, 4, 1, 3, 2, 5, 4, 3, 1, 2, 4] * 4)
    assert chosen(named, read([1, 2, 3, 4, 5])) == [at(5), at(4)]
    assert chosen(named, read([1, 4, 5, 2, 3])) == [at(3), at(2)]


def test_a_page_that_is_gone_or_names_nothing_any_longer_is_asked_for_no_more() -> None:
    *pages, last = read([1, 2, 3, 4])
    gone = KnownDocument(last.url, "listing", last.validators, links=10, problem="the server answered 404")
    assert chosen(found(4, 4, *[3] * 8), [*pages, gone]) == [at(3)]
    assert chosen(found(*[4] * 8), [*pages, gone]) == [at(3), at(2)], "where news stands now nothing shows"


def test_a_page_that_failed_is_asked_for_again_after_a_while() -> None:
    *pages, _ = read([1, 2, 3, 4])
    for hours, asked in ((2, [at(3)]), (30, [at(4), at(3)])):
        before = Validators(captured_at=NOON - timedelta(hours=hours))
        failed = KnownDocument(at(4), "listing", before, links=10, problem="the server answered 503")
        assert chosen(found(4, 4, *[3] * 8), [*pages, failed]) == asked


def test_what_a_feed_named_first_says_nothing_of_the_order_of_the_list_beside_it() -> None:
    feed = "https://orlin.example/feed.xml"
    named = [*(Link(f"{NEWS}early-{n}", via=feed) for n in range(8)), *found(*[1] * 8, *[2] * 10)]
    documents = [KnownDocument(feed, "feed", root=True, links=10), *read([1, 2, 3])]
    assert chosen(named, documents) == []
    assert chosen(named[:8], documents) == []
    assert chosen([*named[:8], *found(3, 3, *[2] * 10)], documents) == [at(3), at(2)]


def test_pages_of_a_list_that_the_source_had_before_or_of_a_topic_are_not_asked_for() -> None:
    before = "https://orlin.example/press/"
    named = found(*[1] * 10, *[2] * 10, *[3] * 10, first=before)
    documents = [*read([1, 2, 3], before), *read([1, 2, 3])]
    assert chosen(named, documents) == []
    assert chosen([*found(3, 3), *named], documents) == [at(3)]


def test_each_of_several_lists_is_watched_by_its_own_order() -> None:
    other = "https://orlin.example/speeches/"
    named = [*found(1, 1), *found(3, 3, first=other), *found(1, 1, 1), *found(3, 2, 2, 2, first=other)]
    documents = [*read([1, 2]), *read([1, 2, 3], other)]
    assert chosen(named, documents, NEWS, other) == [at(3, other), at(2, other)]


def test_of_many_lists_a_few_pages_are_asked_for() -> None:
    lists = [f"https://orlin.example/topics/{number}/" for number in range(12)]
    documents = [page for first in lists for page in read([1, 2, 3], first)]
    named = [link for first in lists for link in found(3, 2, 1, first=first)]
    assert len(chosen(named, documents, *lists)) == 6


def test_data_is_read_as_data() -> None:
    page, data = KnownDocument(at(4), "listing"), KnownDocument("https://orlin.example/api/items?offset=30", "listing")
    assert (way_of(page, [NEWS]), way_of(data, [NEWS])) == ("", "json")


@pytest.mark.parametrize(("has_news", "numbers"), [(False, [9]), (True, [8, 9])])
def test_behind_a_page_stand_new_ones_and_while_there_is_news_those_that_come_after_it(
    has_news: bool, numbers: list[int]
) -> None:
    named = [Document(at(number), "listing") for number in (1, 2, 6, 8, 9)]
    known = {key(at(number)) for number in range(1, 9)}
    following = behind(WalkPage(at(7), "listing"), named, known, has_news)
    assert [one.url for one in following] == [at(number) for number in numbers]


def test_an_archive_that_was_read_does_not_come_after_a_page_with_news_but_what_loads_more_does() -> None:
    year, more = Document(f"{NEWS}2019/", "listing", "year"), Document(f"{NEWS}more?from=7", "listing", "load more")
    known = {key(year.url), key(more.url)}
    assert behind(WalkPage(NEWS, "listing"), [year, more], known, has_news=True) == (more,)
    assert behind(WalkPage(NEWS, "listing"), [year, more], known, has_news=False) == ()


def test_a_list_has_another_order_if_its_first_page_no_longer_names_any_of_the_newest() -> None:
    named, long_ago = found(*[1] * 5, 2, 2), Backfill(NOON - timedelta(days=30), NOON - timedelta(days=29))
    others = {key(f"{NEWS}notice-{number}") for number in range(40, 50)}
    assert has_another_order(NEWS, others, named, long_ago, NOON)
    assert not has_another_order(NEWS, {*others, key(named[4].url)}, named, long_ago, NOON)
    assert not has_another_order(NEWS, set(), named, long_ago, NOON), "a page that names nothing has a problem"
    assert not has_another_order(NEWS, others, found(1, 1, 1, 1, 2), long_ago, NOON)
    assert not has_another_order(
        NEWS, others, [*found(9, 9, first="https://orlin.example/feed"), *named], long_ago, NOON
    )
    just_now = Backfill(NOON - timedelta(days=6), NOON - timedelta(days=6))
    assert not has_another_order(NEWS, others, named, just_now, NOON)
    assert not has_another_order(NEWS, others, named, None, NOON)


def test_a_list_whose_newest_were_taken_away_is_walked_more_and_more_rarely() -> None:
    last = (NOON - timedelta(days=400)).date().isoformat()
    named = [replace(link, published=last) for link in found(*[1] * 5)]
    finished, walks = NOON - timedelta(days=399), list[int]()
    for ago in range(399, 0, -1):
        at = NOON - timedelta(days=ago)
        if has_another_order(NEWS, {key(f"{NEWS}older")}, named, Backfill(finished, finished), at):
            finished = at
            walks.append(ago)
    assert walks == [391, 381, 361, 321, 241, 81]
