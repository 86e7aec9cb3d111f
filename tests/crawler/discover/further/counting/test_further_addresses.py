"""Addresses that go on from a listing, by a count, and those that only look like it."""

from __future__ import annotations

import pytest

from crawler.discover.further.counting.further_addresses import (
    adds_a_clear_counter,
    adds_a_number,
    adds_a_page,
    differs_in_a_count,
    in_step,
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
def test_addresses_that_differ_in_a_date_a_view_or_more_than_a_count(listing: str, address: str) -> None:
    assert not differs_in_a_count(HOST + address, HOST + listing)


def test_a_clear_counter_may_bring_its_checksum_and_no_other_view() -> None:
    listing = f"{HOST}/presse?tx_news[kind]=1"
    assert adds_a_clear_counter(f"{HOST}/presse?tx_news[kind]=1&tx_news[currentPage]=2&cHash=4f2a", listing)
    assert adds_a_clear_counter(
        f"{HOST}/presse?tx_news[kind]=1&tx_news[currentPage]=3&cHash=77bc", f"{listing}&cHash=1"
    )
    assert not adds_a_clear_counter(f"{HOST}/presse?tx_news[kind]=2&tx_news[currentPage]=2", listing)
    assert not adds_a_clear_counter(f"{HOST}/presse?tx_news[kind]=1&page=2&sort=title", listing)
    assert adds_a_page(f"{HOST}/presse?page=2&sort=title", f"{HOST}/presse/")
    assert not adds_a_page(f"{HOST}/sport?page=2", f"{HOST}/presse/")


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
def test_days_months_and_places_outside_the_listing_are_no_pages(address: str) -> None:
    assert not in_step(numbered(address, range(2, 13)), f"{HOST}/notes")
