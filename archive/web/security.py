"""Response headers for every page of the site, and limits for every database connection: the safe host."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

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

TABLES = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""For Datasette's pages of tables and SQL: its own script files, never an inline one."""

_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"SAMEORIGIN",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
_VALUE_LIMIT = 64 * 1024 * 1024  # bytes of one SQL value: zeroblob() and friends stop here
_PATTERN_LIMIT = 200  # characters of a LIKE pattern: longer ones can take time without end


def guarded(application: Application) -> Application:
    """The application with security headers on each response that does not bring its own."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _completed(list(message.get("headers", [])))}
            await send(message)

        await application(scope, receive, send_guarded if scope["type"] == "http" else send)

    return guard


def _completed(headers: list[Any]) -> list[Any]:
    present = {bytes(name).lower() for name, _ in headers}
    wanted = {**_ALWAYS, b"content-security-policy": TABLES.encode()}
    return headers + [[name, value] for name, value in wanted.items() if name not in present]


def limit_connection(connection: sqlite3.Connection) -> None:
    """Keep one reader's SQL from exhausting memory, writing, or reaching other files."""
    connection.execute("pragma query_only = 1")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VALUE_LIMIT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _PATTERN_LIMIT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
