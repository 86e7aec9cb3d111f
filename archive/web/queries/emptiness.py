"""Why an archive has nothing to show."""

from __future__ import annotations

from archive.web.queries.rows import Reader, number

READ, UNREAD, WAITING, UNWATCHED = "", "unread", "waiting", "unwatched"


async def why_empty(db: Reader) -> str:
    """Why no release is archived: the pages fetched gave none, no crawl was yet, no source is watched; "" if any is."""
    if await number(db, "select exists (select 1 from articles)"):
        return READ
    if await number(db, "select exists (select 1 from captures)"):
        return UNREAD
    return WAITING if await number(db, "select exists (select 1 from sources where state = 'watched')") else UNWATCHED
