"""Cells of CSV that a spreadsheet would take for a formula and run, made plain text. Pure.

The apostrophe in front is what spreadsheets themselves use to say "this is text"
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import unicodedata

_MARKS = frozenset("=+-@")


def plain_cell(text: str) -> str:
    """The text of a cell; an apostrophe goes before it where it could be run, also after blanks or in full width."""
    first = next((char for char in text if unicodedata.category(char)[0] not in "ZC"), "")
    if text[:1] in ("\t", "\r", "\n"):
        return f"'{text}"
    if unicodedata.normalize("NFKC", first) in _MARKS:
        return f"'{text}"
    return text
