"""Forests as compiled code: the same sums as walking the trees, sure answers early, and a guard on the features.

Pages that only their build shows to be lists, and articles that resemble them.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from typing import Literal

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.core.model import Capture, Extraction, Link, Rejection, Response
from archive.extract import classifier, coherence, features
from archive.extract.classifier import list_likeness, page_forest, weighted_sum
from archive.extract.extract import derive
from archive.page.blocks import blocks

TREES = [[0, 0.5, [1, 2.0, -0.25, 0.75], 1.5], -0.125, [1, -1.0, 0.5, [0, 0.25, -1.0, 2.0]]]


def walked(node: object, row: list[float]) -> float:
    while isinstance(node, list):
        feature, threshold, below, above = node
        node = below if row[feature] <= threshold else above
    assert isinstance(node, float)
    return node


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=2))
@settings(deadline=None)
def test_compiled_trees_give_what_walking_them_gives(row: list[float]) -> None:
    assert classifier.program(TREES, 2)(row) == pytest.approx(sum(walked(tree, row) for tree in TREES))


def test_later_trees_are_not_asked_where_the_first_are_sure() -> None:
    sure = classifier.program([5.0, *[0.0] * 19, 1.0], 0)
    unsure = classifier.program([3.0, *[0.0] * 19, 1.0], 0)
    assert (sure([]), unsure([])) == (5.0, 4.0)


def test_a_block_that_was_not_described_is_not_likely() -> None:
    assert classifier.first_scores([None]) == [0.0]


def test_doubt_is_the_share_that_is_expected_to_be_wrong() -> None:
    assert classifier.doubt([1000.0, 1000.0], [1.0, 0.0]) == 0
    assert classifier.doubt([1000.0, 1000.0], [1.0, 0.5]) > classifier.doubt([1000.0, 10.0], [1.0, 0.5]) > 0
    assert classifier.doubt([5000.0], [0.9]) == classifier.doubt([1200.0], [0.9])  # one huge block does not decide


def test_the_stored_forests_are_of_the_features_there_are() -> None:
    stored = json.loads(files("archive.extract").joinpath("classifier.json").read_text("utf-8"))
    assert stored["first"]["features"] == list(features.names())
    assert stored["second"]["features"] == [*features.names(), *coherence.names()]
    assert len(classifier.forests()) == 2


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


def rate(monkeypatch: pytest.MonkeyPatch, likeness: float) -> None:
    """Have every page built like a list to that degree."""
    monkeypatch.setattr("archive.extract.page_kind.list_likeness", lambda _: likeness)


@pytest.mark.parametrize(("type_", "expected"), [("WebPage", Rejection), ("NewsArticle", Extraction)])
def test_the_day_of_a_web_page_is_not_that_of_an_article(
    type_: str, expected: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(monkeypatch, 0.5)
    stated = json.dumps({"@context": "https://schema.org", "@type": type_, "datePublished": "2026-10-30"})
    says = f'<meta property="og:type" content="article"><script type="application/ld+json">{stated}</script>'
    assert isinstance(result_of(says + TEASERS, "/chairs", title="Chairs"), expected)


def test_a_page_that_states_its_day_needs_more_evidence_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    dated = TEASERS.replace("</h1>", '</h1><time datetime="2026-10-30">30 October 2026</time>')
    rate(monkeypatch, 0.5)
    assert isinstance(result_of(TEASERS, "/chairs", title="Chairs"), Rejection)
    assert isinstance(result_of(dated, "/chairs", title="Chairs"), Extraction)
    rate(monkeypatch, 1.0)
    assert isinstance(result_of(dated, "/chairs", title="Chairs"), Rejection)


def test_elements_may_mark_a_page_as_one_article_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    rate(monkeypatch, 1.5)
    day = '<time itemprop="datePublished" datetime="2026-10-30">30 October 2026</time>'
    article = f'<div itemscope itemtype="https://schema.org/Article">{day + TEASERS}</div>'
    assert isinstance(result_of(article, "/chairs", title="Chairs"), Extraction)
    assert isinstance(result_of(article + article, "/chairs", title="Chairs"), Rejection)
    assert isinstance(result_of(article.replace("Article", "Thing"), "/chairs", title="Chairs"), Rejection)


def test_the_root_of_a_site_needs_less_evidence_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = "".join(f'<p><a href="/room-{n}">Room {n}</a></p>' for n in range(12))
    rate(monkeypatch, -1.2)
    found = result_of(ARTICLE + rooms, "/", title="Town hall opens longer")
    assert isinstance(found, Rejection)
    assert found.kind == "home"
    assert isinstance(result_of(ARTICLE + rooms, "/longer", title="Town hall opens longer"), Extraction)
    named = Link("https://varnholt.example/", title="Town hall opens longer", via="https://varnholt.example/feed")
    assert isinstance(result_of(ARTICLE + rooms, "/", named, title="Town hall opens longer"), Extraction)
    rate(monkeypatch, -1.6)
    assert isinstance(result_of(ARTICLE + rooms, "/", title="Town hall opens longer"), Extraction)


def test_a_page_built_like_an_article_is_one_whatever_the_signs_say(monkeypatch: pytest.MonkeyPatch) -> None:
    rate(monkeypatch, -1.5)
    assert isinstance(result_of(TEASERS, "/category/chairs/page/2", title="Chairs"), Rejection)
    rate(monkeypatch, -2.5)
    assert isinstance(result_of(TEASERS, "/category/chairs/page/2", title="Chairs"), Extraction)


def test_a_line_without_a_day_is_no_article_unless_somebody_named_it_one() -> None:
    line = "<div><h1>Oak chairs</h1><p>Here is a chair for your desk, made of woven rush.</p></div>"
    found = result_of(line, "/chairs/oak", title="Oak chairs")
    assert isinstance(found, Rejection)
    assert (found.kind, found.reason) == ("other", "next to no text was found in the page")
    named = Link("https://varnholt.example/chairs/oak", title="Oak chairs", via="https://varnholt.example/feed")
    assert isinstance(result_of(line, "/chairs/oak", named, "Oak chairs"), Extraction)
    dated = line.replace("<p>", '<time datetime="2026-10-30">30 October 2026</time><p>')
    assert isinstance(result_of(dated, "/chairs/oak", title="Oak chairs"), Extraction)
    assert isinstance(result_of(line, "/chairs/oak", title="Oak chairs", kind="probe"), Extraction)


@pytest.mark.parametrize("path", ["/town-hall-opens-longer", "/news/4711", "/index.php?id=88", "/a/"])
def test_an_article_in_plain_markup_is_one_wherever_it_stands(path: str) -> None:
    assert isinstance(result_of(ARTICLE, path), Extraction)


def test_a_short_release_beside_many_links_is_an_article() -> None:
    beside = "".join(f'<li><a href="/n/{n}">Another notice of the council, number {n}</a></li>' for n in range(30))
    page = f"<main><h1>Town hall opens longer</h1><p>{''.join(SENTENCES)}</p></main><aside><ul>{beside}</ul></aside>"
    assert isinstance(result_of(page, "/n/town-hall-opens-longer"), Extraction)


def test_the_forest_is_fitted_to_the_features_that_there_are() -> None:
    names, *judges = page_forest()
    assert len(names) == len(set(names))
    assert all(isinstance(log_odds([0.0] * len(names)), float) for log_odds in judges)
    with pytest.raises(ValueError, match="make fit"):
        list_likeness({"another": 1.0})


def test_a_feature_far_from_its_mean_counts_four_deviations_at_most() -> None:
    log_odds = weighted_sum(bias=-1.0, means=[2.0, 0.0], scales=[0.5, 1.0], weights=[0.5, -1.0])
    assert log_odds([3.0, 0.0]) == 0.0
    assert log_odds([100.0, 0.0]) == log_odds([4.0, 0.0]) == 1.0
    assert log_odds([2.0, -100.0]) == 3.0


def test_a_page_that_leads_to_few_others_is_judged_by_its_words_alone() -> None:
    few = "".join(map(tile, range(1, 5)))
    words = f"<p>{''.join(SENTENCES)}</p>"
    assert isinstance(result_of(f"{words}<div>{few}</div>", "/chairs", title="Chairs"), Extraction)


def test_what_a_server_says_of_an_address_that_cannot_be_is_kept_as_text() -> None:
    assert isinstance(result_of(SHELF, "/chairs", title="Chairs", kind="probe"), Extraction)


def test_a_page_that_says_it_is_an_article_of_a_day_is_believed() -> None:
    said = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Chairs of the town hall are mended",'
        ' "datePublished": "2026-10-30"}</script>'
    )
    assert isinstance(result_of(said + TEASERS, "/chairs", title="Chairs of the town hall are mended"), Extraction)
    assert isinstance(result_of(TEASERS, "/chairs", title="Chairs of the town hall are mended"), Rejection)


def test_the_day_of_a_web_page_that_calls_itself_an_article_is_believed_less() -> None:
    node = '{"@type": "WebPage", "name": "Chairs", "datePublished": "2026-10-30"}'
    page = f'<script type="application/ld+json">{node}</script><meta property="og:type" content="article">'
    assert isinstance(result_of(page + SHELF, "/chairs", title="Chairs"), Rejection)
    assert isinstance(result_of(page + ARTICLE, "/town-hall-opens-longer", title="Town hall opens longer"), Extraction)


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


def test_the_second_forest_sees_what_another_extractor_took(monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks(lxml.html.document_fromstring("<body><p>One text</p><p>Two text</p></body>"))
    place = [*features.names(), *coherence.names()].index("voted in path")
    monkeypatch.setattr(classifier, "forests", lambda: (None, lambda row: row[place]))
    rows = [[0.0] * len(features.names())] * 2
    scores = partial(classifier.scores, found, [8.0, 8.0], rows, [0.5, 0.5])
    assert scores([True, False]) == pytest.approx([1 / 2, 1 / (1 + math.exp(-1))])
    assert scores() == pytest.approx([1 / (1 + math.exp(1))] * 2)
