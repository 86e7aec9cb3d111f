"""Lists and tables are the text's whole or not at all."""

from __future__ import annotations

import time

import lxml.html
import pytest

from archive.extract.structures import below_headline, judge_whole
from archive.page.blocks import blocks

PROSE = "The harbour board met on Monday and agreed to repair the long pier before the winter storms arrive."
LINKED = '<ul class="list"><li><a href="/a">Karn Rope Walk</a></li><li><a href="/b">Old Salt House</a></li></ul>'
ROWS = "<tr><th>Pier</th><th>Boats</th></tr><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>7</td></tr>"
TABLE = f"<table>{ROWS}</table>"


def kept(body: str, scores: dict[str, float]) -> list[str]:
    """The blocks that are kept when each that begins so was scored so; prose is sure."""
    found = blocks(lxml.html.document_fromstring(f"<html><body><div>{body}</div></body></html>"))
    known = {PROSE: 0.9, **scores}
    likely = [next((known[start] for start in known if block.text.startswith(start)), 0.1) for block in found]
    return [block.text for block, score in zip(found, judge_whole(found, likely), strict=True) if score >= 0.5]


def test_a_list_that_the_text_announces_is_kept_with_its_links() -> None:
    body = f"<p>{PROSE}</p><p>The money goes to:</p>{LINKED}"
    assert kept(body, {"The money": 0.8})[-2:] == ["Karn Rope Walk", "Old Salt House"]


def test_a_list_of_names_between_paragraphs_is_kept() -> None:
    assert kept(f"<p>{PROSE}</p>{LINKED}<p>{PROSE}</p>", {}) == [PROSE, "Karn Rope Walk", "Old Salt House", PROSE]


def test_a_list_of_headlines_between_paragraphs_is_not() -> None:
    teasers = LINKED.replace("Karn Rope Walk", "Rope walk of Karn opens its doors to visitors in the spring")
    teasers = teasers.replace("Old Salt House", "Salt house by the harbour will become a school for sailors")
    assert kept(f"<p>{PROSE}</p>{teasers}<p>{PROSE}</p>", {}) == [PROSE, PROSE]


def test_what_to_read_also_is_not_kept() -> None:
    assert kept(f"<p>{PROSE}</p><p>Read also:</p>{LINKED}", {"Read also": 0.8}) == [PROSE, "Read also:"]


def test_a_table_between_paragraphs_is_kept_with_its_labels() -> None:
    assert kept(f"<p>{PROSE}</p><figure>{TABLE}</figure><p>{PROSE}</p>", {}) == [
        PROSE,
        "Pier | Boats",
        "North | 12",
        "South | 7",
        PROSE,
    ]


def test_a_table_right_below_the_last_paragraph_is_kept_and_one_of_links_is_not() -> None:
    assert kept(f"<p>{PROSE}</p>{TABLE}", {}) == [PROSE, "Pier | Boats", "North | 12", "South | 7"]
    links = TABLE.replace("North", "<a href='/n'>North</a>").replace("South", "<a href='/s'>South</a>")
    links = links.replace("Pier", "<a href='/p'>Pier</a>").replace("Boats", "<a href='/b'>Boats</a>")
    assert kept(f"<p>{PROSE}</p>{links}", {}) == [PROSE]
    assert kept(f"<div><p>{PROSE}</p></div><div>{TABLE}</div>", {}) == [PROSE]


def test_no_single_row_of_a_table_stays() -> None:
    assert kept(f"<p>{PROSE}</p><nav>Menu</nav>{TABLE}", {"North": 0.6}) == [PROSE]


def test_the_larger_part_decides_for_the_rest() -> None:
    items = "<ul><li>Ropes of hemp for the pier</li><li>Nails</li><li>Planks of oak for the deck</li></ul>"
    assert kept(f"{items}<p>{PROSE}</p>", {"Ropes": 0.9, "Planks": 0.9})[:3] == [
        "Ropes of hemp for the pier",
        "Nails",
        "Planks of oak for the deck",
    ]


def test_a_heading_between_paragraphs_of_the_text_is_kept() -> None:
    below = "The county pays a third of it."
    between = f"<p>{PROSE}</p><h3>Costs for the county</h3><p>{below}</p>"
    assert kept(between, {below: 0.7}) == [PROSE, "Costs for the county", below]
    assert kept(between, {}) == [PROSE]
    assert kept(f"<h3>Costs for the county</h3><p>{PROSE}</p>", {}) == [PROSE]
    assert kept(between.replace("Costs for the county", "Read also"), {below: 0.7}) == [PROSE, below]
    apart = f"<p>{PROSE}</p><div><h3>Costs for the county</h3></div><div><p>{below}</p></div>"
    assert kept(apart, {below: 0.7}) == [PROSE, below]


