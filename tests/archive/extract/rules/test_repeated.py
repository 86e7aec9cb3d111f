"""Rows, items and headings that other releases have as well stay where they are of a notice of their own."""

from __future__ import annotations

import pytest

from archive.extract.rules.repeated import goes_with_own, is_heading_amid, of_own_lists
from archive.page.blocks import blocks
from archive.page.html import parse

TABLE = "<table><tr><td>Hall</td><td>Second</td></tr><tr><td>Parties</td><td>Oda Brekk, Ida Marsh</td></tr></table>"
TERMS = "<dl><dt>Hall:</dt><dd>Second</dd><dt>Parties:</dt><dd>Oda Brekk, Ida Marsh</dd></dl>"
ITEMS = "<ul><li>Hall: Second</li><li>Parties: Oda Brekk, Ida Marsh</li></ul>"
LINKS = "<ul><li><a href=/hall>Hall: Second</a></li><li>Parties: Oda Brekk, Ida Marsh</li></ul>"
SERVICE = "<ul class=share><li>Hall: Second</li><li>Parties: Oda Brekk, Ida Marsh</li></ul>"
FILED = "<ul><li>Tags: Second</li><li>Parties: Oda Brekk, Ida Marsh</li></ul>"
BESIDE = "<ul><li>Hall: Second</li></ul><p>Parties: Oda Brekk, Ida Marsh</p>"


def kept(inner: str, own: str = "Brekk") -> list[str]:
    """What stays of a page that says one line of its own and else what all pages say."""
    found = blocks(parse(f"<body><main>{inner}</main></body>".encode()))
    is_own = [own in block.text for block in found]
    places = of_own_lists(found, [not one for one in is_own], is_own)
    return [found[at].text for at in sorted(places)]


@pytest.mark.parametrize(
    ("inner", "stays"),
    [
        (TABLE, ["Hall | Second"]),
        (TERMS, ["Hall:", "Second", "Parties:"]),
        (ITEMS, ["Hall: Second"]),
        (LINKS, []),
        (SERVICE, []),
        (FILED, []),
        (BESIDE, []),
    ],
    ids=["table", "terms", "items", "links", "service", "filed", "beside"],
)
def test_rows_stay_with_one_that_is_the_texts_own(inner: str, stays: list[str]) -> None:
    assert kept(inner) == stays
    assert kept(inner, own="nobody") == []


@pytest.mark.parametrize(
    ("inner", "score", "stays"),
    [
        ("<p>Snow fell.</p><h3>Outlook</h3><p>It thaws.</p>", 0.5, True),
        ("<p>Snow fell.</p><h3>Outlook</h3><ul><li>It thaws.</li></ul>", 0.5, True),
        ("<div><p>Snow fell.</p></div><h3>Outlook</h3><p>It thaws.</p>", 0.5, False),
        ("<div><p>Snow fell.</p></div><h3>Outlook</h3><p>It thaws.</p>", 0.9, True),
        ("<p>Snow fell.</p><h3>Outlook</h3><p><a href=/thaw>It thaws.</a></p>", 0.5, False),
        ("<p>Snow fell.</p><p>Outlook</p><p>It thaws.</p>", 0.5, False),
        ("<p>Snow fell.</p><h3>Outlook</h3>", 0.9, False),
    ],
    ids=["paragraphs", "list", "other box", "sure", "link", "no heading", "end"],
)
def test_a_heading_stays_between_lines_of_its_own_box(inner: str, score: float, stays: bool) -> None:
    found = blocks(parse(f"<body><main>{inner}</main></body>".encode()))
    assert is_heading_amid(found, [True] * len(found), 1, score) is stays


def test_a_heading_below_what_is_repeated_goes_with_it() -> None:
    found = blocks(parse(b"<body><main><p>Snow fell.</p><h3>Outlook</h3><p>It thaws.</p></main></body>"))
    assert not is_heading_amid(found, [False, False, True], 1, 0.9)
    assert not is_heading_amid(found, [True, False, False], 1, 0.9)


@pytest.mark.parametrize(
    ("inner", "stays"),
    [
        ("<p>The winners are:</p><ul><li>Ida Brekk, for a boat</li></ul>", True),
        ("<p>Open on these days:</p><table><tr><td>Brekk</td><td>Monday</td></tr></table>", True),
        ("<p>The winners are</p><ul><li>Ida Brekk, for a boat</li></ul>", False),
        ("<p>Read on:</p><ul><li><a href=/brekk>Ida Brekk, for a boat</a></li></ul>", False),
        ("<p>Tags:</p><ul><li>Brekk</li></ul>", False),
        ("<p>Share this:</p><ul class=share><li>Brekk</li></ul>", False),
        ("<div><p>The winners are:</p></div><ul><li>Ida Brekk, for a boat</li></ul>", False),
        ("<p>The winners are:</p><p>Ida Brekk, for a boat</p>", False),
        ("<p>The winners are:</p>", False),
    ],
    ids=["list", "table", "no sign", "links", "tags", "share", "other box", "no list", "end"],
)
def test_a_line_stays_that_announces_a_list_of_the_texts_own(inner: str, stays: bool) -> None:
    found = blocks(parse(f"<body><main><p>Snow fell.</p>{inner}</main></body>".encode()))
    own = ["Brekk" in block.text or "Snow" in block.text for block in found]
    assert goes_with_own(found, own, 1, 0.5) is stays


def test_the_caption_of_a_table_of_its_own_stays() -> None:
    assert kept(TABLE.replace("<table>", "<table><caption>Sittings</caption>")) == ["Sittings", "Hall | Second"]
