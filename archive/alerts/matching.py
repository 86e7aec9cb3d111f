"""Which changes an alert is about: the search that the site does, over the new texts alone.

The texts of a batch go into an index in memory with the tokenizer of the archive's own
(`archive.store.search_index.index`); what alerts filter by stands beside them as marks. So one alert costs one query of
a small index, however large the archive is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from archive.alerts.changes import Change
from archive.alerts.settings import Alert
from archive.store.search_index.index import TOKENIZER
from archive.store.search_index.places import mark
from archive.store.search_index.query import Asked
from archive.text.fulltext import index_text

_TABLE = "create virtual table {name} using fts5(title, text, marks, content='', tokenize=\"{tokenizer}\")"
_ADD = "insert into {name} (rowid, title, text, marks) values (?, ?, ?, ?)"
_MANY = 10_000
"""Numbers below this are changes; an earlier text has that of its change and a multiple of this."""


def matches(alerts: Sequence[Alert], changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """For each alert, the changes that it is about, in their order. `is_news` is not asked here.

    `changes` are at most 10,000.
    """
    with closing(sqlite3.connect(":memory:")) as index:
        for name in ("now", "earlier"):
            index.execute(_TABLE.format(name=name, tokenizer=TOKENIZER))
        for number, change in enumerate(changes):
            _add(index, number, change)
        return [tuple(changes[number] for number in _matching(index, alert)) for alert in alerts]


def is_news(alert: Alert, change: Change, since: datetime) -> bool:
    """Whether a change that matches is to be reported by an alert that began at `since`.

    A release that was published long before it was found is not new, only new to the archive.
    """
    if datetime.fromisoformat(change.at) < since:
        return False
    if change.what != "new":
        return True
    return change.age <= alert.max_age if change.age is not None else change.settled


def expression(alert: Alert) -> str:
    """What an alert looks for, as an FTS5 expression."""
    asked = Asked(
        alert.search, standing=alert.status, language=alert.language, author=alert.author, dateline=alert.place,
        edited=alert.edited,
    )  # fmt: skip
    kinds = [what for what in alert.what if what != "unwell" and not (what == "edited" and alert.severity)]
    marks = [mark("change", what) for what in kinds]
    marks += [mark("severity", severity) for severity in alert.severity if "edited" in alert.what]
    parts = [asked.match, _any(marks), *_sources(alert)]
    return " AND ".join(part for part in parts if part)


def _sources(alert: Alert) -> tuple[str, str]:
    names, tags = (
        [mark(kind, each) for each in given] for kind, given in (("source", alert.source), ("tag", alert.tag))
    )
    return _any(names), _any(tags)


def _any(marks: Sequence[str]) -> str:
    return "({})".format(" OR ".join(f'"{each}"' for each in marks)) if marks else ""


def _add(index: sqlite3.Connection, number: int, change: Change) -> None:
    named = [mark("change", change.what), mark("source", change.source), *(mark("tag", tag) for tag in change.tags)]
    named += [mark("severity", change.severity)] if change.severity else []
    marks = " ".join([*named, change.entry.marks if change.entry else ""])
    if change.what == "unwell":  # its words are ours, and no search is about them
        index.execute(_ADD.format(name="now"), (number, "", "", marks))
        return
    index.execute(_ADD.format(name="now"), (number, index_text(change.title), index_text(change.text), marks))
    for n, (title, text) in enumerate(change.earlier, 1):
        given = (number + n * _MANY, index_text(title), index_text(text), marks)
        index.execute(_ADD.format(name="earlier"), given)


def _matching(index: sqlite3.Connection, alert: Alert) -> list[int]:
    found: set[int] = set()
    if set(alert.what) != {"unwell"}:
        match = expression(alert)
        for name in ("now", "earlier") if alert.ever else ("now",):
            rows = index.execute(f"select rowid from {name} where {name} match ?", (match,))
            found |= {number % _MANY for (number,) in rows}
    if "unwell" in alert.what:
        parts = [_any([mark("change", "unwell")]), *_sources(alert)]
        match = " AND ".join(part for part in parts if part)
        found |= {number for (number,) in index.execute("select rowid from now where now match ?", (match,))}
    return sorted(found)
