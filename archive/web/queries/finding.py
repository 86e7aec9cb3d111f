"""One page of what a visitor searched for, with counts to narrow it by."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.store.finding import places
from archive.store.finding.query import Asked, Order, Statement, found, matches, walk
from archive.text.fulltext import match_query
from archive.web.queries.releases import Release, releases_with
from archive.web.queries.rows import Reader, number, row, rows
from archive.web.search import LIMIT, PAGE, RANKED, Query

FACETED = 20_000
"""The newest matches that counts are made of, and the chart."""

_NAMED = 2_000
"""The newest matches whose authors and datelines are counted."""

_SHOWN = 8
"""Values of a facet that are shown."""


@dataclass(frozen=True)
class Results:
    """A page of a search. `total` counts no further than LIMIT; `more` says there are others beyond.

    `edited_out` are those of the releases whose text today does not hold the words.
    """

    releases: tuple[Release, ...]
    total: int
    more: bool
    ranked: bool
    too_broad: bool
    edited_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Facets:
    """How many of the matches have each value, the most frequent first, by kind; and how many there are each month.

    `counted` is how many matches were looked at: the newest. `complete` says that they are all.
    """

    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    counted: int = 0
    complete: bool = True


NOTHING = Results((), 0, False, False, False)
"""What words that cannot be searched for (only punctuation) find."""


async def look_up(db: Reader, query: Query, match: str) -> Results:
    """One page of what a visitor searched for; `match` is empty where no words are."""
    asked = query.asked
    if asked.nothing:
        return NOTHING
    total = await _number(db, matches(asked, RANKED + 1))
    ranked = bool(match) and query.sort == "best" and total <= RANKED and not query.ever
    order: Order = "relevance" if ranked else "oldest" if query.sort == "oldest" else "newest"
    start = min((query.page - 1) * PAGE, LIMIT)
    if query.ever and match:
        everything = found(asked, order, LIMIT + 1)
        every = [tuple(one) for one in await rows(db, everything.sql, everything.parameters)]
        total, here = len(every), every[start : min(start + PAGE, LIMIT)]
    else:
        page = found(asked, order, min(PAGE, LIMIT - start), start)
        here = [tuple(one) for one in await rows(db, page.sql, page.parameters)]
    return Results(
        releases=tuple(await releases_with(db, [one for one, _ in here])),
        total=min(total, LIMIT),
        more=total > LIMIT,
        ranked=ranked,
        too_broad=bool(match) and query.sort == "best" and not ranked and not query.ever,
        edited_out=frozenset(one for one, now in here if not now),
    )


async def _number(db: Reader, statement: Statement) -> int:
    return await number(db, statement.sql, statement.parameters)


async def facets(db: Reader, asked: Asked, tags: Mapping[str, Sequence[str]] | None = None) -> Facets:
    """Counts of sources, statuses, languages, years, authors and places of the newest matches, and of months.

    `tags` are the names of the sources with each tag, to be counted too.
    """
    if asked.nothing:
        return Facets()
    place = "rowid" if asked.match else "place"
    newest = walk(asked, f"{place} as place")
    limited = f"{newest.sql} order by {place} desc limit :counted"
    grouped = await rows(
        db,
        f"select p.source, p.language, p.standing, m.place >> {places.DAY_SHIFT} as day, count(*) as articles"
        f" from ({limited}) m cross join search_places p on p.place = m.place group by 1, 2, 3, 4",
        {**newest.parameters, "counted": FACETED},
    )
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("source", "language", "status", "year")}
    months: Counter[str] = Counter()
    for source, language, standing, day, articles in grouped:
        of_day = places.day_numbered(day)
        for name, value in (("source", source), ("language", language), ("status", standing), ("year", of_day[:4])):
            counts[name][value] += articles
        months[of_day[:7]] += articles
    counted = sum(months.values())
    of_tags = {tag: sum(counts["source"][name] for name in names) for tag, names in (tags or {}).items()}
    counts["tag"] = Counter({tag: count for tag, count in of_tags.items() if count})
    counts |= await _names(db, limited, newest)
    return Facets(
        {name: [pair for pair in every.most_common(_SHOWN) if pair[0]] for name, every in counts.items()},
        dict(sorted(months.items())),
        counted,
        counted < FACETED,
    )


async def _names(db: Reader, limited: str, newest: Statement) -> dict[str, Counter[str]]:
    found = await rows(
        db,
        f"select p.dateline, p.authors from ({limited}) m cross join search_places p on p.place = m.place"
        " where p.dateline <> '' or p.authors <> '[]'",
        {**newest.parameters, "counted": _NAMED},
    )
    datelines = Counter(one[0] for one in found if one[0])
    authors = Counter(name for one in found for name in json.loads(one[1]))
    return {"place": datelines, "author": authors}


async def said_before(db: Reader, ids: Sequence[int], words: str) -> dict[int, str]:
    """Of each of these articles the newest earlier text that holds the words."""
    texts: dict[int, str] = {}
    for article in ids:
        one = await row(
            db,
            "select r.text from earlier_places e join revisions r on r.article_id = e.article_id and r.n = e.n"
            " where e.article_id = :article and exists"
            " (select 1 from earlier_fts where earlier_fts match :match and rowid = e.place)"
            " order by e.n desc limit 1",
            {"article": article, "match": match_query(words)},
        )
        if one:
            texts[article] = one[0]
    return texts
