"""How many releases match, by month: all of them, whatever their number."""

from __future__ import annotations

from collections import Counter

from archive.store.finding import places
from archive.store.finding.query import Asked, walk
from archive.web.queries.rows import Reader, rows


async def by_month(db: Reader, asked: Asked) -> dict[str, int]:
    """The number of releases for each month ("2026-03") that has any.

    A release without a day is in the month it was first seen.
    """
    if asked.nothing:
        return {}
    place = "rowid" if asked.match else "place"
    matching = walk(asked, f"{place} >> {places.DAY_SHIFT} as day")
    counts: Counter[str] = Counter()
    for day, releases in await rows(
        db, f"select day, count(*) from ({matching.sql}) group by day", matching.parameters
    ):
        counts[places.day_numbered(day)[:7]] += releases
    return dict(sorted(counts.items()))
