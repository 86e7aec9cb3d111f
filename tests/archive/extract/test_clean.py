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


@pytest.mark.parametrize("title", ["<h3>Our harbour talks</h3>", "<p><strong>Our harbour talks</strong></p>"])
def test_the_title_of_contacts_goes_with_them(title: str) -> None:
    contacts = "<p>Media contact: Ada Marsh<br>Tel. 215-555-6210<br>ada@harbour.example</p>"
    more = "The harbour of Elsinore was founded in 1899, and it is open to all ships on every day of the year."
    text = paragraphs(PARAGRAPHS)
    assert extraction(page(text + title + contacts)).text == "\n\n".join(PARAGRAPHS)
    assert "Our harbour talks" in extraction(page(text + title + contacts + paragraphs([more]))).text
    assert "Our harbour talks" in extraction(page(text + title + paragraphs([more]) + contacts)).text
    said, fares = "The ferry is free for all until Friday", "<h3>Fares</h3>" + paragraphs([more])
    assert said in extraction(page(text + title.replace("Our harbour talks", said) + contacts + fares)).text


def test_a_caption_that_ends_with_its_credit_leaves_the_text() -> None:
    figure = "<figure><img src='/quay.jpg'><figcaption>The quay at noon. Photo: Oda Brekk</figcaption></figure>"
    result = extraction(page(figure + paragraphs(PARAGRAPHS)))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert (result.photo_credits, result.image_caption) == (("Oda Brekk",), "The quay at noon. Photo: Oda Brekk")


@pytest.mark.parametrize("credit", ["Fotoğraf: Oda Brekk", "写真：山本海子", "Φωτογραφία: Ada Marsh"])
def test_a_credit_in_the_last_element_of_a_line_leaves_it(credit: str) -> None:
    caption = "The new ferry at the northern quay on its first morning, with the crew on deck"
    line = f"<p>{caption} <span>{credit}</span></p>"
    result = extraction(page(paragraphs(PARAGRAPHS[:2]) + line + paragraphs(PARAGRAPHS[2:])))
    assert result.text == "\n\n".join((*PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]))
    assert (credit, "credit") in [(one.text, one.why) for one in result.removed]
    assert result.photo_credits == (credit.replace("：", ": ").split(": ")[1],)


def test_a_caption_leaves_with_a_credit_in_any_words() -> None:
    caption = "The new ferry at the northern quay on its first morning, with the crew on deck"
    figure = f"<figure><img src='/f.jpg'><figcaption>{caption}. <em>Valokuvaus: Oda Brekk</em></figcaption></figure>"
    result = extraction(page(paragraphs(PARAGRAPHS[:2]) + figure + paragraphs(PARAGRAPHS[2:])))
    assert result.text == "\n\n".join(PARAGRAPHS)


def test_a_byline_leaves_the_text() -> None:
    result = extraction(page(paragraphs(["Texte : Oda Brekk", *PARAGRAPHS])))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert [(one.text, one.why) for one in result.removed] == [("Texte : Oda Brekk", "header")]
    roles = "<ul><li>Text: Oda Brekk</li><li>Photos: Ada Marsh</li></ul>"
    assert "Text: Oda Brekk" in extraction(page(paragraphs(PARAGRAPHS) + roles)).text
    for heading in ("By Public Transport", "BY WATER BUS"):
        text = f"{paragraphs(PARAGRAPHS[:1])}<h2>{heading}</h2>{paragraphs(PARAGRAPHS[1:])}"
        assert heading in extraction(page(text)).text


def test_fields_far_from_the_release_are_not_its_own() -> None:
    far = (
        "<nav>"
        + "".join(f"<p><a href='/{number}'>Line {number} to the isles</a></p>" for number in range(20))
        + "</nav>"
    )
    result = extraction(page(paragraphs(PARAGRAPHS) + far + HEADER))
    assert result.text == "\n\n".join(PARAGRAPHS)
    assert (result.issuer, result.contacts) == ("", ())


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
    result = extraction(page(paragraphs((*PARAGRAPHS[:3], caption, *PARAGRAPHS[3:]))))
    sentence = caption.removesuffix(" (Photo by Ada Marsh)")
    assert result.text == "\n\n".join((*PARAGRAPHS[:3], sentence, *PARAGRAPHS[3:]))


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


def lines_of(markup: str, title: str) -> tuple[str, ...]:
    """The lines of a page all of which is likely to be text."""
    found = blocks(parse(f"<html><body>{markup}</body></html>".encode(), ""))
    return clean([ScoredBlock(block, 0, "", 0.9) for block in found], title, "en").lines


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


def taken(markup: str, title: str = HEADLINE) -> tuple[str, ...]:
    """The text of a page of whose article each line is likely."""
    found = blocks(parse(page(markup, title).encode(), ""))
    judged = [ScoredBlock(one, 0, "", 0.1 if "frame" in one.container.roles else 0.9) for one in found]
    return clean(judged, title, "en").lines


def test_a_row_that_prints_the_page_or_leaves_it_is_no_line_of_the_text() -> None:
    row = "<p><a href='javascript:window.print()'>Xyz</a> | <a href='javascript:history.back()'>&lt;&lt; Zyx</a></p>"
    assert taken(paragraphs(PARAGRAPHS) + row) == PARAGRAPHS
    assert taken(paragraphs(PARAGRAPHS) + row.replace("javascript:history.back()", "/x"))[-1] == "Xyz | << Zyx"


def test_the_last_heading_of_a_log_of_days_stays_where_no_text_follows() -> None:
    told = f"<h2>Update of 3 May 2026</h2>{paragraphs(PARAGRAPHS[:1])}"
    changed = "<p>Last updated on 29 May 2026</p>"
    log = f"{paragraphs(PARAGRAPHS[1:])}{told}<h2>Update of 29 May 2026: lamps are lit</h2>{changed}"
    result = extraction(page(log))
    assert result.text.endswith("Update of 29 May 2026: lamps are lit")
    assert "lamps are lit" not in extraction(page(log.replace("<h2>Update of 3 May 2026</h2>", ""))).text
