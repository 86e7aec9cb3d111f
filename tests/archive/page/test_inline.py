"""What an element is to the line that it stands in."""

from __future__ import annotations

import lxml.html
import pytest
from lxml.html import HtmlElement

from archive.page.inline import (
    holds_line,
    holds_no_block,
    holds_paragraphs_in_spans,
    is_beside_line,
    is_struck_out,
    own_role,
    parts_of_line,
)
from archive.page.places import CONCEALED, CONTROL

SENTENCE = "The pier stays shut to carts until the first of May, the board says."


def element(markup: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(markup)


def test_a_line_is_held_by_a_paragraph_or_by_what_has_words_of_its_own() -> None:
    assert holds_line(element("<p><x-tide>Low</x-tide></p>"))
    assert holds_line(element("<div>Water: <x-tide>low</x-tide></div>"))
    assert not holds_line(element("<div><x-tide>Low</x-tide></div>"))
    assert holds_no_block(element("<x-tide><b>Low</b></x-tide>"))
    assert not holds_no_block(element("<x-tide><p>Low</p></x-tide>"))


def test_spans_are_paragraphs_where_most_are_whole_sentences() -> None:
    assert holds_paragraphs_in_spans(element(f"<div>{f'<span>{SENTENCE}</span>' * 3}</div>"))
    assert not holds_paragraphs_in_spans(element(f"<div>{'<span>Pier</span>' * 3}</div>"))
    assert not holds_paragraphs_in_spans(element(f"<p>{f'<span>{SENTENCE}</span>' * 3}</p>"))


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ("<div><p style='display: none'>Low</p></div>", CONCEALED),
        ("<div><p hidden>Low</p></div>", CONCEALED),
        ("<div><button>Print</button></div>", CONTROL),
        ("<p><button>Print</button></p>", ""),
        ("<h2><button>Tides</button></h2>", ""),
        ("<h2>Tides <button>Print</button></h2>", CONTROL),
        ("<div><p>Low</p></div>", ""),
    ],
)
def test_what_is_hidden_or_a_button_has_a_role_by_itself(markup: str, role: str) -> None:
    above = element(markup)
    assert own_role(above[0], above, above[0].tag, above[0].get("style")) == role


def test_what_is_struck_out_is_so_by_its_tag_or_its_style() -> None:
    assert is_struck_out("del", None)
    assert is_struck_out("span", "text-decoration: line-through")
    assert not is_struck_out("span", "text-decoration: underline")


@pytest.mark.parametrize(
    ("markup", "is_beside"),
    [
        ("<h2><a href='#a'>#</a>Tides</h2>", True),
        ("<h2><a href='/a'>Tides</a></h2>", False),
        ("<p><span aria-hidden='true'>T</span><span>T</span>he pier</p>", True),
        ("<p><span>T</span><span>T</span>he pier</p>", False),
        ("<ruby><rt>minato</rt></ruby>", True),
        ("<ruby><rp>(</rp><rt>minato</rt></ruby>", False),
    ],
)
def test_the_sign_of_a_link_a_second_initial_and_how_a_word_is_read_stand_beside_a_line(
    markup: str, is_beside: bool
) -> None:
    above = element(markup)
    child = above[-1] if above.tag == "ruby" else above[0]
    assert is_beside_line(child, above, child.tag) == is_beside


def test_the_parts_of_a_line_are_the_words_of_its_short_elements() -> None:
    line = element(f"<p>The pier <b>at <i>noon</i></b> <span>Photo: Oda</span><em>{SENTENCE}</em></p>")
    assert parts_of_line(line, 20) == ("at noon", "noon", "Photo: Oda")
    assert parts_of_line(element("<div><p>Oda</p><p><!-- no --><span> </span></p></div>"), 20) == ()
