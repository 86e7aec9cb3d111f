"""What runs in a worker process on archive.db: a visitor's query or a whole search, each within its limits.

The limits are those of time by the clock, of the rows and bytes of a result, and of what may be asked at all
(https://sqlite.org/security.html). Processor time and memory are bounded by `workers`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from datasette import sql_functions
from datasette.database import Results

from archive.web.readonly import Held, open_readonly, renew
from archive.web.security import prepare, restrict

RESULT_LIMIT = 24 * 1024**2
"""Bytes of text and blobs that one query may give; more is an error."""

SEARCHING = 2.0
"""Seconds by the clock that a search may take."""

CACHE_KB = 32 * 1024
"""Memory for pages of the database in each process that searches."""

T = TypeVar("T")

_STEPS = 1000
"""Steps of SQLite between two looks at the clock."""

_TOO_MUCH_MEMORY = "the query needs more memory than one query may take here"


@dataclass(frozen=True)
class Query:
    """SQL to run: at most `most` rows are read, and one more is noticed; `seconds` is by the clock."""

    sql: str
    parameters: Any
    most: int | None
    seconds: float


_held: dict[tuple[str, bool], Held] = {}
"""The connections of this worker process, by path and whether they are for SQL of our own."""


def run_search(
    path: str, is_mutable: bool, search: Callable[..., Coroutine[Any, Any, Any]], asked: Sequence[Any]
) -> Any:
    """What a search gives. Raises sqlite3.Error, "interrupted" after SEARCHING seconds."""

    def opened() -> sqlite3.Connection:
        connection = open_readonly(Path(path), is_mutable)
        connection.row_factory = sqlite3.Row
        connection.execute(f"pragma cache_size = -{CACHE_KB}")
        prepare(connection)
        return connection

    with _bounded(path, True, opened, SEARCHING) as connection:
        return read_now(connection, search, asked)


def run_query(path: str, is_mutable: bool, query: Query) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """Names of columns, rows, and whether there are more. Raises sqlite3.Error."""

    def opened() -> sqlite3.Connection:
        connection = open_readonly(Path(path), is_mutable)
        sql_functions.prepare_connection(connection)  # what Datasette's own pages use
        prepare(connection)
        restrict(connection)
        return connection

    with _bounded(path, False, opened, query.seconds) as connection:
        cursor = connection.execute(query.sql, query.parameters)
        rows = _read_rows(cursor, query.most)
        return (
            [column[0] for column in cursor.description or ()],
            rows,
            query.most is not None and (cursor.fetchone() is not None),
        )


@contextmanager
def _bounded(
    path: str, own: bool, opened: Callable[[], sqlite3.Connection], seconds: float
) -> Iterator[sqlite3.Connection]:
    """This process's connection, for so many seconds by the clock."""
    _held[path, own] = renew(_held.get((path, own)), Path(path), opened)
    connection = _held[path, own].connection
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield connection
    except MemoryError as error:
        raise sqlite3.OperationalError(_TOO_MUCH_MEMORY) from error
    except sqlite3.Error as error:
        raise type(error)(*error.args) from None  # as Python's own, without what cannot be sent
    finally:
        connection.set_progress_handler(None, 0)
        connection.rollback()


def _read_rows(cursor: sqlite3.Cursor, most: int | None) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes)) + 50 * len(row)
        if size > RESULT_LIMIT:
            raise sqlite3.OperationalError(f"the result has more than {RESULT_LIMIT // 1024**2} MB; ask for less")
        if len(rows) == most:
            break
    return rows


class _ReaderHere:
    """A reader of our own SQL in this thread, whose queries are answered at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, params: Any = None) -> Results:
        return Results(self._connection.execute(sql, params or ()).fetchall(), False, ())


def read_now(connection: sqlite3.Connection, read: Callable[..., Coroutine[Any, Any, T]], asked: Sequence[Any]) -> T:
    """What a function of `archive.web.queries` gives, called with a reader and these arguments, in this thread.

    Raises RuntimeError where it waits for something other than its reader.
    """
    work = read(_ReaderHere(connection), *asked)
    try:
        work.send(None)
    except StopIteration as end:
        found: T = end.value
        return found
    raise RuntimeError(f"{read.__name__} waits for something other than the archive")
