"""No cell runs, whatever stands before the mark of a formula, and ordinary text is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.export.spreadsheet import plain_cell


@pytest.mark.parametrize("mark", "=+-@＝＋－＠﹦﹢﹣﹫")
@pytest.mark.parametrize(
    "before", ["", " ", "\t", "\r", "\n", "\r\n \t", "\u00a0", "\ufeff", "\u200b", "\u202e", "\x00"]
)
def test_a_formula_is_made_text(mark: str, before: str) -> None:
    assert plain_cell(f"{before}{mark}cmd|' /C calc'!A0") == f"'{before}{mark}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", " ", "Quay 7", "a=b", "'=1", "3-2", "µ", "—dash", "¡Hola!", "“+”"])
def test_ordinary_text_stays(text: str) -> None:
    assert plain_cell(text) == text


@pytest.mark.parametrize("text", ["\tx", "\rx", "\nx"])
def test_what_splits_a_cell_is_made_text(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert plain_cell(plain_cell(text)) == plain_cell(text)
