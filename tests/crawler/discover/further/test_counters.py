"""Counters in addresses: what counts pages, what does not, and what comes next."""

from __future__ import annotations

import pytest

from archive.core.urls import canonical
from crawler.discover.further.counters import (
    adds_a_number,
    adds_a_page,
    begins,
    counts,
    counts_items,
    counts_plainly,
    differs_in_a_count,
    first_page,
    following,
    in_step,
    is_same_listing,
    without_page,
    without_page_of,
)

HOST = "https://lake.example.org"


@pytest.mark.parametrize(
    ("listing", "address"),
    [
        ("/presse.html", "/presse,2.html"),
        ("/presse/presse.html", "/presse/presse_2.html"),
        ("/archive2.html", "/archive3.html"),
        ("/archive9.html", "/archive10.html"),
        ("/news/", "/news/page/2/"),
        ("/news/page/9/", "/news/page/10/"),
        ("/news/", "/news/(pageindex=2)"),
        ("/news", "/news/(offset)/10"),
        ("/news?kind=2", "/news?kind=2&o=20"),
        ("/news/?PAGEN_1=9", "/news/?PAGEN_1=10"),
        ("/news/", "/news/?PAGEN_1=2"),
        ("/news", "/news.page2.html"),
        ("/x/news.html", "/x/news.2.html"),
        ("/press", "/press/P20"),
        ("/news/index.html", "/news/index_2.html"),
        ("/news", "/news?tx_news%5BcurrentPage%5D=2"),
    ],
)
def test_addresses_that_differ_in_a_count(listing: str, address: str) -> None:
    assert differs_in_a_count(HOST + address, HOST + listing)


@pytest.mark.parametrize(
    ("listing", "address"),
    [
        ("/l.php?cat=4", "/l.php?cat=5&p=2"),
        ("/news/", "/news/the-town-news-of-day-2"),
        ("/events/", "/events/2026-04/"),
        ("/events/", "/events/?date=2026-04-01"),
        ("/events/", "/events/?t=1775000000"),
        ("/events/", "/events/?ym=202604"),
        ("/events/", "/events/?day=3"),
        ("/events/?day=3", "/events/?day=4"),
        ("/news/", "/news/?edition=2025"),
        ("/news/", "/sport/page/2/"),
        ("/news", "/news?sort=title&page=2"),
        ("/news.html", "/archive2.html"),
    ],
)
def test_addresses_that_do_not(listing: str, address: str) -> None:
    assert not differs_in_a_count(HOST + address, HOST + listing)


@pytest.mark.parametrize(
    ("address", "step", "then"),
    [
        ("/news?page=9", 1, "/news?page=10"),
        ("/news?page=2&kind=4", 1, "/news?page=3&kind=4"),
        ("/news/page/2/", 1, "/news/page/3/"),
        ("/a?x=1&offset=20", 20, "/a?x=1&offset=40"),
        ("/presse,2.html", 1, "/presse,3.html"),
        ("/news/(offset)/10", 10, "/news/(offset)/20"),
        ("/api/load?PAGEN_1=2", 1, "/api/load?PAGEN_1=3"),
        ("/timeline/1194/2.htm", 1, "/timeline/1194/3.htm"),
    ],
)
def test_the_address_that_follows(address: str, step: int, then: str) -> None:
    assert following(HOST + address, step) == HOST + then


def test_nothing_follows_where_nothing_counts() -> None:
    assert following(f"{HOST}/news/a-ferry-sails?lang=en") == ""


def test_parameters_that_count() -> None:
    assert counts("page", "2")
    assert counts("tx_news_pi1[@widget_0][currentPage]", "2")
    assert counts("страница", "3")
    assert not counts("page", "20260401")
    assert not counts("topic", "2")
    assert counts_items(f"{HOST}/a?offset=20")
    assert not counts_items(f"{HOST}/a?page=20")
    begun = [begins(f"{HOST}/a?{query}") for query in ("page=0", "page=1", "offset=0", "page=2", "offset=1", "topic=0")]
    assert begun == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/news?page=2", "/news"),
        ("/news?lang=en&page=14", "/news?lang=en"),
        ("/news/page/3/", "/news/"),
        ("/news/page/3", "/news"),
        ("/news?page=1", ""),
        ("/news/2026/03/", ""),
        ("/news?id=4", ""),
    ],
)
def test_the_first_page_of_a_list(address: str, first: str) -> None:
    assert first_page(f"{HOST}{address}") == (f"{HOST}{first}" if first else "")


def test_a_plain_counter_may_bring_its_checksum_and_no_other_view() -> None:
    listing = f"{HOST}/presse?tx_news[kind]=1"
    assert counts_plainly(f"{HOST}/presse?tx_news[kind]=1&tx_news[currentPage]=2&cHash=4f2a", listing)
    assert counts_plainly(f"{HOST}/presse?tx_news[kind]=1&tx_news[currentPage]=3&cHash=77bc", f"{listing}&cHash=1")
    assert not counts_plainly(f"{HOST}/presse?tx_news[kind]=2&tx_news[currentPage]=2", listing)
    assert not counts_plainly(f"{HOST}/presse?tx_news[kind]=1&page=2&sort=title", listing)
    assert adds_a_page(f"{HOST}/presse?page=2&sort=title", f"{HOST}/presse/")
    assert not adds_a_page(f"{HOST}/sport?page=2", f"{HOST}/presse/")


