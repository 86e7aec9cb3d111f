"""One page of what a visitor searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.store.search import Order, matching, ordered
from archive.web.queries.releases import Release, releases_with
from archive.web.queries.rows import Reader, number, rows
from archive.web.search import LIMIT, PAGE, RANKED, Query


@dataclass(frozen=True)
class Results:
    """A page of a search. `total` counts no further than LIMIT; `more` says there are others beyond."""

    releases: tuple[Release, ...]
    total: int
    more: bool
    ranked: bool
    too_broad: bool


NOTHING = Results((), 0, False, False, False)
"""What words that cannot be searched for (only punctuation) find."""


async def look_up(db: Reader, query: Query, match: str) -> Results:
    """One page of what a visitor searched for."""
    statement = matching(query.words, RANKED + 1)
    matches = await number(db, statement.sql, statement.parameters) if match else 0
    by_rank = bool(match) and query.sort == "best" and matches <= RANKED
    order: Order = "relevance" if by_rank else "newest"
    statement = ordered(query.selection, order, LIMIT + 1, matches)
    ids: Sequence[int] = [one[0] for one in await rows(db, statement.sql, statement.parameters)]
    start = (query.page - 1) * PAGE
    return Results(
        releases=tuple(await releases_with(db, ids[:LIMIT][start : start + PAGE])),
        total=min(len(ids), LIMIT),
        more=len(ids) > LIMIT,
        ranked=by_rank,
        too_broad=bool(match) and query.sort == "best" and not by_rank,
    )
