"""Makes archive.db again from the WARC files, beside the old one, and replaces the old one when it is complete."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from archive import warc
from archive.boilerplate.decisions import FILE, load
from archive.core.counted import count
from archive.core.errors import ArchiveError, WarcError
from archive.core.model import Capture, Policy
from archive.ingest.pipeline import Ingest
from archive.store.bulk.connection import BUSY
from archive.store.database import Store
from archive.store.health.crawl_log import FILE as CRAWLS
from archive.store.opening.errors import explained
from archive.store.opening.files import remove_database, remove_log
from archive.store.runs import WatchedSource

_CHUNK = 200
_CARRIED = ("sources", "runs", "documents")
"""Tables whose content is not in WARC files: when sources were crawled, and with what result."""

_CARRIED_NEWER = ("contracts", "health", "hosts", "robots", "walk_pages", "backfills")
"""More of these tables, which databases of earlier versions do not have."""

_NAMED = ("first_seen", "named_at", "title", "published", "modified", "via", "claimed_at", "false_claims")
"""What feeds and lists said of an address."""

_FAILED = ("reason", "failures", "tries", "last_checked", "next_check")
"""How requests went that had no answer."""


@dataclass(frozen=True)
class RebuildProgress:
    """The progress of a rebuild: the present WARC file, its number among all, and the captures entered so far."""

    warc_file: str
    file: int
    files: int
    captures: int


@dataclass(frozen=True)
class Rebuilt:
    """The result of a rebuild. `problems` say in words what could not be read.

    `lost` counts the captures that the old database has and the new one would lack. If there are any, the old one stays
    in use (`replaced` is false), unless the caller accepts the loss.
    """

    warc_files: int
    captures: int
    articles: int
    problems: tuple[str, ...] = ()
    lost: int = 0
    replaced: bool = True


def rebuild(
    directory: Path,
    executor: Executor,
    policies: Mapping[str, Policy] | None = None,
    *,
    watched: Sequence[WatchedSource] | None = None,
    in_flight: int | None = None,
    accept_loss: bool = False,
    progress: Callable[[RebuildProgress], object] = lambda _: None,
) -> Rebuilt:
    """Make archive.db again from all WARC files. The caller holds `archive.core.files.writer_lock`.

    The old database stays if it has captures that the new one would lack: because a WARC file is missing or damaged, or
    because a page that was read before could not be read now. `accept_loss` replaces it even then.

    The old database is not changed until the new one is complete, so readers notice nothing. If the old one can be
    read, the history of crawls, the state of feeds and lists, and the addresses still to be fetched are copied from it;
    if not, the history of crawls comes from crawls.jsonl. A person's decisions are read from decisions.toml.
    `watched` are the sources that sources.toml names; None leaves the table `sources` as the crawls left it.
    """
    old, new = directory / "archive.db", directory / "archive.db.new"
    remove_database(new)
    try:
        made = _made(directory, new, old, executor, policies, in_flight, progress)
        if watched is not None:
            with Store(new) as store:
                store.watch(watched)
                store.db.execute("pragma wal_checkpoint(truncate)")
    except BaseException:
        remove_database(new)  # on a full disk the old one needs its space
        raise
    if made.lost and not accept_loss:
        remove_database(new)
        return replace(made, replaced=False)
    _put_in_place(new, old)
    return made


def _made(
    directory: Path,
    new: Path,
    old: Path,
    executor: Executor,
    policies: Mapping[str, Policy] | None,
    in_flight: int | None,
    progress: Callable[[RebuildProgress], object],
) -> Rebuilt:
    problems: list[str] = []
    files = warc.files(directory)
    with Store(new) as store:
        with Ingest(store, directory, executor, policies, in_flight=in_flight, reread_at_once=0) as ingest:
            ingest.decide(load(directory / FILE))
            for number, warc_file in enumerate(files, 1):
                captures = _captures(directory, warc_file, problems)
                while chunk := list(islice(captures, _CHUNK)):
                    ingest.add(chunk)
                    progress(RebuildProgress(warc_file, number, len(files), ingest.entered))
        articles = int(store.db.execute("select count(*) from articles").fetchone()[0])
        captured = int(store.db.execute("select count(*) from captures").fetchone()[0])
        problems += _unread(store)
        missing = _taken_over(store, old) if _readable(old) else []
        problems += [f"{name}: {count(lost, 'capture')} that archive.db has cannot be read" for name, lost in missing]
        if unreadable := store.restore_crawls().unreadable:
            problems.append(
                f"{CRAWLS}: {count(unreadable, 'line')} cannot be read; the crawls named there are left out"
            )
        store.judge_restored()
        store.db.execute("pragma wal_checkpoint(truncate)")
    lost = sum(number for _, number in missing)
    return Rebuilt(len(files), captured, articles, tuple(problems), lost)


def _taken_over(store: Store, old: Path) -> list[tuple[str, int]]:
    """Carry over what only the earlier database knows; returns the files of which it has captures that the new one has
    not, with their number."""
    with _attached(store, old):
        missing = _missing(store)
        _carry_over(store)
    return missing


def _captures(directory: Path, warc_file: str, problems: list[str]) -> Iterator[Capture]:
    """The captures of a file; what cannot be read is added to the problems."""

    def damaged(stretch: warc.Damage) -> None:
        problems.append(f"{warc_file}: {stretch.length} unreadable bytes at {stretch.offset}: {stretch.reason}")

    try:
        yield from warc.scan(directory, warc_file, damaged=damaged)
    except WarcError as error:
        problems.append(str(error))


def _unread(store: Store) -> list[str]:
    """The captures that could not be read although their records are there."""
    rows = store.db.execute(
        "select c.warc_file, u.reason, count(*) from unread u cross join captures c on c.id = u.capture_id"
        " group by 1, 2"
    ).fetchall()
    return [
        f"{warc_file}: {count(unread, 'capture')} could not be read yet: {reason}" for warc_file, reason, unread in rows
    ]


def _missing(store: Store) -> list[tuple[str, int]]:
    """By WARC file, how many captures only the old database has, or only the old one could read."""
    known = _shared_columns(store, "captures")
    dated = "coalesce(o.stated_at, o.fetched_at)" if "stated_at" in known else "o.fetched_at"
    rows = store.db.execute(
        "select o.warc_file, count(*) from old.captures o where not exists (select 1 from main.captures n"
        " where n.warc_file = o.warc_file and n.warc_offset = o.warc_offset"
        f" and coalesce(n.stated_at, n.fetched_at) = {dated}"
        " and n.digest = o.digest and (n.page_kind <> 'unread' or o.note <> '')) group by 1 order by 1"
    ).fetchall()
    return [(warc_file, count) for warc_file, count in rows]


@contextmanager
def _attached(store: Store, old: Path) -> Iterator[None]:
    """Attach the old database, read-only, as the schema `old`."""
    store.db.execute("attach ? as old", (f"{old.resolve().as_uri()}?mode=ro",))
    try:
        yield
    finally:
        store.db.execute("detach old")


def _carry_over(store: Store) -> None:
    """Copy what only the old database knows."""
    with store.writing() as db:
        for table in (*_CARRIED, *_CARRIED_NEWER):
            names = ", ".join(_shared_columns(store, table))
            if not names:
                continue
            db.execute(f"insert or replace into main.{table} ({names}) select {names} from old.{table}")
        _carry_over_addresses(store)
        names = ", ".join(_shared_columns(store, "events"))
        db.execute(
            f"insert into main.events ({names}) select {names} from old.events"
            " where article_id is null and kind not in ('redesigned', 'unavailable')"
        )


def _carry_over_addresses(store: Store) -> None:
    """Copy addresses that gave no article, and what was noted of the others beside their captures."""
    known = _shared_columns(store, "urls")
    names = ", ".join(known)
    store.db.execute(f"insert or ignore into main.urls ({names}) select {names} from old.urls where article_id is null")
    same = "from old.urls o where o.source = urls.source and o.key = urls.key and o.article_id is urls.article_id"
    later = " and o.last_checked > coalesce(urls.last_checked, '')"
    for noted, which in ((_NAMED, ""), (_FAILED, later)):
        columns = ", ".join(name for name in noted if name in known)
        values = ", ".join(f"o.{name}" for name in noted if name in known)
        store.db.execute(
            f"update main.urls set ({columns}) = (select {values} {same}{which}) where exists (select 1 {same}{which})"
        )


def _shared_columns(store: Store, table: str) -> list[str]:
    """The columns that old and new have in common, in the new order."""
    names = [
        [row[1] for row in store.db.execute(f"pragma {schema}.table_info({table})").fetchall()]
        for schema in ("main", "old")
    ]
    return [name for name in names[0] if name in names[1]]


def _readable(old: Path) -> bool:
    """Whether the old database can be read; it cannot if it is damaged or from another program."""
    if not old.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{old.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY)) as connection:
            tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
            if not {*_CARRIED, "urls", "events"} <= tables:
                return False
            return bool(connection.execute("pragma quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _put_in_place(new: Path, old: Path) -> None:
    """Replace the content in one transaction, so that open readers can go on; if that fails, rename the file."""
    if _readable(old):
        try:
            _copy(new, old)
        finally:
            remove_database(new)
        return
    try:
        remove_log(old)
        os.replace(new, old)
    except OSError as error:
        raise ArchiveError(f"{old} cannot be replaced: {error.strerror}. The new database is {new}.") from error
    remove_database(new)


def _copy(new: Path, old: Path) -> None:
    with (
        explained(old),
        closing(sqlite3.connect(new)) as source,
        closing(sqlite3.connect(old, timeout=BUSY)) as target,
    ):
        source.backup(target)
        target.execute("pragma wal_checkpoint(truncate)")
