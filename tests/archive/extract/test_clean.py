"""What leaves the text of a page and what stays: the release alone, whole, with its fields read from around it."""

from __future__ import annotations

import pytest

from archive.boilerplate.template import Template, TemplateBuilder, learn
from archive.core.model import Contact, Extraction
from archive.extract.clean import ScoredBlock, clean
from archive.extract.extract import derive
from archive.page.blocks import blocks
from archive.page.html import parse
from tests.support.pages import HEADLINE, PARAGRAPHS, page, paragraphs, release, response


def extraction(markup: str, template: Template | None = None) -> Extraction:
    result = derive(response(markup), template).result
    assert isinstance(result, Extraction), result
    return result


HEADER = (
    "<header><ul><li>For Immediate Release: May 7, 2026</li><li>Published By: Office of the Harbour</li>"
    "<li>Contact: Ada Marsh, 215-555-6210, ada.marsh@harbour.example</li></ul></header>"
)


def test_fields_are_read_from_a_header_that_is_no_part_of_the_text() -> None:
    result = extraction(page(HEADER + paragraphs(PARAGRAPHS)))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert result.issuer == "Office of the Harbour"
    assert result.contacts == (Contact("Ada Marsh", "", "215-555-6210", "ada.marsh@harbour.example"),)


def test_a_contact_is_read_with_the_address_behind_its_link_and_its_words_stay() -> None:
    contact = (
        "<p>Media can ask Ada Marsh: call 215-555-6210, or <a href='mailto:ada@harbour.example'>write to her</a></p>"
    )
    result = extraction(page(paragraphs(PARAGRAPHS) + contact))
    assert result.contacts == (Contact("", "", "215-555-6210", "ada@harbour.example"),)
    assert "ada@harbour.example" not in result.text


def test_two_contacts_in_cards_below_the_text() -> None:
    card = "<div><h4>{0} Marsh</h4><p>Press Officer</p><p>Tel. 215-555-621{1}</p><p>{0}@harbour.example</p></div>"
    cards = "<section><h3>Media contacts</h3>" + card.format("Ada", 1) + card.format("Ida", 2) + "</section>"
    assert [(one.name, one.role) for one in extraction(page(paragraphs(PARAGRAPHS) + cards)).contacts] == [
        ("Ada Marsh", "Press Officer"),
        ("Ida Marsh", "Press Officer"),
    ]


def test_a_caption_that_ends_with_its_credit_leaves_the_text() -> None:
    figure = "<figure><img src='/quay.jpg'><figcaption>The quay at noon. Photo: Oda Brekk</figcaption></figure>"
    result = extraction(page(figure + paragraphs(PARAGRAPHS)))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert (result.photo_credits, result.image_caption) == (("Oda Brekk",), "The quay at noon. Photo: Oda Brekk")


def test_fields_far_from_the_release_are_not_its_own() -> None:
    far = (
        "<nav>"
        + "".join(f"<p><a href='/{number}'>Line {number} to the isles</a></p>" for number in range(20))
        + "</nav>"
    )
    result = extraction(page(paragraphs(PARAGRAPHS) + far + HEADER))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert (result.issuer, result.contacts) == ("", ())


PLACE = "Where: the northern quay of the harbour, gate 12, Port Elsinore"
SCHEDULE = (
    PARAGRAPHS[0],
    "10:00 The ferry is named",
    PLACE,
    "12:00 The mayor speaks to the crews",
    PLACE,
    *PARAGRAPHS[2:4],
)


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


def test_what_a_notice_of_cookies_says_further_in_its_dialog_is_no_text() -> None:
    notice = "<p>We and our partners use cookies to improve your experience on this site.</p>"
    box = notice + "<p>You can change your choice at any time in our policy.</p><button>Accept</button>"
    shown = page(paragraphs(PARAGRAPHS))
    with_dialog = shown.replace("<h1>", f'<div role="dialog" class="cc">{box}</div><h1>')
    assert extraction(with_dialog).text == "\n\n".join(PARAGRAPHS)
    whole = f'<div role="dialog" class="reader">{paragraphs(PARAGRAPHS)}<p>Subscribe to our newsletter!</p></div>'
    assert PARAGRAPHS[0] in extraction(page(whole)).text


