"""The archive's database as the site reads it: our pages' own SQL in threads, all other SQL in processes with limits.

Opened again when another file takes its place. Datasette's time limit is asked between SQLite's steps and does not
reach into one function of SQL; so what a visitor writes or chooses runs where it can be ended (`bounded`), with limits
inside SQLite on the length of values, on memory, and on what may be asked at all (https://sqlite.org/security.html).
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import sqlite_timelimit
from datasette.views.base import DatasetteError

from archive.web.access import tables_with_rules
from archive.web.bounded import SEARCHING, Query, read_now, run_query, run_search
from archive.web.data.columns import TABLES
from archive.web.data.paging import in_one_order, table_asked
from archive.web.readonly import Held, open_readonly, renew
from archive.web.security import wants_csv
from archive.web.workers import Overrun, lanes

_SPELLING = "select name from sqlite_master where type in ('table', 'view') and name = ? collate nocase"
"""What Datasette asks before each permission of a table; of a table that is spelled as it should be, it is known."""

_OWN = {"PRAGMA schema_version", _SPELLING}
"""What Datasette asks for every page, ours too; it reads nothing but the schema and waits for no visitor's query."""

SLACK = 1.0
"""Seconds of processor time that a query may take beyond its limit by the clock; then its process is ended."""

T = TypeVar("T")


class FollowingDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """Datasette's database, but for a connection a thread that is renewed when archive.db is another file than before.

    `dateline rebuild` may put a new archive.db in the place of one that was deleted or damaged; without this the site
    would go on reading the old one. A file that is missing for a moment changes nothing.
    """

    def __init__(self, datasette: Datasette, path: str, is_mutable: bool = True) -> None:
        super().__init__(datasette, path, is_mutable=is_mutable)
        self._held = threading.local()
        self.pages = Reader(super().execute, self.execute_fn, datasette)
        self.searches = Searches(self)

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that can only read."""
        connection = open_readonly(Path(self.path), self.is_mutable)
        self._all_file_connections.append(connection)
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run a function with this thread's connection in one of Datasette's threads."""
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, lambda: fn(self._connection()))

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """Run a query. Raises sqlite3.Error, QueryInterrupted when it took too long, Busy when too many wait.

        What a page shows as its message would leave an empty file of CSV: there it is a DatasetteError.
        """
        if sql == _SPELLING and params and params[0] in TABLES:
            return Results([(params[0],)], False, ())
        if sql in _OWN:
            return await super().execute(sql, params)
        if truncate and table_asked.get():
            sql = in_one_order(sql, await self.primary_keys(table_asked.get()))
        try:
            return await self._execute_apart(sql, params, truncate, custom_time_limit, page_size)
        except sqlite3.DatabaseError as error:
            if truncate and wants_csv.get():
                raise DatasetteError(str(error), title="Invalid SQL", status=400) from error
            raise

    async def _execute_apart(
        self, sql: str, params: Any, truncate: bool, custom_time_limit: int | None, page_size: int | None
    ) -> Results:
        """Run a query in a process of the lane for SQL."""
        most = self.ds.max_returned_rows + (self.ds.max_returned_rows == (page_size or self.ds.page_size))
        milliseconds = min(custom_time_limit or self.ds.sql_time_limit_ms, self.ds.sql_time_limit_ms)
        query = Query(sql, _parameters(sql, params), most if truncate and most else None, milliseconds / 1000)
        with _interruptible(sql, params):
            columns, rows, truncated = await lanes().sql.run(
                query.seconds + SLACK, run_query, self.path, self.is_mutable, query
            )
        return Results(_as_rows(columns, rows), truncated, [(name, *[None] * 6) for name in columns])

    async def attached_databases(self) -> list[Any]:
        """None: nothing can be attached."""
        return []

    async def hidden_table_names(self) -> list[str]:
        """Every table that is Dateline's memory: those that have no description for visitors."""
        return sorted(set(await self.table_names()) - set(TABLES))

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Rows of the tables that visitors are shown; None ("many rows") for those of memory, which nobody counts."""
        shown = [name for name in await self.table_names() if name in TABLES]
        counts: dict[str, int | None] = dict.fromkeys(await self.table_names())
        for name in shown:
            known = "select coalesce(sum(articles), 0) from search_groups" if name == "articles" else ""
            try:
                found = await self.execute(known or f"select count(*) from [{name}]", custom_time_limit=limit)
                counts[name] = found.rows[0][0]
            except (QueryInterrupted, sqlite3.Error):
                continue
        return counts

    async def label_column_for_table(self, table: str) -> str | None:
        """Datasette's, but none for a table that not everybody may see: its titles would stand in tables beside it."""
        if table.lower() in {name.lower() for name in tables_with_rules(self.ds)}:
            return None
        label: str | None = await super().label_column_for_table(table)
        return label

    def _connection(self) -> sqlite3.Connection:
        held: Held | None = getattr(self._held, "connection", None)
        self._held.connection = renew(held, Path(self.path), self._open)
        connection: sqlite3.Connection = self._held.connection.connection
        return connection

    def _open(self) -> sqlite3.Connection:
        connection = self.connect()
        self.ds._prepare_connection(connection, self.name)
        return connection


