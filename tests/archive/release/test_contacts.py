"""Media contacts in the forms press offices give them."""

from dataclasses import replace

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
        "投资者联系：Ada Marsh, (215) 555-6210, press@portvale.example",
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


def test_outside_the_text_only_named_people_and_press_addresses_count() -> None:
    press, info = (
        Contact(email="newsroom@portvale.example"),
        Contact(phone="215-555-0000", email="info@portvale.example"),
    )
    named_only = Contact("Rob Hill")
    block = contacts.ContactBlock(0, 1, (ADA, press, info, named_only))
    assert contacts.for_media(block) == (ADA, press)
    assert contacts.for_media(replace(block, for_media=True)) == (ADA, press, info)


@given(st.lists(st.text(max_size=120), max_size=8))
def test_blocks_lie_in_the_text_and_do_not_overlap(lines: list[str]) -> None:
    end = 0
    for block in contacts.find_blocks(lines):
        assert end <= block.start < block.end <= len(lines)
        end = block.end


def contacts_of(*lines: str) -> list[Contact]:
    return [one for block in contacts.find_blocks(lines) for one in block.contacts]


def test_lines_in_any_words_between_a_bare_label_and_the_first_number_are_of_its_block() -> None:
    office = ("Handwerkshaus Tamsk", "Ada Marsh", "Leiterin Kommunikation", "Kaistraße 12, 24105 Tamsk")
    assert contacts_of("Kontakt", *office, "Telefon: 0431 555-014", "ada.marsh@tamsk.example") == [
        Contact("Ada Marsh", "Leiterin Kommunikation", "0431 555-014", "ada.marsh@tamsk.example")
    ]
    assert contacts_of("Kontakt", "The ferry sails at noon from the northern quay.", "Telefon: 0431 555-014") == []


def test_the_person_is_the_one_in_the_address() -> None:
    reach = "Head of Communications, ida.wren@brekk.example"
    assert contacts_of(f"Contact: Brekk Ferries, Ida Wren, {reach}")[0].name == "Ida Wren"
    assert contacts_of(f"Contact: Ida Wren, Brekk Ferries, {reach}")[0].name == "Ida Wren"


def test_terms_and_headings_part_a_block_and_are_none_of_it() -> None:
    named = contacts_of("Media contact", "Name", "Ada Marsh", "Phone", "555-0142", "Email", "ada@tamsk.example")
    assert named == [Contact("Ada Marsh", "", "555-0142", "ada@tamsk.example")]
    parted = contacts_of("Contacts", "Media:", "Ada Marsh", "555-0142", "Investors:", "Rob Hill", "555-0143")
    assert [(one.name, one.phone) for one in parted] == [("Ada Marsh", "555-0142"), ("Rob Hill", "555-0143")]


def test_a_post_as_label_is_the_role() -> None:
    assert contacts_of("Press Officer: Ada Marsh, 555-0142") == [Contact("Ada Marsh", "Press Officer", "555-0142", "")]
    names = contacts_of("Kontakt dla mediów:", "Jan Olszak", "rzecznik prasowy", "tel. 22 555 01 42")
    assert names == [Contact("Jan Olszak", "rzecznik prasowy", "22 555 01 42", "")]


def test_an_office_behind_a_person_is_another_contact() -> None:
    found = contacts_of(
        "Contacts presse :",
        "Ada Marsh, 01 99 00 14 20, ada@tamsk.example",
        "Service de presse : 01 99 00 14 21, presse@tamsk.example",
    )
    assert [(one.name, one.phone, one.email) for one in found] == [
        ("Ada Marsh", "01 99 00 14 20", "ada@tamsk.example"),
        ("", "01 99 00 14 21", "presse@tamsk.example"),
    ]


def test_a_line_that_only_looks_like_a_name_does_not_end_a_block() -> None:
    (block,) = contacts.find_blocks(["Contact:", "Ada Marsh", "555-0142", "Facebook Telegram Print"])
    assert block.end == 3
    (block,) = contacts.find_blocks(["Contact:", "Ada Marsh", "555-0142", "FOR IMMEDIATE RELEASE"])
    assert block.end == 3


