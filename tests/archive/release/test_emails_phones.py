"""Addresses and numbers as press offices write them."""

import pytest

from archive.release import emails_phones


@pytest.mark.parametrize(
    "line",
    [
        "ada.marsh [at] tamsk.example",
        "ada.marsh(at)tamsk.example",
        "ada.marsh {at} tamsk (dot) example",
        "ada.marsh at tamsk dot example",
    ],
)
def test_an_address_that_is_spelled_out(line: str) -> None:
    assert emails_phones.spelled_out(f"Write to {line}") == "Write to ada.marsh@tamsk.example"


@pytest.mark.parametrize(
    "line", ["They met at noon (at the quay).", "Boats [at anchor] sail.", "Look at tamsk.example"]
)
def test_other_lines_stay(line: str) -> None:
    assert emails_phones.spelled_out(line) == line


@pytest.mark.parametrize("text", ["+44 (0)20 7946 0142", "0431/555 014", "555 0142, ext. 214", "010-5550142"])
def test_numbers(text: str) -> None:
    assert emails_phones.PHONE.fullmatch(text)


@pytest.mark.parametrize("text", ["03.11.2026", "2026-11-03", "9.00-17.00", "12345"])
def test_days_and_hours_are_no_numbers(text: str) -> None:
    assert not emails_phones.is_reachable(text)


def test_what_announces_a_number_is_told_from_the_beginning_of_an_address() -> None:
    assert emails_phones.PHONE_LABEL.sub("", "e: p.marsh@tamsk.example") == "p.marsh@tamsk.example"
    assert emails_phones.PHONE_LABEL.sub("", "p.marsh@tamsk.example") == "p.marsh@tamsk.example"
    assert emails_phones.PHONE_LABEL.sub("", "Press office: 555-0142") == "Press office: 555-0142"
    assert emails_phones.is_announced("E-mail:")
    assert not emails_phones.is_announced("Ferries:")


def test_a_figure_is_no_number_that_surely_reaches_somebody() -> None:
    for figure in ("2 345 678", "Eels 12 345 678", "2019–2024", "1.234.567", "910 55 01", "910 555 014"):
        assert not emails_phones.is_surely_reachable(figure)
    assert emails_phones.is_surely_reachable("910 555 014", "Phone")
    for line in (
        "Tel. 910 555 014",
        "+47 910 55 014",
        "910 55 014",
        "910 55 01 42",
        "0431 555-014",
        "555-0142",
        "ada@portvale.example",
    ):
        assert emails_phones.is_surely_reachable(line)
