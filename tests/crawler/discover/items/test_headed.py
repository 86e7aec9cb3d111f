"""Lists that only their headings tell apart: releases, and events that are marked up alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.discover.items.headed import is_other_label, names_something_else
from crawler.discover.listings import read_listing
from tests.crawler.discover.items.test_beside import EXPECTED, RELEASES, named, row


@pytest.mark.parametrize("heading", ["<h2>Events</h2>", "<div><h2>Events</h2><a href='/events/'>All events</a></div>"])
def test_coming_events_with_days_are_no_releases(heading: str) -> None:
    events = f"<div class='block'>{heading}<ul>{''.join(row(n) for n in range(10, 25))}</ul></div>"
    assert named(f"<h1>News</h1>{events}<div><h2>Press releases</h2><ul>{RELEASES}</ul></div>") == EXPECTED


def lot(n: int, folder: str = "procurement") -> str:
    return f"<li><a href='/{folder}/{n}/'>Lamps and wicks for quay {n}</a> <span>{n % 27 + 1} May 2026</span></li>"


def test_a_list_of_which_all_addresses_name_something_else_is_another_whatever_its_heading_says() -> None:
    lots, releases = "".join(map(lot, range(40, 48))), f"<div><h2>Press releases</h2><ul>{RELEASES}</ul></div>"
    assert named(f"<h1>Quay</h1>{releases}<div><h2>Call for offers</h2><ul>{lots}</ul></div>") == EXPECTED


@pytest.mark.parametrize(("heading", "folder"), [("Events", "content"), ("Call for offers", "procurement")])
def test_lists_under_headings_in_one_element_are_told_apart(heading: str, folder: str) -> None:
    lots = "".join(lot(n, folder) for n in range(40, 48))
    releases, other = f"<h2>Press releases</h2><ul>{RELEASES}</ul>", f"<h2>{heading}</h2><ul>{lots}</ul>"
    assert named(f"<h1>Quay</h1>{releases}{other}") == EXPECTED
    assert named(f"<h1>Quay</h1>{other}{releases}") == EXPECTED


@pytest.mark.parametrize(
    "releases",
    [
        f"<h3>May</h3><ul>{''.join(map(row, range(1, 5)))}</ul><h3>April</h3><ul>{''.join(map(row, range(5, 9)))}</ul>",
        "".join(f"<h3>Quay {n} burns</h3><p>{n} May 2026</p>{row(n, day=False)}" for n in range(1, 9)),
        "".join(
            f"<div><h3>{row(n, day=False, title='Quay {n} burns')[4:-5]}</h3>{n} May 2026</div>" for n in range(1, 9)
        ),
    ],
)
def test_headings_of_months_and_releases_do_not_end_their_list(releases: str) -> None:
    releases = f"<div><h2>Press releases</h2>{releases}</div>"
    events = f"<div><h2>Events</h2><ul>{''.join(lot(n, 'content') for n in range(40, 48))}</ul></div>"
    assert named(f"<h1>Quay</h1>{releases}{events}") == EXPECTED
    assert named(f"<h1>Quay</h1>{events}{releases}") == EXPECTED


def test_releases_below_a_second_heading_in_one_element_are_kept() -> None:
    body = f"<h1>Quay</h1><h2>Press releases</h2><ul>{RELEASES}</ul><h2>Events</h2>"
    more = "".join(row(n) for n in range(20, 24))
    assert len(named(f"{body}<ul>{''.join(map(lot, range(40, 43)))}</ul><h2>Older news</h2><ul>{more}</ul>")) >= 12


@pytest.mark.parametrize(
    ("heading", "lots"),
    [
        ("More news", "".join(map(lot, range(40, 44)))),
        ("Call for offers", lot(40) + "".join(lot(n, "content") for n in range(41, 44))),
    ],
)
def test_a_list_that_names_releases_or_leads_to_some_is_kept(heading: str, lots: str) -> None:
    releases = f"<div><h2>Press releases</h2><ul>{RELEASES}</ul></div>"
    assert len(named(f"<h1>Quay</h1>{releases}<div><h2>{heading}</h2><ul>{lots}</ul></div>")) > 8
    assert len(named(f"<h1>News</h1><ul>{RELEASES}{lots}</ul>")) > 8


def test_a_heading_of_events_or_services_names_something_else() -> None:
    assert names_something_else("upcoming-events")
    assert not names_something_else("the-town-opens-two-new-services-at-its-quay"), "this is a title"
    assert not names_something_else("news-and-events")


def test_a_heading_of_news_years_or_an_archive_is_one_of_releases() -> None:
    assert not any(map(is_other_label, ["news", "archive", "releases-of-2024", "next", ""]))
    assert is_other_label("studies")


def test_a_list_of_events_in_the_markup_of_the_releases_is_none() -> None:
    def portlet(heading: str, numbers: range) -> str:
        return f"<section class='portlet'><h2>{heading}</h2><ul>{''.join(row(n) for n in numbers)}</ul></section>"

    releases = portlet("Press releases", range(1, 9))
    assert named(releases + portlet("Agenda", range(10, 14))) == EXPECTED
    assert named(portlet("Agenda", range(10, 14)) + releases) == EXPECTED
    assert len(named(releases + portlet("Archive", range(10, 14)))) == 12


def test_a_release_that_is_called_as_events_are_parts_no_list() -> None:
    link = "<a href='/content/the-lamps-of-quay-{n}-burn'>Read on about quay number {n}</a> <span>{n} May 2026</span>"
    called = {1: "Services of quay 1", 4: "Services of quay 4"}
    items = "".join(f"<li><h3>{called.get(n, 'Lamps')}</h3>{link.format(n=n)}</li>" for n in range(1, 9))
    assert named(f"<h1>News</h1><ul>{items}</ul>") == EXPECTED


def test_releases_by_subject_are_one_list_though_some_are_of_services() -> None:
    subjects = (("Harbour", range(1, 4)), ("Services", range(4, 7)), ("People", range(7, 9)))
    parts = "".join(f"<div><h2>{name}</h2><ul>{''.join(map(row, numbers))}</ul></div>" for name, numbers in subjects)
    assert named(f"<main><h1>Press releases</h1>{parts}</main>") == EXPECTED


def post(n: int) -> str:
    address = f"/tales/lamps-and-wicks-and-what-they-cost-{n}/"
    return f"<li><h3><a href='{address}'>Lamps and wicks for quay {n}</a></h3> <span>{n % 27 + 1} May 2026</span></li>"


@pytest.mark.parametrize("heading", ["From our blog", "Webinars"])
@pytest.mark.parametrize("make", [post, lot])
def test_what_a_company_blogs_beside_its_releases_is_another_list(heading: str, make: Callable[[int], str]) -> None:
    beside = f"<div><h2>{heading}</h2><ul>{''.join(map(make, range(40, 48)))}</ul></div>".replace(
        "procurement", "tales"
    )
    assert named(f"<div><h2>Press releases</h2><ul>{RELEASES}</ul></div>{beside}") == EXPECTED


def test_a_blog_is_told_from_reports_of_others_that_are_marked_up_like_it() -> None:
    reports = "".join(
        f"<li><h3><a href='https://gazette-{n}.example/2026/quays-of-town-{n}'>The quays of town {n}</a></h3></li>"
        for n in range(3)
    )
    beside = (
        f"<h2>In the media</h2><ul>{reports}</ul><h2>From the blog</h2><ul>{''.join(map(post, range(40, 43)))}</ul>"
    )
    releases = "".join(row(n).replace("<li>", "<li class='release'>") for n in range(1, 9))
    assert named(f"<h1>Quay</h1><h2>Press releases</h2><ul>{releases}</ul>{beside}") == EXPECTED


def test_a_blog_is_read_where_the_page_has_no_other_list() -> None:
    posts = "".join(row(n) for n in range(1, 9))
    assert len(named(f"<h1>Blog</h1><ul>{posts}</ul><h2>About us</h2><p>We keep lamps.</p>")) == 8


@pytest.mark.parametrize(("main", "path"), [("Insights", "/en/stories"), ("What we say", "/en/insights/")])
def test_the_posts_of_a_blog_are_read_where_the_page_is_that_of_the_blog(main: str, path: str) -> None:
    beside = f"<div><h2>In the news</h2><ul>{''.join(map(row, range(40, 44)))}</ul></div>"
    body = f"<div><h1>{main}</h1><h2>Our blog</h2><ul>{''.join(map(post, range(1, 9)))}</ul></div>{beside}"
    found = read_listing(f"<html><body>{body}</body></html>".encode(), f"https://www.lamps.example{path}").links
    assert {post(n).split("'")[1] for n in range(1, 9)} <= {link.url.partition(".example")[2] for link in found}


@pytest.mark.parametrize("part", ["{}", "<article>{}</article>"])
def test_a_release_on_a_blog_is_one_of_the_list_in_which_it_stands(part: str) -> None:
    burning = {f"/content/the-lamps-of-quay-{n}-burn": f"The lamps of quay {n} burn again" for n in range(3, 9)}
    titles = {"/content/what-the-quay-was": "What the quay was in 2026", "/posts/new": "A new blog on lamps", **burning}
    rows = "".join(
        part.format(f"<h2><a href='{address}'>{title}</a></h2><p>{n} May 2026</p><p>Of lamps and quays.</p>")
        for n, (address, title) in enumerate(titles.items(), 1)
    )
    assert named(f"<h1>Press releases</h1><div>{rows}</div>") == [*titles]
