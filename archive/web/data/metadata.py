"""Datasette's metadata: what it says of the archive and its tables, and how it sorts them."""

from __future__ import annotations

from typing import Any

from archive.web.data.columns import COLUMNS, TABLES

_SORTED = {"articles": "published_day", "revisions": "fetched_at", "captures": "fetched_at", "events": "at"}


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata: titles, descriptions and sort orders."""
    tables: dict[str, dict[str, Any]] = {
        name: {"description": text, "columns": COLUMNS.get(name, {})} for name, text in TABLES.items()
    }
    for name, column in _SORTED.items():
        tables[name]["sort_desc"] = column
    tables["articles"] |= {"fts_table": "articles_fts", "fts_pk": "id", "label_column": "title"}
    description = "Press releases as they were published, edited and taken down. Read-only; ask it anything in SQL."
    return {"title": "Dateline", "databases": {database: {"description": description, "tables": tables}}}
