"""The page of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from datasette.utils.asgi import Request, Response

from archive.web.access import visible
from archive.web.charts.bars import bars
from archive.web.pages.home import SHOWN
from archive.web.pages.render import missing, page, reader, searches
from archive.web.queries import events, finding, releases, sources
from archive.web.search import Query

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_EVENTS = 15


async def source_page(datasette: Datasette, request: Request) -> Response:
    """One source: its releases, what happened to them, and its crawls."""
    db = reader(datasette)
    name = unquote(request.url_vars["name"])
    source = await sources.source_named(db, name)
    if source is None:
        return await missing(datasette, request, "There is no source of this name in the archive.")
    seen = await visible(datasette, request.actor, ("events", "runs"))
    query = Query(source=name)
    counted = await finding.facets(searches(datasette), query.asked)
    changes = await events.newest_of_each(db, events.CHANGES, _EVENTS, source=name) if "events" in seen else ()
    return await page(
        datasette,
        request,
        "source.html",
        source=source,
        releases=await releases.releases_of(db, name, SHOWN),
        seen=seen,
        counted=counted,
        months=bars(counted.months),
        month_link=lambda bar: datasette.urls.path("/search") + query.link(from_=bar.first, to=bar.last),
        happenings=changes,
        runs=await sources.runs_of(db, name) if "runs" in seen else (),
        backfill=await sources.backfill_of(db, name) if "runs" in seen else "",
    )
