"""Words for tables and columns: each is one short line (that none is missing: test_metadata.py)."""

from __future__ import annotations

from archive.web.data.columns import COLUMNS, TABLES


def test_each_column_has_a_line_of_words() -> None:
    assert set(COLUMNS) == set(TABLES)
    for table, columns in COLUMNS.items():
        for name, words in columns.items():
            assert 3 <= len(words) <= 110, (table, name)
            assert "\n" not in words
