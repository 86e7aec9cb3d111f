"""An archive read in this thread, as the pages' queries need it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Found:
    rows: list[Any]


class Database:
    """An archive read in this thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    async def execute(self, sql: str, params: Any = None) -> Found:
        return Found(self.connection.execute(sql, params or ()).fetchall())


def got(asked: Coroutine[Any, Any, T]) -> T:
    """What a query gives."""
    return asyncio.run(asked)
