"""What crawls need to know of earlier ones: known and due addresses, feeds and lists that were read. No cost grows with
the archive.

A row of `urls` is one address (`archive.core.urls.key`) of one source. States: pending (known, not fetched yet),
article (its own address, checked again), alias (leads to an article at another address), rejected (fetched, no
article), gone (404 or 410), dropped (could not be fetched).

An address that is rejected, gone or dropped is requested again, after longer and longer waits, as long as a feed,
listing or sitemap names it: its `via` document named it (`named_at`) when it was last read (`documents.offered_at`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.core import urls
from archive.core.model import KnownDocument, Link, Recheck, Validators
from archive.history.recheck import Trouble, are_trusted, is_full_due, is_same_look, next_check, next_try
from archive.store.hosts.rests import answered_since
from archive.store.rows import Row, moment, moment_from, moment_or_none, storable
from archive.store.schema import Database

_CHUNK = 200
MOST_FAILURES = 8
"""After so many failed requests a new address is no longer pending, if its host answers other requests."""

TROUBLES: dict[str, Trouble] = {"dropped": "host", "gone": "missing", "rejected": "other page"}
"""The states of addresses that gave no article, and what was wrong with them."""

_DOCUMENT_KINDS = ("feed", "sitemap", "listing", "robots")
_LATER = timedelta(minutes=5)


def fresh(db: Database, source: str, links: Iterable[Link], now: datetime) -> frozenset[str]:
    """Record new addresses as pending; returns the addresses of `links` to fetch now, as they were given.

    To fetch: addresses that were never fetched or gave no article, if they need not wait any longer; and articles that
    were modified after our capture, as the link says.
    """
    wanted: set[str] = set()
    for chunk in _chunks([(urls.key(link.url) or link.url, link) for link in links]):
        known = _known(db, source, [key for key, _ in chunk])
        for key, link in chunk:
            row = known.get(key)
            if row is None:
                known[key] = _record(db, source, key, link, now)
                wanted.add(link.url)
            elif _named_again(db, row, link, now):
                wanted.add(link.url)
    return frozenset(wanted)


def _named_again(db: Database, row: Row, link: Link, now: datetime) -> bool:
    """Note that an address in the table is named again; returns whether to fetch it now."""
    is_wanted = _to_fetch(row, link, now)
    if is_wanted and row["state"] == "article":
        _remember_claim(db, row, now)
    if is_wanted or row["state"] == "pending" or row["state"] in TROUBLES:
        _remember_named(db, row, link, now)
    return is_wanted


def pending(db: Database, source: str, now: datetime, limit: int) -> tuple[Link, ...]:
    """Addresses to fetch as new ones: first those never fetched, longest known first; then those whose next try is
    due, as they gave no article or led to another than they promised.
    """
    never = db.query(
        "select url, title, published, modified, via from urls where source = ? and state = 'pending'"
        " and (next_check is null or next_check <= ?) order by first_seen limit ?",
        (source, moment(now), limit),
    )
    found = [Link(**row) for row in never]
    again = db.query(
        f"select url, title, published, modified, via from urls where source = ? and next_check <= ?"
        f" and (state = 'alias' or ({_UNREAD} and {_STILL_NAMED})) order by next_check limit ?",
        (source, moment(now), limit if limit < 0 else limit - len(found)),
    )
    return (*found, *(Link(**row) for row in again))


def forget_unnamed(db: Database, source: str, now: datetime) -> None:
    """Plan no more tries of addresses that nothing names any longer; `fresh` tries them again if something does."""
    db.execute(
        f"update urls set next_check = null where source = ? and next_check <= ? and {_UNREAD} and not {_STILL_NAMED}",
        (source, moment(now)),
    )


_UNREAD = "state in ('dropped', 'gone', 'rejected')"
_STILL_NAMED = (
    "exists (select 1 from documents where documents.source = urls.source and documents.url = urls.via"
    " and urls.named_at >= documents.offered_at)"
)


def due(db: Database, source: str, now: datetime, limit: int) -> tuple[Recheck, ...]:
    """The addresses of articles that are due for a check, longest overdue first.

    They come without validators if a full answer is due, or if the validators of the source were found to be false.
    """
    trusted = trusts_validators(db, source, now)
    rows = db.query(
        f"select url, etag, last_modified, digest, captured_at, full_at, ({_FIRST_READ}) link from urls"
        " where source = ? and next_check <= ? and state = 'article' order by next_check limit ?",
        (source, moment(now), limit),
    )
    return tuple(Recheck(row["url"], _conditions(row, trusted, now), _called(row)) for row in rows)


_FIRST_READ = (
    "select link from captures c where c.article_id = urls.article_id and c.kind = 'page' and c.note = ''"
    " order by c.fetched_at limit 1"
)


def _called(row: Row) -> Link | None:
    """What a list called an address when it was first read, if one did: else the page would seem to have another title
    with each list that names it. Without the days that were stated: what the page itself says of them may change;
    and without the list, which may name it no longer."""
    link = Link(**json.loads(row["link"])) if row["link"] else Link("")
    return replace(link, url=row["url"], published="", modified="", via="") if link.title else None


def _conditions(row: Row, trusted: bool, now: datetime) -> Validators:
    validators = _validators(row)
    full_at = moment_from(row["full_at"]) if row["full_at"] else validators.captured_at
    if trusted and not is_full_due(full_at, now, "page"):
        return validators
    return replace(validators, etag="", last_modified="")


def conditions(db: Database, source: str, addresses: Iterable[str], now: datetime) -> dict[str, Validators]:
    """What a conditional request needs, for those of some addresses that belong to articles."""
    trusted = trusts_validators(db, source, now)
    by_key = {urls.key(address) or address: address for address in addresses}
    return {
        by_key[row["key"]]: _conditions(row, trusted, now)
        for chunk in _chunks(list(by_key))
        for row in _known(db, source, chunk).values()
        if row["state"] == "article"
    }


def trusts_validators(db: Database, source: str, now: datetime) -> bool:
    """Whether an ETag or a date of this source's server is trusted (`archive.history.recheck.are_trusted`)."""
    row = db.execute("select validators_false_at from sources where name = ?", (source,)).fetchone()
    return are_trusted(moment_from(row[0]) if row and row[0] else None, now)