def test_a_paragraph_that_a_click_unfolds_goes_on_with_the_text() -> None:
    more = PROSE.replace("Monday", "Friday")
    assert kept(f"<p>{PROSE}</p><p hidden>{more}</p>", {more: 0.2}) == [PROSE, more]
    assert kept(f"<p>{PROSE}</p><div hidden><p>{more}</p></div>", {more: 0.2}) == [PROSE, more]


def test_a_hidden_notice_or_dialog_does_not() -> None:
    notice = "We use cookies on this site to give you the best experience of it that there can be."
    assert kept(f"<p>{PROSE}</p><div hidden><p>{notice}</p></div>", {}) == [PROSE]
    dialog = "Your session is about to end, and what you have written will be gone in a minute from now."
    assert kept(f"<p>{PROSE}</p><div hidden><p>{dialog}</p><button>Stay</button></div>", {}) == [PROSE]


def test_a_table_that_only_divides_the_page_is_no_table_of_the_text() -> None:
    menu = "".join(f"<tr><td>Story {number} of the other boats in the bay, in short</td></tr>" for number in range(8))
    page = f"<table>{menu}<tr><td><h1>Pier</h1><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>"
    assert kept(page, {}) == [PROSE, PROSE]  # the article is not lost among much that is none
    few = f"<table><tr><td>Story of boats</td></tr><tr><td><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>"
    assert kept(few, {}) == [PROSE, PROSE]  # and takes nothing with it that is none


def test_sentences_in_rows_with_their_labels_make_no_layout() -> None:
    rows = "".join(f"<tr><td>Pier {number}</td><td>{PROSE}</td></tr>" for number in range(4))
    likely = {"Pier 0": 0.9, "Pier 1": 0.9}
    assert len(kept(f"<table>{rows}</table>", likely)) == 4


SHORT = "<dl><dt>Crossing</dt><dd>35 minutes</dd><dt>Cars</dt><dd>40</dd></dl>"
ITEMS = "<ul><li>Adults 12 crowns</li><li>Children free</li></ul>"


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        (SHORT, ["Crossing", "35 minutes", "Cars", "40"]),
        (
            "<ul><li>The northern quay is repaired.</li><li>Skerry pier gets a second lamp.</li></ul>",
            ["The northern quay is repaired.", "Skerry pier gets a second lamp."],
        ),
        (f"<p>Fares:</p>{ITEMS}", ["Fares:", "Adults 12 crowns", "Children free"]),
        (f"<h3>Fares</h3>{ITEMS}", ["Fares", "Adults 12 crowns", "Children free"]),
        (f"<div><p>Fares:</p>{ITEMS}</div>", ["Fares:", "Adults 12 crowns", "Children free"]),
        (f"<h3>At a glance</h3>{SHORT}", ["At a glance", "Crossing", "35 minutes", "Cars", "40"]),
    ],
)
def test_what_a_short_line_announces_below_the_text_closes_it(end: str, lines: list[str]) -> None:
    assert kept(f"<p>{PROSE}</p>{end}", {}) == [PROSE, *lines]


@pytest.mark.parametrize(
    "end",
    [
        "<dl><dt>Press office</dt><dd>Ida Wren</dd><dt>Telephone</dt><dd>+47 555 01 77</dd></dl>",
        "<p>Contact:</p><ul><li>Ida Wren</li><li>press@port.example</li></ul>",
        "<dl><dt>Category</dt><dd>Port</dd><dt>Tags</dt><dd>ferry</dd></dl>",
        "<h3>More</h3><ul><li><a href='/a'>Ferry</a></li><li><a href='/b'>Port</a></li></ul>",
        f"<h3>Read also</h3>{ITEMS}",
        f"<footer><h3>Fares</h3>{ITEMS}</footer>",
        f"<p>Fares</p>{ITEMS}",
    ],
)
def test_ways_to_reach_somebody_and_what_serves_the_page_do_not(end: str) -> None:
    assert kept(f"<p>{PROSE}</p>{end}", {}) == [PROSE]