class Reader:
    """The part of a database that reading pages need: it runs SQL of our own."""

    def __init__(self, run: Callable[[str, Any], Any], run_with: Callable[[Any], Any], datasette: Datasette) -> None:
        self._run = run
        self._run_with = run_with
        self._datasette = datasette

    async def execute(self, sql: str, params: Any = None) -> Results:
        """Run a query."""
        return await self._run(sql, params)

    async def at_once(self, read: Callable[..., Coroutine[Any, Any, T]], *asked: Any) -> T:
        """What a function of `archive.web.queries` gives, called with a reader and these arguments.

        All its queries are run in one go: a busy site then waits for one answer of a thread, not for one after each.
        Raises sqlite3.Error, QueryInterrupted when it took too long.
        """

        def work(connection: sqlite3.Connection) -> T:
            with sqlite_timelimit(connection, self._datasette.sql_time_limit_ms):
                return read_now(connection, read, asked)

        with _interruptible(read.__name__, {}):
            found: T = await self._run_with(work)
        return found


class Searches:
    """Runs whole searches in worker processes, so that nothing but what a page shows goes from there to here.

    Who asks for what is being looked for already waits for the same answer.
    """

    def __init__(self, database: FollowingDatabase) -> None:
        self._database = database
        self._under_way: dict[Any, asyncio.Task[Any]] = {}

    async def run(self, search: Callable[..., Coroutine[Any, Any, T]], *asked: Any) -> T:
        """What a function of `archive.web.queries` gives, called with a reader and these (hashable) arguments.

        Raises sqlite3.Error, QueryInterrupted when it took too long, Busy when too many wait.
        """
        key = (search, asked)
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.ensure_future(self._run(search, asked))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        answer: T = await asyncio.shield(task)
        return answer

    async def _run(self, search: Callable[..., Any], asked: tuple[Any, ...]) -> Any:
        path, mutable = self._database.path, self._database.is_mutable
        with _interruptible(search.__name__, {}):
            return await lanes().search.run(SEARCHING + SLACK, run_search, path, mutable, search, asked)


@contextmanager
def _interruptible(sql: str, params: Any) -> Iterator[None]:
    """Work that may be ended by its limits: then Datasette's QueryInterrupted is raised."""
    try:
        yield
    except Overrun as error:
        raise QueryInterrupted(error, sql, params) from error
    except sqlite3.OperationalError as error:
        if error.args == ("interrupted",):
            raise QueryInterrupted(error, sql, params) from error
        raise


def _parameters(sql: str, params: Any) -> Any:
    """Parameters as plain values. Datasette's may be a mapping that makes some of them when they are asked for."""
    if params is None or not isinstance(params, Mapping):
        return tuple(params or ())
    found = {}
    for name in set(re.findall(r"[:@$](\w+)", sql)):
        try:
            found[name] = params[name]
        except KeyError:
            continue  # SQLite says which is missing, if it is one
    return found


def _as_rows(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[sqlite3.Row]:
    """Rows as Datasette wants them. They need a cursor that has the columns' names."""
    if not rows:
        return []
    names = ", ".join(f'''null as "{name.replace('"', '""')}"''' for name in columns)
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.execute(f"select {names}")
        return [sqlite3.Row(cursor, row) for row in rows]
    finally:
        connection.close()
