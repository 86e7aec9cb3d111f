"""Moves sources from one archive to another: WARC files, rows, what a person wrote about them.

At no moment is anything in neither archive. First everything is copied, synced and compared; then the archive that
takes the sources notes that it has them; only then they are removed from the other one. Until the end both archives
have a mark (`archive.core.files.UNFINISHED`), so that no other command writes to them, and each step may be done
again: the same command finishes what was interrupted at any moment.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.core.errors import ArchiveError, DatelineError
from archive.core.files import BACKUP, UNFINISHED, atomic_write, sync_folder, writer_lock
from archive.shards import folders, rows, settings
from archive.store.database import Store
from archive.store.health.crawl_log import FILE as CRAWLS
from archive.store.repeated.stories import StoryStore
from archive.store.rows import capture_from
from archive.store.search import rows as query
from archive.warc.reader import files
from archive.warc.verify import Difference, verify

DATABASE = "archive.db"
_RESERVE = 32 * 1024 * 1024
"""Bytes that stay free on the disk."""


@dataclass(frozen=True)
class Move:
    """Which sources go from which archive to which."""

    giving: Path
    taking: Path
    sources: frozenset[str]

    def mark(self, copied: bool) -> dict[str, Any]:
        """What the marks of both archives say."""
        return {
            "from": str(self.giving.resolve()),
            "to": str(self.taking.resolve()),
            "sources": sorted(self.sources),
            "copied": copied,
        }


@dataclass(frozen=True)
class Moved:
    """What was moved. `problems` are faults of the records that were there before and moved along, in words."""

    sources: tuple[str, ...]
    giving: Path
    taking: Path
    captures: int
    articles: int
    warc_files: int
    warc_bytes: int
    problems: tuple[str, ...] = ()


def move(
    giving: Path,
    taking: Path,
    sources: Iterable[str],
    command: str,
    now: datetime,
    progress: Callable[[str], object] = lambda _: None,
) -> Moved:
    """Move sources, or all if none is named, from one archive to another; finishes a move that was interrupted.

    Sources that were moved already are counted as moved.
    `command` is what the locks of both archives say. Raises ArchiveError, and leaves both as they were, if a source is
    unknown or in both, one of the archives is in use, of another version or no archive, or the disk has too little
    room; SourcesError if a file with settings has a mistake.
    """
    _check_places(giving, taking)
    new = not taking.exists()
    taking.mkdir(parents=True, exist_ok=True)
    try:
        return _move(giving, taking, frozenset(sources), command, now, progress)
    except DatelineError:
        if new and not (taking / UNFINISHED).exists():
            shutil.rmtree(taking)
        raise


def _move(
    giving: Path,
    taking: Path,
    sources: frozenset[str],
    command: str,
    now: datetime,
    progress: Callable[[str], object],
) -> Moved:
    with ExitStack() as locks:
        for directory in (giving, taking):
            locks.enter_context(writer_lock(directory, command, now, despite=UNFINISHED))
        begun = _interrupted_move(giving, taking, sources)
        with Store(giving / DATABASE) as source, Store(taking / DATABASE) as target:
            if sources and not begun and _are_moved(source, target, giving, sources):
                return _result(Move(giving, taking, sources), target, ())
            order = Move(giving, taking, begun.sources if begun else _sources_to_move(source, giving, sources))
            if not begun:
                _check_new(order, source, target)
                _check_room(order)
                _write_marks(order, copied=False)
            problems = () if begun and begun.copied else _copy_or_undo(order, source, target, progress)
            moved = _result(order, target, problems)
            _remove(order, source, progress)
        _remove_marks(order)
    return moved


def _check_places(giving: Path, taking: Path) -> None:
    one, other = giving.resolve(), taking.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise ArchiveError(f"{giving} and {taking} are the same, or one is inside the other: name two archives.")
    if not (giving / DATABASE).is_file():
        raise ArchiveError(
            f"There is no archive at {giving}: archive.db is missing. Run `dateline rebuild` there first."
        )
    for directory in (giving, taking):
        if (directory / BACKUP).exists():
            raise ArchiveError(f"{directory} is a backup. Restore it first: copy it, and delete {BACKUP} in the copy.")
    known = {DATABASE, settings.SOURCES, UNFINISHED, "warc"}
    there = {path.name for path in taking.iterdir() if path.name[0] != "."} if taking.is_dir() else set()
    if there and not there & known:
        raise ArchiveError(f"{taking} is not empty and no archive: name an archive, or a new directory.")


@dataclass(frozen=True)
class _Interrupted:
    """What the mark of an interrupted move says: its sources, and whether they are copied and only to be removed."""

    sources: frozenset[str]
    copied: bool


def _interrupted_move(giving: Path, taking: Path, sources: frozenset[str]) -> _Interrupted | None:
    """The interrupted move, as the archive that takes knows it. Raises ArchiveError if that is another move."""
    found = None
    for directory in (giving, taking):
        try:
            mark = json.loads((directory / UNFINISHED).read_text(encoding="utf-8"))
        except FileNotFoundError:
            found = None
            continue
        found = _Interrupted(frozenset(mark["sources"]), mark["copied"])
        if mark != Move(giving, taking, sources or found.sources).mark(found.copied):
            raise ArchiveError(
                f"{directory}: a move of {', '.join(mark['sources'])} from {mark['from']} to {mark['to']} was"
                " interrupted. Nothing is lost. Run that command again first, to finish it."
            )
    return found


def _write_marks(order: Move, *, copied: bool) -> None:
    """The mark of the archive that takes comes first: what it says counts."""
    for directory in (order.taking, order.giving):
        with atomic_write(directory / UNFINISHED) as file:
            file.write(json.dumps(order.mark(copied), indent=2).encode() + b"\n")


def _remove_marks(order: Move) -> None:
    for directory in (order.giving, order.taking):
        (directory / UNFINISHED).unlink(missing_ok=True)
        sync_folder(directory)


def _known(store: Store, directory: Path) -> frozenset[str]:
    there = {path.name for path in (directory / "warc").glob("*/") if path.is_dir()}
    return frozenset(rows.sources_of(store.db) | there) | settings.watched(directory)


def _are_moved(source: Store, target: Store, giving: Path, sources: frozenset[str]) -> bool:
    """Whether the one archive has nothing of the sources and the other has all: the command came to its end before."""
    return not sources & _known(source, giving) and sources <= rows.sources_of(target.db)


def _sources_to_move(store: Store, giving: Path, named: frozenset[str]) -> frozenset[str]:
    known = _known(store, giving)
    unknown = named - known
    if unknown or not known:
        there = ", ".join(sorted(known)) or "none"
        raise ArchiveError(f"{giving} has no source {', '.join(sorted(unknown))}; there are: {there}.")
    return named or known


def _check_new(order: Move, giving: Store, taking: Store) -> None:
    """Refuse what is in both archives, and records that the tables do not have yet."""
    both = order.sources & _known(taking, order.taking)
    if both:
        raise ArchiveError(
            f"{order.taking} has a source {', '.join(sorted(both))} already. Two newsrooms of one name cannot be in one"
            " archive: nothing was moved."
        )
    for name in _files(order.giving, order.sources):
        end = giving.db.execute(
            "select max(warc_offset + warc_length) from captures where warc_file = ?", (name,)
        ).fetchone()[0]
        path = order.giving / name
        if path.exists() and path.stat().st_size > (end or 0) and _has_captures(order.giving, name, end or 0):
            raise ArchiveError(
                f"{name} in {order.giving} has records that its tables do not have yet. Run `dateline crawl` or"
                " `dateline rebuild` there first; nothing was moved."
            )


def _has_captures(directory: Path, name: str, start: int) -> bool:
    from_there = verify(directory, (), [name])
    return any(each.fault == "record without row" and (each.offset or 0) >= start for each in from_there)


def _check_room(order: Move) -> None:
    of_rows = (order.giving / DATABASE).stat().st_size
    needed = sum(folders.size(order.giving, source) for source in order.sources) + of_rows + _RESERVE
    free = shutil.disk_usage(order.taking).free
    if free < needed:
        raise ArchiveError(
            f"The disk of {order.taking} has {free / 1e6:,.0f} MB free, and the sources may need"
            f" {needed / 1e6:,.0f} MB. Make room, then try again; nothing was moved."
        )


def _copy_or_undo(order: Move, source: Store, target: Store, progress: Callable[[str], object]) -> tuple[str, ...]:
    """Copy everything, or nothing if something refuses; returns the faults of the records, in words."""
    try:
        problems = _copy(order, source, target, progress)
    except DatelineError:
        _undo(order, target)
        raise
    _write_marks(order, copied=True)
    return problems


def _undo(order: Move, target: Store) -> None:
    """Remove what was copied so far: the other archive still has all of it."""
    for name in order.sources:
        shutil.rmtree(order.taking / "warc" / name, ignore_errors=True)
    with target.writing() as db:
        rows.delete(db, order.sources)
    StoryStore(target).rebuild_stories()
    settings.remove(order.taking, order.sources)
    _remove_marks(order)


def _copy(order: Move, source: Store, target: Store, progress: Callable[[str], object]) -> tuple[str, ...]:
    for name in sorted(order.sources):
        folders.copy(order.giving, order.taking, name, lambda path: progress(path.name))
    progress("the tables")
    with rows.attach(target, order.giving / DATABASE):
        with target.writing() as db:
            rows.copy(db, order.sources)
        differing = rows.differing(target.db, order.sources)
    if differing:
        raise ArchiveError(
            f"The rows of {', '.join(differing)} in {order.taking} would not be those of {order.giving}. Nothing was"
            f" moved. Run `dateline rebuild` in {order.giving}, then try again."
        )
    StoryStore(target).rebuild_stories()
    settings.add(order.giving, order.taking, order.sources)
    progress("the records")
    faults = _faults(order, order.taking, target)
    new = set(faults).difference(_faults(order, order.giving, source)) if faults else ()
    if new:
        raise ArchiveError(f"The copy in {order.taking} is not right ({min(map(str, new))}): nothing was moved.")
    target.db.execute("pragma wal_checkpoint(truncate)").fetchall()  # the rows are on the disk, too
    return tuple(map(str, faults))


def _files(directory: Path, sources: frozenset[str]) -> list[str]:
    return [name for name in files(directory) if name.split("/")[1] in sources]


def _faults(order: Move, directory: Path, store: Store) -> list[Difference]:
    """What `dateline verify` would find in the files and rows of the sources."""
    chosen = json.dumps(sorted(order.sources))
    found = query(
        store.db.conn,
        "select * from captures where source in (select value from json_each(?)) order by warc_file, warc_offset",
        (chosen,),
    )
    return list(verify(directory, map(capture_from, found), _files(directory, order.sources)))


def _result(order: Move, target: Store, problems: tuple[str, ...]) -> Moved:
    counted = rows.counts(target.db, order.sources)
    there = [path for source in order.sources for path in folders.warc_files(order.taking, source)]
    sizes = [path.stat().st_size for path in there if path.name != CRAWLS]
    return Moved(
        tuple(sorted(order.sources)),
        order.giving,
        order.taking,
        counted["captures"],
        counted["articles"],
        len(sizes),
        sum(sizes),
        problems,
    )


def _remove(order: Move, source: Store, progress: Callable[[str], object]) -> None:
    """Remove from the one archive what the other has now."""
    progress("removing")
    settings.remove(order.giving, order.sources)
    with source.writing() as db:
        rows.delete(db, order.sources)
    StoryStore(source).rebuild_stories()
    for name in sorted(order.sources):
        folders.delete(order.giving, order.taking, name)
