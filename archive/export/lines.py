"""Exported articles as lines of text: JSON Lines and CSV (RFC 4180). Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from archive.export.columns import COLUMNS
from archive.export.spreadsheet import plain_cell
from archive.store.rows import Row


def json_line(row: Row) -> str:
    """The row of an exported article as one line of JSON."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def csv_line(row: Row) -> str:
    """The row of an exported article as a record of CSV."""
    return _record([in_cell(row[name]) for name in COLUMNS])


def in_cell(value: Any) -> Any:
    """A value as a cell of CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return plain_cell(value) if isinstance(value, str) else value


def _record(cells: Iterable[Any]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


CSV_HEAD = _record(COLUMNS)
"""The names of the columns: the first line of a CSV file."""
