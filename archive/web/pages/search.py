"""The page of a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archive.text.wording import LANGUAGE, STATUS
from archive.web import search_request
from archive.web.charts.bars import Bar, bars
from archive.web.pages.render import page, reader, search_apart
from archive.web.pages.request_query import read_request
from archive.web.queries import emptiness, search

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_FACETS = {
    "source": "Source",
    "tag": "Tag",
    "year": "Year",
    "status": "Status",
    "language": "Language",
    "place": "Place in the dateline",
    "author": "Author",
}


async def search_page(datasette: Datasette, request: Request) -> Response:
    """Releases that match the words and filters of the query string; all of them, newest first, without words."""
    query, known = await read_request(datasette, request)
    found = await search_apart(datasette, search.search, query, tuple(known.tags.items()))
    results, counted = found.results, found.facets
    return await page(
        datasette,
        request,
        "search.html",
        query=query,
        results=results,
        empty="" if results.total else await emptiness.why_empty(reader(datasette)),
        sources=known.titles.items(),
        earlier=known.earlier,
        pages=-(-results.total // search_request.PAGE),
        page_link=lambda number: query.link(page=str(number)),
        excerpts=found.excerpts,
        facets=list(_facets(query, counted, known.titles)),
        counted=counted,
        months=bars(counted.months),
        month_link=_month_link(query),
        feed_query=query.feed,
        trend_query=query.trend,
    )


def _facets(query: search_request.Query, counted: search.Facets, named: Mapping[str, str]) -> Any:
    """Each facet: its name for people, and its values with a link that narrows by it, or takes it out again."""
    held = {**query.arguments, "year": _year(query)}
    for name, title in _FACETS.items():
        values = counted.values.get(name, [])
        if not values or (len(values) < 2 and not held.get(name)):
            continue
        links = []
        for value, count in values:
            chosen = held.get(name, "").casefold() == value.casefold()
            links.append(
                (_label(name, value, named), count, _narrowing_link(query, name, "" if chosen else value), chosen)
            )
        yield name, title, links


def _label(name: str, value: str, sources_named: Mapping[str, str]) -> str:
    words = {"source": sources_named, "status": STATUS, "language": LANGUAGE}.get(name, {})
    return words.get(value, value)


def _narrowing_link(query: search_request.Query, name: str, value: str) -> str:
    if name == "year":
        return query.link(from_=f"{value}-01-01" if value else "", to=f"{value}-12-31" if value else "")
    return query.link(**{name: value})


def _year(query: search_request.Query) -> str:
    year = query.start[:4]
    return year if (query.start, query.end) == (f"{year}-01-01", f"{year}-12-31") else ""


def _month_link(query: search_request.Query) -> Callable[[Bar], str]:
    return lambda bar: query.link(from_=bar.first, to=bar.last)
