"""How many releases match, by month: all of them, whatever their number."""

from __future__ import annotations

from collections import Counter

from archive.store.finding import places
from archive.store.finding.query import Asked, walk
from archive.web.queries.rows import Reader, rows


async def by_day(db: Reader, asked: Asked) -> dict[str, int]:
    """The number of releases for each day (ISO 8601) that has any.

    A release without a day counts on the one on which it was first seen.
    """
    if asked.nothing:
        return {}
    place = "rowid" if asked.match else "place"
    matching = walk(asked, f"{place} >> {places.DAY_SHIFT} as day")
    counted = f"select day, count(*) from ({matching.sql}) group by day order by day"
    return {places.day_numbered(day): number for day, number in await rows(db, counted, matching.parameters)}


async def by_month(db: Reader, asked: Asked) -> dict[str, int]:
    """The number of releases for each month ("2026-03") that has any.

    A release without a day is in the month it was first seen.
    """
    counts: Counter[str] = Counter()
    for day, releases in (await by_day(db, asked)).items():
        counts[day[:7]] += releases
    return dict(counts)
