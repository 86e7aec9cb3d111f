"""The pages of a release and of its revisions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archive.web import edits
from archive.web.access import visible
from archive.web.pages.render import missing, number, page, reader
from archive.web.queries import captures, events, related, releases, revisions
from archive.web.queries.rows import Reader
from archive.web.workers import Overrun, lanes

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_TABLES = ("captures", "events", "removed", "revisions", "story_articles")
_JSON_FIELDS = ("authors", "tags", "contacts", "photo_credits", "about", "tickers", "origins")


async def article_page(datasette: Datasette, request: Request) -> Response:
    """One release: its clean text and metadata, its history, what was removed, and its captures."""
    db = reader(datasette)
    article_id = number(request)
    article = await releases.article(db, article_id)
    if article is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    seen = await visible(datasette, request.actor, _TABLES)
    versions = await revisions.revisions(db, article_id) if "revisions" in seen else []
    text, left_out = edits.beginning(article["text"])
    others, more_others = await related.of(db, article) if "story_articles" in seen else ([], 0)
    happened = await events.events_of(db, article_id) if "events" in seen else []
    return await page(
        datasette,
        request,
        "article.html",
        article=article,
        fields={name: _parsed(article[name]) for name in _JSON_FIELDS},
        edits=await _edits(versions),
        text=text,
        left_out=left_out,
        seen=seen,
        earlier=max(article["revisions"] - len(versions), 0) if "revisions" in seen else 0,
        events=happened,
        why=next((event["detail"] for event in happened if event["kind"] == article["status"]), ""),
        since=next((event["at"] for event in happened if event["kind"] == article["status"]), ""),
        **await _elsewhere(db, article, "captures" in seen),
        removed=await revisions.removed(db, article_id) if "removed" in seen else [],
        captures=await captures.captures(db, article_id) if "captures" in seen else [],
        related=[other for other in others if other.source != article["source"]],
        repeated=[other for other in others if other.source == article["source"]],
        more_related=more_others,
    )


async def _elsewhere(db: Reader, article: Any, with_captures: bool) -> dict[str, Any]:
    """Where a release moved to, and the capture of a change that was seen once so far."""
    moved = await releases.title_of(db, article["moved_to"]) if article["moved_to"] is not None else None
    once = article["unconfirmed"] if with_captures else None
    return {"moved": moved, "unconfirmed": await captures.capture(db, once) if once is not None else None}


def _parsed(value: str | None) -> Any:
    try:
        return json.loads(value or "[]")
    except ValueError:
        return [value]


async def _edits(versions: Sequence[edits.Revision]) -> list[edits.Edit]:
    try:
        return await lanes().pages.run(2 * edits.COMPARING, edits.edits, versions)
    except Overrun:
        return [edits.uncompared(revision) for revision in versions[:-1]]


async def _edit(new: edits.Revision, old: edits.Revision | None) -> edits.Edit:
    try:
        return await lanes().pages.run(2 * edits.COMPARING, edits.edit, new, old, fold=False)
    except Overrun:
        return edits.uncompared(new)


async def revision_page(datasette: Datasette, request: Request) -> Response:
    """One revision in full, its words marked against the revision before."""
    db = reader(datasette)
    article_id, n = number(request), number(request, "n")
    article = await releases.article(db, article_id)
    pair = await revisions.revision_pair(db, article_id, n)
    if article is None or not pair or pair[0].n != n:
        return await missing(datasette, request, "There is no such revision in the archive.")
    earlier = pair[1] if len(pair) > 1 else None
    text, left_out = edits.beginning(pair[0].text)
    return await page(
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
