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
        ("Search results", "Search results", "Your search for fog gave no results.", True),
        ("Search - Portvale", "", "There are no matching results. Try other words.", True),
        ("Divers' search", "Divers' search gives no results", "The search gave no results.", False),
        ("Search of the bay", "Search of the bay", "It had no results so far.", False),
        ("Поиск | Portvale", "", "Ничего не найдено.", True),
        ("Search results for fog", "", "Fog closes the pier.", False),
        ("Search for two sailors ends", "", "Nothing was found.", False),
        ("Search: port asks for help", "", "Nothing was found so far.", False),
    ],
)
def test_a_search_that_found_nothing(title: str, heading: str, text: str, expected: bool) -> None:
    assert says_nothing_found(Shown(title, title, heading, text)) is expected
