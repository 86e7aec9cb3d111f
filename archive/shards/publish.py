"""Keeps one archive up to date over several others: a site, which is only read.

All tables change in one transaction, so a reader sees the site as it was or as it is now, and a command that was
killed leaves it as it was. WARC files are not copied: `warc/SOURCE` of the site is a link to the folder of the archive
that has the source. Stories are found among all sources.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.core.errors import ArchiveError
from archive.core.files import BACKUP, SITE, atomic_write, sync_folder, writer_lock
from archive.shards import log, rows, units
from archive.shards.units import SiteRows
from archive.store.database import Store
from archive.store.opening.errors import explained
from archive.store.opening.readonly import open_readonly
from archive.store.repeated.stories import StoryStore

DATABASE = "archive.db"
_FORMAT = "dateline-site-1"
_STATE = "create table if not exists published (mark text primary key, shard text not null) without rowid"


@dataclass(frozen=True)
class Published:
    """What a site has, and what this publication changed: so many articles and captures were written or deleted.

    `compared` names the archives that were compared row by row: at their first publication, after a rebuild, or where
    they are read-only.
    """

    site: Path
    archives: tuple[Path, ...]
    sources: int
    articles: int
    captures: int
    written: int
    deleted: int
    compared: tuple[Path, ...]


@dataclass(frozen=True)
class _Shard:
    """An archive at one moment: a connection that goes on to read that moment, and the mark left just before."""

    path: Path
    db: sqlite3.Connection
    mark: log.Mark | None
    sources: frozenset[str]


def publish(
    archives: Sequence[Path], site: Path, now: datetime, progress: Callable[[str], object] = lambda _: None
) -> Published:
    """Bring a site up to date with these archives, all there are: what came from others is removed from it.

    The archives may be written to meanwhile. Raises ArchiveError, and leaves the site as it was, if a source is in two
    of them, one is no archive or of another version, or the site is in use or is something else.
    """
    _check_places(archives, site)
    site.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(writer_lock(site, "dateline publish", now, despite=SITE))
        if not (site / SITE).exists():
            _write_mark(site, archives, None)
        store = stack.enter_context(Store(site / DATABASE))
        shards = [stack.enter_context(_open_shard(path)) for path in archives]
        owners = _owners(shards)
        _link(site, owners)
        done = _Publication(store, shards, progress).run(site)
        _unlink(site, owners)
        _write_mark(site, archives, now)
    return done


def _check_places(archives: Sequence[Path], site: Path) -> None:
    places = [path.resolve() for path in archives]
    if len(set(places)) < len(places):
        raise ArchiveError("The same archive is named twice.")
    for path in archives:
        if (path / SITE).exists():
            raise ArchiveError(f"{path} is itself a site over other archives: name those.")
    for path, place in zip(archives, places, strict=True):
        target = site.resolve()
        if target == place or target in place.parents or place in target.parents:
            raise ArchiveError(f"{site} and {path} are the same, or one is inside the other: name another directory.")
    if site.is_dir() and not (site / SITE).exists() and any(path.name[0] != "." for path in site.iterdir()):
        raise ArchiveError(f"{site} is not empty and no site that `dateline publish` made: name a new directory.")


def _write_mark(site: Path, archives: Iterable[Path], at: datetime | None) -> None:
    stated = {
        "format": _FORMAT,
        "archives": [str(path.resolve()) for path in archives],
        "published": at and at.isoformat(timespec="seconds"),
    }
    with atomic_write(site / SITE) as file:
        file.write(json.dumps(stated, indent=2).encode() + b"\n")


@contextmanager
def _open_shard(directory: Path) -> Iterator[_Shard]:
    path = directory / DATABASE
    with open_readonly(path):
        pass  # says what is wrong with it, before a mark is left
    may_write = os.access(path, os.W_OK) and os.access(directory, os.W_OK) and not (directory / BACKUP).exists()
    mark = log.leave_mark(path) if may_write else None
    with open_readonly(path) as db, explained(path):
        db.isolation_level = None
        db.execute("begin")
        names = frozenset(rows.sources_of(db))
        yield _Shard(directory, db, mark, names)


def _owners(shards: Iterable[_Shard]) -> dict[str, _Shard]:
    owners: dict[str, _Shard] = {}
    for shard in shards:
        for name in shard.sources:
            other = owners.setdefault(name, shard)
            if other is not shard:
                raise ArchiveError(
                    f"Both {other.path} and {shard.path} have a source {name}. A site has each source once: if it is"
                    " the same newsroom, leave it in one of them. If not, one needs another name: in its archive,"
                    f" rename the folder warc/{name}, write the new name into sources.toml, decisions.toml and"
                    " clock.toml, delete archive.db, and run `dateline rebuild`. The site stays as it was."
                )
    return owners


def _link(site: Path, owners: Mapping[str, _Shard]) -> None:
    """Make the links to the folders of WARC files, before rows refer to them."""
    folder = site / "warc"
    folder.mkdir(exist_ok=True)
    for name, shard in owners.items():
        link, target = folder / name, (shard.path / "warc" / name).resolve()
        if (link.is_symlink() and link.readlink() == target) or not target.is_dir():
            continue
        if link.exists() and not link.is_symlink():
            raise ArchiveError(f"{link} is not a link that `dateline publish` made. Move it away, then publish again.")
        part = folder / f".{name}.link"
        part.unlink(missing_ok=True)
        part.symlink_to(target)
        part.replace(link)
    sync_folder(folder)


def _unlink(site: Path, owners: Mapping[str, _Shard]) -> None:
    for link in (site / "warc").iterdir():
        if link.is_symlink() and link.name not in owners:
            link.unlink()


class _Publication:
    """One transaction of a site's database that makes it what its archives are."""

    def __init__(self, store: Store, shards: Sequence[_Shard], progress: Callable[[str], object]) -> None:
        self.store = store
        self.shards = shards
        self.progress = progress
        self.site = SiteRows(store.db)
        self.compared: list[Path] = []

    def run(self, site: Path) -> Published:
        with self.store.writing() as db:
            db.execute(_STATE)
            changed = self._changed()
            written, deleted = map(sum, zip(*(self._write(kind, changed[kind]) for kind in units.KINDS), strict=True))
            self.progress("stories")
            StoryStore(self.store).rebuild_stories()
            db.execute("delete from published")
            marks = [(shard.mark.word, str(shard.path)) for shard in self.shards if shard.mark]
            db.conn.executemany("insert into published values (?, ?)", marks)
        return Published(
            site,
            tuple(shard.path for shard in self.shards),
            sum(len(shard.sources) for shard in self.shards),
            self._count("articles"),
            self._count("captures"),
            written,
            deleted,
            tuple(self.compared),
        )

    def _changed(self) -> dict[log.Kind, set[int | str]]:
        """The units that may not be on the site as they are in the archives."""
        changed: dict[log.Kind, set[int | str]] = {kind: set() for kind in units.KINDS}
        known = {row[0] for row in self.store.db.execute("select mark from published").fetchall()}
        for shard in self.shards:
            self.progress(str(shard.path))
            found = log.changes(shard.db, known)
            if found is None:
                self.compared.append(shard.path)
                found = units.differing(self.store.db, shard.db, shard.sources)
                changed["source"] |= shard.sources
            for kind, number in found:
                changed[kind].add(number)
        gone = rows.sources_of(self.store.db) - {name for shard in self.shards for name in shard.sources}
        for kind, number in units.of_sources(self.store.db, gone):
            changed[kind].add(number)
        return changed

    def _write(self, kind: log.Kind, changed: set[int | str]) -> tuple[int, int]:
        """Write units from the archives that have them, delete those that none has; returns how many of each."""
        written: set[int | str] = set()
        for shard in self.shards:
            self.progress(f"{shard.path}: {kind}s")
            numbers = changed & shard.sources if kind == "source" else changed
            written |= self.site.write(shard.db, kind, sorted(numbers, key=str))
        for number in changed - written:
            self.site.delete(kind, number)
        return (0, 0) if kind == "source" else (len(written), len(changed - written))

    def _count(self, table: str) -> int:
        return int(self.store.db.execute(f"select count(*) from {table}").fetchone()[0])
