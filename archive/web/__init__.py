"""The archive as a site: a Datasette plugin with pages for readers in front of Datasette's tables, JSON, CSV and SQL.

Datasette imports this package while it is being imported itself, so nothing here may import datasette.app or
datasette.plugins. It wakes only where a database named "archive" is open: other databases look as they always did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Forbidden, Request
from markupsafe import Markup
from pluggy import HookimplMarker

from archive.web import access
from archive.web.access import DATABASE
from archive.web.data.canned import CANNED
from archive.web.data.metadata import metadata
from archive.web.errors import answer_to
from archive.web.feeds import pages as feeds
from archive.web.pages import (
    alerts,
    api,
    article,
    capture,
    changes,
    datasette_pages,
    downloads,
    evidence,
    home,
    render,
    search,
    source,
    static,
    status,
    trends,
)
from archive.web.rates import Visitors
from archive.web.security import Application, guarded, prepare

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

hookimpl = HookimplMarker("datasette")  # as datasette.hookimpl, with types

_LINKED = {"article_id": "/article/", "origin_id": "/article/", "capture_id": "/capture/"}
_NUMBERED = {"articles": "/article/", "captures": "/capture/"}


_PERMISSIONS = ("allow", "allow_sql", "tables")
"""What Datasette looks for in its metadata to decide who may see a table: dozens of times for a page."""


def _awake(datasette: Datasette) -> bool:
    return DATABASE in datasette.databases


ROUTES: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    (r"^/$", home.home, ("articles",)),
    (r"^/search$", search.search_page, ("articles",)),
    (r"^/article/(?P<id>\d{1,19})$", article.article_page, ("articles",)),
    (r"^/article/(?P<id>\d{1,19})/revision/(?P<n>\d{1,9})$", article.revision_page, ("articles", "revisions")),
    (r"^/article/(?P<id>\d{1,19})/compare$", article.compare_page, ("articles", "revisions")),
    (r"^/article/(?P<id>\d{1,19})/similar$", article.similar_page, ("articles",)),
    (r"^/article/(?P<id>\d{1,19})/cite$", article.cite_page, ("articles", "captures")),
    (r"^/article/(?P<id>\d{1,19})/cite\.(?P<format>txt|bib|ris|json)$", article.cite_page, ("articles", "captures")),
    (r"^/article/(?P<id>\d{1,19})/evidence\.zip$", evidence.evidence_pack, evidence.EVIDENCE),
    (r"^/capture/(?P<id>\d{1,19})$", capture.capture_page, ("articles", "captures")),
    (r"^/capture/(?P<id>\d{1,19})/raw$", capture.capture_raw, ("articles", "captures")),
    (r"^/capture/near$", capture.capture_near, ("articles", "captures")),
    (r"^/source/(?P<name>[^/]+)$", source.source_page, ("articles", "sources")),
    (r"^/events$", changes.events_page, ("articles", "events")),
    (r"^/api$", api.api_page, ("articles",)),
    (r"^/alerts$", alerts.alerts_page, ("articles",)),
    (r"^/trends$", trends.trends_page, ("articles",)),
    (r"^/trends\.svg$", trends.trends_svg, ("articles",)),
    (r"^/trends\.csv$", trends.trends_csv, ("articles",)),
    (r"^/feed\.xml$", feeds.newest_feed, ("articles",)),
    (r"^/feed\.json$", feeds.newest_feed, ("articles",)),
    (r"^/search\.xml$", feeds.search_feed, ("articles",)),
    (r"^/search\.json$", feeds.search_feed, ("articles",)),
    (r"^/search\.csv$", downloads.search_csv, ("articles",)),
    (r"^/search\.jsonl$", downloads.search_jsonl, ("articles",)),
    (r"^/changes\.xml$", feeds.changes_feed, ("articles", "events")),
    (r"^/changes\.json$", feeds.changes_feed, ("articles", "events")),
    (r"^/source/(?P<name>[^/]+)/feed\.xml$", feeds.source_feed, ("articles", "sources")),
    (r"^/source/(?P<name>[^/]+)/feed\.json$", feeds.source_feed, ("articles", "sources")),
    (r"^/status$", status.status_page, ("articles", "sources")),
    (r"^/-/health(?:\.json)?$", status.health, ("articles", "sources")),
    (r"^/-/metrics$", status.metrics, ("articles", "sources")),
    (r"^/robots\.txt$", datasette_pages.robots, ()),
    (r"^/-/databases(?:\.json)?$", datasette_pages.databases, ()),
    (r"^/-/metadata(?:\.json)?$", datasette_pages.site_metadata, ()),
    (r"^/-/allow-debug$", datasette_pages.allow_debug, ()),
)
"""The pages of the site and the tables whose content each shows: who may not see one of them may not see the page."""


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """The pages of the site; they come before Datasette's own."""
    if not _awake(datasette):
        return []
    pages = [(pattern, access.closed_like(page, tables)) for pattern, page, tables in ROUTES]
    return [*pages, (r"^/-/dateline/(?P<name>[\w.-]+)$", static.static_file)]


