"""The copies of robots.txt files that are kept for a day: rows of `robots`, one for each scheme, host and port.

All sources of a host share its copy. What a robots.txt said at other times is in the WARC files.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime

from archive.core.robots import RobotsCopy, robots_of
from archive.store.rows import moment, moment_or_none
from archive.store.schema import Database


def keep(db: Database, copy: RobotsCopy) -> None:
    """Keep a copy in the place of the earlier one."""
    db.execute(
        "insert or replace into robots (url, read_at, until, status, body, failing_since) values (?, ?, ?, ?, ?, ?)",
        (
            copy.url,
            _stored(copy.read_at),
            _stored(copy.until),
            copy.status,
            zlib.compress(copy.body) if copy.body else b"",
            _stored(copy.failing_since),
        ),
    )


def kept(db: Database, addresses: Iterable[str]) -> tuple[RobotsCopy, ...]:
    """The copies of the hosts of some addresses; the cost is that of one row for each host."""
    once = dict.fromkeys(map(robots_of, addresses))
    found = (db.execute("select * from robots where url = ?", (url,)).fetchone() for url in once)
    return tuple(_copy(*row) for row in found if row)


def _stored(at: datetime | None) -> str | None:
    return moment(at) if at else None


def _copy(
    url: str, read_at: str | None, until: str | None, status: int, body: bytes, failing_since: str | None
) -> RobotsCopy:
    plain = zlib.decompress(body) if body else b""
    return RobotsCopy(url, moment_or_none(read_at), moment_or_none(until), status, plain, moment_or_none(failing_since))