def test_a_caption_with_its_credit_is_no_sentence_of_the_release() -> None:
    caption = "The new ferry at the northern quay on its first morning. (Photo by Ada Marsh)"
    figure = f"<figure><img src='/f.jpg'><figcaption>{caption}</figcaption></figure>"
    result = extraction(page(paragraphs(PARAGRAPHS[:3]) + figure + paragraphs(PARAGRAPHS[3:])))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert result.photo_credits == ("Ada Marsh",)
    paragraph = (*PARAGRAPHS[:3], caption, *PARAGRAPHS[3:])
    assert extraction(page(paragraphs(paragraph))).text == "\n\n".join(paragraph)


def test_a_menus_word_is_a_heading_amid_the_text() -> None:
    heading, notice = PARAGRAPHS[4], "Printed on paper from the island mill."
    memory = TemplateBuilder()
    for number in range(6):
        menu = f"<nav><p>{heading}</p><p>{notice}</p></nav>"
        each = response(page(menu + paragraphs(release(number)[1])), f"https://gazette.example/{number}")
        memory = learn(memory, derive(each).sample, each.capture.fetched_at)
    amid = extraction(page(paragraphs(PARAGRAPHS)), memory.template())
    assert amid.text == "\n\n".join(PARAGRAPHS)
    in_a_block = (*PARAGRAPHS[:4], notice, *PARAGRAPHS[4:])
    without = extraction(page(paragraphs(in_a_block)), memory.template())
    assert without.text == "\n\n".join((*PARAGRAPHS[:4], *PARAGRAPHS[5:]))


def test_what_heads_figures_of_the_texts_own_stays_with_them() -> None:
    memory = TemplateBuilder()

    def told(number: int) -> str:
        lines = release(number)[1]
        boats = {"North quay": number * 7, "East quay": number * 7 + 1}
        rows = "".join(f"<tr><td>{quay}</td><td>{count}</td></tr>" for quay, count in boats.items())
        table = f"<table><tr><td>Quay</td><td>Boats</td></tr>{rows}</table>"
        keeper = f"Pilot {'abcdefghij'[number] * 4}os of the isles, who has lit it for nine winters."
        terms = f"<dl><dt>Keeper of the lamp</dt><dd>{keeper}</dd></dl>"
        return page(paragraphs(lines[:1]) + terms + paragraphs(lines[1:]) + table)

    for number in range(6):
        each = response(told(number), f"https://gazette.example/{number}")
        memory = learn(memory, derive(each).sample, each.capture.fetched_at)
    lines = extraction(told(9), memory.template()).text.split("\n\n")
    assert {"Quay | Boats", "North quay | 63", "East quay | 64", "Keeper of the lamp"} <= set(lines)


@pytest.mark.parametrize("mark", ["aside", "blockquote", "figure", 'div class="pull-quote"'])
def test_a_sentence_that_a_paragraph_has_too_is_not_set_apart_again(mark: str) -> None:
    said = f"“Nobody on this quay expected the cranes to stand still.” {PARAGRAPHS[2]}"
    pull = f"<{mark}><p>“Nobody on this quay expected the cranes to stand still.”</p></{mark.split()[0]}>"
    body = paragraphs(PARAGRAPHS[:2]) + pull + paragraphs((said, *PARAGRAPHS[3:]))
    assert extraction(page(body)).text == "\n\n".join((*PARAGRAPHS[:2], said, *PARAGRAPHS[3:]))
    other = paragraphs(PARAGRAPHS[:2]) + pull + paragraphs(PARAGRAPHS[2:])
    assert "expected the cranes" in extraction(page(other)).text


def test_the_heading_and_the_form_of_an_offer_to_subscribe_leave_with_it() -> None:
    asks = "<p>Sign up for our newsletter and get our stories in your inbox every week!</p>"
    form = "<form><input type='email'><label>I agree to the terms of the harbour board.</label></form>"
    box = f"<div class='box'><h3>Never miss a tide</h3>{asks}{form}</div>"
    result = extraction(page(paragraphs(PARAGRAPHS[:2]) + box + paragraphs(PARAGRAPHS[2:])))
    assert result.text == "\n\n".join(PARAGRAPHS)
    told = extraction(page(paragraphs(PARAGRAPHS[:2]) + "<h3>Never miss a tide</h3>" + paragraphs(PARAGRAPHS[2:])))
    assert "Never miss a tide" in told.text


