"""At the start: what reached the WARC files but not the tables, and the torn record that a crash may have left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from archive import warc
from archive.core.model import Capture
from archive.store.database import Store
from archive.store.rows import moment

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recovered:
    """What was found in a WARC file beyond what the tables knew. `message` is words for a person, or "".

    `torn_at` is where the file now ends, None when it ended with a whole record.
    """

    warc_file: str
    captures: int
    torn_at: int | None = None
    dropped_bytes: int = 0
    message: str = ""


def recover(
    directory: Path,
    store: Store,
    add: Callable[[Iterable[Capture]], None],
    stopping: Callable[[], bool] = lambda: False,
) -> tuple[Recovered, ...]:
    """Add the captures of every WARC file beyond the last one known, cut torn tails off, and note these as events.

    The moment of such an event is the file's last change, when its writer was interrupted. Costs a look at each file's
    end, not a reading of it. Raises WarcError when another process appends to a file.
    """
    found: list[Recovered] = []
    for warc_file in warc.files(directory):
        if stopping():
            break
        changed_at = datetime.fromtimestamp(warc.locate(directory, warc_file).stat().st_mtime, UTC)
        recovery = warc.recover(directory, warc_file, _known_end(store, warc_file))
        add(recovery.kept)
        item = Recovered(
            warc_file, len(recovery.kept), recovery.torn_at, recovery.dropped_bytes, _words(warc_file, recovery)
        )
        if item.message:
            log.warning("%s", item.message)
            _note(store, warc_file, changed_at, item.message)
        if item.captures or item.message:
            found.append(item)
    return tuple(found)


def _known_end(store: Store, warc_file: str) -> int:
    row = store.db.execute(
        "select warc_offset + warc_length from captures where warc_file = ? order by warc_offset desc limit 1",
        (warc_file,),
    ).fetchone()
    return int(row[0]) if row else 0


def _words(warc_file: str, recovery: warc.Recovery) -> str:
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
    return "; ".join(parts)


def _note(store: Store, warc_file: str, at: datetime, message: str) -> None:
    source = PurePosixPath(warc_file).parent.name
    with store.writing() as db:
        seen = db.execute("select 1 from events where kind = 'recovered' and detail = ?", (message,)).fetchone()
        if not seen:
            db.execute(
                "insert into events (at, source, kind, detail) values (?, ?, 'recovered', ?)",
                (moment(at), source, message),
            )
