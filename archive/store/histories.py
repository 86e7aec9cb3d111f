"""The rows of an article, a function of the set of its captures: brought up to date by steps, or written anew.

A capture that comes in the order of time is one step (`archive.history.replay.step`). Otherwise the rows are written
again from the readings of all captures. If these were not kept, the article is queued to be read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archive.core.model import Extraction, Policy
from archive.history.edits import is_another
from archive.history.events import ArticleState, History, Observation
from archive.history.mass_changes import NONE
from archive.history.removals import is_followed
from archive.history.replay import in_time, outcome_of, replay, step
from archive.store.articles import Articles, varies
from archive.store.observations import ObservationReader, moved
from archive.store.readings import ExtractedCapture, KeptReadings
from archive.store.reextract_queue import ReextractQueue
from archive.store.repeated.duplicates import DuplicatePages
from archive.store.repeated.found_again import FoundAgain
from archive.store.repeated.mass_changes import MassChangeStore
from archive.store.repeated.moves import Moves
from archive.store.rows import Row, capture_from
from archive.store.schema import Database
from archive.store.urls import UrlTable

_USUAL = Policy()
_MANY = 100
"""Captures of an article that are not all gone through at once for each that comes late."""

Readings = Mapping[int, ExtractedCapture]
"""Results of captures that were read just now, by their ids."""


@dataclass(frozen=True)
class ArticleHistories:
    """Writes articles with their revisions and events. Use it inside the store's `writing` block."""

    db: Database
    policies: Mapping[str, Policy]
    articles: Articles
    observer: ObservationReader
    duplicates: DuplicatePages
    queue: ReextractQueue
    mass: MassChangeStore
    found_again: FoundAgain
    kept: KeptReadings
    moves: Moves

    def begin(self, article: int, row: Row, observations: list[Observation], addresses: UrlTable) -> None:
        """Write the rows of an article whose only capture is entered now: what `write_anew` would write."""
        self._write_history(article, row["source"], self._replayed(article, [row], observations), addresses)

    def bring_up_to_date(
        self, article: int, observations: Sequence[Observation], entered: Readings, addresses: UrlTable
    ) -> None:
        """Update an article by what was observed of it now; write it anew where that is no step in time."""
        state = self.articles.state(article)
        if state is None:
            self.renew(article, entered, addresses)
            return
        ordered = sorted(observations, key=in_time)
        is_read = any(observation.extraction for observation in ordered)
        if (
            ordered[0].at <= max(state.last_checked, state.heard)
            or self._is_late(article, ordered[0].at, entered)
            or (is_read and not self.articles.is_of_today(article))
        ):
            self.renew(article, entered, addresses)
            return
        if any(is_another(state, observation) for observation in ordered):
            # Whether a change of the text is the publisher's can only be seen with the pages of the earlier texts.
            whole = self._with_pages(state)
            if whole is None:
                self.renew(article, entered, addresses)
                return
            state = whole
        source, led = self.articles.source(article), state.moved_to
        for observation in ordered:
            history = step(state, observation, self._policy(source), self.mass.known(source))
            since, state = state.last_seen, history.state or state
            self.articles.extend(article, source, history)
            self.mass.extend(source, article, history.changes, (since, state.last_seen))
        self._settle(source, article, state, led, addresses)

    def absence(self, row: Row, seen: Sequence[Observation], entered: Readings) -> tuple[Observation | None, bool]:
        """What a capture shows of an article that is not at its address, and whether only its whole history says it.

        None where the capture says it by itself. `seen` was observed of the article in the same batch. That nearly its
        text is elsewhere is asked when it begins to be missing; later a new article asks (`FoundAgain.queue_lost`).
        Where a redirect leads that nobody followed is said by the reading there.
        """
        article, still = row["article_id"], all(one.seen in ("gone", "moved") for one in seen)
        if article is None:
            return None, False
        there = self.observer.reading_at_target(row)
        if there is not None:
            state = self.articles.state(article)
            is_known = still and state is not None and is_followed(state)
            return self._led_on(row, there, entered), not (is_known or self._reading(there, entered))
        if outcome_of(row) != "gone":
            return None, False
        state = self.articles.state(article)
        if still and state is not None and state.missing is not None:
            return None, False
        return None, self.found_again.may_be(row["source"], article, state)

    def _led_on(self, row: Row, there: Row, readings: Readings) -> Observation:
        """What a redirect that nobody followed shows: the newest reading of the address to which it leads."""
        said = self._reading(there, readings)
        return moved(there, said.result if said and isinstance(said.result, Extraction) else None, led=row)

    def _reading(self, row: Row, readings: Readings) -> ExtractedCapture | None:
        return readings.get(row["id"]) or self.kept.get(capture_from(row))

    def _with_pages(self, state: ArticleState) -> ArticleState | None:
        """An article's state with the other blocks on the pages of its texts; None if those were not kept."""
        if not varies(state):
            return None
        own, pending = self._kept(state.capture_id), state.pending
        waiting = self._kept(pending.newest_id) if pending else None
        if own is None or (pending and waiting is None):
            return None
        if pending and waiting:
            state = replace(state, pending=replace(pending, page=waiting.page))
        return replace(state, page=own.page)

    def _kept(self, number: int) -> ExtractedCapture | None:
        row = next(self.db.query("select * from captures where id = ?", (number,)), None)
        return self.kept.get(capture_from(row)) if row else None

    def _is_late(self, article: int, at: str, entered: Readings) -> bool:
        """Whether the article has captures since a moment, other than those that are being entered."""
        since = self.db.execute(
            "select id from captures where article_id = ? and fetched_at >= ? and kind = 'page'", (article, at)
        ).fetchall()
        return any(number not in entered for (number,) in since)

    def renew(self, article: int, entered: Readings, addresses: UrlTable) -> None:
        """Write an article's rows from all its captures: later and once where they are many, in no order of time."""
        many = "select count(*) from (select 1 from captures where article_id = ? limit ?)"
        if self.db.execute(many, (article, _MANY)).fetchone()[0] == _MANY:
            self.queue.add(article)
        else:
            self.write_anew(article, entered, addresses)

    def write_anew(self, article: int, readings: Readings, addresses: UrlTable, is_last: bool = False) -> None:
        """Write an article's rows from all its captures; if one must be read again first, queue the article.

        `is_last`: everything that can be read was read.
        """
        rows = self.observer.all_of(article)
        observations: list[Observation] = []
        for row in rows:
            there = self.observer.reading_at_target(row) if row["article_id"] == article else None
            if there is not None:
                if not (is_last or self._reading(there, readings)):
                    self.queue.add(article)
                    return
                observations.append(self._led_on(row, there, readings))
                continue
            if outcome_of(row) != "read":
                observations += self.observer.observations(row, None)
                continue
            outcome = self._reading(row, readings)
            result = self.duplicates.judged(outcome.capture, outcome.result) if outcome else None
            if row["article_id"] != article and isinstance(result, Extraction):
                observations.append(moved(row, result))
            elif isinstance(result, Extraction):
                observations += self.observer.observations(row, result, outcome.page if outcome else ())
            else:
                self.queue.add(article)
                return
        observations += self.observer.elsewhere(article, rows)
        history = self._replayed(article, rows, observations)
        if history.state is None:
            self._forget(article, rows)
            return
        self._write_history(article, rows[0]["source"], history, addresses)

    def _write_history(self, article: int, source: str, history: History, addresses: UrlTable) -> None:
        state = history.state
        assert state is not None
        earlier = self.articles.state(article)
        self.articles.replace(article, source, history)
        is_new = earlier is None
        self.mass.replace(source, article, history.changes, (state.first_seen, state.last_seen), is_new=is_new)
        if is_new:
            self.found_again.queue_lost(source, article, state.extraction)
            for other in self.moves.doubted(source, article, state.extraction):
                addresses.ask_at_once(other)
        self.moves.tell(article)
        self._settle(source, article, state, earlier.moved_to if earlier else None, addresses)

    def _settle(self, source: str, article: int, state: ArticleState, led: int | None, addresses: UrlTable) -> None:
        """Plan the next check of an article that was written, and tell of the one that it led or leads to."""
        addresses.schedule_later(source, article, state)
        if self.moves.is_doubted(source, state):
            addresses.ask_at_once(article)
        if led != state.moved_to:
            for other in (led, state.moved_to):
                if other is not None:
                    self.moves.tell(other)

    def _replayed(self, article: int, rows: Sequence[Row], observations: list[Observation]) -> History:
        """An article's history. If it was missing, almost the same text may have appeared elsewhere since."""
        policy = self._policy(rows[0]["source"]) if rows else _USUAL
        readings = [one for one in sorted(observations, key=in_time) if one.seen == "read" and one.extraction]
        if readings and any(one.seen == "gone" for one in observations):
            last = readings[-1]
            assert last.extraction is not None
            found = self.found_again.observations(rows[0]["source"], article, last.extraction, last.at)
            observations = [*observations, *found]
        return replay(observations, policy, self.mass.known(rows[0]["source"]) if rows else NONE)

    def _policy(self, source: str) -> Policy:
        return self.policies.get(source, _USUAL)

    def _forget(self, article: int, rows: Sequence[Row]) -> None:
        """Delete an article, because none of its captures can be read as an article any more."""
        earlier = self.articles.state(article)
        self.articles.forget(article)
        if earlier and earlier.moved_to is not None:
            self.moves.tell(earlier.moved_to)
        if earlier:
            for source in {row["source"] for row in rows}:
                self.mass.forget(source, article, earlier.first_seen, earlier.last_seen)
        self.db.execute("update captures set article_id = null where article_id = ?", (article,))
        self.db.execute(
            "update urls set article_id = null, state = 'rejected', reason = ?, read_at = null, next_check = null"
            " where article_id = ?",
            (rows[-1]["note"] if rows else "", article),
        )
