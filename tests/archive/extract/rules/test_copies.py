"""What a page says twice is read once."""

from __future__ import annotations

import pytest

from archive.core.model import Extraction
from archive.extract.clean import ScoredBlock, clean
from archive.extract.extract import derive
from archive.extract.features import compact_text
from archive.extract.rules.copies import fields_of_headline
from archive.page.blocks import blocks
from archive.page.html import parse
from tests.support.pages import HEADLINE, PARAGRAPHS, page, paragraphs, response

PLACE = "Where: the northern quay of the harbour, gate 12, Port Elsinore"
SCHEDULE = (
    PARAGRAPHS[0],
    "10:00 The ferry is named",
    PLACE,
    "12:00 The mayor speaks to the crews",
    PLACE,
    *PARAGRAPHS[2:4],
)


def extraction(markup: str) -> Extraction:
    result = derive(response(markup)).result
    assert isinstance(result, Extraction)
    return result


def test_what_is_said_twice_in_one_place_stays_twice() -> None:
    assert extraction(page(paragraphs(SCHEDULE))).text == "\n\n".join(SCHEDULE)
    assert extraction(page("<br>".join(SCHEDULE))).text == "\n\n".join(SCHEDULE)
    lists = "".join(f"<ul><li>{event}</li><li>{PLACE}</li></ul>" for event in SCHEDULE[1:4:2])
    listed = paragraphs(SCHEDULE[:1]) + lists + paragraphs(SCHEDULE[5:])
    assert extraction(page(listed)).text == "\n\n".join(SCHEDULE)


def test_a_copy_of_a_passage_elsewhere_is_left_out() -> None:
    quote = f"<aside><p>{PARAGRAPHS[1]}</p></aside>"
    result = extraction(page(paragraphs(PARAGRAPHS[:4]) + quote + paragraphs(PARAGRAPHS[4:])))
    assert result.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("markup", "times"),
    [
        ("<section><h2>Friday</h2><p>{0}</p></section><section><h2>Saturday</h2><p>{0}</p></section>", 2),
        ("<div class='stanza'><p>{0}</p><p>Rain.</p></div><div class='stanza'><p>{0}</p><p>Sun.</p></div>", 2),
        ("<div class='wide'><p>{0}</p></div><div class='small'><p>{0}</p></div>", 1),
        ("<div class='slide'><p>{0}</p></div><div class='slide'><p>{0}</p></div>", 1),
        ("<div class='text'><p>{0}</p></div><div class='text'><p>{0}</p><p>Children pay nothing.</p></div>", 1),
        ("<div class='slide'><p>{0}</p><a href='/all'>All</a></div><div class='slide'><p>{0}</p></div>", 1),
    ],
    ids=["days", "stanzas", "for another screen", "the same slide", "its beginning", "one with a button"],
)
def test_parts_side_by_side_that_say_other_things_too_may_say_one_thing_alike(markup: str, times: int) -> None:
    said = "The doors of the salt house open at nine, and entry is free for all who live on the coast."
    result = extraction(page(paragraphs(PARAGRAPHS[:2]) + markup.format(said) + paragraphs(PARAGRAPHS[2:])))
    assert result.text.count(said) == times


def test_the_headline_leaves_the_text_but_not_what_the_text_says_again() -> None:
    assert extraction(page(f"<h2>{HEADLINE}</h2>" + paragraphs(PARAGRAPHS))).text == "\n\n".join(PARAGRAPHS)
    again = (HEADLINE, *PARAGRAPHS)
    assert extraction(page(paragraphs(again))).text == "\n\n".join(again)
    untitled = page(paragraphs(again)).replace(f"<h1>{HEADLINE}</h1>", "").replace(" - The Elsinore Gazette", "")
    assert extraction(untitled).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_headline_in_lines_leaves_the_text(tag: str) -> None:
    first, rest = HEADLINE.split(" ", 1)
    for parted in (f"{first}<br>{rest}", f'<span style="display:block">{first}</span> {rest}'):
        heading = f"<{tag}>{parted}</{tag}>"
        shown = page(paragraphs(PARAGRAPHS)).replace(f"<h1>{HEADLINE}</h1>", heading)
        assert heading in shown
        assert extraction(shown).text == "\n\n".join(PARAGRAPHS)


