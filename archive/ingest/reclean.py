"""Articles read again from their WARC captures: what that would change, and doing it. Nothing is fetched.

An article's rows are made anew from all its captures with one extractor and one template, so that what differs in
how a page is cleaned is never taken for an edit of its publisher.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from archive.boilerplate.decisions import Decision, by_source
from archive.boilerplate.template import Template, changed
from archive.ingest.dry_run import Preview, previews, subjects
from archive.ingest.pipeline import Ingest
from archive.store.articles import text_changes
from archive.store.repeated.block_index import BlockIndex

SHOWN = 1000
"""Previews that keep their lines; of the rest only the counts are kept, so that a large archive fits in memory."""

_SOON = 0.02

Progress = Callable[[int, int], object]
"""Is called after each step with how many pages were read, and of how many."""


@dataclass(frozen=True)
class Expected:
    """What reading pages again would change: how many would be read, and those of which another text would come."""

    read: int
    previews: tuple[Preview, ...]

    def count(self, outcome: str) -> int:
        """How many pages have this outcome ("changed", "new", "rejected", "unread")."""
        return sum(1 for each in self.previews if each.outcome == outcome)


@dataclass(frozen=True)
class Reextracted:
    """What reading articles again did: how many were read, and how many have another title or text since.

    `unread` counts the captures that could not be read: their articles stay as they were, and are tried again.
    """

    read: int
    changed: int
    unread: int = 0


def expect_of(
    connection: sqlite3.Connection,
    directory: Path,
    executor: Executor,
    decision: Decision,
    held: Iterable[Decision],
    progress: Progress,
) -> Expected:
    """What one more decision would change; `held` are those that hold already."""
    source = decision.source
    state = template_of(connection, source)
    others = [one for one in held if (one.source, one.mark) != (source, decision.mark)]
    decided = by_source([*others, decision])[source]
    supposed = state.decided(decided.keep, decided.remove)
    numbers = BlockIndex(connection).all_pages(source, changed(state, supposed))
    return _expected(connection, directory, executor, numbers, {source: supposed}, progress)


def expect_all(
    connection: sqlite3.Connection,
    directory: Path,
    executor: Executor,
    numbers: Iterable[int],
    sources: Iterable[str],
    progress: Progress,
) -> Expected:
    """What reading these articles (and pages that are none) with today's extractor would change."""
    templates = {source: template_of(connection, source) for source in sources}
    return _expected(connection, directory, executor, numbers, templates, progress)


def template_of(connection: sqlite3.Connection, source: str) -> Template:
    """The template by which a source's articles are cleaned now."""
    row = connection.execute("select template from templates where source = ?", (source,)).fetchone()
    return Template.from_bytes(row[0]) if row else Template()


def read_again(ingest: Ingest, numbers: Sequence[int], progress: Progress) -> Reextracted:
    """Have articles read again, besides those that wait for it anyway, and wait until all are done."""
    ingest.read_again(numbers)
    total = ingest.articles_to_reread
    with text_changes(ingest.store.db) as count_changed:
        while left := ingest.articles_to_reread:
            ingest.collect()
            progress(total - left, total)
            time.sleep(_SOON)
        progress(total, total)
        ingest.flush()
        return Reextracted(total, count_changed(), ingest.unread.count())


def _expected(
    connection: sqlite3.Connection,
    directory: Path,
    executor: Executor,
    numbers: Iterable[int],
    templates: Mapping[str, Template],
    progress: Progress,
) -> Expected:
    wanted = sorted(numbers)
    found: list[Preview] = []
    read = 0
    for read, preview in enumerate(previews(directory, executor, subjects(connection, wanted), templates), 1):
        progress(read, len(wanted))
        if preview:
            found.append(preview if len(found) < SHOWN else replace(preview, before=(), after=()))
    return Expected(read, tuple(found))
