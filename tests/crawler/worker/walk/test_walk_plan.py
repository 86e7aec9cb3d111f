"""Which page of a walk comes next, and when a family of pages is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from archive.core.backfill import WalkPage
from crawler.discover.further.unlabelled import WAY
from crawler.discover.links import Document
from crawler.worker.walk.walk_plan import (
    MOST_EMPTY_MONTHS,
    MOST_FRUITLESS,
    MOST_FRUITLESS_BESIDE,
    MOST_FRUITLESS_OF_PAGER,
    WalkPlan,
    Yield,
    family_of,
)

HOST = "https://orlin.example"
ROOT = WalkPage(f"{HOST}/news", "listing")


def pages(*paths: str, way: str = "", family: str = "", kind: str = "listing") -> list[Document]:
    return [Document(HOST + path, kind, way, family) for path in paths]  # type: ignore[arg-type]


def walked(plan: WalkPlan, gives: Iterable[Yield]) -> list[str]:
    """The pages that are read where each gives so much, until the plan or what is given ends."""
    read: list[str] = []
    for given in gives:
        page = plan.next()
        if page is None:
            break
        read.append(page.url.removeprefix(HOST))
        plan.judge(page, given)
    return read


NEWS, OLD, NOTHING = Yield(5, 10), Yield(0, 10), Yield(0, 0)


def test_a_pager_is_read_by_its_numbers_before_archives_and_sitemaps() -> None:
    plan = WalkPlan()
    plan.add(pages("/sitemap.xml", kind="sitemap"), ROOT)
    plan.add(pages("/news/2025", "/news/2024", way="year", family="year /news/{year}"), ROOT)
    plan.add(pages("/news?page=2", "/news?page=40"), ROOT)
    plan.add(
        pages("/news?page=3", "/news?page=10"),
        WalkPage(f"{HOST}/news?page=2", "listing", "", "pager orlin.example/news"),
    )
    assert walked(plan, [NEWS] * 9) == [
        "/news?page=2", "/news?page=3", "/news?page=10", "/news?page=40", "/news/2025", "/news/2024", "/sitemap.xml",
    ]  # fmt: skip


def test_a_page_without_any_release_ends_its_family() -> None:
    plan = WalkPlan()
    plan.add(pages("/events/2026/05", "/events/2026/04", way="month", family="month /events"), ROOT)
    assert walked(plan, [NOTHING] * 9) == ["/events/2026/05"]


def _archive_beside_a_pager() -> WalkPlan:
    """A plan whose pager gave releases, and whose archive leads to a year of months."""
    plan = WalkPlan()
    plan.add(pages("/news?page=2"), ROOT)
    plan.add(pages("/news/archive", way="archive", family="archive"), ROOT)
    assert walked(plan, [NEWS, OLD]) == ["/news?page=2", "/news/archive"]
    months = [f"/2026/{month:02}" for month in range(12, 0, -1)]
    plan.add(pages(*months, way="month", family="month"), WalkPage(f"{HOST}/news/archive", "listing", "archive"))
    return plan


def test_the_likelier_routes_come_first() -> None:
    ways = ("", "next", "json", "year", "month", "day", WAY, "guess", "a way of tomorrow")
    documents = [Document(f"{HOST}/way/{number}", "listing", way, f"{way} x") for number, way in enumerate(ways)]
    feed, sitemap = Document(f"{HOST}/feed.xml", "feed"), Document(f"{HOST}/sitemap.xml", "sitemap")
    plan = WalkPlan()
    plan.add([sitemap, feed, *reversed(documents[:-2]), *documents[-2:]], ROOT)
    read = []
    while page := plan.next():
        read.append(page.url)
        plan.judge(page, Yield(0, 1))
    assert read == [one.url for one in (*documents[:7], feed, sitemap, *documents[7:])]


def test_years_may_begin_with_one_that_is_still_to_come() -> None:
    years = pages("/news/2027", "/news/2026", "/news/2025", "/news/2024", way="year", family="year /news/{year}")
    plan = WalkPlan()
    plan.add(years, ROOT)
    assert walked(plan, [NOTHING, *[NEWS] * 9]) == ["/news/2027", "/news/2026", "/news/2025", "/news/2024"]
    plan = WalkPlan()
    plan.add(years, ROOT)
    assert walked(plan, [NOTHING] * 9) == ["/news/2027", "/news/2026"]
    plan = WalkPlan()
    plan.add(years[:1], ROOT)
    assert plan.judge(plan.next(), NOTHING)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "read"),
    [
        (date(2026, 11, 28), ["/events/2026"]),
        (date(2026, 2, 11), ["/events/2026", "/events/2025"]),
        (date(2025, 11, 28), ["/events/2026", "/events/2025"]),
    ],
)
def test_years_without_a_release_that_begin_with_one_well_begun_are_left_at_once(today: date, read: list[str]) -> None:
    plan = WalkPlan(today=today)
    plan.add(pages("/events/2026", "/events/2025", "/events/2024", way="year", family="year /events/{year}"), ROOT)
    assert walked(plan, [NOTHING] * 9) == read


def test_years_that_lead_on_to_the_next_one_for_ever_end() -> None:
    plan = WalkPlan()
    plan.add(pages("/news/2027", "/news/2025", way="year", family="year /news/{year}"), ROOT)
    read: list[int] = []
    while (page := plan.next()) and len(read) < 50:
        year = int(page.url[-4:])
        read.append(year)
        plan.judge(page, NEWS if year == 2025 else NOTHING)
        plan.add(pages(f"/news/{year + 1}", f"/news/{year - 1}", way="year", family="year /news/{year}"), page)
    assert 2025 in read
    assert len(read) < 10


def test_an_archive_beside_a_pager_that_repeats_it_costs_its_newest_and_its_oldest_page() -> None:
    read = walked(_archive_beside_a_pager(), [OLD] * 12)
    assert read == ["/2026/12", "/2026/01"]
    assert len(read) == MOST_FRUITLESS_BESIDE


def test_an_archive_that_goes_further_back_than_the_pager_beside_it_is_read() -> None:
    plan = _archive_beside_a_pager()
    read: list[str] = []
    while (page := plan.next()) is not None:
        month = page.url[-2:]
        read.append(month)
        plan.judge(page, NEWS if month < "09" else OLD)
    assert sorted(read) == [f"{month:02}" for month in range(1, 13)]


def test_an_archive_that_repeats_costs_three_pages_the_oldest_among_them() -> None:
    plan = WalkPlan()
    months = [f"/2026/{month:02}" for month in range(12, 0, -1)]
    plan.add(pages(*months, way="month", family="month /{year}/{month}"), ROOT)
    read = walked(plan, [OLD] * 12)
    assert read == ["/2026/12", "/2026/11", "/2026/01"]
    assert len(read) == MOST_FRUITLESS


def test_an_archive_whose_oldest_page_is_new_is_read_whole() -> None:
    plan = WalkPlan()
    plan.add(pages(*(f"/{year}" for year in range(2026, 2020, -1)), way="year", family="year /{year}"), ROOT)
    read = walked(plan, [OLD, OLD, NEWS, NEWS, NEWS, NEWS])
    assert read == ["/2026", "/2025", "/2021", "/2024", "/2023", "/2022"]


def test_an_endless_pager_ends() -> None:
    plan, page, read = WalkPlan(), ROOT, 0
    for n in range(2, 999):
        plan.add(pages(f"/news?page={n}"), page)
        following = plan.next()
        if following is None:
            break
        page, read = following, read + 1
        plan.judge(page, NEWS if n < 6 else OLD)
    assert read == 4 + MOST_FRUITLESS_OF_PAGER


def test_pages_are_known_once_and_a_closed_family_takes_no_more() -> None:
    plan = WalkPlan()
    assert len(plan.add(pages("/a?page=2", "/a/?page=2"), ROOT)) == 1
    plan.note(f"{HOST}/news?page=9")
    assert plan.add(pages("/news?page=9"), ROOT) == ()
    page = plan.next()
    assert page is not None
    plan.close(page)
    assert plan.add(pages("/a?page=3"), page) == ()


def test_a_walk_goes_on_with_what_an_earlier_part_left() -> None:
    left = (
        WalkPage(f"{HOST}/news?page=2", "listing", "", "pager x", "read"),
        WalkPage(f"{HOST}/news?page=3", "listing", "", "pager x", "todo"),
        WalkPage(f"{HOST}/news?page=4", "listing", "", "pager x", "failed"),
        WalkPage("", "listing", "year", "year /{year}", "closed"),
    )
    plan = WalkPlan(left)
    assert plan.add(pages("/news?page=2", "/2024", family="year /{year}"), ROOT) == ()
    third, fourth = plan.next(), plan.next()
    assert third is not None
    assert fourth is not None
    assert [third.url, fourth.url] == [f"{HOST}/news?page=3", f"{HOST}/news?page=4"]
    assert (plan.fail(third).state, plan.fail(fourth).state) == ("failed", "read")
    assert plan.next() is None


def test_pages_that_wait_are_given_up_only_where_their_list_numbers_all_pages_in_another_form() -> None:
    def waiting() -> WalkPlan:
        plan = WalkPlan()
        plan.add(pages("/news?page=2", "/news?page=3"), ROOT)
        return plan

    same, other, year = waiting(), waiting(), waiting()
    assert same.supersede(pages("/news?page=2", "/news?page=7"), ROOT) == ()
    assert year.supersede(pages("/news/2025", way="year"), ROOT) == ()
    given_up = other.supersede(pages("/news/page/2", "/news/page/3"), ROOT)
    assert [(page.url, page.state) for page in given_up] == [
        (f"{HOST}/news?page=2", "read"),
        (f"{HOST}/news?page=3", "read"),
    ]
    other.add(pages("/news/page/2"), ROOT)
    assert walked(other, [NEWS, NEWS]) == ["/news/page/2"]


def test_an_estimate_counts_the_pages_between_this_one_and_the_last() -> None:
    plan = WalkPlan()
    assert plan.expected() == 0
    plan.add(pages("/news?page=2", "/news?page=3", "/news?page=40"), ROOT)
    assert plan.expected() == 390
    page = plan.next()
    assert page is not None
    plan.judge(page, Yield(6, 6))
    assert plan.expected() == 38 * 6


def test_families() -> None:
    pager = family_of(Document(f"{HOST}/news?page=2", "listing"), ROOT)
    assert pager == "pager orlin.example/news"
    assert (
        family_of(Document(f"{HOST}/news?page=3", "listing"), WalkPage(f"{HOST}/news?page=2", "listing", "", pager))
        == pager
    )
    assert family_of(Document(f"{HOST}/s/post-12.xml", "sitemap"), ROOT) == "sitemap orlin.example/s/post-#.xml"
    assert family_of(Document(f"{HOST}/n?after=x", "listing", "cursor"), ROOT) == "cursor orlin.example/news"


def test_months_that_a_form_chooses_may_be_empty_for_a_year_and_years_may_not() -> None:
    for family, expected in (("form y by month", MOST_EMPTY_MONTHS), ("form y", 1)):
        plan = WalkPlan()
        months = pages(*(f"/news?y={2026 - n // 12}&m={12 - n % 12}" for n in range(30)), way="form", family=family)
        plan.add(months, ROOT)
        assert len(walked(plan, [NOTHING] * 30)) == expected


def test_a_page_leads_down_to_finer_parts_that_are_not_known() -> None:
    plan = WalkPlan()
    year = WalkPage(f"{HOST}/archive/2025", "listing", "year", "year /archive/{year}")
    months = pages("/archive/2025/04", "/archive/2025/03", way="month", family="month /archive/{year}/{month}")
    assert plan.leads_down(months, year)
    assert not plan.leads_down(months, replace(year, way="month"))
    plan.add(months, year)
    assert not plan.leads_down(months, year)


def test_an_unlabelled_way_that_gave_something_is_read_on_after_a_stop() -> None:
    read = WalkPage(f"{HOST}/news?blokk=2", "listing", WAY, "unlabelled /news?blokk", "read")
    todo = WalkPage(f"{HOST}/news?blokk=3", "listing", WAY, "unlabelled /news?blokk", "todo")
    plan = WalkPlan([read, todo])
    plan.add(pages("/news?blokk=4", way=WAY, family="unlabelled /news?blokk"), todo)
    assert walked(plan, [OLD, NEWS]) == ["/news?blokk=3", "/news?blokk=4"]


def test_an_unlabelled_way_ends_with_a_first_page_of_nothing_new_and_comes_before_sitemaps() -> None:
    plan = WalkPlan()
    plan.add(pages("/sitemap.xml", kind="sitemap"), ROOT)
    for word in ("a", "b", "c", "d"):
        plan.add(pages(f"/news/{word}1", f"/news/{word}2", way=WAY, family=f"unlabelled /news/{word}#"), ROOT)
    assert walked(plan, [OLD] * 9) == ["/news/a1", "/news/b1", "/news/c1", "/sitemap.xml"]


def test_days_of_a_calendar_are_read_where_nothing_else_gives_releases() -> None:
    days = pages("/b/202611/20", "/b/202611/18", way="day", family="day /b/{day}")
    plan = WalkPlan()
    plan.add([*days, *pages("/news?page=2")], ROOT)
    assert walked(plan, [NEWS, OLD]) == ["/news?page=2"]
    plan = WalkPlan()
    plan.add(days, ROOT)
    assert walked(plan, [NEWS, NEWS, NEWS]) == ["/b/202611/20", "/b/202611/18"]


def test_months_lead_down_to_days_and_years_to_the_data_that_fills_them() -> None:
    plan = WalkPlan()
    assert plan.leads_down(pages("/b/20", way="day"), WalkPage(f"{HOST}/b", "listing", "month"))
    plan.add(pages("/b/20", way="day", family="day /b/{day}"), ROOT)
    assert plan.leads_down(pages("/b/20", way="day"), WalkPage(f"{HOST}/b", "listing", "month"))
    assert plan.leads_down(pages("/b.json", way="load more"), WalkPage(f"{HOST}/b/2025", "listing", "year"))
    assert not plan.leads_down(pages("/b.json", way="load more"), WalkPage(f"{HOST}/c.json", "listing", "load more"))


def test_a_month_without_days_between_months_that_have_some_ends_no_calendar() -> None:
    plan = WalkPlan()
    months = pages("/b/11", "/b/10", "/b/09", way="month", family="month /b/{month}")
    november, *_ = plan.add([*months, *pages("/b/11/20", way="day", family="day /b/{day}")], ROOT)
    assert plan.next() == november
    plan.lead_down(november)
    assert walked(plan, [NOTHING, NOTHING, NEWS]) == ["/b/10", "/b/09", "/b/11/20"]


def test_sitemaps_named_as_releases_come_first_and_what_is_put_off_last() -> None:
    plan, names = WalkPlan(), ("/pages.xml", "/staff.xml", "/news-2026.xml", "/news-2025.xml")
    plan.add(pages(*names, kind="sitemap"), ROOT)
    first = plan.next()
    assert first is not None
    assert first.url.endswith("/news-2026.xml")
    assert plan.has_other_sitemaps(first)
    plan.put_off(first)
    read = walked(plan, [NEWS] * 9)
    assert read == ["/pages.xml", "/staff.xml", "/news-2026.xml", "/news-2025.xml"]
    assert not plan.has_other_sitemaps(first)


def test_a_sitemap_beside_others_that_were_all_put_off_is_the_last() -> None:
    plan = WalkPlan()
    plan.add([*pages("/a.xml", "/b.xml", kind="sitemap"), *pages("/news/2025", way="year")], ROOT)
    year, first = plan.next(), plan.next()
    assert year is not None
    assert first is not None
    assert not plan.has_other_sitemaps(year), "a list has nothing to wait for"
    plan.put_off(first)
    second = plan.next()
    assert second is not None
    assert not plan.has_other_sitemaps(second)