def test_a_line_of_another_heading_that_is_a_word_of_the_headline_stays() -> None:
    first = HEADLINE.split()[0]
    heading = f"<h2>{first}<br>and what it is for the town from now on</h2>"
    result = extraction(page(paragraphs(PARAGRAPHS[:2]) + heading + paragraphs(PARAGRAPHS[2:])))
    assert f"\n{first}\n" in result.text


@pytest.mark.parametrize("mark", ["aside", "blockquote", "figure", 'div class="pull-quote"'])
def test_a_sentence_that_a_paragraph_has_too_is_not_set_apart_again(mark: str) -> None:
    said = f"“Nobody on this quay expected the cranes to stand still.” {PARAGRAPHS[2]}"
    pull = f"<{mark}><p>“Nobody on this quay expected the cranes to stand still.”</p></{mark.split()[0]}>"
    body = paragraphs(PARAGRAPHS[:2]) + pull + paragraphs((said, *PARAGRAPHS[3:]))
    assert extraction(page(body)).text == "\n\n".join((*PARAGRAPHS[:2], said, *PARAGRAPHS[3:]))
    other = paragraphs(PARAGRAPHS[:2]) + pull + paragraphs(PARAGRAPHS[2:])
    assert "expected the cranes" in extraction(page(other)).text


def lines_of(markup: str, title: str) -> tuple[str, ...]:
    """The lines of a page all of which is likely to be text."""
    found = blocks(parse(f"<html><body>{markup}</body></html>".encode(), ""))
    return clean([ScoredBlock(block, 0, "", 0.9) for block in found], title, "en").lines


def test_the_way_to_a_page_above_its_headline_is_no_line_of_the_text() -> None:
    way = "<div><a href='/'>Home</a> <i></i> <span>{}</span></div><h1>Ferry sails again</h1>"
    text = paragraphs(PARAGRAPHS)
    assert lines_of(way.format("Ferry sails again") + text, "Ferry sails again") == tuple(PARAGRAPHS)
    assert lines_of(way.format("The ferry") + text, "Ferry sails again")[0] == "Home The ferry"
    below = f"<h1>Ferry sails again</h1>{text}<p><a href='/x'>The board</a> said: Ferry sails again</p>"
    assert lines_of(below, "Ferry sails again")[-1] == "The board said: Ferry sails again"


def test_a_heading_that_is_read_out_above_the_headline_is_no_line_of_the_text() -> None:
    read = "<h2 class='{}'>Ferry sails again - {}</h2><h1>Ferry sails again</h1>" + paragraphs(PARAGRAPHS)
    assert lines_of(read.format("hide-accessible", "Isle Board"), "Ferry sails again") == tuple(PARAGRAPHS)
    assert lines_of(read.format("part", "what it costs"), "Ferry sails again")[0] == "Ferry sails again - what it costs"


def test_the_row_of_a_form_that_says_the_headline_is_no_line_of_the_text() -> None:
    rows = "<table><tr><th>Subject</th><td>{}</td></tr><tr><td colspan=2>{}</td></tr></table>"
    text = paragraphs(PARAGRAPHS)
    assert lines_of(rows.format("Ferry sails again", text), "Ferry sails again") == tuple(PARAGRAPHS)
    assert lines_of(rows.format("The ferry", text), "Ferry sails again")[0] == "Subject | The ferry"


