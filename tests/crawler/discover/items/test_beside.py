"""Lists beside that of the releases: of other things, undated, or in another language."""

from __future__ import annotations

import pytest

from crawler.discover.further.answers import read_further, with_shaped
from crawler.discover.items.beside import is_another_list, names_something_else
from crawler.discover.listings import read_listing
from crawler.discover.shape import learn

URL = "https://www.lamps.example/en/news/"


def row(n: int, day: bool = True, title: str = "The lamps of quay {n} burn") -> str:
    stated = f" <span>{n % 27 + 1} May 2026</span>" if day else ""
    return f"<li><a href='/content/the-lamps-of-quay-{n}-burn'>{title.format(n=n)}</a>{stated}</li>"


def block(heading: str, rows: str, links: str = "") -> str:
    return f"<div class='block'><h2>{heading}</h2><ul>{rows}</ul>{links}</div>"


def pages(form: str, *numbers: int) -> str:
    return "<h3>Pages</h3>" + "".join(f"<a href='/en/news/?page={form.format(n - 1)}'>{n}</a> " for n in numbers)


def named(body: str, language: str = "en") -> list[str]:
    found = read_listing(f"<html lang='{language}'><body>{body}</body></html>".encode(), URL)
    return [link.url.removeprefix("https://www.lamps.example") for link in found.links]


RELEASES = "".join(map(row, range(1, 9)))
EXPECTED = [f"/content/the-lamps-of-quay-{n}-burn" for n in range(1, 9)]
OTHERS = "".join(row(n, day=False) for n in range(20, 25))


@pytest.mark.parametrize("heading", ["Upcoming events", "Studies", "Guides for owners"])
@pytest.mark.parametrize("is_above", [True, False])
def test_an_undated_list_with_a_heading_of_its_own_is_another(heading: str, is_above: bool) -> None:
    other, releases = block(heading, OTHERS), f"<div><ul>{RELEASES}</ul></div>"
    assert named(f"<h1>News</h1>{other}{releases}" if is_above else f"<h1>News</h1>{releases}{other}") == EXPECTED


@pytest.mark.parametrize("heading", ["More news", "Archive", "2024", "Older press releases"])
def test_an_undated_list_of_older_releases_is_kept(heading: str) -> None:
    assert len(named(f"<h1>News</h1><div><ul>{RELEASES}</ul></div>{block(heading, OTHERS)}")) == 13


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


def test_the_pager_of_another_list_is_none_of_the_releases() -> None:
    events = block("Upcoming events", OTHERS, pages("{}", 2, 3))
    releases = f"<div><ul>{RELEASES}</ul>{pages('0%2C{}', 2, 3, 4)}</div>"
    body = f"<html><body><h1>News</h1>{events}{releases}</body></html>".encode()
    found = read_listing(body, URL)
    assert [one.url.partition("?page=")[2] for one in found.documents] == ["0%2C1", "0%2C2", "0%2C3"]
    shapes = learn([[link.url for link in found.links]], URL)
    last = body.replace(RELEASES.encode(), row(30).encode())
    assert [link.url[-5:] for link in with_shaped(read_further(last, URL), last, URL, shapes).links] == ["-burn"]


def cells(*columns: tuple[str, str, str]) -> str:
    rows = ""
    for n in range(1, 9):
        links = "".join(
            f"<td><a {marks.format(n=n)}>{title} {n} by the quay of the town</a></td>" for _, marks, title in columns
        )
        rows += f"<tr><td>{n} May 2026</td>{links}</tr>"
    return f"<table>{rows}</table>"


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("href='/en/news/2026/{n}.html'", "href='/fr/presse/2026/{n}.html'"),
        ("href='/doc/10{n}.html' hreflang='en'", "href='/doc/20{n}.html' hreflang='fr'"),
        ("href='/doc/10{n}.html'", "href='/doc/20{n}.html' lang='fr-CA'"),
    ],
)
def test_the_column_in_another_language_is_left_out(english: str, french: str) -> None:
    expected = [english.format(n=n).split("'")[1] for n in range(1, 9)]
    columns = [("en", english, "The lamps"), ("fr", french, "Les lampes")]
    assert named(cells(*columns)) == expected
    assert named(cells(*reversed(columns))) == expected


def test_releases_in_another_language_than_their_page_are_releases() -> None:
    assert len(named(cells(("fr", "href='/doc/20{n}.html' hreflang='fr'", "Les lampes")))) == 8


def test_what_headings_name() -> None:
    assert names_something_else("upcoming-events")
    assert not names_something_else("the-town-opens-two-new-services-at-its-quay")
    assert not names_something_else("news-and-events")
    assert is_another_list("studien", "pressemitteilungen")
    assert not is_another_list("the-lamps-of-quay-3-burn-again", "pressemitteilungen")
    assert not is_another_list("", "news")
    assert not is_another_list("weitere-meldungen", "news")


@pytest.mark.parametrize(
    "heading",
    [
        "More Articles …",
        "Weitere Beiträge ...",
        "Plus d&rsquo;articles&hellip;",
        "Wi&#281;cej artyku&#322;&oacute;w&hellip;",
    ],
)
def test_titles_without_days_below_the_others_are_releases_where_their_heading_says_more_articles(heading: str) -> None:
    releases = f"<div><ul>{RELEASES}</ul></div>"
    assert len(named(f"<h1>News</h1>{releases}{block(heading, OTHERS)}{pages('{}', 2, 3)}")) == 13


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
