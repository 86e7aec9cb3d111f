"""What every page needs: its template rendered, the database that it reads, the words that templates use."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from datasette.utils.asgi import Request, Response

from archive.text import linked_lines, wording
from archive.web.access import DATABASE
from archive.web.pages.static import VERSION
from archive.web.queries.rows import Reader
from archive.web.security import READING

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


T = TypeVar("T")


async def page(
    datasette: Datasette, request: Request, template: str, response_status: int = 200, /, **context: Any
) -> Response:
    """A template as a page of the site."""
    html = await datasette.render_template(template, context, request=request)
    return Response.html(html, status=response_status, headers={"Content-Security-Policy": READING})


async def missing(datasette: Datasette, request: Request, message: str) -> Response:
    """A page that says that what was asked for is not here."""
    return await trouble(datasette, request, 404, "Not here", message)


async def trouble(
    datasette: Datasette, request: Request, status: int, title: str, message: str, sql: str = ""
) -> Response:
    """A page that says what went wrong; with the SQL that was typed, to be changed and tried again."""
    context = {"title": title, "message": message, "status": status, "sql": sql}
    return await page(datasette, request, "trouble.html", status, **context)


def number(request: Request, name: str = "id") -> int:
    """The id in the address; 0, which nothing has, for one that SQLite cannot hold."""
    found = int(request.url_vars[name])
    return found if found < 2**63 else 0


def directory(datasette: Datasette) -> Path:
    """The archive directory: where archive.db lies."""
    return Path(datasette.databases[DATABASE].path).parent


def reader(datasette: Datasette) -> Reader:
    """What reads the archive for a page; in a Datasette of others, its own database."""
    database = datasette.databases[DATABASE]
    found: Reader = getattr(database, "pages", database)
    return found


async def searched(datasette: Datasette, search: Callable[..., Coroutine[Any, Any, T]], *asked: Any) -> T:
    """What a function that searches gives, called with a reader and these arguments, in a process of its own."""
    database = datasette.databases[DATABASE]
    searches = getattr(database, "searches", None)
    if searches is None:
        return await search(database, *asked)
    found: T = await searches.run(search, *asked)
    return found


def vocabulary() -> Mapping[str, Any]:
    """The words and functions that templates use."""
    return {
        "STATUS": wording.STATUS,
        "CHANGE": wording.CHANGE,
        "WHY": wording.WHY,
        "SEVERITY": wording.SEVERITY,
        "origin": wording.origin,
        "detail": wording.event_detail,
        "linked_line": linked_lines.parted,
        "standing": wording.standing,
        "language_tag": wording.language_tag,
        "day": wording.day,
        "weekday": wording.weekday,
        "moment": wording.moment,
        "weblink": wording.weblink,
        "mailbox": wording.mailbox,
        "count": wording.count,
        "shortened": wording.shortened,
        "with_subheadings": wording.with_subheadings,
        "version": VERSION,
        "database_name": DATABASE,
    }
