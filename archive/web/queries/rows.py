"""Running the SQL of our own pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Reader(Protocol):
    """The part of Datasette's Database that reading needs."""

    async def execute(self, sql: str, params: Any = None) -> Any: ...


async def rows(db: Reader, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Any]:
    """The rows of a query."""
    return list((await db.execute(sql, parameters)).rows)


async def row(db: Reader, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> Any | None:
    """The first row of a query, or None."""
    found = await rows(db, sql, parameters)
    return found[0] if found else None


async def number(db: Reader, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> int:
    """The one number that a query gives."""
    return int((await rows(db, sql, parameters))[0][0])
