"""Pages that say that nothing is there, told from releases by what a surely missing address answers."""

from __future__ import annotations

import pytest

from archive.history.soft404 import Missing, missing_address, says_missing, text_mark, title_mark
from tests.support.archiving import story

LOST = "Nobody at the harbour knows of such a page. Perhaps the tide took it, as it takes much in autumn."
PAGES = (Missing("Lost at sea", LOST),)


@pytest.mark.parametrize(
    ("title", "text", "missing"),
    [
        ("Another title", LOST.upper(), True),
        ("Lost at sea!", f"{LOST} You asked for: 2026.", True),
        ("Lost at sea", story(1), False),
        ("Lost at sea", f"{LOST} {story(1)}", False),
        ("Another title", f"{LOST} You asked for a path.", False),
        ("", "", False),
    ],
)
def test_a_page_is_missing_when_it_says_what_missing_addresses_say(title: str, text: str, missing: bool) -> None:
    assert says_missing(title, text, PAGES) is missing
    assert says_missing(title, text, ()) is False


def test_marks_forget_figures_and_typography() -> None:
    assert text_mark("It was 12 of May.") == text_mark("it was, 13 of may")
    assert text_mark("one") != title_mark("one")
    assert (text_mark("12.05."), title_mark("")) == (None, None)


@pytest.mark.parametrize(
    ("url", "missing"),
    [
        ("https://h.example/news/2026/the-path/", "https://h.example/news/2026/no-page/"),
        ("https://h.example/news/the-path", "https://h.example/news/no-page"),
        ("https://h.example/news/123.html", "https://h.example/news/no-page.html"),
        ("https://h.example/news?id=12", "https://h.example/no-page"),
        ("https://h.example/", "https://h.example/no-page"),
    ],
)
def test_a_missing_address_is_of_the_form_of_its_neighbours(url: str, missing: str) -> None:
    assert missing_address(url, "no-page") == missing
