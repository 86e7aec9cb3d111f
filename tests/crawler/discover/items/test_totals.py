"""How many releases a list states."""

from __future__ import annotations

import pytest

from crawler.discover.items.totals import stated_total, words_of_total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Notices 1 to 10 of 63", 63),
        ("Ergebnisse 1 bis 10 von insgesamt 1.263", 1263),
        ("1\n–\n10\nsur\n63\nnotes", 63),
        ("1-10/63", 63),
        ("全 1 - 10 条，共 63 条", 63),
        ("Notices 1 to 8 of 63", 0),
        ("Notices 11 to 20 of 63", 0),
        ("1 2 3 … 10 63", 0),
        ("1 May 10 boats of 3", 0),
        ("Total 63", 0),
        ("Page 1 of 10\nnext\n63 boats are in port", 0),
        ("Strona: 1 z 10 – 63 łodzie", 0),
    ],
)
def test_a_total_is_believed_where_the_same_words_count_what_is_shown(text: str, total: int) -> None:
    assert stated_total(f"Lamps of Larul\n{text}\nmore", 10) == total


def test_what_is_clearly_fewer_is_told() -> None:
    assert words_of_total("https://larul.example/n", 63, 60) == ""
    assert words_of_total("https://larul.example/n", 63, 63) == ""
    assert "63 releases, and 10 were found" in words_of_total("https://larul.example/n", 63, 10)
