"""What a visitor reads when a request fails: a sentence and a status, never a traceback."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, Request, Response
from datasette.views.base import DatasetteError

from archive.web.access import DATABASE
from archive.web.pages.render import trouble as trouble_page
from archive.web.workers import Busy

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_log = logging.getLogger(__name__)

_ARGUMENTS = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError, sqlite3.Error)
"""What Datasette's pages raise for arguments that they did not expect, such as `_next` of another table."""

_NO_SENSE = "The address asks for something that cannot be. Look at what follows the question mark."
_SQL_SHOWN = 20_000
"""Characters of the SQL that failed."""

_TOO_LONG = "This took longer than the time a query may take here, and was stopped. Ask for less at once."


@dataclass(frozen=True)
class SiteError:
    """A failure in words."""

    status: int
    title: str
    message: str


def in_words(exception: Exception, asked_with_arguments: bool = False) -> SiteError:
    """The failure in words for a visitor. `asked_with_arguments`: the request had some, which may be to blame."""
    if isinstance(exception, QueryInterrupted):
        return SiteError(503, "Too slow", _TOO_LONG)
    if isinstance(exception, sqlite3.OperationalError) and "unable to open" in str(exception):
        return SiteError(503, "Away for a moment", "The archive's database is not there: it may be being rebuilt.")
    if isinstance(exception, DatasetteError):
        message = _TOO_LONG if exception.message_is_html else str(exception.message)
        status = 400 if exception.status == 500 else exception.status  # Datasette's 500 is an argument it cannot use
        return SiteError(status, exception.title or "That did not work", message)
    if isinstance(exception, Forbidden):
        return SiteError(403, "Not open to you", "Who keeps this archive has not opened this page to you.")
    if isinstance(exception, Busy):
        return SiteError(503, "Busy", str(exception))
    if isinstance(exception, Base400):
        stated = str(exception.args[0]) if exception.args else ""
        unknown = stated in ("", "404") or stated.startswith("Database not found")
        message = "There is no page at this address." if unknown else stated
        return SiteError(exception.status, "Not here" if exception.status == 404 else "That did not work", message)
    if asked_with_arguments and isinstance(exception, _ARGUMENTS):
        return SiteError(400, "That did not work", _NO_SENSE)
    return SiteError(500, "That did not work", "The page could not be made. The server's log says why.")


def _datasettes_own(request: Request) -> bool:
    """Whether one of Datasette's pages was asked for, with arguments or a key in the address."""
    return f"/{DATABASE}" in request.path or request.path.startswith("/-/")


async def answer_to(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """The response to a request that raised; what nobody expected goes to the log with its traceback."""
    trouble = in_words(exception, _datasettes_own(request))
    if trouble.status == 500:
        _log.error("%s failed", request.path, exc_info=exception)
    elif isinstance(exception, _ARGUMENTS):
        _log.info("%s cannot be answered", request.path, exc_info=exception)
    if request.path.endswith((".json", ".jsonl")):
        answer = {"ok": False, "error": trouble.message, "status": trouble.status, "title": trouble.title}
        return Response.json(answer, status=trouble.status)
    if request.path.endswith(".csv"):
        return Response.text(f"{trouble.title}: {trouble.message}\n", status=trouble.status)
    sql = (request.args.get("sql") or "")[:_SQL_SHOWN] if request.path.startswith(_sql_page(datasette)) else ""
    return await trouble_page(datasette, request, trouble.status, trouble.title, trouble.message, sql)


def _sql_page(datasette: Datasette) -> str:
    return str(datasette.urls.database(DATABASE))
