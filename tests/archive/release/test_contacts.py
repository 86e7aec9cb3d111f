"""Media contacts in the forms press offices give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.core.model import Contact
from archive.release import contacts

ADA = Contact("Ada Marsh", "", "(215) 555-6210", "press@portvale.example")


@pytest.mark.parametrize(
    "line",
    [
        "Contact: Ada Marsh, (215) 555-6210, press@portvale.example",
        "Media Contact: Ada Marsh | (215) 555-6210 | press@portvale.example",
        "For more information: Ada Marsh, tel. (215) 555-6210, e-mail: press@portvale.example",
        "Pressekontakt: Ada Marsh, Telefon: (215) 555-6210, press@portvale.example",
        "Contact presse : Ada Marsh - (215) 555-6210 - press@portvale.example",
        "Contacto de prensa: Ada Marsh, (215) 555-6210 press@portvale.example",
        "Kontakt dla mediów: Ada Marsh, tel. (215) 555-6210, press@portvale.example",
        "Контакты для СМИ: Ada Marsh, тел. (215) 555-6210, press@portvale.example",
        "Байланыс: Ada Marsh, тел. (215) 555-6210, press@portvale.example",
        "Επικοινωνία: Ada Marsh, (215) 555-6210, press@portvale.example",
        "媒体联系人：Ada Marsh, (215) 555-6210, press@portvale.example",
    ],
)
def test_a_contact_line_is_read(line: str) -> None:
    assert [block.contacts for block in contacts.find_blocks([line])] == [(ADA,)]


def test_a_block_of_lines_is_read_whole() -> None:
    lines = [
        "The pier opens on Monday.",
        "Media Contact:",
        "Ada Marsh",
        "Vice President, Communications",
        "Office: +1 215 555 6210",
        "ada.marsh@portvale.example",
        "The board thanks all who helped to build the pier over the winter.",
    ]
    (block,) = contacts.find_blocks(lines)
    assert (block.start, block.end, block.whole) == (1, 6, True)
    assert block.contacts == (
        Contact("Ada Marsh", "Vice President, Communications", "+1 215 555 6210", "ada.marsh@portvale.example"),
    )


def test_several_people_in_one_block() -> None:
    (block,) = contacts.find_blocks(
        [
            "CONTACT: Ada Marsh, Harbour Trust, 917-555-3859, ada@trust.example",
            "Rob Hill, School Board, 215-555-5846, rob@board.example",
        ]
    )
    assert block.end == 2
    assert [(one.name, one.role, one.phone) for one in block.contacts] == [
        ("Ada Marsh", "Harbour Trust", "917-555-3859"),
        ("Rob Hill", "School Board", "215-555-5846"),
    ]


def test_a_sentence_that_says_whom_to_call_stays_in_the_text() -> None:
    (block,) = contacts.find_blocks(
        ["Reporters who want more information may contact Ada Marsh at ada@portvale.example."]
    )
    assert not block.whole
    assert block.contacts == (Contact("Ada Marsh", "", "", "ada@portvale.example"),)


def test_a_labelled_sentence_stays_in_the_text_too() -> None:
    (block,) = contacts.find_blocks(["Contact: Ada Marsh, ada@portvale.example or (215) 555-6210."])
    assert not block.whole
    assert block.contacts == (Contact("Ada Marsh", "", "(215) 555-6210", "ada@portvale.example"),)


@pytest.mark.parametrize(
    "line",
    [
        "Contact lenses are sold at the pier from Monday.",
        "Contact:",
        "Residents should call 311 or 215-555-1984 if they see someone in need.",
        "Information and meeting place for your household.",
        "Kontakt mit dem Hafen ist verboten.",
    ],
)
def test_other_lines_are_no_contacts(line: str) -> None:
    assert list(contacts.find_blocks([line])) == []


def test_one_person_is_one_contact() -> None:
    again = Contact("Ada Marsh", "Head of Press", "", "")
    assert contacts.merged([ADA, again, Contact(email="PRESS@portvale.example")]) == (
        Contact("Ada Marsh", "Head of Press", "(215) 555-6210", "press@portvale.example"),
    )


def test_outside_the_text_only_named_people_and_press_addresses_count() -> None:
    assert contacts.is_for_media(ADA)
    assert contacts.is_for_media(Contact(email="newsroom@portvale.example"))
    assert not contacts.is_for_media(Contact(phone="215-555-0000", email="info@portvale.example"))


@given(st.lists(st.text(max_size=120), max_size=8))
def test_blocks_lie_in_the_text_and_do_not_overlap(lines: list[str]) -> None:
    end = 0
    for block in contacts.find_blocks(lines):
        assert end <= block.start < block.end <= len(lines)
        end = block.end
