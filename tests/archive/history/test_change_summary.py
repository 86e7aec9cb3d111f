"""Numbers, names and quotations that changed."""

from __future__ import annotations

import pytest

from archive.history.change_summary import names_changed, numbers_changed, quotations_changed
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
