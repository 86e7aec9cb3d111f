"""Lists the passages that a source repeats, and finds the passage that a person means by some words.

Only reads: the tables `boilerplate` and `removed`, and a page's WARC record if the tables only have a beginning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from archive import warc
from archive.boilerplate.sample_set import TemplatePage
from archive.core.errors import ArchiveError, WarcError
from archive.core.ids import boilerplate_number
from archive.core.model import Capture
from archive.page.blocks import Block, blocks
from archive.page.html import Unreadable, parse
from archive.store.repeated.block_index import READABLE
from archive.store.rows import capture_from
from archive.store.search import check_source
from archive.text.fingerprint import fingerprint, hash64

_SHOWN = 5
_LOOKED_AT = 8


@dataclass(frozen=True)
class Repeated:
    """A passage that cleaning removes, or that a person decided about.

    `documents` counts the sample pages that contain it (for a cue: articles). `removed` counts the articles from which
    it was removed. `state` is active, kept or removed (the last two by decision).
    """

    id: int
    text: str
    documents: int
    first_seen: str
    last_seen: str
    why: str
    state: str
    removed: int = 0
    example: str = ""
    example_url: str = ""


@dataclass(frozen=True)
class Passage:
    """A passage of a source as a person named it, in full, with its fingerprint."""

    text: str
    mark: int


class PassagePages:
    """Finds the pages of one source that contain a passage, by its fingerprint. Only reads.

    First the pages in the block index of the passage, then those that the source's template is made from.
    """

    def __init__(self, connection: sqlite3.Connection, source: str) -> None:
        self.connection = connection
        self.source = source

    def captures(self, mark: int, most: int) -> list[int]:
        """The ids of captures whose pages contain a passage, at most `most`."""
        rows = self.connection.execute(
            "select c.id from block_index b cross join captures c on c.id = b.capture_id"
            f" where b.fingerprint = ? and c.source = ? and {READABLE} order by c.key, c.fetched_at, c.id limit ?",
            (mark, self.source, most),
        )
        return [row[0] for row in rows] or list(self._template_captures(mark))[:most]

    def article(self, mark: int) -> int | None:
        """The id of an article whose page contains a passage; None if there is none."""
        rows = self.connection.execute(
            "select c.article_id from block_index b cross join captures c on c.id = b.capture_id"
            " where b.fingerprint = ? and c.source = ? and c.article_id is not null limit 1",
            (mark, self.source),
        ).fetchone()
        return rows[0] if rows else next(filter(None, map(self._article_of, self._template_captures(mark))), None)

    def _template_captures(self, mark: int) -> Iterator[int]:
        pages = (self._newest.get(page.key) for page in self._pages_with.get(mark, ()))
        return (number for number in pages if number is not None)

    def _article_of(self, number: int) -> int | None:
        row = self.connection.execute("select article_id from captures where id = ?", (number,)).fetchone()
        return row[0] if row else None

    @cached_property
    def _pages_with(self) -> dict[int, list[TemplatePage]]:
        found: dict[int, list[TemplatePage]] = {}
        rows = self.connection.execute(
            "select sample from template_pages where source = ? order by page", (self.source,)
        )
        for page in (TemplatePage.from_bytes(row[0]) for row in rows):
            for mark in set(page.marks):
                found.setdefault(mark, []).append(page)
        return found

    @cached_property
    def _newest(self) -> dict[int, int]:
        """The newest readable capture of each page, by the key under which a template remembers it."""
        rows = self.connection.execute(
            f"select coalesce(final_key, key), id from captures where source = ? and {READABLE} order by fetched_at",
            (self.source,),
        )
        return {hash64(key): number for key, number in rows}


def repeated(connection: sqlite3.Connection, source: str) -> tuple[Repeated, ...]:
    """All passages that were learned, decided or are cues: first those removed from most articles, then by pages."""
    removed = {
        number: (count, text, article)
        for number, count, text, article in connection.execute(
            "select r.boilerplate_id, count(*), max(r.text), max(r.article_id) from removed r"
            " join articles a on a.id = r.article_id where a.source = ? and r.boilerplate_id is not null group by 1",
            (source,),
        )
    }
    pages = PassagePages(connection, source)
    found = []
    for number, mark, text, documents, first, last, why, state in connection.execute(
        "select id, fingerprint, text, documents, coalesce(first_seen, ''), coalesce(last_seen, ''), why, state"
        " from boilerplate where source = ?",
        (source,),
    ).fetchall():
        count, whole, article = removed.get(number, (0, text, pages.article(mark)))
        whole = max(text, whole, key=len)
        item = Repeated(number, whole, documents, first, last, why, state, count)
        found.append(_exemplified(connection, item, article))
    known = {item.id for item in found}
    found += [cue for cue in _cues(connection, source) if cue.id not in known]
    return tuple(sorted(found, key=lambda item: (-item.removed, -item.documents, item.id)))


def named(connection: sqlite3.Connection, directory: Path, source: str, words: str) -> Passage:
    """The passage that a person means by the id of `repeated`, by its text, or by a part that no other passage has.

    Raises ArchiveError if the source or the passage is unknown, or if the words fit several passages.
    """
    check_source(connection, source)
    listed = repeated(connection, source)
    if words.strip().isdigit():
        of_number = [item for item in listed if item.id == int(words)]
        if of_number:
            return _whole(connection, directory, source, of_number[0])
    mark = fingerprint(words)
    if not mark:
        raise ArchiveError(
            f'"{words}" contains only dates, numbers or names of social networks; give a passage with other words.'
        )
    if PassagePages(connection, source).captures(mark, 1):
        return Passage(words, mark)
    fitting = {fingerprint(text): text for text in _texts(connection, source) if words in text}
    beginnings = [item for item in listed if words in item.text]
    whole = [_whole(connection, directory, source, item) for item in beginnings]
    fitting |= {passage.mark: passage.text for passage in whole}
    fitting.pop(0, None)
    if len(fitting) == 1:
        return _as_on_page(connection, directory, source, *fitting.popitem())
    if fitting:
        some = "".join(f"\n  {text[:160]}" for text in list(fitting.values())[:_SHOWN])
        raise ArchiveError(f"{len(fitting)} passages of {source} have these words; give one in full, or its id:{some}")
    raise ArchiveError(
        f"No page of {source} has this passage. `dateline boilerplate {source}` lists what was learned, with ids; a "
        "passage of an article is its paragraph, as the article shows it."
    )


def _cues(connection: sqlite3.Connection, source: str) -> list[Repeated]:
    found: dict[int, Repeated] = {}
    for text, first, last, article in connection.execute(
        "select r.text, a.first_seen, a.last_seen, a.id from removed r join articles a on a.id = r.article_id"
        " where a.source = ? and r.why = 'cue' order by a.first_seen, a.id",
        (source,),
    ).fetchall():
        number = boilerplate_number(source, fingerprint(text))
        earlier = found.get(number)
        if earlier is None:
            found[number] = _exemplified(
                connection, Repeated(number, text, 1, first, last, "cue", "active", 1), article
            )
        else:
            count = earlier.documents + 1
            found[number] = replace(earlier, documents=count, removed=count, last_seen=max(last, earlier.last_seen))
    return list(found.values())


def _exemplified(connection: sqlite3.Connection, item: Repeated, article: int | None) -> Repeated:
    row = connection.execute("select title, url from articles where id = ?", (article,)).fetchone()
    return replace(item, example=row[0], example_url=row[1]) if row else item


def _texts(connection: sqlite3.Connection, source: str) -> Iterator[str]:
    """The passages of a source that are in the tables in full: removed passages, and paragraphs of articles."""
    yield from _column(
        connection,
        "select distinct r.text from removed r join articles a on a.id = r.article_id where a.source = ?",
        source,
    )
    for text in _column(connection, "select text from articles where source = ?", source):
        yield from text.split("\n\n")


def _column(connection: sqlite3.Connection, sql: str, source: str) -> Iterable[str]:
    return (row[0] for row in connection.execute(sql, (source,)))


def _whole(connection: sqlite3.Connection, directory: Path, source: str, item: Repeated) -> Passage:
    """A listed passage in full, because the table may only have its beginning."""
    row = connection.execute("select fingerprint from boilerplate where id = ?", (item.id,)).fetchone()
    mark = row[0] if row else fingerprint(item.text)
    if fingerprint(item.text) == mark:
        return Passage(item.text, mark)
    for number in PassagePages(connection, source).captures(mark, _LOOKED_AT):
        text = _passage_of(directory, _capture(connection, number), mark)
        if text:
            return Passage(text, mark)
    raise ArchiveError(
        f'The page that holds "{item.text}" cannot be read from its WARC file; give the passage in full.'
    )


def _as_on_page(connection: sqlite3.Connection, directory: Path, source: str, mark: int, text: str) -> Passage:
    """A paragraph as it is on the page; the article may show only a part, with the rest in other columns."""
    if PassagePages(connection, source).captures(mark, 1):
        return Passage(text, mark)
    row = connection.execute(
        "select capture_id from articles where source = ? and instr(text, ?)", (source, text)
    ).fetchone()
    for block in _blocks(directory, _capture(connection, row[0])) if row else ():
        if text in block.text:
            return Passage(block.text, fingerprint(block.text))
    raise ArchiveError(f'"{text}" was not found on the page as written; copy the whole paragraph from the page.')


def _capture(connection: sqlite3.Connection, number: int) -> Capture:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return capture_from(cursor.execute("select * from captures where id = ?", (number,)).fetchone())


def _passage_of(directory: Path, capture: Capture, mark: int) -> str:
    return next((block.text for block in _blocks(directory, capture) if fingerprint(block.text) == mark), "")


def _blocks(directory: Path, capture: Capture) -> list[Block]:
    """The blocks of a capture's page; none if it cannot be read."""
    try:
        response = warc.read(directory, capture)
        content_type = next((value for name, value in response.headers if name.lower() == "content-type"), "")
        return blocks(parse(response.body, content_type))
    except (WarcError, Unreadable):
        return []
