"""Imports what other programs archived: copies WARC, ARC and WACZ files and folders of saved pages into the archive."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from archive import warc
from archive.core import urls
from archive.core.errors import ArchiveError
from archive.core.model import Capture, Exchange
from archive.ingest.pipeline import Ingest
from archive.page.html import Unreadable, parse
from archive.store.database import Store
from archive.store.repeated.block_index import READABLE
from archive.store.rows import capture_from, moment
from archive.warc import records
from archive.warc.wacz_reader import WACZ, WARC

_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_ARCHIVE = re.compile(r"\.(?:w?arc|wacz)(?:\.|\Z)|\.(?:har|mhtml?|maff)\Z", re.IGNORECASE)
_BESIDE = re.compile(r"\.(?:cdxj?|idx|md5|sha\d+|sig|asc|json|txt|log|err|csv)(?:\.gz)?\Z", re.IGNORECASE)
"""Checksums and indexes of archives, which say nothing else."""
_SAVED_FROM = re.compile(
    r"<!--[^<>]{0,200}?(?:\bsaved from url=\(\d+\)|\bsaved with SingleFile\b[^<>]{0,99}?\burl:)"
    r"\s{0,9}(https?://[^\s<>]{1,2000})",
    re.IGNORECASE,
)
"""The address in the comment that a browser ("saved from url=") or SingleFile writes into a page that it saves."""
_SAVED_AT = re.compile(
    r"<!--[^<>]{0,200}?\bsaved with SingleFile\b[^<>]{0,3000}?"
    r"\bsaved date: \w{3} (\w{3} \d\d? \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})",
    re.IGNORECASE,
)
"""When SingleFile saved a page, as JavaScript writes a moment."""
_FIRST_SAVED = datetime(2010, 1, 1, tzinfo=UTC)
"""No page was saved with SingleFile before the year in which it was first published."""
_MOST_OF_A_COMMENT = 20_000
_PLACE = "http://import.invalid/"
"""Where a saved page is said to come from when it does not say so itself (RFC 6761: a name that never resolves)."""


@dataclass(frozen=True)
class ImportProgress:
    """The progress of an import: the present file, its number among all, and the captures copied so far."""

    path: Path
    file: int
    files: int
    captures: int


@dataclass(frozen=True)
class Imported:
    """The result of an import. `problems` say in words what could not be read.

    `passed_over` counts by reason the records that are no pages of a publisher (images, trackers, answers to POST).
    """

    files: int
    captures: int
    articles: int
    problems: tuple[str, ...]
    passed_over: Mapping[str, int] = field(default_factory=dict)


def import_files(
    paths: Iterable[Path],
    ingest: Ingest,
    writer: warc.WarcWriter,
    sources: Mapping[str, str] | None = None,
    *,
    progress: Callable[[ImportProgress], object] = lambda _: None,
) -> Imported:
    """Copy WARC and WACZ files, saved pages, and folders of either into the archive and ingest them.

    Returns when all is done. `sources` names the source of a host (`archive.core.urls.host`); pages of other hosts go
    to a source that is named after the host. Captures that the archive has are passed over, so an import can be
    repeated. Raises ArchiveError if a path does not exist or has nothing to import, or if the archive cannot be
    written.
    """
    known_sources = sources or {}
    problems: list[str] = []
    report = warc.Report(problems.append)
    before = _articles(ingest.store)
    captures = 0
    files = list(_found(paths))
    problems += map(_why_left_out, _left_out(paths))
    saved = [(path, root) for path, root in files if path.suffix.lower() in _PAGES]
    crawled = [path for path, _ in files if path.suffix.lower() not in _PAGES]
    place = {path: number for number, path in enumerate(crawled, 1)}
    archive = _archive(ingest.store, writer, known_sources)
    ingest.reread_at_once = 0  # each article that needs it is read again once, at the end
    for path, chunk in warc.copy_in(crawled, archive, report):
        captures += len(chunk)
        ingest.add(chunk)
        progress(ImportProgress(path, place[path], len(files), captures))
    for number, (path, root) in enumerate(saved, len(crawled) + 1):
        for capture in _saved_page(path, root, ingest.store, writer, archive.source_of, report):
            captures += 1
            ingest.add([capture])
        progress(ImportProgress(path, number, len(files), captures))
    ingest.flush()
    passed_over = dict(report.passed_over.most_common())
    return Imported(len(files), captures, _articles(ingest.store) - before, tuple(problems), passed_over)


def _archive(store: Store, writer: warc.WarcWriter, sources: Mapping[str, str]) -> warc.Archive:
    @lru_cache(maxsize=4096)
    def is_source(host: str) -> bool:
        name = _named(host, sources)
        return (
            host in sources or store.db.execute("select 1 from sources where name = ?", (name,)).fetchone() is not None
        )

    return warc.Archive(
        writer,
        source_of=lambda url: _named(urls.host(url), sources),
        known=lambda *identity: _is_known(store, *identity),
        is_watched=lambda url: is_source(urls.host(url)),
        captured=lambda url: tuple(_captured(store, url)),
    )


def _captured(store: Store, url: str) -> Iterator[Capture]:
    """The newest full captures of an address."""
    rows = store.db.query(
        f"select * from captures where final_url = ? and {READABLE} order by fetched_at desc limit 1000",
        (url,),
    )
    return map(capture_from, rows)


def _found(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Every file to import, with the folder that its name is relative to."""
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() and _importable(item))
            if not inside:
                raise ArchiveError(f"{path} holds no WARC file, no WACZ file and no saved page (.html) to import.")
            yield from ((item, path) for item in inside)
        elif path.is_file():
            yield path, path.parent
        else:
            raise ArchiveError(f"{path} does not exist: name WARC or WACZ files, saved pages or folders of them.")


