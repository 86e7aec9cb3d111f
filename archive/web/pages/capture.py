"""The pages of a capture: the evidence of what a page said at a moment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from archive.core.errors import WarcError
from archive.web import replay
from archive.web.access import visible
from archive.web.pages.render import directory, missing, number, page, reader
from archive.web.queries import captures, releases, revisions
from archive.web.workers import Overrun, lanes

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_READING = 5.0
"""Seconds of processor time to read a capture and to make it harmless."""


async def capture_page(datasette: Datasette, request: Request) -> Response:
    """A page as it was served, in a frame in which nothing can run, with what its release said then."""
    db = reader(datasette)
    capture = await captures.capture(db, number(request))
    if capture is None:
        return await missing(datasette, request, "There is no capture with this number in the archive.")
    full = await captures.full_capture(db, capture)
    served, problem = await _read_body(datasette, full, capture, body=False)
    of_article = capture["article_id"]
    article = await releases.article(db, of_article) if of_article is not None else None
    seen = await visible(datasette, request.actor, ("revisions",))
    revision = (
        await revisions.revision_at(db, of_article, capture["fetched_at"])
        if article is not None and "revisions" in seen
        else None
    )
    return await page(
        datasette,
        request,
        "capture.html",
        capture=capture,
        full=full,
        served=served,
        problem=problem,
        article=article,
        revision=revision,
        neighbours=await captures.neighbours(db, capture),
    )


async def capture_raw(datasette: Datasette, request: Request) -> Response:
    """The body of a capture alone: rendered under a sandboxing policy, as plain text, or as a download."""
    db = reader(datasette)
    capture = await captures.capture(db, number(request))
    if capture is None:
        return Response.text("There is no capture with this number in the archive.", status=404)
    full = await captures.full_capture(db, capture)
    served, problem = await _read_body(datasette, full, capture, as_file=bool(request.args.get("download")))
    if served is None:
        return Response.text(problem, status=404)
    shown = served.shown
    return Response(shown.body, headers=dict(shown.headers), content_type=shown.content_type)


async def capture_near(datasette: Datasette, request: Request) -> Response:
    """Where a link of a captured page leads: to the capture of its target that is nearest before that page's."""
    url, moment = request.args.get("url") or "", request.args.get("at") or ""
    found = await captures.nearest(reader(datasette), url, moment)
    if found is None:
        shown = replay.not_archived(url)
        return Response(shown.body, status=404, headers=dict(shown.headers), content_type=shown.content_type)
    return Response.redirect(datasette.urls.path(f"/capture/{found}/raw"))


async def _read_body(
    datasette: Datasette, full: Any | None, shown_as: Any, *, as_file: bool = False, body: bool = True
) -> tuple[replay.Served | None, str]:
    """The body of a capture read from its WARC file, or None and a sentence that says why it cannot be."""
    if full is None:
        return None, "The archive holds no body for this capture: the server said that the page was unchanged."
    place = (full["warc_file"], full["warc_offset"], full["warc_length"])
    links = replay.Links(
        full["final_url"],
        datasette.urls.path("/capture/near") + "?" + urlencode({"at": shown_as["fetched_at"]}) + "&url=",
    )
    work = partial(replay.read, directory(datasette), place, shown_as["id"], links, as_file=as_file, body=body)
    try:
        return await lanes().pages.run(_READING, work), ""
    except WarcError as error:
        return None, f"The WARC file could not be read: {error}"
    except Overrun:
        return None, "This page takes too long to be shown. It can be downloaded as it came."