@hookimpl
def permission_allowed(
    datasette: Datasette, actor: access.Actor, action: str, resource: Any
) -> Awaitable[bool | None] | None:
    """What closes along with a table: tables with its words, queries that read it, SQL."""
    return access.decide(datasette, actor, action, resource) if _awake(datasette) else None


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Application], Application]:
    """Methods, an end to waiting, security headers, CSV without formulas."""
    if not _awake(datasette):
        return lambda application: application
    a_minute = getattr(datasette, "expensive_a_minute", 0)
    visitors = Visitors(a_minute) if a_minute else None
    return lambda application: guarded(application, datasette.setting("base_url"), visitors)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """The vocabulary of the templates."""
    env.filters["path_part"] = lambda value: quote(str(value), safe="")
    env.globals["dateline"] = render.vocabulary()


@hookimpl
def extra_template_vars(datasette: Datasette) -> Mapping[str, Any]:
    """Which layout a page gets: the archive's, or Datasette's own; what the site is called, whether all may see it."""
    return {
        "dateline_layout": "layout.html" if _awake(datasette) else None,
        "site": render.site_words(datasette),
        "open_to_all": getattr(datasette, "open_to_all", False),
    }


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Bounds for every reader of the archive, and functions of SQL; after Datasette's own, one of which is replaced."""
    if database == DATABASE:
        prepare(conn)


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    """The ready-made queries; what the site's file says of one, such as who may see it, wins."""
    if database != DATABASE:
        return {}
    configured = (datasette.metadata("databases") or {}).get(database, {}).get("queries") or {}
    said = {name: query if isinstance(query, dict) else {"sql": query} for name, query in configured.items()}
    return {name: {**query, **said.get(name, {})} for name, query in CANNED.items()}


@hookimpl
def get_metadata(datasette: Datasette, key: str | None) -> dict[str, Any]:
    """What the tables and columns mean. Nothing where permissions are asked for: none is here, and they are copied."""
    return metadata(DATABASE) if _awake(datasette) and key not in _PERMISSIONS else {}


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Numbers of articles and captures in rows and query results lead to their views."""
    page = _NUMBERED.get(table or "") if column == "id" else _LINKED.get(column)
    if database != DATABASE or page is None or not isinstance(value, int):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"{page}{value}"), value)


@hookimpl(wrapper=True)
def forbidden(datasette: Datasette, request: Request, message: str) -> Generator[None, Any, Any]:
    """A page in the site's looks, unless another plugin than Datasette's own has an answer (its way to log in)."""
    others = yield
    return [answer_to(datasette, request, Forbidden(message))] if _awake(datasette) and len(others) < 2 else others


@hookimpl(wrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Generator[None, Any, Any]:
    """A page in the site's looks instead of Datasette's, which also prints every 404 to the terminal."""
    others = yield
    return [answer_to(datasette, request, exception)] if _awake(datasette) else others