def test_sentences_in_other_languages() -> None:
    assert contacts_of("Journalisten kunnen contact opnemen met persvoorlichter Jan Kade, 06 555 014 20.") == [
        Contact("Jan Kade", "persvoorlichter", "06 555 014 20", "")
    ]
    assert contacts_of("Patients can call 555-0142 to make an appointment.") == []
    assert contacts_of("For more information call the press office at 555-0142.")[0].phone == "555-0142"
    assert contacts_of("For more information log on to the site, or call 555-0142 (9:00 a.m. to 5:00 p.m.).") == []


def test_several_offices_with_their_people_are_one_block() -> None:
    lines = (
        "Enquiries:",
        "Brekk Ferries PLC",
        "Rob Hill, Chair",
        "+44 20 7946 0142",
        "Amsel Advisers (Financial PR)",
        "Ada Marsh",
        "+44 20 7946 0199",
    )
    assert [(one.name, one.phone) for one in contacts_of(*lines)] == [
        ("Rob Hill", "+44 20 7946 0142"),
        ("Ada Marsh", "+44 20 7946 0199"),
    ]
    (block,) = contacts.find_blocks([*lines[:4], "Sailings of the week", "Tickets: 555-0142"])
    assert block.end == 4


def test_words_that_lead_to_a_number_are_no_part_of_a_name() -> None:
    assert contacts_of("Para más información de prensa, contactar con Ida Marsh en el teléfono 910 555 014.") == [
        Contact("Ida Marsh", "", "910 555 014", "")
    ]


def test_a_name_above_a_post_and_a_number_needs_no_label() -> None:
    assert contacts_of("Mgr. Ida Hol", "tisková mluvčí", "777 555 014") == [
        Contact("Mgr. Ida Hol", "tisková mluvčí", "777 555 014", "")
    ]
    assert contacts_of("Ada Marsh", "Director", "555-0142") == []
    (block,) = contacts.find_blocks(["The ferry sails.", "Ada Marsh", "Communications Officer", "555-0142"])
    assert (block.start, block.contacts) == (1, (Contact("Ada Marsh", "Communications Officer", "555-0142", ""),))


def test_people_in_one_line_and_in_rows_of_a_table() -> None:
    line = "Media contacts: Ada Marsh (ada@tamsk.example, 555-0142) and Rob Hill (rob@tamsk.example, 555-0143)"
    assert [one.name for one in contacts_of(line)] == ["Ada Marsh", "Rob Hill"]
    assert contacts_of("Press contact | Ada Marsh", "Phone | 555-0142", "E-mail | ada@tamsk.example") == [
        Contact("Ada Marsh", "", "555-0142", "ada@tamsk.example")
    ]


def test_a_sentence_with_a_colon() -> None:
    sentence = "Pour toute demande d'interview, contactez Ida Marceau au 01 99 00 14 20 ou par mail : ida@tamsk.example"
    assert contacts_of(sentence) == [Contact("Ida Marceau", "", "01 99 00 14 20", "ida@tamsk.example")]


def test_of_three_that_look_like_names_the_one_in_the_address_is_the_person() -> None:
    lines = ("Press contact", "Tamsk Ferries, Northern Quay", "Ida Wren", "555-0142", "ida.wren@tamsk.example")
    assert contacts_of(*lines)[0].name == "Ida Wren"
    assert contacts_of("Press enquiries should be directed to Ada Marsh (ada@tamsk.example).") == [
        Contact("Ada Marsh", "", "", "ada@tamsk.example")
    ]


