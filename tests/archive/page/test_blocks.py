"""A page as blocks: which runs of text there are, where each stands, and what is not shown at first."""

from __future__ import annotations

import time

import pytest

from archive.page.blocks import Block, blocks
from archive.page.html import parse
from archive.page.places import CONCEALED, CONTROL

LONG = "The harbour board met on Monday and agreed to repair the long pier before the winter storms arrive."


def read(body: str) -> list[Block]:
    return blocks(parse(f"<html><body>{body}</body></html>".encode()))


def texts(body: str) -> list[str]:
    return [block.text for block in read(body)]


def test_elements_and_line_breaks_divide_blocks() -> None:
    found = read("<div>One<p>Two <b>bold</b> words</p>Three<br>Four</div>")
    assert [block.text for block in found] == ["One", "Two bold words", "Three", "Four"]
    assert [block.broken for block in found] == [False, False, False, True]
    assert (found[1].bold, found[1].container.tag) == (4, "p")


def test_a_style_makes_lines_of_inline_elements() -> None:
    line = '<span style="color:red; display: block">noon</span><a style="display:Block" href="/x">Map</a>'
    found = read(f"<p>Open: {line}of it</p>")
    assert [(block.text, block.link) for block in found] == [("Open:", 0), ("noon", 0), ("Map", 3), ("of it", 0)]
    for style in (
        "display:inline-block",
        "display:block;float:left",
        "display: inline",
        "x-display:block",
        "display:contents",
        "display:block-ruby",
        "display:block;position:absolute",  # a large initial
    ):
        assert texts(f'<p><span style="{style}">T</span>he pier</p>') == ["The pier"]
    assert texts('<p>The <img style="display:block" src="/x.png"/>pier</p>') == ["The pier"]


@pytest.mark.parametrize(
    "body",
    [
        f'<div hidden=""><p>{LONG}</p></div>',
        f'<div style="display:none"><p>{LONG}</p></div>',
        f'<span style="visibility: hidden">{LONG}</span>',
        f'<div hidden="until-found">{LONG}</div>',
        f"<noscript><p>{LONG}</p></noscript>",
    ],
    ids=["hidden", "display", "visibility", "until-found", "noscript"],
)
def test_what_is_not_shown_at_first_is_there_and_marked(body: str) -> None:
    (block,) = read(body)
    assert block.text == LONG
    assert CONCEALED in block.container.roles


def test_what_is_shown_is_not_marked() -> None:
    (block,) = read(f"<details><summary>{LONG}</summary></details>")
    assert not {CONCEALED, CONTROL} & block.container.roles


def test_a_concealed_copy_of_the_shown_text_is_left_out() -> None:
    assert texts(f'<p>{LONG}</p><div hidden=""><p>{LONG.upper()}</p><p>{LONG}</p></div>') == [LONG, LONG.upper()]


def test_data_for_scripts_is_no_text() -> None:
    assert texts('<p>Pier</p><span hidden="">{"title": "Pier", "words": [1, 2]}</span>') == ["Pier"]


def test_a_button_in_a_sentence_or_heading_is_part_of_it() -> None:
    assert texts("<h3><button>Who pays for the pier?</button></h3>") == ["Who pays for the pier?"]
    assert texts("<p>Press <button>Start</button> to begin.</p>") == ["Press Start to begin."]


def test_a_button_by_itself_is_a_control() -> None:
    text, button = read(f"<div><p>{LONG}</p><button>Share</button></div>")
    assert CONTROL in button.container.roles
    assert CONTROL not in text.container.roles


def test_a_page_that_a_broken_button_swallows_is_still_read() -> None:
    assert LONG in texts(f"<div><button class=menu><div><p>{LONG}</p></div>")


def test_only_a_template_that_browsers_show_is_read() -> None:
    assert texts(f'<div><template shadowrootmode="open"><p>{LONG}</p></template></div>') == [LONG]
    assert texts(f"<div><template><p>{LONG}</p></template></div>") == []


def test_links_are_counted_also_around_blocks() -> None:
    (card, alone) = read("<a href=/x><div>Pier opens</div></a><p>See <a href=/y>more</a></p>")
    assert (card.link, card.led) == (len("Pier opens"), True)
    assert (alone.link, alone.led) == (len("more"), False)


def test_elements_that_were_never_closed_are_read_beside_each_other() -> None:
    for never_closed in ("<div>", "<div><p>", "<blockquote><p>"):
        found = read("".join(f"{never_closed}{number}: {LONG}" for number in range(200)))
        assert [block.text for block in found] == [f"{number}: {LONG}" for number in range(200)]
        assert max(block.container.depth for block in found) < 40


def test_what_is_struck_out_is_no_longer_said() -> None:
    for struck in ("<del>nine</del>", "<s>nine</s>", "<strike>nine</strike>"):
        assert texts(f"<p>{LONG}</p><p>The pier costs {struck} ten crowns.</p>") == [LONG, "The pier costs ten crowns."]
    assert texts(f"<p>{LONG}</p><p style='text-decoration: line-through'>{LONG[::-1]}</p>") == [LONG]
    assert texts(f"<p>{LONG}</p><del><p>{LONG[::-1]}</p></del><p>The end.</p>") == [LONG, "The end."]


