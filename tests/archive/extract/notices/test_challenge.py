"""The signs of a firewall's challenge: in a title, a text, the markup."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from archive.extract.notices.challenge import challenge_signs
from archive.extract.notices.shown import Shown

PLAIN = document_fromstring("<p>Pier</p>")
MARKED = document_fromstring('<script src="/cdn-cgi/challenge-platform/x.js"></script>')


@pytest.mark.parametrize(
    ("title", "heading", "text", "signs"),
    [
        ("Just a moment...", "", "", 1),
        ("Just a moment...", "", "Enable JavaScript and cookies to continue", 2),
        ("Just a moment...", "", "Unusual traffic. Ray ID: 7f", 3),
        ("Portvale", "Unusual traffic", "", 1),
        ("Portvale", "", "Unusual activity was seen at the pier. It is old. It is closed. Ray ID: 7f", 1),
        ("Why captchas ask whether you are human, and what else they do", "", "", 0),
        ("Pier opens", "", "It is open to all.", 0),
    ],
)
def test_signs_of_a_challenge_are_counted(title: str, heading: str, text: str, signs: int) -> None:
    assert challenge_signs(PLAIN, Shown(title, title, heading, text), is_article=False) == signs
    assert challenge_signs(MARKED, Shown(title, title, heading, text), is_article=False) == signs + 1


def test_the_title_and_the_markup_of_an_article_say_nothing() -> None:
    shown = Shown("Just a moment...", "Just a moment...", "Just a moment...", "It is open to all.")
    assert challenge_signs(MARKED, shown, is_article=True) == 0
