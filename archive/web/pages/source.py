"""The page of a source."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette.utils.asgi import Request, Response

from archive.web.access import visible
from archive.web.charts.bars import bars, weeks
from archive.web.pages.home import SHOWN
from archive.web.pages.render import missing, page, read
from archive.web.queries import events, releases, sources, trends
from archive.web.queries.rows import Reader
from archive.web.search_request import Query

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_EVENTS, _LEARNED = 15, 25
"""Changes, and passages that the source repeats, that the page shows."""

_TABLES = ("boilerplate", "contracts", "events", "health", "runs", "source_tags")
"""Tables of which the page shows what who asks may see."""


async def source_page(datasette: Datasette, request: Request) -> Response:
    """One source: its releases, what happened to them, and its crawls."""
    name = unquote(request.url_vars["name"])
    seen = await visible(datasette, request.actor, _TABLES)
    query = Query(source=name)
    now = datetime.now(UTC).date()
    facts = await read(datasette, _facts, name, seen, now)
    if facts is None:
        return await missing(datasette, request, "There is no source of this name in the archive.")
    return await page(
        datasette,
        request,
        "source.html",
        seen=seen,
        month_link=lambda bar: datasette.urls.path("/search") + query.link(from_=bar.first, to=bar.last),
        **facts,
    )


async def _facts(db: Reader, name: str, seen: frozenset[str], now: date) -> dict[str, Any] | None:
    """All that the page shows of a source; None where there is none of this name."""
    source = await sources.source_named(db, name)
    if source is None:
        return None
    return {
        "source": source,
        "releases": await releases.releases_of(db, name, SHOWN),
        "tags": await sources.tags_of(db, name) if "source_tags" in seen else (),
        "months": bars(await trends.by_month(db, Query(source=name).asked)),
        "weeks": weeks(await trends.by_day(db, name, now - timedelta(weeks=53), now), now),
        "rhythm": await sources.rhythm_of(db, name) if "contracts" in seen else None,
        "troubles": await sources.troubles_of(db, name) if "health" in seen else (),
        "learned": await sources.learned_of(db, name, _LEARNED) if "boilerplate" in seen else (),
        "happenings": await events.newest_of_each(db, events.CHANGES, _EVENTS, source=name) if "events" in seen else (),
        "runs": await sources.runs_of(db, name) if "runs" in seen else (),
        "backfill": await sources.backfill_of(db, name) if "runs" in seen else "",
    }
