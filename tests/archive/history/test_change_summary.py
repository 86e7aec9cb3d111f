"""Numbers, names, quotations, other words and paragraphs that changed, in words."""

from __future__ import annotations

import pytest

from archive.history.change_summary import (
    headline_changed,
    names_changed,
    numbers_changed,
    paragraphs_changed,
    quotations_changed,
    words_changed,
)
from archive.text.alignment import Budget
from archive.text.lines import normalize


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("It cost 4.1 million in 2019.", "It cost 3.9 million in 2019.", "numbers changed: 4.1 → 3.9"),
        ("It cost 4 million.", "It cost 4 million or 5.", ""),
        ("At 10:30 on 3/4.", "At 11:30 on 3/5.", "numbers changed: 10:30 → 11:30, 3/4 → 3/5"),
        ("1 2 3 4 5", "6 7 8 9 0", "numbers changed: 1 → 6, 2 → 7, 3 → 8 and 2 more"),
    ],
)
def test_numbers(before: str, after: str, words: str) -> None:
    assert numbers_changed([(before, after)]) == words


@pytest.mark.parametrize(
    ("before", "after", "language", "words"),
    [
        ("So said Ilva Renn today.", "So said Ada Quill today.", "en", "names changed: Ilva Renn → Ada Quill"),
        ("So said Ilva Renn today.", "So said Ilva Wren today.", "", "names changed: Renn → Wren"),
        ("Today it rains. Then it snows.", "Today it rains. Later it snows.", "en", ""),
        ("Heute sagte der Rat ab.", "Heute sagte der Senat ab.", "de", ""),
        ("it rains", "it snows", "en", ""),
    ],
)
def test_names(before: str, after: str, language: str, words: str) -> None:
    assert names_changed([(before, after)], language, Budget()) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("“We will come,” she said.", "“We will not come,” she said.", "quotation changed"),
        ("“We will come,” she said.", '"We will come", she said on Monday.', ""),
        ("She agreed.", "“We agree,” she said.", "quotation added"),
        ("«Nous venons», dit-elle.", "Elle vient.", "quotation removed"),
        ("「来年に始めます」と述べた。", "「今年に始めます」と述べた。", "quotation changed"),
    ],
)
def test_quotations(before: str, after: str, words: str) -> None:
    assert quotations_changed([before], [after], normalize) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("The council will pay.", "The council will not pay.", "words changed: “not” came"),
        ("It opened, she said, at noon.", "It opened at noon.", "words changed: “she said” went"),
        ("It cost 4 crowns.", "It cost 5 crowns.", ""),
        ("It cost 4 crowns.", "It cost 5 crowns of 9.", "words changed: “4” → “5”, “of 9” came"),
        ("It cost “4” crowns – all.", 'It cost "4" crowns - all of it.', "words changed: “of it” came"),
        ("So said Ilva Renn today.", "So said Ada Quill today.", ""),
        ("One two three four five six.", "A b c d e f.", ""),
        ("来年に始めます。", "今年に始めます。", "words changed: “来年に始めます” → “今年に始めます”"),
        (
            "区は25億円で始め、区長は喜び、市は9億円で終える。",
            "区は25兆円で始め、区長は喜び、市は9兆円で終える。",
            "words changed: “区は25億円で始め” → “区は25兆円で始め”, “市は9億円で終える” → “市は9兆円で終える”",
        ),
        (
            "تبلغ الكلفة 5 مليون.",
            "تبلغ الكلفة 5 مليار.",
            "words changed: \u2068“مليون”\u2069 → \u2068“مليار”\u2069",
        ),
        (f"{'港' * 50}は開く{'海' * 50}", f"{'港' * 50}は開かない{'海' * 50}", "words changed: “く” → “かない”"),
    ],
)
def test_words(before: str, after: str, words: str) -> None:
    assert words_changed([(before, after)], Budget(), "names changed: Ilva Renn → Ada Quill") == words


def test_only_the_first_of_many_words_are_told() -> None:
    pairs = [
        (f"The quay of a town was {one} on that day.", f"The quay of a town was {one * 2} on that day.")
        for one in "bcdef"
    ]
    assert words_changed(pairs, Budget()).endswith("“d” → “dd” and 2 more")


def test_what_changed_often_is_told_once() -> None:
    pairs = [("It takes 5 weeks, said Tor Aas.", "It takes 6 months, said Tora Aas.")] * 4
    assert words_changed(pairs, Budget(), names := names_changed(pairs, "en", Budget())) == (
        "words changed: “5 weeks” → “6 months”"
    )
    assert names == "names changed: Tor → Tora"
    assert numbers_changed(pairs) == "numbers changed: 5 → 6"


def test_paragraphs_that_come_go_or_stand_elsewhere() -> None:
    assert paragraphs_changed(2, (), ()) == "2 paragraphs changed"
    assert paragraphs_changed(0, ["It  rained."], ["It snowed.", "It froze."]) == (
        "1 paragraph added: “It rained.”, 2 paragraphs removed: “It snowed.” and 1 more"
    )
    assert paragraphs_changed(0, ["It rained."], ["It rained."]) == "1 paragraph moved"
    assert paragraphs_changed(0, ["word " * 40], ()).endswith("word…”")


def test_headlines() -> None:
    assert headline_changed("It opens", "It shuts") == "headline changed: “It opens” → “It shuts”"
    assert headline_changed("", "It shuts") == "headline changed"
