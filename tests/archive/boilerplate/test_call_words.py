"""The words of calls, and sentences of releases that have some of them and are none."""

from __future__ import annotations

import re

import pytest

from archive.boilerplate import call_words
from archive.text.characters import small

CALLS = {
    "CLICK": ["Click here and follow us", "Clique aqui e receba as notícias", "Klicken Sie hier"],
    "LETTER": ["Sign up for the Karn letter to get all the news", "Subscribe to the weekly briefing and receive a map"],
    "COMMENTS": [
        "Leave a reply",
        "Leave a comment below",
        "Join the discussion!",
        "Be the first to comment",
        "Hãy là người đầu tiên bình luận",
    ],
    "DISCLOSED": ["we may earn a commission", "This post contains affiliate links"],
    "GIVE": ["Donate now", "Jetzt spenden", "Faites un don"],
    "WE_USE_COOKIES": ["We use cookies to measure", "Wir verwenden Cookies", "Utilizamos cookies propias"],
    "MISTAKE": ["select it and press Ctrl+Enter", "натисніть Ctrl + Enter"],
    "WRONG": ["Found a mistake?", "Якщо ви помітили помилку"],
    "VIEWER": ["To read it you need Adobe Acrobat Reader", "Adobe Readerが必要です", "Get Adobe Reader"],
    "TERMS": [
        "By sending this form you agree to our terms",
        "This site is protected by reCAPTCHA",
        "By signing up you agree",
    ],
    "CONTROLS": ["Expand all", "Artikel merken", "Skriv ut", "印刷する"],
}
NONE = {
    "CLICK": "The camera clicks here and there",
    "LETTER": "The mayor signed a letter to the harbour board",
    "COMMENTS": "The ministry did not comment on the first reply",
    "DISCLOSED": "The commission may receive complaints until June",
    "GIVE": "The county supports our rivers with two million crowns",
    "WE_USE_COOKIES": "The bakers of Karn sell cookies for the lifeboat",
    "MISTAKE": "The office sends letters to all who enter",
    "WRONG": "The judges weighed the matter again",
    "VIEWER": "The readers of the library of Karn are adobe builders",
    "TERMS": "By using less salt the road office keeps the trees",
    "CONTROLS": "Prints of the maps are shown in the hall",
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in CALLS.items() for text in texts])
def test_calls_are_found(name: str, text: str) -> None:
    assert _pattern(name).search(small(text))


@pytest.mark.parametrize(("name", "text"), NONE.items())
def test_other_sentences_are_not(name: str, text: str) -> None:
    assert not _pattern(name).search(small(text))


def test_names_of_networks_are_single_names() -> None:
    assert "google news" in call_words.OTHER_NETWORKS
    assert all(name and name == name.strip() and "\n" not in name for name in call_words.OTHER_NETWORKS)


def _pattern(name: str) -> re.Pattern[str]:
    pattern = getattr(call_words, name)
    assert isinstance(pattern, re.Pattern)
    return pattern
