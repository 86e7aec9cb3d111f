"""What others archived comes in: WARC and ARC files and folders of saved pages, copied into the archive's own WARCs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from archive import warc
from archive.core import urls
from archive.core.errors import ArchiveError, ForeignWarcError
from archive.core.model import Capture, Exchange
from archive.ingest.pipeline import Ingest
from archive.page.html import Unreadable, parse
from archive.store.database import Store
from archive.store.rows import moment
from archive.warc import records

_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_WARC = re.compile(r"\.w?arc(\.gz)?\Z", re.IGNORECASE)
_CHUNK = 100
_PLACE = "http://import.invalid/"
"""Where a saved page is said to come from when it does not say so itself (RFC 6761: a name that never resolves)."""


@dataclass(frozen=True)
class ImportProgress:
    """How far an import is: the file being read, its place among all, and captures copied so far."""

    path: Path
    file: int
    files: int
    captures: int


@dataclass(frozen=True)
class Imported:
    """What an import brought. `problems` are words about what could not be read."""

    files: int
    captures: int
    articles: int
    problems: tuple[str, ...]


def import_files(
    paths: Iterable[Path],
    ingest: Ingest,
    writer: warc.WarcWriter,
    sources: Mapping[str, str] | None = None,
    *,
    progress: Callable[[ImportProgress], object] = lambda _: None,
) -> Imported:
    """Copy WARC files, saved pages, and folders of either into the archive and ingest them; waits until all is done.

    `sources` names the source of a host (`archive.core.urls.host`); pages of other hosts go to a source named as the
    host. Captures that the archive has are passed over, so that an import may be repeated. Raises ArchiveError for a
    path that does not exist or holds nothing to import, and when the archive cannot be written.
    """
    known_sources = sources or {}
    problems: list[str] = []
    before = _articles(ingest.store)
    captures = 0
    files = list(_found(paths))
    ingest.look_back = 0  # each article that needs it is read again once, at the end
    for number, (path, root) in enumerate(files, 1):
        found = _copies(path, root, ingest.store, writer, lambda url: _source_of(url, known_sources), problems.append)
        while chunk := list(islice(found, _CHUNK)):
            captures += len(chunk)
            ingest.add(chunk)
            progress(ImportProgress(path, number, len(files), captures))
        if _WARC.search(path.name):
            ingest.flush()  # the next file may hold the same captures
        progress(ImportProgress(path, number, len(files), captures))
    ingest.flush()
    return Imported(len(files), captures, _articles(ingest.store) - before, tuple(problems))


def _found(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Every file to import, with the folder that its name is told from."""
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() and _importable(item))
            if not inside:
                raise ArchiveError(f"{path} holds no WARC file and no saved page (.html) to import.")
            yield from ((item, path) for item in inside)
        elif path.is_file():
            yield path, path.parent
        else:
            raise ArchiveError(f"{path} does not exist: name WARC files, saved pages or folders of them.")


def _importable(path: Path) -> bool:
    return path.suffix.lower() in _PAGES or bool(_WARC.search(path.name))


def _copies(
    path: Path,
    root: Path,
    store: Store,
    writer: warc.WarcWriter,
    source_of: Callable[[str], str],
    problem: Callable[[str], None],
) -> Iterator[Capture]:
    if path.suffix.lower() in _PAGES:
        yield from _saved_page(path, root, store, writer, source_of, problem)
        return
    try:
        yield from warc.copy_in(path, writer, source_of, lambda *identity: _is_known(store, *identity), problem)
    except ForeignWarcError as error:
        problem(str(error))


def _saved_page(
    path: Path,
    root: Path,
    store: Store,
    writer: warc.WarcWriter,
    source_of: Callable[[str], str],
    problem: Callable[[str], None],
) -> Iterator[Capture]:
    """A saved page as the response of the address it names, captured when the file was last changed."""
    try:
        body = path.read_bytes()
        at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError as error:
        problem(f"{path} cannot be read: {error.strerror}")
        return
    name = path.relative_to(root).as_posix()
    url = _address_of(body) or _PLACE + quote(name)
    if _is_known(store, url, at, records.digest(body)):
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
            response_headers=(("Content-Type", "text/html"), ("X-Imported-From", quote(name))),
            body=body,
            asked=url,
        )
    )
    yield from writer.sync()


def _address_of(body: bytes) -> str:
    """The address that a saved page says it had: og:url or canonical; "" when it says none that may be archived."""
    try:
        tree = parse(body)
    except Unreadable:
        return ""
    stated = [
        *tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href"),
        *tree.xpath("//meta[@property = 'og:url' or @name = 'og:url']/@content"),
    ]
    return next((address for address in (urls.canonical(str(found)) for found in stated) if address), "")


def _source_of(url: str, sources: Mapping[str, str]) -> str:
    host = urls.host(url)
    return sources.get(host) or re.sub(r"[^\w.-]", "-", host).strip(".") or "import"


def _is_known(store: Store, url: str, at: datetime, digest: str) -> bool:
    row = store.db.execute(
        "select 1 from captures where final_url = ? and fetched_at = ? and digest = ?", (url, moment(at), digest)
    ).fetchone()
    return row is not None


def _articles(store: Store) -> int:
    return int(store.db.execute("select count(*) from articles").fetchone()[0])
