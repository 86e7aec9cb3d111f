"""Datasette's metadata: what it says of the archive and its tables, and how it sorts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.text.wording import weblink
from archive.web.data.columns import COLUMNS, TABLES

_CREDITS = ("about", "source", "license")
_SORTED = {"articles": "published_day", "revisions": "fetched_at", "captures": "fetched_at", "events": "at"}


@dataclass(frozen=True)
class SiteWords:
    """What a site says of itself: its title, a description, and who made it and what others may do with it.

    `credits` are words and the addresses that they lead to, "" where there is none.
    """

    title: str = "Dateline"
    description: str = ""
    credits: tuple[tuple[str, str], ...] = ()


def site_words(configured: Mapping[str, Any]) -> SiteWords:
    """What the metadata file of a site says of it, in the fields that Datasette has for that."""
    said = {name: value.strip() for name, value in configured.items() if isinstance(value, str)}
    addresses = {name: weblink(said.get(f"{name}_url")) for name in _CREDITS}
    credits = [(said.get(name) or addresses[name], addresses[name]) for name in _CREDITS]
    title = said.get("title") or SiteWords.title
    return SiteWords(title, said.get("description", ""), tuple(credit for credit in credits if credit[0]))


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
