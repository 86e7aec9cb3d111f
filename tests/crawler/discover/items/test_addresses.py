"""What the addresses of links say."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from crawler.discover.anchors import Anchor, read_page
from crawler.discover.items.addresses import folder_of, has_article_shape, is_below, without_heads_of_days

SITE = "https://www.orlin.example"


def anchor(address: str) -> Anchor:
    return read_page(fromstring(f"<p><a href='{address}'>The lamps</a></p>"), f"{SITE}/").anchors[0]


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("/news/the-lamps-of-quay-3", True),
        ("/news/20417", True),
        ("/2026/05/lamps", True),
        ("/view?id=7", True),
        ("/news/lamps", False),
        ("/view?tag=7", False),
    ],
)
def test_addresses_that_look_like_those_of_one_article(address: str, is_one: bool) -> None:
    assert has_article_shape(anchor(address)) is is_one


def test_the_folder_of_an_address_has_the_names_of_its_parameters() -> None:
    assert folder_of(anchor("/news/lamps?id=7")) == folder_of(anchor("/news/quays?id=8")) == "orlin.example/news?id"
    assert is_below(f"{SITE}/news/lamps", f"{SITE}/news/page/2/")
    assert not is_below(f"{SITE}/news", f"{SITE}/")


def test_the_page_of_a_day_above_the_links_of_that_day_is_none_of_them() -> None:
    markup = (
        "<h3><a href='/bulletin/2026/03/04.html'>Wednesday 4 March 2026</a></h3>"
        "<a href='/bulletin/2026/03/04/11.html'>The lamps of Orlin are lit</a>"
        "<h3><a href='/bulletin/2026/03/03/'>3.3.2026</a></h3><a href='/bulletin/2026/03/03/10/'>Ferries wait</a>"
        "<a href='/lamps.html'>Lamps for 4 March 2026</a><a href='/notes/5'>5 March 2026</a>"
        "<a href='/plans'>Plans</a><a href='/plans/annex'>Annex</a>"
    )
    anchors = read_page(fromstring(f"<div>{markup}</div>"), f"{SITE}/").anchors
    kept = [one.text for one in without_heads_of_days(anchors)]
    assert kept == [
        "The lamps of Orlin are lit",
        "Ferries wait",
        "Lamps for 4 March 2026",
        "5 March 2026",
        "Plans",
        "Annex",
    ]
