"""The people in a contact block are read with their roles, numbers and addresses, each once."""

from __future__ import annotations

from archive.core.model import Contact
from archive.release.contact_reading import merged, read

ADA = Contact("Ada Marsh", "", "(215) 555-6210", "press@portvale.example")


def test_lines_and_commas_part_people_from_what_they_do() -> None:
    text = "Ada Marsh, Press Officer\nTel. 0431 555-014\nada@tamsk.example\nBo Wren\nTel. 0431 555-015"
    assert read(text) == (
        Contact("Ada Marsh", "Press Officer", "0431 555-014", "ada@tamsk.example"),
        Contact("Bo Wren", "", "0431 555-015", ""),
    )
    assert read("") == ()


def test_one_person_is_one_contact() -> None:
    again = Contact("Ada Marsh", "Head of Press", "", "")
    assert merged([ADA, again, Contact(email="PRESS@portvale.example")]) == (
        Contact("Ada Marsh", "Head of Press", "(215) 555-6210", "press@portvale.example"),
    )
