"""Headings between paragraphs are the text's, and so are questions with their answers."""

from __future__ import annotations

import time

import pytest

from tests.support.extract.judged import PROSE, kept


def test_a_heading_between_paragraphs_of_the_text_is_kept() -> None:
    below = "The county pays a third of it."
    between = f"<p>{PROSE}</p><h3>Costs for the county</h3><p>{below}</p>"
    assert kept(between, {below: 0.7}) == [PROSE, "Costs for the county", below]
    assert kept(between, {}) == [PROSE]
    assert kept(f"<h3>Costs for the county</h3><p>{PROSE}</p>", {}) == [PROSE]
    assert kept(between.replace("Costs for the county", "Read also"), {below: 0.7}) == [PROSE, below]
    apart = f"<p>{PROSE}</p><div><h3>Costs for the county</h3></div><div><p>{below}</p></div>"
    assert kept(apart, {below: 0.7}) == [PROSE, below]


def test_a_button_in_a_heading_does_not_part_it_from_its_paragraph() -> None:
    heading = "<h2>The long pier<div><button>Copy link</button></div></h2>"
    assert kept(f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>", {"The long": 0.3}) == [PROSE, "The long pier", PROSE]


def test_a_heading_that_begins_a_section_like_the_one_before_is_kept() -> None:
    section = f"<section class='part'><h3>The {{}} pier</h3><p>{PROSE}</p></section>"
    body = section.format("long") + section.format("short")
    assert kept(body, {"The long": 0.7, "The short": 0.3}) == ["The long pier", PROSE, "The short pier", PROSE]
    other = section.format("long") + section.format("short").replace("part", "related")
    assert "The short pier" not in kept(other, {"The long": 0.7})


def test_the_label_of_what_a_click_unfolds_is_kept_with_it() -> None:
    part = "<details><summary>{}</summary><p>{}</p></details>"
    body = f"<p>{PROSE}</p>" + part.format("Fares", PROSE) + part.format("Hours", PROSE)
    assert kept(body, {"Fares": 0.2, "Hours": 0.2}) == [PROSE, "Fares", PROSE, "Hours", PROSE]


@pytest.mark.parametrize(
    "asked",
    [
        "<details><summary>{}</summary><p>{}</p></details>",
        "<h3>{}</h3><p>{}</p>",
        "<h3><button>{}</button></h3><div hidden><p>{}</p></div>",
    ],
)
def test_questions_below_the_text_are_kept_with_their_short_answers(asked: str) -> None:
    body = f"<p>{PROSE}</p>" + asked.format("Who may land?", "Anybody.") + asked.format("When?", "At noon.")
    scores = {"Who": 0.2, "Anybody": 0.4, "When": 0.1, "At": 0.1}
    assert kept(body, scores) == [PROSE, "Who may land?", "Anybody.", "When?", "At noon."]
    assert kept(body.replace("Anybody.", "<a href='/x'>Anybody.</a>"), scores) == [PROSE]
    assert kept(body.replace("?", ""), scores) == [PROSE]


def test_a_heading_in_a_box_of_its_own_is_kept_where_it_is_likely_enough() -> None:
    box = "<div class='title'><div><h2>{}</h2></div></div><div class='text'><div><p>{}</p></div></div>"
    body = f"<div><p>{PROSE}</p></div>" + box.format("The long pier", PROSE)
    assert kept(body, {"The long": 0.3}) == [PROSE, "The long pier", PROSE]
    assert kept(body, {"The long": 0.1}) == [PROSE, PROSE]
    assert kept(body.replace("'title'", "'newsletter-title'"), {"The long": 0.3}) == [PROSE, PROSE]
    assert kept(body.replace("The long pier", "<a href='/p'>The long pier</a>"), {"The long": 0.3}) == [PROSE, PROSE]
    strong = body.replace("<h2>The long pier</h2>", "<p><b>The long pier</b></p>")
    assert kept(strong, {"The long": 0.3}) == [PROSE, "The long pier", PROSE]
    assert kept(strong.replace("<b>", "").replace("</b>", ""), {"The long": 0.1}) == [PROSE, PROSE]


def test_the_first_heading_below_a_headline_is_no_day() -> None:
    body = "<h1>Boats</h1><div><h2>{}</h2></div>" + f"<div><p>{PROSE}</p></div>"
    assert kept(body.format("Long piers"), {"Long": 0.3}) == ["Long piers", PROSE]
    assert kept(body.format("12 March 2024"), {"12 March": 0.3}) == [PROSE]


def test_the_label_of_what_a_click_unfolds_is_kept_by_what_it_says_of_itself() -> None:
    body = f"<p>{PROSE}</p><div><div class='tab'>Who pays</div><div><p>{PROSE}</p></div></div>"
    assert kept(body, {}) == [PROSE, PROSE]
    unfolds = body.replace("class='tab'", "role='button' aria-controls='c1'")
    assert kept(unfolds, {}) == [PROSE, "Who pays", PROSE]


def test_a_heading_that_leads_to_its_own_part_of_the_page_is_kept() -> None:
    heading = '<div><div><h4><a href="{}">Tours</a></h4></div><div><p>{}</p></div></div>'
    text = f"<p>{PROSE}</p>"
    assert kept(text + heading.format("#tours", PROSE), {"Tours": 0.0}) == [PROSE, "Tours", PROSE]
    assert kept(text + heading.format("/tours", PROSE), {"Tours": 0.0}) == [PROSE, PROSE]


def test_headings_of_thousands_of_lines_take_no_time() -> None:
    lines = "<br>".join(f"Lamp {number} of the long pier" for number in range(6_000))
    start = time.process_time()
    assert len(kept(f"<p>{PROSE}</p><h3>{lines}</h3><p>{PROSE}</p>", {})) >= 2
    assert time.process_time() - start < 5


def test_a_heading_of_lines_stands_above_what_is_below_all_of_them() -> None:
    heading = "<h3>The pier<br>and its lamps<br>by night</h3>"
    known = {"The pier": 0.3, "and its": 0.3, "by night": 0.3}
    assert kept(f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>", known)[1:4] == ["The pier", "and its lamps", "by night"]
    assert kept(f"<p>{PROSE}</p>{heading}<p>Fewer boats</p>", known) == [PROSE]


def test_a_question_between_two_passages_of_the_text_is_kept_in_any_element() -> None:
    page = "<div><p>" + PROSE + "</p></div><div class='{}'>{}</div><div><p>" + PROSE + "</p></div>"
    assert kept(page.format("head", "Who may land?"), {"Who": 0.2}) == [PROSE, "Who may land?", PROSE]
    assert kept(page.format("head", "Who may land?"), {"Who": 0.1}) == [PROSE, PROSE]
    assert kept(page.format("head", "<a href='/land'>Who may land?</a>"), {"Who": 0.2}) == [PROSE, PROSE]
    assert kept(page.format("newsletter", "Who may land?"), {"Who": 0.2}) == [PROSE, PROSE]
    assert kept(page.format("head", "Who may land"), {"Who": 0.1}) == [PROSE, PROSE]


def test_the_first_of_several_questions_is_kept_with_the_heading_above_it() -> None:
    asked = "Who may land at the long pier of Karn by night when the winter storms arrive?"
    box = f"<div class='item'><div class='ask'>{{}} {asked}</div><p>{PROSE}</p></div>"
    page = f"<p>{PROSE}</p><h2>What is asked</h2><div>{''.join(map(box.format, '123456'))}</div>"
    assert kept(page, {"What": 0.4, **dict.fromkeys("123456", 0.44)})[1:3] == ["What is asked", f"1 {asked}"]


def test_a_button_alone_beside_what_it_unfolds_labels_it() -> None:
    part = "<div class=item><button>Is the pier open?</button><div class=body><p>It is open.</p></div></div>"
    scores = {"Is the": 0.3, "It is": 0.9}
    assert kept(f"<p>{PROSE}</p>{part}", scores) == [PROSE, "Is the pier open?", "It is open."]
    more = part.replace("</button>", "</button><button>Close</button>")
    assert kept(f"<p>{PROSE}</p>{more}", scores) == [PROSE, "It is open."]
    menu = "<div><button>Views of the pier</button><div> <img src=a.svg> </div></div><p>It is open.</p>"
    assert kept(f"<p>{PROSE}</p>{menu}", {"Views": 0.3, "It is": 0.9}) == [PROSE, "It is open."]


def test_a_button_beside_a_whole_text_is_no_label_of_it_but_several_such_are() -> None:
    part = "<div><button>{}</button><div><p>{}</p></div></div>"
    one = part.format("Listen to this", PROSE)
    assert kept(f"<p>{PROSE}</p>{one}", {"Listen": 0.3}) == [PROSE, PROSE]
    two = one.replace("Listen to this", "The boats") + part.format("The piers", PROSE)
    assert kept(f"<p>{PROSE}</p>{two}", {"The boats": 0.3, "The piers": 0.3}) == [
        PROSE,
        "The boats",
        PROSE,
        "The piers",
        PROSE,
    ]
