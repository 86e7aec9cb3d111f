"""Words of both directions on one line of a PDF's page are read in their order."""

from __future__ import annotations

import pytest

from archive.page.pdf.document import FROM_THE_RIGHT, PdfPage, Run
from archive.page.pdf.words import from_the_left

ARABIC = "قالت هيئة الميناء في فالدورا إن الجسر يفتح غدا"
ENGLISH = "The harbour board of Valdora opens its second bridge on Monday at nine"


def page(*seen: str, more: str) -> PdfPage:
    """A page with words as they are seen from the left, above a line that says which way it is read."""
    runs, left = [], 50.0
    for word in seen:
        runs.append(Run(left, 100, left + 6 * len(word), 112, word))
        left = runs[-1].right + 4
    return PdfPage(600, 800, (*runs, Run(50, 300, 500, 312, more)))


def said(*seen: str, more: str = ARABIC) -> str:
    return from_the_left(page(*seen, more=more)).runs[0].text


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (("قدمت", "Valdora", "Lines", "شركة"), "شركة Valdora Lines قدمت"),
        (("قدمت", "Pier", "7", "شركة"), "شركة Pier 7 قدمت"),
        ((".2026", "41", "عام"), "عام 41 2026."),
        (("%12.5", "بنسبة"), "بنسبة 12.5%"),
        ((".Valdora", "Lines", "شركة"), "شركة Valdora Lines."),
        (("رسمي(", "بيان", ")وفق"), "(وفق بيان رسمي)"),
        (("(رسمي", "وفق)"), "وفق) (رسمي"),
        ((",0142 555 999+", "هاتف"), "هاتف +999 555 0142,"),
        (("+999 555 0142", "هاتف"), "هاتف +999 555 0142"),
        (("Valdora", "Lines,", "Quay", "7"), "Valdora"),
    ],
)
def test_a_line_that_is_read_from_the_right(seen: tuple[str, ...], text: str) -> None:
    assert said(*seen) == text


def test_a_line_that_is_read_from_the_left_has_names_from_the_right_in_their_order() -> None:
    seen = ("The board (in Arabic:", "فالدورا", "ميناء", "هيئة,", "in short: Port) said so.")
    assert said(*seen, more=ENGLISH) == "The board (in Arabic: هيئة ميناء فالدورا, in short: Port) said so."
    assert said("غدا", "فالدورا", "Lines", "شركة", more=ENGLISH) == "شركة Lines فالدورا غدا"


def test_words_far_apart_stay_apart_and_a_page_from_the_right_is_mirrored() -> None:
    far = Run(400, 100, 440, 112, "غدا")
    found = from_the_left(PdfPage(600, 800, (Run(50, 100, 90, 112, "الجسر"), far)))
    assert [(run.left, run.right, run.text) for run in found.runs] == [(510, 550, "الجسر"), (160, 200, "غدا")]
    plain = page("Pier", "opens", more=ENGLISH)
    assert from_the_left(plain) is plain


def test_figures_of_arabic_and_persian_are_written_from_the_left() -> None:
    assert not FROM_THE_RIGHT.search("٢٠٢٦ ۱۴۰۴ ١٢٫٥ 2026")
    assert FROM_THE_RIGHT.search("٢٠٢٦م")
