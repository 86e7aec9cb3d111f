"""What opens a contact block, in the words of many press offices."""

import pytest

from archive.release import contact_labels


@pytest.mark.parametrize(
    ("line", "for_media"),
    [
        ("Media contact:", True),
        ("Contact for the media", True),
        ("Contact: Ada Marsh", False),
        ("For more information, please contact:", False),
        ("Media and analyst enquiries", True),
        ("Public relations: Ada Marsh", True),
        ("Rückfragen von Journalisten bitte an: Ada Marsh", True),
        ("Contacts presse :", True),
        ("Contacto para medios: Ada Marsh", True),
        ("Ufficio stampa Comune di Tamsk", True),
        ("Assessoria de Imprensa", True),
        ("För mer information, kontakta:", False),
        ("Lisätietoja:", False),
        ("Kontakt dla mediów:", True),
        ("Kontakt pro média:", True),
        ("Informações à imprensa:", True),
        ("Perscontact: Jan Kade", False),
        ("Sajtókapcsolat:", False),
        ("Επικοινωνία για δημοσιογράφους:", True),
        ("Für Rückfragen steht Ihnen zur Verfügung:", False),
        ("Press contact | Ada Marsh", True),
        ("Dodatkowych informacji udziela:", False),
        ("新闻联系：", True),
        ("Контакти для ЗМІ:", True),
        ("Баспасөз қызметі: +7 7172 55 01 42", True),
        ("Basın iletişim:", True),
        ("媒体联系人：李明", True),
        ("■本件に関する報道関係者からのお問い合わせ先", True),
        ("문의: 김민수", False),
        ("للتواصل الإعلامي:", True),
    ],
)
def test_a_label_is_found(line: str, for_media: bool) -> None:
    found = contact_labels.find(line)
    assert found is not None
    assert found.for_media == for_media


@pytest.mark.parametrize(
    "line",
    [
        "Contact your doctor if the cough stays:",
        "Contact lenses: two hundred pairs",
        "Inquiry",
        "Public information meeting:",
        "Press release details:",
        "Information and meeting place for your household.",
        "Questions about the route of the ferry:",
        "The harbour office can be reached by tram",
        "",
    ],
)
def test_other_words_are_no_label(line: str) -> None:
    assert contact_labels.find(line) is None


def test_a_name_behind_the_label_is_no_part_of_it() -> None:
    for line, rest in (("媒体联系人：李明", "李明"), ("Press contact – Ada Marsh", "Ada Marsh")):
        found = contact_labels.find(line)
        assert found is not None
        assert line[found.end :] == rest


def test_what_parts_a_block() -> None:
    assert contact_labels.is_part("Investors:")
    assert contact_labels.is_part("Media")
    assert not contact_labels.is_part("Ferries:")
    assert not contact_labels.is_part("")