@pytest.mark.parametrize("label", ["More information", "Contact", "Press office", "Enquiries", "Пресс-центр"])
@pytest.mark.parametrize(
    "lines",
    [
        ("Travellers", "2 345 678"),
        ("Received", "Closed", "12 345 678", "Open 12 345 678"),
        ("Eels Landed", "2 345 678"),
        ("Ships", "2019–2024", "Travellers", "Tel. 0431 555-014"),
    ],
)
def test_a_figure_below_a_label_reaches_nobody(label: str, lines: tuple[str, ...]) -> None:
    assert contacts_of(label, *lines) == []


@pytest.mark.parametrize(
    "number", ["+44 20 7946 0142", "0431 555-014", "(215) 555-6210", "215 555 6210", "22 55 01 42", "Tel. 910 555 014"]
)
def test_a_number_some_lines_below_a_label_is_announced_or_written_as_a_telephones(number: str) -> None:
    (one,) = contacts_of("Contact", "Ada Marsh", "Head of Press", number)
    assert (one.name, one.role) == ("Ada Marsh", "Head of Press")
    assert one.phone == number.removeprefix("Tel. ")


def test_an_amount_behind_a_label_is_no_number() -> None:
    budget = ["Press office: 800 000 crowns", "Dykes: 4 500 000 crowns", "Pressestelle: 1.250.000 €"]
    assert not list(contacts.find_blocks(budget))
    (block,) = contacts.find_blocks(["Press office: 555 120 300", "Dykes: 4 500 000 crowns"])
    assert block.contacts[0].phone == "555 120 300"


def test_rows_of_figures_are_no_numbers() -> None:
    assert not list(
        contacts.find_blocks(["Press office | 800 000", "Staff relations | 1 200 000", "Dykes | 4 500 000"])
    )
    assert not list(contacts.find_blocks(["Dykes | 4 500 000", "Press office | 800 000", "It was passed on Monday."]))
    (block,) = contacts.find_blocks(["Press office: 555 120 300", "Ada Marsh: 555 120 301"])
    assert [one.phone for one in block.contacts] == ["555 120 300", "555 120 301"]


def test_numbers_of_different_lengths_are_numbers() -> None:
    (block,) = contacts.find_blocks(["Press contact:", "Ada Marsh 912 345 678", "Finn Marsh 22 345 678"])
    assert [one.phone for one in block.contacts] == ["912 345 678", "22 345 678"]
    (block,) = contacts.find_blocks(["Press contact: 612 123 456 mobil"])
    assert block.contacts[0].phone == "612 123 456"
    assert not list(contacts.find_blocks(["Press office: 612 123 000 crowns"]))


def test_a_row_of_a_table_above_a_label_makes_no_figure_of_its_number() -> None:
    (block,) = contacts.find_blocks(["Lamps | 800 000", "Press contact:", "Ada Marsh 912 345 678"])
    assert (block.start, block.contacts[0].phone) == (1, "912 345 678")


def test_the_press_office_below_a_label_is_part_of_its_block() -> None:
    lines = ["Rückfragen bitte an:", "Hafen Portvale", "Pressestelle", "Telefon: (215) 555-6210", "Der Hafen ist alt."]
    (block,) = contacts.find_blocks(lines)
    assert (block.start, block.end, block.whole) == (0, 4, True)
    assert block.contacts == (Contact("Hafen Portvale", "Pressestelle", "(215) 555-6210", ""),)


@pytest.mark.parametrize(
    "line",
    ["Ada Marsh, press@portvale.example", "[포트신문 정하늘 기자 sky@port.example]", "정하늘 기자 sky@port.example"],
)
def test_the_line_in_which_a_writer_signs_leaves_the_end_of_a_text(line: str) -> None:
    text = ["The harbour opens at six.", "Boats may land.", "Nets are dried on Mondays."]
    (block,) = contacts.find_blocks([*text, line], signed=True)
    assert (block.start, block.end, block.whole) == (3, 4, True)
    assert block.contacts[0].email.endswith(".example")
    assert not list(contacts.find_blocks([line, *text], signed=True))
    assert not list(contacts.find_blocks([*text, line]))
    (block,) = contacts.find_blocks([*text, line, "No copies."], signed=True)
    goes_on = f"{text[0]} Boats that come in before that wait at the outer quay."
    assert not list(contacts.find_blocks([*text, line, goes_on], signed=True))


