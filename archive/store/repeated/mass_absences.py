"""When most releases of a source had another page in their place, as kept in archive.db.

`seen_changes` has what the articles showed (`archive.history.mass_changes`: ABSENT, BACK), `mass_absences` the times in
which that says nothing of them. Only the week before something new is weighed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from archive.history.failing.mass_absences import REACH, Absence, mass_absences, moved
from archive.history.mass_changes import ABSENT, BACK, MassAbsence, SeenChange
from archive.store.schema import Database

KIND = "unavailable"
"""The kind of the event of a source whose releases had another page in their place."""

_AWAY = (
    f"select s.article_id, s.since, s.until, coalesce(b.until, '') from seen_changes s left join seen_changes b"
    f" on b.source = s.source and b.article_id = s.article_id and b.key = {BACK} and b.since = s.until"
    f" where s.source = ? and s.key = {ABSENT} and s.until >= ?"
)
_SEEN = "kind = 'page' and (note = '' or revisit = 1 or status = 304)"
_IS_THERE = (
    " a.source = :source and a.last_seen >= :at and a.first_seen < :at"
    " and (a.last_seen < :until or exists (select 1 from captures c"
    f" where c.article_id = a.id and c.fetched_at >= :at and c.fetched_at < :until and {_SEEN}))"
    " and not exists (select 1 from seen_changes s indexed by seen_changes_article where s.source = :source"
    f" and s.article_id = a.id and s.key = {ABSENT} and s.until < :until and not exists (select 1 from seen_changes b"
    f" indexed by seen_changes_article where b.source = :source and b.article_id = a.id and b.key = {BACK}"
    " and b.since = s.until and b.until <= :at))"
)
_THERE = f"select count(*) from (select 1 from articles a indexed by articles_looked where{_IS_THERE} limit :most)"


class MassAbsenceStore:
    """Used inside the store's `writing` block."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._fresh: defaultdict[str, set[str]] = defaultdict(set)

    def known(self, source: str) -> tuple[MassAbsence, ...]:
        """The mass absences of a source, in the order of time."""
        sql = "select at, until, absent, present, back from mass_absences where source = ? order by at"
        return tuple(MassAbsence(*row) for row in self.db.execute(sql, (source,)).fetchall())

    def note(self, source: str, change: SeenChange) -> None:
        """An article was found away, or seen again: weigh that later."""
        self._fresh[source].add(change.until)
        if change.key == BACK:
            self._fresh[source].add(change.since)

    def seen(self, source: str, article: int, first: str, last: str, known: Iterable[MassAbsence]) -> None:
        """An article was seen at its address between two moments: weigh a mass absence anew that this speaks against.

        If both are one moment, it was seen at it and known before. `known`: the mass absences of the source.
        """
        for mass in known:
            if first == last:
                is_there = mass.at <= last < mass.until
            else:
                is_there = first < mass.at <= last and self._was_there(source, article, mass)
            if is_there:
                self._fresh[source].add(mass.at)

    def forget(self, source: str, first: str, last: str) -> None:
        """An article is none any more that was seen between two moments: weigh anew what was found away in that time.

        It may have been there while others were away. Its captures need not be known as such any more.
        """
        sql = f"select until from seen_changes where source = ? and key = {ABSENT} and until > ? and until <= ?"
        self._fresh[source].update(at for (at,) in self.db.execute(sql, (source, first, last)).fetchall())

    def reset(self) -> None:
        """Forget what was not weighed: a transaction failed."""
        self._fresh.clear()

    def settle(self) -> dict[str, set[int]]:
        """Weigh what is new; by source the articles to report anew, as their absences count now, or not any more."""
        found = {source: self._settle(source, moments) for source, moments in self._fresh.items() if moments}
        self._fresh.clear()
        return found

    def _settle(self, source: str, moments: set[str]) -> set[int]:
        before = self.known(source)
        begin = moved(min(moments), -REACH)
        absences = [Absence(*row) for row in self.db.execute(_AWAY, (source, begin)).fetchall()]
        now = mass_absences(absences, lambda at, until, most: self._there(source, at, until, most), moments, before)
        if tuple(now) == before:
            return set()
        self._write(source, now)
        spans = {(one.at, one.until) for one in before} ^ {(one.at, one.until) for one in now}
        return {one.article for one in absences if any(one.since < at <= one.at < until for at, until in spans)}

    def _there(self, source: str, at: str, until: str, most: int) -> int:
        """The articles that were known before a moment, looked at and there from it to another, and never away then."""
        values = {"source": source, "at": at, "until": until, "most": most}
        return int(self.db.execute(_THERE, values).fetchone()[0])

    def _was_there(self, source: str, article: int, mass: MassAbsence) -> bool:
        values = {"source": source, "article": article, "at": mass.at, "until": mass.until}
        sql = f"select 1 from articles a where a.id = :article and{_IS_THERE}"
        return self.db.execute(sql, values).fetchone() is not None

    def _write(self, source: str, found: list[MassAbsence]) -> None:
        """Keep the mass absences, each with an event of the source."""
        self.db.execute("delete from mass_absences where source = ?", (source,))
        self.db.execute("delete from events where source = ? and kind = ? and article_id is null", (source, KIND))
        for one in found:
            self.db.execute(
                "insert into mass_absences (source, at, until, absent, present, back) values (?, ?, ?, ?, ?, ?)",
                (source, one.at, one.until, one.absent, one.present, one.back),
            )
            self.db.execute(
                "insert into events (at, source, kind, detail) values (?, ?, ?, ?)",
                (one.at, source, KIND, _told(one)),
            )


def _told(mass: MassAbsence) -> str:
    looked = f"{mass.absent} of the {mass.absent + mass.present} releases that were looked at"
    until = f"{datetime.fromisoformat(mass.until):%Y-%m-%d %H:%M} UTC"
    end = f"what is not back by {until} counts as missing"
    if mass.until == mass.back:
        end = f"most were found again by {until}"
    return f"another page is in the place of {looked}; {end}"
