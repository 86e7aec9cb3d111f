"""The page of edits, removals and returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from archive.alerts.settings import SEVERITIES
from archive.text.wording import shortened
from archive.web.pages.render import page, reader
from archive.web.pages.request_query import arguments_of, known_sources
from archive.web.queries import emptiness, events
from archive.web.search_request import read_query

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

PAGE = 100
"""Events on one page."""

_ROW_DIGITS = 19
"""Digits of a number that may be larger than SQLite has them (2 to the 63rd)."""


async def events_page(datasette: Datasette, request: Request) -> Response:
    """Edits, removals and returns, newest first; many in a row of one release are one line."""
    here = await known_sources(datasette, request)
    query = here.check(read_query(arguments_of(request, ("source", "tag"))))
    problems = [*query.problems]
    severity = _one_of(SEVERITIES, request, "severity", problems)
    kind = _one_of(events.CHANGES, request, "kind", problems)
    asked = "edited" if severity else kind
    kinds = (asked,) if asked else events.CHANGES
    row = request.args.get("row") or ""
    wanted = events.Selection(
        kinds,
        query.source,
        among=query.among if query.tag else None,
        severity=severity,
        before=request.args.get("before") or "",
        row=int(row) if row.isdecimal() and len(row) < _ROW_DIGITS else 0,
    )
    found = await events.newest_events(reader(datasette), wanted, PAGE + 1)
    shown = found[:PAGE]
    chosen: dict[str, str | int] = {"kind": asked, "severity": severity, "source": query.source, "tag": query.tag}
    older = {**chosen, "before": shown[-1].at, "row": shown[-1].row} if len(found) > len(shown) else {}
    return await page(
        datasette,
        request,
        "changes.html",
        kinds=events.CHANGES,
        severities=SEVERITIES,
        kind=asked,
        severity=severity,
        query=replace(query, problems=tuple(problems)),
        sources=here.titles.items(),
        tags=here.tags,
        chosen=_query(chosen),
        link=lambda **changed: _query({**chosen, **changed}),
        days=[(day, events.fold_repeats(list(group))) for day, group in groupby(shown, key=lambda item: item.at[:10])],
        older=_query(older),
        empty="" if shown else await emptiness.why_empty(reader(datasette)),
    )


def _one_of(values: Sequence[str], request: Request, name: str, problems: list[str]) -> str:
    """The argument of this name; "" with a remark where it is none of the values."""
    value = request.args.get(name) or ""
    if not value or value in values:
        return value
    problems.append(f"“{shortened(value, 40)}” is no {name} of change; there are: {', '.join(values)}.")
    return ""


def _query(arguments: Mapping[str, str | int]) -> str:
    given = urlencode({name: value for name, value in arguments.items() if value})
    return f"?{given}" if given else ""