def distrust(db: Database, source: str, at: str) -> None:
    """Note that a validator of a source stayed the same although the content changed; `at` is a stored moment."""
    latest = "max(coalesce(validators_false_at, ''), ?)"
    db.execute(f"update sources set validators_false_at = {latest} where name = ?", (at, source))


def drop(db: Database, source: str, url: str, reason: str, at: datetime, retry: bool) -> None:
    """Record that an address gave no response, and why. It is requested again, each time after a longer wait.

    A new address is pending until eight requests failed while its host answered others (or until `retry` says that
    another try is useless). From then on it is only requested while something names it. The address of an article is
    never given up.
    """
    key = urls.key(url) or url
    row = _known(db, source, [key]).get(key) or _record(db, source, key, Link(url), at)
    checked = moment_or_none(row["last_checked"])
    failures = row["failures"] + (not is_same_look(checked, at) or not row["failures"])
    state, tries, then = row["state"], row["tries"], None
    if state in TROUBLES or (state == "pending" and (not retry or is_given_up(db, row, failures))):
        state, tries = "dropped", tries + 1
        then = next_try(at, max(tries, failures), "host", spread_of(key))
    elif state == "article" or (state == "pending" and retry):
        then = next_check(at, at, failures=failures, spread=spread_of(key))
    db.execute(
        "update urls set state = ?, reason = ?, failures = ?, tries = ?, last_checked = ?, next_check = ?"
        " where source = ? and key = ?",
        (state, reason, failures, tries, moment(at), then and moment(then), source, key),
    )


def is_given_up(db: Database, row: Row, failures: int) -> bool:
    """Whether a new address failed too often, and not only because its host has a problem."""
    return failures >= MOST_FAILURES and answered_since(db, urls.host(row["url"]), row["last_checked"] or "")


def documents(db: Database, source: str) -> tuple[KnownDocument, ...]:
    """Every feed, sitemap, listing and robots.txt that was read, with what a conditional request needs."""
    return tuple(
        KnownDocument(
            row["url"],
            row["kind"],
            _validators(row | {"captured_at": row["fetched_at"]}),
            bool(row["complete"]),
            moment_or_none(row["full_at"]),
            row["links"],
            row["note"],
            row["problem"],
            root=bool(row["root"]),
            watched=bool(row["watched"]),
            through=row["through"],
        )
        for row in db.query("select * from documents where source = ? order by url", (source,))
    )


def note_document(
    db: Database, source: str, document: KnownDocument, at: datetime, *, offered: bool = False, settles: bool = False
) -> None:
    """Store how a document's last reading went; a 304 (no links counted) leaves the earlier count.

    `offered`: its links were handed to `fresh` in the crawl that is under way. `settles`: whether it is complete, a
    root and watched is as this says, and not as before.
    """
    validators = document.validators
    if document.full_at is not None and _is_false(db, source, document):
        distrust(db, source, moment(at))
    db.execute(
        _NOTE_DOCUMENT,
        {
            "source": source,
            "url": document.url,
            "kind": document.kind,
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "digest": validators.digest,
            "complete": int(document.complete),
            "links": document.links,
            "at": moment(at),
            "full_at": moment(document.full_at) if document.full_at else None,
            "note": document.note,
            "problem": document.problem,
            "root": int(document.root),
            "watched": int(document.watched),
            "offered": offered,
            "settles": settles,
        },
    )


