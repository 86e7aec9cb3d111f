"""What happened to releases, newest first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from archive.web.queries.rows import Reader, rows

CHANGES = ("edited", "missing", "gone", "returned", "moved", "blocked", "alternates")
CERTAIN = ("edited", "gone", "returned", "moved")

EACH = 2
"""Events of one release that a short list shows."""

IN_A_ROW = 3
"""Events in a row of one release that are each shown; more are one line."""

_PARTS = 400
"""Walks of an index that one query joins (SQLite allows 500). Of more sources the events are found by their kinds."""

_ROUNDS = 6
"""Times that a list with few events of each release is asked for more."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a release; `title` is empty where no release is meant.

    `row` is its place in the table: with `at`, the event's place in a list. `times` is how many of a row this stands
    for: the newest of them.
    """

    row: int
    at: str
    source: str
    source_title: str
    article_id: int | None
    url: str
    kind: str
    detail: str
    title: str
    times: int = 1


async def newest_events(
    db: Reader,
    kinds: Sequence[str],
    count: int,
    *,
    source: str = "",
    before: str = "",
    row: int = 0,
    without: Sequence[int] = (),
    severity: str = "",
    among: Sequence[str] | None = None,
) -> list[Event]:
    """The newest events of the kinds, each kind by its own index walk, joined newest first.

    Those of one moment come by their place in the table. Only events before the moment `before` are given, or of that
    moment those before the place `row`. `without` are articles whose events are left out; of edits, `severity` may be
    named. `among` are names of sources: only their events are meant.
    """
    if among is not None:
        among = [name for name in among if not source or name == source]
        source = among[0] if len(among) == 1 else ""
    if among == []:
        return []
    several = () if source or among is None else among
    is_walked_apart = len(several) * len(kinds) <= _PARTS
    rest = _conditions(before, row, severity, without)
    if several and not is_walked_apart:
        rest += " and source in (select value from json_each(:among))"
    parts = [
        f"select * from (select rowid as row, * from events indexed by {walk} kind = :kind{n}{rest}"
        " order by at desc, rowid desc limit :count)"
        for walk in _walks(source, several if is_walked_apart else ())
        for n, _ in enumerate(kinds)
    ]
    found = await rows(
        db,
        "select e.row, e.at, e.source, coalesce(nullif(s.title, ''), e.source) as source_title, e.article_id,"
        " coalesce(e.url, a.url, '') as url, e.kind, e.detail, coalesce(a.title, '') as title"
        f" from ({' union all '.join(parts)}) e left join articles a on a.id = e.article_id"
        " left join sources s on s.name = e.source order by e.at desc, e.row desc limit :count",
        {
            **{f"kind{n}": kind for n, kind in enumerate(kinds)},
            **{f"source{n}": name for n, name in enumerate(among or ())},
            "count": count,
            "source": source,
            "before": before,
            "row": row,
            "without": json.dumps([*without]),
            "severity": severity,
            "among": json.dumps(among),
        },
    )
    return [Event(**{name: one[name] for name in one.keys()}) for one in found]  # noqa: SIM118 (a Row is no dict)


def _walks(source: str, several: Sequence[str]) -> list[str]:
    """The indexes by which events are read, each with what it begins with: of one source, of each of several, or of
    all."""
    if several:
        return [f"events_source where source = :source{n} and" for n, _ in enumerate(several)]
    return ["events_source where source = :source and" if source else "events_kind where"]


def _conditions(before: str, row: int, severity: str, without: Sequence[int]) -> str:
    """What else is asked of an event, as SQL that begins with "and"; "" if nothing is."""
    asked = ""
    if before and row:
        asked += " and at <= :before and (at < :before or rowid < :row)"
    elif before:
        asked += " and at < :before"
    if severity:
        asked += " and (detail like :severity || ':%' or detail like :severity || ' (%')"
    if without:
        asked += " and (article_id is null or article_id not in (select value from json_each(:without)))"
    return asked


async def newest_of_each(db: Reader, kinds: Sequence[str], count: int, *, source: str = "") -> list[Event]:
    """As `newest_events`, but of each release no more than EACH: a busy one does not fill the list.

    The releases that have as many are left out of the next round, so that the work stays bounded.
    """
    found: list[Event] = []
    full: list[int] = []
    for _ in range(_ROUNDS):
        last = found[-1] if found else None
        newest = await newest_events(
            db,
            kinds,
            4 * count,
            source=source,
            before=last.at if last else "",
            row=last.row if last else 0,
            without=full,
        )
        for event in newest:
            if sum(other.article_id == event.article_id for other in found) < EACH:
                found.append(event)
        if len(found) >= count or len(newest) < 4 * count:
            break
        of_each = Counter(event.article_id for event in found)
        full = [article for article, times in of_each.items() if article is not None and times >= EACH]
    return found[:count]


def folded(events: Sequence[Event]) -> list[Event]:
    """More than IN_A_ROW events in a row of one release and one kind as one, the newest, with how many there are."""
    shown: list[Event] = []
    for _, group in groupby(events, key=lambda event: (event.article_id, event.url, event.kind)):
        alike = list(group)
        shown += alike if len(alike) <= IN_A_ROW else [replace(alike[0], times=len(alike))]
    return shown


async def events_of(db: Reader, article_id: int, most: int = 100) -> list[Any]:
    """What happened to an article, newest first."""
    sql = "select at, kind, detail, capture_id from events where article_id = ? order by at desc, rowid desc limit ?"
    return await rows(db, sql, [article_id, most])