def test_a_page_that_is_struck_out_nearly_whole_is_read_as_it_stands() -> None:
    assert texts(f"<h1>The pier</h1><s><p>{LONG}</p>") == ["The pier", LONG]


def test_a_row_of_short_cells_is_one_block() -> None:
    (labels, north) = read("<table><tr><th>Pier<th>Boats</tr><tr><td>North</td><td><b>12</b></td></tr></table>")
    assert (labels.text, north.text, north.container.tag, north.bold) == ("Pier | Boats", "North | 12", "tr", 2)


def test_cells_of_a_layout_stay_apart() -> None:
    assert texts(f"<table><tr><td>Menu</td><td><p>{LONG}</p><p>{LONG[::-1]}</p></td></tr></table>")[0] == "Menu"
    assert texts(f"<table><tr><td>Menu</td><td>{LONG * 4}</td></tr></table>")[0] == "Menu"


def test_unknown_elements_are_part_of_a_sentence() -> None:
    assert texts("<p>The <x-name>Harbour <y-z>Board</y-z></x-name> met.</p>") == ["The Harbour Board met."]
    assert texts("<div>Read <mod-link>here</mod-link> more</div>") == ["Read here more"]


def test_unknown_elements_that_hold_paragraphs_or_stand_alone_are_blocks() -> None:
    assert texts("<x-body><p>One</p><p>Two</p></x-body>") == ["One", "Two"]
    assert texts("<div><x-item>One</x-item><x-item>Two</x-item></div>") == ["One", "Two"]


def test_preformatted_text_keeps_its_lines_and_paragraphs() -> None:
    wrapped = "The harbour board met on Monday and agreed to repair\nthe long pier before the winter storms arrive."
    assert texts(f"<pre>{wrapped}\n\nPier   Boats\nNorth  12\n</pre>") == [LONG, "Pier Boats", "North 12"]


def test_what_nobody_sees_leaves_a_word() -> None:
    assert texts("<p>Hafen&shy;meis&#8203;terin</p>") == ["Hafenmeisterin"]


@pytest.mark.parametrize("opening", ["<div class='x'><span>", "<div>", "<blockquote><font>"])
def test_elements_that_were_never_closed_do_not_hide_what_is_inside(opening: str) -> None:
    lines = [f"{LONG} Point {number}" for number in range(400)]
    found = read("".join(f"{opening}{line}" for line in lines))
    assert [block.text for block in found] == lines
    assert max(block.container.depth for block in found) < 300


def test_the_card_of_a_link_is_no_part_of_its_sentence() -> None:
    card = "<span><a href='/orla'>Orla B. Brack</a> <a href='/1'>Mill opens again</a></span>"
    assert texts(f"<p>The keeper, <a href='/orla'>Orla Brack</a>{card} said so.</p>") == [
        "The keeper, Orla Brack said so."
    ]
    note = "<span> (the <a href='/notes'>notes</a> say more)</span>"
    assert texts(f"<p>See <a href='/orla'>Orla Brack</a>{note}.</p>") == ["See Orla Brack (the notes say more)."]
    anchors = "<a name='n'>The</a><span>The council will <a name='m'>extend</a> it.</span>"
    assert texts(f"<p>See {anchors}</p>") == ["See TheThe council will extend it."]
    other = "<span>Orla and <a href='/benno'>Benno</a></span>"
    assert texts(f"<p><a href='/orla'>Orla</a>{other} said so.</p>") == ["OrlaOrla and Benno said so."]


def test_how_a_word_is_read_stands_in_the_text_where_brackets_set_it_apart() -> None:
    assert texts("<p><ruby>橋<rt>はし</rt></ruby>が開く。</p>") == ["橋が開く。"]
    assert texts("<p><ruby>橋<rp>（</rp><rt>はし</rt><rp>）</rp></ruby>が開く。</p>") == ["橋（はし）が開く。"]


def test_a_large_initial_that_is_said_again_for_a_voice_is_read_once() -> None:
    initial = '<span class="large" aria-hidden="true">T</span>'
    assert texts(f"<p>{initial}<span class='for-a-voice'>T</span>he pier is open.</p>") == ["The pier is open."]
    assert texts(f"<p>{initial}he pier is open.</p>") == ["The pier is open."]
    assert texts(f"<p>{initial}<b>T</b> is a letter.</p>") == ["TT is a letter."]


def test_custom_elements_that_hold_whole_paragraphs_divide_blocks() -> None:
    story = f"<x-story><x-text>{LONG}</x-text><x-text>{LONG} Twice.</x-text><x-text>Done.</x-text></x-story>"
    assert texts(story) == [LONG, f"{LONG} Twice.", "Done."]
    assert texts("<p>The <x-term>long</x-term> <x-term>old</x-term> <x-term>pier</x-term></p>") == ["The long old pier"]