def test_terms_in_groups_of_their_own_are_kept_with_what_they_mean() -> None:
    pairs = {"Depth": "nine fathoms", "Keeper": "the pilots' guild"}
    groups = "".join(f"<div><dt>{term}</dt><dd>{said}</dd></div>" for term, said in pairs.items())
    scores = {"Depth": 0.3, "nine": 0.6, "Keeper": 0.3, "the pilots": 0.5}
    assert kept(f"<p>{PROSE}</p><dl>{groups}</dl>", scores)[1:] == [
        "Depth",
        "nine fathoms",
        "Keeper",
        "the pilots' guild",
    ]


def test_a_line_between_two_of_its_paragraph_is_kept_and_a_link_is_not() -> None:
    verse = "<p>Row on, row on<br>against the tide<br>{}<br>until the lamps are lit.</p>"
    scores = {"Row on": 0.7, "against": 0.3, "by": 0.3, "until": 0.6}
    assert len(kept(f"<p>{PROSE}</p>{verse.format('by night and day')}", scores)) == 5
    assert "by night and day" not in kept(f"<p>{PROSE}</p>{verse.format('<a href=/n>by night and day</a>')}", scores)
    assert len(kept("<p>Row on, row on</p><p>against the tide</p><p>until the lamps are lit.</p>", scores)) == 2


def test_a_button_in_a_heading_does_not_part_it_from_its_paragraph() -> None:
    heading = "<h2>The long pier<div><button>Copy link</button></div></h2>"
    assert kept(f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>", {"The long": 0.3}) == [PROSE, "The long pier", PROSE]


def test_a_heading_that_begins_a_section_like_the_one_before_is_kept() -> None:
    section = f"<section class='part'><h3>The {{}} pier</h3><p>{PROSE}</p></section>"
    body = section.format("long") + section.format("short")
    assert kept(body, {"The long": 0.7, "The short": 0.3}) == ["The long pier", PROSE, "The short pier", PROSE]
    other = section.format("long") + section.format("short").replace("part", "box")
    assert "The short pier" not in kept(other, {"The long": 0.7})


def test_the_menu_of_a_table_that_divides_the_page_is_not_kept_with_the_lines_of_its_text() -> None:
    menu = "<table><tr><td>Home</td></tr><tr><td>Fleet</td></tr></table>"
    lines = "The pier is open.<br><br>Boats may land.<br><br>Fares stay."
    body = f"<table><tr><td>{menu}</td><td>{lines}</td></tr></table>"
    scores = {"The pier": 0.9, "Boats": 0.8, "Fares": 0.7}
    assert kept(body, scores) == ["The pier is open.", "Boats may land.", "Fares stay."]
    assert "Home" in kept(body.replace(menu, "Home"), scores)  # one table may be a schedule


def test_a_line_of_code_between_paragraphs_is_kept() -> None:
    code = "<div><pre>tide --today</pre></div>"
    assert kept(f"<p>{PROSE}</p>{code}<p>{PROSE}</p>", {"tide": 0.2}) == [PROSE, "tide --today", PROSE]
    assert kept(f"<p>{PROSE}</p>{code}", {"tide": 0.2}) == [PROSE]
    apart = f"<div><div><div><div><p>{PROSE}</p></div></div></div></div>"
    assert "tide --today" not in kept(f"{apart}{code}<p>{PROSE}</p>", {"tide": 0.2})


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


NOTICE = "This site keeps small files on the machine of whoever visits it, and by reading on you agree to that."


def below(body: str, scores: dict[str, float]) -> list[str]:
    """The blocks that are kept of a page that is called "Pier opens", where each that begins so was scored so."""
    found = blocks(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))
    likely = [next((scores[start] for start in scores if block.text.startswith(start)), 0.1) for block in found]
    judged = below_headline(found, likely, "pieropens")
    return [block.text for block, score in zip(found, judged, strict=True) if score >= 0.5]


def test_a_notice_above_the_headline_is_not_the_text_of_what_stands_below() -> None:
    page = f"<div><p>{NOTICE}</p></div><div><h1>Pier opens</h1><div><p>{PROSE}</p></div></div>"
    assert below(page, {"This site": 0.9}) == [PROSE]
    assert below(page, {"This site": 0.9, "The harbour": 0.6}) == [NOTICE, PROSE]
    assert below(page.replace("h1", "h3"), {"This site": 0.9}) == [NOTICE]
    assert below(page.replace(PROSE, "Pictures"), {"This site": 0.9}) == [NOTICE]
    assert below(page.replace(PROSE, f"<a href='/x'>{PROSE}</a>"), {"This site": 0.9}) == [NOTICE]


