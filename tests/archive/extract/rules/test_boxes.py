"""Facts, background and next steps in boxes of their own go with the text among whose paragraphs the boxes stand."""

from __future__ import annotations

import lxml.html
import pytest

from archive.extract.rules.boxes import parts_in_boxes
from archive.page.blocks import blocks
from tests.support.extract.judged import LINKED, PROSE, kept

STEPS = "The pier stays shut to carts from the first of May until the new planks are laid."
LABEL = "Next steps"
LIST = "<ul><li>May: the old planks leave</li><li>July: the new planks come</li></ul>"
ITEMS = ["May: the old planks leave", "July: the new planks come"]
PARTS = [
    f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p></div>",
    f"<div class='card'><p><strong>{LABEL}</strong></p><p>{STEPS}</p></div>",
    f"<div class='panel'><button aria-controls='a'>{LABEL}</button><div id='a'><p>{STEPS}</p></div></div>",
    f"<div class='item'><div class='toggle-title'>{LABEL}</div><div class='toggle-content'>{STEPS}</div></div>",
    f"<div class='panel'><h4><a href='#p1'>{LABEL}</a></h4><div id='p1' class='body'><p>{STEPS}</p></div></div>",
    f"<div class='infobox'><h3>{LABEL}</h3><p>{STEPS}</p></div>",
    f"<div class='panel'><h4><a href='#'>{LABEL}</a></h4><div class='body'><p>{STEPS}</p></div></div>",
    f"<div class='card'><h3 id='n'>{LABEL} <a href='#n'>#</a></h3><p>{STEPS}</p></div>",
    f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><a href='/p/a.jpg?w=9'><img src='b.jpg'></a></div>",
]


def built(middle: str = "", end: str = "") -> str:
    """A text of components: each passage in a box of its own."""
    text = f"<div class='text'><p>{PROSE}</p><p>{PROSE}</p></div>"
    return f"<div class='page'><h1>The pier</h1>{text}{middle}{text}{end}</div>{LINKED}"


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_text_in_a_box_of_its_own_is_kept(part: str) -> None:
    assert kept(built(middle=part), {}) == [PROSE, PROSE, LABEL, STEPS, PROSE, PROSE]
    assert kept(built(end=part), {}) == [PROSE, PROSE, PROSE, PROSE, LABEL, STEPS]


def test_several_parts_and_lists_are_kept() -> None:
    listed = f"<div class='card'><h3>Dates</h3>{LIST}</div>"
    both = ["Dates", *ITEMS, LABEL, STEPS]
    assert kept(built(middle=listed + PARTS[0]), {}) == [PROSE, PROSE, *both, PROSE, PROSE]
    assert kept(built(end=listed + PARTS[0]), {}) == [PROSE, PROSE, PROSE, PROSE, *both]


def test_two_facts_with_labels_amid_the_text_are_kept() -> None:
    box = "<div class='box-info'><h3>The pier in short</h3><p>Length: 40 metres</p><p>Planks: oak from Tamsk</p></div>"
    said = ["The pier in short", "Length: 40 metres", "Planks: oak from Tamsk"]
    assert kept(built(middle=box), {}) == [PROSE, PROSE, *said, PROSE, PROSE]
    assert kept(built(end=box), {}) == [PROSE] * 4


