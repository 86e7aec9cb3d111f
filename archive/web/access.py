"""Who may see what: each page asks Datasette's permissions for every table whose content it shows.

A page is closed to whoever may not see its tables, as Datasette closes the tables themselves. Three rules of ours come
on top, each of which an `allow` block for that very table or query overrules: a table that holds words of releases is
closed when `articles` is, and one of Dateline's memory, which may hold words of earlier texts, when `revisions` is too;
a ready-made query is closed when a table that it reads is; and SQL of one's own is closed when a table is, since it
could read it (`allow_sql` in the file opens it again).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Forbidden, Request, Response

from archive.web.data.columns import TABLES

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

DATABASE = "archive"
"""The name of the archive's database in Datasette; `archive.db` gets it by itself."""

Actor = Mapping[str, Any] | None
Page = Callable[..., Awaitable[Response]]

_WITHOUT_WORDS = {"articles", "captures", "documents", "runs", "source_tags", "sources", "story_articles", "urls"}
"""Tables that hold nothing that a release says; `articles` itself decides for all others."""


async def may_see(datasette: Datasette, actor: Actor, table: str) -> bool:
    """Whether somebody may see a table of the archive; without a table, whether the site answers them at all."""
    chain = [("view-table", (DATABASE, table)), ("view-database", DATABASE)] if table else []
    try:
        await datasette.ensure_permissions(actor, [*chain, "view-instance"])
    except Forbidden:
        return False
    return True


async def visible(datasette: Datasette, actor: Actor, tables: Iterable[str]) -> frozenset[str]:
    """Those of the tables that somebody may see."""
    return frozenset([table for table in tables if await may_see(datasette, actor, table)])


def closed_like(page: Page, tables: tuple[str, ...]) -> Page:
    """The page, shown only to who may see all these tables; without tables, to whom the site answers at all."""

    @wraps(page)
    async def checked(datasette: Datasette, request: Request) -> Response:
        for table in tables or ("",):
            if not await may_see(datasette, request.actor, table):
                raise Forbidden("view-table" if table else "view-instance")
        return await page(datasette, request)

    return checked


async def decide(datasette: Datasette, actor: Actor, action: str, resource: Any) -> bool | None:
    """Our three rules for Datasette's `permission_allowed`: False where one closes what is asked for, else None."""
    if action == "view-table" and resource[0] == DATABASE and resource[1] not in _WITHOUT_WORDS:
        return await _all_seen(datasette, actor, () if _own_rule(datasette, resource[1]) else _like(resource[1]))
    if action == "view-query" and resource[0] == DATABASE:
        query = await datasette.get_canned_query(*resource, actor) or {}
        return await _all_seen(datasette, actor, () if query.get("allow") is not None else tables_read(query["sql"]))
    if action == "execute-sql" and resource == DATABASE and datasette.metadata("allow_sql", database=DATABASE) is None:
        return await _all_seen(datasette, actor, tables_with_rules(datasette))
    return None


def _like(table: str) -> tuple[str, ...]:
    """The tables along with which one that holds words of releases is closed."""
    return ("articles",) if table in TABLES else ("articles", "revisions")


async def _all_seen(datasette: Datasette, actor: Actor, tables: Iterable[str]) -> bool | None:
    for table in tables:
        if not await may_see(datasette, actor, table):
            return False
    return None


def _own_rule(datasette: Datasette, table: str) -> bool:
    return datasette.metadata("allow", database=DATABASE, table=table, fallback=False) is not None


def tables_with_rules(datasette: Datasette) -> tuple[str, ...]:
    """The tables that the site's file gives an `allow` block of their own."""
    tables = (datasette.metadata("databases") or {}).get(DATABASE, {}).get("tables") or {}
    return tuple(name for name, facts in tables.items() if facts.get("allow") is not None)


def tables_read(sql: str) -> tuple[str, ...]:
    """The tables that a ready-made query names after "from" and "join"."""
    named = re.findall(r"\b(?:from|join)\s+\[?\"?(\w+)", sql, re.IGNORECASE)
    return tuple(dict.fromkeys(name for name in named if not name.startswith("json_")))
