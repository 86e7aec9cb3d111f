"""crawls.jsonl: when a source was crawled, and with what result. It lies beside its WARC files, which do not say this.

One line of JSON for each crawl that ended, or that found something before it was cut short, appended before the tables
have it. A line has the row of `runs`, and what `sources` and `health` said of the source then; empty values are left
out. If there are two lines of one crawl, the later one counts. `restore` brings the rows back to a new database.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.core.errors import ArchiveError
from archive.core.files import make_folder, sync_folder
from archive.store.rows import Row
from archive.store.schema import Database

FILE = "crawls.jsonl"

_OF_RUN = (
    *("id", "source", "started_at", "finished_at", "outcome", "requests", "captures", "articles", "edited", "gone"),
    *("errors", "message"),
)
_OF_SOURCE = ("title", "url", "last_ok", "last_error", "failures", "health", "health_since", "validators_false_at")
_OF_FINDING = ("kind", "about", "since", "words", "advice")
_OF_WALK = ("began_at", "finished_at", "found", "expected", "reached")
_TAIL = 65_536


@dataclass(frozen=True)
class Restored:
    """How many crawls came back, and how many lines of the file could not be read."""

    crawls: int = 0
    unreadable: int = 0


def note(db: Database, directory: Path, run: int) -> None:
    """Append a crawl that has just ended or found something. A new file begins with all crawls that ended before.

    Raises ArchiveError if the file cannot be written.
    """
    source = db.execute("select source from runs where id = ?", (run,)).fetchone()[0]
    path = directory / "warc" / source / FILE
    wanted, values = (
        ("id = ?", (run,)) if path.exists() else ("source = ? and (finished_at is not null or id = ?)", (source, run))
    )
    rows = db.query(f"select {', '.join(_OF_RUN)} from runs where {wanted} order by id = ?, id", (*values, run))
    _append(directory, path, [_line(db, row, newest=row["id"] == run) for row in list(rows)])


def counted(db: Database, run: int) -> tuple[int, int, int]:
    """What a crawl's row says that it found: new articles, edits, removals."""
    articles, edited, gone = db.execute("select articles, edited, gone from runs where id = ?", (run,)).fetchone()
    return articles, edited, gone


def restore(db: Database, directory: Path) -> Restored:
    """Bring back `runs`, and what `sources`, `health` and `backfills` say of each source after its newest crawl.

    Does nothing to a database that has crawls.
    """
    if db.execute("select 1 from runs limit 1").fetchone():
        return Restored()
    unreadable = sum(_restore_source(db, path) for path in sorted((directory / "warc").glob(f"*/{FILE}")))
    return Restored(int(db.execute("select count(*) from runs").fetchone()[0]), unreadable)


def _restore_source(db: Database, path: Path) -> int:
    """Bring back the crawls of one file; how many of its lines could not be read."""
    newest: Row = {}
    unreadable = 0
    for line in _lines(path):
        row = _read(line, path.parent.name)
        if row is None:
            unreadable += 1
            continue
        _restore_run(db, row)
        if row["started_at"] >= newest.get("started_at", ""):
            newest = row
        if "backfill" in row:
            _insert(db, "backfills", {"source": row["source"], **_only(row["backfill"], _OF_WALK)})
    if newest:
        _restore_state(db, newest)
    return unreadable


def _restore_run(db: Database, row: Row) -> None:
    """Bring back one row of `runs`: with its number, unless another has it, as a source of another archive may."""
    values = _only(row, _OF_RUN)
    sql = "select id from runs where source = ? and started_at = ?"
    known = db.execute(sql, (row["source"], row["started_at"])).fetchone()
    if known or db.execute("select 1 from runs where id = ?", (row["id"],)).fetchone():
        values["id"] = known[0] if known else None
    _insert(db, "runs", values)


def _restore_state(db: Database, row: Row) -> None:
    source = row["source"]
    db.execute("insert or ignore into sources (name, title, state) values (?, ?, 'unwatched')", (source, source))
    said = {"last_crawl": row["started_at"], **_only(row, _OF_SOURCE)}
    false_at = said.pop("validators_false_at", None)
    db.execute(
        f"update sources set {''.join(f'{name} = ?, ' for name in said)} validators_false_at ="
        " nullif(max(coalesce(validators_false_at, ''), coalesce(?, '')), '') where name = ?",
        (*said.values(), false_at, source),
    )
    for finding in row.get("findings", ()):
        _insert(db, "health", {"source": source, **_only(finding, _OF_FINDING)})


def _only(row: Row, names: Iterable[str]) -> Row:
    return {name: row[name] for name in names if name in row}


def _insert(db: Database, table: str, row: Row) -> None:
    marks = ", ".join("?" * len(row))
    db.execute(f"insert or replace into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


def _line(db: Database, run: Row, newest: bool) -> str:
    values: dict[str, Any] = {name: value for name, value in run.items() if value not in ("", None)}
    if newest:
        source = run["source"]
        (row,) = db.query(f"select {', '.join(_OF_SOURCE)} from sources where name = ?", (source,))
        values |= {name: value for name, value in row.items() if value not in ("", None)}
        findings = db.query(f"select {', '.join(_OF_FINDING)} from health where source = ?", (source,))
        if found := [dict(finding) for finding in findings]:
            values["findings"] = found
        walked = db.query(
            f"select {', '.join(_OF_WALK)} from backfills where source = ? and finished_at >= ?",
            (source, run["started_at"]),
        )
        for walk in walked:
            values["backfill"] = dict(walk)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _lines(path: Path) -> Iterator[bytes]:
    """The complete lines; a last one without its end was never written in full."""
    try:
        with path.open("rb") as file:
            yield from (line for line in file if line.endswith(b"\n") and line.strip())
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}. Make sure that you may read it.") from error


def _read(line: bytes, source: str) -> Row | None:
    """A line as a row of `source`: the name of its folder, as for WARC files, whatever the source was called before."""
    try:
        row = json.loads(line)
        fits = isinstance(row["id"], int) and isinstance(row["started_at"], str)
    except (ValueError, KeyError, TypeError):
        return None
    return {**row, "source": source} if fits else None


def _append(archive: Path, path: Path, lines: Iterable[str]) -> None:
    is_new = not path.exists()
    try:
        make_folder(path.parent, archive)
        with path.open("a+b") as file:
            file.truncate(_whole(path))
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(path.parent)
    except OSError as error:
        raise ArchiveError(
            f"{path} cannot be written: {error.strerror}. Make room or correct the permissions, then start again; "
            "what was fetched is safe in the WARC files."
        ) from error


def _whole(path: Path) -> int:
    """Where the last complete line ends: a process that was killed may have left the beginning of one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = max(0, size - _TAIL)
        file.seek(start)
        end = file.read().rfind(b"\n")
    return start + end + 1 if end >= 0 or not start else size
