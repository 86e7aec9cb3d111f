"""The front page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archive.web.access import visible
from archive.web.pages.render import page, read
from archive.web.queries import emptiness, events, releases, sources
from archive.web.queries.rows import Reader
from archive.web.search_request import PAGE

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

SHOWN = 2 * PAGE
"""Releases on the front page and on that of a source, so that "older" begins on the third page of all releases."""

_EVENTS, _BACKFILLED = 8, 6
"""Changes, and old releases that came last, on the front page."""

SOURCES = 25
"""Sources on the front page, those with the most releases, and as many more that fail; the status page has all."""


async def home(datasette: Datasette, request: Request) -> Response:
    """The newest releases by day, the sources and their health, the latest edits and removals."""
    seen = await visible(datasette, request.actor, ("events", "sources"))
    return await page(datasette, request, "home.html", seen=seen, **await read(datasette, _facts, seen))


async def _facts(db: Reader, seen: frozenset[str]) -> dict[str, Any]:
    newest = await releases.newest_releases(db, SHOWN)
    days = [(day, list(group)) for day, group in groupby(newest, key=lambda release: release.listed_day)]
    every_source = await sources.sources(db)
    return {
        "days": days,
        "sources": _first(every_source) if "sources" in seen else (),
        "all_sources": len(every_source),
        "shown": len(newest),
        "total": sum(source.releases for source in every_source),
        "empty": "" if newest else await emptiness.why_empty(db),
        "backfilled": await releases.newest_backfilled(db, _BACKFILLED),
        "happenings": await events.newest_of_each(db, events.CERTAIN, _EVENTS) if "events" in seen else (),
    }


def _first(every: Sequence[sources.Health]) -> list[sources.Health]:
    failing = [source for source in every[SOURCES:] if source.state == "failing"]
    return [*every[:SOURCES], *failing[:SOURCES]]
