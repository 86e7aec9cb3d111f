"""The page of a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from archive.text.fulltext import match_query
from archive.web import search
from archive.web.pages.render import page, reader, searches
from archive.web.queries import finding, sources

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


async def search_page(datasette: Datasette, request: Request) -> Response:
    """Releases that match the words and filters of the query string; all of them, newest first, without words."""
    query = search.read_query(
        {name: request.args.get(name) or "" for name in ("q", "source", "from", "to", "sort", "page")}
    )
    match = match_query(query.words)
    nothing = query.words and not match
    results = finding.NOTHING if nothing else await finding.look_up(searches(datasette), query, match)
    return await page(
        datasette,
        request,
        "search.html",
        query=query,
        results=results,
        sources=await sources.source_names(reader(datasette)),
        pages=-(-results.total // search.PAGE),
        page_link=_page_links(query),
        passage=search.passage,
        marked=search.marked,
    )


def _page_links(query: search.Query) -> Callable[[int], str]:
    named = {"q": query.words, "source": query.source, "from": query.start, "to": query.end, "sort": query.sort}

    def link(page: int) -> str:
        return "?" + urlencode({name: value for name, value in named.items() if value} | {"page": page})

    return link
