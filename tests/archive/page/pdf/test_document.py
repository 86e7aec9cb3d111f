"""What stands on the pages of a PDF document, and which documents are refused with what reason."""

from __future__ import annotations

from contextlib import suppress
from time import process_time

import pytest

from archive.page.html import Unreadable
from archive.page.pdf.document import MOST_PAGES, Letter, in_order, is_pdf, read_pdf
from tests.support.pdfs import HEIGHT, WIDTH, column, pdf


def test_runs_have_their_places_from_the_top_and_the_document_its_title_and_day() -> None:
    document = read_pdf(
        pdf([(70, 100, 12, "Pier 7"), (300, 400, 12, "opens")], title="Pier", created="D:20260304101500Z")
    )
    (page,) = document.pages
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert [run.text for run in page.runs] == ["Pier 7", "opens"]
    first, second = page.runs
    assert first.left == pytest.approx(70, abs=2)
    assert first.top < 100 < first.bottom < 110
    assert second.top > 380
    assert (document.title, document.created) == ("Pier", "2026-03-04")


def test_what_stands_far_apart_on_a_line_is_not_one_run() -> None:
    (page,) = read_pdf(pdf([(70, 100, 12, "Left side"), (300, 100, 12, "Right (side) 5 €")])).pages
    assert [run.text for run in page.runs] == ["Left side", "Right (side) 5 €"]


def test_a_document_that_says_nothing_of_itself() -> None:
    document = read_pdf(pdf([]))
    assert (document.pages[0].runs, document.title, document.created) == ((), "", "")


def test_the_signature_may_stand_a_little_later() -> None:
    assert is_pdf(b"\r\n%PDF-1.7 ...")
    assert not is_pdf(b"<html>%PDF" + b" " * 2000 + b"%PDF-1.4")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.4 nothing of the kind", "damaged"),
        (b"%PDF-", "damaged"),
        (pdf(*[[(70.0, 100.0, 12.0, "x")]] * (MOST_PAGES + 1)), f"{MOST_PAGES + 1} pages"),
        (b"%PDF-1.4" + b" " * 30_000_001, "30 MB"),
    ],
)
def test_a_document_that_is_not_read_has_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_pdf(body)


def test_a_document_that_breaks_off_is_read_or_refused_never_more() -> None:
    whole = pdf(column(["One line of several words."] * 20))
    for end in range(0, len(whole), 97):
        with suppress(Unreadable):
            assert len(read_pdf(whole[:end]).pages) <= 1


def places(word: str, left: float, width: float) -> list[Letter]:
    """The letters of a word as PDFium gives them, the first one at the left."""
    return [(letter, (left + n * width, 10.0 + n, left + (n + 0.9) * width, 20.0 + n)) for n, letter in enumerate(word)]


def test_a_word_from_the_right_that_is_given_in_the_order_of_its_places_is_turned() -> None:
    assert in_order(places("رسج", 50, 8)) == "جسر"
    assert in_order(places("رسج", 50, 8)[::-1]) == "جسر"


def test_letters_that_are_one_sign_have_their_order() -> None:
    alef, lam = ("أ", (60.0, 10.0, 63.0, 20.0)), ("ل", (63.0, 10.0, 66.0, 20.0))
    assert in_order([alef, lam, ("ن", (50.0, 10.0, 57.0, 17.0))]) == "لأن"
    assert in_order([("ن", (50.0, 10.0, 57.0, 17.0)), alef, lam]) == "لأن"


def test_a_line_that_is_one_sign_of_thousands_of_letters_is_read_in_time() -> None:
    letters = [("لا"[n % 2], (n * 4.0, 10.0, n * 4.0 + 4, 20.0)) for n in range(20_000)]
    begun = process_time()
    assert in_order(letters) == "لا"[::-1] * 10_000
    assert process_time() - begun < 5


def test_numbers_and_latin_words_in_such_a_line_stay_as_they_are() -> None:
    nowhere = (0.0, 0.0, 0.0, 0.0)
    year = [(digit, nowhere) for digit in "2026 "]
    assert in_order([*places("راذآ", 50, 8), (" ", nowhere), *year]).split() == ["آذار", "2026"]
