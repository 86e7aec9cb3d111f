"""How many releases match, by month: all of them, whatever their number."""

from __future__ import annotations

import json
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date

from archive.store.finding import places, plan
from archive.store.finding.query import Asked
from archive.web.queries.rows import Reader, rows
from archive.web.queries.walks import groups_of


async def by_day(db: Reader, asked: Asked) -> dict[str, int]:
    """The number of releases for each day (ISO 8601) that has any. For a period that is not long: each is read.

    A release without a day counts on the one on which it was first seen.
    """
    if asked.nothing:
        return {}
    walk = plan.newest(plan.plan(asked, await groups_of(db)), -1)
    found = await rows(db, walk.sql, walk.parameters)
    days = Counter(place >> places.DAY_SHIFT for place, _ in found)
    return {places.day_numbered(day): days[day] for day in sorted(days)}


async def by_month(db: Reader, asked: Asked) -> dict[str, int]:
    """The number of releases for each month ("2026-03") that has any.

    A release without a day is in the month it was first seen. The index counts the articles of a month without giving
    them one by one; without words the counts of whole months are kept.
    """
    if asked.nothing:
        return {}
    kept = await _kept(db, _sources(asked))
    counts = dict(kept) if _nothing_but_source(asked) else {}
    statement = plan.counted_between(plan.plan(asked, await groups_of(db)))
    for month in kept:
        first, last = f"{month}-01", f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02}"
        inside = _inside(asked, date.fromisoformat(first), date.fromisoformat(last))
        if inside is None:
            counts.pop(month, None)
        elif month not in counts or inside != (first, last):
            span = {"first": places.first_of(inside[0]), "last": places.last_of(inside[1])}
            counts[month] = (await rows(db, statement.sql, {**statement.parameters, **span}))[0][0]
    return {month: number for month, number in sorted(counts.items()) if number}


def _nothing_but_source(asked: Asked) -> bool:
    return Asked(source=asked.source, since=asked.since, until=asked.until, among=asked.among) == asked


def _sources(asked: Asked) -> list[str] | None:
    """The sources that are meant; None for all."""
    if not asked.source:
        return None if asked.among is None else [*asked.among]
    return [asked.source] if asked.among is None or asked.source in asked.among else []


def _inside(asked: Asked, first: date, last: date) -> tuple[str, str] | None:
    """The days of a month that are in the period; None where there are none."""
    begin, end = max(first, asked.since or first), min(last, asked.until or last)
    return (begin.isoformat(), end.isoformat()) if begin <= end else None


async def _kept(db: Reader, sources: Sequence[str] | None) -> dict[str, int]:
    """The number of releases of these sources, or of all, by month."""
    where = "" if sources is None else "where source in (select value from json_each(:sources))"
    found = await rows(
        db,
        f"select month, sum(articles) from month_counts {where} group by month having sum(articles) > 0",
        {"sources": json.dumps(sources)},
    )
    return {one[0]: one[1] for one in found}


async def months_of(db: Reader, asked: Sequence[Asked]) -> list[dict[str, int]]:
    """`by_month` for several searches at once."""
    return [await by_month(db, one) for one in asked]
