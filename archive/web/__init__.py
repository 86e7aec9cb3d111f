"""The archive as a site: a Datasette plugin with pages for readers in front of Datasette's tables, JSON, CSV and SQL.

Datasette imports this package while it is being imported itself, so nothing here may import datasette.app or
datasette.plugins. It wakes only where a database named "archive" is open: other databases look as they always did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Request
from markupsafe import Markup
from pluggy import HookimplMarker

from archive.fts import match_query
from archive.web import pages, queries
from archive.web.headers import Application, guarded, limit_connection
from archive.web.trouble import answer_to

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

hookimpl = HookimplMarker("datasette")  # as datasette.hookimpl, with types

_LINKED = {"article_id": "/article/", "origin_id": "/article/", "capture_id": "/capture/"}
_NUMBERED = {"articles": "/article/", "captures": "/capture/"}


def _awake(datasette: Datasette) -> bool:
    return pages.DATABASE in datasette.databases


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """The pages of the site; they come before Datasette's own."""
    if not _awake(datasette):
        return []
    return [
        (r"^/$", pages.home),
        (r"^/search$", pages.search_page),
        (r"^/article/(?P<id>\d{1,18})$", pages.article_page),
        (r"^/article/(?P<id>\d{1,18})/revision/(?P<n>\d{1,9})$", pages.revision_page),
        (r"^/capture/(?P<id>\d{1,18})$", pages.capture_page),
        (r"^/capture/(?P<id>\d{1,18})/raw$", pages.capture_raw),
        (r"^/source/(?P<name>[^/]+)$", pages.source_page),
        (r"^/events$", pages.events_page),
        (r"^/feed\.xml$", pages.newest_feed),
        (r"^/changes\.xml$", pages.changes_feed),
        (r"^/robots\.txt$", pages.robots),
        (r"^/-/dateline/(?P<name>[\w.-]+)$", pages.static_file),
        (r"^/-/databases(\.json)?$", pages.databases),
    ]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Security headers on every response."""
    return guarded if _awake(datasette) else lambda application: application


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """The vocabulary of the templates."""
    env.filters["path_part"] = lambda value: quote(str(value), safe="")
    env.globals["dateline"] = pages.vocabulary()


@hookimpl
def extra_template_vars(datasette: Datasette) -> Mapping[str, Any]:
    """Which layout a page gets: the archive's, or Datasette's own."""
    return {"dateline_layout": "layout.html" if _awake(datasette) else None}


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Bounds for every reader's SQL, and dateline_query(words): words as a safe full-text query."""
    conn.create_function("dateline_query", 1, lambda words: match_query(str(words or "")) or '""', deterministic=True)
    if database == pages.DATABASE:
        limit_connection(conn)


@hookimpl
def canned_queries(database: str) -> dict[str, dict[str, str]]:
    """The ready-made questions."""
    return {name: dict(query) for name, query in queries.CANNED.items()} if database == pages.DATABASE else {}


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """What the tables and columns mean."""
    return queries.metadata(pages.DATABASE) if _awake(datasette) else {}


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """The way back from Datasette's pages, and on to its tables."""
    if not _awake(datasette):
        return []
    links = {"Releases": "/", "Edits and removals": "/events", "Data & SQL": f"/{pages.DATABASE}"}
    return [{"href": datasette.urls.path(path), "label": label} for label, path in links.items()]


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Numbers of articles and captures in rows and query results lead to their pages."""
    page = _NUMBERED.get(table or "") if column == "id" else _LINKED.get(column)
    if database != pages.DATABASE or page is None or not isinstance(value, int):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"{page}{value}"), value)


@hookimpl(wrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Generator[None, Any, Any]:
    """A page in the site's looks instead of Datasette's, which also prints every 404 to the terminal."""
    others = yield
    return [answer_to(datasette, request, exception)] if _awake(datasette) else others