@pytest.mark.parametrize(
    "line",
    [
        "Tickets: tickets@portvale.example",
        "Berths can be had from berths@portvale.example",
        "berths@portvale.example",
        "Ada Marsh, press@portvale.example, and Ida Vind, ida@portvale.example",
        "예약은 sky@port.example",
    ],
)
def test_a_last_line_that_says_what_an_address_is_for_stays(line: str) -> None:
    assert not any(block.whole for block in contacts.find_blocks(["The harbour opens at six.", line], signed=True))


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The speakers of the day come from three ports.",
            "Ada Marsh, ada@portvale.example",
            "Bo Vind, bo@karn.example",
        ],
        ["Who wants a berth writes to:", "Ada Marsh, ada@portvale.example"],
    ],
)
def test_people_whom_a_text_names_with_their_addresses_do_not_sign_it(lines: list[str]) -> None:
    assert not list(contacts.find_blocks(lines, signed=True))


END = "The ferry sails at noon from the northern quay, and comes back in the evening with the mail of the island."
REACHED = ("Oda Brekk", "Tel. +47 555 01 234")


@pytest.mark.parametrize(
    "lead",
    [
        "Vill du veta mer? Hör av dig till:",
        "Weitere Einzelheiten nennt Ihnen gern:",
        "Pour en savoir plus, n'hésitez pas à joindre :",
        "За подробностями можно обратиться:",
        "What more the press may ask, he answers:",
    ],
)
def test_a_line_in_any_words_that_leads_to_a_person_begins_their_block(lead: str) -> None:
    (block,) = contacts.find_blocks([END, END, lead, *REACHED])
    assert (block.start, block.end, block.whole) == (2, 5, True)
    assert block.contacts == (Contact("Oda Brekk", "", "+47 555 01 234", ""),)


@pytest.mark.parametrize(
    "lead", ["The winner is:", "Witnesses are asked to call:", "Anmeldung bei:", "The doctor on call this week is:"]
)
def test_whom_else_a_line_leads_to_is_news(lead: str) -> None:
    assert not list(contacts.find_blocks([END, END, lead, *REACHED]))
    speaks = ["Oda Brekk, press officer", REACHED[1]]
    (block,) = contacts.find_blocks([END, END, lead, *speaks])
    assert block.contacts == (Contact("Oda Brekk", "press officer", "+47 555 01 234", ""),)


def test_a_line_that_leads_to_something_else_begins_none() -> None:
    assert not list(contacts.find_blocks([END, "The crew:", "Oda Brekk", "Ada Marsh", END]))
    assert not list(contacts.find_blocks([END, "The pilots:", *REACHED, "Ada Marsh", "Tel. 0431 555-014", "Bo Wren",
                                          "Tel. 0431 555-015"]))  # fmt: skip
    assert not list(
        contacts.find_blocks([END, "Address:", "Theatre Royal Tamsk", "Kaistr. 1", "Telefon: 0431 555-014"])
    )
    assert not list(contacts.find_blocks([END, "Tickets:", "at the quay", "Tel. 0431 555-014"]))
    assert not list(contacts.find_blocks(["Ring:", *REACHED, *[END] * 12]))


def test_an_office_for_the_media_below_the_last_paragraph_begins_a_block_without_a_label() -> None:
    office = ["Gabinete de Comunicação Social", "Porto de Tamsk", "(61) 5555-0123", "imprensa@tamsk.example"]
    (block,) = contacts.find_blocks([END, *office])
    assert (block.start, block.end, block.for_media) == (1, 5, True)
    assert block.contacts[0].email == "imprensa@tamsk.example"
    assert len(list(contacts.find_blocks([END, "Biroul de presă", "Portul Tamsk", "Tel.: 021 555 01 23"]))) == 1
    for helper in (
        "Depression Helpline",
        "Immediate Help",
        "Persons with disabilities",
        "Espresso Bar",
        "Media Library",
    ):
        assert not list(contacts.find_blocks([END, helper, "0800 555 0123"]))
    assert not list(contacts.find_blocks([END, "Kafé Komunika 12", *office[1:3]]))
    assert not list(contacts.find_blocks([END, "Social media", "The quay is seen by many.", "(61) 5555-0123"]))


