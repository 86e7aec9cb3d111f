"""What is said of a page as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from archive.extract.features import PageFeatures
from archive.extract.page_features import describe, is_root
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.page.markup import read_markup

URL = "https://orlen.example/lamps"
PARAGRAPH = (
    "The harbour office of Orlen counted the boats that came in last winter, and it found more than before. " * 3
)


@dataclass(frozen=True)
class Said:
    title: str = "Lamps"
    published_at: str = ""
    authors: tuple[str, ...] = ()
    free: bool = True
    kinds: tuple[str, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)


def described(body: str, url: str = URL) -> dict[str, float]:
    tree = parse(f"<html><body>{body}</body></html>".encode(), "")
    return describe(read_markup(tree), url, Said(), PageFeatures(blocks(tree)), {"address signs": 1.5})


def card(number: int) -> str:
    return (
        f'<li class="product-card"><a href="/lamps/{number}"><img src="{number}.png"></a>'
        f'<a href="/lamps/{number}">Lamp {number}</a><span>$ {number}0</span><div>Into the basket</div></li>'
    )


SHELF = f"<h1>Lamps</h1><ul>{''.join(map(card, range(1, 13)))}</ul>"
ARTICLE = f"<article><h1>Boats</h1>{f'<p>{PARAGRAPH}</p>' * 6}</article>"


def test_repeated_parts_with_links_are_cards() -> None:
    shelf, article = described(SHELF), described(ARTICLE)
    assert shelf["cards"] > 2.5
    assert shelf["in cards"] > 0.9
    assert article["cards"] == article["in cards"] == 0.0


def test_prose_of_an_article_stands_in_one_place_and_that_of_teasers_in_many() -> None:
    teasers = "".join(f'<div><h2><a href="/{n}">Boats {n}</a></h2><p>{PARAGRAPH}</p></div>' for n in range(6))
    assert described(ARTICLE)["first place 1"] == 1.0
    assert described(teasers)["first place 1"] == pytest.approx(1 / 6)
    assert described(teasers)["places 1"] > described(ARTICLE)["places 1"]


def test_prices_and_words_said_again_are_counted() -> None:
    shelf = described(SHELF)
    assert shelf["prices"] > 2.5
    assert shelf["said again"] > 2.5
    assert shelf["named goods"] > 2.5
    assert described(ARTICLE)["prices"] == described(ARTICLE)["words said again"] == 0.0


@pytest.mark.parametrize(
    ("target", "below"),
    [("/lamps/9", 1), ("https://orlen.example/lamps/9", 1), ("/boats/9", 0), ("//other.example/lamps/9", 0)],
)
def test_links_below_the_address_of_the_page_are_counted(target: str, below: int) -> None:
    assert described(f'<p><a href="{target}">There</a></p>')["share below"] == below


def test_prose_that_no_link_breaks_is_one_run() -> None:
    broken = "".join(f'<p>{PARAGRAPH}</p><p><a href="/boats/{n}">More of the boats {n}</a></p>' for n in range(6))
    assert described(ARTICLE)["run of prose"] == 1.0
    assert described(broken)["run of prose"] == pytest.approx(1 / 6)
    assert described(broken)["runs"] > described(ARTICLE)["runs"]


def test_what_stands_between_headings_is_long_or_empty() -> None:
    guide = "".join(f"<h2>Boat {n}</h2><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>" for n in range(5))
    cards = "".join(f'<h2><a href="/boats/{n}">Boat {n}</a></h2>' for n in range(5))
    assert described(guide)["long sections"] == described(cards)["empty sections"] == 1.0
    assert described(cards)["heads linked"] == 1.0
    assert described(guide)["empty sections"] == described(guide)["heads linked"] == 0.0


def test_how_far_the_first_paragraph_stands_from_the_headline() -> None:
    links = "".join(f'<p><a href="/lamps/{n}">Lamp {n} of the shop</a></p>' for n in range(8))
    near, far = described(f"<h1>Lamps</h1><p>{PARAGRAPH}</p>"), described(f"<h1>Lamps</h1>{links}<p>{PARAGRAPH}</p>")
    assert near["first paragraph after"] == near["links before it"] == 0.0
    assert far["first paragraph after"] == far["links before it"] > 2.0
    assert near["address in headline"] == 1.0


def test_signs_of_other_rules_are_features_too() -> None:
    assert described(ARTICLE)["address signs"] == 1.5


def test_a_page_has_the_same_features_whatever_it_holds() -> None:
    assert list(described(SHELF)) == list(described(ARTICLE)) == list(described("<p>x</p>", "https://orlen.example/"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://orlen.example", True),
        ("https://orlen.example/?utm_source=a&gclid=b", True),
        ("https://orlen.example/?p=12", False),
        ("https://orlen.example/lamps", False),
    ],
)
def test_the_root_of_a_site(url: str, expected: bool) -> None:
    assert is_root(url) is expected
