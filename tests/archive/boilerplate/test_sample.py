"""One page as the template learns from it: rows that belong together, within bounds."""

from __future__ import annotations

from zlib import crc32

from archive.boilerplate.sample import UNKNOWN, sample
from archive.page.blocks import blocks
from archive.page.html import parse
from archive.text.fingerprint import fingerprint, hash64
from archive.text.lines import marks_of

PAGE = b"<body><main><p>The ferry of Tamsk sails.</p><p><a href=/more>Read of more sailings</a></p><p>12</p></main>"
FOUND = blocks(parse(PAGE))
MARKS = [fingerprint(block.text) for block in FOUND]


def test_each_block_is_a_row_of_five_columns_and_one_that_says_nothing_is_none() -> None:
    made = sample("tamsk.example/a", FOUND, MARKS, article=True)
    assert made.page == hash64("tamsk.example/a")
    assert made.fingerprints == (fingerprint("The ferry of Tamsk sails."), fingerprint("Read of more sailings"))
    assert made.lengths == (25, 21)
    assert made.links == (0, 100)
    assert made.shown == ("The ferry of Tamsk sails.", "Read of more sailings")
    assert len(made.places) == 2


def test_tails_of_the_title_come_first_in_a_place_of_their_own() -> None:
    made = sample("a", FOUND, MARKS, article=True, in_text=(7,), tails=("Tamsk Courier", "2026"))
    assert made.fingerprints[0] == fingerprint("Tamsk Courier")
    assert (made.places[0], made.links[0], made.lengths[0]) == (crc32(b"title"), 100, 13)
    assert len(made.fingerprints) == 3, "a tail without words is none"
    assert made.fingerprints_in_text == (7, fingerprint("Tamsk Courier"))


def test_likelihoods_are_kept_in_percent_and_the_titles_ends_have_none() -> None:
    made = sample("a", FOUND, MARKS, article=True, tails=("Tamsk Courier",), likely=(0.994, 0.126, 0.5))
    assert made.likely == (UNKNOWN, 99, 13), "a block that says nothing is no row"
    assert sample("a", FOUND, MARKS, article=True).likely == (UNKNOWN, UNKNOWN)


def test_exact_marks_are_of_all_blocks() -> None:
    assert sample("a", FOUND, MARKS, article=False).exact == marks_of(block.text for block in FOUND)


def test_a_long_page_is_bounded_and_later_beginnings_are_shorter() -> None:
    text = "word " * 30
    many = blocks(parse(f"<body>{''.join(f'<p>{chr(97 + n % 26)} {text}</p>' for n in range(450))}</body>".encode()))
    made = sample("a", many, [fingerprint(block.text) for block in many], article=True)
    assert len(made.fingerprints) == len(made.shown) == 400
    assert (len(made.shown[0]), len(made.shown[74]), len(made.shown[75])) == (80, 80, 16)
