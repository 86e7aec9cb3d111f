"""Releases taken apart: what stays, what moves to its field, and what must not be touched."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.core.model import Contact
from archive.release.anatomy import Anatomy, dissect

SENTENCE = "The board of the harbour met on Monday and voted to build a new pier for the ferry, its chair said at noon."


def test_a_wire_release_with_everything() -> None:
    found = dissect(
        [
            "EMBARGOED UNTIL 10:00 a.m. EST, Tuesday, March 3, 2026",
            "Release No. 2026-45",
            "Anvil Opens Works by the Sea",
            "NEW PORTVALE, March 3, 2026 /PRNewswire/ -- Anvil Corp (NYSE: ANVL) opened a works by the sea today.",
            "Photo credit: Anvil Corp",
            SENTENCE,
            "About Anvil",
            "Anvil Corp has made anvils, rockets and many other things for customers by the sea since 1949.",
            "Notes to editors: The figures are rounded to the nearest thousand.",
            "Media Contact:",
            "Ada Marsh",
            "ada.marsh@anvil.example",
            "# # #",
        ],
        "en-US",
    )
    assert found.body == (
        "Anvil Opens Works by the Sea",
        "NEW PORTVALE, March 3, 2026 /PRNewswire/ -- Anvil Corp (NYSE: ANVL) opened a works by the sea today.",
        SENTENCE,
        "About Anvil",
        "Anvil Corp has made anvils, rockets and many other things for customers by the sea since 1949.",
        "Notes to editors: The figures are rounded to the nearest thousand.",
    )
    assert found.dateline == "NEW PORTVALE, March 3, 2026 /PRNewswire/"
    assert found.embargo_until == "2026-03-03T10:00:00-05:00"
    assert found.reference == "2026-45"
    assert found.tickers == ("NYSE: ANVL",)
    assert found.photo_credits == ("Anvil Corp",)
    assert found.contacts == (Contact("Ada Marsh", "", "", "ada.marsh@anvil.example"),)
    assert found.about == (f"{found.body[3]}\n\n{found.body[4]}",)
    assert found.notes == found.body[5]
    assert [(one.position, one.why) for one in found.removed] == [
        (0, "header"),
        (1, "header"),
        (4, "credit"),
        (9, "contact"),
        (10, "contact"),
        (11, "contact"),
        (12, "end mark"),
    ]


def test_a_header_whose_fields_run_together_is_read_field_by_field() -> None:
    found = dissect(
        [
            "For Immediate Release: July 01, 2016Published By: Office of the HarbourContact: Ada Marsh, (215)555-6210, "
            "press@harbour.example",
            f"PORTVALE – {SENTENCE}",
            "###",
        ]
    )
    assert found.body == (f"PORTVALE – {SENTENCE}",)
    assert (found.dateline, found.issuer) == ("PORTVALE", "Office of the Harbour")
    assert found.contacts == (Contact("Ada Marsh", "", "(215)555-6210", "press@harbour.example"),)


def test_a_letterhead_and_its_date_leave_with_the_release_line() -> None:
    found = dissect(["CITY OF PORTVALE", "July 1, 2016", "FOR IMMEDIATE RELEASE", "Pier Opens", SENTENCE])
    assert found.body == ("Pier Opens", SENTENCE)
    assert found.issuer == "CITY OF PORTVALE"


def test_empty_header_fields_leave_with_the_release_line() -> None:
    found = dissect(["For Immediate Release:", "Date: July 1, 2016", "Contact:", "Pier Opens", SENTENCE])
    assert found.body == ("Pier Opens", SENTENCE)
    assert found.contacts == ()


def test_without_a_release_line_a_date_and_capitals_stay() -> None:
    lines = ("CITY OF PORTVALE", "Date: July 1, 2016", "July 1, 2016", "Pier Opens", SENTENCE)
    assert dissect(lines).body == lines


@pytest.mark.parametrize(
    ("lines", "language", "expected"),
    [
        (
            [
                "Presseinformation",
                "Sperrfrist: 3. März 2026, 10:00 Uhr",
                f"Seedorf – {SENTENCE}",
                "Foto: Hafen / M. Muster",
                "– Ende –",
            ],
            "de",
            Anatomy(dateline="Seedorf", embargo_until="2026-03-03T10:00:00", photo_credits=("Hafen / M. Muster",)),
        ),
        (
            [
                "ПРИМОРСК. 5 марта. Вестник – Совет порта открыл новый причал, сообщает пресс-служба порта.",
                "Фото: Иван Волнов",
                "КОНЕЦ",
            ],
            "ru",
            Anatomy(
                dateline="ПРИМОРСК. 5 марта. Вестник", attribution="пресс-служба порта", photo_credits=("Иван Волнов",)
            ),
        ),
        (
            ["ТЕҢІЗКЕНТ – Порт кеңесі жаңа айлақты ашты, деп хабарлайды Порттың баспасөз қызметі.", "Сурет: Порт"],
            "kk",
            Anatomy(dateline="ТЕҢІЗКЕНТ", attribution="Порттың баспасөз қызметі", photo_credits=("Порт",)),
        ),
        (
            [
                "COMMUNIQUÉ DE PRESSE",
                "PORTVAL, le 3 mars – Le port a ouvert un quai, a indiqué le service de presse du port.",
                "FIN",
            ],
            "fr",
            Anatomy(dateline="PORTVAL, le 3 mars", attribution="service de presse du port"),
        ),
    ],
)
def test_releases_in_other_languages(lines: list[str], language: str, expected: Anatomy) -> None:
    found = dissect(lines, language)
    for name in ("dateline", "embargo_until", "attribution", "photo_credits"):
        assert getattr(found, name) == getattr(expected, name), name
    assert len(found.body) == 1 or lines[-1] == "FIN"


def test_a_repeated_credit_is_one_credit_and_both_lines_go() -> None:
    found = dissect(
        [f"PORTVALE—{SENTENCE}", "Photo credit: Harbour", "The pier is long.", "Photo credit: Harbour", "It is new."]
    )
    assert found.photo_credits == ("Harbour",)
    assert found.body == (f"PORTVALE—{SENTENCE}", "The pier is long.", "It is new.")


def test_an_end_mark_behind_the_last_sentence_is_cut_off() -> None:
    found = dissect(["“It is good,” she said. ####"])
    assert found.body == ("“It is good,” she said.",)
    assert [(one.position, one.text, one.why) for one in found.removed] == [(0, "####", "end mark")]


def test_a_contact_block_goes_on_past_an_end_mark() -> None:
    found = dissect([SENTENCE, "Contact:", "###", "ada@portvale.example"])
    assert found.body == (SENTENCE,)
    assert [(one.position, one.why) for one in found.removed] == [(1, "contact"), (2, "end mark"), (3, "contact")]
    assert found.contacts == (Contact(email="ada@portvale.example"),)


def test_fields_are_read_from_what_cleaning_set_aside() -> None:
    found = dissect(
        [SENTENCE],
        above=[
            "For Immediate Release: July 1, 2016",
            "Published By: Office of the Harbour",
            "Contact: Ada Marsh, 215-555-6210, press@harbour.example",
            "Photo credit: Harbour",
            "Contact us: 215-555-0000, info@site.example",
            "© The Harbour Gazette",
        ],
    )
    assert found.body == (SENTENCE,)
    assert found.issuer == "Office of the Harbour"
    assert found.contacts == (Contact("Ada Marsh", "", "215-555-6210", "press@harbour.example"),)
    assert found.photo_credits == ("Harbour",)
    assert found.removed == ()


@pytest.mark.parametrize(
    "line",
    [
        "Photographs by the thousands flooded the pier.",
        "About 300 people came to the pier on Monday to see it open.",
        "The end",
        "Ends meet at the pier: the two towns are joined at last by a road.",
        "Source material is kept in the library of the harbour.",
        "Press release writing is taught at the harbour school.",
        "Contact with the water is not allowed before noon.",
        "© 2026 is carved into the pier.",
        "© 2026 The Harbour Gazette",
        "The ferry (line: 12) leaves at ten.",
        "Image is everything, the chair said. So is the pier: it must shine.",
        "PHOTOS: Most talked-about boats of the year so far",
    ],
)
def test_ordinary_lines_stay(line: str) -> None:
    assert dissect([SENTENCE, line, SENTENCE]).body == (SENTENCE, line, SENTENCE)


_VOCABULARY = """harbour pier ferry board vote stone wind morning people water season light opens meets builds with over
    near"""
WORDS = st.sampled_from(_VOCABULARY.split())
SENTENCES = st.lists(WORDS, min_size=3, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(SENTENCES, min_size=1, max_size=12))
def test_ordinary_sentences_are_untouched(lines: list[str]) -> None:
    found = dissect(lines)
    assert found.body == tuple(lines)
    assert found == Anatomy(body=tuple(lines))


PIECES = st.sampled_from(
    [
        "FOR IMMEDIATE RELEASE",
        "Press release No. 12",
        "July 1, 2016",
        "CITY OF PORTVALE",
        "Contact:",
        "Ada Marsh",
        "ada@portvale.example",
        "Contact: Ada Marsh, 215-555-6210",
        "###",
        "He spoke. ###",
        "###  ###",
        "ENDS",
        "Photo: Ada Marsh",
        "(Photo: Ada Marsh)",
        "About Portvale",
        "Notes to editors",
        "SOURCE Portvale",
        "Embargo: 3 March 2026",
        f"PORTVALE – {SENTENCE}",
        SENTENCE,
        "",
    ]
)


@example(
    [
        "PORTVALE – The board of the harbour met on Monday and voted to build a new pier, its chair said at noon.",
        "SOURCE Portvale",
        "Contact: Ada Marsh, 215-555-6210",
    ]
)
@example(["FOR IMMEDIATE RELEASE"] * 40)
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=30))
def test_taking_apart_twice_is_taking_apart_once(lines: list[str]) -> None:
    once = dissect(lines).body
    assert dissect(once).body == once


@pytest.mark.parametrize(
    "unit", ["A ", "1 ", "(", "Ab-", "Contact: A B, ", "About A ", "12 May ", " | ", "А ", "# ", "press service ", " "]
)
def test_hostile_lines_take_linear_time(unit: str) -> None:
    line = (unit * 100_000)[:100_000]
    started = time.process_time()
    dissect([line, line[:190], line + "!"])
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "lines", [["FOR IMMEDIATE RELEASE"], ["SOURCE Portvale"], ["short words", "SOURCE Portvale", "###"]]
)
def test_many_fields_take_linear_time(lines: list[str]) -> None:
    started = time.process_time()
    dissect(lines * 3_000)
    assert time.process_time() - started < 10


def test_contacts_above_a_release_line_are_read() -> None:
    found = dissect(["CONTACT:", "Ada Marsh", "(503) 555-0142", "FOR IMMEDIATE RELEASE", f"PORTVALE—{SENTENCE}"])
    assert found.contacts == (Contact("Ada Marsh", "", "(503) 555-0142", ""),)
    assert found.body == (f"PORTVALE—{SENTENCE}",)


def test_a_contact_block_may_end_below_the_text() -> None:
    found = dissect([SENTENCE, "Press contact:", "Ada Marsh"], below=["555-0142", "ada@portvale.example", "Imprint"])
    assert found.contacts == (Contact("Ada Marsh", "", "555-0142", "ada@portvale.example"),)
    assert found.body == (SENTENCE,)
    more = dissect([SENTENCE, "Contact", "Ada Marsh", "555-0142"], below=["ada@portvale.example", "Imprint"])
    assert more.contacts == found.contacts
    first = dissect(["ada@portvale.example", SENTENCE], above=["Office", "Press contact", "Ada Marsh", "555-0142"])
    assert (first.contacts, first.body) == (found.contacts, (SENTENCE,))
    assert dissect([SENTENCE], below=["Contact us:", "555-0142"]).contacts == ()


def test_a_closing_line_names_the_issuer() -> None:
    found = dissect([SENTENCE, "The pier is long.", "Herausgeber: Hafenamt Tamsk"])
    assert (found.issuer, found.body) == ("Hafenamt Tamsk", (SENTENCE, "The pier is long."))
    table = dissect([f"PORTVALE—{SENTENCE}", "Weekly | 61%", "Source: survey of 1,204 households"])
    assert (table.issuer, table.body[-1]) == ("", "Source: survey of 1,204 households")


def test_one_header_line_can_hold_several_fields() -> None:
    found = dissect(["Press release – embargoed until 3 March 2026, 10:00 CET", SENTENCE])
    assert (found.embargo_until, found.body) == ("2026-03-03T10:00:00+01:00", (SENTENCE,))
    chinese = dissect(["发布机构：港口局　发布日期：2026-03-03", SENTENCE])
    assert (chinese.issuer, chinese.body) == ("港口局", (SENTENCE,))


def test_a_dateline_on_its_own_line() -> None:
    assert dissect(["Portvale, 3 March 2026", SENTENCE]).dateline == "Portvale, 3 March 2026"
    header = dissect(["PRESS RELEASE No 77/26", "Portvale, 3 March 2026", SENTENCE])
    assert (header.reference, header.dateline) == ("77/26", "Portvale, 3 March 2026")
    above = dissect(["FOR IMMEDIATE RELEASE", "Portvale, 3 March 2026", SENTENCE])
    assert (above.dateline, above.body) == ("Portvale, 3 March 2026", ("Portvale, 3 March 2026", SENTENCE))


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (["Portvale, 3 March 2026"], "Portvale, 3 March 2026"),
        (["Share", "(Portvale, 3 March 2026)", "Listen"], "(Portvale, 3 March 2026)"),
        (["Harbour March 3, 2026"], ""),
        (["Harbour | 3 March 2026"], ""),
        (["Published, 3 March 2026"], ""),
        (["Publications, 4 March 2026"], ""),
        (["Actualités – 4 mars 2026"], ""),
    ],
)
def test_a_dateline_between_headline_and_text(above: list[str], said: str) -> None:
    assert dissect([SENTENCE], above=above).dateline == said


def test_the_makers_in_a_list_to_which_a_line_leads_stay() -> None:
    prizes = ["The prizes go to:", "Film: Ada Quill", "Photo: Bo Wren"]
    assert dissect([SENTENCE, *prizes, SENTENCE]).body == (SENTENCE, *prizes, SENTENCE)
    assert dissect([SENTENCE, "Film: Ada Quill", "Photo: Bo Wren"]).body == (SENTENCE, "Film: Ada Quill")


def test_a_reference_may_stand_above_the_text() -> None:
    assert dissect([SENTENCE], above=["Press release IP/26/1234 3 March 2026"]).reference == "IP/26/1234"
    assert dissect([SENTENCE], below=["See also IP/26/1200"]).reference == ""


def test_a_contact_above_the_text_takes_no_first_line_of_it() -> None:
    above = ["Contact: Ada Marsh, (555) 010-2345, press@portvale.example"]
    lines = ["10:30 AM Mayor Ost speaks at the harbour press conference", SENTENCE]
    found = dissect(lines, above=above)
    assert found.body == tuple(lines)
    goes_on = dissect(["Press officer", "Tel. (555) 010-2345", SENTENCE], above=["Contact: Ada Marsh"])
    assert goes_on.body == (SENTENCE,)


def test_a_sentence_behind_the_fields_of_a_header_keeps_its_line() -> None:
    line = "FOR IMMEDIATE RELEASE Date: March 3, 2026 The council opens its new pier on Friday."
    assert line in dissect([line, SENTENCE]).body
    line = "来源：港口日报 市长今日宣布新码头启用"
    assert dissect([line, SENTENCE]).body[0] == line
    assert dissect([line, SENTENCE]).issuer == "港口日报"


def test_what_stands_below_two_sentences_is_no_header() -> None:
    told = ["The salt house of Lunde opens its doors on Saturday.", "It was built in 1611 and sold salt for 300 years."]
    found = dissect([*told, "Source: survey of the salt trade", "Ref: 12", "It closes at six."])
    assert (found.body[2:4], found.issuer) == (("Source: survey of the salt trade", "Ref: 12"), "")
    headed = dissect(["A house of salt opens its doors to all.", "Source: Salt Board of Lunde", *told])
    assert (headed.issuer, len(headed.body)) == ("Salt Board of Lunde", 3)


@pytest.mark.parametrize("mark", ["FOR IMMEDIATE RELEASE", "Embargoed until 12 May 2026, 10:00", "Press release"])
def test_the_marks_of_a_release_below_its_subtitles_are_header(mark: str) -> None:
    told = ["The salt house of Lunde opens its doors on Saturday.", "It was built in 1611 and sold salt for 300 years."]
    found = dissect([*told, mark, "Source: Salt Board of Lunde", SENTENCE])
    assert found.body == (*told, SENTENCE)
    assert found.issuer == "Salt Board of Lunde"
    assert found.embargo_until == ("2026-05-12T10:00:00" if mark.startswith("Emb") else "")


def test_the_initials_of_the_writers_close_a_release_and_stay_within_it() -> None:
    lines = ["The pier of Portvale opens on Monday, the harbour said.", "MG/RK", "Boats may land.", "MG/RK/SS"]
    found = dissect(lines)
    assert found.body == tuple(lines[:3])
    assert [(one.position, one.why) for one in found.removed] == [(3, "end mark")]
    assert dissect(["MG/RK"]).body == ("MG/RK",)


@pytest.mark.parametrize(
    "lines",
    [
        ["The exchange of Portvale trades in these pairs from Monday.", "EUR/USD", "GBP/USD"],
        ["The band of the evening is:", "AC/DC"],
        ["The speakers come from three ports.", *(f"Ada Marsh, ada{n}@portvale.example" for n in range(6))],
    ],
)
def test_the_lines_of_a_list_at_the_end_of_a_text_stay(lines: list[str]) -> None:
    assert dissect(lines).body == tuple(lines)
    assert not dissect(lines).contacts


def test_who_signs_a_text_is_a_contact_and_who_signs_beside_it_is_none() -> None:
    told, signed = "The pier of Portvale opens on Monday, the harbour said.", "Ada Marsh ada@portvale.example"
    assert dissect([told, signed]).body == (told,)
    assert [one.email for one in dissect([told, signed]).contacts] == ["ada@portvale.example"]
    assert not dissect([told], below=[signed]).contacts


@pytest.mark.parametrize("line", ["Persbericht - 3 september 2026", "Press release | 3 March 2026"])
def test_a_line_of_the_kind_and_the_day_leaves_the_text(line: str) -> None:
    found = dissect([line, SENTENCE, SENTENCE + " It is new."])
    assert [(one.text, one.why) for one in found.removed] == [(line, "header")]


def test_the_notes_of_a_wire_leave_the_text() -> None:
    lines = [
        "Für den Inhalt der Mitteilung ist der Emittent verantwortlich.",
        "The Karn ferries carried more people in the first half of the year than ever before in their history.",
        "This release contains forward-looking statements, and what comes may differ from what was expected here.",
        "This information was brought to you by Cision http://karn.example",
    ]
    found = dissect(lines)
    assert found.body == tuple(lines[1:3])
    assert [(one.position, one.why) for one in found.removed] == [(0, "end mark"), (3, "end mark")]