def test_a_heading_that_no_text_follows_is_no_part_of_a_release() -> None:
    result = extraction(page(paragraphs(PARAGRAPHS) + "<h2>3 readers have written</h2>"))
    assert result.text == "\n\n".join(PARAGRAPHS)
    said = extraction(page(paragraphs(PARAGRAPHS) + "<h2>All boats sail again.</h2>"))
    assert said.text.startswith(PARAGRAPHS[0])


def test_a_text_that_is_set_in_headings_keeps_its_lines() -> None:
    lines = [line.rstrip(".") for line in PARAGRAPHS[:4]]
    assert extraction(page("".join(f"<h4>{line}</h4>" for line in lines))).text == "\n\n".join(lines)


@pytest.mark.parametrize(
    "last",
    [
        ["5. Oda Brekk of Karn", "6. Ida Marsh of Vik", "7. Ulf Vind of Karn"],
        ["The board thanks all who carried sand, stones and planks to the long pier"],
    ],
    ids=["many", "long"],
)
def test_the_last_headings_of_a_list_are_kept(last: list[str]) -> None:
    parts = "".join(f"<h3>{number}. Runa Vind of Vik</h3><p>{line}</p>" for number, line in enumerate(PARAGRAPHS))
    lines = lines_of(parts + "".join(f"<h3>{line}</h3>" for line in last), HEADLINE)
    assert list(lines[-len(last) :]) == last


def test_a_heading_above_a_form_alone_leaves_the_text() -> None:
    poll = "<div><h4>What do you think?</h4><form><label><input type='radio'> Good</label></form></div>"
    middle = len(PARAGRAPHS) // 2
    body = paragraphs(PARAGRAPHS[:middle]) + poll + paragraphs(PARAGRAPHS[middle:])
    assert extraction(page(body)).text == "\n\n".join(PARAGRAPHS)


def test_what_stands_in_a_box_named_for_what_it_asks_goes_with_it() -> None:
    box = "<div class='donate-box'><h3>Keep the marsh wet</h3><p>With 30 crowns a metre of ditch is dug.</p>"
    box += "<a href='/give'>Donate now</a></div>"
    middle = len(PARAGRAPHS) // 2
    body = paragraphs(PARAGRAPHS[:middle]) + box + paragraphs(PARAGRAPHS[middle:])
    assert extraction(page(body)).text == "\n\n".join(PARAGRAPHS)


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


def taken(markup: str, title: str = HEADLINE) -> tuple[str, ...]:
    """The text of a page of whose article each line is likely."""
    found = blocks(parse(page(markup, title).encode(), ""))
    judged = [ScoredBlock(one, 0, "", 0.1 if "frame" in one.container.roles else 0.9) for one in found]
    return clean(judged, title, "en").lines


def test_a_row_that_prints_the_page_or_leaves_it_is_no_line_of_the_text() -> None:
    row = "<p><a href='javascript:window.print()'>Xyz</a> | <a href='javascript:history.back()'>&lt;&lt; Zyx</a></p>"
    assert taken(paragraphs(PARAGRAPHS) + row) == PARAGRAPHS
    assert taken(paragraphs(PARAGRAPHS) + row.replace("javascript:history.back()", "/x"))[-1] == "Xyz | << Zyx"


def test_the_headline_in_brackets_is_no_line_of_the_text() -> None:
    said = "（原标题：{}）"
    assert taken(paragraphs((*PARAGRAPHS, said.format(HEADLINE)))) == PARAGRAPHS
    other = said.format(f"{HEADLINE} and a Third One")
    assert taken(paragraphs((*PARAGRAPHS, other)))[-1] == other
    told = f"(On Monday the mayor said it as well: {HEADLINE})"
    assert taken(paragraphs((*PARAGRAPHS, told)))[-1] == told


def test_an_item_in_brackets_that_ends_with_a_short_headline_is_one() -> None:
    for item in ("(a) the Budget", "(see Budget)"):
        assert taken(paragraphs((*PARAGRAPHS, item)), "Budget")[-1] == item
    item = "(a) the second ferry line"
    assert taken(paragraphs((*PARAGRAPHS, item)), "The second ferry line")[-1] == item
