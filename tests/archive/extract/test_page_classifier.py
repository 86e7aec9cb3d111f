"""Pages that only their build shows to be lists, and articles that resemble them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest

from archive.core.model import Capture, Extraction, Link, Rejection, Response
from archive.extract.extract import derive
from archive.extract.page_classifier import forest, list_likeness

AT = datetime(2026, 11, 3, tzinfo=UTC)
MENU = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("rooms", "halls", "stairs", "yards", "help"))
SENTENCES = (
    "The town hall of Varnholt keeps its doors open until nine in the evening from the first of May. ",
    "Visitors asked for it in a survey that the council held last winter, and two thirds were in favour. ",
    "The council pays for three more guards, and it wants to count the visitors of each evening hour. ",
)


def result_of(
    body: str, path: str, link: Link | None = None, title: str = "Varnholt", kind: Literal["page", "probe"] = "page"
) -> Extraction | Rejection:
    url = f"https://varnholt.example{path}"
    page = f"<html><head><title>{title}</title></head><body><nav><ul>{MENU}</ul></nav>{body}</body></html>"
    capture = Capture("varnholt", url, url, kind, AT, 200, "", "", 0, 0)
    return derive(Response(capture, (("Content-Type", "text/html; charset=utf-8"),), page.encode()), None, link).result


def tile(number: int) -> str:
    return (
        f'<div class="tile"><a href="/oak-{number}"><img src="/{number}.jpg"></a><h3><a href="/oak-{number}">'
        f"Oak chair {number}</a></h3><p>Made of oak, with a seat of woven rush and four turned legs.</p>"
        f"<button>Into the basket</button></div>"
    )


SHELF = (
    f"<h1>Chairs</h1><p>{SENTENCES[0]}</p><select><option>Price</option></select>"
    f'<div class="product-grid">{"".join(map(tile, range(1, 25)))}</div><a href="/chairs?page=2">2</a>'
)
TEASERS = "<h1>Chairs</h1>" + "".join(
    f'<div><h2><a href="/n/{n}">Chair {n} of the town hall is mended</a></h2><p>{SENTENCES[n % 3]}</p></div>'
    for n in range(12)
)
ARTICLE = f"<main><h1>Town hall opens longer</h1>{''.join(f'<p>{one * 2}</p>' for one in SENTENCES * 3)}</main>"


def test_a_shelf_of_goods_without_prices_is_no_article() -> None:
    found = result_of(SHELF, "/chairs", title="Chairs")
    assert isinstance(found, Rejection)
    assert found.kind == "listing"
    assert "repeated parts" in found.reason


def test_what_a_feed_or_a_listing_named_needs_more_evidence_against_it() -> None:
    found = result_of(TEASERS, "/chairs", title="Chairs")
    assert isinstance(found, Rejection)
    named = Link("https://varnholt.example/chairs", title="Chairs", via="https://varnholt.example/feed")
    assert isinstance(result_of(TEASERS, "/chairs", named, "Chairs"), Extraction)
    assert isinstance(result_of(TEASERS, "/chairs", Link(named.url), "Chairs"), Rejection)
    assert isinstance(result_of(SHELF, "/chairs", named, "Chairs"), Rejection)


@pytest.mark.parametrize("path", ["/town-hall-opens-longer", "/news/4711", "/index.php?id=88", "/a/"])
def test_an_article_in_plain_markup_is_one_wherever_it_stands(path: str) -> None:
    assert isinstance(result_of(ARTICLE, path), Extraction)


def test_a_short_release_beside_many_links_is_an_article() -> None:
    beside = "".join(f'<li><a href="/n/{n}">Another notice of the council, number {n}</a></li>' for n in range(30))
    page = f"<main><h1>Town hall opens longer</h1><p>{''.join(SENTENCES)}</p></main><aside><ul>{beside}</ul></aside>"
    assert isinstance(result_of(page, "/n/town-hall-opens-longer"), Extraction)


def test_the_forest_is_fitted_to_the_features_that_there_are() -> None:
    names, log_odds = forest()
    assert len(names) == len(set(names))
    assert isinstance(log_odds([0.0] * len(names)), float)
    with pytest.raises(ValueError, match="make fit"):
        list_likeness({"another": 1.0})


def test_a_page_that_leads_to_few_others_is_judged_by_its_words_alone() -> None:
    few = "".join(map(tile, range(1, 5)))
    assert isinstance(result_of(f"<p>{SENTENCES[0]}</p><div>{few}</div>", "/chairs", title="Chairs"), Extraction)


def test_what_a_server_says_of_an_address_that_cannot_be_is_kept_as_text() -> None:
    assert isinstance(result_of(SHELF, "/chairs", title="Chairs", kind="probe"), Extraction)


def test_a_page_that_says_it_is_an_article_of_a_day_is_believed() -> None:
    said = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Chairs of the town hall are mended",'
        ' "datePublished": "2026-10-30"}</script>'
    )
    assert isinstance(result_of(said + TEASERS, "/chairs", title="Chairs of the town hall are mended"), Extraction)
    assert isinstance(result_of(TEASERS, "/chairs", title="Chairs of the town hall are mended"), Rejection)


def test_rates_and_pictures_beside_an_article_make_no_shelf_of_it() -> None:
    rates = "".join(
        f"<li><span>{one} ₽</span></li>" for one in ("71,20", "84,10", "92,55", "1,10", "11,3", "0,55", "9,1")
    )
    others = "".join(
        f'<div class="pic"><a href="/n/{n}"><img src="{n}.jpg"></a><h3><a href="/n/{n}">Number {n} opens</a></h3></div>'
        for n in range(16)
    )
    title = "The town hall of Varnholt opens longer on all weekdays from the first of May"
    text = "".join(f"<p>{one}</p>" for one in SENTENCES * 4)
    page = f"<main><h1>{title}</h1><p>12 March 2026</p>{text}</main><aside><ul>{rates}</ul>{others}</aside>"
    found = result_of(page, "/2026/03/12/the-town-hall-of-varnholt-opens-longer-on-all-weekdays-4711", title=title)
    assert isinstance(found, Extraction)
