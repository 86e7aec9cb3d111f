"""Articles as lines of text: what programs and spreadsheets read back."""

from __future__ import annotations

import csv
import io
import json

import pytest

from archive.export.columns import COLUMNS
from archive.export.lines import CSV_HEAD, csv_line, in_cell, json_line
from archive.store.rows import LISTS

ROW = {name: ["Ada, Vale", "=Oren"] if name in LISTS else f'{name} "1"\r\n2' for name in COLUMNS}


def test_what_is_written_can_be_read_back() -> None:
    assert json.loads(json_line(ROW)) == ROW
    assert json_line(ROW).count("\n") == 1
    (read,) = csv.DictReader(io.StringIO(CSV_HEAD + csv_line(ROW), newline=""))
    assert {name: json.loads(cell) if name in LISTS else cell for name, cell in read.items()} == ROW


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    assert in_cell(formula) == f"'{formula}"


def test_other_cells_stay_as_they_are() -> None:
    assert [in_cell(value) for value in ("a=1", "", None, 3, ["=x"])] == ["a=1", "", None, 3, '["=x"]']
