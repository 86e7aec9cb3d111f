"""Recovery at the start: adds records that are not in the tables yet, cuts off incomplete ones, reports missing ones.

The tables are compared with each file at one place: the newest record that they know. If it is not there, the file was
cut off, restored from an older copy or damaged; then the whole file is read, and what is missing is reported.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from archive import warc
from archive.core.counted import count
from archive.core.errors import WarcError
from archive.core.ids import capture_number
from archive.core.model import Capture
from archive.store.database import Store
from archive.store.rows import capture_from, moment

log = logging.getLogger(__name__)

_FILES = """
with recursive files (name) as (
    select min(warc_file) from captures
    union all select (select min(warc_file) from captures where warc_file > name) from files where name is not null
) select name from files where name is not null
"""
"""The WARC files that the tables know, found with the index only (https://sqlite.org/lang_with.html)."""


@dataclass(frozen=True)
class Recovered:
    """What was found in a WARC file that the tables did not know. `message` is for a person, or "".

    `torn_at` is where the file now ends; None if it ended with a complete record. `lost` counts the captures that the
    tables know and the file lacks; their rows stay.
    """

    warc_file: str
    captures: int
    torn_at: int | None = None
    dropped_bytes: int = 0
    message: str = ""
    lost: int = 0


def recover(
    directory: Path,
    store: Store,
    add: Callable[[Iterable[Capture]], None],
    stopping: Callable[[], bool] = lambda: False,
) -> tuple[Recovered, ...]:
    """Add the captures that the tables do not know, cut off incomplete records, and record both and losses as events.

    The time of such an event is the last change of the file. Reads one record of each file and what follows it; the
    whole file only if that record is not there. Raises WarcError if another process writes to a file. Returns early
    if asked to stop.
    """
    found: list[Recovered] = []
    there = warc.files(directory)
    for warc_file in there:
        if stopping():
            return tuple(found)
        found.append(_of_file(directory, store, warc_file, add))
    known = {row[0] for row in store.db.execute(_FILES).fetchall()}
    found += [_missing(store, warc_file) for warc_file in sorted(known.difference(there))]
    return tuple(item for item in found if item.captures or item.message)


def _of_file(directory: Path, store: Store, warc_file: str, add: Callable[[Iterable[Capture]], None]) -> Recovered:
    if warc.is_away(directory, warc_file) and _known(store, warc_file):
        return Recovered(warc_file, 0)  # complete and compared when it was moved: the storage need not be asked
    changed_at = datetime.fromtimestamp(warc.locate(directory, warc_file).stat().st_mtime, UTC)
    start = _known_end(directory, store, warc_file)
    recovery = warc.recover(directory, warc_file, start or 0)
    before = set() if start is not None else _ids(store, warc_file)
    lost = before - {capture_number(capture) for capture in recovery.kept}
    new = [capture for capture in recovery.kept if capture_number(capture) not in before]
    add(new)
    words = _words(warc_file, recovery)
    if lost:
        words.append(_lost_words(store, f"{warc_file} lacks", warc_file, len(lost)))
    item = Recovered(warc_file, len(new), recovery.torn_at, recovery.dropped_bytes, "; ".join(words), len(lost))
    if item.message:
        _note(store, warc_file, moment(changed_at), item.message)
    return item


def _missing(store: Store, warc_file: str) -> Recovered:
    """A WARC file that is missing although the tables know it."""
    count, newest = store.db.execute(
        "select count(*), max(fetched_at) from captures where warc_file = ?", (warc_file,)
    ).fetchone()
    message = _lost_words(store, f"{warc_file} is missing, and with it", warc_file, count)
    _note(store, warc_file, newest, message)
    return Recovered(warc_file, 0, message=message, lost=count)


def _known(store: Store, warc_file: str) -> bool:
    """Whether the tables know captures of a file."""
    return store.db.execute("select 1 from captures where warc_file = ? limit 1", (warc_file,)).fetchone() is not None


def _known_end(directory: Path, store: Store, warc_file: str) -> int | None:
    """Where the newest record ends that the tables know of a file; None where that record is not there."""
    newest = "select * from captures where warc_file = ? order by warc_offset desc, fetched_at desc limit 1"
    row = next(store.db.query(newest, (warc_file,)), None)
    if row is None:
        return 0
    try:
        warc.read(directory, capture_from(row))
    except WarcError:
        return None
    return int(row["warc_offset"] + row["warc_length"])


def _ids(store: Store, warc_file: str) -> set[int]:
    return {row[0] for row in store.db.execute("select id from captures where warc_file = ?", (warc_file,)).fetchall()}


def _lost_words(store: Store, what: str, warc_file: str, number: int) -> str:
    known = "select count(distinct article_id) from captures where warc_file = ?"
    articles = store.db.execute(known, (warc_file,)).fetchone()[0]
    return (
        f"{what} {count(number, 'capture')} that the tables know (the file is about {count(articles, 'article')})."
        " What the tables say of them stays. Put the file back from a backup; it may have been cut off, or restored"
        " from an older copy"
    )


def _words(warc_file: str, recovery: warc.Recovery) -> list[str]:
    parts: list[str] = []
    if recovery.torn_at is not None:
        parts.append(
            f"{warc_file} ended in the middle of a record: the last {recovery.dropped_bytes} bytes, which were never "
            "announced as archived, were cut off"
        )
    parts += [
        f"{warc_file} has {damage.length} unreadable bytes at {damage.offset}, which stay there: {damage.reason}"
        for damage in recovery.damaged
    ]
    return parts


def _note(store: Store, warc_file: str, at: str, message: str) -> None:
    log.warning("%s", message)
    source = PurePosixPath(warc_file).parent.name
    with store.writing() as db:
        seen = db.execute("select 1 from events where kind = 'recovered' and detail = ?", (message,)).fetchone()
        if not seen:
            db.execute(
                "insert into events (at, source, kind, detail) values (?, ?, 'recovered', ?)",
                (at, source, message),
            )
