"""Captures entered into the tables of the record: each once, and which capture is of which article.

The rows of an article are a function of the set of its captures (`archive.store.histories`). Where that needs captures
whose results were not kept, the article is queued to be read again, and `apply` writes its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from archive.boilerplate.template import Template
from archive.core.ids import article_number, capture_number
from archive.core.model import Capture, Extraction, Policy, Rejection, Unread
from archive.history.events import Observation
from archive.history.replay import outcome_of, target_key
from archive.store.articles import Articles
from archive.store.attribution import Attribution
from archive.store.bulk.batch import Batch
from archive.store.database import Store
from archive.store.histories import ArticleHistories
from archive.store.observations import READING, ObservationReader
from archive.store.readings import ExtractedCapture, KeptReadings
from archive.store.reextract_queue import ReextractQueue, ReextractTask
from archive.store.repeated.block_index import BlockIndex
from archive.store.repeated.duplicates import DuplicatePages
from archive.store.repeated.found_again import FoundAgain
from archive.store.repeated.mass_changes import MassChangeStore
from archive.store.repeated.moves import Moves
from archive.store.rows import Row, capture_row, moment, storable
from archive.store.schema import Database
from archive.store.urls import UrlTable, address_columns


class CaptureStore:
    """Enters captures in the tables. Every method must be called inside the store's `writing` block.

    `policies` say when a source's articles are checked again, and when what is seen counts; `extractor` is the version
    of today's extractor; `template_of` gives the template of a source.
    """

    def __init__(
        self,
        store: Store,
        policies: Mapping[str, Policy] | None,
        extractor: str,
        template_of: Callable[[str], Template],
    ) -> None:
        self.db = store.db
        self.policies = {} if policies is None else policies
        self.batch = Batch(store.db)
        self.articles = Articles(store.db, extractor, self.batch)
        self.duplicates = DuplicatePages(store.db, self.batch)
        self.observer = ObservationReader(store.db, self.duplicates, self.batch)
        self.block_index = BlockIndex(store.db.conn)
        self.queue = ReextractQueue(store.db, self.block_index)
        self.attribution = Attribution(store.db, self.observer, self.queue, self.batch)
        self.mass = MassChangeStore(store.db, template_of)
        self.found_again = FoundAgain(store.db, self.queue)
        self.kept = KeptReadings(store.db, extractor, template_of)
        self.histories = ArticleHistories(
            self.db, self.policies, self.articles, self.observer, self.duplicates,
            self.queue, self.mass, self.found_again, self.kept, Moves(store.db, self.queue),
        )  # fmt: skip

    def known(self, captures: Iterable[Capture]) -> frozenset[int]:
        """The ids of the captures that are already entered. Raises ArchiveError if another capture has such an id."""
        return self.observer.known(captures)

    def enter(self, outcomes: Sequence[ExtractedCapture]) -> tuple[ExtractedCapture, ...]:
        """Enter captures with their results; returns those that were not entered before."""
        known = self.known(outcome.capture for outcome in outcomes)
        numbered = {capture_number(outcome.capture): outcome for outcome in reversed(outcomes)}
        entered = {number: outcome for number, outcome in reversed(numbered.items()) if number not in known}
        with self.batch.of((one.capture, one.result) for one in entered.values()), self.articles.texts.together():
            self._enter(entered)
        return tuple(entered.values())

    def _enter(self, entered: Mapping[int, ExtractedCapture]) -> None:
        addresses = UrlTable(self.db, self.policies, known=self.batch.urls)
        rows: dict[int, Row] = {}
        touched: dict[int, list[Observation]] = {}
        again: set[int] = set()
        for number, outcome in entered.items():
            rows[number], evidence = self._place(number, outcome, addresses)
            own = rows[number]["article_id"]
            absence, is_unclear = self.histories.absence(rows[number], touched.get(own, ()), entered)
            for article, observation in [(own, absence)] if absence else evidence:
                touched.setdefault(article, []).append(observation)
            again |= {own} if is_unclear else self._compare(rows[number])
        _ensure_sources(self.db, entered.values())
        addresses.save()
        self._look_later(entered, addresses)
        waiting = self.queue.waiting(touched)
        for article, observations in touched.items():
            if article in waiting:
                continue
            if article in again:
                self.histories.renew(article, entered, addresses)
            elif len(observations) == 1 and self._is_first(article, rows[observations[0].capture_id]):
                self.histories.begin(article, rows[observations[0].capture_id], observations, addresses)
            else:
                self.histories.bring_up_to_date(article, observations, entered, addresses)
        addresses.plan()
        self._settle_mass()

    def _is_first(self, article: int, row: Row) -> bool:
        return row["article_id"] == article and self.batch.is_first(row)

    def apply(self, task: ReextractTask, outcomes: Sequence[ExtractedCapture]) -> None:
        """Write an article's rows again from its captures after they were read again, perhaps with other results.

        If a capture that was read before cannot be read now, the article stays as it is.
        """
        if not self.queue.take(task):
            return
        readings = {capture_number(one.capture): one for one in outcomes if not isinstance(one.result, Unread)}
        if any(self._was_read(one.capture) for one in outcomes if isinstance(one.result, Unread)):
            return
        addresses = UrlTable(self.db, self.policies)
        for number, outcome in readings.items():
            self._reread(task.id, number, outcome, addresses)
        addresses.save()
        row = self.db.execute("select 1 from captures where id = ?", (task.id,)).fetchone()
        if row is None:
            self.histories.write_anew(task.id, readings, addresses, is_last=True)
        addresses.plan()
        self._settle_mass()

    def redate(self, captures: Iterable[Capture]) -> None:
        """Correct the time of captures, and queue what they are evidence of to be read again."""
        for capture in captures:
            number = capture_number(capture)
            stated = moment(capture.stated_at) if capture.stated_at else None
            at = moment(capture.fetched_at)
            self.db.execute("update captures set fetched_at = ?, stated_at = ? where id = ?", (at, stated, number))
            self.db.execute("update soft404_samples set at = ? where capture_id = ?", (at, number))
            row = next(self.db.query("select * from captures where id = ?", (number,)))
            for article in {row["article_id"], *(article_number(row["source"], key) for key in address_columns(row))}:
                if article is not None and self.batch.exists(article):
                    self.queue.add(article)

    def _settle_mass(self) -> None:
        """Queue articles whose changes turn out to be those of the whole source, or no longer do."""
        for article in sorted(self.mass.settle()):
            self.queue.add(article)

    def _was_read(self, capture: Capture) -> bool:
        known = f"select 1 from captures where id = ? and {READING}"
        return self.db.execute(known, (capture_number(capture),)).fetchone() is not None

    def _place(
        self, number: int, outcome: ExtractedCapture, addresses: UrlTable
    ) -> tuple[Row, list[tuple[int, Observation]]]:
        """Insert a capture's row, and say of which articles it is evidence."""
        capture, result = outcome.capture, self.duplicates.judged(outcome.capture, outcome.result)
        row = self._row(capture, result)
        if capture.kind == "probe":
            self._insert(row)
            for article in self.duplicates.learn(row, capture, result):
                self.queue.add(article)
            return row, []
        self.block_index.note(number, outcome.marks)
        if isinstance(result, Extraction):
            key = self.attribution.identify(row, capture, result)
            self._insert(row)
            self.attribution.lead(row, key, result, capture, addresses)
        else:
            addresses.other(capture, outcome_of(row), result.reason)
            row["article_id"] = self.attribution.leads_to(row, addresses)
            self._insert(row)
        return row, self.observer.evidence(row, result, outcome.page)

    def _look_later(self, entered: Mapping[int, ExtractedCapture], addresses: UrlTable) -> None:
        """Plan the next check of an article whose newest capture could not be read, so that it is not fetched at
        once.
        """
        for number, outcome in entered.items():
            if isinstance(outcome.result, Unread):
                row = self.db.execute("select source, article_id from captures where id = ?", (number,)).fetchone()
                if row[1] is not None and (state := self.articles.state(row[1])):
                    addresses.schedule_later(row[0], row[1], state)
        addresses.plan()

    def _row(self, capture: Capture, result: Extraction | Rejection | Unread) -> Row:
        if isinstance(result, Extraction):
            row = capture_row(capture, "release", "" if capture.kind == "page" else capture.kind)
        elif isinstance(result, Unread):
            row = capture_row(capture, "unread", result.reason)
        else:
            row = capture_row(capture, result.kind if capture.kind in ("page", "probe") else "", result.reason)
        self.duplicates.mark(row, result)
        row["final_key"] = row["final_key"] or target_key(row)
        return storable(row)

    def _compare(self, row: Row) -> set[int]:
        """Queue the articles that a new capture's text concerns; returns its own article if others have the same
        text.
        """
        article, mark = row["article_id"], row["text_mark"]
        if row["note"] or mark is None or not self.duplicates.is_new(row["source"], article, row["id"], mark):
            return set()
        self._queue_duplicates(row)
        return {article} if self.duplicates.members(row["source"], mark, article, 1) else set()

    def _queue_duplicates(self, row: Mapping[str, Any]) -> None:
        if row["text_mark"] is not None:
            for other in self.duplicates.concerned(row["source"], row["article_id"], row["text_mark"]):
                self.queue.add(other)

    def _reread(self, task: int, number: int, outcome: ExtractedCapture, addresses: UrlTable) -> None:
        """Update a capture's row to its present reading, which may differ with another template."""
        found = list(self.db.query("select * from captures where id = ?", (number,)))
        if not found:
            return
        self.block_index.note(number, outcome.marks)
        row, result = found[0], self.duplicates.judged(outcome.capture, outcome.result)
        if isinstance(result, Unread):
            return
        was = dict(row)
        if isinstance(result, Extraction):
            row.update(page_kind="release", note="")
            key = self.attribution.identify(row, outcome.capture, result)
        else:
            row.update(page_kind=result.kind, note=result.reason, article_key=None)
            row["final_key"] = row["final_key"] or target_key(row)
            row["article_id"] = self.observer.led_to(row) if was["note"] == "" else was["article_id"]
            addresses.unread(outcome.capture)
            if was["page_kind"] == "unread":
                addresses.other(outcome.capture, outcome_of(row), result.reason)
        self.duplicates.mark(row, result)
        if row == was:
            return
        self.db["captures"].insert(row, replace=True)  # type: ignore[union-attr]
        if isinstance(result, Extraction):
            self.attribution.lead(row, key, result, outcome.capture, addresses)
        asked = article_number(row["source"], row["key"])
        if (row["text_mark"], row["article_id"]) != (was["text_mark"], was["article_id"]):
            self._queue_duplicates(was)
            self._queue_duplicates(row)
        concerned = {was["article_id"], row["article_id"], asked if self.batch.exists(asked) else None}
        for article in concerned - {task, None}:
            self.queue.add(article)

    def _insert(self, row: Row) -> None:
        names = ", ".join(row)
        self.db.execute(f"insert into captures ({names}) values ({', '.join('?' * len(row))})", list(row.values()))


def _ensure_sources(db: Database, outcomes: Iterable[ExtractedCapture]) -> None:
    names = {outcome.capture.source for outcome in outcomes}
    db.conn.executemany("insert or ignore into sources (name, title) values (?, ?)", [(name, name) for name in names])
