"""The crawl's memory in archive.db: addresses known and due, feeds and lists read. No cost grows with the archive.

A row of `urls` is one address (`archive.core.urls.key`) of one source. States: pending (known, not fetched yet),
article (its own address, looked at again), alias (leads to an article that lives elsewhere), rejected (fetched, no
article), gone (404 or 410), dropped (not to be fetched).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.core import urls
from archive.core.model import Kind, Link, Validators
from archive.history.recheck import next_check
from archive.store.rows import Row, moment, moment_from, storable
from archive.store.schema import Database

_CHUNK = 200
_MOST_FAILURES = 8
_LATER = timedelta(minutes=5)

Due = tuple[str, Validators]
"""An address to look at again, and what a conditional request for it needs."""


@dataclass(frozen=True)
class StoredDocument:
    """A feed, sitemap, listing or robots.txt that was read before. `complete`: its pagination was walked to the end.

    `full_at` is when its body was last read (not answered by 304).
    """

    url: str
    kind: Kind
    validators: Validators = field(default_factory=Validators)
    complete: bool = False
    full_at: datetime | None = None
    links: int = 0
    note: str = ""


def fresh(db: Database, source: str, links: Iterable[Link], now: datetime) -> frozenset[str]:
    """Record the addresses not seen before as pending; those of `links` to fetch now, as they were given.

    To fetch: what was never fetched and need not wait after a failure, and articles that the link says were modified
    after our capture.
    """
    wanted: set[str] = set()
    for chunk in _chunks([(urls.key(link.url) or link.url, link) for link in links]):
        known = _known(db, source, [key for key, _ in chunk])
        for key, link in chunk:
            row = known.get(key)
            if row is None:
                known[key] = _record(db, source, key, link, now)
                wanted.add(link.url)
            elif _to_fetch(row, link, now):
                wanted.add(link.url)
                _remember_hints(db, row, link)
    return frozenset(wanted)


def pending(db: Database, source: str, now: datetime, limit: int) -> tuple[Link, ...]:
    """Addresses known but never fetched, oldest knowledge first, without those that wait after a failure."""
    rows = db.query(
        "select url, title, published, modified, via from urls where source = ? and state = 'pending'"
        " and (next_check is null or next_check <= ?) order by first_seen limit ?",
        (source, moment(now), limit),
    )
    return tuple(Link(**row) for row in rows)


def due(db: Database, source: str, now: datetime, limit: int) -> tuple[Due, ...]:
    """Addresses whose time to be looked at again has come, longest overdue first."""
    rows = db.query(
        "select url, etag, last_modified, digest, captured_at from urls where source = ? and next_check <= ?"
        " and state <> 'pending' order by next_check limit ?",
        (source, moment(now), limit),
    )
    return tuple((row["url"], _validators(row)) for row in rows)


def drop(db: Database, source: str, url: str, reason: str, at: datetime, retry: bool) -> None:
    """An address gave no response, and why. With `retry` it is asked for again later, each time after a longer wait.

    A new address that failed eight times is dropped; an article's address is never given up.
    """
    key = urls.key(url) or url
    row = _known(db, source, [key]).get(key) or _record(db, source, key, Link(url), at)
    failures = row["failures"] + 1
    given_up = row["state"] == "pending" and (not retry or failures >= _MOST_FAILURES)
    again = row["state"] != "alias" and not given_up and (retry or row["state"] == "article")
    then = next_check(at, at, failures=failures, spread=spread_of(key)) if again else None
    db.execute(
        "update urls set state = ?, reason = ?, failures = ?, last_checked = ?, next_check = ?"
        " where source = ? and key = ?",
        ("dropped" if given_up else row["state"], reason, failures, moment(at), then and moment(then), source, key),
    )


def documents(db: Database, source: str) -> tuple[StoredDocument, ...]:
    """Every feed, sitemap, listing and robots.txt that was read, with what a conditional request needs."""
    return tuple(
        StoredDocument(
            row["url"],
            row["kind"],
            _validators(row | {"captured_at": row["fetched_at"]}),
            bool(row["complete"]),
            moment_from(row["full_at"]) if row["full_at"] else None,
            row["links"],
            row["note"],
        )
        for row in db.query("select * from documents where source = ? order by url", (source,))
    )


def note_document(db: Database, source: str, document: StoredDocument, at: datetime) -> None:
    """Keep how a document's last reading went; a 304 (no links counted) leaves the earlier count."""
    validators = document.validators
    db.execute(
        "insert into documents (source, url, kind, etag, last_modified, digest, complete, links, fetched_at, full_at,"
        " note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (source, url) do update set kind = excluded.kind,"
        " etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest,"
        " complete = max(complete, excluded.complete), links = max(excluded.links, links * (excluded.links = 0)),"
        " fetched_at = excluded.fetched_at, full_at = coalesce(excluded.full_at, full_at), note = excluded.note",
        (
            source,
            document.url,
            document.kind,
            validators.etag,
            validators.last_modified,
            validators.digest,
            int(document.complete),
            document.links,
            moment(at),
            moment(document.full_at) if document.full_at else None,
            document.note,
        ),
    )


def spread_of(key: str) -> float:
    """A constant between 0 and 1 for an address, which spreads looks at it from looks at its neighbours."""
    return (hash_of(key) % 1000) / 1000


def hash_of(key: str) -> int:
    """A small hash that is the same in every process."""
    return sum((place + 1) * byte for place, byte in enumerate(key.encode("utf-8", "replace")))


def _known(db: Database, source: str, keys: Sequence[str]) -> dict[str, Row]:
    marks = ",".join("?" * len(keys))
    rows = db.query(f"select * from urls where source = ? and key in ({marks})", (source, *keys))
    return {row["key"]: row for row in rows}


def _record(db: Database, source: str, key: str, link: Link, now: datetime) -> Row:
    link = storable(link)
    values = (source, storable(key), link.url, link.title, link.published, link.modified, link.via, moment(now))
    rows = db.query(
        "insert into urls (source, key, url, state, title, published, modified, via, first_seen)"
        " values (?, ?, ?, 'pending', ?, ?, ?, ?, ?) returning *",
        values,
    )
    return next(iter(list(rows)))


def _to_fetch(row: Row, link: Link, now: datetime) -> bool:
    if row["state"] == "pending":
        return row["next_check"] is None or row["next_check"] <= moment(now)
    checked = row["last_checked"] or row["captured_at"]
    if row["state"] not in ("article", "rejected") or not checked or link.modified == row["modified"]:
        return False
    modified = _stated(link.modified)
    return modified is not None and moment_from(checked) < modified <= now + _LATER


def _remember_hints(db: Database, row: Row, link: Link) -> None:
    db.execute(
        "update urls set title = ?, published = ?, modified = ?, via = ? where source = ? and key = ?",
        (
            link.title or row["title"],
            link.published or row["published"],
            link.modified or row["modified"],
            link.via or row["via"],
            row["source"],
            row["key"],
        ),
    )


def _stated(text: str) -> datetime | None:
    """A moment as a sitemap or feed states it; a mere day, or one without a zone, is taken as UTC."""
    try:
        stated = datetime.fromisoformat(text)
    except ValueError:
        return None
    return stated if stated.tzinfo else stated.replace(tzinfo=UTC)


def _validators(row: Row) -> Validators:
    return Validators(
        etag=row["etag"],
        last_modified=row["last_modified"],
        digest=row["digest"],
        captured_at=moment_from(row["captured_at"]) if row["captured_at"] else None,
        captured_url=row["url"],
    )


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
