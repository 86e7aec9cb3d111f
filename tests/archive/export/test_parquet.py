"""Articles as a Parquet file: typed columns, and no more rows in memory than a group."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pyarrow
from pyarrow.parquet import ParquetFile

from archive.export import parquet
from archive.export.columns import COLUMNS
from archive.store.rows import LISTS


def _row(number: int) -> dict[str, Any]:
    contact = {"name": "Oda Brekk", "role": "", "phone": "", "email": "oda@tamsk.example"}
    lists = {name: [] for name in LISTS} | {"tags": ["ferry"], "contacts": [contact]}
    numbers = {"id": 2**52 + number, "word_count": 3, "revisions": 1, "story_id": None}
    return dict.fromkeys(COLUMNS, "") | lists | numbers | {"published_at": "2026-05-03T09:00:00+05:00"}


def test_columns_have_their_types_and_moments_stay_text() -> None:
    types = {field.name: field.type for field in parquet.schema()}
    assert list(types) == list(COLUMNS)
    assert {name for name, kind in types.items() if kind == pyarrow.int64()} == {
        "id", "word_count", "revisions", "story_id"
    }  # fmt: skip
    assert {name for name, kind in types.items() if pyarrow.types.is_list(kind)} == set(LISTS)
    assert types["published_at"] == pyarrow.string()


def test_what_is_written_is_read_back() -> None:
    file = BytesIO()
    assert parquet.write(file, [_row(1), _row(2)]) == 2
    read = ParquetFile(BytesIO(file.getvalue()))
    assert read.read().to_pylist() == [_row(1), _row(2)]
    assert read.metadata.row_group(0).column(0).compression == "ZSTD"


def test_rows_are_written_in_groups_as_they_come() -> None:
    asked: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(parquet.GROUP + 5):
            asked.append(number)
            yield _row(number)

    file = BytesIO()
    assert parquet.write(file, rows()) == parquet.GROUP + 5 == len(asked)
    meta = ParquetFile(BytesIO(file.getvalue())).metadata
    assert [meta.row_group(n).num_rows for n in range(meta.num_row_groups)] == [1000, 5]


def test_an_archive_without_articles_gives_a_file_with_its_columns() -> None:
    file = BytesIO()
    assert parquet.write(file, []) == 0
    assert ParquetFile(BytesIO(file.getvalue())).schema_arrow.names == list(COLUMNS)
