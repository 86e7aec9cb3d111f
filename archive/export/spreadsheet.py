"""Makes plain text of CSV cells that a spreadsheet would run as formulas. Pure.

The apostrophe in front is the spreadsheets' own sign for "this is text"
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import unicodedata

_MARKS = frozenset("=+-@")


def plain_cell(text: str) -> str:
    """The text of a cell, with an apostrophe in front if it could be run, also after blanks or in full width."""
    first = next((char for char in text if unicodedata.category(char)[0] not in "ZC"), "")
    if text[:1] in ("\t", "\r", "\n"):
        return f"'{text}"
    if unicodedata.normalize("NFKC", first) in _MARKS:
        return f"'{text}"
    return text
