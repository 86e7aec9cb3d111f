"""Links that lead on: the target is taken from the address where that says so, and nowhere else."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from crawler.discover.anchors import read_list, read_page
from crawler.discover.feeds import read_feed
from crawler.discover.items.click_counters import target_of, without_way_back

SITE = "https://www.lark.example.org"
TARGET = f"{SITE}/releases/otter-bridge-opens"
QUOTED = TARGET.replace(":", "%3A").replace("/", "%2F")


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/s/redirect?list=media&url={QUOTED}&rank=3",
        f"https://search.lark.example.org/click-through?to={QUOTED}",
        f"https://mail.mole.example.net/goto.aspx?key=7f&u={QUOTED}",
        f"{SITE}/url?target={TARGET}&sig=aa1",
        f"{SITE}/out.php?link={QUOTED.replace('%', '%25')}",
        f"{SITE}/redirect?to=%2Freleases%2Fotter-bridge-opens&n=4",
    ],
)
def test_a_redirect_that_names_its_target_is_that_target(address: str) -> None:
    assert target_of(address) == TARGET


@pytest.mark.parametrize(
    "address",
    [
        f"https://share.mole.example.net/sharer?u={QUOTED}",
        f"{SITE}/login?return={QUOTED}",
        f"{SITE}/find?page=/releases/otter-bridge-opens",
        f"{SITE}/redirect?from={QUOTED}&url=https://mole.example.net/",
        f"{SITE}/releases/otters-jump-and-go-far?seen={QUOTED.replace('otter', 'heron')}",
        TARGET,
    ],
)
def test_what_does_not_lead_on_or_names_several_stays(address: str) -> None:
    assert target_of(address, [] if address.startswith(SITE) else [TARGET]) == address


def test_a_target_that_the_link_repeats_is_believed_on_the_same_site() -> None:
    page = read_page(
        fromstring(
            f'<body><a href="/find/show?hit=1&amp;at={QUOTED}" data-live-url="{TARGET}">Otter bridge opens</a>'
            f'<a href="/find/show?hit=2&amp;at={QUOTED}">Otter bridge opens</a></body>'
        ),
        SITE,
    )
    assert [anchor.url for anchor in page.anchors] == [TARGET, f"{SITE}/find/show?hit=2&at={QUOTED}"]


def test_feeds_that_count_clicks_name_the_releases_themselves() -> None:
    feed = (
        f"<rss version='2.0'><channel><title>Lark</title><link>{SITE}/</link><item><title>Otter bridge opens</title>"
        f"<link>{SITE}/redirect?url={QUOTED}&amp;n=1</link></item></channel></rss>"
    )
    assert [link.url for link in read_feed(feed.encode(), f"{SITE}/feed").links] == [TARGET]


@pytest.mark.parametrize(
    "query",
    [
        "_redirect=%2Fweb%2Fmedia",
        "inheritRedirect=false&redirect=%2Fweb%2Fmedia%3Fcur%3D2",
        f"p_l_back_url={SITE.replace(':', '%3A')}/web/media",
        "Source=%2Fweb%2Fmedia",
    ],
)
def test_the_way_back_to_the_list_is_no_part_of_an_address(query: str) -> None:
    page = f"{SITE}/web/media?cur=3"
    assert without_way_back(f"{TARGET}?{query}", page) == TARGET
    assert without_way_back(f"{SITE}/show?id=7&{query}", page) == f"{SITE}/show?id=7"
    tree = fromstring(f"<body><a href='{TARGET}?{query}'>Otter bridge opens</a> <a href='{TARGET}'>More</a></body>")
    assert {anchor.url for anchor in read_list(tree, page).anchors} == {TARGET}


@pytest.mark.parametrize(
    "address",
    [
        f"{TARGET}?redirect=%2Fweb%2Fother",
        f"{SITE}/index.php?path=/web/media&id=7",
        f"{SITE}/web/media?back=%2Fweb%2Fmedia&cur=4",
        "https://mole.example.net/otters?from=%2Fweb%2Fmedia",
        f"{SITE}/show?fromDay=true&id=7",
    ],
)
def test_parameters_that_are_no_way_back_stay(address: str) -> None:
    assert without_way_back(address, f"{SITE}/web/media") == address
    assert without_way_back(address, SITE) == address
