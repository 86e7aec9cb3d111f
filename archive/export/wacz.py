"""WACZ: WARC records with their index and list of pages in one zip file for replay programs.

Web Archive Collection Zipped 1.1.1, https://specs.webrecorder.net/wacz/1.1.1/. Written in bounded memory: the index is
sorted in a temporary database. Equal records and pages give equal files, except for `created`.

ReplayWeb.page expects that the header of a file in the zip file is as long as in the central directory. So no file gets
the longer ZIP64 header without need: records are written in volumes, and the sizes of other files are known before.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import BinaryIO

from archive.core.errors import ArchiveError
from archive.export import cdxj
from archive.export.records import Excerpt

VERSION = "1.1.1"
VOLUME = 1024**3
"""After so many bytes the records continue in another WARC file."""

INDEX = "indexes/index.cdx.gz"
POINTERS = "indexes/index.idx"
PAGES = "pages/pages.jsonl"
NOTHING = "There is nothing to write: the selection has no captures."
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time in zip files, stated for every file, so that equal content gives equal bytes."""

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class WaczPage:
    """A page in the collection: its address, time and text."""

    url: str
    at: datetime
    title: str
    text: str


@dataclass(frozen=True)
class Collection:
    """What the file states about itself. `created` is the stated time; nothing else depends on the time of writing."""

    title: str
    description: str
    software: str
    created: datetime
    main: WaczPage | None = None


@dataclass(frozen=True)
class _Resource:
    name: str
    path: str
    hash: str
    bytes: int


def write_wacz(file: BinaryIO, collection: Collection, records: Iterable[Excerpt], pages: Iterable[WaczPage]) -> int:
    """Write a collection; returns the number of captures that can be shown. Raises ArchiveError if there are none."""
    with (
        zipfile.ZipFile(file, "w") as archive,
        closing(sqlite3.connect("")) as index,
        tempfile.TemporaryFile() as blocks,
        tempfile.TemporaryFile() as pointers,
        tempfile.TemporaryFile() as listed,
    ):
        index.execute("create table lines (line text not null)")
        resources = _add_records(archive, records, index)
        lines = (row[0] for row in index.execute("select line from lines order by line"))
        for block in cdxj.blocks(lines, INDEX.rpartition("/")[2]):
            blocks.write(block.packed)
            pointers.write(block.pointer.encode())
        listed.writelines(_page_lines(pages))
        resources.append(_add_file(archive, INDEX, blocks, stored=True))
        resources.append(_add_file(archive, POINTERS, pointers))
        resources.append(_add_file(archive, PAGES, listed))
        package = _package(collection, resources)
        _add(archive, entry("datapackage.json"), [package])
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        _add(archive, entry("datapackage-digest.json"), [json.dumps(digest, indent=2).encode()])
        return int(index.execute("select count(*) from lines").fetchone()[0])


def entry(path: str, size: int = 0, *, stored: bool = False) -> zipfile.ZipInfo:
    """A file's entry in a zip file; its bytes depend only on the content. For a large file, `size` is required."""
    made = zipfile.ZipInfo(path, EPOCH)
    made.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    made.external_attr = 0o644 << 16
    made.create_system = 3
    made.file_size = size
    return made


def _add_records(archive: zipfile.ZipFile, records: Iterable[Excerpt], index: sqlite3.Connection) -> list[_Resource]:
    resources = []
    for number, (_, volume) in enumerate(groupby(_volumes(records), key=lambda each: each[0]), 1):
        path = f"archive/data-{number}.warc.gz"
        resources.append(
            _add(archive, entry(path, stored=True), _members((excerpt for _, excerpt in volume), path, index))
        )
    if not resources:
        raise ArchiveError(NOTHING)
    return resources


def _volumes(records: Iterable[Excerpt]) -> Iterator[tuple[int, tuple[Excerpt, bytes]]]:
    """Records with the number of their volume; a volume ends after the record with which it is large enough."""
    written = 0
    for excerpt in records:
        member = excerpt.member
        yield written // VOLUME, (excerpt, member)
        written += len(member)


def _members(volume: Iterable[tuple[Excerpt, bytes]], path: str, index: sqlite3.Connection) -> Iterator[bytes]:
    offset = 0
    for excerpt, member in volume:
        if excerpt.record.type in ("response", "revisit") and not cdxj.is_not_modified(excerpt.record):
            line = cdxj.line(excerpt.record, offset, member, path.rpartition("/")[2])
            index.execute("insert into lines values (?)", (line,))
        yield member
        offset += len(member)


def _add_file(archive: zipfile.ZipFile, path: str, file: BinaryIO, *, stored: bool = False) -> _Resource:
    size = file.tell()
    file.seek(0)
    return _add(archive, entry(path, size, stored=stored), iter(lambda: file.read(_CHUNK), b""))


def _add(archive: zipfile.ZipFile, info: zipfile.ZipInfo, chunks: Iterable[bytes]) -> _Resource:
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w") as target:
        for chunk in chunks:
            digest.update(chunk)
            size += target.write(chunk)
    return _Resource(info.filename.rpartition("/")[2], info.filename, f"sha256:{digest.hexdigest()}", size)


def _page_lines(pages: Iterable[WaczPage]) -> Iterator[bytes]:
    yield _json_line({"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True})
    for page in pages:
        name = hashlib.sha256(f"{page.url} {_moment(page.at)}".encode()).hexdigest()[:20]
        yield _json_line({"id": name, "url": page.url, "ts": _moment(page.at), "title": page.title, "text": page.text})


def _json_line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _package(collection: Collection, resources: list[_Resource]) -> bytes:
    package: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": collection.title,
        "description": collection.description,
        "created": _moment(collection.created),
        "software": collection.software,
        "resources": [asdict(resource) for resource in resources],
    }
    if collection.main:
        package |= {"mainPageUrl": collection.main.url, "mainPageDate": _moment(collection.main.at)}
    return json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