@pytest.mark.parametrize(
    "line",
    [
        "<ul><li>Mast</li><li>Print</li><li>Send</li></ul>",
        "<p>One</p><p>Two</p><p>Three</p>",
        "<p>In May</p>",
        "<p>by Bo Wren</p><p>4 May 2026</p>",
        "<p>by Bo Wren</p><p>4 May 2026</p><p>Karn</p>",
    ],
)
def test_a_box_that_says_nothing_is_none(line: str) -> None:
    box = f"<div class='card'><h3>{LABEL}</h3>{line}</div>"
    for page in (built(middle=box), built(end=box)):
        assert LABEL not in kept(page, {})


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p>{LINKED}</div>",
        f"<div class='card'><h3><a href='/steps'>{LABEL}</a></h3><p>{STEPS}</p></div>",
        f"<div class='related'><h3>{LABEL}</h3><p>{STEPS}</p></div>",
        f"<div class='card'><div class='newsletter'><h3>{LABEL}</h3><p>{STEPS}</p></div></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><p>Write to pier@karn.example.</p></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><p>Subscribe to our newsletter.</p></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><input></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><button>Get the plan</button></div>",
        f"<div class='card'><button>Get the plan</button><p>{STEPS}</p><p>{STEPS}</p></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><button>Get the plan</button><p>{STEPS}</p></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><span class='btn large'>Get the plan</span></div>",
        f"<div class='card'><h3>{LABEL}</h3><p>{STEPS}</p><pier-button>Get the plan</pier-button></div>",
        f"<div class='card'><a href='/steps'></a><h3>{LABEL}</h3><p>{STEPS}</p></div>",
        f"<div class='card'><a href='/steps'><img src='a.jpg'></a><h3>{LABEL}</h3><p>{STEPS}</p></div>",
        f"<div class='card'><h3><a href='#join'>{LABEL}</a></h3><p>{STEPS}</p></div>",
        f"<div class='card' role='dialog'><h3>{LABEL}</h3><p>{STEPS}</p></div>",
        f"<div class='card'><div role='complementary'><h3>{LABEL}</h3><p>{STEPS}</p></div></div>",
        f"<div class='card'><h3>{LABEL}</h3><ul><li><a href='#a'>{STEPS}</a></li><li>{STEPS}</li></ul></div>",
    ],
)
def test_a_box_of_the_site_is_none(box: str) -> None:
    for page in (built(middle=box), built(end=box)):
        assert not {LABEL, STEPS} & set(kept(page, {}))


QUOTE = "We counted every plank twice and slept once."


@pytest.mark.parametrize(
    ("box", "lines"),
    [
        (f"<div class='card'><p>{STEPS}</p></div>", [STEPS]),
        ("<div class='card'><div>Carts may not cross.</div></div>", ["Carts may not cross."]),
        (f"<div class='box'><div>{LIST}</div></div>", ITEMS),
        (f"<div class='quote'><p>{QUOTE}</p><p class='author'>Bo Wren</p></div>", [QUOTE, "Bo Wren"]),
    ],
)
def test_where_passages_are_boxes_those_without_a_label_are_kept_too(box: str, lines: list[str]) -> None:
    assert kept(built(middle=box), {}) == [PROSE, PROSE, *lines, PROSE, PROSE]
    assert kept(built(end=box), {}) == [PROSE, PROSE, PROSE, PROSE, *lines]


def test_a_box_without_a_label_below_a_text_of_one_place_is_none() -> None:
    text = f"<p>{PROSE}</p><p>{PROSE}</p>"
    box = f"<div class='card'><div class='inner'><div><p>{STEPS}</p></div></div></div>"
    assert kept(f"<article>{text}{box}</article>", {}) == [PROSE, PROSE]
    quote = f"<div class='slider-quotes'><div class='one'><p>{QUOTE}</p><p class='author'>Bo Wren</p></div></div>"
    assert kept(f"<article>{text}{quote}</article>", {}) == [PROSE, PROSE, QUOTE, "Bo Wren"]


@pytest.mark.parametrize("label", ["19:30 Bo Wren", "4"])
def test_an_hour_or_a_figure_names_nothing(label: str) -> None:
    text = f"<p>{PROSE}</p><p>{PROSE}</p>"
    box = f"<div class='entry'><h3>{label}</h3><p>{STEPS}</p></div>"
    assert label not in kept(f"<article>{text}{box}{text}</article>", {STEPS: 0.1})


def test_a_box_of_more_than_half_of_the_text_is_none() -> None:
    box = f"<div class='card'><h3>{LABEL}</h3>{f'<p>{STEPS}</p>' * 4}</div>"
    assert LABEL not in kept(built(middle=box), {})