def test_a_heading_in_a_box_of_its_own_is_kept_where_it_is_likely_enough() -> None:
    box = "<div class='title'><div><h2>{}</h2></div></div><div class='text'><div><p>{}</p></div></div>"
    body = f"<div><p>{PROSE}</p></div>" + box.format("The long pier", PROSE)
    assert kept(body, {"The long": 0.3}) == [PROSE, "The long pier", PROSE]
    assert kept(body, {"The long": 0.1}) == [PROSE, PROSE]
    assert kept(body.replace("'title'", "'newsletter-title'"), {"The long": 0.3}) == [PROSE, PROSE]
    assert kept(body.replace("The long pier", "<a href='/p'>The long pier</a>"), {"The long": 0.3}) == [PROSE, PROSE]
    strong = body.replace("<h2>The long pier</h2>", "<p><b>The long pier</b></p>")
    assert kept(strong, {"The long": 0.3}) == [PROSE, "The long pier", PROSE]
    assert kept(strong.replace("<b>", "").replace("</b>", ""), {"The long": 0.3}) == [PROSE, PROSE]


def test_the_first_heading_below_a_headline_is_no_day() -> None:
    body = "<h1>Boats</h1><div><h2>{}</h2></div>" + f"<div><p>{PROSE}</p></div>"
    assert kept(body.format("Long piers"), {"Long": 0.3}) == ["Long piers", PROSE]
    assert kept(body.format("12 March 2024"), {"12 March": 0.3}) == [PROSE]


def test_the_label_of_what_a_click_unfolds_is_kept_by_what_it_says_of_itself() -> None:
    body = f"<p>{PROSE}</p><div><div class='tab'>Who pays</div><div><p>{PROSE}</p></div></div>"
    assert kept(body, {}) == [PROSE, PROSE]
    unfolds = body.replace("class='tab'", "role='button' aria-controls='c1'")
    assert kept(unfolds, {}) == [PROSE, "Who pays", PROSE]


def test_a_table_within_a_table_that_divides_the_page_is_judged_by_itself() -> None:
    fees = "<table><tr><td>Length</td><td>Fee</td></tr><tr><td>6 m</td><td>35.00</td></tr></table>"
    body = f"<table><tr><td>Menu</td><td>{PROSE}<br>{fees}<br>{PROSE}</td></tr></table>"
    assert kept(body, {}) == [PROSE, "Length | Fee", "6 m | 35.00", PROSE]


def test_rows_of_lines_for_a_file_are_no_text_beside_short_paragraphs_of_a_dense_script() -> None:
    said = "港湾局は、七月一日から北ふ頭の新しい岸壁の供用を始めます。"
    rows = "<tr><th>担当</th><td>港湾課</td></tr><tr><th>添付</th><td>資料</td></tr>"
    body = f"<table>{rows}<tr><td><p>{said}</p><p>{said}</p></td></tr></table>"
    assert kept(body, {said: 0.9}) == [said, said]


def test_a_table_of_cookies_is_not_kept_with_the_sentence_above_it() -> None:
    consent = "We use cookies to make the site work and, if you agree, to measure how it is used."
    assert kept(f"<p>{PROSE}</p><div><p>{consent}</p>{TABLE}</div>", {consent: 0.6}) == [PROSE, consent]


def test_key_figures_between_paragraphs_are_kept() -> None:
    facts = "".join(f"<div class='fact'><div>{one}</div><div>boats</div></div>" for one in ("41", "52", "9"))
    assert len(kept(f"<p>{PROSE}</p><div>{facts}</div><p>{PROSE}</p>", {})) == 8


def test_a_table_in_a_box_of_its_own_below_the_last_paragraph_is_kept() -> None:
    boxed = f'<p>{PROSE}</p><figure><div class="scroll">{TABLE}</div></figure>'
    assert kept(boxed, {}) == [PROSE, "Pier | Boats", "North | 12", "South | 7"]
    assert kept(boxed.replace("North", "<a href='/n'>North</a>"), {}) == [PROSE]
    beside = f"<div><p>{PROSE}</p></div><div class='side'><p>Fleet</p>{TABLE}</div>"
    assert kept(beside, {}) == [PROSE]


