"""The addresses of the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archive.web.feeds import atom
from archive.web.pages.render import reader
from archive.web.queries import events, releases

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_ENTRIES = 50


async def newest_feed(datasette: Datasette, request: Request) -> Response:
    """Atom: the releases that came last into the archive."""
    found = await releases.last_archived(reader(datasette), _ENTRIES)
    return _atom(atom.releases_feed(found, _address(datasette, request)))


async def changes_feed(datasette: Datasette, request: Request) -> Response:
    """Atom: the newest edits, removals and returns."""
    happenings = await events.newest_events(reader(datasette), events.CHANGES, _ENTRIES)
    return _atom(atom.changes_feed(happenings, _address(datasette, request)))


def _atom(xml: str) -> Response:
    return Response(xml, content_type="application/atom+xml; charset=utf-8")


def _address(datasette: Datasette, request: Request) -> atom.Address:
    return lambda path: str(datasette.absolute_url(request, datasette.urls.path(path)))
