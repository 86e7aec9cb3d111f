"""Pages that say that they are not there, and releases about things that are not."""

from __future__ import annotations

import pytest

from archive.extract.notices.missing import says_missing
from archive.extract.notices.shown import Shown

LONG = "The harbour board opened the new pier on Monday, said Ida Wren. It is open to all. " * 4


@pytest.mark.parametrize(
    ("title", "heading", "text"),
    [
        ("404 Page not found", "404", "The page was not found."),
        ("Portvale", "", "This page is no longer available. Our search may help."),
        ("Portvale", "Diese Seite existiert nicht mehr", LONG),
        ("Portvale | Strona nie istnieje", "Portvale", LONG),
        ("Portvale", "Oops", "The page that you are looking for has been moved."),
        ("Not found", "Not found", LONG),
    ],
)
def test_a_page_that_is_not_there(title: str, heading: str, text: str) -> None:
    assert says_missing(Shown(title, title, heading, text), is_article=False)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Page of the charter not found in flood", LONG),
        ("Pier removed", "The old pier has been removed. The harbour office said so on its page on Monday."),
        ("Pier 404 opens", LONG),
    ],
)
def test_a_thing_that_is_not_there_is_news(title: str, text: str) -> None:
    assert not says_missing(Shown(title, title, title, text), is_article=False)


def test_an_article_is_believed_longer() -> None:
    shown = Shown("Page not found", "Page not found", "Map", LONG)
    assert not says_missing(shown, is_article=True)
    assert says_missing(shown, is_article=False)
