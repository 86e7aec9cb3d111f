"""What is searched for, as SQL on the index of searches. Only reads.

Ranking is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) as FTS5 computes it
(https://sqlite.org/fts5.html, section 5.1.1). It costs time for every article that matches; the order of days does not:
the index is walked in it, and a period is a range.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from archive.store.search_index import places
from archive.text.fulltext import match_query

Order = Literal["newest", "oldest", "relevance"]

TITLE_WEIGHT, TEXT_WEIGHT = 5.0, 1.0
"""How much a word counts in the title, and in the text, when articles are ranked."""

RANK = f"bm25({TITLE_WEIGHT}, {TEXT_WEIGHT}, 0.0)"
"""The order of relevance, as FTS5 names it."""

_EARLIER = 2_000
"""Earlier texts that a search of all that was ever said looks at, beside today's."""


@dataclass(frozen=True)
class Asked:
    """What is searched for; everything where nothing is named. Days are those that articles are listed under.

    `standing` is a status or "missing". With `ever` the texts that articles had before today's count as well.
    `among` are names of sources: only their articles are meant. None means all sources; an empty one means nothing.
    """

    words: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    standing: str = ""
    language: str = ""
    author: str = ""
    dateline: str = ""
    edited: bool = False
    ever: bool = False
    among: tuple[str, ...] | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing can be meant: no source, or words of which none can be searched for (only punctuation)."""
        return self.among == () or (bool(self.words.strip()) and not match_query(self.words))

    @property
    def match(self) -> str:
        """The FTS5 expression; "" where neither words nor marks are asked for."""
        return self.expression()

    def expression(self, without: Collection[str] = ()) -> str:
        """The FTS5 expression without these kinds of marks."""
        words = match_query(self.words)
        marks = [f'"{places.mark(kind, value)}"' for kind, value in self._marks() if value and kind not in without]
        among = [] if "among" in without else self._any_source()
        return " AND ".join([*([f"({words})"] if words else []), *marks, *among])

    @property
    def match_earlier(self) -> str:
        """The FTS5 expression for earlier texts: of their marks only the source is certain to hold of the article."""
        source = [f'"{places.mark("source", self.source)}"'] if self.source else []
        return " AND ".join([f"({match_query(self.words)})", *source, *self._any_source()])

    def _any_source(self) -> list[str]:
        names = " OR ".join(f'"{places.mark("source", name)}"' for name in self.among or ())
        return [f"({names})"] if names else []

    def _marks(self) -> tuple[tuple[str, str], ...]:
        return (
            ("source", self.source),
            ("status", self.standing),
            ("language", self.language),
            ("author", self.author),
            ("dateline", self.dateline),
            ("edited", "yes" if self.edited else ""),
        )


@dataclass(frozen=True)
class Statement:
    """SQL and its parameters."""

    sql: str
    parameters: Mapping[str, Any]


def matches(asked: Asked, most: int) -> Statement:
    """How many articles are meant, counted no further than `most`."""
    walk = _walk(asked, "1")
    return Statement(f"select count(*) from ({walk} limit :most)", {**_values(asked), "most": most})


def found(asked: Asked, order: Order, limit: int, offset: int = 0) -> Statement:
    """The ids of the articles meant, in this order; each with whether today's text has the words.

    Without words there is no relevance: the newest come first.
    """
    values = {**_values(asked), "limit": limit, "offset": offset}
    by_rank = order == "relevance" and bool(match_query(asked.words))
    if asked.ever and match_query(asked.words) and not asked.nothing:
        return Statement(_ever(asked), values)
    if by_rank:
        inner = (
            f"select rowid as place from search_fts where search_fts match :match {_range(asked)}"
            f" and rank match '{RANK}' order by rank limit :limit offset :offset"
        )
        return Statement(f"{_NAMED.format(inner=inner)}", values)
    direction = "asc" if order == "oldest" else "desc"
    rowid = "rowid" if asked.match else "place"
    inner = f"{_walk(asked, f'{rowid} as place')} order by {rowid} {direction} limit :limit offset :offset"
    return Statement(_NAMED.format(inner=inner), values)


def next_found(asked: Asked, before: int | None, limit: int) -> Statement:
    """Places and ids of the articles meant, newest first, from the one before a place on: to read them all, in steps.

    What was said earlier is not looked at.
    """
    place = "rowid" if asked.match else "place"
    further = "" if before is None else f" and {place} < :before"
    inner = f"{_walk(asked, f'{place} as place')}{further} order by {place} desc limit :limit"
    sql = f"select f.place, p.article_id from ({inner}) f cross join search_places p on p.place = f.place"
    return Statement(sql, {**_values(asked), "before": before, "limit": limit})


_NAMED = "select p.article_id, 1 as now from ({inner}) f cross join search_places p on p.place = f.place"


def _ever(asked: Asked) -> str:
    """Today's texts and earlier ones together, each article once, newest first."""
    tests = [
        f"{column} = :{name}"
        for column, name, value in (
            ("p.standing", "standing", asked.standing),
            ("p.language", "language", asked.language),
            ("p.dateline", "dateline", asked.dateline),
        )
        if value
    ]
    tests += ["p.edited = 1"] if asked.edited else []
    tests += ["exists (select 1 from json_each(p.authors) where value = :author)"] if asked.author else []
    where = f"where {' and '.join([*tests, _range(asked, 'p.place').removeprefix('and ') or '1'])}"
    return f"""
        with today as (
            select rowid as place from search_fts where search_fts match :match {_range(asked)}
            order by rowid desc limit :limit + :offset
        ), earlier as materialized (
            select rowid as place from earlier_fts where earlier_fts match :match_earlier
            order by rowid desc limit {_EARLIER}
        )
        select article_id, max(now) as now from (
            select p.article_id, p.place, 1 as now from today t cross join search_places p on p.place = t.place
            union all
            select p.article_id, p.place,
                exists (select 1 from search_fts where search_fts match :match and rowid = p.place) as now
            from earlier t cross join earlier_places e on e.place = t.place
                cross join search_places p on p.article_id = e.article_id {where}
        ) group by article_id order by max(place) desc limit :limit offset :offset
    """


def _walk(asked: Asked, columns: str) -> str:
    if asked.nothing:
        return f"select {columns} from search_places where 0"
    if asked.match:
        return f"select {columns} from search_fts where search_fts match :match {_range(asked)}"
    return f"select {columns} from search_places where 1 {_range(asked, 'place')}"


def walk(asked: Asked, columns: str) -> Statement:
    """All that match, by these columns of the index: `rowid` (or `place`, without words and marks) is the place."""
    return Statement(_walk(asked, columns), _values(asked))


def _range(asked: Asked, column: str = "rowid") -> str:
    tests = [f"and {column} >= :first"] if asked.since else []
    tests += [f"and {column} <= :last"] if asked.until else []
    return " ".join(tests)


def _values(asked: Asked) -> dict[str, Any]:
    return {
        "match": asked.match,
        "match_earlier": asked.match_earlier,
        "standing": asked.standing,
        "language": asked.language,
        "dateline": asked.dateline,
        "author": asked.author,
        "first": places.first_of(asked.since.isoformat()) if asked.since else 0,
        "last": places.last_of(asked.until.isoformat()) if asked.until else 0,
    }