def test_a_headed_list_in_the_next_section_of_one_build_is_kept() -> None:
    part = '<div class="{}"><div class="words">{}</div></div>'
    named = "<h2>Advice</h2><ul><li>more buoys at both piers</li><li>a lamp for each boat</li></ul>"
    text = part.format("part", f"<p>{PROSE}</p>")
    scores = {"Advice": 0.2, "more": 0.3, "a lamp": 0.3}
    assert kept(text + part.format("part", named), scores)[1:] == [
        "Advice",
        "more buoys at both piers",
        "a lamp for each boat",
    ]
    assert kept(text + part.format("side", named), scores) == [PROSE]


def test_a_quote_in_doubt_amid_the_text_is_kept() -> None:
    quote = '<div class="{}"><div>The harbour will outlive all of us</div></div>'
    scores = {"The harbour will": 0.3}
    assert kept(f"<p>{PROSE}</p>" + quote.format("cmp-quote") + f"<p>{PROSE}</p>", scores)[1] == (
        "The harbour will outlive all of us"
    )
    assert kept(f"<p>{PROSE}</p>" + quote.format("card") + f"<p>{PROSE}</p>", scores) == [PROSE, PROSE]
    assert kept(f"<p>{PROSE}</p>" + quote.format("cmp-quote"), scores) == [PROSE]


def test_what_a_page_builder_unfolds_is_kept_with_its_heading_and_its_questions() -> None:
    far = "<div><div><div><div><div>{}</div></div></div></div></div>"
    asked = '<div role="button" aria-controls="a{0}"><a>{0}?</a></div><div id="a{0}"><p>{1}</p></div>'
    body = far.format(f"<p>{PROSE}</p>") + far.format("<h2>Asked often</h2>")
    body += far.format(asked.format("Who", "Anybody.") + asked.format("When", "At noon."))
    scores = {"Asked": 0.2, "Who": 0.1, "Anybody": 0.2, "When": 0.1, "At noon": 0.2}
    assert kept(body + f"<p>{PROSE}</p>", scores) == [
        PROSE,
        "Asked often",
        "Who?",
        "Anybody.",
        "When?",
        "At noon.",
        PROSE,
    ]


def test_a_heading_that_leads_to_its_own_part_of_the_page_is_kept() -> None:
    heading = '<div><div><h4><a href="{}">Tours</a></h4></div><div><p>{}</p></div></div>'
    text = f"<p>{PROSE}</p>"
    assert kept(text + heading.format("#tours", PROSE), {"Tours": 0.0}) == [PROSE, "Tours", PROSE]
    assert kept(text + heading.format("/tours", PROSE), {"Tours": 0.0}) == [PROSE, PROSE]


def test_a_list_of_linked_names_under_a_heading_that_announces_it_is_kept_and_one_of_headlines_is_not() -> None:
    body = f"<p>{PROSE}</p><h3>Prizes went to:</h3>{LINKED}<p>{PROSE}</p>"
    assert kept(body, {}) == [PROSE, "Prizes went to:", "Karn Rope Walk", "Old Salt House", PROSE]
    teaser = body.replace("Karn Rope Walk", "Rope walk of Karn opens its doors to visitors in the spring")
    assert kept(teaser, {}) == [PROSE, PROSE]
    assert kept(body.replace("Prizes went to", "Related articles"), {}) == [PROSE, PROSE]
    apart = f"<p>{PROSE}</p><div><h3>Prizes went to:</h3>{LINKED}</div><p>{PROSE}</p>"
    assert "Prizes went to:" not in kept(apart, {})


@pytest.mark.parametrize("row", ["Earnings per share", "1.200 Boote am Tag", "Days since it was published"])
def test_a_row_that_only_ends_with_the_name_of_a_field_is_a_row(row: str) -> None:
    facts = f"<h4>In figures</h4><ul><li>{row}</li><li>Nine piers</li></ul>"
    assert kept(f"<p>{PROSE}</p><div>{facts}</div>", {}) == [PROSE, "In figures", row, "Nine piers"]
    assert kept(f"<p>{PROSE}</p><div>{facts.replace(row, 'Tags')}</div>", {}) == [PROSE]


def test_notes_that_the_text_leads_to_are_kept() -> None:
    noted = PROSE.replace("board", "board<a href='#n1'>[1]</a>")
    note = "<ol><li id='n1'>Minutes of the board, leaf 4.</li></ol><p id='top'>Nine shops to visit.</p>"
    found = kept(f"<p>{noted}</p><section>{note}</section>", {"The harbour board[1]": 0.9})
    assert found[1:] == ["Minutes of the board, leaf 4."]


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
