"""The addresses of the feeds: releases, those of a source, those of a search, and changes; Atom and JSON Feed."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from datasette.utils.asgi import BadRequest, NotFound, Request, Response

from archive.alerts.settings import SEVERITIES
from archive.text.fulltext import match_query
from archive.text.wording import CHANGE
from archive.web import revision_diffs
from archive.web.access import visible
from archive.web.feeds import atom, entries, json_feed
from archive.web.feeds.entries import Entry, Feed
from archive.web.pages.render import read, reader, search_apart, site_words
from archive.web.pages.request_query import arguments_of, known_sources, read_request
from archive.web.queries import events, releases, revisions, search, sources
from archive.web.search_request import ARGUMENTS, read_query
from archive.web.workers import Overrun, lanes

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

URL_MARKS = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address as it is: nothing else may in a header."""

ENTRIES = 50
"""Entries of a feed."""

FILTERS = tuple(name for name in ARGUMENTS if name != "q")
"""What narrows a search beside its words."""


async def newest_feed(datasette: Datasette, request: Request) -> Response:
    """The releases that came last into the archive; with `source` or `tag`, those of one, or of several sources."""
    _refuse_unknown(request, ("source", "tag", "full"))
    db = reader(datasette)
    source, named = await _source(datasette, request)
    tag, among = await _tag(datasette, request)
    found = await releases.last_archived(db, ENTRIES, source, among=among, full=_full(request))
    title = f"Releases of {named.title}" if named else f"Newest releases: {tag}" if tag else "Newest releases"
    page = f"/source/{quote(source, safe='')}" if source else f"/search?{urlencode({'tag': tag})}" if tag else "/"
    return _response(datasette, request, "releases", title, page, _of_releases(datasette, request, found))


async def source_feed(datasette: Datasette, request: Request) -> Response:
    """Where the feed of a source is."""
    name = unquote(request.url_vars["name"])
    kind = request.path.rpartition(".")[2]
    return Response.redirect(datasette.urls.path(f"/feed.{kind}?") + urlencode({"source": name}))


async def search_feed(datasette: Datasette, request: Request) -> Response:
    """The releases that a search finds, the newest first. Raises BadRequest for filters that the search page would
    leave out with a remark: nobody reads one in a feed.
    """
    _refuse_unknown(request, (*ARGUMENTS, "full"))
    problems = read_query(arguments_of(request, FILTERS)).problems
    if problems:
        raise BadRequest(" ".join(problems))
    await _source(datasette, request)
    await _tag(datasette, request)
    query, _ = await read_request(datasette, request)
    query = replace(query, sort="newest", page=1)
    found = await search_apart(datasette, search.look_up, query, match_query(query.words), ENTRIES)
    title = f"Search for {query.words}" if query.words else "Releases"
    page = f"/search{query.link()}"
    return _response(datasette, request, "search", title, page, _of_releases(datasette, request, found.releases))


async def changes_feed(datasette: Datasette, request: Request) -> Response:
    """The newest edits, removals and returns; with `kind`, `severity`, `source` and `tag` some of them."""
    _refuse_unknown(request, ("kind", "severity", "source", "tag"))
    kind, severity = request.args.get("kind") or "", request.args.get("severity") or ""
    if kind and kind not in events.CHANGES:
        raise BadRequest(f"There is no kind of change called so; there are: {', '.join(events.CHANGES)}.")
    if severity and severity not in SEVERITIES:
        raise BadRequest(f"There is no severity called so; there are: {', '.join(SEVERITIES)}.")
    kinds = ("edited",) if severity else (kind,) if kind else events.CHANGES
    tag, among = await _tag(datasette, request)
    source, _ = await _source(datasette, request)
    wanted = events.Selection(kinds, source, among, severity)
    found = await events.newest_events(reader(datasette), wanted, ENTRIES)
    named = [f" ({CHANGE[kind]})" if kind else "", f" ({severity})" if severity else "", f": {tag}" if tag else ""]
    title = f"Edits and removals{''.join(named)}"
    made = entries.of_events(found, _address(datasette, request), await _changes(datasette, request, found))
    return _response(datasette, request, "changes", title, "/events", made)


