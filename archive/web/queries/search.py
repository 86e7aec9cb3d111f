"""One page of what a visitor searched for, with counts to narrow it by. A search walks its matches once for both."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.store.search_index import places
from archive.store.search_index.plan import Group, Plan, plan
from archive.store.search_index.query import Asked, found
from archive.text.fulltext import match_query
from archive.web.queries import walks
from archive.web.queries.releases import Release, releases_with
from archive.web.queries.rows import Reader, row, rows
from archive.web.queries.walks import Walked
from archive.web.search_request import LIMIT, PAGE, Excerpt, Query, excerpts

FACETED = 10_000
"""The newest matches that counts are made of, and the chart."""

_STEPS = (4_000, FACETED + 1)
"""After the first LIMIT matches, how many are counted while they are found quickly."""

_NAMED = 2_000
"""The newest matches whose authors and datelines are counted."""

_SHOWN = 8
"""Values of a facet that are shown."""

_OPENING = 900
"""Characters of a text that a list may show the beginning of."""


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


@dataclass(frozen=True)
class Found:
    """A page of a search, what its matches are counted by, and title and passage of each release by its id."""

    results: Results
    facets: Facets
    excerpts: dict[int, Excerpt] = field(default_factory=dict)


NOTHING = Results((), 0, False, False, False)
"""What words that cannot be searched for (only punctuation) find."""


async def search(db: Reader, query: Query, tags: Sequence[tuple[str, Sequence[str]]] = ()) -> Found:
    """One page of what a visitor searched for, with its counts and its passages.

    `tags` are the tags to be counted too, each with the names of its sources.
    """
    asked = query.asked
    if asked.nothing:
        return Found(NOTHING, Facets())
    groups = await walks.groups_of(db)
    planned = plan(asked, groups)
    ranking = await _ranking(db, query)
    walked = await _walk(db, planned, ranking, (LIMIT + 1, *_STEPS))
    results = await _results(db, query, planned, walked, ranking, PAGE)
    counted = await _facets(db, walked, groups, dict(tags))
    made = await _excerpts(db, results, query.words)
    shown = tuple(replace(release, text=release.text[:_OPENING]) for release in results.releases)
    return Found(replace(results, releases=shown), counted, made)


async def look_up(db: Reader, query: Query, match: str, length: int) -> Results:
    """One page, of this length, of what a visitor searched for; `match` is empty where no words are."""
    asked = query.asked
    if asked.nothing:
        return NOTHING
    planned = plan(asked, await walks.groups_of(db))
    ranking = await _ranking(db, query) if match else ""
    walked = await _walk(db, planned, ranking, (LIMIT + 1,))
    return await _results(db, query, planned, walked, ranking, length)


async def facets(db: Reader, asked: Asked, tags: Mapping[str, Sequence[str]] | None = None) -> Facets:
    """Counts of sources, statuses, languages, years, authors and places of the newest matches, and of months.

    `tags` are the names of the sources with each tag, to be counted too.
    """
    if asked.nothing:
        return Facets()
    groups = await walks.groups_of(db)
    return await _facets(db, await walks.walk(db, plan(asked, groups), (LIMIT + 1, *_STEPS)), groups, tags or {})


async def _ranking(db: Reader, query: Query) -> str:
    return await walks.ranking(db, query.asked) if query.sort == "best" and query.words and not query.ever else ""


async def _walk(db: Reader, planned: Plan, ranking: str, steps: Sequence[int]) -> Walked:
    """To rank matches all of them are needed, and they are few."""
    return await walks.walk(db, planned, (walks.RANKED + 1,) if ranking else steps)


async def _results(db: Reader, query: Query, planned: Plan, walked: Walked, ranking: str, length: int) -> Results:
    start = min((query.page - 1) * length, LIMIT)
    end = min(start + length, LIMIT)
    words = bool(match_query(query.words))
    total = len(walked.places)
    now_too: frozenset[int] = frozenset()
    if query.ever and words:
        every = await walks.ever(db, query.asked, LIMIT + 1)
        total, here = len(every), [article for article, _ in every[start:end]]
        now_too = frozenset(article for article, now in every[start:end] if now)
    elif query.sort == "oldest" and not walked.complete:
        oldest = found(query.asked, "oldest", end - start, start)
        here = [each[0] for each in await rows(db, oldest.sql, oldest.parameters)]
    else:
        ordered: Sequence[int] = walked.places[::-1] if query.sort == "oldest" else walked.places
        if ranking:
            ordered = await walks.best(db, planned, ranking, frozenset(walked.places))
        here = await _articles_at(db, ordered[start:end])
    return Results(
        releases=tuple(await releases_with(db, here)),
        total=min(total, LIMIT),
        more=total > LIMIT,
        ranked=bool(ranking),
        too_broad=words and query.sort == "best" and not ranking and not query.ever,
        edited_out=frozenset(here) - now_too if query.ever and words else frozenset(),
    )


async def _articles_at(db: Reader, at: Sequence[int]) -> list[int]:
    found_rows = await rows(
        db,
        "select place, article_id from search_places where place in (select value from json_each(?))",
        [json.dumps(list(at))],
    )
    articles = dict(found_rows)
    return [articles[place] for place in at]


async def _facets(db: Reader, walked: Walked, groups: Sequence[Group], tags: Mapping[str, Sequence[str]]) -> Facets:
    held = walked.places[:FACETED]
    by_id = {group.id: group for group in groups}
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("source", "language", "status", "year")}
    for number, articles in Counter(walked.groups[:FACETED]).items():
        group = by_id[number]
        for name, value in (("source", group.source), ("language", group.language), ("status", group.standing)):
            counts[name][value] += articles
    months: Counter[str] = Counter()
    for day, articles in Counter(place >> places.DAY_SHIFT for place in held).items():
        months[places.day_numbered(day)[:7]] += articles
    for month, articles in months.items():
        counts["year"][month[:4]] += articles
    of_tags = {tag: sum(counts["source"][name] for name in names) for tag, names in tags.items()}
    counts["tag"] = Counter({tag: count for tag, count in of_tags.items() if count})
    counts |= await _names(db, held[:_NAMED])
    return Facets(
        {name: [pair for pair in every.most_common(_SHOWN) if pair[0]] for name, every in counts.items()},
        dict(sorted(months.items())),
        len(held),
        walked.complete and len(walked.places) <= FACETED,
    )


async def _names(db: Reader, at: Sequence[int]) -> dict[str, Counter[str]]:
    """How many of these matches name each place in the dateline, and each author."""
    datelines: Counter[str] = Counter()
    authors: Counter[str] = Counter()
    counted = await rows(
        db,
        "select d.name, a.name, f.articles from ("
        "select dateline, authors, count(*) as articles from search_facets"
        " where place in (select value from json_each(?)) group by 1, 2"
        ") f join search_names d on d.id = f.dateline join search_names a on a.id = f.authors",
        [json.dumps(list(at))],
    )
    for dateline, names, articles in counted:
        datelines[dateline] += articles
        for name in json.loads(names):
            authors[name] += articles
    del datelines[""]
    return {"place": _of_one_spelling(datelines), "author": _of_one_spelling(authors)}


def _of_one_spelling(counts: Counter[str]) -> Counter[str]:
    """Names that differ in capitals alone as one, in the spelling that most have: a search takes them for one, too."""
    spelled: dict[str, str] = {}
    for name, _ in counts.most_common():
        spelled.setdefault(name.casefold(), name)
    merged: Counter[str] = Counter()
    for name, count in counts.items():
        merged[spelled[name.casefold()]] += count
    return merged


async def _excerpts(db: Reader, results: Results, words: str) -> dict[int, Excerpt]:
    """Title and passage of each release, with the words marked; those of an earlier text where they were edited out."""
    if not words or not results.releases:
        return {}
    earlier = await said_before(db, [*results.edited_out], words)
    texts = [(release.title, earlier.get(release.id, release.text)) for release in results.releases]
    made = excerpts(texts, words)
    return {release.id: excerpt for release, excerpt in zip(results.releases, made, strict=True)}


async def said_before(db: Reader, ids: Sequence[int], words: str) -> dict[int, str]:
    """Of each of these articles the newest earlier text that holds the words."""
    texts: dict[int, str] = {}
    for article in ids:
        earlier = await row(
            db,
            "select r.text from earlier_places e join revisions r on r.article_id = e.article_id and r.n = e.n"
            " where e.article_id = :article and exists"
            " (select 1 from earlier_fts where earlier_fts match :match and rowid = e.place)"
            " order by e.n desc limit 1",
            {"article": article, "match": match_query(words)},
        )
        if earlier:
            texts[article] = earlier[0]
    return texts