def test_rows_and_items_of_a_text_that_end_like_its_headline_stay() -> None:
    """Also on pages whose headline is no h1."""
    text = paragraphs(PARAGRAPHS)
    rows = "<table><tr><td>Cars</td><td>Ferry fares</td></tr><tr><td>Boats</td><td>free</td></tr></table>"
    assert "Cars | Ferry fares" in lines_of(f"<h2>Ferry fares</h2>{text}{rows}{text}", "Ferry fares")
    items = "<ul><li><a href='/a'>Guide to ferry fares</a></li><li><a href='/b'>The ferry in winter</a></li></ul>"
    lines = lines_of(f"<h2>Ferry fares</h2>{text}{items}{text}", "Ferry fares")
    assert any(line.endswith("Guide to ferry fares") for line in lines)


def test_the_headline_in_brackets_is_no_line_of_the_text() -> None:
    said = "（原标题：{}）"
    assert lines_of(paragraphs((*PARAGRAPHS, said.format(HEADLINE))), HEADLINE) == tuple(PARAGRAPHS)
    other = said.format(f"{HEADLINE} and a Third One")
    assert lines_of(paragraphs((*PARAGRAPHS, other)), HEADLINE)[-1] == other
    told = f"(On Monday the mayor said it as well: {HEADLINE})"
    assert lines_of(paragraphs((*PARAGRAPHS, told)), HEADLINE)[-1] == told


def test_an_item_in_brackets_that_ends_with_a_short_headline_is_one() -> None:
    for item in ("(a) the Budget", "(see Budget)"):
        assert lines_of(paragraphs((*PARAGRAPHS, item)), "Budget")[-1] == item
    item = "(a) the second ferry line"
    assert lines_of(paragraphs((*PARAGRAPHS, item)), "The second ferry line")[-1] == item


ROWS = f"<caption>Entry</caption><tr><th>Title</th><td>{HEADLINE}</td></tr><tr><th>Day</th><td>2026-05-04</td></tr>"


def test_the_fields_around_the_headlines_row_in_a_table_that_holds_the_text_are_none_of_it() -> None:
    board = f"<table>{ROWS}<tr><td colspan='2'><div>{paragraphs(PARAGRAPHS[:4])}</div></td></tr></table>"
    blocks_of = blocks(parse(f"<body><div>{board}</div></body>".encode()))
    headline = compact_text(HEADLINE)
    assert fields_of_headline(blocks_of, headline) == {0, 1, 2}
    table = f"<table>{ROWS}<tr><th>Pier</th><td>North</td></tr></table>{paragraphs(PARAGRAPHS[:4])}"
    assert fields_of_headline(blocks(parse(f"<body><div>{table}</div></body>".encode())), headline) == set()
    assert fields_of_headline(blocks_of, compact_text("Another headline of another entry")) == set()


def test_rows_that_say_more_than_fields_around_the_headlines_row_stay() -> None:
    said = "<tr><th>Where</th><td>On the north pier, where the boats of the villages land</td></tr>"
    link = said.replace("<td>", "<td><a href='/plan'>").replace("</td>", "</a></td>")
    held = f"<tr><td colspan='2'><div>{paragraphs(PARAGRAPHS[:4])}</div></td></tr>"
    found = [blocks(parse(f"<body><table>{ROWS}{row}{held}</table></body>".encode())) for row in (said, link)]
    assert [fields_of_headline(one, compact_text(HEADLINE)) for one in found] == [set(), {0, 1, 2, 3}]


def test_a_row_of_several_short_fields_is_a_row_of_fields() -> None:
    office = (
        "<tr><th>Office</th><td>Press and public affairs</td><th>Day</th><td>{}</td><th>Read</th><td>1,204</td></tr>"
    )
    held = f"<tr><td colspan='6'><div>{paragraphs(PARAGRAPHS[:4])}</div></td></tr>"

    def fields(day: str) -> set[int]:
        board = f"<body><table>{ROWS}{office.format(day)}{held}</table></body>"
        return fields_of_headline(blocks(parse(board.encode())), compact_text(HEADLINE))

    assert fields("2026-05-04") == {0, 1, 2, 3}
    assert fields("the first one on which the north pier was open again") == set()
