"""The page of edits, removals and returns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from archive.web.pages.render import page, reader
from archive.web.queries import events

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

PAGE = 100
"""Events on one page."""


async def events_page(datasette: Datasette, request: Request) -> Response:
    """Edits, removals and returns, newest first; many in a row of one release are one line."""
    asked = request.args.get("kind") or ""
    kinds = (asked,) if asked in events.CHANGES else events.CHANGES
    row = request.args.get("row") or ""
    before = request.args.get("before") or ""
    found = await events.newest_events(
        reader(datasette), kinds, PAGE + 1, before=before, row=int(row) if row.isdecimal() and len(row) < 19 else 0
    )
    shown = found[:PAGE]
    older = {"kind": asked, "before": shown[-1].at, "row": shown[-1].row} if len(found) > len(shown) else {}
    return await page(
        datasette,
        request,
        "changes.html",
        kinds=events.CHANGES,
        kind=asked if asked in events.CHANGES else "",
        days=[(day, events.folded(list(group))) for day, group in groupby(shown, key=lambda item: item.at[:10])],
        older="?" + urlencode({name: value for name, value in older.items() if value}) if older else "",
    )
