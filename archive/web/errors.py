"""What a visitor is told when a request fails: a sentence and a status, never a traceback."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, Request, Response
from datasette.views.base import DatasetteError

from archive.web import views

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_log = logging.getLogger(__name__)

_TOO_LONG = "This took longer than the time a query may take here, and was stopped. Ask for less at once."


@dataclass(frozen=True)
class SiteError:
    """A failure in words."""

    status: int
    title: str
    message: str


def told(exception: Exception) -> SiteError:
    """The failure in words for a visitor."""
    if isinstance(exception, QueryInterrupted):
        return SiteError(503, "Too slow", _TOO_LONG)
    if isinstance(exception, sqlite3.OperationalError) and "unable to open" in str(exception):
        return SiteError(503, "Away for a moment", "The archive's database is not there: it may be being rebuilt.")
    if isinstance(exception, DatasetteError):
        message = _TOO_LONG if exception.message_is_html else str(exception.message)
        return SiteError(exception.status, exception.title or "That did not work", message)
    if isinstance(exception, Forbidden):
        return SiteError(403, "Not open to you", "Who keeps this archive has not opened this page to you.")
    if isinstance(exception, Base400):
        stated = str(exception.args[0]) if exception.args else ""
        message = stated if stated not in ("", "404") else "There is no page at this address."
        return SiteError(exception.status, "Not here" if exception.status == 404 else "That did not work", message)
    return SiteError(500, "That did not work", "The page could not be made. The server's log says why.")


async def answer_to(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """The response to a request that raised; what nobody expected goes to the log with its traceback."""
    trouble = told(exception)
    if trouble.status == 500:
        _log.error("%s failed", request.path, exc_info=exception)
    if request.path.endswith(".json"):
        answer = {"ok": False, "error": trouble.message, "status": trouble.status, "title": trouble.title}
        return Response.json(answer, status=trouble.status)
    return await views.trouble(datasette, request, trouble.status, trouble.title, trouble.message)
