"""The end of a text goes with it: what stands below its last paragraph in one place, leads nowhere, says something."""

from __future__ import annotations

import pytest

from tests.support.extract.judged import LINKED, PROSE, TABLE, kept

TEXT = f"<p>{PROSE}</p><p>{PROSE}</p>"
HEAD = "<h1>The pier of Karn</h1>"


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        ("<h2>What it costs</h2><p>Two million crowns.</p>", ["What it costs", "Two million crowns."]),
        (
            "<section><h2>Built</h2><p>In 1911.</p><p>It rained then.</p></section>",
            ["Built", "In 1911.", "It rained then."],
        ),
        ("<div class='facts'><p>The pier is 90 metres long.</p></div>", ["The pier is 90 metres long."]),
        ("<blockquote><p>“We waited for ten years.”</p></blockquote>", ["“We waited for ten years.”"]),
        ("<pre>Pier North  12\nPier South   7\nPier West    9</pre>", ["Pier North 12", "Pier South 7", "Pier West 9"]),
        ("<p>Monday: 8 to 12<br>Friday: 9<br>Sunday: closed</p>", ["Monday: 8 to 12", "Friday: 9", "Sunday: closed"]),
        (
            "<ul><li>Ropes<ul><li>of hemp</li></ul></li><li>Planks of oak</li></ul>",
            ["Ropes", "of hemp", "Planks of oak"],
        ),
        ("<ul><li><p>Ropes of hemp</p></li><li><p>Planks of oak</p></li></ul>", ["Ropes of hemp", "Planks of oak"]),
        (f"<h3>Boats</h3>{TABLE}", ["Boats", "Pier | Boats", "North | 12", "South | 7"]),
        ("<p>More in June.</p>", ["More in June."]),
    ],
)
def test_what_says_something_right_below_the_text_closes_it(end: str, lines: list[str]) -> None:
    assert kept(f"<div>{TEXT}{end}</div><div>{LINKED}</div>", {}) == [PROSE, PROSE, *lines]


@pytest.mark.parametrize(
    "end",
    [
        "<p>Source: Karn Gazette</p>",  # a line that is no sentence
        "<p>(RC)</p>",
        "<p>Written by:<br>Ada Quill, shipwright</p>",
        "<h3>Related</h3>" + LINKED,
        "<ul><li>Print</li><li>Send</li></ul>",
        "<p>Subscribe to our newsletter and never miss the news of the harbour.</p>",
        "<p>Write to press@karn.example. We answer soon.</p>",
        "<p>© 2026 Harbour board. All rights reserved.</p>",
        "<div class='comments'><p>I have fished there for years, and it was time.</p></div>",
        "<div><div><p>Three boats went out in the storm and came home late.</p></div></div>",  # in boxes of its own
        "<footer><p>The harbour board has met on Mondays since 1911.</p></footer>",
        "</div><div><p>The harbour board has met on Mondays since 1911.</p>",  # elsewhere
        "<div><p>Harbour board of Karn</p><p>12 Quay Street</p><p>Open on Mondays.</p></div>",  # a box without a name
        "<h2>2 comments</h2><p>Ada</p><p>It was time that somebody did this.</p>",
        "<h3>Kommentare (2)</h3><p>Finn</p><p>Es war an der Zeit.</p>",
        "<div class='one'><p>Ada:</p><p>It was time.</p></div><div class='one'><p>Finn:</p><p>No.</p></div>",
        "<ul><li>Read 1,204 times</li><li>Published on 5 May 2026</li></ul>",
        "<ul><li>Ropes of hemp</li><li>Planks of oak</li><li><a href='/nails'>Nails of iron</a></li></ul>",
        f"<pre>{chr(10).join(f'Pier {n}   12 boats' for n in range(40))}</pre>",  # more than the text
    ],
)
def test_credits_calls_links_and_other_places_do_not(end: str) -> None:
    assert kept(f"<div>{TEXT}{end}</div>", {}) == [PROSE, PROSE]


def test_the_end_is_where_the_first_link_stands() -> None:
    end = "<p>More in June.</p><p>The <a href='/old'>old pier</a> stays.</p><p>It is closed.</p>"
    assert kept(f"<div>{TEXT}{end}</div>", {}) == [PROSE, PROSE, "More in June."]


