"""Crawling as its owner sees it: with a crawler process and a keeper written by hand, and moments that are given."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from archive.core.backfill import Backfill, WalkPage
from archive.core.errors import ArchiveError
from archive.core.model import Capture, CrawlCounts, Link, Validators
from crawler.schedule.dispatcher import DIED, HUNG, Dispatcher
from crawler.schedule.runs import Report, Run
from crawler.sources.sources import Source
from crawler.worker.messages import (
    Archived,
    BackfillProgress,
    Batch,
    DocumentRead,
    Dropped,
    Finished,
    Fresh,
    FromWorker,
    HostRefused,
    Job,
    LinksFound,
    Outcome,
    Ready,
    RobotsRead,
    Stop,
    ToWorker,
)

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class FakeProcess:
    """Answers from a list; what it is sent is kept."""

    says: deque[FromWorker] = field(default_factory=deque)
    sent: list[ToWorker] = field(default_factory=list)
    alive: bool = False
    stopping: bool = False

    def start(self) -> None:
        self.alive = True
        self.says.append(Ready())

    def send(self, message: ToWorker) -> None:
        self.sent.append(message)

    def poll(self, timeout: float) -> FromWorker | None:
        if not self.says and self.stopping:
            self.alive = False
        return self.says.popleft() if self.says else None

    def stop(self, grace: float) -> None:
        self.sent.append(Stop(grace))
        self.stopping = True

    def kill(self) -> None:
        self.alive = False


@dataclass
class FakeKeeper:
    """Keeps what it is told, in order."""

    told: list[tuple[str, object]] = field(default_factory=list)
    runs: int = 0
    added: int = 0
    kept: int = 0
    quick: bool = True
    gives: dict[str, Any] = field(default_factory=dict)
    full: bool = False
    stopping: bool = False
    doubted: set[str] = field(default_factory=set)

    def has_room(self, seconds: float) -> bool:
        return not self.full

    def job(self, source: Source, limit: int | None, since: date | None, now: datetime) -> Job:
        return replace(Job(source, limit=limit, since=since), **self.gives)

    def begin(self, source: Source, now: datetime) -> int:
        self.runs += 1
        return self.runs

    def fresh(self, source: str, links: tuple[Link, ...], now: datetime) -> frozenset[str]:
        return frozenset(link.url for link in links if link.url.endswith("new"))

    def conditions(self, source: str, urls: frozenset[str], now: datetime) -> dict[str, Validators]:
        return {url: Validators(etag="v") for url in urls if "old" in url}

    def add(self, captures: tuple[Capture, ...]) -> None:
        self.added += len(captures)
        self.kept += len(captures) if self.quick else 0
        self.told.append(("add", captures))

    def drop(self, message: Dropped, now: datetime) -> None:
        self.told.append(("drop", message.url))

    def read(self, message: DocumentRead, now: datetime) -> None:
        self.told.append(("read", message.url))

    def keep_robots(self, message: RobotsRead) -> None:
        pass

    def is_one_doubted(self, source: str, since: datetime, now: datetime) -> bool:
        return source in self.doubted

    def note_backfill(self, message: BackfillProgress, now: datetime) -> None:
        self.told.append(("backfill", message.found))

    def refused(self, message: HostRefused, now: datetime) -> None:
        self.told.append(("refused", message.host))

    def count(self, run: int, now: datetime) -> CrawlCounts:
        return CrawlCounts(new=2 if any(what == "finish" and one[0] == run for what, one in self.told) else 1)  # type: ignore[index]

    def poll(self) -> None: ...

    def store_within(self, seconds: float) -> None:
        self.told.append(("settle within", seconds))

    def checkpoint(self) -> int:
        return self.added

    def is_stored(self, checkpoint: int) -> bool:
        return checkpoint <= self.kept

    def finish(self, run: int, outcome: Outcome, failed: bool, now: datetime) -> CrawlCounts:
        self.told.append(("finish", (run, outcome.message, failed)))
        return CrawlCounts(new=2)

    def recover(self) -> None:
        self.told.append(("recover", None))


class Seen:
    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.counts: list[tuple[int, int, int, int]] = []

    def started(self, run: Run) -> None: ...

    def went_on(self, run: Run) -> None:
        self.counts.append((run.captures, run.dropped, run.documents, run.links))

    def ended(self, run: Run, report: Report) -> None:
        self.reports.append(report)


class Stage:
    """A crawl with everything around it within reach."""

    def __init__(self, *names: str, renew_after: int = 100, most: int = 9) -> None:
        self.clock, self.keeper, self.seen = Clock(), FakeKeeper(), Seen()
        self.processes: list[FakeProcess] = []
        self.crawl = Dispatcher(self.keeper, self._process, self.clock, self.seen, most=most, renew_after=renew_after)
        self.crawl.sources = {name: Source(name, f"https://{name}.example/", timeout=600) for name in names}
        for name in names:
            self.crawl.ask(name)

    def _process(self) -> FakeProcess:
        self.processes.append(FakeProcess())
        return self.processes[-1]

    def says(self, *messages: FromWorker) -> None:
        self.processes[-1].says.extend(messages)
        self.crawl.turn(0)

    def batches(self) -> list[list[str]]:
        return [
            [job.source.name for job in message.jobs]
            for process in self.processes
            for message in process.sent
            if isinstance(message, Batch)
        ]


def capture(source: str, name: str) -> Capture:
    url = f"https://{source}.example/{name}"
    return Capture(source, url, url, "page", NOON, 200, "sha1:A", f"warc/{source}/2026-03.warc.gz", 0, 9)


def done(source: str, **outcome: object) -> Finished:
    return Finished(source, Outcome(requests=3, captures=1, **outcome))  # type: ignore[arg-type]


def test_due_sources_go_out_as_one_batch_and_come_back_as_reports() -> None:
    stage = Stage("valdora", "ister")
    stage.crawl.turn(0)
    assert stage.batches() == [["valdora", "ister"]]
    stage.says(
        LinksFound(7, "valdora", (Link("https://valdora.example/new"), Link("https://valdora.example/old"))),
        Archived((capture("valdora", "new"),)),
        Dropped("valdora", "https://valdora.example/x", "too large"),
        DocumentRead("valdora", "https://valdora.example/feed", "feed", Validators()),
        done("valdora"),
    )
    assert Fresh(7, frozenset({"https://valdora.example/new"})) in stage.processes[0].sent
    assert [what for what, _ in stage.keeper.told] == ["add", "drop", "read", "finish"]
    assert stage.seen.counts[-1] == (1, 1, 1, 1)
    assert [(report.source, report.tally.new, report.failed) for report in stage.seen.reports] == [
        ("valdora", 2, False)
    ]
    assert not stage.crawl.idle
    stage.says(done("ister"))
    assert stage.crawl.idle


def test_a_source_that_hangs_does_not_hold_up_others() -> None:
    stage = Stage("hangs", "fine")
    stage.crawl.turn(0)
    stage.says(done("fine"))
    for hour in range(3):
        stage.clock.now = NOON + timedelta(minutes=3 * hour)
        stage.crawl.ask("fine")
        stage.crawl.ask("hangs")
        stage.crawl.turn(0)
        stage.says(done("fine"))
    assert stage.batches() == [["hangs", "fine"], ["fine"], ["fine"], ["fine"]]


def test_a_run_ends_when_what_it_brought_is_in_the_tables() -> None:
    stage = Stage("valdora")
    stage.keeper.quick = False
    stage.crawl.turn(0)
    stage.says(Archived((capture("valdora", "a"), capture("valdora", "b"))), done("valdora"))
    stage.keeper.kept = 1
    stage.crawl.ask("valdora")
    stage.crawl.turn(0)
    assert stage.seen.reports == []
    assert stage.batches() == [["valdora"]]
    stage.keeper.kept = 2
    stage.crawl.turn(0)
    assert [report.source for report in stage.seen.reports] == ["valdora"]
    assert stage.crawl.idle


def test_the_crawler_is_not_heard_while_the_archive_has_its_hands_full() -> None:
    stage = Stage("alpha")
    stage.crawl.turn(0)
    stage.keeper.full = True
    stage.says(Archived((capture("alpha", "a"),)))
    assert stage.keeper.added == 0
    stage.keeper.full = False
    stage.crawl.turn(0)
    assert stage.keeper.added == 1


def test_a_failing_source_is_reported_as_failed() -> None:
    stage = Stage("down")
    stage.crawl.turn(0)
    stage.says(Finished("down", Outcome(requests=1, errors=1, message="no such host")))
    assert [report.failed for report in stage.seen.reports] == [True]
    assert stage.keeper.told[-1] == ("finish", (1, "no such host", True))


def test_a_dead_process_is_replaced_and_what_it_left_is_recovered_and_crawled_again_once() -> None:
    stage = Stage("valdora")
    stage.crawl.turn(0)
    stage.processes[0].says.append(Archived((capture("valdora", "a"),)))
    stage.processes[0].alive = False
    stage.crawl.turn(0)
    assert [what for what, _ in stage.keeper.told] == ["add", "recover", "finish"]
    stage.crawl.turn(0)
    assert stage.batches() == [["valdora"], ["valdora"]]
    stage.processes[1].alive = False
    stage.crawl.turn(0)
    stage.crawl.turn(0)
    assert len(stage.processes) == 2
    assert stage.crawl.idle
    assert [(report.outcome.message, report.failed) for report in stage.seen.reports] == [(DIED, False), (DIED, True)]


def test_where_the_signal_reached_the_crawler_too_no_source_is_to_blame() -> None:
    stage = Stage("valdora")
    stage.crawl.turn(0)
    stage.keeper.stopping, stage.processes[0].alive = True, False
    stage.crawl.turn(0)
    stage.crawl.stop(3)
    assert [(report.outcome.message, report.failed) for report in stage.seen.reports] == [("stopped", False)]
    assert "finish" not in {word for word, _ in stage.keeper.told}
    assert len(stage.processes) == 1


def test_a_process_that_hangs_is_ended_and_only_the_hanging_source_is_given_up() -> None:
    stage = Stage("hangs", "waits")
    stage.crawl.sources = dict(stage.crawl.sources) | {"waits": Source("waits", "https://waits.example/", timeout=9000)}
    stage.crawl.turn(0)
    stage.clock.now = NOON + timedelta(seconds=719)
    stage.crawl.turn(0)
    assert len(stage.processes) == 1
    stage.clock.now = NOON + timedelta(seconds=721)
    stage.crawl.turn(0)
    assert not stage.processes[0].alive
    assert {report.source: report.failed for report in stage.seen.reports} == {"hangs": True, "waits": False}
    assert {report.outcome.message for report in stage.seen.reports} == {HUNG}
    stage.crawl.turn(0)
    assert stage.batches() == [["hangs", "waits"], ["waits"]]


def test_an_old_process_is_renewed_when_nothing_runs() -> None:
    stage = Stage("a", "b", renew_after=2, most=1)
    stage.crawl.turn(0)
    stage.says(done("a"))
    stage.crawl.turn(0)
    stage.says(done("b"))
    stage.crawl.ask("a")
    stage.crawl.turn(0)
    assert len(stage.processes) == 2
    assert [isinstance(message, Stop) for message in stage.processes[0].sent] == [False, False, True]


def test_stopping_keeps_what_came_and_leaves_the_run_without_an_end() -> None:
    stage = Stage("valdora")
    stage.crawl.turn(0)
    given_up = Dropped("valdora", "https://valdora.example/b", "asked to stop", retry=True)
    stage.processes[0].says.extend([Archived((capture("valdora", "a"),)), given_up, done("valdora")])
    stage.crawl.stop(3)
    assert isinstance(stage.processes[0].sent[-1], Stop)
    assert stage.keeper.told == [("add", (capture("valdora", "a"),)), ("settle within", 3)]
    assert not stage.processes[0].alive


def test_a_limit_counts_releases_and_not_the_pages_that_were_none() -> None:
    stage = Stage("valdora")
    stage.crawl.work.limit = 5
    stage.crawl.turn(0)
    for _ in range(2):
        stage.says(Finished("valdora", Outcome(captures=5, requests=7, stopped_by="limit")))
        assert not stage.seen.reports
        stage.crawl.turn(0)
    stage.says(Finished("valdora", Outcome(captures=1, requests=2, stopped_by="limit")))
    limits = [job.limit for process in stage.processes for m in process.sent if isinstance(m, Batch) for job in m.jobs]
    assert limits == [5, 3, 1]
    (report,) = stage.seen.reports
    assert (report.tally.new, report.runs) == (6, (1, 2, 3))
    assert (report.outcome.requests, report.outcome.captures) == (16, 11)
    assert stage.crawl.idle


def test_where_a_release_came_up_at_another_address_its_own_is_asked_in_a_second_round_and_no_third() -> None:
    stage = Stage("valdora", "ister")
    stage.keeper.doubted = {"valdora"}
    stage.crawl.turn(0)
    stage.says(done("valdora"), done("ister"))
    stage.crawl.turn(0)
    stage.says(done("valdora"))
    assert [(report.source, report.runs) for report in stage.seen.reports] == [("ister", (2,)), ("valdora", (1, 3))]


def test_a_limit_that_pages_never_fill_ends_with_the_pages() -> None:
    stage = Stage("valdora")
    stage.crawl.work.limit = 5
    stage.crawl.turn(0)
    stage.says(Finished("valdora", Outcome(captures=2)))
    assert stage.crawl.idle
    assert len(stage.seen.reports) == 1


def test_a_crawl_that_is_stopped_reports_what_it_brought() -> None:
    stage = Stage("valdora", "ister")
    stage.crawl.turn(0)
    stage.says(Finished("ister", Outcome(captures=1)))
    stage.clock.now += timedelta(seconds=42)
    stage.crawl.stop(1.0)
    ended, cut_short = stage.seen.reports
    assert (ended.source, cut_short.source) == ("ister", "valdora")
    assert (cut_short.tally.new, cut_short.outcome.stopped_by, cut_short.failed) == (1, "stop", False)
    assert cut_short.outcome.seconds >= 42


def test_a_source_that_gives_no_releases_has_failed_whatever_else_was_fetched() -> None:
    stage = Stage("valdora")
    stage.crawl.turn(0)
    stage.says(Finished("valdora", Outcome(captures=3, message="feed x: gone", problems=("feed x: gone",))))
    (report,) = stage.seen.reports
    assert report.failed


def test_a_refusal_is_remembered_at_once() -> None:
    stage = Stage("valdora")
    stage.crawl.turn(0)
    stage.says(HostRefused("valdora", "valdora.example", "answered 429", 600.0))
    assert ("refused", "valdora.example") in stage.keeper.told


def jobs(stage: Stage) -> list[Job]:
    return [job for message in stage.processes[0].sent if isinstance(message, Batch) for job in message.jobs]


def test_a_backfill_goes_on_beside_the_crawls_where_it_is_asked_for_in_parts() -> None:
    stage = Stage("valdora")
    stage.crawl.work.part = 100
    under_way = Backfill(NOON, pages=(WalkPage("https://valdora.example/news?page=2", "listing"),))
    pending = (Link("https://valdora.example/old"),)
    stage.keeper.gives = {"backfilled": under_way, "pending": pending}
    stage.crawl.turn(0)
    stage.says(done("valdora", unfinished=True))
    assert list(stage.crawl.unfinished) == ["valdora"]
    stage.crawl.ask_part("valdora")
    stage.crawl.turn(0)
    watch, part = jobs(stage)
    assert (watch.backfill, watch.pending, watch.limit) == (False, (), None)
    assert (part.backfill, part.pending, part.limit) == (True, pending, 100)


def test_a_crawl_and_a_part_of_the_backfill_that_are_due_together_are_one() -> None:
    stage = Stage("valdora")
    stage.crawl.work.part = 100
    stage.crawl.ask_part("valdora")
    stage.crawl.turn(0)
    stage.says(done("valdora"))
    stage.crawl.ask("valdora")
    stage.crawl.turn(0)
    assert [(job.backfill, job.limit) for job in jobs(stage)] == [(True, 100), (False, None)]


def test_crawls_that_are_abandoned_are_due_again_with_all_that_they_were_to_do() -> None:
    stage = Stage("valdora", "harrow", "osmere", most=2)
    stage.crawl.work.part = 100
    stage.crawl.ask_part("valdora")
    stage.crawl.work.watches.discard("harrow")
    stage.crawl.ask_part("harrow")
    stage.keeper.gives = {"rechecks": (Link("https://valdora.example/old"),)}
    stage.crawl.turn(0)
    stage.crawl.abandon()
    assert not stage.processes[0].alive
    stage.crawl.turn(0)
    both, part = (job for message in stage.processes[1].sent if isinstance(message, Batch) for job in message.jobs)
    assert (both.source.name, both.limit, len(both.rechecks)) == ("valdora", 100, 1)
    assert (part.source.name, part.limit, len(part.rechecks)) == ("harrow", 100, 0)
    stage.says(done("valdora"))
    stage.crawl.turn(0)
    assert stage.batches()[-1] == ["osmere"]


@pytest.mark.parametrize("step", ["job", "begin", "finish"])
def test_a_crawl_whose_beginning_or_end_could_not_be_stored_is_due_again(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full refuses at any moment."""

    def refuse(*_: object) -> None:
        raise ArchiveError("The disk is full.")

    stage = Stage("valdora", "harrow", most=2)
    if step == "finish":
        stage.crawl.turn(0)
        stage.processes[0].says.append(done("valdora"))
    with monkeypatch.context() as full:
        full.setattr(stage.keeper, step, refuse)
        with pytest.raises(ArchiveError):
            stage.crawl.turn(0)
    stage.crawl.abandon()
    stage.crawl.turn(0)
    assert stage.batches()[-1] == ["valdora", "harrow"]
    assert not stage.crawl.work.watches
    stage.says(done("valdora"), done("harrow"))
    assert [report.source for report in stage.seen.reports] == ["valdora", "harrow"]
    assert stage.crawl.idle


