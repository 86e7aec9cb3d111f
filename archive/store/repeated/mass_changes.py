"""Which changes most pages of a source showed at one time, as kept in archive.db (`archive.history.mass_changes`).

`seen_changes` has the changes of articles by their kind, `mass_changes` the moments at which most pages changed in one
way. Only what overlaps in time with a new change is weighed again, so that the work does not grow with the archive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from archive.boilerplate.template import Template
from archive.history.mass_changes import (
    ABSENT,
    ALWAYS,
    BACK,
    FEWEST,
    MassChanges,
    SeenChange,
    describes,
    keys_of_kept,
    moments_of_mass,
)
from archive.store.repeated.mass_absences import MassAbsenceStore
from archive.store.schema import Database

KIND = "redesigned"
"""The kind of the event of a source whose pages changed in one way."""

_MOST_OF_ARTICLE = 8
"""Changes of one kind that are kept of an article, the first."""

_MOST_WEIGHED = 2_000
_MOST_ROUNDS = 12
_ONE_EVENT = timedelta(days=1)


_Moments = list[tuple[str, int]]
"""When most pages changed in one way, and how many did."""


class MassChangeStore:
    """Used inside the store's `writing` block; one of it for a process that writes. `template_of`: of a source."""

    def __init__(self, db: Database, template_of: Callable[[str], Template]) -> None:
        self.db = db
        self.template_of = template_of
        self.absences = MassAbsenceStore(db)
        self._known: dict[str, MassChanges] = {}
        self._fresh: dict[tuple[str, int], tuple[str, str]] = {}
        self._rounds: Counter[tuple[str, int]] = Counter()
        self._looks: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    def known(self, source: str) -> MassChanges:
        """What most pages of a source did, and when; and what a person keeps in their texts."""
        known = self._stored(source)
        kept = self.template_of(source).kept
        return replace(known, kept=keys_of_kept(kept)) if kept else known

    def _stored(self, source: str) -> MassChanges:
        if source not in self._known:
            found: defaultdict[int, list[str]] = defaultdict(list)
            rows = self.db.execute("select key, at from mass_changes where source = ? order by key, at", (source,))
            for key, at in rows.fetchall():
                found[key].append(at)
            self._known[source] = MassChanges(found, absences=self.absences.known(source))
        return self._known[source]

    def replace(
        self,
        source: str,
        article: int,
        changes: Iterable[SeenChange],
        seen: tuple[str, str] | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        """Keep the changes of an article in place of those that were known; it was first and last `seen` then.

        Of a new article none were known.
        """
        self._look(source, seen)
        if is_new and not changes:
            return
        before = self.db.execute(
            "select key, since, until from seen_changes indexed by seen_changes_article"
            " where source = ? and article_id = ?",
            (source, article),
        ).fetchall()
        self.db.execute("delete from seen_changes where source = ? and article_id = ?", (source, article))
        after = self._insert(source, article, changes, Counter())
        for one in {*after, *(SeenChange(*row) for row in before)} - ({SeenChange(*row) for row in before} & after):
            self._weigh_later(source, one)
        if seen:
            self.absences.seen(source, article, *seen, self._stored(source).absences)

    def extend(
        self, source: str, article: int, changes: Iterable[SeenChange], seen: tuple[str, str] | None = None
    ) -> None:
        """Keep more changes of an article; it was `seen` then, before and now."""
        self._look(source, seen)
        if seen and seen[0] < seen[1]:
            self.absences.seen(source, article, seen[1], seen[1], self._stored(source).absences)
        changes = tuple(changes)
        if not changes:
            return
        rows = self.db.execute(
            "select key, count(*) from seen_changes where source = ? and article_id = ? group by key", (source, article)
        )
        for one in self._insert(source, article, changes, Counter(dict(rows.fetchall()))):
            self._weigh_later(source, one)

    def forget(self, source: str, article: int, first: str, last: str) -> None:
        """An article is none any more; it was first and last seen then."""
        self.replace(source, article, ())
        self.absences.forget(source, first, last)

    def reset(self) -> None:
        """Forget what was read of the tables: a transaction failed."""
        self._known.clear()
        self._fresh.clear()
        self._looks.clear()
        self.absences.reset()

    def settle(self) -> set[int]:
        """Weigh what is new; the articles to report anew, as their changes are the source's now, or not any more."""
        self._weigh_looks()
        concerned: set[int] = set()
        for (source, key), (since, until) in self._fresh.items():
            before, found = self._weigh(source, key, since, until)
            if before == found:
                continue
            self._tell(source)
            moments = [[at for at, _ in one] for one in (before, found)]
            if moments[0] != moments[1] and self._rounds[source, key] < _MOST_ROUNDS:
                self._rounds[source, key] += 1
                self._known.pop(source, None)
                rows = self.db.execute(
                    "select article_id from seen_changes where source = ? and key = ?", (source, key)
                )
                concerned.update(article for (article,) in rows.fetchall())
        self._fresh.clear()
        for source, articles in self.absences.settle().items():
            self._known.pop(source, None)
            concerned |= articles
        return concerned

    def looked(self, source: str, at: str, most: int) -> int:
        """The articles of a source that were read before a moment and seen at it or later, counted up to `most`."""
        sql = (
            "select count(*) from (select 1 from articles indexed by articles_looked"
            " where source = ? and last_seen >= ? and first_seen < ? limit ?)"
        )
        return int(self.db.execute(sql, (source, at, at, most)).fetchone()[0])

    def _insert(self, source: str, article: int, changes: Iterable[SeenChange], known: Counter[int]) -> set[SeenChange]:
        kept: set[SeenChange] = set()
        for one in changes:
            if known[one.key] < _MOST_OF_ARTICLE or one.key in (ABSENT, BACK):
                known[one.key] += 1
                kept.add(one)
        self.db.conn.executemany(
            "insert or replace into seen_changes (source, key, article_id, since, until) values (?, ?, ?, ?, ?)",
            [(source, one.key, article, one.since, one.until) for one in kept],
        )
        return kept

    def _look(self, source: str, seen: tuple[str, str] | None) -> None:
        if seen and seen[0] < seen[1]:
            self._looks[source].add(seen)

    def _weigh_looks(self) -> None:
        """Weigh the moments again that lie between two looks at an article, which may not show the change.

        What most pages do always is not weighed again.
        """
        for source, looks in self._looks.items():
            known = self.known(source).moments.items()
            rare = [(key, at) for key, moments in known if len(moments) < ALWAYS for at in moments]
            for key, at in rare:
                if any(since < at <= until for since, until in looks):
                    self._weigh_later(source, SeenChange(key, at[:-1], at))  # from just before the moment
        self._looks.clear()

    def _weigh_later(self, source: str, change: SeenChange) -> None:
        if change.key in (ABSENT, BACK):
            self.absences.note(source, change)
            return
        since, until = self._fresh.get((source, change.key), (change.since, change.until))
        self._fresh[source, change.key] = (min(since, change.since), max(until, change.until))

    def _weigh(self, source: str, key: int, since: str, until: str) -> tuple[_Moments, _Moments]:
        """Find the moments again that lie in a span of time: those that were known, and those there are."""
        rows = self.db.execute(
            "select article_id, since, until from seen_changes where source = ? and key = ? and until > ? and since < ?"
            " order by until limit ?",
            (source, key, since, until, _MOST_WEIGHED),
        ).fetchall()
        found: _Moments = []
        if len({article for article, *_ in rows}) >= FEWEST:
            changes = [(article, SeenChange(key, begin, end)) for article, begin, end in rows]
            found = moments_of_mass(changes, lambda at, most: self.looked(source, at, most))
        begin = min((row[1] for row in rows), default=since)
        end = max((row[2] for row in rows), default=until)
        span = (source, key, min(begin, since), max(end, until))
        before = self.db.execute(
            "select at, pages from mass_changes where source = ? and key = ? and at > ? and at <= ? order by at", span
        ).fetchall()
        if before == found:
            return before, found
        self.db.execute("delete from mass_changes where source = ? and key = ? and at > ? and at <= ?", span)
        self.db.conn.executemany(
            "insert into mass_changes (source, key, at, pages) values (?, ?, ?, ?)",
            [(source, key, at, pages) for at, pages in found],
        )
        return before, found

    def _tell(self, source: str) -> None:
        """One event of the source for all that changed on most of its pages within a day; none for what always does."""
        self.db.execute("delete from events where source = ? and kind = ? and article_id is null", (source, KIND))
        rows = self.db.execute(
            "select at, key, pages from mass_changes m where source = ? and ? > (select count(*) from mass_changes o"
            " where o.source = m.source and o.key = m.key) order by at, key",
            (source, ALWAYS),
        ).fetchall()
        day: list[tuple[str, int, str]] = []
        for at, key, pages in rows:
            words = describes(key)
            if not words:
                continue
            if day and datetime.fromisoformat(at) - datetime.fromisoformat(day[0][0]) > _ONE_EVENT:
                self._note(source, day)
                day = []
            day.append((at, pages, words))
        if day:
            self._note(source, day)

    def _note(self, source: str, day: list[tuple[str, int, str]]) -> None:
        pages = max(count for _, count, _ in day)
        what = ", ".join(dict.fromkeys(words for *_, words in day))
        self.db.execute(
            "insert into events (at, source, kind, detail) values (?, ?, ?, ?)",
            (day[0][0], source, KIND, f"most pages of the source changed in one way, {pages} of them: {what}"),
        )
