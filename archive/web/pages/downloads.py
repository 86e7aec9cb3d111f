"""The whole result of a search as a file: all columns of an export, row after row, whatever their number."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import AsgiStream, BadRequest, Request

from archive.export.columns import COLUMNS, plain
from archive.export.lines import CSV_HEAD, csv_line, json_line
from archive.store.search_index.query import Asked
from archive.text.fulltext import match_query
from archive.web.pages.render import reader, search_apart
from archive.web.pages.request_query import read_request
from archive.web.queries import walks
from archive.web.queries.rows import rows

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_STEP = 50
"""Articles that are read at once."""

_EVER_MOST = 10_000
"""Releases of a search of all that was ever said."""


async def search_csv(datasette: Datasette, request: Request) -> AsgiStream:
    """What a search finds, newest first, as CSV."""
    return await _download(datasette, request, csv_line, "csv", "text/csv; charset=utf-8", CSV_HEAD)


async def search_jsonl(datasette: Datasette, request: Request) -> AsgiStream:
    """What a search finds, newest first, as JSON Lines."""
    return await _download(datasette, request, json_line, "jsonl", "application/jsonl; charset=utf-8")


async def _download(
    datasette: Datasette,
    request: Request,
    line: Callable[[dict[str, Any]], str],
    ending: str,
    kind: str,
    head: str = "",
) -> AsgiStream:
    """The search of the query string as a file. Raises BadRequest where the search page would say what is wrong: nobody
    reads a remark in a file.
    """
    query, _ = await read_request(datasette, request)
    if query.problems:
        raise BadRequest(" ".join(query.problems))
    found_rows = _rows(datasette, query.asked)

    async def send(writer: Any) -> None:
        await writer.write(head)
        async for row in found_rows:
            await writer.write(line(row))

    headers = {"Content-Disposition": f'attachment; filename="releases.{ending}"'}
    return AsgiStream(send, headers=headers, content_type=kind)


async def _rows(datasette: Datasette, asked: Asked) -> AsyncIterator[dict[str, Any]]:
    if asked.nothing:
        return
    columns = ", ".join(COLUMNS)
    async for ids in _ids(datasette, asked):
        chosen = await rows(
            reader(datasette),
            f"select {columns} from articles where id in ({', '.join(map(str, ids))})",  # numbers of our own
        )
        by_id = {row["id"]: plain(dict(row)) for row in chosen}
        for number in ids:
            if number in by_id:
                yield by_id[number]


async def _ids(datasette: Datasette, asked: Asked) -> AsyncIterator[list[int]]:
    if asked.ever and match_query(asked.words):
        every = [article for article, _ in await search_apart(datasette, walks.ever, asked, _EVER_MOST)]
        for start in range(0, len(every), _STEP):
            yield every[start : start + _STEP]
        return
    before = None
    while here := await search_apart(datasette, walks.articles_before, asked, before, _STEP):
        yield [number for _, number in here]
        before = here[-1][0]
