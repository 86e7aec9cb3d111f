"""What a page shows, its parts, and words that are nearly all that it says."""

from __future__ import annotations

import re

import pytest
from lxml.html import document_fromstring

from archive.extract.notices.shown import (
    Shown,
    barred_parts,
    is_nearly_all,
    letters,
    sentence_ends,
    sentences,
    shown_on,
    title_parts,
)
from archive.page.markup import read_markup


def test_the_first_heading_and_the_title_of_a_page_are_shown_cut() -> None:
    long = "Pier nine opens. " * 20
    page = f"<title>{long}</title><h1>{long}</h1><h1>Harbour</h1>"
    shown = shown_on(read_markup(document_fromstring(page)), "Pier nine", "It opens on Monday.")
    assert shown == Shown("Pier nine", long[:200], long[:200], "It opens on Monday.")
    assert shown_on(read_markup(document_fromstring("<p>Pier</p>")), "", "").heading == ""


def test_the_parts_of_a_title() -> None:
    assert title_parts("Tides: what to know | Portvale - News") == ["Tides", "what to know", "Portvale", "News"]
    assert barred_parts("Tides: what to know | Portvale - News") == ["Tides: what to know", "Portvale", "News"]
    assert title_parts("A well-kept pier") == ["A well-kept pier"]


def test_sentences_and_their_ends() -> None:
    assert sentences("It opens. Come!\nPier 9.5 stays")[:3] == ["It opens", "Come", "Pier 9.5 stays"]
    assert sentence_ends("It opens at 9.30. Come! 開きます。") == 3


@pytest.mark.parametrize(
    ("title", "expected"), [("Pier closed", True), ("Pier closed: now", True), ("Pier closed today", False)]
)
def test_words_that_are_nearly_all_of_a_title(title: str, expected: bool) -> None:
    assert is_nearly_all(re.search("Pier closed", title), title) is expected
    assert not is_nearly_all(None, title)
    assert letters("Pier 9!") == 4
