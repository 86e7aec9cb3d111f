"""Checks what revisit records refer to: whether the full response that each one names is in the archive.

WARC 1.1, section 6.7: a revisit has no body, so it only proves something together with its original. The facts are in a
temporary SQLite database, so that memory does not grow with the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from archive.warc import records
from archive.warc.records import Record

_TABLES = """
    pragma journal_mode = off;
    pragma synchronous = off;
    create table originals (
        mark integer, digest text, warc_file text, at integer, length integer, primary key (mark, digest)
    ) without rowid;
    create table referring (
        mark integer, digest text, url text, moment text,
        revisits integer, warc_file text, at integer, primary key (mark, digest)
    ) without rowid;
"""

Matches = Callable[[str, str, int, int], bool]
"""Whether a digest is right for the body of the record in a file, at an offset, with a length."""


@dataclass(frozen=True)
class MissingTarget:
    """A revisit record whose original is missing or differs from what it states, in words."""

    warc_file: str
    offset: int
    url: str
    detail: str


class RevisitTargets:
    """Collects every record of the archive, then lists the revisits without their originals."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("begin")

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def note(self, record: Record, warc_file: str, offset: int, length: int) -> None:
        """Add one record. A revisit that names no time of an original cannot be checked."""
        if record.type == "response":
            row = (_mark(record.url, record.get("WARC-Date")), record.get("WARC-Payload-Digest"))
            self._db.execute(
                "insert or ignore into originals values (?, ?, ?, ?, ?)", (*row, warc_file, offset, length)
            )
        elif record.type == "revisit" and (moment := record.get("WARC-Refers-To-Date")):
            url = record.get("WARC-Refers-To-Target-URI").removeprefix("<").removesuffix(">") or record.url
            row = (_mark(url, moment), record.get("WARC-Payload-Digest"))
            self._db.execute(
                "insert into referring values (?, ?, ?, ?, 1, ?, ?)"
                " on conflict (mark, digest) do update set revisits = revisits + 1",
                (*row, url, moment, warc_file, offset),
            )

    def missing_targets(self, matches: Matches) -> Iterator[MissingTarget]:
        """For each missing original: the first revisit that refers to it, and how many do."""
        unmatched = self._db.execute(
            "select * from referring r where not exists"
            " (select 1 from originals o where o.mark = r.mark and r.digest in ('', o.digest))"
            " order by warc_file, at"
        )
        for mark, digest, url, moment, revisits, warc_file, at in unmatched:
            there = self._db.execute("select * from originals where mark = ?", (mark,)).fetchall()
            if any(matches(digest, *place) for _, _, *place in there):
                continue
            wanting = f"no response of {url} at {moment} is in the archive"
            if there:
                wanting = f"the response of {url} at {moment} has the payload {there[0][1]} and not {digest}"
            yield MissingTarget(warc_file, at, url, f"{wanting}; {revisits} revisits refer to it")


def _mark(url: str, stated: str) -> int:
    """A number for an address and a time, the same for all forms of writing the time."""
    try:
        moment: datetime | str = records.parse_moment(stated)
    except ValueError:
        moment = stated
    return int.from_bytes(blake2b(f"{moment} {url}".encode(errors="replace"), digest_size=8).digest(), signed=True)
