"""Finds out what would change if articles were read again; changes nothing. For `--dry-run` and `reclean`.

Reads the capture of an article's text as the pipeline would, but with a template that is not in use.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archive.boilerplate.template import Template
from archive.core.model import Capture, Rejection, Unread
from archive.ingest.extraction import ExtractionJob, ExtractionQueue
from archive.ingest.task import Extracted
from archive.store.repeated.block_index import READABLE
from archive.store.repeated.templates import TemplateVersion
from archive.store.rows import capture_from, count_words, words_of
from archive.text.alignment import opcodes

_AT_ONCE = 500


@dataclass(frozen=True)
class Subject:
    """An article with the capture of its text; or a page that is no article (id None), with the reason."""

    id: int | None
    source: str
    url: str
    title: str
    text: str
    capture: Capture


@dataclass(frozen=True)
class Preview:
    """What would change in an article: the lines that would be removed and added, in order, with their words.

    `outcome` is "changed", "new" for a page that would become an article, "rejected" for an article that would be
    dropped, or "unread" if it cannot be read now and would stay as it is; the last two with the `reason`.
    """

    id: int | None
    source: str
    url: str
    title: str
    outcome: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    words_removed: int = 0
    words_added: int = 0
    reason: str = ""


def subjects(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[Subject]:
    """The articles with these ids, and pages that are no articles, with the ids of their captures."""
    connection.row_factory = sqlite3.Row
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(chunk))
        for row in connection.execute(
            "select c.*, a.id as article, a.title as title, a.text as text, a.url as address from articles a"
            f" join captures c on c.id = a.capture_id where a.id in ({marks})",
            chunk,
        ).fetchall():
            yield Subject(row["article"], row["source"], row["address"], row["title"], row["text"], capture_from(row))
        for row in connection.execute(
            f"select * from captures where id in ({marks}) and article_id is null and {READABLE}", chunk
        ).fetchall():
            yield Subject(None, row["source"], row["final_url"], "", "", capture_from(row))


def previews(
    directory: Path, executor: Executor, wanted: Iterable[Subject], templates: Mapping[str, Template]
) -> Iterator[Preview | None]:
    """For each subject, in order, what would change with these templates; None if nothing would change."""
    versions = {source: TemplateVersion(template, template.to_bytes()) for source, template in templates.items()}
    plain = TemplateVersion(Template(), Template().to_bytes())
    extraction = ExtractionQueue(directory, executor, lambda source: versions.get(source, plain))
    waiting: deque[tuple[Subject, ExtractionJob]] = deque()
    rest = iter(wanted)
    while True:
        waiting.extend(
            (one, extraction.submit(one.capture)) for one in islice(rest, max(0, extraction.in_flight - len(waiting)))
        )
        if not waiting:
            return
        subject, job = waiting.popleft()
        while job.answer is None:
            extraction.wait()
        yield _preview(subject, job.answer)


def difference(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that only the first text has, and those that only the second has, in order."""
    gone: list[str] = []
    come: list[str] = []
    for tag, i, j, k, m in opcodes(before, after):
        if tag != "equal":
            gone += before[i:j]
            come += after[k:m]
    return tuple(gone), tuple(come)


def _preview(subject: Subject, reading: Extracted) -> Preview | None:
    if isinstance(reading, Unread):
        return Preview(subject.id, subject.source, subject.url, subject.title, "unread", reason=reading.reason)
    result = reading.result
    if isinstance(result, Rejection):
        if subject.id is None:
            return None
        lines, words = tuple(subject.text.split("\n\n")), count_words(subject.text)
        return Preview(
            subject.id, subject.source, subject.url, subject.title, "rejected", lines, (), words, 0, result.reason
        )
    if (subject.title, subject.text) == (result.title, result.text):
        return None
    before, after = difference(_lines(subject.title, subject.text), _lines(result.title, result.text))
    old, new = Counter(words_of(" ".join(before))), Counter(words_of(" ".join(after)))
    return Preview(
        subject.id,
        subject.source,
        subject.url,
        subject.title or result.title,
        "changed" if subject.id else "new",
        before,
        after,
        (old - new).total(),
        (new - old).total(),
    )


def _lines(title: str, text: str) -> list[str]:
    return [line for line in (title, *text.split("\n\n")) if line]
