"""Terms and other periods beside a list: which links lead to its other parts."""

from __future__ import annotations

import pytest

from crawler.discover.further.answers import read_further

URL = "https://lake.example.org/news"
ITEMS = "".join(
    f"<article><h2><a href='/news/2026/lamp-notice-{n}/'>The lamps of Orlin quay, notice number {n}</a></h2>"
    f"<time>2026-03-{n + 1:02}</time></article>"
    for n in range(8)
)


@pytest.mark.parametrize(
    ("label", "is_followed"),
    [("9th term (2021-2025)", True), ("IX Legislature", True), ("Term of 2021", True), ("Harbour", False)],
)
def test_the_terms_of_a_list_are_its_parts_where_its_pager_says_which_one_it_shows(
    label: str, is_followed: bool
) -> None:
    tabs = f"<a href='/news?term=10'>10th term</a><a href='/news?term=9'>{label}</a><a href='/news?lang=2'>2</a>"
    pager = "".join(f"<a href='/news?term=10&page={n}'>{n}</a>" for n in (2, 3))
    found = read_further(f"<main>{tabs}{ITEMS}{pager}</main>".encode(), URL)
    assert len(found.documents) == 2
    assert [way.url for way in found.ways] == ([f"{URL}?term=9"] if is_followed else [])
    assert all(way.way == "year" for way in found.ways)


def test_terms_are_no_parts_of_a_list_whose_address_chooses_one() -> None:
    pager = "".join(f"<a href='/news?term=10&page={n}'>{n}</a>" for n in (2, 3))
    found = read_further(f"<main><a href='/news?term=9'>9th</a>{ITEMS}{pager}</main>".encode(), f"{URL}?term=10")
    assert found.ways == ()