_NOTE_DOCUMENT = """
insert into documents (
    source, url, kind, etag, last_modified, digest, complete, links, fetched_at, full_at, note, problem, root, watched,
    offered_at
) values (
    :source, :url, :kind, :etag, :last_modified, :digest, :complete, :links, :at, :full_at, :note, :problem, :root,
    :watched, case when :offered then coalesce((select last_crawl from sources where name = :source), '') end
) on conflict (source, url) do update set
    kind = excluded.kind, etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest,
    complete = case when :settles then excluded.complete else max(complete, excluded.complete) end,
    root = max(root, excluded.root), watched = case when :settles then excluded.watched else watched end,
    links = max(excluded.links, links * (excluded.links = 0)),
    fetched_at = excluded.fetched_at, full_at = coalesce(excluded.full_at, full_at), note = excluded.note,
    problem = excluded.problem, offered_at = coalesce(excluded.offered_at, offered_at)
"""


def _is_false(db: Database, source: str, document: KnownDocument) -> bool:
    """Whether a document has other bytes than before under the same validator (see `archive.store.urls`)."""
    row = db.execute(
        "select etag, last_modified, digest from documents where source = ? and url = ?", (source, document.url)
    ).fetchone()
    if row is None or not row[2] or row[2] == document.validators.digest:
        return False
    known, now = (0, document.validators.etag) if document.validators.etag else (1, document.validators.last_modified)
    return bool(now) and bool(row[known] == now)


def heal_clock(db: Database, source: str, now: datetime, was_ahead: bool = False) -> None:
    """After a crawl while the clock was ahead: what it noted of the future is taken for now, and is due.

    Reads the source's addresses, but only in the first crawl after the clock was put right: where the last crawl was
    later than now, or `was_ahead` says so.
    """
    at = moment(now)
    last = db.execute("select last_crawl from sources where name = ?", (source,)).fetchone()
    if not was_ahead and not (last and last[0] and last[0] > at):
        return
    db.execute(
        "update urls set next_check = case when next_check is null then null else :now end, full_at = null,"
        " last_checked = min(last_checked, :now), read_at = min(read_at, :now), first_seen = min(first_seen, :now),"
        " named_at = min(named_at, :now)"
        " where source = :source and (last_checked > :now or first_seen > :now or read_at > :now or named_at > :now)",
        {"now": at, "source": source},
    )
    db.execute(
        "update documents set full_at = null, offered_at = min(offered_at, :now) where source = :source"
        " and (full_at > :now or offered_at > :now)",
        {"now": at, "source": source},
    )
    db.execute("update sources set last_crawl = min(last_crawl, ?) where name = ?", (at, source))


def spread_of(key: str) -> float:
    """A constant between 0 and 1 for each address, so that checks of addresses do not all come at once."""
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
    named_at = moment(now) if link.via else None
    values = (source, storable(key), link.url, link.title, link.published, link.modified, link.via, moment(now))
    rows = db.query(
        "insert into urls (source, key, url, state, title, published, modified, via, first_seen, named_at)"
        " values (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?) returning *",
        (*values, named_at),
    )
    return next(iter(list(rows)))


def _to_fetch(row: Row, link: Link, now: datetime) -> bool:
    if row["state"] == "pending":
        return row["next_check"] is None or row["next_check"] <= moment(now)
    if row["state"] in TROUBLES and row["reason"] not in _DOCUMENT_KINDS and _next_try_of(row) <= moment(now):
        return True
    checked = row["last_checked"] or row["captured_at"]
    if row["state"] not in ("article", "rejected") or not checked or link.modified == row["modified"]:
        return False
    modified = _stated(link.modified)
    last = moment_from(checked)
    if row["false_claims"] and now < next_try(last, row["false_claims"], "other page"):
        return False
    return modified is not None and last < modified <= now + _LATER


def _remember_claim(db: Database, row: Row, now: datetime) -> None:
    """Record that an article is checked because a link says that it was modified; later we see if that was true.

    A source that says so of every page in every crawl is trusted less and less often (`urls.false_claims`).
    """
    db.execute("update urls set claimed_at = ? where source = ? and key = ?", (moment(now), row["source"], row["key"]))


def _next_try_of(row: Row) -> str:
    """When an address that gave no article may be tried again, as a stored moment."""
    if row["next_check"] or not row["last_checked"]:
        return row["next_check"] or ""
    return moment(next_try(moment_from(row["last_checked"]), max(row["tries"], 1), TROUBLES[row["state"]]))


def _remember_named(db: Database, row: Row, link: Link, now: datetime) -> None:
    db.execute(
        "update urls set title = ?, published = ?, modified = ?, via = ?, named_at = ? where source = ? and key = ?",
        (
            link.title or row["title"],
            link.published or row["published"],
            link.modified or row["modified"],
            link.via or row["via"],
            moment(now),
            row["source"],
            row["key"],
        ),
    )


def _stated(text: str) -> datetime | None:
    """A moment as a sitemap or feed states it; a day alone, or a time without a zone, counts as UTC."""
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
        captured_at=moment_or_none(row["captured_at"]),
        captured_url=row["url"],
    )


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
