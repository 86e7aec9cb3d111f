"""Links judged together by the kind of place that they stand in, and what better groups leave of them."""

from __future__ import annotations

import re

import pytest
from lxml.html import document_fromstring

from crawler.discover.anchors import LinkedPage, read_page
from crawler.discover.items.groups import (
    ENOUGH,
    Group,
    are_of_one_shape,
    groups_of,
    is_among,
    keys_of,
    usual_folder,
    without_claimed,
)

URL = "https://portvale.example/news"
RELEASES = "".join(
    f'<li class="item"><h3><a href="/news/2026/the-pier-opens-part-{n}">The harbour pier opens, part {n}</a></h3>'
    f"<span>{n} March 2026</span></li>"
    for n in range(1, 9)
)
MENU = '<nav><ul class="menu">' + "".join(f'<li><a href="/{n}">Boats</a></li>' for n in "abcdefg") + "</ul></nav>"


def read(body: str) -> tuple[LinkedPage, list[Group]]:
    page = read_page(document_fromstring(f"<html><body>{body}</body></html>"), URL)
    return page, groups_of(page.anchors, page, URL)


def test_a_dated_list_of_headings_scores_more_than_a_menu() -> None:
    _, (best, menu) = read(f"{MENU}<ul>{RELEASES}</ul>")
    assert best.score >= ENOUGH > menu.score
    assert len(best.days) == len(best.keys) == 8
    assert len(keys_of([best, menu])) == 15
    assert usual_folder(best)
    assert not are_of_one_shape(menu, best)


def test_a_topic_that_several_items_have_in_common_is_none_of_their_links() -> None:
    items = RELEASES.split("</h3>")
    topics = [f'</h3><a href="/topics/{"boats" if n % 2 else "tides"}">Of the harbour</a>' for n in range(len(items))]
    _, (only,) = read("<ul>" + "".join(map("".join, zip(items, topics, strict=True)))[: -len(topics[-1])] + "</ul>")
    assert all("pier-opens" in anchor.url for anchor in only.anchors)


def test_what_names_events_is_something_else() -> None:
    events = RELEASES.replace("/news/2026/", "/events/")
    _, (group,) = read(f"<ul>{events}</ul>")
    assert group.is_else
    _, (group,) = read(f"<ul>{RELEASES}</ul>")
    assert not group.is_else


def test_where_documents_lie_says_nothing_of_them() -> None:
    for folder, is_else in (("documents", False), ("downloads", False), ("events", True)):
        files = re.sub(r'(part-\d)"', r'\1.pdf"', RELEASES.replace("/news/2026/", f"/{folder}/"))
        _, (group,) = read(f"<ul>{files}</ul>")
        assert all(anchor.url.endswith(".pdf") for anchor in group.anchors)
        assert group.is_else is is_else, folder


def test_a_better_group_claims_its_links_and_the_days_in_its_items() -> None:
    beside = RELEASES.replace("</h3>", '</h3><p><a href="/media/{}">Picture of the pier at dawn</a></p>')
    pictures = "".join(one.replace("{}", str(n)) + "</li>" for n, one in enumerate(beside.split("</li>")[:-1]))
    page, groups = read(f"<ul>{pictures}</ul>")
    best, other = sorted(groups, key=lambda group: -sum(anchor.heading for anchor in group.anchors))
    assert is_among(other, best)
    rest = without_claimed(other, [best], page, URL)
    assert rest is not None
    assert (rest.days, rest.keys) == ({}, other.keys)
    assert without_claimed(best, [best], page, URL) is None


@pytest.mark.parametrize("name", ["even", "ms-alternating", "row_alt"])
def test_rows_of_which_every_other_looks_different_are_one_list(name: str) -> None:
    rows = [row.replace("item", name) if n % 2 else row for n, row in enumerate(RELEASES.split("</li>")[:-1])]
    _, (only,) = read("<ul>" + "</li>".join(rows).replace('"item"', '""') + "</li></ul>")
    assert len(only.keys) == 8
