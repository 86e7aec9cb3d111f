"""Every row of a table stands on one of its pages, also where many have the same value in the column that sorts them.

Datasette sorts the first page by that column alone, and goes on behind it by the primary key, too: of rows with the
value at the border some came twice, and others never.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextvars import ContextVar

from archive.web.access import DATABASE

table_asked: ContextVar[str] = ContextVar("table_asked", default="")
"""The table whose rows the request under way asks for; "" for all else, such as SQL of a visitor's own."""

_ADDRESS = re.compile(rf"/{DATABASE}/([^/]+?)(\.\w+)?")
_FIRST_PAGE = re.compile(r"( order by (?:\[[^\]]+\]|\w+)(?: desc)?)( limit \d+)")


def table_at(path: str) -> str:
    """The table whose rows stand at a path of the site."""
    found = _ADDRESS.fullmatch(path)
    return found[1] if found else ""


def in_one_order(sql: str, keys: Sequence[str]) -> str:
    """Datasette's query for a first page, sorted on by the columns of the primary key; any other query as it is."""
    start = sql.rfind(" order by ")
    found = _FIRST_PAGE.fullmatch(sql, start) if start > 0 else None
    if found is None:
        return sql
    if not keys and sql.startswith("select rowid, "):
        keys = ["rowid"]
    return f"{sql[:start]}{found[1]}{''.join(f', [{key}]' for key in keys)}{found[2]}"
