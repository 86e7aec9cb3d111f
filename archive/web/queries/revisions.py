"""The texts that a release had, and what cleaning took out of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from archive.web.queries.rows import Reader, row, rows
from archive.web.revision_diffs import Revision

_COMPARED = 100_000
"""Characters of a text that are compared where a change is told in short."""

_COLUMNS = "n, fetched_at, severity, silent, summary, capture_id, title, authors, text"


async def revisions(db: Reader, article_id: int, most: int = 50) -> list[Revision]:
    """The newest revisions of an article, newest first."""
    sql = f"select {_COLUMNS} from revisions where article_id = ? order by n desc limit ?"
    return [_revision(found) for found in await rows(db, sql, [article_id, most])]


async def revision_pair(db: Reader, article_id: int, n: int) -> list[Revision]:
    """Revision n and the one before it, newest first; the first revision stands alone."""
    sql = f"select {_COLUMNS} from revisions where article_id = ? and n <= ? order by n desc limit 2"
    return [_revision(found) for found in await rows(db, sql, [article_id, n])]


async def revision(db: Reader, article_id: int, n: int) -> Revision | None:
    """One revision, or None."""
    found = await row(db, f"select {_COLUMNS} from revisions where article_id = ? and n = ?", [article_id, n])
    return _revision(found) if found else None


async def pairs_of(db: Reader, events: Sequence[int]) -> dict[int, tuple[Revision, Revision]]:
    """Of edits, by their rows in `events`: the revision that each made, and the one before it.

    Long texts are cut: what is said of a change is short.
    """
    cut = _COLUMNS.replace("text", f"substr(text, 1, {_COMPARED}) as text")
    sql = (
        "select event.value as event, r.article_id, r.n from json_each(?) event cross join events e on"
        " e.rowid = event.value cross join revisions r on r.article_id = e.article_id"
        " and r.capture_id = e.capture_id and r.n > 1"
    )
    made = await rows(db, sql, [json.dumps(list(events))])
    found = {}
    for event, article, n in made:
        pair = await rows(
            db,
            f"select {cut} from revisions where article_id = ? and n <= ? order by n desc limit 2",
            [article, n],
        )
        if len(pair) == 2:
            found[int(event)] = (_revision(pair[0]), _revision(pair[1]))
    return found


async def numbers(db: Reader, article_id: int, most: int = 500) -> list[tuple[int, str]]:
    """The revisions of an article, newest first: number, and when it was first seen."""
    sql = "select n, fetched_at from revisions where article_id = ? order by n desc limit ?"
    return [(n, moment) for n, moment in await rows(db, sql, [article_id, most])]


async def revision_at(db: Reader, article_id: int, moment: str) -> Revision | None:
    """The revision that an article was at, at a stored moment; None before its first."""
    sql = f"select {_COLUMNS} from revisions where article_id = ? and fetched_at <= ? order by n desc limit 1"
    found = await row(db, sql, [article_id, moment])
    return _revision(found) if found else None


def _revision(found: Any) -> Revision:
    values = dict(found)
    authors = tuple(json.loads(found["authors"])) if found["authors"] else None
    return Revision(**values | {"silent": bool(found["silent"]), "authors": authors})


async def removed(db: Reader, article_id: int, most: int = 200) -> list[Any]:
    """What cleaning took out of the article, in the page's order."""
    sql = "select position, text, why from removed where article_id = ? order by position limit ?"
    return await rows(db, sql, [article_id, most])
