"""Rows of articles, their revisions, events, removed passages and full text, written together."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from archive.core.model import Contact, Extraction, Removed, as_json
from archive.history.events import (
    ArticleState,
    DuplicateAt,
    Event,
    History,
    Instead,
    MissingSince,
    Pending,
    Place,
    Revision,
)
from archive.store.bulk.batch import Batch
from archive.store.rows import Row, extraction_columns, extraction_from, removed_rows
from archive.store.schema import Database
from archive.store.search_index import index
from archive.store.search_index.full_text import FullText
from archive.text.fulltext import index_text


class Articles:
    """Writes articles to the tables as `archive.history.replay` describes them.

    `extractor` is the version of today's extractor (`archive.extract.version`).
    """

    def __init__(self, db: Database, extractor: str, batch: Batch | None = None) -> None:
        self.db = db
        self.extractor = extractor
        self.batch = batch or Batch(db)
        self.texts = FullText(db.conn)

    def is_of_today(self, article: int) -> bool:
        """Whether today's extractor made an article's text, so that it can be compared with a new reading."""
        row = self.db.execute("select extractor from articles where id = ?", (article,)).fetchone()
        return row is not None and row[0] == self.extractor

    def source(self, article: int) -> str:
        """The source of an article."""
        return str(self.db.execute("select source from articles where id = ?", (article,)).fetchone()[0])

    def state(self, article: int) -> ArticleState | None:
        """An article's state read from the tables; with the passages removed from its text only if it `varies`."""
        if self.batch.lacks(article):
            return None
        found = list(self.db.query("select * from articles where id = ?", (article,)))
        if not found:
            return None
        row = found[0]
        memory = self.db.execute("select memory from article_state where article_id = ?", (article,)).fetchone()
        state = ArticleState(
            extraction_from(row),
            row["capture_id"],
            row["first_seen"],
            row["last_seen"],
            row["last_checked"],
            row["changed_at"],
            row["status"],
            row["revisions"],
            row["last_outcome"],
            row["moved_to"],
        )
        return with_memory(state, memory[0] if memory else "")

    def replace(self, article: int, source: str, history: History) -> None:
        """Replace an article's rows by its whole history."""
        state = history.state
        assert state is not None
        earlier = self._indexed(article)
        if earlier:
            index.remove_earlier(self.db.conn, article, self.texts)
            self.db.execute("delete from revisions where article_id = ?", (article,))
            self.db.execute("delete from events where article_id = ?", (article,))
        row = {"id": article, "source": source, "extractor": self.extractor, **_columns(state)}
        if earlier:
            row["story_id"] = earlier["story_id"]
        self._write_article(row)
        self._index(article, earlier, row)
        self._write_removed(article, source, state, is_new=earlier is None)
        self._remember(article, state, is_new=earlier is None)
        self._append(article, source, history)
        self._index_for_search(article, earlier, state.revisions)

    def extend(self, article: int, source: str, history: History) -> None:
        """Bring an article up to date with one more step; `history` holds only what the step adds."""
        state = history.state
        assert state is not None
        earlier = self._indexed(article)
        assert earlier is not None
        columns = _columns(state)
        if earlier["capture_id"] == state.capture_id and not varies(state):  # the page was only checked, not read
            columns = {name: columns[name] for name in _LOOKED_AT}
        names = ", ".join(f"{name} = ?" for name in columns)
        self.db.execute(f"update articles set {names} where id = ?", [*columns.values(), article])
        if len(columns) > len(_LOOKED_AT):
            self._index(article, earlier, columns)
            self._write_removed(article, source, state)
        self._remember(article, state)
        self._append(article, source, history)
        if any(earlier[name] != columns.get(name, earlier[name]) for name in _SEARCHED):
            self._index_for_search(article, earlier, state.revisions)

    def forget(self, article: int) -> None:
        """Delete an article from the tables."""
        earlier = self._indexed(article)
        if earlier is None:
            return
        self._unindex(article, earlier)
        index.update(self.db.conn, _searched(earlier), None, self.texts)
        index.remove_earlier(self.db.conn, article, self.texts)
        self._untell(article)
        for table in ("revisions", "events", "removed", "article_state"):
            self.db.execute(f"delete from {table} where article_id = ?", (article,))
        self.db.execute("delete from articles where id = ?", (article,))

    def index_copied(self, article: int) -> None:
        """Index an article whose rows were copied from another archive, and queue it for its story."""
        row = self._indexed(article)
        assert row is not None
        self._index(article, None, row)
        self._index_for_search(article, None)

    @contextmanager
    def rewriting(self, article: int) -> Iterator[None]:
        """In the block the rows of an article are replaced by those of another archive, or deleted; indexes follow.

        It is queued for its story if that may be another then. The row of `articles` must be updated and not replaced.
        """
        earlier = self._indexed(article)
        if earlier:
            index.remove_earlier(self.db.conn, article, self.texts)
        yield
        row = self._indexed(article)
        if row:
            self._index(article, earlier, row)
            self._index_for_search(article, earlier)
        elif earlier:
            self._unindex(article, earlier)
            index.update(self.db.conn, _searched(earlier), None, self.texts)
            self._untell(article)

    def _remember(self, article: int, state: ArticleState, is_new: bool = False) -> None:
        memory = packed(state)
        if memory:
            self._write("article_state", {"article_id": article, "memory": memory})
        elif not is_new:
            self.db.execute("delete from article_state where article_id = ?", (article,))

    def _append(self, article: int, source: str, history: History) -> None:
        for revision in history.revisions:
            self._write("revisions", _revision_row(article, revision))
        for event in history.events:
            self._write("events", _event_row(article, source, event))

    def _write_removed(self, article: int, source: str, state: ArticleState, is_new: bool = False) -> None:
        if not is_new:
            self.db.execute("delete from removed where article_id = ?", (article,))
        for row in removed_rows(article, source, state.extraction.removed):
            self._write("removed", row)

    def _indexed(self, article: int) -> Row | None:
        if self.batch.lacks(article):
            return None
        found = list(self.db.query(f"select {_KEPT} from articles where id = ?", (article,)))
        return found[0] if found else None

    def _index(self, article: int, earlier: Row | None, row: Row) -> None:
        if not earlier or any(earlier[name] != row[name] for name in _TOLD):
            self._untell(article)
        if earlier and (earlier["title"], earlier["text"]) == (row["title"], row["text"]):
            return
        if earlier:
            self._unindex(article, earlier)
        self.texts.add("articles_fts", article, index_text(row["title"]), index_text(row["text"]))

    def _unindex(self, article: int, earlier: Row) -> None:
        """To delete from an external-content index, give it the old values (https://sqlite.org/fts5.html, 4.4.3)."""
        self.texts.remove("articles_fts", article, index_text(earlier["title"]), index_text(earlier["text"]))

    def _index_for_search(self, article: int, earlier: Row | None, revisions: int = 2) -> None:
        index.update(self.db.conn, _searched(earlier), index.read(self.db.conn, article), self.texts)
        if revisions > 1:
            index.add_earlier(self.db.conn, article, self.texts)

    def _write_article(self, row: Row) -> None:
        """Insert or update, as triggers understand it: "or replace" would show them no delete."""
        names, marks = ", ".join(row), ", ".join(itertools.repeat("?", len(row)))
        changed = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        sql = f"insert into articles ({names}) values ({marks}) on conflict (id) do update set {changed}"
        self.db.execute(sql, list(row.values()))
        self.batch.has(row["id"])

    def _untell(self, article: int) -> None:
        """Queue the article, so that its story is built again (`archive.store.repeated.stories`)."""
        self.db.execute("insert or ignore into story_queue values (?)", (article,))

    def _write(self, table: str, row: dict[str, Any]) -> None:
        names, marks = ", ".join(row), ", ".join(itertools.repeat("?", len(row)))
        self.db.execute(f"insert or replace into {table} ({names}) values ({marks})", list(row.values()))


