"""Bylines read into names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.metadata import names


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Ada Marsh and Rob Hill", ("Ada Marsh", "Rob Hill")),
        ("Von Ada Marsh, Rob Hill und Eva Stein", ("Ada Marsh", "Rob Hill", "Eva Stein")),
        ("Ada Marsh, Senior Reporter", ("Ada Marsh",)),
        ("By Ada Marsh, Rob Hill, and Eva Stein", ("Ada Marsh", "Rob Hill", "Eva Stein")),
        ("Ada Marsh, Rob Hill, & Eva Stein", ("Ada Marsh", "Rob Hill", "Eva Stein")),
        ("By Ada Marsh, MD, and Rob Hill, Ph.D., M.P.H.", ("Ada Marsh", "Rob Hill")),
        ("Ada Marsh\u200b · Corresponsal", ("Ada Marsh",)),
        ("Ada Marsh, envoyée spéciale", ("Ada Marsh",)),
        ("Ada Marsh, corrispondente", ("Ada Marsh",)),
        ("Ada Marsh (ama)", ("Ada Marsh",)),
        ("Von Ada Marsh/dpa", ("Ada Marsh", "dpa")),
        ("ama/dpa", ("ama/dpa",)),
        ("Words by Ada Marsh, photos by Rob Hill", ("Ada Marsh",)),
        ("Interview: Ada Marsh", ("Ada Marsh",)),
        ("本报记者 李明 通讯员：王芳", ("李明", "王芳")),
        ("Written by: Ada Marsh | Portvale Times", ("Ada Marsh", "Portvale Times")),
        ("Ada Marsh ada@portvale.example", ("Ada Marsh",)),
        ("Marsh, Ada", ("Ada Marsh",)),
        ("Автор: Иван Волнов", ("Иван Волнов",)),
        ("Иван Волнов и Анна Морская", ("Иван Волнов", "Анна Морская")),
        ("xyz, Ada Marsh", ("Ada Marsh", "xyz")),
        ("Reuters, Ada Marsh", ("Ada Marsh", "Reuters")),
        ("ADA MARSH", ("ADA MARSH",)),
        ("Ada Marsh 8 January 2020", ("Ada Marsh",)),
        ("By Ada Marsh on Monday", ("Ada Marsh",)),
        ("Ada Marsh Associated Press", ("Ada Marsh", "Associated Press")),
        ("Ada Marsh PhD Senior News Editor", ("Ada Marsh",)),
        ("Veröffentlicht vonAda Marsh", ("Ada Marsh",)),
        ("View all posts by Ada Marsh", ("Ada Marsh",)),
        ("P24 Redaktion", ("P24 Redaktion",)),
        ("Redaktion", ()),
        ("Por Assessoria de Imprensa", ()),
        ("Ada Quill, Online", ("Ada Quill",)),
        ("Foto: Ada Marsh", ()),
        ("© Ada Marsh", ()),
        ("user5105", ()),
        ("admin", ()),
        ("https://portvale.example/people/ada", ()),
        ("@adamarsh", ()),
        ("2024-01-01", ()),
        ("", ()),
        ("Ministry of Ports, Roads and Bridges", ("Ministry of Ports, Roads and Bridges",)),
        ("By the Office for Tides, Storms and Ice", ("the Office for Tides, Storms and Ice",)),
        ("Ada Marsh, Ministry of Roads", ("Ada Marsh", "Ministry of Roads")),
        ("Ministry of Trade and Fisheries", ("Ministry of Trade and Fisheries",)),
        ("Fish and Game Department", ("Fish and Game Department",)),
        ("Ada Marsh; Office of Weights and Measures", ("Ada Marsh", "Office of Weights and Measures")),
        ("Ada Marsh, Director of Research | Rob Hill, Chair", ("Ada Marsh", "Rob Hill")),
        ("Ada Marsh, Leiterin der Abteilung", ("Ada Marsh",)),
        ("Ada Marsh, Jr., and Rob Hill", ("Ada Marsh Jr", "Rob Hill")),
        ("Karn Rope Walk, Inc.", ("Karn Rope Walk Inc",)),
        ("Ada Marsh, Incident Desk", ("Ada Marsh", "Incident Desk")),
        ("By Ada Marsh · Translated by Rob Hill", ("Ada Marsh",)),
        ("Von BOTE-Redakteurin Ada Marsh", ("Ada Marsh",)),
        ("Staff Writer Ada Marsh", ("Ada Marsh",)),
        ("Dean Head", ("Dean Head",)),
        ("By Ada Marsh in Portvale and Rob Hill in Tamsk", ("Ada Marsh", "Rob Hill")),
        ("By Ada Marsh, with Rob Hill and Eva Stein", ("Ada Marsh", "Rob Hill", "Eva Stein")),
        ("Par Ada Marsh et Rob Hill, envoyés spéciaux à Tamsk", ("Ada Marsh", "Rob Hill")),
        ("Szerző: Marsh Ada", ("Marsh Ada",)),
        ("文：高瀬千代　写真：山田一郎", ("高瀬千代",)),
        ("Sailors In Health", ("Sailors In Health",)),
        ("Women in Sailing", ("Women in Sailing",)),
        ("Sailors from Tamsk", ("Sailors from Tamsk",)),
        ("Contact Harbours Limited", ("Contact Harbours Limited",)),
        ("Kontakt: Ada Marsh", ()),
        ("Há Marsh", ("Há Marsh",)),
        ("há um mês", ()),
        ("hace 2 días", ()),
        ("Traduction Sans Ports", ("Traduction Sans Ports",)),
        ("Ada Marsh, traduction : Rob Hill", ("Ada Marsh",)),
        ("Ada Marsh, translator Rob Hill", ("Ada Marsh",)),
        ("Web Team", ()),
        ("Staff", ()),
        ("Staff Reports", ()),
        ("Report", ("Report",)),
        ("Guest Author", ()),
        ("Super User", ()),
        ("admin-rv", ()),
        ("July 30, 2026 at 7:00 AM BST", ()),
        ("June Carter", ("June Carter",)),
        ("Root-Smith", ("Root-Smith",)),
        ("By Guest True, Ada Root and Staff Captain Ida Report", ("Ada Root", "Staff Captain Ida Report")),
        ("Ada Marsh | Contact the author", ("Ada Marsh",)),
        ("By Byrd Boyle, Email | Twitter | View profile", ("Byrd Boyle",)),
    ],
)
def test_a_byline_is_split_and_cleaned(byline: str, expected: tuple[str, ...]) -> None:
    assert names.author_names([byline]) == expected


def test_what_a_page_calls_an_organisation_is_one_name() -> None:
    assert names.author_names([names.Institution("Marsh, Hill and Partners")]) == ("Marsh, Hill and Partners",)


def test_each_name_is_given_once() -> None:
    assert names.author_names(["Ada Marsh", "ADA MARSH", "By Ada Marsh"]) == ("Ada Marsh",)


def test_a_name_is_found_once_where_a_label_stands_before_it_elsewhere() -> None:
    assert names.author_names(["Ada Quill", "Skrevet af Ada Quill"]) == ("Ada Quill",)
    assert names.author_names(["Ada de la Cruz", "Bo Cruz"]) == ("Ada de la Cruz", "Bo Cruz")


def test_a_name_is_found_once_where_an_office_stands_behind_it_elsewhere() -> None:
    assert names.author_names(["Ada Marsh Harbour", "By Ada Marsh"]) == ("Ada Marsh",)
    assert names.author_names(["Ada", "Ada Marsh"]) == ("Ada Marsh", "Ada")
    assert names.author_names(["Ada Marsh", "Ada Marshall"]) == ("Ada Marsh", "Ada Marshall")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("3 May 2026 by Ada Marsh in News", "Ada Marsh"),
        ("Posted on 3 May 2026 by Ada van der Marsh", "Ada van der Marsh"),
        ("3 May 2026 by Ada Marsh and Nils van Amsel", "Ada Marsh and Nils van Amsel"),
        ("3 May 2026 by Ada Marsh and Friends", "Ada Marsh"),
        ("Veröffentlicht am 3. Mai 2026 um 9:30 von Ada Marsh", "Ada Marsh"),
        ("Opublikowano: 3 maja 2026, Autor: Ada Marsh", "Ada Marsh"),
        ("发布时间：2026-05-03 来源：办公厅 作者：李明 浏览次数：", "李明"),
        ("3. Mai 2026 | Text: Ada Marsh | Foto: Nils van Amsel", "Ada Marsh"),
        ("3 mai 2026 – Texte : Ada Marsh – Photos : Nils Amsel", "Ada Marsh"),
        ("3. mai 2026 Tekst: Ada Marsh Foto: Nils Amsel", ""),
        ("3. Mai 2026 | Text: Leichte Sprache | Bilder: 12", ""),
        ("3. Mai 2026 | Kontext: Ada Marsh | Foto: Nils van Amsel", ""),
        ("The report of 3 May 2026 by Ada Marsh", ""),
        ("A report published on 3 May 2026 by Ada Marsh", ""),
        ("3 May 2026 by Ada Marsh was a long day.", ""),
        ("On 3 May 2026 by Ada Marsh", ""),
        ("3 May 2026: a song by Ada Marsh", ""),
        ("3 May 2026 by ferry", ""),
        ("3 May 2026 by Tamsk Council", ""),
        ("Published by Ada Marsh", "Ada Marsh"),
        ("Published by Works Department", ""),
        ("By road or by Sea", ""),
        ("3 May 2026 by Ada Marsh " + "and so on " * 20, ""),
    ],
)
def test_a_line_with_a_day_may_name_its_author(line: str, name: str) -> None:
    assert names.signed_within(line) == name


def test_what_ends_with_a_short_word_in_small_letters_is_no_name() -> None:
    assert names.author_names(["Publicado em 3/5/2026", "Posted on 3 May 2026"]) == ()
    assert names.author_names(["ada li", "Ada de la O", "محمد علي"]) == ("ada li", "Ada de la O", "محمد علي")


def test_a_sites_own_name_is_known_with_its_domain() -> None:
    assert names.is_one_of("Portvale.com", ["Portvale"])
    assert names.is_one_of("Portvale", ["portvale", "Portvale News Ltd"])
    assert not names.is_one_of("Portvale/ama", ["Portvale"])


@given(st.text(max_size=200))
def test_any_text_gives_clean_names(text: str) -> None:
    for name in names.author_names([text]):
        assert 2 <= len(name) <= 60
        assert name == name.strip()


def test_what_says_of_which_day_the_day_behind_it_is_is_no_author() -> None:
    assert names.author_names(["Publié le 6 mai 2025 à 14:02 | Mis à jour le 7 mai 2025"]) == ()
    assert names.author_names(["Zaktualizowano 6 maja 2025, Ada Marsh"]) == ("Ada Marsh",)
    for name in ("김수정", "Nguyễn Đăng Khoa", "Publius Cornelius", "Stand Ardell"):  # words for such a day, as names
        assert names.author_names([f"{name} 6/5/2025"]) == (name,)
        assert names.author_names([name]) == (name,)


def test_where_somebody_is_what_stands_behind_the_name_is_no_author() -> None:
    line = "Runa Vind, Professor of Bird Science, University of Karn"
    assert names.author_names([line]) == ("Runa Vind",)
    assert names.author_names(["Runa Vind, Editor, Bo Wren, Reporter"]) == ("Runa Vind", "Bo Wren")
    assert names.author_names(["Runa Vind, Reporter, Reuters"]) == ("Runa Vind", "Reuters")
    assert names.author_names(["Runa Vind, Reporter, Associated Press"]) == ("Runa Vind", "Associated Press")
    assert names.author_names(["Runa Vind, University of Karn"]) == ("Runa Vind", "University of Karn")
    assert names.author_names(["Runa Vind, Editor, 김민수"]) == ("Runa Vind", "김민수")


def test_a_further_sentence_of_who_translated_is_no_part_of_a_name() -> None:
    assert names.author_names(["By Ada Marsh. Translated by Bo Wren"]) == ("Ada Marsh",)
    assert names.author_names(["Ada Marsh and Bo Wren. Edited by Runa Vind."]) == ("Ada Marsh", "Bo Wren")
    assert names.author_names(["By Ada Marsh. Photos by Bo Wren"]) == ("Ada Marsh",)
    assert names.author_names(["Ada Marsh", "Reviewed by Bo Wren", "Photographs by Bo Wren"]) == ("Ada Marsh",)
    for name in ("J. R. Marsh", "Dr. Ada Marsh", "J. My Marsh"):
        assert names.author_names([f"By {name}"]) == (name,)


@pytest.mark.parametrize(
    "way", ["By Public Transport", "By Public Transport and Car", "By Car", "BY BUS, TRAIN OR BOAT"]
)
def test_a_way_to_travel_signs_nothing(way: str) -> None:
    assert not names.is_signature(way)
    assert names.is_signature("By Bryan Ferry")


def test_the_label_of_an_author_in_a_line_with_the_day() -> None:
    assert names.signed_within("09/06/2026 10:30 | Tác giả: Lan Anh") == "Lan Anh"
    assert names.signed_within("2026.06.09. 10:15 • Írta: Kovács Anna") == "Kovács Anna"


@pytest.mark.parametrize(
    "line",
    [
        "Scritto da Ada Marsh", "Pubblicato da: Ada Marsh", "Publié par Ada Marsh", "Publicado por Ada Marsh",
        "Publicat per Ada Marsh", "Verfasst von Ada Marsh", "Geplaatst door Ada Marsh", "Geskryf deur Ada Marsh",
        "Publicerad av Ada Marsh", "Skrevet af Ada Marsh", "Lagt ut av Ada Marsh", "Skrifað af Ada Marsh",
        "Scris de Ada Marsh", "Opublikowane przez Ada Marsh", "Opublikowała: Ada Marsh", "Napsala Ada Marsh",
        "Zverejnil: Ada Marsh", "Objavila Ada Marsh", "Напишано од Ada Marsh", "Публикувано от Ada Marsh",
        "Опубликовала: Ada Marsh", "Опублікувала Ada Marsh", "Апублікавала Ada Marsh", "Parašė Ada Marsh",
        "Publicēja Ada Marsh", "Kirjutas Ada Marsh", "Kirjoittanut Ada Marsh", "Közzétette: Ada Marsh",
        "Γράφει η Ada Marsh", "Δημοσιεύτηκε από Ada Marsh", "Shkruar nga Ada Marsh", "Scríofa ag Ada Marsh",
        "Ysgrifennwyd gan Ada Marsh", "Miktub minn Ada Marsh", "Đăng bởi Ada Marsh", "Người đăng: Ada Marsh",
        "Ditulis oleh Ada Marsh", "Isinulat ni Ada Marsh", "Imeandikwa na Ada Marsh", "بقلم Ada Marsh",
        "نشر بواسطة Ada Marsh", "نوشته شده توسط Ada Marsh", "פורסם על ידי Ada Marsh", "เขียนโดย Ada Marsh",
        "लेखक: Ada Marsh", "Yazar: Ada Marsh", "Müəllif: Ada Marsh", "ავტორი: Ada Marsh", "執筆者：Ada Marsh",
    ],
)  # fmt: skip
def test_a_line_that_says_who_wrote_names_its_author(line: str) -> None:
    assert names.is_signature(line)
    assert names.author_names([line]) == ("Ada Marsh",)


def test_who_wrote_amid_the_line_with_the_day() -> None:
    assert names.signed_within("12-03-2026 | Đăng bởi Lan Anh") == "Lan Anh"
    assert names.signed_within("Ngày đăng: 12-03-2026 | Đăng bởi: Lan Anh") == "Lan Anh"
    assert names.author_names(["Scritto da Ufficio Stampa"]) == ()
    assert not names.is_signature("作者：李明 来源：新港网")
    assert not names.is_signature("Published by ferry")


def test_an_agency_with_commas_is_one_name() -> None:
    agency = "Agence de l’eau, des forêts et des rivières"
    assert names.author_names([agency]) == (agency,)
