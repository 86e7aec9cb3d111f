"""The beginning of a text goes with it: a list or table that says it in short, right above its first paragraph."""

from __future__ import annotations

import pytest

from tests.archive.extract.whole.judged import LINKED, PROSE, TABLE, kept

TEXT = f"<p>{PROSE}</p><p>{PROSE}</p>"
HEAD = "<h1>The pier of Karn</h1>"


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