_CHANGES = """
create temp table changed_articles (id integer primary key, before blob not null);
create temp trigger articles_inserted before insert on articles begin
    insert into changed_articles select new.id, coalesce(
        (select text_hash(title, text) from articles where id = new.id), x''
    ) where new.id not in (select id from changed_articles);
end;
create temp trigger articles_updated before update of title, text on articles begin
    insert into changed_articles select old.id, text_hash(old.title, old.text)
        where old.id not in (select id from changed_articles);
end;
create temp trigger articles_deleted before delete on articles begin
    insert into changed_articles select old.id, text_hash(old.title, old.text)
        where old.id not in (select id from changed_articles);
end;
"""
"""Without "or ignore": in a trigger, the "or replace" of the statement outside would hold instead of it."""


@contextmanager
def text_changes(db: Database) -> Iterator[Callable[[], int]]:
    """Counts the articles that were added, deleted, or got another title or text since the block began.

    The work grows with the articles that are written in the block, not with the size of the archive.
    """
    db.conn.create_function("text_hash", 2, _text_hash, deterministic=True)
    db.conn.executescript(_CHANGES)

    def count() -> int:
        now = "coalesce((select text_hash(title, text) from articles where id = c.id), x'')"
        return int(db.execute(f"select count(*) from changed_articles c where before <> {now}").fetchone()[0])

    try:
        yield count
    finally:
        db.conn.executescript(
            "drop trigger articles_inserted; drop trigger articles_updated; drop trigger articles_deleted;"
            "drop table changed_articles;"
        )


def _text_hash(title: str, text: str) -> bytes:
    return hashlib.blake2b(f"{title}\n{text}".encode(), digest_size=8).digest()


