"""A small archive with a history: an edit, unchanged answers, a removal, two sources. What the record's tests share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.core.model import Capture, Validators
from tests.support.archiving import Newsroom, ingesting, later, page, story

EDITED = "https://press.valdora.example/news/1-path"
GONE = "https://press.valdora.example/news/2-path"
RAIN = " Rain is expected <b>& more</b>."


def build(directory: Path) -> list[Capture]:
    """Make the archive: five articles of valdora and one of osk; its captures in the order of fetching."""
    room, other = Newsroom(directory), Newsroom(directory, "osk")
    captures = [room.answer("/feed", "<rss/>", kind="feed")]
    captures += [room.answer(f"/news/{n}-path", page(n), at=later(minutes=n)) for n in range(5)]
    captures += [other.answer("https://osk.example/a", page(9), at=later(minutes=9))]
    first = captures[2]
    known = Validators(digest=first.digest, captured_at=first.fetched_at, captured_url=first.url)
    captures += [room.answer("/news/1-path", page(1), at=later(hours=1), earlier=known)]
    captures += [room.answer("/news/1-path", status=304, at=later(hours=2), earlier=known)]
    edited = page(1, story(1, RAIN.replace("<", "&lt;")))
    captures += [room.answer("/news/1-path", edited, at=later(days=day)) for day in (1, 2)]
    captures += [room.answer("/news/2-path", status=410, at=later(days=day)) for day in (2, 4, 6)]
    with ingesting(directory) as ingest:
        ingest.add(captures)
    return captures


@contextmanager
def reading(directory: Path) -> Iterator[sqlite3.Connection]:
    """The archive's database."""
    with closing(sqlite3.connect(directory / "archive.db")) as connection:
        yield connection


def article_at(directory: Path, url: str) -> int:
    """The id of the article at an address."""
    with reading(directory) as connection:
        return int(connection.execute("select id from articles where url = ?", (url,)).fetchone()[0])
