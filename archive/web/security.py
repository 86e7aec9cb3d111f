"""What every request and every response passes, and limits for every database connection: the safe host."""

from __future__ import annotations

import asyncio
import codecs
import csv
import io
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response

from archive.export.spreadsheet import plain_cell
from archive.text.diff import compare, marked
from archive.text.fulltext import match_query, snippet
from archive.web.data.paging import table_asked, table_at
from archive.web.rates import Visitors

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

READING = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""For our own pages: no script at all."""

SAVING = f"{READING}; script-src 'self'"
"""For the page of a chart: our own script files, one of which saves it as PNG."""

TABLES = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""For Datasette's pages of tables and SQL: its own script files, never an inline one."""

ANSWER_WITHIN = 20.0
"""Seconds after which a request that has no answer yet gets 503; what was under way for it is given up."""

wants_csv: ContextVar[bool] = ContextVar("wants_csv", default=False)
"""Whether the request under way asks for a file of CSV, which has no place for a message."""

_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"SAMEORIGIN",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?")
_LATE = "This took longer than a page may take here, and was given up. Ask for less at once."
_TOO_OFTEN = "Your address asks for pages that cost this server much faster than it may. Try again in {} seconds."
_VALUE_LIMIT = 64 * 1024**2
"""Bytes of one value in the SQL of our pages."""

_VISITORS_VALUE_LIMIT = 16 * 1024**2
"""Bytes of one value in SQL that visitors write."""

_HEAP_LIMIT = 192 * 1024**2
"""Bytes that SQLite may take for a visitor's query, sorting included."""

_PATTERN_LIMIT = 200
"""Characters of a LIKE pattern: longer ones can take time without end."""

_WORDS = 10_000
"""Characters of a search that dateline_query() reads."""

_COMPARED = 200_000
"""Characters of a text that word_diff() and excerpt() look at."""

