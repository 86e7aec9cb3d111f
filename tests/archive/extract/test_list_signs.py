"""The signs that speak for a list, each by itself."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from archive.extract.list_signs import listing_signs, score, sign_points, stated_signs
from archive.page.html import parse
from archive.page.markup import StatedMarkup, read_markup

SITE = "https://orlen.example"


@dataclass(frozen=True)
class Said:
    title: str = "The harbour of Orlen is dredged in spring"
    published_at: str = ""
    authors: tuple[str, ...] = ()
    free: bool = True
    kinds: tuple[str, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)


def page(body: str = "<p>One line.</p>", classes: str = "") -> StatedMarkup:
    return read_markup(parse(f'<html><body class="{classes}">{body}</body></html>'.encode(), ""))


def points_of(markup: StatedMarkup, path: str, metadata: Said) -> dict[str, float]:
    return sign_points(SITE + path, metadata, stated_signs(markup, metadata))


@pytest.mark.parametrize(
    ("path", "points"),
    [("/", 3.0), ("/collections/lamps", 1.5), ("/notes?page=3", 2.5), ("/tag/harbour", 1.5), ("/2026/harbour", 0.0)],
)
def test_an_address_gives_points(path: str, points: float) -> None:
    assert points_of(page(), path, Said())["address signs"] == points


def test_what_a_page_says_it_is_gives_and_takes_points() -> None:
    assert points_of(page(classes="archive"), "/a", Said())["stated signs"] == 2.5
    assert points_of(page(), "/a", Said(kinds=("newsarticle",)))["stated signs"] == -2.0


def test_a_title_that_names_a_section_gives_points() -> None:
    assert points_of(page(), "/a", Said(title="Press releases | Orlen"))["title signs"] == 3.0
    assert points_of(page(), "/a", Said())["title signs"] == 0.0


def test_the_signs_of_a_page_are_summed() -> None:
    headings = "".join(f'<h2><a href="/{n}">Headline {n}</a></h2>' for n in range(9))
    said = page(headings, "archive")
    signs = list(listing_signs(said, SITE + "/tag/harbour", Said(), ["One line."], stated_signs(said, Said())))
    assert score(signs) == sum(points for points, _ in signs) == 1.5 + 2.5 + 1.5


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("Showing 1 to 5 of 48 results", True),
        ("11–20 von 312 Treffern", True),
        ("Résultats 1 à 10 sur 48", True),
        ("Of 48 ships 5 came in", False),
        ("Only 2 to 3 of 10 homes on the coast have safe water", False),
        ("3 - 5 of 12 municipalities agree", False),
        ("Karn wins 3-1 of 5", False),
        (
            "The turnout was 50 to 60 of 100 in the towns of the coast, and it was higher in the villages of the hills",
            False,
        ),
    ],
)
def test_a_search_that_counts_what_it_shows_gives_points(line: str, counts: bool) -> None:
    signs = listing_signs(page(), SITE + "/a", Said(), [line, "The harbour is dredged."], ())
    assert ("it counts what it shows" in [words for _, words in signs]) == counts
