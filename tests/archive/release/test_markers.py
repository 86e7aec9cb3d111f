"""The marks of releases, line by line: what each says, and which lines only look like one."""

from __future__ import annotations

import pytest

from archive.release import markers


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("FOR IMMEDIATE RELEASE", " "),
        ("For immediate release: 3 March 2026", "3 March 2026"),
        ("Zur sofortigen Veröffentlichung", " "),
        ("Для немедленной публикации", " "),
        ("For release of the eels the ponds were opened.", ""),
        ("The ferry was for immediate release", ""),
    ],
)
def test_release_lines(line: str, rest: str) -> None:
    assert markers.is_release_line(line) == rest


def test_a_line_that_names_its_kind_may_number_it() -> None:
    assert markers.release_kind("Press release No. 14/2026") == (True, "14/2026")
    assert markers.release_kind("Pressemitteilung") == (True, "")
    assert markers.release_kind("Press release about the eels of Tamsk") == (False, "")


def test_an_embargo_names_its_end_or_none() -> None:
    assert markers.embargo("EMBARGOED until 3 March 2026, 10:00") == "2026-03-03T10:00:00"
    assert markers.embargo("Strictly embargoed") == ""
    assert markers.embargo("The council lifted its embargo on eels") is None
    assert markers.embargo("Embargoed " + "x" * 200) is None


def test_references() -> None:
    assert markers.reference("Ref. No. TB-2026/17") == "TB-2026/17"
    assert markers.reference("Reference: none") == ""
    assert markers.code_in("See MEMO/26/118 of the commission") == "MEMO/26/118"
    assert markers.code_in("See MEMORY/26/118") == ""


def test_issuers() -> None:
    assert markers.issuer("Issued by: Tamsk Harbour Office.") == "Tamsk Harbour Office"
    assert markers.issuer("SOURCE Brekk Ferries") == "Brekk Ferries"
    assert markers.issuer("Source Brekk Ferries") == ""
    assert markers.issuer("Source: " + "x" * 140) == ""


def test_a_header_date_is_short_and_labelled() -> None:
    assert markers.is_header_date("Date: 3 March 2026")
    assert not markers.is_header_date("3 March 2026")
    assert not markers.is_header_date("Date: " + "x" * 80)


@pytest.mark.parametrize("line", ["###", "# # #", "- 30 -", "-ends-", "END", "ENDE", "(ends)"])
def test_end_marks(line: str) -> None:
    assert markers.is_end_mark(line)


@pytest.mark.parametrize("line", ["End", "ends", "Ends of the quay", "#", "30", "THE END OF THE EEL SEASON"])
def test_no_end_marks(line: str) -> None:
    assert not markers.is_end_mark(line)


def test_an_end_mark_at_the_end_of_a_line_is_taken_off() -> None:
    assert markers.without_end_mark("The quay is open. ###") == ("The quay is open.", "###")
    assert markers.without_end_mark("The quay is open. #quay") == ("The quay is open. #quay", "")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Photo: Oda Brekk", "Oda Brekk"),
        ("Photo credit: Tamsk Harbour Office", "Tamsk Harbour Office"),
        ("(Photo: Oda Brekk)", "Oda Brekk"),
        ("© Oda Brekk/Tamsk Courier", "Oda Brekk/Tamsk Courier"),
        ("Фото: пресс-служба порта", "пресс-служба порта"),
        ("© 2026 Tamsk Courier", ""),
        ("Photo: walkers cross the bridge before any carts do", ""),
        ("Photography is a fine trade.", ""),
    ],
)
def test_photo_credits(line: str, name: str) -> None:
    assert markers.photo_credit(line) == name


def test_a_caption_ends_with_its_credit() -> None:
    assert markers.caption_credit("Walkers on the bridge (Photo: Oda Brekk)") == "Oda Brekk"
    assert markers.caption_credit("Walkers on the bridge (Photo: Oda Brekk) at noon") == ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The quay at noon. Photo: Oda Brekk", "Oda Brekk"),
        ("Der Kai am Mittag – Foto: Oda Brekk / Brekk Ferries", "Oda Brekk / Brekk Ferries"),
        ("Причал в полдень. Фото: Ода Брекк", "Ода Брекк"),
        ("The photo: Oda Brekk", ""),
        ("The quay. Photo: the wall was built by the county and will be repaired", ""),
        ("The quay. Photo: Oda Brekk. It was taken at noon.", ""),
    ],
)
def test_a_credit_behind_the_words_of_a_caption(line: str, name: str) -> None:
    assert markers.credit_at_end(line) == name


def test_tickers() -> None:
    line = "Brekk Ferries (NYSE: brk; LSE: BFE) and Amsel (page: 4)"
    assert markers.tickers(line) == ("NYSE: BRK", "LSE: BFE")
    assert markers.tickers("Brekk Ferries (NYSE BRK)") == ()