_PRAGMAS = {
    "data_version", "foreign_key_list", "index_info", "index_list", "index_xinfo", "schema_version", "table_info",
    "table_list", "table_xinfo",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")  # as SQLite writes it; text that looks so runs nothing either
_FUNCTIONS = {"fts3_tokenizer", "load_extension"}  # a pointer into memory; code
_NEVER = {
    sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_CREATE_TEMP_INDEX, sqlite3.SQLITE_CREATE_TEMP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER, sqlite3.SQLITE_CREATE_TEMP_VIEW, sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_SAVEPOINT, sqlite3.SQLITE_TRANSACTION,
}  # fmt: skip


# Requests -----------------------------------------------------------------------------------------------------------


def answering_to(application: Application, names: Iterable[str], proxies: Iterable[str]) -> Application:
    """The application, for requests to one of these host names, to loopback, or to the address they came in at.

    Another name is 421 (RFC 9110, 15.5.20): it may be a stranger's that leads here (DNS rebinding). A proxy among
    `proxies` says by X-Forwarded-Host and X-Forwarded-Proto what was asked of it, and by X-Forwarded-For by whom.
    """
    known = {name.lower().strip("[]").rstrip(".") for name in (*_LOOPBACK, *names)}
    trusted = frozenset(proxies)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        if trusted and (scope.get("client") or ("",))[0] in trusted:
            scope = _as_the_proxies_say(scope, trusted)
        named = _header(scope, b"host")
        match = _HOST.fullmatch(named.lower())
        here = str((scope.get("server") or ("",))[0])
        if named and match is None:
            await refusal("The Host header of this request is none.", 400).asgi_send(send)
        elif match and match[1].strip("[]").rstrip(".") not in {*known, here}:
            said = f"This server does not answer for {match[1]}. If it should: dateline serve --host-name {match[1]}"
            await refusal(said, 421).asgi_send(send)
        else:
            await application(scope, receive, send)

    return answer


def _as_the_proxies_say(scope: Scope, trusted: frozenset[str]) -> Scope:
    scheme = _header(scope, b"x-forwarded-proto").rpartition(",")[2].strip().lower()
    host = _header(scope, b"x-forwarded-host").rpartition(",")[2].strip()
    headers = scope["headers"]
    if host:
        headers = [(b"host", host.encode("latin-1")), *(pair for pair in headers if pair[0].lower() != b"host")]
    asking = [each.strip() for each in ",".join(_headers(scope, b"x-forwarded-for")).split(",")]
    client = next((each for each in reversed(asking) if each and each not in trusted), None)
    return {
        **scope,
        "headers": headers,
        "scheme": scheme if scheme in ("http", "https") else scope["scheme"],
        "client": (client, 0) if client else scope["client"],
    }


def _header(scope: Scope, name: bytes) -> str:
    return next(iter(_headers(scope, name)), "")


def _headers(scope: Scope, name: bytes) -> list[str]:
    """The lines of a header, which are one list in their order (RFC 9110, section 5.3)."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def refusal(message: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """An answer in plain words, for what never reaches a page."""
    always = {name.decode(): value.decode() for name, value in _ALWAYS.items()}
    policy = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
    return Response.text(message, status=status, headers={**always, **policy, **(headers or {})})


def guarded(application: Application, base_url: str = "/", visitors: Visitors | None = None) -> Application:
    """The application with methods checked, an end to waiting, and security headers on each response.

    `visitors` says how often each of them may ask for expensive pages; None is no limit.
    """
    writing = f"{base_url}-/".encode()

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        method, path = scope["method"], scope.get("raw_path") or scope["path"].encode()
        if method not in ("GET", "HEAD") and not (method == "POST" and path.startswith(writing)):
            allow = {"Allow": "GET, HEAD"}
            await refusal(f"{method[:20]} is not possible here: this site can only be read.", 405, allow).asgi_send(
                send
            )
            return
        here = f"/{scope['path'].removeprefix(base_url)}" if base_url != "/" else scope["path"]
        wants_csv.set(here.endswith(".csv"))
        asked = tilde_decode(here)  # as Datasette reads the names of databases and tables
        table_asked.set(table_at(asked))
        wait = visitors.wait((scope.get("client") or ("",))[0], asked, time.monotonic()) if visitors else 0
        if wait:
            await refusal(_TOO_OFTEN.format(wait), 429, {"Retry-After": str(wait)}).asgi_send(send)
            return
        await _in_time(application, scope, receive, _Guarded(send, path))

    return guard


async def _in_time(application: Application, scope: Scope, receive: Receive, send: _Guarded) -> None:
    """Run the application, and answer for it when it has not begun to answer in time."""
    work = asyncio.ensure_future(application(scope, receive, send))
    begun = asyncio.ensure_future(send.begun.wait())
    try:
        await asyncio.wait((work, begun), timeout=ANSWER_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        if work.done() or begun.done():
            await work
            return
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        if not send.begun.is_set():
            await refusal(_LATE, 503, {"Retry-After": "10"}).asgi_send(send)
    finally:
        begun.cancel()
        work.cancel()


class _Guarded:
    """`send` of a response: adds headers that it does not bring, and defuses cells of CSV."""

    def __init__(self, send: Send, path: bytes) -> None:
        self.begun = asyncio.Event()
        self._send = send
        self._path = path
        self._cells: Cells | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            kind = next((value for name, value in headers if bytes(name).lower() == b"content-type"), b"")
            if kind.startswith(b"text/csv") or (kind.startswith(b"text/plain") and b".csv" in self._path):
                self._cells = Cells()
            message = {**message, "headers": _completed(headers)}
            self.begun.set()
        elif self._cells is not None and message["type"] == "http.response.body":
            last = not message.get("more_body", False)
            message = {**message, "body": self._cells.add(bytes(message.get("body", b"")), last)}
        await self._send(message)


def _completed(headers: list[Any]) -> list[Any]:
    present = {bytes(name).lower() for name, _ in headers}
    wanted = {**_ALWAYS, b"content-security-policy": TABLES.encode()}
    return headers + [[name, value] for name, value in wanted.items() if name not in present]


class Cells:
    """A stream of CSV in which no cell is a formula (`archive.export.spreadsheet`). Rows may come in any pieces."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pieces: list[str] = []
        self._quotes = 0

    def add(self, piece: bytes, last: bool) -> bytes:
        """The rows that are whole by now, as bytes."""
        text = self._decoder.decode(piece, last)
        self._pieces.append(text)
        self._quotes += text.count('"')
        if not last and (self._quotes % 2 or not text.endswith("\n")):
            return b""
        rows = csv.reader(io.StringIO("".join(self._pieces), newline=""))
        self._pieces, self._quotes = [], 0
        out = io.StringIO(newline="")
        csv.writer(out).writerows(map(_plain_cell, row) for row in rows)
        return out.getvalue().encode()


def _plain_cell(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else plain_cell(cell)


csv.field_size_limit(_VALUE_LIMIT)


# Connections --------------------------------------------------------------------------------------------------------


def prepare(connection: sqlite3.Connection) -> None:
    """Bounds for every reader's SQL, and functions that help.

    dateline_query(words): words as a safe full-text query; escape_fts(words), by which Datasette searches a table, is
    the same. word_diff(old, new): the new text with the words that went in [-brackets-] and those that came in
    {+braces+}, as `git diff --word-diff` writes them. excerpt(text, words): the passage where the words stand, those in
    [brackets].
    """
    for name in ("dateline_query", "escape_fts"):
        connection.create_function(name, 1, _query, deterministic=True)
    connection.create_function("word_diff", 2, _word_diff, deterministic=True)
    connection.create_function("excerpt", 2, _excerpt, deterministic=True)
    connection.execute("pragma query_only = 1")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VALUE_LIMIT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _PATTERN_LIMIT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def _query(words: object) -> str:
    return match_query(str(words or "")[:_WORDS]) or '""'


def _word_diff(old: object, new: object) -> str | None:
    if not (isinstance(old, str) and isinstance(new, str)):
        return None
    paragraphs = compare(old[:_COMPARED], new[:_COMPARED])
    return "\n\n".join(marked(each.runs) for each in paragraphs)


def _excerpt(text: object, words: object) -> str | None:
    if not isinstance(text, str):
        return None
    found = snippet(" ".join(text[:_COMPARED].split()), str(words or ""))
    shown, at = "", 0
    for start, end in found.hits:
        shown += f"{found.text[at:start]}[{found.text[start:end]}]"
        at = end
    return shown + found.text[at:]


def restrict(connection: sqlite3.Connection) -> None:
    """Tighter bounds, for SQL that visitors write: short values, little memory, no file but the archive's, no paths.

    The limit on memory is that of the whole process.
    """
    connection.text_factory = lambda value: str(value, "utf-8", "replace")
    connection.execute("pragma temp_store = memory")
    connection.execute(f"pragma hard_heap_limit = {_HEAP_LIMIT}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VISITORS_VALUE_LIMIT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 100)
    connection.setlimit(sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0)
    connection.set_authorizer(_authorized)


def _authorized(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action in _NEVER or (action == sqlite3.SQLITE_PRAGMA and first not in _PRAGMAS):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
