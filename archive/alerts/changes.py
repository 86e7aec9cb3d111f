"""Changes as alerts see them, read from archive.db: releases that are new, edited or gone, sources that are unwell.

`change_log` names what was stored, in order; events, revisions and articles say what it was. Only reads.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archive.alerts.settings import What
from archive.store.search import rows
from archive.store.search_index.places import Entry, entry

CHUNK = 2_000
"""Changes that are read at one time."""

FRESH = timedelta(days=30)
"""What happened longer ago than this, and was only stored now, is no news."""

_WHAT: dict[str, What] = {"new": "new", "edited": "edited", "gone": "removed", "unwell": "unwell"}


@dataclass(frozen=True)
class Change:
    """Something that an alert may be about. Moments are stored ones (ISO 8601, UTC), empty if unknown.

    `title` and `text` are those that the change made; for removals, the last. `earlier` are the texts before them.
    `age` is how far back the stated day of a release lies at `at`, negative if it is to come; None if it states none.
    `settled` says whether its source had been crawled, and walked back, when it was found: what has no day is only
    then known to be new. Of a source that is unwell, `text` says what is wrong. `tags` are
    those of its source.
    """

    what: What
    source: str
    source_title: str
    at: str
    article: int | None = None
    capture: int | None = None
    title: str = ""
    text: str = ""
    url: str = ""
    day: str = ""
    severity: str = ""
    summary: str = ""
    age: timedelta | None = None
    settled: bool = True
    entry: Entry | None = None
    earlier: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same change when it is stored again. A release is new once, whichever capture shows it."""
        if self.what == "unwell":
            return ("unwell", self.source, self.at)
        return (self.what, self.article, None if self.what == "new" else self.capture)


@dataclass(frozen=True)
class Reached:
    """How far a log of changes was read: the name of the log, and the last row."""

    log: str = ""
    n: int = 0


def end_of_log(connection: sqlite3.Connection) -> Reached:
    """The end of the log."""
    log, n = connection.execute(
        "select (select source from change_log where n = 0), (select max(n) from change_log)"
    ).fetchone()
    return Reached(str(log), int(n))


def resume(reached: Reached, end: Reached) -> Reached:
    """Where to go on reading in a log with this end: at its beginning if it is another one."""
    return reached if reached.log == end.log and reached.n <= end.n else Reached(end.log)


def read(connection: sqlite3.Connection, since: Reached, now: datetime) -> tuple[tuple[Change, ...], Reached]:
    """The next changes after a row of the log, each once, and how far that reached. Changes that were withdrawn since
    (the event is no longer there) and those that are not fresh are left out.
    """
    sql = "select n from change_log where n > ? order by n limit 1 offset ?"
    beyond = connection.execute(sql, (since.n, CHUNK - 1)).fetchone()
    until = int(beyond[0]) if beyond else end_of_log(connection).n
    values = {"since": since.n, "until": until, "fresh": (now - FRESH).isoformat()}
    found = {change.identity: change for change in _read(connection, "change_log", values)}
    return tuple(found.values()), Reached(since.log, until)


def read_again(
    connection: sqlite3.Connection, what: str, source: str, article: int | None, capture: int | None, at: str
) -> Change | None:
    """A change that was found before, as the archive has it now; None if it no longer says that this happened."""
    kind = next(kind for kind, named in _WHAT.items() if named == what)
    values = {"kind": kind, "source": source, "article": article, "capture": capture, "at": at}
    log = "(select 1 as n, :kind as kind, :source as source, :article as article_id, :capture as capture_id, :at as at)"
    return next(_read(connection, log, {**values, "since": 0, "until": 1, "fresh": ""}), None)


_OF_ARTICLES = """
select distinct l.kind, l.capture_id, l.at, a.id, a.source, a.url, a.status, a.language, a.missing_since, a.revisions,
    a.dateline, a.authors, a.published_day, a.title as title_now, a.text as text_now, r.n, r.title, r.text, r.severity,
    r.summary, (select authors from revisions where article_id = a.id and n = r.n - 1) as authors_before,
    coalesce(nullif(s.title, ''), a.source) as source_title,
    (select group_concat(tag, ' ') from source_tags where source = a.source) as tags,
    exists (select 1 from runs where source = a.source and finished_at < l.at)
        and not exists (select 1 from backfills where source = a.source and began_at <= l.at
            and (finished_at is null or finished_at >= l.at)) as settled
from {log} l
join articles a on a.id = l.article_id
join events e on e.article_id = l.article_id and e.kind = l.kind
    and (e.capture_id is l.capture_id or l.kind = 'new')
left join revisions r on r.article_id = a.id and r.capture_id = l.capture_id and l.kind <> 'gone'
left join sources s on s.name = a.source
where l.n > :since and l.n <= :until and l.at > :fresh
order by l.n
"""
_OF_SOURCES = """
select distinct l.source, l.at, s.health, coalesce(nullif(s.title, ''), s.name) as source_title, s.url,
    (select group_concat(tag, ' ') from source_tags where source = s.name) as tags
from {log} l join sources s on s.name = l.source and s.health <> '' and s.health_since = l.at
where l.kind = 'unwell' and l.n > :since and l.n <= :until and l.at > :fresh
"""


def _read(connection: sqlite3.Connection, log: str, values: Mapping[str, Any]) -> Iterator[Change]:
    """The changes that these rows name; `log` is a table like `change_log`, in SQL."""
    for row in list(rows(connection, _OF_ARTICLES.format(log=log), values)):
        yield _of_article(connection, row)
    for row in rows(connection, _OF_SOURCES.format(log=log), values):
        yield Change(
            what="unwell",
            source=row["source"],
            source_title=row["source_title"],
            at=row["at"],
            title=row["source_title"],
            text=row["health"],
            url=row["url"] or "",
            tags=_tags(row),
        )


def _tags(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple((row["tags"] or "").split())


def _of_article(connection: sqlite3.Connection, row: dict[str, Any]) -> Change:
    is_revision = row["n"] is not None
    return Change(
        what=_WHAT[row["kind"]],
        source=row["source"],
        source_title=row["source_title"],
        tags=_tags(row),
        at=row["at"],
        article=row["id"],
        capture=row["capture_id"],
        title=row["title"] if is_revision else row["title_now"],
        text=row["text"] if is_revision else row["text_now"],
        url=row["url"],
        day=row["published_day"] or "",
        severity=(row["severity"] or "") if row["kind"] == "edited" else "",
        summary=(row["summary"] or "") if row["kind"] == "edited" else "",
        age=_age(row["published_day"], row["at"]),
        settled=bool(row["settled"]),
        entry=entry(row | {"authors": _authors(row)}),
        earlier=_earlier(connection, row["id"], row["n"] or row["revisions"]) if row["revisions"] > 1 else (),
    )


def _authors(row: dict[str, Any]) -> str:
    """Who signs an article, as JSON; after an edit also who did before: whoever was taken out is asked for by name."""
    now = json.loads(row["authors"] or "[]")
    before = json.loads(row["authors_before"] or "[]") if row["kind"] == "edited" else []
    return json.dumps(list(dict.fromkeys([*now, *before])))


def _age(day: str | None, at: str) -> timedelta | None:
    try:
        return datetime.fromisoformat(at[:10]) - datetime.fromisoformat(day or "")
    except ValueError:
        return None


def _earlier(connection: sqlite3.Connection, article: int, before: int) -> tuple[tuple[str, str], ...]:
    sql = "select title, text from revisions where article_id = ? and n < ? order by n"
    return tuple((str(title), str(text)) for title, text in connection.execute(sql, (article, before)))
