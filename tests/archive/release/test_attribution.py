"""Whom a release names as its source."""

import pytest

from archive.release import attribution


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The board met on March 11 in Portvale, reported the Harbour press service.", "Harbour press service"),
        ("The pier is open, according to the Portvale press office.", "Portvale press office"),
        (
            "The press service of the Harbour Board reported that the pier is open.",
            "press service of the Harbour Board",
        ),
        (
            "The pier is open, the chair said. The Harbour press service reports that ferries run.",
            "Harbour press service",
        ),
        ("Причал открыт, сообщает пресс-служба порта.", "пресс-служба порта"),
        ("Причал открыт, сообщили в пресс-службе порта, передает корреспондент.", "пресс-служба порта"),
        ("Причал открыт, передает «Вестник».", "Вестник"),
        ("Айлақ ашылды, деп хабарлайды Порттың баспасөз қызметі.", "Порттың баспасөз қызметі"),
        ("Der Steg ist offen, teilte die Pressestelle des Hafens am Montag mit.", "die Pressestelle des Hafens"),
        ("Le quai est ouvert, a indiqué le service de presse du port.", "service de presse du port"),
        ("El muelle está abierto, informó la oficina de prensa del puerto.", "oficina de prensa del puerto"),
        ("Molo jest otwarte, poinformowało biuro prasowe portu.", "biuro prasowe portu"),
        ("据海港报报道，码头今天开放。", "海港报"),
        ("The pier is open, the chair said.", ""),
        ("He said the press is free.", ""),
        ("The pier is open. It reports, she said, to the board.", ""),
        ("", ""),
    ],
)
def test_the_source_is_found(paragraph: str, expected: str) -> None:
    assert attribution.find([paragraph]) == expected


def test_the_middle_of_a_long_text_is_not_searched() -> None:
    source = "The pier is open, reported the Harbour press service."
    assert attribution.find(["A."] * 5 + [source] + ["B."] * 5) == ""
    assert attribution.find(["A."] * 9 + [source]) == "Harbour press service"