def test_a_part_of_a_backfill_whose_process_died_is_that_part_again() -> None:
    stage = Stage("valdora")
    stage.crawl.work.part = 100
    stage.keeper.gives = {
        "backfilled": Backfill(NOON, pages=(WalkPage("https://valdora.example/news?page=2", "listing"),))
    }
    stage.crawl.ask_part("valdora")
    stage.crawl.turn(0)
    stage.processes[0].alive = False
    stage.crawl.turn(0)
    stage.crawl.turn(0)
    again = [job for message in stage.processes[1].sent if isinstance(message, Batch) for job in message.jobs]
    assert [(job.backfill, job.limit) for job in again] == [(True, 100)]


def test_without_parts_a_crawl_walks_back_too_and_tells_how_far_it_is() -> None:
    stage = Stage("valdora")
    stage.keeper.gives = {"pending": (Link("https://valdora.example/old"),)}
    stage.crawl.turn(0)
    assert jobs(stage)[0].backfill
    stage.clock.now = NOON + timedelta(seconds=30)
    stage.says(BackfillProgress("valdora", (), 40, 90, "2025-01-02"), Archived((capture("valdora", "a"),)))
    run = stage.crawl.runs["valdora"]
    assert (run.backfill, run.links, run.seconds) == (BackfillProgress("valdora", (), 40, 90, "2025-01-02"), 1, 30.0)
    assert ("backfill", 40) in stage.keeper.told