def test_a_cell_around_the_text_makes_no_table_of_its_lines() -> None:
    cell = f"<table><tr><td>{TEXT}<p>Harbour Board of Karn</p><p>Quay Street at the salt works</p></td></tr></table>"
    assert kept(cell, {}) == [PROSE, PROSE]


def test_where_the_whole_page_is_one_place_nothing_closes_the_text() -> None:
    assert kept(f"</div>{TEXT}<p>Designed by Marsh Studio.</p>", {}) == [PROSE, PROSE]


def test_one_paragraph_alone_has_no_end() -> None:
    assert kept(f"<div><p>{PROSE}</p><p>More in June.</p></div>", {}) == [PROSE]


def test_a_text_in_several_boxes_of_one_build_ends_in_the_last() -> None:
    box = "<div class='block'><div class='html'>{}</div></div>"
    page = (
        box.format(TEXT)
        + "<div class='block'><figure></figure></div>"
        + box.format(f"<p>{PROSE}</p><p>More in June.</p>")
    )
    assert kept(page, {})[2:] == [PROSE, "More in June."]
    assert kept(page + box.format("<p>Old piers.</p>"), {})[2:] == [PROSE, "More in June."]


@pytest.mark.parametrize(
    ("begin", "lines"),
    [
        ("<ul><li>Boats: 140</li><li>Ropes: 36</li><li>Owner</li></ul>", ["Boats: 140", "Ropes: 36", "Owner"]),
        (
            "<ul><li>New ropes of hemp for every boat</li><li>Planks of oak for the northern pier</li><li>Lamps at the"
            " end of it</li></ul>",
            ["New ropes of hemp for every boat", "Planks of oak for the northern pier", "Lamps at the end of it"],
        ),
        (TABLE, ["Pier | Boats", "North | 12", "South | 7"]),
        ("<dl><dt>Start</dt><dd>4 May</dd><dt>End</dt><dd>28 June</dd></dl>", ["Start", "4 May", "End", "28 June"]),
    ],
)
def test_a_list_right_above_the_first_paragraph_opens_the_text(begin: str, lines: list[str]) -> None:
    assert kept(f"<div>{HEAD}{begin}{TEXT}</div><div>{LINKED}</div>", {}) == [*lines, PROSE, PROSE]
    assert kept(f"{HEAD}<div>{begin}{TEXT}</div><div>{LINKED}</div>", {}) == [*lines, PROSE, PROSE]


@pytest.mark.parametrize(
    "begin",
    [
        "<ul><li>4 May 2026</li><li>Press release 26/114</li></ul>",
        "<table><tr><td>Date</td><td>4 May 2026</td></tr><tr><td>Number</td><td>114</td></tr></table>",
        "<ul><li>By Ada Quill</li><li>Photo: Finn Tarr</li></ul>",
        "<ul><li>Print this page</li><li>Listen to it</li></ul>",
        "<ol><li>Start</li><li>News</li><li>Press releases 2026</li></ol>",
        "<ul><li>Ropes: 36</li></ul>",
        "<ul><li>Reference: IP/26/114</li><li>Karn, 4 May 2026</li></ul>",
        "<ul><li>Rope walk: <a href='/ropes'>36</a></li><li>Boats: 140</li><li>Views: 12</li><li>Number: 114</li></ul>",
        "<ul><li>Boats: 140</li><li><a href='/ropes'>Ropes: 36</a></li><li>Nets: 9</li></ul>",
        "<ul class='post-meta'><li>Views: 140</li><li>Likes: 36</li><li>Votes: 9</li></ul>",
        "<ul><li>Boats: 140</li><li>Ropes: 36</li><li>Nets: 9</li></ul><p>Ada Quill</p>",  # not right above the text
        "<div><div><ul><li>Boats: 140</li><li>Ropes: 36</li><li>Nets: 9</li></ul></div></div>",  # in boxes of its own
    ],
)
def test_what_a_page_says_of_itself_above_the_text_does_not(begin: str) -> None:
    assert kept(f"<div>{HEAD}{begin}{TEXT}</div><div>{LINKED}</div>", {}) == [PROSE, PROSE]


def test_a_list_without_a_headline_above_it_opens_no_text() -> None:
    assert kept(f"<div><ul><li>Boats: 140</li><li>Ropes: 36</li><li>Nets: 9</li></ul>{TEXT}</div>", {}) == [
        PROSE,
        PROSE,
    ]
