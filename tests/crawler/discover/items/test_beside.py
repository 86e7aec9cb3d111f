"""Lists beside that of the releases: of other things, undated, or in another language."""

from __future__ import annotations

import pytest

from crawler.discover.further.answers import read_further, with_shaped
from crawler.discover.items.beside import is_another_list
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


def test_an_undated_list_with_a_heading_of_its_own_is_another_also_beside_items_that_are_marked_up_richly() -> None:
    """Releases in `article` elements under headings are so much better a list that the other is not weighed at all."""
    items = "".join(
        f"<article><a href='/press/releases/the-lamps-of-quay-{n}-burn.html'><h3>The lamps of quay {n} burn</h3></a>"
        f"<time>{n} May 2026</time></article>"
        for n in range(11, 23)
    )
    tales = "".join(
        f"<a href='/press/tales/a-keeper-of-{n}-lamps.html'>A keeper of {n} lamps</a>" for n in range(41, 47)
    )
    body = f"<h1>Press</h1><div><div>{items}</div><button>More</button></div><div><h2>Tales</h2>{tales}</div>"
    found = read_listing(f"<html><body>{body}</body></html>".encode(), "https://www.lamps.example/press.html")
    assert [link.url.split("/")[4] for link in found.links] == ["releases"] * 12


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


def test_a_heading_of_another_list_is_a_label_and_names_no_news() -> None:
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