def _left_out(paths: Iterable[Path]) -> Iterator[Path]:
    """What the folders hold of web archives that cannot be imported as it is."""
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else ()
        yield from sorted(item for item in inside if _ARCHIVE.search(item.name) and not _is_read(item))


def _is_read(path: Path) -> bool:
    return path.is_dir() or _BESIDE.search(path.name) is not None or (path.is_file() and _importable(path))


def _why_left_out(path: Path) -> str:
    if not path.exists():
        return f"{path} is left out: it is a link to a file that is not there."
    return f"{path} is left out: only finished WARC, ARC and WACZ files are read (.gz or plain). Convert or rename it."


def _importable(path: Path) -> bool:
    return path.suffix.lower() in _PAGES or bool(WARC.search(path.name) or WACZ.search(path.name))


def _saved_page(
    path: Path,
    root: Path,
    store: Store,
    writer: warc.WarcWriter,
    source_of: Callable[[str], str],
    report: warc.Report,
) -> Iterator[Capture]:
    """A saved page as the response of the address that it names, captured when it says it was saved, else when the file
    was last changed."""
    try:
        body = path.read_bytes()
        at = _saved_at(body, datetime.fromtimestamp(int(path.stat().st_mtime), UTC))
    except OSError as error:
        report.problem(f"{path} cannot be read: {error.strerror}")
        return
    name = quote(os.fsencode(path.relative_to(root)))  # it need not be in UTF-8
    url = _address_of(body) or _PLACE + name
    if _is_known(store, url, at, records.digest(body)):
        report.pass_over(warc.KNOWN)
        return
    writer.write(
        Exchange(
            source=source_of(url),
            url=url,
            kind="page",
            fetched_at=at,
            status=200,
            reason="OK",
            request_headers=(),
            response_headers=(("Content-Type", "text/html"), ("X-Imported-From", name)),
            body=body,
            asked=url,
        )
    )
    yield from writer.sync()


def _saved_at(body: bytes, changed: datetime) -> datetime:
    """When SingleFile says that it saved a page, if that can be and is before its file was last changed; else that
    moment."""
    said = _SAVED_AT.search(body[:_MOST_OF_A_COMMENT].decode("utf-8", "replace"))
    if said is None:
        return changed
    try:
        saved = datetime.strptime(" ".join(said.groups()), "%b %d %Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return changed
    return min(changed, saved) if saved >= _FIRST_SAVED else changed


def _address_of(body: bytes) -> str:
    """The address that a saved page states, in the comment of what saved it, else as canonical or og:url; "" if it
    states none that may be archived."""
    try:
        tree = parse(body)
    except Unreadable:
        return ""
    stated = [
        *_SAVED_FROM.findall(body[:_MOST_OF_A_COMMENT].decode("utf-8", "replace")),
        *tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href"),
        *tree.xpath("//meta[@property = 'og:url' or @name = 'og:url']/@content"),
    ]
    return next((address for address in (urls.canonical(str(found)) for found in stated) if address), "")


def _named(host: str, sources: Mapping[str, str]) -> str:
    """The source of a host."""
    return sources.get(host) or re.sub(r"[^\w.-]", "-", host).strip(".") or "import"


def _is_known(store: Store, url: str, at: datetime, digest: str) -> bool:
    row = store.db.execute(
        "select 1 from captures where final_url = ? and coalesce(stated_at, fetched_at) = ? and digest = ?",
        (url, moment(at), digest),
    ).fetchone()
    return row is not None


def _articles(store: Store) -> int:
    return int(store.db.execute("select count(*) from articles").fetchone()[0])
