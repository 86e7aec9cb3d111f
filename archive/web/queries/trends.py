"""How many releases match, by month: all of them, whatever their number."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from archive.store.search_index import places, plan
from archive.store.search_index.plan import Group
from archive.store.search_index.query import Asked
from archive.web.queries.rows import Reader, rows
from archive.web.queries.walks import groups_of

Sources = tuple[str, ...] | None
"""Names of sources; None for all."""


async def by_day(db: Reader, source: str, since: date, until: date) -> dict[str, int]:
    """The number of releases of a source for each day (ISO 8601) that has any, both days included.

    A release without a day counts on the one on which it was first seen. The days stand in an index, in order.
    """
    found = await rows(
        db,
        "select listed_day, count(*) from articles indexed by articles_source_listed"
        " where source = ? and listed_day >= ? and listed_day <= ? group by listed_day order by listed_day",
        [source, since.isoformat(), until.isoformat()],
    )
    return dict(found)


async def by_month(db: Reader, asked: Asked) -> dict[str, int]:
    """The number of releases for each month ("2026-03") that has any. See `months_of`."""
    return (await months_of(db, [asked]))[0]


async def months_of(db: Reader, searches: Sequence[Asked]) -> list[dict[str, int]]:
    """For each of several searches the number of releases for each month ("2026-03") that has any.

    A release without a day is in the month it was first seen. The index counts the articles of a month without giving
    them one by one; without words the counts of whole months are kept.
    """
    groups: list[Group] = []
    if not all(search.nothing or _is_kept(search) for search in searches):
        groups = await groups_of(db)
    kept: dict[Sources, dict[str, int]] = {}
    for search in searches:
        sources = _sources(search)
        if not search.nothing and sources not in kept:
            kept[sources] = await _kept(db, sources)
    return [await _count(db, search, kept.get(_sources(search), {}), groups) for search in searches]


async def _count(db: Reader, asked: Asked, kept: Mapping[str, int], groups: Sequence[Group]) -> dict[str, int]:
    """By month; `kept` has the number of all releases of its sources."""
    if asked.nothing:
        return {}
    if _is_kept(asked):
        return dict(sorted(kept.items()))
    counts = dict(kept) if _nothing_but_source(asked) else {}
    statement = plan.counted_between(plan.plan(asked, groups))
    for month in kept:
        first, last = f"{month}-01", f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02}"
        inside = _inside(asked, date.fromisoformat(first), date.fromisoformat(last))
        if inside is None:
            counts.pop(month, None)
        elif month not in counts or inside != (first, last):
            span = {"first": places.first_of(inside[0]), "last": places.last_of(inside[1])}
            counts[month] = (await rows(db, statement.sql, {**statement.parameters, **span}))[0][0]
    return {month: number for month, number in sorted(counts.items()) if number}


def _is_kept(asked: Asked) -> bool:
    """Whether all that is asked for are whole months, which are kept."""
    return _nothing_but_source(asked) and asked.since is None and asked.until is None


def _nothing_but_source(asked: Asked) -> bool:
    return Asked(source=asked.source, since=asked.since, until=asked.until, among=asked.among) == asked


def _sources(asked: Asked) -> Sources:
    """The sources that are meant; None for all."""
    if not asked.source:
        return None if asked.among is None else tuple(asked.among)
    return (asked.source,) if asked.among is None or asked.source in asked.among else ()


def _inside(asked: Asked, first: date, last: date) -> tuple[str, str] | None:
    """The days of a month that are in the period; None where there are none."""
    begin, end = max(first, asked.since or first), min(last, asked.until or last)
    return (begin.isoformat(), end.isoformat()) if begin <= end else None


async def _kept(db: Reader, sources: Sources) -> dict[str, int]:
    """The number of releases of these sources, or of all, by month."""
    where = "" if sources is None else "where source in (select value from json_each(:sources))"
    found = await rows(
        db,
        f"select month, sum(articles) from month_counts {where} group by month having sum(articles) > 0",
        {"sources": json.dumps(sources)},
    )
    return dict(found)
