"""What each capture shows: which article it is about, and whether the article was read or is now elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from archive.core.errors import ArchiveError
from archive.core.ids import article_number, capture_number
from archive.core.model import Capture, Extraction, Rejection, Unread
from archive.core.urls import canonical, key
from archive.history.events import REDIRECTED, Observation, Place, TextMarks
from archive.history.replay import detail_of, is_soft, leads_away, outcome_of
from archive.store.bulk.batch import Batch
from archive.store.repeated.duplicates import DuplicatePages
from archive.store.rows import Row, capture_from, moment
from archive.store.schema import Database
from archive.store.urls import address_columns

_DUPLICATES = 4

READING = "kind = 'page' and note = ''"
"""Captures that were read as an article."""

_BEFORE = ("fetched_at <= :at", "fetched_at desc, id desc")
_AFTER = ("fetched_at >= :at", "fetched_at, id")


def _nearest(names: Sequence[str], way: tuple[str, str], condition: str = "true") -> str:
    """SQL for the reading of an address that is nearest to a moment; the address may stand in any of these columns.

    Each has an index of its own. Asked for together, SQLite would go over all captures of the source.
    """
    moment, order = way
    each = (
        f"select * from (select * from captures where source = :source and {name} = :address and {READING}"
        f" and {moment} and {condition} order by {order} limit 1)"
        for name in names
    )
    return f"select * from ({' union all '.join(each)}) order by {order} limit 1"


class ObservationReader:
    """Reads the tables and writes nothing."""

    def __init__(self, db: Database, duplicates: DuplicatePages, batch: Batch | None = None) -> None:
        self.db = db
        self.batch = batch or Batch(db)
        self.duplicates = duplicates

    def known(self, captures: Iterable[Capture]) -> frozenset[int]:
        """The ids of those captures that are entered already.

        Raises ArchiveError where another capture has the id of one of them, which would be lost in silence.
        """
        named: dict[int, Capture] = {}
        for capture in captures:
            other = named.setdefault(capture_number(capture), capture)
            if _place(other) != _place(capture):
                raise _same_id(_place(other), _place(capture))
        found: set[int] = set()
        numbers = list(named)
        for start in range(0, len(numbers), 500):
            chunk = numbers[start : start + 500]
            sql = f"select id, warc_file, warc_offset from captures where id in ({','.join('?' * len(chunk))})"
            for number, warc_file, offset in self.db.execute(sql, chunk).fetchall():
                if (warc_file, offset) != _place(named[number]):
                    raise _same_id((warc_file, offset), _place(named[number]))
                found.add(number)
        return frozenset(found)

    def evidence(
        self, row: Row, result: Extraction | Rejection | Unread, page: Iterable[int]
    ) -> list[tuple[int, Observation]]:
        """The articles that a row is evidence of: its own, and one that was at this address before."""
        extraction = result if isinstance(result, Extraction) else None
        found: list[tuple[int, Observation]] = []
        if row["article_id"] is not None:
            found += [(row["article_id"], observation) for observation in self.observations(row, extraction, page)]
        asked = article_number(row["source"], row["key"])
        if extraction and asked != row["article_id"] and self.batch.exists(asked):
            found.append((asked, moved(row, extraction)))
        return found

    def led_to(self, row: Mapping[str, Any]) -> int | None:
        """The article that a capture is about, by the newest readings before it; of a redirect, by the first after."""
        return about(row, partial(self.read_at, row))

    def read_at(self, row: Mapping[str, Any], address: str) -> int | None:
        """The article of the newest reading of an address before a capture; for a redirect, of the first after it."""
        names = ("key", "final_key", "article_key")
        values = {"source": row["source"], "address": address, "at": row["fetched_at"]}
        for way in (_AFTER, _BEFORE) if row["kind"] == "redirect" else (_BEFORE,):
            found = next(self.db.query(_nearest(names, way), values), None)
            if found:
                return int(found["article_id"])
        return None

    def reading_at_target(self, row: Mapping[str, Any]) -> Row | None:
        """For a redirect that was not followed: the newest reading of its target before it, else the first after it."""
        if row["kind"] != "page" or not row["final_key"] or not str(row["note"]).startswith(REDIRECTED):
            return None
        values = {
            "source": row["source"], "address": row["final_key"], "at": row["fetched_at"], "own": row["article_id"]
        }  # fmt: skip
        for way in (_BEFORE, _AFTER):
            found = next(self.db.query(_nearest(("key", "final_key"), way, "article_id <> :own"), values), None)
            if found:
                return found
        return None

    def led_here(self, source: str, key: str) -> list[int]:
        """The articles whose addresses redirect to another one, by redirects that were not followed."""
        rows = self.db.execute(
            "select distinct article_id from captures where source = ? and final_key = ? and kind = 'page'"
            f" and article_id is not null and note like '{REDIRECTED}%'",
            (source, key),
        )
        return [article for (article,) in rows.fetchall()]

    def observations(self, row: Row, extraction: Extraction | None, page: Iterable[int] = ()) -> list[Observation]:
        """A row as evidence of its article; none if only another address than the article's own did not answer."""
        seen = outcome_of(row)
        if seen not in ("read", "unchanged", "hop") and not self._lives_at(row):
            return []
        # The address that an article states counts only if it is its identity.
        if extraction and not row["article_key"]:
            extraction = replace(extraction, url=canonical(row["final_url"]) or row["final_url"])
        common = bool(extraction) and self._is_common(row)
        at, number = row["fetched_at"], row["id"]
        return [
            Observation(
                at,
                number,
                seen,
                detail_of(row),
                extraction,
                common=common,
                shows=self.duplicates.shows(row, extraction) if extraction else "",
                truncated=bool(row["truncated"]),
                away=leads_away(row),
                soft=is_soft(row),
                page=tuple(page),
            )
        ]

    def elsewhere(self, article: int, rows: Sequence[Row]) -> list[Observation]:
        """For each text of an article, its first reading at another address, once it had been read here."""
        first: dict[int, Row] = {}
        for row in rows:
            if row["article_id"] == article and outcome_of(row) == "read" and row["text_mark"] is not None:
                first.setdefault(row["text_mark"], row)
        return [
            Observation(
                max(member.at, row["fetched_at"]),
                member.capture_id,
                "elsewhere",
                place=Place(member.article, member.url),
                marks=TextMarks(mark, None),
            )
            for mark, row in first.items()
            for member in self.duplicates.members(row["source"], mark, article, _DUPLICATES)
        ]

    def all_of(self, article: int) -> list[Row]:
        """Every capture of an article, and readings of other articles at its own address, in the order of time."""
        own = list(self.db.query("select * from captures where article_id = ?", (article,)))
        for source, address in {(row["source"], name) for row in own for name in address_columns(row)}:
            if article_number(source, address) == article:
                own += self.db.query(
                    f"select * from captures where source = ? and key = ? and {READING} and article_id <> ?",
                    (source, address, article),
                )
        return sorted(own, key=lambda row: (row["fetched_at"], row["id"]))

    def is_one_of_many(self, capture: Capture) -> bool:
        """Whether the article of a capture was also read from another capture."""
        number = capture_number(capture)
        another = f"article_id = (select article_id from captures where id = ?) and id <> ? and {READING}"
        row = self.db.execute(f"select 1 from captures where {another} limit 1", (number, number)).fetchone()
        return row is not None

    def dated_after(self, source: str, at: datetime) -> list[Capture]:
        """The captures of a source that are dated later than a moment. Reads only what is dated so."""
        late = "select * from captures indexed by captures_newest where fetched_at > ? and source = ?"
        return [capture_from(row) for row in self.db.query(late, (moment(at), source))]

    def _is_common(self, row: Row) -> bool:
        mark = row["text_mark"]
        return mark is not None and len(self.duplicates.members(row["source"], mark, row["article_id"], 2)) == 2

    def _lives_at(self, row: Row) -> bool:
        """Whether an article lives at the address of a row: its own, or another while its own never answered."""
        article, answered = row["article_id"], answering(row)
        if article in (article_number(row["source"], row["key"]), article_number(row["source"], answered)):
            return True
        read = self.db.execute(
            f"select coalesce(final_key, key) from captures where article_id = ? and {READING} and fetched_at <= ?"
            " order by fetched_at, id",
            (article, row["fetched_at"]),
        ).fetchall()
        if any(article_number(row["source"], key) == article for (key,) in read):
            return False
        return bool(read) and read[-1][0] in (row["key"], answered)


