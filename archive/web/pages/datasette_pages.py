"""Pages of Datasette's own that say too much as they come, and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response
from datasette.views.special import AllowDebugView

from archive.web.access import DATABASE

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first


async def databases(datasette: Datasette, request: Request) -> Response:
    """Datasette's list of the databases that the visitor may see, without their paths on this computer's disk."""
    named = [(name, db) for name, db in datasette.databases.items() if name != "_internal"]
    chains = {name: [("view-database", name), "view-instance"] for name, _ in named}
    seen = {name: (await datasette.check_visibility(request.actor, permissions=chains[name]))[0] for name in chains}
    return Response.json([{"name": name, "size": db.size} for name, db in named if seen[name]])


async def site_metadata(datasette: Datasette, request: Request) -> Response:
    """Datasette's metadata without the configuration of plugins, which may hold keys and hashes of passwords."""
    return Response.json(_without_plugins(datasette.metadata()))


def _without_plugins(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_plugins(each) for key, each in value.items() if key != "plugins"}
    return value


async def allow_debug(datasette: Datasette, request: Request) -> Response:
    """Datasette's page for trying out `allow` blocks, which Datasette itself shows to everybody."""
    return await AllowDebugView(datasette).get(request)


async def robots(datasette: Datasette, request: Request) -> Response:
    """Search engines may read releases, not other people's pages as they were served, nor run SQL."""
    paths = (datasette.urls.path(each) for each in ("/capture/", "/search", f"/{DATABASE}", "/-/"))
    return Response.text("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in paths))