_TOLD = ("title", "text", "published_at", "first_seen")
_SEARCHED = (*(name for name in index.READ.split(", ") if name not in ("id", "source", "listed_day")), "published_day")
_KEPT = ", ".join(dict.fromkeys((*_TOLD, "capture_id", "story_id", "published_day", *index.READ.split(", "))))
_LOOKED_AT = ("last_seen", "last_checked", "status", "last_outcome", "missing_since", "unconfirmed", "moved_to")


def _columns(state: ArticleState) -> Row:
    return {
        **extraction_columns(state.extraction),
        "first_seen": state.first_seen,
        "last_seen": state.last_seen,
        "last_checked": state.last_checked,
        "changed_at": state.changed_at,
        "status": state.status,
        "revisions": state.revisions,
        "last_outcome": state.answer,
        "capture_id": state.capture_id,
        "missing_since": state.missing.since if state.missing else None,
        "unconfirmed": state.pending.capture_id if state.pending else None,
        "moved_to": state.moved_to,
    }


def _revision_row(article: int, revision: Revision) -> Row:
    return {
        "article_id": article,
        "n": revision.n,
        "fetched_at": revision.at,
        "capture_id": revision.capture_id,
        "title": revision.title,
        "text": revision.text,
        "authors": json.dumps(revision.authors, ensure_ascii=False),
        "severity": "first" if revision.first else revision.change.severity,
        "kinds": ",".join(revision.change.kinds),
        "silent": revision.change.silent,
        "summary": revision.change.summary,
    }


def _event_row(article: int, source: str, event: Event) -> Row:
    return {
        "at": event.at,
        "source": source,
        "article_id": article,
        "url": event.url,
        "kind": event.kind,
        "detail": event.detail,
        "capture_id": event.capture_id,
        "confirmed_by": event.confirmed_by,
    }


def _searched(earlier: Row | None) -> Row | None:
    """What the index of searches needs to know, of a row that has more."""
    return {name: earlier[name] for name in index.READ.split(", ")} if earlier else None


_REMEMBERED = ("pending", "missing", "duplicate", "shown", "turns", "heard", "partial", "instead")
"""What an article's state has beside its row in `articles`, in the order in which `packed` writes it."""

_MARKS = ("asides", "folds")
"""What an extraction has beside that row."""

_LINES = ("reached", "signed")
"""The same of an article that has shown more than one text."""

_TUPLES = ("authors", "tags", "photo_credits", "about", "tickers", "links", *_LINES, *_MARKS)


def packed(state: ArticleState) -> str:
    """The part of the state that is not in the row of `articles`, as JSON; "" if there is none."""
    if state.pending:
        state = replace(state, pending=replace(state.pending, page=()))
    values = {name: as_json(value) for name in _REMEMBERED if (value := getattr(state, name))}
    if varies(state):
        values["removed"] = as_json(state.extraction.removed)
        values |= {name: as_json(getattr(state.extraction, name)) for name in _LINES}
    for name in _MARKS:
        if marks := getattr(state.extraction, name):
            values[name] = as_json(marks)
    return json.dumps(values, ensure_ascii=False) if values else ""


def varies(state: ArticleState) -> bool:
    """Whether an article has shown more than one text: only then the passages removed from its text are stored."""
    return bool(state.pending or state.shown)


def with_memory(state: ArticleState, memory: str) -> ArticleState:
    """The state that was read from a row, completed with the JSON that `packed` made."""
    values: dict[str, Any] = json.loads(memory) if memory else {}
    removed = tuple(Removed(**passage) for passage in values.get("removed", ()))
    marks: dict[str, Any] = {name: tuple(values.get(name, ())) for name in (*_MARKS, *_LINES)}
    return replace(
        state,
        extraction=replace(state.extraction, removed=removed, **marks),
        pending=_pending(values["pending"]) if "pending" in values else None,
        missing=MissingSince(**values["missing"]) if "missing" in values else None,
        duplicate=_duplicate(values["duplicate"]) if "duplicate" in values else None,
        shown=tuple(values.get("shown", ())),
        turns=values.get("turns", 0),
        heard=values.get("heard", ""),
        partial=values.get("partial", False),
        instead=Instead(**values["instead"]) if "instead" in values else None,
    )


def _pending(values: Mapping[str, Any]) -> Pending:
    return Pending(**{**values, "page": (), "extraction": extraction_from_json(values["extraction"])})


def _duplicate(values: Mapping[str, Any]) -> DuplicateAt:
    return DuplicateAt(**{**values, "place": Place(**values["place"])})


def extraction_from_json(values: Mapping[str, Any]) -> Extraction:
    """An extraction from the JSON that `archive.core.model.as_json` made of it."""
    return Extraction(
        **{
            **values,
            **{name: tuple(values.get(name, ())) for name in _TUPLES},
            "contacts": tuple(Contact(**contact) for contact in values["contacts"]),
            "removed": tuple(Removed(**passage) for passage in values["removed"]),
        }
    )
