"""How a search is walked: which filters narrow the index, and which are tested on the way. Pure.

A filter that many articles pass, such as "live", narrows nothing: FTS5 would step through the list of all of them. It
is tested by the group of each match instead (`archive.store.search_index.facets`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.store.search_index import places
from archive.store.search_index.query import RANK, Asked, Statement

FREQUENT = 0.1
"""A source, language or status of at least this share of all articles is tested by group."""


class Group(NamedTuple):
    """Articles with the same source, language and status: their number in the index, and how many there are.

    A tuple, since thousands are made for each search.
    """

    id: int
    source: str
    language: str
    standing: str
    articles: int


@dataclass(frozen=True)
class Plan:
    """An FTS5 expression ("" for every place), a range of places, and the groups that count; None for all."""

    match: str
    groups: frozenset[int] | None
    first: int | None
    last: int | None


def plan(asked: Asked, groups: Sequence[Group]) -> Plan:
    """How these articles are found."""
    total = sum(group.articles for group in groups)
    counted: frozenset[int] | None = None
    tested: list[str] = []
    for kind, wanted, name in (
        ("source", (asked.source,), "source"),
        ("among", asked.among or (), "source"),
        ("language", (asked.language,), "language"),
        ("status", (asked.standing,), "standing"),
    ):
        folded = {value.strip().casefold() for value in wanted if value}
        if not folded:
            continue
        same = [group for group in groups if getattr(group, name).strip().casefold() in folded]
        if sum(group.articles for group in same) > FREQUENT * total:
            ids = frozenset(group.id for group in same)
            counted = ids if counted is None else counted & ids
            tested.append(kind)
    return Plan(
        match=asked.expression(without=tested),
        groups=counted,
        first=places.first_of(asked.since.isoformat()) if asked.since else None,
        last=places.last_of(asked.until.isoformat()) if asked.until else None,
    )


GROUPS = Statement("select id, source, language, standing, articles from search_groups", {})
"""All groups."""


def newest(planned: Plan, limit: int, before: int | None = None) -> Statement:
    """Places and groups of the articles meant, newest first, from the one before a place on."""
    if planned.match:
        column, tables = "f.rowid", "search_fts f cross join search_facets x on x.place = f.rowid"
    else:
        column, tables = "x.place", "search_facets x"
    tests = {
        "search_fts match :match": planned.match or None,
        f"{column} >= :first": planned.first,
        f"{column} <= :last": planned.last,
        f"{column} < :before": before,
        "x.group_id in (select value from json_each(:groups))": planned.groups,
    }
    where = " and ".join(test for test, value in tests.items() if value is not None) or "1"
    sql = f"select {column} as place, x.group_id from {tables} where {where} order by {column} desc limit :limit"
    return Statement(sql, {**_values(planned), "before": before, "limit": limit})


def counted_between(planned: Plan) -> Statement:
    """How many of the articles meant are from the place `first` to the place `last`."""
    where = "x.place between :first and :last"
    grouped = "" if planned.groups is None else " and x.group_id in (select value from json_each(:groups))"
    if not planned.match:
        sql = f"select count(*) from search_facets x where {where}{grouped}"
    elif not grouped:
        sql = "select count(*) from search_fts where search_fts match :match and rowid >= :first and rowid <= :last"
    else:
        sql = (
            "select count(*) from search_fts f cross join search_facets x on x.place = f.rowid"
            f" where search_fts match :match and f.rowid >= :first and f.rowid <= :last{grouped}"
        )
    return Statement(sql, _values(planned))


def ranked(match: str, planned: Plan) -> Statement:
    """The places that an FTS5 expression finds in the plan's range, the best first (BM25)."""
    tests = " and rowid >= :first" if planned.first is not None else ""
    tests += " and rowid <= :last" if planned.last is not None else ""
    sql = f"select rowid from search_fts where search_fts match :match{tests} and rank match '{RANK}' order by rank"
    return Statement(sql, {**_values(planned), "match": match})


def _values(planned: Plan) -> dict[str, Any]:
    groups = None if planned.groups is None else json.dumps(sorted(planned.groups))
    return {"match": planned.match, "first": planned.first, "last": planned.last, "groups": groups}
