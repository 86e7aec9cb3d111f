"""WACZ: WARC records with their index and list of pages in one zip file that replay programs open.

Web Archive Collection Zipped 1.1.1, https://specs.webrecorder.net/wacz/1.1.1/. Written in one pass and in bounded
memory: the index is sorted in a temporary database. Equal records and pages give equal files but for `created`.
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
from typing import BinaryIO

from archive import cdxj
from archive.excerpt import Excerpt

VERSION = "1.1.1"
WARC = "archive/data.warc.gz"
INDEX = "indexes/index.cdx.gz"
POINTERS = "indexes/index.idx"
PAGES = "pages/pages.jsonl"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The moment that zip files begin with, stated for every file, so that equal content gives equal bytes."""

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Page:
    """A page to read in the collection: where, when, and what it says."""

    url: str
    at: datetime
    title: str
    text: str


@dataclass(frozen=True)
class Collection:
    """What the file says of itself. `created` is the moment stated; nothing else depends on when it is written."""

    title: str
    description: str
    software: str
    created: datetime
    main: Page | None = None


@dataclass(frozen=True)
class _Resource:
    name: str
    path: str
    hash: str
    bytes: int


def write_wacz(file: BinaryIO, collection: Collection, records: Iterable[Excerpt], pages: Iterable[Page]) -> int:
    """Write a collection; the number of its records."""
    with (
        zipfile.ZipFile(file, "w") as archive,
        closing(sqlite3.connect("")) as index,
        tempfile.TemporaryFile() as pointers,
    ):
        index.execute("create table lines (line text not null)")
        resources = [_add(archive, WARC, _members(records, index), stored=True)]
        lines = (row[0] for row in index.execute("select line from lines order by line"))
        resources.append(_add(archive, INDEX, _blocks(lines, pointers), stored=True))
        pointers.seek(0)
        resources.append(_add(archive, POINTERS, iter(lambda: pointers.read(_CHUNK), b"")))
        resources.append(_add(archive, PAGES, _page_lines(pages)))
        package = _package(collection, resources)
        _add(archive, "datapackage.json", [package])
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        _add(archive, "datapackage-digest.json", [json.dumps(digest, indent=2).encode()])
        return int(index.execute("select count(*) from lines").fetchone()[0])


def entry(path: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """A file's entry in a zip file whose bytes depend on nothing but its content."""
    made = zipfile.ZipInfo(path, EPOCH)
    made.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    made.external_attr = 0o644 << 16
    made.create_system = 3
    return made


def _add(archive: zipfile.ZipFile, path: str, chunks: Iterable[bytes], *, stored: bool = False) -> _Resource:
    digest, size = hashlib.sha256(), 0
    with archive.open(entry(path, stored=stored), "w", force_zip64=True) as target:
        for chunk in chunks:
            digest.update(chunk)
            size += target.write(chunk)
    return _Resource(path.rpartition("/")[2], path, f"sha256:{digest.hexdigest()}", size)


def _members(records: Iterable[Excerpt], index: sqlite3.Connection) -> Iterator[bytes]:
    offset = 0
    name = WARC.rpartition("/")[2]
    for one in records:
        member = one.member
        if one.record.type in ("response", "revisit"):
            index.execute("insert into lines values (?)", (cdxj.line(one.record, offset, member, name),))
        yield member
        offset += len(member)


def _blocks(lines: Iterable[str], pointers: BinaryIO) -> Iterator[bytes]:
    for block in cdxj.blocks(lines, INDEX.rpartition("/")[2]):
        pointers.write(block.pointer.encode())
        yield block.packed


def _page_lines(pages: Iterable[Page]) -> Iterator[bytes]:
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