def test_what_is_only_read_out_in_a_line_is_no_part_of_it() -> None:
    line = (
        '<p>See <a href="/plan">the plan<span class="visually-hidden"> (opens in a new window)</span></a>, page 4.</p>'
    )
    assert texts(line) == ["See the plan, page 4."]
    alone = '<a href="/f"><span class="sr-only">Facebook</span></a>'
    assert texts(f"<p>{alone}</p>") == ["Facebook"]


def test_the_sign_of_a_headings_own_link_and_a_button_beside_its_words_are_no_part_of_a_heading() -> None:
    assert texts('<h2>The pier <a href="#pier">¶</a></h2><p>It is long.</p>') == ["The pier", "It is long."]
    assert texts('<h2><a href="#p"><span class="sr-only">Link to this</span></a>The pier</h2>') == ["The pier"]
    assert texts("<h2>The pier<button>Copy</button></h2>") == ["The pier", "Copy"]
    assert texts("<h2><button>The pier</button></h2>") == ["The pier"]


@pytest.mark.parametrize(
    ("heading", "is_control"),
    [
        ("<h2><button>The pier</button></h2>", False),
        ("<h2><svg></svg><button>The pier</button> –</h2>", False),
        ("<h2>The quay <button>The pier</button></h2>", True),
        ("<h2><button>The pier</button> is old</h2>", True),
        ("<h2><span>The quay</span><button>The pier</button></h2>", True),
    ],
)
def test_a_button_is_a_control_only_where_its_heading_says_more(heading: str, is_control: bool) -> None:
    (roles,) = (block.container.roles for block in read(heading) if "pier" in block.text)
    assert (CONTROL in roles) is is_control


def test_elements_that_html_does_not_know_are_read_in_time_however_many_stand_beside_each_other() -> None:
    def seconds(cards: int) -> float:
        tree = parse(b"<main>" + b"<x-card>A quay</x-card>" * cards + b"</main>")
        start = time.process_time()
        assert len(blocks(tree)) == cards
        return time.process_time() - start

    assert min(seconds(8000), seconds(8000)) < 8 * max(min(seconds(2000), seconds(2000)), 0.02)


def test_a_note_that_is_not_displayed_in_a_sentence_is_no_part_of_it() -> None:
    note = "<span {}>A knot that holds two ropes; it is easily untied.</span>"
    for hides in ("hidden", 'style="display:none"', 'role="tooltip" hidden'):
        said = f"<p>The crew ties a reef knot{note.format(hides)} on each sail.</p>"
        assert texts(said) == ["The crew ties a reef knot on each sail."]
        assert texts(said.replace("a reef knot", "a <span>reef knot").replace("</span> on", "</span></span> on")) == [
            "The crew ties a reef knot on each sail."
        ]


def test_the_rest_of_a_paragraph_that_a_click_shows_is_read() -> None:
    more = "of which two go on to the isles."
    for rest in (f"<span hidden>{more}</span>", f'<span style="display:none">{more}</span> <a href="#">More</a>'):
        assert any(more in text for text in texts(f"<p>Three boats sail today, {rest}</p>"))
    assert any(more in text for text in texts(f"<p>Three boats sail. <span hidden>{more}</span> then it rains</p>"))
    words = "<p>Three <span style='visibility:hidden'>boats</span> sail today.</p>"  # one after the other fades in
    assert "boats" in texts(words)


def test_an_anchor_with_a_name_alone_is_no_link() -> None:
    assert read('<h3><a name="pier">The pier</a></h3>')[0].link == 0
    assert read('<a name="pier"><p>The pier is closed.</p></a>')[0].link == 0
    for link in ('<a name="pier" href="/pier">', '<a onclick="open()">', '<a href="/pier">'):
        assert read(f"<h3>{link}The pier</a></h3>")[0].link == 8


def test_many_hidden_notes_are_read_in_their_time() -> None:
    began = time.process_time()
    line = "word " * 200_000
    found = texts(
        f"<p>{line}{'<span hidden>x</span>' * 20_000}</p><p>{'<span>a<span hidden>b</span></span>' * 20_000}</p>"
    )
    assert found[0].startswith("word word")
    assert time.process_time() - began < 20


def test_the_name_of_an_icon_is_no_word_of_its_line() -> None:
    for icon in (
        '<i class="material-icons" aria-hidden="true">expand_more</i>',
        '<span class="material-symbols-outlined">sailing</span>',
        '<i class="mdc-button__icon material-icons-round">info</i>',
    ):
        assert texts(f"<p>{icon}The pier opens.</p>") == ["The pier opens."]
        assert texts(f"<p>{icon}</p>") == []
    for word in (
        '<i class="icon">The pier</i>',
        '<span class="icon-text">pier</span>',
        "<i>pier</i>",
        '<span class="iconic">pier</span>',
        '<i class="icon">Pier</i>',
        '<span class="status-icon">pier</span>',
    ):
        assert len(texts(f"<p>{word} opens.</p>")[0]) > len("opens.")
