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

from archive.text.fulltext import match_query
from archive.web import datasette_metadata, views
from archive.web.errors import answer_to
from archive.web.security import Application, guarded, limit_connection

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

hookimpl = HookimplMarker("datasette")  # as datasette.hookimpl, with types

_LINKED = {"article_id": "/article/", "origin_id": "/article/", "capture_id": "/capture/"}
_NUMBERED = {"articles": "/article/", "captures": "/capture/"}


def _awake(datasette: Datasette) -> bool:
    return views.DATABASE in datasette.databases


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """The pages of the site; they come before Datasette's own."""
    if not _awake(datasette):
        return []
    return [
        (r"^/$", views.home),
        (r"^/search$", views.search_page),
        (r"^/article/(?P<id>\d{1,18})$", views.article_page),
        (r"^/article/(?P<id>\d{1,18})/revision/(?P<n>\d{1,9})$", views.revision_page),
        (r"^/capture/(?P<id>\d{1,18})$", views.capture_page),
        (r"^/capture/(?P<id>\d{1,18})/raw$", views.capture_raw),
        (r"^/source/(?P<name>[^/]+)$", views.source_page),
        (r"^/events$", views.events_page),
        (r"^/feed\.xml$", views.newest_feed),
        (r"^/changes\.xml$", views.changes_feed),
        (r"^/robots\.txt$", views.robots),
        (r"^/-/dateline/(?P<name>[\w.-]+)$", views.static_file),
        (r"^/-/databases(\.json)?$", views.databases),
    ]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Security headers on every response."""
    return guarded if _awake(datasette) else lambda application: application


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """The vocabulary of the templates."""
    env.filters["path_part"] = lambda value: quote(str(value), safe="")
    env.globals["dateline"] = views.vocabulary()


@hookimpl
def extra_template_vars(datasette: Datasette) -> Mapping[str, Any]:
    """Which layout a page gets: the archive's, or Datasette's own."""
    return {"dateline_layout": "layout.html" if _awake(datasette) else None}


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Bounds for every reader's SQL, and dateline_query(words): words as a safe full-text query."""
    conn.create_function("dateline_query", 1, lambda words: match_query(str(words or "")) or '""', deterministic=True)
    if database == views.DATABASE:
        limit_connection(conn)


@hookimpl
def canned_queries(database: str) -> dict[str, dict[str, str]]:
    """The ready-made questions."""
    return (
        {name: dict(query) for name, query in datasette_metadata.CANNED.items()} if database == views.DATABASE else {}
    )


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """What the tables and columns mean."""
    return datasette_metadata.metadata(views.DATABASE) if _awake(datasette) else {}


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """The way back from Datasette's pages, and on to its tables."""
    if not _awake(datasette):
        return []
    links = {"Releases": "/", "Edits and removals": "/events", "Data & SQL": f"/{views.DATABASE}"}
    return [{"href": datasette.urls.path(path), "label": label} for label, path in links.items()]


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Numbers of articles and captures in rows and query results lead to their views."""
    page = _NUMBERED.get(table or "") if column == "id" else _LINKED.get(column)
    if database != views.DATABASE or page is None or not isinstance(value, int):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"{page}{value}"), value)


@hookimpl(wrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Generator[None, Any, Any]:
    """A page in the site's looks instead of Datasette's, which also prints every 404 to the terminal."""
    others = yield
    return [answer_to(datasette, request, exception)] if _awake(datasette) else others