def test_an_office_stands_behind_a_label() -> None:
    (block,) = contacts.find_blocks([END, "문의: 항만청 홍보 부서", "전화 000-555-2345"])
    assert (block.start, block.end) == (1, 3)
    assert not list(contacts.find_blocks([END, "Contact: it was the first in years.", "The ferry sails."]))


@pytest.mark.parametrize(
    ("box", "named"),
    [
        (["문의: 항만청 홍보실", "담당자: 김하나", "전화: 000-555-2345"], ["김하나"]),
        (["문의: 항만청 홍보담당관실", "담당자 김하나", "연락처 000-555-2345"], ["김하나"]),
        (
            ["담당 부서: 항만정책과", "책임자: 과장 이바다 (044-200-1234)", "담당자: 사무관 박파도 (044-200-1235)"],
            ["이바다", "박파도"],
        ),
        (["Media contact: Port of Karn press office", "Contact person: Ada Quill", "Tel.: 0123 456789"], ["Ada Quill"]),
        (["Rückfragen: Hafenamt", "Ansprechpartnerin: Ada Quill", "Tel.: 0123 456789"], ["Ada Quill"]),
    ],
)
def test_a_person_with_a_label_below_that_of_their_office(box: list[str], named: list[str]) -> None:
    found = list(contacts.find_blocks([END, *box]))
    assert (found[0].start, found[-1].end) == (1, 1 + len(box))
    assert [one.name for block in found for one in block.contacts] == named
    assert all(one.phone.strip("-0123456789 ") == "" for block in found for one in block.contacts)


def test_a_question_above_a_contact_is_no_office() -> None:
    (block,) = contacts.find_blocks([END, "Questions: who built the pier?", "Contact: Ada Quill, 0123 456789"])
    assert block.start == 2


def test_a_line_in_brackets_parts_a_block() -> None:
    research = ["お問い合わせ先", "（研究に関すること）", "港湾大学 海洋学部", "TEL：000-555-7890"]
    press = ["（報道に関すること）", "港湾大学 広報課", "TEL：000-555-7891", "koho@kowan.example"]
    (block,) = contacts.find_blocks([END, *research, *press])
    assert (block.start, block.end) == (1, 9)
    (block,) = contacts.find_blocks([END, *research, "（次の便は正午です）", END])
    assert (block.start, block.end) == (1, 5)


def test_any_number_of_offices_behind_labels_is_read() -> None:
    offices = ["Contact: Harbour Office of Karn"] * 3000
    assert list(contacts.find_blocks(offices)) == []


TOLD = ("The ferry sails on Monday.", "Fares stay as they were.", "The harbour master welcomed it.")


@pytest.mark.parametrize(
    "line", ["Investors: Ada Marsh, ir@karn.example", "Media: Tom Reed, Head of Press, +1 555 555 0134"]
)
def test_a_line_at_the_end_that_says_for_whom_somebody_is_is_a_block(line: str) -> None:
    (block,) = contacts.find_blocks([*TOLD, line])
    assert (block.whole, block.for_media) == (True, True)
    assert block.contacts[0].name in line
    assert not list(contacts.find_blocks([line, *TOLD * 8]))


@pytest.mark.parametrize(
    "line",
    [
        "Media: the press came with twenty cameras",
        "Investors: Ada Marsh, Karn Bank",
        "Journalists: 555 555 0134",
        "Winners: Ada Marsh, ada@karn.example",
    ],
)
def test_a_line_that_names_or_reaches_nobody_for_the_media_is_none(line: str) -> None:
    assert not list(contacts.find_blocks([*TOLD, line]))
