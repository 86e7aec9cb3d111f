"""What a visitor of the site asked for, within which bounds it is answered, and the words that matched.

The query itself is `archive.store.search`. Ranking costs time for every release that matches, so a broad query is
answered newest first; both orders stop at LIMIT releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.store.search import Selection
from archive.text.diff import Run
from archive.text.fulltext import snippet
from archive.text.wording import shortened

Sort = Literal["best", "newest"]

PAGE = 20
LIMIT = 1_000  # results that can be paged to
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

    @property
    def selection(self) -> Selection:
        """The releases that are meant."""
        start, end = (date.fromisoformat(day) if day else None for day in (self.start, self.end))
        return Selection(None, self.source, start, end, self.words)


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
        page=min(int(page), LIMIT // PAGE) if re.fullmatch("0*[1-9][0-9]{0,17}", page[:40]) else 1,
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
