"""Searches that found nothing, and news about searches."""

from __future__ import annotations

import pytest

from archive.extract.notices.empty_search import says_nothing_found
from archive.extract.notices.shown import Shown


@pytest.mark.parametrize(
    ("title", "heading", "text", "expected"),
    [
        ("Search results for fog", "", "0 results were found for fog.", True),
        ("Portvale", "Recherche : « quai »", "Aucun résultat.", True),
        ("Поиск | Portvale", "", "Ничего не найдено.", True),
        ("Search results for fog", "", "Fog closes the pier.", False),
        ("Search for two sailors ends", "", "Nothing was found.", False),
        ("Search: port asks for help", "", "Nothing was found so far.", False),
    ],
)
def test_a_search_that_found_nothing(title: str, heading: str, text: str, expected: bool) -> None:
    assert says_nothing_found(Shown(title, title, heading, text)) is expected
