"""Records of chosen captures out of the archive's WARC files, each whole and byte for byte.

With a capture's response or revisit goes every record that says it belongs to it (the request, metadata), and with
the first of each file the file's warcinfo. Compacted files give the same records.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile
from pathlib import Path

from archive.codings import gzip_member
from archive.model import Capture, WarcError
from archive.records import Record
from archive.warcfile import Located, named
from archive.warcread import walk


@dataclass(frozen=True)
class Excerpt:
    """One record, as bytes in `content`; `capture` where it is the response or revisit of one."""

    record: Record
    content: bytes
    capture: Capture | None = None

    @property
    def member(self) -> bytes:
        """The record as one gzip member, the same bytes whenever it is made."""
        return gzip_member(self.content)


def excerpts(directory: Path, connection: sqlite3.Connection, captures: Iterable[Capture]) -> Iterator[Excerpt]:
    """The records of captures that come in the order of their places in the files.

    Raises WarcError when a file is missing or a capture's record cannot be read.
    """
    for warc_file, chosen in groupby(captures, key=lambda capture: capture.warc_file):
        yield from _warcinfo(directory, warc_file)
        for capture in chosen:
            yield from _of_capture(directory, connection, capture)


def _warcinfo(directory: Path, warc_file: str) -> Iterator[Excerpt]:
    first = next(iter(walk(named(directory, warc_file))), None)
    if isinstance(first, Located) and first.record.type == "warcinfo":
        yield Excerpt(first.record, first.content)


def _of_capture(directory: Path, connection: sqlite3.Connection, capture: Capture) -> Iterator[Excerpt]:
    """What lies between the captures before and after, as far as it is this capture's."""
    start, stop = _surroundings(connection, capture)
    walked = takewhile(lambda found: found.offset < stop, walk(named(directory, capture.warc_file), start))
    near = [found for found in walked if isinstance(found, Located)]
    own = next((found for found in near if found.offset == capture.warc_offset), None)
    if own is None:
        raise WarcError(
            f"{capture.warc_file}: the record of {capture.url} at offset {capture.warc_offset} cannot be read."
            " `dateline verify` says what is wrong with the file."
        )
    identity = own.record.get("WARC-Record-ID")
    for found in near:
        if found is own:
            yield Excerpt(own.record, own.content, capture)
        elif identity and found.record.get("WARC-Concurrent-To") == identity:
            yield Excerpt(found.record, found.content)


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
