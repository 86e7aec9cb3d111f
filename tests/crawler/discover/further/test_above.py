"""The lists above the items of a front page that calls none of its links news."""

from __future__ import annotations

import pytest

from archive.core.model import Link
from crawler.cli.listing_candidate import ListingCandidate
from crawler.discover.discover import read_home
from crawler.discover.links import Discovered, Document

URL = "https://www.orlin.example/watch/"


def _item(address: str, n: int) -> str:
    return f"<li><a href='{address}/{4000 + n}-quay'>Quay {n} is open again for all ships</a></li>"


def _lists(menu: str, *sections: tuple[str, int], url: str = URL) -> list[tuple[str, str]]:
    items = "".join(_item(folder, n) for folder, count in sections for n in range(count))
    found = read_home(f"<body><nav>{menu}</nav><ul>{items}</ul></body>".encode(), url)
    return [(one.url.removeprefix("https://www.orlin.example"), one.way) for one in found.documents]


MENU = (
    "<a href='/'>Orlin</a> <a href='/watch/'>Watch</a> <a href='/watch/dispatches/'>Dispatches</a>"
    "<a href='/watch/people/'>We</a> <a href='/watch/jobs/'>Work</a> <a href='/watch/dispatches/2026/'>2026</a>"
)


def test_the_list_above_most_items_is_read() -> None:
    sections = ("/watch/dispatches/2026", 4), ("/watch/people", 2), ("/watch/jobs", 5)
    assert _lists(MENU, *sections) == [("/watch/dispatches/", "above")]


@pytest.mark.parametrize("menu", [MENU + "<a href='/news/'>News</a>", "<a href='/watch/'>Watch</a>"])
def test_there_is_none_where_a_list_of_news_is_named_or_no_other_page(menu: str) -> None:
    assert "above" not in dict(_lists(menu, ("/watch/dispatches/2026", 4))).values()


def test_few_items_show_none() -> None:
    assert _lists(MENU, ("/watch/dispatches/2026", 2)) == []


def test_a_list_that_goes_on_is_the_list_itself() -> None:
    above = Document(f"{URL}dispatches/", "listing", "above")
    links = Discovered(links=tuple(Link(f"{URL}dispatches/{n}", "Quay") for n in range(6)))
    ends = ListingCandidate(URL, links, 3.0, False, (above,))
    goes_on = ListingCandidate(
        URL, Discovered(links.links, (Document(f"{URL}?page=2", "listing"),)), 3.0, False, (above,)
    )
    assert (ends.others, goes_on.others) == ([above.url], [])
