"""Whose name a text is."""

import pytest

from archive.metadata import persons


@pytest.mark.parametrize(
    "name", ["Reuters", "Redaktion", "Portvale News", "Press Office", "portvale.example.com", "dpa", "新华社", "编辑部"]
)
def test_agencies_and_desks_are_no_people(name: str) -> None:
    assert not persons.is_person(name)


@pytest.mark.parametrize("name", ["李明", "王芳华", "張學友"])
def test_a_chinese_name_begins_with_that_of_a_family(name: str) -> None:
    assert persons.is_person(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Marsh", True),
        ("Ada van der Marsh", True),
        ("李明", True),
        ("Ada Marsh is an engineer", False),
        ("Ada Marsh writes about tides.", False),
        ("Tides", False),
    ],
)
def test_nothing_but_a_name(text: str, expected: bool) -> None:
    assert persons.is_persons_name(text) == expected


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Ministry of Ports, Roads and Bridges", True),
        ("Fish and Game Department", True),
        ("Ada Marsh, Ministry of Roads", False),
        ("Ada Marsh and Rob Hill", False),
    ],
)
def test_an_institution_for_several_things_is_one_name(name: str, is_one: bool) -> None:
    assert persons.is_institution(name) == is_one


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("tides for this paper", False),
        ("Ada Marsh writes about tides", False),
        ("Ada van den Marsh", True),
        ("Maria de la Cruz Santos", True),
        ("ada marsh", True),
        ("maria de la cruz", True),
    ],
)
def test_a_part_of_a_sentence_is_no_person(name: str, is_one: bool) -> None:
    assert persons.is_person(name) == is_one


@pytest.mark.parametrize(
    "name",
    ["Redaktion", "Online-Redaktion", "Pressestelle", "Press Office", "The Communications Department", "News Desk",
     "Service communication", "La rédaction", "Departamento de Prensa", "Ufficio stampa", "Assessoria de Imprensa",
     "Biuro Prasowe", "Tiskové oddělení", "Webszerkesztő", "Пресс-служба", "Редактор сайта", "Γραφείο Τύπου",
     "Basın Birimi", "広報課", "管理员", "관리자"],
)  # fmt: skip
def test_an_office_without_a_name_that_tells_whose(name: str) -> None:
    assert persons.is_office(name)


@pytest.mark.parametrize(
    "name",
    ["Ada Quill", "Pressestelle Stadt Tamsk", "P24 Redaktion", "Tamsk Press Office", "Die Presse", "The Press",
     "Ministry of Information", "dpa", "De La", "広報太郎", ""],
)  # fmt: skip
def test_a_name_that_tells_whose_is_no_mere_office(name: str) -> None:
    assert not persons.is_office(name)
