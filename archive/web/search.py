"""Searching the archive: what a visitor asked, the SQL that answers it within bounds, and the words that matched.

Ranking (BM25) costs time for every release that matches, so a broad query is answered newest first; both orders stop
at LIMIT releases. No query reads more of a release's row than the index until its page of results is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.text.diff import Run
from archive.text.fulltext import snippet
from archive.text.wording import shortened

Sort = Literal["best", "newest"]

PAGE = 20
LIMIT = 1_000  # results that can be paged to
NARROW = 2_000  # up to this many matches, looking each one up is quicker than walking the index of days
RANKED = 20_000  # up to this many matches are ranked


@dataclass(frozen=True)
class Query:
    """What a visitor asked for. `start` and `end` are days; `page` counts from 1."""

    words: str = ""
    source: str = ""
    start: str = ""
    end: str = ""
    sort: Sort = "best"
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        return bool(self.source or self.start or self.end)


@dataclass(frozen=True)
class Statement:
    """SQL and its parameters."""

    sql: str
    parameters: Mapping[str, str | int]


def read_query(arguments: Mapping[str, str]) -> Query:
    """The query in a request's arguments; what makes no sense is named in `problems` and left out."""
    problems: list[str] = []
    page = arguments.get("page", "")
    return Query(
        words=arguments.get("q", "").strip()[:400],
        source=arguments.get("source", ""),
        start=_day(arguments.get("from", ""), problems),
        end=_day(arguments.get("to", ""), problems),
        sort="newest" if arguments.get("sort") == "newest" else "best",
        page=min(int(page), LIMIT // PAGE) if page.isascii() and page.isdigit() and int(page) > 0 else 1,
        problems=tuple(problems),
    )


def _day(value: str, problems: list[str]) -> str:
    if not value.strip():
        return ""
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        problems.append(f"“{shortened(value, 40)}” is not a day; write it as 2026-03-11.")
        return ""


def counting(match: str) -> Statement:
    """How many releases match, counted no further than RANKED + 1."""
    return Statement(
        "select count(*) from (select 1 from articles_fts where articles_fts match :match limit :most)",
        {"match": match, "most": RANKED + 1},
    )


def ranked(query: Query, match: str) -> Statement:
    """Ids of the best matches, a word in the title weighing five in the text."""
    # The + keeps FTS5 from answering the query anew for each of the ids.
    within = f" and +rowid in (select id from {_walk(query)}{_where(query)})" if query.filtered else ""
    return Statement(
        f"select rowid from articles_fts where articles_fts match :match{within}"
        " and rank match 'bm25(5.0, 1.0)' order by rank limit :most",
        _parameters(query, match),
    )


def newest(query: Query, match: str, matches: int) -> Statement:
    """Ids of the newest matches (of all releases when `match` is empty), by day and then by when they were seen."""
    order = " order by published_day desc, first_seen desc limit :most"
    if match and matches <= NARROW:
        sql = "select id from articles_fts cross join articles on id = articles_fts.rowid"
        return Statement(sql + _where(query, "articles_fts match :match") + order, _parameters(query, match))
    matching = "id in (select rowid from articles_fts where articles_fts match :match)" if match else ""
    return Statement(f"select id from {_walk(query)}" + _where(query, matching) + order, _parameters(query, match))


def _walk(query: Query) -> str:
    return f"articles indexed by {'articles_source' if query.source else 'articles_newest'}"


def _where(query: Query, *conditions: str) -> str:
    named = [
        *conditions,
        "source = :source" if query.source else "",
        "published_day >= :start" if query.start else "",
        "published_day <= :end" if query.end else "",
    ]
    kept = " and ".join(condition for condition in named if condition)
    return f" where {kept}" if kept else ""


def _parameters(query: Query, match: str) -> dict[str, str | int]:
    return {"match": match, "source": query.source, "start": query.start, "end": query.end, "most": LIMIT + 1}


def passage(text: str, words: str, length: int = 300) -> tuple[Run, ...]:
    """The passage of a text where the words stand, those that match marked "added"."""
    found = snippet(" ".join(text.split()), words, length)
    runs: list[Run] = []
    at = 0
    for start, end in found.hits:
        runs += [Run("same", found.text[at:start]), Run("added", found.text[start:end])]
        at = end
    return tuple(run for run in [*runs, Run("same", found.text[at:])] if run.text)


def marked(title: str, words: str) -> tuple[Run, ...]:
    """A title whole, the words that match marked "added"."""
    return passage(title, words, len(title) + 1)
