"""What the captures of a batch meet for the first time, asked once for all of them.

Most captures of an import or a first crawl are the first of their article. Then no row of an earlier one needs to be
looked for, and a few queries for the whole batch say so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from archive.core.ids import article_number
from archive.core.model import Capture, Extraction, Rejection, Unread
from archive.history.identity import article_key
from archive.history.replay import target_key
from archive.history.soft404 import text_mark
from archive.store.rows import Row, asked_key, final_key
from archive.store.schema import Database

Result = Extraction | Rejection | Unread

Address = tuple[str, str]
"""A source, and the key of an address."""

_PAIR = "json_extract(j.value, '$[0]') and c.{column} = json_extract(j.value, '$[1]')"
_NAMED = " or ".join(
    f"exists (select 1 from captures c where c.source = {_PAIR.format(column=column)})"
    for column in ("key", "final_key", "article_key")
)
_ADDRESSES = f"select j.key from json_each(?) j where {_NAMED}"
_TEXTS = (
    f"select j.key from json_each(?) j where exists (select 1 from captures c"
    f" where c.source = {_PAIR.format(column='text_mark')})"
)
_ARTICLES = "select id from articles where id in (select value from json_each(?))"
_URLS = f"select c.* from json_each(?) j cross join urls c on c.source = {_PAIR.format(column='key')}"


@dataclass
class Batch:
    """What is new of the captures that are entered now. Outside of the block `of` it says of nothing that it is new.

    Belongs to the only writer, inside its transaction: nobody else changes the tables meanwhile. `urls` are the rows of
    `urls` of the batch's addresses as the block begins, None where there is none.
    """

    db: Database
    urls: dict[Address, Row | None] = field(default_factory=dict)
    _articles: set[int] = field(default_factory=set)
    _addresses: frozenset[Address] = frozenset()
    _texts: frozenset[tuple[str, int]] = frozenset()

    @contextmanager
    def of(self, outcomes: Iterable[tuple[Capture, Result]]) -> Iterator[None]:
        """Captures that are not entered yet are entered in the block, and nothing else is."""
        self._ask(list(outcomes))
        try:
            yield
        finally:
            self.urls, self._articles = {}, set()
            self._addresses, self._texts = frozenset(), frozenset()

    def lacks(self, article: int) -> bool:
        """Whether there is surely no row of an article."""
        return article in self._articles

    def exists(self, article: int) -> bool:
        """Whether there is a row of an article; asked of the database only where that is not known."""
        if self.lacks(article):
            return False
        return self.db.execute("select 1 from articles where id = ?", (article,)).fetchone() is not None

    def has(self, article: int) -> None:
        """There is a row of an article now."""
        self._articles.discard(article)

    def is_only_address(self, source: str, key: str) -> bool:
        """Whether one capture of the batch names an address, and no other capture does."""
        return (source, key) in self._addresses

    def is_only_text(self, source: str, mark: int) -> bool:
        """Whether one capture of the batch has a text, and no other capture of its source does."""
        return (source, mark) in self._texts

    def is_first(self, row: Mapping[str, Any]) -> bool:
        """Whether no other capture than that of a row can be of its article or say anything of it."""
        names = {row["key"], row["final_key"] or row["key"], row["article_key"] or row["key"]}
        return (
            row["kind"] == "page"
            and row["note"] == ""
            and self.lacks(row["article_id"])
            and all(self.is_only_address(row["source"], name) for name in names)
            and (row["text_mark"] is None or self.is_only_text(row["source"], row["text_mark"]))
        )

    def _ask(self, outcomes: list[tuple[Capture, Result]]) -> None:
        named: Counter[Address] = Counter()
        texts: Counter[tuple[str, int]] = Counter()
        for capture, result in outcomes:
            named.update((capture.source, key) for key in set(_keys(capture, result)))
            if isinstance(result, Extraction) and (mark := text_mark(result.text)) is not None:
                texts[capture.source, mark] += 1
        ids = {article_number(*address) for address in named}
        there = self.db.execute(_ARTICLES, (json.dumps(list(ids)),)).fetchall()
        self._articles = ids - {row[0] for row in there}
        self._addresses = frozenset(_only(self._unknown(_ADDRESSES, list(named)), named))
        self._texts = frozenset(_only(self._unknown(_TEXTS, list(texts)), texts))
        found = self.db.query(_URLS, (json.dumps(list(named)),))
        self.urls = dict.fromkeys(named) | {(row["source"], row["key"]): row for row in found}

    def _unknown(self, query: str, pairs: list[Any]) -> list[Any]:
        """Those of some pairs that no capture has."""
        known = {row[0] for row in self.db.execute(query, (json.dumps(pairs),)).fetchall()}
        return [pair for number, pair in enumerate(pairs) if number not in known]


def _only(pairs: Iterable[Any], counted: Counter[Any]) -> Iterator[Any]:
    return (pair for pair in pairs if counted[pair] == 1)


def _keys(capture: Capture, result: Result) -> Iterator[str]:
    """All addresses that a capture names: requested, answered, the article's own, and where a redirect leads."""
    yield from (asked_key(capture), final_key(capture))
    if isinstance(result, Extraction):
        yield article_key(capture.url, result.url, result.title)
    elif target := target_key({"kind": capture.kind, "note": result.reason, "final_url": capture.url}):
        yield target
