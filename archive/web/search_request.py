"""What a visitor asked for, within which bounds it is answered, and the words that matched.

The query itself is `archive.store.search_index.query`. Ranking costs time for every release that matches, so a broad
query is answered newest first (`archive.web.queries.walks`); both orders stop at LIMIT releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from archive.store.search_index.query import Asked
from archive.text.diff import Run
from archive.text.fulltext import match_query, snippet
from archive.text.wording import STATUS, shortened

Sort = Literal["best", "newest", "oldest"]

PAGE = 20
LIMIT = 1_000
"""Results that can be paged to."""

ARGUMENTS = (
    "q", "source", "tag", "from", "to", "sort", "page", "status", "language", "author", "place", "edited", "ever",
)  # fmt: skip
"""What the query string of a search may hold."""

_SORTS: Mapping[str, Sort] = {"newest": "newest", "oldest": "oldest"}


@dataclass(frozen=True)
class Query:
    """What a visitor asked for. `start` and `end` are days; `page` counts from 1.

    `status` is a key of `archive.text.wording.STATUS`. With `ever`, words that were edited out are found too. `among`
    are the sources with the `tag`.
    """

    words: str = ""
    source: str = ""
    start: str = ""
    end: str = ""
    sort: Sort = "best"
    page: int = 1
    problems: tuple[str, ...] = ()
    status: str = ""
    language: str = ""
    author: str = ""
    place: str = ""
    edited: bool = False
    ever: bool = False
    tag: str = ""
    among: tuple[str, ...] = ()

    @property
    def is_filtered(self) -> bool:
        named = (self.source, self.tag, self.start, self.end, self.status, self.language, self.author, self.place)
        return any(named) or self.edited

    @property
    def asked(self) -> Asked:
        """The releases that are meant."""
        start, end = (date.fromisoformat(day) if day else None for day in (self.start, self.end))
        return Asked(
            words=self.words,
            source=self.source,
            since=start,
            until=end,
            standing=self.status,
            language=self.language,
            author=self.author,
            dateline=self.place,
            edited=self.edited,
            ever=self.ever,
            among=self.among if self.tag else None,
        )

    @property
    def arguments(self) -> dict[str, str]:
        """The query as arguments of an address, without the page."""
        named = {
            "q": self.words,
            "source": self.source,
            "tag": self.tag,
            "from": self.start,
            "to": self.end,
            "sort": self.sort if self.words or self.sort != "best" else "",
            "status": self.status,
            "language": self.language,
            "author": self.author,
            "place": self.place,
            "edited": "1" if self.edited else "",
            "ever": "1" if self.ever else "",
        }
        return {name: value for name, value in named.items() if value}

    @property
    def feed(self) -> str:
        """The query string of the same search as a feed."""
        named = {name: value for name, value in self.arguments.items() if name != "sort"}
        return f"?{urlencode(named)}" if named else ""

    @property
    def trend(self) -> str:
        """The query string of a chart of how often its words are used, among the releases of the same sources."""
        return "?" + urlencode({name: value for name, value in self._of_trend if value})

    @property
    def _of_trend(self) -> tuple[tuple[str, str], ...]:
        return (("q", self.words), ("source", self.source), ("tag", self.tag))

    def link(self, **changed: str) -> str:
        """The query string of the same search with some arguments changed, or left out where empty; from page 1."""
        merged = self.arguments | {name.rstrip("_"): value for name, value in changed.items()}
        return "?" + urlencode({name: value for name, value in merged.items() if value})


def read_query(arguments: Mapping[str, str]) -> Query:
    """The query in a request's arguments; what makes no sense is named in `problems` and left out."""
    problems: list[str] = []
    page = arguments.get("page", "")
    words = arguments.get("q", "").strip()[:400]
    query = Query(
        words=words,
        source=arguments.get("source", ""),
        tag=arguments.get("tag", "").strip().lower()[:60],
        start=_day(arguments.get("from", ""), problems),
        end=_day(arguments.get("to", ""), problems),
        sort=_SORTS.get(arguments.get("sort", ""), "best"),
        page=min(int(page), LIMIT // PAGE) if re.fullmatch("0*[1-9][0-9]{0,17}", page[:40]) else 1,
        status=_status(arguments.get("status", ""), problems),
        language=arguments.get("language", "").strip()[:20],
        author=arguments.get("author", "").strip()[:200],
        place=arguments.get("place", "").strip()[:200],
        edited=bool(arguments.get("edited", "")),
        ever=bool(arguments.get("ever", "")),
    )
    if query.start and query.end and query.end < query.start:
        problems.append("The period ends before it begins: the two days were exchanged.")
        query = replace(query, start=query.end, end=query.start)
    return replace(query, problems=(*problems, *_remarks(words)))


def of_known_source(query: Query, named: Mapping[str, str]) -> Query:
    """The query, with a remark where its source is none of those named."""
    if not query.source or query.source in named:
        return query
    return replace(query, problems=(*query.problems, f"No release is of a source “{shortened(query.source, 40)}”."))


def of_known_tag(query: Query, tags: Mapping[str, tuple[str, ...]]) -> Query:
    """The query with the sources that have its tag, or a remark where none has."""
    if not query.tag or query.tag in tags:
        return replace(query, among=tags.get(query.tag, ()))
    return replace(query, problems=(*query.problems, f"No source has the tag “{shortened(query.tag, 40)}”."))


def _remarks(words: str) -> Sequence[str]:
    """What was made of words that are written as nobody can mean them."""
    if words and not match_query(words):
        return (f"“{shortened(words, 40)}” has no word to search for.",)
    return (
        ("A quotation mark has no partner: the words after it were taken as one phrase.",)
        if (words.count('"') % 2)
        else ()
    )


def _status(value: str, problems: list[str]) -> str:
    if value and value not in STATUS:
        problems.append(f"“{shortened(value, 40)}” is no status; there are: {', '.join(STATUS)}.")
        return ""
    return value


def _day(value: str, problems: list[str]) -> str:
    if not value.strip():
        return ""
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        problems.append(f"“{shortened(value, 40)}” is not a day; write it as 2026-03-11.")
        return ""


def passage(text: str, words: str, length: int = 300) -> tuple[Run, ...]:
    """The passage of a text where the words stand, those that match marked "added"."""
    found = snippet(" ".join(text.split()), words, length)
    runs: list[Run] = []
    at = 0
    for start, end in found.hits:
        runs += [Run("same", found.text[at:start]), Run("added", found.text[start:end])]
        at = end
    return tuple(run for run in [*runs, Run("same", found.text[at:])] if run.text)


def mark_words(title: str, words: str) -> tuple[Run, ...]:
    """A title whole, the words that match marked "added"."""
    return passage(title, words, len(title) + 1)


@dataclass(frozen=True)
class Excerpt:
    """A title, and the passage of a text where the words stand."""

    title: tuple[Run, ...]
    passage: tuple[Run, ...]


def excerpts(texts: Sequence[tuple[str, str]], words: str) -> list[Excerpt]:
    """An excerpt of each title and text. To be run in a worker process: it looks at every character."""
    return [Excerpt(mark_words(title, words), passage(text, words)) for title, text in texts]
