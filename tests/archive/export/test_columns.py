"""The row of an exported article."""

from __future__ import annotations

from archive.export.columns import COLUMNS, plain
from archive.store.rows import LISTS


def test_a_row_has_the_columns_in_their_order_and_lists_as_lists() -> None:
    row = dict.fromkeys(COLUMNS, "x") | dict.fromkeys(LISTS, '["a"]') | {"tags": None, "extractor": 7}
    found = plain(row)
    assert tuple(found) == COLUMNS
    assert (found["authors"], found["tags"], found["title"]) == (["a"], [], "x")
