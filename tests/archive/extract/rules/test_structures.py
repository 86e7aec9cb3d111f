"""Lists and tables are the text's whole or not at all."""

from __future__ import annotations

import pytest

from tests.support.extract.judged import LINKED, PROSE, TABLE, kept

SHORT = "<dl><dt>Crossing</dt><dd>35 minutes</dd><dt>Cars</dt><dd>40</dd></dl>"
ITEMS = "<ul><li>Adults 12 crowns</li><li>Children free</li></ul>"


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


def test_the_menu_of_a_table_that_divides_the_page_is_not_kept_with_the_lines_of_its_text() -> None:
    menu = "<table><tr><td>Home</td></tr><tr><td>Fleet</td></tr></table>"
    lines = "The pier is open.<br><br>Boats may land.<br><br>Fares stay."
    body = f"<table><tr><td>{menu}</td><td>{lines}</td></tr></table>"
    scores = {"The pier": 0.9, "Boats": 0.8, "Fares": 0.7}
    assert kept(body, scores) == ["The pier is open.", "Boats may land.", "Fares stay."]
    assert "Home" in kept(body.replace(menu, "Home"), scores)  # one table may be a schedule


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


def test_a_table_in_a_box_of_its_own_below_the_last_paragraph_is_kept() -> None:
    boxed = f'<p>{PROSE}</p><figure><div class="scroll">{TABLE}</div></figure>'
    assert kept(boxed, {}) == [PROSE, "Pier | Boats", "North | 12", "South | 7"]
    assert kept(boxed.replace("North", "<a href='/n'>North</a>"), {}) == [PROSE]
    beside = f"<div><p>{PROSE}</p></div><div class='side'><p>Fleet</p>{TABLE}</div>"
    assert kept(beside, {}) == [PROSE]


def test_a_table_in_a_box_built_like_those_of_the_text_is_kept_however_deep_it_stands() -> None:
    box = "<div><div><div class='part'><div class='text'>{}</div></div></div></div>"
    table = [PROSE, "Pier | Boats", "North | 12", "South | 7"]
    assert kept(box.format(f"<p>{PROSE}</p>") + box.format(TABLE), {}) == table
    other = box.format(TABLE).replace("class='text'", "class='facts'")
    assert kept(box.format(f"<p>{PROSE}</p>") + other, {}) == [PROSE]
    linked = "<table><tr><td><a href=/n>North pier</a><td>12<tr><td><a href=/s>South pier</a><td>7</table>"
    assert kept(box.format(f"<p>{PROSE}</p>") + box.format(linked), {}) == [PROSE]
    for cell in ("Tel. 555 0142", "Subscribe to our newsletter", "Berths<input name=n>"):
        asking = TABLE.replace("12", cell)
        assert kept(box.format(f"<p>{PROSE}</p>") + box.format(asking), {}) == [PROSE]


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


def test_what_a_list_right_below_the_headline_says_of_the_page_is_not_kept() -> None:
    filed = "<ul><li>Board of Karn</li><li>3 May 2026</li><li>Read 12 times</li></ul>"
    assert kept(f"<h1>Long pier</h1>{filed}<p>{PROSE}</p>", {"Long": 0.6}) == ["Long pier", PROSE]
    points = {"Long": 0.6, "Board": 0.2, "3 May": 0.2, "Read": 0.2}
    assert kept(f"<h1>Long pier</h1>{filed}<p>{PROSE}</p>", points)[1:4] == [
        "Board of Karn",
        "3 May 2026",
        "Read 12 times",
    ]


def test_of_lists_below_the_first_paragraph_only_one_with_a_day_says_when_the_page_was_published() -> None:
    filed = "<dl><dt>From</dt><dd>Board of Karn</dd><dt>Given out</dt><dd>3 May 2026</dd></dl>"
    assert kept(f"<h1>Long pier</h1><p>{PROSE}</p>{filed}<p>{PROSE}</p>", {"Long": 0.6}) == ["Long pier", PROSE, PROSE]
    assert "Board of Karn" in kept(f"<p>{PROSE}</p>{filed.replace('3 May 2026', 'Karn')}<p>{PROSE}</p>", {})
    assert "3 May 2026" in kept(f"<p>{PROSE}</p><p>{PROSE}</p>{filed}<p>{PROSE}</p>", {})


def test_a_list_with_a_day_below_the_only_paragraph_says_when_something_takes_place() -> None:
    event = "<dl><dt>When</dt><dd>3 May 2026</dd><dt>Where</dt><dd>Long pier</dd></dl>"
    assert kept(f"<h1>Long pier</h1><p>{PROSE}</p>{event}", {"Long": 0.6})[2:] == [
        "When",
        "3 May 2026",
        "Where",
        "Long pier",
    ]


def test_a_heading_that_is_text_itself_announces_its_list_as_one_in_doubt_does() -> None:
    items = ["Adults 12 crowns", "Children free"]
    body = f"<main><p>{PROSE}</p><h2>Prices</h2>{ITEMS}<h2>Times</h2><p>{PROSE}</p></main>"
    for likely in (0.8, 0.3):
        assert kept(body, {"Prices": likely, "Times": 0.2})[:4] == [PROSE, "Prices", *items]
    scores = {"Prices": 0.8}
    assert kept(f"<main><p>{PROSE}</p></main><div><h2>Prices</h2>{ITEMS}</div>", scores) == [PROSE, "Prices"]
    assert kept(f"<main><p>{PROSE}</p><h2>Prices</h2>{LINKED}</main>", scores) == [PROSE, "Prices"]
    reached = ITEMS.replace("Children free", "Phone +44 20 7946 0100")
    assert kept(f"<main><p>{PROSE}</p><h2>Prices</h2>{reached}</main>", scores) == [PROSE, "Prices"]
