"""Demands for consent in the place of a page, and releases about consent."""

from __future__ import annotations

import pytest

from archive.extract.notices.consent import asks_at_length, asks_for_consent, is_all_of_consent
from archive.extract.notices.shown import Shown

ASKING = "We and our partners use cookies. By giving consent you accept our privacy policy."
PLAIN = "The pier is open to all from Monday."
WALL, PAGE = "https://consent.portvale.example/", "https://portvale.example/news/pier"


@pytest.mark.parametrize(
    ("title", "heading", "text", "url", "short", "long"),
    [
        ("Cookies", "", ASKING, PAGE, True, False),
        ("Cookies", "", PLAIN, WALL, True, False),
        ("Pier", "", ASKING, WALL, True, False),
        ("Pier", "Before you continue", ASKING, PAGE, True, True),
        ("Consent required | Portvale", "", PLAIN, WALL, True, True),
        ("Pier", "Before you continue", PLAIN, PAGE, False, False),
        ("Pier", "Pier opens", ASKING, PAGE, False, False),
        ("Cookies for sailors", "", PLAIN, PAGE, False, False),
    ],
)
def test_two_signs_ask_for_consent(title: str, heading: str, text: str, url: str, short: bool, long: bool) -> None:
    shown = Shown(title, title, heading, text)
    assert (asks_for_consent(shown, url), asks_at_length(shown, url)) == (short, long)


def test_most_sentences_ask() -> None:
    assert is_all_of_consent(Shown("Pier", "Pier", "Pier", ASKING))
    assert not is_all_of_consent(Shown("Pier", "Pier", "Pier", f"{ASKING} {PLAIN} {PLAIN}"))
    assert not is_all_of_consent(Shown("Pier", "Pier", "Pier", "Our cookies are baked at dawn. Buy cookies here."))
    assert not is_all_of_consent(Shown("Pier", "Pier", "Pier", ""))


@pytest.mark.parametrize(
    "told",
    [
        "La ville publie sa charte du consentement. La publicité y a sa place. Les cookies aussi.",
        "Die Behörde prüft Einwilligungen. Sie erlaubt Werbung nicht. Der Datenschutz geht vor.",
        "The law asks for consent. Cookies are named in it. Vendors are fined.",
    ],
)
def test_a_text_of_such_words_that_asks_nobody_is_no_demand(told: str) -> None:
    assert not is_all_of_consent(Shown("Pier", "Pier", "Pier", told))
    asked = told.replace(".", ": your consent to cookies for vendors.")
    assert is_all_of_consent(Shown("Pier", "Pier", "Pier", asked))
