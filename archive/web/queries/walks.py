"""Matches in the order of days, read once for everything that a page says of them; and the best of them."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archive.store.search_index import plan
from archive.store.search_index.plan import Group, Plan
from archive.store.search_index.query import Asked, found, next_found
from archive.text.fulltext import rare_query, wanted_terms
from archive.web.queries.rows import Reader, number, rows

RANKED = 10_000
"""Matches that are ranked, at most: BM25 takes some microseconds for each."""

_PHRASED = 50_000
"""Articles with a word: a phrase all of whose words are in more of them takes long to find each time."""

_TERMS = 8
"""Terms of a search that it is ranked by."""

SECONDS = 0.03
"""Processor time that a walk may take beyond its first step."""

_COUNTED = "select count(*) from (select 1 from search_fts where search_fts match :match limit :most)"


@dataclass(frozen=True)
class Walked:
    """Places of matches and the groups they are of, newest first; `complete` says that there are no more."""

    places: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    complete: bool = True


async def groups_of(db: Reader) -> list[Group]:
    """All groups of articles."""
    return [Group(*values) for values in await rows(db, plan.GROUPS.sql)]


async def walk(db: Reader, planned: Plan, steps: Sequence[int], seconds: float = SECONDS) -> Walked:
    """The newest matches: as many as the first step says, and as each further one does while there is time for it.

    `seconds` are of processor time. How long a step will take is reckoned from those before.
    """
    began = time.process_time()
    places: list[int] = []
    groups: list[int] = []
    for most in steps:
        each = (time.process_time() - began) / max(len(places), 1)
        if places and each * most > seconds:
            break
        step = plan.newest(planned, most - len(places), places[-1] if places else None)
        further = await rows(db, step.sql, step.parameters)
        places += [each[0] for each in further]
        groups += [each[1] for each in further]
        if len(places) < most:
            return Walked(tuple(places), tuple(groups), True)
    return Walked(tuple(places), tuple(groups), False)


async def ranking(db: Reader, asked: Asked) -> str:
    """The FTS5 expression that the matches of these words can be ranked by in a short time; "" where there is none.

    It holds the rare words alone. Frequent ones tell matches apart the least, and BM25 reads all articles that have
    one, to know how many they are.
    """
    terms = wanted_terms(asked.words)
    tested = dict(list(terms.items())[:_TERMS])
    rare = {term for term, tokens in tested.items() if await _is_rare(db, term, tokens)}
    expression = rare_query(asked.words, set(terms) - rare)
    return expression if expression and await _at_most(db, expression, RANKED) else ""


async def _is_rare(db: Reader, term: str, tokens: Sequence[str]) -> bool:
    if len(tokens) > 1:
        for token in tokens:
            if await _at_most(db, token, _PHRASED):
                break
        else:
            return False
    return await _at_most(db, term, RANKED)


async def _at_most(db: Reader, match: str, most: int) -> bool:
    return await number(db, _COUNTED, {"match": match, "most": most + 1}) <= most


async def best(db: Reader, planned: Plan, expression: str, among: Collection[int]) -> list[int]:
    """The places among these, the best first, by what `ranking` gave."""
    statement = plan.ranked(expression, planned)
    ordered = await rows(db, statement.sql, statement.parameters)
    return [each[0] for each in ordered if each[0] in among]


async def articles_before(db: Reader, asked: Asked, before: int | None, limit: int) -> list[tuple[int, int]]:
    """Places and ids of matches, newest first, from the one before a place on: to read them all, in steps."""
    statement = next_found(asked, before, limit)
    return [(each[0], each[1]) for each in await rows(db, statement.sql, statement.parameters)]


async def ever(db: Reader, asked: Asked, most: int, start: int = 0) -> list[tuple[int, bool]]:
    """The articles whose texts ever had the words, newest first, and whether today's has."""
    statement = found(asked, "newest", most, start)
    return [(each[0], bool(each[1])) for each in await rows(db, statement.sql, statement.parameters)]
