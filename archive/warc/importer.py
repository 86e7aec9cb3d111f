"""Copies the pages in WARC files of other programs into the archive's own files, block for block.

Copied are the answers of publishers to requests for pages. Everything else is passed over and counted: images and
scripts, trackers and frames of other sites, answers to POST, requests without an answer. A `resource` record becomes
the response that it stands for; a revisit of another address, or of an older text, becomes a response with the body
that it refers to. The steps of a redirect are marked, so that they count as one check of the address that was
requested.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from archive.core import http_status
from archive.core.counted import count
from archive.core.errors import ForeignWarcError
from archive.core.model import Capture, Kind
from archive.warc import records
from archive.warc.foreign import Unreadable, read_records
from archive.warc.http import Message, final_answer, parse_response, split_head
from archive.warc.imported.crawl_facts import CrawlFacts, mark
from archive.warc.imported.selection import why_passed_over
from archive.warc.imported.web_records import is_web, message_of
from archive.warc.reader import read_record
from archive.warc.records import Record
from archive.warc.wacz_reader import WarcInput, open_inputs
from archive.warc.writer import WarcWriter

_BATCH_RECORDS, _BATCH_BYTES = 512, 64 * 1024 * 1024
"""Records, and bytes of them in the file, that are written before they are synced."""

_MOST_PROBLEMS, _MOST_REASONS = 20, 60
"""So many unreadable records of one file are named, and so many reasons told apart; the others are only counted."""

_KEPT = frozenset(
    (
        "warc-concurrent-to",
        "warc-ip-address",
        "warc-profile",
        "warc-refers-to",
        "warc-refers-to-target-uri",
        "warc-refers-to-date",
        "warc-truncated",
        "warc-identified-payload-type",
        "warc-protocol",
        "warc-cipher-suite",
    )
)
"""The fields of a record that are copied, beside those that every record has."""

KNOWN = "captures that the archive has already"

Known = Callable[[str, datetime, str], bool]
"""Whether the archive has a capture of an address at a moment with a payload digest."""


@dataclass(frozen=True)
class Archive:
    """Where an import goes, and what is known there.

    `source_of` names the source of an address, `is_watched` says whether its host has a source in the archive already,
    `captured` gives the full captures of an address.
    """

    writer: WarcWriter
    source_of: Callable[[str], str]
    known: Known = lambda url, at, digest: False
    is_watched: Callable[[str], bool] = lambda url: False
    captured: Callable[[str], tuple[Capture, ...]] = lambda url: ()


@dataclass
class Report:
    """What was not copied: `problems` in words, and records `passed_over` by reason, with their number."""

    problem: Callable[[str], object]
    passed_over: Counter[str] = field(default_factory=Counter)

    def pass_over(self, reason: str) -> None:
        """Count a record by reason. Hostile files could cause many reasons, so their number is limited."""
        known = reason in self.passed_over or len(self.passed_over) < _MOST_REASONS
        self.passed_over[reason if known else "other records"] += 1


def copy_in(paths: Iterable[Path], archive: Archive, report: Report) -> Iterator[tuple[Path, tuple[Capture, ...]]]:
    """Copy the pages of WARC, ARC and WACZ files; yields the path that is read with its captures, once these are
    synced.

    All files are read twice, so that everything they say about addresses is known before anything is copied. Captures
    that the archive already has are passed over, so that a file may be imported again. A file that cannot be read is
    reported, and the import continues. Raises WarcError if the archive cannot be written.
    """
    found = list(paths)
    if not found:
        return
    with closing(CrawlFacts()) as facts:
        for path in found:
            for warc, pages in _inputs(path, report):
                facts.note_pages(pages)
                for record in _records(warc, Report(lambda _: None)):
                    facts.note(record, warc.collection)
            yield path, ()
        facts.settle()
        copying = _Copying(archive, facts, report)
        for path in found:
            for warc, _ in _inputs(path, Report(lambda _: None)):
                for captures in copying.copy(_records(warc, report), warc.name):
                    yield path, captures
        for captures in copying.copy_revisits():
            yield found[-1], captures


def _inputs(path: Path, report: Report) -> Iterator[tuple[WarcInput, list[str]]]:
    """The WARC files of a path; the first comes with the list of pages for all."""
    try:
        with open_inputs(path, report.problem) as (inputs, pages):
            for warc in inputs:
                yield warc, pages
                pages = []
            if not inputs:
                report.problem(f"{path} holds no WARC file.")
    except ForeignWarcError as error:
        report.problem(str(error))


def _records(warc: WarcInput, report: Report) -> Iterator[Record]:
    """The records of a file; what cannot be read is reported."""
    unreadable = 0
    try:
        with warc.open() as file:
            for record in read_records(file, warc.name):
                if isinstance(record, Record):
                    yield record
                    continue
                unreadable += 1
                if unreadable <= _MOST_PROBLEMS:
                    report.problem(_in_words(warc.name, record))
    except ForeignWarcError as error:
        report.problem(str(error))
    if unreadable > _MOST_PROBLEMS:
        report.problem(f"{warc.name}: {count(unreadable - _MOST_PROBLEMS, 'more record')} cannot be read.")


def _in_words(name: str, place: Unreadable) -> str:
    if place.url:
        return f"{name}: the record of {place.url[:300]} is left out: {place.reason}"
    return f"{name}: {place.reason}."


class _Copying:
    """One running import."""

    def __init__(self, archive: Archive, facts: CrawlFacts, report: Report) -> None:
        self.archive = archive
        self.facts = facts
        self.report = report
        self._seen: set[int] = set()
        self._waiting = self._count = 0
        facts.db.executescript(
            "create table copied (mark integer, at text, digest text, warc_file text, place integer, length integer);"
            "create index copied_mark on copied (mark, at); create index copied_digest on copied (digest);"
            "create table revisit (content blob);"
        )

    def copy(self, found: Iterable[Record], name: str) -> Iterator[tuple[Capture, ...]]:
        """Copy the pages of a file; revisits wait, because their originals may come later."""
        for record in found:
            if record.type == "conversion":
                self.report.pass_over("conversions that a program made, not the publisher")
            elif record.type == "continuation":
                self.report.pass_over("later parts of records that were cut in pieces")
            elif record.type == "revisit" and is_web(record):
                self.facts.db.execute("insert into revisit values (?)", (records.to_bytes(record),))
            elif record.type in ("response", "resource") and is_web(record):
                yield from self._take(record, name)
        yield self._sync()

    def copy_revisits(self) -> Iterator[tuple[Capture, ...]]:
        """Copy the revisits of all files, now that every original is there."""
        for (content,) in self.facts.db.execute("select content from revisit order by rowid"):
            yield from self._take(records.parse(content)[0], "a revisit")
        yield self._sync()

    def _take(self, record: Record, name: str) -> Iterator[tuple[Capture, ...]]:
        try:
            made = self._convert(record)
            if made is not None:
                self._append(made)
        except ValueError as error:
            self.report.problem(_in_words(name, Unreadable(str(error), record.url)))
        if self._count >= _BATCH_RECORDS or self._waiting > _BATCH_BYTES:
            yield self._sync()

    def _convert(self, record: Record) -> Record | None:
        """The record to write; None if it is passed over. Raises ValueError if it cannot be understood."""
        records.parse_moment(record.get("WARC-Date"))
        if record.type == "revisit":
            return self._convert_revisit(record)
        message = message_of(record) or parse_response(record.block)
        if not _is_ours(record):
            reason = why_passed_over(record, message, self.facts, self.archive.is_watched)
            if reason:
                self.report.pass_over(reason)
                return None
        block = _as_response(record) if record.type == "resource" else final_answer(record.block)
        return self._own_record(record, "response", block, records.digest(message.body))

    def _convert_revisit(self, record: Record) -> Record | None:
        """Keep a revisit of the newest text of its own address; turn any other into the response it stands for."""
        if _is_ours(record):
            return self._own_record(record, "revisit", record.block, record.get("WARC-Payload-Digest"))
        if self.facts.method(record) != "GET":
            self.report.pass_over(f"answers to {self.facts.method(record)} requests")
            return None
        stated = self.facts.own_digest(record.get("WARC-Payload-Digest"))
        before = self._newest(record)
        message = message_of(record)
        unchanged = record.get("WARC-Profile").endswith("/server-not-modified") or (message and message.status == 304)
        if unchanged or (before and before.digest == stated):
            if before and message:
                return self._own_record(record, "revisit", record.block, before.digest)
        elif original := self._original(record, stated):
            return self._with_body(record, message, original)
        elif message and (before or self.facts.is_page(record.url)):
            return self._own_record(record, "revisit", record.block, stated)
        self.report.pass_over("revisits of what is no page or is not there")
        return None

    def _with_body(self, record: Record, message: Message | None, original: Capture) -> Record:
        there = read_record(
            self.archive.writer.directory, original.warc_file, original.warc_offset, original.warc_length
        )
        start = split_head(there.block)[1]
        head = record.block[: split_head(record.block)[1]] if message else there.block[:start]
        return self._own_record(record, "response", head + there.block[start:], original.digest)

    def _newest(self, record: Record) -> Capture | None:
        """The newest full capture of the address of a revisit, before it."""
        at = records.parse_moment(record.get("WARC-Date"))
        row = self.facts.db.execute(
            "select * from copied where mark = ? and at <= ? order by at desc limit 1",
            (mark(record.url), at.isoformat()),
        ).fetchone()
        there = [capture for capture in self.archive.captured(record.url) if capture.fetched_at <= at]
        newest = max(there, key=lambda capture: capture.fetched_at, default=None)
        copied = _capture(row, record.url) if row else None
        if copied and (newest is None or newest.fetched_at <= copied.fetched_at):
            return copied
        return newest

    def _original(self, record: Record, digest: str) -> Capture | None:
        """The capture that a revisit refers to, found by address and time, else by digest."""
        url = record.get("WARC-Refers-To-Target-URI").strip("<>") or record.url
        at = _moment(record.get("WARC-Refers-To-Date"))
        for sql, values in (("mark = ? and at = ?", (mark(url), at)), ("digest = ? and digest <> ''", (digest,))):
            row = self.facts.db.execute(f"select * from copied where {sql} order by at desc limit 1", values).fetchone()
            if row and (not digest or row[2] == digest):
                return _capture(row, url)
        there = self.archive.captured(url)
        return next(
            (each for each in there if each.digest == digest or (not digest and each.dated.isoformat() == at)), None
        )

    def _own_record(self, record: Record, kind: str, block: bytes, digest: str) -> Record:
        """Our record for a foreign one: its identity and block are kept, the digests are computed again."""
        remarks = _remarks(record)
        asked = self.facts.asked(record) if not _is_ours(record) else None
        if asked:
            remarks |= {"kind": "redirect" if asked[1] else "page", "asked": asked[0]}
        fields = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", record.get("WARC-Record-ID") or records.new_id()),
            ("WARC-Date", record.get("WARC-Date")),
            ("WARC-Target-URI", record.url),
            *((name, records.public_value(name, value)) for name, value in record.fields if _is_kept(name, kind)),
            *([("WARC-Truncated", "length")] if record.get("WARC-Segment-Number") == "1" else []),
            *([("WARC-JSON-Metadata", json.dumps(remarks))] if remarks else []),
            *([("WARC-Payload-Digest", digest)] if digest else []),
            ("Content-Type", "application/http; msgtype=response"),
        ]
        return Record(tuple(fields), block)

    def _append(self, record: Record) -> None:
        at = records.parse_moment(record.get("WARC-Date"))
        digest = record.get("WARC-Payload-Digest")
        identity = hash((record.url, at, digest))
        if identity in self._seen:
            return
        self._seen.add(identity)
        if self.archive.known(record.url, at, digest):
            self.report.pass_over(KNOWN)
            return
        capture = self.archive.writer.append(self._source(record), at, record)
        if not capture.revisit and capture.status in http_status.PAGE:
            place = (capture.warc_file, capture.warc_offset, capture.warc_length)
            row = (mark(record.url), at.isoformat(), digest, *place)
            self.facts.db.execute("insert into copied values (?, ?, ?, ?, ?, ?)", row)
        self._count += 1
        self._waiting += capture.warc_length

    def _source(self, record: Record) -> str:
        """The source of an address. All steps of a redirect go to one source: that of the first step, if it has
        pages.
        """
        asked = self.facts.asked(record)
        if asked and (self.facts.is_page(asked[0]) or self.archive.is_watched(asked[0])):
            return self.archive.source_of(asked[0])
        end = self.facts.landing(record) if asked else ""
        return self.archive.source_of(end or record.url)

    def _sync(self) -> tuple[Capture, ...]:
        self._waiting = self._count = 0
        return self.archive.writer.sync()


def _is_kept(name: str, kind: str) -> bool:
    lower = name.lower()
    return lower in _KEPT and not (kind == "response" and lower == "warc-profile")


def _is_ours(record: Record) -> bool:
    """Whether Dateline wrote the record: then it states what it was fetched as."""
    return _remarks(record).get("kind") in get_args(Kind)


def _remarks(record: Record) -> dict[str, Any]:
    try:
        remarks = json.loads(record.get("WARC-JSON-Metadata") or "{}")
    except (ValueError, RecursionError):
        return {}
    return remarks if isinstance(remarks, dict) else {}


def _as_response(record: Record) -> bytes:
    """A resource record as a response. It has no HTTP head, so one is made from its fields; a header says so."""
    kind = " ".join(record.get("Content-Type").split()) or "text/html"
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nX-Imported-From: resource record\r\n\r\n".encode() + record.block
    )


def _moment(text: str) -> str:
    try:
        return records.parse_moment(text).isoformat()
    except ValueError:
        return ""


def _capture(row: tuple[Any, ...], url: str) -> Capture:
    _, at, digest, warc_file, offset, length = row
    return Capture("", url, url, "page", datetime.fromisoformat(at), 200, digest, warc_file, offset, length)
