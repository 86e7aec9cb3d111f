"""Pages of one listing have one name, and a release none of the page that it was seen on."""

from __future__ import annotations

import pytest

from archive.core.urls import canonical
from crawler.discover.further.counting.same_listing import is_same_listing, without_page, without_page_of

HOST = "https://lake.example.org"


def test_pages_of_one_listing_have_one_name() -> None:
    assert is_same_listing(f"{HOST}/news/page/4/", f"{HOST}/news/")
    assert is_same_listing(f"{HOST}/news,4.html", f"{HOST}/news.html")
    assert not is_same_listing(f"{HOST}/sport/page/4/", f"{HOST}/news/")
    assert is_same_listing(f"{HOST}/news/page/2/?flag", f"{HOST}/news/")
    assert not is_same_listing(f"{HOST}/news/page/2/?article41", f"{HOST}/news/")
    assert not is_same_listing(f"{HOST}/news/?flag", f"{HOST}/news/")
    assert without_page(f"{HOST}/news?b=1&a=2&page=3") == ("/news", (("a", "2"), ("b", "1")), "lake.example.org")


def test_a_page_of_one_of_several_lists_is_one_of_the_listing() -> None:
    assert is_same_listing(f"{HOST}/n?page=0%2C2", f"{HOST}/n")
    assert not is_same_listing(f"{HOST}/n?item=0%2C2", f"{HOST}/n")


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
