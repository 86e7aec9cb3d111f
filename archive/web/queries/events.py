"""What happened to releases, newest first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from archive.web.queries.rows import Reader, rows

CHANGES = ("edited", "missing", "gone", "returned", "moved", "blocked", "alternates", "unavailable")
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
    """Something that happened to a release, or to a source: then `title` and `url` are empty.

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
    language: str = ""


@dataclass(frozen=True)
class Selection:
    """Which events are meant: those of some kinds, of all sources.

    Of one `source`, or of the sources `among` these names (None: of all). Of edits, `severity` may be named. `without`
    are articles whose events are left out. Only events before the moment `before` are meant, or of that moment those
    before the place `row` in the table.
    """

    kinds: Sequence[str]
    source: str = ""
    among: Sequence[str] | None = None
    severity: str = ""
    without: Sequence[int] = ()
    before: str = ""
    row: int = 0

    @property
    def sources(self) -> Sequence[str] | None:
        """The names of the sources that are meant; None for all."""
        if self.among is None:
            return (self.source,) if self.source else None
        return [name for name in self.among if not self.source or name == self.source]

    @property
    def is_walked_apart(self) -> bool:
        """Whether the index is walked for each source by itself: there are not too many of them."""
        return self.sources is not None and len(self.sources) * len(self.kinds) <= _PARTS

    def walks(self) -> list[str]:
        """The indexes by which events are read, each with what it begins with: of each source, or of all."""
        if self.sources is not None and self.is_walked_apart:
            return [f"events_source where source = :source{n} and" for n, _ in enumerate(self.sources)]
        return ["events_kind where"]

    def conditions(self) -> str:
        """What else is asked of an event, as SQL that begins with "and"; "" if nothing is."""
        asked = ""
        if self.before and self.row:
            asked += " and at <= :before and (at < :before or rowid < :row)"
        elif self.before:
            asked += " and at < :before"
        if self.severity:
            asked += " and (detail like :severity || ':%' or detail like :severity || ' (%')"
        if self.without:
            asked += " and (article_id is null or article_id not in (select value from json_each(:without)))"
        if self.sources is not None and not self.is_walked_apart:
            asked += " and source in (select value from json_each(:sources))"
        return asked

    def parameters(self) -> dict[str, str | int]:
        """The values that `walks` and `conditions` name, and `kind0` and so on."""
        sources = self.sources or ()
        return {
            **{f"kind{n}": kind for n, kind in enumerate(self.kinds)},
            **{f"source{n}": name for n, name in enumerate(sources)},
            "sources": json.dumps([*sources]),
            "severity": self.severity,
            "without": json.dumps([*self.without]),
            "before": self.before,
            "row": self.row,
        }


async def newest_events(db: Reader, wanted: Selection, count: int) -> list[Event]:
    """The newest events that are meant, at most `count`: each kind by its own index walk, joined newest first.

    Those of one moment come by their place in the table.
    """
    if wanted.sources is not None and not wanted.sources:
        return []
    rest = wanted.conditions()
    parts = [
        f"select * from (select rowid as row, * from events indexed by {walk} kind = :kind{n}{rest}"
        " order by at desc, rowid desc limit :count)"
        for walk in wanted.walks()
        for n, _ in enumerate(wanted.kinds)
    ]
    found = await rows(
        db,
        "select e.row, e.at, e.source, coalesce(nullif(s.title, ''), e.source) as source_title, e.article_id,"
        " coalesce(e.url, a.url, '') as url, e.kind, e.detail, coalesce(a.title, '') as title,"
        " coalesce(a.language, '') as language"
        f" from ({' union all '.join(parts)}) e left join articles a on a.id = e.article_id"
        " left join sources s on s.name = e.source order by e.at desc, e.row desc limit :count",
        {**wanted.parameters(), "count": count},
    )
    return [Event(**dict(values)) for values in found]


async def newest_of_each(db: Reader, kinds: Sequence[str], count: int, *, source: str = "") -> list[Event]:
    """As `newest_events`, but of each release no more than EACH: a busy one does not fill the list.

    The releases that have as many are left out of the next round, so that the work stays bounded.
    """
    found: list[Event] = []
    full: list[int] = []
    for _ in range(_ROUNDS):
        last = found[-1] if found else None
        before, row = (last.at, last.row) if last else ("", 0)
        newest = await newest_events(db, Selection(kinds, source, without=full, before=before, row=row), 4 * count)
        for event in newest:
            if sum(other.article_id == event.article_id for other in found) < EACH:
                found.append(event)
        if len(found) >= count or len(newest) < 4 * count:
            break
        of_each = Counter(event.article_id for event in found)
        full = [article for article, times in of_each.items() if article is not None and times >= EACH]
    return found[:count]


def fold_repeats(events: Sequence[Event]) -> list[Event]:
    """More than IN_A_ROW events in a row of one release and one kind as one, the newest, with how many there are."""
    shown: list[Event] = []
    for _, group in groupby(events, key=lambda event: (event.source, event.article_id, event.url, event.kind)):
        alike = list(group)
        shown += alike if len(alike) <= IN_A_ROW else [replace(alike[0], times=len(alike))]
    return shown


async def events_of(db: Reader, article_id: int, most: int = 100) -> list[Any]:
    """What happened to an article, newest first."""
    sql = "select at, kind, detail, capture_id from events where article_id = ? order by at desc, rowid desc limit ?"
    return await rows(db, sql, [article_id, most])
