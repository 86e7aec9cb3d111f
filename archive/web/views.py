"""The pages of the site: a request in, a rendered page out. The queries are in queries.py, the looks in templates/."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from datasette.utils.asgi import Request, Response
from datasette.views.special import AllowDebugView

from archive.core.errors import WarcError
from archive.text import wording
from archive.text.fulltext import match_query
from archive.web import atom, edits, queries, related, replay, search
from archive.web.access import DATABASE, visible
from archive.web.security import READING
from archive.web.workers import Overrun, lanes

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FILES = {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir()) if path.suffix in _TYPES}
VERSION = hashlib.sha256(b"".join(_FILES.values())).hexdigest()[:12]
"""Changes when a static file does, so that browsers may keep them for a year."""

_HOME_RELEASES = 2 * search.PAGE  # so that "older" begins on the third page of all releases
_EVENTS_PAGE = 100
_FEED_ENTRIES = 50
_READING = 5.0  # seconds of processor time to read a capture and to make it harmless


async def home(datasette: Datasette, request: Request) -> Response:
    """The newest releases by day, the sources and their health, the latest edits and removals."""
    db = _db(datasette)
    releases = await queries.newest_releases(db, _HOME_RELEASES)
    days = [(day, list(group)) for day, group in groupby(releases, key=lambda release: release.published_day)]
    sources = await queries.sources(db)
    seen = await visible(datasette, request.actor, ("events", "sources"))
    return await _page(
        datasette,
        request,
        "home.html",
        seen=seen,
        days=days,
        sources=sources if "sources" in seen else (),
        shown=len(releases),
        total=sum(source.releases for source in sources),
        happenings=await queries.newest_events(db, queries.CERTAIN, 8) if "events" in seen else (),
    )


async def search_page(datasette: Datasette, request: Request) -> Response:
    """Releases that match the words and filters of the query string; all of them, newest first, without words."""
    query = search.read_query(
        {name: request.args.get(name) or "" for name in ("q", "source", "from", "to", "sort", "page")}
    )
    match = match_query(query.words)
    db = _db(datasette)
    searches = _searches(datasette)
    results = queries.NOTHING if query.words and not match else await queries.look_up(searches, query, match)
    return await _page(
        datasette,
        request,
        "search.html",
        query=query,
        results=results,
        sources=await queries.source_names(db),
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


async def article_page(datasette: Datasette, request: Request) -> Response:
    """One release: its clean text and metadata, its history, what was removed, and its captures."""
    db = _db(datasette)
    article_id = _number(request)
    article = await queries.article(db, article_id)
    if article is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    seen = await visible(datasette, request.actor, ("captures", "events", "removed", "revisions", "story_articles"))
    revisions = await queries.revisions(db, article_id) if "revisions" in seen else []
    text, left_out = edits.beginning(article["text"])
    others, more_others = await related.of(db, article) if "story_articles" in seen else ([], 0)
    return await _page(
        datasette,
        request,
        "article.html",
        article=article,
        fields={name: _parsed(article[name]) for name in _JSON_FIELDS},
        edits=await _edits(revisions),
        text=text,
        left_out=left_out,
        seen=seen,
        earlier=max(article["revisions"] - len(revisions), 0) if "revisions" in seen else 0,
        events=await queries.events_of(db, article_id) if "events" in seen else [],
        removed=await queries.removed(db, article_id) if "removed" in seen else [],
        captures=await queries.captures(db, article_id) if "captures" in seen else [],
        related=others,
        more_related=more_others,
    )


def _number(request: Request) -> int:
    """The id in the address; 0, which nothing has, for one that SQLite cannot hold."""
    number = int(request.url_vars["id"])
    return number if number < 2**63 else 0


_JSON_FIELDS = ("authors", "tags", "contacts", "photo_credits", "about", "tickers", "origins")


def _parsed(value: str | None) -> Any:
    try:
        return json.loads(value or "[]")
    except ValueError:
        return [value]


async def _edits(revisions: Sequence[edits.Revision]) -> list[edits.Edit]:
    try:
        return await lanes().pages.run(2 * edits.COMPARING, edits.edits, revisions)
    except Overrun:
        return [edits.uncompared(revision) for revision in revisions[:-1]]


async def _edit(new: edits.Revision, old: edits.Revision | None) -> edits.Edit:
    try:
        return await lanes().pages.run(2 * edits.COMPARING, edits.edit, new, old, fold=False)
    except Overrun:
        return edits.uncompared(new)


async def revision_page(datasette: Datasette, request: Request) -> Response:
    """One revision in full, its words marked against the revision before."""
    db = _db(datasette)
    article_id, n = _number(request), int(request.url_vars["n"])
    article = await queries.article(db, article_id)
    pair = await queries.revision_pair(db, article_id, n)
    if article is None or not pair or pair[0].n != n:
        return await missing(datasette, request, "There is no such revision in the archive.")
    earlier = pair[1] if len(pair) > 1 else None
    text, left_out = edits.beginning(pair[0].text)
    return await _page(
        datasette,
        request,
        "revision.html",
        article=article,
        revision=pair[0],
        edit=await _edit(pair[0], earlier),
        text=text,
        left_out=left_out,
        first=earlier is None,
    )


async def capture_page(datasette: Datasette, request: Request) -> Response:
    """A page as it was served, in a frame in which nothing can run."""
    db = _db(datasette)
    capture = await queries.capture(db, _number(request))
    if capture is None:
        return await missing(datasette, request, "There is no capture with this number in the archive.")
    full = await queries.full_capture(db, capture)
    served, problem = await _served(datasette, full, capture["id"], body=False)
    article = await queries.article(db, capture["article_id"]) if capture["article_id"] is not None else None
    return await _page(
        datasette,
        request,
        "capture.html",
        capture=capture,
        full=full,
        served=served,
        problem=problem,
        article=article,
    )


async def capture_raw(datasette: Datasette, request: Request) -> Response:
    """The body of a capture alone: rendered under a sandboxing policy, as plain text, or as a download."""
    db = _db(datasette)
    capture = await queries.capture(db, _number(request))
    if capture is None:
        return Response.text("There is no capture with this number in the archive.", status=404)
    full = await queries.full_capture(db, capture)
    served, problem = await _served(datasette, full, capture["id"], as_file=bool(request.args.get("download")))
    if served is None:
        return Response.text(problem, status=404)
    shown = served.shown
    return Response(shown.body, headers=dict(shown.headers), content_type=shown.content_type)


async def _served(
    datasette: Datasette, capture: Any | None, shown_as: int, *, as_file: bool = False, body: bool = True
) -> tuple[replay.Served | None, str]:
    """A capture read from its WARC file, or None and a sentence that says why it cannot be."""
    if capture is None:
        return None, "The archive holds no body for this capture: the server said that the page was unchanged."
    place = (capture["warc_file"], capture["warc_offset"], capture["warc_length"])
    work = partial(replay.read, directory(datasette), place, shown_as, as_file=as_file, body=body)
    try:
        return await lanes().pages.run(_READING, work), ""
    except WarcError as error:
        return None, f"The WARC file could not be read: {error}"
    except Overrun:
        return None, "This page takes too long to be shown. It can be downloaded as it came."


async def source_page(datasette: Datasette, request: Request) -> Response:
    """One source: its releases, what happened to them, and its crawls."""
    db = _db(datasette)
    name = unquote(request.url_vars["name"])
    source = await queries.source_named(db, name)
    if source is None:
        return await missing(datasette, request, "There is no source of this name in the archive.")
    seen = await visible(datasette, request.actor, ("events", "runs"))
    return await _page(
        datasette,
        request,
        "source.html",
        source=source,
        releases=await queries.releases_of(db, name, _HOME_RELEASES),
        seen=seen,
        happenings=await queries.newest_events(db, queries.CHANGES, 15, source=name) if "events" in seen else (),
        runs=await queries.runs_of(db, name) if "runs" in seen else (),
    )


async def events_page(datasette: Datasette, request: Request) -> Response:
    """Edits, removals and returns, newest first."""
    asked = request.args.get("kind") or ""
    kinds = (asked,) if asked in queries.CHANGES else queries.CHANGES
    before = request.args.get("before") or ""
    found = await queries.newest_events(_db(datasette), kinds, _EVENTS_PAGE + 1, before=before)
    shown = found[:_EVENTS_PAGE]
    return await _page(
        datasette,
        request,
        "changes.html",
        kinds=queries.CHANGES,
        kind=asked if asked in queries.CHANGES else "",
        days=[(day, list(group)) for day, group in groupby(shown, key=lambda item: item.at[:10])],
        older="?" + urlencode({"kind": asked, "before": shown[-1].at}) if len(found) > len(shown) else "",
    )


async def newest_feed(datasette: Datasette, request: Request) -> Response:
    """Atom: the newest releases."""
    releases = await queries.newest_releases(_db(datasette), _FEED_ENTRIES)
    return _atom(atom.releases_feed(releases, _address(datasette, request)))


async def changes_feed(datasette: Datasette, request: Request) -> Response:
    """Atom: the newest edits, removals and returns."""
    happenings = await queries.newest_events(_db(datasette), queries.CHANGES, _FEED_ENTRIES)
    return _atom(atom.changes_feed(happenings, _address(datasette, request)))


def _atom(xml: str) -> Response:
    return Response(xml, content_type="application/atom+xml; charset=utf-8")


def _address(datasette: Datasette, request: Request) -> atom.Address:
    return lambda path: str(datasette.absolute_url(request, datasette.urls.path(path)))


def static_file(request: Request) -> Response:
    """A style sheet, script or picture of the site."""
    name = request.url_vars["name"]
    if name not in _FILES:
        return Response.text("Not found", status=404)
    kept = "public, max-age=31536000, immutable" if request.args.get("v") == VERSION else "no-cache"
    return Response(_FILES[name], content_type=_TYPES[Path(name).suffix], headers={"Cache-Control": kept})


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
    return Response.text(
        f"User-agent: *\nDisallow: /capture/\nDisallow: /search\nDisallow: /{DATABASE}\nDisallow: /-/\n"
    )


async def missing(datasette: Datasette, request: Request, message: str) -> Response:
    """A page that says that what was asked for is not here."""
    return await trouble(datasette, request, 404, "Not here", message)


async def trouble(datasette: Datasette, request: Request, status: int, title: str, message: str) -> Response:
    """A page that says what went wrong."""
    return await _page(datasette, request, "trouble.html", status, title=title, message=message, status=status)


async def _page(
    datasette: Datasette, request: Request, template: str, response_status: int = 200, /, **context: Any
) -> Response:
    html = await datasette.render_template(template, context, request=request)
    return Response.html(html, status=response_status, headers={"Content-Security-Policy": READING})


def directory(datasette: Datasette) -> Path:
    """The archive directory: where archive.db lies."""
    return Path(datasette.databases[DATABASE].path).parent


def _db(datasette: Datasette) -> queries.Reader:
    """What reads the archive for a page; in a Datasette of others, its own database."""
    database = datasette.databases[DATABASE]
    reader: queries.Reader = getattr(database, "pages", database)
    return reader


def _searches(datasette: Datasette) -> queries.Reader:
    database = datasette.databases[DATABASE]
    reader: queries.Reader = getattr(database, "searches", database)
    return reader


def vocabulary() -> Mapping[str, Any]:
    """The words and functions that templates use."""
    return {
        "STATUS": wording.STATUS,
        "CHANGE": wording.CHANGE,
        "WHY": wording.WHY,
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
