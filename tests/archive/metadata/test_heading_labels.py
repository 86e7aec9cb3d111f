"""Labels in elements of their own inside a heading."""

from __future__ import annotations

import lxml.html
import pytest

from archive.metadata.heading_labels import labels_of, line_below, without_labels
from archive.metadata.title import fold

HEADLINE = "Oats are cheap again"


def read(markup: str, *stated: str, repeated: tuple[str, ...] = ()) -> str:
    heading = lxml.html.fragment_fromstring(f"<h1>{markup}</h1>")
    return without_labels(heading, {fold(text) for text in stated}, lambda words: words in repeated)


@pytest.mark.parametrize(
    "markup",
    [
        f'<span class="roof">Grain note</span> {HEADLINE}',
        f"<small>Grain note</small><br>{HEADLINE}",
        f"<div>Grain note</div><div>{HEADLINE}</div>",
        f"<span><em>Grain note</em> {HEADLINE}</span>",
        f"<span>Grain note 58/2026</span>{HEADLINE}",
        f"{HEADLINE} <small>Grain note</small>",
    ],
)
def test_a_label_goes_where_the_page_elsewhere_leaves_it_out_or_the_source_repeats_it(markup: str) -> None:
    assert read(markup, HEADLINE, "Board of Grain") == HEADLINE
    assert read(markup, "Board of Grain", repeated=("Grain note", "Grain note 58/2026")) == HEADLINE
    assert "Grain note" in read(markup, "Board of Grain")


@pytest.mark.parametrize("label", ["20 November 2026", "20.11.2026", "58/2026", "2026-11-20 10:30"])
def test_a_day_or_the_number_of_a_release_is_a_label_by_itself(label: str) -> None:
    assert read(f"<span>{label}</span> {HEADLINE}") == HEADLINE


@pytest.mark.parametrize(
    "markup",
    [
        "<b>650</b> farms sow oats again",
        "<em>Oats</em> are cheap again",
        f"On sale: <em>Grain note</em> {HEADLINE}",
        f"<a href='/oats'>{HEADLINE}</a>",
    ],
)
def test_an_emphasised_word_of_a_headline_is_no_label(markup: str) -> None:
    whole = lxml.html.fragment_fromstring(f"<h1>{markup}</h1>").text_content()
    assert read(markup, "Board of Grain", repeated=("Oats", "Grain note")) == whole


def test_a_heading_that_the_page_states_elsewhere_stays_whole() -> None:
    assert read(f"<b>Prices:</b> {HEADLINE}", f"Prices: {HEADLINE}", HEADLINE) == f"Prices: {HEADLINE}"


def test_what_is_left_is_longer_than_a_label() -> None:
    heading = lxml.html.fragment_fromstring("<h1><span>A grain note of some length</span> Oats</h1>")
    assert labels_of(heading) == ()


@pytest.mark.parametrize(
    "markup",
    [
        f"<span>Grain</span> <span>{HEADLINE}</span> <small>Mills may buy from Monday</small>",
        f"<div>Grain</div>{HEADLINE}<div>Mills may buy from Monday</div>",
    ],
)
def test_a_kicker_and_a_line_below_are_both_set_apart(markup: str) -> None:
    heading = lxml.html.fragment_fromstring(f"<h1>{markup}</h1>")
    assert read(markup, HEADLINE, "Board of Grain") == HEADLINE
    assert line_below(heading, HEADLINE) == "Mills may buy from Monday"
    assert read(markup, "Board of Grain") != HEADLINE


def test_the_line_below_a_headline_is_neither_its_kicker_nor_a_day() -> None:
    for markup in (f"<span>A note of the board</span> {HEADLINE}", f"{HEADLINE} <small>20 November 2026</small>"):
        assert line_below(lxml.html.fragment_fromstring(f"<h1>{markup}</h1>"), HEADLINE) == ""
