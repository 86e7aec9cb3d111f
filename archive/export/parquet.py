"""Articles as a Parquet file. The only module that needs pyarrow, which is an optional extra."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

import pyarrow
from pyarrow.parquet import ParquetWriter

from archive.export.columns import COLUMNS
from archive.store.rows import LISTS, Row

GROUP = 1000
"""How many articles are held in memory and written together."""

_CONTACT = pyarrow.struct([(name, pyarrow.string()) for name in ("name", "role", "phone", "email")])
_INTEGERS = ("id", "word_count", "revisions", "story_id")


def schema() -> pyarrow.Schema:
    """The columns: text, whole numbers and lists. Times stay text, because they are only as precise as the
    publisher.
    """
    return pyarrow.schema([(name, _type(name)) for name in COLUMNS])


def write(file: BinaryIO, rows: Iterable[Row]) -> int:
    """Write articles as `archive.export.columns.plain` gives them; returns their number."""
    count = 0
    with ParquetWriter(file, schema(), compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema()))
            count += len(group)
    return count


def _type(name: str) -> pyarrow.DataType:
    if name == "contacts":
        return pyarrow.list_(_CONTACT)
    if name in LISTS:
        return pyarrow.list_(pyarrow.string())
    return pyarrow.int64() if name in _INTEGERS else pyarrow.string()


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while group := list(islice(waiting, GROUP)):
        yield group
