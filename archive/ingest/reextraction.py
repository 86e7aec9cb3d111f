"""Reads articles again after something has changed their result, and tries captures again that could not be read.

Captures are only read from the WARC files if their results were not kept; new results are kept at once, so that an
interruption costs little. An article is written again when all its captures are read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.boilerplate.template import changed
from archive.core.ids import capture_number
from archive.core.model import Failure, Unread
from archive.ingest.extraction import ExtractionJob, ExtractionQueue, Reading, reading_of
from archive.store.captures import CaptureStore
from archive.store.database import Store
from archive.store.readings import ExtractedCapture, UnreadCaptures
from archive.store.reextract_queue import ReextractTask
from archive.store.repeated.templates import TemplateStore

_BATCH = 50
_CHEAP: tuple[Failure, ...] = ("record",)
_ALL: tuple[Failure, ...] = ("record", "process", "fault")
_ATTEMPTS, _WITHIN = 2, timedelta(hours=1)
"""How many captures that may end their process are tried again, alone, in how much time."""


@dataclass
class _Article:
    """An article that is read again: the captures that wait for the pool, and the results, by ids of captures."""

    task: ReextractTask
    jobs: deque[ExtractionJob] = field(default_factory=deque)
    outcomes: dict[int, ExtractedCapture] = field(default_factory=dict)
    unsaved: list[Reading] = field(default_factory=list)


class Reextraction:
    """Everything that is read again. Never blocks: `start` and `retry` give work to the pool, `apply_done` uses its
    answers.
    """

    def __init__(
        self,
        store: Store,
        captures: CaptureStore,
        unread: UnreadCaptures,
        extraction: ExtractionQueue,
        templates: TemplateStore,
        now: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.captures = captures
        self.unread = unread
        self.extraction = extraction
        self.templates = templates
        self.now = now
        self._articles: dict[int, _Article] = {}
        self._retries: dict[int, ExtractionJob] = {}
        self._attempts: deque[datetime] = deque(maxlen=_ATTEMPTS)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being read again."""
        return not (self._articles or self._retries)

    def start(self, most: int) -> bool:
        """Start more of the queue, so that at most `most` articles are being read; returns whether any is."""
        room = most - len(self._articles)
        for task in self.captures.queue.tasks(room, besides=self._articles) if room > 0 else ():
            article = self._articles[task.id] = _Article(task)
            self._read(article)
        return bool(self._articles)

    def retry(self, alone: bool) -> bool:
        """Start captures that could not be read and are due; without `alone`, not those that may end a process.

        Returns whether any is being read.
        """
        room = _BATCH - len(self._retries)
        for due in self.unread.due(self.now(), room, _ALL if alone else _CHEAP) if room > 0 else ():
            number = capture_number(due.capture)
            if number not in self._retries and (due.kind in _CHEAP or self._may_attempt()):
                self._retries[number] = self.extraction.submit(due.capture, later=True, alone=due.kind not in _CHEAP)
        return bool(self._retries)

    def apply_done(self) -> None:
        """Keep the results, and write the articles again whose captures are all read."""
        self.extraction.poll()
        for article in list(self._articles.values()):
            self._take_results(article)
        self._take_retries()

    def check_stale(self, item: Reading) -> None:
        """Queue a page if the template that it was read with has changed since in a way that matters to the page."""
        current = self.templates.version(item.outcome.capture.source)
        if item.version is not current and changed(item.version.template, current.template).intersection(
            item.outcome.marks
        ):
            self.captures.queue.add_capture(capture_number(item.outcome.capture))

    def _read(self, article: _Article) -> None:
        """Use the kept results of an article's captures, and read the other captures."""
        for capture in article.task.captures:
            number = capture_number(capture)
            kept = self.captures.kept.get(capture)
            if kept is not None:
                article.outcomes[number] = kept
            else:
                article.jobs.append(self.extraction.submit(capture, later=True))

    def _take_results(self, article: _Article) -> None:
        """Keep the results that are there, in batches; after the last one write the article again."""
        while article.jobs and article.jobs[0].answer is not None:
            article.unsaved.append(reading_of(article.jobs.popleft()))
        if article.jobs and len(article.unsaved) < _BATCH:
            return
        with self.store.writing():
            self._save(article)
            if not article.jobs:
                self._apply(article)

    def _save(self, article: _Article) -> None:
        several = len(article.task.captures) > 1
        for item in article.unsaved:
            article.outcomes[capture_number(item.outcome.capture)] = item.outcome
            self._note(item, several)
        for item in article.unsaved:
            self.check_stale(item)
        article.unsaved.clear()

    def _apply(self, article: _Article) -> None:
        self.captures.apply(article.task, list(article.outcomes.values()))
        del self._articles[article.task.id]

    def _take_retries(self) -> None:
        done = {number: job for number, job in self._retries.items() if job.answer is not None}
        if not done:
            return
        with self.store.writing():
            for number, job in done.items():
                item = reading_of(job)
                self._note(item, keep=True)
                if not isinstance(item.outcome.result, Unread):
                    self.captures.queue.add_capture(number)
        for number in done:
            del self._retries[number]

    def _note(self, item: Reading, keep: bool) -> None:
        """What was read is kept; what could not be read is tried again later."""
        capture, result = item.outcome.capture, item.outcome.result
        if isinstance(result, Unread):
            self.unread.add(capture, result, self.now())
            return
        self.unread.remove(capture)
        if keep:
            self.captures.kept.keep(item.outcome, item.version.template)

    def _may_attempt(self) -> bool:
        now = self.now()
        if len(self._attempts) == _ATTEMPTS and now - self._attempts[0] < _WITHIN:
            return False
        self._attempts.append(now)
        return True
