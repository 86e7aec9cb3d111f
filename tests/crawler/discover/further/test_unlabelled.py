"""Links that only the shape of their address proposes as further pages, and the proof that one is."""

from __future__ import annotations

import pytest

from archive.core.model import Link
from archive.core.urls import key
from crawler.discover.further.answers import read_further
from crawler.discover.further.unlabelled import (
    WAY,
    continues,
    end_of,
    ends_early,
    is_of_family,
    may_begin,
    rises,
    words_of_end,
)

HOST = "https://vestrand.example.org"


def proposed(listing: str, behind: str, before: str = "", is_dated: bool = True) -> list[str]:
    """What the page of a list proposes, with some markup behind its releases and before them."""
    day = "<time datetime='2026-03-{n:02}'>{n} March 2026</time>" if is_dated else ""
    link = "<a href='/saker/kaien-faar-nytt-lys-{n}'>Kaien {n} faar nytt lys i haust</a>"
    row = f"<article><h3>{link}</h3>{day}</article>"
    rows = "".join(row.format(n=n) for n in range(20, 12, -1))
    menu = "<nav><a href='/om'>Om oss</a> <a href='/saker/kontakt'>Kontakt</a></nav>"
    body = (
        f"<body>{menu}<main>{before}<div>{rows}</div>{behind}</main><footer><a href='/personvern'>P</a></footer></body>"
    )
    found = read_further(body.encode(), HOST + listing)
    assert all(document.way == WAY for document in found.unlabelled)
    return [document.url.removeprefix(HOST) for document in found.unlabelled]


@pytest.mark.parametrize(
    ("listing", "behind", "first"),
    [
        ("/saker", "<a href='/saker?blokk=2'>Djupare ned i kista</a>", "/saker?blokk=2"),
        ("/saker", "<a href='/saker?foer=892'>Further back in time ↓</a>", "/saker?foer=892"),
        ("/saker", "<a href='?u=MjAyNi0wMw'><img src='/i/7.gif' alt=''></a>", "/saker?u=MjAyNi0wMw"),
        ("/saker?blokk=1", "<a href='/saker?blokk=2'>Djupare</a>", "/saker?blokk=2"),
        ("/saker", "<a href='/saker/bolk-2'>Djupare ned i kista</a>", "/saker/bolk-2"),
        ("/saker", "<a href='/saker/kista'>Djupare ned</a>", "/saker/kista"),
        ("/saker.html", "<a href='/saker-b2.html'>Djupare ned i kista</a>", "/saker-b2.html"),
        ("/saker/blokk/2/", "<a href='/saker/blokk/1/'>Opp</a><a href='/saker/blokk/3/'>Ned</a>", "/saker/blokk/3/"),
        ("/", "<a href='/?blokk=2'>Djupare ned i kista</a>", "/?blokk=2"),
        ("/saker", "<a href='/saker?l=8&o=8'><span></span></a>", "/saker?l=8&o=8"),
        ("/saker?l=8&o=8", "<a href='/saker?l=8&o=16'><span></span></a>", "/saker?l=8&o=16"),
    ],
)
def test_what_goes_on_from_the_address_of_the_list_is_proposed(listing: str, behind: str, first: str) -> None:
    assert proposed(listing, behind) == [first]


@pytest.mark.parametrize(
    "behind",
    [
        "<a href='/saker?lang=nn'>Nynorsk</a>",
        "<a href='/saker?l=2'>Nynorsk</a>",
        "<a href='/saker?l=2&emne=hamn'>Nynorsk</a>",
        "<a href='/saker?l=2&sort=4'>Nynorsk</a>",
        "<a href='/saker?sort=2'>Eldste</a>",
        "<a href='/saker/kaien-faar-nytt-lys-3'>Kaien 3 faar nytt lys i haust</a>",
        "<a href='/skjema?blokk=2'>Skjema</a>",
        "<a href='https://elles.example.org/saker?blokk=2'>Elles</a>",
        "<a href='/saker/arkiv-2.pdf'>Alt</a>",
        "<a href='/saker/feed'>Straum</a>",
        "<a href='/saker/kontakt'>Kontakt</a>",
        "<a href='/kista'>Kista</a>",
    ],
)
def test_views_files_releases_and_the_rest_of_the_site_are_not(behind: str) -> None:
    assert proposed("/saker", behind) == []


def test_another_choice_of_the_same_list_is_not_proposed() -> None:
    assert proposed("/saker?slag=melding", "<a href='/saker?slag=intervju'>Intervju</a>") == []


