"""The pages of a release and of its revisions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archive.web import revision_diffs
from archive.web.access import visible
from archive.web.citation import FORMATS, Cited, citation
from archive.web.pages.evidence import EVIDENCE
from archive.web.pages.render import missing, number, page, read, reader, search_apart, site_words
from archive.web.queries import captures, events, related, releases, revisions, similar
from archive.web.queries.rows import Reader
from archive.web.workers import Overrun, lanes

if TYPE_CHECKING:
    from datasette.app import Datasette  # at run time Datasette imports us first

_TABLES = ("articles", "captures", "events", "removed", "revisions", "story_articles")
"""Tables of which the page shows what who asks may see."""

_CAPTURES = 300
"""Captures that the page shows."""

_JSON_FIELDS = ("authors", "tags", "contacts", "photo_credits", "about", "tickers", "links", "origins")


async def article_page(datasette: Datasette, request: Request) -> Response:
    """One release: its clean text and metadata, its history, what was removed, and its captures."""
    article_id = number(request)
    seen = await visible(datasette, request.actor, _TABLES)
    facts = await read(datasette, _facts, article_id, seen)
    if facts is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    return await page(
        datasette,
        request,
        "article.html",
        edits=await _edits(facts.pop("versions")),
        seen=seen,
        evidence=seen.issuperset(EVIDENCE),
        page_address=datasette.absolute_url(request, datasette.urls.path(f"/article/{article_id}")),
        **facts,
    )


async def _facts(db: Reader, article_id: int, seen: frozenset[str]) -> dict[str, Any] | None:
    """All that the page shows of a release; None where there is none with this number."""
    article = await releases.article(db, article_id)
    if article is None:
        return None
    versions = await revisions.revisions(db, article_id) if "revisions" in seen else []
    text, left_out = revision_diffs.beginning(article["text"])
    others, more_others = await related.of(db, article) if "story_articles" in seen else ([], 0)
    happened = await events.events_of(db, article_id) if "events" in seen else []
    return {
        "article": article,
        "fields": {name: _parse_list(article[name]) for name in _JSON_FIELDS},
        "versions": versions,
        "text": text,
        "left_out": left_out,
        "earlier": max(article["revisions"] - len(versions), 0) if "revisions" in seen else 0,
        "events": happened,
        "why": next((event["detail"] for event in happened if event["kind"] == article["status"]), ""),
        "since": next((event["at"] for event in happened if event["kind"] == article["status"]), ""),
        **await _elsewhere(db, article, "captures" in seen),
        "removed": await revisions.removed(db, article_id) if "removed" in seen else [],
        "captures": await captures.stretches_of(db, article_id, _CAPTURES) if "captures" in seen else None,
        "related": [other for other in others if other.source != article["source"]],
        "repeated": [other for other in others if other.source == article["source"]],
        "more_related": more_others,
    }


async def _elsewhere(db: Reader, article: Any, with_captures: bool) -> dict[str, Any]:
    """Where a release moved to, where it was before, and the capture of a change that was seen once so far."""
    moved = await releases.title_of(db, article["moved_to"]) if article["moved_to"] is not None else None
    once = article["unconfirmed"] if with_captures else None
    return {
        "moved": moved,
        "was_at": await releases.moved_here(db, article["id"]),
        "unconfirmed": await captures.capture(db, once) if once is not None else None,
    }


def _parse_list(value: str | None) -> Any:
    try:
        return json.loads(value or "[]")
    except ValueError:
        return [value]


async def _edits(versions: Sequence[revision_diffs.Revision]) -> list[revision_diffs.Edit]:
    try:
        return await lanes().pages.run(2 * revision_diffs.COMPARING, revision_diffs.edits, versions)
    except Overrun:
        return [revision_diffs.uncompared(revision) for revision in versions[:-1]]


async def _edit(new: revision_diffs.Revision, old: revision_diffs.Revision | None) -> revision_diffs.Edit:
    try:
        return await lanes().pages.run(2 * revision_diffs.COMPARING, revision_diffs.edit, new, old, fold=False)
    except Overrun:
        return revision_diffs.uncompared(new)


async def revision_page(datasette: Datasette, request: Request) -> Response:
    """One revision in full, its words marked against the revision before."""
    db = reader(datasette)
    article_id, n = number(request), number(request, "n")
    article = await releases.article(db, article_id)
    pair = await revisions.revision_pair(db, article_id, n)
    if article is None or not pair or pair[0].n != n:
        return await missing(datasette, request, "There is no such revision in the archive.")
    earlier = pair[1] if len(pair) > 1 else None
    text, left_out = revision_diffs.beginning(pair[0].text)
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


async def compare_page(datasette: Datasette, request: Request) -> Response:
    """Any two revisions of a release, compared side by side and in one column."""
    db = reader(datasette)
    article_id = number(request)
    article = await releases.article(db, article_id)
    if article is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    first, last = (_revision_number(request.args.get(name)) for name in ("from", "to"))
    old = await revisions.revision(db, article_id, first or 1)
    new = await revisions.revision(db, article_id, last or article["revisions"])
    if old is None or new is None:
        return await missing(datasette, request, "There is no such revision in the archive.")
    return await page(
        datasette,
        request,
        "compare.html",
        article=article,
        old=old,
        new=new,
        edit=await _edit(new, old),
        numbers=await revisions.numbers(db, article_id),
    )


def _revision_number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and value.isascii() and len(value) < 10 else 0


async def similar_page(datasette: Datasette, request: Request) -> Response:
    """Other releases that say much the same, whatever their source."""
    article_id = number(request)
    named = await releases.title_of(reader(datasette), article_id)
    if named is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    found = await search_apart(datasette, similar.alike, article_id)
    return await page(
        datasette, request, "similar.html", article_id=article_id, title=named[0], language=named[2], found=found
    )


async def cite_page(datasette: Datasette, request: Request) -> Response:
    """How to cite a release: a page with every format, or one of them as a file."""
    db = reader(datasette)
    article = await releases.article(db, number(request))
    capture = await captures.capture(db, article["capture_id"]) if article is not None else None
    if article is None:
        return await missing(datasette, request, "There is no release with this number in the archive.")
    path = datasette.urls.path(f"/article/{article['id']}/revision/{article['revisions']}")
    cited = Cited(
        number=article["id"],
        revision=article["revisions"],
        title=article["title"] or "Untitled",
        issuer=article["issuer"] or article["source_title"],
        authors=tuple(name for name in _parse_list(article["authors"]) if isinstance(name, str)),
        published=article["published_at"] or article["published_day"] or "",
        url=article["url"],
        address=datasette.absolute_url(request, path),
        fetched_at=capture["fetched_at"] if capture is not None else article["last_seen"],
        digest=capture["digest"] if capture is not None else "unknown",
        archive=site_words(datasette).title,
    )
    form = request.url_vars.get("format") or ""
    if form:
        return Response(citation(cited, form), content_type=FORMATS[form])
    made = {name: citation(cited, name) for name in FORMATS}
    return await page(datasette, request, "cite.html", article=article, citations=made)
