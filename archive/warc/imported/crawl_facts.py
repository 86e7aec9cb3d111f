"""What the WARC files of another program say about their addresses: which are pages, and which are only parts of pages.

A crawl of a newsroom also has its images, scripts, trackers and frames, some from other sites. A first reading of the
files records what each program states (requests, metadata records, lists of pages) and what the pages themselves embed.
Then `archive.warc.importer` uses these facts for each record. They are in a temporary SQLite database, so that memory
does not grow with the files.

Sources: Heritrix's hop types (hopsFromSeed: L link, E embed, X speculative embed, P prerequisite, R redirect), Fetch
Metadata (Sec-Fetch-Dest), WARC 1.1 sections 5.7 and 6, browsertrix (urn:pageinfo, WARC-Resource-Type).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from archive.core import http_status, urls
from archive.warc import records
from archive.warc.http import parse_headers
from archive.warc.imported.web_records import (
    embedded_addresses,
    is_html,
    is_like_a_page,
    is_web,
    join_address,
    message_of,
    start_of,
)
from archive.warc.records import Record

DOCUMENT, UNKNOWN, EMBEDDED, PART = 1, 0, -1, -2
"""What an answer was requested as: a page, unknown, a frame in a page, data for a script or an image."""

_TABLES = """
    pragma journal_mode = off;
    pragma synchronous = off;
    create table exchange (id text primary key, method text, use integer) without rowid;
    create table alone (mark integer, at text, method text, use integer);
    create table address (mark integer primary key, use integer);
    create table answer (
        mark integer, at text, status integer, page integer, host text, use integer, target integer, url text,
        collection text, id text
    );
    create table digest (stated text primary key, own text) without rowid;
    create table asked (mark integer, at text, url text, hop integer, primary key (mark, at)) without rowid;
"""
_INDEXES = """
    create index answer_mark on answer (mark, at);
    create index answer_host on answer (host);
    create index asked_url on asked (url);
    create index answer_page on answer (collection) where page and use = 1;
