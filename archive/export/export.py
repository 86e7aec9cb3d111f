"""Exports files for other programs: articles as JSON Lines, CSV or Parquet, captures as WARC or WACZ.

Everything is streamed: exports of any size need the same memory.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from archive.core.errors import ArchiveError
from archive.core.software import to_install
from archive.export.columns import plain
from archive.export.lines import CSV_HEAD, csv_line, json_line
from archive.export.records import Excerpt, excerpts
from archive.export.wacz import NOTHING, Collection, WaczPage, write_wacz
from archive.store import search
from archive.store.rows import moment_from
from archive.store.search import Selection

Format = Literal["jsonl", "csv", "parquet", "warc", "wacz"]
FORMATS: tuple[Format, ...] = get_args(Format)
STREAMED: tuple[Format, ...] = ("jsonl", "csv")
"""The formats that can be written to a pipe."""

RECORDS: tuple[Format, ...] = ("warc", "wacz")
"""The formats for captures; the others are for articles."""


@dataclass(frozen=True)
class About:
    """What an export states about itself, if its format has a place for that. `created` is the stated time."""

    software: str
    created: datetime


def export(
    directory: Path,
    connection: sqlite3.Connection,
    selection: Selection,
    form: Format,
    file: BinaryIO,
    about: About,
    step: Callable[[], object] = lambda: None,
) -> int:
    """Write what is selected; returns the number of articles, or of captures for WARC and WACZ.

    `step` is called for each. Everything is read from one moment of the database. Raises ArchiveError if Parquet cannot
    be written here or if there is no capture to write, WarcError if a record cannot be read.
    """
    connection.execute("begin")
    try:
        return _export(directory, connection, selection, form, file, about, step)
    finally:
        connection.rollback()


def _export(
    directory: Path,
    connection: sqlite3.Connection,
    selection: Selection,
    form: Format,
    file: BinaryIO,
    about: About,
    step: Callable[[], object],
) -> int:
    if form in RECORDS:
        records = _counting(excerpts(directory, connection, search.captures(connection, selection)), step)
        if form == "wacz":
            return write_wacz(file, _collection(selection, about), records, _pages(connection, selection))
        return _write_records(file, records)
    rows = _counting(map(plain, search.articles(connection, selection)), step)
    if form == "parquet":
        return int(_parquet().write(file, rows))
    if form == "csv":
        file.write(CSV_HEAD.encode())
    return _write_lines(file, map(csv_line if form == "csv" else json_line, rows))


def _counting(items: Iterable[Any], step: Callable[[], object]) -> Iterator[Any]:
    for item in items:
        yield item
        step()


def _write_lines(file: BinaryIO, lines: Iterable[str]) -> int:
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the count is what is returned
        file.write(line.encode())
    return count


def _write_records(file: BinaryIO, records: Iterable[Excerpt]) -> int:
    count = 0
    for excerpt in records:
        file.write(excerpt.member)
        count += excerpt.capture is not None
    if not count:
        raise ArchiveError(NOTHING)
    return count


def _parquet() -> Any:
    """The module that needs pyarrow, imported only when used: it is optional and slow to import."""
    try:
        return importlib.import_module("archive.export.parquet")
    except ImportError as error:
        raise ArchiveError(
            f"Parquet files need the library pyarrow, which is not installed. {to_install('parquet', 'pyarrow')}"
        ) from error


def _pages(connection: sqlite3.Connection, selection: Selection) -> Iterator[WaczPage]:
    """A page for each revision of the articles, at the capture that shows it."""
    revisions = """
        select c.final_url, coalesce(c.stated_at, c.fetched_at) as at, r.title, r.text
        from revisions r join captures c on c.id = r.capture_id where r.article_id = ? order by r.n
    """
    for article in search.articles(connection, selection):
        for row in search.rows(connection, revisions, (article["id"],)):
            yield WaczPage(row["final_url"], moment_from(row["at"]), row["title"], row["text"])


def _collection(selection: Selection, about: About) -> Collection:
    asked = {
        "of": selection.source,
        "published since": selection.since,
        "published until": selection.until,
        "with the words": selection.words,
    }
    said = ", ".join(f"{name} {value}" for name, value in asked.items() if value)
    title = f"Releases {said}" if said else "All releases"
    description = f"{title}, with every capture of them, exported from a Dateline archive."
    return Collection(title, description, about.software, about.created)
