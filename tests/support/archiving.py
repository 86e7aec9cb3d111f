"""What the tests of the archive share: pages of a fictional newsroom in real WARC files, whole tables to compare."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, ParamSpec, TypeVar

from archive.core.model import Capture, Exchange, Kind, Link, Policy, Truncation, Validators
from archive.ingest.pipeline import Ingest
from archive.store.database import Store
from archive.warc import WarcWriter

P = ParamSpec("P")
T = TypeVar("T")

HOST = "https://press.valdora.example"
DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RECORD = ("articles", "revisions", "captures", "removed", "boilerplate", "events", "stories", "story_articles")

AT_ONCE = {"valdora": Policy(gone_after=timedelta(), confirm=1)}
"""Whatever is seen counts at the first look."""


class AtOnce(Executor):
    """An executor that does each task when it is given, in the caller's thread."""

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(task(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - an executor hands every error to its future
            future.set_exception(error)
        return future


class Newsroom:
    """Writes what a newsroom answers to WARC files of an archive."""

    def __init__(self, directory: Path, source: str = "valdora") -> None:
        self.source = source
        self.writer = WarcWriter(directory, "dateline/test")

    def answer(
        self,
        url: str,
        body: bytes | str = b"",
        *,
        at: datetime = DAY,
        status: int = 200,
        kind: Kind = "page",
        asked: str = "",
        headers: Iterable[tuple[str, str]] = (),
        link: Link | None = None,
        earlier: Validators | None = None,
        truncated: Truncation = "",
    ) -> Capture:
        """One exchange, safely on disk."""
        (capture,) = self.kept(
            replace(
                self.exchange(url, body, at, kind, headers),
                status=status,
                asked=full(asked) if asked else full(url),
                link=link,
                earlier=earlier,
                truncated=truncated,
            )
        )
        return capture

    def exchange(
        self,
        url: str,
        body: bytes | str = b"",
        at: datetime = DAY,
        kind: Kind = "page",
        headers: Iterable[tuple[str, str]] = (),
    ) -> Exchange:
        """What crosses the wire for an address."""
        return Exchange(
            source=self.source,
            url=full(url),
            kind=kind,
            fetched_at=at,
            status=200,
            reason="",
            request_headers=(("Host", "press.valdora.example"),),
            response_headers=(("Content-Type", "text/html; charset=utf-8"), *headers),
            body=body.encode() if isinstance(body, str) else body,
            asked=full(url),
        )

    def kept(self, *exchanges: Exchange) -> tuple[Capture, ...]:
        """Exchanges that are on disk."""
        for each in exchanges:
            self.writer.write(each)
        captures = self.writer.sync()
        self.writer.close()
        return captures


def full(url: str) -> str:
    """An address of the newsroom."""
    return url if "://" in url else HOST + url


def later(**by: float) -> datetime:
    """A moment after the first day's."""
    return DAY + timedelta(**by)


_PLACES = ("Ostrava Harbour", "Lower Tarn", "Bellmere", "Quay Nine", "Sorrel Hill", "the Old Mint", "Fenwick", "Marlow")
_VERBS = ("opened", "renewed", "measured", "painted", "surveyed", "bridged", "flooded", "planted")


def story(number: int, more: str = "") -> str:
    """Three paragraphs that no other number's story shares."""
    place, verb = _PLACES[number % 8], _VERBS[(number // 8 + number) % 8]
    return "\n\n".join(
        (
            f"The Valdora harbour office {verb} section {number} of the coastal path at {place} on Monday, after "
            f"{number + 3} months of work that {number * 7 + 11} volunteers from the district had asked for.",
            f"Engineer Ilva Renn said that plan {number} was the first that {place} could afford: the council "
            f"put aside {number * 3 + 2} thousand crowns, and the fishing cooperative number {number} lent its barges.",
            f"Work on stage {number + 1} begins when the {verb} stretch near {place} has settled, probably in week "
            f"{number % 50 + 2} of next year.{more}",
        )
    )


def page(
    number: int, text: str = "", *, title: str = "", canonical: str = "", footer: str = "", modified: str = ""
) -> str:
    """An article's page as a newsroom serves it."""
    title = title or f"Section {number} of the coastal path {_VERBS[(number // 8 + number) % 8]} at last"
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in (text or story(number)).split("\n\n"))
    return (
        f"<html lang=en><head><title>{title} | Valdora Harbour</title>"
        + (f'<link rel=canonical href="{full(canonical)}">' if canonical else "")
        + (f'<meta property="article:modified_time" content="{modified}">' if modified else "")
        + f'<meta property="article:published_time" content="2026-03-{number % 27 + 1:02}T08:00:00+01:00">'
        + f"</head><body><article><h1>{title}</h1>{paragraphs}"
        + (f"<p>{footer}</p>" if footer else "")
        + "</article></body></html>"
    )


@contextmanager
def ingesting(
    directory: Path, name: str = "archive.db", executor: Executor | None = None, **options: Any
) -> Iterator[Ingest]:
    """An open archive with its pipeline."""
    with Store(directory / name) as store, Ingest(store, directory, executor or AtOnce(), **options) as ingest:
        yield ingest


def tables(path: Path, names: Iterable[str] = RECORD) -> dict[str, list[tuple[Any, ...]]]:
    """Whole tables, their rows in an order of their own."""
    with Store(path) as store:
        return {name: sorted(store.db.execute(f"select * from {name}").fetchall(), key=repr) for name in names}


def rows(path: Path, sql: str, *values: object) -> list[dict[str, Any]]:
    """The rows of a query."""
    with Store(path) as store:
        return list(store.db.query(sql, values))


def spoil(path: Path, most: int = 1_000_000, chance: Random | None = None) -> int:
    """Make articles those of an earlier extractor, which took the second paragraph for boilerplate; how many.

    All of them, or so many drawn by chance.
    """
    with closing(sqlite3.connect(path)) as db, db:
        several = "select id, text from articles where instr(text, char(10) || char(10)) order by id"
        found = db.execute(several).fetchall()
        chosen = chance.sample(found, min(most, len(found))) if chance else found[:most]
        for number, text in chosen:
            first, _, *rest = text.split("\n\n")
            worse = "\n\n".join((first, *rest))
            db.execute("insert into articles_fts (articles_fts, rowid, title, text) select 'delete', id, title, text"
                       " from articles where id = ?", (number,))  # fmt: skip
            db.execute("update articles set text = ?, extractor = 'of before' where id = ?", (worse, number))
            db.execute("update revisions set text = ? where article_id = ?", (worse, number))
            db.execute(
                "insert into articles_fts (rowid, title, text) select id, title, text from articles where id = ?",
                (number,),
            )
    return len(chosen)


BY_CONTENT = {
    "readings": "select capture_id, extractor, verdicts, content from readings",
    "search_groups": "select source, language, standing, articles from search_groups where articles > 0",
    "search_names": "select name from search_names where id in"
    " (select dateline from search_facets union select authors from search_facets)",
    "search_facets": "select f.place, g.source, g.language, g.standing, d.name as dateline, a.name as authors"
    " from search_facets f join search_groups g on g.id = f.group_id join search_names d on d.id = f.dateline"
    " join search_names a on a.id = f.authors",
}
"""How tables are read whose rows have numbers in the order of storing, or where rows that count nothing may stay."""