"""
_FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})
_READ = 2_000_000
"""Embedded addresses are searched for in so many bytes of a page."""

_FOLLOWED = "+1 day"
"""The answer to a redirect was fetched within this time after it."""


@dataclass(frozen=True)
class _Half:
    """A request or an answer that names no other record, while the next record may be its other half.

    `answer`: the id of an answer; `method` and `use`: of a request.
    """

    mark: int
    at: str
    answer: str = ""
    method: str = ""
    use: int = UNKNOWN


class CrawlFacts:
    """Collects facts from every record in a first reading (`note`); after `settle` it answers questions."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.executescript(_TABLES)
        self.db.execute("begin")
        self._hosts: dict[str, bool] = {}
        self._before: _Half | None = None

    def close(self) -> None:
        """Forget everything."""
        self.db.close()

    def note_pages(self, addresses: Iterable[str]) -> None:
        """Record the addresses of a list of pages."""
        for url in addresses:
            self._note_address(url, DOCUMENT)

    def note(self, record: Record, collection: str) -> None:
        """Record the facts in one record. What cannot be understood is ignored."""
        before, self._before = self._before, None
        if record.type == "request":
            self._note_request(record, before)
        elif record.type == "metadata":
            self._note_hops(record)
        elif record.type == "resource" and record.url.startswith("urn:pageinfo:"):
            self._note_page_info(record)
        elif record.type in ("response", "revisit", "resource") and is_web(record):
            self._note_answer(record, collection, before)

    def settle(self) -> None:
        """Combine the facts of all files: what one says about an address counts for all; join redirects to answers."""
        self.db.execute("commit")
        self.db.executescript(_INDEXES)
        self.db.execute(
            "insert or ignore into exchange select n.id, r.method, r.use from alone r"
            " join answer n on n.mark = r.mark and n.at = r.at where n.id <> ''"
        )
        self.db.execute(
            "update answer set use = (select e.use from exchange e where e.id = answer.id)"
            " where use = 0 and id in (select id from exchange)"
        )
        self.db.execute(
            "update answer set use = (select a.use from address a where a.mark = answer.mark)"
            " where use = 0 and mark in (select mark from address)"
        )
        redirects = "select mark, at, url from answer where target is not null order by at desc"
        for origin, at, url in self.db.execute(redirects).fetchall():
            self._follow(origin, at, url)

    def use(self, record: Record) -> int:
        """What an answer was requested as: DOCUMENT, UNKNOWN, EMBEDDED or PART."""
        row = self.db.execute(
            "select use from answer where mark = ? and at = ? limit 1", (mark(record.url), _date(record))
        ).fetchone()
        return int(row[0]) if row else UNKNOWN

    def method(self, record: Record) -> str:
        """The method of a response's request, in capitals; GET if no request says otherwise."""
        return self._exchange(record)[0]

    def is_page_host(self, url: str) -> bool:
        """Whether a host answered with pages of its own.

        If a collection marks any answer as a page, then a host without marked answers has no pages.
        """
        host = urls.host(url)
        if host not in self._hosts:
            row = self.db.execute(
                "select 1 from answer n where host = ? and page and (use = 1 or (use = 0 and not exists"
                " (select 1 from answer d where d.collection = n.collection and d.page and d.use = 1))) limit 1",
                (host,),
            ).fetchone()
            self._hosts[host] = row is not None
        return self._hosts[host]

    def is_page(self, url: str) -> bool:
        """Whether an address answered with a page at any time."""
        row = self.db.execute(
            "select 1 from answer where mark = ? and page and use >= 0 limit 1", (mark(url),)
        ).fetchone()
        return row is not None

    def own_digest(self, stated: str) -> str:
        """Our payload digest for the digest of another program, which may be computed differently."""
        row = self.db.execute("select own from digest where stated = ?", (stated,)).fetchone()
        return str(row[0]) if row else stated

    def asked(self, record: Record) -> tuple[str, bool] | None:
        """For an answer in a chain of redirects: the address where the chain began, and whether it is a redirect
        itself.
        """
        row = self.db.execute(
            "select url, hop from asked where mark = ? and at = ?", (mark(record.url), _date(record))
        ).fetchone()
        return (str(row[0]), bool(row[1])) if row else None

    def landing(self, record: Record) -> str:
        """The address where an answer's chain of redirects ends; "" if there is none."""
        asked = self.asked(record)
        row = (
            asked
            and self.db.execute(
                "select n.url from asked k join answer n on n.mark = k.mark and n.at = k.at"
                " where k.url = ? and not k.hop and k.at >= ? order by k.at limit 1",
                (asked[0], _date(record)),
            ).fetchone()
        )
        return str(row[0]) if row else ""

    def _note_request(self, record: Record, before: _Half | None) -> None:
        """Record what a request asked for.

        If it does not say to which response it belongs (WARC 1.1, section 5.7 only recommends that), it is that of the
        record beside it, if this has its address, as pywb's and cdxj-indexer's indexes read such files; else that of
        the response of its address and moment.
        """
        method = record.block[:20].split(b" ", 1)[0].decode("latin-1").upper()
        headers = parse_headers(record.block[:100_000].split(b"\n"))
        dest = next((value.lower() for name, value in headers if name.lower() == "sec-fetch-dest"), "")
        if not re.fullmatch(r"[A-Z]{3,10}", method):
            return
        use = _use_of(dest)
        self._note_exchange(record.get("WARC-Record-ID"), method, use)
        if joined := record.get("WARC-Concurrent-To"):
            self._note_exchange(joined, method, use)
        elif before and before.answer and before.mark == mark(record.url):
            self._note_exchange(before.answer, method, use)
        else:
            self._before = _Half(mark(record.url), _date(record), method=method, use=use)
            self.db.execute("insert into alone values (?, ?, ?, ?)", (mark(record.url), _date(record), method, use))

    def _note_exchange(self, name: str, method: str, use: int) -> None:
        if name:
            self.db.execute("insert or replace into exchange values (?, ?, ?)", (name, method, use))

    def _note_hops(self, record: Record) -> None:
        """Heritrix: the path from a seed to an address, one letter for each step. Without a path, it is a seed."""
        fields = {name.lower(): value for name, value in parse_headers(record.block[:100_000].split(b"\n"), "utf-8")}
        if "hopsfromseed" not in fields and "seed" not in fields:
            return
        hops = fields.get("hopsfromseed", "").strip().upper()
        if "P" in hops[-1:]:
            self._note_address(record.url, PART)
        else:
            self._note_address(record.url, EMBEDDED if set(hops) & set("EX") else DOCUMENT)

    def _note_page_info(self, record: Record) -> None:
        """browsertrix: every address that a page loaded, and what it was loaded as."""
        try:
            stated = json.loads(record.block)
            loaded = stated["urls"].items()
            self._note_address(str(stated["url"]), DOCUMENT)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return
        for url, about in loaded:
            kind = str(about.get("type", "")) if isinstance(about, dict) else ""
            if kind and kind.lower() != "document" and url != stated["url"]:
                self._note_address(str(url), PART)

    def _join(self, record: Record, before: _Half | None) -> None:
        """Join an answer that names no request to the request before it, if this has its address and names no answer;
        else it waits for the next record.
        """
        name = record.get("WARC-Record-ID")
        if record.type == "resource" or not name or self._known(record):
            return
        if before and before.method and before.mark == mark(record.url):
            self._note_exchange(name, before.method, before.use)
            self.db.execute("delete from alone where mark = ? and at = ?", (before.mark, before.at))
        else:
            self._before = _Half(mark(record.url), _date(record), answer=name)

    def _note_answer(self, record: Record, collection: str, before: _Half | None) -> None:
        self._join(record, before)
        message = message_of(record)
        if message is None:
            return
        page = message.status in http_status.PAGE and is_html(message) and record.type != "revisit"
        body = start_of(message, _READ) if page else b""
        if record.type == "response" and (stated := record.get("WARC-Payload-Digest")):
            own = records.digest(message.body)
            if own != stated:
                self.db.execute("insert or replace into digest values (?, ?)", (stated, own))
        use = self._stated_use(record)
        target = message.get("Location") if 300 <= message.status < 400 and message.status != 304 else ""
        self.db.execute(
            "insert into answer values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                mark(record.url),
                _date(record),
                message.status,
                page and is_like_a_page(body),
                urls.host(record.url),
                use,
                mark(join_address(record.url, target)) if target else None,
                record.url,
                collection,
                record.get("WARC-Record-ID"),
            ),
        )
        for url in embedded_addresses(body, record.url):
            if mark(url) != mark(record.url):  # <audio src="#"> embeds nothing, and no page is a part of itself
                self._note_address(url, EMBEDDED)

    def _stated_use(self, record: Record) -> int:
        return _use_of(record.get("WARC-Resource-Type")) or self._exchange(record)[1]

    def _exchange(self, record: Record) -> tuple[str, int]:
        """The method of an answer's request, and what it asked for."""
        return self._known(record) or ("GET", UNKNOWN)

    def _known(self, record: Record) -> tuple[str, int] | None:
        for name in (record.get("WARC-Record-ID"), record.get("WARC-Concurrent-To")):
            row = name and self.db.execute("select method, use from exchange where id = ?", (name,)).fetchone()
            if row:
                return str(row[0]), int(row[1])
        return None

    def _note_address(self, url: str, use: int) -> None:
        """Record the use of an address. A page stays a page even if it is embedded somewhere."""
        self.db.execute(
            "insert into address values (?, ?) on conflict (mark) do update set use = max(use, excluded.use)",
            (mark(url), use),
        )

    def _follow(self, origin: int, at: str, url: str) -> None:
        """Join a redirect to its answer; if several redirects lead to one answer, the last one before it counts."""
        hops = [(origin, at)]
        while len(hops) <= 10:
            found = self.db.execute(
                "select n.mark, n.at, n.target from answer r join answer n on n.mark = r.target and n.at >= r.at"
                " and n.at <= strftime('%Y-%m-%dT%H:%M:%f', r.at, ?) where r.mark = ? and r.at = ?"
                " and r.target is not null order by n.at limit 1",
                (_FOLLOWED, *hops[-1]),
            ).fetchone()
            if found is None or (found[0], found[1]) in hops:
                return
            hops.append((found[0], found[1]))
            if found[2] is None:
                break
        else:
            return
        end = hops.pop()
        taken = self.db.execute("select url from asked where mark = ? and at = ? and not hop", end).fetchone()
        if taken is not None and mark(taken[0]) not in {first for first, _ in hops}:
            return
        self.db.execute("insert or replace into asked values (?, ?, ?, 0)", (*end, url))
        self.db.executemany("insert or replace into asked values (?, ?, ?, 1)", [(*hop, url) for hop in hops])


def _use_of(kind: str) -> int:
    """What something is requested as, by the name that a browser gives it (Fetch Metadata, "destination")."""
    name = kind.strip().lower()
    if name in ("", "document"):
        return DOCUMENT if name else UNKNOWN
    return EMBEDDED if name in _FRAMES else PART


def mark(url: str) -> int:
    """A number for an address, the same for all its forms."""
    name = urls.canonical(url) or url
    return int.from_bytes(blake2b(name.encode(errors="replace"), digest_size=8).digest(), signed=True)


def _date(record: Record) -> str:
    """A record's moment as SQLite compares it: UTC, to the microsecond."""
    try:
        return records.parse_moment(record.get("WARC-Date")).strftime("%Y-%m-%dT%H:%M:%S.%f")
    except ValueError:
        return ""