def test_of_a_box_of_more_than_half_of_the_text_the_parts_below_their_labels_are_kept() -> None:
    parts = "".join(f"<div class='frame'><header><h4>{LABEL} {at}</h4></header><p>{STEPS}</p></div>" for at in "123")
    lines = kept(built(end=f"<div class='elements'>{parts}</div>"), {})
    assert lines[4:] == [f"{LABEL} 1", STEPS, f"{LABEL} 2", STEPS, f"{LABEL} 3", STEPS]


def test_below_the_text_boxes_are_as_much_as_the_text_at_most() -> None:
    boxes = [f"<div class='card'><h3>Step {at}</h3><p>{STEPS}</p></div>" for at in range(6)]
    lines = kept(built(end="".join(boxes)), {})
    assert "Step 1" in lines
    assert "Step 5" not in lines


def test_a_table_keeps_its_caption() -> None:
    rows = "<tr><td>North pier</td><td>12 boats</td></tr><tr><td>South pier</td><td>7 boats</td></tr>"
    table = f"<table><caption>In May</caption>{rows}</table>"
    box = f"<div class='card'><h3>Boats</h3><div class='scroll'>{table}</div></div>"
    lines = ["Boats", "In May", "North pier | 12 boats", "South pier | 7 boats"]
    assert kept(built(end=box), {}) == [PROSE, PROSE, PROSE, PROSE, *lines]


def test_boxes_without_a_name_show_no_build() -> None:
    text = f"<div><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert kept(f"<article>{text}{text}<div><div><b>The</b> {STEPS}</div></div></article>", {}) == [PROSE] * 4


def test_a_text_right_in_the_body_has_no_place_of_its_own() -> None:
    page = f"<html><body><p>{PROSE}</p>{PARTS[0]}<p>{PROSE}</p></body></html>"
    found = blocks(lxml.html.document_fromstring(page))
    likely = [0.9 if block.text == PROSE else 0.1 for block in found]
    assert list(parts_in_boxes(found, likely)) == []
    found = blocks(lxml.html.document_fromstring(page.replace("body>", "article>")))
    assert list(parts_in_boxes(found, likely)) == [1, 2]


def test_an_aside_below_the_text_is_none_of_it() -> None:
    box = f"<aside><h3>{LABEL}</h3><p>{STEPS}</p></aside>"
    assert not {LABEL, STEPS} & set(kept(built(end=box), {}))


def test_what_stands_outside_of_the_place_of_the_text_is_none_of_it() -> None:
    text = f"<article><p>{PROSE}</p><p>{PROSE}</p></article>"
    assert kept(f"<div class='page'>{text}{PARTS[0]}</div>", {}) == [PROSE, PROSE]


def test_below_the_text_a_part_about_the_author_ends_it() -> None:
    author = "<div class='author'><h3>Bo Wren</h3><p>Bo Wren has written of piers and planks since 1999.</p></div>"
    assert kept(built(end=author + PARTS[0]), {}) == [PROSE, PROSE, PROSE, PROSE]


@pytest.mark.parametrize("label", ["About the author", "Über die Autorin", "Об авторе", "Bo Wren"])
def test_a_box_about_who_wrote_the_text_is_none_below_it(label: str) -> None:
    told = "Bo Wren has written of piers and planks since 1999, and lives beside the harbour of Karn."
    box = f"<div class='card'><h3>{{}}</h3><p>{told}</p></div>"
    assert kept(built(end=box.format(label)), {}) == [PROSE] * 4
    assert kept(built(end=box.format("The mayor")), {}) == [*[PROSE] * 4, "The mayor", told]
    assert kept(built(middle=box.format("Bo Wren")), {}) == [PROSE, PROSE, "Bo Wren", told, PROSE, PROSE]


def test_a_page_of_boxes_is_read_up_to_a_bound() -> None:
    boxes = "".join(f"<div class='card'><h3>Step {at}</h3><p>{STEPS}</p></div>" for at in range(400))
    lines = kept(built(middle=boxes), {})
    assert "Step 200" in lines
    assert "Step 399" not in lines
