"""Dates belong to the items in which they stand."""

from __future__ import annotations

import pytest

from archive.page.html import parse_beginning
from crawler.discover.anchors import read_page
from crawler.discover.items.days import days_of, items_of
from crawler.discover.listings import read_listing

URL = "https://www.port.example/news/"


def listed(markup: str) -> dict[str, str]:
    """The days of the links of a page of one group, by the last part of their addresses."""
    page = read_page(parse_beginning(f"<body>{markup}</body>".encode(), "text/html; charset=utf-8"), URL)
    return {key.rpartition("/")[2]: day.moment for key, day in days_of(page.anchors, page).items()}


FORMS = {
    "a column before": "<table>{0}</table>|<tr><td>{day}</td><td><a href='{n}'>Quay {n} opens</a></td></tr>",
    "a column behind": "<table>{0}</table>|<tr><td><a href='{n}'>Quay {n} opens</a></td><td>{day}</td></tr>",
    "terms": "<dl>{0}</dl>|<dt>{day}</dt><dd><a href='{n}'>Quay {n} opens</a></dd>",
    "paragraphs in turn": "{0}|<p>{day}</p><p><a href='{n}'>Quay {n} opens</a></p>",
    "lines": "<p>{0}</p>|{day} - <a href='{n}'>Quay {n} opens</a><br>",
    "behind a line": "<p>{0}</p>|<a href='{n}'>Quay {n} opens</a> ({day})<br>",
    "a card that is a link": "{0}|<a href='{n}'><div>{day}</div><h3>Quay {n} opens</h3><p>Twelve boats came.</p></a>",
    "a picture before": "{0}|<div><a href='{n}'><img src='x'></a><h3><a href='{n}'>Quay {n}</a></h3><i>{day}</i></div>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_date_of_each_item(form: str) -> None:
    whole, item = form.split("|")
    rows = "".join(item.format(n=n, day=f"{n} May 2026") for n in range(11, 16))
    assert listed(whole.format(rows)) == {str(n): f"2026-05-{n}" for n in range(11, 16)}


def test_the_day_of_a_change_in_the_markup_is_not_that_of_the_item() -> None:
    changed = "<time class='updated' datetime='2026-06-0{m}'>{m} June 2026</time>"
    rows = "".join(
        f"<article><h2><a href='{n}'>Quay {n} opens</a></h2>{changed.format(m=n - 10) if n != 13 else ''}"
        f"<time class='entry-date published' datetime='2026-05-{n}'>{n} May 2026</time></article>"
        for n in range(11, 16)
    )
    assert listed(rows) == {str(n): f"2026-05-{n}" for n in range(11, 16)}
    alone = "".join(f"<li><a href='{n}'>Quay {n} opens</a>{changed.format(m=n - 10)}</li>" for n in range(11, 16))
    assert listed(f"<ul>{alone}</ul>") == {str(n): f"2026-06-0{n - 10}" for n in range(11, 16)}


@pytest.mark.parametrize(
    "labels",
    [
        ("last modified: ", "published: "),
        ("zuletzt verändert: ", "veröffentlicht: "),
        ("<b>Updated:</b> ", "<b>Published:</b> "),
    ],
)
def test_the_day_of_a_change_in_words_is_not_that_of_the_item(labels: tuple[str, str]) -> None:
    modified, published = labels
    rows = "".join(
        f"<li><h2><a href='{n}'>Quay {n} opens</a></h2><p><span>{modified}{n + 1:02}.06.2026 09:12</span> — "
        f"<span>{published}{n}.05.2026</span></p></li>"
        for n in range(13, 18)
    )
    assert listed(f"<ul>{rows}</ul>") == {str(n): f"2026-05-{n}" for n in range(13, 18)}


@pytest.mark.parametrize(
    "row",
    [
        "<h3><a href='{n}'>{title}</a></h3><p>{n} May 2026</p>",
        "<a href='{n}'>{title}</a><br>{n} May 2026<br>",
        "<div><h3><a href='{n}'>{title}</a></h3><p>{n} May 2026</p><p>On <b>3 June 2026</b> it opens.</p></div>",
        "<div><i>{topic}</i><span>{n} May 2026</span><a href='{n}'>Quay {n} opens</a> <b>3 June 2026</b></div>",
    ],
)
def test_a_title_or_topic_before_a_day_that_speaks_of_a_change_leaves_it_that_of_the_item(row: str) -> None:
    updates = {13: "Quay works: an update", 16: "Rules for quays modified"}
    rows = "".join(
        row.format(n=n, title=updates.get(n, f"Quay {n} opens"), topic="Updates" if n in updates else "Notes")
        for n in range(13, 21)
    )
    assert listed(f"<div>{rows}</div>") == {str(n): f"2026-05-{n}" for n in range(13, 21)}


def test_a_teaser_and_a_headline_tell_no_day_of_their_own() -> None:
    rows = "".join(
        f"<li><a href='{n}'>Quay open until 3 March 2031</a> <span>{n} May 2026</span>"
        f"<p>From 1 July 2028 on, and not before, ships of every kind will be welcome at quay {n}.</p></li>"
        for n in range(11, 16)
    )
    assert set(listed(f"<ul>{rows}</ul>").values()) == {f"2026-05-{n}" for n in range(11, 16)}
    undated = rows.replace("<span>", "<!--").replace("</span>", "-->").replace("until 3 March 2031", "")
    only_one = undated.replace("From 1 July 2028 on, and not before,", "From now on", 4)
    assert listed(f"<ul>{only_one}</ul>") == {}


def test_a_day_as_a_heading_is_that_of_all_below_it() -> None:
    found = listed(
        "<h3>2 May 2026</h3><ul><li><a href='1'>One</a></li><li><a href='2'>Two</a></li></ul>"
        "<h3>1 May 2026</h3><ul><li><a href='3'>Three</a></li></ul>"
    )
    assert found == {"1": "2026-05-02", "2": "2026-05-02", "3": "2026-05-01"}


def test_the_day_of_today_above_a_list_is_no_days() -> None:
    assert listed("<p>26 November 2026</p><ul><li><a href='1'>One</a></li><li><a href='2'>Two</a></li></ul>") == {}


def test_a_link_beside_the_list_gets_no_day_of_the_list() -> None:
    rows = "".join(
        f"<div class='item'><a href='/news/quay-{n}-opens-for-ships'>Quay {n} opens for ships, by 2030</a>"
        f"<b>May {n}, 2026</b></div>"
        for n in range(11, 16)
    )
    side = "".join(
        f"<li><a href='/news/old-quay-{n}-closes-at-last'>Old quay {n} closes at last</a></li>" for n in (1, 2)
    )
    found = read_listing(f"<body><main>{rows}</main><div><ul>{side}</ul></div></body>".encode(), URL)
    days = {link.url.rpartition("/")[2]: link.published for link in found.links}
    assert days["quay-15-opens-for-ships"] == "2026-05-15"
    assert days.get("old-quay-1-closes-at-last", "") == ""


def test_an_item_holds_all_links_to_its_address() -> None:
    page = read_page(
        parse_beginning(
            b"<ul><li><a href='1'><img></a><a href='1'>One</a> x</li><li><a href='2'>Two</a></li></ul>", "text/html"
        ),
        URL,
    )
    items = items_of(page.anchors, page)
    assert [page.text[slice(*place)].split() for place in items.values()] == [["One", "x"], ["Two"]]


def test_a_single_day_as_a_heading_is_that_of_all_below_it() -> None:
    """A page of one day: its heading says nothing else; one that says more is about something."""
    rows = "<ul>" + "".join(f"<li><a href='{n}'>Quay {n} opens</a></li>" for n in (11, 12, 13)) + "</ul>"
    assert listed(f"<h2>Friday, 29 May 2026</h2>{rows}") == dict.fromkeys(("11", "12", "13"), "2026-05-29")
    assert listed(f"<h2>All that was said of the harbour until 29 May 2026</h2>{rows}") == {}


def test_a_choice_of_days_beside_a_list_below_one_day_dates_none_of_its_releases() -> None:
    choice = "".join(f"<li><a href='/nytt?frå={n:02}.04.26'>{n} April 2026</a></li>" for n in range(9, 2, -1))
    rows = "".join(f"<li><a href='/nytt/{n}/kaien-faar-lys'>Kaien {n} faar nytt lys i haust</a></li>" for n in range(5))
    body = f"<ul class='dagar'>{choice}</ul><h2>Friday, 3 April 2026</h2><ul>{rows}</ul>"
    found = read_listing(body.encode(), "https://vestrand.example.org/nytt").links
    assert [link.title for link in found] == [f"Kaien {n} faar nytt lys i haust" for n in range(5)]
    assert {link.published for link in found} == {"2026-04-03"}


def test_a_day_in_a_heading_counts_more_than_the_same_in_the_name_of_the_page_or_below() -> None:
    markup = (
        "<p>Notes of the port of Larul, 16 May 2026</p><h1>Notes</h1><h2>16 May 2026</h2>"
        "<ul><li><a href='11'>Quay 11 opens</a></li><li><a href='12'>Quay 12 opens</a></li></ul>"
        "<table><caption>1 May 2026</caption></table>"
    )
    assert listed(markup) == {"11": "2026-05-16", "12": "2026-05-16"}


def test_days_as_headings_are_those_of_one_item_or_several_and_not_of_a_list_beside() -> None:
    item = "<div class=row>10:30 <a href='/news/{0}'>Quay {0} opens for boats</a></div>"
    days = "".join(
        f"<div class=day><h4>{day} May 2026</h4>{''.join(map(item.format, numbers))}</div>"
        for day, numbers in ((24, (29, 28)), (22, (27,)), (20, (26, 25)), (16, (24,)), (14, (23,)), (12, (22,)))
    )
    beside = "".join(f"<li><a href='/news/{n}'>Quay {n} opens for boats</a></li>" for n in (33, 32, 31, 30))
    main = f"<div class=main><h1>News</h1>{days}</div>"
    page = f"<body><div>{main}<div class=side><div class=card><h5>More</h5><ul>{beside}</ul></div></div></div></body>"
    found = read_listing(page.encode(), URL, "text/html")
    stated = {link.url.rpartition("/")[2]: link.published for link in found.links if link.published}
    expected = {29: 24, 28: 24, 27: 22, 26: 20, 25: 20, 24: 16, 23: 14, 22: 12}
    assert stated == {str(n): f"2026-05-{day}" for n, day in expected.items()}