def answering(row: Mapping[str, Any]) -> str:
    """The identity of the address that answered: not that to which a redirect leads which nobody followed."""
    return key(row["final_url"]) or str(row["final_url"])


def about(row: Mapping[str, Any], led: Callable[[str], int | None]) -> int | None:
    """The article that a capture is about which is no reading; `led`: the one that an address led to at its time.

    It is that of the address asked for. But what the own address of an article answered is about that article, whoever
    led there, unless the address asked for is an article's own too.
    """
    if row["kind"] not in ("page", "redirect"):
        return None
    article, answered = led(row["key"]), answering(row)
    if row["kind"] == "redirect" or answered == row["key"] or article == article_number(row["source"], row["key"]):
        return article
    there = led(answered)
    return there if there == article_number(row["source"], answered) else article


def moved(row: Mapping[str, Any], extraction: Extraction | None, led: Mapping[str, Any] | None = None) -> Observation:
    """A reading of another article as evidence about the article whose address was requested.

    `led`: the redirect that leads to it, if that was not part of the same check.
    """
    look = led or row
    url = extraction.url if extraction and row["article_key"] else row["final_url"]
    return Observation(
        look["fetched_at"],
        look["id"],
        "moved",
        f"its address now {'leads to' if led else 'answers with'} {url}",
        extraction,
        place=Place(row["article_id"], url),
        marks=TextMarks(row["text_mark"], row["title_mark"]),
        soft=True,
    )


def _place(capture: Capture) -> tuple[str, int]:
    return capture.warc_file, capture.warc_offset


def _same_id(one: tuple[str, int], other: tuple[str, int]) -> ArchiveError:
    return ArchiveError(
        f"The captures in {one[0]} at {one[1]} and in {other[0]} at {other[1]} have the same id. That is very rare. "
        "Nothing was written, and both are safe in their WARC files: please report it."
    )
