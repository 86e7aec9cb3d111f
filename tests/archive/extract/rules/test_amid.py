"""What stands between two sure passages of a text is text, unless it shows that it is the site's."""

from __future__ import annotations

import time

import pytest

from tests.support.extract.judged import PROSE, kept

ITEMS = ["No carts on the pier", "Less noise at night"]
SCORES = {"No carts": 0.2, "Less": 0.05}
LIST = f"<ul class='doc-list'><li class='doc-list-item'><div>{ITEMS[0]}</div></li><li><div>{ITEMS[1]}</div></li></ul>"


def page(middle: str) -> str:
    return f"<main><p>{PROSE}</p>{middle}<p>{PROSE}</p></main>"


@pytest.mark.parametrize(
    "middle",
    [
        LIST,
        f"<div class='row'><div class='col'><p>{ITEMS[0]}</p><p>{ITEMS[1]}</p></div></div>",
        f"<figure><img src='a.jpg'><figcaption>The pier</figcaption></figure><p>{ITEMS[0]}</p><h4>{ITEMS[1]}</h4>",
        f"<section><header><h4>{ITEMS[0]}</h4></header><p>{ITEMS[1]}</p></section>",
        f"<div class='testimonial'><div>{ITEMS[0]}</div><div class='testimonial-meta'>{ITEMS[1]}</div></div>",
    ],
)
def test_lines_that_lead_nowhere_between_sure_passages_are_kept(middle: str) -> None:
    assert kept(page(middle), SCORES) == [PROSE, *ITEMS, PROSE]


@pytest.mark.parametrize(
    "beside",
    [
        "<a href='/tours'>Book a tour</a>",
        "<input>",
        "<button>Send</button>",
        "<p>Subscribe to our newsletter.</p>",
        "<p>Write to pier@karn.example.</p>",
        "<p>4 May 2026</p>",
        "<p>19:30 Bo Wren</p>",
        "<p>Video | Boats at night</p>",
        "<p>The pier at noon. Photo: Oda Brekk</p>",
        "<p>The pier at noon © Marsh</p>",
        "<p class='author'>Bo Wren</p>",
        "<div class='related-boxes'>The salt house</div>",
        "<div role='complementary'><p>The salt house</p></div>",
        "<aside><p>The salt house</p></aside>",
    ],
)
def test_with_a_line_of_the_site_among_them_they_are_not(beside: str) -> None:
    assert kept(page(f"<div class='box'><p>{ITEMS[0]}</p><p>{ITEMS[1]}</p>{beside}</div>"), SCORES) == [PROSE, PROSE]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='box'><div>Fog over the pier</div><div>No carts 12 days 4 hours</div></div>",
        "<div class='box'><p>No carts seen by 1,204 walkers</p></div>",
        "<div class='box'>No carts on 14 piers so far</div>",
    ],
)
def test_figures_in_a_box_are_left_to_the_other_rules(box: str) -> None:
    scores = {**SCORES, "Fog": 0.2}
    assert kept(page(box), scores) == [PROSE, PROSE]
    assert len(kept(page("".join(sign for sign in box if not sign.isdigit())), scores)) > 2


@pytest.mark.parametrize(
    "line",
    [
        "<p>No carts on 14 piers</p>",
        "<div class='box'><p>No carts on 14 piers.</p></div>",
        "<div class='box'><h4>No carts on 14 piers</h4></div>",
        "<div class='box'><ul><li>No carts on 14 piers</li></ul></div>",
        "<div class='testimonial'><p>No carts on 14 piers</p></div>",
    ],
)
def test_figures_in_sentences_headings_lists_and_quotes_are_kept(line: str) -> None:
    text = f"<main><p>{PROSE}</p><p>{PROSE}</p>{line}<p>{PROSE}</p></main>"
    assert len(kept(text, SCORES)) == 4


def test_a_figure_in_a_box_that_holds_a_passage_of_the_text_is_kept() -> None:
    figure = "<p>No carts on 14 piers</p>"
    whole = f"<main><p>{PROSE}</p><div class='box'>{figure}<p>{PROSE}</p></div><p>{PROSE}</p></main>"
    assert len(kept(whole, SCORES)) == 4
    apart = f"<main><p>{PROSE}</p><div class='box'>{figure}</div><div class='box'><p>{PROSE}</p></div></main>"
    assert kept(apart, SCORES) == [PROSE, PROSE]


def test_code_with_figures_is_kept_with_what_stands_beside_it() -> None:
    code = "<div class='highlight'><pre>boats = 12\nreturn boats / 3</pre></div>"
    scores = {"boats": 0.2, "return": 0.2, "No carts": 0.2}
    assert kept(page(f"{code}<h4>{ITEMS[0]}</h4>"), scores) == [
        PROSE,
        "boats = 12",
        "return boats / 3",
        ITEMS[0],
        PROSE,
    ]


def test_a_line_with_a_day_right_below_the_first_sentence_is_what_the_page_says_of_itself() -> None:
    meta = f"<div><p>Released 4 May 2026</p><p>{ITEMS[0]}</p></div>"
    assert kept(page(meta), {**SCORES, "Released": 0.2}) == [PROSE, PROSE]
    text = f"<main><p>{PROSE}</p><p>{PROSE}</p>{meta}<p>{PROSE}</p></main>"
    assert kept(text, {**SCORES, "Released": 0.2}) == [PROSE, PROSE, "Released 4 May 2026", ITEMS[0], PROSE]


def test_single_words_and_what_is_quite_unlikely_are_not() -> None:
    words = "<div class='box'><p>Mast</p><p>Print</p><p>Send</p></div>"
    assert kept(page(words), {"Mast": 0.3, "Print": 0.3, "Send": 0.3}) == [PROSE, PROSE]
    assert kept(page(f"<p>{ITEMS[0]}</p><p>{ITEMS[1]}</p>"), {**SCORES, "Less": 0.01}) == [PROSE, PROSE]


def test_where_the_passages_are_unsure_or_have_no_place_of_their_own_nothing_is_taken() -> None:
    unsure = f"<main><p>{PROSE}</p><p>{ITEMS[0]}</p><p>Boats come back.</p></main>"
    assert kept(unsure, {PROSE: 0.7, "No carts": 0.3, "Boats": 0.5}) == [PROSE, "Boats come back."]
    assert kept(f"</div><p>{PROSE}</p><div><p>{ITEMS[0]}</p></div><p>{PROSE}</p>", SCORES) == [PROSE, PROSE]
    above = f"<main><h2>The long pier of Karn</h2><p>{ITEMS[0]}</p><p>{PROSE}</p></main>"
    assert kept(above, {"The long": 0.9, "No carts": 0.2}) == ["The long pier of Karn", PROSE]


def test_a_page_of_thousands_of_gaps_is_read_in_its_time() -> None:
    body = f"<p>{PROSE}</p><div class='a'><div class='b'><p>No carts on the pier</p></div></div>" * 5_000
    start = time.process_time()
    kept(body, SCORES)
    assert time.process_time() - start < 30
