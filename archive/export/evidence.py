"""The evidence for one article in one directory or zip file: its texts over time, and the records that prove them.

    index.html         all revisions with their differences, all events, every capture; loads nothing
    captures.warc.gz   the complete WARC records of every capture with their requests, byte for byte
    captures.wacz      the same records for replay programs
    article.json       the rows of the article's tables
    manifest.json      files and records with their digests, fetch times, software
    README.txt         how to verify all this
    SHA256SUMS         for `sha256sum -c`

Equal archives give equal packs, except for the time of creation, which the caller states.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from archive.core.errors import ArchiveError
from archive.core.files import atomic_write, sync_folder
from archive.core.ids import capture_number
from archive.export.columns import plain
from archive.export.evidence_page import Case, Proof, page, readme
from archive.export.records import Excerpt, excerpts
from archive.export.wacz import Collection, WaczPage, entry, write_wacz
from archive.store import search
from archive.store.rows import Row, moment, moment_from
from archive.store.search import Selection
from archive.warc.file import Located, walk_file

FORMAT = "dateline-evidence-1"
RECORDS = "captures.warc.gz"
COLLECTION = "captures.wacz"
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Pack:
    """What was written, and where. `checksum` is the SHA-256 of SHA256SUMS, which stands for the whole pack."""

    path: Path
    article: int
    revisions: int
    captures: int
    records: int
    checksum: str


def write_evidence(
    directory: Path,
    connection: sqlite3.Connection,
    article: int,
    target: Path,
    created: datetime,
    software: Mapping[str, str],
) -> Pack:
    """Write an article's evidence to a new directory, or to a zip file if the name ends with .zip.

    `software` are the names and versions to state. Raises ArchiveError if the target exists or cannot be written,
    WarcError if a record cannot be read.
    """
    zipped = target.suffix == ".zip"
    if target.exists():
        raise ArchiveError(f"{target} is there already. Name another place with --out, or move it away.")
    name = target.stem if zipped else target.name
    part = target.with_name(f".{target.name}.files-{os.getpid()}")
    try:
        part.mkdir()
        pack = _fill(directory, connection, article, part, target, created, software)
        if zipped:
            with atomic_write(target) as file:
                _zip(part, name, file)
        else:
            part.rename(target)
            sync_folder(target.parent)
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return pack


def _fill(
    directory: Path,
    connection: sqlite3.Connection,
    article: int,
    part: Path,
    target: Path,
    created: datetime,
    software: Mapping[str, str],
) -> Pack:
    connection.execute("begin")
    try:
        captures = search.captures(connection, Selection(article=article))
        records = list(_records(part, excerpts(directory, connection, captures)))
        case = _case(connection, article, {number: proof for number, proof in records if number})
    finally:
        connection.rollback()
    words = readme(next((proof for number, proof in records if number), None), RECORDS, COLLECTION)
    stated = moment(created)
    _write(part / COLLECTION, lambda file: _collect(file, part / RECORDS, case, created, software))
    _write_text(part / "article.json", _json(_rows_of(case)))
    _write_text(part / "index.html", page(case, stated, software, words))
    _write_text(part / "README.txt", words)
    files = [_file(part, name) for name in (RECORDS, COLLECTION, "article.json", "index.html", "README.txt")]
    _write_text(part / "manifest.json", _json(_manifest(case, records, files, stated, software)))
    listed = [*files, _file(part, "manifest.json")]
    _write_text(part / "SHA256SUMS", "".join(f"{file['sha256']}  {file['path']}\n" for file in listed))
    return Pack(
        target, article, len(case.revisions), len(case.captures), len(records), str(_file(part, "SHA256SUMS")["sha256"])
    )


def _records(part: Path, found: Iterable[Excerpt]) -> Iterator[tuple[int | None, Proof]]:
    """Write the records; returns for each the id of its capture and its place in the file."""
    offset = 0
    with (part / RECORDS).open("wb") as file:
        for excerpt in found:
            member = excerpt.member
            file.write(member)
            record = excerpt.record
            yield (
                capture_number(excerpt.capture) if excerpt.capture else None,
                Proof(
                    record_id=record.get("WARC-Record-ID"),
                    type=record.type,
                    url=record.url,
                    date=record.get("WARC-Date"),
                    offset=offset,
                    length=len(member),
                    sha256=hashlib.sha256(excerpt.content).hexdigest(),
                    payload_digest=record.get("WARC-Payload-Digest"),
                    block_digest=record.get("WARC-Block-Digest"),
                ),
            )
            offset += len(member)
        file.flush()
        os.fsync(file.fileno())


def _case(connection: sqlite3.Connection, article: int, proofs: Mapping[int, Proof]) -> Case:
    def read(sql: str) -> list[Row]:
        return list(search.rows(connection, sql, (article,)))

    row = next(search.articles(connection, Selection(article=article)))
    titled = connection.execute("select title from sources where name = ?", (row["source"],)).fetchone()
    numbers = json.dumps(list(proofs))
    captures = "select * from captures where id in (select value from json_each(?)) order by fetched_at, id"
    return Case(
        article=row,
        source_title=(titled[0] if titled else "") or row["source"],
        revisions=read("select * from revisions where article_id = ? order by n"),
        events=read("select * from events where article_id = ? order by at"),
        captures=list(search.rows(connection, captures, (numbers,))),
        proofs=proofs,
    )


def _collect(file: BinaryIO, records: Path, case: Case, created: datetime, software: Mapping[str, str]) -> None:
    fetched = {row["id"]: row for row in case.captures}
    pages = [
        WaczPage(
            answered["final_url"],
            moment_from(answered["stated_at"] or answered["fetched_at"]),
            row["title"],
            row["text"],
        )
        for row in case.revisions
        for answered in (fetched[row["capture_id"]],)
    ]
    collection = Collection(
        title=case.article["title"],
        description=f"Every capture of {case.article['url']} in a Dateline archive.",
        software=", ".join(f"{name} {version}" for name, version in software.items()),
        created=created,
        main=pages[-1] if pages else None,
    )
    again = (Excerpt(found.record, found.content) for found in walk_file(records) if isinstance(found, Located))
    write_wacz(file, collection, again, pages)


def _rows_of(case: Case) -> dict[str, object]:
    return {
        "article": plain(case.article),
        "revisions": case.revisions,
        "events": case.events,
        "captures": case.captures,
    }


def _manifest(
    case: Case,
    records: list[tuple[int | None, Proof]],
    files: list[dict[str, object]],
    created: str,
    software: Mapping[str, str],
) -> dict[str, object]:
    article = case.article
    kept = ("id", "url", "final_url", "fetched_at", "status", "revisit", "digest", "warc_file", "warc_offset")
    return {
        "format": FORMAT,
        "created": created,
        "software": dict(software),
        "article": {name: article[name] for name in ("id", "source", "url", "title", "status")},
        "files": files,
        "captures": [{name: row[name] for name in kept} for row in case.captures],
        "records": [{"capture": number, "file": RECORDS, **asdict(proof)} for number, proof in records],
    }


def _file(part: Path, name: str) -> dict[str, object]:
    with (part / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"path": name, "bytes": file.tell(), "sha256": digest}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write_text(path: Path, text: str) -> None:
    _write(path, lambda file: file.write(text.encode("utf-8", "replace")))


def _write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    with path.open("w+b") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _zip(part: Path, name: str, file: BinaryIO) -> None:
    """Make a zip file of a directory; files that are already compressed are stored."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(part.iterdir()):
            stored = path.name in (RECORDS, COLLECTION)
            with (
                path.open("rb") as source,
                archive.open(entry(f"{name}/{path.name}", path.stat().st_size, stored=stored), "w") as copy,
            ):
                shutil.copyfileobj(source, copy, _CHUNK)
