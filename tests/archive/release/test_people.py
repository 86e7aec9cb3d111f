"""Names, posts and offices in the words of a contact."""

import pytest

from archive.release import people


@pytest.mark.parametrize(
    "words",
    [
        "Ada Marsh",
        "Prof. Dr. Ida Wren",
        "Jan van der Kade",
        "ANNA BREKK",
        "Анна Лескова",
        "山田太郎",
        "李明",
        "سلمى العمري",
    ],
)
def test_names(words: str) -> None:
    assert people.is_name(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ada",
        "Press Officer",
        "Stadt Tamsk",
        "Harbour University",
        "Der Bürgermeister",
        "広報課",
        "пресс-секретарь порта",
        "the ferry sails",
        "",
    ],
)
def test_no_names(words: str) -> None:
    assert not people.is_name(words)


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("persvoorlichter Jan Kade", "Jan Kade", "persvoorlichter"),
        ("viestintäpäällikkö Aino Kari", "Aino Kari", "viestintäpäällikkö"),
        ("Press Officer Ada Marsh", "Ada Marsh", "Press Officer"),
        ("港口局宣传处 王芳", "王芳", "港口局宣传处"),
        ("홍보담당관 김민수", "김민수", "홍보담당관"),
        ("김민수 과장", "김민수", "과장"),
        ("홍보팀 김민수 사무관", "김민수", "홍보팀 사무관"),
        ("홍보팀 김하원", "김하원", "홍보팀"),
        ("Vice President Communications", "", ""),
        ("Harbour Trust", "", ""),
    ],
)
def test_a_name_behind_a_post(words: str, name: str, role: str) -> None:
    assert people.name_and_role(words) == (name, role)


def test_posts_and_offices() -> None:
    assert people.is_post("Press officer")
    assert not people.is_post("Press office")
    assert people.is_role("Pressesprecherin")
    assert people.is_organisation("Institute of Tides")
    assert people.is_title("PhD")


@pytest.mark.parametrize(
    "office",
    ["Presse- und Öffentlichkeitsarbeit", "Press Office", "Biuro Prasowe", "Persvoorlichting", "Пресс-служба порта"],
)
def test_a_press_office_is_named_for_the_media_and_for_an_office(office: str) -> None:
    assert people.is_press_office(office)


@pytest.mark.parametrize(
    "other", ["Suppression of pests", "Personalamt", "Comunicar accidentes", "Multimedia Service", "Press Room Café"]
)
def test_words_that_only_look_like_the_press_name_no_press_office(other: str) -> None:
    assert not people.is_press_office(other)