async def _changes(datasette: Datasette, request: Request, found: Iterable[events.Event]) -> dict[int, str]:
    """What each edit changed, in plain text; nothing to whom the earlier texts are closed."""
    edited = [event.row for event in found if event.kind == "edited"]
    if not edited or "revisions" not in await visible(datasette, request.actor, ("revisions",)):
        return {}
    pairs = await read(datasette, revisions.pairs_of, edited)
    try:
        said = await lanes().pages.run(2 * revision_diffs.COMPARING, revision_diffs.in_plain_text, list(pairs.values()))
    except Overrun:
        return {}
    return dict(zip(pairs, said, strict=True))


def _of_releases(datasette: Datasette, request: Request, found: Iterable[releases.Release]) -> tuple[Entry, ...]:
    return entries.of_releases(list(found), _address(datasette, request), _full(request))


async def _source(datasette: Datasette, request: Request) -> tuple[str, sources.Health | None]:
    """The name that is asked for and its source; without one "" and None. Raises NotFound if there is none."""
    name = request.args.get("source") or ""
    found = await sources.source_named(reader(datasette), name) if name else None
    if name and found is None:
        raise NotFound("There is no source of this name in the archive.")
    return name, found


async def _tag(datasette: Datasette, request: Request) -> tuple[str, tuple[str, ...] | None]:
    """The tag that is asked for and the sources that have it; None without one. Raises NotFound if none has it."""
    tag = (request.args.get("tag") or "").strip().lower()
    if not tag:
        return "", None
    found = (await known_sources(datasette, request)).tags.get(tag)
    if found is None:
        raise NotFound("No source of the archive has this tag.")
    return tag, found


def _full(request: Request) -> bool:
    return bool(request.args.get("full"))


def _refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """A slip in a parameter would give another feed than was meant, silently and for ever."""
    strange = sorted(set(request.args) - set(known))
    if strange:
        raise BadRequest(f"This feed has no parameter {strange[0][:40]!r}; it has: {', '.join(known)}.")


def _response(
    datasette: Datasette, request: Request, name: str, title: str, page: str, found: tuple[Entry, ...]
) -> Response:
    address = _address(datasette, request)
    query = f"?{request.query_string}" if request.query_string else ""
    as_json = request.path.endswith(".json")
    stem = request.path.rpartition(".")[0]
    base = datasette.urls.path("/").rstrip("/")
    stem = stem.removeprefix(base) if base else stem
    identity = f"{entries.TAG}feed/{name}" + (
        f"/{sha256(request.query_string.encode()).hexdigest()[:16]}" if request.query_string else ""
    )
    forms = {kind: address(f"{stem}.{kind}") + query for kind in ("xml", "json")}
    own, other = (forms["json"], forms["xml"]) if as_json else (forms["xml"], forms["json"])
    hubs: tuple[str, ...] = getattr(datasette, "hubs", ())
    title = f"{site_words(datasette).title}: {title}"
    feed = Feed(identity, title, own, address(page), other, found, hubs)
    body = (json_feed.json_feed(feed) if as_json else atom.atom(feed)).encode("utf-8", "replace")
    response = _if_changed(request, body, json_feed.TYPE if as_json else atom.TYPE)
    if hubs:  # as WebSub's discovery asks for it: https://www.w3.org/TR/websub/#discovery
        links = [*((hub, "hub") for hub in hubs), (quote(own, safe=URL_MARKS), "self")]
        response.headers["Link"] = ", ".join(f'<{link}>; rel="{relation}"' for link, relation in links)
    return response


def _if_changed(request: Request, body: bytes, kind: str) -> Response:
    """The body, or 304 to a reader that has it (RFC 9110, section 13.1.2); packed where the reader unpacks."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": f"W/{etag}", "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    known = {each.strip().removeprefix("W/") for each in (request.headers.get("if-none-match") or "").split(",")}
    if known & {etag, "*"}:
        return Response(b"", status=304, headers=headers, content_type=kind)
    if "gzip" in (request.headers.get("accept-encoding") or "").lower():
        body, headers = gzip.compress(body, 1, mtime=0), {**headers, "Content-Encoding": "gzip"}
    return Response(body, headers=headers, content_type=kind)


def _address(datasette: Datasette, request: Request) -> entries.Address:
    return lambda path: str(datasette.absolute_url(request, datasette.urls.path(path)))