def test_pages_of_one_listing_have_one_name() -> None:
    assert is_same_listing(f"{HOST}/news/page/4/", f"{HOST}/news/")
    assert is_same_listing(f"{HOST}/news,4.html", f"{HOST}/news.html")
    assert not is_same_listing(f"{HOST}/sport/page/4/", f"{HOST}/news/")
    assert is_same_listing(f"{HOST}/news/page/2/?flag", f"{HOST}/news/")
    assert not is_same_listing(f"{HOST}/news/page/2/?article41", f"{HOST}/news/")
    assert not is_same_listing(f"{HOST}/news/?flag", f"{HOST}/news/")
    assert without_page(f"{HOST}/news?b=1&a=2&page=3") == ("/news", (("a", "2"), ("b", "1")), "lake.example.org")


@pytest.mark.parametrize(
    ("address", "label", "is_page"),
    [
        ("/notes?list_pos=12", 3, True),
        ("/notes?list_pos=3", 3, True),
        ("/notes?portlet=list_4&part=2", 2, True),
        ("/notes?part=2", 0, True),
        ("/notes?rows=8&at=8", 2, True),
        ("/notes?rows=8&at=16", 3, True),
        ("/notes?at=16&rows=8", 0, True),
        ("/notes?rows=8&at=12", 0, False),
        ("/notes?rows=8&at=16", 4, False),
        ("/notes?month=8&at=16", 3, False),
        ("/notes?list_pos=13", 3, False),
        ("/notes?day=3", 3, False),
        ("/notes?id=2026-03-03", 3, False),
        ("/notes?part=2&item=77", 2, False),
        ("/other?part=2", 2, False),
        ("/notes?portlet=list_4&part=2", 0, False),
        ("/notes?part=20260303", 0, False),
    ],
)
def test_a_number_whatever_its_name_agrees_with_what_its_link_says(address: str, label: int, is_page: bool) -> None:
    assert adds_a_number(HOST + address, f"{HOST}/notes", label) is is_page


def test_what_the_listing_names_stays() -> None:
    assert adds_a_number(f"{HOST}/list?topic9&from_row=6", f"{HOST}/list?topic9", 2)
    assert not adds_a_number(f"{HOST}/list?from_row=6", f"{HOST}/list?topic9", 2)


def numbered(address: str, labels: range) -> list[tuple[int, str]]:
    return [(n, HOST + address.format(n=n)) for n in labels]


@pytest.mark.parametrize(
    "address", ["/notes/by/day/part/{n}", "/notes?rows=9&go={n}", "/notes;at={n}", "/notes/{n}/all"]
)
def test_addresses_that_count_in_step_with_their_labels_are_pages(address: str) -> None:
    links = numbered(address, range(2, 5))
    assert in_step(links, f"{HOST}/notes") == {each for _, each in links}
    assert not in_step(links[:1], f"{HOST}/notes"), "one is no row"


@pytest.mark.parametrize(
    "address",
    [
        "/notes/2026/05/{n}",
        "/notes?month={n}",
        "/notes?d=2026-05-{n}",
        "/notes/2026/{n}",
        "/elsewhere/{n}",
        "/notesheets/{n}",
    ],
)
def test_days_months_and_other_places_are_none(address: str) -> None:
    assert not in_step(numbered(address, range(2, 13)), f"{HOST}/notes")


@pytest.mark.parametrize(
    ("address", "listing", "expected"),
    [
        ("/view.do?bbs=7&ntt=305&pageIndex=4", "/list.do?bbs=7&pageIndex=4", "/view.do?bbs=7&ntt=305"),
        ("/view.do?ntt=305&pageIndex=1&word=", "/list.do", "/view.do?ntt=305&word="),
        ("/n/view?id=a17&page=2", "/n?page=2", "/n/view?id=a17"),
        ("/view.do?ntt=305&pageIndex=3", "/list.do?pageIndex=4", "/view.do?ntt=305&pageIndex=3"),
        ("/view?page=1", "/list", "/view?page=1"),
        ("/list?id=3&page=1", "/list", "/list?id=3&page=1"),
        ("/b?board=lamps&no=57&page=2", "/b?board=lamps&page=2", "/b?board=lamps&no=57"),
        ("/b?board=lamps&no=57&page=1", "/b?board=lamps", "/b?board=lamps&no=57"),
        ("/b?board=lamps&no=57&page=2", "/b?board=lamps&page=3", "/b?board=lamps&no=57&page=2"),
        ("/b?board=oars&no=57&page=2", "/b?board=lamps&page=2", "/b?board=oars&no=57&page=2"),
        ("/b?board=lamps&page=2", "/b?board=lamps&page=2", "/b?board=lamps&page=2"),
        ("/b?board=4&sort=hits&page=2", "/b?board=4&page=2", "/b?board=4&sort=hits&page=2"),
        ("/b?board=4&no=57&nPage=2", "/b?board=4&nPage=2", "/b?board=4&no=57"),
        ("/b?board=4&no=57&goPage=1", "/b?board=4", "/b?board=4&no=57"),
        ("/b?board=4&no=57&currPage=1", "/b?board=4", "/b?board=4&no=57"),
        ("/b?board=4&no=57&itemsPerPage=1", "/b?board=4", "/b?board=4&no=57&itemsPerPage=1"),
        ("/b?board=4&no=57&landingPage=1", "/b?board=4", "/b?board=4&no=57&landingPage=1"),
        ("/n/a-lamp", "/n?page=2", "/n/a-lamp"),
    ],
)
def test_a_release_has_no_page_of_its_listing(address: str, listing: str, expected: str) -> None:
    assert without_page_of(f"{HOST}{address}", f"{HOST}{listing}") == canonical(f"{HOST}{expected}")


def test_a_page_of_one_of_several_lists_is_one_of_the_listing() -> None:
    assert is_same_listing(f"{HOST}/n?page=0%2C2", f"{HOST}/n")
    assert not is_same_listing(f"{HOST}/n?item=0%2C2", f"{HOST}/n")
