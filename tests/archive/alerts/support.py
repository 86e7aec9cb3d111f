"""An archive in which things happen, and a service on this machine that takes messages."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from archive.store.database import Store
from archive.store.search_index import index

NOW = datetime.now(UTC).replace(microsecond=0)
"""Of the day on which the tests run: what is older than a month is no news, by the clock of SQLite."""


class Happenings:
    """archive.db, and what is stored there."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "archive.db"
        Store(self.path).close()
        with self.writing() as db:
            for name in ("valdora", "harrow"):
                db.execute("insert into sources (name, title, url) values (?, ?, ?)",
                           (name, name.capitalize(), f"https://{name}.example/"))  # fmt: skip

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path)) as db, db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as db:
            yield db

    def release(
        self,
        number: int,
        text: str,
        title: str = "",
        source: str = "valdora",
        at: datetime = NOW,
        age: timedelta | None = timedelta(),
        **columns: Any,
    ) -> None:
        """A release that is new; `age` is how far back its stated day lies, None for none."""
        day = None if age is None else (at - age).date().isoformat()
        row = {
            "id": number, "source": source, "url": f"https://{source}.example/{number}",
            "title": title or f"Release {number}", "text": text, "published_at": day, "published_day": day,
            "first_seen": at.isoformat(), "last_seen": at.isoformat(), "last_checked": at.isoformat(),
            "changed_at": at.isoformat(), "status": "live", "revisions": 1, "capture_id": number * 100 + 1,
            "word_count": 9, **columns,
        }  # fmt: skip
        with self.writing() as db:
            insert(db, "articles", row)
            self._revision(db, number, 1, row["title"], text, at, "first")
            self._event(db, source, number, "new", at, number * 100 + 1)
            index.update(db, None, index.read(db, number))

    def sign(self, number: int, *names: str) -> None:
        """Who signs the release and its newest revision."""
        with self.writing() as db:
            authors = json.dumps(names)
            db.execute("update articles set authors = ? where id = ?", (authors, number))
            newest = "n = (select max(n) from revisions where article_id = :number)"
            sql = f"update revisions set authors = :authors where article_id = :number and {newest}"
            db.execute(sql, {"authors": authors, "number": number})

    def edit(self, number: int, text: str, severity: str = "minor", at: datetime = NOW) -> None:
        """The release says something else."""
        with self.writing() as db:
            before = index.read(db, number)
            source, title, n = db.execute(
                "select source, title, revisions from articles where id = ?", (number,)
            ).fetchone()
            db.execute("update articles set text = ?, revisions = ? where id = ?", (text, n + 1, number))
            self._revision(db, number, n + 1, title, text, at, severity)
            self._event(db, source, number, "edited", at, number * 100 + n + 1)
            index.update(db, before, index.read(db, number))

    def remove(self, number: int, at: datetime = NOW) -> None:
        """The release is gone."""
        with self.writing() as db:
            (source,) = db.execute("select source from articles where id = ?", (number,)).fetchone()
            db.execute("update articles set status = 'gone' where id = ?", (number,))
            self._event(db, source, number, "gone", at, number * 100 + 99)

    def unwell(self, source: str = "valdora", words: str = "its feed is empty", at: datetime = NOW) -> None:
        """Two crawls in a row find something wrong with a source."""
        with self.writing() as db:
            for _ in range(2):
                db.execute(
                    "update sources set health = ?, health_since = ? where name = ?", (words, at.isoformat(), source)
                )

    def tag(self, source: str, tag: str) -> None:
        """Give a source a tag."""
        with self.writing() as db:
            db.execute("insert into source_tags (tag, source) values (?, ?)", (tag, source))

    def crawled(self, source: str = "valdora", at: datetime = NOW - timedelta(hours=1)) -> None:
        """A crawl of the source came to its end."""
        with self.writing() as db:
            db.execute("insert into runs (source, started_at, finished_at) values (?, ?, ?)",
                       (source, at.isoformat(), at.isoformat()))  # fmt: skip

    def _revision(
        self, db: sqlite3.Connection, number: int, n: int, title: str, text: str, at: datetime, severity: str
    ) -> None:
        insert(db, "revisions", {
            "article_id": number, "n": n, "fetched_at": at.isoformat(), "capture_id": number * 100 + n, "title": title,
            "text": text, "severity": severity, "summary": "" if n == 1 else f"version {n}",
        })  # fmt: skip

    def _event(self, db: sqlite3.Connection, source: str, number: int, kind: str, at: datetime, capture: int) -> None:
        insert(db, "events", {
            "at": at.isoformat(), "source": source, "article_id": number, "kind": kind, "capture_id": capture,
        })  # fmt: skip


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """A row of a table."""
    marks = ", ".join("?" * len(row))
    db.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


class Webhook:
    """A service that takes messages as JSON; `answers` is what it answers next, 200 when that is used up."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.answers: list[int] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = service.answers.pop(0) if service.answers else 200
                if status == 200:
                    service.taken.append(body)
                    service.ids.append(self.headers["Idempotency-Key"])
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"json://127.0.0.1:{self.server.server_address[1]}/hook"

    def subjects(self) -> list[str]:
        """Of the messages that it took."""
        return [body["title"] for body in self.taken]

    def __enter__(self) -> Webhook:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
