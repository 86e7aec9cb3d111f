"""Reads the complete records of chosen captures from the archive's WARC files, byte for byte.

The response or revisit of a capture comes with every record that belongs to it (the request, metadata); the first
capture of each file comes with the warcinfo record of the file. Compacted files give the same records.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from archive.core.errors import WarcError
from archive.core.model import Capture
from archive.warc.compression import gzip_member
from archive.warc.file import Located, path_of
from archive.warc.reader import read_record, walk
from archive.warc.records import CAPTURED, Record


@dataclass(frozen=True)
class Excerpt:
    """One record, as bytes in `content`; with its `capture` if it is a response or revisit."""

    record: Record
    content: bytes
    capture: Capture | None = None

    @property
    def member(self) -> bytes:
        """The record as one gzip member; always the same bytes."""
        return gzip_member(self.content)


def excerpts(directory: Path, connection: sqlite3.Connection, captures: Iterable[Capture]) -> Iterator[Excerpt]:
    """The records of captures, which must be in the order of their places in the files.

    Raises WarcError if a file is missing or the record of a capture cannot be read.
    """
    for warc_file, chosen in groupby(captures, key=lambda capture: capture.warc_file):
        yield from _warcinfo(directory, warc_file)
        for capture in chosen:
            yield from _of_capture(directory, connection, capture)


def _warcinfo(directory: Path, warc_file: str) -> Iterator[Excerpt]:
    first = next(iter(walk(path_of(directory, warc_file))), None)
    if isinstance(first, Located) and first.record.type == "warcinfo":
        yield Excerpt(first.record, first.content)


def _of_capture(directory: Path, connection: sqlite3.Connection, capture: Capture) -> Iterator[Excerpt]:
    """The records between the captures before and after that belong to this capture."""
    identity = _own(directory, capture).get("WARC-Record-ID")
    start, stop = _surroundings(connection, capture)
    for found in walk(path_of(directory, capture.warc_file), start):
        if found.offset >= stop:
            return
        if not isinstance(found, Located):
            continue
        if found.offset == capture.warc_offset:
            yield Excerpt(found.record, found.content, capture)
        elif identity and found.record.get("WARC-Concurrent-To") == identity:
            yield Excerpt(found.record, found.content)
        elif found.offset > capture.warc_offset and found.record.type in CAPTURED:
            return


def _own(directory: Path, capture: Capture) -> Record:
    try:
        return read_record(directory, capture.warc_file, capture.warc_offset, capture.warc_length)
    except WarcError as error:
        raise WarcError(f"{error} `dateline verify` says what else is wrong.") from error


def _surroundings(connection: sqlite3.Connection, capture: Capture) -> tuple[int, float]:
    """Where the capture before ends and the one after begins."""
    place = (capture.warc_file, capture.warc_offset)
    before = connection.execute(
        "select warc_offset + warc_length from captures where warc_file = ? and warc_offset < ?"
        " order by warc_offset desc limit 1",
        place,
    ).fetchone()
    after = connection.execute(
        "select warc_offset from captures where warc_file = ? and warc_offset > ? order by warc_offset limit 1", place
    ).fetchone()
    return (before[0] if before else 0), (after[0] if after else float("inf"))