def test_a_list_without_days_is_gone_on_with_by_numbers_alone() -> None:
    links = "<a href='/saker?emne=hamn'>Hamn</a> <a href='/saker?blokk=2'>Djupare</a>"
    assert proposed("/saker", links, is_dated=False) == ["/saker?blokk=2"]


def test_numbers_come_first_and_few_families_are_proposed() -> None:
    topics = "".join(f"<a href='/saker?emne=emne{chr(97 + n)}'>Emne</a>" for n in range(9))
    others = "<a href='/saker/kista'>K</a><a href='/saker/skap'>S</a><a href='/saker/loft'>L</a>"
    found = proposed("/saker", f"{others}<p><a href='/saker?blokk=2'>Djupare</a></p>", topics)
    assert found[0] == "/saker?blokk=2"
    assert {address for address in found if "emne" not in address} == {"/saker?blokk=2", "/saker/kista", "/saker/skap"}


def test_a_page_with_a_known_pager_proposes_nothing() -> None:
    pager = "<a href='/saker?page=2'>2</a> <a href='/saker?page=3'>3</a>"
    assert proposed("/saker", f"{pager}<a href='/saker?blokk=2'>Djupare</a>") == []


@pytest.mark.parametrize(
    ("address", "begins"),
    [("/saker?blokk=2", True), ("/saker/kista", True), ("/saker?id=5&blokk=2", True), ("/saker?id=6", True),
     ("/saker?id=12", False), ("/saker?id=x", False)],
)  # fmt: skip
def test_what_may_be_the_first_further_page(address: str, begins: bool) -> None:
    assert may_begin(HOST + address, f"{HOST}/saker?id=5") is begins


def links(*days: str) -> list[Link]:
    return [Link(f"{HOST}/saker/{n}-{day}", f"Sak {n}", day) for n, day in enumerate(days)]


def test_a_page_goes_on_where_the_list_ends() -> None:
    older, mixed = links("2026-02-27", "2026-02-20", "2026-01-30"), links("2026-03-19", "2026-02-20", "2026-01-30")
    assert continues("2026-03-01", older, ())
    assert not continues("2026-03-01", mixed, ())
    assert continues("2026-03-01", mixed, {key(mixed[0].url)})
    assert not continues("2026-03-01", older, {key(link.url) for link in older})
    assert not continues("2026-03-01", links("", "", "2026-01-30"), ())
    assert continues("", links("", ""), ())
    assert not continues("", [], ())


def test_a_list_that_runs_oldest_first_goes_on_with_what_is_younger() -> None:
    days = [f"2026-03-{n:02}" for n in range(2, 12)]
    assert rises(days)
    assert rises([*days[:5], "2026-03-05", *days[5:]]), "one stands astray"
    assert not rises(reversed(days))
    assert not rises(["2019-05-05", *reversed(days)]), "one is kept on top"
    assert not rises(["", "2026-03-02", "2026-03-02", "2026-03-04", ""])
    assert end_of(days, rises=True) == "2026-03-09"
    older, younger = links("2026-02-20", "2026-01-30"), links("2026-03-12", "2026-03-20")
    assert continues("2026-03-09", younger, (), rises=True)
    assert not continues("2026-03-09", older, (), rises=True)


def test_a_release_kept_on_top_is_not_where_the_list_ends() -> None:
    days = ["2019-05-05", *(f"2026-03-{n:02}" for n in range(9, 1, -1))]
    assert end_of(days) == "2026-03-02"
    assert end_of(["2026-03-09", "2026-03-08"]) == ""


def test_a_list_that_looks_like_the_top_of_a_longer_one() -> None:
    ten = links(*(f"2026-03-{n:02}" for n in range(20, 10, -1)))
    assert ends_early(ten, proposed=False) == "2026-03-11"
    assert ends_early(ten[:7], proposed=True) == "2026-03-14"
    assert ends_early(ten[:7], proposed=False) == ""
    assert ends_early(links(*[""] * 10), proposed=True) == ""
    assert "before 2026-03-11" in words_of_end(f"{HOST}/saker", "2026-03-11")


def test_a_family_is_gone_on_with_by_what_changes_of_it() -> None:
    assert is_of_family("unlabelled /saker?o", "unlabelled /saker?l&o")
    assert is_of_family("unlabelled /saker/bolk-#", "unlabelled /saker/bolk-#")
    assert not is_of_family("unlabelled /saker?emne", "unlabelled /saker?l&o")
    assert not is_of_family("unlabelled /folk?o", "unlabelled /saker?l&o")
