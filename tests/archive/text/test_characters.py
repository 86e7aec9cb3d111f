"""What nobody sees in a text leaves it, letters that need a joiner keep it; phrases are found whatever their case."""

from __future__ import annotations

import re
import sys
from functools import cache

import pytest

from archive.boilerplate import cue_words
from archive.text.characters import AUTHOR, WRITTEN_BY, phrases, small, undirected, visible, word_count

FORMS = {name: pattern for name, pattern in vars(cue_words).items() if isinstance(pattern, re.Pattern)}
"""The patterns for texts in small letters, but for two."""
for _name in ("REPORTED", "POLITE_START"):
    del FORMS[_name]


def test_soft_hyphens_and_blanks_of_no_width_leave_a_word() -> None:
    assert visible("Hafen\u00admeis\u200bter\u2060in \ufeffKrug") == "Hafenmeisterin Krug"


def test_joiners_and_visible_blanks_stay() -> None:
    assert visible("می\u200cشود \u00a0–") == "می\u200cشود \u00a0–"


@cache
def _cased() -> str:
    """Every character that has another case."""
    return "".join(one for one in map(chr, range(sys.maxunicode)) if one.lower() != one or one.upper() != one)


def test_a_small_letter_stands_for_the_letters_that_are_equal_without_case() -> None:
    symbols = set("ϐϑϒϕϖϰϱϵµ\u1fbe\u0345") | set(map(chr, range(0x1C80, 0x1C89)))  # in no word of a page
    for letter in {one for form in FORMS.values() for one in form.pattern if one.islower()}:
        equal = set(re.findall(letter, _cased(), re.IGNORECASE)) - symbols
        assert equal == ({one for one in _cased() if small(one) == letter} or {letter}) - symbols, letter


def test_letters_keep_their_places() -> None:
    assert small("İLGİLİ HABERLER ΣΑΣ") == "ilgili haberler σασ"
    assert all(len(small(one)) == 1 for one in _cased())


def test_phrases_are_found_whatever_the_case_of_the_text() -> None:
    greeting = phrases(r"\b(?:guten tag|hei)\b", r"\bgood day", "καλημέρα σας")
    for text in ("Und: GUTEN TAG!", "Hei, alle", "A Good Day", "ΚΑΛΗΜΈΡΑ ΣΑΣ"):
        assert greeting.search(small(text)), text
    assert not greeting.search(small("heiter, undgood day"))


@pytest.mark.parametrize("form", ["Guten Tag", r"\ba|b", r"\b(?:a)\b|c"])
def test_a_form_that_would_not_be_found_is_an_error(form: str) -> None:
    with pytest.raises(ValueError, match=re.escape(form)):
        phrases(form)


def test_brackets_and_escapes_may_hold_alternatives_and_capitals() -> None:
    assert phrases(r"\b(?:a[|]|b(?:c|d))\b\W*$").search("xx bd!")


def test_what_turns_the_direction_of_writing_around_a_line_leaves_it() -> None:
    assert undirected("\u202bנמל\u202c \u2067קרוג\u2069\u200f") == "נמל קרוג"
    assert undirected("קו C\u200e++ נפתח") == "קו C\u200e++ נפתח"


def test_words_are_counted_also_where_no_blanks_part_them() -> None:
    counts = {"": 0, "Ferry fares": 2, "渡轮票价上涨": 3, "フェリー 運賃": 3, "섬 연락선 운임 인상": 4}
    assert {text: word_count(text) for text in counts} == counts


@pytest.mark.parametrize(
    "words", ["Written by", "Scritto da", "Postado por", "Skriven av", "Đăng bởi", "Scris de către"]
)
def test_what_leads_to_a_name(words: str) -> None:
    assert re.fullmatch(WRITTEN_BY, words, re.I)


@pytest.mark.parametrize("words", ["Author", "Autorin", "Συντάκτρια", "Yazar", "ผู้เขียน", "작성자", "الكاتب"])
def test_what_names_an_author_before_a_colon(words: str) -> None:
    assert re.fullmatch(AUTHOR, words, re.I)


@pytest.mark.parametrize("words", ["Written", "Authority", "Standing by", "Scritto", "Autorità", "文"])
def test_other_words_do_neither(words: str) -> None:
    assert not re.fullmatch(f"{WRITTEN_BY}|{AUTHOR}", words, re.I)
